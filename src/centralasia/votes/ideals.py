"""The ideal points of states, and whether those of a region lie farther apart than their errors would put them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import cached_frame, load
from centralasia.votes import measures, periods
from centralasia.votes.measures import Choice, voting_years

__all__ = ["ideal_point_periods", "ideal_point_range", "ideal_points"]

DRAWS = 4000


def ideal_points(states: Sequence[str], first_year: int, last_year: int) -> pd.DataFrame:
    """The ideal points of states (Bailey, Strezhnev & Voeten 2017, Journal of Conflict Resolution 61(2)).

    Returns the rows of ``unga_ideal_points.csv`` of the states and years, in that order, with ``few``: the estimate
    rests on fewer than `FEW` votes. Higher is closer to the United States. The scale is that of one version of
    the estimates, and a band is 90 %, not 95 %.

    >>> votes.ideal_points(["KAZ", "RUS", "USA"], 2010, 2010)[["state", "ideal_point", "low90", "high90", "few"]]
      state  ideal_point   low90  high90    few
    0   KAZ      -0.2430 -0.4502 -0.0471  False
    1   RUS      -0.0171 -0.1571  0.1206  False
    2   USA       2.3875  2.2046  2.5755  False
    """
    rows = load("unga_ideal_points")
    rows = rows[rows["state"].isin(states) & rows["year"].between(first_year, last_year)]
    order = rows["state"].map(list(states).index)
    rows = rows.assign(few=rows["votes"] < measures.FEW, order=order).sort_values(["order", "year"], ignore_index=True)
    return rows.drop(columns="order")


@cached_frame("unga_ideal_points", "unga_years", "memberships", "actors")
def ideal_point_range(region: str, first_year: int, last_year: int, seed: int = 1) -> pd.DataFrame:
    """How far the ideal points of a region's members lie apart, year by year, beside what their errors alone would do.

    The range of several noisy estimates is never zero. For each year the points of members that all stand at one and
    the same place are drawn with the standard errors of the estimates (from the published bands, as if normal and
    independent); ``error`` is the mean range of the draws and ``error_high`` their 95th percentile.

    Returns a frame with one row a year in which every member has a point from `FEW` votes or more: ``year``,
    ``members``, ``mean`` (of the points), ``spread`` (highest minus lowest), ``error``, ``error_high``.

    >>> votes.ideal_point_range("C5", 2004, 2006).round(2)
       year  members  mean  spread  error  error_high
    0  2004        5 -0.26    1.35   0.33        0.64
    1  2005        5 -0.42    1.01   0.33        0.62
    2  2006        5 -0.33    0.55   0.29        0.53
    """
    from scipy import stats  # only here, since it costs more than all else

    width = 2 * stats.norm.ppf(0.95)  # of a 90 % band, in standard errors
    points = load("unga_ideal_points")
    points = points[points["votes"] >= measures.FEW].set_index(["state", "year"])
    rows = []
    for year in voting_years(first_year, last_year).index:
        keys = [(state, year) for state in members(region, year)]
        if len(keys) < 2 or not all(key in points.index for key in keys):
            continue
        own = points.loc[keys]
        errors = ((own["high90"] - own["low90"]) / width).to_numpy()
        ranges = np.ptp(np.random.default_rng([seed, year]).normal(0, errors, (DRAWS, len(errors))), axis=1)
        at = own["ideal_point"]
        rows.append((year, len(keys), at.mean(), at.max() - at.min(), ranges.mean(), np.quantile(ranges, 0.95)))
    return pd.DataFrame(rows, columns=["year", "members", "mean", "spread", "error", "error_high"], dtype=float).astype(
        {"year": int, "members": int}
    )


def ideal_point_periods(region: str, choice: Choice, seed: int = 1) -> pd.DataFrame:
    """`ideal_point_range` as means over periods, with the years in which the range is wider than error alone makes it.

    Returns a frame with one row a period: ``period``, ``years`` (with a range), ``spread``, ``error`` (means) and
    ``wider`` (years in which the range is above the 95th percentile of error alone; by chance one in twenty).

    >>> choice = votes.Choice("agreement", "left_out", 2000, 2009)
    >>> votes.ideal_point_periods("C5", choice).round(2)
          period  years  spread  error  wider
    0  2000–2004      4    0.88   0.29      3
    1  2005–2009      5    0.72   0.32      5
    """
    yearly, rows = ideal_point_range(region, *choice.period, seed), []
    for period in periods.region_spans(region, choice):
        part = yearly[yearly["year"].isin(period.years)]
        wider = int((part["spread"] > part["error_high"]).sum())
        rows.append((str(period), len(part), part["spread"].mean(), part["error"].mean(), wider))
    return pd.DataFrame(rows, columns=["period", "years", "spread", "error", "wider"])
