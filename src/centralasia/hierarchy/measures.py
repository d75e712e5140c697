"""The order of partners in a document: places, changes between documents, similarity of two orders."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia.names import document_name
from centralasia.sensitivity import specifications
from centralasia.tables import load
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError, DataError, suggest
from datacontract.words import plain

__all__ = [
    "ARTICLE", "BASELINE", "Place", "kendall_tau_b", "place", "rank_biased_overlap", "rank_changes",
    "ranking", "readings", "rise_specifications", "similarities",
]  # fmt: skip

ARTICLE = "ART19"  # the source whose claims are examined
BASELINE = "baseline"  # the reading that every document has


def ranking(document: str, reading: str = BASELINE, partners: str | None = None) -> pd.DataFrame:
    """The order of partners of one document.

    Parameters
    ----------
    document : str
        A ``document_id`` of ``priorities.csv``.
    reading : str
        A coding of the document; a document without that reading is taken in its baseline.
    partners : str, optional
        Which list of the document (``partners``, ``organisations``, ``neighbours``, ``mixed``);
        by default its list of partners, or the only one it has.

    Returns
    -------
    pandas.DataFrame
        Rows of ``priorities.csv`` indexed by actor, from the first place to the last and then those
        named without a place (``rank`` missing). Places are as coded: 1 is first. The column ``reading``
        says which reading was taken.

    Raises
    ------
    DataError
        An unknown document or list.
    """
    return _ranking(document, reading, partners).copy()


@cached_by_tables("priorities", maxsize=256)
def _ranking(document: str, reading: str, partners: str | None) -> pd.DataFrame:
    rows = _rows(document)
    lists = list(rows["list"].unique())
    chosen = partners or ("partners" if "partners" in lists else lists[0])
    if chosen not in lists:
        raise DataError(f"document {document!r} has no list {chosen!r}; {suggest(chosen, lists)}")
    rows = rows[rows["list"] == chosen]
    taken = reading if (rows["reading"] == reading).any() else BASELINE
    return rows[rows["reading"] == taken].sort_values("rank", na_position="last", kind="stable").set_index("actor")


def _rows(document: str) -> pd.DataFrame:
    rows = load("priorities")
    known = rows["document_id"].unique()
    if document not in known:
        raise DataError(f"no order of partners for document {document!r}; {suggest(document, known)}")
    return rows[rows["document_id"] == document]


def rankings(documents: Sequence[str], reading: str) -> dict[str, pd.DataFrame]:
    """The `ranking` of each document, by document."""
    return {document: ranking(document, reading) for document in documents}


def stacked(orders: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of several rankings in one frame, ``column`` the position of the document."""
    return pd.concat(order.reset_index().assign(column=i) for i, order in enumerate(orders.values()))


def readings(document: str) -> list[str]:
    """The readings of a document's order, the baseline first. Raises `DataError` for an unknown document."""
    return sorted(_rows(document)["reading"].unique(), key=lambda name: (name != BASELINE, name))


@dataclass(frozen=True)
class Place:
    """Where an actor stands: ``rank`` in a list of ``list_length`` places, and how it is listed.

    ``rank`` is None if it has no place. ``status`` is ``placed``, ``unplaced`` (named without a place) or
    ``not named`` (in the part read).
    """

    rank: int | None
    list_length: int
    status: str
    confidence: str | None


def place(order: pd.DataFrame, actor: str) -> Place:
    """The `Place` of an actor in a `ranking`."""
    length = int(order["rank"].notna().sum())
    if actor not in order.index:
        return Place(None, length, "not named", None)
    row = order.loc[actor]
    if pd.isna(row["rank"]):
        return Place(None, length, "unplaced", row["confidence"])
    return Place(int(row["rank"]), length, "placed", row["confidence"])


def rank_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What moved between two rankings.

    Returns a frame indexed by actor, in the order of `after` and then of `before`, with ``before`` and
    ``after`` (places, ``Int64``), ``shift`` (places gained, positive is up) and ``change``: up, down,
    same, entered, left (not named in the part read of the other document), or unplaced where
    either document names the actor without a place.
    """
    actors = [*after.index, *before.index.difference(after.index, sort=False)]
    places = {"before": before["rank"].reindex(actors), "after": after["rank"].reindex(actors)}
    moved = pd.DataFrame(places, dtype="Int64").rename_axis("actor")
    moved["shift"] = moved["before"] - moved["after"]
    step = moved["shift"].astype("float64")
    cases = [~moved.index.isin(before.index), ~moved.index.isin(after.index), step.isna(), step > 0, step < 0]
    moved["change"] = np.select(cases, ["entered", "left", "unplaced", "up", "down"], "same")
    return moved


def steps(documents: Sequence[str], reading: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The `rank_changes` from each document to the next, with the two documents."""
    for before, after in itertools.pairwise(documents):
        yield before, after, rank_changes(ranking(before, reading), ranking(after, reading))


def rank_biased_overlap(one: Mapping[Any, Any], other: Mapping[Any, Any], persistence: float = 0.9) -> float:
    """How alike two rankings are from the top down: extrapolated rank-biased overlap.

    The weighted mean of the agreement at every depth, where the reader goes on from one place to
    the next with probability `persistence`; the rankings may differ in length and in members, and
    hold ties (Webber, Moffat & Zobel 2010, ACM TOIS 28(4), eq. 32, with the agreement of eq. 28
    where places are shared; extrapolated with ties as variant w of Corsi & Urbano 2024, SIGIR).
    Beyond the shorter list, unseen members are taken to agree as much as the seen ones did; beyond
    both, agreement stays as it was last.

    Parameters
    ----------
    one, other : mapping of member to place
        Places count from 1 and may be shared; only their order matters. Missing places are left out.
    persistence : float
        Between 0 and 1 exclusive. At 0.9 the first ten places carry about 86 % of the weight.

    Returns
    -------
    float
        0 (nothing shared) to 1 (the same order); missing if either ranking is empty.

    Notes
    -----
    The lists here are short and known in part: compare values with each other, do not read one
    as an amount. It is not a test: no chance level is taken off.
    """
    if not 0 < persistence < 1:
        raise ChoiceError(f"persistence is {persistence}; allowed: between 0 and 1, exclusive")
    shorter, longer = sorted((_depths(one), _depths(other)), key=len)
    short, long = len(shorter), len(longer)
    if not short:
        return float("nan")
    agreements: list[float] = []
    for depth in range(1, long + 1):
        upper, lower = ({m for m, at in depths.items() if at <= depth} for depths in (shorter, longer))
        overlap, seen = float(len(upper & lower)), len(upper) + len(lower)
        if depth > short:
            overlap += agreements[short - 1] * (depth - short)
            seen = depth + len(lower)
        agreements.append(2 * overlap / seen)
    weights = [(1 - persistence) * persistence**d for d in range(long)]
    return sum(w * a for w, a in zip(weights, agreements, strict=True)) + persistence**long * agreements[-1]


def _depths(ranks: Mapping[Any, Any]) -> dict[Any, int]:
    """Members by the depth at which they are met: shared places at the first of them."""
    return pd.Series(dict(ranks), dtype="Float64").dropna().rank(method="min").astype(int).to_dict()


def kendall_tau_b(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> tuple[float, int]:
    """Kendall's tau-b over the members placed in both rankings (Kendall 1945), and how many those are.

    Returns ``(tau, n)``: −1 (reversed) to 1 (same order); missing where fewer than two members are
    shared or one ranking ties them all. With so few members it describes, it does not test.
    """
    both = pd.concat([pd.Series(dict(ranks), dtype="Float64") for ranks in (one, other)], axis=1).dropna()
    places = both.astype("float64")
    return places[0].corr(places[1], method="kendall", min_periods=2), len(both)


def similarities(documents: Sequence[str], reading: str = BASELINE) -> pd.DataFrame:
    """How alike every two of the documents order their partners.

    Returns a frame with one row a pair: ``one`` and ``other`` (document ids), ``rbo`` (`rank_biased_overlap`),
    ``tau_b`` (`kendall_tau_b`) and ``shared`` (the partners placed in both).
    """
    rows = []
    for (one, before), (other, after) in itertools.combinations(rankings(documents, reading).items(), 2):
        ranks = before["rank"], after["rank"]
        rows.append((one, other, rank_biased_overlap(*ranks), *kendall_tau_b(*ranks)))
    return pd.DataFrame(rows, columns=["one", "other", "rbo", "tau_b", "shared"])


def rise_specifications(before: str, after: str, actor: str) -> pd.DataFrame:
    """How far an actor moves up from one document to another, over the readings of both and two measures of a place.

    Returns the frame of `centralasia.sensitivity.specifications`, its choices ``measure`` and, by their names, the
    two documents with their readings. ``value`` is the gain, in places or as a share of the list of each document (2nd
    of 10 is higher up than 2nd of 5), above zero where the actor moved up; it cannot be told where the actor has no
    place. Raises `DataError` where both are the same document.
    """
    if before == after:
        raise DataError(f"{before!r} is given twice; allowed: two different documents")
    names = document_name(before), document_name(after)
    if names[0] == names[1]:
        names = before, after

    def gain(measure: str, **places: Place) -> float | None:
        ranks = [p.rank / (1 if measure == "places" else p.list_length) for p in places.values() if p.rank]
        return ranks[0] - ranks[1] if len(ranks) == 2 else None

    found = [{plain(r): place(ranking(d, r), actor) for r in readings(d)} for d in (before, after)]
    return specifications(gain, measure=["places", "share of the list"], **dict(zip(names, found, strict=True)))
