"""Names, words and sentences in the language of the reader, from ``labels.csv``.

The language is that of `datacontract.context`. Only what is decorated with `localized` speaks it: the figures and the
sentences of the front page; what a language lacks is said in English. A new language, or a better word, is a row of the
table and never code.
"""

import functools
import string
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar, copy_context
from numbers import Number
from typing import Any

from datacontract import contract
from datacontract.caches import P, T
from datacontract.context import ENGLISH, wanted_language
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError, suggest
from datacontract.words import MarkdownText, join_list, ordinal

__all__ = [
    "ENGLISH", "decimal_mark", "language", "languages", "localized", "number_formatter", "translate",
    "translate_figure", "translate_heading", "translate_name",
]  # fmt: skip

TABLE = "labels"
_speaking: ContextVar[bool] = ContextVar("speaking", default=False)


def languages() -> list[str]:
    """The codes of the languages that the table has anything in, English first."""
    known = contract.distinct(f"{TABLE}.language") if TABLE in contract.tables() else []
    return list(dict.fromkeys([ENGLISH, *known]))


def language() -> str:
    """The language that is written. Raises `DataError` with the languages there are where it is none of them."""
    wanted = wanted_language()
    if wanted != ENGLISH and wanted not in languages():
        raise DataError(f"no language {wanted!r} in {TABLE}.csv; {suggest(wanted, languages())}")
    return wanted


def localized(function: Callable[P, T]) -> Callable[P, T]:
    """Decorates a function whose result is in the language that is asked for."""

    @functools.wraps(function)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> T:
        inner = copy_context()
        inner.run(_speaking.set, True)
        return inner.run(function, *args, **kwargs)

    return speaking


def translate_name(kind: str, code: object, english: str) -> str:
    """What a code is called; `english` outside of what is `localized`, or where the language lacks the name."""
    wanted = _spoken()
    return english if wanted == ENGLISH else _texts().get((kind, str(code), wanted)) or english


def translate_heading(code: str, english: str) -> MarkdownText:
    """A heading in the language that is asked for; `english` where that lacks it."""
    found = localized(translate_name)("heading", code, "")
    return MarkdownText(found, language()) if found else MarkdownText(english)


def translate(code: str, kind: str = "sentence", **fields: Any) -> MarkdownText:
    """A text of the table with its fields filled in; it knows its language.

    Numbers are written with the marks of the language. A field may have a format: one of Python; ``th`` for an
    ordinal number; a word, as ``and``, for a list, which it joins before the last item, or ``;`` between all items; or
    forms of a noun, as ``pair|pairs``, of which the number before them takes the right one (three forms: as in
    Russian). Forms that begin with ``|`` stand without the number. Raises `DataError` where the table has no such
    English text.
    """
    for one in dict.fromkeys([_spoken(), ENGLISH]):
        if text := _texts().get((kind, code, one)):
            return MarkdownText(_Formatter(_number(one)).vformat(text.replace("\\n", "\n"), (), fields), one)
    raise DataError(f"{TABLE}.csv has no {kind} {code!r} in English")


translate_figure = functools.partial(translate, kind="figure")


def number_formatter() -> Callable[[Any, str], str]:
    """A function that writes a number in a format of Python, with the marks of the language that is spoken now."""
    return _Formatter(_number(_spoken())).format_field


def decimal_mark(language: str) -> str:
    """What a language writes between the whole and the tenths of a number."""
    return _number(language)[-2]


def _spoken() -> str:
    return language() if _speaking.get() else ENGLISH


def _number(language: str) -> str:
    """The number 1234.5 as a language writes it."""
    return _texts().get(("number", "example", language)) or "1,234.5"


@cached_by_tables(TABLE, maxsize=8)
def _texts() -> Mapping[tuple[str, str, str], str]:
    rows = reversed(contract.rows(TABLE))  # of two rows of one key, the first counts
    return {(row["kind"], row["code"], row["language"]): row["text"] for row in rows}


class _Formatter(string.Formatter):
    """Fills fields; `number` is the number 1234.5 as the language writes it."""

    def __init__(self, number: str) -> None:
        self._marks = {",": number[1], ".": number[-2], "-": "\N{MINUS SIGN}", "%": "\N{NO-BREAK SPACE}%"}

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, list):
            return "; ".join(value) if spec == ";" else join_list(value, spec)
        if "|" in spec:
            number = "" if spec.startswith("|") else f"{self.format_field(value, '')} "
            return number + _form(value, spec.removeprefix("|").split("|"))
        if spec == "th":
            return ordinal(value)
        text = format(value, spec)
        return "".join(self._marks.get(c, c) for c in text) if isinstance(value, Number) else text


def _form(number: int, forms: Sequence[str]) -> str:
    if len(forms) < 3:
        return forms[0 if number == 1 else -1]
    tens, ones = number // 10 % 10, number % 10
    return forms[2 if tens == 1 or ones in (0, 5, 6, 7, 8, 9) else 0 if ones == 1 else 1]
