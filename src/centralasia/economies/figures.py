"""The figures of levels and of how far they lie apart: lines by state, dispersion by year, all windows at a glance."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.economies.convergence import sigma_convergence
from centralasia.economies.level_figures import DOTTED
from centralasia.economies.measures import LEAST, Panel
from centralasia.economies.periods import APART, CLOSER, STARTS, TURNING, Starts, start_groups, windows
from centralasia.economies.words import change_words, number, statistic_name
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.grids import HATCH, draw_box, frame_grid
from centralasia.figures.letters import fill_lines
from centralasia.figures.marks import DISC, RING, TEXT_BOX, band, bold_ticks, draw_mark
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import FAINT, INK, is_narrow, text_colour_on
from centralasia.names import colour, short_name, short_names
from datacontract.language import _, ngettext, pgettext
from datacontract.words import sentence

__all__ = ["dispersion_panels", "window_grid"]

MANY = 12  # years from which on a line is drawn without a marker at every one
CLOSER_SHADE, APART_SHADE = "#00696b", "#b3541e"
PALE = {CLOSER_SHADE: "#d3e6e6", APART_SHADE: "#f2dfd3"}
THIN_BOX = TEXT_BOX | {"pad": 0.6, "alpha": 0.8}


@figure
def window_grid(canvas: Any, panels: Sequence[Panel], starts: Starts = STARTS) -> Drawing:
    """All indicators by all windows: how much the dispersion changed, and whether that is a trend.

    One row an indicator, one column a window (see `centralasia.economies.windows`); rows are grouped by whether the
    direction is the same from every start. Full colour: the trend goes the same way and no member decides it. An
    equals sign: the data are those of the window on its left.

    >>> economies.window_grid(economies.panels("C5", 1991, 2020)).title
    Closer or apart? For 6 of 19 indicators that depends on the first year
    """
    frame = windows(panels, starts)
    known = frame.dropna(subset="change")
    colours = _(
        "Change of the spread among the members from the first to the last year in which all of them have a value, "
        "per cent; small: these years. Full colour: the trend over all years between goes the same way, its interval "
        "excludes 0, and no member decides the direction; faint: one of these is missing."
    )
    equals = ngettext(
        "An equals sign: the same data as in the window on the left (n = {n} indicator).",
        "An equals sign: the same data as in the window on the left (n = {n} indicators).",
        frame["indicator"].nunique(),
    )
    caption = f"{colours} {equals}"
    if known.empty:
        return draw_nothing(canvas, _("No indicator has two years in which all members have a value."), caption, frame)
    groups, columns = start_groups(frame), sorted(frame["start"].unique())
    axes, names, bold = canvas.subplots(), [], []
    for group, indicators in groups.items():
        names.append(_group_name(group))
        bold += [True, *[False] * len(indicators)]
        for indicator in indicators:
            own = frame[frame["indicator"] == indicator]
            _draw_windows(axes, len(names), own, columns)
            names.append(own["title"].iloc[0])
    headings = [pgettext("heading", "since {year}", year=start) for start in columns]
    frame_grid(axes, [fill_lines(name, 32) for name in names], headings)
    axes.set(xlim=(-0.55, len(columns) - 0.45))
    axes.xaxis.tick_top()
    bold_ticks(axes.get_yticklabels(), bold)
    canvas.set_figheight(0.9 + (0.38 if is_narrow(canvas) else 0.33) * len(names))
    words = " ".join(
        sentence(
            f"{_group_name(group)}: {'; '.join(_window_words(frame[frame['indicator'] == one]) for one in indicators)}"
        )
        for group, indicators in groups.items()
    )
    turning, total = len(groups.get(TURNING, [])), known["indicator"].nunique()
    title = ngettext(
        "Closer or apart? For {turning} of {n} indicator that depends on the first year",
        "Closer or apart? For {turning} of {n} indicators that depends on the first year",
        total, turning=turning,
    )  # fmt: skip
    alt_text = _("Grid of the change of the spread by indicator and window. {words}", words=words)
    return Drawing(title, alt_text, caption, frame, [one.source for one in panels])


def _group_name(group: str) -> str:
    """What a key of `start_groups` is called."""
    return {
        CLOSER: _("Closer from every start"),
        APART: _("Apart from every start"),
        TURNING: _("Depends on the start"),
    }[group]


def _draw_windows(axes: Any, y: int, own: pd.DataFrame, columns: Sequence[int]) -> None:
    """The cells of one indicator."""
    before = None
    for row in own.sort_values("start").itertuples():
        x = columns.index(row.start)
        if pd.isna(row.change):
            axes.text(x, y, _("unknown"), ha="center", va="center", fontsize=8.5, color=FAINT)
        elif row.first == before:
            axes.text(x, y, "=", ha="center", va="center", fontsize=10, color=FAINT)
        else:
            shade = CLOSER_SHADE if row.change < 0 else APART_SHADE
            face = shade if row.firm else PALE[shade]
            draw_box(axes, x, y, 0.96, 0.88, facecolor=face, linewidth=0)
            name_mark(axes, x, y, f"{row.title}: {_change_in(row)}", 0.96, 0.88)
            ink = text_colour_on(face)
            if is_narrow(axes.figure):  # the years below the change
                axes.text(x, y - 0.19, change_words(row.change), ha="center", va="center", fontsize=9, color=ink)
                axes.text(x, y + 0.21, f"{row.first}–{row.last}", ha="center", va="center", fontsize=7, color=ink)
            else:
                axes.text(x - 0.045, y, change_words(row.change), ha="right", va="center", fontsize=8.5, color=ink)
                axes.text(x - 0.005, y, f"{row.first}–{row.last}", ha="left", va="center", fontsize=7.5, color=ink)
        before = row.first


def _window_words(own: pd.DataFrame) -> str:
    parts = map(_change_in, own.dropna(subset="change").drop_duplicates("first").itertuples())
    return f"{own['title'].iloc[0]} {', '.join(parts)}"


def _change_in(row: Any) -> str:
    """The change of a window: ``+47 % in 1995–2023``."""
    said = {"change": change_words(row.change), "first": row.first, "last": row.last}
    firm = _("{change} in {first}–{last}", **said)
    return firm if row.firm else _("{change} in {first}–{last} (no firm trend)", **said)


@figure
def dispersion_panels(canvas: Any, panels: Sequence[Panel], starts: Starts = STARTS) -> Drawing:
    """Sigma convergence as small multiples: the dispersion of each indicator among the members of a region, by year.

    The band spans the values with one member left out; the dashed line is the first value; dotted lines and hollow
    markers rest on doubtful values; hatched years at the foot are known for some of the members only. Panels with the
    same dispersion and unit share their scale.

    >>> shown = economies.panels("C5", 1991, 2020, indicators="gdp_pc_ppp life_exp")
    >>> economies.dispersion_panels(shown).title
    Whether the spread grew depends on the first year in 2 of these 2
    """
    paths = [sigma_convergence(one).assign(indicator=one.indicator, measure=one.statistic) for one in panels]
    scales = [statistic_name(one) for one in panels]
    highest = pd.Series([path[["value", "highest"]].max(axis=None) for path in paths]).fillna(0)
    tops = highest.groupby(scales).transform("max")
    columns = 1 if is_narrow(canvas) else min(2, len(panels))
    lines = math.ceil(len(panels) / columns)
    canvas.set_figheight(0.9 + 2.05 * lines)
    grid = canvas.subplots(lines, columns, sharex=True, squeeze=False).ravel()
    for axes, one, path, scale, top in zip(grid, panels, paths, scales, tops, strict=False):
        axes.set_title(fill_lines(one.title, 30), fontsize=10, pad=6)
        _draw_dispersion(axes, path, one)
        axes.set(xlim=(one.asked_years[0] - 1, one.asked_years[1] + 1), ylim=(0, 1.15 * (top or 1)))
        axes.set_ylabel(fill_lines(scale, 24), fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=5)
        axes.tick_params(labelsize=9, labelbottom=True)
        axes.tick_params(axis="x", pad=8)
    for axes in grid[len(panels) :]:
        axes.set_axis_off()
    sizes = sorted({one.values.shape[1] for one in panels} - {0})
    dropped = short_names(sorted({state for one in panels for state in one.dropped_members}))
    caption: str = _(
        "Spread among {sizes:or} members (n), in years in which all of them have a value. Band: with one member left "
        "out in turn. Dashed: the first value. Dotted line, hollow marker: on doubtful values. Hatched at the foot: "
        "known for some members only. All scales begin at zero and are shared where dispersion and unit are the same.",
        sizes=sizes or [0],
    )
    if dropped:
        caption += " " + _("Too few values, so left out of some panels: {names}.", names=dropped)
    name = short_name(panels[0].region)
    title = _dispersion_title(windows(panels, starts), name)
    words = " ".join(map(_dispersion_words, panels, paths))
    alt_text = _("Small multiples of the spread by year in {region}. {words}", region=name, words=words)
    return Drawing(title, alt_text, caption, pd.concat(paths).reset_index(), [one.source for one in panels])


def _dispersion_title(frame: pd.DataFrame, name: str) -> str:
    """The changes of one indicator, or for how many of several their direction depends on the start."""
    known = frame.dropna(subset="change").drop_duplicates(["indicator", "first"])
    if known.empty:
        return _("{region}: too few values to tell whether the members drew together", region=name)
    if known["indicator"].nunique() > 1:
        turning = len(start_groups(frame).get(TURNING, []))
        return _(
            "Whether the spread grew depends on the first year in {turning} of these {total}",
            turning=turning, total=known["indicator"].nunique(),
        )  # fmt: skip
    changes = [
        _("{change} since {year}", change=change_words(row.change), year=row.first) for row in known.itertuples()
    ]
    return _("{title}: spread among the members {changes}", title=known["title"].iloc[0], changes=changes)


def _draw_dispersion(axes: Any, path: pd.DataFrame, one: Panel) -> None:
    if path.empty:
        words = _("fewer than {least} members\nwith two common years", least=LEAST)
        axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color=FAINT, fontsize=9)
        return
    years, values, hollow = path.index.to_numpy(), path["value"].to_numpy(), path["doubtful"].to_numpy()
    shade = colour(one.region)
    axes.fill_between(years, path["lowest"], path["highest"], **band(shade))
    axes.axhline(values[0], color=FAINT, lw=1, ls=(0, (4, 2)), zorder=2)
    for i in range(len(path) - 1):
        style = DOTTED if hollow[i : i + 2].any() else "-"
        axes.plot(years[i : i + 2], values[i : i + 2], color=shade, lw=2, ls=style, zorder=3)
    numbers = path[["value", "lowest", "highest"]].map(number)
    name_line(
        axes, ((r.Index, path.loc[r.Index, "value"], f"{one.title}, {_left_out(r)}") for r in numbers.itertuples())
    )
    for i in range(len(path)) if len(path) <= MANY else (0, -1):
        look = RING if hollow[i] else DISC
        draw_mark(axes, years[i], values[i], look, shade, 24, linewidth=1.4, zorder=4)
    for i, inner, side in ((0, 1, "left"), (-1, -2, "right")):
        away = 7 if values[inner] <= values[i] else -15  # where the line is not
        axes.annotate(number(values[i]), (years[i], values[i]), xytext=(0, away),
                      textcoords="offset points", ha=side, fontsize=9, color=INK, zorder=5, bbox=THIN_BOX)  # fmt: skip
    for year in one.incomplete_years:
        axes.axvspan(year - 0.5, year + 0.5, 0, 0.045, facecolor="none", **HATCH)


def _dispersion_words(one: Panel, path: pd.DataFrame) -> str:
    if path.empty:
        return _("{title}: fewer than {least} members with two common years.", title=one.title, least=LEAST)
    turns = {path.index[0], path["value"].idxmin(), path["value"].idxmax(), path.index[-1]}
    shown = path if len(path) <= MANY else path.loc[sorted(turns)]
    numbers = shown[["value", "lowest", "highest"]].map(number)
    values = map(_left_out, numbers.itertuples())
    said = [sentence(f"{one.title}, {statistic_name(one)}: {', '.join(values)}")]
    if path["doubtful"].any():
        said.append(_("All or some values doubtful."))
    if one.incomplete_years:
        said.append(_("Known for some members only in {years}.", years=one.incomplete_years))
    return " ".join(said)


def _left_out(row: Any) -> str:
    """A year with its spread, and what it is with one member left out."""
    said = {"year": row.Index, "value": row.value, "low": row.lowest, "high": row.highest}
    return _("{year} {value} ({low} to {high} with one left out)", **said)
