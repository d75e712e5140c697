"""What Table Schema alone finds: by ``frictionless``, wherever `cells` has a doubt.

It is shown the rows that are in doubt and those that they refer to, since it takes a second for a few thousand.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from datacontract import contract
from datacontract.allowed import allowed, hint
from datacontract.cells import doubtful, is_known, soundness
from datacontract.context import CONTRACT_FILE, data_folder
from datacontract.contract import Field
from datacontract.faults import Fault

__all__ = ["Rows", "schema_faults"]

MOST_ERRORS = 1000  # in a table, before the rest is left unread
Rows = list[dict[str, str]]


def schema_faults(read: Mapping[str, Rows]) -> list[Fault]:
    """What Table Schema alone finds in tables of the data folder: types, constraints, primary and foreign keys.

    >>> from datacontract import contract, schema
    >>> rows = [row | {"kind": "planet"} if row["actor"] == "KAZ" else row for row in contract.rows("actors")]
    >>> print(*schema.schema_faults({"actors": rows}))
    actors.csv, row 2, column kind: 'planet' is not allowed; allowed: one of state, organisation, region, group,
        not blank [constraint]
    """
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
    numbers = {name: range(2, len(rows) + 2) for name, rows in read.items()} | _reduced(package, read)
    try:
        package_ = frictionless.Package.from_descriptor(package, basepath=str(data_folder()))
        report = package_.validate(limit_errors=MOST_ERRORS)
        wrong, tasks = report.errors, report.tasks
    except frictionless.FrictionlessException as error:
        wrong, tasks = error.reasons or [error.error], []
    faults = [Fault(CONTRACT_FILE, 0, "", error.note, "a valid Data Package", "contract") for error in wrong]
    for task in tasks:
        more = len(task.errors) >= MOST_ERRORS
        found = [_fault(task.name, error, read[task.name], numbers[task.name], more) for error in task.errors]
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


def _fault(name: str, error: Any, rows: Rows, numbers: Sequence[int], more: bool) -> Fault:
    """An error of frictionless as a fault of ours; `more` where it named as many as it may.

    `numbers` are the lines in the file of the rows that it was shown.
    """
    resource, shown = contract.table(name), getattr(error, "row_number", 0) or 0
    row = numbers[shown - 2] if shown else 0
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


def _reduced(package: dict[str, Any], read: Mapping[str, Rows]) -> dict[str, Sequence[int]]:
    """Leaves in the tables of a package the rows that show all that is wrong, and gives their lines in the files.

    A table of which all rows have to be shown is left in its file, and is not among those given.
    """
    resources = {resource["name"]: resource for resource in package["resources"]}
    cells = itertools.chain.from_iterable(row.values() for name in resources for row in read[name])
    if not is_known(package) or any(cell[:1].isspace() for cell in cells):
        return {}  # another reader may make other rows of cells that begin with a blank
    kept = {name: _suspects(resource["schema"], read[name]) for name, resource in resources.items()}
    keys = [
        (name, key["fields"][0], key["reference"]["resource"] or name, key["reference"]["fields"][0])
        for name, resource in resources.items()
        for key in resource["schema"].get("foreignKeys", [])
    ]
    for name, column, other, target in keys:
        fields = _field(resources[name], column), _field(resources[other], target)
        if [field["type"] for field in fields] == ["string", "string"]:
            sound = {"", *filter(soundness(fields[1]), {row[target] for row in read[other]})}
            kept[name] |= {at for at, row in enumerate(read[name]) if row[column] not in sound}
        else:
            kept |= {table: set(range(len(read[table]))) for table in (name, other)}
    size = -1
    while size < (size := sum(map(len, kept.values()))):  # what is shown refers to rows that are shown as well
        for name, column, other, target in keys:
            named = {read[name][at][column] for at in kept[name]}
            kept[other] |= {at for at, row in enumerate(read[other]) if row[target] in named}
    shown = {name: sorted(rows) for name, rows in kept.items() if len(rows) < len(read[name])}
    for name, places in shown.items():
        for part in ("path", "encoding", "format", "mediatype", "dialect"):
            resources[name].pop(part, None)
        header = [field["name"] for field in resources[name]["schema"]["fields"]]
        resources[name]["data"] = [header, *([*read[name][at].values()] for at in places)]
    return {name: [at + 2 for at in places] for name, places in shown.items()}


def _field(resource: Mapping[str, Any], column: str) -> Field:
    """A column; without a type where a key names one that is none."""
    return next((field for field in resource["schema"]["fields"] if field["name"] == column), {"type": ""})


def _suspects(schema: Mapping[str, Any], rows: Rows) -> set[int]:
    """The places of the rows that may be wrong by themselves or by their key."""
    key, fields = schema["primaryKey"], {field["name"]: field for field in schema["fields"]}
    wrong = {c: {*itertools.filterfalse(soundness(field), {row[c] for row in rows})} for c, field in fields.items()}
    if any(fields[c]["type"] != "string" and (wrong[c] or fields[c]["type"] != "integer") for c in key):
        return set(range(len(rows)))  # two spellings of a number are one key
    keys = [tuple([row[c] for c in key]) for row in rows]
    times = Counter(keys)
    found = {at for at, own in enumerate(keys) if times[own] > 1 or not any(own)}
    return found | {at for at, row in enumerate(rows) if any(row[c] in cells for c, cells in wrong.items() if cells)}
