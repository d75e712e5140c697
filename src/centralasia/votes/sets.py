"""A region beside every other set of as many of the states that have votes here."""

import functools
import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from centralasia.regions import members
from centralasia.votes import cohesion, measures, periods
from centralasia.votes.measures import Choice
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError

__all__ = ["SetRank", "pair_matrix", "set_means", "set_rank"]

MOST_SETS = 1_000_000  # sets of one size that are still gone through one by one


class SetRank(NamedTuple):
    """Where a region stands among all sets of as many states."""

    period: str
    value: float  # of the region
    size: int
    states: int  # of which they are made: those with a value
    sets: int  # with a value, the region among them
    above: int  # of them agree more than the region
    members_above: tuple[int, int]  # how many members of the region these hold, at least and at most
    disjoint: int  # sets without any member of the region
    disjoint_above: int
    closest: tuple[str, ...]  # the disjoint set that agrees most
    closest_value: float


def pair_matrix(choice: Choice, years: Sequence[int]) -> np.ndarray:
    """The values of all pairs of `voting_states` over some years: (states, states), missing on the diagonal.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2014)
    >>> matrix, states = votes.pair_matrix(choice, range(2010, 2015)), votes.voting_states()
    >>> matrix[states.index("KAZ"), [states.index(state) for state in ("KGZ", "RUS", "USA")]].round(2)
    array([0.96, 0.84, 0.36])
    """
    states = measures.voting_states()
    one, other = np.triu_indices(len(states), 1)
    tables = cohesion.pooled_tables(["-".join(pair) for pair in itertools.combinations(states, 2)], years)
    square = np.full((len(states), len(states)), np.nan)
    square[one, other] = square[other, one] = measures.scores(tables, choice.measure, choice.absence)
    return square


def set_means(matrix: np.ndarray, size: int) -> np.ndarray:
    """The mean over pairs of every set of `size` states, from a symmetric matrix of pairs.

    Sets in the order of `itertools.combinations`; missing where a pair of the set is. Raises `ChoiceError` where the
    sets are more than a million or the size is below two or above the number of states.

    >>> import numpy as np
    >>> matrix = np.array([[np.nan, 0.9, 0.5], [0.9, np.nan, 0.7], [0.5, 0.7, np.nan]])
    >>> votes.set_means(matrix, 2)
    array([0.9, 0.5, 0.7])
    """
    states = len(matrix)
    if not 2 <= size <= states or math.comb(states, size) > MOST_SETS:
        raise ChoiceError(f"size is {size}; allowed: 2 or more of {states} states, in at most {MOST_SETS:,} sets")
    flat, sets = np.ascontiguousarray(matrix).ravel(), _sets(states, size)
    return sum(flat[sets[i] * states + sets[j]] for i, j in itertools.combinations(range(size), 2)) / math.comb(size, 2)


@functools.lru_cache(maxsize=4)
def _sets(states: int, size: int) -> np.ndarray:
    """Every set of places, a column each."""
    return np.array(list(itertools.combinations(range(states), size)), dtype=np.int16).T


@cached_by_tables("unga_dyads", "unga_years", "memberships", "actors")
def set_rank(region: str, choice: Choice) -> SetRank | None:
    """Where a region stands among all sets of as many states, in the last period; None where it has no value there.

    The states here were chosen as the region and its partners and are no sample of the United Nations; sets overlap
    with each other, and with the region unless they are disjoint from it. The number above describes, it tests nothing.

    >>> rank = votes.set_rank("C5", votes.Choice("agreement", "left_out", 1991, 2019))
    >>> rank.sets, rank.above, rank.disjoint_above
    (65780, 17, 0)
    """
    spans, states = periods.region_spans(region, choice), measures.voting_states()
    inside = members(region, spans[-1].last) if spans else []
    if not set(inside) <= set(states) or not inside:
        return None
    own = np.isin(states, inside)
    means = set_means(pair_matrix(choice, spans[-1].years), len(inside)).round(12)
    sets = _sets(len(states), len(inside))
    held, known = own[sets].sum(0), ~np.isnan(means)
    value = float(means[held.argmax()])
    if np.isnan(value):
        return None
    above, apart = means > value, known & (held == 0)
    best = int(np.where(apart, means, -np.inf).argmax())
    return SetRank(
        str(spans[-1]), value, len(inside), len(np.unique(sets[:, known])), int(known.sum()), int(above.sum()),
        (int(held[above].min(initial=len(inside))), int(held[above].max(initial=0))), int(apart.sum()),
        int((above & apart).sum()), tuple(states[i] for i in sets[:, best]), float(means[best]),
    )  # fmt: skip
