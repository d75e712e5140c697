"""CSV files as publishers give them: with lines above and below the table, and numbers in several spellings."""

import csv
import io
import math
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from datacontract.errors import DataError

__all__ = ["PublishedRow", "published_number", "published_rows", "refused"]

_SEARCHED = 30  # lines in which the header is looked for
_UNKNOWN = {"", "..", "...", "…", "-", "–", "na", "n/a", "n.a.", "nan", "null"}
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII)


class PublishedRow(NamedTuple):
    """A row of a publisher's file: its line, the header being on one before it, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def published_rows(path: Path, *layouts: Collection[str]) -> Iterator[PublishedRow]:
    """The rows of a publisher's CSV file, in UTF-8 with or without a byte order mark, UTF-16 or Western European.

    Parameters
    ----------
    path : path
        The file; its cells are separated by commas, semicolons or tabs.
    *layouts : collection of str
        The columns of each layout that is read. The first line that has all of one is the header; what stands above it
        is passed over.

    Yields
    ------
    PublishedRow
        All columns of the file, by their headings in lower case, and cells without blanks around them. Passed over are
        empty lines, and lines that end before the last column of the layout: the notes below a table.

    Raises
    ------
    DataError
        No such header, or a row with more cells than it; a file that cannot be read, or is no CSV.
    """
    lines = _lines(path)
    for delimiter in ",\t;":
        table = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
        for number, cells in enumerate(table[:_SEARCHED], 1):
            header = [cell.strip().lower() for cell in cells]
            layout = next((columns for columns in layouts if set(columns) <= set(header)), None)
            if layout is not None:
                yield from _below(path, table, number, header, layout)
                return
    allowed = " or ".join(", ".join(sorted(columns)) for columns in layouts)
    raise DataError(f"{path.name}: no line has the columns of a known layout; allowed: {allowed}")


def published_number(cell: str) -> float | None:
    """A number, or None where the cell says that there is none, as ``..`` does.

    Thousands may be set apart by commas, blanks or apostrophes; a decimal comma is one that cannot set apart thousands.
    Raises `ValueError` where it is neither.
    """
    if cell.strip().lower() in _UNKNOWN:
        return None
    text = re.sub(r"[\s\u00a0\u202f']", "", cell).replace("\N{MINUS SIGN}", "-").lower()
    text = text.replace(",", "" if _GROUPED.fullmatch(text) else ".")
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(f"{cell!r} is no number")
    return float(text)


def refused(path: Path, line: int, column: str, value: str, allowed: str) -> DataError:
    """What is wrong with a cell of a publisher's file, in one line."""
    return DataError(f"{path.name}: row {line}, column {column}: {value[:60]!r} is not allowed; allowed: {allowed}")


def _lines(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror})") from None
    if raw.startswith(b"PK"):
        raise DataError(f"{path.name}: a ZIP archive or a workbook; allowed: the CSV file in it, or saved from it")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _below(
    path: Path, table: list[list[str]], number: int, header: list[str], layout: Collection[str]
) -> Iterator[PublishedRow]:
    last = max(map(header.index, layout))
    for line, cells in enumerate(table[number:], number + 1):
        if any(cells[len(header) :]):
            raise DataError(f"{path.name}: row {line} has {len(cells)} cells; allowed: {len(header)}, as in the header")
        if any(cells) and len(cells) > last:
            yield PublishedRow(line, dict(zip(header, map(str.strip, cells), strict=False)))
