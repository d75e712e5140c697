"""How alike the members of a region vote: the mean over its pairs, year by year."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members, pairs, states_of
from centralasia.tables import cached_frame
from centralasia.votes import measures
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError
from datacontract.words import years_between

__all__ = [
    "INCOMPLETE", "change", "members_in_period", "region_mean", "region_pairs", "region_tables",
    "yearly_mean",
]  # fmt: skip

INCOMPLETE = "pairs missing"


def members_in_period(region: str, first_year: int, last_year: int) -> list[str]:
    """Everyone who belonged to a region on some day of a period, in alphabetical order.

    Raises `DataError` for an unknown region, and `ChoiceError` where the members are fewer than two.

    >>> votes.members_in_period("CM", 2018, 2026)
    ['AZE', 'KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    """
    years = voting_years(first_year, last_year).index
    found = sorted({state for year in years for state in members(region, year)})
    if len(found) < 2:
        span = years_between(first_year, last_year)
        raise ChoiceError(f"region is {region!r}: {len(found)} members {span}; allowed: two or more")
    return found


@cached_frame("unga_dyads", "unga_years", "memberships", "actors")
def region_pairs(region: str, choice: Choice) -> pd.DataFrame:
    """`pair_years` of the pairs of a region, in the years in which both states belong to it, on some day at least.

    Raises as `members_in_period` does.

    >>> choice = votes.Choice("pi", "left_out", 2012, 2012)
    >>> votes.region_pairs("C5", choice).nlargest(3, "value")[["pair", "value", "n"]].round(2)
          pair  value   n
    7  TJK-TKM   0.76  76
    6  KGZ-UZB   0.73  78
    8  TJK-UZB   0.72  81
    """
    members_in_period(region, *choice.period)
    years = voting_years(*choice.period).index
    return pairs_by_year(sorted((pair, year) for year in years for pair in pairs(region, year)), choice)


def pairs_by_year(wanted: Sequence[tuple[Any, ...]], choice: Choice, *also: str) -> pd.DataFrame:
    """`pair_years` of other pairs in every year: `wanted` are pairs with their year, and what `also` names."""
    frame = pd.DataFrame(wanted, columns=["pair", "year", *also]).astype({"pair": "str", "year": int})
    return frame.merge(measures.pair_years(sorted(set(frame["pair"])), choice), on=["pair", "year"])


@cached_by_tables("unga_dyads", "memberships", "actors", maxsize=256)
def region_tables(region: str, years: tuple[int, ...] | range) -> tuple[list[str], np.ndarray]:
    """The pairs of a region, and their tables of votes summed over years: shape (pairs, 4, 4).

    Years count in which both states belonged to the region and each cast a vote.

    >>> pairs, tables = votes.region_tables("C5", range(2010, 2015))
    >>> pairs[0], tables[0]
    ('KAZ-KGZ', array([[341.,  15.,   0.,  19.],
           [ 12.,  10.,   0.,   2.],
           [  1.,   4.,   1.,   2.],
           [  5.,   0.,   0.,   3.]]))
    """
    by_year = [set(pairs(region, year)) for year in years]
    whole = sorted(set().union(*by_year))
    inside = np.array([[pair in own for own in by_year] for pair in whole], dtype=bool)
    return whole, pooled_tables(whole, years, inside.reshape(len(whole), len(years)))


def pooled_tables(pairs: Sequence[str], years: Sequence[int], inside: Any = True) -> np.ndarray:
    """The tables of pairs summed over the years in which both cast a vote, and that are `inside`: (pairs, 4, 4)."""
    states = sorted({state for pair in pairs for state in states_of(pair)})
    voted = dict(zip(states, measures.took_part(states, years), strict=True))
    both = np.array([np.logical_and(*(voted[state] for state in states_of(pair))) for pair in pairs], dtype=bool)
    counts = measures.vote_counts(pairs, years)
    return np.einsum("pyij,py->pij", counts, both.reshape(len(pairs), len(years)) & inside)


def yearly_mean(rows: pd.DataFrame, *by: str) -> pd.DataFrame:
    """The mean over pairs, year by year.

    Parameters
    ----------
    rows : pandas.DataFrame
        As from `region_pairs`.
    *by : str
        Columns of `rows` whose every value has a mean of its own.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value`` (the mean over pairs with a value), ``low`` and ``high`` (the lowest and the highest
        pair: a spread, no interval), ``pairs``, ``known`` (pairs with a value), ``n`` (roll calls of the pair that has
        fewest), ``status``: ``no votes``; ``not comparable``; ``pairs missing`` (some pair has no value); ``few votes``
        (some pair has fewer than `FEW`); ``ok``.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 2010, 2011)
    >>> rows = votes.pair_years(["KAZ-KGZ", "KAZ-RUS"], choice)
    >>> votes.yearly_mean(rows)[["year", "value", "low", "high", "pairs"]].round(2)
       year  value   low  high  pairs
    0  2010   0.92  0.88  0.96      2
    1  2011   0.92  0.88  0.96      2
    """
    groups = rows.assign(unlike=rows["status"] == measures.NOT_COMPARABLE).groupby([*by, "year"])
    found = groups["value"].agg(value="mean", low="min", high="max", pairs="size", known="count")
    found = found.join(groups.agg({"n": "min", "unlike": "any"}))
    conditions = [found["known"] == 0, found.pop("unlike"), found["known"] < found["pairs"], found["n"] < measures.FEW]
    labels = [measures.NO_VOTES, measures.NOT_COMPARABLE, INCOMPLETE, measures.FEW_VOTES]
    return found.assign(status=np.select(conditions, labels, measures.OK)).reset_index()


def region_mean(region: str, choice: Choice) -> pd.DataFrame:
    """`yearly_mean` of `region_pairs`: the mean agreement within a region, whoever belonged to it each year.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2012)
    >>> votes.region_mean("C5", choice)[["year", "value", "low", "high", "n", "status"]].round(2)
       year  value   low  high   n status
    0  2010   0.96  0.93  0.98  66     ok
    1  2011   0.96  0.90  0.98  77     ok
    2  2012   0.96  0.92  0.98  73     ok
    """
    return yearly_mean(region_pairs(region, choice))


def change(frame: pd.DataFrame, window: int) -> float:
    """The mean of the last `window` years with status ``ok`` minus that of the first; missing where they overlap.

    >>> choice = votes.Choice("agreement", "left_out", 1995, 2010)
    >>> round(votes.change(votes.region_mean("C5", choice), 5), 3)
    0.052
    """
    values = comparable(frame)["value"].to_numpy()
    return float(values[-window:].mean() - values[:window].mean()) if len(values) >= 2 * window else float("nan")
