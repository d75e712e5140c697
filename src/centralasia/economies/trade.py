"""How much of its trade a state has with its region, as the state records it, and what the other side records."""

import pandas as pd

from centralasia.regions import members
from centralasia.tables import load
from datacontract.errors import suggest

__all__ = ["GOLD", "gold_partners", "mirror", "mirror_rows", "reporters", "shares"]

WORLD = "WLD"
GOLD = ("kept", "left_out")
_GOLD_NOTE = "gold"  # how a note of trade.csv says that gold moves a partner's figure


def gold_partners():
    """The partners of whom a note in ``trade.csv`` says that gold moves their figures, the total aside, by code."""
    rows = load("trade")
    named = rows[rows["note"].str.contains(_GOLD_NOTE, na=False) & (rows["partner"] != WORLD)]
    return sorted(named["partner"].astype("str").unique())


def reporters(region, last_year):
    """The members of a region that record trade by partner, and those that do not: two lists of codes."""
    of = members(region, f"{last_year}-12-31")
    known = set(load("trade")["reporter"].astype("str"))
    return [s for s in of if s in known], [s for s in of if s not in known]


def shares(region, first_year, last_year, gold="kept"):
    """The share of a region in the recorded trade of each of its members.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year` in every year.
    first_year, last_year : int
        Only years between them, both included.
    gold : str
        ``kept``, or ``left_out``: without the `gold_partners` outside the region, in all years.

    Returns
    -------
    pandas.DataFrame
        One row a reporter and year: ``regional`` and ``partners`` (exports plus imports with the other members, and
        with all listed partners, thousand USD), ``share`` (the first over the second, 0 to 1), ``lower`` and
        ``upper``, ``of_total`` (the regional trade over the reporter's own total, gold included), ``doubtful``
        (whether a figure of low confidence went in) and ``source``.

    Raises
    ------
    ValueError
        Another word for `gold`.

    Notes
    -----
    The denominator is the sum of the listed partners and not the total, since a tenth or more of the total can be
    without a listed partner, in one year mostly gold; ``of_total`` is smaller for that reason. Where the figure
    for another member is missing, the share is unknown: it lies between ``lower`` (nothing there) and ``upper`` (all
    that the total leaves over). Goods only, current prices; a share also moves when trade with others does.
    """
    if gold not in GOLD:
        raise ValueError(f"gold is {gold!r}; {suggest(gold, GOLD)}")
    of = members(region, f"{last_year}-12-31")
    rows = load("trade").astype({"reporter": "str", "partner": "str", "year": "int64"})
    rows = rows[rows["reporter"].isin(of) & rows["year"].between(first_year, last_year)]
    aside = [p for p in gold_partners() if p not in of] if gold == "left_out" else []
    found = [
        _share(reporter, year, own[~own["partner"].isin(aside)], [s for s in of if s != reporter], gold)
        for (reporter, year), own in rows.groupby(["reporter", "year"])
    ]
    return pd.DataFrame(found, columns=list(_EMPTY)).astype(_EMPTY)


_EMPTY = {
    "reporter": "str", "year": "int64", "regional": "float64", "partners": "float64", "share": "float64",
    "lower": "float64", "upper": "float64", "of_total": "float64", "doubtful": "bool", "source": "str",
}  # fmt: skip


def _share(reporter, year, rows, others, gold):
    listed, total = rows[rows["partner"] != WORLD], rows[rows["partner"] == WORLD]
    regional = listed[listed["partner"].isin(others)]
    own, partners = regional["thousand_usd"].sum(), listed["thousand_usd"].sum()
    whole = total["thousand_usd"].sum() if total["flow"].nunique() == 2 else float("nan")
    share = own / partners if partners else float("nan")
    lower = upper = share
    of_total = own / whole
    if regional.groupby(["partner", "flow"], observed=True).ngroups < 2 * len(others):
        rest = max(whole - partners, 0)
        lower, upper = own / (partners + rest), (own + rest) / (partners + rest)
        share = of_total = float("nan")
    # A total that gold distorts says nothing against a share without gold.
    counted = rows if gold == "kept" else listed
    low = bool((counted["confidence"] == "low").any())
    source = ";".join(sorted({key for cell in rows["source"] for key in cell.split(";")}))
    return reporter, year, own, partners, share, lower, upper, of_total, low, source


def mirror_rows(region, first_year, last_year):
    """The rows of ``trade.csv`` between two members of a region, in the years asked for."""
    of = members(region, f"{last_year}-12-31")
    rows = load("trade").astype({"reporter": "str", "partner": "str", "year": "int64"})
    return rows[rows["reporter"].isin(of) & rows["partner"].isin(of) & rows["year"].between(first_year, last_year)]


def mirror(region, first_year, last_year):
    """The same trade from both sides, where both record it: what the exporter and what the importer says.

    Returns a frame with one row an exporter, importer and year: ``exporter_says`` and ``importer_says`` in thousand USD
    (missing where that side publishes nothing) and ``ratio``, the larger over the smaller. Imports carry freight and
    insurance, exports do not, so that a ratio of up to about 1.1 says nothing.
    """
    rows = mirror_rows(region, first_year, last_year)
    sides = {"export": ("reporter", "partner", "exporter_says"), "import": ("partner", "reporter", "importer_says")}
    frames = [
        rows.loc[rows["flow"] == flow, [exporter, importer, "year", "thousand_usd"]].set_axis(
            ["exporter", "importer", "year", says], axis="columns"
        )
        for flow, (exporter, importer, says) in sides.items()
    ]
    both = frames[0].merge(frames[1], how="outer", on=["exporter", "importer", "year"])
    said = both[["exporter_says", "importer_says"]]
    smaller = said.min(axis=1, skipna=False)
    return both.assign(ratio=(said.max(axis=1, skipna=False) / smaller).where(smaller > 0))
