"""How much two sets share when it is known only in part what is in them.

A cell is 1 (in the set), 0 (not in it) or missing (unknown); a measure lies between bounds, the least and the most
over everything that the unknown cells could be. Nothing here knows a subject or reads a table.
"""

from dataclasses import dataclass

import pandas as pd

__all__ = ["Bounds", "Shared", "corrected_overlap", "expected_overlap", "pool", "shared_agenda"]

NAN = float("nan")


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a measure can be, and its value over known cells; missing where there is none."""

    low: float
    high: float
    point: float = NAN


@dataclass(frozen=True)
class Shared:
    """What two agendas share, as `shared_agenda` returns it.

    ``domains`` is the number of domains compared, ``both`` those known to be named by both, ``known`` the number of
    domains known on both sides; ``count``, ``jaccard`` and ``corrected`` are `Bounds`.
    """

    domains: int
    both: tuple
    known: int
    count: Bounds
    jaccard: Bounds
    corrected: Bounds


def pool(matrix):
    """Columns taken together: 1 where any is 1, 0 where all are 0, else missing (Kleene 1952, strong *or*)."""
    settled_rows = matrix.eq(1).any(axis=1) | matrix.notna().all(axis=1)
    return matrix.max(axis=1).where(settled_rows).astype("Int64")


def expected_overlap(first, second, domains):
    """How many domains two agendas of `first` and `second` names share on average by chance: first · second / domains.

    The null draws each side's names at random among the domains and keeps both totals, so that the number shared is
    hypergeometric; this is its mean (Veech 2013, Global Ecology and Biogeography 22, 252–260).
    """
    return first * second / domains if domains else NAN


def corrected_overlap(shared, first, second, domains):
    """What is shared beyond chance, as a part of the most that could be: (shared − E) / (min(first, second) − E).

    E is `expected_overlap`. 1: the smaller agenda lies wholly in the larger; 0: as chance; below 0: less than chance.
    This is Loevinger's H (1948), into which kappa, phi and kin all turn when they are set to 0 at chance and to 1 at
    their maximum given the totals (Warrens 2008, Psychometrika 73, 777–789). Missing where a side names nothing or
    everything, since then nothing could differ from chance.

    It describes; with so few domains, which nobody drew at random, it tests nothing.
    """
    expected = expected_overlap(first, second, domains)
    room = min(first, second) - expected
    return (shared - expected) / room if room > 0 else NAN


def shared_agenda(first, second):
    """How much two agendas share.

    Parameters
    ----------
    first, second : pandas.Series
        Two agendas as `named` gives them: 1, 0 or missing, over the same domains.

    Returns
    -------
    Shared
        ``count`` is the number of domains that both name; ``jaccard`` that number over those that either names
        (Jaccard 1912); ``corrected`` as in `corrected_overlap`. ``low`` and ``high`` are exact: the least and the
        most over every way to fill the unknown cells with 0 and 1 (worst-case bounds as in Manski 2003, Partial
        Identification of Probability Distributions), leaving out the ways for which a measure is undefined. ``point``
        is the value over the domains known on both sides. It is missing where no 0 is known among them: there the
        Jaccard index would be 1 whatever the texts say.

    Raises
    ------
    ValueError
        The two do not cover the same domains.

    Notes
    -----
    The point stands for the whole only if what was read does not depend on what it says. Summaries tell what a text
    names, hardly ever what it leaves out: do not quote the point without the bounds. The bounds let the unknown cells
    of the two sides vary freely; for two sides that hold the same text they are wider than need be.
    """
    if list(first.index) != list(second.index):
        raise ValueError(f"second covers {list(second.index)}; allowed: the domains of first, {list(first.index)}")
    known = first.notna() & second.notna()
    seen = _totals(first[known], second[known])
    telling = known & (first.eq(0) | second.eq(0)).fillna(False)
    every = _totals(first, second)

    def bounds(measure, domains):
        values = [value for value in (measure(*t, domains) for t in every) if value == value]
        (total,) = seen
        point = measure(*total, int(known.sum())) if telling.any() else NAN
        return Bounds(min(values, default=NAN), max(values, default=NAN), point)

    n = len(first)
    return Shared(
        n,
        tuple(first.index[(first.eq(1) & second.eq(1)).fillna(False)]),
        int(known.sum()),
        Bounds(min(t[0] for t in every), max(t[0] for t in every)),
        bounds(_jaccard, n),
        bounds(corrected_overlap, n),
    )


def _jaccard(shared, first, second, domains):
    union = first + second - shared
    return shared / union if union else NAN


def _totals(first, second):
    """(shared, named by first, named by second) of every way to fill the unknown cells."""
    totals = {(0, 0, 0)}
    for one, other in zip(first, second, strict=True):
        ways = [(x, y) for x in _options(one) for y in _options(other)]
        totals = {(s + x * y, a + x, b + y) for s, a, b in totals for x, y in ways}
    return totals


def _options(value):
    return (0, 1) if pd.isna(value) else (int(value),)
