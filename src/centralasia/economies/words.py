"""How values, changes, units and measures of the economies are written, in the language of the reader."""

import pandas as pd

from centralasia.economies.measures import Panel, definition
from datacontract import labels
from datacontract.language import _, format_number, ngettext, pgettext

__all__ = [
    "amount", "change_words", "lowered", "number", "percent", "spread_has_moved", "spread_moved", "statistic_full_name",
    "statistic_name", "statistic_short_name", "unit_name",
]  # fmt: skip

FOLD = 200  # per cent from which on a change is given as so many times


def number(value: float) -> str:
    """A dispersion with two figures that count: ``0.73``, ``0.019``, ``21``."""
    if pd.isna(value):
        return _("unknown")
    return format_number(value, ".0f" if value >= 10 else ".2g" if value < 0.05 else ".2f")


def amount(value: float) -> str:
    """A value of an indicator: ``34,703``, ``71.3``, ``0.84``."""
    return format_number(value, ",.0f" if abs(value) >= 1000 else ".3g")


def change_words(change: float) -> str:
    """A change in per cent with its sign, ``+47 %``; from three times on as ``20-fold``."""
    if change >= FOLD:
        return ngettext("{n}-fold", "{n}-fold", _fold(change))
    return f"{format_number(round(change), '+d')} %" if round(change) else "0 %"


def spread_moved(change: float) -> str:
    """What the spread did, from its change in per cent: ``the spread grew by 47 %``."""
    by = abs(round(change))
    if not by:
        return _("the spread grew or fell by less than 1 %")
    if change >= FOLD:
        return ngettext("the spread grew {n}-fold", "the spread grew {n}-fold", _fold(change))
    return _("the spread grew by {by} %", by=by) if change > 0 else _("the spread fell by {by} %", by=by)


def spread_has_moved(year: int, change: float) -> str:
    """The same since a year: ``since 2012 the spread between the states has fallen by 8 %``."""
    by = abs(round(change))
    if not by:
        return _("since {year} the spread between the states has grown or fallen by less than 1 %", year=year)
    if change >= FOLD:
        return ngettext(
            "since {year} the spread between the states has grown {n}-fold",
            "since {year} the spread between the states has grown {n}-fold",
            _fold(change), year=year,
        )  # fmt: skip
    if change > 0:
        return _("since {year} the spread between the states has grown by {by} %", year=year, by=by)
    return _("since {year} the spread between the states has fallen by {by} %", year=year, by=by)


def _fold(change: float) -> int:
    return round(1 + change / 100)


def percent(share: float) -> str:
    """A share of 0 to 1 in per cent, ``unknown`` where it is missing."""
    return _("unknown") if pd.isna(share) else format_number(100 * share, ".1f")


def lowered(title: str) -> str:
    """The name of an indicator inside a sentence."""
    return title[:1].lower() + title[1:]


def unit_name(unit: str) -> str:
    """What a unit is called in the language of the reader."""
    return labels.translate_name("unit", unit, unit)


def statistic_name(panel: Panel) -> str:
    """The dispersion of a panel with its unit."""
    short = statistic_short_name(panel.statistic)
    if panel.statistic != "sd":
        return short
    unit = definition(panel.indicator)["unit"]
    return f"{short}, {unit_name('percentage points' if '%' in unit else unit)}"


def statistic_full_name(statistic: str) -> str:
    """What a key of `centralasia.economies.STATISTICS` is called in a sentence."""
    return {
        "sd_log": _("standard deviation of logarithms"),
        "cv": _("coefficient of variation"),
        "range_log": _("logarithm of the highest over the lowest"),
        "difference_log": _("mean difference of logarithms"),
        "sd": _("standard deviation"),
        "difference": _("mean difference"),
        "relative": _("standard deviation over that of the other states"),
    }[statistic]


def statistic_short_name(statistic: str) -> str:
    """What a key of `centralasia.economies.STATISTICS` is called in a table or on an axis."""
    return {
        "sd_log": _("SD of logs"),
        "cv": _("SD over mean"),
        "range_log": _("log of highest over lowest"),
        "difference_log": _("mean difference of logs"),
        "sd": pgettext("standard deviation", "SD"),
        "difference": _("mean difference"),
        "relative": _("SD over that of others"),
    }[statistic]
