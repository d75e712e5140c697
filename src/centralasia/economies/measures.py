"""An indicator among the members of a region, and how far their values lie from each other.

The states of a region are all there are, no sample: nothing here is a test.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members_at_end
from centralasia.tables import load
from datacontract import labels
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.sources import source_keys

__all__ = ["STATISTICS", "Panel", "cross_section", "definition", "dispersion", "panel", "suitable_statistic"]

STATISTICS = {
    "sd_log": "standard deviation of logarithms",
    "cv": "coefficient of variation",
    "range_log": "logarithm of the highest over the lowest",
    "sd": "standard deviation",
    "relative": "standard deviation of z-scores",
}
RATIO_STATISTICS = ("sd_log", "cv", "range_log")  # the three that suit values above zero, whatever their unit
DOUBTFUL = ("kept", "left_out")
LEAST = 3  # members: between two there is a difference, but no dispersion worth the name


@dataclass(frozen=True)
class Panel:
    """An indicator for the same members of a region in every year.

    ``asked_years`` are the first and the last that were asked for; ``values`` (years by members, nothing missing),
    ``scores`` (the same as z-scores over all ``n_states`` states that the table has in those years), ``doubtful`` (same
    shape: whether a value is of low confidence), ``dropped_members`` (members of the region without enough values),
    ``incomplete_years`` (years in which some of the members have a value, not all), ``statistic`` (the dispersion that
    suits the indicator) and ``source`` (keys).
    """

    indicator: str
    region: str
    asked_years: tuple[int, int]
    values: pd.DataFrame
    scores: pd.DataFrame
    doubtful: pd.DataFrame
    n_states: int
    dropped_members: tuple[str, ...]
    incomplete_years: tuple[int, ...]
    statistic: str
    source: tuple[str, ...]

    @property
    def measured(self) -> pd.DataFrame:
        """What the dispersion is taken of: the values, or the z-scores where only they can be compared."""
        return self.scores if self.statistic == "relative" else self.values

    @property
    def title(self) -> str:
        """What the indicator is called."""
        return str(definition(self.indicator)["title"])


def definition(indicator: str) -> pd.Series:
    """The row of ``indicator_definitions.csv``. Raises `ChoiceError` where there is none."""
    rows = load("indicator_definitions").set_index("indicator")
    check_choice("indicator", indicator, rows.index)
    row = rows.loc[indicator].copy()
    row["title"] = labels.translate_name("indicator", indicator, row["title"])
    return row


def suitable_statistic(indicator: str) -> str:
    """The dispersion that suits an indicator, by its definition: a key of `STATISTICS`.

    ``relative`` where levels of different years cannot be compared; ``sd`` for indices, percentages and years of life,
    which have bounds or meaningful zeros; else ``sd_log``, since amounts are compared by their ratio: it does not
    change when all grow by the same factor or the unit changes.
    """
    row = definition(indicator)
    if not row["comparable_over_time"]:
        return "relative"
    return "sd" if any(word in row["unit"] for word in ("%", "index", "years")) else "sd_log"


def panel(indicator: str, region: str, first_year: int, last_year: int, doubtful: str = "kept") -> Panel:
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
        An unknown region.
    ChoiceError
        An unknown indicator, years out of order, or another word for `doubtful`.

    Notes
    -----
    Only years count in which all members have a value, so that a change is never one of membership. Where fewer than
    two years are common to all, the member with the fewest values leaves (the first by code among equals), and so on;
    with fewer than three members left the panel is empty.
    """
    if first_year >= last_year:
        raise ChoiceError(f"first_year is {first_year}; allowed: before last_year, which is {last_year}")
    check_choice("doubtful", doubtful, DOUBTFUL)
    statistic = suitable_statistic(indicator)
    rows = load("indicators").astype({"year": "int64"})
    rows = rows[(rows["indicator"] == indicator) & rows["year"].between(first_year, last_year)]
    rows = rows.assign(low=rows["confidence"] == "low")
    if doubtful == "left_out":
        rows = rows[~rows["low"]]
    table = rows.pivot(index="year", columns="state", values="value")
    of = members_at_end(region, last_year)
    own = table.reindex(columns=of)
    staying = _staying(own)
    known = own[staying].notna()
    years = own.index[known.all(axis=1) & bool(staying)]
    actors = load("actors")
    states = table.columns.intersection(actors.loc[actors["kind"] == "state", "actor"])
    others = table.loc[years, states].dropna(axis="columns")
    scores = others.sub(others.mean(axis=1), axis=0).div(others.std(axis=1, ddof=0), axis=0)
    used = rows[rows["year"].isin(years) & rows["state"].isin(list(others) if statistic == "relative" else staying)]
    return Panel(
        indicator,
        region,
        (first_year, last_year),
        values=own.loc[years, staying],
        scores=scores.reindex(columns=staying),
        doubtful=used.pivot(index="year", columns="state", values="low").reindex(columns=staying),
        n_states=others.shape[1],
        dropped_members=tuple(s for s in of if s not in staying),
        incomplete_years=tuple(known.index[known.any(axis=1)].difference(years).tolist()),
        statistic=statistic,
        source=tuple(source_keys(used["source"])),
    )


def _staying(table: pd.DataFrame) -> list[str]:
    """The members that share two years or more, after those with the fewest values have left."""
    staying = list(table)
    while len(staying) >= LEAST and table[staying].notna().all(axis=1).sum() < 2:
        staying.remove(table[staying].notna().sum().idxmin())
    return staying if len(staying) >= LEAST else []


def cross_section(indicator: str, region: str, last_year: int) -> pd.DataFrame:
    """The latest value of an indicator for every member up to a year: ``value``, ``year``, ``confidence``, ``source``.

    Indexed by state; all missing where there is no value, which is unknown and not zero. Raises `ChoiceError` for an
    unknown indicator.
    """
    definition(indicator)
    rows = load("indicators")
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] <= last_year)].sort_values("year")
    latest = rows.groupby("state").tail(1).set_index("state")
    return latest.reindex(members_at_end(region, last_year))[["value", "year", "confidence", "source"]]


def dispersion(values: Any, statistic: str) -> Any:
    """How far values lie from each other.

    Parameters
    ----------
    values : sequence of float, or two-dimensional
        One a member; of a table, each row is taken for itself. With a missing one, or with fewer than two, the
        dispersion is unknown.
    statistic : str
        A key of `STATISTICS`. Standard deviations divide by n: the members are all there are, no sample. For
        ``relative`` the values must be z-scores.

    Returns
    -------
    float, or numpy.ndarray with one for each row
        0 (all equal) or more; missing where unknown.

    Raises
    ------
    ChoiceError
        An unknown statistic.
    DataError
        A value that is not above 0 where logarithms or ratios are taken.
    """
    check_choice("statistic", statistic, STATISTICS)
    values = np.ascontiguousarray(values, dtype="float64")
    if values.shape[-1] < 2:
        return np.full(values.shape[:-1], np.nan)[()]
    if statistic in RATIO_STATISTICS and (values <= 0).any():
        raise DataError(f"statistic {statistic!r} meets the value {np.nanmin(values):g}; allowed: values above 0")
    if statistic == "cv":
        return values.std(axis=-1) / values.mean(axis=-1)
    if statistic == "range_log":
        return np.log(values.max(axis=-1) / values.min(axis=-1))
    return (np.log(values) if statistic == "sd_log" else values).std(axis=-1)
