"""Named groups of states beside the region: how united each is in a roll call, and alpha, period by period."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import cached_frame, load
from centralasia.votes import measures, periods
from centralasia.votes.measures import Choice
from centralasia.votes.periods import Period
from datacontract import contract

__all__ = ["VOTERS", "agreement_index", "alpha_gap", "counted_groups", "disjoint_groups", "group_periods"]

VOTERS = 4  # so many members must vote in a roll call, or all where a group is smaller
CAST = ["yes", "abstain", "no"]


def counted_groups() -> list[str]:
    """The fixed groups whose splits were counted, in the order of ``unga_groups.csv``."""
    return contract.distinct("unga_groups.region")


def disjoint_groups(region: str) -> list[str]:
    """The counted groups that share no member with a region: only these can be compared with it."""
    return [group for group in counted_groups() if not set(members(group)) & set(members(region))]


def least_voters(group: str) -> int:
    """How many members must vote in a roll call for it to count: `VOTERS`, or all of a smaller group."""
    return min(VOTERS, len(members(group)))


def agreement_index(yes: Any, abstain: Any, no: Any) -> np.ndarray:
    """The agreement index of a group in one roll call (Hix, Noury & Roland 2005, Brit. J. Political Science 35(2)).

    (max(Y, A, N) - (Y + A + N - max(Y, A, N)) / 2) / (Y + A + N): 1 where all who vote do the same, 0 where they split
    evenly in three; missing where nobody votes. Arrays of the same shape; the absent do not count.
    """
    split = np.stack(np.broadcast_arrays(yes, abstain, no)).astype(float)
    total, most = split.sum(0), split.max(0)
    return np.where(total > 0, (most - (total - most) / 2) / np.where(total > 0, total, 1), np.nan)


@cached_frame("unga_groups", "unga_dyads", "unga_years", "memberships", "actors")
def group_periods(group: str, choice: Choice, seed: int = 1) -> pd.DataFrame:
    """How united a counted group was, period by period: its agreement index and its alpha.

    The index is the mean over the roll calls in which `VOTERS` or more of the group voted (all, where it is smaller),
    since it grows as fewer vote. For the same reason it must not be compared between groups of unlike size; alpha may.

    Returns
    -------
    pandas.DataFrame
        One row a period in which there are `FEW` such roll calls: ``group``, ``period``, ``n`` (these roll calls),
        ``index``, ``united`` (share of them without any split), ``low`` and ``high`` (95 % bootstrap interval of the
        index), and ``alpha``, ``alpha_low`` and ``alpha_high`` as in `region_periods`.
    """
    rows, least, found = load("unga_groups"), least_voters(group), []
    rows = rows[(rows["region"] == group) & (rows[CAST].sum(axis=1) >= least)]
    alphas = periods.region_periods(group, choice, seed).set_index("period")
    for period in periods.region_spans(group, choice):
        part = rows[rows["year"].isin(period.years)]
        if (n := int(part["roll_calls"].sum())) >= measures.FEW:
            index, calls = agreement_index(*part[CAST].to_numpy(float).T), part["roll_calls"].to_numpy(float)
            united, ends = calls[index == 1].sum() / n, np.quantile(_means(index, calls, seed, period), [0.025, 0.975])
            found.append((group, str(period), n, index @ calls / n, united, *ends))
    frame = pd.DataFrame(found, columns=["group", "period", "n", "index", "united", "low", "high"])
    return frame.join(alphas[["alpha", "alpha_low", "alpha_high"]], on="period")


def _means(index: np.ndarray, calls: np.ndarray, seed: int, period: Period) -> np.ndarray:
    """The mean index of bootstrap samples of the roll calls."""
    generator = np.random.default_rng([seed, period.first, len(index)])
    return generator.multinomial(calls.sum(), calls / calls.sum(), size=periods.REPLICATES) @ index / calls.sum()


def alpha_gap(region: str, group: str, choice: Choice, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of the alpha of a group less that of a region in the last period, from independent samples."""
    last = periods.region_spans(region, choice)[-1]
    drawn = [periods.samples(code, last, choice.absence, seed, False)[1] for code in (group, region)]
    low, high = np.quantile(drawn[0] - drawn[1], periods.INTERVAL)
    return float(low), float(high)
