"""Is a data folder what its contract says? Every fault in one line that names the place.

Three layers, each only over what the one before left standing: the file (bytes and header), the
cell and the keys (against Table Schema, by ``frictionless`` wherever `cells` has a doubt), and the named
rules of `rules`.
"""

import contextlib
import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from datacontract import contract, rules
from datacontract.allowed import allowed, hint
from datacontract.cells import doubtful
from datacontract.context import CONTRACT_FILE, data_folder
from datacontract.contract import Resource
from datacontract.errors import suggest
from datacontract.faults import Fault, merged
from datacontract.forms import ContractError
from datacontract.saved import MEND, no_text, recognise
from datacontract.words import join_list

__all__ = ["LARGEST", "MOST_ROWS", "check"]

LARGEST = 8_000_000  # bytes of a table
MOST_ROWS = 200_000  # of a table
MOST_NAMED = 5  # of wrong columns
MOST_ERRORS = 1000  # in a table, before the rest is left unread
Rows = list[dict[str, str]]


def check(tables: Iterable[str] | None = None) -> list[Fault]:
    """All faults of the data folder, in the order of file and row; an empty list is a clean bill.

    What has one cause is one fault, with all its rows. `tables` limits the check to some tables and those they refer
    to; rules that need every table are then left out. Raises `DataError` where there is no contract to check against,
    or no such table.
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
    faults += _schema_faults(read) if read else []
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


def _schema_faults(read: Mapping[str, Rows]) -> list[Fault]:
    """What Table Schema alone finds: types, constraints, primary and foreign keys."""
    package = contract.contract()
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in read]
    for part in (package, *package["resources"]):
        for profile in ("$schema", "profile"):  # which may be an address, and would be fetched
            part.pop(profile, None)
    # A key into a table that cannot be read says nothing about this one.
    _keep_keys(package, lambda name, target: target in read)
    asked = doubtful(package, read)
    if not asked:
        return []
    import frictionless  # which takes a second

    needed = asked | _keep_keys(package, lambda name, _: name in asked)
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in needed]
    try:
        package_ = frictionless.Package.from_descriptor(package, basepath=str(data_folder()))
        report = package_.validate(limit_errors=MOST_ERRORS)
        wrong, tasks = report.errors, report.tasks
    except frictionless.FrictionlessException as error:
        wrong, tasks = error.reasons or [error.error], []
    faults = [Fault(CONTRACT_FILE, 0, "", error.note, "a valid Data Package", "contract") for error in wrong]
    for task in tasks:
        more = len(task.errors) >= MOST_ERRORS
        found = [_fault(task.name, error, read[task.name], more) for error in task.errors]
        wrong_cells = {(fault.row, fault.column) for fault in found if not fault.missing}
        # What is written wrongly has no row elsewhere: one cause.
        faults += [fault for fault in found if not fault.missing or (fault.row, fault.column) not in wrong_cells]
    return faults


def _keep_keys(package: dict[str, Any], where: Callable[[str, str], bool]) -> set[str]:
    """Keeps the foreign keys for whose table and target `where` is true, and gives their targets."""
    kept: set[str] = set()
    for resource in package["resources"]:
        name, keys = resource["name"], resource["schema"].get("foreignKeys", [])
        keys = [key for key in keys if where(name, key["reference"]["resource"] or name)]
        resource["schema"]["foreignKeys"] = keys
        kept |= {key["reference"]["resource"] for key in keys}
    return kept


def _fault(name: str, error: Any, rows: Rows, more: bool) -> Fault:
    """An error of frictionless as a fault of ours; `more` where it told of as many as it may."""
    resource, row = contract.table(name), getattr(error, "row_number", 0) or 0
    cells, file = rows[row - 2] if row else {}, resource["path"]
    if error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        value, what = ", ".join(cells[column] for column in key), "each key once, without blanks"
        return Fault(file, row, " + ".join(key), value, what, error.type, more=more)
    if error.type == "foreign-key":
        (column, *_), (field, *_) = error.field_names, error.reference_field_names
        target, code = error.reference_name or name, cells[column]
        what = f"a value of {target}.{field}"
        return Fault(file, row, column, code, what, error.type, (target, field, code), more=more)
    if column := getattr(error, "field_name", ""):
        field, cell = contract.field(name, column), cells[column]
        what = ", ".join(filter(None, [allowed(field, cell), hint(cell, field)]))
        return Fault(file, row, column, cell, what, error.type.removesuffix("-error"), more=more)
    return Fault(file, row, "", error.note, "what the contract says", error.type, more=more)
