"""Do states that start lower grow faster: growth against the starting level (beta convergence).

Beta convergence is necessary for a falling dispersion, but does not imply it (Barro & Sala-i-Martin 1992, Journal of
Political Economy 100(2); Quah 1993, Scandinavian Journal of Economics 95(4)).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Beta", "beta"]


@dataclass(frozen=True)
class Beta:
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


def beta(panel):
    """Beta convergence: the least-squares line of mean yearly log growth on the initial log level, as a `Beta`.

    Returns None where the panel is empty. Raises `ValueError` where a value is not above 0.

    Notes
    -----
    Barro & Sala-i-Martin (1992). With a handful of states this describes and does not infer: no standard error is
    given. A negative slope does not show that incomes draw together; it arises from mere regression to the mean
    (Galton's fallacy, Quah 1993). If the slope on the level at the end is positive at the same time, that is
    what it may be.
    """
    if panel.values.empty:
        return None
    if (panel.values <= 0).any(axis=None):
        raise ValueError(f"indicator {panel.indicator!r} has values of 0 or less; allowed: values above 0")
    start, end = panel.values.iloc[0], panel.values.iloc[-1]
    first, last = (int(y) for y in panel.values.index[[0, -1]])
    growth = np.log(end / start) / (last - first)
    level = np.log(start)
    slope = _slope(level, growth)
    out = [_slope(level.drop(s), growth.drop(s)) for s in start.index]
    points = pd.DataFrame({"start": start, "end": end, "growth": growth})
    points["doubtful"] = panel.doubtful.loc[[first, last]].any()
    intercept, on_last = growth.mean() - slope * level.mean(), _slope(np.log(end), growth)
    return Beta(first, last, len(start), slope, intercept, min(out), max(out), on_last, points)


def _slope(x, y):
    """The least-squares slope of y on x; missing where x does not vary."""
    away = x - x.mean()
    spread = (away**2).sum()
    return float((away * y).sum() / spread) if spread > 1e-12 else float("nan")
