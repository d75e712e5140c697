"""The figures of how alike states vote: a region among all sets, among groups, its pairs, and a state's partners.

What a year is worth is seen, and names are at the ends of lines.
"""

import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.marks import band, label_line_ends, year_axis
from centralasia.figures.style import FAINT, GREY, INK
from centralasia.names import colour, short_name
from centralasia.regions import pair_name
from centralasia.votes import alignment, measures, sets, words
from centralasia.votes.measures import Choice, comparable, extremes, voting_years
from datacontract.labels import translate_figure
from datacontract.words import capitalised, pluralize

__all__ = ["cohesion_chart", "groups_chart", "pairs_chart", "partners_chart"]

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


@figure
def cohesion_chart(canvas: Any, region: str, choice: Choice) -> Drawing:
    """The mean over the pairs of a region by year, over the band of all sets of as many states.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    choice : Choice
        Measure, use of absence, and the years drawn.

    The band holds the middle 90 % of the sets, the thin line their median.
    """
    frame, years = sets.reference_distribution(region, choice), voting_years(*choice.period)
    name, shade, measure = short_name(region), colour(region), words.measure_name(choice.measure)
    axes = canvas.subplots()
    draw_range(axes, frame, "set_low", "set_high", "#e3e3e3")
    axes.plot(frame["year"], frame["set_median"], color=FAINT, lw=1.2, zorder=2)
    ends = [draw_series(axes, frame, textwrap.fill(name, 14), shade, 26, bold=True)]
    ends.append(line_end(frame["set_median"], translate_figure("cohesion.median"), FAINT))
    finish(axes, years.index, translate_figure("cohesion.axis", measure=_axis(choice.measure)), ends, 2.6)
    caption = (
        f"Mean {measure} over the pairs of the region, {words.absence_words(choice.absence)}; grey: all sets of the "
        f"same size drawn from the {len(measures.voting_states())} states, n = up to "
        f"{max(frame['sets'], default=0):,} sets a year. {MARKS_WORDS}"
    )
    series = f"{words.series_words(frame)}. {words.status_words(frame)}".rstrip()
    alt_text = f"Line chart of the mean {measure} within {name}, by year: {series}"
    title = translate_figure("cohesion.title_none", name=name)
    firm = comparable(frame).dropna(subset="percentile")
    if len(firm):
        row = firm.iloc[-1]
        code = "cohesion.more" if row["percentile"] >= 50 else "cohesion.less"
        share = words.share_surpassed(row["percentile"])
        title = translate_figure(code, name=name, measure=measure, share=share, **row[["size", "year", "value"]])
        alt_text += (
            f" Of all sets of {row['size']} states in {row['year']}, the middle 90 % lie between "
            f"{row['set_low']:.2f} and {row['set_high']:.2f}, the median at {row['set_median']:.2f}; over the "
            f"comparable years the region stood at percentile {firm['percentile'].min():.1f} or higher."
        )
    return Drawing(title, alt_text, caption, frame, sources=[years["source"]])


@figure
def groups_chart(canvas: Any, region: str, first_year: int, last_year: int, seed: int) -> Drawing:
    """The agreement index of Hix, Noury and Roland for every counted group, the region in bold with its interval.

    Where the region is no counted group, only the others are drawn.
    """
    found = {group: sets.group_years(group, first_year, last_year, seed) for group in sets.counted_groups()}
    years, name, shade = voting_years(first_year, last_year), short_name(region), colour(region)
    axes, ends = canvas.subplots(), []
    title, interval = translate_figure("groups.title_other", name=name), ""
    for i, (group, frame) in enumerate(found.items()):
        firm = comparable(frame)
        values = firm["value"].reindex(frame.index)
        ends.append(line_end(values, short_name(group), shade if group == region else INK, group == region))
        if group != region:
            axes.plot(frame["year"], values, color=FAINT, lw=1.3, ls=DASHES[i % len(DASHES)], zorder=2)
            continue
        axes.fill_between(frame["year"], frame["low"], frame["high"], **band(shade))
        draw_series(axes, frame, name, shade, 26, bold=True)
        interval = f" Band: 95 % bootstrap interval over roll calls (seed {seed})."
        title = translate_figure("groups.title_none", name=name)
        if len(firm):
            last = firm.iloc[-1]
            title = translate_figure("groups.title", name=name, share=100 * last["united"], **last[["year", "value"]])
    finish(axes, years.index, translate_figure("groups.axis"), ends, 2.6)
    ranges = " ".join(f"{short_name(group)}: {words.range_words(frame)}." for group, frame in found.items())
    alt_text = f"Line chart of the agreement index of {pluralize(len(found), 'group')} by year. {ranges}"
    caption = (
        "Mean agreement index (Hix, Noury and Roland 2005) over roll calls in which two or more of the group voted; "
        "groups of unlike size are not strictly comparable. Other groups: comparable years only."
        f"{interval} {MARKS_WORDS}"
    )
    data = pd.concat(found, names=["group"]).reset_index(level=0)
    return Drawing(title, alt_text, caption, data, sources=[years["source"]])


@figure
def pairs_chart(canvas: Any, region: str, choice: Choice, seed: int) -> Drawing:
    """Small multiples: every pair of a region by year, with its 95 % bootstrap interval."""
    rows, years = sets.pair_intervals(region, choice, seed), voting_years(*choice.period)
    number, measure = rows["pair"].nunique(), words.measure_name(choice.measure)
    lines = max(math.ceil(number / 2), 1)
    canvas.set_figheight(1.0 + 1.25 * lines)
    grid = canvas.subplots(lines, 2, sharex=True, sharey=True, squeeze=False).ravel()
    for axes in grid[number:]:
        axes.set_visible(False)
    series = []
    for axes, (pair, part) in zip(grid, rows.groupby("pair", sort=False), strict=False):
        draw_range(axes, part, "low", "high", "#b9cdd6")
        draw_series(axes, part, pair, INK, 9)
        year_axis(axes, years.index)
        axes.set_title(f"{pair_name(pair)}  ({words.n_words(part)})", fontsize=9, pad=4)
        axes.tick_params(labelsize=8.5, labelbottom=axes in grid[max(number - 2, 0) :])
        series.append(f"{pair_name(pair)} ({words.n_words(part, ' to ')}): {words.range_words(part)}.")
    canvas.supylabel(_axis(choice.measure), fontsize=9.5)
    caption = (
        f"{capitalised(measure)} by year, {words.absence_words(choice.absence)}; n: roll calls a year that it rests "
        f"on, over the comparable years. Band: 95 % bootstrap interval over roll calls (seed {seed}). {MARKS_WORDS}"
    )
    alt_text = f"Small line charts of {pluralize(number, 'pair')}. {' '.join(series)}"
    return Drawing(_pairs_title(comparable(rows), measure), alt_text, caption, rows, sources=[years["source"]])


def _pairs_title(firm: pd.DataFrame, measure: str) -> str:
    if firm.empty:
        return translate_figure("pairs.title_none")
    last = firm[firm["year"] == firm["year"].max()]
    low, high = extremes(last)
    fields = {"low_pair": pair_name(low["pair"]), "low": low["value"], "high": high["value"], "measure": measure}
    fields |= {"pair": pair_name(high["pair"]), "value": high["value"], "year": low["year"]}
    title = "pairs.title_one" if len(last) == 1 else "pairs.title"
    return translate_figure(title, high_pair=fields["pair"], **fields)


@figure
def partners_chart(canvas: Any, state: str, region: str, partners: Sequence[str], choice: Choice) -> Drawing:
    """A state's agreement with each partner by year, and its mean agreement with the rest of the region in bold.

    `partners` is a list of states with votes or regions; a region stands for the mean over its members.
    """
    frame, years = alignment.partner_years(state, [region, *partners], choice), voting_years(*choice.period)
    name, axes, ends, series = short_name(state), canvas.subplots(), [], []
    for code, part in frame.groupby("partner", sort=False):
        bold = code == region
        dash = DASHES[0] if bold or code in measures.voting_states() else DASHES[1]
        ends.append(draw_series(axes, part, short_name(code), colour(code), 26 if bold else 10, bold, dash))
        series.append(f"{short_name(code)}: {words.series_words(part)}.")
    finish(axes, years.index, translate_figure(f"axis.{choice.measure}"), ends, 3.0)
    means = alignment.partner_vs_region(state, region, partners, choice)
    title = translate_figure("partners.title_none", name=name)
    if len(means):
        closest = means.loc[means["partner"].idxmax()]
        code = "partners.more" if closest["partner"] > closest["region"] else "partners.less"
        values = {"value": closest["partner"], "region": closest["region"]}
        title = translate_figure(code, name=name, partner=short_name(closest.name), **values)
    caption = (
        f"{capitalised(words.measure_name(choice.measure))} of {name}, {words.absence_words(choice.absence)}; a group "
        f"(dashed) is the mean over its members, bold the mean over the others of the region. {MARKS_WORDS}"
    )
    alt_text = f"Line chart of how alike {name} votes with its partners. {' '.join(series)}"
    return Drawing(title, alt_text, caption, frame, sources=[years["source"]])


def _axis(measure: str) -> str:
    return translate_figure(f"axis.{measure}").replace("\n", " ")
