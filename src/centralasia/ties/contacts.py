"""Contacts between states besides the level of their ties: visits and milestones.

Neither list is complete, so every count is a lower bound and an empty year means that nothing was found.
"""

from collections.abc import Iterable

import pandas as pd

from centralasia.regions import members, regions
from centralasia.tables import load
from centralasia.ties.register import rows_of_pairs
from datacontract.contract import cached_by_tables
from datacontract.errors import check_choice
from datacontract.labels import translate_name
from datacontract.sources import SEPARATOR
from datacontract.words import plain

__all__ = ["milestones", "theme_name", "visit_counts", "visits"]


def visits(pairs: list[str], status: str | None = "held") -> pd.DataFrame:
    """The visits between states.

    Parameters
    ----------
    pairs : list of str
        Pairs, as ``"KAZ-KGZ"``.
    status : str, optional
        ``held`` (the default), ``implied``, ``planned``, ``statement_only``; None for all of them.

    Returns
    -------
    pandas.DataFrame
        Rows of ``visits.csv`` with ``year`` (``Int64``, missing where undated) and ``leader`` (whether it was held, by
        a head of state), in the order of time.

    Examples
    --------
    >>> ties.visits(["KAZ-TKM"]).set_index("date")[["guest", "host", "type", "leader"]].head(3)
               guest host     type  leader
    date
    2014-12-02   KAZ  TKM  working    True
    2017-04-18   TKM  KAZ    state    True
    2017-06-09   TKM  KAZ  working    True
    """
    rows = rows_of_pairs(load("visits"), pairs)
    if status is not None:
        check_choice("status", status, rows["status"].cat.categories)
        rows = rows[rows["status"] == status]
    rows = rows.assign(leader=(rows["status"] == "held") & (rows["guest_rank"] == "head_of_state"))
    return _in_order(rows)


def visit_counts(pairs: list[str], years: Iterable[int]) -> pd.DataFrame:
    """How many held visits of heads of state were found: one row a pair, one column a year (``Int64``).

    A cell without a visit is missing, not zero: the list is known to be incomplete. Do not compare years by their
    totals: the early ones were read more thinly.

    >>> ties.visit_counts(["KAZ-KGZ", "KAZ-TJK"], range(2014, 2018))
    year     2014  2015  2016  2017
    pair
    KAZ-KGZ     1     1     1     1
    KAZ-TJK     1     1  <NA>  <NA>
    """
    rows = visits(pairs).query("leader")
    counts = rows.groupby(["pair", "year"]).size().unstack().reindex(index=pairs, columns=list(years))
    return counts.astype("Int64").rename_axis(index="pair", columns="year")


def milestones(states: Iterable[str]) -> pd.DataFrame:
    """The milestones that name all of these states as parties, in the order of time, undated last.

    A group among the parties (``C5``) stands for its members on that day. Facts whose parties the source does not
    name belong to nobody here. Returns rows of ``milestones.csv`` with ``year`` (``Int64``).

    >>> ties.milestones(["KAZ", "UZB"]).set_index("date")[["theme", "subject"]].head(2)
                 theme                              subject
    date
    2009           gas  pipeline from Turkmenistan to China
    2017-11-10  border       meeting point of three borders
    """
    rows, parties = _milestones()
    return rows[[set(states) <= named for named in parties]]


def theme_name(theme: str) -> str:
    """A theme of milestones in words.

    >>> ties.theme_name("regional_format")
    'regional format'
    """
    return translate_name("theme", theme, "water and energy" if theme == "water_energy" else plain(theme))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    years = pd.to_numeric(rows["date"].str[:4]).astype("Int64")
    return rows.assign(year=years).sort_values("date", na_position="last", kind="stable")


@cached_by_tables("milestones", "memberships", "actors")
def _milestones() -> tuple[pd.DataFrame, list[set[str]]]:
    """All milestones in the order of time, and the states that each names."""
    rows, groups = _in_order(load("milestones")), regions()
    dates = [None if pd.isna(date) else date for date in rows["date"]]
    cells = zip(rows["parties"].fillna("").str.split(SEPARATOR), dates, strict=True)
    return rows, [{s for one in named for s in (members(one, on) if one in groups else [one])} for named, on in cells]
