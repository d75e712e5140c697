"""The commitments as tables for reading: every cell is text, names stand instead of codes."""

from collections.abc import Iterable

import pandas as pd

from centralasia.commitments import measures
from centralasia.commitments.bounds import Bounds
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.sources import SEPARATOR
from datacontract.words import span

__all__ = ["evidence_table", "marks_table", "overlap_table", "theme_table"]


def evidence_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `evidence` of several texts or states: what each document says, how firmly, by which source."""
    rows = measures.evidence(texts_or_states, domains, explicitness)
    columns = {
        "Domain": rows["domain"].map(measures.domain_titles()),
        "What it says": rows["paraphrase"],
        "Named": rows["strength"],
        "Confidence": rows["confidence"],
        "Source": rows["source"].str.replace(SEPARATOR, ", "),
        "Reservation": rows["note"].fillna(""),
    }
    names = rows["document_id"].map(measures.agenda_name).where(~rows["document_id"].duplicated(), "")
    return display_table(columns, index=names, corner="Document")


def marks_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `marks` of several texts or states next to each other: one row a domain (by name), one column each."""
    found, titles = measures.marks(texts_or_states, domains, explicitness), measures.domain_titles()
    return display_table(found, map(measures.agenda_name, found), titles[found.index], corner="Domain")


def overlap_table(first: str, second: str, domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """What `first` shares with each of the `alternatives` of `second`: one row an alternative."""
    others = measures.alternatives(second, explicitness, exclude=first)
    rows = [
        {
            "Domains": shared.domains,
            "Named, at least": shared.named[1],
            "Shared": _between(shared.count, ".0f"),
            "Jaccard index": _between(shared.jaccard),
            "Beyond chance": _between(shared.loevinger_h),
            "Known on both sides": shared.known,
            "Jaccard index on these": "cannot be told" if pd.isna(point := shared.jaccard.point) else f"{point:.2f}",
        }
        for shared in (measures.compare(first, other, domains, explicitness) for other in others)
    ]
    return display_table(rows, index=map(measures.agenda_name, others), corner=f"{measures.agenda_name(first)} and")


def theme_table(pair: str, explicitness: str = "any") -> UntruncatedFrame:
    """The `theme_counts`: one row a theme, the most named first."""
    found = measures.theme_counts(pair, explicitness)
    columns = {
        "Events coded": found["events"],
        "Named at, at least": found["named"],
        "At most": found["most"],
        "Common denominator": found["common"].map({True: "yes", False: ""}),
    }
    return display_table(columns, index=found["domain"].map(measures.domain_titles()), corner="Theme")


def _between(bounds: Bounds, form: str = ".2f") -> str:
    return "undefined" if pd.isna(bounds.lower) else span(bounds.lower, bounds.upper, form)
