"""Rules that Table Schema cannot say, each with a name.

Most are declared in the contract itself (``reference``, ``pairOf``, ``ordered`` and those of `rules_across`), so
that a new table gets them by declaring them. A rule yields ``(table, row, column, value, allowed)``.
"""

import re
import unicodedata

from datacontract.check import Fault
from datacontract.errors import suggest

_RULES = {}
_FORMULA = "=+-@\t"
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # categories of characters
_FIELD = re.compile(r"\{[a-z_]+(:[^{}]*)?\}")  # of a template
_MARKUP = re.compile(r"[<>`]|\]\(|javascript:|\{[a-z-]+\}", re.IGNORECASE)


def rule(name):
    """Registers a rule under its name."""

    def register(function):
        _RULES[name] = function
        return function

    return register


def apply(package, tables):
    """The faults that the rules find in the sound tables, given as lists of cells by table name."""
    from datacontract import rules_across  # noqa: F401  registers its rules

    resources = {r["name"]: r for r in package["resources"]}
    rows = {}
    for name, cells in tables.items():
        columns = [f["name"] for f in resources[name]["schema"]["fields"]]
        rows[name] = [(i, dict(zip(columns, row, strict=True))) for i, row in enumerate(cells, 2)]
    return [
        Fault(resources[name]["path"], row, column, value, allowed, check)
        for check, function in _RULES.items()
        for name, row, column, value, allowed in function(resources, rows)
    ]


def fields(resources, rows, wanted):
    """Every field of the sound tables, with its table, for which `wanted` is true."""
    return [(n, f) for n in rows for f in resources[n]["schema"]["fields"] if wanted(f)]


def declared(resources, rows, key):
    """Every rule that the schemas of the sound tables declare under `key`, with its table."""
    return [(n, rule) for n in rows for rule in resources[n]["schema"].get(key, [])]


@rule("reference")
def references(resources, rows):
    """Every item of a list-valued or open column stands in the table it refers to."""
    for name, field in fields(resources, rows, lambda f: "reference" in f):
        target = field["reference"]
        if target["resource"] not in rows:
            continue
        known = {row[target["field"]] for _, row in rows[target["resource"]]} | set(target.get("also", []))
        for number, row in rows[name]:
            cell = row[field["name"]]
            items = cell.split(field["delimiter"]) if field["type"] == "list" else [cell]
            for item in items if cell else []:
                if item not in known:
                    hint = suggest(item, sorted(known))
                    yield (
                        name,
                        number,
                        field["name"],
                        item,
                        f"a value of {target['resource']}.{target['field']}: {hint}",
                    )
            if len(set(items)) != len(items):
                yield name, number, field["name"], cell, "each item once"


@rule("pair")
def pairs(resources, rows):
    """A pair is two different known codes in alphabetical order, so that no pair has two spellings."""
    for name, field in fields(resources, rows, lambda f: "pairOf" in f):
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
    for name, (earlier, later) in declared(resources, rows, "ordered"):
        for number, row in rows[name]:
            first, last = row[earlier], row[later]
            if first and last and precedes(last, first):
                yield name, number, later, last, f"not before {earlier}, which is {first}"


def precedes(one, other):
    """Whether a number or date comes before another; dates at the precision that both have."""
    try:
        return float(one) < float(other)
    except ValueError:
        length = min(len(one), len(other))
        return one[:length] < other[:length]


@rule("text")
def plain_text(resources, rows):
    """Text that no program reads as more than text: no control character, formula or markup."""
    for name, field in fields(resources, rows, lambda f: f["type"] in ("string", "list")):
        if "enum" in field.get("constraints", {}):
            continue
        for number, row in rows[name]:
            cell = row[field["name"]]
            if not cell.isprintable() and any(unicodedata.category(c) in _UNSEEN for c in cell):
                yield name, number, field["name"], cell, "text without control characters"
            elif cell.startswith(tuple(_FORMULA)):
                yield name, number, field["name"], cell, "text that does not begin like a formula (= + - @)"
            elif _MARKUP.search(_FIELD.sub("", cell) if field.get("template") else cell):
                yield name, number, field["name"], cell, "plain text without markup"
            elif cell != cell.strip() or "  " in cell:
                yield name, number, field["name"], cell, "single spaces, none at either end"


@rule("unused-source")
def sources_are_used(resources, rows):
    """A source that no row rests on does not belong to the collection."""
    if {n for n, r in resources.items() if "schema" in r} != set(rows):
        return  # a table that cannot be read may be the one that names it
    used = {source["key"] for r in resources.values() for source in r.get("sources", []) if "key" in source}
    for name, field in fields(resources, rows, lambda f: f.get("reference", {}).get("resource") == "sources"):
        used |= {key for _, row in rows[name] for key in row[field["name"]].split(field["delimiter"])}
    for number, row in rows["sources"]:
        if row["source_key"] not in used:
            yield "sources", number, "source_key", row["source_key"], "a key that at least one row of a table names"
