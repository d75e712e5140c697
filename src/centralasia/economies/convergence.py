"""Do states draw together: is their dispersion falling, do those behind grow faster, and under which choices.

Sigma convergence is a falling dispersion (Barro & Sala-i-Martin 1992, Journal of Political Economy 100(2)). Beta
convergence, faster growth of those behind, is necessary for it but does not imply it (Quah 1993, Scandinavian Journal
of Economics 95(4)).
"""

import functools
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from centralasia import regions, sensitivity
from centralasia.economies import measures
from centralasia.economies.measures import DOUBTFUL, LEAST, RATIO_STATISTICS, STATISTICS, Panel, dispersion
from centralasia.names import short_name
from datacontract.errors import DataError
from datacontract.words import plain

__all__ = [
    "BetaConvergence", "Change", "beta_convergence", "change", "dispersion_specifications", "leave_one_out",
    "sigma_convergence",
]  # fmt: skip


def sigma_convergence(panel: Panel) -> pd.DataFrame:
    """The dispersion of a `Panel` year by year.

    Returns
    -------
    pandas.DataFrame
        Indexed by year: ``value``; ``lowest`` and ``highest``, of the values with one member left out; ``doubtful``,
        whether a value of low confidence went in.

    Notes
    -----
    ``relative`` is the dispersion among the members over that among all states in the table that have a value in
    each of these years. Those are neighbours and powers, no random sample of the world: read its direction. Other
    statistics of a panel are those of `dispersion`, which takes its ``values``.
    """
    out, value = leave_one_out(panel), dispersion(panel.measured, panel.statistic)
    columns = {"value": value, "lowest": out.min(axis=1), "highest": out.max(axis=1)}
    return pd.DataFrame(columns, index=out.index).assign(doubtful=panel.low.any(axis=1).reindex(out.index))


def leave_one_out(panel: Panel) -> pd.DataFrame:
    """The dispersion with each member left out in turn: a frame of years by the member that is left out.

    This is the jackknife's set of values (Quenouille 1956; Tukey 1958), used to see on whom a finding depends, not
    for a standard error.
    """
    table, values = panel.measured, panel.measured.to_numpy()
    columns = {out: dispersion(np.delete(values, i, axis=1), panel.statistic) for i, out in enumerate(table)}
    return pd.DataFrame(columns, index=table.index, dtype="float64")


class Change(NamedTuple):
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
    against: tuple[str, ...]


def change(panel: Panel, since: int | None = None) -> Change | None:
    """The `Change` of a panel's dispersion (from the year `since` on); None where fewer than two years are left."""
    path, out = sigma_convergence(panel)["value"].loc[since:], leave_one_out(panel).loc[since:]
    if len(path) < 2:
        return None
    (first, last), (before, after) = path.index[[0, -1]], path.iloc[[0, -1]]
    agrees = np.sign(out.iloc[-1] - out.iloc[0]) == np.sign(after - before)
    against = tuple(agrees.index[~agrees])
    return Change(int(first), int(last), before, after, len(agrees), int(agrees.sum()), against)


class BetaConvergence(NamedTuple):
    """Growth against the starting level: ``slope`` over ``n`` states, and its range with one state left out.

    ``slope_on_last`` is that of the same growth on the level at the end. ``points`` is indexed by state: ``start``,
    ``end``, ``growth`` (per year, in logarithms), ``doubtful``.
    """

    first: int
    last: int
    n: int
    slope: float
    intercept: float
    lowest: float
    highest: float
    slope_on_last: float
    points: pd.DataFrame


def beta_convergence(panel: Panel, since: int | None = None) -> BetaConvergence | None:
    """The least-squares line of mean yearly log growth on the initial log level (that of the year `since`).

    Returns None where fewer than two years are left. Raises `DataError` where a value is not above 0.

    Notes
    -----
    Barro & Sala-i-Martin (1992). With a handful of states this describes and does not infer: no standard error is
    given. A negative slope does not show that incomes draw together; it arises from mere regression to the mean
    (Galton's fallacy, Quah 1993). If the slope on the level at the end is positive at the same time, that is
    what it may be.
    """
    values = panel.values.loc[since:]
    if len(values) < 2:
        return None
    if (values <= 0).any(axis=None):
        raise DataError(f"indicator {panel.indicator!r} has values of 0 or less; allowed: values above 0")
    (first, last), (start, end) = values.index[[0, -1]].tolist(), values.iloc[[0, -1]].to_numpy()
    growth, level = np.log(end / start) / (last - first), np.log(start)
    slope, on_last, n = _slope(level, growth), _slope(np.log(end), growth), len(start)
    out = [_slope(np.delete(level, i), np.delete(growth, i)) for i in range(n)]
    columns = {"start": start, "end": end, "growth": growth, "doubtful": panel.low.loc[[first, last]].any()}
    points, intercept = pd.DataFrame(columns, index=values.columns), growth.mean() - slope * level.mean()
    return BetaConvergence(first, last, n, slope, intercept, min(out), max(out), on_last, points)


def _slope(x: Any, y: Any) -> float:
    """The least-squares slope of y on x; missing where x does not vary."""
    spread = x.var()
    return float(((x - x.mean()) * (y - y.mean())).mean() / spread) if spread > 1e-12 else float("nan")


def enclosing_regions(region: str, last_year: int) -> list[str]:
    """The region and every other one that has all its members and more at the end of the last year."""
    own = frozenset(regions.members_at_end(region, last_year))
    found = {own: region}
    for other in regions.regions():
        found.setdefault(frozenset(regions.members_at_end(other, last_year)), other)
    return [name for members, name in found.items() if members >= own]


def dispersion_specifications(panel: Panel) -> pd.DataFrame:
    """Did the dispersion of an indicator fall? The finding under every choice an analyst could have made.

    Choices: the region or one that encloses it, one member left out or none, values of low confidence kept or left
    out (as in the panel first), the year to start from (the first, and every fifth), and the statistic (for ratio
    scales the three that suit them).

    Returns
    -------
    pandas.DataFrame
        See `centralasia.sensitivity.specifications`. ``value`` is the change of the dispersion from the first to the
        last common year in per cent, ``holds`` whether it fell; both are missing where fewer than two years or three
        members are common. Some combinations meet the same data: where all values of a member are doubtful, leaving
        them out leaves the member out.
    """
    first_year, last_year = panel.asked_years
    statistics = RATIO_STATISTICS if panel.statistic == "sd_log" else [panel.statistic]

    @functools.cache
    def measured(region: str, doubtful: str) -> pd.DataFrame:
        return measures.panel(panel.indicator, region, first_year, last_year, doubtful).measured

    @functools.cache
    def path(region: str, doubtful: str, left_out: str, measure: str) -> pd.Series:
        table = measured(region, doubtful).drop(columns=left_out, errors="ignore")
        values = dispersion(table, measure) if table.shape[1] >= LEAST else np.nan
        return pd.Series(values, index=table.index, dtype="float64")

    def fell(start: int, **choices: str) -> float | tuple[float, bool]:
        values = path(**choices).loc[start:].to_numpy()
        if len(values) < 2 or values[0] == 0:
            return np.nan
        return 100 * (values[-1] / values[0] - 1), values[-1] < values[0]

    return sensitivity.specifications(
        fell,
        start=[first_year, *(year for year in range(first_year + 1, last_year) if year % 5 == 0)],
        measure={STATISTICS[s].short: s for s in statistics},
        left_out={"nobody": "nobody"} | {short_name(s): s for s in regions.members_at_end(panel.region, last_year)},
        doubtful={plain(word): word for word in sorted(DOUBTFUL, key=lambda word: word != panel.doubtful)},
        region={short_name(r): r for r in enclosing_regions(panel.region, last_year)},
    )
