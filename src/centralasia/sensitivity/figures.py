"""The specification curve: one finding over all combinations of its choices, in one figure."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.style import FAINT, GREY, INK, RULE
from centralasia.sensitivity.measures import by_option, choices_of, value_span
from datacontract.words import capitalised, plain, pluralize

__all__ = ["specification_curve"]

_HOLDS, _FAILS = "#00696b", "#b3541e"


@figure
def specification_curve(canvas: Any, frame: pd.DataFrame, finding: str, measure: str) -> Drawing:
    """Every combination of choices as a column, sorted by value; below, which option of each choice it takes.

    Parameters
    ----------
    frame : pandas.DataFrame
        As from `centralasia.sensitivity.specifications`.
    finding : str
        The finding as a clause, ``Agreement within the region rose``; it opens the title.
    measure : str
        What ``value`` is, with its unit: the label of the axis.

    Full circles: it holds; hollow squares: it does not; hatched columns at the right: it cannot be told. The large
    diamond is the first, preferred combination.
    """
    order = frame.iloc[np.lexsort((frame["value"], frame["holds"].isna()))]
    place, values, options = np.arange(len(order)), order["value"].to_numpy(), by_option(frame)
    holds, fails = (verdict.fillna(False).to_numpy(bool) for verdict in (order["holds"], ~order["holds"]))
    unknown = ~(holds | fails)
    rows, gaps = 0.2 * len(options), 0.1 * options["choice"].nunique()
    canvas.set_figheight(2.9 + rows + gaps)
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[2.2, rows + gaps])
    above.axhline(0, color=INK, lw=0.8)
    for chosen, look in (
        (holds, {"color": _HOLDS, "linewidth": 0}),
        (fails, {"marker": "s", "facecolor": "white", "edgecolor": _FAILS, "lw": 1}),
        (unknown, {"marker": "x", "color": FAINT, "lw": 1}),
    ):
        size = np.clip(2600 / max(len(order), 1), 8, 40)
        above.scatter(place[chosen], values[chosen], s=size, zorder=3, **look)
    first = order.index.get_loc(frame.index[0])
    above.scatter(first, values[first], s=75, marker="D", facecolor="none", edgecolor=INK, lw=1.4, zorder=4)
    above.set_ylabel(measure)
    above.grid(axis="y")
    ticks = _draw_matrix(below, order, ((holds, _HOLDS), (fails, _FAILS), (unknown, FAINT)))
    for axes in (above, below) if unknown.any() else ():
        ends = place[unknown].min() - 0.5, place[unknown].max() + 0.5
        axes.axvspan(*ends, facecolor="none", edgecolor=GREY, hatch="////", lw=0)
    below.set_yticks(list(ticks), options["option"], fontsize=8.5)
    below.set(xlim=(-1, len(order)), ylim=(max(ticks) + 0.8, -1.2), xticks=[])
    above.spines["bottom"].set_visible(False)
    below.spines[["left", "bottom"]].set_visible(False)
    counted = ": cannot be told in any" if unknown.all() else f" in {holds.sum()}"
    title = f"{capitalised(finding)}{counted} of {pluralize(len(frame), 'specification')}"
    caption = (
        f"Each column is one combination of choices (n = {len(frame)}), sorted by value. Full circle: the finding "
        "holds; hollow square: it does not; hatched: it cannot be told. Diamond: the first, preferred combination. The "
        "method is that of Simonsohn, Simmons and Nelson (2020)."
    )
    return Drawing(title, _words(frame, options), caption, order)


def _draw_matrix(axes: Any, order: pd.DataFrame, verdicts: Any) -> list[float]:
    """One row an option, a tick in every column that takes it; returns where the rows are."""
    ticks, y = [], 0.0
    for choice in choices_of(order):
        axes.text(0.0, y - 0.15, capitalised(plain(choice)), transform=axes.get_yaxis_transform(), fontsize=8.5,
                  fontweight="bold", ha="right", va="center")  # fmt: skip
        y += 0.8
        for option in order[choice].cat.categories:
            taken = (order[choice] == option).to_numpy()
            for chosen, shade in verdicts:
                x = np.repeat(np.flatnonzero(taken & chosen), 3)
                ends = np.tile([y - 0.38, y + 0.38, np.nan], len(x) // 3)  # one path, with gaps between the ticks
                axes.plot(x, ends, color=shade, lw=1.4 if shade == _HOLDS else 0.8, solid_capstyle="butt")
            axes.axhline(y, color=RULE, lw=0.4, zorder=0)
            ticks.append(y)
            y += 1
        y += 0.4
    return ticks


def _words(frame: pd.DataFrame, options: pd.DataFrame) -> str:
    """The whole curve as text: the counts, the span of values, and the counts option by option."""
    held, known = int(frame["holds"].sum()), int(frame["holds"].count())
    low, high, middle = value_span(frame)
    span = f", values from {low} to {high}, median {middle}" if frame["value"].notna().any() else ""
    tail = f", cannot be told in {len(frame) - known}" if known < len(frame) else ""
    parts = []
    for choice, rows in options.groupby("choice", sort=False):
        each = ", ".join(f"{r.option} {r.holds} of {r.holds + r.fails + r.undetermined}" for r in rows.itertuples())
        parts.append(f"By {plain(choice)}: {each}.")
    return (
        f"Specification curve over {pluralize(len(frame), 'combination')} of choices. The finding holds in {held}, "
        f"does not in {known - held}{tail}{span}. Where it holds: {' '.join(parts)}"
    )
