"""Values, places, sources and windows in words, in the language of the reader."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from centralasia.names import document_name, in_document, short_name
from datacontract.language import _, format_number, join_list, ngettext, pgettext
from datacontract.phrases import ordinal, ordinal_span
from datacontract.words import MarkdownText

__all__ = ["in_source", "place_words", "series_name", "source_name", "value_words"]

_FORMS = {"trade": ".1f", "intensity": ".1f", "votes": ".2f", "speeches": ".1f", "memberships": ".0f", "visits": ".0f"}
_AT_UN = ("votes", "speeches")


def source_name(source: str, short: bool = False) -> str:
    """A source as a heading, as ``Votes at the UN``; short, as ``Votes``.

    >>> print(partners.source_name("votes"), partners.source_name("votes", short=True), sep="; ")
    Votes at the UN; Votes
    """
    names = {
        "trade": pgettext("source", "Trade"),
        "intensity": _("Trade for its size"),
        "votes": pgettext("source", "Votes") if short else _("Votes at the UN"),
        "speeches": pgettext("source", "Speeches") if short else _("Speeches at the UN"),
        "memberships": pgettext("source", "Organisations"),
        "visits": pgettext("source", "Visits"),
    }
    return names[source]


def in_source(source: str) -> str:
    """A source after *where*, as ``in votes at the UN``.

    >>> partners.in_source("votes")
    in votes at the UN
    """
    return {
        "trade": _("in trade"),
        "intensity": _("in trade for its size"),
        "votes": _("in votes at the UN"),
        "speeches": _("in speeches at the UN"),
        "memberships": _("in shared organisations"),
        "visits": _("in visits"),
    }[source]


def source_words(sources: Iterable[str]) -> str:
    """Sources in a list, as ``trade, votes and speeches at the UN``."""
    full = {
        "trade": pgettext("source", "trade"),
        "intensity": pgettext("source", "trade for its size"),
        "votes": pgettext("source", "votes at the UN"),
        "speeches": pgettext("source", "speeches at the UN"),
        "memberships": pgettext("source", "shared organisations"),
        "visits": pgettext("source", "visits"),
    }
    short = {"votes": pgettext("source", "votes"), "speeches": pgettext("source", "speeches")}
    given = list(sources)
    return join_list(
        short[source] if source in _AT_UN and following in _AT_UN else full[source]
        for source, following in zip(given, [*given[1:], ""], strict=True)
    )


def series_name(series: str) -> str:
    """Who stands behind a series of trade.

    >>> partners.series_name("cow")
    Correlates of War
    """
    return {
        "national": _("the national statistical office"),
        "comtrade": _("UN Comtrade"),
        "cow": _("Correlates of War"),
        "wits": _("the five largest partners in World Integrated Trade Solution"),
        "factbook": _("the World Factbook"),
    }[series]


def unit_words(source: str) -> str:
    """What the values of a source count."""
    return {
        "trade": _("mean share in exports and imports, %"),
        "intensity": _("times its share in the economy of the rest of the world"),
        "votes": _("agreement beyond chance (Scott's pi)"),
        "speeches": _("sentences that name it, %"),
        "memberships": _("organisations of which both are members"),
        "visits": _("visits found"),
    }[source]


def zero_words(source: str, value: float) -> str:
    """What a value of zero is in a source that counts, as ``not named``; "" for any other."""
    words = {"speeches": _("not named"), "visits": _("none found")}
    return words.get(source, "") if value == 0 else ""


def value_words(source: str, value: float) -> str:
    """A value of a source with its unit, as ``5.5 %``.

    >>> print(partners.value_words("trade", 5.46), partners.value_words("intensity", 16.4), sep="; ")
    5.5 %; 16.4 times
    """
    if pd.isna(value):
        return _("unknown")
    number = format_number(value, _FORMS[source])
    if source == "intensity":
        return _("{number} times", number=number)
    return f"{number} %" if source in ("trade", "speeches") else number


def amount_words(source: str, row: Any) -> str:
    """The value of a row of `centralasia.partners.revealed` with its unit, or its bounds where it is open."""
    if pd.notna(row.value) or pd.isna(row.upper):
        return value_words(source, row.value)
    return _("{lower} to {upper}", lower=value_words(source, row.lower), upper=value_words(source, row.upper))


def place_words(source: str, row: pd.Series, among: int) -> str:
    """The place of a row of `centralasia.partners.revealed`, as ``4th of 5``, or the places that are possible.

    >>> order = partners.revealed("KAZ", ("CA4", "RUS", "CHN", "USA"), "trade", "2014-2019")
    >>> [partners.place_words("trade", row, 4) for place, row in order.iterrows()]
    [3rd of 4, 1st of 4, 2nd of 4, 4th of 4]
    """
    if zero := zero_words(source, row["value"]):
        return zero
    placed = pd.notna(row["rank"])
    low, high = (row["rank"], row["rank"]) if placed else (row["best"], row["worst"])
    return _("{place} of {among}", place=place_range(low, high), among=among)


def place_range(low: float, high: float) -> str:
    """A place, or the first and the last of several: ``2nd``, ``2nd to 5th``."""
    return ordinal_span(int(low), int(high))


def places_by_source(rows: pd.DataFrame) -> str:
    """The places of one partner, from rows of `centralasia.partners.orders`: ``1st in trade, 2nd or 3rd in visits``."""
    found: dict[tuple[int, ...], list[str]] = {}
    for by, part in rows.groupby("by", sort=False):
        if places := tuple(sorted({int(place) for place in part["rank"].dropna()})):
            found.setdefault(places, []).append(str(by))
    parts = [
        pgettext("places", "{places:or} in {sources}", places=list(map(ordinal, places)), sources=source_words(by))
        for places, by in sorted(found.items())
    ]
    return "; ".join(parts) or _("at no sure place")


def places_in_documents(places: Sequence[int], document: str) -> str:
    """Places in a document: ``1st or 2nd in the concept of 2014–2020``."""
    said = {"places": list(map(ordinal, places)), "in_document": in_document(document)}
    return pgettext("places", "{places:or} {in_document}", **said)


def window_words(window: str, in_sentence: bool = False) -> str:
    """A window of years: ``2014–2019`` and ``since 2020``; in a sentence ``in 2014–2019``."""
    if not window[:1].isdigit():
        return _("since {year}", year=window.removeprefix("since-"))
    years = window.replace("-", "–")
    return pgettext("a span", "in {years}", years=years) if in_sentence else MarkdownText(years)


def years_words(years: int) -> str:
    """``1 year``, ``3 years``."""
    return ngettext("{n} year", "{n} years", int(years))


def column_name(document: str, state: str) -> str:
    """A document by its years, since the title names its state: ``2014–2020``, ``draft, 2019``."""
    return document_name(document).removeprefix(short_name(state)).lstrip(", ")
