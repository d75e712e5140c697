"""The texts of a release of the UN General Debate Corpus: found, decoded, cleaned and cut into sentences."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from datacontract.errors import DataError

__all__ = [
    "SIGNS",
    "Speech",
    "SpeechFileError",
    "clean",
    "find_speakers",
    "find_speeches",
    "split_sentences",
    "split_words",
]

LARGEST = 4_000_000  # bytes of one text; the longest speech has 60,000
FIRST_SESSION = 1945  # session 1 was held in 1946
SPEAKERS = "Speakers_by_session.xlsx"
_NAME = re.compile(r"([A-Z]{3})_(\d{1,3})_(\d{4})\.txt")
SIGNS = str.maketrans({"‐": "-", "‑": "-", "’": "'", "‘": "'", "\u00ad": "", "\ufeff": "", "\u200b": "", "\x00": ""})
_MISREAD = re.compile("â€[\u2122\u0153\x9d\u02dc]?")  # quotation marks of another encoding
# Lines that a page carries and nobody says: numbers of pages and documents, running heads.
_FURNITURE = re.compile(
    r"(?:page )?[\d\s/.-]+|\d\d-\d{5}\b.*|[AS]/\d+/PV\.? ?\d+.*|(?:\d+ )?General Assembly ?[-–—] ?[\w-]+ session"
    r"|[\w-]+(?: plenary)? (?:session|meeting) ?[-–—] ?\d+ \w+ \w?\d+(?: \d+)?",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"(?<=\w)-\s+(?=\w)(?!(?:and|or|to)\b)")
_SPACE = re.compile(r"\s+")
_END = re.compile(r"[.!?…][\"'”)\]]*\s+(?=[\"'“(\[]*[A-Z0-9])|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Lt|St|Sr|Jr|Nos?|[Aa]rt|paras?|vol|pp?|ch|cf|viz|vs|approx"
    r"|(?:[A-Z]\.)+[A-Z]|[A-HJ-Z])\.$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class SpeechFileError(DataError):
    """A release of speeches, or a file in it, that cannot be read: which, and what is allowed."""


class Speech(NamedTuple):
    """One speech: who spoke (ISO 3166-1 alpha-3), calendar year, session, and the text as published."""

    state: str
    year: int
    session: int
    text: str


def find_speeches(release: Path) -> Iterator[Speech]:
    """The speeches of a release by year and state, each read when its turn comes.

    Parameters
    ----------
    release : path
        The publisher's ZIP, or a folder with its texts at any depth, named ``ISO_NN_YYYY.txt``: three letters of a
        state, session, year. Other files are passed over.

    Raises
    ------
    SpeechFileError
        Neither a folder nor a ZIP; no text in it; two texts of a state and year; a session that is not of its year;
        a text that is not UTF-8, is empty or too large, or cannot be unpacked.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     length = pathlib.Path(folder, "KAZ_79_2024.txt").write_text("Mr. President, we meet again.")
    ...     [(speech.state, speech.year) for speech in speeches.find_speeches(pathlib.Path(folder))]
    [('KAZ', 2024)]
    """
    if release.is_dir():
        files = {path.relative_to(release).as_posix(): path for path in release.rglob("*.txt") if path.is_file()}
        for name, state, year, session in _order(release, files):
            text = _decode(name, files[name].stat().st_size, files[name].read_bytes)
            yield Speech(state, year, session, text)
        return
    with _opened(release) as archive:
        for name, state, year, session in _order(release, archive.namelist()):
            text = _decode(name, archive.getinfo(name).file_size, lambda name=name: archive.read(name))  # type: ignore[misc]
            yield Speech(state, year, session, text)


def find_speakers(release: Path) -> bytes | None:
    """The publisher's workbook of speakers in a release; None where it has none.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = pathlib.Path(folder, "Speakers_by_session.xlsx").write_bytes(b"the workbook")
    ...     speeches.find_speakers(pathlib.Path(folder))
    b'the workbook'
    """
    if release.is_dir():
        return next((path.read_bytes() for path in sorted(release.rglob(SPEAKERS)) if path.is_file()), None)
    with _opened(release) as archive:
        names = [name for name in sorted(archive.namelist()) if PurePosixPath(name).name == SPEAKERS]
        return _unpack(names[0], lambda: archive.read(names[0])) if names else None


def clean(text: str) -> str:
    r"""A text as one line: without page numbers, running heads and blank lines, broken words joined, quotes plain.

    >>> speeches.clean("We need co-\noperation.\n\n12/34\n")
    'We need co-operation.'
    """
    text = _MISREAD.sub("'", text.translate(SIGNS))
    lines = (line.strip() for line in text.splitlines())
    text = " ".join(line for line in lines if line and not _FURNITURE.fullmatch(line))
    return _SPACE.sub(" ", _BROKEN.sub("-", text)).strip()


def split_sentences(text: str) -> list[str]:
    """The sentences of a `clean` text: cut after a full stop, question or exclamation mark before a capital or figure.

    Not after titles, initials and abbreviations (``Mr.``, ``No.``); a piece without a word belongs to no sentence.

    >>> speeches.split_sentences("I thank Mr. Guterres. What of the Aral Sea? It is drying up.")
    ['I thank Mr. Guterres.', 'What of the Aral Sea?', 'It is drying up.']
    """
    found, start = [], 0
    for end in _END.finditer(text):
        if not _ABBREVIATION.search(text[max(start, end.start() - 12) : end.start() + 1]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if _WORD.search(sentence)]


def split_words(text: str) -> list[str]:
    """The words of a text: letters, with hyphens and apostrophes inside.

    >>> speeches.split_words("Kazakhstan's good-neighbourly policy, 30 years on")
    ["Kazakhstan's", 'good-neighbourly', 'policy', 'years', 'on']
    """
    return _WORD.findall(text)


def _order(release: Path, names: Iterable[str]) -> list[tuple[str, str, int, int]]:
    """Name, state, year and session of every text, by year and state."""
    found: dict[tuple[int, str], tuple[str, str, int, int]] = {}
    for name in sorted(names):
        if match := _NAME.fullmatch(PurePosixPath(name).name):
            state, session, year = match[1], int(match[2]), int(match[3])
            if session != year - FIRST_SESSION:
                raise SpeechFileError(f"{name}: session {session}; allowed: {year - FIRST_SESSION}, that of {year}")
            if (other := found.setdefault((year, state), (name, state, year, session)))[0] != name:
                raise SpeechFileError(f"{name}: {other[0]} is of {state} in {year} too; allowed: one text each")
    if not found:
        raise SpeechFileError(f"{release.name}: no speech in it; allowed: texts named as KAZ_79_2024.txt")
    return [found[key] for key in sorted(found)]


def _decode(name: str, size: int, read: Callable[[], bytes]) -> str:
    if size > LARGEST:
        raise SpeechFileError(f"{name}: {size:,} bytes; allowed: up to {LARGEST:,} for a speech")
    try:
        text = _unpack(name, read).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpeechFileError(f"{name}: byte {error.start} is not UTF-8; allowed: UTF-8") from None
    if not _WORD.search(text):
        raise SpeechFileError(f"{name}: not a word in it; allowed: a speech, or no file where it is missing")
    return text


def _unpack(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SpeechFileError(f"{name}: cannot be unpacked or read ({error})") from None


@contextmanager
def _opened(release: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(release)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SpeechFileError(f"{release.name}: {error}; allowed: the publisher's ZIP or a folder of texts") from None
    with archive:
        yield archive
