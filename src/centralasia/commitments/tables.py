"""The commitments as tables for reading: every cell is text, names stand instead of codes."""

from collections.abc import Iterable

import pandas as pd

from centralasia.commitments import documents, events, measures
from centralasia.commitments.words import mark_words
from centralasia.names import document_row
from centralasia.tables import UntruncatedFrame, display_table, translated
from datacontract import sources
from datacontract.labels import translate_name
from datacontract.language import _, pgettext
from datacontract.sources import SEPARATOR
from datacontract.words import plain

__all__ = ["evidence_table", "marks_table", "theme_table"]


def evidence_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `evidence` of several texts or states: what each document says, how, of what kind, and who reports it.

    >>> commitments.evidence_table(["kaz-2020-draft"], "common")[["Theme", "How", "Confidence"]]
    Document                                        Theme     How Confidence
    Kazakhstan draft, 2019          Transport and transit  direct     medium
                            Digitalisation and innovation  direct     medium
                                          Water resources  direct     medium
                                  Environment and climate  direct     medium
    """
    rows = measures.evidence(texts_or_states, domains, explicitness)
    kinds = {row["source_key"]: _(plain(row["kind"])) for row in sources.sources()}
    how = pd.Series(translated(rows["strength"]), rows.index)
    columns = {
        _("Theme"): rows["domain"].map(measures.domain_titles()),
        _("What it says"): translated(rows["paraphrase"]),
        pgettext("a theme is named", "How"): how.mask(rows["value"] == -1, str(mark_words()["refused"])),
        _("Kind of document"): [  # a draft is no doctrine, whatever layer it is of
            _("draft") if row["kind"] == "concept_draft" else translate_name("layer", row["layer"], row["layer"])
            for row in map(document_row, rows["document_id"])
        ],
        _("Kind of source"): [
            ", ".join(dict.fromkeys(kinds[k] for k in cell.split(SEPARATOR))) for cell in rows["source"]
        ],
        _("Confidence"): translated(rows["confidence"]),
        _("Reservation"): translated(rows["note"]),
    }
    names = rows["document_id"].map(documents.agenda_name).where(~rows["document_id"].duplicated(), "")
    return display_table(columns, index=names, corner=_("Document"))


def marks_table(texts_or_states: Iterable[str], domains: str = "all", explicitness: str = "any") -> UntruncatedFrame:
    """The `marks` of several texts or states next to each other: one row a theme (by name), one column each.

    >>> commitments.marks_table(["kaz-2020-draft", "TKM"], "common")
    Theme                         Kazakhstan draft, 2019 Turkmenistan doctrine (3 texts)
    Transport and transit                          named                         unknown
    Digitalisation and innovation                  named                         unknown
    Water resources                                named                         unknown
    Environment and climate                        named                         unknown
    """
    found, titles = measures.marks(texts_or_states, domains, explicitness), measures.domain_titles()
    names = list(map(documents.agenda_name, found))
    return display_table(found.replace(mark_words()), names, titles[found.index], corner=_("Theme"))


def theme_table(pair: str, explicitness: str = "any") -> UntruncatedFrame:
    """The `theme_counts`: one row a theme, the most named first.

    >>> commitments.theme_table("KAZ-TKM").index[0]
    'Transport and transit'
    """
    found = events.theme_counts(pair, explicitness)
    columns = {
        _("Events coded"): found["events"],
        _("Named at, at least"): found["named"],
        _("Common denominator"): found["common"].map({True: _("yes"), False: ""}),
    }
    return display_table(columns, index=found["domain"].map(measures.domain_titles()), corner=_("Theme"))
