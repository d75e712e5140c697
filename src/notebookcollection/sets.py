"""Sets of parameters, as a spreadsheet saves them: a CSV file with a header and a row for each run."""

import csv
import os

from notebookcollection.parameters import CollectionError

__all__ = ["read_sets"]


def read_sets(path: str | os.PathLike[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The columns of a file of sets, and its rows that are not blank throughout, with their numbers.

    Raises `CollectionError`, with file and row, where it cannot be read or a row is not as long as the header.
    """
    rows = []
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, strict=True), 1):
                if number == 1 or any(cell.strip() for cell in row):
                    rows.append((number, row))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CollectionError(f"{path}: cannot be read ({error})") from None
    if len(rows) < 2:
        raise CollectionError(f"{path} has no rows; allowed: a header of parameters, then a row for each run")
    (_, columns), *rows = rows
    if twice := [column for column in columns if columns.count(column) > 1]:
        raise CollectionError(f"{path}, row 1: two columns are named {twice[0]!r}; allowed: each once")
    for number, row in rows:
        if len(row) != len(columns):
            raise CollectionError(f"{path}, row {number}: its cells are not as many as those of the header")
    return columns, rows
