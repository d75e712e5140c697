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
    """``totals``: the cells of a group of rows add up to a number that another table, or a count of its rows, gives."""
    for name, spec in tables.declared("totals"):
        target, expected, found, last = spec["equals"], Counter[Any](), Counter[Any](), {}
        for row in tables.rows.get(target["resource"], []):
            if all(row[column] == value for column, value in target.get("where", {}).items()):
                expected[_cells(row, target["on"])] += int(row[target["field"]]) if "field" in target else 1
        for number, row in tables.numbered(name):
            group = _cells(row, spec["by"])
            found[group] += sum(int(row[column]) for column in spec["sum"])
            last[group] = number, _cells(row, target["on"])
        for group, total in found.items():
            number, of = last[group]
            if (due := expected.get(of)) not in (None, total):
                mend = f"; {spec['mend']}" if "mend" in spec else ""
                allowed = f"a sum of {due} for {', '.join(of)}, as in {target['resource']}{mend}"
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
    """``single``: of the rows that agree with ``where`` there is one in a group, as one concept of a state in force."""
    for name, spec in tables.declared("single"):
        first: dict[Any, int] = {}
        for number, row in tables.numbered(name):
            if agrees(row, spec["where"]) and first.setdefault(_cells(row, spec["by"]), number) != number:
                before, key = first[_cells(row, spec["by"])], tables.resources[name]["schema"]["primaryKey"][0]
                column, (value, *_) = list(spec["where"].items())[-1]
                other = tables.rows[name][before - 2][key]
                of = ", ".join(_cells(row, spec["by"]))
                allowed = f"one row with {value} for {of}; {other} in row {before} has it already"
                yield tables.fault(name, number, column, allowed)


def whole_units(tables: Tables) -> Iterator[Fault]:
    """``complete``: a unit that has been begun has a row for each code that another table names, be it blank."""
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
    """``when``: where a column has one of some values, others are filled in, or are blank."""
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
