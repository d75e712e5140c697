"""The order of partners in a document: places, shifts between documents, likeness of two orders."""

import itertools
from dataclasses import dataclass

import pandas as pd

from centralasia.names import short_name
from centralasia.tables import load
from datacontract import labels
from datacontract.errors import DataError, suggest

__all__ = [
    "Place",
    "heading",
    "kendall_tau_b",
    "levels",
    "likeness",
    "over_readings",
    "place",
    "rank_biased_overlap",
    "ranking",
    "readings",
    "rises",
    "shifts",
]

BASELINE = "baseline"


def ranking(document, reading=BASELINE, partners=None):
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
        named without a place (``rank`` missing). Places are as coded: 1 is first.

    Raises
    ------
    DataError
        An unknown document or list.
    """
    rows = load("priorities")
    known = rows["document_id"].dropna().unique()
    if document not in set(known):
        raise DataError(f"no order of partners for document {document!r}; {suggest(document, known)}")
    rows = rows[rows["document_id"] == document]
    lists = list(rows["list"].unique())
    chosen = partners or ("partners" if "partners" in lists else lists[0])
    rows = rows[rows["list"] == chosen]
    if rows.empty:
        raise DataError(f"document {document!r} has no list {chosen!r}; {suggest(chosen, lists)}")
    if not (rows["reading"] == reading).any():
        reading = BASELINE
    rows = rows[rows["reading"] == reading]
    return rows.sort_values("rank", na_position="last", kind="stable").set_index("actor")


def heading(document):
    """A document in two or three words: its state and its term, or its year and what it is."""
    row = load("documents").set_index("document_id").loc[document]
    year = labels.translate_figure("document.undated") if pd.isna(row["date"]) else row["date"][:4]
    form, said = "layer", {"year": year, "layer": labels.translate_name("layer", row["layer"], row["layer"])}
    if row["kind"] == "concept_draft":
        form, said = "draft", {"year": year}
    elif pd.notna(row["term_start"]) and pd.notna(row["term_end"]):
        form, said = "term", {"start": row["term_start"], "end": row["term_end"]}
    elif row["layer"] == "doctrine":
        form, said = "year", {"year": year}
    return str(labels.translate_figure(f"document.{form}", state=short_name(row["state"]), **said))


def readings(document):
    """The readings of a document's order, the baseline first."""
    rows = load("priorities")
    found = rows.loc[rows["document_id"] == document, "reading"].unique()
    return sorted(found, key=lambda name: (name != BASELINE, name))


@dataclass(frozen=True)
class Place:
    """Where an actor stands: ``rank`` of ``places`` (``rank`` is None if it has no place), and how it is listed.

    ``how`` is ``placed``, ``unplaced`` (named without a place) or ``not named`` (in the part read).
    """

    rank: int | None
    places: int
    how: str
    confidence: str | None


def place(order, actor):
    """The `Place` of an actor in a `ranking`."""
    places = int(order["rank"].notna().sum())
    if actor not in order.index:
        return Place(None, places, "not named", None)
    row = order.loc[actor]
    if pd.isna(row["rank"]):
        return Place(None, places, "unplaced", row["confidence"])
    return Place(int(row["rank"]), places, "placed", row["confidence"])


def shifts(before, after):
    """What moved between two rankings.

    Returns a frame indexed by actor, in the order of `after` and then of `before`, with ``before`` and
    ``after`` (places, ``Int64``), ``shift`` (places gained, positive is up) and ``change``: up, down,
    same, entered, left (not named in the part read of the other document), or unplaced where
    either document names the actor without a place.
    """
    actors = [*after.index.astype(str), *(a for a in before.index.astype(str) if a not in after.index)]
    places = pd.DataFrame(
        {
            "before": before["rank"].set_axis(before.index.astype(str)).reindex(actors),
            "after": after["rank"].set_axis(after.index.astype(str)).reindex(actors),
        }
    ).astype("Int64")
    places["shift"] = places["before"] - places["after"]
    places["change"] = [_change(a, row, before.index, after.index) for a, row in places.iterrows()]
    return places.rename_axis("actor")


def _change(actor, row, before, after):
    if actor not in before:
        return "entered"
    if actor not in after:
        return "left"
    if pd.isna(row["shift"]):
        return "unplaced"
    return "up" if row["shift"] > 0 else "down" if row["shift"] < 0 else "same"


def rank_biased_overlap(one, other, persistence=0.9):
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
        raise ValueError(f"persistence is {persistence}; allowed: between 0 and 1, exclusive")
    one, other = sorted((_depths(one), _depths(other)), key=len)
    short, long = len(one), len(other)
    if not short:
        return float("nan")
    agreements = []
    for depth in range(1, long + 1):
        upper, lower = (_upto(ranks, depth) for ranks in (one, other))
        overlap, seen = len(upper & lower), len(upper) + len(lower)
        if depth > short:
            overlap += agreements[short - 1] * (depth - short)
            seen = depth + len(lower)
        agreements.append(2 * overlap / seen)
    weights = [(1 - persistence) * persistence**d for d in range(long)]
    return sum(w * a for w, a in zip(weights, agreements, strict=True)) + persistence**long * agreements[-1]


def _depths(ranks):
    """Members by the depth at which they are met: shared places at the first of them."""
    return pd.Series(dict(ranks), dtype="Float64").dropna().rank(method="min").astype(int).to_dict()


def _upto(depths, depth):
    return {member for member, place in depths.items() if place <= depth}


def kendall_tau_b(one, other):
    """Kendall's tau-b over the members placed in both rankings (Kendall 1945), and how many those are.

    Returns ``(tau, n)``: −1 (reversed) to 1 (same order); missing where fewer than two members are
    shared or one ranking ties them all. With so few members it describes, it does not test.
    """
    from scipy.stats import kendalltau

    pair = pd.concat([pd.Series(dict(r), dtype="Float64") for r in (one, other)], axis=1).dropna().astype(float)
    if len(pair) < 2:
        return float("nan"), len(pair)
    return float(kendalltau(pair[0], pair[1], variant="b").statistic), len(pair)


def likeness(before, after, persistence=0.9):
    """Rank-biased overlap and tau-b of two rankings, as a dictionary ``rbo``, ``tau_b``, ``shared``."""
    one, other = before["rank"], after["rank"]
    tau, shared = kendall_tau_b(one, other)
    return {"rbo": rank_biased_overlap(one, other, persistence), "tau_b": tau, "shared": shared}


def over_readings(documents, actor):
    """The place of an actor in every combination of the documents' readings.

    Returns a frame with one row a combination, the all-baseline row first: a column of the reading
    taken for each document, and a column ``place <document>`` (``Int64``, missing where unplaced or not named).
    """
    options = [readings(document) for document in documents]
    rows = []
    for chosen in itertools.product(*options):
        row = dict(zip(documents, chosen, strict=True))
        for document, reading in zip(documents, chosen, strict=True):
            row[f"place {document}"] = place(ranking(document, reading), actor).rank
        rows.append(row)
    return pd.DataFrame(rows).astype({f"place {d}": "Int64" for d in documents})


def rises(before, after, actor):
    """How far an actor moves up from one document to another, over the readings of both and two measures of a place.

    Returns the frame of `centralasia.sensitivity.specifications`, its choices ``measure`` and, by their `heading`, the
    two documents with their readings. ``value`` is the gain, in places or as a share of the list of each document (2nd
    of 10 is higher up than 2nd of 5), above zero where the actor moved up; it cannot be told where the actor has no
    place. Raises `DataError` where both are the same document.
    """
    from centralasia.sensitivity.measures import specifications

    if before == after:
        raise DataError(f"{before!r} is given twice; allowed: two different documents")
    named = {heading(d): d for d in (before, after)}
    if len(named) < 2:  # two documents of one state and year
        named = {d: d for d in (before, after)}

    def gain(measure, **chosen):
        found = [place(ranking(d, chosen[name]), actor) for name, d in named.items()]
        if not all(p.rank for p in found):
            return None
        first, last = (p.rank / (p.places if measure == "share" else 1) for p in found)
        return first - last

    choices = {name: {r.replace("_", " "): r for r in readings(d)} for name, d in named.items()}
    return specifications(gain, measure={"places": "places", "share of the list": "share"}, **choices)


def levels():
    """The ordered scale of relationship labels, weakest first, as a categorical type."""
    return load("priorities")["level"].dtype
