"""An indicator among the members of a region, and how far their values lie from each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members_at_end
from centralasia.tables import cached_frame, load
from datacontract import labels
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.sources import source_keys

__all__ = [
    "INCOME", "SIZE", "STATISTICS", "Panel", "cross_section", "definition", "dispersion", "panel", "panels",
    "suitable_statistic",
]  # fmt: skip


INCOME, SIZE = "gdp_pc_ppp", "gdp_ppp"  # the indicators of incomes and of the size of an economy


def _sd(v: Any) -> Any:
    return v.std(-1, ddof=1)


def _mean_difference(v: Any) -> Any:
    """Gini's mean difference: the mean distance over all pairs."""
    n = v.shape[-1]
    return np.abs(v[..., :, None] - v[..., None, :]).sum((-2, -1)) / (n * (n - 1))


STATISTICS: dict[str, Callable[[Any], Any]] = {  # how far values lie from each other, along the last axis
    "sd_log": lambda v: _sd(np.log(v)),
    "cv": lambda v: _sd(v) / v.mean(-1),
    "range_log": lambda v: np.log(v.max(-1) / v.min(-1)),
    "difference_log": lambda v: _mean_difference(np.log(v)),
    "sd": _sd,
    "difference": _mean_difference,
    "relative": _sd,
}
RATIO_STATISTICS = ("sd_log", "cv", "range_log", "difference_log")  # for values above zero, whatever their unit
# What else measures the same: the suitable one first.
ALTERNATIVES = {
    "sd_log": RATIO_STATISTICS,
    "sd": ("sd", "difference", "cv"),
    "relative": ("relative",),
}
DOUBTFUL = ("kept", "left_out")
LEAST = 3  # members: between two there is a difference, but no dispersion worth the name


@dataclass(frozen=True, eq=False)  # so that results of a panel can be kept
class Panel:
    """An indicator for the same members of a region in every year.

    ``asked_years`` are the first and the last that were asked for, ``doubtful`` says whether values of low confidence
    were ``kept``; ``statistic`` is the dispersion that suits the indicator; ``values`` (years by members, nothing
    missing) and ``measured``, of which the dispersion is taken: the values, or for ``relative`` the same in standard
    deviations of the ``others`` that have a value in each of these years; ``low`` (same shape as the values: whether
    one is of low confidence), ``others`` (the values of all states outside the region, with gaps),
    ``dropped_members`` (members of the region without enough values), ``incomplete_years`` (years in which some of the
    members have a value, not all) and ``source`` (keys).
    """

    indicator: str
    region: str
    asked_years: tuple[int, int]
    doubtful: str
    statistic: str
    values: pd.DataFrame
    measured: pd.DataFrame
    low: pd.DataFrame
    others: pd.DataFrame
    dropped_members: tuple[str, ...]
    incomplete_years: tuple[int, ...]
    source: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the indicator is called."""
        return str(definition(self.indicator)["title"])


def definition(indicator: str) -> Mapping[str, Any]:
    """The row of ``indicator_definitions.csv``, by column. Raises `ChoiceError` where there is none.

    >>> row = economies.definition("gdp_pc_ppp")
    >>> row["title"], row["unit"]
    ('Income per person', 'constant 2021 international $ per person')
    """
    rows = _definitions()
    check_choice("indicator", indicator, rows)
    row = rows[indicator]
    return row | {"title": labels.translate_name("indicator", indicator, row["title"])}


@cached_by_tables("indicator_definitions")
def _definitions() -> dict[str, dict[str, Any]]:
    return {row["indicator"]: row for row in load("indicator_definitions").to_dict("records")}


def suitable_statistic(indicator: str) -> str:
    """The dispersion that suits an indicator, by its definition: a key of `STATISTICS`.

    ``relative`` where levels of different years cannot be compared; ``sd`` for indices, percentages and years of life,
    which have bounds, or zeros and negative values that rule out logarithms; else ``sd_log``, since amounts are
    compared by their ratio: it does not change when all grow by the same factor or the unit changes.

    >>> economies.suitable_statistic("gdp_pc_ppp"), economies.suitable_statistic("life_exp")
    ('sd_log', 'sd')
    """
    row = definition(indicator)
    if not row["comparable_over_time"]:
        return "relative"
    return "sd" if any(word in row["unit"] for word in ("%", "index", "years")) else "sd_log"


def panels(
    region: str, first_year: int, last_year: int, doubtful: str = "kept", indicators: str = "all"
) -> list[Panel]:
    """The `panel` of several indicators: codes with spaces between them, or ``all`` for which a dispersion is known.

    Left out of ``all`` are those with fewer than two common years, and long-term means, which never change. Raises as
    `panel` does, and `ChoiceError` where nothing is left of ``all``.

    >>> found = economies.panels("C5", 2000, 2020, indicators="gdp_pc_ppp life_exp")
    >>> [(one.indicator, one.statistic, len(one.values)) for one in found]
    [('gdp_pc_ppp', 'sd_log', 21), ('life_exp', 'sd', 21)]
    """
    codes = _definitions() if indicators == "all" else indicators.split()
    found = [panel(one, region, first_year, last_year, doubtful) for one in codes]
    if indicators == "all":
        found = [one for one in found if one.measured.nunique().gt(1).any()]
    if not found:
        raise ChoiceError(
            f"first_year is {first_year}, last_year {last_year}; allowed: years of which two or more are known of the "
            f"members of {region!r}"
        )
    return found


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

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> income.values.loc[[1991, 2020], ["KAZ", "TJK"]].round(0)
    state      KAZ     TJK
    year
    1991   14878.0  3777.0
    2020   32012.0  3725.0
    """
    if first_year >= last_year:
        raise ChoiceError(f"first_year is {first_year}; allowed: before last_year, which is {last_year}")
    check_choice("doubtful", doubtful, DOUBTFUL)
    statistic, of = suitable_statistic(indicator), members_at_end(region, last_year)
    rows = panel_rows(indicator, last_year)
    rows = rows[(rows["year"] >= first_year) & ((doubtful == "kept") | ~rows["low"])]
    table = rows.pivot(index="year", columns="state", values="value")
    own = table.reindex(columns=of)
    staying = _staying(own)
    known = own[staying].notna()
    years = own.index[known.all(axis=1) & bool(staying)]
    values = measured = own.loc[years, staying]
    states = [s for s in distinct("actors.actor", {"kind": "state"}) if s in table and s not in of]
    others = table.loc[years, states].dropna(axis="columns", how="all")
    if statistic == "relative":
        rest = others.dropna(axis="columns")
        measured = values.sub(rest.mean(axis=1), axis=0).div(rest.std(axis=1), axis=0).dropna(how="all")
    used = rows[rows["year"].isin(years) & rows["state"].isin([*staying, *others])]
    low = used.pivot(index="year", columns="state", values="low").reindex(columns=staying)
    dropped = tuple(s for s in of if s not in staying)
    incomplete = tuple(known.index[known.any(axis=1)].difference(years).tolist())
    choice = indicator, region, (first_year, last_year), doubtful, statistic
    source = tuple(source_keys(used["source"]))
    return Panel(*choice, values, measured, low, others, dropped, incomplete, source)


@cached_frame("indicators")
def panel_rows(indicator: str, last_year: int) -> pd.DataFrame:
    """The rows of ``indicators.csv`` on an indicator up to a year, with ``low``: whether the confidence is low."""
    rows = load("indicators")
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] <= last_year)]
    return rows.astype({"year": "int64"}).assign(low=rows["confidence"] == "low")


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

    >>> economies.cross_section("water_dependency", "C5", 2021)[["value", "year"]].round(0)
           value  year
    state
    KAZ     41.0  2018
    KGZ      1.0  2018
    TJK     17.0  2018
    TKM     97.0  2018
    UZB     80.0  2018
    """
    definition(indicator)
    latest = panel_rows(indicator, last_year).sort_values("year").groupby("state").tail(1).set_index("state")
    return latest.reindex(members_at_end(region, last_year))[["value", "year", "confidence", "source"]]


def dispersion(values: Any, statistic: str) -> Any:
    """How far values lie from each other.

    Parameters
    ----------
    values : sequence of float, or two-dimensional
        One a member; of a table, each row is taken for itself. With a missing one, or with fewer than two, the
        dispersion is unknown.
    statistic : str
        A key of `STATISTICS`. Standard deviations divide by n − 1 and mean differences (Gini 1912) are over pairs, so
        that groups of different size can be compared. For ``relative`` the values must be in standard deviations of
        other states.

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

    Examples
    --------
    >>> round(float(economies.dispersion([1000, 2000, 4000], "sd_log")), 2)
    0.69
    >>> round(float(economies.dispersion([3000, 6000, 12000], "sd_log")), 2)
    0.69
    """
    check_choice("statistic", statistic, STATISTICS)
    values = np.ascontiguousarray(values, dtype="float64")
    if values.shape[-1] < 2:
        return np.full(values.shape[:-1], np.nan)[()]
    if statistic in RATIO_STATISTICS and (values <= 0).any():
        raise DataError(f"statistic {statistic!r} meets the value {np.nanmin(values):g}; allowed: values above 0")
    return STATISTICS[statistic](values)
