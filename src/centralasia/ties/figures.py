"""The figures of ties between the pairs of a region."""

import itertools
import textwrap

import pandas as pd

from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import FAINT, GREY, INK, RULE, WIDTH
from centralasia.names import NONE_FOUND, level_name
from centralasia.regions import pair_name
from centralasia.ties import measures as ties
from datacontract.labels import translate_figure
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = [
    "empty",
    "keys",
    "level_shares",
    "level_steps",
    "level_style",
    "mark",
    "signed_words",
    "step_blocks",
    "year_of",
]

_LIGHT, _DARK = (0.89, 0.91, 0.93), (0.17, 0.23, 0.30)
_HATCHES = ["----", "////", "xxxx", ""]
_MARKS = {"treaty": "s", "agreement": "s"}
MARKER_WORDS = (
    "Square: treaty or agreement; circle: declaration or another act. Full: high confidence; hollow: medium; dotted: "
    "low. Acts known to the month or year stand in its middle."
)
EDGE = {"high": "solid", "medium": "solid", "low": (0, (1.2, 1.2))}


def level_style(level):
    """How a level is filled in every figure: darker is higher, each hatched its own way; dotted white: none found."""
    scale = ties.levels()
    if pd.isna(level):
        return {"facecolor": "white", "hatch": "..", "edgecolor": GREY, "hatch_linewidth": 0.4}
    place = scale.index(level)
    share = place / max(len(scale) - 1, 1)
    shade = tuple(light + share * (dark - light) for light, dark in zip(_LIGHT, _DARK, strict=True))
    return {
        "facecolor": shade,
        "hatch": _HATCHES[place % len(_HATCHES)],
        "edgecolor": "#ffffff" if share > 0.5 else "#8a949e",
        "hatch_linewidth": 0.6,
    }


def keys(rows, most=24):
    """The source keys of rows, for a caption; where they are too many, their number."""
    found = sorted({key for cell in rows["source"].dropna() for key in cell.split(SEPARATOR)})
    return ", ".join(found) if len(found) <= most else f"{len(found)}, in the list of sources"


def year_of(first, last):
    """The middle of the days that a date can mean, as a year with its fraction."""
    middle = first + (last - first) / 2
    return middle.year + (middle.day_of_year - 1) / 365.25


def empty(canvas, words):
    """Says what is not there, in words instead of empty axes; returns the title and the description."""
    canvas.set_size_inches(WIDTH, 0.7)
    canvas.text(0.02, 0.5, textwrap.fill(words, 80), va="center", color=FAINT)
    return words, f"Nothing is drawn here. {words}"


@figure
def level_steps(canvas, region, state, first_year, last_year, minimum_confidence="low"):
    """A step chart: the level of every pair of a region over time, one row a pair, the highest above.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year`.
    state : str
        The state whose pairs are set in bold.
    first_year, last_year : int
        The years drawn.
    minimum_confidence : str
        See `centralasia.ties.acts`.

    The higher and darker a row, the higher the level signed so far. A dotted line: no label was found up to then.
    """
    years = ties.period(region, first_year, last_year)
    last = ties.levels_by_year(region, years[-1:], minimum_confidence).sort_values(
        ["level", "since"], ascending=[False, True]
    )
    of, span, scale = list(last["pair"]), (first_year, last_year + 1), ties.levels()
    heights = {level: 0.86 * (i + 1) / len(scale) for i, level in enumerate(scale)}
    signed = ties.signatures(of, minimum_confidence).dropna(subset="last")
    signed = signed[signed["last"].dt.year <= last_year]
    steps = ties.transitions(of, last_year, minimum_confidence)
    axes = canvas.subplots()
    for row, pair in enumerate(of):
        axes.plot(span, [row, row], color=RULE, lw=0.8, zorder=1)
        for level, start, end in step_blocks(axes, row, steps[steps["pair"] == pair], heights, span):
            name = level_name(level)
            if end < span[1] and end - start > 0.026 * len(name) * (span[1] - span[0]):
                top = row - heights[level] - 0.05
                axes.text((start + end) / 2, top, name, ha="center", va="bottom", fontsize=8.5, zorder=4)
        for act in signed[(signed["pair"] == pair) & (signed["first"].dt.year >= first_year)].itertuples():
            mark(axes, year_of(act.first, act.last), row - heights[act.level], act)
    for row, found in enumerate(last.itertuples()):
        since = "" if pd.isna(found.since) else f", {found.since[:4]}"
        words = textwrap.fill(level_name(found.level) + since, 27)
        axes.text(last_year + 1.4, row - 0.2, words, va="center", fontsize=9)
    axes.set(xlim=span, ylim=(len(of) - 0.6, -1.05), xlabel=translate_figure("axis.year"))
    axes.set_yticks([row - 0.2 for row in range(len(of))], [pair_name(pair) for pair in of], fontsize=9)
    for label, pair in zip(axes.get_yticklabels(), of, strict=True):
        label.set_fontweight("bold" if state in pair.split("-") else "normal")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_size_inches(WIDTH, 1.1 + 0.43 * len(of))
    title = _steps_title(last, last_year)
    draw_title(canvas, title)
    words = " ".join(f"{pair_name(pair)}: {signed_words(signed[signed['pair'] == pair])}." for pair in of)
    drawn = signed[["tie_id", "pair", "date", "level", "instrument", "act", "confidence", "source"]]
    caption = (
        f"Highest level signed and found, {pluralize(len(of), 'pair')}, n = {len(signed)} signatures with a label. Higher "
        f"and darker: {' < '.join(map(level_name, scale))}; dotted line: none found, which proves no absence. "
        f"{MARKER_WORDS} Sources: {keys(signed)}."
    )
    return title, f"Step chart of the level of ties, {first_year} to {last_year}. {words}", caption, drawn


def mark(axes, x, y, act):
    """The marker of a signature: its shape tells the kind of act, its filling the confidence."""
    face = INK if act.confidence == "high" else "white"
    axes.scatter(
        x,
        y,
        s=24,
        marker=_MARKS.get(act.instrument, "o"),
        facecolor=face,
        edgecolor=INK,
        linewidth=1,
        linestyle=EDGE[act.confidence],
        zorder=5,
    )


def step_blocks(axes, base, steps, heights, span):
    """Draws the levels of one pair as blocks that stand on a base line, dotted as long as no label was found.

    `heights` gives the height of each level above (below zero: in axes that are not turned) the base. Returns the
    blocks as level, start and end in years.
    """
    from matplotlib.patches import Rectangle

    at = [min(max(year_of(s.first, s.last), span[0]), span[1]) for s in steps.itertuples()]
    turns = [*at, span[1]]
    axes.plot([span[0], turns[0]], [base, base], color=FAINT, lw=1.4, ls=":", zorder=2)
    blocks = [(level, *ends) for level, ends in zip(steps["level"], itertools.pairwise(turns), strict=True)]
    for level, start, end in blocks:
        top, style = base - heights[level], level_style(level)
        axes.add_patch(Rectangle((start, top), end - start, heights[level], linewidth=0, zorder=3, **style))
        axes.plot([start, start, end], [base, top, top], color=INK, lw=1.1, zorder=4)
    return blocks


def signed_words(signed):
    """``friendship 1998 (treaty), strategic 2013 (treaty)``: the labelled signatures of a pair in the order of time."""
    return ", ".join(f"{level_name(a.level)} {a.date} ({a.instrument})" for a in signed.itertuples()) or NONE_FOUND


def _steps_title(last, year):
    top = last["level"].max()
    if pd.isna(top):
        return translate_figure("steps.title_none", year=year, pairs=len(last))
    held = int((last["level"] == top).sum())
    return translate_figure("steps.title", year=year, level=level_name(top), n=held, pairs=len(last))


@figure
def level_shares(canvas, region, first_year, last_year, minimum_confidence="low"):
    """Stacked steps: the share of pairs at each level at the end of each year, the highest at the bottom.

    Parameters are those of `level_steps`. What was not found is drawn as unknown, on top.
    """
    years = ties.period(region, first_year, last_year)
    by_year = ties.levels_by_year(region, years, minimum_confidence)
    table = ties.shares(by_year)
    order = [*reversed(ties.levels()), NONE_FOUND]
    heights = (100 * table[order]).reindex(years)
    edges = [first_year - 0.5 + i for i in range(len(heights) + 1)]
    axes, base = canvas.subplots(), 0 * heights[order[0]]
    for level in order:
        top = base + heights[level]
        style = level_style(None if level == NONE_FOUND else level)
        axes.stairs(top, edges, baseline=base, fill=True, linewidth=0, **style)
        axes.stairs(top, edges, baseline=None, color=INK, lw=0.9)
        _name_band(axes, level, base, top, table)
        base = top
    axes.set(
        xlim=(first_year - 0.5, last_year + 0.5),
        ylim=(0, 100),
        xlabel=translate_figure("axis.year_end"),
        ylabel=translate_figure("shares.axis"),
    )
    axes.xaxis.get_major_locator().set_params(integer=True)
    canvas.set_size_inches(WIDTH, 3.6)
    title = _shares_title(by_year)
    draw_title(canvas, title)
    drawn = table.reset_index().rename(columns={level: level_name(level) for level in order})
    changes = table[(table != table.shift()).any(axis=1)]
    words = translate_figure(
        "shares.words", years=" ".join(f"{year}: {_mix(row, order)}." for year, row in changes.iterrows())
    )
    held = table["pairs"].unique()
    n = translate_figure("shares.n_range", low=held.min(), high=held.max())
    n = translate_figure("shares.n", n=held[0]) if len(held) == 1 else n
    confidence = translate_figure(f"confidence.{minimum_confidence}")
    return title, words, translate_figure("shares.caption", n=n, confidence=confidence), drawn


def _mix(row, order):
    found = [level for level in order if row[level] > 0]
    return ", ".join(
        translate_figure("shares.share", level=level_name(level), percent=round(100 * row[level])) for level in found
    )


def _name_band(axes, level, base, top, table):
    """The name of a band at its right end, or inside where it does not last to the end."""
    height, row = top - base, table.iloc[-1]
    if height.iloc[-1] > 0:
        counts = {"n": round(row[level] * row["pairs"]), "pairs": int(row["pairs"])}
        words = translate_figure("shares.band", level=level_name(level), **counts)
        words = textwrap.fill(words, 30)
        axes.text(top.index[-1] + 0.8, (base + top).iloc[-1] / 2, words, va="center", fontsize=9.5)
    elif height.max() > 8:
        tall = height.index[height > height.max() / 2]
        year = tall[len(tall) // 2]
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        axes.text(year, (base + top)[year] / 2, level_name(level), ha="center", va="center", fontsize=9.5, bbox=paper)


def _shares_title(by_year):
    """What at least half of the pairs have reached at the end: the median of the ordinal scale."""
    last = by_year["year"].max()
    end = by_year[by_year["year"] == last]
    for level in reversed(end["level"].cat.categories):
        held = int((end["level"] >= level).sum())
        if 2 * held >= len(end):
            counts = {"n": held, "pairs": len(end), "year": last}
            return translate_figure("shares.title", level=level_name(level), **counts)
    return translate_figure("shares.title_none", year=last)
