"""What the notebook on economies shows as tables, and the choices that its findings are put through."""

import itertools

import pandas as pd

from centralasia.completion import own_names
from centralasia.convergence import economy, trade
from centralasia.convergence.economy import LEAST, RATIO_MEASURES, change, definition, dispersion, panel, scaled
from centralasia.convergence.growth import beta
from centralasia.figure import short_name
from centralasia.readable import whole_text
from centralasia.regions import members
from centralasia.sensitivity import specifications
from centralasia.tables import load
from centralasia.words import signed

__dir__ = own_names(globals())

WORDS = {"sd_log": "SD of logs", "cv": "SD over mean", "range_log": "log of highest over lowest",
         "sd": "SD", "relative": "SD of z-scores"}  # fmt: skip


def sigma_table(indicators, region, first_year, last_year, doubtful="kept", data=None):
    """The dispersion of each indicator in its first and last common year, as text, one row an indicator."""
    rows = {}
    for indicator in indicators:
        one = panel(indicator, region, first_year, last_year, doubtful, data)
        row, moved = definition(indicator, data), change(one)
        kind = WORDS[one.measure] + (f", {measure_unit(indicator, data)}" if one.measure == "sd" else "")
        ends = ("unknown", "unknown", "unknown") if moved is None else (
            f"{number(moved.before)} ({moved.first})", f"{number(moved.after)} ({moved.last})",
            f"{moved.agree} of {moved.n}")  # fmt: skip
        rows[row["title"]] = (kind, *ends, len(one.values), names(one.left, data))
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


@whole_text
def measure_table(indicators, data=None):
    """Unit, dispersion and its reason, and caveat of each indicator, as text."""
    rows = {}
    for indicator in indicators:
        row, measure = definition(indicator, data), economy.measure_of(indicator, data)
        caveat = "" if pd.isna(row["caveat"]) else row["caveat"]
        rows[row["title"]] = (row["unit"], WORDS[measure], _WHY[measure], caveat)
    columns = ["Unit", "Dispersion", "Why", "Caveat"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="Indicator", index=None)


def leave_out_table(indicator, region, first_year, last_year, doubtful="kept", data=None):
    """The dispersion of an indicator with each member left out in turn (first, highest, last year), as text."""
    one = panel(indicator, region, first_year, last_year, doubtful, data)
    paths = {"nobody": economy.sigma(one)["value"], **economy.leave_one_out(one)}
    rows = {}
    for out, path in paths.items():
        label = "nobody" if out == "nobody" else short_name(out, data)
        if len(path):
            ends = [f"{number(path.loc[y])} ({y})" for y in (path.index[0], path.idxmax(), path.index[-1])]
            moved = (signed(path.iloc[-1] - past, "+.2f") for past in (path.iloc[0], path.max()))
            rows[label] = (*ends, *moved)
    columns = ["First", "Highest", "Last", "Last less first", "Last less highest"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="Left out", index=None)


def growth_table(indicator, region, first_year, last_year, doubtful="kept", data=None):
    """Start, end and mean yearly growth of every member, as text, the lowest start first."""
    found = beta(panel(indicator, region, first_year, last_year, doubtful, data))
    columns = ["At first", "At last", "Growth a year, %", "Confidence"]
    rows = {}
    for row in () if found is None else found.points.sort_values("start").itertuples():
        sure = "doubtful" if row.doubtful else "high"
        rows[short_name(row.Index, data)] = (f"{row.start:,.0f}", f"{row.end:,.0f}", f"{100 * row.growth:.1f}", sure)
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(columns="State", index=None)


def share_table(region, first_year, last_year, data=None):
    """The share of the region in the trade of each reporter, first and last year, with and without gold, as text."""
    rows = {}
    for gold, words in (("kept", "listed partners"), ("left_out", "listed partners without gold")):
        found = trade.shares(region, first_year, last_year, gold, data)
        for reporter, own in found.groupby("reporter"):
            ends = [f"{percent(r.share)} ({r.year})" for r in own.iloc[[0, -1]].itertuples()]
            total = percent(own["of_total"].iloc[-1]) if gold == "kept" else ""
            years = int(own["doubtful"].sum())
            rows[short_name(reporter, data), words] = (*ends, total, f"{years} of {len(own)}")
    columns = ["First", "Last", "Last, of the total", "Years with a doubtful figure"]
    frame = pd.DataFrame(list(rows.values()), columns=columns, index=[f"{a}: {b}" for a, b in rows], dtype="object")
    return frame.sort_index(kind="stable").rename_axis(columns="Share in, %", index=None)


def mirror_table(region, first_year, last_year, data=None):
    """Exports between members in the last year with any, as text: million USD, by the exporter / by the importer."""
    found = trade.mirror(region, first_year, last_year, data)
    of = members(region, f"{last_year}-12-31", data)
    said = found[found["year"] == found["year"].max()].set_index(["exporter", "importer"])
    cells = {}
    for importer in of:
        cells["to " + short_name(importer, data)] = [
            "" if exporter == importer else _both_sides(said, exporter, importer) for exporter in of
        ]
    frame = pd.DataFrame(cells, index=[short_name(s, data) for s in of])
    return frame.rename_axis(columns="From", index=None)


def _both_sides(said, exporter, importer):
    if (exporter, importer) not in said.index:
        return "unknown"
    row = said.loc[(exporter, importer)]
    sides = ["?" if pd.isna(v) else f"{v / 1000:,.0f}" for v in (row["exporter_says"], row["importer_says"])]
    return " / ".join(sides)


@whole_text
def gap_table(indicators, region, last_year, data=None):
    """The years that each member lacks and others have, by indicator, as text: ``all``, ranges, or ``""`` for none."""
    rows, of = load("indicator_gaps", data), members(region, f"{last_year}-12-31", data)
    known = load("indicators", data)
    cells = {}
    for indicator in indicators:
        own = rows[rows["indicator"].astype("str") == indicator]
        has = set(known.loc[known["indicator"] == indicator, "state"].astype("str"))
        spans = {s: [_span(r.start, r.end) for r in own[own["state"].astype("str") == s].itertuples()] for s in of}
        cells[definition(indicator, data)["title"]] = [", ".join(spans[s]) if s in has else "all" for s in of]
    frame = pd.DataFrame.from_dict(cells, orient="index", columns=[short_name(s, data) for s in of])
    return frame.rename_axis(columns="Missing years", index=None)


def cross_section(indicator, region, last_year, data=None):
    """The latest value of an indicator for every member up to a year: ``value``, ``year``, ``confidence``, ``source``.

    Indexed by state; all missing where there is no value, which is unknown and not zero.
    """
    definition(indicator, data)
    rows = load("indicators", data).astype({"state": "str"})
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] <= last_year)].sort_values("year")
    latest = rows.groupby("state").tail(1).set_index("state")
    return latest.reindex(members(region, f"{last_year}-12-31", data))[["value", "year", "confidence", "source"]]


def water_table(indicators, region, last_year, data=None):
    """The latest value of each indicator for every member, as text with its unit in the heading."""
    columns = {}
    for indicator in indicators:
        row, found = definition(indicator, data), cross_section(indicator, region, last_year, data)
        columns[f"{row['title']}, {row['unit']}"] = ["unknown" if pd.isna(v) else f"{v:.0f}" for v in found["value"]]
    of = members(region, f"{last_year}-12-31", data)
    frame = pd.DataFrame(columns, index=[short_name(s, data) for s in of])
    return frame.rename_axis(columns="State", index=None)


def starts(first_year, last_year):
    """The first year and every multiple of five between it and the last: where a comparison may begin."""
    return [first_year, *(y for y in range(first_year + 1, last_year) if y % 5 == 0)]


def wider(region, last_year, data=None):
    """The region and every other one that has all its members and more at the end of the last year."""
    own = set(members(region, f"{last_year}-12-31", data))
    found = {region: own}
    for other in dict.fromkeys(load("memberships", data)["region"].astype(str)):
        also = set(members(other, f"{last_year}-12-31", data))
        if own < also and also not in found.values():
            found[other] = also
    return list(found)


def dispersion_choices(indicator, region, first_year, last_year, doubtful="kept", data=None):
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
    regions = wider(region, last_year, data)
    ways = sorted(economy.DOUBTFUL, key=lambda way: way != doubtful)
    panels = {
        (r, way): panel(indicator, r, first_year, last_year, way, data) for r, way in itertools.product(regions, ways)
    }
    suited = economy.measure_of(indicator, data)
    measures = RATIO_MEASURES if suited == "sd_log" else (suited,)
    of = members(region, f"{last_year}-12-31", data)

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
        left_out={"nobody": "nobody"} | {short_name(s, data): s for s in of},
        doubtful={way.replace("_", " "): way for way in ways},
        region={short_name(r, data): r for r in regions},
    )


def measure_unit(indicator, data=None):
    """The unit of a plain standard deviation of an indicator."""
    unit = definition(indicator, data)["unit"]
    return "percentage points" if "%" in unit else unit


def number(value):
    """A dispersion with two figures that count: ``0.73``, ``0.019``, ``21``."""
    if pd.isna(value):
        return "unknown"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}" if value < 0.05 else f"{value:.2f}"


def percent(share):
    """A share of 0 to 1 in per cent, ``unknown`` where it is missing."""
    return "unknown" if pd.isna(share) else f"{100 * share:.1f}"


def names(states, data=None):
    """The names of states with commas between them, ``""`` for none."""
    return ", ".join(short_name(s, data) for s in states)


def _span(first, last):
    return str(first) if first == last else f"{first}–{last}"
