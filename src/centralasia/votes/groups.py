"""Named groups of states beside the region: how united each is in a roll call, and alpha, period by period."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import cached_frame
from centralasia.votes import measures, periods
from centralasia.votes.measures import Choice
from datacontract import contract

__all__ = [
    "VOTERS",
    "agreement_index",
    "alpha_gap",
    "counted_groups",
    "disjoint_groups",
    "group_periods",
    "least_voters",
]

VOTERS = 4  # so many members must vote in a roll call, or all where a group is smaller


def counted_groups() -> list[str]:
    """The fixed groups whose splits were counted, in the order of ``unga_groups.csv``.

    >>> votes.counted_groups()
    ['C5', 'C6', 'EAEU5', 'EUR4', 'SC3']
    """
    return contract.distinct("unga_groups.region")


def disjoint_groups(region: str) -> list[str]:
    """The counted groups that share no member with a region: only these can be compared with it.

    >>> votes.disjoint_groups("C5")
    ['EUR4', 'SC3']
    """
    return [group for group in counted_groups() if not set(members(group)) & set(members(region))]


def least_voters(group: str) -> int:
    """How many members must vote in a roll call for it to count: `VOTERS`, or all of a smaller group.

    >>> votes.least_voters("C5"), votes.least_voters("SC3")
    (4, 3)
    """
    return min(VOTERS, len(members(group)))


def agreement_index(yes: Any, abstain: Any, no: Any) -> np.ndarray:
    """The agreement index of a group in one roll call (Hix, Noury & Roland 2005, Brit. J. Political Science 35(2)).

    (max(Y, A, N) - (Y + A + N - max(Y, A, N)) / 2) / (Y + A + N): 1 where all who vote do the same, 0 where they split
    evenly in three; missing where nobody votes. Arrays of the same shape; the absent do not count.

    >>> votes.agreement_index([5, 4, 2], [0, 1, 2], [0, 0, 2])
    array([1. , 0.7, 0. ])
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

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.group_periods("C5", choice)[["period", "n", "index", "united", "alpha"]].round(2)
          period    n  index  united  alpha
    0  2010–2014  373   0.92    0.83   0.53
    1  2015–2019  418   0.94    0.85   0.64
    """
    least, rows = least_voters(group), []
    alphas = periods.region_periods(group, choice, seed).set_index("period")
    for period in periods.region_spans(group, choice):
        found = periods.splits_of(group, period.years, choice.absence)
        drawn = periods.draws(group, period, choice.absence, seed)
        if found is None or drawn is None:
            continue
        cast, calls = found[0][:, :3], found[1]
        counted = cast.sum(1) >= least
        index, calls, drawn = agreement_index(*cast[counted].T), calls[counted], drawn[:, counted]
        if (n := int(calls.sum())) >= measures.FEW:
            ends = np.quantile(drawn @ index / drawn.sum(1), periods.INTERVAL)
            rows.append((group, str(period), n, calls @ index / n, calls[index == 1].sum() / n, *ends))
    frame = pd.DataFrame(rows, columns=["group", "period", "n", "index", "united", "low", "high"])
    return frame.join(alphas[["alpha", "alpha_low", "alpha_high"]], on="period")


def alpha_gap(region: str, group: str, period: str, choice: Choice, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of the alpha of a group less that of a region, from independent samples.

    `period` is one of those in the `group_periods` of both.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> [round(float(end), 2) for end in votes.alpha_gap("C5", "EUR4", "2015–2019", choice)]
    [0.13, 0.31]
    """
    (span,) = (found for found in periods.region_spans(region, choice) if str(found) == period)
    drawn = [periods.samples(code, span, choice.absence, seed)[1] for code in (group, region)]
    low, high = np.quantile(drawn[0] - drawn[1], periods.INTERVAL)
    return float(low), float(high)
