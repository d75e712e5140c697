"""How a dispersion moved over several windows of time: its change, its trend, on whom it depends, how usual it is."""

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia import sensitivity
from centralasia.economies.convergence import BetaConvergence, beta_convergence, leave_one_out
from centralasia.economies.measures import ALTERNATIVES, LEAST, RATIO_STATISTICS, Panel, dispersion
from datacontract.errors import ChoiceError

__all__ = [
    "APART", "CLOSER", "STARTS", "TURNING", "dispersion_specifications", "set_changes", "start_groups", "start_years",
    "windows",
]  # fmt: skip

Starts = str | Sequence[int]  # as `start_years` takes them
STARTS = (1991, 2000, 2012)  # independence, after the slump of the 1990s, the last dozen years
CLOSER, APART, TURNING = "closer", "apart", "turning"  # from every start, or another way from each
LEAST_YEARS = 5  # with a value, for a trend
_NUMBERS = ("before", "after", "change", "trend", "trend_low", "trend_high", "tau", "place")
_COUNTS = ("years", "n", "agree", "sets", "wider", "others", "same", "measures")
_NOTHING: dict[str, Any] = {"first": pd.NA, "last": pd.NA, "against": (), "direction": "unknown", "firm": False}
_NOTHING |= dict.fromkeys(_NUMBERS, float("nan")) | dict.fromkeys(_COUNTS, 0)


def start_years(starts: Starts) -> list[int]:
    """The first years of the windows, in order: of ``"1991 2000 2012"``, or of whole numbers.

    Raises `ChoiceError` where one is no year or is given twice.

    >>> economies.start_years("2012 1991 2000")
    [1991, 2000, 2012]
    """
    given = starts.split() if isinstance(starts, str) else list(starts)
    try:
        years = sorted(map(int, given))
    except ValueError:
        years = []
    if not years or len(set(years)) < len(given):
        raise ChoiceError(f"starts is {starts!r}; allowed: one or more years, each once, as 1991 2000 2012")
    return years


def growth_fits(panel: Panel, starts: Starts) -> list[BetaConvergence]:
    """`beta_convergence` in the longest and the shortest window; one where both begin in the same year of the data."""
    years = start_years(starts)
    found = [beta_convergence(panel, since) for since in (years[0], years[-1])]
    return list({fit.first: fit for fit in found if fit}.values())


def windows(panels: Iterable[Panel], starts: Starts = STARTS) -> pd.DataFrame:
    """How the dispersion of each indicator moved in each window, up to the last year that all members have.

    Parameters
    ----------
    panels : list of Panel
    starts : str or list of int
        The first year of each window, as `start_years` takes them.

    Returns
    -------
    pandas.DataFrame
        One row an indicator and window. ``indicator``, ``title`` and ``start`` (as asked for); ``first``, ``last``
        (``Int64``) and ``years`` (how many), those of the data; ``before`` and ``after``; ``change``, in per cent;
        ``trend``, ``trend_low`` and ``trend_high``, in per cent of the mean dispersion a decade; ``tau``; ``agree``
        of ``n`` values with one member left out that moved the same way, and ``against`` (a tuple of the members
        without whom it did not); ``place`` among ``sets`` of as many other states, ``wider`` (in how many of them the
        dispersion changed by more) and ``others`` (how many states they are made of); ``same`` of ``measures``, other
        statistics that moved the same way; and ``direction``: ``closer`` or ``apart`` where change and trend agree and
        the interval of the trend excludes 0, else ``unclear``, or ``unknown`` without two years; ``firm`` where it is
        one of the first two and no member decides it.

    Notes
    -----
    The trend is the median of all slopes between two years (Theil 1950; Sen 1968, JASA 63(324)) with its interval of
    95 %, which takes years as independent: since they are not, it is too narrow. Kendall's tau (1938) is that of
    dispersion and year. Both are missing with fewer than five years. The ``place`` is a percentile: the share of sets
    that changed by less, ties counted half; sets share states, so it is no test.

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.windows([income])[["first", "last", "change", "direction", "against"]].round(0)
       first  last  change direction against
    0   1991  2020    54.0     apart      ()
    1   2000  2020     5.0   unclear  (KGZ,)
    2   2012  2020    -4.0    closer  (KAZ,)
    """
    rows = [{"title": one.title} | _window(one, start) for one in panels for start in start_years(starts)]
    return pd.DataFrame(rows).astype({"first": "Int64", "last": "Int64"})


def start_groups(frame: pd.DataFrame) -> dict[str, list[str]]:
    """The indicators of `windows` by whether the dispersion moved the same way from every start.

    Keys are `CLOSER`, `APART` and `TURNING`. Indicators without any known change are left out.

    >>> found = economies.windows(economies.panels("C5", 1991, 2020, indicators="gdp_pc_ppp life_exp pop_tot"))
    >>> economies.start_groups(found)
    {'closer': ['pop_tot'], 'turning': ['gdp_pc_ppp', 'life_exp']}
    """
    signs = np.sign(frame.dropna(subset="change").groupby("indicator", sort=False)["change"].agg(["min", "max"]))
    kinds = {CLOSER: signs["max"] < 0, APART: signs["min"] > 0}
    kinds[TURNING] = ~(kinds[CLOSER] | kinds[APART])
    return {kind: list(signs.index[chosen]) for kind, chosen in kinds.items() if chosen.any()}


@functools.lru_cache(maxsize=256)
def _window(one: Panel, start: int) -> dict[str, Any]:
    row: dict[str, Any] = {"indicator": one.indicator, "start": start} | _NOTHING
    measured = one.measured.loc[start:]
    path = pd.Series(dispersion(measured, one.statistic), measured.index, dtype="float64")
    if len(path) < 2 or path.iloc[0] == 0:
        return row
    (first, last), (before, after) = path.index[[0, -1]], path.iloc[[0, -1]]
    out = leave_one_out(one).loc[first:]
    agrees = np.sign(out.iloc[-1] - out.iloc[0]) == np.sign(after - before)
    row |= {"first": first, "last": last, "years": len(path), "before": before, "after": after}
    row |= {"change": 100 * (after / before - 1), "n": len(agrees), "agree": int(agrees.sum())}
    row |= {"against": tuple(agrees.index[~agrees])} | _trend(path) | _place(one, first, last)
    row |= _alternatives(one, first, last, np.sign(after - before))
    falls, rises = row["trend_high"] < 0 and after < before, row["trend_low"] > 0 and after > before
    row["direction"] = "closer" if falls else "apart" if rises else "unclear"
    return row | {"firm": bool((falls or rises) and row["agree"] == row["n"])}


def _trend(path: pd.Series) -> dict[str, float]:
    if len(path) < LEAST_YEARS:
        return dict.fromkeys(("trend", "trend_low", "trend_high", "tau"), float("nan"))
    from scipy import stats  # only here, since it costs more than all else

    slope, _, low, high = stats.theilslopes(path, path.index)
    trend, low, high = (1000 * value / path.mean() for value in (slope, low, high))
    tau = stats.kendalltau(path.index, path).statistic
    return {"trend": trend, "trend_low": low, "trend_high": high, "tau": tau}


def _place(one: Panel, first: int, last: int) -> dict[str, Any]:
    """The change of the dispersion among those of all sets of as many other states, of their plain values."""
    statistic = "sd" if one.statistic == "relative" else one.statistic  # what the others divide by is the same for all
    ends = one.others.loc[[first, last]].dropna(axis="columns")
    if statistic in RATIO_STATISTICS:
        ends = ends.loc[:, (ends > 0).all()]
    before, after = dispersion(one.values.loc[[first, last]], statistic)
    moved = set_changes(ends, one.values.shape[1], statistic)
    if not len(moved):
        return {"place": np.nan, "sets": 0, "wider": 0, "others": ends.shape[1]}
    less, equal = (moved < after / before).mean(), (moved == after / before).mean()
    wider = int((moved > after / before).sum())
    return {"place": 100 * (less + equal / 2), "sets": len(moved), "wider": wider, "others": ends.shape[1]}


def set_changes(ends: pd.DataFrame, size: int, statistic: str) -> np.ndarray:
    """The dispersion at the end over that at the beginning, for each set of so many states.

    `ends` has two rows, the first and the last year, and a column a state. Sets without any dispersion at the beginning
    are left out. Raises as `dispersion` does.

    >>> import pandas as pd
    >>> ends = pd.DataFrame({"A": [1.0, 2], "B": [2.0, 4], "C": [4.0, 4]}, index=[1991, 2020])
    >>> economies.set_changes(ends, 2, "sd_log").round(2)
    array([1. , 0.5, 0. ])
    """
    sets = np.array(list(itertools.combinations(range(ends.shape[1]), size)), dtype=int).reshape(-1, size)
    before, after = (dispersion(year[sets], statistic) for year in ends.to_numpy())
    return after[before > 0] / before[before > 0]


def _alternatives(one: Panel, first: int, last: int, sign: float) -> dict[str, int]:
    """How many other statistics that suit the indicator there are, and how many moved the same way."""
    names = _others(one) or ["sd"]
    moved = np.sign([np.subtract(*dispersion(one.values.loc[[last, first]], name)) for name in names])
    return {"same": int((moved == sign).sum()), "measures": len(names)}


def _others(one: Panel) -> list[str]:
    """The other statistics that suit the values of a panel."""
    positive = (one.values > 0).all(axis=None)
    suit = ALTERNATIVES[one.statistic]
    return [s for s in suit if s != one.statistic and (positive or s not in RATIO_STATISTICS)]


def dispersion_specifications(panel: Panel, start: int) -> pd.DataFrame:
    """Did the dispersion fall from a year on, under each statistic that suits it, with one member left out or none.

    Where to start is another question and no choice of this grid, as is another region; leaving out the values of low
    confidence of a member is leaving the member out.

    Returns
    -------
    pandas.DataFrame
        See `centralasia.sensitivity.specifications`; choices ``measure`` (a key of `STATISTICS`) and ``left_out`` (a
        code, or ``nobody``). ``value`` is the change of the dispersion from the first to the last common year in per
        cent, ``holds`` whether it fell; both are missing where fewer than two years or three members are left.

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> found = economies.dispersion_specifications(income, 2012)
    >>> found.groupby("measure")["holds"].agg(["sum", "count"])
                    sum  count
    measure
    sd_log            5      6
    cv                5      6
    range_log         5      6
    difference_log    4      6
    """
    names = [panel.statistic, *_others(panel)]
    ends = panel.measured.loc[start:].iloc[[0, -1]] if len(panel.measured.loc[start:]) > 1 else None

    def fell(measure: str, left_out: str) -> float | tuple[float, bool]:
        table = None if ends is None else ends.drop(columns=left_out, errors="ignore")
        if table is None or table.shape[1] < LEAST:
            return np.nan
        before, after = dispersion(table, measure)
        return (100 * (after / before - 1), after < before) if before > 0 else np.nan

    return sensitivity.specifications(fell, measure=names, left_out=["nobody", *panel.measured])
