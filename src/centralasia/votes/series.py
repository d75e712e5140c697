"""How the figures of votes draw a series: what a year is worth is seen, and names are at the ends of lines."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from centralasia.figures.marks import label_line_ends, year_axis
from centralasia.figures.style import GREY
from centralasia.votes import measures, sets
from centralasia.votes.measures import comparable
from datacontract.labels import translate_figure

__all__: list[str] = []  # for the figures only

MARKS_WORDS = (
    "Full marker and line: comparable; hollow circle: few votes or pairs missing; hollow square: year not comparable; "
    "gap: no value."
)
HOLLOW = {measures.FEW_VOTES: "o", sets.INCOMPLETE: "o", measures.NOT_COMPARABLE: "s"}  # markers by status
DASHES = ["-", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (1, 1))]
LineEnd = tuple[float, str, str, bool]  # value, words, colour, bold


def line_end(values: pd.Series, text: str, shade: str, bold: bool = False) -> LineEnd:
    """What `label_line_ends` writes at the last value of a series; nothing where it has none."""
    known = values.dropna()
    return known.iloc[-1] if len(known) else float("nan"), text, shade, bold


def draw_series(
    axes: Any, frame: pd.DataFrame, text: str, shade: str, size: float, bold: bool = False, dash: Any = "-"
) -> LineEnd:
    """Draws values by year; years not ``ok`` are hollow, on a dotted line. Returns the label of its end."""
    firm, width = comparable(frame), 2.4 if bold else 1.3
    axes.plot(frame["year"], frame["value"], color=shade, lw=0.9, ls=(0, (1, 1.6)), zorder=3)
    axes.plot(frame["year"], firm["value"].reindex(frame.index), color=shade, lw=width, ls=dash, zorder=4)
    axes.scatter(firm["year"], firm["value"], s=size, color=shade, zorder=5, linewidth=0)
    for marker in "os":
        part = frame[frame["status"].map(HOLLOW) == marker]
        look = {"marker": marker, "facecolor": "white", "edgecolor": shade, "linewidth": 1}
        axes.scatter(part["year"], part["value"], s=size, zorder=5, **look)
    return line_end(frame["value"], text, shade, bold)


def draw_range(axes: Any, frame: pd.DataFrame, low: str, high: str, shade: str) -> None:
    """Fills the space between two columns, with an edge that is seen."""
    axes.fill_between(frame["year"], frame[low], frame[high], facecolor=shade, edgecolor=GREY, linewidth=0.5, zorder=1)


def finish(axes: Any, years: Sequence[int], label: str, ends: Iterable[LineEnd], height: float) -> None:
    """The axes of a chart by year, so many inches high, and the names at the ends of its lines.

    The figure is one inch higher, as fits a chart with one pair of axes.
    """
    axes.figure.set_figheight(height + 1)
    year_axis(axes, years)
    axes.set(ylabel=label, xlabel=translate_figure("axis.year") if axes.get_subplotspec().is_last_row() else "")
    label_line_ends(axes, ends, height)
