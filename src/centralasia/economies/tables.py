"""What the notebook on economies shows as tables."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from centralasia.economies.convergence import beta_convergence, change, leave_one_out, sigma_convergence
from centralasia.economies.measures import STATISTICS, Panel, cross_section, definition, number, percent, statistic_name
from centralasia.economies.trade import mirror_statistics, trade_shares
from centralasia.names import short_name, short_names
from centralasia.regions import members_at_end
from centralasia.tables import UntruncatedFrame, display_table, load
from datacontract.words import format_number, span

__all__ = [
    "dispersion_table", "gap_table", "growth_table", "leave_one_out_table", "mirror_table", "statistic_table",
    "trade_share_table", "water_table",
]  # fmt: skip

_WHY = {
    "relative": "the method changed between surveys: only the place among all states can be compared",
    "sd": "bounded, or zero has a meaning: differences count",
    "sd_log": "an amount: ratios count, whatever the unit",
}


def _table(rows: Mapping[str, Sequence[object]], columns: list[str], corner: str) -> UntruncatedFrame:
    return display_table(pd.DataFrame.from_dict(rows, orient="index", columns=columns), corner=corner)


def dispersion_table(panels: Iterable[Panel]) -> UntruncatedFrame:
    """The dispersion of each indicator in its first and last common year, as text, one row an indicator."""
    rows = {}
    for one in panels:
        moved, ends = change(one), ["unknown"] * 3
        if moved:
            ends = [f"{number(moved.before)} ({moved.first})", f"{number(moved.after)} ({moved.last})"]
            ends.append(f"{moved.agree} of {moved.n}")
        rows[one.title] = (statistic_name(one), *ends, len(one.values), ", ".join(short_names(one.dropped_members)))
    columns = ["Dispersion", "First", "Last", "Same direction without any one member", "Years"]
    return _table(rows, [*columns, "Left out: too few values"], "Indicator")


def statistic_table(panels: Iterable[Panel]) -> UntruncatedFrame:
    """Unit, dispersion and its reason, and caveat of each indicator, as text."""
    rows = {}
    for one in panels:
        row = definition(one.indicator)
        caveat = "" if pd.isna(row["caveat"]) else row["caveat"]
        rows[one.title] = (row["unit"], STATISTICS[one.statistic].short, _WHY[one.statistic], caveat)
    return _table(rows, ["Unit", "Dispersion", "Why", "Caveat"], "Indicator")


def leave_one_out_table(panel: Panel) -> UntruncatedFrame:
    """The dispersion with each member left out in turn (first, highest, last year), as text."""
    paths = {"nobody": sigma_convergence(panel)["value"], **leave_one_out(panel).rename(columns=short_name)}
    rows = {}
    for out, path in paths.items():
        if len(path):
            ends = (f"{number(path[year])} ({year})" for year in (path.index[0], path.idxmax(), path.index[-1]))
            moved = (format_number(path.iloc[-1] - past, "+.2f") for past in (path.iloc[0], path.max()))
            rows[out] = (*ends, *moved)
    return _table(rows, ["First", "Highest", "Last", "Last less first", "Last less highest"], "Left out")


def growth_table(panel: Panel) -> UntruncatedFrame:
    """Start, end and mean yearly growth of every member, as text, the lowest start first."""
    found, rows = beta_convergence(panel), {}
    for row in found.points.sort_values("start").itertuples() if found else ():
        sure = "doubtful" if row.doubtful else "high"
        rows[short_name(row.Index)] = (f"{row.start:,.0f}", f"{row.end:,.0f}", f"{100 * row.growth:.1f}", sure)
    return _table(rows, ["At first", "At last", "Growth a year, %", "Confidence"], "State")


def trade_share_table(region: str, first_year: int, last_year: int) -> UntruncatedFrame:
    """The share of the region in the trade of each reporter, first and last year, with and without gold, as text."""
    rows = {}
    for gold, words in (("kept", "listed partners"), ("left_out", "listed partners without gold")):
        for reporter, own in trade_shares(region, first_year, last_year, gold).groupby("reporter"):
            ends = (f"{percent(r.share)} ({r.year})" for r in own.iloc[[0, -1]].itertuples())
            total = percent(own["of_total"].iloc[-1]) if gold == "kept" else ""
            rows[f"{short_name(reporter)}: {words}"] = (*ends, total, f"{own['doubtful'].sum()} of {len(own)}")
    columns = ["First", "Last", "Last, of the total", "Years with a doubtful figure"]
    return _table(dict(sorted(rows.items())), columns, "Share in, %")


def mirror_table(region: str, first_year: int, last_year: int) -> UntruncatedFrame:
    """Exports between members in the last year with any, as text: million USD, by the exporter / by the importer."""
    found, of = mirror_statistics(region, first_year, last_year), members_at_end(region, last_year)
    cells = {
        (row.exporter, row.importer): " / ".join(
            "?" if pd.isna(usd) else f"{usd / 1000:,.0f}" for usd in (row.exporter_says, row.importer_says)
        )
        for row in found[found["year"] == found["year"].max()].itertuples()
    }
    rows = [["" if one == other else cells.get((one, other), "unknown") for other in of] for one in of]
    return display_table(rows, [f"to {name}" for name in short_names(of)], short_names(of), "From")


def gap_table(panels: Sequence[Panel]) -> UntruncatedFrame:
    """The years that each member lacks and others have, by indicator, as text: ``all``, ranges, or ``""`` for none."""
    of, rows = members_at_end(panels[0].region, panels[0].asked_years[1]), {}
    gaps, values = load("indicator_gaps"), load("indicators")
    for one in panels:
        known = set(values.loc[values["indicator"] == one.indicator, "state"])
        missing: dict[str, list[str]] = {state: [] if state in known else ["all"] for state in of}
        for gap in gaps[(gaps["indicator"] == one.indicator) & gaps["state"].isin(known.intersection(of))].itertuples():
            missing[gap.state].append(span(gap.start, gap.end, joint="–"))
        rows[one.title] = [", ".join(spans) for spans in missing.values()]
    return _table(rows, short_names(of), "Missing years")


def water_table(indicators: Iterable[str], region: str, last_year: int) -> UntruncatedFrame:
    """The latest value of each indicator for every member, as text with its unit in the heading."""
    columns = {}
    for indicator in indicators:
        row, found = definition(indicator), cross_section(indicator, region, last_year)
        columns[f"{row['title']}, {row['unit']}"] = ["unknown" if pd.isna(v) else f"{v:.0f}" for v in found["value"]]
    return display_table(columns, index=short_names(members_at_end(region, last_year)), corner="State")
