"""The order of partners in a document: places, changes between documents, pairs of partners in the same order."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia.tables import cached_frame, load
from datacontract import contract
from datacontract.errors import DataError, suggest

__all__ = [
    "ARTICLE", "BASELINE", "LATER", "Place", "editions", "kendall_tau_b", "place", "rank_changes", "ranking",
    "readings",
]  # fmt: skip

ARTICLE = "ART19"  # the source whose claims are examined
BASELINE = "baseline"  # the reading that every document has
LATER = "later"  # stands among documents for those that came after them


@cached_frame("priorities", maxsize=256)
def ranking(document: str, reading: str = BASELINE, partners: str | None = None) -> pd.DataFrame:
    """The order of partners of one document in one reading.

    Parameters
    ----------
    document : str
        A ``document_id`` of ``priorities.csv``.
    reading : str
        A reading of the document; a document without that reading is taken in its baseline.
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

    Examples
    --------
    >>> hierarchy.ranking("kaz-2014")[["rank", "label", "confidence"]].head(3)
           rank                  label confidence
    actor
    RUS       1                   ally       high
    CHN       2  strategic cooperation     medium
    CA4       3                    NaN     medium
    """
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


def readings(document: str) -> list[str]:
    """The readings of a document's order, the baseline first. Raises `DataError` for an unknown document.

    >>> hierarchy.readings("kaz-2020")
    ['baseline', 'ca_unranked']
    """
    return sorted(_rows(document)["reading"].unique(), key=lambda name: (name != BASELINE, name))


def editions(documents: str) -> list[str]:
    """The documents that a parameter names with spaces between them.

    ``later`` among them stands for the doctrine of that state with an order of partners that came after the last of the
    others, from the oldest to the newest: a concept that is adopted tomorrow comes in by its rows. Raises `DataError`
    where the last of the others is no document.

    >>> hierarchy.editions("kaz-2005 kaz-2014")
    ['kaz-2005', 'kaz-2014']
    >>> hierarchy.editions("kaz-2005 kaz-2014 later")
    ['kaz-2005', 'kaz-2014', 'kaz-2020-draft', 'kaz-2020'...]
    """
    named = [document for document in documents.split() if document != LATER]
    if not named or LATER not in documents.split():
        return named
    rows = {row["document_id"]: row for row in contract.rows("documents")}
    if named[-1] not in rows:
        raise DataError(f"no document {named[-1]!r}; {suggest(named[-1], rows)}")
    last, ordering = rows[named[-1]], contract.distinct("priorities.document_id")
    doctrine = [row for row in rows.values() if row["layer"] == "doctrine" and row["document_id"] in ordering]
    after = [row for row in doctrine if row["state"] == last["state"] and row["date"] > last["date"]]
    return [*named, *(row["document_id"] for row in sorted(after, key=lambda row: row["date"]))]


@dataclass(frozen=True)
class Place:
    """Where an actor comes: ``rank`` among ``list_length`` places that were read, and how it is listed.

    ``rank`` is None if it has no place. ``status`` is ``placed``, ``unplaced`` (named without a place) or
    ``not named`` (in the part read). ``sharing`` is how many partners have that place, itself included.
    """

    rank: int | None
    list_length: int
    status: str
    confidence: str | None
    sharing: int = 1


def place(order: pd.DataFrame, actor: str) -> Place:
    """The `Place` of an actor in a `ranking`.

    >>> hierarchy.place(hierarchy.ranking("kaz-2014"), "CA4")
    Place(rank=3, list_length=5, status='placed', confidence='medium', sharing=1)
    """
    length = int(order["rank"].notna().sum())
    if actor not in order.index:
        return Place(None, length, "not named", None)
    row = order.loc[actor]
    if pd.isna(row["rank"]):
        return Place(None, length, "unplaced", row["confidence"])
    return Place(int(row["rank"]), length, "placed", row["confidence"], int((order["rank"] == row["rank"]).sum()))


def rank_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What moved between two rankings.

    Returns a frame indexed by actor, in the order of `after` and then of `before`, with ``before`` and
    ``after`` (places, ``Int64``), ``shift`` (places gained, positive is up) and ``change``: up, down,
    same, entered, left (not named in the part read of the other document), or unplaced where
    either document names the actor without a place.

    >>> hierarchy.rank_changes(hierarchy.ranking("kaz-2014"), hierarchy.ranking("kaz-2020")).head(4)
           before  after  shift change
    actor
    RUS         1      1      0   same
    CHN         2      2      0   same
    USA         4      3      1     up
    CA4         3      4     -1   down
    """
    actors = [*after.index, *before.index.difference(after.index, sort=False)]
    places = {"before": before["rank"].reindex(actors), "after": after["rank"].reindex(actors)}
    moved = pd.DataFrame(places, dtype="Int64").rename_axis("actor")
    moved["shift"] = moved["before"] - moved["after"]
    step = moved["shift"].astype("float64")
    cases = [~moved.index.isin(before.index), ~moved.index.isin(after.index), step.isna(), step > 0, step < 0]
    moved["change"] = np.select(cases, ["entered", "left", "unplaced", "up", "down"], "same")
    return moved


def kendall_tau_b(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> tuple[float, int]:
    """Kendall's tau-b over the members placed in both rankings (Kendall 1945), and how many those are.

    Returns ``(tau, n)``: −1 (reversed) to 1 (same order); missing where fewer than two members are
    shared or one ranking ties them all. With so few members it describes, it does not test.

    >>> tau, n = hierarchy.kendall_tau_b({"RUS": 1, "CHN": 2, "USA": 3}, {"RUS": 1, "CHN": 3, "USA": 2})
    >>> print(f"{tau:.2f} over {n} partners")
    0.33 over 3 partners
    """
    from scipy.stats import kendalltau  # which takes long to import

    both = _shared_places(one, other)
    return float(kendalltau(*both.T).statistic) if len(both) > 1 else math.nan, len(both)


def concordant_pairs(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> tuple[int, int]:
    """How many pairs of members come in the same order in both rankings, and of how many that both order.

    A pair that shares a place in either ranking is in no order there and does not count.
    """
    both = _shared_places(one, other)
    signs = [np.sign(a - b) for a, b in itertools.combinations(both, 2)]
    ordered = [sign for sign in signs if sign.all()]
    return sum(sign[0] == sign[1] for sign in ordered), len(ordered)


def _shared_places(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> np.ndarray:
    """The places, a row for each member that has one in both rankings, a column for each ranking."""
    one, other = dict(one), dict(other)
    shared = [(place, other[name]) for name, place in one.items() if pd.notna(place) and pd.notna(other.get(name))]
    return np.array(shared, dtype="float64").reshape(-1, 2)


def stacked(orders: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several rankings in one frame, ``column`` the position of the ranking."""
    return pd.concat(order.reset_index().assign(column=i) for i, order in enumerate(orders))
