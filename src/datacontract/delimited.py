"""Comma-separated files of others, row by row: what would lose or shift a cell is refused, with the row."""

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from datacontract.errors import DataError
from datacontract.saved import DELIMITERS, encoding_of, no_text, recognise

__all__ = ["DelimitedError", "check_header", "read_delimited", "refuse_swallowed_rows"]

LONGEST = 1_000_000  # characters of a line
_HEAD = 65_536  # bytes by which a file is recognised


class DelimitedError(DataError):
    """A file of comma-separated values cannot be read without loss: file, row, what stands there, what is allowed."""


def read_delimited(
    path: Path, is_row: Callable[[Mapping[str, str]], bool] | None = None
) -> Iterator[tuple[int, list[str]]]:
    r"""The rows of a CSV file in UTF-8, each with its number; the header comes first and is row 1.

    A byte order mark, carriage returns and rows that are blank throughout, as spreadsheets leave them, do no harm. A
    file of any size is read in the memory of its longest row.

    Parameters
    ----------
    path : path
        The file.
    is_row : function of a mapping of str to str, optional
        Whether cells, by column, are those of a row, asked about the lines inside of a cell that has several: a
        quotation mark that is not closed swallows rows. By default, whether they are as many as the columns, three or
        more.

    Raises
    ------
    DelimitedError
        No text, not in UTF-8, other delimiters, a column named twice, rows of another length, quotation marks that do
        not match, a line of more than a million characters, or a file that cannot be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from datacontract.delimited import read_delimited
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := pathlib.Path(folder, "votes.csv")).write_bytes(b'state,vote\r\nKAZ,"yes, late"\r\n,\r\n')
    ...     list(read_delimited(path))
    [(1, ['state', 'vote']), (2, ['KAZ', 'yes, late'])]
    """
    number, header = 0, list[str]()
    try:
        with path.open("rb") as file:
            _refuse_other_kinds(path.name, file.read(_HEAD))
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader, line = csv.reader(_lines(path.name, file), strict=True), 1
            for number, cells in enumerate(reader, 1):
                if number == 1:
                    header = cells
                    check_header(path.name, header)
                elif not any(map(str.strip, cells)):
                    continue
                elif len(cells) != len(header):
                    raise _bad(path.name, number, f"{len(cells)} cells", f"{len(header)}, as in the header")
                elif reader.line_num > line + 1:
                    refuse_swallowed_rows(path.name, number, header, cells, is_row=is_row)
                line = reader.line_num
                yield number, cells
    except csv.Error as error:
        allowed = (
            f"quotation marks that match, doubled inside of a cell, and cells of {csv.field_size_limit():,} letters"
        )
        raise _bad(path.name, number + 1, str(error), allowed) from None
    except UnicodeDecodeError:
        line = _undecodable_line(path)
        raise DelimitedError(f"{path.name}, line {line}: not UTF-8; allowed: UTF-8: save it as CSV UTF-8") from None
    except OSError as error:
        raise DelimitedError(f"{path.name}: cannot be read ({error.strerror or error})") from None
    if not header:
        raise DelimitedError(f"{path.name}: is empty; allowed: a header and rows")


def _refuse_other_kinds(name: str, head: bytes) -> None:
    if kind := no_text(head):
        raise DelimitedError(f"{name}: is {kind}; allowed: text, saved as CSV UTF-8")
    if (encoding_of(head) or "").startswith("utf-16"):
        raise DelimitedError(f"{name}: is in UTF-16; allowed: UTF-8: save it as CSV UTF-8")
    saved = recognise(head[: head.rfind(b"\n") + 1] or head)
    if saved and saved.separator_line:
        raise DelimitedError(f"{name}: begins with the line sep=; allowed: the header as first line")
    if saved and saved.delimiter != ",":
        raise DelimitedError(f"{name}: has {DELIMITERS[saved.delimiter]} between its cells; allowed: commas")
    if b"\0" in head:
        raise DelimitedError(f"{name}: holds the byte 0, so it is no text; allowed: CSV in UTF-8")


def _lines(name: str, file: IO[str]) -> Iterator[str]:
    for line in iter(lambda: file.readline(LONGEST), ""):
        if len(line) == LONGEST:
            raise DelimitedError(f"{name}: has a line of more than {LONGEST:,} characters; allowed: one line a row")
        yield line


def check_header(name: str, header: Sequence[str], row: int = 1) -> None:
    """Raises `DelimitedError` where the header of a file, which is its row `row`, is blank or names a column twice.

    >>> from datacontract.delimited import check_header
    >>> check_header("votes.csv", ["state", "vote", "state"])
    Traceback (most recent call last):
        ...
    datacontract.delimited.DelimitedError: votes.csv, row 1: the column 'state' twice; allowed: each column once
    """
    if not any(header):
        raise _bad(name, row, "a blank line", "the names of the columns")
    if twice := sorted({column for column in header if column and header.count(column) > 1}):
        raise _bad(name, row, f"the column {twice[0]!r} twice", "each column once")


def refuse_swallowed_rows(
    name: str,
    row: int,
    header: Sequence[str],
    cells: Sequence[str],
    delimiter: str = ",",
    is_row: Callable[[Mapping[str, str]], bool] | None = None,
) -> None:
    r"""Raises `DelimitedError` where a cell of several lines holds further rows; `is_row` as for `read_delimited`.

    >>> from datacontract.delimited import refuse_swallowed_rows
    >>> refuse_swallowed_rows("votes.csv", 7, ["state", "year", "vote"], ["KAZ", "2020", "yes\nKGZ,2020,no"])
    Traceback (most recent call last):
        ...
    datacontract.delimited.DelimitedError: votes.csv, row 7: a cell that holds further rows: a quotation mark is
        not closed; allowed: cells in quotation marks that match
    """
    for inside in (line for cell in cells for line in csv.reader(cell.splitlines()[1:], delimiter=delimiter)):
        if is_row(dict(zip(header, inside, strict=False))) if is_row else len(inside) == len(header) > 2:
            what = "a cell that holds further rows: a quotation mark is not closed"
            raise _bad(name, row, what, "cells in quotation marks that match")


def _undecodable_line(path: Path) -> int:
    """The first line that is not in UTF-8; a long one is read in pieces, of which one may end within a character."""
    decoder, number = codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        for piece in iter(lambda: file.readline(LONGEST), b""):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return number
            number += piece.endswith(b"\n")
    return number


def _bad(name: str, row: int, value: str, allowed: str) -> DelimitedError:
    return DelimitedError(f"{name}, row {row}: {value}; allowed: {allowed}")
