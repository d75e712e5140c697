"""How much two sets share when it is known only in part what is in them.

A cell is 1 (in the set), 0 (not in it) or missing (unknown); a measure lies between bounds, the least and the most
over everything that the unknown cells could be. Nothing here knows a subject or reads a table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

__all__ = ["Bounds", "Overlap", "expected_overlap", "known_union", "loevinger_h", "overlap"]

NAN = float("nan")
_Options = tuple[int, ...]  # what a cell can be


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a measure can be, and its value over known cells; missing where there is none."""

    lower: float
    upper: float
    point: float = NAN


@dataclass(frozen=True)
class Overlap:
    """What two agendas share, as `overlap` returns it.

    ``domains`` is the number of domains compared, ``named`` how many of them each is known to name, ``both`` those
    known to be named by both, ``known`` the number of domains known on both sides; ``count``, ``jaccard`` and
    ``loevinger_h`` are `Bounds`.
    """

    domains: int
    named: tuple[int, int]
    both: tuple[str, ...]
    known: int
    count: Bounds
    jaccard: Bounds
    loevinger_h: Bounds


def known_union(matrix: pd.DataFrame) -> pd.Series:
    """Columns taken together: 1 where any is 1, 0 where all are 0, else missing (Kleene 1952, strong *or*)."""
    settled = matrix.eq(1).any(axis=1) | matrix.notna().all(axis=1)
    return matrix.max(axis=1).where(settled).astype("Int64")


def expected_overlap(first: int, second: int, domains: int) -> float:
    """How many domains two agendas of `first` and `second` names share on average by chance: first · second / domains.

    The null draws each agenda's names at random among the domains and keeps both totals, so that the number shared is
    hypergeometric; this is its mean (Veech 2013, Global Ecology and Biogeography 22, 252–260).
    """
    return first * second / domains if domains else NAN


def loevinger_h(shared: int, first: int, second: int, domains: int) -> float:
    """What is shared beyond chance, as a part of the most that could be: (shared − E) / (min(first, second) − E).

    E is `expected_overlap`. 1: the smaller agenda lies wholly in the larger; 0: as chance; below 0: less than chance.
    This is Loevinger's H (1948), into which kappa, phi and kin all turn when they are set to 0 at chance and to 1 at
    their maximum given the totals (Warrens 2008, Psychometrika 73, 777–789). Missing where an agenda names nothing or
    everything, since then nothing could differ from chance.

    It describes; with so few domains, which nobody drew at random, it tests nothing.
    """
    expected = expected_overlap(first, second, domains)
    room = min(first, second) - expected
    return (shared - expected) / room if room > 0 else NAN


def overlap(first: pd.Series, second: pd.Series) -> Overlap:
    """How much two agendas share.

    Parameters
    ----------
    first, second : pandas.Series
        Two agendas as `agenda` gives them: 1, 0 or missing, over the same domains.

    Returns
    -------
    Overlap
        ``count`` is the number of domains that both name; ``jaccard`` that number over those that either names
        (Jaccard 1912); ``loevinger_h`` as in the function of that name. ``lower`` and ``upper`` are exact: the least
        and the most over every way to fill the unknown cells with 0 and 1 (worst-case bounds as in Manski 2003,
        Partial Identification of Probability Distributions), leaving out the ways for which a measure is undefined.
        ``point`` is the value over the domains known on both sides. It is missing where no 0 is known among them:
        there the Jaccard index would be 1 whatever the texts say.

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
    one, other = ([(0, 1) if pd.isna(cell) else (int(cell),) for cell in agenda] for agenda in (first, second))
    cells = list(zip(one, other, strict=True))
    known = [pair for pair in cells if (0, 1) not in pair]
    fillings, absence = _totals(cells), any((0,) in pair for pair in known)

    def bounds(measure: Callable[[int, int, int, int], float]) -> Bounds:
        values = [value for value in (measure(*totals, len(cells)) for totals in fillings) if value == value]
        point = measure(*_totals(known).pop(), len(known)) if absence else NAN
        return Bounds(min(values, default=NAN), max(values, default=NAN), point)

    both = tuple(domain for domain, pair in zip(first.index, cells, strict=True) if pair == ((1,), (1,)))
    measures = bounds(lambda shared, *_: shared), bounds(_jaccard), bounds(loevinger_h)
    return Overlap(len(cells), (one.count((1,)), other.count((1,))), both, len(known), *measures)


def _jaccard(shared: int, first: int, second: int, domains: int) -> float:
    return shared / (first + second - shared) if first + second else NAN


def _totals(cells: Iterable[tuple[_Options, _Options]]) -> set[tuple[int, int, int]]:
    """(shared, named by first, named by second) of every way to fill the cells from their options."""
    totals = {(0, 0, 0)}
    for one, other in cells:
        totals = {(s + x * y, a + x, b + y) for s, a, b in totals for x in one for y in other}
    return totals
