"""The order of partners as tables for reading: names instead of codes, text instead of numbers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.hierarchy.measures import BASELINE, rankings, similarities, steps
from centralasia.names import document_name, document_row, region_name
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import format_number, plain

__all__ = ["document_table", "label_table", "rank_change_table", "rank_table", "similarity_table"]


def document_table(documents: Sequence[str]) -> UntruncatedFrame:
    """What the documents are, one row each, as text for reading: title, date, term, status, confidence."""
    rows = []
    for row in map(document_row, documents):
        years = f"{row['term_start'] or '?'}–{row['term_end'] or '?'}"
        term = {"fixed": years, "open": "reported open", "": "unknown"}.get(row["term"], plain(row["term"]))
        rows.append([row["title"], row["date"] or "unknown", term, plain(row["status"]), row["confidence"]])
    return display_table(rows, ["Title", "Date", "Term", "Status", "Confidence"], documents, "Document")


def rank_table(documents: Sequence[str], reading: str = BASELINE) -> UntruncatedFrame:
    """The places of all partners in several documents side by side, as text for reading.

    One row a partner (by name), one column a document: the place, ``named`` where it has none, or nothing where it is
    not named in the part read.
    """
    ranks = [order["rank"].astype("object").fillna("named").map(str) for order in rankings(documents, reading).values()]
    return _by_partner(ranks, map(document_name, documents))


def rank_change_table(documents: Sequence[str], reading: str = BASELINE) -> UntruncatedFrame:
    """What moved from each document to the next, as text: one row a partner, one column a step."""
    columns, headings = [], []
    for before, after, moved in steps(documents, reading):
        columns.append(moved["change"] + [f" {abs(n)}" if n else "" for n in moved["shift"].fillna(0)])
        headings.append(f"{document_name(before)} to {document_name(after)}")
    return _by_partner(columns, headings)


def similarity_table(documents: Sequence[str], reading: str = BASELINE) -> UntruncatedFrame:
    """How alike every two of the documents are, one row a pair: values to two decimals, or that it cannot be told."""
    found = similarities(documents, reading)
    values = found[["rbo", "tau_b"]].map(lambda v: "cannot be told" if pd.isna(v) else format_number(v, ".2f"))
    pairs = [f"{document_name(pair.one)} and {document_name(pair.other)}" for pair in found.itertuples()]
    columns = ["Rank-biased overlap", "Kendall's tau-b", "Partners placed in both"]
    return display_table(values.join(found["shared"]), columns, pairs, "Documents")


def label_table(documents: Sequence[str], reading: str = BASELINE) -> UntruncatedFrame:
    """The relationship labels side by side, on their ordered scale: one row a partner, one column a document."""
    labels = [o["level"].dropna().astype("object").map(plain) for o in rankings(documents, reading).values()]
    return _by_partner(labels, map(document_name, documents), "no label seen for any")


def _by_partner(columns: list[pd.Series], headings: Any, empty: str | None = None) -> UntruncatedFrame:
    """Columns of text by actor side by side, each under its heading; two may have the same."""
    frame = pd.concat(columns, axis=1, sort=False).fillna("")
    return display_table(frame, headings, map(region_name, frame.index), "Partner", empty)
