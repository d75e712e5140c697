"""What figures, tables and sentences on speeches share in words: names of themes, shares, differences, windows."""

from collections.abc import Iterable

from centralasia.names import short_names
from centralasia.regions import check_pair
from centralasia.speeches.measures import Change, Window
from datacontract import contract
from datacontract.contract import cached_by_tables
from datacontract.labels import translate_name
from datacontract.language import _, format_number, join_list, ngettext, pgettext
from datacontract.phrases import years_between
from datacontract.words import MarkdownText

__all__ = ["text_words", "theme_name"]


def text_words() -> dict[str, str]:
    """The words that are compared, by the code of the way to take them.

    >>> speeches.text_words()["without_region"]
    all words but the region's name
    """
    return {
        "all_words": _("all words"),
        "without_region": _("all words but the region's name"),
        "without_names": _("all words but names of states, persons and places"),
    }


def taken_words() -> dict[str, str]:
    """Which words are left out, by the code of the way to take them."""
    return {
        "all_words": _("all words taken"),
        "without_region": _("the region's name left out"),
        "without_names": _("names of states, persons and places left out"),
    }


def theme_name(theme: str, in_sentence: bool = True) -> str:
    """A theme by its title in the coding frame; within a sentence by the first part of it, in small letters.

    >>> speeches.theme_name("ENV"), speeches.theme_name("ENV", in_sentence=False)
    (environment, 'Environment and climate')
    """
    title = str(translate_name("domain", theme, _titles().get(theme, theme)))
    if not in_sentence or theme == "AFG":
        return title
    short = {"REG": _("the region as one voice"), "DIG": _("digitalisation and innovation"), "WAT": _("water")}
    joint = pgettext("between the parts of a title", "and")
    return short.get(theme, MarkdownText(title[:1].lower() + title[1:].partition(f" {joint} ")[0]))


def both_names(pair: str) -> str:
    """The two states of a pair as a list: ``Kazakhstan and Turkmenistan``."""
    return join_list(short_names(check_pair(pair)))


def theme_names(themes: Iterable[str]) -> str:
    """Several themes in a list."""
    return join_list(theme_name(theme) for theme in themes)


def percent(share: float) -> str:
    """A share in percent, with a decimal below ten."""
    return _("{number} %", number=format_number(100 * share, ".1f" if share < 0.0995 else ".0f"))


def points(found: Change) -> str:
    """A difference of shares in percentage points, with its interval."""
    value, low, high = (100 * part for part in found)
    return _("{value:+.1f} percentage points ({low:+.1f} to {high:+.1f})", value=value, low=low, high=high)


def cosine_points(found: Change) -> str:
    """A difference of cosines with its interval."""
    return _("{value:+.3f} ({low:+.3f} to {high:+.3f})", value=found.value, low=found.low, high=found.high)


def between(value: str, low: str, high: str) -> str:
    """A value with its interval: ``5 % (4 % to 6 %)``."""
    return _("{value} ({low} to {high})", value=value, low=low, high=high)


def in_window(window: Window) -> str:
    """``from 2017 to 2024``."""
    return years_between(*window)


def names_in(names: Iterable[str], window: Window) -> str:
    """Names with the window they belong to: ``Mongolia and Ukraine from 2017 to 2024``."""
    return _("{names} {window}", names=list(names), window=in_window(window))


def naming(state: str, times: int, speeches: int) -> str:
    """In how many of its speeches a state names something."""
    return ngettext(
        "{state} in {times} of {n} speech", "{state} in {times} of {n} speeches", speeches, state=state, times=times
    )


@cached_by_tables("domains", maxsize=4)
def _titles() -> dict[str, str]:
    return {row["domain"]: row["title"] for row in contract.rows("domains")}
