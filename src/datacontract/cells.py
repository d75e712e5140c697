"""Which tables surely are what Table Schema says, seen without ``frictionless``, whose import alone takes a second.

A table is surely clean only where all forms of its contract are known here and its cells are written in the plainest
way. Any other is doubtful, and for ``frictionless`` to judge.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from datacontract.contract import Field, Row

__all__ = ["doubtful", "is_known", "soundness"]

# How each part of a contract may look: by its keys ("?" where one may be absent), the form of each item, one of several
# forms, a pattern, its type, or its value. "..." is what frictionless does not look at.
_NAME = re.compile(r"[-a-z0-9_]+")
_SAID = {"title?": str, "description?": str}
_CREDITS = {
    "licenses?": [_SAID | {"name": re.compile(".+"), "path?": str}],
    "sources?": [_SAID | {"path?": str, "key?": ...}],
}
_COLUMN = _SAID | {
    "name": _NAME, "unit?": ..., "reference?": ..., "referenceBy?": ..., "means?": ..., "translated?": ...,
    "constraints?": {"required?": bool},
}  # fmt: skip
_BOOLEAN = _COLUMN | {"type": "boolean", "trueValues": [str], "falseValues": [str]}
_INTEGER = _COLUMN | {"type": "integer", "constraints?": {"required?": bool, "minimum?": int, "maximum?": int}}
_BOUND = (int, float)
_NUMBER = _COLUMN | {"type": "number", "constraints?": {"required?": bool, "minimum?": _BOUND, "maximum?": _BOUND}}
_LIST = _COLUMN | {
    "type": "list",
    "delimiter": re.compile(".+"),
    "itemType": "string",
    "itemEnum?": ...,
    "sorted?": ...,
}
_STRING = _COLUMN | {
    "type": "string", "categories?": ..., "categoriesOrdered?": ..., "pairOf?": ..., "example?": str,
    "constraints?": {"required?": bool, "enum?": [str], "pattern?": str, "maxLength?": int},
}  # fmt: skip
_SCHEMA = {
    "fields": [(_STRING, _LIST, _INTEGER, _NUMBER, _BOOLEAN)], "primaryKey": [str], "missingValues": [str],
    "foreignKeys?": [{"fields": [str], "reference": {"resource": str, "fields": [str]}}],
    "begins?": ..., "complete?": ..., "different?": ..., "expected?": ..., "labels?": ..., "ordered?": ...,
    "ranges?": ..., "ranked?": ..., "requires?": ..., "sequences?": ..., "sides?": ..., "single?": ..., "sourced?": ...,
    "totals?": ...,
    "unorderedPair?": ..., "when?": ...,
}  # fmt: skip
_TABLE = _SAID | _CREDITS | {
    "name": _NAME, "path": re.compile(r"\w+\.csv"), "encoding": "utf-8", "format": "csv", "mediatype?": str,
    "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True}, "notes?": ..., "known?": ...,
    "schema": _SCHEMA,
}  # fmt: skip
_PACKAGE = _SAID | _CREDITS | {
    "name?": _NAME, "version?": str, "contributors?": [{"title": str, "roles?": ...}], "conventions?": ...,
    "verification?": ..., "resources": [_TABLE],
}  # fmt: skip

# How a cell may look: a number has one spelling, and nothing begins with a blank, which a reader may skip.
_TEXT = re.compile(r"\S.*")
_CELLS = {
    "integer": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    "number": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?(e[+-][0-9]{1,2})?"),
}


def doubtful(package: Mapping[str, Any], tables: Mapping[str, Sequence[Row]]) -> set[str]:
    """The tables that are not surely clean; all of them where the contract itself is not surely valid.

    >>> from datacontract import cells, contract
    >>> row, resource = contract.rows("actors")[0], contract.contract()["resources"][1]
    >>> package = {"resources": [{key: part for key, part in resource.items() if key != "profile"}]}
    >>> [cells.doubtful(package, {"actors": rows}) for rows in ([row], [row, row])]
    [set(), {'actors'}]
    """
    if not is_known(package):
        return set(tables)
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    fields = {(name, field["name"]): field for name, schema in schemas.items() for field in schema["fields"]}
    values = {(name, column): {row[column] for row in tables[name]} for name, column in fields}
    found = {place[0] for place, field in fields.items() if not all(map(soundness(field), values[place]))}
    named = []
    for name, schema in schemas.items():
        kinds = {fields[name, column]["type"] for column in schema["primaryKey"]}
        cells = {tuple([row[column] for column in schema["primaryKey"]]) for row in tables[name]}
        if len(cells) < len(tables[name]) or not all(map(any, cells)) or not kinds <= {"integer", "string"}:
            found.add(name)
        for key in schema.get("foreignKeys", []):
            place, other = (name, key["fields"][0]), key["reference"]["resource"] or name
            target = other, key["reference"]["fields"][0]
            alike = fields[place]["type"] == fields.get(target, {}).get("type") == "string"
            if not alike or not values[place] <= values[target] | {""}:
                found.add(name)
            named.append((name, other))
    return found | {name for name, other in named if other in found}


def is_known(package: Mapping[str, Any]) -> bool:
    """Whether all parts of a contract are of forms that are known, no name stands twice, and keys name columns.

    >>> from datacontract.cells import is_known
    >>> from datacontract.contract import contract
    >>> table = {key: part for key, part in contract()["resources"][1].items() if key != "profile"}
    >>> [is_known({"resources": tables}) for tables in ([table], [table, table], [table | {"novel": 1}])]
    [True, False, False]
    """
    resources = package["resources"]
    if not _fits(package, _PACKAGE) or len({resource["name"] for resource in resources}) < len(resources):
        return False
    for schema in (resource["schema"] for resource in resources):
        names, keys = [field["name"] for field in schema["fields"]], schema.get("foreignKeys", [])
        used = {*schema["primaryKey"]}.union(*(key["fields"] for key in keys))
        single = all(len(key["fields"]) == len(key["reference"]["fields"]) == 1 for key in keys)
        if schema["missingValues"] != [""] or not single or not used <= {*names} or len({*names}) < len(names):
            return False
        if not all(soundness(field)(field["example"]) for field in schema["fields"] if "example" in field):
            return False
    return True


def _fits(part: Any, form: Any) -> bool:
    """Whether a part of a contract is of a form."""
    if isinstance(form, dict):
        forms = {key.removesuffix("?"): inner for key, inner in form.items()}
        fits = isinstance(part, dict) and form.keys() & forms.keys() <= part.keys() <= forms.keys()
        return fits and all(_fits(inner, forms[key]) for key, inner in part.items())
    if isinstance(form, list):
        return isinstance(part, list) and all(_fits(item, form[0]) for item in part)
    if isinstance(form, tuple):
        return any(_fits(part, one) for one in form)
    if isinstance(form, re.Pattern):
        return isinstance(part, str) and bool(form.fullmatch(part))
    return form is ... or type(part) is form or (type(part) is type(form) and bool(part == form))


def soundness(field: Field) -> Callable[[str], bool]:
    """Says of a cell whether it surely is of this field's type and within its constraints.

    >>> from datacontract.cells import soundness
    >>> is_sound = soundness({"type": "number", "constraints": {"minimum": 0}})
    >>> [is_sound(cell) for cell in ("2.5", "", "-1", "2,5", "NaN")]
    [True, True, False, False, False]
    """
    limits, form = field.get("constraints", {}), _CELLS.get(field["type"], _TEXT)
    lists = [field["trueValues"] + field["falseValues"]] if "trueValues" in field else []
    known = [frozenset(values) for values in (*lists, limits.get("enum")) if values is not None]
    longest, pattern = limits.get("maxLength"), limits.get("pattern")
    begins = re.compile(f"^{pattern}$") if pattern is not None else None
    low, high = (Decimal(str(limits[key])) if key in limits else None for key in ("minimum", "maximum"))

    def is_sound(cell: str) -> bool:
        return bool(
            form.fullmatch(cell)
            and all(cell in values for values in known)
            and (longest is None or len(cell) <= longest)
            and (begins is None or begins.match(cell))
            and (low is None or Decimal(cell) >= low)
            and (high is None or Decimal(cell) <= high)
        )

    blank = not limits.get("required")
    return lambda cell: is_sound(cell) if cell else blank
