"""Sentences on what documents commit to and on what two of them share."""

from centralasia.commitments import measures as agenda
from centralasia.commitments.overlap import expected_overlap, shared_agenda
from centralasia.names import short_name
from centralasia.tables import load
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = ["agenda_answer", "beyond_chance", "common_ground", "doctrine_breadth", "one_voice", "pair_events"]


def agenda_answer(first, second, which="all", strength="any"):
    """How much of the agenda two sides share, between its bounds, and whether what was read settles it."""
    one, other = (agenda.named(side, which, strength) for side in (first, second))
    shared = agenda.compare(first, second, which, strength)
    how = " directly" if strength == "direct" else ""
    text = (
        f"In the part read, **{agenda.side_name(first)}** names{how} {one.eq(1).sum()} of "
        f"{pluralize(shared.domains, 'domain')} and **{agenda.side_name(second)}** {other.eq(1).sum()}. "
    )
    both = f" ({_titles(shared.both)})" if shared.both else ""
    low, high = shared.count.low, shared.count.high
    if low == high:
        return MarkdownText(f"{text}They share {low}{both}, whatever the parts that were not read say.")
    least = f"They share at least {low}{both}" if low else "No domain is known to be shared"
    return MarkdownText(
        f"{text}{least}; if every unknown cell were named, they would share {high}. "
        f"What was read does not settle how much they share: on {pluralize(high - low, 'domain')} at least one side is "
        "unknown."
    )


def common_ground(first, second, strength="any"):
    """What the two sides share of the article's common denominators, and who says so."""
    codes = agenda.domains("common")
    themes = int(load("domains")["common_denominator"].sum())
    one, other = (agenda.named(side, "common", strength) for side in (first, second))
    names = [agenda.side_name(side) for side in (first, second)]
    shared = shared_agenda(one, other)
    span = (
        f"{shared.count.low}" if shared.count.low == shared.count.high else f"{shared.count.low} to {shared.count.high}"
    )
    parts = [
        f"The article's common denominators, {pluralize(themes, 'theme')}, are {pluralize(len(codes), 'domain')} of this "
        "coding. "
        f"{names[0]} is known to name {_known(one)}, {names[1]} {_known(other)}; shared are {span} of "
        f"{len(codes)}."
    ]
    for side in agenda.alternatives(second, strength)[1:]:
        named = agenda.named(side, "common", strength)
        if side != first and named.eq(1).any():
            parts.append(f"{agenda.side_name(side)} names {_known(named)}.")
    return MarkdownText(" ".join(parts))


def one_voice(first, second, which="all", strength="any"):
    """Where one and the same source vouches for both sides of what is shared, with every text of the second state."""
    found = []
    for side in agenda.alternatives(second, strength):
        same = agenda.one_source(first, side, which, strength) if side != first else {}
        if same:
            keys = f"{join_list(sorted(set(same.values())))} alone"
            found.append(f"{agenda.side_name(side)} on {_titles(same)} ({keys})")
    name = agenda.side_name(first)
    if not found:
        return MarkdownText(
            f"Nothing that {name} shares with these texts is known from one and the same source on both sides."
        )
    return MarkdownText(
        f"One and the same source tells of both sides for what {name} shares with {join_list(found)}. "
        "There the common ground is that source's reading, and not two findings that agree."
    )


def beyond_chance(first, second, which="all", strength="any"):
    """Whether the two sides share more than chance would give them, as far as the bounds tell."""
    one, other = (agenda.named(side, which, strength) for side in (first, second))
    shared = shared_agenda(one, other)
    low, high = shared.corrected.low, shared.corrected.high
    expected = expected_overlap(int(one.eq(1).sum()), int(other.eq(1).sum()), shared.domains)
    text = (
        f"If no domain were named but those known to be, chance would make the two share {expected:.1f} of "
        f"{pluralize(shared.domains, 'domain')}, with both totals kept; {shared.count.low} "
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
        return MarkdownText(f"{text} No domain is known on both sides, so that no value on known cells can be given.")
    if shared.jaccard.point != shared.jaccard.point:
        return MarkdownText(
            f"{text} A value on the {pluralize(shared.known, 'domain')} known on both sides is not given: "
            "no absence is known among them, so that it would be full agreement whatever the texts say."
        )
    return MarkdownText(
        f"{text} On the {pluralize(shared.known, 'domain')} known on both sides, the Jaccard index is "
        f"{shared.jaccard.point:.2f}."
    )


def doctrine_breadth(which="all", strength="any"):
    """How much is known of the doctrine of each state: domains named at least, and texts of which nothing is known."""
    parts = []
    for state in agenda.states():
        documents = agenda.documents_of(state)
        named = agenda.named(state, which, strength)
        silent = int(agenda.cells(documents, which, strength).isna().all().sum())
        some = "any" if silent == len(documents) else silent
        dark = f", with nothing known of {some} of its {pluralize(len(documents), 'text')}" if silent else ""
        parts.append(f"{short_name(state)} {named.eq(1).sum()}{dark}")
    n = len(agenda.domains(which))
    return MarkdownText(
        f"Of {pluralize(n, 'domain')}, the doctrine of each state is known to name at least: {'; '.join(parts)}. "
        "A small number may mean a narrow doctrine or a short look at it; the coding cannot tell the two apart."
    )


def pair_events(first, second, strength="any"):
    """Which themes the coded events between the two states named, as lower bounds."""
    pair = agenda.pair_of(first, second)
    names = join_list(short_name(state) for state in pair.split("-"))
    if "-" not in pair:
        return MarkdownText(f"Both texts are of {names}, so there are no events between two states.")
    themes = agenda.theme_counts(pair, strength)
    if themes.empty:
        return MarkdownText(f"No events between {names} are coded by theme.")
    titles = agenda.titles()
    common, others = (
        join_list(f"*{titles[row.domain]}* at {row.named}" for row in group.itertuples())
        for group in (themes[themes["common"]], themes[~themes["common"]])
    )
    n = int(themes["events"].max())
    text = f"At {pluralize(n, 'coded event')} between {names}, the common denominators were named at least this often: "
    text += f"{common}."
    return MarkdownText(text + (f" Beside them: {others}." if others != "none" else ""))


def _titles(codes):
    titles = agenda.titles()
    return join_list(f"*{titles[code]}*" for code in codes)


def _known(named):
    codes = list(named.index[named.eq(1).fillna(False)])
    return f"{len(codes)} ({_titles(codes)})" if codes else "none"


def _minus(text):
    return text.replace("-", "−")
