"""The figures that set the measures of closeness side by side."""

from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.grids import draw_box, draw_unknown, frame_matrix
from centralasia.figures.letters import fitting_size
from centralasia.figures.marks import band, heading_lines, name_rows
from centralasia.figures.naming import name_mark
from centralasia.figures.narrow import split_columns
from centralasia.figures.style import FAINT, GREY, INK, is_narrow, text_colour_on
from centralasia.regions import pair_name
from centralasia.synthesis import measures
from centralasia.synthesis.words import format_value, measure_name, measure_names, quantity_names
from datacontract.language import _, format_number, ngettext
from datacontract.words import capitalised, sentence

__all__ = ["correlation_chart", "pair_matrix"]

LARGEST = 8.5  # points, of letters in the matrix
COLUMN, WIDE_COLUMN = 54, 58  # points, for words; the wide one has room where the names of a pair stand in two lines
_PALEST, _DEEPEST = 0.06, 0.78  # of a ramp of greens, from the least close pair to the closest


@figure
def pair_matrix(canvas: Any, values: pd.DataFrame) -> Drawing:
    """Every pair (rows) by every measure of closeness (columns): the value, shaded by its rank within the column.

    Parameters
    ----------
    values : pandas.DataFrame
        As from `centralasia.synthesis.closeness`.

    The stronger the green, the closer the pair by that measure. A hatched field is unknown. Rows stand in the order of
    the mean rank, which serves the eye and is no index.

    Examples
    --------
    >>> synthesis.pair_matrix(synthesis.closeness("C5", 2019)).title
    Kyrgyzstan–Turkmenistan is closest by 2 of 6 measures
    """
    from matplotlib import colormaps

    ranks, order = values.rank(pct=True), list(measures.mean_ranks(values).index)
    lines, headings = 2, [heading_lines(measure_name(name)) for name in values]
    texts = {
        (pair, name): heading_lines(format_value(name, value))
        for name in values
        for pair, value in values[name].dropna().items()
    }
    fits = is_narrow(canvas) or fitting_size([*headings, *texts.values()], COLUMN, LARGEST) == LARGEST
    width = 1000 if is_narrow(canvas) else COLUMN if fits else WIDE_COLUMN  # there the columns follow the words
    names = [pair_name(pair) for pair in order]
    parts = split_columns(canvas, values, names, [*headings, *texts.values()], LARGEST)
    panels = canvas.subplots(len(parts), 1, squeeze=False)[:, 0]
    places = [(axes, x, name) for axes, part in zip(panels, parts, strict=True) for x, name in enumerate(part)]
    unknown = _("unknown")
    for y, pair in enumerate(order):
        for axes, x, name in places:
            called = f"{pair_name(pair)}, {measure_name(name)}"
            if (pair, name) not in texts:
                draw_unknown(axes, x, y)
                name_mark(axes, x, y, f"{called}: {unknown}", 1, 1)
                continue
            name_mark(axes, x, y, f"{called}: {format_value(name, values.loc[pair, name])}", 1, 1)
            shade = colormaps["Greens"](_PALEST + (_DEEPEST - _PALEST) * float(ranks.loc[pair, name]))
            draw_box(axes, x, y, 1, 1, facecolor=shade, linewidth=0, zorder=0)
            text = texts[pair, name]
            lines = max(lines, 1 + text.count("\n"))
            size = fitting_size([text], width, LARGEST)
            axes.text(x, y, text, ha="center", va="center", fontsize=size, color=text_colour_on(shade))
    for axes, part in zip(panels, parts, strict=True):
        heads = [heading_lines(measure_name(name)) for name in part]
        if fits:
            frame_matrix(axes, names, heads)
        else:
            frame_matrix(axes, [name.replace("–", "– ") for name in names], heads, letters=14)
        axes.tick_params(axis="x", labelsize=fitting_size(headings, width, LARGEST))
        axes.xaxis.tick_top()
    canvas.set_figheight(1 + len(panels) * (0.5 + (0.1 + 0.16 * lines) * len(order)))
    spoken = {name: ", ".join(f"{pair_name(p)} {format_value(name, v)}"
                              for p, v in values[name].dropna().sort_values(ascending=False, kind="stable").items())
              for name in values}  # fmt: skip
    words = " ".join(sentence(f"{capitalised(measure_name(name))}: {said or unknown}") for name, said in spoken.items())
    drawn = values.reset_index(names="pair").melt("pair", var_name="measure", value_name="value")
    caption = ngettext(
        "n = {n} value. Stronger green: closer by that measure.",
        "n = {n} values. Stronger green: closer by that measure.",
        int(values.notna().sum().sum()),
    )
    hatched = [_("Hatched: unknown.")] if values.isna().to_numpy().any() else []
    return Drawing(
        _matrix_title(values),
        _(
            "Matrix of {pairs} by {measures}. {words}",
            pairs=ngettext("{n} pair", "{n} pairs", len(order)),
            measures=ngettext("{n} measure", "{n} measures", values.shape[1]),
            words=words,
        ),
        " ".join([caption, *hatched]),
        drawn,
    )


def _matrix_title(values: pd.DataFrame) -> str:
    """Which pair is the closest by most of the measures that have one closest pair."""
    first = [values[name].idxmax() for name in values if values[name].eq(values[name].max()).sum() == 1]
    if not first:
        return _("No measure names one pair the closest")
    leaders = pd.Series(first, dtype="str").value_counts()
    if len(first) > 1 and leaders.iloc[0] == 1:
        return ngettext(
            "Each of {n} measure finds another pair the closest",
            "Each of {n} measures finds another pair the closest",
            len(first),
        )
    return ngettext(
        "{pair} is closest by {by} of {n} measure",
        "{pair} is closest by {by} of {n} measures",
        int(values.notna().any().sum()),
        pair=pair_name(leaders.index[0]),
        by=leaders.iloc[0],
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

    Examples
    --------
    >>> found = synthesis.correlations(synthesis.closeness("C5", 2019))
    >>> synthesis.correlation_chart(found).title
    The higher the number of visits of heads of state, the lower the agreement beyond chance
    """
    known = found.dropna(subset="rho").sort_values("rho", kind="stable", ignore_index=True)
    if known.empty:
        return draw_nothing(canvas, _("No two measures can be compared: too few pairs are known."), "", found)
    axes = canvas.subplots()
    names = [_("{one} and {other}", **measure_names(row)) for _row, row in known.iterrows()]
    apart = measures.outside_chance(known)
    places, height = range(len(known)), 0.4 if is_narrow(canvas) else 0.62
    axes.barh(places, known["high"] - known["low"], left=known["low"], height=height, zorder=1, **band(GREY))
    axes.scatter(known["rho"], places, s=62, color=["#1b6b3a" if a else "white" for a in apart],
                 edgecolor=["#1b6b3a" if a else GREY for a in apart], linewidth=1.6, zorder=3)  # fmt: skip
    axes.axvline(0, color=INK, lw=0.8, zorder=2)
    axes.set(xlim=(-1.05, 1.05), ylim=(-0.7, len(known) - 0.3), xlabel=_("Rank correlation over the pairs"))
    name_rows(axes, names, 36)
    axes.spines["left"].set_visible(False)
    words = [
        ngettext(
            "{name}: {rho:+.2f} over {n} pair, by chance {low:+.2f} to {high:+.2f}",
            "{name}: {rho:+.2f} over {n} pairs, by chance {low:+.2f} to {high:+.2f}",
            int(row.pairs),
            name=name,
            rho=row.rho,
            low=row.low,
            high=row.high,
        )
        for name, row in zip(names, known.itertuples(), strict=True)
    ]
    for y, row in zip(places, known.itertuples(), strict=True):
        text = format_number(row.rho, "+.2f")
        axes.text(1.08, y, text, va="center", fontsize=9, color=INK if apart[y] else FAINT)
        name_mark(axes, row.rho, y, words[y])
    canvas.set_figheight(1.3 + (0.6 if is_narrow(canvas) else 0.38) * len(known))
    return Drawing(
        _correlation_title(known, apart),
        _("Dots for each two measures. {words}.", words="; ".join(words)),
        ngettext(
            "n = {n} comparison. Dot: Spearman's rank correlation over the pairs; grey band: nine in ten of those that "
            "appear when the states of one measure change names; full dot: outside the band.",
            "n = {n} comparisons. Dot: Spearman's rank correlation over the pairs; grey band: nine in ten of those "
            "that appear when the states of one measure change names; full dot: outside the band.",
            len(known),
        ),
        known,
    )


def _correlation_title(known: pd.DataFrame, apart: pd.Series) -> str:
    """What the lowest or the highest correlation says, where it lies outside of what chance gives."""
    least, most = known.iloc[0], known.iloc[-1]
    if apart.iloc[0] and least["rho"] < 0:
        other = measures.corrected(known, least)
        if other is not None and other["rho"] > 0:
            return _(
                "The higher the {one}, the lower the {other}; agreement corrected for chance shows no such link",
                **quantity_names(least),
            )
        return _("The higher the {one}, the lower the {other}", **quantity_names(least))
    if apart.iloc[-1]:
        return _("The higher the {one}, the higher the {other}", **quantity_names(most))
    if apart.any():
        return _("Beyond what chance gives: {n} of {all} correlations", n=int(apart.sum()), all=len(known))
    return _("No two measures order the pairs alike, or against each other, beyond chance")
