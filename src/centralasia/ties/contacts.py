"""Contacts between states besides the level of their ties: visits, milestones, signatures of a common treaty.

None of these lists is complete, so every count is a lower bound and an empty year means that nothing was found.
"""

import pandas as pd

from centralasia.regions import check_pair, members, regions
from centralasia.tables import load
from datacontract.errors import suggest
from datacontract.sources import SEPARATOR

__all__ = ["milestones", "treaty_signatures", "visit_counts", "visits"]


def visits(of, status="held"):
    """The visits between states.

    Parameters
    ----------
    of : list of str
        Pairs, as ``"KAZ-KGZ"``.
    status : str, optional
        ``held`` (the default), ``implied``, ``planned``, ``statement_only``; None for all of them.

    Returns
    -------
    pandas.DataFrame
        Rows of ``visits.csv`` with ``year`` (``Int64``, missing where undated), in the order of time.
    """
    rows = load("visits")
    for pair in set(of) - set(rows["pair"]):
        check_pair(pair)  # no visit is no fault, no pair is one
    allowed = list(rows["status"].cat.categories)
    if status is not None and status not in allowed:
        raise ValueError(f"status is {status!r}; {suggest(status, allowed)}")
    rows = rows[rows["pair"].isin(of) & (True if status is None else rows["status"] == status)]
    return _in_order(rows)


def visit_counts(of, years, rank="head_of_state"):
    """How many held visits were found: one row a pair, one column a year (``Int64``).

    `rank` is that of the guest (``head_of_state``, ``other``, or None for both). A cell without a visit is missing,
    not zero: the list is known to be incomplete. Do not compare years by their totals: the early ones were read
    more thinly.
    """
    rows = visits(of)
    if rank is not None:
        rows = rows[rows["guest_rank"] == rank]
    counts = rows.groupby(["pair", "year"]).size().unstack().reindex(index=list(of), columns=list(years))
    return counts.astype("Int64").rename_axis(index="pair", columns="year")


def milestones(states):
    """The milestones that name all of these states as parties, in the order of time, undated last.

    A group among the parties (``C5``) stands for its members on that day. Facts whose parties the source does not
    name belong to nobody here. Returns rows of ``milestones.csv`` with ``year`` (``Int64``).
    """
    rows = load("milestones")
    groups = set(regions())
    named = [_parties(row, groups) for row in rows.itertuples()]
    return _in_order(rows[[set(states) <= parties for parties in named]])


def treaty_signatures(states):
    """Which of these states have signed the common treaties: the rows of ``treaty_signatures.csv`` for them.

    A state without a row is listed with a missing status. ``no_signature_found`` does not prove that there is none,
    and a signature is not yet the entry into force.
    """
    rows = load("treaty_signatures").astype({"state": "object"})
    every = pd.MultiIndex.from_product([rows["treaty_id"].unique(), states], names=["treaty_id", "state"])
    return rows.set_index(["treaty_id", "state"]).reindex(every).reset_index()


def _parties(row, groups):
    """The states that a milestone names, groups resolved to their members at the time."""
    named = [] if pd.isna(row.parties) else row.parties.split(SEPARATOR)
    on = None if pd.isna(row.date) else row.date
    return {state for party in named for state in (members(party, on) if party in groups else [party])}


def _in_order(rows):
    years = pd.to_numeric(rows["date"].str[:4]).astype("Int64")
    return rows.assign(year=years).sort_values("date", na_position="last", kind="stable")
