"""Whose agenda is asked for: a text, by its ``document_id``, or a state, which stands for its doctrine."""

from collections.abc import Mapping, Sequence

import pandas as pd

from centralasia.names import document_name, document_row, short_name
from centralasia.tables import load
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import check_choice
from datacontract.labels import translate_name
from datacontract.language import ngettext

__all__ = ["agenda_name", "coded_documents", "documents_of", "pair_of", "state_of", "states"]


def coded_documents(*texts_or_states: str) -> pd.DataFrame:
    """The documents of ``commitments.csv`` as rows of ``documents.csv``: all, or those of the states that are meant.

    >>> commitments.coded_documents("TKM")[["document_id", "layer"]].head(3)
         document_id      layer
    0       tkm-2013   doctrine
    1       tkm-2017   doctrine
    2  tkm-2021-unga  statement
    """
    rows, states = load("documents"), list(dict.fromkeys(map(state_of, texts_or_states)))
    rows = rows[rows["document_id"].isin(distinct("commitments.document_id"))]
    return rows.set_index("state", drop=False).loc[states].reset_index(drop=True) if states else rows


def documents_of(text_or_state: str) -> list[str]:
    """The documents that are asked for: one text, or the coded doctrine of a state.

    A state's doctrine is every coded document of that layer, in force or not, except drafts: what a draft says is not
    thereby what the state adopted. A draft, a plan, a statement or a reading has to be asked for by its id. Raises
    `ChoiceError` for what is neither a coded document nor a state that has coded doctrine.

    >>> commitments.documents_of("TKM")
    ['tkm-2013', 'tkm-2017', 'tkm-2022']
    >>> commitments.documents_of("kaz-2020-draft")
    ['kaz-2020-draft']
    """
    documents, doctrine = distinct("commitments.document_id"), _doctrine()
    check_choice("a text or state", text_or_state, [*doctrine, *documents])
    return [text_or_state] if text_or_state in documents else list(doctrine[text_or_state])


@cached_by_tables("commitments", "documents")
def _doctrine() -> Mapping[str, Sequence[str]]:
    """The documents that are doctrine, by state."""
    rows = coded_documents().query("layer == 'doctrine' and kind != 'concept_draft'")
    return {str(state): tuple(documents) for state, documents in rows.groupby("state", sort=False)["document_id"]}


def states() -> list[str]:
    """The states that have coded doctrine, in the order of ``documents.csv``.

    >>> commitments.states()[:3]
    ['KAZ', 'UZB', 'TKM']
    """
    return list(_doctrine())


def state_of(text_or_state: str) -> str:
    """The state whose agenda it is.

    >>> commitments.state_of("kaz-2020-draft")
    'KAZ'
    """
    return document_row(documents_of(text_or_state)[0])["state"]


def pair_of(first: str, second: str) -> str:
    """The pair of the states of two texts or states, as ``KAZ-TKM``; the one state where both are of the same.

    >>> commitments.pair_of("TKM", "kaz-2020")
    'KAZ-TKM'
    """
    return "-".join(sorted({state_of(asked) for asked in (first, second)}))


def agenda_name(text_or_state: str) -> str:
    """A text or state in a few words: ``Turkmenistan doctrine (2 pooled)``, or the name of the text with its layer.

    >>> commitments.agenda_name("TKM")
    Turkmenistan doctrine (... texts)
    >>> commitments.agenda_name("tkm-2021-unga")
    Turkmenistan statement, 2021
    """
    documents = documents_of(text_or_state)
    if documents != [text_or_state]:
        name = short_name(text_or_state)
        return ngettext("{name} doctrine ({n} text)", "{name} doctrine ({n} texts)", len(documents), name=name)
    heading, layer = document_name(text_or_state), document_row(text_or_state)["layer"]
    name = translate_name("layer", layer, layer)
    return heading if layer == "doctrine" or name in heading else f"{heading}, {name}"
