"""The commitments as tables for reading: every cell is text, names stand instead of codes."""

from collections.abc import Iterable

from centralasia.commitments import events, measures
from centralasia.names import document_row
from centralasia.tables import UntruncatedFrame, display_table
from datacontract import sources
from datacontract.sources import SEPARATOR
from datacontract.words import plain

__all__ = ["evidence_table", "marks_table", "theme_table"]


def evidence_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `evidence` of several texts or states: what each document says, how, of what kind, and who reports it."""
    rows = measures.evidence(texts_or_states, domains, explicitness)
    kinds = {row["source_key"]: plain(row["kind"]) for row in sources.sources()}
    columns = {
        "Theme": rows["domain"].map(measures.domain_titles()),
        "What it says": rows["paraphrase"],
        "How": rows["strength"].astype("object").fillna("").mask(rows["value"] == -1, "refused"),
        "Kind of document": [document_row(document)["layer"] for document in rows["document_id"]],
        "Kind of source": [
            ", ".join(dict.fromkeys(kinds[k] for k in cell.split(SEPARATOR))) for cell in rows["source"]
        ],
        "Confidence": rows["confidence"],
        "Reservation": rows["note"].fillna(""),
    }
    names = rows["document_id"].map(measures.agenda_name).where(~rows["document_id"].duplicated(), "")
    return display_table(columns, index=names, corner="Document")


def marks_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `marks` of several texts or states next to each other: one row a theme (by name), one column each."""
    found, titles = measures.marks(texts_or_states, domains, explicitness), measures.domain_titles()
    return display_table(found, map(measures.agenda_name, found), titles[found.index], corner="Theme")


def theme_table(pair: str, explicitness: str = "any") -> UntruncatedFrame:
    """The `theme_counts`: one row a theme, the most named first."""
    found = events.theme_counts(pair, explicitness)
    columns = {
        "Events coded": found["events"],
        "Named at, at least": found["named"],
        "Common denominator": found["common"].map({True: "yes", False: ""}),
    }
    return display_table(columns, index=found["domain"].map(measures.domain_titles()), corner="Theme")
