"""Contacts between states besides the level of their ties: visits and milestones.

Neither list is complete, so every count is a lower bound and an empty year means that nothing was found.
"""

from collections.abc import Iterable

import pandas as pd

from centralasia.regions import members, regions
from centralasia.tables import load
from centralasia.ties.measures import rows_of_pairs
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
    """
    rows = rows_of_pairs("visits", pairs)
    if status is not None:
        check_choice("status", status, rows["status"].cat.categories)
        rows = rows[rows["status"] == status]
    rows = rows.assign(leader=(rows["status"] == "held") & (rows["guest_rank"] == "head_of_state"))
    return _in_order(rows)


def visit_counts(pairs: list[str], years: Iterable[int]) -> pd.DataFrame:
    """How many held visits of heads of state were found: one row a pair, one column a year (``Int64``).

    A cell without a visit is missing, not zero: the list is known to be incomplete. Do not compare years by their
    totals: the early ones were read more thinly.
    """
    rows = visits(pairs).query("leader")
    counts = rows.groupby(["pair", "year"]).size().unstack().reindex(index=pairs, columns=list(years))
    return counts.astype("Int64").rename_axis(index="pair", columns="year")


def milestones(states: Iterable[str]) -> pd.DataFrame:
    """The milestones that name all of these states as parties, in the order of time, undated last.

    A group among the parties (``C5``) stands for its members on that day. Facts whose parties the source does not
    name belong to nobody here. Returns rows of ``milestones.csv`` with ``year`` (``Int64``).
    """
    rows, groups = load("milestones"), set(regions())

    def parties(cell: str, date: str) -> set[str]:
        on = None if pd.isna(date) else date
        named = [] if pd.isna(cell) else cell.split(SEPARATOR)
        return {state for party in named for state in (members(party, on) if party in groups else [party])}

    named = [set(states) <= parties(*row) for row in zip(rows["parties"], rows["date"], strict=True)]
    return _in_order(rows[named])


def theme_name(theme: str) -> str:
    """A theme of milestones in words."""
    return translate_name("theme", theme, "water and energy" if theme == "water_energy" else plain(theme))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    years = pd.to_numeric(rows["date"].str[:4]).astype("Int64")
    return rows.assign(year=years).sort_values("date", na_position="last", kind="stable")
