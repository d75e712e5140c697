"""The words that sentences, figures and tables of this room share."""

from datacontract.language import _, ngettext, pgettext

__all__ = ["mark_words", "part_of_themes"]


def mark_words() -> dict[str, str]:
    """How a text stands to a theme, in words, by the marks of `measures.marks`.

    >>> commitments.mark_words()["general"]
    named as a general aim
    """
    return {
        "named": pgettext("a theme in a text", "named"),
        "refused": pgettext("a theme in a text", "refused"),
        "general": _("named as a general aim"),
        "absent": pgettext("a theme in a text", "absent"),
        "unknown": pgettext("a theme in a text", "unknown"),
    }


def part_of_themes(number: int, themes: int) -> str:
    """How many of the themes: ``4 of 15 themes``.

    >>> commitments.part_of_themes(4, 15)
    4 of 15 themes
    """
    return ngettext("{number} of {n} theme", "{number} of {n} themes", themes, number=number)
