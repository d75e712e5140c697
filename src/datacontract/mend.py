"""What a spreadsheet did to a table is undone, where there is one way to do so; the file as it was is kept.

Undone are the encoding, a byte order mark, line ends, delimiters, blank rows and columns, the order of columns, and how
numbers, days and truth are written where a whole column agrees. A file whose cells are not sure is left alone.
"""

import csv
import io
import itertools
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from datacontract import contract
from datacontract.check import LARGEST, MOST_ROWS
from datacontract.context import data_folder
from datacontract.contract import Field, Resource
from datacontract.files import write_atomically
from datacontract.rules.meanings import is_date
from datacontract.rules.texts import LOST
from datacontract.saved import Saved, recognise
from datacontract.words import join_list

__all__ = ["Mended", "mend"]

_TRUTH = {"true": 0, "wahr": 0, "истина": 0, "vrai": 0, "false": 1, "falsch": 1, "ложь": 1, "faux": 1}
_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
Rows = list[list[str]]


@dataclass(frozen=True)
class Mended:
    """What was done to a table, and where it is as it was; or why nothing was done."""

    file: str
    done: Sequence[str]
    backup: Path | None
    refused: str = ""

    def __str__(self) -> str:
        if self.backup is None:
            return f"{self.file}: left alone: {self.refused}"
        return f"{self.file}: mended: {join_list(self.done)}; as it was: {self.backup}"


def mend(backup: Path, tables: Iterable[str] | None = None) -> list[Mended]:
    r"""Undoes what a spreadsheet did to some tables of the data folder, or all; gives what was done to which.

    Parameters
    ----------
    backup : path
        The folder in which a new folder gets the files as they were.
    tables : iterable of str, optional
        Names of tables; all by default.

    Raises
    ------
    DataError
        No such table.

    Examples
    --------
    >>> import pathlib, shutil, tempfile
    >>> from datacontract import context, mend
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with context.using(shutil.copytree(context.data_folder(), f"{folder}/data")):
    ...         _ = (path := context.data_folder() / "actors.csv").write_text(path.read_text(), newline="\r\n")
    ...         [mended.done for mended in mend.mend(pathlib.Path(folder), ["actors"])]
    [['carriage returns at line ends']]
    """
    mended = []
    for resource in map(contract.table, tables if tables is not None else contract.tables()):
        path = data_folder() / resource["path"]
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        text, done, refused = _mended(path.read_bytes(), resource)
        if refused:
            mended.append(Mended(resource["path"], (), None, refused))
        elif done:
            kept = _kept(path, backup)
            write_atomically(path, text)
            mended.append(Mended(resource["path"], done, kept))
    return mended


def _kept(path: Path, backup: Path) -> Path:
    """A copy of a file in a folder of this second, or of the next in which there is none of it."""
    stamp, number = f"{datetime.now():%Y-%m-%dT%H%M%S}", 0
    while (target := backup / (stamp + f"-{number}" * bool(number)) / path.name).exists():
        number += 1
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy2(path, target))


def _mended(raw: bytes, resource: Resource) -> tuple[str, list[str], str]:
    """The text of a table as it should be, what was done to it, and why it is left alone; empty where it is well."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    saved = recognise(raw, list(fields))
    if saved is None:
        return "", [], "" if _is_utf8(raw) else "its encoding is not known: save it as CSV UTF-8"
    try:
        reader = csv.reader(io.StringIO(saved.text, newline=""), delimiter=saved.delimiter, strict=True)
        rows = list(itertools.islice(reader, MOST_ROWS))
    except csv.Error:
        return (
            "",
            [],
            f"its quotation marks do not match, and it has {join_list(saved.unusual)}" if saved.unusual else "",
        )
    done = list(saved.unusual)
    if len(rows) == MOST_ROWS:
        return "", [], "it has too many rows"
    rows = _without_blanks(rows, done)
    if not rows or sorted(rows[0]) != sorted(fields) or any(len(row) != len(fields) for row in rows):
        why = "its columns are not those of the contract, or not the same in all rows"
        return "", [], why if done else ""
    if rows[0] != list(fields):
        order = [rows[0].index(name) for name in fields]
        rows = [[row[at] for at in order] for row in rows]
        done.append("the columns in another order")
    if saved.encoding.startswith("cp") and any(LOST.search(cell) for row in rows for cell in row if "//" not in cell):
        return "", [], f"it was saved in {saved.unusual[0]}, which has not all of its letters: take them from a copy"
    for at, field in enumerate(fields.values()):
        done += _mend_column(rows[1:], at, field, saved)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue(), done, ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


def _without_blanks(rows: Rows, done: list[str]) -> Rows:
    """The rows without those, and without the columns, that are blank throughout, as spreadsheets add at the end."""
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    if len(kept) < len(rows):
        done.append("blank rows")
    width = len(kept[0]) if kept else 0
    even = all(len(row) == width for row in kept)
    blank = [at for at in range(width) if even and not any(row[at].strip() for row in kept)]
    if blank:
        done.append("blank columns")
        kept = [[cell for at, cell in enumerate(row) if at not in blank] for row in kept]
    return kept


def _mend_column(rows: Rows, at: int, field: Field, saved: Saved) -> list[str]:
    """Mends the cells of a column where they can be read in one way only; gives what was done."""
    done, cells = [], [row[at] for row in rows]

    def change(what: str, new: Callable[[str], str]) -> None:
        changed = [new(cell) for cell in cells]
        if changed != cells:
            cells[:] = changed
            done.append(f"{what} in {field['name']}")

    change("blanks around cells", lambda cell: cell.strip(" \t\u00a0"))
    # Where semicolons part the cells, a comma is the decimal mark, unless a point in the same column says otherwise.
    if field["type"] == "number" and saved.delimiter == ";" and not any("." in cell for cell in cells):
        change("decimal commas", lambda cell: re.sub(r"^(-?[0-9]+),([0-9]+([eE][+-][0-9]+)?)$", r"\1.\2", cell))
    if "trueValues" in field:
        words = field["trueValues"][0], field["falseValues"][0]
        change("words for true and false", lambda cell: words[_TRUTH[cell.lower()]] if cell.lower() in _TRUTH else cell)
    if field.get("means", {}).get("what") == "date":
        change("days written day first", _year_first)
    for row, cell in zip(rows, cells, strict=True):
        row[at] = cell
    return done


def _year_first(cell: str) -> str:
    found = _DAY.fullmatch(cell)
    day = f"{found[3]}-{found[2]}-{found[1]}" if found else cell
    return day if is_date(day) else cell
