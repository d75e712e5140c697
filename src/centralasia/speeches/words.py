"""What figures, tables and sentences on speeches share in words: names of themes, shares, differences, windows."""

from collections.abc import Iterable

from centralasia.speeches.measures import Change, Window
from datacontract import contract
from datacontract.contract import cached_by_tables
from datacontract.labels import translate_name
from datacontract.words import format_number, join_list

__all__ = ["TEXT_WORDS", "theme_name"]

TEXT_WORDS = {
    "all_words": "all words",
    "without_region": "all words but the region's name",
    "without_names": "all words but names of states, persons and places",
}

_SHORT = {"REG": "the region as one voice", "DIG": "digitalisation and innovation", "WAT": "water"}


def theme_name(theme: str, in_sentence: bool = True) -> str:
    """A theme by its title in the coding frame; within a sentence by the first part of it, in small letters."""
    title = str(translate_name("domain", theme, _titles().get(theme, theme)))
    if not in_sentence or theme == "AFG":
        return title
    return _SHORT.get(theme, title[:1].lower() + title[1:].partition(" and ")[0])


def theme_names(themes: Iterable[str]) -> str:
    """Several themes in a list."""
    return join_list(theme_name(theme) for theme in themes)


def percent(share: float) -> str:
    """A share in percent, with a decimal below ten."""
    return f"{100 * share:.1f} %" if share < 0.0995 else f"{100 * share:.0f} %"


def points(found: Change) -> str:
    """A difference of shares in percentage points, with its interval."""
    value, low, high = (format_number(100 * part, "+.1f") for part in found)
    return f"{value} percentage points ({low} to {high})"


def cosine_points(found: Change) -> str:
    """A difference of cosines with its interval."""
    value, low, high = (format_number(part, "+.3f") for part in found)
    return f"{value} ({low} to {high})"


def in_window(window: Window) -> str:
    """``from 2017 to 2024``."""
    return f"from {window[0]} to {window[1]}"


@cached_by_tables("domains", maxsize=4)
def _titles() -> dict[str, str]:
    return {row["domain"]: row["title"] for row in contract.rows("domains")}
