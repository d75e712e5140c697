"""CSV files as publishers give them: with lines above and below the table, and numbers in several spellings."""

import csv
import itertools
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from datacontract.delimited import check_header, refuse_swallowed_rows
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
    """The rows of a publisher's CSV file, in UTF-8 with or without a byte order mark or in UTF-16.

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
        One by one, since some of these files have hundreds of megabytes.
        All columns of the file, by their headings in lower case, and cells without blanks around them. Passed over are
        empty lines, and lines that end before the last column of the layout: the notes below a table.

    Raises
    ------
    DataError
        No such header, one that names a column twice, or a row with more cells than it; quotation marks that do not
        match; a file that cannot be read, or is no CSV.
    """
    try:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
            above = list(itertools.islice(file, _SEARCHED))
            delimiter, header, layout = _header(path, above, layouts)
            reader = csv.reader(itertools.chain(above, file), delimiter=delimiter, strict=True)
            last, rows = max(map(header.index, layout)), enumerate(reader, 1)
            line = next((number for number, cells in rows if _plain(cells) == header), 0)
            if not line:
                raise csv.Error("a quotation mark in the header is not closed")
            check_header(path.name, header, line)
            read = reader.line_num
            for line, cells in rows:
                if reader.line_num > read + 1:
                    refuse_swallowed_rows(path.name, line, header, cells, delimiter)
                read = reader.line_num
                if any(cells[len(header) :]):
                    allowed = f"{len(header)}, as in the header"
                    raise DataError(f"{path.name}: row {line} has {len(cells)} cells; allowed: {allowed}")
                if any(cells) and len(cells) > last:
                    yield PublishedRow(line, dict(zip(header, map(str.strip, cells), strict=False)))
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror})") from None
    except csv.Error as error:
        raise DataError(f"{path.name}: cannot be read as CSV ({error})") from None


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


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    if start == b"PK":
        raise DataError(f"{path.name}: a ZIP archive or a workbook; allowed: the CSV file in it, or saved from it")
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _header(
    path: Path, lines: Sequence[str], layouts: Sequence[Collection[str]]
) -> tuple[str, list[str], Collection[str]]:
    """The delimiter of a file, its headings, and the layout of which they are."""
    for delimiter in ",\t;":
        for cells in csv.reader(lines, delimiter=delimiter):
            header = _plain(cells)
            for layout in layouts:
                if set(layout) <= set(header):
                    return delimiter, header, layout
    allowed = " or ".join(", ".join(sorted(columns)) for columns in layouts)
    raise DataError(f"{path.name}: no line has the columns of a known layout; allowed: {allowed}")


def _plain(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]
