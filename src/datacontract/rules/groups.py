"""Rules of rows that go together: sums, ranges, places in a list, whole units, and cells that depend on others."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from datacontract.contract import Row
from datacontract.faults import Fault
from datacontract.rules.tables import Tables, agrees
from datacontract.words import join_list, pluralize

__all__ = [
    "at_most_one", "expected_rows", "plausible_ranges", "ranks_without_gaps", "totals", "what_goes_together",
    "whole_units",
]  # fmt: skip

_NAMED = 5  # of what is missing in a unit, how many a message names


def totals(tables: Tables) -> Iterator[Fault]:
    """``totals``: the cells of a group of rows add up to a number that another table, or a count of its rows, gives.

    >>> from datacontract.rules import Tables, groups
    >>> spec = {"sum": ["yes", "no"], "by": ["year"], "equals": {"resource": "years", "on": ["year"], "field": "calls"}}
    >>> resources = {"votes": {"path": "votes.csv", "schema": {"totals": [spec]}}, "years": {"schema": {}}}
    >>> rows = {"years": [{"year": "2020", "calls": "90"}], "votes": [{"year": "2020", "yes": "80", "no": "9"}]}
    >>> print(*groups.totals(Tables(resources, rows, "total")))
    votes.csv, row 2, column yes + no: '89' is not allowed; allowed: a sum of 90 for 2020, as in years [total]
    """
    for name, spec in tables.declared("totals"):
        target, expected, found, last = spec["equals"], Counter[Any](), Counter[Any](), {}
        if target["resource"] not in tables.rows:
            continue
        for row in tables.rows[target["resource"]]:
            if all(row[column] == value for column, value in target.get("where", {}).items()):
                expected[_cells(row, target["on"])] += int(row[target["field"]]) if "field" in target else 1
        for number, row in tables.numbered(name):
            group = _cells(row, spec["by"])
            found[group] += sum(int(row[column]) for column in spec["sum"])
            last[group] = number, _cells(row, target["on"])
        for group, total in found.items():
            number, of = last[group]
            if (due := expected.get(of, None if "field" in target else 0)) not in (None, total):
                mend = f"; {spec['mend']}" if "mend" in spec else ""
                allowed = f"a sum of {due} for {', '.join(of)}, as in {target['resource']}{mend}"
                yield tables.fault(name, number, " + ".join(spec["sum"]), allowed, str(total))


def _cells(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def plausible_ranges(tables: Tables) -> Iterator[Fault]:
    """``ranges``: a value stays within the minimum and maximum that another table gives for its kind.

    >>> from datacontract.rules import Tables, groups
    >>> spec = {"field": "value", "on": "indicator", "resource": "bounds"}
    >>> resources = {"values": {"path": "values.csv", "schema": {"ranges": [spec]}}, "bounds": {"schema": {}}}
    >>> bounds = [{"indicator": "share", "minimum": "0", "maximum": "100"}]
    >>> rows = {"bounds": bounds, "values": [{"indicator": "share", "value": "104"}]}
    >>> print(*groups.plausible_ranges(Tables(resources, rows, "range")))
    values.csv, row 2, column value: '104' is not allowed; allowed: from 0 to 100 for share, as in bounds
        [range]
    """
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
    """``expected``: for every member of a region, each year that a series has is there, or is listed as a gap.

    >>> from datacontract.rules import Tables, groups
    >>> spec = {"gaps": "gaps", "unit": "state", "series": "of", "year": "year", "resource": "members", "region": "C5"}
    >>> values, bare = {"path": "values.csv", "schema": {"expected": [spec]}}, {"schema": {}}
    >>> rows = {"gaps": [], "members": [{"region": "C5", "actor": "KAZ"}, {"region": "C5", "actor": "KGZ"}]}
    >>> rows["values"] = [dict(state=s, of="gdp", year=y) for s, y in (("KAZ", 2024), ("KAZ", 2025), ("KGZ", 2024))]
    >>> print(*groups.expected_rows(Tables({"values": values, "gaps": bare, "members": bare}, rows, "expected")))
    values.csv, column state + of + year: 'KGZ, gdp, 2025' is not allowed; allowed: a row, or a gap with its
        reason in gaps [expected]
    """
    for name, spec in tables.declared("expected"):
        gaps, unit, series, year = spec["gaps"], spec["unit"], spec["series"], spec["year"]
        if not {gaps, spec["resource"]} <= tables.rows.keys():
            continue
        members = [row["actor"] for row in tables.rows[spec["resource"]] if row["region"] == spec["region"]]
        present = {(row[unit], row[series], int(row[year])) for row in tables.rows[name]}
        known = {(member, code, when) for _, code, when in present for member in members}
        excused = set()
        for number, row in tables.numbered(gaps):
            gap = {(row[unit], row[series], when) for when in range(int(row["start"]), int(row["end"]) + 1)}
            if there := sorted(when for _, _, when in gap & present):
                allowed = f"years without a value: {name} has {join_list(there)} for {row[unit]}, {row[series]}"
                yield tables.fault(gaps, number, "start", allowed)
            excused |= gap
        missing = defaultdict[str, dict[str, list[int]]](dict)
        for member, code, when in sorted(known - present - excused):
            missing[member].setdefault(code, []).append(when)
        for member, years_of in missing.items():
            column, rows = f"{unit} + {series} + {year}", sum(map(len, years_of.values()))
            if not any(member == one for one, _, _ in present):
                missed = f"{rows:,} rows in {len(years_of)} series"
                allowed = f"{missed} for {member}, as all of {spec['region']} have, or gaps in {gaps}"
                yield tables.fault(name, 0, column, allowed, member)
                continue
            for code, years in years_of.items():
                allowed = f"a row, or a gap with its reason in {gaps}"
                yield tables.fault(name, 0, column, allowed, f"{member}, {code}, {_spans(years)}")


def _spans(years: Sequence[int]) -> str:
    """Years in order, as ``1991 to 1995, 2001``."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(f"{a} to {b}" if b > a else str(a) for a, b in zip(starts, ends, strict=True))


def ranks_without_gaps(tables: Tables) -> Iterator[Fault]:
    """``ranked``: places count from 1; who shares one has the lowest, and the next places are skipped.

    A gap may be filled by rows without a place, or has to be explained in the row after it. Rows that agree with
    ``shared`` may also share a place without skipping the next.

    >>> from datacontract.rules import Tables, groups
    >>> schema = {"ranked": [{"rank": "rank", "by": ["document"], "explained": ["note"]}]}
    >>> rows = [{"document": "fpc-2020", "rank": rank, "note": ""} for rank in ("1", "2", "2", "3")]
    >>> lists = {"list": {"path": "list.csv", "schema": schema}}
    >>> print(*groups.ranks_without_gaps(Tables(lists, {"list": rows}, "rank")))
    list.csv, row 5, column rank: '3' is not allowed; allowed: place 4, since others share one before [rank]
    """
    for name, spec in tables.declared("ranked"):
        rank, lists = spec["rank"], defaultdict[Any, list[tuple[int, Row]]](list)
        for number, row in tables.numbered(name):
            lists[_cells(row, spec["by"])].append((number, row))
        for rows in lists.values():
            placed = sorted((int(row[rank]), number, row) for number, row in rows if row[rank])
            blank = len(rows) - len(placed)
            explained = 0
            for place, number, row in placed:
                lower = [one for one, _, _ in placed if one < place]
                least = len({*lower} if "shared" in spec and agrees(row, spec["shared"]) else lower) + 1
                most = len(lower) + 1 + blank + explained
                if place > most and any(row[column] for column in spec["explained"]):
                    explained = max(explained, place - len(lower) - 1 - blank)
                elif not least <= place <= most:
                    between = f"or what stands between, in {join_list(spec['explained'], 'or')}"
                    why = between if place > most else "since others share one before"
                    yield tables.fault(name, number, rank, f"place {len(lower) + 1}, {why}")


def at_most_one(tables: Tables) -> Iterator[Fault]:
    """``single``: of the rows that agree with ``where`` there is one in a group, as one concept of a state in force.

    >>> from datacontract.rules import Tables, groups
    >>> schema = {"primaryKey": ["key"], "single": [{"by": ["state"], "where": {"status": ["in_force"]}}]}
    >>> rows = [{"key": key, "state": "KAZ", "status": "in_force"} for key in ("fpc-2014", "fpc-2020")]
    >>> print(*groups.at_most_one(Tables({"docs": {"path": "docs.csv", "schema": schema}}, {"docs": rows}, "single")))
    docs.csv, row 3, column status: 'in_force' is not allowed; allowed: one row with in_force for KAZ; fpc-2014
        in row 2 has it already [single]
    """
    for name, spec in tables.declared("single"):
        first: dict[Any, int] = {}
        for number, row in tables.numbered(name):
            if agrees(row, spec["where"]) and first.setdefault(_cells(row, spec["by"]), number) != number:
                before, key = first[_cells(row, spec["by"])], tables.resources[name]["schema"]["primaryKey"][0]
                column, values = list(spec["where"].items())[-1]
                other = tables.rows[name][before - 2][key]
                of = ", ".join(_cells(row, spec["by"]))
                allowed = f"one row with {join_list(values, 'or')} for {of}; {other} in row {before} has it already"
                yield tables.fault(name, number, column, allowed)


def whole_units(tables: Tables) -> Iterator[Fault]:
    """``complete``: a unit that has been begun has a row for each code that another table names, be it blank.

    >>> from datacontract.rules import Tables, groups
    >>> spec = {"resource": "domains", "on": "domain", "field": "domain", "by": ["meeting"]}
    >>> agenda = {"path": "agenda.csv", "schema": {"fields": [], "complete": [spec]}}
    >>> rows = {"domains": [{"domain": "TRD"}, {"domain": "WAT"}], "agenda": [{"meeting": "cm-2018", "domain": "TRD"}]}
    >>> print(*groups.whole_units(Tables({"agenda": agenda, "domains": {"schema": {"fields": []}}}, rows, "whole")))
    agenda.csv, row 2, column meeting: 'cm-2018' is not allowed; allowed: also 1 row for domain WAT, blank where
        unknown [whole]
    """
    for name, spec in tables.declared("complete"):
        if spec["resource"] not in tables.rows:
            continue
        wanted, found = tables.codes(spec, "on"), defaultdict[Any, set[str]](set)
        last: dict[Any, int] = {}
        for number, row in tables.numbered(name):
            unit = _cells(row, spec["by"])
            found[unit].add(row[spec["field"]])
            last[unit] = number
        for unit, codes in found.items():
            if missing := sorted(wanted - codes):
                named = join_list([*missing[:_NAMED], *(["others"] if len(missing) > _NAMED else [])])
                allowed = f"also {pluralize(len(missing), 'row')} for {spec['field']} {named}, blank where unknown"
                yield tables.fault(name, last[unit], " + ".join(spec["by"]), allowed, ", ".join(unit))


def what_goes_together(tables: Tables) -> Iterator[Fault]:
    """``when``: where a column has one of some values, others are filled in, or are blank.

    >>> from datacontract.rules import Tables, groups
    >>> visits = {"path": "visits.csv", "schema": {"when": [{"field": "status", "is": ["held"], "filled": ["date"]}]}}
    >>> rows = [{"status": "planned", "date": ""}, {"status": "held", "date": ""}]
    >>> print(*groups.what_goes_together(Tables({"visits": visits}, {"visits": rows}, "together")))
    visits.csv, row 3, column date: '' is not allowed; allowed: not blank where status is held [together]
    """
    for name, spec in tables.declared("when"):
        field = spec["field"]
        for number, row in tables.numbered(name):
            if row[field] in spec["is"]:
                said = f"where {field} is {row[field] or 'blank'}"
                for column in spec.get("filled", []):
                    if not row[column]:
                        yield tables.fault(name, number, column, f"not blank {said}")
                for column in spec.get("blank", []):
                    if row[column]:
                        yield tables.fault(name, number, column, f"blank {said}")
