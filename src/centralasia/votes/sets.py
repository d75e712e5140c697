"""How far a region votes as one, beside other groups and beside any other set of states."""

import functools
import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.names import short_name
from centralasia.regions import members, pairs
from centralasia.sensitivity import specifications
from centralasia.tables import cached_frame, load
from centralasia.votes import measures
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract import contract
from datacontract.errors import ChoiceError, check_choice
from datacontract.words import plain, years_between

__all__ = [
    "INCOMPLETE", "agreement_index", "change", "change_specifications", "counted_groups", "group_years",
    "pair_intervals", "pair_matrices", "percentile_rank", "reference_distribution", "region_mean", "region_pairs",
    "set_means", "yearly_mean",
]  # fmt: skip

INCOMPLETE = "pairs missing"
REPLICATES = 1000  # bootstrap samples
CAST = ["yes", "abstain", "no"]
MOST_SETS = 1_000_000  # sets of one size that are still gone through one by one


def members_in_period(region: str, first_year: int, last_year: int) -> list[str]:
    """Everyone who belonged to a region on some day of a period, in alphabetical order.

    Raises `DataError` for an unknown region, and `ChoiceError` where the members are fewer than two.
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
    """
    members_in_period(region, *choice.period)
    years = voting_years(*choice.period).index
    return pairs_by_year(sorted((pair, year) for year in years for pair in pairs(region, year)), choice)


def pairs_by_year(wanted: Sequence[tuple[Any, ...]], choice: Choice, *also: str) -> pd.DataFrame:
    """`pair_years` of other pairs in every year: `wanted` are pairs with their year, and what `also` names."""
    frame = pd.DataFrame(wanted, columns=["pair", "year", *also]).astype({"year": int})
    return frame.merge(measures.pair_years(sorted(set(frame["pair"])), choice), on=["pair", "year"])


@cached_frame("unga_dyads", "unga_years", "memberships", "actors")
def pair_intervals(region: str, choice: Choice, seed: int) -> pd.DataFrame:
    """`region_pairs` with the columns ``low`` and ``high``: a 95 % bootstrap interval.

    The roll calls of a pair and year are drawn anew with replacement: a multinomial on its 16 cells, as often as there
    were roll calls; low and high are the 2.5 and 97.5 percentiles of the values. They are missing where more than one
    sample in forty has no value, as happens to pi and kappa where two states differ in hardly any vote. The generator
    is seeded by `seed`, year and pair, so that an interval does not depend on what else is drawn.

    A year's roll calls are all there were: the interval says how much a value depends on which texts came to a vote,
    under the assumption that these are independent, which blocs of similar texts are not. A pair that never differed
    has an interval without width; that is no certainty.
    """
    rows = region_pairs(region, choice)
    ends = np.full((len(rows), 2), np.nan)
    for row in rows.dropna(subset="value").itertuples():
        cells = measures.vote_counts([row.pair], [row.year]).ravel()
        drawn = resample(cells, seed, row.year, row.pair).reshape(-1, 4, 4)
        values = measures.scores(drawn, choice.measure, choice.absence)
        if np.isnan(values).mean() <= 0.025:
            ends[row.Index] = np.nanquantile(values, [0.025, 0.975])
    return rows.assign(low=ends[:, 0], high=ends[:, 1])


def resample(cells: np.ndarray, seed: int, year: int, code: str) -> np.ndarray:
    """Cell counts of bootstrap samples of the roll calls counted in `cells`, one row a sample.

    The generator is seeded by seed, year and the code of a pair or group.
    """
    number = int(cells.sum())
    generator = np.random.default_rng([seed, year, *map(ord, code)])
    return generator.multinomial(number, cells / number, size=REPLICATES)


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
    """
    groups = rows.assign(unlike=rows["status"] == measures.NOT_COMPARABLE).groupby([*by, "year"])
    found = groups["value"].agg(value="mean", low="min", high="max", pairs="size", known="count")
    found = found.join(groups.agg({"n": "min", "unlike": "any"}))
    conditions = [found["known"] == 0, found.pop("unlike"), found["known"] < found["pairs"], found["n"] < measures.FEW]
    labels = [measures.NO_VOTES, measures.NOT_COMPARABLE, INCOMPLETE, measures.FEW_VOTES]
    return found.assign(status=np.select(conditions, labels, measures.OK)).reset_index()


def region_mean(region: str, choice: Choice) -> pd.DataFrame:
    """`yearly_mean` of `region_pairs`: the mean agreement within a region, whoever belonged to it each year."""
    return yearly_mean(region_pairs(region, choice))


def complete_years(region: str, first_year: int, last_year: int) -> list[int]:
    """The years in which every pair of a region can be compared."""
    return list(comparable(region_mean(region, Choice("agreement", "left_out", first_year, last_year)))["year"])


def counted_groups() -> list[str]:
    """The fixed groups whose splits were counted, in the order of ``unga_groups.csv``."""
    return contract.distinct("unga_groups.region")


def agreement_index(yes: Any, abstain: Any, no: Any) -> np.ndarray:
    """The agreement index of a group in one roll call (Hix, Noury & Roland 2005, Brit. J. Political Science 35(2)).

    (max(Y, A, N) - (Y + A + N - max(Y, A, N)) / 2) / (Y + A + N): 1 where all who vote do the same, 0 where they split
    evenly in three; missing where nobody votes. Arrays of the same shape; the absent do not count.
    """
    split = np.stack(np.broadcast_arrays(yes, abstain, no)).astype(float)
    total, most = split.sum(0), split.max(0)
    return np.where(total > 0, (most - (total - most) / 2) / np.where(total > 0, total, 1), np.nan)


@cached_frame("unga_groups", "unga_years")
def group_years(region: str, first_year: int, last_year: int, seed: int) -> pd.DataFrame:
    """The mean `agreement_index` of a group, year by year, with a 95 % bootstrap interval over its roll calls.

    Only roll calls count in which two or more of the group cast a vote: one vote alone always agrees with itself. With
    few voters the index has few values, and it grows as a group gets smaller: compare groups of like size.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value``, ``low``, ``high``, ``n`` (those roll calls), ``united`` (share of them without any
        split), ``status`` as in `pair_years`.

    Raises
    ------
    ChoiceError
        The region is no group of ``unga_groups.csv``.
    """
    check_choice("region", region, counted_groups())
    years, rows, found = voting_years(first_year, last_year)["comparable"], load("unga_groups"), {}
    rows = rows[(rows["region"] == region) & rows["year"].isin(years.index) & (rows[CAST].sum(axis=1) >= 2)]
    for year, part in rows.groupby("year"):
        calls, index = part["roll_calls"].to_numpy(float), agreement_index(*part[CAST].to_numpy(float).T)
        n = calls.sum()
        drawn = resample(calls, seed, year, region) @ index / n
        found[year] = calls @ index / n, *np.quantile(drawn, [0.025, 0.975]), n, calls[index == 1].sum() / n
    columns = ["value", "low", "high", "n", "united"]
    frame = pd.DataFrame.from_dict(found, orient="index", columns=columns, dtype=float).reindex(years.index)
    frame["n"] = frame["n"].fillna(0).astype(int)
    return frame.assign(status=measures.statuses(frame, years)).reset_index()


def pair_matrices(measure: str, absence: str, years: Sequence[int]) -> np.ndarray:
    """The values of all pairs of `voting_states`: shape (years, states, states), missing on the diagonal."""
    states = measures.voting_states()
    one, other = np.triu_indices(len(states), 1)
    counts = measures.vote_counts(["-".join(pair) for pair in itertools.combinations(states, 2)], years)
    square = np.full((len(years), len(states), len(states)), np.nan)
    square[:, one, other] = square[:, other, one] = measures.scores(counts, measure, absence).T
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
    known, value = np.round(others, 12)[~np.isnan(others)], np.round(value, 12)
    if np.isnan(value) or not len(known):
        return float("nan")
    return float((np.sum(known < value) + np.sum(known <= value)) * (50 / len(known)))


@cached_frame("unga_dyads", "unga_years", "memberships", "actors")
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
        size = len(members(region, row.year))
        means = set_means(matrix, size)
        means = means[~np.isnan(means)]
        bounds = np.quantile(means, [0.05, 0.5, 0.95]) if len(means) else [np.nan] * 3
        rank = percentile_rank(row.value, means) if row.known == row.pairs else np.nan
        found.append((size, len(means), *bounds, rank))
    columns = ["size", "sets", "set_low", "set_median", "set_high", "percentile"]
    return frame.join(pd.DataFrame(found, columns=columns))


def change(frame: pd.DataFrame, window: int) -> float:
    """The mean of the last `window` years with status ``ok`` minus that of the first; missing where they overlap."""
    values = comparable(frame)["value"].to_numpy()
    return float(values[-window:].mean() - values[:window].mean()) if len(values) >= 2 * window else float("nan")


def change_specifications(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """`change` within a region under all measures, both uses of absence, three windows, and without each state.

    Returns the frame of `sensitivity.specifications` with the choices ``measure``, ``absence``, ``window`` (years at
    each end) and ``without`` (a state that is left out, or nobody).
    """
    keys = ["measure", "absence", "without"]
    states, found = ["nobody", *members_in_period(region, first_year, last_year)], []
    for key in itertools.product(measures.MEASURES, measures.ABSENCE, states):
        rows = region_pairs(region, Choice(*key[:2], first_year, last_year))
        found.append(rows[~rows["pair"].str.contains(key[2])].assign(**dict(zip(keys, key, strict=True))))
    means = dict(iter(yearly_mean(pd.concat(found), *keys).groupby(keys)))
    return specifications(
        lambda measure, absence, window, without: change(means[measure, absence, without], window),
        measure=list(measures.MEASURES),
        absence={plain(name): name for name in measures.ABSENCE},
        window={f"{years} years": years for years in (3, 5, 10)},
        without={short_name(state): state for state in states},
    )
