"""Sentences on what documents commit to and on what two of them share."""

from centralasia.convergence import agenda
from centralasia.convergence.overlap import expected_overlap, shared_agenda
from centralasia.figure import short_name
from centralasia.tables import load
from centralasia.words import Sentence, count, listing


def agenda_answer(first, second, which="all", strength="any", data=None):
    """How much of the agenda two sides share, between its bounds, and whether what was read settles it."""
    one, other = (agenda.named(side, which, strength, data) for side in (first, second))
    shared = agenda.compare(first, second, which, strength, data)
    how = " directly" if strength == "direct" else ""
    text = (
        f"In the part read, **{agenda.side_name(first, data)}** names{how} {one.eq(1).sum()} of "
        f"{count(shared.domains, 'domain')} and **{agenda.side_name(second, data)}** {other.eq(1).sum()}. "
    )
    both = f" ({_titles(shared.both, data)})" if shared.both else ""
    low, high = shared.count.low, shared.count.high
    if low == high:
        return Sentence(f"{text}They share {low}{both}, whatever the parts that were not read say.")
    least = f"They share at least {low}{both}" if low else "No domain is known to be shared"
    return Sentence(
        f"{text}{least}; if every unknown cell were named, they would share {high}. "
        f"What was read does not settle how much they share: on {count(high - low, 'domain')} at least one side is "
        "unknown."
    )


def common_ground(first, second, strength="any", data=None):
    """What the two sides share of the article's common denominators, and who says so."""
    codes = agenda.domains("common", data=data)
    themes = int(load("domains", data)["common_denominator"].sum())
    one, other = (agenda.named(side, "common", strength, data) for side in (first, second))
    names = [agenda.side_name(side, data) for side in (first, second)]
    shared = shared_agenda(one, other)
    span = (
        f"{shared.count.low}" if shared.count.low == shared.count.high else f"{shared.count.low} to {shared.count.high}"
    )
    parts = [
        f"The article's common denominators, {count(themes, 'theme')}, are {count(len(codes), 'domain')} of this "
        "coding. "
        f"{names[0]} is known to name {_known(one, data)}, {names[1]} {_known(other, data)}; shared are {span} of "
        f"{len(codes)}."
    ]
    for side in agenda.alternatives(second, strength, data)[1:]:
        named = agenda.named(side, "common", strength, data)
        if side != first and named.eq(1).any():
            parts.append(f"{agenda.side_name(side, data)} names {_known(named, data)}.")
    return Sentence(" ".join(parts))


def one_voice(first, second, which="all", strength="any", data=None):
    """Where one and the same source vouches for both sides of what is shared, with every text of the second state."""
    found = []
    for side in agenda.alternatives(second, strength, data):
        same = agenda.one_source(first, side, which, strength, data) if side != first else {}
        if same:
            keys = f"{listing(sorted(set(same.values())))} alone"
            found.append(f"{agenda.side_name(side, data)} on {_titles(same, data)} ({keys})")
    name = agenda.side_name(first, data)
    if not found:
        return Sentence(
            f"Nothing that {name} shares with these texts is known from one and the same source on both sides."
        )
    return Sentence(
        f"One and the same source tells of both sides for what {name} shares with {listing(found)}. "
        "There the common ground is that source's reading, and not two findings that agree."
    )


def beyond_chance(first, second, which="all", strength="any", data=None):
    """Whether the two sides share more than chance would give them, as far as the bounds tell."""
    one, other = (agenda.named(side, which, strength, data) for side in (first, second))
    shared = shared_agenda(one, other)
    low, high = shared.corrected.low, shared.corrected.high
    expected = expected_overlap(int(one.eq(1).sum()), int(other.eq(1).sum()), shared.domains)
    text = (
        f"If no domain were named but those known to be, chance would make the two share {expected:.1f} of "
        f"{count(shared.domains, 'domain')}, with both totals kept; {shared.count.low} "
        f"{'is' if shared.count.low == 1 else 'are'} known to be shared. "
    )
    if low != low:
        text += "The chance-corrected overlap is undefined: in every case one side names nothing or everything."
    else:
        span = _minus(f"{low:.2f} and {high:.2f}")
        verdict = "more than chance" if low > 0 else "less than chance" if high < 0 else None
        told = f"they share {verdict}" if verdict else "whether they share more or less than chance cannot be told"
        text += f"Over everything the unknown cells could be, the chance-corrected overlap lies between {span}: {told}."
    if not shared.known:
        return Sentence(f"{text} No domain is known on both sides, so that no value on known cells can be given.")
    if shared.jaccard.point != shared.jaccard.point:
        return Sentence(
            f"{text} A value on the {count(shared.known, 'domain')} known on both sides is not given: "
            "no absence is known among them, so that it would be full agreement whatever the texts say."
        )
    return Sentence(
        f"{text} On the {count(shared.known, 'domain')} known on both sides, the Jaccard index is "
        f"{shared.jaccard.point:.2f}."
    )


def doctrine_breadth(which="all", strength="any", data=None):
    """How much is known of the doctrine of each state: domains named at least, and texts of which nothing is known."""
    parts = []
    for state in agenda.states(data):
        documents = agenda.documents_of(state, data)
        named = agenda.named(state, which, strength, data)
        silent = int(agenda.cells(documents, which, strength, data).isna().all().sum())
        some = "any" if silent == len(documents) else silent
        dark = f", with nothing known of {some} of its {count(len(documents), 'text')}" if silent else ""
        parts.append(f"{short_name(state, data)} {named.eq(1).sum()}{dark}")
    n = len(agenda.domains(which, data=data))
    return Sentence(
        f"Of {count(n, 'domain')}, the doctrine of each state is known to name at least: {'; '.join(parts)}. "
        "A small number may mean a narrow doctrine or a short look at it; the coding cannot tell the two apart."
    )


def pair_events(first, second, strength="any", data=None):
    """Which themes the coded events between the two states named, as lower bounds."""
    pair = agenda.pair_of(first, second, data)
    names = listing(short_name(state, data) for state in pair.split("-"))
    if "-" not in pair:
        return Sentence(f"Both texts are of {names}, so there are no events between two states.")
    themes = agenda.pair_themes(pair, strength, data).sort_values("named", ascending=False, kind="stable")
    if themes.empty:
        return Sentence(f"No events between {names} are coded by theme.")
    titles = agenda.titles(data)
    common, others = (
        listing(f"*{titles[row.domain]}* at {row.named}" for row in group.itertuples())
        for group in (themes[themes["common"]], themes[~themes["common"]])
    )
    n = int(themes["events"].max())
    text = f"At {count(n, 'coded event')} between {names}, the common denominators were named at least this often: "
    text += f"{common}."
    return Sentence(text + (f" Beside them: {others}." if others != "none" else ""))


def _titles(codes, data):
    titles = agenda.titles(data)
    return listing(f"*{titles[code]}*" for code in codes)


def _known(named, data):
    codes = list(named.index[named.eq(1).fillna(False)])
    return f"{len(codes)} ({_titles(codes, data)})" if codes else "none"


def _minus(text):
    return text.replace("-", "−")
