"""How a file of comma-separated values was saved: its encoding, its line ends, what stands between its cells.

Spreadsheets save in many ways. What was done is recognised and named, so that a message can say the mend and
`datacontract.mend` can do it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from datacontract.errors import DataError

__all__ = ["DELIMITERS", "MEND", "Saved", "encoding_of", "no_text", "read_saved", "recognise"]

MEND = "centralasia check --fix mends this"
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1251": "code page 1251", "cp1252": "code page 1252"}
_NO_TEXT = {
    b"PK\x03\x04": "a ZIP archive, as an Excel workbook is",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "packed with gzip",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"RDX": "an R data file",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"<!DOCTYPE": "a page in HTML",
    b"<html": "a page in HTML",
}


@dataclass(frozen=True)
class Saved:
    """How a file was saved, and its text as it should have been: UTF-8, LF, without mark or separator line."""

    text: str
    encoding: str = "utf-8"
    mark: bool = False  # a byte order mark
    returns: bool = False  # carriage returns
    separator_line: bool = False  # Excel's "sep=;"
    delimiter: str = ","
    ended: bool = True  # the last line ends

    @property
    def unusual(self) -> list[str]:
        """What is not as it should be, in words; the same words that say what was mended."""
        found = {
            _NAMES.get(self.encoding, self.encoding): self.encoding != "utf-8",
            "a byte order mark": self.mark and self.encoding == "utf-8",
            "carriage returns at line ends": self.returns,
            "a first line sep=": self.separator_line,
            f"{DELIMITERS.get(self.delimiter, self.delimiter)} between cells": self.delimiter != ",",
            "a last line without an end": not self.ended,
        }
        return [words for words, unusual in found.items() if unusual]


def no_text(raw: bytes) -> str:
    r"""What a file is that is no text at all, by its first bytes; "" where it may be one.

    >>> from datacontract.saved import no_text
    >>> no_text(b"PK\x03\x04 and more"), no_text(b"pair,date")
    ('a ZIP archive, as an Excel workbook is', '')
    """
    return next((words for magic, words in _NO_TEXT.items() if raw.startswith(magic)), "")


def recognise(raw: bytes, columns: Sequence[str] = ()) -> Saved | None:
    r"""How a file was saved, by its bytes and the columns that it should have; None where it can be no text.

    >>> from datacontract.saved import recognise
    >>> saved = recognise("\ufeffpair;date\r\nKAZ-UZB;2018\r\n".encode())
    >>> saved.unusual, saved.text
    (['a byte order mark', 'carriage returns at line ends', 'semicolons between cells'],
        'pair;date\nKAZ-UZB;2018\n')
    """
    encoding = encoding_of(raw)
    if encoding is None or no_text(raw):
        return None
    mark = next((m for m in _MARKS.values() if raw.startswith(m)), b"")
    try:
        text = raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    separator = _SEPARATOR_LINE.match(text)
    plain = text[separator.end() :] if separator else text
    returns = "\r" in plain
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    ended = plain.endswith("\n") or not plain
    delimiter = separator[1] if separator else _delimiter(plain.partition("\n")[0], columns)
    plain += "" if ended else "\n"
    return Saved(plain, encoding, bool(mark), returns, bool(separator), delimiter, ended)


def read_saved(path: Path, columns: Sequence[str]) -> Saved:
    r"""A sheet of these columns that a person filled in, however it was saved.

    Raises `DataError` where it cannot be read or is no text.

    >>> import pathlib, tempfile
    >>> from datacontract.saved import read_saved
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (sheet := pathlib.Path(folder, "sheet.csv")).write_bytes("pair;date\r\n".encode("utf-16"))
    ...     read_saved(sheet, ["pair", "date"]).delimiter
    ';'
    """
    try:
        saved = recognise(path.read_bytes(), columns)
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror or error})") from None
    if saved is None:
        raise DataError(f"{path.name}: is no text in an encoding that is known; allowed: a sheet saved as CSV UTF-8")
    return saved


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a text, by its bytes; None where it can only be guessed.

    >>> from datacontract.saved import encoding_of
    >>> [encoding_of("Казахстан".encode(encoding)) for encoding in ("utf-8", "utf-16", "cp1251", "koi8-r")]
    ['utf-8', 'utf-16-le', 'cp1251', None]
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        if raw.startswith(_MARKS[encoding]):
            return encoding
    head = raw[:4096]
    if head.count(0) > len(head) // 4:  # UTF-16 without a mark: every other byte of Latin text is 0
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _code_page(raw)


def _code_page(raw: bytes) -> str | None:
    """The code page of text that is not UTF-8: 1251 where its other letters make Cyrillic words, else 1252.

    None where neither makes words of them: a mend would be a guess.
    """
    for encoding, letters in (("cp1251", "а-яёқңғүұһөіәїє"), ("cp1252", "à-öø-ÿœšž")):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = re.findall(r"[^\x00-\x7f]+", text)
        if encoding == "cp1251":
            words = re.findall(r"[А-Яа-яЁё]{2,}", text)
            # In other code pages small letters stand where capitals do here, so words in capitals may be theirs.
            usual = [word for word in words if re.fullmatch(r".[а-яё]+|ИСТИНА|ЛОЖЬ", word)]
            capitals = sum(bool(re.fullmatch("[А-ЯЁ]+", word)) for word in words if word not in usual)
            likely = len(words) * 2 > len(foreign) and len(usual) + capitals == len(words) and capitals <= len(usual)
        else:
            likely = all(re.fullmatch(rf"(?i)[{letters}]{{1,2}}|[–—‘’“”„«»…·°§©®€£\xa0]+", run) for run in foreign)
        if likely:
            return encoding
    return None


def _delimiter(header: str, columns: Sequence[str]) -> str:
    """What stands between the cells of a header: what makes the columns of it, else what stands there most often."""
    if wanted := next((d for d in DELIMITERS if {*_split(header, d)} >= {*columns}), "") if columns else "":
        return wanted
    counts = {delimiter: header.count(delimiter) for delimiter in DELIMITERS}
    return max(counts, key=lambda d: (counts[d], d == ",")) if any(counts.values()) and not counts[","] else ","


def _split(header: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"') for cell in header.split(delimiter)]
