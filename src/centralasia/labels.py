"""Names, words and sentences in the language of the reader, from ``labels.csv``.

The language is that of the environment variable ``CENTRALASIA_LANGUAGE``, English where there is none. Only what is
decorated with `spoken` speaks it: the figures and the sentences of the front page; what a language lacks is said in
English. A new language, or a better word, is a row of the table and never code.
"""

import contextvars
import functools
import os
import string
from numbers import Number

from centralasia import contract
from centralasia.contract import DataError, nearest
from centralasia.words import Sentence, listing, ordinal

LANGUAGE_VARIABLE = "CENTRALASIA_LANGUAGE"
ENGLISH = "en"
TABLE = "labels"
_speaking = contextvars.ContextVar("speaking", default=False)


def languages(data=None):
    """The codes of the languages that the table has anything in, English first."""
    known = contract.values(f"{TABLE}.language", folder=data) if TABLE in contract.tables(data) else []
    return list(dict.fromkeys([ENGLISH, *known]))


def language(data=None):
    """The language of the environment. Raises `DataError` with the languages there are where it is none of them."""
    wanted = os.environ.get(LANGUAGE_VARIABLE) or ENGLISH
    if wanted != ENGLISH and wanted not in languages(data):
        raise DataError(f"no language {wanted!r} in {TABLE}.csv; {nearest(wanted, languages(data))}")
    return wanted


def spoken(function):
    """Decorates a function whose result is in the language of the environment."""

    @functools.wraps(function)
    def speaking(*args, **kwargs):
        token = _speaking.set(True)
        try:
            return function(*args, **kwargs)
        finally:
            _speaking.reset(token)

    return speaking


def name(kind, code, english, data=None):
    """What a code is called; `english` where nobody speaks another language, or the language lacks the name."""
    wanted = language(data) if _speaking.get() else ENGLISH
    return english if wanted == ENGLISH else _text(kind, str(code), wanted, data) or english


def heading(code, english, data=None):
    """A heading as a `Sentence` in the language of the environment; `english` where that lacks it."""
    wanted = language(data)
    found = None if wanted == ENGLISH else _text("heading", code, wanted, data)
    return Sentence(found, wanted) if found else Sentence(english)


def say(code, data=None, kind="sentence", **fields):
    """A text of the table with its fields filled in, as a `Sentence` that knows its language.

    Numbers are written with the marks of the language. A field may have a format: one of Python; ``th`` for an
    ordinal number; a word, as ``and``, for a list, which it joins before the last item, or ``;`` between all items; or
    forms of a noun, as ``pair|pairs``, of which the number before them takes the right one (three forms: as in
    Russian). Forms that begin with ``|`` stand without the number. Raises `DataError` where the table has no such
    English text.
    """
    wanted = language(data) if _speaking.get() else ENGLISH
    for one in dict.fromkeys([wanted, ENGLISH]):
        if text := _text(kind, code, one, data):
            return Sentence(_Filled(_number(one, data)).vformat(text.replace("\\n", "\n"), (), fields), one)
    raise DataError(f"{TABLE}.csv has no {kind} {code!r} in English")


word = functools.partial(say, kind="figure")


def _text(kind, code, wanted, data):
    rows = contract.rows(TABLE, data)
    found = (r["text"] for r in rows if r["code"] == code and r["language"] == wanted and r["kind"] == kind)
    return next(found, None)


def writer(data=None):
    """A function that writes a number in a format of Python, with the marks of the language that is spoken now."""
    return _Filled(_number(language(data) if _speaking.get() else ENGLISH, data)).format_field


def decimal_mark(wanted, data=None):
    """What a language writes between the whole and the tenths of a number."""
    return _number(wanted, data)[-2]


def _number(wanted, data):
    return _text("number", "example", wanted, data) or "1,234.5"


class _Filled(string.Formatter):
    """Fills fields; `number` is the number 1234.5 as the language writes it."""

    def __init__(self, number):
        self._marks = {",": number[1], ".": number[-2], "-": "\N{MINUS SIGN}", "%": "\N{NO-BREAK SPACE}%"}

    def format_field(self, value, spec):
        if isinstance(value, list):
            return "; ".join(value) if spec == ";" else listing(value, spec)
        if "|" in spec:
            number = "" if spec.startswith("|") else f"{self.format_field(value, '')} "
            return number + _form(value, spec.removeprefix("|").split("|"))
        if spec == "th":
            return ordinal(value)
        text = format(value, spec)
        return "".join(self._marks.get(c, c) for c in text) if isinstance(value, Number) else text


def _form(number, forms):
    if len(forms) < 3:
        return forms[0 if number == 1 else -1]
    tens, ones = number // 10 % 10, number % 10
    return forms[2 if tens == 1 or ones in (0, 5, 6, 7, 8, 9) else 0 if ones == 1 else 1]
