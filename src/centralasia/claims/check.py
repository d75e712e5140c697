"""What one look into the tables gives on a claim, and how rows become one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.names import document_row
from datacontract.errors import DataError
from datacontract.sources import SEPARATOR, joined_keys

__all__: list[str] = []  # for the other modules of the room


@dataclass(frozen=True)
class Check:
    """One thing looked up: what was found, in words; whether it bears the claim out (None: not known); the ground.

    ``way`` names the reading, or the way to count, where several are equally good: they are alternatives, of which only
    one can be right. ``cells`` and ``slack`` say how firm the answer is: it turns around where more than ``slack`` of
    so many cells were wrong. ``alone`` says that only the article bears it out, so that nothing is settled. ``drawn``
    gives the answer in a number of seeded draws (1, 0, or missing), where a room has a better model of its errors; it
    then stands for all checks of its measure.
    """

    words: str
    holds: bool | None
    confidence: str | None = None
    source: str = ""
    way: str = ""
    measure: str = ""
    cells: int = 1
    slack: int = 0
    alone: bool = False
    drawn: Callable[[int, int], np.ndarray] | None = field(default=None, compare=False)


Checks = Iterator[Check]


def only_article(source: str) -> bool:
    """Whether a cell of sources names the article and nothing else: it cannot bear itself out."""
    return set(source.split(SEPARATOR)) == {hierarchy.ARTICLE}


def of_row(words: str, holds: bool | None, row: Mapping[str, Any], source: Any = None, way: str = "") -> Check:
    """A check on one row; `source` where only some of its sources speak to the point."""
    cell = row["source"] if source is None else source
    return Check(words, holds, row["confidence"], "" if pd.isna(cell) else str(cell), way)


def of_rows(words: str, holds: bool | None, rows: pd.DataFrame, way: str = "") -> Check:
    """A check on several rows: as firm as the weakest of them, but for the rows that blank says nothing of."""
    known = rows["confidence"].dropna()
    firmness = known.min() if len(known) else None
    return Check(words, holds, firmness, joined_keys(rows["source"]), way)


def date_of(document: str) -> str:
    """The date of a document. Raises `DataError` where it has none, since nothing comes after an unknown day."""
    if not (date := document_row(document)["date"]):
        raise DataError(f"documents.csv: document {document!r} has no date; allowed under since: a dated document")
    return date
