"""What `centralasia update trade` reads: downloads of UN Comtrade, and national tables in the layout of ``trade.csv``.

Of UN Comtrade two layouts are read, the present one (comtradeplus.un.org: ``refYear``, ``flowCode`` …) and the one
before it (``Year``, ``Trade Flow Code`` …): a row a reporter, partner, year, flow and commodity, of which yearly totals
of all goods are taken. The world total has to be there, and the partners have to add up to it, so that a partner
without a row is one with whom no trade was recorded.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from centralasia.published import PublishedRow, published_number, published_rows, refused
from centralasia.updates import NewRows, agreeing, source_read, text_rows
from datacontract.contract import distinct
from datacontract.errors import DataError

__all__ = ["read_trade"]

WORLD = "WLD"
_FLOWS = {"x": "export", "m": "import", "1": "import", "2": "export"}
_TOLERANCE = 0.05  # of the total, by which the partners may miss it
_COMTRADE = {
    "kind": "official", "title": "UN Comtrade: trade in goods by partner", "publisher": "United Nations",
    "url": "https://comtradeplus.un.org", "licence": "reuse with attribution",
}  # fmt: skip


class _Layout(NamedTuple):
    year: str
    flow: str
    reporter: str
    partner: str
    goods: str
    value: str
    whole: dict[str, set[str]]  # what a column has to hold where it is there, so that a row is a yearly total


_PRESENT = _Layout(
    "refyear", "flowcode", "reporteriso", "partneriso", "cmdcode", "primaryvalue",
    {"typecode": {"c"}, "freqcode": {"a"}, "cmdcode": {"total"}, "partner2code": {"0", ""},
     "customscode": {"c00", ""}, "motcode": {"0", ""}},
)  # fmt: skip
_BEFORE = _Layout(
    "year", "trade flow code", "reporter iso", "partner iso", "commodity code", "trade value (us$)",
    {"commodity code": {"total"}},
)  # fmt: skip
_NATIONAL = ("reporter", "partner", "year", "flow", "thousand_usd")
_KEY = ["reporter", "partner", "year", "flow"]


def read_trade(files: Sequence[Path]) -> dict[str, NewRows]:
    """The trade that the files give, in place of that of the same reporters, years and flows.

    A download of UN Comtrade becomes rows of ``partner_trade`` in the series ``comtrade``, for the reporters and
    partner states that are known here; a table in the layout of ``trade.csv`` becomes rows of ``trade``. Source,
    confidence and note of these are those of the row with the same key, or of the reporter, where the file names none.

    Raises `DataError` where a file has another layout; a year, flow or value is none; a reporter and year has no world
    total, or partners that do not add up to it; or a reporter's source is not known.

    >>> import pandas as pd, pathlib, tempfile
    >>> flow = {"refYear": 2015, "flowCode": "X", "reporterISO": "KGZ", "cmdCode": "TOTAL"}
    >>> rows = pd.DataFrame([flow | {"partnerISO": code, "primaryValue": 5e8} for code in ("W00", "KAZ")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(file := pathlib.Path(folder, "comtrade.csv"), index=False)
    ...     partners.read_trade([file])["partner_trade"].rows[["reporter", "partner", "year", "series"]]
      reporter partner  year    series
    0      KGZ     WLD  2015  comtrade
    1      KGZ     KAZ  2015  comtrade
    """
    national: list[dict[str, object]] = []
    found: dict[tuple[str, int, str], dict[str, float]] = defaultdict(dict)
    for path in files:
        before = len(national), len(found)
        for row in published_rows(path, _PRESENT[:6], _BEFORE[:6], _NATIONAL):
            if set(_NATIONAL) <= row.cells.keys():
                national.append(_national(path, row))
            else:
                _add(path, row, _PRESENT if _PRESENT.year in row.cells else _BEFORE, found)
        if before == (len(national), len(found)):
            reporters = ", ".join(distinct("partner_trade.reporter"))
            raise DataError(f"{path.name}: no yearly total of all goods; allowed: one or more of {reporters}")
    return (_tables(national) if national else {}) | (_series(found, files[-1]) if found else {})


def _add(path: Path, row: PublishedRow, layout: _Layout, found: dict[tuple[str, int, str], dict[str, float]]) -> None:
    """Takes a row of UN Comtrade, where it is a yearly total of a reporter of ours."""
    cells = row.cells
    whole = all(cells.get(column, "").lower() in allowed | {""} for column, allowed in layout.whole.items())
    flow = _FLOWS.get(cells[layout.flow].lower())
    if not whole or not flow or cells[layout.reporter] not in distinct("partner_trade.reporter"):
        return
    partner = WORLD if cells[layout.partner] in ("W00", WORLD) else cells[layout.partner]
    place = cells[layout.reporter], _year(path, row, layout.year), flow
    value = _value(path, row, layout.value) / 1e6
    if partner in found[place]:
        allowed = f"one row for {place[0]}, {partner}, {place[1]} and {flow}, in all files"
        raise refused(path, row.line, layout.value, cells[layout.value], allowed)
    found[place][partner] = value


def _year(path: Path, row: PublishedRow, column: str) -> int:
    cell = row.cells[column]
    if not (cell.isascii() and cell.isdigit() and len(cell) == 4):
        raise refused(path, row.line, column, cell, "a year")
    return int(cell)


def _value(path: Path, row: PublishedRow, column: str) -> float:
    try:
        number = published_number(row.cells[column])
    except ValueError:
        number = None
    if number is None or number < 0:
        raise refused(path, row.line, column, row.cells[column], "a number that is not below zero")
    return number


def _series(found: dict[tuple[str, int, str], dict[str, float]], file: Path) -> dict[str, NewRows]:
    """Rows of ``partner_trade`` in the series of UN Comtrade."""
    states, rows = {*distinct("actors.actor", {"kind": "state"}), WORLD}, []
    for (reporter, year, flow), partners in sorted(found.items()):
        place = f"{reporter}, {year}, {flow}"
        if not (total := partners.get(WORLD)):
            raise DataError(f"{file.name}: no world total for {place}; allowed: a download with the partner World")
        whole = sum(value for partner, value in partners.items() if partner != WORLD) / total
        if abs(whole - 1) > _TOLERANCE:
            words = f"the partners of {place} add up to {100 * whole:.0f} % of the world total"
            raise DataError(f"{file.name}: {words}; allowed: a download of all partners, each once")
        for partner, value in partners.items():
            if partner in states:
                rows.append([reporter, partner, year, flow, "comtrade", round(value, 6), "", "COMTRADE", "high", ""])
    frame = pd.DataFrame(rows, columns=text_rows("partner_trade").columns)
    years = f"{frame['year'].min()}-{frame['year'].max()} used"
    scope = agreeing(frame, ["series", "reporter", "year", "flow"])
    return {
        "partner_trade": NewRows(frame, scope, ["series", *_KEY]),
        "sources": source_read("COMTRADE", file, years, **_COMTRADE),
    }


def _national(path: Path, row: PublishedRow) -> dict[str, object]:
    """A row in the layout of ``trade.csv``."""
    cells = {column: row.cells.get(column, "") for column in ("source", "confidence", "note")}
    return {
        **{column: row.cells[column] for column in ("reporter", "partner", "flow")}, **cells,
        "year": _year(path, row, "year"), "thousand_usd": _value(path, row, "thousand_usd"),
    }  # fmt: skip


def _tables(rows: list[dict[str, object]]) -> dict[str, NewRows]:
    """Rows of ``trade``, with what they do not say themselves."""
    present = text_rows("trade").astype({"year": "int64"})
    offices = present.groupby("reporter")["source"].first()
    columns = list(text_rows("trade").columns)
    frame = pd.DataFrame(rows).merge(present.drop(columns="thousand_usd"), "left", _KEY, suffixes=("", "_before"))
    for column in ("confidence", "note"):
        frame[column] = frame[column].where(frame[column] != "", frame[f"{column}_before"].fillna(""))
    frame["confidence"] = frame["confidence"].replace("", "high")
    known = frame["source"].isin(distinct("sources.source_key"))
    frame["source"] = frame["source"].where(known, frame["source_before"].fillna(frame["reporter"].map(offices)))
    for reporter in frame.loc[frame["source"].isna(), "reporter"]:
        raise DataError(f"no source is known for {reporter}; allowed: a column source with a key of sources.csv")
    return {"trade": NewRows(frame[columns], agreeing(frame, ["reporter", "year"]), _KEY)}
