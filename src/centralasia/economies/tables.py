"""What the notebook on economies shows as tables."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from centralasia import sensitivity
from centralasia.economies.convergence import beta_convergence
from centralasia.economies.measures import STATISTICS, Panel, cross_section, definition
from centralasia.economies.pair_trade import TURN, intensity_means
from centralasia.economies.periods import STARTS, dispersion_specifications, start_years, windows
from centralasia.economies.words import change_words
from centralasia.names import short_name, short_names
from centralasia.regions import members_at_end
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import format_number, join_list, pluralize

__all__ = [
    "choices_table", "growth_table", "intensity_table", "measure_table", "water_table", "window_table",
]  # fmt: skip

Starts = str | Sequence[int]
_WHY = {
    "relative": "the method changed between surveys: the spread is compared with that of other states",
    "sd": "bounded, or with zeros that rule out logarithms: plain differences",
    "sd_log": "an amount above zero: ratios, whatever the unit",
}


def _table(rows: Mapping[str, Sequence[object]], columns: list[str], corner: str) -> UntruncatedFrame:
    return display_table(pd.DataFrame.from_dict(rows, orient="index", columns=columns), corner=corner)


def window_table(panels: Sequence[Panel], starts: Starts = STARTS) -> UntruncatedFrame:
    """Every indicator in every window, whole: what `centralasia.economies.windows` computes, as text.

    One row an indicator and window; a window whose data are those of an earlier one is left out.
    """
    found = windows(panels, starts)
    rows, titles = [], []
    for row in found.drop_duplicates(["indicator", "first"]).itertuples():
        titles.append(row.title)
        if pd.isna(row.change):
            rows.append([f"since {row.start}", *["unknown"] * 6])
            continue
        trend = "too few years"
        if pd.notna(row.trend):
            trend = f"{_signed(row.trend)} ({_signed(row.trend_low)} to {_signed(row.trend_high)})"
        sets = f"{row.wider:,} of {row.sets:,}" if row.sets else "none to compare"
        rows.append([
            f"{row.first}–{row.last}", f"{row.n}, {row.years}", change_words(row.change), trend,
            join_list(short_names(row.against), "or") if row.against else "", f"{row.same} of {row.measures}", sets,
        ])  # fmt: skip
    columns = ["Years", "Members, years", "Change", "Trend a decade, % (interval)", "Not so without"]
    columns += ["Other measures that agree", "Sets of other states that moved further apart"]
    return display_table(rows, columns, titles, "Indicator")


def _signed(value: float) -> str:
    return format_number(value, "+.0f")


def measure_table(panels: Iterable[Panel]) -> UntruncatedFrame:
    """Unit and dispersion of each indicator, why that one, on what it rests, and its caveat, as text."""
    rows = {}
    for one in panels:
        row, (years, members) = definition(one.indicator), one.values.shape
        rests = f"{pluralize(years, 'year')}, {pluralize(members, 'member')}"
        rests += f", without {join_list(short_names(one.dropped_members))}" if one.dropped_members else ""
        caveat = "" if pd.isna(row["caveat"]) else row["caveat"]
        rows[one.title] = (row["unit"], STATISTICS[one.statistic].short, _WHY[one.statistic], rests, caveat)
    return _table(rows, ["Unit", "Dispersion", "Why", "Rests on", "Caveat"], "Indicator")


def choices_table(panel: Panel, starts: Starts = STARTS) -> UntruncatedFrame:
    """In how many ways the dispersion fell, by block of choices (rows) and window (columns), as text.

    A block holds one choice open and takes all options of the other; windows are questions of their own.
    """
    columns = {}
    for start in start_years(starts):
        found = sensitivity.by_option(dispersion_specifications(panel, start))
        known = found["holds"] + found["fails"]
        cells = [f"{h} of {n}" if n else "unknown" for h, n in zip(found["holds"], known, strict=True)]
        words = {"measure": "measured by", "left_out": "left out:"}
        columns[f"since {start}"] = pd.Series(cells, [f"{words[r.choice]} {r.option}" for r in found.itertuples()])
    return display_table(pd.DataFrame(columns), corner="The spread fell in")


def growth_table(panel: Panel, starts: Starts = STARTS) -> UntruncatedFrame:
    """Start, end and mean yearly growth of every member in the longest and the shortest window, as text."""
    years, columns = start_years(starts), {}
    for since in sorted({years[0], years[-1]}):
        if found := beta_convergence(panel, since):
            points = found.points.sort_values("start")
            columns[f"In {found.first}"] = points["start"].map("{:,.0f}".format)
            columns[f"Growth a year, % ({found.first}–{found.last})"] = (100 * points["growth"]).map("{:.1f}".format)
            columns[f"In {found.last}"] = points["end"].map("{:,.0f}".format)
    low = panel.low.any()
    table = pd.DataFrame(columns).assign(Figures=["doubtful" if low[s] else "" for s in pd.DataFrame(columns).index])
    return display_table(table, index=short_names(table.index), corner="State")


def intensity_table(region: str, last_year: int, turn: int = TURN) -> UntruncatedFrame:
    """The mean intensity of each member's trade with each other, by source and span of years, as text."""
    means = intensity_means(region, last_year, turn)
    names = [f"{short_name(one)} with {short_name(other)}" for one, other in means.index]
    spans = [f"{span}, {word}" for span, word in zip(means, ["estimated"] * 2 + ["own record"] * 2, strict=True)]
    cells = means.map("{:.0f}".format, na_action="ignore").fillna("unknown")
    return display_table(cells, spans, names, corner="Times what size would give")


def water_table(indicators: Iterable[str], region: str, last_year: int) -> UntruncatedFrame:
    """The latest value of each indicator for every member, as text with its unit in the heading."""
    columns = {}
    for indicator in indicators:
        row, found = definition(indicator), cross_section(indicator, region, last_year)
        columns[f"{row['title']}, {row['unit']}"] = ["unknown" if pd.isna(v) else f"{v:.0f}" for v in found["value"]]
    return display_table(columns, index=short_names(members_at_end(region, last_year)), corner="State")
