"""The findings of the collection in a sentence or two each, and how sure we are of them.

*Firm*: the data say so by every way of asking that the collection tries. *Likely*: they lean that way, and something
named could still turn it. *Cannot be told*: the answer changes with a choice that nobody can settle from these data.
"""

from collections.abc import Sequence

import pandas as pd
from scipy.stats import binom

from centralasia import economies, hierarchy, meetings, speeches, ties, votes
from centralasia.names import document_name, level_name, region_name, short_name
from centralasia.regions import members
from centralasia.synthesis.measures import MEASURES, corrected, correlations
from centralasia.tables import load
from datacontract.words import MarkdownText, capitalised, join_list, pluralize

__all__ = [
    "agendas_finding", "economies_finding", "order_caveat", "order_finding", "speeches_finding", "ties_finding",
    "together_finding", "updated", "votes_finding",
]  # fmt: skip

FIRM, LIKELY, UNTOLD = "Firm", "Likely", "Cannot be told"
INCOME = "gdp_pc_ppp"  # the indicator of incomes
SURE = 0.95  # of the draws, for a place that errors of coding hardly move


def together_finding(region: str, values: pd.DataFrame) -> MarkdownText:
    """Whether the ways of being close put the pairs into one order; `values` as from `closeness`."""
    found = correlations(values).dropna(subset="rho")
    if found.empty:
        return _said("Too few pairs are known to set the ways of being close side by side.", UNTOLD, "of missing data")
    outside = int(((found["rho"] < found["low"]) | (found["rho"] > found["high"])).sum())
    by_chance = float(binom.sf(outside - 1, len(found), 0.1))
    along, worst = int((found["rho"] > 0).sum()), found.loc[found["rho"].idxmin()]
    text = f"Treaties, visits, votes, speeches and trade do not tell one story about {region_name(region)}"
    if along == len(found):
        text = f"Treaties, visits, votes, speeches and trade tell one story about {region_name(region)}"
    text += (
        f": {along} of {pluralize(len(found), 'comparison')} of two measures put the pairs of states into a like order."
    )
    if worst["rho"] < 0:
        text += f" Pairs with a higher {MEASURES[worst['one']]} even have a lower {MEASURES[worst['other']]}"
        other = corrected(found, worst)
        text += "; corrected for chance, they do not." if other is not None and other["rho"] > 0 else "."
    reason = f"{pluralize(outside, 'comparison')} of {len(found)} differ from chance, "
    reason += f"where about {max(1, round(0.1 * len(found)))} would anyway; with so few states no single one is firm"
    return _said(text, LIKELY if by_chance < 1 - SURE else UNTOLD, reason)


def order_finding(documents: Sequence[str], focus: str) -> MarkdownText:
    """Whether the later documents place the focus higher or lower than the first, by the readings and in draws."""
    first, *later, last = documents
    gains = {after: hierarchy.distinct_moves(first, after, focus)["gain"].dropna() for after in (last, *later)}
    name, parts = short_name(focus), []
    for after, gain in gains.items():
        way = "higher" if len(gain) and (gain > 0).all() else "lower" if len(gain) and (gain < 0).all() else ""
        placed = f"{document_name(after, True)} places {name} {way} than {document_name(first, True)} did"
        parts.append(placed if way else f"whether {document_name(after, True)} raised {name} is open")
    drawn = hierarchy.moves_drawn(first, last, focus)
    share, sure = max(drawn["up"], drawn["down"]), gains[last].lt(0).all() or gains[last].gt(0).all()
    unread = "no text was read in full" if _all_unread(documents) else "some of the texts were read in full"
    grade = UNTOLD if not sure else FIRM if share >= SURE and not _all_unread(documents) else LIKELY
    reason = f"equally good readings of the texts disagree, and {unread}"
    if sure:
        reason = (
            f"all readings agree on the last text, and {_percent(share)} of draws with errors of coding, but {unread}"
        )
    return _said(". ".join(map(capitalised, parts)) + ".", grade, reason)


def order_caveat(documents: Sequence[str], focus: str) -> MarkdownText:
    """The strongest caveat of the collection: that the texts were not read, and on what the last place rests."""
    last, name = documents[-1], short_name(focus)
    source = hierarchy.distinct_places(last, focus).dropna(subset="rank")["source"].iloc[0]
    text = f"The place of {name} in {document_name(last, True)} rests on {hierarchy.kinds_of(source)}."
    if _all_unread(documents):
        text = f"**No full text of these concepts was read**, only reports and excerpts. {text}"
    return MarkdownText(text)


def speeches_finding(region: str) -> MarkdownText:
    """Whether the speeches of the members before the United Nations have grown more alike, also beside other states."""
    *earlier, last = speeches.WINDOWS
    own, beside = (
        [speeches.likeness_change(region, window, last, beside_sets=other) for window in earlier]
        for other in (False, True)
    )
    grown, apart = ([change is not None and change.low > 0 for change in changes] for changes in (own, beside))
    since = [f"{window[0]}–{window[1]}" for window, more in zip(earlier, apart, strict=True) if more]
    name, when = short_name(region), f"{last[0]}–{last[1]}"
    if not any(apart):
        return _said(f"Whether the speeches of {name} have grown more alike is open.", UNTOLD,
                     "beside other states no change exceeds its interval")  # fmt: skip
    text = f"Before the United Nations, the states of {name} spoke more alike in {when} than in {join_list(since)}."
    if all(grown) and all(apart):
        return _said(text, FIRM, "likeness grew against every earlier period, also beside other states")
    return _said(text, LIKELY, f"so against {len(since)} of {pluralize(len(earlier), 'earlier period')}")


def ties_finding(region: str, year: int) -> MarkdownText:
    """How many pairs had reached the second-highest label or more, and how firm that number is."""
    counts, level = ties.level_counts(region, year), ties.levels()[-2]
    row, pairs = counts.loc[level], int(counts["pairs"].iloc[0])
    firm, found = int(row["firm"]), int(row["found"])
    text = (
        f"By {year}, {found} of the {pluralize(pairs, 'pair')} had signed ties of the label “{level_name(level)}” or "
    )
    text += "higher. Whether that is more than they sign with others is open."
    if firm == found:
        return _said(text, FIRM, "each rests on acts known with high confidence")
    return _said(text, LIKELY, f"{firm} of the {found} rest on acts known with high confidence")


def votes_finding(region: str, choice: votes.Choice, seed: int = 1) -> MarkdownText:
    """Whether the members vote more alike than at first, also corrected for chance, and more than with others."""
    frame, moved = votes.region_periods(region, choice, seed), votes.period_changes(region, choice, seed)
    ends = moved[(moved["before"] == frame.iloc[0]["period"]) & (moved["after"] == frame.iloc[-1]["period"])]
    name = short_name(region)
    if ends.empty:
        return _said(f"Whether {name} votes more alike cannot be said.", UNTOLD, "too few years can be compared")
    ends = ends.iloc[0]
    raw, beyond = (_sign(ends[low], ends[high]) for low, high in (("low", "high"), ("alpha_low", "alpha_high")))
    words = {1: "more alike", -1: "less alike", 0: "neither clearly more nor clearly less alike"}
    text = f"In the General Assembly the states of {name} voted {words[raw]} in {ends['after']} than in "
    text += f"{ends['before']}."
    others = votes.other_states(region, choice).dropna(subset="value")
    if len(others) and others.iloc[0]["low"] <= 0 <= others.iloc[0]["high"]:
        text += f" But they vote with {short_name(others.iloc[0]['state'])} as much as with each other."
    if raw and raw == beyond:
        return _said(text, FIRM, "the change exceeds its interval, also after correction for chance")
    if raw:
        return _said(text, LIKELY, "the change exceeds its interval, but not after correction for chance")
    return _said(text, UNTOLD, "the change does not exceed its interval")


def economies_finding(panels: Sequence[economies.Panel]) -> MarkdownText:
    """Whether incomes drew together, and how many of all indicators did from every start."""
    frame = economies.windows(panels)
    lead = frame[frame["indicator"] == INCOME].dropna(subset="change")
    if lead.empty:
        return _said("Whether incomes draw together is open.", UNTOLD, "too few years are known of all states")
    groups, total = economies.start_groups(frame), frame.dropna(subset="change")["indicator"].nunique()
    directions = [str(direction) for direction in lead["direction"]]
    latest, words = lead.iloc[-1], {"closer": "drew closer", "apart": "moved apart"}
    turning = len(groups.get(economies.TURNING, []))
    also = f" For {turning} of {pluralize(total, 'indicator')} the direction depends on the first year."
    moves = [f"since {row.first} they {words.get(row.direction, 'show no clear trend')}" for row in lead.itertuples()]
    text = f"Incomes per person: {join_list(reversed(moves))}.{also}"
    if len({*directions} - {"unclear"}) > 1 or "unclear" in directions:
        return _said(text, UNTOLD, "the answer turns with the first year that is taken")
    if len(latest["against"]):
        return _said(text, LIKELY, f"without {join_list(map(short_name, latest['against']), 'or')} it would not hold")
    return _said(text, FIRM, "it holds from every first year and without any one state")


def agendas_finding(choice: meetings.Choice) -> MarkdownText:
    """Whether the agendas of the members of a format draw together, beyond what longer lists share by chance."""
    found = meetings.shift(meetings.speech_codes(choice))
    if found is None:
        return _said("Whether the agendas draw together is open.", UNTOLD, "too few speeches were read")
    sign = _sign(found.low, found.high)
    words = {1: "have drawn together", -1: "have moved apart", 0: "are not shown to draw together"}
    states = len(members(choice.region, choice.last_year))
    text = f"The agendas that the {states} presidents bring to their Consultative Meetings {words[sign]}."
    if sign:
        return _said(text, LIKELY, "the change exceeds its interval, but only parts of the speeches were read")
    return _said(text, UNTOLD, "they share more themes, but no more than longer lists share by chance")


def updated() -> MarkdownText:
    """By whom the collection is, of how many sources it is made, and of when the latest is."""
    known = load("sources")["date"].dropna().astype(str)
    latest = max(date for date in known if len(date) == len("2025-01-01"))
    day = pd.Timestamp(latest)
    return MarkdownText(
        f"By the centralasia contributors, from {len(load('sources')):,} sources, the latest of {day.day} {day:%B %Y}."
    )


def _all_unread(documents: Sequence[str]) -> bool:
    """Whether none of the documents was read in full."""
    missing = hierarchy.settling_texts(documents)["documents"]
    return {key for cell in missing for key in cell.split(";")} >= set(documents)


def _sign(low: float, high: float) -> int:
    """The sign of a change that its interval is sure of; 0 where it is not."""
    return int(low > 0) - int(high < 0)


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", "\u00a0%")


def _said(statement: str, sure: str, reason: str) -> MarkdownText:
    """A finding: what it says, and how sure it is, with the reason."""
    return MarkdownText(f"{capitalised(statement)}\n\n**{sure}:** {reason}.")
