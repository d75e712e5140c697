"""What the notebook on economies shows as tables, and the choices that its findings are put through."""

import itertools

import pandas as pd

from centralasia.economies import measures as economy
from centralasia.economies import trade
from centralasia.economies.growth import beta
from centralasia.economies.measures import LEAST, RATIO_MEASURES, change, definition, dispersion, panel, scaled
from centralasia.names import short_name
from centralasia.regions import members
from centralasia.sensitivity.measures import specifications
from centralasia.tables import load, untruncated
from datacontract.words import format_number

__all__ = [
    "cross_section",
    "dispersion_choices",
    "gap_table",
    "growth_table",
    "leave_out_table",
    "measure_table",
    "measure_unit",
    "mirror_table",
    "names",
    "number",
    "percent",
    "share_table",
    "sigma_table",
    "starts",
    "water_table",
    "wider",
]

WORDS = {"sd_log": "SD of logs", "cv": "SD over mean", "range_log": "log of highest over lowest",
         "sd": "SD", "relative": "SD of z-scores"}  # fmt: skip


def sigma_table(indicators, region, first_year, last_year, doubtful="kept"):
    """The dispersion of each indicator in its first and last common year, as text, one row an indicator."""
    rows = {}
    for indicator in indicators:
        one = panel(indicator, region, first_year, last_year, doubtful)
        row, moved = definition(indicator), change(one)
        kind = WORDS[one.measure] + (f", {measure_unit(indicator)}" if one.measure == "sd" else "")
        ends = ("unknown", "unknown", "unknown") if moved is None else (
            f"{number(moved.before)} ({moved.first})", f"{number(moved.after)} ({moved.last})",
            f"{moved.agree} of {moved.n}")  # fmt: skip
        rows[row["title"]] = (kind, *ends, len(one.values), names(one.left))
    columns = [
        "Dispersion",
        "First",
        "Last",
        "Same direction without any one member",
        "Years",
        "Left out: too few values",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="Indicator", index=None)


_WHY = {
    "relative": "the method changed between surveys: only the place among all states can be compared",
    "sd": "bounded, or zero has a meaning: differences count",
    "sd_log": "an amount: ratios count, whatever the unit",
}


@untruncated
def measure_table(indicators):
    """Unit, dispersion and its reason, and caveat of each indicator, as text."""
    rows = {}
    for indicator in indicators:
        row, measure = definition(indicator), economy.measure_of(indicator)
        caveat = "" if pd.isna(row["caveat"]) else row["caveat"]
        rows[row["title"]] = (row["unit"], WORDS[measure], _WHY[measure], caveat)
    columns = ["Unit", "Dispersion", "Why", "Caveat"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="Indicator", index=None)


def leave_out_table(indicator, region, first_year, last_year, doubtful="kept"):
    """The dispersion of an indicator with each member left out in turn (first, highest, last year), as text."""
    one = panel(indicator, region, first_year, last_year, doubtful)
    paths = {"nobody": economy.sigma(one)["value"], **economy.leave_one_out(one)}
    rows = {}
    for out, path in paths.items():
        label = "nobody" if out == "nobody" else short_name(out)
        if len(path):
            ends = [f"{number(path.loc[y])} ({y})" for y in (path.index[0], path.idxmax(), path.index[-1])]
            moved = (format_number(path.iloc[-1] - past, "+.2f") for past in (path.iloc[0], path.max()))
            rows[label] = (*ends, *moved)
    columns = ["First", "Highest", "Last", "Last less first", "Last less highest"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="Left out", index=None)


def growth_table(indicator, region, first_year, last_year, doubtful="kept"):
    """Start, end and mean yearly growth of every member, as text, the lowest start first."""
    found = beta(panel(indicator, region, first_year, last_year, doubtful))
    columns = ["At first", "At last", "Growth a year, %", "Confidence"]
    rows = {}
    for row in () if found is None else found.points.sort_values("start").itertuples():
        sure = "doubtful" if row.doubtful else "high"
        rows[short_name(row.Index)] = (f"{row.start:,.0f}", f"{row.end:,.0f}", f"{100 * row.growth:.1f}", sure)
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="State", index=None)


def share_table(region, first_year, last_year):
    """The share of the region in the trade of each reporter, first and last year, with and without gold, as text."""
    rows = {}
    for gold, words in (("kept", "listed partners"), ("left_out", "listed partners without gold")):
        found = trade.shares(region, first_year, last_year, gold)
        for reporter, own in found.groupby("reporter"):
            ends = [f"{percent(r.share)} ({r.year})" for r in own.iloc[[0, -1]].itertuples()]
            total = percent(own["of_total"].iloc[-1]) if gold == "kept" else ""
            years = int(own["doubtful"].sum())
            rows[short_name(reporter), words] = (*ends, total, f"{years} of {len(own)}")
    columns = ["First", "Last", "Last, of the total", "Years with a doubtful figure"]
    frame = pd.DataFrame(list(rows.values()), columns=columns, index=[f"{a}: {b}" for a, b in rows], dtype="object")
    return frame.sort_index(kind="stable").rename_axis(columns="Share in, %", index=None)


def mirror_table(region, first_year, last_year):
    """Exports between members in the last year with any, as text: million USD, by the exporter / by the importer."""
    found = trade.mirror(region, first_year, last_year)
    of = members(region, f"{last_year}-12-31")
    said = found[found["year"] == found["year"].max()].set_index(["exporter", "importer"])
    cells = {}
    for importer in of:
        cells["to " + short_name(importer)] = [
            "" if exporter == importer else _both_sides(said, exporter, importer) for exporter in of
        ]
    frame = pd.DataFrame(cells, index=[short_name(s) for s in of])
    return frame.rename_axis(columns="From", index=None)


def _both_sides(said, exporter, importer):
    if (exporter, importer) not in said.index:
        return "unknown"
    row = said.loc[(exporter, importer)]
    sides = ["?" if pd.isna(v) else f"{v / 1000:,.0f}" for v in (row["exporter_says"], row["importer_says"])]
    return " / ".join(sides)


@untruncated
def gap_table(indicators, region, last_year):
    """The years that each member lacks and others have, by indicator, as text: ``all``, ranges, or ``""`` for none."""
    rows, of = load("indicator_gaps"), members(region, f"{last_year}-12-31")
    known = load("indicators")
    cells = {}
    for indicator in indicators:
        own = rows[rows["indicator"].astype("str") == indicator]
        has = set(known.loc[known["indicator"] == indicator, "state"].astype("str"))
        spans = {s: [_span(r.start, r.end) for r in own[own["state"].astype("str") == s].itertuples()] for s in of}
        cells[definition(indicator)["title"]] = [", ".join(spans[s]) if s in has else "all" for s in of]
    frame = pd.DataFrame.from_dict(cells, orient="index", columns=[short_name(s) for s in of])
    return frame.rename_axis(columns="Missing years", index=None)


def cross_section(indicator, region, last_year):
    """The latest value of an indicator for every member up to a year: ``value``, ``year``, ``confidence``, ``source``.

    Indexed by state; all missing where there is no value, which is unknown and not zero.
    """
    definition(indicator)
    rows = load("indicators").astype({"state": "str"})
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] <= last_year)].sort_values("year")
    latest = rows.groupby("state").tail(1).set_index("state")
    return latest.reindex(members(region, f"{last_year}-12-31"))[["value", "year", "confidence", "source"]]


def water_table(indicators, region, last_year):
    """The latest value of each indicator for every member, as text with its unit in the heading."""
    columns = {}
    for indicator in indicators:
        row, found = definition(indicator), cross_section(indicator, region, last_year)
        columns[f"{row['title']}, {row['unit']}"] = ["unknown" if pd.isna(v) else f"{v:.0f}" for v in found["value"]]
    of = members(region, f"{last_year}-12-31")
    frame = pd.DataFrame(columns, index=[short_name(s) for s in of])
    return frame.rename_axis(columns="State", index=None)


def starts(first_year, last_year):
    """The first year and every multiple of five between it and the last: where a comparison may begin."""
    return [first_year, *(y for y in range(first_year + 1, last_year) if y % 5 == 0)]


def wider(region, last_year):
    """The region and every other one that has all its members and more at the end of the last year."""
    own = set(members(region, f"{last_year}-12-31"))
    found = {region: own}
    for other in dict.fromkeys(load("memberships")["region"].astype(str)):
        also = set(members(other, f"{last_year}-12-31"))
        if own < also and also not in found.values():
            found[other] = also
    return list(found)


def dispersion_choices(indicator, region, first_year, last_year, doubtful="kept"):
    """Did the dispersion fall? The finding under every choice an analyst could have made.

    Choices: the region or a wider one (`wider`), one member left out or none, values of low confidence kept or left
    out (the given way first), the year to start from (`starts`), and the measure (for ratio scales the three that suit
    them).

    Returns
    -------
    pandas.DataFrame
        See `centralasia.sensitivity.specifications`. ``value`` is the change of the dispersion from the first to the
        last common year in per cent, ``holds`` whether it fell; both are missing where fewer than two years or three
        members are common. Some combinations meet the same data: where all values of a member are doubtful, leaving
        them out leaves the member out.
    """
    regions = wider(region, last_year)
    ways = sorted(economy.DOUBTFUL, key=lambda way: way != doubtful)
    panels = {(r, way): panel(indicator, r, first_year, last_year, way) for r, way in itertools.product(regions, ways)}
    suited = economy.measure_of(indicator)
    measures = RATIO_MEASURES if suited == "sd_log" else (suited,)
    of = members(region, f"{last_year}-12-31")

    def fell(region, left_out, doubtful, start, measure):
        table, _ = scaled(panels[region, doubtful], measure)
        table = table.loc[table.index >= start].drop(columns=left_out, errors="ignore")
        if len(table) < 2 or table.shape[1] < LEAST:
            return float("nan")
        before, after = (dispersion(table.iloc[i], measure) for i in (0, -1))
        return (100 * (after / before - 1), after < before) if before else float("nan")

    return specifications(
        fell,
        start=starts(first_year, last_year),
        measure={WORDS[m]: m for m in measures},
        left_out={"nobody": "nobody"} | {short_name(s): s for s in of},
        doubtful={way.replace("_", " "): way for way in ways},
        region={short_name(r): r for r in regions},
    )


def measure_unit(indicator):
    """The unit of a plain standard deviation of an indicator."""
    unit = definition(indicator)["unit"]
    return "percentage points" if "%" in unit else unit


def number(value):
    """A dispersion with two figures that count: ``0.73``, ``0.019``, ``21``."""
    if pd.isna(value):
        return "unknown"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}" if value < 0.05 else f"{value:.2f}"


def percent(share):
    """A share of 0 to 1 in per cent, ``unknown`` where it is missing."""
    return "unknown" if pd.isna(share) else f"{100 * share:.1f}"


def names(states):
    """The names of states with commas between them, ``""`` for none."""
    return ", ".join(short_name(s) for s in states)


def _span(first, last):
    return str(first) if first == last else f"{first}–{last}"
