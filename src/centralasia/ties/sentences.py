"""Sentences on the ties between the pairs of a region."""

import pandas as pd

from centralasia import meetings
from centralasia.names import level_name, region_name, short_name
from centralasia.regions import members, pair_name, pairs
from centralasia.tables import load
from centralasia.ties import contacts
from centralasia.ties import measures as ties
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "doubts",
    "milestones_found",
    "ties_answer",
    "ties_doubts",
    "ties_of_state",
    "ties_rises",
    "ties_top",
    "treaty_signed",
    "visits_found",
]


@localized
def ties_answer(region, first_year, last_year, minimum_confidence="low"):
    """How many pairs of a region stand at which level at the end, and how it was at the beginning."""
    years = ties.period(region, first_year, last_year)
    by_year = ties.levels_by_year(region, years, minimum_confidence)
    first, last = by_year["year"].min(), by_year["year"].max()
    start, end = (by_year.loc[by_year["year"] == year, "level"] for year in (first, last))
    mix = _mix(end)
    if first < last:
        among = {"pairs": len(start)} if len(start) != len(end) else {}
        before = translate("ties.start_among" if among else "ties.start", year=first, mix=_mix(start), **among)
        mix = f"{mix}; {before}"
    told = {"region": region_name(region), "mix": mix, "reach": _reach(last_year)}
    return translate("ties.answer", year=last, pairs=len(end), **told)


def _mix(levels):
    """``4 stand at alliance, 1 at strategic and for 1 no label was found``."""
    counts = [(level, n) for level, n in levels.value_counts().sort_index(ascending=False).items() if n]
    if not counts:
        return translate("ties.none_of_any")
    parts = [
        translate("ties.at" if i else "ties.stand", n=n, level=level_name(level)) for i, (level, n) in enumerate(counts)
    ]
    if none := int(levels.isna().sum()):
        parts.append(translate("ties.none", n=none))
    return translate("ties.mix", parts=parts)


def _reach(year):
    """A warning where the acts end before the year does."""
    latest = load("ties")["date"].dropna().max()
    return translate("ties.reach", date=latest) + " " if int(latest[:4]) == year else ""


def ties_of_state(state, region, year, minimum_confidence="low"):
    """At which level a state stands with each other member of a region at the end of a year."""
    name, found = short_name(state), {}
    for other in members(region, f"{year}-12-31"):
        if other != state:
            held = ties.level_at("-".join(sorted((state, other))), year, minimum_confidence)
            since = f" ({held.since[:4]})" if held.level else ""
            found.setdefault(held.level, []).append(short_name(other) + since)
    order = [level for level in reversed(ties.levels()) if level in found]
    parts = [f"{level_name(level)} with {join_list(found[level])}" for level in order]
    if None in found:
        parts.append(f"no label found with {join_list(found[None], 'or')}")
    first = " The year is that of the first signature." if order else ""
    return MarkdownText(f"**{name}** at the end of {year}: {'; '.join(parts)}.{first}")


def ties_rises(region, first_year, last_year, minimum_confidence="low"):
    """How many steps up were signed, when, and where a level was stepped over."""
    years = ties.period(region, first_year, last_year)
    steps = ties.transitions(pairs(region, f"{last_year}-12-31"), last_year, minimum_confidence)
    steps = steps[steps["last"].dt.year.isin(years)]
    if steps.empty:
        return MarkdownText(f"No step up was found {_span_words(first_year, last_year)}.")
    when = steps["last"].dt.year.sort_values()
    per_year = when.value_counts().sort_index()
    text = f"{pluralize(len(steps), 'step')} up {_was(len(steps))} found {_span_words(first_year, last_year)}"
    if len(per_year) > 1:
        half = when.iloc[len(when) // 2]
        text += f", {int((when >= half).sum())} of them in {half} or later"
    if per_year.max() > 1:
        text += (
            f"; the most in one year were {per_year.max()}, in {join_list(per_year.index[per_year == per_year.max()])}"
        )
    labelled = steps[steps["before"].notna()]
    over = labelled[labelled["level"].cat.codes - labelled["before"].cat.codes > 1]
    if len(over):
        named = join_list(f"{pair_name(s.pair)} {s.date[:4]}" for s in over.itertuples())
        text += f". Of {pluralize(len(labelled), 'step')} from one label to another, {len(over)} passed over a level, "
        text += f"or its act was not found ({named})"
    return MarkdownText(text + ".")


def _span_words(first, last):
    return f"in {first}" if first == last else f"from {first} to {last}"


def ties_top(region, year, minimum_confidence="low"):
    """Whether the highest level was first signed as a declaration or as a treaty, pair by pair."""
    of, top = pairs(region, f"{year}-12-31"), ties.levels()[-1]
    rows = ties.signatures(of, minimum_confidence)
    rows = rows[(rows["level"] == top) & (rows["last"] <= f"{year}-12-31")]
    if rows.empty:
        return MarkdownText(f"No signature at the level {level_name(top)} was found by the end of {year}.")
    first = rows.groupby("pair", sort=False)["instrument"].first().astype("object").value_counts()
    kinds = join_list(f"as a {kind.replace('_', ' ')} in {pluralize(n, 'pair')}" for kind, n in first.items())
    treaties = rows.loc[rows["instrument"] == "treaty", "pair"].nunique()
    return MarkdownText(
        f"{level_name(top).capitalize()} by the end of {year}: first signed {kinds}; a treaty of that level was "
        f"found for {treaties} of {first.sum()} by then."
    )


def ties_doubts(region, year, minimum_confidence="low"):
    """On which acts the levels hang: what firm evidence alone would give, weaker labels later on, undated acts."""
    of = pairs(region, f"{year}-12-31")
    parts = [words for pair in of for words in doubts(pair, year, minimum_confidence)]
    if not parts:
        return MarkdownText(
            f"No level found by the end of {year} depends on an act of less than the highest confidence."
        )
    return MarkdownText("\n".join(f"- {words}" for words in parts))


def doubts(pair, year, minimum_confidence="low"):
    """The doubts about the level of one pair, as a list of sentences."""
    name, found = pair_name(pair), []
    strict = load("ties")["confidence"].cat.categories[-1]
    held, firm = (ties.level_at(pair, year, least) for least in (minimum_confidence, strict))
    rows = ties.acts([pair], minimum_confidence)
    if firm.level != held.level:
        found.append(
            f"{name}: {level_name(held.level)} rests on acts of {held.confidence} confidence; "
            f"with {strict} confidence alone it is {level_name(firm.level)}."
        )
    elif firm.since != held.since:
        own = rows.set_index("tie_id")["confidence"][held.act]
        found.append(
            f"{name}: {level_name(held.level)} is dated {held.since} by an act of {own} confidence; "
            f"the first of {strict} confidence is of {firm.since}."
        )
    if held.level is not None:
        reached = rows.set_index("tie_id")["last"][held.act]
        later = (rows["first"] > reached) & (rows["last"].dt.year <= year)
        for act in rows[later & (rows["level"] < held.level)].itertuples():
            found.append(f"{name}: an act of {act.date} carries the weaker label {level_name(act.level)} ({act.act}).")
    for act in rows[rows["date"].isna() & (rows["event"] == "signature") & rows["level"].notna()].itertuples():
        found.append(f"{name}: an undated signature ({act.act}) counts in no year.")
    return found


def treaty_signed(region, year):
    """How many members of a region have signed the common treaty, who, and in how many pairs both have."""
    of = members(region, f"{year}-12-31")
    rows, lines, titles = contacts.treaty_signatures(of), [], meetings.treaty_titles()
    for treaty, part in rows.groupby("treaty_id", sort=False):
        part = part.sort_values("date")
        told = [short_name(r.state) + ("" if pd.isna(r.date) else f" ({r.date})") for r in part.itertuples()]
        told = pd.Series(told, index=part.index)
        signed, dated = part["status"] == "signed", part["date"].str[:4].astype("float64")
        by_then = told[signed & (dated <= year)]
        both, every = (n * (n - 1) // 2 for n in (len(by_then), len(part)))
        text = (
            f"By the end of {year}, {len(by_then)} of {pluralize(len(part), 'state')} had signed the {titles[treaty]}"
        )
        text += f": {join_list(by_then)}; so both had in {both} of {pluralize(every, 'pair')}." if len(by_then) else "."
        for words, left in (
            ("Signed later:", signed & (dated > year)),
            ("No signature was found for", part["status"] == "no_signature_found"),
            ("Not in the table:", part["status"].isna()),
        ):
            text += f" {words} {join_list(told[left])}." if left.any() else ""
        lines.append(text)
    return MarkdownText(" ".join(lines))


def visits_found(region, first_year, last_year):
    """How many visits were found, how many of them were for a meeting only, and how many are uncertain."""
    of = pairs(region, f"{last_year}-12-31")
    rows = contacts.visits(of, None)
    rows = rows[rows["year"].between(first_year, last_year)]
    held = rows[(rows["status"] == "held") & (rows["guest_rank"] == "head_of_state")]
    if held.empty:
        return MarkdownText(f"No visit of a head of state was found {_span_words(first_year, last_year)}.")
    meeting = int(((held["type"] == "meeting") & held["type_2"].isna()).sum())
    bare = len(of) - held["pair"].nunique()
    text = f"At least {pluralize(len(held), 'visit')} of heads of state {_was(len(held))} held"
    text += f" {_span_words(first_year, last_year)}"
    text += f", {meeting} of them only for a meeting that the other side hosted"
    unsure = int((rows["status"] != "held").sum())
    text += (
        f". Not counted: {pluralize(unsure, 'visit')} only planned, implied or known from a statement" if unsure else ""
    )
    text += f". For {pluralize(bare, 'pair')} none was found" if bare else ""
    return MarkdownText(text + ".")


def milestones_found(state, region, last_year):
    """How many milestones of a state with each other member of a region were found."""
    name, others = short_name(state), [m for m in members(region, f"{last_year}-12-31") if m != state]
    counts = pd.Series({other: len(contacts.milestones([state, other])) for other in others}, dtype="int64")
    every = len(contacts.milestones([state]))
    if not every:
        return MarkdownText(f"No milestone that names {name} was found.")
    known = counts[counts > 0].sort_values(ascending=False, kind="stable")
    text = f"{pluralize(every, 'milestone')} {'names' if every == 1 else 'name'} {name}"
    if len(known):
        text += f", together with {join_list(f'{short_name(other)} ({n})' for other, n in known.items())}"
    none = [short_name(other) for other in counts.index[counts == 0]]
    return MarkdownText(text + (f"; none was found with {join_list(none, 'or')}." if none else "."))


def _was(number):
    return "was" if number == 1 else "were"
