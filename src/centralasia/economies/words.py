"""How dispersions, shares, units and members are written."""

from collections.abc import Iterable

import pandas as pd

from centralasia.economies.measures import Panel, definition
from centralasia.names import short_name
from datacontract import labels

__all__ = []  # for the other modules of the room


def number(value: float) -> str:
    """A dispersion with two figures that count: ``0.73``, ``0.019``, ``21``."""
    if pd.isna(value):
        return "unknown"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}" if value < 0.05 else f"{value:.2f}"


def percent(share: float) -> str:
    """A share of 0 to 1 in per cent, ``unknown`` where it is missing."""
    return "unknown" if pd.isna(share) else f"{100 * share:.1f}"


def names_of(states: Iterable[str]) -> list[str]:
    """The short names of states."""
    return [short_name(s) for s in states]


def unit_name(unit: str) -> str:
    """What a unit is called in the language of the reader."""
    return labels.translate_name("unit", unit, unit)


def statistic_name(panel: Panel) -> str:
    """The dispersion of a panel with its unit, in the language of the reader."""
    unit = definition(panel.indicator)["unit"]
    unit = unit_name("percentage points" if "%" in unit else unit)
    return str(labels.translate_figure(f"dispersion.{panel.statistic}", unit=unit))
