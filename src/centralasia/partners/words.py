"""Values, places and windows in words."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.names import document_name, short_name
from datacontract.words import format_number, join_list, ordinal

__all__ = ["IN_SOURCE", "place_words", "value_words"]

IN_SOURCE = {
    "trade": "in trade", "intensity": "in trade for its size", "votes": "in votes at the UN",
    "speeches": "in speeches at the UN", "memberships": "in shared organisations", "visits": "in visits",
}  # fmt: skip
UNITS = {
    "trade": "mean share in exports and imports, %",
    "intensity": "times its share in the economy of the rest of the world",
    "votes": "agreement beyond chance (Scott's pi)", "speeches": "sentences that name it, %",
    "memberships": "organisations of which both are members", "visits": "visits found",
}  # fmt: skip
_FORMS = {
    "trade": (".1f", " %"), "intensity": (".1f", " times"), "votes": (".2f", ""), "speeches": (".1f", " %"),
    "memberships": (".0f", ""), "visits": (".0f", ""),
}  # fmt: skip
_WHERE = " at the UN"
COUNTED = {"speeches": "not named", "visits": "none found"}  # what a value of zero is


def value_words(source: str, value: float) -> str:
    """A value of a source with its unit, as ``5.5 %``."""
    form, unit = _FORMS[source]
    return "unknown" if pd.isna(value) else format_number(value, form) + unit


def amount_words(source: str, row: Any) -> str:
    """The value of a row of `centralasia.partners.revealed` with its unit, or its bounds where it is open."""
    if pd.notna(row.value) or pd.isna(row.upper):
        return value_words(source, row.value)
    return f"{value_words(source, row.lower)} to {value_words(source, row.upper)}"


def place_words(source: str, row: pd.Series, among: int) -> str:
    """The place of a row of `centralasia.partners.revealed`, as ``4th of 5``, or the places that are possible."""
    if source in COUNTED and row["value"] == 0:
        return COUNTED[source]
    if pd.notna(row["rank"]):
        return f"{ordinal(int(row['rank']))} of {among}"
    return f"{ordinal(int(row['best']))} to {ordinal(int(row['worst']))} of {among}"


def places_by_source(rows: pd.DataFrame) -> str:
    """The places of one partner, from rows of `centralasia.partners.orders`: ``1st in trade, 2nd or 3rd in visits``."""
    found: dict[tuple[int, ...], list[str]] = {}
    for by, part in rows.groupby("by", sort=False):
        if places := tuple(sorted({int(place) for place in part["rank"].dropna()})):
            found.setdefault(places, []).append(str(by))
    parts = [f"{join_list(map(ordinal, places), 'or')} in {source_words(by)}" for places, by in sorted(found.items())]
    return "; ".join(parts) or "at no sure place"


def window_words(window: str, in_sentence: bool = False) -> str:
    """A window of years: ``2014–2019`` and ``since 2020``; in a sentence ``in 2014–2019``."""
    if window[:1].isdigit():
        return f"{'in ' * in_sentence}{window.replace('-', '–')}"
    return window.replace("-", " ")


def source_words(sources: Iterable[str]) -> str:
    """Sources in a list, as ``trade, votes and speeches at the UN``."""
    names = [IN_SOURCE[source].removeprefix("in ") for source in sources]
    following = [*names[1:], ""]
    return join_list(
        name.removesuffix(_WHERE) if other.endswith(_WHERE) else name
        for name, other in zip(names, following, strict=True)
    )


def column_name(document: str, state: str) -> str:
    """A document by its years, since the title names its state: ``2014–2020``, ``draft, 2019``."""
    return document_name(document).removeprefix(f"{short_name(state)} ")
