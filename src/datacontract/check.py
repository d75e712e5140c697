"""Is a data folder what its contract says? Every fault in one line that names the place.

Three layers, each only over what the one before left standing: the file (bytes and header), the
cell and the keys (against Table Schema, in `schema`), and the named rules of `rules`.
"""

import contextlib
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from datacontract import contract, rules
from datacontract.context import CONTRACT_FILE, data_folder
from datacontract.contract import Resource
from datacontract.errors import suggest
from datacontract.faults import Fault, merged
from datacontract.forms import ContractError
from datacontract.saved import MEND, no_text, recognise
from datacontract.schema import Rows, schema_faults
from datacontract.words import join_list

__all__ = ["LARGEST", "MOST_ROWS", "check"]

LARGEST = 8_000_000  # bytes of a table
MOST_ROWS = 200_000  # of a table
MOST_NAMED = 5  # of wrong columns


def check(tables: Iterable[str] | None = None) -> list[Fault]:
    r"""All faults of the data folder, in the order of file and row; an empty list is a clean bill.

    What has one cause is one fault, with all its rows. `tables` limits the check to some tables and those they refer
    to; rules that need every table are then left out. Raises `DataError` where there is no contract to check against,
    or no such table.

    >>> import shutil, tempfile
    >>> from datacontract import check, context
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with context.using(shutil.copytree(context.data_folder(), f"{folder}/data")):
    ...         _ = (context.data_folder() / "actors.csv").write_text("actor,kind\nKAZ,state\n")
    ...         print(*check.check(["actors"]))
    actors.csv, row 1: 'no name, no short_name and no colour' is not allowed; allowed: the columns actor, kind,
        name, short_name, colour [header]
    """
    try:
        resources = {resource["name"]: resource for resource in contract.contract()["resources"]}
    except ContractError as error:
        return [Fault(CONTRACT_FILE, 0, error.place, error.value, error.allowed, "contract")]
    asked = _with_references(tables)
    faults: list[Fault] = []
    read: dict[str, Rows] = {}
    for name, resource in resources.items():
        if name in asked:
            wrong, rows = _read(resource)
            faults += wrong
            read |= {} if wrong else {name: rows}
        elif tables is None and not (data_folder() / resource["path"]).is_file():
            faults.append(Fault(resource["path"], 0, "", "no such file", "a file that can be read", "file"))
    faults += schema_faults(read) if read else []
    broken = {fault.file for fault in faults}
    sound = {name: rows for name, rows in read.items() if resources[name]["path"] not in broken}
    faults += rules.apply(resources, sound)

    def suggested(table: str, column: str, code: str) -> str:
        return suggest(code, sorted({row[column] for row in read.get(table, [])} - {""}), before="")

    return merged(faults, suggested)


def _with_references(tables: Iterable[str] | None) -> list[str]:
    """The tables asked for, and those that their schemas name, and so on."""
    asked = list(contract.tables()) if tables is None else list(tables)
    for name in asked:  # which grows
        asked += dict.fromkeys(n for n in _named(contract.table(name)["schema"]) if n and n not in asked)
    return asked


def _named(part: Any) -> Iterator[str]:
    """The resources that any rule within a schema names."""
    if isinstance(part, Mapping):
        yield from (part[key] for key in ("resource", "gaps") if key in part)
        part = tuple(part.values())
    for value in part if isinstance(part, tuple) else ():
        yield from _named(value)


def _read(resource: Resource) -> tuple[list[Fault], Rows]:
    """The faults of a table's file, and its rows where it has none."""
    file, fields = resource["path"], [f["name"] for f in resource["schema"]["fields"]]

    def fault(value: str, allowed: str, check: str, row: int = 0, column: str = "") -> tuple[list[Fault], Rows]:
        return [Fault(file, row, column, value, allowed, check)], []

    try:
        if (data_folder() / file).stat().st_size > LARGEST:
            return fault("a file of more than 8 MB", "a smaller table", "file")
        raw = (data_folder() / file).read_bytes()
    except OSError as error:
        return fault(error.strerror or "unreadable", "a file that can be read", "file")
    if not raw.strip():
        return fault("an empty file", "a header and rows", "file")
    if kind := no_text(raw):
        return fault(kind, "text, saved as CSV UTF-8", "file")
    saved = recognise(raw, fields)
    if saved is None:
        return _not_utf8(file, raw)
    if unusual := saved.unusual:
        return fault(join_list(unusual), f"UTF-8, commas, lines that end with LF; {MEND}", "saved")
    try:
        header, *lines = itertools.islice(csv.reader(io.StringIO(saved.text, newline=""), strict=True), MOST_ROWS + 1)
    except csv.Error as error:
        row = _row_of_error(saved.text)
        return fault(str(error), "comma-separated values with quotation marks that match, doubled inside", "csv", row)
    if wrong := [f"no {f}" for f in fields if f not in header] + [h for h in header if h not in fields]:
        named = wrong[:MOST_NAMED] + [f"{len(wrong) - MOST_NAMED:,} others"] * (len(wrong) > MOST_NAMED)
        return fault(join_list(named), f"the columns {', '.join(fields)}", "header", 1)
    if header != fields:
        return fault(",".join(header), f"this order of columns: {','.join(fields)}; {MEND}", "header", 1)
    if not lines:
        return fault("no rows", "at least one row", "file", 1)
    if len(lines) == MOST_ROWS:
        return fault("a table of so many rows", f"less than {MOST_ROWS:,} rows", "file", MOST_ROWS)
    if len(lines) + 1 != saved.text.count("\n"):
        row = next(number for number, line in enumerate(lines, 2) if any("\n" in cell for cell in line))
        return fault("line break in a cell", "one line a row", "line-end", row)
    uneven = [(number, len(line)) for number, line in enumerate(lines, 2) if len(line) != len(fields)]
    if uneven:
        return [Fault(file, n, "", f"{cells} cells", f"{len(fields)} cells", "cells") for n, cells in uneven], []
    return [], [dict(zip(fields, line, strict=True)) for line in lines]


def _not_utf8(file: str, raw: bytes) -> tuple[list[Fault], Rows]:
    """Where a file is not the text that it should be."""
    try:
        start, value = raw.decode("utf-8").encode().index(0), "the byte 0"
    except UnicodeDecodeError as error:
        start, value = error.start, repr(raw[error.start : error.end])
    line = raw[:start].count(b"\n") + 1
    return [Fault(file, line, "", value, "UTF-8: save it as CSV UTF-8", "encoding")], []


def _row_of_error(text: str) -> int:
    """The row in which the quotation marks of a table cease to match."""
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    with contextlib.suppress(csv.Error):
        for _ in reader:
            number += 1
    return number
