"""Do states draw together: is their dispersion falling, do those behind grow faster, do they approach one path.

Sigma convergence is a falling dispersion (Barro & Sala-i-Martin 1992, Journal of Political Economy 100(2)). Beta
convergence, faster growth of those behind, is necessary for it but does not imply it (Quah 1993, Scandinavian Journal
of Economics 95(4)). The log t regression asks whether the ratios of all to their mean go to one (Phillips & Sul 2007,
Econometrica 75(6)).
"""

import itertools
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from centralasia.economies.measures import Panel, dispersion
from centralasia.regions import pair_code
from datacontract.errors import ChoiceError, DataError

__all__ = [
    "BetaConvergence", "LogT", "beta_convergence", "leave_one_out", "log_t", "log_t_by_pair", "sigma_convergence",
]  # fmt: skip

LEAST_YEARS = 15  # for a regression on the logarithm of time
SMOOTHING = 400  # of the trend, as Du (2017, Stata Journal 17(4)) takes it for yearly incomes
DISCARDED = 0.3  # part of the years at the beginning, the choice of Phillips & Sul for short series
REJECTED = -1.65  # below this t the hypothesis of convergence is rejected: one-sided, 5 %


def sigma_convergence(panel: Panel) -> pd.DataFrame:
    """The dispersion of a `Panel` year by year.

    Returns
    -------
    pandas.DataFrame
        Indexed by year: ``value``; ``lowest`` and ``highest``, of the values with one member left out; ``doubtful``,
        whether a value of low confidence went in.

    Notes
    -----
    ``relative`` is the dispersion of the members over that of the states outside the region that have a value in each
    of these years. Those are neighbours and powers, no random sample of the world: read its direction. Other
    statistics of a panel are those of `dispersion`, which takes its ``values``.

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.sigma_convergence(income).loc[[1991, 2000, 2020]].round(2)
          value  lowest  highest  doubtful
    year
    1991   0.55    0.31     0.63      True
    2000   0.81    0.56     0.93      True
    2020   0.85    0.62     0.98      True
    """
    out, value = leave_one_out(panel), dispersion(panel.measured, panel.statistic)
    columns = {"value": value, "lowest": out.min(axis=1), "highest": out.max(axis=1)}
    return pd.DataFrame(columns, index=out.index).assign(doubtful=panel.low.any(axis=1).reindex(out.index))


def leave_one_out(panel: Panel) -> pd.DataFrame:
    """The dispersion with each member left out in turn: a frame of years by the member that is left out.

    This is the jackknife's set of values (Quenouille 1956; Tukey 1958), used to see on whom a finding depends, not
    for a standard error.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.leave_one_out(income).loc[[1991, 2020]].round(2)
           KAZ   KGZ   TJK   TKM   UZB
    year
    1991  0.31  0.63  0.55  0.63  0.58
    2020  0.62  0.91  0.76  0.93  0.98
    """
    table, values = panel.measured, panel.measured.to_numpy()
    columns = {out: dispersion(np.delete(values, i, axis=1), panel.statistic) for i, out in enumerate(table)}
    return pd.DataFrame(columns, index=table.index, dtype="float64")


class BetaConvergence(NamedTuple):
    """Growth against the starting level over ``n`` states.

    ``slope`` is that of the line of least squares, ``lowest`` and ``highest`` the slopes with one state left out.
    ``rank`` is the rank correlation of growth and starting level, ``p`` the share of all orders of the states in which
    it is as far from 0. ``points`` is indexed by state: ``start``, ``end``, ``growth`` (per year,
    in logarithms), ``doubtful``.
    """

    first: int
    last: int
    n: int
    slope: float
    lowest: float
    highest: float
    rank: float
    p: float
    points: pd.DataFrame


def beta_convergence(panel: Panel, since: int | None = None) -> BetaConvergence | None:
    """Mean yearly log growth against the initial log level (that of the year `since`).

    Returns None where fewer than two years are left. Raises `DataError` where a value is not above 0.

    Notes
    -----
    The line is that of Barro & Sala-i-Martin (1992); with a handful of states one extreme point can make it, so that
    the rank correlation of Spearman (1904) stands beside it, with its exact permutation test (Fisher 1935). A negative
    one does not show that incomes draw together: it also arises from mere regression to the mean (Galton's fallacy,
    Quah 1993).

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.beta_convergence(income, 2000).points[["start", "growth"]].round(3)
               start  growth
    state
    KAZ    12935.860   0.045
    KGZ     3638.464   0.021
    TJK     1365.233   0.050
    TKM     5112.529   0.056
    UZB     3410.650   0.047
    """
    values = panel.values.loc[since:]
    if len(values) < 2:
        return None
    if (values <= 0).any(axis=None):
        raise DataError(f"indicator {panel.indicator!r} has values of 0 or less; allowed: values above 0")
    (first, last), (start, end) = values.index[[0, -1]].tolist(), values.iloc[[0, -1]].to_numpy()
    growth, level = np.log(end / start) / (last - first), np.log(start)
    slope, n = _slope(level, growth), len(start)
    out = [_slope(np.delete(level, i), np.delete(growth, i)) for i in range(n)]
    rank, p = _rank_correlation(level, growth)
    columns = {"start": start, "end": end, "growth": growth, "doubtful": panel.low.loc[[first, last]].any()}
    points = pd.DataFrame(columns, index=values.columns)
    return BetaConvergence(first, last, n, slope, min(out), max(out), rank, p, points)


def _slope(x: Any, y: Any) -> float:
    """The least-squares slope of y on x; missing where x does not vary."""
    spread = x.var()
    return float(((x - x.mean()) * (y - y.mean())).mean() / spread) if spread > 1e-12 else float("nan")


def _rank_correlation(x: Any, y: Any) -> tuple[float, float]:
    """Spearman's correlation and its two-sided p over all orders, or over 9,999 where there are more."""
    from scipy import stats  # only here, since it costs more than all else

    ranks = stats.zscore(stats.rankdata(y))

    def correlation(x: Any, axis: int = -1) -> Any:
        return np.mean(stats.zscore(stats.rankdata(x, axis=axis), axis=axis) * ranks, axis)

    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan"), float("nan")
    found = stats.permutation_test((x,), correlation, permutation_type="pairings", vectorized=True, rng=0)
    return float(found.statistic), float(found.pvalue)


class LogT(NamedTuple):
    """The log t regression: ``b``, its ``t`` value, and the ``years`` and ``states`` it rests on.

    Convergence is ``rejected`` where t is below −1.65. A ``b`` of 2 or more is convergence in levels, one from 0 to 2
    convergence of growth.
    """

    b: float
    t: float
    years: int
    states: int

    @property
    def rejected(self) -> bool:
        """Whether the hypothesis that all approach one path is rejected at 5 %."""
        return self.t < REJECTED


def log_t(values: pd.DataFrame) -> LogT:
    """Whether states approach one path: the regression of Phillips & Sul (2007) on values above zero.

    Parameters
    ----------
    values : pandas.DataFrame
        Consecutive years by states, as ``panel.values`` of an income.

    Raises
    ------
    ChoiceError
        Fewer than two states or fifteen years, a gap between years, or a value that is not above zero.

    Notes
    -----
    Of the trends of the logarithms (Hodrick & Prescott 1997, smoothed by 400) the ratios to the mean of all states are
    taken; H is their mean squared distance from one. log(H_1/H_t) − 2 log(log t) is regressed on log t, without the
    first three tenths of the years, with the standard error of Newey & West (1987, Econometrica 55(3)). Made for many
    states and long series: with five states and three decades it is indicative.

    Examples
    --------
    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> found = economies.log_t(income.values)
    >>> round(found.b, 2), found.rejected
    (-0.67, True)
    """
    years, states = values.shape
    if states < 2 or years < LEAST_YEARS or (values <= 0).any(axis=None) or np.ptp(values.index) != years - 1:
        raise ChoiceError(f"{states} states and {years} years are given; allowed: two or more states with values above "
                          f"0 in {LEAST_YEARS} or more consecutive years")  # fmt: skip
    second = np.diff(np.eye(years), 2, axis=0)
    trend = np.linalg.solve(np.eye(years) + SMOOTHING * second.T @ second, np.log(values.to_numpy()))
    ratios = trend / trend.mean(axis=1, keepdims=True)
    distance = ((ratios - 1) ** 2).mean(axis=1)
    time = np.arange(max(2, int(DISCARDED * years)), years + 1)
    y = np.log(distance[0] / distance[time - 1]) - 2 * np.log(np.log(time))
    x = np.column_stack([np.ones(len(time)), np.log(time)])
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    error = _newey_west(x * (y - x @ b)[:, None])
    return LogT(float(b[1]), float(b[1] / np.sqrt((inverse @ error @ inverse)[1, 1])), len(time), states)


def log_t_by_pair(panel: Panel) -> pd.DataFrame:
    """`log_t` for every two members: indexed by pair, ``b``, ``t`` and ``rejected``.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> list(economies.log_t_by_pair(income).query("not rejected").index)
    ['KAZ-TKM', 'KGZ-TJK']
    """
    pairs = {pair_code(*two): log_t(panel.values[list(two)]) for two in itertools.combinations(panel.values, 2)}
    rows = [(found.b, found.t, found.rejected) for found in pairs.values()]
    return pd.DataFrame(rows, index=pd.Index(pairs, name="pair"), columns=["b", "t", "rejected"])


def _newey_west(scores: np.ndarray) -> np.ndarray:
    """The long-run variance of scores with Bartlett's weights and the usual number of lags, 4 (n/100)^(2/9)."""
    n = len(scores)
    lags = int(4 * (n / 100) ** (2 / 9))
    total = scores.T @ scores
    for lag in range(1, lags + 1):
        product = scores[lag:].T @ scores[:-lag]
        total += (1 - lag / (lags + 1)) * (product + product.T)
    return total
