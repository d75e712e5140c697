"""What codes are called in the language of the reader: names from ``labels.csv``.

What a language lacks is said in English. A better name is a row of the table and never code.
"""

import functools
import string
from collections.abc import Mapping, Sequence
from numbers import Number
from typing import Any

from datacontract import contract
from datacontract.context import ENGLISH
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError
from datacontract.language import language
from datacontract.words import MarkdownText, join_list, ordinal

__all__ = ["translate", "translate_figure", "translate_name"]

TABLE = "labels"


def translate_name(kind: str, code: object, english: str) -> str:
    """What a code is called in the language of the reader; `english` where that lacks the name."""
    wanted = language()
    return english if wanted == ENGLISH else _texts().get((kind, str(code), wanted)) or english


def translate(code: str, kind: str = "sentence", **fields: Any) -> MarkdownText:
    """A text of the table with its fields filled in; it knows its language.

    Numbers are written with the marks of the language. A field may have a format: one of Python; ``th`` for an
    ordinal number; a word, as ``and``, for a list, which it joins before the last item, or ``;`` between all items; or
    forms of a noun, as ``pair|pairs``, of which the number before them takes the right one (three forms: as in
    Russian). Forms that begin with ``|`` stand without the number. Raises `DataError` where the table has no such
    English text.
    """
    for one in dict.fromkeys([language(), ENGLISH]):
        if text := _texts().get((kind, code, one)):
            return MarkdownText(_Formatter(_number(one)).vformat(text.replace("\\n", "\n"), (), fields), one)
    raise DataError(f"{TABLE}.csv has no {kind} {code!r} in English")


translate_figure = functools.partial(translate, kind="figure")


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
