"""A filled sheet becomes rows: of the table where nothing is known yet, else of ``codings.csv``; and a reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from centralasia.coding.cells import UNPLACED, Row, cell_faults, read_sheet
from centralasia.coding.sheet import EVENT, PARTNER, THEME, Text, find_text
from centralasia.updates import NewRows, Plan, plan
from datacontract import contract
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, DataError
from datacontract.faults import Fault
from datacontract.sources import SEPARATOR

__all__ = ["Merge", "merge_sheet"]

BEFORE = "first"  # the coder under whose name codings.csv keeps what the table held
FIRM = ("primary", "official")  # kinds of sources


@dataclass
class Merge:
    """What becomes of a sheet: its faults, or what it adds, and where it differs from the table, in words."""

    faults: Sequence[Fault] = ()
    plan: Plan = field(default_factory=lambda: Plan(()))
    remarks: Sequence[str] = ()


def merge_sheet(path: Path, coder: str, whole_text: bool = False) -> Merge:
    """Checks a filled sheet and plans what it adds; writes nothing.

    Parameters
    ----------
    path : path
        A sheet of `coding_sheet`, as a spreadsheet saves it (commas or semicolons).
    coder : str
        Who coded: small letters, digits and ``_``. It is also the name of the reading, where partners are numbered.
    whole_text : bool
        Whether the whole text was read: then 0 (absent) is allowed, and fills what is unknown in the table.

    Returns
    -------
    Merge
        A voice of which the table knows nothing becomes rows of the table. Any other becomes rows of ``codings.csv``,
        beside what the table held, which stays but for blank cells that the whole text settles. Numbered partners
        become a reading of ``priorities.csv``.

    Raises
    ------
    ChoiceError
        A name that cannot be one, or a text that there is not.
    DataError
        A file that is no sheet of one text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     filled = pathlib.Path(folder, "kaz-2014.csv")
    ...     length = filled.write_text(coding.coding_sheet("kaz-2014").replace(",,,,,", ",yes,,,,ART19", 1))
    ...     print(coding.merge_sheet(filled, "anna_k").faults[0])
    kaz-2014.csv, row 2, column value: 'yes' is not allowed; allowed: 1 named, -1 named to refuse it, blank not named
    [sheet]
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", coder) or coder == BEFORE:
        raise ChoiceError(f"coder is {coder!r}; allowed: small letters, digits and _, as anna_k, but not {BEFORE}")
    rows = read_sheet(path)
    if len(units := {row["unit"] for row in rows}) != 1:
        raise DataError(f"{path.name}: column unit holds {', '.join(sorted(units)) or 'nothing'}; allowed: one text")
    text = find_text(units.pop())
    if faults := cell_faults(path.name, rows, text, coder, whole_text):
        return Merge(faults)
    added, remarks = dict[str, list[Row]](), list[str]()
    coded = any(row["value"] for row in rows if row["part"] == THEME)
    new = coded and text.unit not in distinct(f"{text.table}.{text.key}")
    for voice in text.voices:
        own = [row for row in rows if row["part"] == THEME and row["voice"] == voice]
        held = _held(text, voice)
        filled = any(row["value"] for row in own)
        if new or (filled and not any(row["value"] for row in held.values())):
            added.setdefault(text.table, []).extend(_table_rows(text, rows, own, held))
        elif filled:
            found = _codings(text, own, held, coder, "full" if whole_text else "opening")
            added.setdefault("codings", []).extend(found)
            settled = [row for row in own if whole_text and row["value"] and not _value(held, row)]
            if settled:
                added.setdefault(text.table, []).extend(_table_rows(text, rows, settled, held))
            remarks += _differences(text, own, held)
    for table, more in _reading(text, rows, coder).items():
        added.setdefault(table, []).extend(more)
    return Merge((), plan({table: _new_rows(table, more) for table, more in added.items()}), remarks)


def _new_rows(table: str, rows: Sequence[Row]) -> NewRows:
    columns = [f["name"] for f in contract.table(table)["schema"]["fields"]]
    frame = pd.DataFrame(rows, columns=columns, dtype="object").fillna("")
    return NewRows(frame, lambda present: pd.Series(False, index=present.index))


def _held(text: Text, voice: str) -> dict[str, Row]:
    """What the table holds of a voice, by theme."""
    every = contract.rows(text.table)
    own = [row for row in every if row[text.key] == text.unit and row.get("voice", voice) == voice]
    return {row["domain"]: dict(row) for row in own}


def _confidence(source: str) -> str:
    """High for a primary or official text or two sources, as the codebook has it."""
    kinds = {row["source_key"]: row["kind"] for row in contract.rows("sources")}
    keys = source.split(SEPARATOR)
    return "high" if len(keys) > 1 or kinds[keys[0]] in FIRM else "medium"


def _table_rows(text: Text, sheet: Sequence[Row], rows: Sequence[Row], held: dict[str, Row]) -> list[Row]:
    """Rows of the sheet as rows of the table of the text."""
    read = any(row["value"] for row in rows)
    return [held.get(row["code"], {}) | _table_row(text, sheet, row, read) for row in rows]


def _table_row(text: Text, sheet: Sequence[Row], row: Row, read: bool) -> Row:
    known, source = bool(row["value"]), row["source"]
    cells = {text.key: text.unit, "domain": row["code"], "value": row["value"], "strength": row["strength"]}
    cells |= {"confidence": _confidence(source) if known else ""}
    if text.table == "commitments":
        aimed = "region" if row["value"] in ("1", "-1") else ""
        cells |= {"addressee": aimed, "paraphrase": row["words"], "source": source if known else "", "note": ""}
        return cells | {"locator": row["locator"]}
    note = "; ".join(filter(None, (row["words"], row["locator"]))) or ("" if known else "not named in the part read")
    cells |= {"source": source, "note": note}
    if text.table == "agenda":
        came = (r for r in contract.rows("attendance") if (r["meeting_id"], r["actor"]) == (text.unit, row["voice"]))
        seen = "coded" if read else "fragment" if source else "none"
        return cells | {"voice": row["voice"], "text_seen": seen, "person": next((r["person"] for r in came), "")}
    event = next((r["words"] for r in sheet if r["part"] == EVENT), "")
    known_event = [r for r in contract.rows(text.table) if r["event_id"] == text.unit]
    what = {"event": known_event[0]["event"], "date": known_event[0]["date"]} if known_event else {}
    return cells | {"pair": row["voice"], "event": event, "date": text.unit[8:]} | what


def _codings(text: Text, rows: Sequence[Row], held: dict[str, Row], coder: str, read: str) -> list[Row]:
    """The rows of ``codings.csv``, and before them those of what the table held, where they are not there yet."""
    about = {"table": text.table, "unit": text.unit, "voice": rows[0]["voice"]}
    known = [r for r in contract.rows("codings") if all(r[column] == value for column, value in about.items())]
    before = [
        about | {column: row[column] for column in ("domain", "value", "strength", "source")}
        for row in (() if any(r["coder"] == BEFORE for r in known) else held.values())
    ]
    own = [
        about
        | {"domain": row["code"], "value": row["value"], "strength": row["strength"], "source": row["source"]}
        | {"note": "; ".join(filter(None, (row["words"], row["locator"])))}
        for row in rows
    ]
    return [row | {"coder": BEFORE, "read": "opening"} for row in before] + [
        row | {"coder": coder, "read": read} for row in own
    ]


def _differences(text: Text, rows: Sequence[Row], held: dict[str, Row]) -> list[str]:
    """Where both say something, and not the same."""
    return [
        f"{text.table}.csv, {text.unit}, {row['voice']}, {row['code']}: {_value(held, row)} there, {row['value']} in "
        "this sheet; the table stays: change its row where the sheet is right"
        for row in rows
        if row["value"] and _value(held, row) not in ("", row["value"])
    ]


def _value(held: dict[str, Row], row: Row) -> str:
    """What the table holds of a theme; "" where it has no row yet."""
    return held.get(row["code"], {}).get("value", "")


def _reading(text: Text, rows: Sequence[Row], coder: str) -> dict[str, list[Row]]:
    """The numbered partners as a reading: rows of ``priorities.csv``, and its name."""
    placed = [row for row in rows if row["part"] == PARTNER and row["value"]]
    if not placed:
        return {}
    numbers = [int(row["value"]) for row in placed if row["value"] != UNPLACED]
    about, places = {"document_id": text.unit, "reading": coder}, list[Row]()
    for row in placed:
        rank = "" if row["value"] == UNPLACED else str(1 + sum(n < int(row["value"]) for n in numbers))
        said = {"list": "partners", "rank": rank, "actor": row["code"], "label": row["words"], "basis": "mention"}
        said |= {"source": row["source"], "locator": row["locator"], "confidence": _confidence(row["source"])}
        places.append(about | said)
    named = [about | {"name": f"as read by {coder}", "standing": "equal", "source": placed[0]["source"]}]
    if not any(row["document_id"] == text.unit for row in contract.rows("readings")):
        had = [row for row in contract.rows("priorities") if row["document_id"] == text.unit]
        named += [
            {"document_id": text.unit, "reading": row["reading"], "name": "by the sources so far", "standing": "equal"}
            | {"source": row["source"]}
            for row in had[:1]
        ]
    return {"priorities": places, "readings": named}
