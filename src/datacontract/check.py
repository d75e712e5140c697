"""Is a data folder what its contract says? Every fault in one line that names the place.

Three layers, each only over what the one before left standing: the file (bytes and header), the
cell and the keys (by ``frictionless``, against Table Schema), and the named rules of `rules`.
"""

import csv
import io
from dataclasses import dataclass

from datacontract import contract
from datacontract.context import CONTRACT_FILE, data_folder
from datacontract.errors import DataError, suggest

SHOWN = 60  # characters of an offending value that a message repeats


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where, what stands there, what is allowed, and which check says so."""

    file: str
    row: int  # line of the file, the header being 1; 0 for the whole file
    column: str
    value: str
    allowed: str
    check: str

    def __str__(self):
        place = [self.file, f"row {self.row}" * bool(self.row), f"column {self.column}" * bool(self.column)]
        value = self.value if len(self.value) <= SHOWN else self.value[:SHOWN] + "…"
        return f"{', '.join(filter(None, place))}: {value!r} is not allowed; allowed: {self.allowed} [{self.check}]"


def check(tables=None):
    """All faults of the data folder, in the order of file and row; an empty list is a clean bill.

    `tables` limits the check to some tables and those they refer to; rules that need every table are then
    left out. Raises `DataError` where there is no contract to check against, or no such table.
    """
    from datacontract import rules

    folder, package = data_folder(), contract.contract()
    asked = _with_references(tables)
    faults, read = [], {}
    for resource in package["resources"]:
        if "schema" not in resource:
            if tables is None and not (folder / resource["path"]).is_file():
                faults.append(Fault(resource["path"], 0, "", "no such file", "a file that can be read", "file"))
        elif resource["name"] in asked:
            found, rows = _read(folder, resource)
            faults += found
            if rows is not None:
                read[resource["name"]] = rows
    faults += _schema_faults(folder, read)
    broken = {fault.file for fault in faults}
    sound = {n: rows for n, rows in read.items() if contract.table(n)["path"] not in broken}
    return sorted({*faults, *rules.apply(package, sound)})


def _with_references(tables):
    """The tables asked for, and those that their schemas name, and so on."""
    asked = list(contract.tables()) if tables is None else [contract.table(t)["name"] for t in tables]
    for name in asked:
        asked += [n for n in _named(contract.table(name)["schema"]) if n and n not in asked]
    return asked


def _named(part):
    """The resources that any rule within a schema names."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    found = [part[key] for key in ("resource", "gaps") if isinstance(part, dict) and key in part]
    return list(dict.fromkeys([*found, *(name for value in inner for name in _named(value))]))


def _read(folder, resource):
    """The faults of a table's file, and its rows as lists of text if they can be trusted to line up."""
    path, file = folder / resource["path"], resource["path"]

    def fault(value, allowed, check, row=0, column=""):
        return [Fault(file, row, column, value, allowed, check)], None

    try:
        raw = path.read_bytes()
    except OSError as error:
        return fault(error.strerror or "unreadable", "a file that can be read", "file")
    if not raw.strip():
        return fault("an empty file", "a header and rows", "file")
    if raw.startswith(b"\xef\xbb\xbf"):
        return fault("byte order mark", "UTF-8 without byte order mark", "encoding", 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return fault(repr(raw[error.start : error.end]), "UTF-8", "encoding", raw[: error.start].count(b"\n") + 1)
    if "\r" in text:
        return fault(
            "carriage return", "lines that end with LF alone", "line-end", text[: text.index("\r")].count("\n") + 1
        )
    if not text.endswith("\n"):
        return fault(
            text[-SHOWN:].rpartition("\n")[2], "a last line that ends with LF", "line-end", text.count("\n") + 1
        )
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return fault(str(error), "comma-separated values with doubled quotation marks", "csv")
    fields = [f["name"] for f in resource["schema"]["fields"]]
    header, *rows = lines
    if header != fields:
        return _header_faults(file, header, fields), None
    if not rows:
        return fault("no rows", "at least one row", "file", 1)
    if len(lines) != text.count("\n"):
        row = next(i for i, line in enumerate(rows, 2) if any("\n" in cell for cell in line))
        return fault("line break in a cell", "one line a row", "line-end", row)
    uneven = [
        Fault(file, number, "", f"{len(row)} cells", f"{len(fields)} cells", "cells")
        for number, row in enumerate(rows, 2)
        if len(row) != len(fields)
    ]
    return uneven, None if uneven else rows


def _header_faults(file, header, fields):
    missing = [f for f in fields if f not in header]
    extra = [h for h in header if h not in fields]
    faults = [
        Fault(file, 1, name, "column is missing", f"the columns {', '.join(fields)}", "header") for name in missing
    ]
    faults += [Fault(file, 1, name, name, f"the columns {', '.join(fields)}", "header") for name in extra]
    return faults or [Fault(file, 1, "", ",".join(header), f"this order of columns: {','.join(fields)}", "header")]


def _schema_faults(folder, read):
    """What Table Schema alone finds: types, constraints, primary and foreign keys."""
    import frictionless

    package = {**contract.contract(), "resources": []}
    package.pop("$schema", None)
    for name, resource in contract.tables().items():
        if name in read:
            schema = dict(resource["schema"])
            # A key into a table that cannot be read says nothing about this one.
            schema["foreignKeys"] = [
                k for k in schema.get("foreignKeys", []) if (k["reference"]["resource"] or name) in read
            ]
            plain = {k: resource[k] for k in ("name", "path", "encoding", "format", "dialect") if k in resource}
            package["resources"].append({**plain, "schema": schema})
    if not package["resources"]:
        return []
    try:
        report = frictionless.Package.from_descriptor(package, basepath=str(folder)).validate(limit_errors=1000)
    except frictionless.FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [Fault(CONTRACT_FILE, 0, "", e.note, "a valid Data Package", "contract") for e in reasons]
    faults = [Fault(CONTRACT_FILE, 0, "", e.note, "a valid Data Package", "contract") for e in report.errors]
    for task in report.tasks:
        resource = contract.table(task.name)
        faults += [fault for error in task.errors for fault in _fault(resource, error, read[task.name])]
    return faults


def _fault(resource, error, rows):
    """A frictionless error as faults of ours."""
    file, row = resource["path"], getattr(error, "row_number", 0) or 0
    cells = dict(zip([f["name"] for f in resource["schema"]["fields"]], rows[row - 2] if row else [], strict=False))
    if error.type in ("type-error", "constraint-error"):
        field = contract.field(resource["name"], error.field_name)
        yield Fault(
            file, row, error.field_name, cells[error.field_name], allowed(field), error.type.removesuffix("-error")
        )
    elif error.type == "foreign-key":
        target = f"{error.reference_name or resource['name']}.{error.reference_field_names[0]}"
        value = cells[error.field_names[0]]
        hint = suggest(value, contract.distinct(target))
        yield Fault(file, row, error.field_names[0], value, f"a value of {target}: {hint}", "foreign-key")
    elif error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        value = ", ".join(cells[k] for k in key)
        yield Fault(file, row, " + ".join(key), value, "each key once, without blanks", "primary-key")
    else:
        yield Fault(file, row, getattr(error, "field_name", "") or "", error.note, "what the contract says", error.type)


def allowed(field):
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


__all__ = ["DataError", "Fault", "allowed", "check"]
