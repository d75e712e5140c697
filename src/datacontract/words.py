"""Prose that is computed: text that a notebook shows as Markdown, and the words around numbers."""

from collections.abc import Iterable
from typing import Self

from datacontract.context import wanted_language

__all__ = [
    "MarkdownText", "capitalised", "join_list", "ordinal", "plain", "pluralize", "sentence", "years_between",
]  # fmt: skip


class MarkdownText(str):
    """Text that a notebook shows as prose; its plain form is the same text, so that it can be compared.

    ``language`` is its language, that of the reader where none is named; where it is another one, the prose is marked
    for screen readers.
    """

    language: str

    def __new__(cls, text: str, language: str | None = None) -> Self:
        made = super().__new__(cls, text)
        made.language = language or wanted_language()
        return made

    def _repr_markdown_(self) -> str:
        return str(self) if self.language == wanted_language() else f'<span lang="{self.language}">{self}</span>'

    def __repr__(self) -> str:
        return str(self)


def capitalised(text: str) -> MarkdownText:
    """The text with a capital first letter, in its own language.

    >>> from datacontract.words import capitalised
    >>> capitalised("ұлттық мүдде")
    Ұлттық мүдде
    """
    return MarkdownText(text[:1].upper() + text[1:], getattr(text, "language", None))


def sentence(text: str) -> MarkdownText:
    """The text with a full stop, in its own language; an abbreviation at its end brings the stop.

    >>> from datacontract.words import sentence
    >>> sentence("с 2018 по 2025 г."), sentence("in 2025")
    (с 2018 по 2025 г., in 2025.)
    """
    return MarkdownText(text if text.endswith(".") else f"{text}.", getattr(text, "language", None))


def ordinal(number: int) -> str:
    """An ordinal number: ``1st``, ``2nd``, ``3rd``, ``4th``.

    >>> from datacontract.words import ordinal
    >>> [ordinal(number) for number in (1, 2, 3, 11, 12, 22, 113)]
    ['1st', '2nd', '3rd', '11th', '12th', '22nd', '113th']
    """
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def join_list(items: Iterable[object], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; ``none`` where there is nothing.

    >>> from datacontract.words import join_list
    >>> join_list(["KAZ", "KGZ", "UZB"]), join_list(["energy", "water"], last="or"), join_list([])
    ('KAZ, KGZ and UZB', 'energy or water', 'none')
    """
    texts = [str(item) for item in items]
    if len(texts) < 2:
        return "".join(texts) or "none"
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def years_between(first: int, last: int) -> str:
    """``in 2020``, or ``from 2018 to 2020``.

    >>> from datacontract.words import years_between
    >>> years_between(2018, 2025), years_between(2020, 2020)
    ('from 2018 to 2025', 'in 2020')
    """
    return f"in {first}" if first == last else f"from {first} to {last}"


def plain(code: object) -> str:
    """A code in words: ``head_of_state`` to ``head of state``; "" where it is missing.

    >>> from datacontract.words import plain
    >>> plain("head_of_state"), plain(None), plain(float("nan"))
    ('head of state', '', '')
    """
    return str(code).replace("_", " ") if code is not None and code == code else ""


def pluralize(number: int, singular: str) -> str:
    """``1 reading``, ``3 readings``: a number with its noun.

    >>> from datacontract.words import pluralize
    >>> pluralize(1, "reading"), pluralize(3, "reading")
    ('1 reading', '3 readings')
    """
    return f"{number} {singular if number == 1 else singular + 's'}"
