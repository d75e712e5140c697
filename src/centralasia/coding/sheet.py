"""A sheet to code a text with: its themes with their rules, its partners, and blank cells.

What is coded is a document (``commitments.csv``), a meeting with its voices (``agenda.csv``), or an event of two states
(``pair_agenda.csv``).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from centralasia.names import document_row, short_name
from datacontract import contract
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, suggest

__all__ = ["COLUMNS", "EVENT", "PARTNER", "THEME", "Text", "coding_sheet", "find_text"]

COLUMNS = ("part", "unit", "voice", "code", "name", "rule", "value", "strength", "locator", "words", "source")
THEME, PARTNER, EVENT = "theme", "partner", "event"  # what a row is about
_PLACE = "1 for the first that the text names, then 2, 3; the same number for those named together; x without a place"
_HAPPENED = "what took place, in your own words: write it under words"


@dataclass(frozen=True)
class Text:
    """What is coded: the table that holds it, its key there, and the voices in it."""

    table: str
    unit: str
    voices: tuple[str, ...]

    @property
    def key(self) -> str:
        """The column of the table that holds the key."""
        return {"commitments": "document_id", "agenda": "meeting_id", "pair_agenda": "event_id"}[self.table]

    @property
    def themes(self) -> list[str]:
        """The codes of the themes that the table is coded by, in the order of the coding frame."""
        scopes = {row["domain"]: row["scope"] for row in contract.rows("domains")}
        if self.table == "pair_agenda":  # which has six themes of its own choice
            return [code for code in scopes if code in distinct("pair_agenda.domain")]
        return [code for code, scope in scopes.items() if scope in ("all", self.table)]


def find_text(unit: str) -> Text:
    """The text of this key: a document, a meeting (with those who came, and as a whole), or an event of two states.

    Raises `ChoiceError` where there is none, or nobody is on record as having come to the meeting.

    >>> coding.find_text("cm-2018")
    Text(table='agenda', unit='cm-2018', voices=('KAZ', 'KGZ', 'TJK', 'TKM', 'UZB', 'JOINT'))
    """
    if unit in distinct("documents.document_id"):
        return Text("commitments", unit, (document_row(unit)["state"],))
    if unit in distinct("meetings.meeting_id"):
        came = [row["actor"] for row in contract.rows("attendance") if _spoke(row, unit)]
        if not came:
            raise ChoiceError(f"attendance.csv has nobody at {unit}; allowed: a meeting with who came; add them first")
        return Text("agenda", unit, (*came, "JOINT"))
    pair = re.fullmatch(r"([a-z]{3}-[a-z]{3})-\d{4}-(0[1-9]|1[0-2])", unit)
    if pair and set(pair[1].upper().split("-")) <= set(distinct("actors.actor")):
        return Text("pair_agenda", unit, (pair[1].upper(),))
    known = [*distinct("documents.document_id"), *distinct("meetings.meeting_id"), *distinct("pair_agenda.event_id")]
    raise ChoiceError(f"no document, meeting or event {unit!r}; {suggest(unit, known)}")


def _spoke(row: contract.Row, meeting: str) -> bool:
    return row["meeting_id"] == meeting and row["level"] in ("president", "other")


def coding_sheet(unit: str) -> str:
    """The sheet of a text, as CSV: one row a voice and theme, and for a document one row a partner to number.

    The columns ``value``, ``strength``, ``locator``, ``words`` and ``source`` are blank: a coder shall not see what
    others found. Raises as `find_text`.

    >>> print(coding.coding_sheet("kaz-2014"))
    part,unit,voice,code,name,rule,value,strength,locator,words,source
    theme,kaz-2014,KAZ,TRN,Transport and transit,...
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(find_text(unit)))
    return out.getvalue()


def _rows(text: Text) -> Iterator[dict[str, str]]:
    frame = {row["domain"]: row for row in contract.rows("domains")}
    if text.table == "pair_agenda" and text.unit not in distinct("pair_agenda.event_id"):
        yield {"part": EVENT, "unit": text.unit, "voice": text.voices[0], "rule": _HAPPENED}
    for voice in text.voices:
        for code in text.themes:
            row = frame[code]
            rule = f"{row['definition']}. Counts: {row['includes']}. Not: {row['excludes']}"
            about = {"part": THEME, "unit": text.unit, "voice": voice, "code": code}
            yield about | {"name": row["title"], "rule": rule}
    if text.table == "commitments":
        for actor in _partners(text.voices[0]):
            about = {"part": PARTNER, "unit": text.unit, "voice": text.voices[0], "code": actor}
            yield about | {"name": short_name(actor), "rule": _PLACE}


def _partners(state: str) -> list[str]:
    """The partners that any list of a document of the state names, in the order of the actors."""
    own = {row["document_id"] for row in contract.rows("documents") if row["state"] == state}
    named = {row["actor"] for row in contract.rows("priorities") if row["document_id"] in own}
    return [actor for actor in distinct("actors.actor") if actor in named]
