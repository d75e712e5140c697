"""What actors, regions, levels and documents are called, in the reader's language, and the colour of each actor."""

from collections.abc import Iterable

import pandas as pd

from datacontract import contract, labels
from datacontract.contract import Row, cached_by_tables
from datacontract.errors import DataError, suggest

__all__ = [
    "NONE_FOUND", "colour", "document_name", "document_row", "level_name", "region_name", "short_name", "short_names",
]  # fmt: skip

OTHER = "#767676"  # actors without a colour of their own
NONE_FOUND = "none found"


def short_name(actor: object) -> str:
    """The name of an actor in figures and sentences; the code itself if it is not in the table."""
    return labels.translate_name("actor", actor, _actor(actor).get("short_name") or str(actor))


def short_names(actors: Iterable[object]) -> list[str]:
    """The `short_name` of each of several actors."""
    return [short_name(actor) for actor in actors]


def region_name(region: str) -> str:
    """A region by its full name; the code where it has none."""
    return labels.translate_name("actor_name", region, _actor(region).get("name") or region)


def level_name(level: object) -> str:
    """A level of ties in words: ``deepened strategic``; ``none found`` where it is missing."""
    if pd.isna(level) or level == NONE_FOUND:
        return labels.translate_name("level", "none", NONE_FOUND)
    return labels.translate_name("level", level, str(level).replace("_", " "))


def document_row(document: str) -> Row:
    """The row of ``documents.csv`` as text, "" where a cell is blank. Raises `DataError` where the code is unknown."""
    known = _documents()
    if document not in known:
        raise DataError(f"no document {document!r} in documents.csv; {suggest(document, known)}")
    return known[document]


def document_name(document: str, in_sentence: bool = False) -> str:
    """A document in a few words: ``Kazakhstan 2014–2020``, or in a sentence ``the concept of 2014–2020``."""
    row = document_row(document)
    year, draft = row["date"][:4], row["kind"] == "concept_draft"
    term = f"{row['term_start']}–{row['term_end']}" if row["term_start"] and row["term_end"] and not draft else ""
    if in_sentence:
        kind = {"concept": "concept", "concept_draft": "draft", "leader_statement": "statement"}.get(row["kind"])
        form = f"{'concept' if kind == 'concept' else 'document'}_term" if term else kind or "document"
        form = form if term or year else "undated"
        return labels.translate(f"document.{form}", when=term or year, year=year, document=document)
    form = "draft" if draft else "term" if term else "year" if row["layer"] == "doctrine" else "layer"
    layer = labels.translate_name("layer", row["layer"], row["layer"])
    said = {"year": year or labels.translate_figure("document.undated"), "layer": layer}
    said |= {"start": row["term_start"], "end": row["term_end"], "state": short_name(row["state"])}
    return str(labels.translate_figure(f"document.{form}", **said))


def colour(actor: object) -> str:
    """The one colour of an actor in every figure, as sRGB hexadecimal; neutral grey if it has none."""
    return _actor(actor).get("colour") or OTHER


def _actor(actor: object) -> Row:
    return _actors().get(str(actor), {})


@cached_by_tables("actors", maxsize=8)
def _actors() -> dict[str, Row]:
    return {row["actor"]: row for row in contract.rows("actors")}


@cached_by_tables("documents", maxsize=8)
def _documents() -> dict[str, Row]:
    return {row["document_id"]: row for row in contract.rows("documents")}
