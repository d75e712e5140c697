"""Readings as equals: the places that the sources allow, each distinct one once, none of them the answer.

Where sources disagree, a document has several readings. ``readings.csv`` names each and says which are as well founded
as the others (``equal``) and which are only what the sources also allow (``variant``). Two readings that say the same
of the actor asked for count once.
"""

import itertools
from collections.abc import Sequence

import pandas as pd

from centralasia.hierarchy.measures import place, ranking, readings
from centralasia.tables import cached_frame, load
from datacontract.contract import Row, cached_by_tables, rows
from datacontract.errors import ChoiceError, check_choice
from datacontract.language import _, join_list
from datacontract.sources import SEPARATOR
from datacontract.words import plain

__all__ = [
    "admitted", "all_unread", "distinct_moves", "distinct_places", "precedence", "reading_name", "settling_texts",
]  # fmt: skip

WHICH = ("equal", "all")
RELATIONS = ("ahead", "level", "behind", "unknown")


@cached_by_tables("readings", maxsize=8)
def _named() -> dict[tuple[str, str], Row]:
    return {(row["document_id"], row["reading"]): row for row in rows("readings")}


def reading_name(document: str, reading: str) -> str:
    """What readers see in place of the code of a reading; "" where the document has only one.

    >>> hierarchy.reading_name("kaz-2020", "ca_unranked")
    the region named without a place
    """
    if row := _named().get((document, reading)):
        name = row["name"]
        return _(name)
    return "" if readings(document) == [reading] else _("reading {code}", code=plain(reading))


def admitted(document: str, which: str = "equal") -> list[str]:
    """The readings that are ``equal``, or ``all``, as ``readings.csv`` orders them; one not there counts as equal.

    >>> hierarchy.admitted("kaz-2020")
    ['baseline']
    >>> hierarchy.admitted("kaz-2020", "all")
    ['baseline', 'ca_unranked']
    """
    check_choice("which", which, WHICH)
    order = list(_named())
    found = sorted(
        readings(document), key=lambda r: order.index((document, r)) if (document, r) in order else len(order)
    )
    equal = [r for r in found if _named().get((document, r), {}).get("standing", "equal") == "equal"]
    return found if which == "all" else equal or found


def distinct_places(document: str, actor: str, which: str = "equal") -> pd.DataFrame:
    """What the readings of a document say of one actor, each distinct place once, from the highest place down.

    Returns a frame with one row a place: ``readings`` (codes, a tuple), ``name`` (for readers), ``rank`` (``Int64``,
    missing where it has no place), ``sharing`` (how many partners have that place), ``middle`` (the middle of the
    places that they share, as 2.5 for a joint 2nd of two), ``status`` (placed, unplaced, not named), ``list_length``
    (places that were read), ``basis``, ``confidence`` and ``source``, those of the firmest of its readings.

    >>> hierarchy.distinct_places("kaz-2014", "CA4")[["name", "rank", "sharing", "middle"]]
                                                    name  rank  sharing  middle
    0            the region named first, by two analysts     1        1     1.0
    1  China and the region joint second, by a schola...     2        2     2.5
    2                 the region third, by the same blog     3        1     3.0
    """
    found = _distinct_places(document, actor, which)
    named = [filter(None, (reading_name(document, code) for code in codes)) for codes in found["readings"]]
    names = [join_list(group, "or") if (group := list(names)) else "" for names in named]
    return found.assign(name=names)[["readings", "name", *found.columns[1:]]]


@cached_frame("priorities", "readings", maxsize=256)
def _distinct_places(document: str, actor: str, which: str) -> pd.DataFrame:
    """The `distinct_places` without what they are called, which depends on the language of the reader."""
    found: dict[tuple[int | None, int, str], list[tuple[str, pd.DataFrame]]] = {}
    for reading in admitted(document, which):
        order = ranking(document, reading)
        at = place(order, actor)
        found.setdefault((at.rank, at.sharing, at.status), []).append((reading, order))
    lines = []
    for (rank, sharing, status), group in found.items():
        codes = tuple(reading for reading, _ in group)
        own = [order.loc[actor] for _, order in group if actor in order.index]
        best = max(own, key=lambda row: ["low", "medium", "high"].index(row["confidence"])) if own else None
        basis, confidence, source = (None,) * 3 if best is None else best[["basis", "confidence", "source"]]
        source = _named().get((document, codes[0]), {}).get("source") or source
        length = max(int(order["rank"].notna().sum()) for _, order in group)
        lines.append((codes, rank, sharing, status, length, basis, confidence, source))
    columns = ["readings", "rank", "sharing", "status", "list_length", "basis", "confidence", "source"]
    frame = pd.DataFrame(lines, columns=columns).astype({"rank": "Int64"})
    frame.insert(3, "middle", frame["rank"].astype("Float64") + (frame["sharing"] - 1) / 2)
    return frame.sort_values("middle", kind="stable", ignore_index=True)


def distinct_orders(document: str, which: str = "equal") -> list[pd.DataFrame]:
    """The rankings of a document in its readings, each distinct order of places once, the baseline's first."""
    found: dict[tuple[object, ...], pd.DataFrame] = {}
    for reading in admitted(document, which):
        order = ranking(document, reading)
        found.setdefault(tuple(sorted(order["rank"].dropna().items())), order)
    return list(found.values())


def distinct_moves(before: str, after: str, actor: str, which: str = "equal") -> pd.DataFrame:
    """How an actor moves between two documents, by every two of its `distinct_places`.

    Returns a frame with ``before`` and ``after`` (rows of `distinct_places`) and ``gain``: the places gained, a shared
    place taken at its middle; missing where either has none. Raises `ChoiceError` where both are the same document.

    >>> hierarchy.distinct_moves("kaz-2014", "kaz-2020", "CA4")
       before  after  gain
    0       0      0  -3.0
    1       1      0  -1.5
    2       2      0  -1.0
    """
    if before == after:
        raise ChoiceError(f"{before!r} is given twice; allowed: two different documents")
    one, other = (distinct_places(document, actor, which)["middle"] for document in (before, after))
    grid = pd.DataFrame(itertools.product(one.index, other.index), columns=["before", "after"])
    return grid.assign(gain=one[grid["before"]].array - other[grid["after"]].array)


def precedence(documents: Sequence[str], actor: str, which: str = "equal", others: Sequence[str] = ()) -> pd.DataFrame:
    """Whether an actor comes ahead of each other partner: in how many distinct readings of every document.

    Parameters
    ----------
    others : list of str, optional
        The partners to compare with; by default those that every document places.

    Returns
    -------
    pandas.DataFrame
        One row a document and partner, with the number of distinct readings in which the actor comes ``ahead``,
        ``level`` (they share a place) or ``behind``, and in which that is ``unknown`` (one of them has no place).

    Examples
    --------
    >>> hierarchy.precedence(["kaz-2014", "kaz-2020"], "CA4", others=["CHN"])
      document_id other  ahead  level  behind  unknown
    0    kaz-2014   CHN      1      1       1        0
    1    kaz-2020   CHN      0      0       1        0
    """
    lines = []
    for document in documents:
        orders = [ranking(document, reading) for reading in admitted(document, which)]
        for other in others or _placed_in_all(documents, actor):
            kinds = {
                (place(order, actor).rank, place(order, actor).sharing, _relation(order, actor, other))
                for order in orders
            }
            found = [relation for *_, relation in kinds]
            lines.append((document, other, *map(found.count, RELATIONS)))
    return pd.DataFrame(lines, columns=["document_id", "other", *RELATIONS])


def _placed_in_all(documents: Sequence[str], actor: str) -> list[str]:
    orders = [ranking(document)["rank"].dropna() for document in documents]
    return [other for other in orders[0].index if other != actor and all(other in order.index for order in orders)]


def _relation(order: pd.DataFrame, actor: str, other: str) -> str:
    one, two = place(order, actor).rank, place(order, other).rank
    if one is None or two is None:
        return "unknown"
    return "level" if one == two else "ahead" if one < two else "behind"


def settling_texts(documents: Sequence[str] = (), claims: Sequence[str] = ()) -> pd.DataFrame:
    """The texts that would settle the order of these documents, or these claims: rows of ``missing_texts.csv``.

    >>> hierarchy.settling_texts(["kaz-2020"])["passage"].iloc[0]
    'chapter on country and regional priorities, and its passage on Central Asia'
    """
    rows, wanted = load("missing_texts"), {*documents, *claims}
    named = rows["documents"].fillna("") + SEPARATOR + rows["claims"].fillna("")
    return rows[named.map(lambda cell: not wanted.isdisjoint(cell.split(SEPARATOR)))]


def all_unread(documents: Sequence[str]) -> bool:
    """Whether none of the documents was read in full: each is one of the `settling_texts`.

    >>> hierarchy.all_unread(["kaz-2014", "kaz-2020"])
    True
    """
    cells = settling_texts(documents)["documents"]
    return {key for cell in cells for key in cell.split(SEPARATOR)} >= set(documents)
