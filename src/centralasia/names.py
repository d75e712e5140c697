"""What actors, regions, levels and documents are called, in the reader's language, and the colour of each actor."""

from collections.abc import Iterable

import pandas as pd

from datacontract import contract, labels
from datacontract.contract import Row, cached_by_tables
from datacontract.errors import DataError, suggest
from datacontract.language import _

__all__ = [
    "NONE_FOUND", "colour", "document_name", "document_row", "in_document", "level_name", "quoted", "region_name",
    "short_name", "short_names", "theme_name",
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
    """A region by its full name, in a language that lacks it by its `short_name`; the code where it has none."""
    short = labels.translate_name("actor", region, _actor(region).get("name") or region)
    return labels.translate_name("actor_name", region, short)


def level_name(level: object) -> str:
    """A level of ties in words: ``deepened strategic``; ``none found`` where it is missing."""
    if pd.isna(level) or level == NONE_FOUND:
        return labels.translate_name("level", "none", NONE_FOUND)
    return labels.translate_name("level", level, str(level).replace("_", " "))


def theme_name(theme: str) -> str:
    """A theme of the coding frame by its title; the code itself if it is not in the table."""
    return labels.translate_name("domain", theme, _themes().get(theme, theme))


def document_row(document: str) -> Row:
    """The row of ``documents.csv`` as text, "" where a cell is blank. Raises `DataError` where the code is unknown."""
    known = _documents()
    if document not in known:
        raise DataError(f"no document {document!r} in documents.csv; {suggest(document, known)}")
    return known[document]


def quoted(text: str) -> str:
    """A name or a claim in the quotation marks of the language."""
    return _("“{text}”", text=text)


def document_name(document: str, in_sentence: bool = False) -> str:
    """A document in a few words: ``Kazakhstan 2014–2020``, or in a sentence ``the concept of 2014–2020``."""
    row = document_row(document)
    if in_sentence:
        return _named(row)
    state, term, year = short_name(row["state"]), _term(row), row["date"][:4] or _("undated")
    if row["kind"] == "concept_draft":
        return _("{state} draft, {year}", state=state, year=year)
    if term:
        return _("{state} {term}", state=state, term=term)
    if row["layer"] == "doctrine":
        return _("{state} {year}", state=state, year=year)
    layer = labels.translate_name("layer", row["layer"], row["layer"])
    return _("{state} {layer}, {year}", state=state, layer=layer, year=year)


def in_document(document: str) -> str:
    """Where something stands: ``in the concept of 2014–2020``; a language with cases has the document in its own."""
    row = document_row(document)
    term, year, kind = _term(row), row["date"][:4], row["kind"]
    if term:
        if kind == "concept":
            return _("in the concept of {term}", term=term)
        return _("in the document of {term}", term=term)
    if not year:
        title = row["title"]
        return _("in the undated document “{title}”", title=_(title))
    if kind == "concept":
        return _("in the concept of {year}", year=year)
    if kind == "concept_draft":
        return _("in the draft of {year}", year=year)
    if kind == "leader_statement":
        return _("in the statement of {year}", year=year)
    return _("in the document of {year}", year=year)


def _named(row: Row) -> str:
    """A document as a noun of a sentence."""
    term, year, kind = _term(row), row["date"][:4], row["kind"]
    if term:
        if kind == "concept":
            return _("the concept of {term}", term=term)
        return _("the document of {term}", term=term)
    if not year:
        title = row["title"]
        return _("the undated document “{title}”", title=_(title))
    if kind == "concept":
        return _("the concept of {year}", year=year)
    if kind == "concept_draft":
        return _("the draft of {year}", year=year)
    if kind == "leader_statement":
        return _("the statement of {year}", year=year)
    return _("the document of {year}", year=year)


def _term(row: Row) -> str:
    """The years of a fixed term, ``2014–2020``; "" where it has none, or is a draft."""
    fixed = row["term_start"] and row["term_end"] and row["kind"] != "concept_draft"
    return f"{row['term_start']}–{row['term_end']}" if fixed else ""


def colour(actor: object) -> str:
    """The one colour of an actor in every figure, as sRGB hexadecimal; neutral grey if it has none."""
    return _actor(actor).get("colour") or OTHER


def _actor(actor: object) -> Row:
    return _actors().get(str(actor), {})


@cached_by_tables("actors", maxsize=8)
def _actors() -> dict[str, Row]:
    return {row["actor"]: row for row in contract.rows("actors")}


@cached_by_tables("domains", maxsize=8)
def _themes() -> dict[str, str]:
    return contract.names_of("domains", "domain")


@cached_by_tables("documents", maxsize=8)
def _documents() -> dict[str, Row]:
    return {row["document_id"]: row for row in contract.rows("documents")}
