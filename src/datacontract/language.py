"""Messages in the language of the reader, with their numbers and lists by the rules of CLDR.

English is in the code. `_`, `ngettext` and `pgettext` give a message in the language of `datacontract.context`, with
its fields filled in; a message that a language lacks is in English, and says so (`MarkdownText.language`).
"""

import functools
import re
import string
import unicodedata
from collections.abc import Iterable
from numbers import Number
from typing import Any

from datacontract import words
from datacontract.catalogues import languages, translations
from datacontract.context import ENGLISH, wanted_language
from datacontract.errors import DataError, suggest
from datacontract.words import MarkdownText

__all__ = ["_", "format_number", "join_list", "language", "ngettext", "number_marks", "pgettext", "sort_key"]

_ALPHABETS = {"kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя"}
_TWICE = re.compile(r"(?<=\w\.)\.(?!\.)")  # the stop after an abbreviation, which brings its own


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
    # gettext keeps the header of a catalogue under "".
    known = translations(language()).gettext(message) if message else ""
    return _filled(known, message, fields)


def pgettext(context: str, message: str, /, **fields: Any) -> MarkdownText:
    """As `_`, for a message whose translation depends on where it stands, which `context` says.

    >>> from datacontract.context import using
    >>> from datacontract.language import pgettext
    >>> with using(language="ru"):
    ...     pgettext("a place, as 3rd", "{number}.", number=3)
    3‑е
    """
    return _filled(translations(language()).pgettext(context, message), message, fields)


def ngettext(singular: str, plural: str, number: int, /, **fields: Any) -> MarkdownText:
    """As `_`, in the form of the language that goes with a number, which is the field ``n``.

    >>> from datacontract.context import using
    >>> from datacontract.language import ngettext
    >>> with using(language="ru"):
    ...     [ngettext("{n} source", "{n} sources", number) for number in (1, 3, 12_000)]
    [1 источник, 3 источника, 12000 источников]
    """
    found = translations(language()).ngettext(singular, plural, number)
    return _filled(found, singular if number == 1 else plural, {"n": number} | fields)


def _filled(found: str, english: str, fields: dict[str, Any]) -> MarkdownText:
    own, text = (language(), found) if found else (ENGLISH, english)
    try:
        return MarkdownText(_TWICE.sub("", _FILLING[own].vformat(text, (), fields)) if fields else text, own)
    except (KeyError, IndexError, ValueError) as error:
        if own == ENGLISH:
            raise
        raise DataError(f"{own}: {text!r} does not have the fields of {english!r}: {error}") from error


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


def sort_key(text: str) -> list[tuple[int, str]]:
    """What sorts texts by the alphabet of the language; a letter that is not in it goes by the one it is made from.

    >>> from datacontract.context import using
    >>> from datacontract.language import sort_key
    >>> with using(language="kk"):
    ...     sorted(["Қазақстан", "Ресей", "Әзербайжан", "Корея", "Армения"], key=sort_key)
    ['Армения', 'Әзербайжан', 'Корея', 'Қазақстан', 'Ресей']
    """
    order = _ALPHABETS.get(language(), "")
    letters = (letter if letter in order else unicodedata.normalize("NFKD", letter)[0] for letter in text.casefold())
    return [(order.find(letter), letter) for letter in letters]


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
