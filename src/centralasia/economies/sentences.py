"""Sentences on how far the economies of a region lie apart, on growth, and on water."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from centralasia.economies.convergence import beta_convergence, log_t, log_t_by_pair
from centralasia.economies.measures import LEAST, STATISTICS, Panel, cross_section, definition, panel_rows
from centralasia.economies.periods import STARTS, TURNING, start_groups, start_years, windows
from centralasia.economies.words import change_words, spread_words
from centralasia.names import region_name, short_name, short_names
from centralasia.regions import check_pair, pair_name
from datacontract.words import MarkdownText, capitalised, format_number, join_list, pluralize

__all__ = [
    "answer", "dispersion_summary", "growth_summary", "log_t_summary", "pair_income_summary", "place_summary",
    "water_summary",
]  # fmt: skip

INCOME = "gdp_pc_ppp"
Starts = str | Sequence[int]


def answer(panels: Sequence[Panel], starts: Starts = STARTS) -> MarkdownText:
    """Whether the members of a region drew together: one indicator window by window, then how many of all did."""
    frame = windows(panels, starts)
    known = frame.dropna(subset="change")
    who = region_name(panels[0].region)
    if known.empty:
        return MarkdownText(f"Whether the members of **{who}** drew together cannot be said: {_too_few(panels[0])}")
    lead = known[known["indicator"] == (INCOME if INCOME in set(known["indicator"]) else known["indicator"].iloc[0])]
    first, *others = lead.iloc[::-1].drop_duplicates("first").itertuples()
    text = f"**{who}**, {_lower(first.title)}: {_moved(first)} (data to {first.last})."
    text += "".join(f" {capitalised(_moved(row))}." for row in others)
    total = known["indicator"].nunique()
    if total == 1:
        return MarkdownText(text)
    ends = dict.fromkeys([known["start"].max(), known["start"].min()])
    counts = [_counted(known[known["start"] == start]) for start in ends]
    turning = len(start_groups(frame).get(TURNING, []))
    text += f" The states drew closer {join_list(counts)}."
    if len(ends) > 1:
        text += f" In {pluralize(turning, 'indicator')} the direction depends on the first year."
    return MarkdownText(text)


def _moved(row: Any) -> str:
    """``since 2012 their spread has fallen by 8 %, but not without Kazakhstan``."""
    if row.direction == "unclear":
        return f"since {row.first} there is no clear trend ({change_words(row.change)})"
    unless = f", but not without {join_list(short_names(row.against), 'or')}" if row.against else ""
    return f"since {row.first} the spread between the states has {spread_words(row.change, 'grown', 'fallen')}{unless}"


def _counted(rows: pd.DataFrame) -> str:
    start, closer = rows["start"].iloc[0], int((rows["change"] < 0).sum())
    late = " (or the first year with data)" if (rows["first"] - start).median() > 0 else ""
    return f"in {closer} of {pluralize(len(rows), 'indicator')} since {start}{late}"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def dispersion_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """How the dispersion of one indicator moved in each window: change, trend with its interval, who decides."""
    lines = []
    for row in windows([panel], starts).dropna(subset="change").drop_duplicates("first").itertuples():
        text = f"- {row.first}–{row.last}: the spread {spread_words(row.change)}"
        if pd.notna(row.trend):
            trend, low, high = (format_number(v, "+.0f") for v in (row.trend, row.trend_low, row.trend_high))
            text += f"; its trend is {trend} % a decade (95 % interval {low} to {high})"
        else:
            text += f"; {pluralize(row.years, 'year')} make no trend"
        who = f"without {join_list(short_names(row.against), 'or')} it goes the other way" if row.against else ""
        lines.append(f"{text}. {who or 'No single member decides the direction'}.".replace(". w", ". W"))
    statistic = STATISTICS[panel.statistic].name
    head = f"{panel.title}, {statistic} over {pluralize(panel.values.shape[1], 'member')}:"
    return MarkdownText("\n".join([head, "", *lines]) if lines else f"{panel.title}: {_too_few(panel)}")


def place_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """How usual the change is: in how many sets of as many other states the members moved further apart."""
    rows = windows([panel], starts).dropna(subset="place").drop_duplicates("first")
    if rows.empty:
        return MarkdownText(f"{panel.title}: there are too few other states to compare with.")
    first, *others = (f"{row.wider:,} of {row.sets:,}{{}} from {row.first} to {row.last}" for row in rows.itertuples())
    parts = [first.format(" moved further apart, or drew less close, than the region"), *(o.format("") for o in others)]
    names = short_names(panel.others.loc[rows["last"].iloc[0]].dropna().index)
    return MarkdownText(
        f"{panel.title}: among sets of {panel.values.shape[1]} other states, {join_list(parts)}. The sets are made of "
        f"{join_list(names)}, where they have values in both years. They share states, so this is a comparison, not a "
        "test."
    )


def growth_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """Whether growth follows the starting level, in the longest and the shortest window, by rank correlation."""
    years, lines = start_years(starts), []
    for since in sorted({years[0], years[-1]}):
        found = beta_convergence(panel, since)
        if found is None:
            continue
        growth = found.points["growth"].sort_values()
        ends = [
            f"{short_name(growth.index[i])} grew {most} ({format_number(100 * growth.iloc[i], '.1f')} % a year)"
            for i, most in ((-1, "most"), (0, "least"))
        ]
        unclear = found.p > 0.1
        follows = "does not follow" if unclear else "falls with" if found.rank < 0 else "rises with"
        slope, low, high = (format_number(100 * v, "+.1f") for v in (found.slope, found.lowest, found.highest))
        rank = format_number(found.rank, "+.1f")
        lines.append(
            f"From {found.first} to {found.last} growth {follows} the starting level: the rank correlation is {rank} "
            f"(n = {found.n}); chance gives one as far from 0 in {100 * found.p:.0f} % of cases. {join_list(ends)}. "
            f"Leaving out one member puts the slope, {slope} for all, between {low} and {high}."
        )
    return MarkdownText(" ".join(lines) or f"Growth cannot be compared: {_too_few(panel)}")


def log_t_summary(panel: Panel) -> MarkdownText:
    """What the log t regression says of all members and of each two of them."""
    if panel.values.shape[1] < LEAST or len(panel.values) < 15:
        return MarkdownText("The years are too few for the log t test.")
    found, pairs = log_t(panel.values), log_t_by_pair(panel)
    close = [f"{pair_name(pair)} (b = {row.b:.2f})" for pair, row in pairs[~pairs["rejected"]].iterrows()]
    b, t = format_number(found.b, ".2f"), format_number(found.t, ".0f")
    verdict = "rejects" if found.rejected else "does not reject"
    some = (
        f"It does not reject it for {len(close)} of {len(pairs)} pairs: {join_list(close)}"
        if close
        else (f"It rejects it for each of {len(pairs)} pairs, too")
    )
    return MarkdownText(
        f"The log t test {verdict} that the members approach one path of {_lower(panel.title)} (b = {b}, t = {t}; "
        f"{found.years} years, n = {found.states}). {some}. It was made for many states, so this is indicative."
    )


def pair_income_summary(pair: str, starts: Starts = STARTS, last_year: int = 9999) -> MarkdownText:
    """How many times the income per person of the other the richer of two states has, at each start and at last."""
    states = check_pair(pair)
    values, low = _two_series(states, last_year)
    years = [y for y in [*start_years(starts), values.index.max()] if y in values.index]
    if len(values) < 2 or not years:
        return MarkdownText(f"Incomes per person of {pair_name(pair, ' and ')} cannot be compared.")
    rich, poor = sorted(states, key=lambda s: values[s].iloc[-1], reverse=True)
    first, *others = (f"{values[rich][year] / values[poor][year]:.1f} times{{}} in {year}" for year in years)
    ratios = [first.format(f" that in {short_name(poor)}"), *(other.format("") for other in others)]
    doubt = f" Figures of {join_list(short_names(low))} are doubtful." if low else ""
    return MarkdownText(f"Income per person in {short_name(rich)} was {join_list(ratios)}.{doubt}")


def _two_series(states: Iterable[str], last_year: int) -> tuple[pd.DataFrame, list[str]]:
    rows = panel_rows(INCOME, last_year)
    rows = rows[rows["state"].isin(list(states))]
    table = rows.pivot(index="year", columns="state", values="value").reindex(columns=list(states)).dropna()
    return table, sorted(set(rows.loc[rows["low"], "state"]))


def _too_few(panel: Panel) -> str:
    return f"fewer than {LEAST} members of {region_name(panel.region)} have values in two common years."


def water_summary(indicator: str, region: str, state: str, last_year: int) -> MarkdownText:
    """Whose water comes from abroad: the state, the highest, the lowest, and for whom it is unknown."""
    found = cross_section(indicator, region, last_year)["value"]
    known, title = found.dropna().sort_values(), definition(indicator)["title"]
    if known.empty:
        return MarkdownText(f"{title} is unknown for every member of {region_name(region)}.")
    text = f"{title}, from most to least: {join_list(f'{short_name(s)} {v:.0f} %' for s, v in known[::-1].items())}."
    if state in known.index:
        above = short_names(known.index[known > known[state]])
        text += f" More dependent than {short_name(state)}: {join_list(above) if above else 'nobody'}."
    if unknown := short_names(found.index[found.isna()]):
        text += f" Unknown: {join_list(unknown)}."
    return MarkdownText(f"{text} These are long-term means and say nothing about change.")
