"""Sentences on votes in the General Assembly of the United Nations."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.names import short_name
from centralasia.regions import pair_name
from centralasia.votes import alignment, measures, sets, words
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "absence_summary", "answer", "groups_summary", "ideal_points_summary", "marked_years", "pairs_summary",
    "partners_summary", "sets_summary",
]  # fmt: skip

WINDOW = 5  # years at each end that sentences compare
GAP = 0.05  # a larger difference in shares of yes is called selection


@localized
def answer(region: str, choice: Choice) -> MarkdownText:
    """Whether a region votes as one: its mean in the last comparable year, its rank among sets, and how it changed."""
    name, firm = short_name(region), comparable(sets.reference_distribution(region, choice))
    if firm.empty:
        return translate("votes.none", name=name)
    last = firm.iloc[-1]
    spread = translate("votes.spread", **last[["low", "high"]]) if last["pairs"] > 1 else ""
    fields = {"measure": words.measure_name(choice.measure), "absence": words.absence_words(choice.absence)}
    fields |= {"spread": spread, "place": _place(last), "trend": _trend(firm)}
    return translate("votes.answer", name=name, **fields, **last[["year", "pairs", "value"]])


def _trend(firm: pd.DataFrame) -> MarkdownText:
    """``From the first … comparable years to the last the mean rose from 0.91 to 0.97.``"""
    if len(firm) < 2 * WINDOW:
        return translate("votes.few_years", years=2 * WINDOW)
    ends = {"before": firm.iloc[:WINDOW], "after": firm.iloc[-WINDOW:]}
    mean = {end: part["value"].mean() for end, part in ends.items()}
    moved = translate("votes.rose" if mean["after"] > mean["before"] else "votes.fell", **mean)
    if f"{mean['before']:.2f}" == f"{mean['after']:.2f}":
        moved = translate("votes.stayed", after=mean["after"])
    spans: dict[str, Any] = {end: words.year_spans(part["year"]) for end, part in ends.items()}
    return translate("votes.trend", window=WINDOW, moved=moved, **spans)


def _place(row: pd.Series) -> MarkdownText:
    if math.isnan(row["percentile"]):
        return translate("votes.beside_none")
    code = "votes.more" if row["percentile"] >= 50 else "votes.less"
    return translate(code, share=words.share_surpassed(row["percentile"]), **row[["sets", "size"]])


def sets_summary(region: str, choice: Choice) -> MarkdownText:
    """Between which percentiles of all sets of its size a region was over the comparable years."""
    firm = comparable(sets.reference_distribution(region, choice)).dropna(subset="percentile")
    if firm.empty:
        return MarkdownText("In no comparable year can the region be compared with other sets.")
    first, last = firm.iloc[0], firm.iloc[-1]
    low, high = firm.loc[firm["percentile"].idxmin()], firm.loc[firm["percentile"].idxmax()]
    where = f"at percentile {low['percentile']:.1f}"
    moved = f"was at {first['set_median']:.2f} in {first['year']}"
    if len(firm) > 1:
        highest = math.floor(high["percentile"] * 10) / 10
        where = f"between percentile {low['percentile']:.1f} ({low['year']}) and {highest:.1f} ({high['year']})"
        moved += f" and at {last['set_median']:.2f} in {last['year']}"
    above = int((firm["value"] > firm["set_high"]).sum())
    years = {0: "none", len(firm): "all"}.get(above, above)
    return MarkdownText(
        f"Over {pluralize(len(firm), 'comparable year')} the region stood {where} of all sets of its size, in "
        f"{years} of them above the band that holds the middle 90 %. The median set itself {moved}."
    )


def groups_summary(region: str, first_year: int, last_year: int, seed: int) -> MarkdownText:
    """How often a counted group did not split, and how its agreement index changed."""
    name, groups = short_name(region), sets.counted_groups()
    if region not in groups:
        counted = f"not one of the groups whose splits were counted ({join_list(map(short_name, groups))})"
        return MarkdownText(f"{name}: {counted}, so it has no agreement index.")
    firm = comparable(sets.group_years(region, first_year, last_year, seed))
    if firm.empty:
        return MarkdownText(f"{name}: no comparable year with enough votes for an agreement index.")
    last = firm.iloc[-1]
    text = (
        f"{name}: of {pluralize(last['n'], 'roll call')} of {last['year']} in which two or more members voted, "
        f"{100 * last['united']:.0f} % found no split among those who voted; the agreement index was {_index(last)}"
    )
    # A first year in which few members voted would be compared with a last one in which all did.
    whole = firm[firm["year"].isin(sets.complete_years(region, first_year, last_year))]
    if len(whole) > 1:
        first = whole.iloc[0]
        text += f", after {_index(first)} in {first['year']}, the first year in which all pairs can be compared"
    voice = " One voice it is not as long as any split remains." if last["united"] < 1 else ""
    return MarkdownText(f"{text}.{voice}")


def _index(row: pd.Series) -> str:
    return f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def pairs_summary(region: str, choice: Choice, seed: int) -> MarkdownText:
    """The closest and the farthest pair in the last comparable year, with intervals and numbers of votes."""
    firm = comparable(sets.pair_intervals(region, choice, seed))
    if firm.empty:
        return MarkdownText("No pair has a comparable year with enough votes.")
    year = int(firm["year"].max())
    last = firm[firm["year"] == year].sort_values("value")
    low, high = last.iloc[0], last.iloc[-1]
    if len(last) == 1:
        return MarkdownText(f"In {year} the one pair that can be told, {pair_name(low['pair'])}, had {_interval(low)}.")
    order = "The two intervals do not overlap"
    if math.isnan(low["high"]) or math.isnan(high["low"]):
        order = "One of the intervals is unknown, so their order is not certain"
    elif low["high"] >= high["low"]:
        order = "The two intervals overlap, so their order is not certain"
    text = f"In {year} {pair_name(low['pair'])} agreed least: {_interval(low)}"
    return MarkdownText(f"{text}; {pair_name(high['pair'])} most: {_interval(high)}. {order}.")


def _interval(row: pd.Series) -> str:
    span = "interval unknown" if math.isnan(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
    return f"{row['value']:.2f} ({span}, n = {row['n']})"


def partners_summary(state: str, region: str, partners: Sequence[str], choice: Choice) -> MarkdownText:
    """A state's agreement with each partner against that with the region, over the years that can be compared."""
    means = alignment.partner_vs_region(state, region, partners, choice).sort_values("partner", ascending=False)
    name = short_name(state)
    if means.empty:
        return MarkdownText(f"There is no year in which {name} can be compared with a partner and with the region.")
    rows = [(short_name(row.Index), row) for row in means.itertuples()]
    home, each = "", [f"{partner} {row.partner:.2f}" for partner, row in rows]
    rest, over = "the other members of the region {:.2f}".format, [pluralize(years, "year") for years in means["years"]]
    if len(set(over)) == 1:
        home = f"over {over[0]}, with {rest(means['region'].iloc[0])}; "
    else:
        each = [f"{text} ({rest(row.region)}, over {n})" for text, (_, row), n in zip(each, rows, over, strict=True)]
    text = f"Mean {words.measure_name(choice.measure)} of **{name}**: {home}with {join_list(each)}. "
    closer = [f"{partner} in {row.years_closer} of {row.years}" for partner, row in rows if row.years_closer]
    if closer:
        text += f"In single years {name} voted more like a partner than like the region: {join_list(closer)}."
    else:
        text += f"In no such year did {name} vote more like any of these partners than like the region."
    groups = [partner for partner in means.index if partner not in measures.voting_states()]
    behind = {g: join_list(map(short_name, alignment.states_behind(g, state, choice.last_year))) for g in groups}
    parts = [f"{short_name(group)} stands for {states}" for group, states in behind.items()]
    return MarkdownText(f"{text} {'; '.join(parts)}." if groups else text)


def absence_summary(region: str, measure: str, first_year: int, last_year: int) -> MarkdownText:
    """Who stays away most, from which kind of votes, and what counting absence does to the mean of the region."""
    firm = comparable(alignment.absences(region, first_year, last_year))
    if firm.empty:
        return MarkdownText("No member has a comparable year with votes.")
    totals = firm.groupby("state")[["absent", "n"]].sum()
    share = (100 * totals["absent"] / totals["n"]).sort_values()
    most, least = share.index[-1], share.index[0]
    present = f", {short_name(least)}, the most present, from {share[least]:.0f} %" if most != least else ""
    away = f"stayed away from {share[most]:.0f} % of the roll calls{present}"
    text = f"Over the comparable years **{short_name(most)}** {away}."
    row = alignment.absence_bias(region, first_year, last_year).loc[most]
    if row["voted"] and row["absent"]:
        bias = "which does not show that it stays away from contested votes"
        if row["yes_voted"] - row["yes_absent"] > GAP:
            bias = "so its agreement on shared votes rests on the less contested texts"
        text += (
            f" Where it voted, {100 * row['yes_voted']:.0f} % of the other members' votes were yes; where it stayed "
            f"away, {100 * row['yes_absent']:.0f} %, {bias}."
        )
    means = [comparable(sets.region_mean(region, Choice(measure, a, first_year, last_year))) for a in measures.ABSENCE]
    both = means[0].merge(means[1], on="year", suffixes=("", "_counted"))
    if len(both):
        last = both.iloc[-1]
        text += (
            f" The mean {words.measure_name(measure)} of {last['year']} is {last['value']:.2f} with absence left out "
            f"and {last['value_counted']:.2f} with it counted."
        )
    return MarkdownText(text)


def ideal_points_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How far the ideal points of a region's members lie apart, first, last and at most."""
    frame = alignment.ideal_point_range(region, first_year, last_year)
    if frame.empty:
        return MarkdownText("There is no year in which every member has an ideal point from enough votes.")
    first, last, widest = frame.iloc[0], frame.iloc[-1], frame.loc[frame["spread"].idxmax()]
    bands = "overlap, so that they differ is not certain" if last["outermost_overlap"] else "do not overlap"
    text = f"{short_name(region)}: in {last['year']} the ideal points span {last['spread']:.2f}"
    if len(frame) > 1:
        text += f", in {first['year']} {first['spread']:.2f}, at most {widest['spread']:.2f} ({widest['year']})"
    return MarkdownText(f"{text}. The 90 % bands of the two outermost members of {last['year']} {bands}.")


def marked_years(region: str, choice: Choice) -> MarkdownText:
    """Which years of a region are marked, and why, with the notes on years."""
    marked = words.status_words(sets.region_mean(region, choice))
    text = marked or "Every year is comparable, with enough votes of every pair."
    notes = [f"{year}: {note}" for year, note in voting_years(*choice.period)["note"].dropna().items()]
    return MarkdownText(f"{text} On the years: {'; '.join(notes)}." if notes else text)
