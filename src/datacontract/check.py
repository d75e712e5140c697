"""Is a data folder what its contract says? Every fault in one line that names the place.

Three layers, each only over what the one before left standing: the file (bytes and header), the
cell and the keys (against Table Schema, by ``frictionless`` wherever `cells` has a doubt), and the named
rules of `rules`.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from datacontract import contract, rules
from datacontract.cells import doubtful
from datacontract.context import CONTRACT_FILE, data_folder
from datacontract.contract import Field, Resource
from datacontract.errors import suggest
from datacontract.faults import SHOWN, Fault

__all__ = ["allowed", "check"]

Rows = list[dict[str, str]]


def check(tables: Iterable[str] | None = None) -> list[Fault]:
    """All faults of the data folder, in the order of file and row; an empty list is a clean bill.

    `tables` limits the check to some tables and those they refer to; rules that need every table are then
    left out. Raises `DataError` where there is no contract to check against, or no such table.
    """
    resources = {resource["name"]: resource for resource in contract.contract()["resources"]}
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
    return sorted({*faults, *rules.apply(resources, sound)})


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
        raw = (data_folder() / file).read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        return fault(error.strerror or "unreadable", "a file that can be read", "file")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return fault(repr(raw[error.start : error.end]), "UTF-8", "encoding", line)
    if not text.strip():
        return fault("an empty file", "a header and rows", "file")
    if text.startswith("\ufeff"):
        return fault("byte order mark", "UTF-8 without byte order mark", "encoding", 1)
    before, returns, _ = text.partition("\r")
    if returns:
        return fault("carriage return", "lines that end with LF alone", "line-end", before.count("\n") + 1)
    if not text.endswith("\n"):
        last = text[-SHOWN:].rpartition("\n")[2]
        return fault(last, "a last line that ends with LF", "line-end", text.count("\n") + 1)
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        return fault(str(error), "comma-separated values with doubled quotation marks", "csv")
    if wrong := [f for f in fields if f not in header] + [h for h in header if h not in fields]:
        columns = f"the columns {', '.join(fields)}"
        return [Fault(file, 1, c, "column is missing" * (c in fields) or c, columns, "header") for c in wrong], []
    if header != fields:
        return fault(",".join(header), f"this order of columns: {','.join(fields)}", "header", 1)
    if not lines:
        return fault("no rows", "at least one row", "file", 1)
    if len(lines) + 1 != text.count("\n"):
        row = next(number for number, line in enumerate(lines, 2) if any("\n" in cell for cell in line))
        return fault("line break in a cell", "one line a row", "line-end", row)
    uneven = [(number, len(line)) for number, line in enumerate(lines, 2) if len(line) != len(fields)]
    if uneven:
        return [Fault(file, n, "", f"{cells} cells", f"{len(fields)} cells", "cells") for n, cells in uneven], []
    return [], [dict(zip(fields, line, strict=True)) for line in lines]


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
        report = frictionless.Package.from_descriptor(package, basepath=str(data_folder())).validate(limit_errors=1000)
        wrong, tasks = report.errors, report.tasks
    except frictionless.FrictionlessException as error:
        wrong, tasks = error.reasons or [error.error], []
    faults = [Fault(CONTRACT_FILE, 0, "", error.note, "a valid Data Package", "contract") for error in wrong]
    return faults + [_fault(task.name, error, read[task.name]) for task in tasks for error in task.errors]


def _keep_keys(package: dict[str, Any], where: Callable[[str, str], bool]) -> set[str]:
    """Keeps the foreign keys for whose table and target `where` is true, and gives their targets."""
    kept: set[str] = set()
    for resource in package["resources"]:
        name, keys = resource["name"], resource["schema"].get("foreignKeys", [])
        keys = [key for key in keys if where(name, key["reference"]["resource"] or name)]
        resource["schema"]["foreignKeys"] = keys
        kept |= {key["reference"]["resource"] for key in keys}
    return kept


def _fault(name: str, error: Any, rows: Rows) -> Fault:
    """An error of frictionless as a fault of ours."""
    resource, row = contract.table(name), getattr(error, "row_number", 0) or 0
    cells, file = rows[row - 2] if row else {}, resource["path"]
    if error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        value, what = ", ".join(cells[column] for column in key), "each key once, without blanks"
        return Fault(file, row, " + ".join(key), value, what, error.type)
    if error.type == "foreign-key":
        (column, *_), (field, *_) = error.field_names, error.reference_field_names
        target = f"{error.reference_name or name}.{field}"
        what = f"a value of {target}: {suggest(cells[column], contract.distinct(target))}"
        return Fault(file, row, column, cells[column], what, error.type)
    if column := getattr(error, "field_name", ""):
        what, check = allowed(contract.field(name, column)), error.type.removesuffix("-error")
        return Fault(file, row, column, cells[column], what, check)
    return Fault(file, row, "", error.note, "what the contract says", error.type)


def allowed(field: Field) -> str:
    """What a field allows, in words, from its contract."""
    constraints = field.get("constraints", {})
    words = [f"type {field['type']}"]
    if "enum" in constraints:
        words = ["one of " + ", ".join(map(str, constraints["enum"]))]
    if "minimum" in constraints or "maximum" in constraints:
        words.append(f"from {constraints.get('minimum', '…')} to {constraints.get('maximum', '…')}")
    if "pattern" in constraints:
        words.append(f"of the form {constraints['pattern']}")
    if "maxLength" in constraints:
        words.append(f"at most {constraints['maxLength']} characters")
    words.append("not blank" if constraints.get("required") else "or blank for unknown")
    return ", ".join(words)
