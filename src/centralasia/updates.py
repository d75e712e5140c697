"""Tables are brought up to date: what is new, changed and gone is said row by row, and all of it is written or nothing.

A room reads the files of a publisher and gives, for each table, `NewRows`; `plan` compares them with what is there,
`Plan.faults` asks the check what it thinks of the result, `Plan.write` writes it.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from datacontract import contract
from datacontract.check import check
from datacontract.context import data_folder, using
from datacontract.errors import DataError
from datacontract.faults import Fault
from datacontract.files import write_together
from datacontract.words import join_list

__all__ = ["SHOWN", "Change", "NewRows", "Plan", "agreeing", "plan", "source_read", "text_rows"]

SHOWN = 5  # rows of a kind that a report shows where it is not asked for all
_WIDTH = 32  # characters of a cell in a line of the report
_KINDS = ("new", "changed", "gone")
Key = tuple[str, ...]
Scope = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class NewRows:
    """The rows that a publisher's file gives for a table, and which of the present ones they replace.

    Attributes
    ----------
    rows : pandas.DataFrame
        The columns of the contract, typed or as text; what is missing becomes a blank cell.
    replaces : function, optional
        From the present rows, all as text, to which of them (true or false) the new rows stand for: one of these that
        has no new row with its primary key is gone. Without it these are all rows of the table.
    order : sequence of str
        The columns by which the whole table is sorted, by code, then number. Without it a row that is new comes last.
    """

    rows: pd.DataFrame
    replaces: Scope = lambda present: pd.Series(True, index=present.index)
    order: Sequence[str] = ()


@dataclass(frozen=True)
class Change:
    """What happens to a table: its rows as text as they will be, and what was and will be in each that differs."""

    table: str
    rows: pd.DataFrame
    differ: Mapping[Key, tuple[Mapping[str, str], Mapping[str, str]]]  # before and after; {} where there is none

    def lines(self, kind: str) -> list[str]:
        """The rows that are new, changed or gone, one line each: their key, then what they hold or held."""
        return [_line(key, *both) for key, both in self.differ.items() if _kind(*both) == kind]


@dataclass(frozen=True)
class Plan:
    """What an update would do."""

    changes: Sequence[Change]

    def __bool__(self) -> bool:
        return any(change.differ for change in self.changes)

    def report(self, shown: int | None = SHOWN) -> Iterator[str]:
        """What is new, changed and gone, in lines: the counts of each table, then so many rows of each kind, or all."""
        for change in self.changes:
            found = {kind: change.lines(kind) for kind in _KINDS}
            kept = len(change.rows) - len(found["new"]) - len(found["changed"])
            counts = ", ".join(f"{len(lines):,} {kind}" for kind, lines in found.items())
            yield f"{contract.table(change.table)['path']}: {counts}, {kept:,} as before"
            for kind, lines in found.items():
                yield from (f"  {kind:<8} {line}" for line in lines[:shown])
                if shown is not None and len(lines) > shown:
                    yield f"  {kind:<8} … and {len(lines) - shown:,} more"

    def faults(self) -> list[Fault]:
        """What the check refuses in a copy of the data folder that is brought up to date; empty where it is right."""
        with TemporaryDirectory(prefix="centralasia-") as copy:
            for name in contract.files():
                target = Path(copy, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(data_folder() / name, target)
            for path, text in self._files(Path(copy)).items():
                path.write_text(text, encoding="utf-8")
            with using(copy):
                return check()

    def write(self) -> list[Path]:
        """Writes the tables that differ, all or none, and gives their paths."""
        files = self._files(data_folder())
        write_together(files)
        return list(files)

    def _files(self, folder: Path) -> dict[Path, str]:
        return {
            folder / contract.table(c.table)["path"]: c.rows.to_csv(index=False, lineterminator="\n")
            for c in self.changes
            if c.differ
        }


def plan(updates: Mapping[str, NewRows]) -> Plan:
    """Compares new rows with what is there, by primary key; writes nothing.

    Parameters
    ----------
    updates : mapping of str to NewRows
        By the name of the table.

    Raises
    ------
    DataError
        An unknown table; columns that are not those of the contract; two new rows of one key.
    """
    return Plan([_change(table, new) for table, new in updates.items()])


def text_rows(table: str) -> pd.DataFrame:
    """The present rows of a table as text, "" where a cell is blank."""
    columns = [field["name"] for field in contract.table(table)["schema"]["fields"]]
    return pd.DataFrame(list(map(dict, contract.rows(table))), columns=columns, dtype="object")


def agreeing(rows: pd.DataFrame, columns: Iterable[str]) -> Scope:
    """`NewRows.replaces` of the present rows that agree with any of `rows` in these columns, as source and year."""
    named = list(columns)
    wanted = set(map(tuple, rows[named].astype("str").to_numpy()))
    return lambda present: pd.Series([key in wanted for key in map(tuple, present[named].to_numpy())], present.index)


def source_read(key: str, file: Path, used: str, **if_new: str) -> NewRows:
    """The row of a source in ``sources.csv``, whose note says from which file what was used.

    Its date becomes blank where the note spoke of another file, since a file does not say of which day it is; `if_new`
    are the other cells of a source that has no row yet.
    """
    name = re.sub(r"[^\w.-]+", "_", file.name)[:80]
    present = text_rows("sources")
    known = present[present["source_key"] == key]
    row = known.iloc[0].to_dict() if len(known) else dict.fromkeys(present.columns, "") | {"source_key": key} | if_new
    if name not in row["note"]:
        row["date"] = ""
    row["note"] = f"{used}; from {name}"
    rows = pd.DataFrame([row], columns=present.columns)
    return NewRows(rows, agreeing(rows, ["source_key"]))


def _change(table: str, new: NewRows) -> Change:
    schema = contract.table(table)["schema"]
    kinds, columns = {f["name"]: f["type"] for f in schema["fields"]}, list(schema["primaryKey"])
    contract.check_header(f"the new rows of {table}", new.rows.columns, kinds)
    present = text_rows(table)
    replaced = new.replaces(present).astype("bool")
    before = {tuple(row[c] for c in columns): row for row in present.to_dict("records")}
    coming: dict[Key, dict[str, str]] = {}
    for cells in new.rows.to_dict("records"):
        row = {name: _text(cells[name], kind) for name, kind in kinds.items()}
        key = tuple(row[c] for c in columns)
        if key in coming:
            raise DataError(f"{table}: two new rows for {', '.join(key)}; allowed: each key once")
        old = before.get(key, {})
        coming[key] = row | {c: old[c] for c in old if _equal(old[c], row[c], kinds[c])}
    stands_for = dict(zip(before, replaced, strict=True))
    after = {key: coming.get(key, row) for key, row in before.items() if key in coming or not stands_for[key]} | coming
    differ = {k: (before.get(k, {}), after.get(k, {})) for k in before | after if before.get(k) != after.get(k)}
    rows = pd.DataFrame(list(after.values()), columns=list(kinds), dtype="object")
    if new.order and differ:
        numbers = [c for c in new.order if kinds[c] in ("integer", "number")]
        rows = rows.sort_values(
            list(new.order), key=lambda c: pd.to_numeric(c) if c.name in numbers else c, kind="stable"
        )
    return Change(table, rows, differ)


def _text(cell: Any, kind: str) -> str:
    """A cell as the tables write it: a whole number, a number as Python prints a float, or text."""
    if isinstance(cell, str):
        return cell
    if cell is None or pd.isna(cell):
        return ""
    if kind in ("integer", "number"):
        return str(int(cell)) if kind == "integer" and float(cell).is_integer() else repr(float(cell))
    return str(cell)


def _equal(old: str, new: str, kind: str) -> bool:
    """Whether two cells say the same, however a number is written."""
    try:
        return old == new or (kind == "number" and float(old) == float(new))
    except ValueError:
        return False


def _kind(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    return "changed" if before and after else "new" if after else "gone"


def _line(key: Key, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A row in a line: ``KAZ, 2023, life_exp: value 74.9 → 75.1``."""
    if before and after:
        said = [f"{c} {_short(before[c])} → {_short(after[c])}" for c in after if before[c] != after[c]]
    else:
        row = after or before
        said = [_short(cell) for cell in row.values() if cell and cell not in key]
    return f"{', '.join(key)}: {join_list(said) if before and after else ', '.join(said)}".removesuffix(": ")


def _short(cell: str) -> str:
    return "blank" if not cell else cell if len(cell) <= _WIDTH else f"{cell[: _WIDTH - 1]}…"
