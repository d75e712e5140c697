"""What the measures of closeness are called, how their values read, and how a finding says how sure it is."""

import pandas as pd

from centralasia.names import level_name
from centralasia.tables import load
from datacontract.language import _, format_number, pgettext
from datacontract.phrases import percent
from datacontract.words import MarkdownText, capitalised, sentence

__all__: list[str] = []  # for the other modules of the room

FIRM, LIKELY, OPEN = "firm", "likely", "open"  # how sure a finding is


def measure_name(measure: str) -> str:
    """One of `centralasia.synthesis.MEASURES` in words: ``label of ties``."""
    return {
        "ties": _("label of ties"),
        "visits": _("visits of heads of state"),
        "votes": _("agreement in votes"),
        "beyond_chance": _("agreement beyond chance"),
        "words": _("likeness of speeches"),
        "trade": _("intensity of trade"),
    }[measure]


def quantity_name(measure: str) -> str:
    """The name of a measure in the singular, as of what can be higher or lower."""
    return _("number of visits of heads of state") if measure == "visits" else measure_name(measure)


def measure_names(row: pd.Series) -> dict[str, str]:
    """The two measures of a row of `centralasia.synthesis.correlations`, by name."""
    return {key: measure_name(row[key]) for key in ("one", "other")}


def quantity_names(row: pd.Series) -> dict[str, str]:
    """The two measures of a row of `centralasia.synthesis.correlations`, as what is higher or lower."""
    return {key: quantity_name(row[key]) for key in ("one", "other")}


def format_value(measure: str, value: float) -> str:
    """A value of `centralasia.synthesis.closeness` for a reader: ``alliance``, ``97 %``, ``26 times``."""
    if measure == "ties":
        return level_name(load("ties")["level"].cat.categories[int(value)])
    if measure == "trade":
        return pgettext("a factor", "{n:.0f} times", n=value)
    return percent(value, 1) if measure == "votes" else format_number(value, ".0f" if measure == "visits" else ".2f")


class Finding(MarkdownText):
    """What a finding says; ``moved`` is 1 where the states drew closer, −1 where they moved apart, else 0."""

    moved = 0


def said(statement: str, sure: str, reason: str, moved: int = 0) -> Finding:
    """A finding: what it says, and how sure it is, with the reason."""
    grade = {FIRM: _("Firm"), LIKELY: _("Likely"), OPEN: _("Open")}[sure]
    found = Finding(sentence(f"{capitalised(statement)}\n\n**{grade}:** {reason}"))
    found.moved = moved
    return found
