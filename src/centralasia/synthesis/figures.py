"""The figures that set the measures of closeness side by side."""

import textwrap
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import band, draw_box, draw_unknown, frame_matrix, heading_lines
from centralasia.figures.style import FAINT, GREY, INK, text_colour_on
from centralasia.regions import pair_name
from centralasia.synthesis import measures
from datacontract.words import capitalised, pluralize

__all__ = ["correlation_chart", "pair_matrix"]

_PALEST, _DEEPEST = 0.06, 0.78  # of a ramp of greens, from the least close pair to the closest


@figure
def pair_matrix(canvas: Any, values: pd.DataFrame) -> Drawing:
    """Every pair (rows) by every measure of closeness (columns): the value, shaded by its rank within the column.

    Parameters
    ----------
    values : pandas.DataFrame
        As from `centralasia.synthesis.closeness`.

    The deeper the shade, the closer the pair by that measure. A hatched field is unknown. Rows stand in the order of
    the mean rank, which serves the eye and is no index.
    """
    from matplotlib import colormaps

    titles = measures.MEASURES
    ranks, order = values.rank(pct=True), list(measures.mean_ranks(values).index)
    axes, lines = canvas.subplots(), 2
    for y, pair in enumerate(order):
        for x, name in enumerate(values.columns):
            if pd.isna(value := values.loc[pair, name]):
                draw_unknown(axes, x, y)
                continue
            shade = colormaps["Greens"](_PALEST + (_DEEPEST - _PALEST) * float(ranks.loc[pair, name]))
            draw_box(axes, x, y, 1, 1, facecolor=shade, linewidth=0, zorder=0)
            text = heading_lines(measures.format_value(name, value))
            lines = max(lines, 1 + text.count("\n"))
            size = min(8.5, 90 / max(map(len, text.split())))  # a long word in another language is set smaller
            axes.text(x, y, text, ha="center", va="center", fontsize=size, color=text_colour_on(shade))
    frame_matrix(axes, [pair_name(pair) for pair in order], [heading_lines(titles[n]) for n in values.columns])
    axes.xaxis.tick_top()
    canvas.set_figheight(1.5 + (0.04 + 0.16 * lines) * len(order))
    spoken = {name: ", ".join(f"{pair_name(p)} {measures.format_value(name, v)}"
                              for p, v in values[name].dropna().sort_values(ascending=False, kind="stable").items())
              for name in values}  # fmt: skip
    words = " ".join(f"{capitalised(titles[name])}: {said or 'unknown'}." for name, said in spoken.items())
    drawn = values.reset_index(names="pair").melt("pair", var_name="measure", value_name="value")
    first = {name: values[name].idxmax() for name in values if values[name].eq(values[name].max()).sum() == 1}
    leaders = pd.Series(list(first.values()), dtype="str").value_counts()
    title = "No measure names one pair the closest"
    if len(first) > 1 and leaders.iloc[0] == 1:
        title = f"Each of {pluralize(len(first), 'measure')} finds another pair the closest"
    elif len(first):
        title = f"{pair_name(leaders.index[0])} is closest by {leaders.iloc[0]} of {pluralize(len(first), 'measure')}"
    return Drawing(
        title,
        f"Matrix of {pluralize(len(order), 'pair')} by {pluralize(values.shape[1], 'measure')}. {words}",
        f"n = {int(values.notna().sum().sum())} values. Deeper green: closer by that measure; hatched: unknown.",
        drawn,
    )


@figure
def correlation_chart(canvas: Any, found: pd.DataFrame) -> Drawing:
    """How far each two measures put the pairs into the same order, beside what chance gives.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.synthesis.correlations`.

    A dot is the rank correlation; the grey band holds nine in ten of the correlations that appear when the states
    of one measure change their names. A full dot lies outside the band.
    """
    known = found.dropna(subset="rho").sort_values("rho", kind="stable", ignore_index=True)
    if known.empty:
        return draw_nothing(canvas, "No two measures can be compared: too few pairs are known.", "", found)
    titles, axes = measures.MEASURES, canvas.subplots()
    names = [f"{titles[row.one]} and {titles[row.other]}" for row in known.itertuples()]
    apart = (known["rho"] < known["low"]) | (known["rho"] > known["high"])
    places = range(len(known))
    axes.barh(places, known["high"] - known["low"], left=known["low"], height=0.62, zorder=1, **band(GREY))
    axes.scatter(known["rho"], places, s=62, color=["#1b6b3a" if a else "white" for a in apart],
                 edgecolor=["#1b6b3a" if a else GREY for a in apart], linewidth=1.6, zorder=3)  # fmt: skip
    axes.axvline(0, color=INK, lw=0.8, zorder=2)
    axes.set(xlim=(-1.05, 1.05), ylim=(-0.7, len(known) - 0.3), xlabel="Rank correlation over the pairs")
    axes.set_yticks(places, [textwrap.fill(name, 36) for name in names], fontsize=9)
    axes.spines["left"].set_visible(False)
    for y, row in zip(places, known.itertuples(), strict=True):
        axes.text(
            1.08, y, f"{row.rho:+.2f}".replace("-", "−"), va="center", fontsize=9, color=INK if apart[y] else FAINT
        )
    canvas.set_figheight(1.3 + 0.38 * len(known))
    least, most = known.iloc[0], known.iloc[-1]
    title = "No two measures order the pairs alike, or against each other, beyond chance"
    if apart.iloc[0] and least["rho"] < 0:
        title = f"The higher the {titles[least['one']]}, the lower the {titles[least['other']]}"
        other = measures.corrected(known, least)
        if other is not None and other["low"] <= other["rho"] <= other["high"]:
            title += "; agreement corrected for chance shows no such link"
    elif apart.iloc[-1]:
        title = f"The higher the {titles[most['one']]}, the higher the {titles[most['other']]}"
    words = "; ".join(
        f"{name}: {row.rho:+.2f} over {pluralize(int(row.pairs), 'pair')}, by chance {row.low:+.2f} to {row.high:+.2f}"
        for name, row in zip(names, known.itertuples(), strict=True)
    )
    return Drawing(
        title,
        f"Dots for each two measures. {words}.",
        f"n = {pluralize(len(known), 'comparison')}. Dot: Spearman's rank correlation over the pairs; grey band: "
        "nine in ten of those that appear when the states of one measure change names; full dot: outside the band.",
        known,
    )
