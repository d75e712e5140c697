"""Who belongs to a region on a day, and which pairs of states that makes.

Membership is data (``memberships.csv``): a new member, or the end of a membership, is a row or a cell there.
"""

import itertools
from collections.abc import Sequence
from typing import Any

from centralasia.dates import iso_date, year_end
from centralasia.names import short_name
from centralasia.tables import load
from datacontract import contract
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError, suggest

__all__ = [
    "check_pair",
    "members",
    "members_at_end",
    "pair_code",
    "pair_name",
    "pairs",
    "pairs_at_end",
    "regions",
    "states_of",
]


def regions() -> list[str]:
    """The codes of the regions that have members, in the order of ``memberships.csv``.

    >>> regions.regions()[:3]
    ['C5', 'C6', 'CA4']
    """
    return contract.distinct("memberships.region")


def members(region: str, date: str | int | None = None) -> list[str]:
    """The members of a region on a day.

    Parameters
    ----------
    region : str
        A code of `regions`.
    date : str or int, optional
        A day, month or year in ISO 8601 (``"2025-11-16"``, ``"2025-11"``, ``2025``). Without it, everyone
        who has a row: members of any time.

    Returns
    -------
    list of str
        Actor codes in alphabetical order; empty where nobody belonged to it then.

    Raises
    ------
    DataError
        An unknown region.
    ChoiceError
        A date that is not ISO 8601.

    Notes
    -----
    A member counts when start <= day <= end, compared at the coarser precision of the two dates: a
    member since 2025-11-16 is one "in 2025", and a membership that ends in 2025 lasts to its last day. A blank
    start or end bounds nothing.

    Examples
    --------
    >>> regions.members("CM", "2025-11-15")
    ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    >>> regions.members("CM", "2025-11-16")
    ['AZE', 'KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    """
    rows = [row for row in _memberships() if row.region == region]
    if not rows:
        raise DataError(f"no region {region!r} in memberships.csv; {suggest(region, regions())}")
    if date is not None:
        day = iso_date(date)
        rows = [row for row in rows if _covers(row.start, row.end, day)]
    return sorted({row.actor for row in rows})


def members_at_end(region: str, year: int) -> list[str]:
    """The `members` of a region on the last day of a year.

    >>> regions.members_at_end("CM", 2025)
    ['AZE', 'KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    """
    return members(region, year_end(year))


def pairs(region: str, date: str | int | None = None) -> list[str]:
    """The pairs of the `members` of a region, as ``"KAZ-KGZ"``: codes in alphabetical order, each pair once.

    >>> regions.pairs("C5")[:4]
    ['KAZ-KGZ', 'KAZ-TJK', 'KAZ-TKM', 'KAZ-UZB']
    """
    return ["-".join(pair) for pair in itertools.combinations(members(region, date), 2)]


def pairs_at_end(region: str, year: int) -> list[str]:
    """The `pairs` of a region on the last day of a year.

    >>> len(regions.pairs_at_end("CM", 2024)), len(regions.pairs_at_end("CM", 2025))
    (10, 15)
    """
    return pairs(region, year_end(year))


def pair_code(one: str, other: str) -> str:
    """The code of the pair that two states make, in whichever order they are given: ``"KAZ-TKM"``.

    >>> regions.pair_code("TKM", "KAZ")
    'KAZ-TKM'
    """
    return "-".join(sorted((one, other)))


def states_of(pair: str) -> tuple[str, str]:
    """The two states of a pair: ``"KAZ-TKM"`` to ``("KAZ", "TKM")``; `check_pair` says whether it is one.

    >>> regions.states_of("KAZ-TKM")
    ('KAZ', 'TKM')
    """
    one, other = pair.split("-")
    return one, other


def check_pair(pair: str) -> tuple[str, str]:
    """The two states of a pair.

    Raises `DataError` where it is not two different actors of ``actors.csv`` in alphabetical order.

    >>> regions.check_pair("KAZ-TKM")
    ('KAZ', 'TKM')
    >>> regions.check_pair("TKM-KAZ")
    Traceback (most recent call last):
    datacontract.errors.DataError: pair 'TKM-KAZ'; allowed: two different codes in alphabetical order, as KAZ-TKM
    """
    actors = contract.distinct("actors.actor")
    states = str(pair).split("-")
    for state in states:
        if state not in actors:
            raise DataError(
                f"pair {pair!r}: no actor {state!r} in actors.csv; allowed: two codes joined by a hyphen, as KAZ-TKM"
            )
    if len(states) != 2 or not states[0] < states[1]:
        hint = f"as {'-'.join(sorted(states))}" if len(set(states)) == 2 else "as KAZ-TKM"
        raise DataError(f"pair {pair!r}; allowed: two different codes in alphabetical order, {hint}")
    return states[0], states[1]


def pair_name(pair: str) -> str:
    """The two states of a pair by name.

    >>> regions.pair_name("KAZ-TKM")
    'Kazakhstan–Turkmenistan'
    """
    return "–".join(short_name(state) for state in check_pair(pair))


@cached_by_tables("memberships", "actors")
def _memberships() -> Sequence[Any]:
    """The rows of ``memberships.csv`` as plain tuples, since they are asked often."""
    return tuple(load("memberships").itertuples())


def _covers(start: str | float, end: str | float, day: str) -> bool:
    starts = not isinstance(start, str) or start[: len(day)] <= day[: len(start)]
    return starts and (not isinstance(end, str) or day[: len(end)] <= end[: len(day)])
