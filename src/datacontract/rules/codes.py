"""Rules of codes: what they refer to, in which order they stand, which go together."""

import re
from collections.abc import Iterator

from datacontract.faults import Fault
from datacontract.rules.meanings import is_date
from datacontract.rules.tables import Tables
from datacontract.words import join_list

__all__ = [
    "codes_of_a_kind", "different_codes", "keys_that_begin", "lists_in_order", "pairs", "references",
    "references_by_kind", "sides_of_pairs", "sources_are_used", "unordered_pairs",
]  # fmt: skip

_DATE_IN_KEY = re.compile(r"(?<![0-9a-z])[0-9]{4}(-[0-9]{2}){0,2}(?![0-9a-z])")


def references(tables: Tables) -> Iterator[Fault]:
    """``reference``: every item of a list or an open column stands once, and in the column it refers to.

    >>> from datacontract.rules import Tables, codes
    >>> field = {"name": "source", "type": "string", "reference": {"resource": "sources", "field": "key"}}
    >>> resources = {"ties": {"path": "ties.csv", "schema": {"fields": [field]}}, "sources": {"schema": {"fields": []}}}
    >>> rows = {"ties": [{"source": "G18"}, {"source": "G81"}], "sources": [{"key": "G18"}]}
    >>> print(*codes.references(Tables(resources, rows, "reference")))
    ties.csv, row 3, column source: 'G81' is not allowed; allowed: a value of sources.key [reference]
    """
    for name, field in tables.fields(lambda f: f.get("reference", {}).get("resource") in tables.rows):
        target, column = field["reference"], field["name"]
        known = tables.codes(target)
        for number, row in tables.numbered(name):
            cell = row[column]
            items = cell.split(field["delimiter"]) if field["type"] == "list" else [cell]
            for item in items:
                if cell and item not in known:
                    yield tables.missing(name, number, column, target, item)
            if len(set(items)) != len(items):
                yield tables.fault(name, number, column, "each item once")


def references_by_kind(tables: Tables) -> Iterator[Fault]:
    """``referenceBy``: a cell stands in the column that another cell of its row chooses among several.

    >>> from datacontract.rules import Tables, codes
    >>> by = {"column": "kind", "targets": {"level": {"resource": "levels", "field": "level"}}}
    >>> schema = {"fields": [{"name": "code", "type": "string", "referenceBy": by}]}
    >>> resources = {"labels": {"path": "labels.csv", "schema": schema}, "levels": {"schema": {"fields": []}}}
    >>> rows = {"labels": [{"kind": "level", "code": "alies"}], "levels": [{"level": "alliance"}]}
    >>> print(*codes.references_by_kind(Tables(resources, rows, "reference-by")))
    labels.csv, row 2, column code: 'alies' is not allowed; allowed: a value of levels.level [reference-by]
    """
    for name, field in tables.fields(lambda f: "referenceBy" in f):
        by, column = field["referenceBy"]["column"], field["name"]
        targets = {k: t for k, t in field["referenceBy"]["targets"].items() if t["resource"] in tables.rows}
        known = {kind: tables.codes(target) for kind, target in targets.items()}
        for number, row in tables.numbered(name):
            if row[column] and row[by] in known and row[column] not in known[row[by]]:
                yield tables.missing(name, number, column, targets[row[by]], row[column])


def pairs(tables: Tables) -> Iterator[Fault]:
    """``pairOf``: a pair is two different known codes in alphabetical order, so that no pair has two spellings.

    >>> from datacontract.rules import Tables, codes
    >>> field = {"name": "pair", "type": "string", "pairOf": {"resource": "actors", "field": "actor"}}
    >>> ties = {"path": "ties.csv", "schema": {"fields": [field]}}
    >>> print(*codes.pairs(Tables({"ties": ties}, {"ties": [{"pair": "KAZ-UZB"}, {"pair": "UZB-KAZ"}]}, "pair")))
    ties.csv, row 3, column pair: 'UZB-KAZ' is not allowed; allowed: two different codes in alphabetical order,
        as KAZ-UZB [pair]
    """
    for name, field in tables.fields(lambda f: "pairOf" in f):
        target, column = field["pairOf"], field["name"]
        every = tables.codes({"resource": target["resource"], "field": target["field"]})
        known = tables.codes(target)
        for number, row in tables.numbered(name):
            sides = row[column].split("-")
            if row[column] and not (len(sides) == 2 and sides[0] < sides[1]):
                yield tables.fault(name, number, column, "two different codes in alphabetical order, as KAZ-UZB")
            elif row[column] and known:
                for code in sides:
                    if code not in every:
                        yield tables.missing(name, number, column, target, code)
                    elif code not in known:
                        yield tables.fault(name, number, column, _of_a_kind(target["where"], target["resource"]), code)


def codes_of_a_kind(tables: Tables) -> Iterator[Fault]:
    """``requires``: a code names a row that has certain values, as a meeting that was held, or a state.

    >>> from datacontract.rules import Tables, codes
    >>> held = {"field": "meeting", "resource": "meetings", "on": "meeting", "where": {"status": ["held"]}}
    >>> agenda = {"path": "agenda.csv", "schema": {"fields": [], "requires": [held]}}
    >>> rows = {"meetings": [{"meeting": "cm-2030", "status": "planned"}], "agenda": [{"meeting": "cm-2030"}]}
    >>> print(*codes.codes_of_a_kind(Tables({"agenda": agenda, "meetings": {"schema": {"fields": []}}}, rows, "kind")))
    agenda.csv, row 2, column meeting: 'cm-2030' is not allowed; allowed: a code with status held in meetings
        [kind]
    """
    for name, spec in tables.declared("requires"):
        if spec["resource"] not in tables.rows:
            continue
        fit = tables.codes(spec, "on")
        every = {row[spec["on"]] for row in tables.rows[spec["resource"]]}
        for number, row in tables.numbered(name):
            code = row[spec["field"]]
            if code in every and code not in fit:
                yield tables.fault(name, number, spec["field"], _of_a_kind(spec["where"], spec["resource"]))


def _of_a_kind(where: dict[str, list[str]], resource: str) -> str:
    kinds = join_list([f"{column} {join_list(values, 'or')}" for column, values in where.items()])
    return f"a code with {kinds} in {resource}"


def unordered_pairs(tables: Tables) -> Iterator[Fault]:
    """``unorderedPair``: two columns of codes in alphabetical order, so that no pair stands twice.

    >>> from datacontract.rules import Tables, codes
    >>> dyads = {"path": "dyads.csv", "schema": {"unorderedPair": [["state_a", "state_b"]]}}
    >>> rows = [{"state_a": "KAZ", "state_b": "UZB"}, {"state_a": "UZB", "state_b": "KAZ"}]
    >>> print(*codes.unordered_pairs(Tables({"dyads": dyads}, {"dyads": rows}, "unordered-pair")))
    dyads.csv, row 3, column state_b: 'KAZ' is not allowed; allowed: a code after state_a, which is UZB
        [unordered-pair]
    """
    for name, (one, other) in tables.declared("unorderedPair"):
        for number, row in tables.numbered(name):
            if not row[one] < row[other]:
                yield tables.fault(name, number, other, f"a code after {one}, which is {row[one]}")


def different_codes(tables: Tables) -> Iterator[Fault]:
    """``different``: nobody trades with, visits, belongs to or follows oneself.

    >>> from datacontract.rules import Tables, codes
    >>> trade = {"path": "trade.csv", "schema": {"different": [["reporter", "partner"]]}}
    >>> rows = [{"reporter": "KAZ", "partner": "UZB"}, {"reporter": "KAZ", "partner": "KAZ"}]
    >>> print(*codes.different_codes(Tables({"trade": trade}, {"trade": rows}, "different")))
    trade.csv, row 3, column partner: 'KAZ' is not allowed; allowed: another code than reporter has [different]
    """
    for name, (one, other) in tables.declared("different"):
        for number, row in tables.numbered(name):
            if row[one] and row[one] == row[other]:
                yield tables.fault(name, number, other, f"another code than {one} has")


def sides_of_pairs(tables: Tables) -> Iterator[Fault]:
    """``sides``: a code that is one of the two of a pair in the same row.

    >>> from datacontract.rules import Tables, codes
    >>> visits = {"path": "visits.csv", "schema": {"sides": [["pair", "guest"]]}}
    >>> rows = [{"pair": "KAZ-UZB", "guest": "UZB"}, {"pair": "KAZ-UZB", "guest": "TKM"}]
    >>> print(*codes.sides_of_pairs(Tables({"visits": visits}, {"visits": rows}, "side")))
    visits.csv, row 3, column guest: 'TKM' is not allowed; allowed: one of the pair, which is KAZ-UZB [side]
    """
    for name, (pair, side) in tables.declared("sides"):
        for number, row in tables.numbered(name):
            if row[pair] and row[side] and row[side] not in row[pair].split("-"):
                yield tables.fault(name, number, side, f"one of the {pair}, which is {row[pair]}")


def keys_that_begin(tables: Tables) -> Iterator[Fault]:
    r"""``begins``: a key begins with another column, in small letters, and dates within it are dates.

    >>> from datacontract.rules import Tables, codes
    >>> visits = {"path": "visits.csv", "schema": {"begins": [["key", "pair"]]}}
    >>> rows = [{"key": key, "pair": "KAZ-UZB"} for key in ("kaz-uzb-2018-02-28", "kaz-uzb-2018-02-30", "uzb-kaz-2018")]
    >>> print(*codes.keys_that_begin(Tables({"visits": visits}, {"visits": rows}, "key")), sep="\n")
    visits.csv, row 3, column key: 'kaz-uzb-2018-02-30' is not allowed; allowed: a key with a date that exists,
        which 2018-02-30 is not [key]
    visits.csv, row 4, column key: 'uzb-kaz-2018' is not allowed; allowed: a key that begins with the pair:
        kaz-uzb- [key]
    """
    for name, (key, column) in tables.declared("begins"):
        for number, row in tables.numbered(name):
            if not row[key].lower().startswith(f"{row[column].lower()}-"):
                yield tables.fault(name, number, key, f"a key that begins with the {column}: {row[column].lower()}-")
            elif wrong := [part[0] for part in _DATE_IN_KEY.finditer(row[key]) if not is_date(part[0])]:
                yield tables.fault(name, number, key, f"a key with a date that exists, which {wrong[0]} is not")


def lists_in_order(tables: Tables) -> Iterator[Fault]:
    """``sorted``: the items of a list stand in alphabetical order, so that no set has two spellings.

    >>> from datacontract.rules import Tables, codes
    >>> field = {"name": "parties", "type": "list", "delimiter": ";", "sorted": True}
    >>> treaties = {"path": "treaties.csv", "schema": {"fields": [field]}}
    >>> print(*codes.lists_in_order(Tables({"treaties": treaties}, {"treaties": [{"parties": "UZB;KAZ"}]}, "sorted")))
    treaties.csv, row 2, column parties: 'UZB;KAZ' is not allowed; allowed: alphabetical order: KAZ;UZB [sorted]
    """
    for name, field in tables.fields(lambda f: bool(f.get("sorted"))):
        for number, row in tables.numbered(name):
            items = row[field["name"]].split(field["delimiter"])
            if items != sorted(items):
                allowed = f"alphabetical order: {field['delimiter'].join(sorted(items))}"
                yield tables.fault(name, number, field["name"], allowed)


def sources_are_used(tables: Tables) -> Iterator[Fault]:
    """A source that no row names does not belong to the collection. Only all tables together can say so.

    >>> from datacontract.rules import Tables, codes
    >>> sources, map_ = {"path": "sources.csv", "schema": {"fields": []}}, {"sources": [{"key": "G18"}]}
    >>> rows = [{"source_key": "G18"}, {"source_key": "ART19"}]
    >>> print(*codes.sources_are_used(Tables({"sources": sources, "map": map_}, {"sources": rows}, "unused-source")))
    sources.csv, row 3, column source_key: 'ART19' is not allowed; allowed: a key that at least one row of a
        table names [unused-source]
    """
    every = {name for name, resource in tables.resources.items() if "schema" in resource}
    if every != set(tables.rows) or "sources" not in every:
        return
    used = {source["key"] for r in tables.resources.values() for source in r.get("sources", []) if "key" in source}
    for name, field in tables.fields(lambda f: f.get("reference", {}).get("resource") == "sources"):
        used |= {key for row in tables.rows[name] for key in row[field["name"]].split(field["delimiter"])}
    for number, row in tables.numbered("sources"):
        if row["source_key"] not in used:
            yield tables.fault("sources", number, "source_key", "a key that at least one row of a table names")
