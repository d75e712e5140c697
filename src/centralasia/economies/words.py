"""How values, changes and units of the economies are written."""

import pandas as pd

from centralasia.economies.measures import Panel, definition
from datacontract import labels
from datacontract.words import format_number

__all__ = ["amount", "change_words", "number", "percent", "spread_words", "statistic_name", "unit_name"]


def number(value: float) -> str:
    """A dispersion with two figures that count: ``0.73``, ``0.019``, ``21``."""
    if pd.isna(value):
        return "unknown"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}" if value < 0.05 else f"{value:.2f}"


def amount(value: float) -> str:
    """A value of an indicator: ``34,703``, ``71.3``, ``0.84``."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def change_words(change: float) -> str:
    """A change in per cent with its sign, ``+47 %``; from three times on as ``20-fold``."""
    if change >= 200:
        return f"{1 + change / 100:.0f}-fold"
    return f"{format_number(round(change), '+d')} %" if round(change) else "0 %"


def spread_words(change: float, grew: str = "grew", fell: str = "fell") -> str:
    """What a spread did, from its change in per cent: ``grew by 47 %``, ``grew 20-fold``, ``fell by 8 %``."""
    if not round(change):
        return f"{grew} or {fell} by less than 1 %"
    by = change_words(abs(change)).lstrip("+")
    return f"{grew if change > 0 else fell} {'' if by.endswith('fold') else 'by '}{by}"


def percent(share: float) -> str:
    """A share of 0 to 1 in per cent, ``unknown`` where it is missing."""
    return "unknown" if pd.isna(share) else f"{100 * share:.1f}"


def unit_name(unit: str) -> str:
    """What a unit is called in the language of the reader."""
    return labels.translate_name("unit", unit, unit)


def statistic_name(panel: Panel) -> str:
    """The dispersion of a panel with its unit, in the language of the reader."""
    unit = definition(panel.indicator)["unit"]
    unit = unit_name("percentage points" if "%" in unit else unit)
    return str(labels.translate_figure(f"dispersion.{panel.statistic}", unit=unit))
