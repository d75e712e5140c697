"""What the rules for claims are made of: checks, the register of rules, and how rows become checks.

A rule takes the test of a claim, a dictionary of what it has to know, and returns checks. It knows no document,
state or year of its own: those are in the test.
"""

from dataclasses import dataclass

import pandas as pd

from centralasia.tables import load
from datacontract.errors import DataError
from datacontract.sources import SEPARATOR

__all__ = ["Check", "Rule", "date_of", "document", "of_row", "of_rows", "only_article", "rule"]

ARTICLE = "ART19"  # the source whose claims these are: it cannot bear itself out
ALONE = f"{ARTICLE}, the article alone"
WEAKEST = "low"


@dataclass(frozen=True)
class Check:
    """One thing looked up: what was found, in words; whether it bears the claim out (None: not settled); the ground."""

    words: str
    holds: bool | None
    confidence: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """The function of a measure, and the keys that its test must (one of several joined by /) and may have.

    ``noun`` is what the checks differ by where they are one thing looked up in several ways.
    """

    judge: object
    required: tuple
    optional: tuple
    noun: str


RULES = {}


def rule(measure, required, optional="", noun=""):
    """Registers the rule of a measure."""

    def register(function):
        RULES[measure] = Rule(function, tuple(required.split()), tuple(optional.split()), noun)
        return function

    return register


def document(document):
    return load("documents").set_index("document_id").loc[document]


def only_article(source):
    return set(source.split(SEPARATOR)) == {ARTICLE}


def of_row(words, holds, row, source=None):
    """A check on one row; `source` where only some of its sources speak to the point."""
    cell = row["source"] if source is None else source
    return Check(words, None if holds is None else bool(holds), row["confidence"], "" if pd.isna(cell) else cell)


def of_rows(words, holds, rows, source=None):
    """A check on several rows: as firm as the weakest of them, but for the rows that blank says nothing of."""
    known = rows["confidence"].dropna()
    keys = sorted({key for cell in rows["source"].dropna() for key in cell.split(SEPARATOR)})
    firmness = known.min() if len(known) else None
    return Check(words, None if holds is None else bool(holds), firmness, source or SEPARATOR.join(keys))


def date_of(document_id):
    """The date of a document. Raises `DataError` where it has none, since nothing comes after an unknown day."""
    date = document(document_id)["date"]
    if pd.isna(date):
        raise DataError(f"documents.csv: document {document_id!r} has no date; allowed under since: a dated document")
    return date
