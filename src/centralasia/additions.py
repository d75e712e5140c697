"""A sheet to fill in for what is new, a document, a meeting, a tie, and the rows that come of it.

The sheet has a line for each cell: the table, the row, the column, what it means, what is allowed, and the value to
fill in. It is opened in any spreadsheet and read back however that saves it.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from centralasia.updates import NewRows
from datacontract import contract
from datacontract.allowed import allowed
from datacontract.contract import Field, distinct
from datacontract.errors import DataError, check_choice
from datacontract.saved import read_saved

__all__ = ["COLUMNS", "KINDS", "new_sheet", "rows_of_sheet"]

COLUMNS = ("table", "row", "column", "meaning", "allowed", "value")
# What may be new: the table of it, what its columns hold as a rule, and the table of those who take part, if any.
KINDS: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "concept": ("documents", {"kind": "concept", "layer": "doctrine", "status": "in_force"}, ""),
    "document": ("documents", {}, ""),
    "event": ("milestones", {}, ""),
    "format": ("formats", {}, ""),
    "meeting": ("meetings", {"kind": "regular", "status": "held"}, "attendance"),
    "tie": ("ties", {}, ""),
    "visit": ("visits", {}, ""),
}
_MEETS = "C5"  # the states that a meeting is expected of


def new_sheet(kind: str, key: str) -> str:
    """The sheet of something new, as CSV: its row, a row for each who may take part, and one for a new source.

    Where the table has the key already, as that of a planned meeting, its cells stand in the sheet, to be changed. A
    concept replaces the one of its state that is in force, of which the sheet says so.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    key : str
        Its key, as ``cm-2031`` or ``kaz-uzb-2031-02-01``.

    Raises
    ------
    ChoiceError
        No such kind.
    """
    check_choice("what is new", kind, KINDS)
    table, usual, others = KINDS[kind]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    (name, *_) = contract.table(table)["schema"]["primaryKey"]
    present = next((dict(row) for row in contract.rows(table) if row[name] == key), {})
    new = present or dict(usual) | _told_by_key(table, name, key) | {name: key}
    writer.writerows(_lines(table, "1", new))
    if kind == "concept":
        same = {"state": new.get("state", ""), "kind": "concept", "status": "in_force"}
        before = [row for row in contract.rows(table) if same.items() <= row.items() and row[name] != key]
        for number, row in enumerate(before, 2):
            writer.writerows(_lines(table, str(number), dict(row) | {"status": "replaced", "replaced_by": key}))
    for number, actor in enumerate(distinct("memberships.actor", {"region": _MEETS}) if others else (), 1):
        known = {"meeting_id": key, "actor": actor}
        row = next((dict(row) for row in contract.rows(others) if known.items() <= row.items()), known)
        writer.writerows(_lines(others, str(number), row))
    writer.writerows(_lines("sources", "1", {}))
    return out.getvalue()


def _lines(table: str, row: str, cells: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for field in contract.table(table)["schema"]["fields"]:
        meaning = field.get("description", "")
        yield table, row, field["name"], meaning, _allowed(table, field), cells.get(field["name"], "")


def _allowed(table: str, field: Field) -> str:
    """What a column allows, and where its codes stand."""
    keys = contract.table(table)["schema"].get("foreignKeys", [])
    targets = [key["reference"] for key in keys if list(key["fields"]) == [field["name"]]]
    named = [f"{target['resource'] or table}.{target['fields'][0]}" for target in targets]
    if "reference" in field:
        named.append(f"{field['reference']['resource']}.{field['reference']['field']}")
    return "; ".join([allowed(field), *(f"codes of {target}" for target in named)])


def _told_by_key(table: str, name: str, key: str) -> dict[str, str]:
    """What a key says of other columns: the pair or state that it begins with."""
    found = {}
    for begun, column in contract.table(table)["schema"].get("begins", []):
        field, parts = contract.field(table, column), key.upper().split("-")
        code = "-".join(parts[:2]) if "pairOf" in field else parts[0]
        if begun == name and {*code.split("-")} <= {*distinct("actors.actor")}:
            found[column] = code
    return found


def rows_of_sheet(path: Path) -> dict[str, NewRows]:
    """The rows that a filled sheet holds, by table; rows in which nothing was filled in are left out.

    Raises `DataError`, with the line, where the sheet is none, or has no value at all.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for number, line in _read(path):
        if line["table"] not in contract.tables():
            raise DataError(f"{path.name}, row {number}: no table {line['table']!r}; allowed: as in the sheet")
        contract.field(line["table"], line["column"])
        found.setdefault((line["table"], line["row"]), {})[line["column"]] = line["value"].strip()
    rows: dict[str, list[dict[str, str]]] = {}
    for (table, _), cells in found.items():
        schema = contract.table(table)["schema"]
        filled = {column for column, cell in cells.items() if cell} - {*schema["primaryKey"]}
        if filled or (cells.get(schema["primaryKey"][0]) and len(schema["primaryKey"]) == 1):
            rows.setdefault(table, []).append({f["name"]: cells.get(f["name"], "") for f in schema["fields"]})
    if not rows:
        raise DataError(f"{path.name}: nothing is filled in; allowed: values in the column value")
    stay = lambda present: pd.Series(False, index=present.index)  # noqa: E731
    return {table: NewRows(pd.DataFrame(lines, dtype="object"), stay) for table, lines in rows.items()}


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of a sheet with their numbers, however a spreadsheet saved it."""
    saved = read_saved(path, COLUMNS)
    try:
        lines = list(csv.reader(io.StringIO(saved.text, newline=""), delimiter=saved.delimiter, strict=True))
    except csv.Error as error:
        raise DataError(f"{path.name}: cannot be read as CSV ({error})") from None
    contract.check_header(path.name, (lines or [[]])[0][: len(COLUMNS)], COLUMNS)
    return [(n, _line(path, n, cells)) for n, cells in enumerate(lines[1:], 2) if any(map(str.strip, cells))]


def _line(path: Path, number: int, cells: Sequence[str]) -> dict[str, str]:
    if len(cells) < len(COLUMNS):
        raise DataError(f"{path.name}, row {number}: {len(cells)} cells; allowed: {len(COLUMNS)}")
    return dict(zip(COLUMNS, cells, strict=False))
