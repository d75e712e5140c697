"""The figures of how alike speeches are: a region beside others, and its pairs."""

from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.marks import band, label_line_ends, year_axis
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import FAINT, GREY, INK, text_colour_on
from centralasia.names import colour, short_name, short_names
from centralasia.regions import pair_name
from centralasia.speeches import group_likeness
from centralasia.speeches.measures import WINDOWS, Window, window_name, window_of
from centralasia.speeches.words import both_names, text_words
from centralasia.tables import load
from datacontract.language import _, format_number

__all__ = ["likeness_chart", "pairs_map"]

LAST = WINDOWS[-1]


@figure
def likeness_chart(canvas: Any, region: str, text: str = "without_names") -> Drawing:
    """The mean likeness within a region by year, over the band of sets of other states and lines of named groups.

    >>> speeches.likeness_chart("C5").title
    Central Asia speaks more alike than nearly any set of as many other states; Gulf states even more so
    """
    frame = group_likeness.likeness_by_year(region, text)
    groups = group_likeness.group_windows(region, text).sort_values(LAST[0], ascending=False)
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
            said = f"{short_name(group)}, {window_name(window)}: {format_number(means[window[0]], '.3f')}"
            name_mark(axes, sum(reach(window)) / 2, means[window[0]], said, reach(window)[1] - reach(window)[0])
        if group in named:
            ends.append((means[LAST[0]], short_name(group), INK, False))
    axes.plot(frame.index, frame["value"], color=shade, lw=2.4, zorder=4)
    values = zip(frame.index, frame["value"], _decimals(frame["value"], 3), strict=True)
    name_line(axes, ((year, value, f"{name}, {year}: {words}") for year, value, words in values))
    if frame["low"].notna().all():
        axes.fill_between(frame.index, frame["low"], frame["high"], zorder=3, **band(shade))
    ends += [
        (frame["value"].iloc[-1], name, shade, True),
        (frame["set_median"].iloc[-1], _("sets of others"), FAINT, False),
    ]
    year_axis(axes, list(frame.index))
    axes.set(ylabel=_("likeness in words (cosine)"), ylim=(0.08, None))
    label_line_ends(axes, ends, 2.9)
    last = frame.loc[LAST[0] :]
    beat = 100 * last["above"].sum() / last["sets"].sum()
    title = _("{region} speaks more alike than nearly any set of as many other states", region=name)
    if above:
        title = _(
            "{region} speaks more alike than nearly any set of as many other states; {groups} even more so",
            region=name,
            groups=short_names(above),
        )
    if beat > 5:
        title = _("{region} speaks about as much alike as other sets of states", region=name)
    caption = _(
        "Mean likeness (TF-IDF cosine) over pairs of speeches, {words}. Coloured band: 95 % interval over sentences; "
        "grey: the middle 90 % of {sets:,} sets of as many other states each year, n = {fewest} to {most} states; "
        "flat lines: the mean of each of {groups} named groups over a window, those that stand out with their names.",
        words=text_words()[text],
        sets=int(frame["sets"].iloc[-1]),
        fewest=int(frame["states"].min()),
        most=int(frame["states"].max()),
        groups=len(groups),
    )
    values = zip(frame.index, _decimals(frame["value"], 3), _decimals(frame["set_median"], 3), strict=True)
    alt_text = _(
        "Line chart of the mean likeness of speeches within {region} by year, in brackets the median set: {series}.",
        region=name,
        series=", ".join(f"{year} {value} ({median})" for year, value, median in values),
    )
    return Drawing(title, alt_text, caption, frame.reset_index(), sources=[frame["source"]])


@figure
def pairs_map(canvas: Any, region: str, text: str = "without_names") -> Drawing:
    """A heat map of the likeness of each pair of a region by window, the most alike in the last one on top.

    >>> speeches.pairs_map("C5").title
    Kyrgyzstan and Tajikistan speak most alike, Kazakhstan and Tajikistan least
    """
    frame = group_likeness.pairs_by_window(region, text)
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
                axes.text(j, i, format_number(value, ".2f"), ha="center", va="center", color=ink, fontsize=10)
                years = window_name(window_of(window))
                name_mark(axes, j, i, f"{pair_name(pair)}, {years}: {format_number(value, '.2f')}", 0.96, 0.9)
    names = [window_name(window) for window in WINDOWS if window[0] in columns]
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), names)
    axes.set_yticks(range(len(rows)), [pair_name(pair) for pair in rows])
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    first, last = rows[0], rows[-1]
    title = _("{first} speak most alike, {last} least", first=both_names(first), last=both_names(last))
    caption = _(
        "Mean likeness (TF-IDF cosine) of two states' speeches, {words}; ordered by the last window. A year counts "
        "where both speeches are in the corpus, n = {fewest} to {most} years.",
        words=text_words()[text],
        fewest=int(frame["years"].min()),
        most=int(frame["years"].max()),
    )
    said = "; ".join(f"{pair_name(pair)} {', '.join(_decimals(wide.loc[pair], 2))}" for pair in rows)
    alt_text = _("Heat map of likeness by pair, {windows}: {pairs}.", windows=names, pairs=said)
    return Drawing(title, alt_text, caption, frame, sources=[load("speech_pairs")["source"].head(1)])


def reach(window: Window) -> tuple[float, float]:
    """The ends of the line that stands for a window."""
    return window[0] - 0.4, window[1] + 0.4


def _decimals(values: pd.Series, places: int) -> list[str]:
    """Numbers as text, with what is missing as unknown."""
    return [format_number(value, f".{places}f") if pd.notna(value) else _("unknown") for value in values]


def _shades(values: pd.DataFrame) -> Any:
    """A colour for each likeness: the darker, the more alike."""
    from matplotlib import colormaps
    from matplotlib.colors import Normalize

    scale = Normalize(values.min().min() - 0.02, values.max().max() + 0.04)
    return lambda value: colormaps["GnBu"](scale(value))
