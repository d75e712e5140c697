"""Do states draw together in an indicator: its dispersion among them, year by year.

Sigma convergence is a falling dispersion (Barro & Sala-i-Martin 1992, Journal of Political Economy 100(2)). The states
of a region are all there are, no sample: nothing here is a test.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import load
from datacontract import labels
from datacontract.errors import DataError, suggest

__all__ = [
    "MEASURES",
    "RATIO_MEASURES",
    "Change",
    "Panel",
    "change",
    "definition",
    "dispersion",
    "leave_one_out",
    "measure_of",
    "panel",
    "scaled",
    "sigma",
    "unit_name",
]

MEASURES = {
    "sd_log": "standard deviation of logarithms",
    "cv": "coefficient of variation",
    "range_log": "logarithm of the highest over the lowest",
    "sd": "standard deviation",
    "relative": "standard deviation of z-scores",
}
RATIO_MEASURES = ("sd_log", "cv", "range_log")  # the three that suit values above zero, whatever their unit
DOUBTFUL = ("kept", "left_out")
LEAST = 3  # members: between two there is a difference, but no dispersion worth the name


@dataclass(frozen=True)
class Panel:
    """An indicator for the same members in every year.

    ``values`` (years by members, nothing missing), ``scores`` (the same as z-scores over all ``compared`` states that
    the table has in those years), ``doubtful`` (same shape: whether a value is of low confidence), ``left`` (members
    of the region without enough values), ``unknown`` (years in which some of the members have a value, not all),
    ``measure`` (the dispersion that suits the indicator) and ``source`` (keys).
    """

    indicator: str
    values: pd.DataFrame
    scores: pd.DataFrame
    doubtful: pd.DataFrame
    compared: int
    left: tuple
    unknown: tuple
    measure: str
    source: tuple


def definition(indicator):
    """The row of ``indicator_definitions.csv``. Raises `DataError` where there is none."""
    rows = load("indicator_definitions").set_index("indicator")
    if indicator not in rows.index:
        raise DataError(f"no indicator {indicator!r} in indicator_definitions.csv; {suggest(indicator, rows.index)}")
    row = rows.loc[indicator].copy()
    row["title"] = labels.translate_name("indicator", indicator, row["title"])
    return row


def unit_name(unit):
    """What a unit is called in the language that is spoken."""
    return labels.translate_name("unit", unit, unit)


def measure_of(indicator):
    """The dispersion that suits an indicator, by its definition: a key of `MEASURES`.

    ``relative`` where levels of different years cannot be compared; ``sd`` for indices, percentages and years of life,
    which have bounds or meaningful zeros; else ``sd_log``, since amounts are compared by their ratio: it does not
    change when all grow by the same factor or the unit changes.
    """
    row = definition(indicator)
    if not row["comparable_over_time"]:
        return "relative"
    return "sd" if any(word in row["unit"] for word in ("%", "index", "years")) else "sd_log"


def panel(indicator, region, first_year, last_year, doubtful="kept"):
    """The `Panel` of an indicator for a region.

    Parameters
    ----------
    indicator : str
        A code of ``indicator_definitions.csv``.
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year` in every year.
    first_year, last_year : int
        Only years between them, both included.
    doubtful : str
        ``kept``, or ``left_out``: values of low confidence count as unknown.

    Raises
    ------
    DataError
        An unknown indicator or region.
    ValueError
        Years out of order, or another word for `doubtful`.

    Notes
    -----
    Only years count in which all members have a value, so that a change is never one of membership. Where fewer than
    two years are common to all, the member with the fewest values leaves (the first by code among equals), and so on;
    with fewer than three members left the panel is empty.
    """
    if first_year >= last_year:
        raise ValueError(f"first_year is {first_year}; allowed: before last_year, which is {last_year}")
    if doubtful not in DOUBTFUL:
        raise ValueError(f"doubtful is {doubtful!r}; {suggest(doubtful, DOUBTFUL)}")
    measure = measure_of(indicator)
    rows = load("indicators")
    rows = rows[(rows["indicator"] == indicator) & rows["year"].between(first_year, last_year)]
    if doubtful == "left_out":
        rows = rows[rows["confidence"] != "low"]
    table = rows.astype({"state": "str", "year": "int64"}).pivot(index="year", columns="state", values="value")
    of = members(region, f"{last_year}-12-31")
    own = table.reindex(columns=of)
    staying = _staying(own)
    years = own.index[own[staying].notna().all(axis=1)] if staying else own.index[:0]
    partly = own.index[own[staying].notna().any(axis=1)].difference(years) if staying else []
    kinds = load("actors").set_index("actor")["kind"]
    others = table.loc[years, [s for s in table if kinds.get(s) == "state"]].dropna(axis="columns")
    scores = others.sub(others.mean(axis=1), axis=0).div(others.std(axis=1, ddof=0), axis=0)
    used = rows[rows["year"].isin(years) & rows["state"].isin(others.columns if measure == "relative" else staying)]
    low = used.assign(low=used["confidence"] == "low").astype({"state": "str", "year": "int64"})
    return Panel(
        indicator=indicator,
        values=own.loc[years, staying],
        scores=scores.reindex(columns=staying),
        doubtful=low.pivot(index="year", columns="state", values="low").reindex(columns=staying),
        compared=others.shape[1],
        left=tuple(s for s in of if s not in staying),
        unknown=tuple(int(y) for y in partly),
        measure=measure,
        source=tuple(sorted({key for cell in used["source"] for key in cell.split(";")})),
    )


def _staying(table):
    """The members that share two years or more, after those with the fewest values have left."""
    staying = list(table)
    while len(staying) >= LEAST and table[staying].notna().all(axis=1).sum() < 2:
        staying.remove(table[staying].notna().sum().idxmin())
    return staying if len(staying) >= LEAST else []


def dispersion(values, measure):
    """How far values lie from each other.

    Parameters
    ----------
    values : sequence of float
        One a member. With a missing one, or with fewer than two, the dispersion is unknown.
    measure : str
        A key of `MEASURES`. Standard deviations divide by n: the members are all there are, no sample. For ``relative``
        the values must be z-scores.

    Returns
    -------
    float
        0 (all equal) or more; missing where unknown.

    Raises
    ------
    ValueError
        An unknown measure, or a value that is not above 0 where logarithms or ratios are taken.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}; {suggest(measure, MEASURES)}")
    values = np.asarray(values, dtype="float64")
    if values.size < 2 or np.isnan(values).any():
        return float("nan")
    if measure in RATIO_MEASURES and (values <= 0).any():
        raise ValueError(f"measure {measure!r} meets the value {values.min():g}; allowed: values above 0")
    if measure == "cv":
        return float(values.std() / values.mean())
    if measure == "range_log":
        return float(np.log(values.max() / values.min()))
    return float((np.log(values) if measure == "sd_log" else values).std())


def leave_one_out(panel, measure=None):
    """The dispersion with each member left out in turn: a frame of years by the member that is left out.

    This is the jackknife's set of values (Quenouille 1956; Tukey 1958), used to see on whom a finding hangs, not
    for a standard error.
    """
    table, measure = scaled(panel, measure)
    parts = {out: table.drop(columns=out) for out in table}
    columns = {out: [dispersion(row, measure) for row in rest.to_numpy()] for out, rest in parts.items()}
    return pd.DataFrame(columns, index=table.index, dtype="float64")


def sigma(panel, measure=None):
    """The dispersion of a `Panel` year by year.

    Parameters
    ----------
    panel : Panel
    measure : str, optional
        A key of `MEASURES`; by default the one that suits the indicator.

    Returns
    -------
    pandas.DataFrame
        Indexed by year: ``value``; ``lowest`` and ``highest``, of the values with one member left out; ``doubtful``,
        whether a value of low confidence went in.

    Notes
    -----
    ``relative`` is the dispersion among the members over that among all states in the table that have a value in
    each of these years. Those are neighbours and powers, no random sample of the world: read its direction.
    """
    table, measure = scaled(panel, measure)
    out = leave_one_out(panel, measure)
    values = [dispersion(row, measure) for row in table.to_numpy()]
    columns = {"value": values, "lowest": out.min(axis=1), "highest": out.max(axis=1)}
    return pd.DataFrame(columns, index=table.index).assign(doubtful=panel.doubtful.any(axis=1).reindex(table.index))


def scaled(panel, measure=None):
    """The frame that a measure is taken of (values, or z-scores for ``relative``), and the measure itself."""
    measure = measure or panel.measure
    return (panel.scores if measure == "relative" else panel.values), measure


@dataclass(frozen=True)
class Change:
    """How a dispersion moved from the ``first`` to the ``last`` year, and whether one member decides that.

    ``before`` and ``after`` are its values; ``agree`` of ``n`` leave-one-out values moved the same way; ``against`` are
    the members without whom it would not.
    """

    first: int
    last: int
    before: float
    after: float
    n: int
    agree: int
    against: tuple


def change(panel, measure=None, since=None):
    """The `Change` of a panel's dispersion (from the year `since` on); None where fewer than two years are left."""
    path, out = sigma(panel, measure)["value"], leave_one_out(panel, measure)
    if since is not None:
        path, out = path.loc[since:], out.loc[since:]
    if len(path) < 2:
        return None
    moved, moves = path.iloc[-1] - path.iloc[0], out.iloc[-1] - out.iloc[0]
    against = tuple(moves.index[np.sign(moves) != np.sign(moved)])
    n = len(moves)
    return Change(int(path.index[0]), int(path.index[-1]), path.iloc[0], path.iloc[-1], n, n - len(against), against)
