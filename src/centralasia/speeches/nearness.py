"""How near the speeches of every other state are to those of a region, beside those of its members to each other."""

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.speeches.group_likeness import REPLICATES, pairs_with, within_by_year
from centralasia.speeches.measures import SEED, Window
from centralasia.tables import cached_frame

__all__ = ["nearest", "nearest_by_year"]


@cached_frame("speech_pairs", "speeches", "memberships")
def nearest_by_year(region: str, text: str = "without_names") -> pd.DataFrame:
    """Within a region against its members' mean with every other state, year by year.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``within`` (the mean over pairs of members), ``others`` (states compared), ``nearer`` (how many
        of them the members are, on average, more alike with than with each other), ``first`` (the code of the nearest)
        and ``with_first``. A state counts in a year in which it and two members spoke.

    Examples
    --------
    >>> speeches.nearest_by_year("C5").loc[2017:2019].round(3)
          within  others  nearer first  with_first
    year
    2017   0.227     190       0   CRI       0.221
    2018   0.237     190       0   MNE       0.227
    2019   0.249     190       0   BIH       0.240
    """
    rows, own = pairs_with(region, text), members(region)
    inside = rows["other"].isin(own)
    within = rows[inside].groupby("year")["value"].mean()
    means = rows[~inside].groupby(["year", "other"])["value"].mean().unstack("other").reindex(within.index)
    return pd.DataFrame(
        {
            "within": within,
            "others": means.notna().sum(axis=1),
            "nearer": means.gt(within, axis=0).sum(axis=1),
            "first": means.idxmax(axis=1),
            "with_first": means.max(axis=1),
        }
    )


@cached_frame("speech_pairs", "speeches", "memberships")
def nearest(region: str, window: Window, text: str = "without_names") -> pd.DataFrame:
    """Within a region against its members' mean with every other state in a window, ranked.

    Returns
    -------
    pandas.DataFrame
        One row a state outside, the nearest first: ``value`` (its mean likeness with the members over the years in
        which it spoke), ``within`` (that of the members with each other in the same years), ``difference`` (within less
        value) with ``low`` and ``high``, and ``years``. The interval draws the years anew and, in each, the value from
        its standard errors, taken as fully shared between pairs, which makes it rather too wide.

    Notes
    -----
    States that spoke in fewer than half of the years of the window are left out.

    Examples
    --------
    >>> speeches.nearest("C5", (2017, 2024))[["value", "within", "years"]].head(3).round(3)
           value  within  years
    other
    MNG    0.200   0.227      8
    MNE    0.197   0.227      8
    MAR    0.195   0.227      8
    """
    rows, own = pairs_with(region, text), members(region)
    rows = rows[rows["year"].between(*window)]
    inside, within = rows["other"].isin(own), within_by_year(region, text, "all", window)
    means = rows[~inside].groupby(["other", "year"]).agg(value=("value", "mean"), error=("error", "mean"))
    joined = means.join(within, on="year", suffixes=("", "_within")).dropna(subset="value_within").reset_index()
    joined["difference"] = joined["value_within"] - joined["value"]
    joined["spread"] = np.hypot(joined["error"], joined["error_within"])
    found = joined.groupby("other").agg(
        value=("value", "mean"),
        within=("value_within", "mean"),
        difference=("difference", "mean"),
        years=("year", "size"),
    )
    wide = {c: joined.pivot(index="other", columns="year", values=c).to_numpy() for c in ("difference", "spread")}
    generator = np.random.default_rng([SEED, window[0]])
    years = wide["difference"].shape[1]
    weights = generator.multinomial(years, np.full(years, 1 / years), size=REPLICATES).astype(float)
    known = ~np.isnan(wide["difference"])
    number = np.maximum(weights @ known.T, 1e-9)
    drawn = weights @ np.where(known, wide["difference"], 0).T / number
    spread = np.sqrt((weights**2) @ np.where(known, wide["spread"] ** 2, 0).T) / number
    drawn += spread * generator.standard_normal(drawn.shape)
    found["low"], found["high"] = np.quantile(drawn, [0.025, 0.975], axis=0)
    least = (min(window[1], int(rows["year"].max())) - window[0] + 1) / 2
    return found[found["years"] >= least].sort_values("value", ascending=False)
