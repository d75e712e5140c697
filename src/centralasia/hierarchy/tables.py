"""The order of partners as tables for reading: names instead of codes, text instead of numbers."""

import itertools
from collections.abc import Sequence

import pandas as pd

from centralasia.hierarchy import alternatives, draws, measures
from centralasia.hierarchy.words import kinds_of, place_words
from centralasia.names import document_name, document_row, region_name, short_name
from centralasia.tables import UntruncatedFrame, display_table, load
from datacontract.words import format_number, join_list, plain

__all__ = [
    "agreement_table", "document_table", "draws_table", "other_orders_table", "precedence_table", "reading_table",
    "settling_table",
]  # fmt: skip

_READ = {"none": "nothing", "report": "reports of it", "opening": "its opening"}
_BASIS = {"stated": "a source states it", "mention": "order of mention", "circle": "circles", "inferred": "worked out"}


def document_table(documents: Sequence[str]) -> UntruncatedFrame:
    """What the documents are, one row each: title, date, term, status, and what was read of the text itself."""
    lines = []
    for row in map(document_row, documents):
        years = f"{row['term_start'] or '?'}–{row['term_end'] or '?'}"
        term = {"fixed": years, "open": "none, it is reported", "": "unknown"}.get(row["term"], plain(row["term"]))
        missing = alternatives.settling_texts([row["document_id"]])["read"]
        read = _READ[missing.iloc[0]] if len(missing) else "not recorded"
        lines.append([row["title"], row["date"] or "unknown", term, plain(row["status"]), read])
    headings = ["Title", "Date", "Term", "Status", "Read of the text itself"]
    return display_table(lines, headings, map(document_name, documents), "Document")


def precedence_table(documents: Sequence[str], focus: str, which: str = "equal") -> UntruncatedFrame:
    """Whether the focus comes ahead of each partner: one row a partner, one column a document.

    Where the readings differ the cell says how many say what: ``ahead 1, level 1, behind 1``.
    """
    found = alternatives.precedence(documents, focus, which)
    cells = []
    for row in found.itertuples():
        counts = {word: getattr(row, word) for word in alternatives.RELATIONS if getattr(row, word)}
        cells.append(next(iter(counts)) if len(counts) == 1 else ", ".join(f"{word} {n}" for word, n in counts.items()))
    wide = found.assign(cell=cells).pivot(index="other", columns="document_id", values="cell")
    wide = wide.reindex(index=found["other"].unique(), columns=list(documents))
    return display_table(
        wide,
        map(document_name, documents),
        map(region_name, wide.index),
        f"{short_name(focus)} against",
        "no partner placed in all",
    )


def reading_table(documents: Sequence[str], focus: str, which: str = "equal") -> UntruncatedFrame:
    """The place of the focus in each distinct reading of each document, and on what it rests."""
    lines, names = [], []
    for document in documents:
        for row in alternatives.distinct_places(document, focus, which).itertuples():
            place = (
                place_words(row.rank, row.sharing)
                if row.status == "placed"
                else row.status.replace("unplaced", "no place")
            )
            known = _BASIS.get(row.basis, "") if row.basis == row.basis else ""
            rests = kinds_of(row.source) if isinstance(row.source, str) else ""
            lines.append([row.name or "the only one", place, known, rests, row.confidence or ""])
            names.append(document_name(document))
    headings = ["Reading", "Place", "How the order is known", "Known from", "Confidence"]
    return display_table(lines, headings, names, "Document")


def draws_table(documents: Sequence[str], focus: str, number: int, seed: int, which: str = "equal") -> UntruncatedFrame:
    """In how many of the draws each place comes out: one row a place, one column a document; below 1 % not shown."""
    found = draws.places_drawn(documents, focus, number, seed, which)
    order = list(dict.fromkeys(found.sort_values("middle", kind="stable")["place"]))
    wide = found.pivot(index="place", columns="document_id", values="share").reindex(
        index=order, columns=list(documents)
    )
    wide = wide[wide.ge(0.01).any(axis=1)]
    cells = wide.map(lambda share: f"{share:.0%}".replace("%", " %") if share >= 0.01 else "")
    return display_table(cells, map(document_name, documents), cells.index, "Place")


def agreement_table(documents: Sequence[str], which: str = "equal") -> UntruncatedFrame:
    """How alike the orders of every two documents are: pairs of partners in the same order, tau-b and its n."""
    lines, names = [], []
    orders = {document: alternatives.distinct_orders(document, which) for document in documents}
    for before, after in itertools.combinations(documents, 2):
        for one, other in itertools.product(orders[before], orders[after]):
            same, pairs = measures.concordant_pairs(one["rank"], other["rank"])
            tau, n = measures.kendall_tau_b(one["rank"], other["rank"])
            value = "cannot be told" if pd.isna(tau) else format_number(tau, ".2f")
            several = [(d, order) for d, order in ((before, one), (after, other)) if len(orders[d]) > 1]
            said = [alternatives.reading_name(d, order["reading"].iloc[0]) for d, order in several]
            lines.append(["; ".join(said) or "the only one", f"{same} of {pairs}", value, n])
            names.append(f"{document_name(before)} and {document_name(after)}")
    headings = ["Reading", "Pairs of partners in the same order", "Kendall's tau-b", "Partners placed in both"]
    return display_table(lines, headings, names, "Documents")


def settling_table(documents: Sequence[str] = (), claims: Sequence[str] = ()) -> UntruncatedFrame:
    """Which texts would settle the order of these documents, or these claims: the passage, and where it is kept."""
    rows = alternatives.settling_texts(documents, claims)
    cells = [[r.passage, r.kept, _READ[r.read]] for r in rows.itertuples()]
    return display_table(
        cells,
        ["Passage to read", "Where it is kept", "Read so far"] if cells else None,
        rows["text"],
        "Text",
        "none is named",
    )


def other_orders_table(documents: Sequence[str]) -> UntruncatedFrame:
    """Every other document with an order of partners, of all states, in one table: the order as far as it was read."""
    lines, names = [], []
    asked, rows = set(documents), load("priorities")
    ordered = set(rows.loc[rows["rank"].notna(), "document_id"])
    for document in load("documents")["document_id"]:
        if document not in ordered - asked:
            continue
        for kind in rows.loc[rows["document_id"] == document, "list"].unique():
            order = measures.ranking(document, alternatives.admitted(document)[0], kind)
            if order["rank"].notna().any():
                row = document_row(document)
                lines.append([row["title"], row["date"][:4] or "undated", plain(kind), _order_words(order)])
                names.append(short_name(row["state"]))
    return display_table(lines, ["Document", "Year", "List of", "Order as far as read"], names, "State", "none")


def _order_words(order: pd.DataFrame) -> str:
    """An order in one line: ``1 Russia, 2 China and EU; without a place: Japan``."""
    placed = order.dropna(subset="rank")
    parts = [f"{rank} {join_list(map(short_name, group.index))}" for rank, group in placed.groupby("rank")]
    unplaced = list(map(short_name, order.index[order["rank"].isna()]))
    return ", ".join(parts) + (f"; without a place: {join_list(unplaced)}" if unplaced else "")
