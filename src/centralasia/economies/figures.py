"""The figures of how far the economies of a region lie apart, and of growth against the starting level."""

import math
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from centralasia.economies.convergence import BetaConvergence, beta_convergence, sigma_convergence
from centralasia.economies.measures import LEAST, Panel, definition, number, statistic_name, unit_name
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.marks import DISC, HATCH, RING, TEXT_BOX, band, draw_mark
from centralasia.figures.style import FAINT, INK, RULE
from centralasia.names import colour, short_name, short_names
from datacontract.labels import number_formatter, translate_figure
from datacontract.words import format_number, join_list

__all__ = ["dispersion_panels", "growth_scatter"]

DOTTED = (0, (1, 1.6))
MANY = 12  # years from which on a line is drawn without a marker at every one


@figure
def dispersion_panels(canvas: Any, panels: Sequence[Panel]) -> Drawing:
    """Sigma convergence as small multiples: the dispersion of each indicator among the members of a region, by year.

    The band spans the values with one member left out; the dashed line is the first value; dotted lines and hollow
    markers rest on doubtful values; hatched years at the foot are known for some of the members only. Panels with the
    same dispersion and unit share their scale.
    """
    paths = [sigma_convergence(one).assign(indicator=one.indicator, measure=one.statistic) for one in panels]
    scales = [statistic_name(one) for one in panels]
    highest = pd.Series([path[["value", "highest"]].max(axis=None) for path in paths]).fillna(0)
    tops = highest.groupby(scales).transform("max")
    columns = min(2, len(panels))
    lines = math.ceil(len(panels) / columns)
    canvas.set_figheight(0.9 + 2.05 * lines)
    grid = canvas.subplots(lines, columns, sharex=True, squeeze=False).ravel()
    for axes, one, path, scale, top in zip(grid, panels, paths, scales, tops, strict=False):
        axes.set_title(textwrap.fill(one.title, 30), fontsize=10, pad=6)
        _draw_dispersion(axes, path, one)
        axes.set(xlim=(one.asked_years[0] - 1, one.asked_years[1] + 1), ylim=(0, 1.15 * (top or 1)))
        axes.set_ylabel(scale, fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=5)
        axes.tick_params(labelsize=9, labelbottom=True)
        axes.tick_params(axis="x", pad=8)
    for axes in grid[len(panels) :]:
        axes.set_axis_off()
    known = [path["value"] for path in paths if len(path)]
    sizes = sorted({one.values.shape[1] for one in panels} - {0})
    dropped = short_names(sorted({state for one in panels for state in one.dropped_members}))
    missing = f" Too few values, so left out of some panels: {join_list(dropped)}." if dropped else ""
    caption = (
        f"Dispersion among {join_list(sizes or [0], 'or')} members (n), in years in which all of them have a value. "
        "Band: with one member left out in turn. Dashed: the first value. Dotted line, hollow marker: on doubtful "
        "values. Hatched at the foot: known for some members only. All scales begin at zero and are shared where "
        f"dispersion and unit are the same.{missing}"
    )
    fell, form = sum(path.iloc[-1] < path.iloc[0] for path in known), "title" if known else "title_none"
    name = short_name(panels[0].region)
    title = translate_figure(f"dispersion.{form}", name=name, n=fell, indicators=len(known))
    words = " ".join(map(_dispersion_words, panels, paths))
    alt_text = f"Small multiples of dispersion by year in {name}. {words}"
    return Drawing(title, alt_text, caption, pd.concat(paths).reset_index(), [one.source for one in panels])


def _draw_dispersion(axes: Any, path: pd.DataFrame, one: Panel) -> None:
    if path.empty:
        axes.text(0.5, 0.5, translate_figure("dispersion.few", least=LEAST), transform=axes.transAxes, ha="center",
                  va="center", color=FAINT, fontsize=9)  # fmt: skip
        return
    years, values, hollow = path.index.to_numpy(), path["value"].to_numpy(), path["doubtful"].to_numpy()
    shade, write = colour(one.region), number_formatter()
    axes.fill_between(years, path["lowest"], path["highest"], **band(shade))
    axes.axhline(values[0], color=FAINT, lw=1, ls=(0, (4, 2)), zorder=2)
    for i in range(len(path) - 1):
        style = DOTTED if hollow[i : i + 2].any() else "-"
        axes.plot(years[i : i + 2], values[i : i + 2], color=shade, lw=2, ls=style, zorder=3)
    for i in range(len(path)) if len(path) <= MANY else (0, -1):
        look = RING if hollow[i] else DISC
        draw_mark(axes, years[i], values[i], look, shade, 24, linewidth=1.4, zorder=4)
    for i, inner, side in ((0, 1, "left"), (-1, -2, "right")):
        away = 7 if values[inner] <= values[i] else -15  # where the line is not
        axes.annotate(write(Decimal(number(values[i])), ""), (years[i], values[i]), xytext=(0, away),
                      textcoords="offset points", ha=side, fontsize=9, color=INK, zorder=5)  # fmt: skip
    for year in one.incomplete_years:
        axes.axvspan(year - 0.5, year + 0.5, 0, 0.045, facecolor="none", **HATCH)


def _dispersion_words(one: Panel, path: pd.DataFrame) -> str:
    if path.empty:
        return f"{one.title}: fewer than {LEAST} members with two common years."
    turns = {path.index[0], path["value"].idxmin(), path["value"].idxmax(), path.index[-1]}
    shown = path if len(path) <= MANY else path.loc[sorted(turns)]
    numbers = shown[["value", "lowest", "highest"]].map(number)
    values = [f"{r.Index} {r.value} ({r.lowest} to {r.highest} with one left out)" for r in numbers.itertuples()]
    low = " All or some values doubtful." if path["doubtful"].any() else ""
    gaps = f" Known for some members only in {join_list(one.incomplete_years)}." if one.incomplete_years else ""
    return f"{one.title}, {statistic_name(one)}: {', '.join(values)}.{low}{gaps}"


@figure
def growth_scatter(canvas: Any, panel: Panel, state: str) -> Drawing:
    """Mean yearly growth of each member against its starting level, over the period and since the widest dispersion.

    `state` is set in bold. Hollow markers rest on doubtful values. The thin line is the least-squares fit, which
    describes and does not infer.
    """
    path = sigma_convergence(panel)["value"]
    starts = dict.fromkeys([path.index[0], path.idxmax()]) if len(path) else ()
    fits = [fit for since in starts if (fit := beta_convergence(panel, since))]
    chosen = "The second period begins in the year of the widest dispersion, which is chosen by its outcome. "
    caption = (
        f"n = {panel.values.shape[1]} states: the line is a description, no test. Hollow marker: doubtful values. "
        f"{chosen if len(fits) > 1 else ''}A falling line alone shows no convergence (Galton's fallacy)."
    )
    if not fits:
        return draw_nothing(canvas, translate_figure("growth.title_none"), caption, path.reset_index())
    unit = unit_name(definition(panel.indicator)["unit"].replace(" per person", ""))
    canvas.set_figheight(3.6)
    canvas.get_layout_engine().set(wspace=0.07)
    grid = canvas.subplots(1, len(fits), sharey=True, squeeze=False).ravel()
    for axes, fit in zip(grid, fits, strict=True):
        axes.set_title(f"{fit.first}–{fit.last}", fontsize=10.5, pad=6)
        _draw_growth(axes, fit, state)
        start = translate_figure("growth.axis_start", title=panel.title, year=fit.first, unit=unit)
        axes.set_xlabel(start, fontsize=9)
    grid[0].set_ylabel(translate_figure("growth.axis"))
    grid[0].set_ylim(growth_limits(fits))
    drawn = pd.concat([fit.points.assign(first=fit.first, last=fit.last) for fit in fits])
    alt_text = f"Scatter of growth against the starting level. {' '.join(map(_growth_words, fits))}"
    data = drawn.rename_axis("state").reset_index()
    return Drawing(_growth_title(fits), alt_text, caption, data, [panel.source])


def growth_limits(fits: Sequence[BetaConvergence]) -> tuple[float, float]:
    """The ends of the common scale of growth in % a year: zero, every state of every fit, and room for its name."""
    rates = [0.0, *(100 * rate for fit in fits for rate in fit.points["growth"])]
    low, high = min(rates), max(rates)
    return low - 0.4, high + 0.16 * (high - low) + 0.1


def _draw_growth(axes: Any, fit: BetaConvergence, state: str) -> None:
    points = fit.points
    low, high = ends = np.array([points["start"].min(), points["start"].max()])
    axes.plot(ends, 100 * (fit.intercept + fit.slope * np.log(ends)), color=FAINT, lw=0.9, ls=(0, (4, 2)), zorder=1)
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    axes.set_xscale("log")
    left, right = low / (high / low) ** 0.22, high * (high / low) ** 0.32
    axes.set_xlim(left, right)
    for row in points.itertuples():
        draw_mark(axes, row.start, 100 * row.growth, RING if row.doubtful else DISC, colour(row.Index), 46)
        axes.annotate(short_name(row.Index), (row.start, 100 * row.growth), xytext=(0, _lift(row, points)),
                      textcoords="offset points", ha="center", fontsize=9, bbox=TEXT_BOX | {"pad": 0.8, "alpha": 0.8},
                      fontweight="bold" if row.Index == state else "normal", zorder=4)  # fmt: skip
    ticks = (m * 10**e for e in range(-2, 7) for m in (1, 2, 5))
    axes.set_xticks([t for t in ticks if left < t < right])
    axes.minorticks_off()
    write = number_formatter()
    axes.xaxis.set_major_formatter(lambda v, _: write(v, ",.0f" if v >= 10 else "g"))
    axes.tick_params(labelsize=9)


def _lift(row: Any, points: pd.DataFrame) -> int:
    """Above the marker, or below where another one with about the same growth stands close on its left."""
    span = np.log(points["start"].max() / points["start"].min()) or 1
    high = points["growth"].max() - points["growth"].min() or 1
    others = points.drop(row.Index)
    left = (np.log(row.start / others["start"]) / span).between(0, 0.45)
    near = left & ((others["growth"] - row.growth).abs() < 0.17 * high)
    return -15 if near.sum() % 2 else 7


def _growth_title(fits: Sequence[BetaConvergence]) -> str:
    spans: dict[str, list[str]] = {}
    for fit in fits:
        spans.setdefault("slower" if fit.slope < 0 else "faster", []).append(f"{fit.first}–{fit.last}")
    parts = [translate_figure(f"growth.{how}", spans=own) for how, own in spans.items()]
    return translate_figure("growth.title", told=", ".join(parts), n=fits[0].n)


def _growth_words(fit: BetaConvergence) -> str:
    rows = ", ".join(
        f"{short_name(r.Index)} {r.start:,.0f} and {100 * r.growth:.1f} % a year" + " (doubtful)" * r.doubtful
        for r in fit.points.sort_values("start").itertuples()
    )
    slope = format_number(100 * fit.slope, "+.1f")
    return f"{fit.first} to {fit.last}: {rows}; slope {slope} points for each unit of the logarithm, n = {fit.n}."
