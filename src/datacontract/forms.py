"""Whether a contract has the forms that this package reads, and if not, where.

``datapackage.json`` is written by people. What Table Schema demands beyond these forms, ``frictionless`` tells; but
what is read here without it (names, fields, keys, and the rules of `datacontract.rules`) has to be there in the right
form, and name tables and columns that there are.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from datacontract.errors import DataError, suggest

__all__ = ["ContractError", "require_forms"]


class ContractError(DataError):
    """The contract is not of the form that is read here: the place in it, what stands there, what is allowed."""

    def __init__(self, place: str, value: str, allowed: str) -> None:
        super().__init__(f"datapackage.json, {place}: {value} is not allowed; allowed: {allowed}")
        self.place, self.value, self.allowed = place, value, allowed

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:  # so that it passes from one process to another
        return ContractError, (self.place, self.value, self.allowed)


class _Column(NamedTuple):
    """The name of a column: of the table itself, of the one that the form beside it names as ``resource``, or both."""

    here: bool = True
    there: bool = False


class _Choice(NamedTuple):
    """One of some words."""

    words: tuple[str, ...]


_OWN, _THEIRS, _BOTH = _Column(), _Column(False, True), _Column(True, True)
_NUMBER, _PATTERN, _PATH, _TABLE = (int, float), re.compile, "a file in the folder", "a table"
_WHERE = {"*": [str]}
_TARGET = {"resource": _TABLE, "field": _THEIRS, "also?": [str]}
_FIELD = {
    "name": str, "type": str, "title?": str, "description?": str, "unit?": str, "delimiter?": str, "example?": str,
    "trueValues?": [str], "falseValues?": [str], "sorted?": bool, "translated?": bool,
    "reference?": _TARGET, "referenceBy?": {"column": _OWN, "targets": {"*": _TARGET}},
    "pairOf?": _TARGET | {"where?": _WHERE},
    "means?": {"what": _Choice(("date", "url", "doi")), "from?": str, "to?": str},
    "constraints?": {
        "required?": bool, "enum?": [str], "pattern?": _PATTERN, "maxLength?": int, "minimum?": _NUMBER,
        "maximum?": _NUMBER, "...": ...,
    },
    "...": ...,
}  # fmt: skip
_MEMBERS = {"resource": _TABLE, "on": _THEIRS, "where?": _WHERE}
_SCHEMA = {
    "fields": [_FIELD], "primaryKey": [_OWN],
    "foreignKeys?": [{"fields": [_OWN], "reference": {"resource": _TABLE, "fields": [_THEIRS]}}],
    "ordered?": [[_OWN]], "unorderedPair?": [[_OWN]], "different?": [[_OWN]], "sides?": [[_OWN]], "begins?": [[_OWN]],
    "totals?": [{
        "sum": [_OWN], "by": [_OWN], "mend?": str,
        "equals": {"resource": _TABLE, "on": [_BOTH], "field?": _THEIRS, "where?": {"*": str}},
    }],
    "ranges?": [{"field": _OWN, "resource": _TABLE, "on": _BOTH}],
    "expected?": [{"resource": _TABLE, "region": str, "unit": _OWN, "series": _OWN, "year": _OWN, "gaps": _TABLE}],
    "sequences?": [{"by": [_OWN], "stage": _OWN, "date": _OWN, "order": [str]}],
    "labels?": [{"base": str, "kinds": {"*": _TARGET}}],
    "requires?": [_MEMBERS | {"field": _OWN}],
    "ranked?": [{"rank": _OWN, "by": [_OWN], "explained": [_OWN], "shared?": _WHERE}],
    "single?": [{"by": [_OWN], "where": _WHERE}],
    "complete?": [_MEMBERS | {"by": [_OWN], "field": _OWN, "also?": [str]}],
    "when?": [{"field": _OWN, "is": [str], "filled?": [_OWN], "blank?": [_OWN]}],
    "sourced?": [_MEMBERS | {"date": _OWN, "source": _OWN, "published": _THEIRS}],
    "...": ...,
}  # fmt: skip
_RESOURCE = {
    "name": str, "path": _PATH, "title?": str, "description?": str, "notes?": {"*": str}, "schema?": _SCHEMA,
    "known?": [_OWN],
    "sources?": [{"title?": str, "key?": str, "...": ...}], "licenses?": [{"title?": str, "...": ...}], "...": ...,
}  # fmt: skip
_PACKAGE = {
    "resources": [_RESOURCE], "title?": str, "description?": str, "conventions?": [str],
    "verification?": {"resource": str, "random": str}, "...": ...,
}  # fmt: skip
_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
_ONE_EACH = ("ordered", "unorderedPair", "different", "sides", "begins")  # rules of two columns


def require_forms(package: Any) -> None:
    """Raises `ContractError`, with the place, where a contract is not of the forms that are read here.

    >>> from datacontract.forms import require_forms
    >>> schema = {"fields": [{"name": "pair", "type": "string"}], "primaryKey": ["pairs"]}
    >>> require_forms({"resources": [{"name": "ties", "path": "ties.csv", "schema": schema}]})
    Traceback (most recent call last):
        ...
    datacontract.forms.ContractError: datapackage.json, resources[0].schema.primaryKey[0]: 'pairs' is not
        allowed; allowed: a column of ties: did you mean 'pair'? allowed: pair
    """
    _require(package, _PACKAGE, "", {}, "")
    tables: dict[str, set[str]] = {}
    for number, resource in enumerate(package["resources"]):
        if resource["name"] in tables:
            raise ContractError(f"resources[{number}]", repr(resource["name"])[:60], "each name once")
        tables[resource["name"]] = {field["name"] for field in resource.get("schema", {}).get("fields", [])}
    for number, resource in enumerate(package["resources"]):
        _require(resource, _RESOURCE, f"resources[{number}]", tables, resource["name"])
        for rule in _ONE_EACH:
            for pair in resource.get("schema", {}).get(rule, []):
                if len(pair) != 2:
                    raise ContractError(f"resources[{number}].schema.{rule}", repr(pair)[:60], "two columns each")
        for field in resource.get("schema", {}).get("fields", []):
            if field["type"] == "list" and not field.get("delimiter"):
                place = f"resources[{number}].schema.fields, {field['name']}"
                raise ContractError(place, "a list without a delimiter", "a delimiter, as ;")


def _require(part: Any, form: Any, place: str, tables: Mapping[str, set[str]], own: str, other: str = "") -> None:
    """Raises `ContractError` where a part is not of a form; names are looked up where the tables are known."""
    if isinstance(form, dict):
        if not isinstance(part, dict):
            raise _misfit(place, part, "an object in braces")
        _require_keys(part, form, place)
        target = part.get("resource")
        inside = target if isinstance(target, str) and target else own
        for key, value in part.items():
            inner = form.get(key, form.get(f"{key}?", form.get("*", ...)))
            if inner is ... or type(value) is inner:  # most of them, and to say where they stand takes time
                continue
            _require(value, inner, f"{place}.{key}".lstrip("."), tables, own, inside)
    elif isinstance(form, list):
        if not isinstance(part, list):
            raise _misfit(place, part, "a list in brackets")
        for number, item in enumerate(part):
            if type(item) is form[0]:
                continue
            _require(item, form[0], f"{place}[{number}]", tables, own, other)
    elif form is not ...:
        _require_value(part, form, place, tables, own, other)


def _require_keys(part: Mapping[str, Any], form: Mapping[str, Any], place: str) -> None:
    for key in form:
        if not key.endswith("?") and key not in ("*", "...") and key not in part:
            raise ContractError(place or "the whole", f"no {key!r}", f"an object with {key!r}")
    known = {key.removesuffix("?") for key in form}
    for key in part:
        if key not in known and not known & {"*", "..."}:
            raise ContractError(place, repr(key)[:60], suggest(key, sorted(known)))


def _require_value(part: Any, form: Any, place: str, tables: Mapping[str, set[str]], own: str, other: str) -> None:
    if not tables:
        _require_kind(part, form, place)
    elif form is _TABLE:
        if part and part not in tables:
            raise _misfit(place, part, f"a table: {suggest(part, tables)}")
    elif isinstance(form, _Column):
        for table in [own] * form.here + [other] * form.there:
            if part not in (known := tables.get(table, set())):
                raise _misfit(place, part, f"a column of {table}: {suggest(part, sorted(known))}")


def _require_kind(part: Any, form: Any, place: str) -> None:
    """Raises where a value is not of the kind that its form asks for, whatever the tables are."""
    if form is _NUMBER:
        if isinstance(part, bool) or not isinstance(part, _NUMBER):
            raise _misfit(place, part, "a number")
    elif isinstance(form, type):
        if type(part) is not form:
            raise _misfit(place, part, _WORDS[form])
    elif not isinstance(part, str):
        raise _misfit(place, part, "text")
    elif form is _PATTERN:
        try:
            re.compile(part)
        except (re.error, OverflowError, RecursionError) as error:
            raise _misfit(place, part, f"a regular expression ({error})") from None
    elif form is _PATH:
        if not part or "\\" in part or not part.isprintable() or part.startswith(("/", "~")) or ".." in part.split("/"):
            raise _misfit(place, part, _PATH)
    elif isinstance(form, _Choice) and part not in form.words:
        raise _misfit(place, part, suggest(part, form.words))


def _misfit(place: str, part: Any, allowed: str) -> ContractError:
    shown = repr(part)
    return ContractError(place or "the whole", shown if len(shown) <= 60 else shown[:60] + "…", allowed)
