"""Rules that Table Schema cannot say, each with a name, in `RULES`.

Most are declared in the contract itself, by a property of a field (``reference``, ``pairOf``) or of a schema
(``ordered``, ``totals`` …), so that a new table gets them by declaring them.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datacontract.contract import Field, Resource, Row
from datacontract.errors import suggest
from datacontract.faults import Fault

__all__ = ["RULES", "Tables", "apply"]

_FORMULA = ("=", "+", "-", "@", "\t")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # categories of characters
_SLOT = re.compile(r"\{[a-z_]+(:[^{}]*)?\}")  # of a template
_MARKUP = re.compile(r"[<>`]|\]\(|javascript:|\{[a-z-]+\}", re.IGNORECASE)


@dataclass(frozen=True)
class Tables:
    """What a rule looks at: the tables of the contract, and the rows of those in which nothing else is wrong."""

    resources: Mapping[str, Resource]
    rows: Mapping[str, Sequence[Row]]
    rule: str

    def fields(self, where: Callable[[Field], bool]) -> Iterator[tuple[str, Field]]:
        """The fields for which `where` is true, each with the name of its table."""
        return ((name, f) for name in self.rows for f in self.resources[name]["schema"]["fields"] if where(f))

    def declared(self, key: str) -> Iterator[tuple[str, Any]]:
        """What the schemas declare under `key`, each item with the name of its table."""
        return ((name, item) for name in self.rows for item in self.resources[name]["schema"].get(key, []))

    def numbered(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows of a table with their lines in the file."""
        return enumerate(self.rows[table], 2)

    def codes(self, target: Mapping[str, Any]) -> set[str]:
        """What the ``field`` of the ``resource`` that `target` names may hold, or holds, and what it names ``also``."""
        table, column = target["resource"], target["field"]
        field = next((f for name, f in self.fields(lambda f: f["name"] == column) if name == table), {})
        used = {row[column] for row in self.rows.get(table, [])} - {""}
        return {*field.get("constraints", {}).get("enum", used), *target.get("also", [])}

    def fault(self, table: str, row: int, column: str, allowed: str, value: str | None = None) -> Fault:
        """What is wrong with a cell; `value` is what to show in place of its text. Row 0 is the whole table."""
        shown = self.rows[table][row - 2][column] if value is None else value
        return Fault(self.resources[table]["path"], row, column, shown, allowed, self.rule)


def apply(resources: Mapping[str, Resource], rows: Mapping[str, Sequence[Row]]) -> list[Fault]:
    """The faults that the rules find in the rows of these tables."""
    return [fault for name, rule in RULES for fault in rule(Tables(resources, rows, name))]


def references(tables: Tables) -> Iterator[Fault]:
    """``reference``: every item of a list or an open column stands once, and in the column it refers to."""
    for name, field in tables.fields(lambda f: f.get("reference", {}).get("resource") in tables.rows):
        target, column = field["reference"], field["name"]
        known = tables.codes(target)
        for number, row in tables.numbered(name):
            cell = row[column]
            items = cell.split(field["delimiter"]) if field["type"] == "list" else [cell]
            for item in items:
                if cell and item not in known:
                    allowed = f"a value of {target['resource']}.{target['field']}: {suggest(item, sorted(known))}"
                    yield tables.fault(name, number, column, allowed, item)
            if len(set(items)) != len(items):
                yield tables.fault(name, number, column, "each item once")


def pairs(tables: Tables) -> Iterator[Fault]:
    """``pairOf``: a pair is two different known codes in alphabetical order, so that no pair has two spellings."""
    for name, field in tables.fields(lambda f: "pairOf" in f):
        target, column = field["pairOf"], field["name"]
        known = tables.codes(target)
        for number, row in tables.numbered(name):
            first, _, second = row[column].partition("-")
            if row[column] and not first < second:
                yield tables.fault(name, number, column, "two different codes in alphabetical order, as KAZ-UZB")
            elif row[column] and known and not {first, second} <= known:
                yield tables.fault(name, number, column, f"codes of {target['resource']}.{target['field']}")


def dates_in_order(tables: Tables) -> Iterator[Fault]:
    """``ordered``: what begins does not end before it begins. Dates are compared at the precision that both have."""
    for name, (earlier, later) in tables.declared("ordered"):
        for number, row in tables.numbered(name):
            if row[earlier] and row[later] and _precedes(row[later], row[earlier]):
                yield tables.fault(name, number, later, f"not before {earlier}, which is {row[earlier]}")


def _precedes(one: str, other: str) -> bool:
    """Whether a number or date comes before another; dates at the precision that both have."""
    try:
        return float(one) < float(other)
    except ValueError:
        length = min(len(one), len(other))
        return one[:length] < other[:length]


def plain_text(tables: Tables) -> Iterator[Fault]:
    """Text that no program reads as more than text: no control character, formula or markup."""
    for name, field in tables.fields(lambda f: f["type"] in ("string", "list")):
        column = field["name"]
        if "enum" not in field.get("constraints", {}):
            wrong = {cell: _unplain(cell, field) for cell in {row[column] for row in tables.rows[name]}}
            for number, row in tables.numbered(name) if any(wrong.values()) else ():
                if allowed := wrong[row[column]]:
                    yield tables.fault(name, number, column, allowed)


def _unplain(cell: str, field: Field) -> str:
    """What a text that is not plain has to be."""
    if not cell.isprintable() and any(unicodedata.category(c) in _UNSEEN for c in cell):
        return "text without control characters"
    if cell.startswith(_FORMULA):
        return "text that does not begin like a formula (= + - @)"
    if _MARKUP.search(_SLOT.sub("", cell) if field.get("template") else cell):
        return "plain text without markup"
    return "single spaces, none at either end" if cell != cell.strip() or "  " in cell else ""


def sources_are_used(tables: Tables) -> Iterator[Fault]:
    """A source that no row names does not belong to the collection. Only all tables together can say so."""
    every = {name for name, resource in tables.resources.items() if "schema" in resource}
    if every != set(tables.rows) or "sources" not in every:
        return
    used = {source["key"] for r in tables.resources.values() for source in r.get("sources", []) if "key" in source}
    for name, field in tables.fields(lambda f: f.get("reference", {}).get("resource") == "sources"):
        used |= {key for row in tables.rows[name] for key in row[field["name"]].split(field["delimiter"])}
    for number, row in tables.numbered("sources"):
        if row["source_key"] not in used:
            yield tables.fault("sources", number, "source_key", "a key that at least one row of a table names")


def unordered_pairs(tables: Tables) -> Iterator[Fault]:
    """``unorderedPair``: two columns of codes in alphabetical order, so that no pair stands twice."""
    for name, (one, other) in tables.declared("unorderedPair"):
        for number, row in tables.numbered(name):
            if not row[one] < row[other]:
                yield tables.fault(name, number, other, f"a code after {one}, which is {row[one]}")


def totals(tables: Tables) -> Iterator[Fault]:
    """``totals``: the cells of a group of rows add up to a number that another table, or a count of its rows, gives."""
    for name, spec in tables.declared("totals"):
        target, expected, found, last = spec["equals"], Counter[Any](), Counter[Any](), {}
        for row in tables.rows.get(target["resource"], []):
            if all(row[column] == value for column, value in target.get("where", {}).items()):
                expected[_cells(row, target["on"])] += int(row[target["field"]]) if "field" in target else 1
        for number, row in tables.numbered(name):
            group = _cells(row, spec["by"])
            found[group] += sum(int(row[column]) for column in spec["sum"])
            last[group] = number, expected.get(_cells(row, target["on"]))
        for group, total in found.items():
            number, due = last[group]
            if due not in (None, total):
                allowed = f"a sum of {due} for {', '.join(group)}, as in {target['resource']}"
                yield tables.fault(name, number, " + ".join(spec["sum"]), allowed, str(total))


def _cells(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def plausible_ranges(tables: Tables) -> Iterator[Fault]:
    """``ranges``: a value stays within the minimum and maximum that another table gives for its kind."""
    for name, spec in tables.declared("ranges"):
        field, on, resource = spec["field"], spec["on"], spec["resource"]
        bounds = {row[on]: row for row in tables.rows.get(resource, [])}
        for number, row in tables.numbered(name):
            if row[field] and row[on] in bounds:
                found = bounds[row[on]]
                low, high = float(found["minimum"] or "-inf"), float(found["maximum"] or "inf")
                if not low <= float(row[field]) <= high:
                    allowed = f"from {low:g} to {high:g} for {row[on]}, as in {resource}"
                    yield tables.fault(name, number, field, allowed)


def expected_rows(tables: Tables) -> Iterator[Fault]:
    """``expected``: for every member of a region, each year that a series has is there, or is listed as a gap."""
    for name, spec in tables.declared("expected"):
        gaps, unit, series, year = spec["gaps"], spec["unit"], spec["series"], spec["year"]
        if not {gaps, spec["resource"]} <= tables.rows.keys():
            continue
        members = [row["actor"] for row in tables.rows[spec["resource"]] if row["region"] == spec["region"]]
        present = {(row[unit], row[series], int(row[year])) for row in tables.rows[name]}
        known = {(member, code, when) for _, code, when in present for member in members}
        for row in tables.rows[gaps]:
            years = range(int(row["start"]), int(row["end"]) + 1)
            present |= {(row[unit], row[series], when) for when in years}
        for missing in sorted(known - present):
            allowed = f"a row, or a gap with its reason in {gaps}"
            yield tables.fault(name, 0, f"{unit} + {series} + {year}", allowed, ", ".join(map(str, missing)))


def stages_in_sequence(tables: Tables) -> Iterator[Fault]:
    """``sequences``: within a group, no later stage is dated before the first of an earlier one."""
    for name, spec in tables.declared("sequences"):
        date, stage, order = spec["date"], spec["stage"], spec["order"]
        dated = [(number, row) for number, row in tables.numbered(name) if row[date] and row[stage] in order]
        first: dict[Any, str] = {}
        for _, row in dated:
            key = _cells(row, [*spec["by"], stage])
            if key not in first or _precedes(row[date], first[key]):
                first[key] = row[date]
        for number, row in dated:
            for earlier in order[: order.index(row[stage])]:
                since = first.get((*_cells(row, spec["by"]), earlier))
                if since and _precedes(row[date], since):
                    yield tables.fault(name, number, date, f"not before the first {earlier}, which is {since}")


def labels_of_codes(tables: Tables) -> Iterator[Fault]:
    """``labels``: a text names a code of the table of its kind, or says what one of the base language says."""
    for name, spec in tables.declared("labels"):
        base, kinds = spec["base"], spec["kinds"]
        texts = {(row["kind"], row["code"]): row["text"] for row in tables.rows[name] if row["language"] == base}
        known = {kind: tables.codes(target) for kind, target in kinds.items()}
        known |= {kind: {c for k, c in texts if k == kind} for kind in {k for k, _ in texts} - kinds.keys()}
        for number, row in tables.numbered(name):
            kind, code, target = row["kind"], row["code"], kinds.get(row["kind"])
            if kind in spec["elsewhere"] or (target and target["resource"] not in tables.rows):
                continue
            codes = known.get(kind, set())
            if code not in codes:
                of = f"{target['resource']}.{target['field']}" if target else f"a {kind} in {base}"
                yield tables.fault(name, number, "code", f"a code of {of}: {suggest(code, sorted(codes))}")
            elif target and row["language"] == base:
                allowed = f"another language, for {target['resource']} has the {base}"
                yield tables.fault(name, number, "language", allowed)
            elif not target and _slots(row["text"]) != _slots(texts[kind, code]):
                fields = ", ".join(_slots(texts[kind, code]) or ["none"])
                yield tables.fault(name, number, "text", f"the fields of the {base} text in braces: {fields}")


def _slots(text: str) -> list[str]:
    """The names of the fields of a template, in alphabetical order; the text itself where its braces do not match."""
    try:
        return sorted({slot for _, slot, _, _ in string.Formatter().parse(text) if slot is not None})
    except ValueError:
        return [text]


RULES: tuple[tuple[str, Callable[[Tables], Iterator[Fault]]], ...] = (
    ("reference", references), ("pair", pairs), ("order", dates_in_order), ("text", plain_text),
    ("unused-source", sources_are_used), ("unordered-pair", unordered_pairs), ("total", totals),
    ("range", plausible_ranges), ("expected", expected_rows), ("sequence", stages_in_sequence),
    ("label", labels_of_codes),
)  # fmt: skip
