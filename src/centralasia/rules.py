"""Rules that Table Schema cannot say, each with a name.

Most are declared in the contract itself (``reference``, ``pairOf``, ``ordered``), so that a new table
gets them by declaring them. A rule yields ``(table, row, column, value, allowed)``.
"""

import re
import unicodedata

from centralasia.check import Fault
from centralasia.contract import nearest

_RULES = {}
_FORMULA = "=+-@\t"
_MARKUP = re.compile(r"[<>`]|\]\(|javascript:|\{[a-z-]+\}", re.IGNORECASE)
_URL = re.compile(r"^https?://[^\s<>\"{}|\\^`]+$")


def rule(name):
    """Registers a rule under its name."""

    def register(function):
        _RULES[name] = function
        return function

    return register


def apply(package, tables):
    """The faults that the rules find in the sound tables, given as lists of cells by table name."""
    resources = {r["name"]: r for r in package["resources"] if r["name"] in tables}
    columns = {n: [f["name"] for f in r["schema"]["fields"]] for n, r in resources.items()}
    rows = {
        n: [(i, dict(zip(columns[n], cells, strict=True))) for i, cells in enumerate(tables[n], 2)] for n in tables
    }
    return [
        Fault(resources[name]["path"], row, column, value, allowed, check)
        for check, function in _RULES.items()
        for name, row, column, value, allowed in function(resources, rows)
    ]


def _fields(resources, wanted):
    """Every field, with its table, for which `wanted` is true."""
    return [(n, f) for n, r in resources.items() for f in r["schema"]["fields"] if wanted(f)]


@rule("reference")
def references(resources, rows):
    """Every item of a list-valued or open column stands in the table it refers to."""
    for name, field in _fields(resources, lambda f: "reference" in f):
        target = field["reference"]
        if target["resource"] not in rows:
            continue
        known = {row[target["field"]] for _, row in rows[target["resource"]]} | set(target.get("also", []))
        for number, row in rows[name]:
            cell = row[field["name"]]
            items = cell.split(field["delimiter"]) if field["type"] == "list" else [cell]
            for item in items if cell else []:
                if item not in known:
                    hint = nearest(item, sorted(known)) if len(known) < 100 else "see that table"
                    yield name, number, field["name"], item, f"a value of {target['resource']}.{target['field']}: {hint}"
            if len(set(items)) != len(items):
                yield name, number, field["name"], cell, "each item once"


@rule("pair")
def pairs(resources, rows):
    """A pair is two different known codes in alphabetical order, so that no pair has two spellings."""
    for name, field in _fields(resources, lambda f: "pairOf" in f):
        target = field["pairOf"]
        known = {row[target["field"]] for _, row in rows.get(target["resource"], [])}
        for number, row in rows[name]:
            cell = row[field["name"]]
            if cell:
                first, _, second = cell.partition("-")
                if not first < second:
                    yield name, number, field["name"], cell, "two different codes in alphabetical order, as KAZ-UZB"
                elif known and not {first, second} <= known:
                    yield name, number, field["name"], cell, f"codes of {target['resource']}.{target['field']}"


@rule("order")
def dates_in_order(resources, rows):
    """What begins does not end before it begins. Dates are compared at the precision that both have."""
    for name, resource in resources.items():
        for earlier, later in resource["schema"].get("ordered", []):
            for number, row in rows[name]:
                first, last = row[earlier], row[later]
                if first and last and _precedes(last, first):
                    yield name, number, later, last, f"not before {earlier}, which is {first}"


def _precedes(one, other):
    try:
        return float(one) < float(other)
    except ValueError:
        length = min(len(one), len(other))
        return one[:length] < other[:length]


@rule("text")
def plain_text(resources, rows):
    """Text that no program reads as more than text: no control character, formula or markup."""
    for name, field in _fields(resources, lambda f: f["type"] in ("string", "list")):
        if field.get("format") == "uri" or "enum" in field.get("constraints", {}):
            continue
        for number, row in rows[name]:
            cell = row[field["name"]]
            if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for c in cell):
                yield name, number, field["name"], cell, "text without control characters"
            elif cell.startswith(tuple(_FORMULA)):
                yield name, number, field["name"], cell, "text that does not begin like a formula (= + - @)"
            elif _MARKUP.search(cell):
                yield name, number, field["name"], cell, "plain text without markup"
            elif cell != cell.strip() or "  " in cell:
                yield name, number, field["name"], cell, "single spaces, none at either end"


@rule("url")
def web_addresses(resources, rows):
    """Addresses are complete and of the web."""
    for name, field in _fields(resources, lambda f: f.get("format") == "uri"):
        for number, row in rows[name]:
            cell = row[field["name"]]
            if cell and not _URL.match(cell):
                yield name, number, field["name"], cell, "an address that begins with http:// or https://, without spaces"


@rule("unused-source")
def sources_are_used(resources, rows):
    """A source that no row rests on does not belong to the collection."""
    if "sources" not in rows:
        return
    used = set()
    for name, field in _fields(resources, lambda f: f.get("reference", {}).get("resource") == "sources"):
        used |= {key for _, row in rows[name] for key in row[field["name"]].split(field["delimiter"])}
    for number, row in rows["sources"]:
        if row["source_key"] not in used:
            yield "sources", number, "source_key", row["source_key"], "a key that at least one row of a table names"
