"""What a rule finds: checks, each with the words, the confidence and the sources of the rows behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia.hierarchy import ARTICLE, BASELINE
from centralasia.names import document_row
from datacontract.errors import DataError
from datacontract.sources import SEPARATOR, source_keys

__all__: list[str] = []  # for the other modules of the room

ALONE = f"{ARTICLE}, the article alone"
WEAKEST = "low"


@dataclass(frozen=True)
class Check:
    """One thing looked up: what was found, in words; whether it bears the claim out (None: not settled); the ground.

    ``baseline`` is true where it takes no reading, or none but the baseline; ``decisive`` is false for what is told
    beside and not counted.
    """

    words: str
    holds: bool | None
    confidence: str | None = None
    source: str = ""
    baseline: bool = True
    measure: str = ""
    decisive: bool = True


Checks = Iterator[Check]


def only_article(source: str) -> bool:
    """Whether a cell of sources names the article and nothing else: it cannot bear itself out."""
    return set(source.split(SEPARATOR)) == {ARTICLE}


def of_row(words: str, holds: bool | None, row: Mapping[str, Any], source: str = "") -> Check:
    """A check on one row; `source` where only some of its sources speak to the point."""
    cell = source or row["source"]
    return Check(words, holds, row["confidence"], "" if pd.isna(cell) else cell)


def of_rows(words: str, holds: bool | None, rows: pd.DataFrame, source: str = "", codings: Sequence[str] = ()) -> Check:
    """A check on several rows: as firm as the weakest of them, but for the rows that blank says nothing of."""
    known = rows["confidence"].dropna()
    firmness = known.min() if len(known) else None
    ground = source or SEPARATOR.join(source_keys(rows["source"]))
    return Check(words, holds, firmness, ground, set(codings) <= {BASELINE})


def date_of(document: str) -> str:
    """The date of a document. Raises `DataError` where it has none, since nothing comes after an unknown day."""
    if not (date := document_row(document)["date"]):
        raise DataError(f"documents.csv: document {document!r} has no date; allowed under since: a dated document")
    return date
