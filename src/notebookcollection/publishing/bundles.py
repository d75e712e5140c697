"""All data in one file: a ZIP of tables, contract and codebook, and a workbook with a sheet for each table."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from datacontract import context, contract
from datacontract.codebook import codebook
from notebookcollection import freshness

__all__ = ["BUNDLES", "write_bundles"]

BUNDLES = {  # what they are, and the type of their content
    "all.zip": ("All data: tables, contract and codebook", "application/zip"),
    "all.xlsx": (
        "All data as a workbook with a sheet for each table",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_THEN = (1980, 1, 1, 0, 0, 0)  # the same at every rendering
_NUMBERS: dict[str, Callable[[str], float]] = {"integer": int, "number": float, "year": int}
_SHEET_NAME = 31  # letters that a workbook allows


def write_bundles(folder: Path) -> None:
    r"""Writes the `BUNDLES` into a folder, where it has none of these data; the same bytes for the same data.

    >>> import json, pathlib, tempfile, zipfile
    >>> from datacontract.context import using
    >>> from notebookcollection.publishing.bundles import write_bundles
    >>> schema = {"fields": [{"name": "year", "type": "year"}], "primaryKey": ["year"]}
    >>> years = {"name": "years", "path": "years.csv", "schema": schema}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (data := pathlib.Path(folder, "datapackage.json")).write_text(json.dumps({"resources": [years]}))
    ...     _ = data.with_name("years.csv").write_text("year\n1991\n")
    ...     with using(folder):
    ...         write_bundles(data.with_name("bundles"))
    ...     zipfile.ZipFile(data.with_name("bundles") / "all.zip").namelist()
    ['README.md', 'datapackage.json', 'years.csv']
    """
    texts = {file: (context.data_folder() / file).read_bytes() for file in contract.files()}
    texts |= {"README.md": codebook().encode()}
    now, made = freshness.digest(*texts, *(text.decode() for text in texts.values())), folder / "made-of"
    whole = all((folder / name).is_file() for name in (made.name, *BUNDLES))
    if whole and made.read_text(encoding="utf-8") == now:
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "all.zip").write_bytes(_zipped(texts))
    (folder / "all.xlsx").write_bytes(_workbook())
    made.write_text(now, encoding="utf-8")


def _zipped(texts: dict[str, bytes]) -> bytes:
    """A ZIP of files by name, without the time at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(texts.items()):
            archive.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _workbook() -> bytes:
    """A workbook with a sheet for each table: names of the columns in the first row, numbers as numbers.

    openpyxl makes it with empty sheets; a million cells are written here, in a sixth of its time.
    """
    from openpyxl import Workbook

    book, made, tables = Workbook(write_only=True), io.BytesIO(), contract.tables()
    for name in tables:
        book.create_sheet(name[:_SHEET_NAME]).freeze_panes = "A2"
    book.save(made)
    with zipfile.ZipFile(made) as archive:  # which holds the time at which it was made
        parts = {part: archive.read(part) for part in archive.namelist() if part != "docProps/core.xml"}
    for number, (name, resource) in enumerate(tables.items(), 1):
        part = f"xl/worksheets/sheet{number}.xml"
        before, empty, after = parts[part].partition(b"<sheetData></sheetData>")
        if not empty:
            raise ValueError(f"{part} of openpyxl is not empty as it was until now")
        parts[part] = before + _sheet(name, resource["schema"]["fields"]).encode() + after
    return _zipped(_without_properties(parts))


def _sheet(name: str, fields: Sequence[Mapping[str, Any]]) -> str:
    """The rows of a table as they stand in a workbook. Text is text, also where it looks like a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter

    columns = [
        (field["name"], get_column_letter(number), _NUMBERS.get(field["type"]))
        for number, field in enumerate(fields, 1)
    ]
    heads = "".join(_cell(f"{letter}1", column, None) for column, letter, _ in columns)
    rows = [f'<row r="1">{heads}</row>']
    for number, row in enumerate(contract.rows(name), 2):
        cells = [_cell(f"{letter}{number}", row[column], kind) for column, letter, kind in columns if row[column]]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    shown = f"<sheetData>{''.join(rows)}</sheetData>"
    if found := ILLEGAL_CHARACTERS_RE.search(shown):
        raise ValueError(f"{name} holds a control character, {found[0]!r}, which no workbook can")
    return shown


def _cell(place: str, text: str, kind: Callable[[str], float] | None) -> str:
    """A cell with a number, where it has a kind, or with text."""
    if kind:
        return f'<c r="{place}" t="n"><v>{kind(text):.16g}</v></c>'
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f'<c r="{place}" t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'


def _without_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook without mention of the one that says when it was made."""
    for name, begin in (("[Content_Types].xml", b"<Override"), ("_rels/.rels", b"<Relationship ")):
        head, *items = parts[name].split(begin)
        tail = items[-1][items[-1].index(b"/>") + 2 :]
        kept = [item for item in items if b"core.xml" not in item]
        parts[name] = head + b"".join(begin + item for item in kept)
        if b"core.xml" in items[-1]:
            parts[name] += tail
    return parts
