"""Who belongs to a region on a day, and which pairs of states that makes.

Membership is data (``memberships.csv``): a new member, or the end of a membership, is a row or a cell there.
"""

import itertools
import re

import pandas as pd

from centralasia.names import short_name
from centralasia.tables import load
from datacontract.errors import DataError, suggest

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def regions():
    """The codes of the regions that have members, in the order of ``memberships.csv``."""
    return list(dict.fromkeys(load("memberships")["region"].astype(str)))


def members(region, on=None):
    """The members of a region on a day.

    Parameters
    ----------
    region : str
        A code of `regions`.
    on : str or int, optional
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
    ValueError
        A date that is not ISO 8601.

    Notes
    -----
    A member counts when start <= day <= end, compared at the coarser precision of the two dates: a
    member since 2025-11-16 is one "in 2025", and a membership that ends in 2025 lasts to its last day. A blank
    start or end bounds nothing.
    """
    rows = load("memberships")
    rows = rows[rows["region"] == region]
    if rows.empty:
        raise DataError(f"no region {region!r} in memberships.csv; {suggest(region, regions())}")
    if on is not None:
        on = iso_date(on, "on")
        rows = rows[[_covers(start, end, on) for start, end in zip(rows["start"], rows["end"], strict=True)]]
    return sorted(rows["actor"].astype(str))


def pairs(region, on=None):
    """The pairs of the `members` of a region, as ``"KAZ-KGZ"``: codes in alphabetical order, each pair once."""
    return ["-".join(pair) for pair in itertools.combinations(members(region, on), 2)]


def split_pair(pair):
    """The two states of a pair: ``"KAZ-TKM"`` to ``("KAZ", "TKM")``.

    Raises `DataError` where it is not two different actors of ``actors.csv`` in alphabetical order.
    """
    actors = set(load("actors")["actor"])
    states = str(pair).split("-")
    for state in states:
        if state not in actors:
            raise DataError(
                f"pair {pair!r}: no actor {state!r} in actors.csv; allowed: two codes joined by a hyphen, as KAZ-TKM"
            )
    if len(states) != 2 or not states[0] < states[1]:
        hint = f"as {'-'.join(sorted(states))}" if len(set(states)) == 2 else "as KAZ-TKM"
        raise DataError(f"pair {pair!r}; allowed: two different codes in alphabetical order, {hint}")
    return tuple(states)


def pair_name(pair, joint="–"):
    """The two states of a pair by name: ``Kazakhstan–Turkmenistan``, or with another word between them."""
    return joint.join(short_name(state) for state in split_pair(pair))


def iso_date(value, name="date"):
    """A date of year, month or day precision as text; `name` is the parameter that an error names."""
    text = str(value)
    if not _DATE.fullmatch(text):
        raise ValueError(f"{name} is {value!r}; allowed: an ISO 8601 date (2025, 2025-11 or 2025-11-16)")
    return text


def _covers(start, end, day):
    starts = pd.isna(start) or start[: len(day)] <= day[: len(start)]
    return starts and (pd.isna(end) or day[: len(end)] <= end[: len(day)])
