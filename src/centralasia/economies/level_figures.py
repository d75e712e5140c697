"""The figures of the values themselves: lines by state, and growth against the starting level."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.economies.convergence import BetaConvergence
from centralasia.economies.measures import RATIO_STATISTICS, Panel, definition
from centralasia.economies.periods import STARTS, Starts, growth_fits
from centralasia.economies.words import amount, lowered, number, unit_name
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, widest
from centralasia.figures.marks import DISC, RING, TEXT_BOX, draw_mark, whole_years
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import RULE, darken_to_contrast, is_narrow
from centralasia.names import colour, short_name
from datacontract.language import _, format_number, ngettext, pgettext
from datacontract.words import capitalised

__all__ = ["growth_scatter", "level_lines"]

DOTTED = (0, (1, 1.6))
_PANEL = {False: (195, 140), True: (205, 170)}  # points, about: the axes of a window, in a narrow drawing or not
_MARKER = 4.0  # points, half of a marker


@figure
def level_lines(canvas: Any, panel: Panel, state: str = "") -> Drawing:
    """The values themselves: one line a member, on a logarithmic scale where ratios count; `state` is set in bold.

    Dotted lines rest on doubtful values.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.level_lines(income, "KAZ").title
    Income per person: the highest was 3.9 to 11.2 times the lowest in 1991–2020, 8.6 times in 2020
    """
    values, row, ratio = panel.values, definition(panel.indicator), panel.statistic in RATIO_STATISTICS
    unit, meaning = unit_name(row["unit"]), row["definition"]
    meaning = capitalised(_(meaning))
    what = ngettext(
        "{definition} (n = {n} member, years in which all have a value).",
        "{definition} (n = {n} members, years in which all have a value).",
        values.shape[1], definition=meaning,
    )  # fmt: skip
    scale = [_("Logarithmic scale: equal distances are equal ratios.")] if ratio else []
    caption = " ".join([what, *scale, _("Dotted: doubtful values.")])
    if values.empty:
        nothing = _("{title}: too few values of the members.", title=panel.title)
        return draw_nothing(canvas, nothing, caption, values.reset_index())
    canvas.set_figheight(3.7)
    axes = canvas.subplots()
    for member in values:
        style = DOTTED if panel.low[member].any() else "-"
        axes.plot(values.index, values[member], color=colour(member), ls=style, lw=2.4 if member == state else 1.7)
        known = values[member].dropna().items()
        name_line(axes, ((year, v, f"{short_name(member)}, {year}: {amount(v)} ({unit})") for year, v in known))
    if ratio:
        axes.set_yscale("log")
        ticks = [m * 10**e for e in range(-3, 16) for m in (1, 2, 5)]
        low, high = values.min(axis=None) / 1.15, values.max(axis=None) * 1.15
        axes.set_ylim(low, high)
        axes.set_yticks(*_labelled(t for t in ticks if low < t < high))
        axes.minorticks_off()
    axes.set_ylabel(fill_lines(unit, 32), fontsize=9)
    axes.set_xlim(values.index[0], values.index[-1])
    whole_years(axes)
    axes.grid(axis="y")
    _label_levels(axes, values, state, ratio)
    ends = ((short_name(member), *map(amount, values[member].iloc[[0, -1]])) for member in values)
    words = "; ".join(_("{name} {before} and {after}", name=name, before=one, after=two) for name, one, two in ends)
    first, last = values.index[[0, -1]]
    alt_text = _(
        "Line chart of {title}, {unit}, in {first} and {last}: {words}.",
        title=lowered(panel.title), unit=unit, first=first, last=last, words=words,
    )  # fmt: skip
    return Drawing(
        _level_title(panel), alt_text, caption, values.rename_axis(columns=None).reset_index(), [panel.source]
    )


def _labelled(ticks: Iterable[float]) -> tuple[list[float], list[str]]:
    """Ticks of a logarithmic scale with their numbers."""
    shown = list(ticks)
    return shown, [format_number(tick, ",.0f" if tick >= 10 else "g") for tick in shown]


def _label_levels(axes: Any, values: pd.DataFrame, state: str, ratio: bool) -> None:
    """Names at the ends of the lines, moved apart where they would touch."""
    scale = np.log if ratio else np.asarray
    (low, high), last = scale(axes.get_ylim()), scale(values.iloc[-1].to_numpy(dtype=float))
    heights, gap, at = pd.Series((last - low) / (high - low), values.columns).sort_values(), 0.062, -1.0
    for member, height in heights.items():
        at = max(height, at + gap)
        shade, weight = darken_to_contrast(colour(member)), "bold" if member == state else "normal"
        where = {"transform": axes.transAxes, "va": "center", "fontsize": 9.5}
        axes.text(1.01, at, short_name(member), color=shade, fontweight=weight, **where)


def _level_title(panel: Panel) -> str:
    """How far the highest and the lowest lay apart over all years, and in the last one."""
    values, (first, last) = panel.values, panel.values.index[[0, -1]]
    high, low = values.max(axis=1), values.min(axis=1)
    if panel.statistic in RATIO_STATISTICS:
        ratio = high / low
        return _(
            "{title}: the highest was {least:.1f} to {most:.1f} times the lowest in {first}–{last}, {now:.1f} times in "
            "{last}",
            title=panel.title, least=ratio.min(), most=ratio.max(), first=first, last=last, now=ratio[last],
        )  # fmt: skip
    unit, gap = definition(panel.indicator)["unit"], high - low
    least, most, now = map(number, (gap.min(), gap.max(), gap[last]))
    return _(
        "{title}: the highest and the lowest were {least} to {most} apart in {first}–{last}, {now} in {last} ({unit})",
        title=panel.title, least=least, most=most, first=first, last=last, now=now,
        unit=pgettext("per cent", "points") if "%" in unit else unit_name(unit),
    )  # fmt: skip


@figure
def growth_scatter(canvas: Any, panel: Panel, state: str, starts: Starts = STARTS) -> Drawing:
    """Mean yearly growth of each member against its starting level, in the longest and the shortest window.

    `state` is set in bold. Hollow markers rest on doubtful values.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.growth_scatter(income, "KAZ").title
    Growth and starting level: rank correlation +0.9 in 1991–2020 and −0.3 in 2012–2020 (n = 5)
    """
    fits = growth_fits(panel, starts)
    caption = _(
        "n = {n} states. Hollow marker: doubtful values. That those behind grow faster does not prove that all draw "
        "together (Galton's fallacy).",
        n=panel.values.shape[1],
    )
    if not fits:
        return draw_nothing(canvas, _("Growth: too few values to compare"), caption, panel.values.reset_index())
    unit = unit_name(definition(panel.indicator)["unit"].replace(" per person", ""))
    stacked = is_narrow(canvas)
    canvas.set_figheight(3.6 * len(fits) if stacked else 3.6)
    canvas.get_layout_engine().set(wspace=0.07)
    shape = (len(fits), 1) if stacked else (1, len(fits))
    grid = canvas.subplots(*shape, sharey=True, squeeze=False).ravel()
    for axes, fit in zip(grid, fits, strict=True):
        axes.set_title(f"{fit.first}–{fit.last}", fontsize=10.5, pad=6)
        _draw_growth(axes, fit, state, growth_limits(fits))
        start = _("{title} in {year}\n({unit}, log scale)", title=panel.title, year=fit.first, unit=unit)
        axes.set_xlabel(start, fontsize=9)
    for axes in grid if stacked else grid[:1]:
        axes.set_ylabel(_("Mean growth (% a year)"))
    grid[0].set_ylim(growth_limits(fits))
    drawn = pd.concat([fit.points.assign(first=fit.first, last=fit.last) for fit in fits])
    words = " ".join(map(_growth_words, fits))
    alt_text = _("Scatter of growth against the starting level. {words}", words=words)
    data = drawn.rename_axis("state").reset_index()
    return Drawing(_growth_title(fits), alt_text, caption, data, [panel.source])


def growth_limits(fits: Sequence[BetaConvergence]) -> tuple[float, float]:
    """The ends of the common scale of growth in % a year: zero, every state of every fit, and room for its name."""
    rates = [0.0, *(100 * rate for fit in fits for rate in fit.points["growth"])]
    low, high = min(rates), max(rates)
    return low - 0.4, high + 0.16 * (high - low) + 0.1


def _draw_growth(axes: Any, fit: BetaConvergence, state: str, limits: tuple[float, float]) -> None:
    points = fit.points
    low, high = points["start"].min(), points["start"].max()
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    axes.set_xscale("log")
    room = 0.22 + 0.04 * max(0, len(short_name(points["start"].idxmin())) - 10)  # for a long name at the left end
    left, right = low / (high / low) ** room, high * (high / low) ** 0.32
    axes.set_xlim(left, right)
    lifts = _lifts(axes, points, state, limits)
    for row in points.itertuples():
        draw_mark(axes, row.start, 100 * row.growth, RING if row.doubtful else DISC, colour(row.Index), 46)
        axes.annotate(short_name(row.Index), (row.start, 100 * row.growth), xytext=(0, lifts[row.Index]),
                      textcoords="offset points", ha="center", fontsize=9, bbox=TEXT_BOX | {"pad": 0.8, "alpha": 0.8},
                      fontweight="bold" if row.Index == state else "normal", zorder=4)  # fmt: skip
        name_mark(axes, row.start, 100 * row.growth, _point_words(row))
    ticks = (m * 10**e for e in range(-2, 7) for m in (1, 2, 5))
    axes.set_xticks(*_labelled(t for t in ticks if left < t < right))
    axes.minorticks_off()
    axes.tick_params(labelsize=9)


def _lifts(axes: Any, points: pd.DataFrame, state: str, limits: tuple[float, float]) -> dict[str, int]:
    """Where the name of each state stands, in points above its marker: where fewer markers and names lie under it."""
    left, right = np.log(axes.get_xlim())
    width, height = _PANEL[is_narrow(axes.figure)]
    x = width * (np.log(points["start"]) - left) / (right - left)
    y = height * (100 * points["growth"] - limits[0]) / (limits[1] - limits[0])
    halves = {name: widest([short_name(name)], 9, name == state) / 2 + 3 for name in points.index}
    taken, lifts = [(x[name], y[name], _MARKER, _MARKER) for name in points.index], {}
    for name in x.sort_values().index:
        touching = {
            lift: sum(
                abs(x[name] - at) < halves[name] + wide and abs(y[name] + lift + 5 - up) < 6 + tall
                for at, up, wide, tall in taken
            )
            for lift in (7, -15)
        }
        lifts[name] = min(touching, key=lambda lift: touching[lift])
        taken.append((x[name], y[name] + lifts[name] + 5, halves[name], 6))
    return lifts


def _growth_title(fits: Sequence[BetaConvergence]) -> str:
    parts = [_("{rank:+.1f} in {first}–{last}", rank=fit.rank, first=fit.first, last=fit.last) for fit in fits]
    return _("Growth and starting level: rank correlation {parts} (n = {n})", parts=parts, n=fits[0].n)


def _growth_words(fit: BetaConvergence) -> str:
    rows = map(_point_words, fit.points.sort_values("start").itertuples())
    return _(
        "{first} to {last}: {rows}; rank correlation {rank:+.1f}, n = {n}.",
        first=fit.first, last=fit.last, rows=", ".join(rows), rank=fit.rank, n=fit.n,
    )  # fmt: skip


def _point_words(row: Any) -> str:
    """A state with its starting level and its growth."""
    words = _("{name} {start:,.0f} and {rate:.1f} % a year", name=short_name(row.Index), start=row.start,
              rate=100 * row.growth)  # fmt: skip
    return _("{words} (doubtful)", words=words) if row.doubtful else words
