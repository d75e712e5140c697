"""How far a region votes as one, beside other groups and beside any other set of states."""

import functools
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.names import short_name
from centralasia.regions import members, pair_code
from centralasia.sensitivity import specifications
from centralasia.tables import load
from centralasia.votes import measures
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError
from datacontract.words import plain, years_between

__all__ = [
    "INCOMPLETE", "agreement_index", "change", "change_specifications", "counted_groups", "group_years",
    "last_comparable_year", "members_in_period", "members_in_year", "pair_matrices", "percentile_rank",
    "reference_distribution", "region_mean", "region_pairs", "set_means", "yearly_mean",
]  # fmt: skip

INCOMPLETE = "pairs missing"
MOST_SETS = 1_000_000  # sets of one size that are still gone through one by one


@cached_by_tables("memberships", maxsize=1024)
def members_in_year(region: str, year: int) -> tuple[str, ...]:
    """The members of a region in a year: whoever belonged to it on some day of it. Raises as `regions.members` does."""
    return tuple(members(region, year))


def members_in_period(region: str, first_year: int, last_year: int) -> list[str]:
    """Everyone who belonged to a region in some year of a period, in alphabetical order.

    Raises `DataError` for an unknown region, and `ChoiceError` where the members are fewer than two.
    """
    years = voting_years(first_year, last_year).index
    found = sorted({state for year in years for state in members_in_year(region, year)})
    if len(found) < 2:
        span = years_between(first_year, last_year)
        raise ChoiceError(f"region is {region!r}: {len(found)} members {span}; allowed: two or more")
    return found


def region_pairs(region: str, choice: Choice) -> pd.DataFrame:
    """`pair_years` of the pairs of a region, in the years in which both states belong to it (`members_in_year`).

    Raises as `members_in_period` does.
    """
    members_in_period(region, *choice.period)
    years = voting_years(*choice.period).index
    return pairs_by_year({year: itertools.combinations(members_in_year(region, year), 2) for year in years}, choice)


def pairs_by_year(wanted: Mapping[int, Iterable[tuple[str, str]]], choice: Choice) -> pd.DataFrame:
    """`pair_years` of other pairs in every year: `wanted` maps years to pairs of codes."""
    keys = {(pair_code(*pair), year) for year, pairs in wanted.items() for pair in pairs}
    rows = measures.pair_years(sorted({pair for pair, _ in keys}), choice)
    inside = [key in keys for key in zip(rows["pair"], rows["year"], strict=True)]
    return rows[np.array(inside, dtype=bool)].reset_index(drop=True)


def yearly_mean(rows: pd.DataFrame, exclude: str | None = None) -> pd.DataFrame:
    """The mean over pairs, year by year.

    Parameters
    ----------
    rows : pandas.DataFrame
        As from `region_pairs`.
    exclude : str, optional
        A state whose pairs are left out.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value`` (the mean over pairs with a value), ``low`` and ``high`` (the lowest and the highest
        pair: a spread, no interval), ``pairs``, ``known`` (pairs with a value), ``n`` (roll calls of the pair that has
        fewest), ``status``: ``no votes``; ``not comparable``; ``pairs missing`` (some pair has no value); ``few votes``
        (some pair has fewer than `FEW`); ``ok``.
    """
    if exclude is not None:
        rows = rows[~rows["pair"].astype("str").str.contains(exclude)]
    years = rows.groupby("year")
    found = years["value"].agg(value="mean", low="min", high="max", pairs="size", known="count")
    found = found.join(years.agg({"n": "min", "comparable": "all"}))
    conditions = [found["known"] == 0, ~found["comparable"], found["known"] < found["pairs"], found["n"] < measures.FEW]
    labels = [measures.NO_VOTES, measures.NOT_COMPARABLE, INCOMPLETE, measures.FEW_VOTES]
    return found.assign(status=np.select(conditions, labels, measures.OK)).reset_index()


def region_mean(region: str, choice: Choice) -> pd.DataFrame:
    """`yearly_mean` of `region_pairs`: the mean agreement within a region, whoever belonged to it each year."""
    return yearly_mean(region_pairs(region, choice))


def last_comparable_year(region: str, first_year: int, last_year: int) -> int:
    """The last year in which every pair of a region can be compared; the last year asked for where there is none."""
    frame = region_mean(region, Choice("agreement", "left_out", first_year, last_year))
    years = comparable(frame)["year"]
    return int(years.max() if len(years) else voting_years(first_year, last_year).index.max())


def counted_groups() -> list[str]:
    """The fixed groups whose splits were counted, in the order of ``unga_groups.csv``."""
    return list(dict.fromkeys(load("unga_groups")["region"]))


def agreement_index(yes: Any, abstain: Any, no: Any) -> np.ndarray:
    """The agreement index of a group in one roll call (Hix, Noury & Roland 2005, Brit. J. Political Science 35(2)).

    (max(Y, A, N) - (Y + A + N - max(Y, A, N)) / 2) / (Y + A + N): 1 where all who vote do the same, 0 where they split
    evenly in three; missing where nobody votes. Arrays of the same shape; the absent do not count.
    """
    split = np.stack(np.broadcast_arrays(yes, abstain, no)).astype(float)
    total, most = split.sum(0), split.max(0)
    return np.where(total > 0, (most - (total - most) / 2) / np.where(total > 0, total, 1), np.nan)


def group_years(region: str, first_year: int, last_year: int, seed: int, replicates: int = 1000) -> pd.DataFrame:
    """The mean `agreement_index` of a group, year by year, with a 95 % bootstrap interval over its roll calls.

    Only roll calls count in which two or more of the group cast a vote: one vote alone always agrees with itself. With
    few voters the index has few values, and it grows as a group gets smaller: compare groups of like size.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value``, ``low``, ``high``, ``n`` (those roll calls), ``united`` (share of them without any
        split), ``status`` as in `pair_years`. Empty where the region is no group of ``unga_groups.csv``.
    """
    rows = load("unga_groups")
    cast = rows[["yes", "abstain", "no"]].to_numpy(float)
    rows = rows.assign(index=agreement_index(*cast.T))[(rows["region"] == region) & (cast.sum(1) >= 2)]
    found = []
    for year, known in voting_years(first_year, last_year)["comparable"].items() if len(rows) else []:
        calls, index = rows.loc[rows["year"] == year, ["roll_calls", "index"]].to_numpy(float).T
        n = int(calls.sum())
        row = {"year": year, "n": n, "comparable": known}
        if n:
            drawn = measures.resample(calls, seed, year, region, replicates) @ index / n
            row |= {"value": calls @ index / n, "united": calls[index == 1].sum() / n}
            row["low"], row["high"] = np.quantile(drawn, [0.025, 0.975])
        found.append(row)
    frame = pd.DataFrame(found, columns=["year", "value", "low", "high", "n", "united", "comparable"])
    return frame.assign(status=measures.statuses(frame.astype({"comparable": bool})))


def pair_matrices(measure: str, absence: str, years: Sequence[int]) -> np.ndarray:
    """The values of all pairs of `voting_states`: shape (years, states, states), missing on the diagonal."""
    states = measures.voting_states()
    pairs = ["-".join(pair) for pair in itertools.combinations(states, 2)]
    values = measures.scores(measures.vote_counts(pairs, years), measure, absence).T
    square = np.full((len(years), len(states), len(states)), np.nan)
    one, other = np.triu_indices(len(states), 1)
    square[:, one, other] = square[:, other, one] = values
    return square


def set_means(matrix: np.ndarray, size: int) -> np.ndarray:
    """The mean over pairs of every set of `size` states, from a symmetric matrix of pairs.

    Sets in the order of `itertools.combinations`; missing where a pair of the set is. Raises `ChoiceError` where the
    sets are more than a million or the size is below two or above the number of states.
    """
    states = len(matrix)
    if not 2 <= size <= states or math.comb(states, size) > MOST_SETS:
        raise ChoiceError(f"size is {size}; allowed: 2 or more of {states} states, in at most {MOST_SETS:,} sets")
    flat = np.ascontiguousarray(matrix).ravel()
    return sum(flat[cells] for cells in _cells_of_sets(states, size)) / math.comb(size, 2)


@functools.lru_cache(maxsize=4)
def _cells_of_sets(states: int, size: int) -> list[np.ndarray]:
    """For each pair of places in a set, the cell of the flattened matrix that every set has there."""
    sets = np.array(list(itertools.combinations(range(states), size)), dtype=np.int16).T
    return [sets[i] * states + sets[j] for i, j in itertools.combinations(range(size), 2)]


def percentile_rank(value: float, others: Any) -> float:
    """The share of `others` below a value, ties by half, in percent; missing where there is nothing to compare."""
    from scipy.stats import percentileofscore  # takes a second to import, and few functions need it

    return float(percentileofscore(np.round(others, 12), np.round(value, 12), kind="mean", nan_policy="omit"))


def reference_distribution(region: str, choice: Choice) -> pd.DataFrame:
    """Where a region stands among all sets of as many of the states that have votes here.

    Returns
    -------
    pandas.DataFrame
        `region_mean` with ``size``, ``sets`` (with a value for every pair), ``set_low``, ``set_median`` and
        ``set_high`` (5th, 50th and 95th percentile of the sets), ``percentile`` (of the region among them: the share
        of sets that agree less). Missing where a pair of the region has no value.

    Notes
    -----
    The states here were chosen as the region and its partners; they are no sample of the United Nations, and sets
    overlap. The percentile describes, it tests nothing.
    """
    frame = region_mean(region, choice)
    matrices, found = pair_matrices(choice.measure, choice.absence, frame["year"]), []
    for row, matrix in zip(frame.itertuples(), matrices, strict=True):
        size = len(members_in_year(region, row.year))
        means = set_means(matrix, size) if size > 1 else np.array([])
        means = means[~np.isnan(means)]
        bounds = np.quantile(means, [0.05, 0.5, 0.95]) if len(means) else [np.nan] * 3
        rank = percentile_rank(row.value, means) if row.known == row.pairs else np.nan
        found.append((size, len(means), *bounds, rank))
    columns = ["size", "sets", "set_low", "set_median", "set_high", "percentile"]
    return frame.join(pd.DataFrame(found, columns=columns, index=frame.index))


def change(frame: pd.DataFrame, window: int) -> float:
    """The mean of the last `window` years with status ``ok`` minus that of the first; missing where they overlap."""
    values = comparable(frame)["value"].to_numpy()
    return float(values[-window:].mean() - values[:window].mean()) if len(values) >= 2 * window else float("nan")


def change_specifications(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """`change` within a region under all measures, both uses of absence, three windows, and without each state.

    Returns the frame of `sensitivity.specifications` with the choices ``measure``, ``absence``, ``window`` (years at
    each end) and ``without`` (a state that is left out, or nobody).
    """
    states = members_in_period(region, first_year, last_year)
    excluded = {"nobody": None} | {short_name(state): state for state in states}
    means: dict[tuple[str, str, str | None], pd.DataFrame] = {}
    for measure, absence in itertools.product(measures.MEASURES, measures.ABSENCE):
        rows = region_pairs(region, Choice(measure, absence, first_year, last_year))
        means |= {(measure, absence, state): yearly_mean(rows, state) for state in excluded.values()}
    return specifications(
        lambda measure, absence, window, without: change(means[measure, absence, without], window),
        measure=list(measures.MEASURES),
        absence={plain(name): name for name in measures.ABSENCE},
        window={f"{years} years": years for years in (3, 5, 10)},
        without=excluded,
    )
