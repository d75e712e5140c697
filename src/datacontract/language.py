"""Text in the language of the reader: messages of gettext catalogues; numbers, lists and dates by the rules of CLDR.

English is in the code. `_`, `ngettext` and `pgettext` give a message in the language of `datacontract.context`, with
its fields filled in; a message that a language lacks is in English, and says so (`MarkdownText.language`). The
catalogues are ``LANGUAGE/LC_MESSAGES/*.po`` in the folders that `add_catalogues` names.
"""

import functools
import gettext
import io
import re
import string
from collections.abc import Iterable
from numbers import Number
from pathlib import Path
from typing import Any

from datacontract import words
from datacontract.context import ENGLISH, wanted_language
from datacontract.errors import DataError, suggest
from datacontract.words import MarkdownText

__all__ = [
    "DATE", "_", "add_catalogues", "catalogue_files", "date_words", "dates_in_words", "format_number", "join_list",
    "language", "languages", "ngettext", "number_marks", "ordinal", "ordinal_span", "percent", "pgettext", "span",
    "years_between",
]  # fmt: skip

_folders: list[Path] = []
# A month or a day (ISO 8601) in a text; not what an address, a DOI or a span of years holds.
DATE = re.compile(r"(?<![\w/=-])\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\w/-])")


def add_catalogues(folder: Path) -> None:
    """Names a folder of catalogues, ``LANGUAGE/LC_MESSAGES/*.po``; the one named last counts first.

    >>> import pathlib, tempfile
    >>> from datacontract.language import add_catalogues, languages
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pathlib.Path(folder, "uz", "LC_MESSAGES").mkdir(parents=True)
    ...     add_catalogues(pathlib.Path(folder))
    ...     "uz" in languages()
    True
    """
    if folder not in _folders:
        _folders.append(folder)


def languages() -> list[str]:
    """The codes of the languages that there are catalogues of, English first.

    >>> from datacontract.language import languages
    >>> languages()
    ['en', ...'ru'...]
    """
    return [ENGLISH, *_translated_languages(tuple(_folders))]


@functools.lru_cache(maxsize=8)
def _translated_languages(folders: tuple[Path, ...]) -> list[str]:
    return sorted({path.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES")})


def language() -> str:
    """The language that is written. Raises `DataError` with the languages there are where it is none of them.

    >>> from datacontract.context import using
    >>> from datacontract.language import language
    >>> with using(language="rus"):
    ...     language()
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: there is no language 'rus'; did you mean 'ru'? allowed: en, ...
    """
    wanted = wanted_language()
    if wanted != ENGLISH and wanted not in languages():
        raise DataError(f"there is no language {wanted!r}; {suggest(wanted, languages())}")
    return wanted


def catalogue_files(language: str) -> list[Path]:
    """The catalogues of a language; of two that have the same message, the first counts.

    >>> from datacontract.language import catalogue_files
    >>> [path.name for path in catalogue_files("kk") if "ties" in path.name]
    ['05_ties.po', 'ties.po']
    """
    return [path for folder in reversed(_folders) for path in sorted(folder.glob(f"{language}/LC_MESSAGES/*.po"))]


def _(message: str, /, **fields: Any) -> MarkdownText:
    """A message in the language of the reader.

    Its fields are filled in as `str.format` would, but numbers have the marks of the language, and a list is joined
    with its commas and its "and"; with the format ``or``, with its "or". Without fields, braces stand for themselves.

    >>> from datacontract.context import using
    >>> from datacontract.language import _
    >>> _("{low} to {high}", low=-1.5, high=2)
    −1.5 to 2
    >>> with using(language="ru"):
    ...     _("{low} to {high}", low=-1.5, high=2)
    от −1,5 до 2
    """
    known = _known().gettext(message) if message else ""  # gettext keeps the header of a catalogue under ""
    return _filled(known, message, fields)


def pgettext(context: str, message: str, /, **fields: Any) -> MarkdownText:
    """As `_`, for a message whose translation depends on where it stands, which `context` says.

    >>> from datacontract.context import using
    >>> from datacontract.language import pgettext
    >>> with using(language="ru"):
    ...     pgettext("a place, as 3rd", "{number}.", number=3)
    3-е
    """
    return _filled(_known().pgettext(context, message), message, fields)


def ngettext(singular: str, plural: str, number: int, /, **fields: Any) -> MarkdownText:
    """As `_`, in the form of the language that goes with a number, which is the field ``n``.

    >>> from datacontract.context import using
    >>> from datacontract.language import ngettext
    >>> with using(language="ru"):
    ...     [ngettext("{n} source", "{n} sources", number) for number in (1, 3, 12_000)]
    [1 источник, 3 источника, 12000 источников]
    """
    found = _known().ngettext(singular, plural, number)
    return _filled(found, singular if number == 1 else plural, {"n": number} | fields)


def _filled(found: str, english: str, fields: dict[str, Any]) -> MarkdownText:
    own, text = (language(), found) if found else (ENGLISH, english)
    try:
        return MarkdownText(_FILLING[own].vformat(text, (), fields) if fields else text, own)
    except (KeyError, IndexError, ValueError) as error:
        if own == ENGLISH:
            raise
        raise DataError(f"{own}: {text!r} does not have the fields of {english!r}: {error}") from error


class _Nothing(gettext.NullTranslations):
    """Finds no message, so that a missing one is told from one that reads as in English."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


def _known() -> gettext.NullTranslations:
    spoken = language()
    return _NOTHING if spoken == ENGLISH else _translations(spoken, tuple(_folders))


@functools.lru_cache(maxsize=8)
def _translations(language: str, folders: tuple[Path, ...]) -> gettext.NullTranslations:
    """The catalogues of a language as one."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    joint = Catalog(locale=language)
    for path in catalogue_files(language):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    joint[message.id] = message  # of two of the same key, the first stays
    compiled = io.BytesIO()
    write_mo(compiled, joint)
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    found.add_fallback(_NOTHING)
    return found


def join_list(items: Iterable[object], style: str = "and") -> MarkdownText:
    """``a``, ``a and b``, ``a, b and c``; ``none`` where there is nothing. With ``or``, the other word.

    >>> from datacontract.context import using
    >>> from datacontract.language import join_list
    >>> with using(language="ru"):
    ...     join_list(["вода", "торговля", "транзит"]), join_list(["вода", "торговля"], "or")
    (вода, торговля и транзит, вода или торговля)
    """
    texts, spoken = [str(item) for item in items], language()
    if not texts:
        return _("none")
    if spoken == ENGLISH or len(texts) < 2:
        return MarkdownText(words.join_list(texts, style), spoken)
    from babel.lists import format_list

    return MarkdownText(format_list(texts, "or" if style == "or" else "standard", spoken), spoken)


def ordinal(number: int) -> MarkdownText:
    """An ordinal number: ``1st``, ``2nd``, ``3rd``, ``4th``.

    >>> from datacontract.context import using
    >>> from datacontract.language import ordinal
    >>> with using(language="kk"):
    ...     ordinal(3)
    3-
    """
    if language() == ENGLISH:
        return MarkdownText(words.ordinal(number))
    return pgettext("a place, as 3rd", "{number}.", number=number)


def ordinal_span(first: int, last: int) -> MarkdownText:
    """Two places as words: ``2nd to 5th``, or one where both are the same.

    >>> from datacontract.language import ordinal_span
    >>> ordinal_span(2, 5), ordinal_span(3, 3)
    (2nd to 5th, 3rd)
    """
    if first == last:
        return ordinal(first)
    if language() == ENGLISH:
        return MarkdownText(f"{words.ordinal(first)} to {words.ordinal(last)}")
    return pgettext("a place, as 3rd", "{number}.", number=f"{first}–{last}")


def format_number(value: Any, form: str) -> str:
    r"""A number in a format of Python, with the marks of the language: a true minus sign, and none where it reads 0.

    >>> from datacontract.context import using
    >>> from datacontract.language import format_number
    >>> format_number(-1234.5, ",.1f"), format_number(-0.001, ".1f")
    ('−1,234.5', '0.0')
    >>> with using(language="ru"):
    ...     format_number(-1234.5, ",.1f")
    '−1\xa0234,5'
    """
    return _FILLING[language()].format_field(value, form)


def percent(share: float, decimals: int = 0) -> str:
    r"""A share of 0 to 1 in per cent: ``47 %``.

    >>> from datacontract.context import using
    >>> from datacontract.language import percent
    >>> with using(language="ru"):
    ...     percent(0.47), percent(0.4712, 1)
    ('47\xa0%', '47,1\xa0%')
    """
    return format_number(share, f".{decimals}%")


def span(low: float, high: float, form: str = "") -> MarkdownText:
    """Two bounds as words: ``0.2 to 0.5``, or one number where both read the same.

    >>> from datacontract.language import span
    >>> span(-0.2, 0.5, ".1f"), span(0.31, 0.33, ".1f")
    (−0.2 to 0.5, 0.3)
    """
    first, last = format_number(low, form), format_number(high, form)
    return MarkdownText(first) if first == last else _("{low} to {high}", low=first, high=last)


def years_between(first: int, last: int) -> MarkdownText:
    """``in 2020``, or ``from 2018 to 2020``.

    >>> from datacontract.context import using
    >>> from datacontract.language import years_between
    >>> with using(language="ru"):
    ...     years_between(2018, 2025), years_between(2020, 2020)
    (с 2018 по 2025 г., в 2020 году)
    """
    return _("in {year}", year=first) if first == last else _("from {first} to {last}", first=first, last=last)


def date_words(date: str) -> str:
    """A date of year, month or day precision (ISO 8601) in words: ``2020``, ``March 2020``, ``6 March 2020``.

    A day that no calendar has stays as it is.

    >>> from datacontract.language import date_words
    >>> date_words("2020"), date_words("2020-03"), date_words("2020-03-06"), date_words("2020-02-30")
    ('2020', 'March 2020', '6 March 2020', '2020-02-30')
    """
    from datetime import date as day

    from babel.dates import format_date, format_skeleton

    spoken, month = language(), len(date) == len("2020-03")
    locale = "en_GB" if spoken == ENGLISH else spoken
    if len(date) == len("2020"):
        return date
    try:
        known = day.fromisoformat(f"{date}-01" if month else date)
    except ValueError:
        return date
    return str(format_skeleton("yMMMM", known, locale=locale) if month else format_date(known, "long", locale=locale))


def dates_in_words(text: str) -> str:
    r"""A text with the months and days in it (ISO 8601) in words; an abbreviation ends a sentence with its own point.

    >>> from datacontract.context import using
    >>> from datacontract.language import dates_in_words
    >>> with using(language="ru"):
    ...     dates_in_words("2020-03-06; 1999-2003; /2020-03/")
    '6 марта 2020\u202fг.; 1999-2003; /2020-03/'
    """
    ended = re.compile(rf"({DATE.pattern})(\.?)")
    return ended.sub(lambda found: (words := date_words(found[1])) + found[2][words.endswith(".") :], text)


@functools.cache
def number_marks(language: str) -> dict[str, str]:
    r"""What a language writes for the comma, the point, the minus and the per cent sign of an English number.

    >>> from datacontract.language import number_marks
    >>> number_marks("ru")[","], number_marks("ru")["."], number_marks("en")["-"]
    ('\xa0', ',', '−')
    """
    marks = {",": ",", ".": "."}
    if language != ENGLISH:
        from babel.numbers import get_decimal_symbol, get_group_symbol

        marks = {",": get_group_symbol(language), ".": get_decimal_symbol(language)}
    return marks | {"-": "\N{MINUS SIGN}", "%": "\N{NO-BREAK SPACE}%"}


class _Filling(string.Formatter):
    """Fills fields in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, (list, tuple)):
            return join_list(value, spec or "and")
        text = format(value, spec)
        if not isinstance(value, Number) or isinstance(value, bool):
            return text
        if not text.strip("+-0.,%"):
            text = text.lstrip("+-")
        marks = number_marks(self._language)
        return "".join(marks.get(letter, letter) for letter in text)


class _Fillings(dict[str, _Filling]):
    def __missing__(self, language: str) -> _Filling:
        return self.setdefault(language, _Filling(language))


_FILLING = _Fillings()
_NOTHING = _Nothing()
