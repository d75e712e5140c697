"""Votes in the UN General Assembly: how far a region votes as one, beside other groups and beside any other set."""

import functools
import itertools
import math

import numpy as np
import pandas as pd

from centralasia.names import short_name
from centralasia.regions import members
from centralasia.tables import load
from centralasia.votes import measures as votes
from datacontract.contract import cached_by_tables

__all__ = [
    "INCOMPLETE",
    "agreement_index",
    "among_sets",
    "by_year",
    "change",
    "change_choices",
    "change_finding",
    "group_years",
    "groups",
    "matrices",
    "pairs_by_year",
    "percentile",
    "region_pairs",
    "region_years",
    "roster",
    "set_means",
    "states_of",
]

INCOMPLETE = "pairs missing"
MOST_SETS = 1_000_000  # sets of one size that are still gone through one by one


def roster(region, year):
    """The members of a region in a year: whoever belonged to it on some day of it. Raises as `regions.members` does."""
    return list(_roster(region, int(year)))


@cached_by_tables("memberships", maxsize=1024)
def _roster(region, year):
    return tuple(members(region, year))


def states_of(region, first_year, last_year):
    """Everyone who belonged to a region in some year of a period, in alphabetical order.

    Raises `ValueError` where those are fewer than two.
    """
    found = sorted({s for year in votes.period(first_year, last_year).index for s in roster(region, year)})
    if len(found) < 2:
        raise ValueError(
            f"region is {region!r}: {len(found)} members from {first_year} to {last_year}; allowed: two or more"
        )
    return found


def region_pairs(region, measure, absence, first_year, last_year):
    """`votes.pair_years` of the pairs of a region, in the years in which both states belong to it (`roster`).

    Raises `DataError` for an unknown region, and as `states_of` does.
    """
    states_of(region, first_year, last_year)
    years = votes.period(first_year, last_year).index
    wanted = {year: itertools.combinations(roster(region, year), 2) for year in years}
    return pairs_by_year(wanted, measure, absence)


def pairs_by_year(wanted, measure, absence):
    """`votes.pair_years` of other pairs in every year: `wanted` maps years to pairs of codes."""
    belong = {("-".join(sorted(pair)), year) for year, pairs in wanted.items() for pair in pairs}
    rows = votes.pair_years(sorted({p for p, _ in belong}), measure, absence, min(wanted), max(wanted))
    kept = np.array([key in belong for key in zip(rows["pair"], rows["year"], strict=True)], dtype=bool)
    return rows[kept].reset_index(drop=True)


def by_year(rows, without=None):
    """The mean over pairs, year by year.

    Parameters
    ----------
    rows : pandas.DataFrame
        As from `region_pairs`.
    without : str, optional
        A state whose pairs are left out.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value`` (the mean over pairs with a value), ``low`` and ``high`` (the lowest and the highest
        pair: a spread, no interval), ``pairs``, ``known`` (pairs with a value), ``n`` (roll calls of the pair that has
        fewest), ``status``: ``no votes``; ``not comparable``; ``pairs missing`` (some pair has no value); ``few votes``
        (some pair has fewer than `votes.FEW`); ``ok``.
    """
    if without is not None:
        rows = rows[np.array([without not in pair.split("-") for pair in rows["pair"]], dtype=bool)]
    found = rows.groupby("year").agg(
        value=("value", "mean"),
        low=("value", "min"),
        high=("value", "max"),
        pairs=("value", "size"),
        known=("value", "count"),
        n=("n", "min"),
        comparable=("comparable", "all"),
    )
    conditions = [found["known"] == 0, ~found["comparable"], found["known"] < found["pairs"], found["n"] < votes.FEW]
    labels = [votes.NO_VOTES, votes.NOT_COMPARABLE, INCOMPLETE, votes.FEW_VOTES]
    return found.assign(status=np.select(conditions, labels, votes.OK)).reset_index()


def region_years(region, measure, absence, first_year, last_year):
    """`by_year` of `region_pairs`: the mean agreement within a region, whoever belonged to it each year."""
    return by_year(region_pairs(region, measure, absence, first_year, last_year))


def groups():
    """The fixed groups whose splits were counted, in the order of ``unga_groups.csv``."""
    return list(dict.fromkeys(load("unga_groups")["region"].astype(str)))


def agreement_index(yes, abstain, no):
    """The agreement index of a group in one roll call (Hix, Noury & Roland 2005, Brit. J. Political Science 35(2)).

    (max(Y, A, N) - (Y + A + N - max(Y, A, N)) / 2) / (Y + A + N): 1 where all who vote do the same, 0 where they split
    evenly in three; missing where nobody votes. Arrays of the same shape; the absent do not count.
    """
    split = np.stack(np.broadcast_arrays(yes, abstain, no)).astype(float)
    total, most = split.sum(0), split.max(0)
    return np.where(total > 0, (most - (total - most) / 2) / np.where(total > 0, total, 1), np.nan)


def group_years(region, first_year, last_year, seed, replicates=1000):
    """The mean `agreement_index` of a group, year by year, with a 95 % bootstrap interval over its roll calls.

    Only roll calls count in which two or more of the group cast a vote: one vote alone always agrees with itself. With
    few voters the index has few values, and it grows as a group gets smaller: compare groups of like size.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``value``, ``low``, ``high``, ``n`` (those roll calls), ``united`` (share of them without any
        split), ``status`` as in `votes.pair_years`. Empty where the region is no group of ``unga_groups.csv``.
    """
    rows = load("unga_groups")
    rows = rows[(rows["region"] == region) & (rows["yes"] + rows["abstain"] + rows["no"] >= 2)]
    found = []
    for year, comparable in votes.period(first_year, last_year)["comparable"].items() if len(rows) else []:
        splits = rows[rows["year"] == year]
        number = splits["roll_calls"].to_numpy(float)
        index = agreement_index(*(splits[c].to_numpy(float) for c in ("yes", "abstain", "no")))
        row = {"year": year, "value": np.nan, "low": np.nan, "high": np.nan, "n": int(number.sum()), "united": np.nan}
        if row["n"]:
            drawn = votes.resample(number, [seed, year, *map(ord, region)], replicates) @ index / row["n"]
            row |= {"value": number @ index / row["n"], "united": number[index == 1].sum() / row["n"]}
            row["low"], row["high"] = np.quantile(drawn, [0.025, 0.975])
        found.append(row | {"comparable": comparable})
    frame = pd.DataFrame(found, columns=["year", "value", "low", "high", "n", "united", "comparable"])
    return frame.assign(status=votes.statuses(frame.astype({"comparable": bool})))


def matrices(measure, absence, years):
    """The values of all pairs of all voters: an array of shape (years, states, states), missing on the diagonal."""
    states = votes.voters()
    pairs = ["-".join(pair) for pair in itertools.combinations(states, 2)]
    found = votes.scores(votes.counts(pairs, years), measure, absence)
    square = np.full((len(years), len(states), len(states)), np.nan)
    above = np.triu_indices(len(states), 1)
    square[:, above[0], above[1]] = square[:, above[1], above[0]] = found.T
    return square


def set_means(matrix, size):
    """The mean over pairs of every set of `size` states, from a symmetric matrix of pairs.

    Sets in the order of `itertools.combinations`; missing where a pair of the set is. Raises `ValueError` where the
    sets are more than a million or the size is below two or above the number of states.
    """
    states = len(matrix)
    if not 2 <= size <= states or math.comb(states, size) > MOST_SETS:
        raise ValueError(f"size is {size}; allowed: 2 or more of {states} states, in at most {MOST_SETS:,} sets")
    flat = np.ascontiguousarray(matrix).ravel()
    return sum(flat[cells] for cells in _cells_of_sets(states, size)) / math.comb(size, 2)


@functools.lru_cache(maxsize=4)
def _cells_of_sets(states, size):
    """For each pair of places in a set, the cell of the flattened matrix that every set has there."""
    every = np.array(list(itertools.combinations(range(states), size)), dtype=np.int16).T
    return [every[i] * states + every[j] for i, j in itertools.combinations(range(size), 2)]


def percentile(value, others):
    """The share of `others` below a value, ties by half, in percent; missing where there is nothing to compare."""
    others = np.asarray(others)[~np.isnan(others)]
    if np.isnan(value) or not len(others):
        return float("nan")
    same = np.isclose(others, value, rtol=0, atol=1e-12)
    return float(100 * ((others < value) & ~same).mean() + 50 * same.mean())


def among_sets(region, measure, absence, first_year, last_year):
    """Where a region stands among all sets of as many of the states that have votes here.

    Returns
    -------
    pandas.DataFrame
        `region_years` with ``size``, ``sets`` (with a value for every pair), ``set_low``, ``set_median`` and
        ``set_high`` (5th, 50th and 95th percentile of the sets), ``percentile`` (of the region among them: the share
        of sets that agree less). Missing where a pair of the region has no value.

    Notes
    -----
    The states here were chosen as the region and its partners; they are no sample of the United Nations, and sets
    overlap. The percentile describes, it tests nothing.
    """
    frame = region_years(region, measure, absence, first_year, last_year)
    found = []
    for row, matrix in zip(frame.itertuples(), matrices(measure, absence, frame["year"]), strict=True):
        size = len(roster(region, row.year))
        means = set_means(matrix, size) if size > 1 else np.array([np.nan])
        means = means[~np.isnan(means)]
        low, middle, high = np.quantile(means, [0.05, 0.5, 0.95]) if len(means) else [np.nan] * 3
        place = percentile(row.value, means) if row.known == row.pairs else np.nan
        found.append((size, len(means), low, middle, high, place))
    columns = ["size", "sets", "set_low", "set_median", "set_high", "percentile"]
    return frame.join(pd.DataFrame(found, columns=columns, index=frame.index))


def change(frame, window):
    """The mean of the last `window` years with status ``ok`` minus that of the first; missing where they overlap."""
    values = frame.loc[frame["status"] == votes.OK, "value"].to_numpy()
    return float(values[-window:].mean() - values[:window].mean()) if len(values) >= 2 * window else float("nan")


def change_finding(region, first_year, last_year):
    """`change` within a region as a function of the choices, for `centralasia.sensitivity.specifications`.

    The choices: ``measure``, ``absence``, ``window`` (years at each end) and ``without`` (a state left out, or None).
    """

    @functools.cache
    def rows(measure, absence):
        return region_pairs(region, measure, absence, first_year, last_year)

    def finding(measure, absence, window, without):
        return change(by_year(rows(measure, absence), without), window)

    return finding


def change_choices(region, first_year, last_year):
    """The choices of `change_finding`, as words to values: all measures, both uses of absence, every state left out."""
    states = states_of(region, first_year, last_year)
    left_out = {"nobody": None} | {short_name(state): state for state in states}
    return {
        "measure": list(votes.MEASURES),
        "absence": {name.replace("_", " "): name for name in votes.ABSENCE},
        "window": {f"{years} years": years for years in (3, 5, 10)},
        "without": left_out,
    }
