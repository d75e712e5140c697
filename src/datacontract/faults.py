"""One thing that is wrong with the data, as the check names it; what has one cause is one fault."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from datacontract.errors import one_line
from datacontract.words import pluralize

__all__ = ["SHOWN", "Fault", "cells", "merged"]

SHOWN = 60  # characters of an offending value that a message repeats
_VALUES, _SPANS, _PLACES = 3, 4, 3  # of many, how many a message repeats


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with the data: where, what stands there, what is allowed, and which check says so."""

    file: str
    row: int  # line of the file, the header being 1; 0 for the whole file
    column: str
    value: str
    allowed: str
    check: str
    missing: tuple[str, ...] = ()  # table, column and code, where a code is named that has no row there
    rows: tuple[int, ...] = ()  # all rows, where several have the fault
    values: tuple[str, ...] = ()  # all values, where there are several
    more: bool = False  # whether further rows may have it

    def __str__(self) -> str:
        rows = _rows(self.rows or (self.row,) * bool(self.row), self.more)
        place = ", ".join(filter(None, [self.file, rows, f"column {self.column}" * bool(self.column)]))
        many = self.values or (self.value,)
        value = ", ".join(repr(v if len(v) <= SHOWN else v[:SHOWN] + "…") for v in many[:_VALUES])
        value += f" and {len(many) - _VALUES:,} others" if len(many) > _VALUES else ""
        said = f"{value} {'is' if len(many) == 1 else 'are'} not allowed; allowed: {self.allowed}"
        if self.check == "missing":
            said = f"{value} is missing; {self.allowed}"
        elif self.check == "saved":
            said = f"saved with {self.value}; allowed: {self.allowed}"
        return one_line(f"{place}: {said} [{self.check}]")


def cells(faults: Iterable[Fault]) -> int:
    """How many cells or rows the faults are of.

    >>> from datacontract.faults import Fault, cells
    >>> one, many = (Fault("ties.csv", 2, "level", "alies", "alliance", "enum", rows=rows) for rows in ((), (2, 5, 9)))
    >>> cells([one]), cells([many]), cells([one, many])
    (1, 3, 4)
    """
    return sum(len(fault.rows) or 1 for fault in faults)


def merged(faults: Iterable[Fault], suggested: Callable[[str, str, str], str]) -> list[Fault]:
    """The faults, those of one cause as one, in the order of file and row.

    Of one cause are the same fault in many rows of a column, and a code that has no row in its table, wherever it is
    named. `suggested` says of a table, a column and a code that is missing there what may be meant.

    >>> from datacontract.faults import Fault, merged
    >>> wrong = [Fault("ties.csv", row, "level", cell, "a level", "enum") for row, cell in [(9, "ally"), (2, "alies")]]
    >>> print(*merged(wrong, lambda table, column, code: ""))
    ties.csv, rows 2, 9 (2), column level: 'alies', 'ally' are not allowed; allowed: a level [enum]
    """
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in sorted(set(faults)):
        key = fault.missing or (fault.file, fault.column, fault.allowed, fault.check)
        groups.setdefault(key, []).append(fault)
    return sorted(_missing(group, suggested) if group[0].missing else _one(group) for group in groups.values())


def _one(group: Sequence[Fault]) -> Fault:
    """Faults of one column, allowed value and check as one."""
    first, more = group[0], any(fault.more for fault in group)
    if len(group) == 1:
        return first
    rows = tuple(sorted({row for fault in group for row in fault.rows or (fault.row,)}))
    return replace(first, rows=rows, values=tuple(dict.fromkeys(fault.value for fault in group)), more=more)


def _missing(group: Sequence[Fault], suggested: Callable[[str, str, str], str]) -> Fault:
    """A code that has no row, as one fault: where it is named, or in its own table where several others name it."""
    table, column, code = group[0].missing
    meant, places = suggested(table, column, code), dict[tuple[str, str], list[Fault]]()
    for fault in group:
        places.setdefault((fault.file, fault.column), []).append(fault)
    if len(places) == 1:
        return replace(_one(group), allowed=f"a value of {table}.{column}: {meant}; or add {code} to {table} first")
    named = [
        f"{file} {_rows([f.row for f in found], any(f.more for f in found))}" for (file, _), found in places.items()
    ]
    named[_PLACES:] = [pluralize(len(named) - _PLACES, "more column")] if len(named) > _PLACES else []
    text = f"add it first ({cells(group):,} rows name it: {'; '.join(named)}), or change them: {meant}"
    return Fault(f"{table}.csv", 0, column, code, text, "missing", more=any(fault.more for fault in group))


def _rows(rows: Sequence[int], more: bool = False) -> str:
    """The numbers of rows in words: ``row 3``, ``rows 3, 5 to 9 (6)``."""
    if len(rows) < 2:
        return "".join(f"row {row}" for row in rows)
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    words = [f"{first} to {last}" if last > first else str(first) for first, last in spans[:_SPANS]]
    words += ["…"] * (len(spans) > _SPANS)
    return f"rows {', '.join(words)} ({len(rows):,}{' or more' * more})"
