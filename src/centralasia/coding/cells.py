"""The cells of a filled sheet: read as spreadsheets save them, and every wrong one named with its mend."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from centralasia.coding.sheet import COLUMNS, EVENT, PARTNER, THEME, Text
from datacontract import contract
from datacontract.contract import distinct
from datacontract.errors import DataError, suggest
from datacontract.faults import Fault
from datacontract.saved import read_saved
from datacontract.sources import SEPARATOR

__all__ = ["UNPLACED", "Row", "cell_faults", "read_sheet"]

Row = dict[str, str]
UNPLACED = "x"  # a partner that is named without a place
_VALUES = "1 named, -1 named to refuse it, blank not named"
_LETTERS = {"commitments": 120, "agenda": 300, "pair_agenda": 300, PARTNER: 80, EVENT: 80}  # of own words, at most


def read_sheet(path: Path) -> list[Row]:
    """The rows of a sheet; one without a source has that of the nearest row above, else below, of the same voice.

    Raises `DataError` where the file cannot be read, or lacks a column.
    """
    saved = read_saved(path, COLUMNS)
    lines = csv.DictReader(io.StringIO(saved.text), delimiter=saved.delimiter, restval="")
    if lacking := [name for name in COLUMNS if name not in (lines.fieldnames or [])]:
        raise DataError(
            f"{path.name}: column {lacking[0]} is missing; allowed: the columns of centralasia coding-sheet"
        )
    rows = [{name: (line[name] or "").strip() for name in COLUMNS} for line in lines]
    near = {row["voice"]: row["source"] for row in reversed(rows) if row["source"]}
    for row in rows:
        row["source"] = near[row["voice"]] = row["source"] or near.get(row["voice"], "")
    return rows


def cell_faults(file: str, rows: Sequence[Row], text: Text, coder: str, whole_text: bool) -> list[Fault]:
    """What is wrong with the cells of a sheet, in the order of its rows."""
    parts = {"commitments": [THEME, PARTNER], "agenda": [THEME], "pair_agenda": [THEME, EVENT]}[text.table]
    codes = {THEME: text.themes, PARTNER: distinct("actors.actor"), EVENT: [""]}
    done = {(row["unit"], row["voice"]) for row in contract.rows("codings") if row["coder"] == coder}
    read = any(row["reading"] == coder for row in contract.rows("priorities") if row["document_id"] == text.unit)
    checks = {THEME: _theme, PARTNER: _partner, EVENT: _event}
    faults, seen = _gaps(file, rows), set[tuple[str, ...]]()
    for number, row in enumerate(rows, 2):
        part, about = row["part"], (row["part"], row["voice"], row["code"])
        wrong: list[tuple[str, str]] = []
        if part not in parts:
            wrong = [("part", suggest(part, parts))]
        elif row["voice"] not in text.voices:
            wrong = [("voice", suggest(row["voice"], text.voices))]
        elif row["code"] not in codes[part]:
            wrong = [("code", suggest(row["code"], codes[part]))]
        elif about in seen:
            wrong = [("code", "each theme and partner once for each voice; take this row out")]
        else:
            wrong = [
                *checks[part](row, text, whole_text),
                *_common(row, _LETTERS[text.table if part == THEME else part]),
            ]
            if row["value"] and (read if part == PARTNER else (text.unit, row["voice"]) in done):
                wrong.append(("value", f"another --coder, since {coder} has coded {text.unit} already"))
        seen.add(about)
        faults += [Fault(file, number, column, row[column], mend, "sheet") for column, mend in wrong]
    return sorted(faults)


def _theme(row: Row, text: Text, whole_text: bool) -> Iterator[tuple[str, str]]:
    named, strengths = row["value"] in ("1", "-1"), ("direct", "indirect")
    if row["value"] not in ("1", "-1", "", *["0"] * whole_text):
        zero = ", 0 absent from the whole text" if whole_text else "; 0 only with --whole-text" * (row["value"] == "0")
        yield "value", _VALUES + zero
    if row["strength"] and row["strength"] not in strengths:
        yield "strength", f"{suggest(row['strength'], strengths)}, or blank"
    elif row["strength"] and not named:
        yield "strength", "blank where the theme is not named; or write 1 under value"
    if named and not row["words"] and text.table == "commitments":
        yield "words", "what the text says of it, in your own words"


def _partner(row: Row, text: Text, whole_text: bool) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(f"[1-9][0-9]?|{UNPLACED}|", row["value"]):
        yield "value", f"a whole number from 1, {UNPLACED} named without a place, blank not named"


def _event(row: Row, text: Text, whole_text: bool) -> Iterator[tuple[str, str]]:
    if not row["words"]:
        yield "words", "what took place, in your own words"


def _common(row: Row, letters: int) -> Iterator[tuple[str, str]]:
    if len(row["words"]) > letters:
        yield "words", f"at most {letters} letters; say it shorter"
    if len(row["locator"]) > 40:
        yield "locator", "at most 40 letters, as chapter 3, point 12"
    if row["value"]:
        known = distinct("sources.source_key")
        if not row["source"]:
            yield (
                "source",
                "the key of the text in sources.csv, as ADI280, once for each voice; add its row there first",
            )
        for key in filter(None, row["source"].split(SEPARATOR)):
            if key not in known:
                yield "source", f"a key of sources.csv; {suggest(key, known)}; or add {key} there first"


def _gaps(file: str, rows: Sequence[Row]) -> list[Fault]:
    """The first place that leaves a gap: places are 1, 2, 2, 3, or 1, 2, 2, 4 where two share the second."""
    placed = [(int(r["value"]), n) for n, r in enumerate(rows, 2) if r["part"] == PARTNER and r["value"].isdecimal()]
    dense = {place: rank for rank, place in enumerate(sorted({place for place, _ in placed}), 1)}
    for place, number in sorted(placed):
        if place not in (dense[place], 1 + sum(other < place for other, _ in placed)):
            mend = f"{dense[place]}, the next place; the same number for those that are named together"
            return [Fault(file, number, "value", str(place), mend, "sheet")]
    return []
