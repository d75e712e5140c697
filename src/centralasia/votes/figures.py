"""The figures of how alike states vote: a region by year and period, among groups, and pair by pair.

What a year is worth is seen, and names are at the ends of lines.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, band, label_line_ends, year_axis
from centralasia.figures.style import FAINT, INK
from centralasia.names import colour, short_name, short_names
from centralasia.regions import members, pair_name
from centralasia.votes import cohesion, groups, measures, pairs, periods, words
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.labels import translate_figure
from datacontract.words import capitalised, join_list, pluralize

__all__ = ["cohesion_chart", "groups_chart", "pairs_chart"]

MARKS_WORDS = "Full dot: comparable year; hollow: few votes, or pairs missing. Years not comparable are not drawn."
HOLLOW = [measures.FEW_VOTES, cohesion.INCOMPLETE]
DASHES = ["-", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (1, 1))]
LineEnd = tuple[float, str, str, bool]  # value, words, colour, bold


def line_end(values: pd.Series, text: str, shade: str, bold: bool = False) -> LineEnd:
    """What `label_line_ends` writes at the last value of a series; nothing where it has none."""
    known = values.dropna()
    return known.iloc[-1] if len(known) else float("nan"), text, shade, bold


def draw_series(
    axes: Any, frame: pd.DataFrame, text: str, shade: str, size: float, bold: bool = False, dash: Any = "-"
) -> LineEnd:
    """Draws values by year; uncertain ones are hollow, on a dotted line. Returns the label of its end."""
    frame = frame[frame["status"] != measures.NOT_COMPARABLE]
    firm, width = comparable(frame), 2.4 if bold else 1.3
    axes.plot(frame["year"], frame["value"], color=shade, lw=0.9, ls=(0, (1, 1.6)), zorder=3)
    axes.plot(frame["year"], firm["value"].reindex(frame.index), color=shade, lw=width, ls=dash, zorder=4)
    draw_marks(axes, frame, shade, size)
    return line_end(frame["value"], text, shade, bold)


def draw_marks(axes: Any, frame: pd.DataFrame, shade: str, size: float) -> None:
    """A dot a year: full where it is ``ok``, hollow where it is uncertain, none where it cannot be compared."""
    firm, part = comparable(frame), frame[frame["status"].isin(HOLLOW)]
    axes.scatter(firm["year"], firm["value"], s=size, color=shade, zorder=5, linewidth=0)
    axes.scatter(part["year"], part["value"], s=size, facecolor="white", edgecolor=shade, linewidth=1, zorder=5)


def drawn_years(choice: Choice) -> pd.Index:
    """The years of the axis: up to the last that can be compared, where there is any."""
    years = voting_years(*choice.period)["comparable"]
    return years.index[: years.to_numpy().nonzero()[0].max(initial=-1) + 1] if years.any() else years.index


def finish(axes: Any, years: Sequence[int], label: str, ends: Iterable[LineEnd], height: float) -> None:
    """The axes of a chart by year, so many inches high, and the names at the ends of its lines.

    The figure is one inch higher, as fits a chart with one pair of axes.
    """
    axes.figure.set_figheight(height + 1)
    year_axis(axes, years)
    axes.set(ylabel=label, xlabel=translate_figure("axis.year") if axes.get_subplotspec().is_last_row() else "")
    label_line_ends(axes, ends, height)


def draw_periods(axes: Any, frame: pd.DataFrame, column: str, low: str, high: str, shade: str) -> None:
    """A bar from the first to the last year of each period at its value, with the interval around it."""
    for row in frame.itertuples():
        x = row.first - 0.4, row.last + 0.4
        axes.fill_between(x, getattr(row, low), getattr(row, high), zorder=1, **band(shade))
        axes.plot(x, [getattr(row, column)] * 2, color=shade, lw=2.6, solid_capstyle="butt", zorder=4)


@figure
def cohesion_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """How alike a region votes: by year and period as agreement, and by period corrected for chance.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    choice : Choice
        Measure, use of absence, and the years drawn.
    seed : int
        Seed of the bootstrap.
    """
    yearly, frame = cohesion.region_mean(region, choice), periods.region_periods(region, choice, seed)
    name, shade, measure = short_name(region), colour(region), words.measure_name(choice.measure)
    years = voting_years(*choice.period)
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[1.15, 1])
    draw_marks(above, yearly, FAINT, 14)
    draw_periods(above, frame, "value", "low", "high", shade)
    draw_periods(below, frame, "alpha", "alpha_low", "alpha_high", shade)
    if shift := pairs.level_shift(region, choice, seed):
        for axes in (above, below):
            axes.axvline(shift.year - 0.5, color=INK, lw=0.9, ls=(0, (3, 2)), zorder=2)
        at: dict[str, Any] = {
            "xycoords": ("data", "axes fraction"),
            "xytext": (4, 0),
            "textcoords": "offset points",
            "va": "bottom",
        }
        above.annotate(f"from {shift.year}", (shift.year - 0.5, 0.03), fontsize=9, bbox=TEXT_BOX, zorder=6, **at)
    above.locator_params(axis="y", nbins=5)
    finish(above, drawn_years(choice), capitalised(measure), [], 2.6)
    finish(below, drawn_years(choice), "Krippendorff's alpha\n(0: as by chance)", [], 2.6)
    canvas.set_figheight(5.0)
    firm = frame["low"].notna().any() or frame["alpha_low"].notna().any()
    interval = f", with their 95 % intervals over roll calls (seed {seed})" if firm else ""
    caption = (
        f"{capitalised(measure)} of the members, {words.absence_words(choice.absence)}: dots are years, bars are "
        f"periods of {periods.PERIOD} years{interval}. Below: alpha, the same agreement corrected for chance. Dashed: "
        f"the best single break in the years above. n = {frame['n'].sum():,} roll calls in the periods. {MARKS_WORDS}"
    )
    series = f"{words.series_words(yearly)}. {words.status_words(yearly)}".rstrip()
    each = "; ".join(
        f"{row.period} {row.value:.2f}{words.interval_words(row.low, row.high)}, alpha {words.two(row.alpha)}"
        f"{words.interval_words(row.alpha_low, row.alpha_high)}"
        for row in frame.itertuples()
    )
    alt_text = f"Two charts by year. Mean {measure} within {name}: {series} By period: {each or 'no period'}."
    data = frame.assign(region=region)
    return Drawing(_cohesion_title(region, choice, seed), alt_text, caption, data, sources=[years["source"]])


def _cohesion_title(region: str, choice: Choice, seed: int) -> str:
    name = short_name(region)
    frame, measure = periods.region_periods(region, choice, seed), words.measure_name(choice.measure)
    if frame.empty:
        return f"{name}: no year in which its votes can be compared"
    last = frame.iloc[-1]
    if len(frame) < 2:
        return f"{name}: {measure} {words.two(last['value'])} in {last['period']}, alpha {words.two(last['alpha'])}"
    course = words.course(periods.period_changes(region, choice, seed))
    if shift := pairs.level_shift(region, choice, seed):
        moved = "more" if shift.after > shift.before else "less"
        levels = f"{measure} {words.two(shift.after)}, before {words.two(shift.before)}"
        return f"{name} votes {moved} alike from {shift.year} on ({levels}); corrected for chance, {course}"
    ends = " and ".join(f"{words.two(row['value'])} in {row['period']}" for row in (frame.iloc[0], last))
    return f"{name}: {measure} {ends}; corrected for chance, {course}"


@figure
def groups_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """The agreement index and the alpha of the counted groups by period: the region bold, its kin dotted.

    Where the region is no counted group, only the others are drawn.
    """
    found = {group: groups.group_periods(group, choice, seed) for group in groups.counted_groups()}
    data, name, years = pd.concat(found.values(), ignore_index=True), short_name(region), voting_years(*choice.period)
    if data.empty:
        return draw_nothing(canvas, "No group has a period with enough votes.", "Groups are those counted.", data)
    spans, apart = sorted(data["period"].unique()), groups.disjoint_groups(region)
    columns = {"index": ("low", "high"), "alpha": ("alpha_low", "alpha_high")}
    panels = canvas.subplots(2, 1, sharex=True)
    for axes, (column, (low, high)) in zip(panels, columns.items(), strict=True):
        ends = []
        for i, (group, frame) in enumerate(found.items()):
            own, bold = frame.set_index("period").reindex(spans), group == region
            shade, dash = (colour(region) if bold else INK, DASHES[0]) if bold or group in apart else (FAINT, DASHES[2])
            x = np.arange(len(spans)) + (0 if bold else 0.08 * (i - 2))
            bars = [own[column] - own[low], own[high] - own[column]]
            look = {"marker": "o", "ms": 4 if bold else 2.5, "lw": 2.4 if bold else 1.3, "ls": dash}
            axes.errorbar(x, own[column], yerr=bars, color=shade, elinewidth=0.9, **look)
            ends.append(line_end(own[column], short_name(group), shade, bold))
        axes.set_xticks(range(len(spans)), [span.replace("–", "–\n") for span in spans], fontsize=9)
        axes.grid(axis="y")
        label_line_ends(axes, ends, 2.3)
    panels[0].set_ylabel("Agreement index")
    panels[1].set_ylabel("Krippendorff's alpha\n(0: as by chance)")
    canvas.set_figheight(6.0)
    each = []
    for group, frame in found.items():
        values = zip(frame["period"], frame["index"], frame["alpha"], strict=True)
        said = "; ".join(f"{period} {words.two(index)}, alpha {words.two(alpha)}" for period, index, alpha in values)
        each.append(f"{short_name(group)}: {said or 'no period'}.")
    listed = "; ".join(f"{short_name(group)}: {join_list(short_names(members(group)))}" for group in apart)
    caption = (
        f"Above: agreement index (Hix, Noury and Roland 2005) over roll calls in which {groups.VOTERS} or more of the "
        "group voted, or all of a group of three; it falls as groups grow, so compare like sizes. Below: alpha, for "
        f"which size does not matter. Dotted: groups that share members with {name}. {listed}. Bars: 95 % intervals "
        f"over roll calls (seed {seed})."
    )
    alt_text = (
        f"Two line charts of {pluralize(len(found), 'group')} by period: agreement index and alpha. {' '.join(each)}"
    )
    return Drawing(_groups_title(region, data, apart), alt_text, caption, data, sources=[years["source"]])


def _groups_title(region: str, data: pd.DataFrame, apart: Sequence[str]) -> str:
    period, name = data["period"].max(), short_name(region)
    last = data[data["period"] == period].set_index("group")["alpha"]
    others = last[last.index.isin(apart)]
    if region not in last or others.empty:
        return f"{name} is none of the groups whose splits were counted, or shares members with all of them"
    more = others[others > last[region]]
    than = join_list(
        f"{short_name(group)} ({words.two(alpha)})" for group, alpha in (others if more.empty else more).items()
    )
    united = "more" if more.empty else "less"
    return f"Corrected for chance, {name} ({words.two(last[region])}) was {united} united than {than} in {period}"


@figure
def pairs_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """Every pair of a region: its value in the last period with its interval, and its change since an earlier one.

    The earlier period is the first of the level that the region has now (see `base_period`).
    """
    spans, base = periods.region_spans(region, choice), pairs.base_period(region, choice, seed)
    measure, years = words.measure_name(choice.measure), voting_years(*choice.period)
    if base is None:
        return draw_nothing(canvas, "No pair has a period that can be compared.", "No comparable year.", pd.DataFrame())
    rows = pairs.pair_changes(region, choice, seed)
    y, panels = np.arange(len(rows)), {f"{capitalised(measure)}, {spans[-1]}": ("after", "low", "high")}
    if base != spans[-1]:
        panels[f"Change since {base}"] = ("change", "change_low", "change_high")
    grid = canvas.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (label, (value, low, high)) in zip(grid, panels.items(), strict=True):
        bars = [(rows[value] - rows[low]).fillna(0), (rows[high] - rows[value]).fillna(0)]
        axes.errorbar(rows[value], y, xerr=bars, fmt="o", ms=5, color=INK, elinewidth=1.2, zorder=4)
        axes.grid(axis="x")
        axes.set_xlabel(label)
    if base != spans[-1]:
        grid[0].scatter(rows["before"], y, s=26, facecolor="white", edgecolor=FAINT, zorder=3)
        grid[1].axvline(0, color=INK, lw=0.8)
    grid[0].set_yticks(y, [pair_name(pair) for pair in rows["pair"]], fontsize=9)
    grid[0].set_ylim(len(rows) - 0.5, -0.5)
    canvas.set_figheight(1.4 + 0.3 * len(rows))
    hollow = f"; hollow: {base}" if base != spans[-1] else ""
    caption = (
        f"{capitalised(measure)}, {words.absence_words(choice.absence)}, over {rows['n'].min():,} to "
        f"{rows['n'].max():,} roll calls a pair{hollow}. Bars: 95 % intervals over roll calls (seed {seed}); where a "
        f"pair differed fewer than {pairs.RARE} times the low end is Wilson's."
    )
    each = "; ".join(
        f"{pair_name(row.pair)} {row.after:.2f}{words.interval_words(row.low, row.high)}, change "
        f"{words.signed(row.change)}{words.interval_words(row.change_low, row.change_high)}"
        for row in rows.itertuples()
    )
    alt_text = f"Dots with intervals for {pluralize(len(rows), 'pair')}, {spans[-1]}: {each}."
    return Drawing(_pairs_title(rows, base, spans[-1]), alt_text, caption, rows, sources=[years["source"]])


def _pairs_title(rows: pd.DataFrame, base: periods.Period, last: periods.Period) -> str:
    if base == last:
        return f"{pluralize(len(rows), 'pair')} in {last}"
    signs = rows.apply(lambda row: words.certain_sign(row["change_low"], row["change_high"]), axis=1)
    up, down = int((signs > 0).sum()), int((signs < 0).sum())
    open_ = f"; {len(rows) - up - down} may not have moved" if up + down < len(rows) else ""
    return f"From {base} to {last}, {up} of {pluralize(len(rows), 'pair')} came closer and {down} moved apart{open_}"
