"""Values and places of partners in words."""

import pandas as pd

from datacontract.words import format_number, ordinal

__all__ = ["IN_SOURCE", "place_words", "value_words"]

IN_SOURCE = {
    "trade": "in trade", "intensity": "in trade for its size", "votes": "in votes at the UN",
    "memberships": "in shared organisations", "visits": "in visits",
}  # fmt: skip
_FORMS = {"trade": (".1f", " %"), "intensity": (".1f", " times"), "votes": (".2f", ""), "memberships": (".1f", ""),
          "visits": (".0f", "")}  # fmt: skip


def value_words(source: str, value: float) -> str:
    """A value of a source with its unit, as ``5.5 %``."""
    form, unit = _FORMS[source]
    return "unknown" if pd.isna(value) else format_number(value, form) + unit


def place_words(rank: float, among: int) -> str:
    """A place, as ``4th of 5``."""
    return "place open" if pd.isna(rank) else f"{ordinal(int(rank))} of {among}"
