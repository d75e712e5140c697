"""The order of partners as tables for reading: names instead of codes, text instead of numbers."""

import itertools
from collections.abc import Sequence

import pandas as pd

from centralasia.hierarchy import alternatives, draws, measures
from centralasia.hierarchy.words import kinds_of, place_words, relation_words
from centralasia.names import document_name, document_row, region_name, short_name
from centralasia.tables import UntruncatedFrame, display_table, load, translated
from datacontract.language import _, format_number, join_list, pgettext
from datacontract.phrases import percent
from datacontract.words import plain

__all__ = [
    "agreement_table", "document_table", "draws_table", "other_orders_table", "precedence_table", "reading_table",
    "settling_table",
]  # fmt: skip


def _read_words() -> dict[str, str]:
    """What was read of a text, by the codes of ``missing_texts.csv``."""
    return {"none": _("nothing"), "report": _("reports of it"), "opening": _("its opening")}


def _basis_words() -> dict[str, str]:
    """How an order is known, by the codes of ``priorities.csv``."""
    return {
        "stated": _("a source states it"),
        "mention": _("order of mention"),
        "circle": _("circles"),
        "inferred": _("worked out"),
    }


def document_table(documents: Sequence[str]) -> UntruncatedFrame:
    """What the documents are, one row each: title, date, term, status, and what was read of the text itself.

    >>> hierarchy.document_table(["kaz-2014", "kaz-2020"])[["Date", "Read of the text itself"]]
    Document                    Date Read of the text itself
    Kazakhstan 2014–2020  2014-01-21                 nothing
    Kazakhstan 2020–2030  2020-03-06             its opening
    """
    lines = []
    for row in map(document_row, documents):
        years = f"{row['term_start'] or '?'}–{row['term_end'] or '?'}"
        terms = {"fixed": years, "open": _("none, it is reported"), "": _("unknown")}
        missing = alternatives.settling_texts([row["document_id"]])["read"]
        read = _read_words()[missing.iloc[0]] if len(missing) else _("not recorded")
        title, status = row["title"], plain(row["status"])
        lines.append([_(title), row["date"] or _("unknown"), terms[row["term"]], _(status), read])
    headings = [_("Title"), _("Date"), pgettext("of a document", "Term"), _("Status"), _("Read of the text itself")]
    return display_table(lines, headings, map(document_name, documents), _("Document"))


def precedence_table(documents: Sequence[str], focus: str, which: str = "equal") -> UntruncatedFrame:
    """Whether the focus comes ahead of each partner: one row a partner, one column a document.

    Where the readings differ the cell says how many say what: ``ahead 1, level 1, behind 1``.

    >>> hierarchy.precedence_table(["kaz-2014", "kaz-2020"], "CA4")
    Central Asia against        Kazakhstan 2014–2020 Kazakhstan 2020–2030
    Russia                         ahead 1, behind 2               behind
    China                 ahead 1, level 1, behind 1               behind
    United States                              ahead               behind
    European Union                             ahead                ahead
    """
    found = alternatives.precedence(documents, focus, which)
    cells, words = [], relation_words()
    for row in found.itertuples():
        counts = {words[code]: getattr(row, code) for code in alternatives.RELATIONS if getattr(row, code)}
        several = [_("{relation} {n}", relation=word, n=n) for word, n in counts.items()]
        cells.append(next(iter(counts)) if len(counts) == 1 else ", ".join(several))
    wide = found.assign(cell=cells).pivot(index="other", columns="document_id", values="cell")
    wide = wide.reindex(index=found["other"].unique(), columns=list(documents))
    return display_table(
        wide,
        map(document_name, documents),
        map(region_name, wide.index),
        _("{name} against", name=short_name(focus)),
        _("no partner placed in all"),
    )


def reading_table(documents: Sequence[str], focus: str, which: str = "equal") -> UntruncatedFrame:
    """The place of the focus in each distinct reading of each document, and on what it rests.

    >>> hierarchy.reading_table(["kaz-2014", "kaz-2020"], "CA4")["Place"]
    Kazakhstan 2014–2020          1st
    Kazakhstan 2014–2020    joint 2nd
    Kazakhstan 2014–2020          3rd
    Kazakhstan 2020–2030          4th
    Name: Place, dtype: str
    """
    lines, names = [], []
    for document in documents:
        for row in alternatives.distinct_places(document, focus, which).itertuples():
            place = _("not named") if row.status == "not named" else place_words(row.rank, row.sharing)
            rests = kinds_of(row.source) if isinstance(row.source, str) else ""
            (confidence,) = translated([row.confidence])
            known = _basis_words().get(row.basis, "")
            lines.append([row.name or _("the only one"), place, known, rests, confidence])
            names.append(document_name(document))
    headings = [
        _("Reading"),
        pgettext("in an order", "Place"),
        _("How the order is known"),
        _("Known from"),
        _("Confidence"),
    ]
    return display_table(lines, headings, names, _("Document"))


def draws_table(documents: Sequence[str], focus: str, number: int, seed: int, which: str = "equal") -> UntruncatedFrame:
    """In how many of the draws each place comes out: one row a place, one column a document; below 1 % not shown.

    >>> hierarchy.draws_table(["kaz-2014", "kaz-2020"], "CA4", 1000, 2020).index.to_list()
    [1st, 2nd, joint 2nd, 3rd, 4th, 5th]
    """
    found = draws.places_drawn(documents, focus, number, seed, which)
    order = list(dict.fromkeys(found.sort_values("middle", kind="stable")["place"]))
    wide = found.pivot(index="place", columns="document_id", values="share").reindex(
        index=order, columns=list(documents)
    )
    wide = wide[wide.ge(0.01).any(axis=1)]
    cells = wide.map(lambda share: percent(share) if share >= 0.01 else "")
    return display_table(cells, map(document_name, documents), cells.index, pgettext("in an order", "Place"))


def agreement_table(documents: Sequence[str], which: str = "equal") -> UntruncatedFrame:
    """How alike the orders of every two documents are: pairs of partners in the same order, tau-b and its n.

    >>> hierarchy.agreement_table(["kaz-2014", "kaz-2020"])[["Kendall's tau-b", "Partners placed in both"]]
    Documents                                     Kendall's tau-b  Partners placed in both
    Kazakhstan 2014–2020 and Kazakhstan 2020–2030            0.40                        5
    Kazakhstan 2014–2020 and Kazakhstan 2020–2030            0.74                        5
    Kazakhstan 2014–2020 and Kazakhstan 2020–2030            0.80                        5
    """
    lines, names = [], []
    orders = {document: alternatives.distinct_orders(document, which) for document in documents}
    for before, after in itertools.combinations(documents, 2):
        for one, other in itertools.product(orders[before], orders[after]):
            same, pairs = measures.concordant_pairs(one["rank"], other["rank"])
            tau, n = measures.kendall_tau_b(one["rank"], other["rank"])
            value = _("not defined") if pd.isna(tau) else format_number(tau, ".2f")
            several = [(d, order) for d, order in ((before, one), (after, other)) if len(orders[d]) > 1]
            said = [alternatives.reading_name(d, order["reading"].iloc[0]) for d, order in several]
            reading = "; ".join(said) or _("the only one")
            lines.append([reading, _("{n} of {total}", n=same, total=pairs), value, n])
            names.append(join_list([document_name(before), document_name(after)]))
    headings = [
        _("Reading"), _("Pairs of partners in the same order"), _("Kendall's tau-b"), _("Partners placed in both")
    ]  # fmt: skip
    return display_table(lines, headings, names, _("Documents"))


def settling_table(documents: Sequence[str] = (), claims: Sequence[str] = ()) -> UntruncatedFrame:
    """Which texts would settle the order of these documents, or these claims: the passage, and where it is kept.

    >>> hierarchy.settling_table(["kaz-2020"])["Read so far"]
    Decree 280 of 6 March 2020, concept of foreign policy for 2020-2030    its opening
    Name: Read so far, dtype: str
    """
    rows = alternatives.settling_texts(documents, claims)
    read = _read_words()
    cells = [[_(r.passage), _(r.kept), read[r.read]] for r in rows.itertuples()]
    headings = [_("Passage to read"), _("Where it is kept"), _("Read so far")] if cells else None
    return display_table(cells, headings, map(_, rows["text"]), _("Text"), _("none is named"))


def other_orders_table(documents: Sequence[str]) -> UntruncatedFrame:
    """Every other document with an order of partners, of all states, in one table: the order as far as it was read.

    >>> hierarchy.other_orders_table(["kaz-2014", "kaz-2020"])[["Year", "List of"]].head(3)
    State       Year   List of
    Kazakhstan  2005  partners
    Kazakhstan  2008  partners
    Kazakhstan  2013  partners
    """
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
                title, kind_words = row["title"], plain(kind)
                lines.append([_(title), row["date"][:4] or _("undated"), _(kind_words), _order_words(order)])
                names.append(short_name(row["state"]))
    headings = [_("Document"), _("Year"), _("List of"), _("Order as far as read")]
    return display_table(lines, headings, names, _("State"), _("none"))


def _order_words(order: pd.DataFrame) -> str:
    """An order in one line, a place beside its partner: ``1 Russia, 2 China and EU; without a place: Japan``."""
    placed = order.dropna(subset="rank")
    parts = ", ".join(
        f"{rank}\u00a0{join_list(map(short_name, group.index))}" for rank, group in placed.groupby("rank")
    )
    unplaced = list(map(short_name, order.index[order["rank"].isna()]))
    return _("{order}; without a place: {names}", order=parts, names=unplaced) if unplaced else parts
