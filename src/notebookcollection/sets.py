"""Sets of parameters, as a spreadsheet saves them: a CSV file with a header and a row for each run."""

import os
from pathlib import Path

from datacontract.delimited import DelimitedError, read_delimited
from notebookcollection.parameters import CollectionError

__all__ = ["read_sets"]


def read_sets(path: str | os.PathLike[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    r"""The columns of a file of sets, and its rows that are not blank throughout, with their numbers.

    Raises `CollectionError`, with file and row, where it has no rows or `read_delimited` refuses it.

    >>> import pathlib, tempfile
    >>> from notebookcollection.sets import read_sets
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := pathlib.Path(folder, "sets.csv")).write_text("pair,year\nKAZ-UZB,2018\n,\nKAZ-TKM,2020\n")
    ...     read_sets(path)
    (['pair', 'year'], [(2, ['KAZ-UZB', '2018']), (4, ['KAZ-TKM', '2020'])])
    """
    try:
        rows = list(read_delimited(Path(path)))
    except DelimitedError as error:
        raise CollectionError(str(error)) from None
    if len(rows) < 2:
        raise CollectionError(f"{path} has no rows; allowed: a header of parameters, then a row for each run")
    (_, columns), *rows = rows
    return columns, rows
