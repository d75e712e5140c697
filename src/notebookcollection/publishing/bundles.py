"""All data in one file: a ZIP of the tables with their contract and codebook, and a workbook with a sheet a table."""

import io
import zipfile
from pathlib import Path
from typing import Any

from datacontract import context, contract
from datacontract.codebook import codebook
from notebookcollection import freshness

__all__ = ["BUNDLES", "write_bundles"]

BUNDLES = {  # what they are, and the type of their content
    "all.zip": ("All data: tables, contract and codebook", "application/zip"),
    "all.xlsx": (
        "All data as a workbook, a sheet a table",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_THEN = (1980, 1, 1, 0, 0, 0)  # the same at every rendering
_NUMBERS = {"integer": int, "number": float, "year": int}
_SHEET_NAME = 31  # letters that a workbook allows


def write_bundles(folder: Path) -> None:
    """Writes the `BUNDLES` into a folder, where it has none of these data; the same bytes for the same data."""
    texts = {file: (context.data_folder() / file).read_bytes() for file in contract.files()}
    texts |= {"README.md": codebook().encode()}
    now, made = freshness.digest(*texts, *(text.decode() for text in texts.values())), folder / "made-of"
    if made.is_file() and made.read_text(encoding="utf-8") == now:
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
    """A workbook with a sheet for each table: names of the columns in the first row, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book, made = Workbook(write_only=True), io.BytesIO()
    for name, resource in contract.tables().items():
        sheet, fields = book.create_sheet(name[:_SHEET_NAME]), resource["schema"]["fields"]
        sheet.freeze_panes = "A2"
        kinds = {field["name"]: _NUMBERS.get(field["type"], str) for field in fields}
        sheet.append(list(kinds))

        def cell(text: str, kind: type, sheet: Any = sheet) -> Any:
            if kind is not str or not text.startswith("="):
                return kind(text) if text else None
            plain = WriteOnlyCell(sheet, text)
            plain.data_type = "s"  # text, and no formula
            return plain

        for row in contract.rows(name):
            sheet.append([cell(row[column], kind) for column, kind in kinds.items()])
    book.save(made)
    with zipfile.ZipFile(made) as archive:  # which holds the time at which it was made
        parts = {part: archive.read(part) for part in archive.namelist() if part != "docProps/core.xml"}
    return _zipped(_without_properties(parts))


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
