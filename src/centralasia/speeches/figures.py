"""The figures of how alike speeches are: a region beside others, and its pairs."""

from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.marks import band, label_line_ends, year_axis
from centralasia.figures.style import FAINT, GREY, INK, text_colour_on
from centralasia.names import colour, short_name
from centralasia.regions import pair_name
from centralasia.speeches import nearness
from centralasia.speeches.measures import WINDOWS, Window, window_name
from centralasia.speeches.words import TEXT_WORDS
from centralasia.tables import load
from datacontract.words import join_list

__all__ = ["likeness_chart", "pairs_map"]

LAST = WINDOWS[-1]
CORPUS = "United Nations General Debate Corpus"


@figure
def likeness_chart(canvas: Any, region: str, text: str = "without_names") -> Drawing:
    """The mean likeness within a region by year, over the band of sets of other states and lines of named groups."""
    frame = nearness.likeness_by_year(region, text)
    groups = nearness.group_windows(region, text).sort_values(LAST[0], ascending=False)
    above = list(groups.index[: list(groups.index).index(region)])
    groups = groups.drop(index=region)
    named = dict.fromkeys([*above, groups.index[len(above)], groups.index[-1]])
    name, shade = short_name(region), colour(region)
    axes, ends = canvas.subplots(), []
    canvas.set_figheight(3.9)
    axes.fill_between(frame.index, frame["set_low"], frame["set_high"], facecolor="#e3e3e3", edgecolor=GREY, lw=0.5)
    for group, means in groups.iterrows():
        for window in WINDOWS:
            look = {"color": INK, "lw": 1.3} if group in named else {"color": GREY, "lw": 0.7}
            axes.hlines(means[window[0]], *reach(window), zorder=2, **look)
        if group in named:
            ends.append((means[LAST[0]], short_name(group), INK, False))
    axes.plot(frame.index, frame["value"], color=shade, lw=2.4, zorder=4)
    if frame["low"].notna().all():
        axes.fill_between(frame.index, frame["low"], frame["high"], zorder=3, **band(shade))
    ends += [
        (frame["value"].iloc[-1], name, shade, True),
        (frame["set_median"].iloc[-1], "sets of others", FAINT, False),
    ]
    year_axis(axes, list(frame.index))
    axes.set(ylabel="likeness in words (cosine)", ylim=(0.08, None))
    label_line_ends(axes, ends, 2.9)
    last = frame.loc[LAST[0] :]
    beat = 100 * last["above"].sum() / last["sets"].sum()
    title = f"{name} speaks more alike than nearly any set of as many other states"
    if above:
        title += f"; {join_list(map(short_name, above))} even more so"
    if beat > 5:
        title = f"{name} speaks about as much alike as other sets of states"
    caption = (
        f"Mean likeness (TF-IDF cosine) over pairs of speeches, {TEXT_WORDS[text]}. Coloured band: 95 % interval "
        f"over sentences; grey: the middle 90 % of {frame['sets'].iloc[-1]:,} sets of as many other states each year, "
        f"n = {frame['states'].min()} to {frame['states'].max()} states; flat lines: the mean of each of "
        f"{len(groups)} named groups over a "
        "window, those in black with their names."
    )
    series = ", ".join(f"{year} {row['value']:.3f} ({row['set_median']:.3f})" for year, row in frame.iterrows())
    alt_text = (
        f"Line chart of the mean likeness of speeches within {name} by year, in brackets the median set: {series}."
    )
    return Drawing(title, alt_text, caption, frame.reset_index(), sources=[frame["source"]])


@figure
def pairs_map(canvas: Any, region: str, text: str = "without_names") -> Drawing:
    """A heat map of the likeness of each pair of a region by window, the most alike in the last one on top."""
    frame = nearness.pairs_by_window(region, text)
    wide = frame.pivot(index="pair", columns="window", values="value")
    wide = wide.sort_values(wide.columns[-1], ascending=False)
    rows, columns = list(wide.index), list(wide.columns)
    axes = canvas.subplots()
    canvas.set_figheight(1.5 + 0.3 * len(rows))
    shades = _shades(wide)
    for i, pair in enumerate(rows):
        for j, window in enumerate(columns):
            value = wide.loc[pair, window]
            if pd.notna(value):
                axes.fill_between([j - 0.48, j + 0.48], i - 0.45, i + 0.45, color=shades(value), lw=0)
                ink = text_colour_on(shades(value))
                axes.text(j, i, f"{value:.2f}", ha="center", va="center", color=ink, fontsize=10)
    names = [window_name(window) for window in WINDOWS if window[0] in columns]
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), names)
    axes.set_yticks(range(len(rows)), [pair_name(pair) for pair in rows])
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    first, last = rows[0], rows[-1]
    title = f"{pair_name(first, ' and ')} speak most alike, {pair_name(last, ' and ')} least"
    caption = (
        f"Mean likeness (TF-IDF cosine) of two states' speeches, {TEXT_WORDS[text]}; ordered by the last window. "
        "A year counts where both speeches are in the corpus, "
        f"n = {frame['years'].min()} to {frame['years'].max()} years."
    )
    said = "; ".join(f"{pair_name(pair)} {', '.join(_or_none(v) for v in wide.loc[pair])}" for pair in rows)
    alt_text = f"Heat map of likeness by pair, {join_list(names)}: {said}."
    return Drawing(title, alt_text, caption, frame, sources=[load("speech_pairs")["source"].head(1)])


def reach(window: Window) -> tuple[float, float]:
    """The ends of the line that stands for a window."""
    return window[0] - 0.4, window[1] + 0.4


def _or_none(value: float) -> str:
    return f"{value:.2f}" if pd.notna(value) else "unknown"


def _shades(values: pd.DataFrame) -> Any:
    """A colour for each likeness: the darker, the more alike."""
    from matplotlib import colormaps
    from matplotlib.colors import Normalize

    scale = Normalize(values.min().min() - 0.02, values.max().max() + 0.04)
    return lambda value: colormaps["GnBu"](scale(value))
