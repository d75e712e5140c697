"""Sentences that are computed: the words around numbers that come out of the tables."""


class MarkdownText(str):
    """Text that a notebook shows as prose; its plain form is the same text, so that it can be compared.

    ``language`` is its language; where that is not English, the prose is marked for screen readers.
    """

    def __new__(cls, text, language="en"):
        made = super().__new__(cls, text)
        made.language = language
        return made

    def _repr_markdown_(self):
        return str(self) if self.language == "en" else f'<span lang="{self.language}">{self}</span>'

    def __repr__(self):
        return str(self)


def ordinal(number):
    """``1st``, ``2nd``, ``3rd``, ``4th`` …"""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def join_list(items, last="and"):
    """``a``, ``a and b``, ``a, b and c``; ``none`` where there is nothing."""
    items = [str(item) for item in items]
    if len(items) < 2:
        return "".join(items) or "none"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def format_number(value, form):
    """A number in a format of Python, with a true minus sign."""
    return format(value, form).replace("-", "\N{MINUS SIGN}")


def pluralize(number, singular, plural=None):
    """``1 reading``, ``3 readings``: a number with its noun."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
