"""The figure of growth against the starting level."""

import numpy as np
import pandas as pd

from centralasia.economies import measures as economy
from centralasia.economies.growth import beta
from centralasia.economies.measures import definition, panel, unit_name
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title, name_sources
from centralasia.figures.style import FAINT, RULE, WIDTH
from centralasia.names import colour, short_name
from datacontract.labels import number_formatter, translate_figure
from datacontract.words import format_number

__all__ = ["growth_limits", "growth_scatter"]

PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8}


@figure
def growth_scatter(canvas, indicator, region, state, first_year, last_year, doubtful="kept"):
    """Mean yearly growth of each member against its starting level, over the period and since the widest dispersion.

    Parameters are those of `centralasia.economies.panel`; `state` is set in bold. Hollow markers rest on
    doubtful values. The thin line is the least-squares fit, which describes and does not infer.
    """
    whole = panel(indicator, region, first_year, last_year, doubtful)
    title_of, unit = definition(indicator)[["title", "unit"]]
    turn = int(economy.sigma(whole)["value"].idxmax()) if len(whole.values) else first_year
    since = {first_year: whole}
    if len(whole.values) and whole.values.index[0] < turn < whole.values.index[-1]:
        since[turn] = panel(indicator, region, turn, last_year, doubtful)
    fits = {start: beta(one) for start, one in since.items()}
    canvas.set_size_inches(WIDTH, 3.6)
    canvas.get_layout_engine().set(wspace=0.07)
    grid = canvas.subplots(1, len(since), sharey=True, squeeze=False).ravel()
    for axes, fit in zip(grid, fits.values(), strict=True):
        if fit is None:
            axes.text(0.5, 0.5, translate_figure("growth.few"), transform=axes.transAxes, ha="center", color=FAINT)
            continue
        axes.set_title(f"{fit.first}–{fit.last}", fontsize=10.5, pad=6)
        _draw_growth(axes, fit, state)
        start = {"title": title_of, "year": fit.first, "unit": unit_name(unit.replace(" per person", ""))}
        axes.set_xlabel(translate_figure("growth.axis_start", **start), fontsize=9)
    grid[0].set_ylabel(translate_figure("growth.axis"))
    grid[0].set_ylim(growth_limits(fits.values()))
    title = _growth_title(fits)
    draw_title(canvas, title)
    known = [f for f in fits.values() if f is not None]
    drawn = [f.points.rename_axis("state").reset_index().assign(first=f.first, last=f.last) for f in known]
    drawn = pd.concat(drawn) if drawn else pd.DataFrame(columns=["state", "start", "end", "growth"])
    words = " ".join(_growth_words(fit) for fit in known) or "Too few values."
    caption = (
        f"n = {known[0].n if known else 0} states: the line is a description, no test. Hollow marker: doubtful values. "
        + (
            "The second period begins in the year of the widest dispersion, which is chosen by its outcome. "
            if len(fits) > 1
            else ""
        )
        + f"A falling line alone shows no convergence (Galton's fallacy). {name_sources(whole.source)}"
    )
    return title, f"Scatter of growth against the starting level. {words}", caption, drawn


def growth_limits(fits):
    """The ends of the common scale of growth in % a year: zero, every state of every fit, and room for its name."""
    rates = [0.0, *(100 * rate for fit in fits if fit is not None for rate in fit.points["growth"])]
    low, high = min(rates), max(rates)
    return low - 0.4, high + 0.16 * (high - low) + 0.1


def _draw_growth(axes, fit, state):
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    points = fit.points
    ends = np.array([points["start"].min(), points["start"].max()])
    axes.plot(ends, 100 * (fit.intercept + fit.slope * np.log(ends)), color=FAINT, lw=0.9, ls=(0, (4, 2)), zorder=1)
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    axes.set_xscale("log")
    span = ends[1] / ends[0]
    axes.set_xlim(ends[0] / span**0.22, ends[1] * span**0.32)
    for row in points.itertuples():
        shade = colour(row.Index)
        face = "white" if row.doubtful else shade
        axes.scatter(row.start, 100 * row.growth, s=46, facecolor=face, edgecolor=shade, linewidth=1.8, zorder=3)
        axes.annotate(short_name(row.Index), (row.start, 100 * row.growth), xytext=(0, _lift(row, points)),
                      textcoords="offset points", ha="center", fontsize=9, bbox=PAPER,
                      fontweight="bold" if row.Index == state else "normal", zorder=4)  # fmt: skip
    ticks = [
        t for t in (m * 10**e for e in range(-2, 7) for m in (1, 2, 5)) if axes.get_xlim()[0] < t < axes.get_xlim()[1]
    ]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    write = number_formatter()
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: write(v, ",.0f" if v >= 10 else "g")))
    axes.tick_params(labelsize=9)


def _lift(row, points):
    """Above the marker, or below where another one with about the same growth stands close on its left."""
    span = np.log(points["start"].max() / points["start"].min()) or 1
    high = points["growth"].max() - points["growth"].min() or 1
    others = points.drop(row.Index)
    near = (np.log(row.start / others["start"]) / span).between(0, 0.45) & (
        (others["growth"] - row.growth).abs() < 0.17 * high
    )
    return -15 if near.sum() % 2 else 7


def _growth_title(fits):
    known = [f for f in fits.values() if f is not None]
    kinds = {how: [f for f in known if (f.slope < 0) == (how == "slower")] for how in ("slower", "faster")}
    parts = [
        translate_figure(f"growth.{how}", spans=[f"{f.first}–{f.last}" for f in own])
        for how, own in sorted(kinds.items(), key=lambda item: [known.index(f) for f in item[1]])
        if own
    ]
    if not known:
        return translate_figure("growth.title_none")
    return translate_figure("growth.title", told=", ".join(parts), n=known[0].n)


def _growth_words(fit):
    rows = ", ".join(
        f"{short_name(r.Index)} {r.start:,.0f} and {100 * r.growth:.1f} % a year" + " (doubtful)" * r.doubtful
        for r in fit.points.sort_values("start").itertuples()
    )
    slope = format_number(100 * fit.slope, "+.1f")
    return f"{fit.first} to {fit.last}: {rows}; slope {slope} points for each unit of the logarithm, n = {fit.n}."
