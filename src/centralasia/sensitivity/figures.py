"""The specification curve: one finding over all combinations of its choices, in one figure."""

import numpy as np

from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import FAINT, GREY, INK, RULE, WIDTH
from centralasia.sensitivity.measures import by_option, choices_of
from datacontract.words import format_number, pluralize

__all__ = ["specification_curve"]

_HOLDS, _FAILS = "#00696b", "#b3541e"


@figure
def specification_curve(canvas, frame, finding, measure):
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
    place = np.arange(len(order))
    holds, fails = (verdict.fillna(False).to_numpy(bool) for verdict in (order["holds"], ~order["holds"]))
    untold = ~(holds | fails)
    options = by_option(frame)
    canvas.set_size_inches(WIDTH, 2.9 + 0.2 * len(options) + 0.1 * options["choice"].nunique())
    above, below = canvas.subplots(
        2, 1, sharex=True, height_ratios=[2.2, 0.2 * len(options) + 0.1 * options["choice"].nunique()]
    )
    values = order["value"].to_numpy()
    size = float(np.clip(2600 / max(len(order), 1), 8, 40))
    above.axhline(0, color=INK, lw=0.8)
    above.scatter(place[holds], values[holds], s=size, color=_HOLDS, linewidth=0, zorder=3)
    above.scatter(place[fails], values[fails], s=size, marker="s", facecolor="white", edgecolor=_FAILS, lw=1, zorder=3)
    above.scatter(place[untold], values[untold], s=size, marker="x", color=FAINT, lw=1, zorder=3)
    first = int(np.flatnonzero(order.index == frame.index[0])[0])
    above.scatter(first, values[first], s=75, marker="D", facecolor="none", edgecolor=INK, lw=1.4, zorder=4)
    above.set_ylabel(measure)
    above.grid(axis="y")
    ticks, labels = _draw_matrix(below, order, place, holds, fails)
    for axes in (above, below):
        if untold.any():
            axes.axvspan(
                place[untold].min() - 0.5,
                place[untold].max() + 0.5,
                facecolor="none",
                edgecolor=GREY,
                hatch="////",
                lw=0,
            )
    below.set_yticks(ticks, labels, fontsize=8.5)
    below.set(xlim=(-1, len(order)), ylim=(max(ticks) + 0.8, -1.2), xticks=[])
    below.spines[["left", "bottom"]].set_visible(False)
    above.spines["bottom"].set_visible(False)
    all_of = pluralize(len(frame), "specification")
    title = (
        f"{finding}: cannot be told in any of {all_of}" if untold.all() else f"{finding} in {holds.sum()} of {all_of}"
    )
    draw_title(canvas, title)
    caption = (
        f"Each column is one combination of choices (n = {len(frame)}), sorted by value. Full circle: the finding "
        "holds; hollow square: it does not; hatched: it cannot be told. Diamond: the first, preferred combination. The "
        "method is that of Simonsohn, Simmons and Nelson (2020)."
    )
    return title, _words(frame, options, holds, fails, untold), caption, order


def _draw_matrix(axes, order, place, holds, fails):
    """One row an option, a tick in every column that takes it; returns where the rows are and what they are called."""
    ticks, labels, y = [], [], 0.0
    for choice in choices_of(order):
        axes.text(0.0, y - 0.15, _label(choice), transform=axes.get_yaxis_transform(), fontsize=8.5, fontweight="bold",
                  ha="right", va="center")  # fmt: skip
        y += 0.8
        for option in order[choice].cat.categories:
            taken = (order[choice] == option).to_numpy()
            for chosen, shade in ((holds, _HOLDS), (fails, _FAILS), (~(holds | fails), FAINT)):
                x = np.repeat(place[taken & chosen], 3)
                ends = np.tile([y - 0.38, y + 0.38, np.nan], len(x) // 3)  # one path, with gaps between the ticks
                axes.plot(x, ends, color=shade, lw=1.4 if shade == _HOLDS else 0.8, solid_capstyle="butt")
            axes.axhline(y, color=RULE, lw=0.4, zorder=0)
            ticks.append(y)
            labels.append(str(option))
            y += 1
        y += 0.4
    return ticks, labels


def _words(frame, options, holds, fails, untold):
    """The whole curve as text: the counts, the span of values, and the counts option by option."""
    known = frame["value"].dropna()
    low, high, middle = (format_number(value, ".3g") for value in (known.min(), known.max(), known.median()))
    span = f", values from {low} to {high}, median {middle}" if len(known) else ""
    tail = f", cannot be told in {int(untold.sum())}" if untold.any() else ""
    parts = []
    for choice, rows in options.groupby("choice", sort=False):
        each = ", ".join(f"{r.option} {r.holds} of {r.holds + r.fails + r.untold}" for r in rows.itertuples())
        parts.append(f"By {choice.replace('_', ' ')}: {each}.")
    return (
        f"Specification curve over {pluralize(len(frame), 'combination')} of choices. The finding holds in "
        f"{int(holds.sum())}, does not in {int(fails.sum())}{tail}{span}. Where it holds: {' '.join(parts)}"
    )


def _label(choice):
    words = choice.replace("_", " ")
    return words[:1].upper() + words[1:]
