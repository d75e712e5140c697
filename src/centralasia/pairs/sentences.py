"""Sentences on one pair of states."""

import pandas as pd

from centralasia import commitments, meetings, speeches, ties
from centralasia.names import level_name, short_name
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from datacontract.words import MarkdownText, join_list, ordinal, plain, pluralize, verb

__all__ = [
    "answer", "denominator_found", "doubts", "milestones_found", "shared_themes", "speeches_found", "treaty_signed",
    "visits_found",
]  # fmt: skip


def answer(pair: str, year: int) -> MarkdownText:
    """The level of a pair, the act that gave it, and how much contact was found."""
    name, held = pair_name(pair, " and "), ties.level_at(pair, year)
    text = f"No label of ties between **{name}** signed by {ties.end_of(year)} was found in the sources read"
    if pair not in ties.searched():
        text = f"Nobody searched for acts between **{name}**"
    if held.since:
        act = load("ties").set_index("tie_id").loc[held.act]
        on = "on" if len(held.since) == len("2025-01-01") else "in"
        text = f"By {ties.end_of(year)}, **{name}** had reached **{level_name(held.level)}**, "
        text += f"first signed {on} {held.since} ({act['act']}; {act['confidence']} confidence)"
    leaders = ties.visits([pair]).query("leader and year <= @year")
    facts = len(_milestones(pair, year))
    return MarkdownText(
        f"{text}. Also found: {pluralize(len(leaders), 'visit')} of heads of state by then and "
        f"{pluralize(facts, 'milestone')} that {verb(facts, 'names', 'name')} both."
    )


def doubts(pair: str, year: int) -> MarkdownText:
    """The doubts about the level of a pair."""
    none = "The level and its date stay the same when only acts of the highest confidence are counted."
    if ties.level_at(pair, year).level is None:
        none = "None found is unknown: it does not prove that there is no such act."
    return MarkdownText(" ".join(ties.level_doubts(pair, year)) or none)


def visits_found(pair: str, year: int) -> MarkdownText:
    """How many visits up to a year were found in each direction, and which are uncertain."""
    states, rows = check_pair(pair), ties.visits([pair], None)
    rows = rows[~(rows["year"] > year).fillna(False)]
    if rows.empty:
        return MarkdownText(f"No visit between {pair_name(pair, ' and ')} was found in the sources read.")
    leaders = rows[rows["leader"]]
    guests = join_list(f"{(leaders['guest'] == state).sum()} of {short_name(state)}" for state in states)
    text = f"At least {pluralize(len(leaders), 'visit')} of heads of state: {guests}"
    if others := ((rows["status"] == "held") & ~rows["leader"]).sum():
        text += f". By somebody else: {others}"
    unsure = rows["status"].astype("str").replace("statement_only", "known from a statement only")
    if len(counts := unsure[rows["status"] != "held"].value_counts()):
        text += f". Not known to have been held: {join_list(f'{n} {plain(words)}' for words, n in counts.items())}"
    return MarkdownText(text + ".")


def _milestones(pair: str, year: int) -> pd.DataFrame:
    """The milestones that name both states, those after a year left out."""
    rows = ties.milestones(check_pair(pair))
    return rows[~(rows["year"] > year).fillna(False)]


def milestones_found(pair: str, year: int) -> MarkdownText:
    """How many milestones up to a year name both states, by theme."""
    rows = _milestones(pair, year)
    if rows.empty:
        return MarkdownText(f"No milestone that names both {pair_name(pair, ' and ')} was found.")
    counts = rows["theme"].astype("str").value_counts()
    themes = join_list(f"{ties.theme_name(theme)} ({n})" for theme, n in counts.items())
    return MarkdownText(f"{pluralize(len(rows), 'milestone')} {verb(len(rows), 'names', 'name')} both: {themes}.")


def speeches_found(pair: str, region: str) -> MarkdownText:
    """How alike the two states speak before the United Nations, and which place that is among the pairs of a region."""
    rows = speeches.pairs_by_window(region, windows=speeches.WINDOWS[-1:]).dropna(subset="value").set_index("pair")
    name, (first, last) = pair_name(pair, " and "), speeches.WINDOWS[-1]
    if pair not in rows.index:
        return MarkdownText(f"Too few speeches of {name} before the United Nations are known to compare them.")
    place = int(rows["value"].rank(ascending=False)[pair])
    return MarkdownText(
        f"Before the United Nations, {name} spoke in {first}–{last} with a likeness of {rows.loc[pair, 'value']:.2f} "
        f"(0: no word in common, 1: the same words in the same shares), {ordinal(place)} of {len(rows)} pairs."
    )


def shared_themes(pair: str) -> MarkdownText:
    """Which themes both states named at the consultative meetings, and how often."""
    table, name = named_themes(pair), pair_name(pair, " and ")
    if table.empty:
        return MarkdownText(f"The agenda of the meetings holds no speech for at least one of {name}.")
    both = table[table["both"].fillna(False)].reset_index()
    if both.empty:
        found = f"No theme that both {name} named at the same meeting was found"
        return MarkdownText(f"{found}; what was not read is unknown.{_refused(pair)}")
    counts, titles = both["domain"].value_counts(), commitments.domain_titles()
    most = [f"“{titles[theme]}”" for theme in counts.index[counts == counts.max()]]
    times = f"{pluralize(counts.max(), 'time')}{' each' if len(most) > 1 else ''}"
    return MarkdownText(
        f"In what was read, {name} named the same theme at the same meeting at least {pluralize(len(both), 'time')}, "
        f"at {pluralize(both['meeting_id'].nunique(), 'meeting')}; most often {join_list(most)} ({times})."
        f"{_refused(pair)}"
    )


def _refused(pair: str) -> str:
    """Which themes one of the two refused, as the sentence that follows."""
    table, titles = named_themes(pair), commitments.domain_titles()
    dates = load("meetings").set_index("meeting_id")["date"].str[:4]
    found = [
        f" In {dates[meeting]} {short_name(state)} named “{titles[theme]}” to refuse it, which is not counted."
        for state in check_pair(pair)
        for meeting, theme in table.index[table[state].eq(-1).fillna(False)]
    ]
    return "".join(found)


def denominator_found(pair: str) -> MarkdownText:
    """Since when each theme of the article's common denominator was named at the events of a pair."""
    table, titles = common_denominator(pair), commitments.domain_titles()
    if table.empty:
        return MarkdownText(f"The data hold no agenda of events between {pair_name(pair, ' and ')}.")
    named, never = [], []
    for theme, row in table.iterrows():
        if years := list(row.index[(row == 1).fillna(False)]):
            of = f"{len(years)} of {pluralize(len(row), 'year')}"
            named.append(f"“{titles[theme]}” in {of} (first in {years[0]})")
        else:
            never.append(f"“{titles[theme]}”")
    text = (
        f"In what was read, events of the pair named {join_list(named)}" if named else "In what was read, none is named"
    )
    return MarkdownText(text + (f"; not found: {join_list(never)}." if never else "."))


def treaty_signed(pair: str) -> MarkdownText:
    """Whether both states have signed the common treaties."""
    words, parts = {"signed": "signed on {}", "no_signature_found": "no signature found"}, []
    for title, rows in meetings.treaty_signatures(check_pair(pair)).groupby("title", sort=False):
        found = zip(rows["state"], rows["status"].map(words).fillna("not in the table"), rows["date"], strict=True)
        states = [f"{short_name(state)}: {status.format(date)}" for state, status, date in found]
        both = "Both have" if (rows["status"] == "signed").all() else "It is not established that both have"
        parts.append(f"{both} signed the {title} ({'; '.join(states)}).")
    return MarkdownText(" ".join(parts))
