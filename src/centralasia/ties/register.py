"""The register of acts: what was signed between two states, of which pairs it was looked for, and on what scale.

The scale is that of ``ties.csv``: friendship < strategic < deepened strategic < alliance. That these words form one
scale is a judgement. It is ordinal: levels can be ranked and counted, but not added or averaged, since nobody knows how
far one is from the next.
"""

import itertools
import operator
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from centralasia.dates import first_moment, last_moment
from centralasia.regions import check_pair
from centralasia.tables import cached_frame, load
from datacontract.contract import cached_by_tables, distinct, rows
from datacontract.errors import check_choice

__all__ = ["FIRM", "NOT_SEARCHED", "events", "levels", "searched", "signatures"]

FIRM = "high"  # the confidence of firm evidence: the text of an act, or two independent sources
NOT_SEARCHED = "not searched"


def levels() -> list[str]:
    """The levels, weakest first.

    >>> ties.levels()
    ['friendship', 'strategic', 'deepened_strategic', 'alliance']
    """
    return list(_acts()["level"].cat.categories)


@cached_by_tables("searched_pairs")
def searched(subject: str = "ties") -> frozenset[str]:
    """The pairs of which acts (``ties``) or ``visits`` were looked for; of any other pair nothing is known.

    >>> "KAZ-UZB" in ties.searched(), "AZE-KAZ" in ties.searched()
    (True, False)
    """
    return frozenset(row["pair"] for row in rows("searched_pairs") if row["subject"] == subject)


def latest_date() -> str:
    """The date of the latest act that was found."""
    return max(distinct("ties.date"))


def events(pairs: list[str], minimum_confidence: str = "low") -> pd.DataFrame:
    """The acts between states, in the order of time, with the days that their dates can mean.

    Parameters
    ----------
    pairs : list of str
        Pairs, as ``"KAZ-KGZ"``.
    minimum_confidence : str
        Acts that are known less firmly are left out: ``low`` (keeps all), ``medium`` or ``high``.

    Returns
    -------
    pandas.DataFrame
        Rows of ``ties.csv`` with ``first`` and ``last``, the first and the last day that date and
        date_end can mean, both missing for undated acts, which come last; and with ``labelled``, whether the act is a
        signature, of whatever instrument, that gives a label of the scale.

    Raises
    ------
    DataError
        Not a pair.
    ChoiceError
        An unknown confidence.

    Notes
    -----
    An act of three states has a row for each pair that it binds.

    Examples
    --------
    >>> ties.events(["KAZ-UZB"], "high").set_index("date")[["event", "instrument", "level"]].head(3)
                    event   instrument       level
    date
    1998-10-31  signature       treaty  friendship
    2013-06-14  signature       treaty   strategic
    2021-12-06  signature  declaration    alliance
    """
    acts = rows_of_pairs(_acts(), pairs)
    check_choice("minimum_confidence", minimum_confidence, acts["confidence"].cat.categories)
    return acts[acts["confidence"] >= minimum_confidence]


def signatures(pairs: list[str], minimum_confidence: str = "low") -> pd.DataFrame:
    """The `events` that give a label of the scale.

    >>> ties.signatures(["KAZ-UZB"]).set_index("date")[["level", "instrument"]].head(3)
                     level instrument
    date
    1997-01-10  friendship     treaty
    1998-10-31  friendship     treaty
    2013-06-14   strategic     treaty
    """
    return events(pairs, minimum_confidence).query("labelled")


@cached_by_tables("ties")
def acts_by_pair(minimum_confidence: str) -> Mapping[str, list[Any]]:
    """The `events` of each pair as plain rows, with the ranks of level and confidence; nobody may change them."""
    rows = events(distinct("ties.pair"), minimum_confidence)
    rows = rows.assign(rank=rows["level"].cat.codes, firmness=rows["confidence"].cat.codes)
    acts = rows.sort_values("pair", kind="stable").itertuples()
    return {pair: list(own) for pair, own in itertools.groupby(acts, operator.attrgetter("pair"))}


def rows_of_pairs(rows: pd.DataFrame, pairs: Iterable[str]) -> pd.DataFrame:
    """The rows of some pairs; a pair without a row is no fault, but what is none raises `DataError`."""
    for pair in set(pairs) - set(rows["pair"]):
        check_pair(pair)
    return rows[rows["pair"].isin(list(pairs))]


@cached_frame("ties")
def _acts() -> pd.DataFrame:
    """What `events` returns, of all pairs."""
    rows = load("ties")
    rows["first"] = rows["date"].map(first_moment)
    rows["last"] = rows["date_end"].fillna(rows["date"]).map(last_moment).dt.normalize()
    rows["labelled"] = (rows["event"] == "signature") & rows["level"].notna()
    return rows.sort_values(["last", "first", "level"], na_position="last", kind="stable")
