"""The figures of ties between the pairs of a region."""

import itertools

import pandas as pd

from centralasia.convergence import ties
from centralasia.figure import FAINT, INK, RULE, WIDTH, figure, short_name
from centralasia.regions import split_pair
from centralasia.words import count

_LIGHT, _DARK = (0.89, 0.91, 0.93), (0.17, 0.23, 0.30)
_HATCHES = ["....", "////", "xxxx", ""]
_MARKS = {"treaty": "s", "agreement": "s"}
EDGE = {"high": "solid", "medium": "solid", "low": (0, (1.2, 1.2))}


def level_style(level, data=None):
    """How a level is filled in every figure: darker is higher, each with a hatch of its own; dotted white for none found."""
    scale = ties.levels(data)
    if pd.isna(level):
        return {"facecolor": "white", "hatch": "..", "edgecolor": "#a8a8a8", "hatch_linewidth": 0.4}
    place = scale.index(level)
    share = place / max(len(scale) - 1, 1)
    shade = tuple(light + share * (dark - light) for light, dark in zip(_LIGHT, _DARK, strict=True))
    return {"facecolor": shade, "hatch": _HATCHES[place % len(_HATCHES)], "edgecolor": "#ffffff" if share > 0.5 else "#8a949e", "hatch_linewidth": 0.6}


def pair_name(pair, data=None):
    """``Kazakhstan–Turkmenistan``: the two states of a pair by name."""
    return "–".join(short_name(state, data) for state in split_pair(pair, data))


def keys(rows):
    """The source keys of rows, in words for a caption."""
    return ", ".join(sorted({key for cell in rows["source"].dropna() for key in cell.split(";")})) or "none"


def year_of(first, last):
    """The middle of the days that a date can mean, as a year with its fraction."""
    middle = first + (last - first) / 2
    return middle.year + (middle.day_of_year - 1) / 365.25


def empty(canvas, words):
    """Says what is not there, in words instead of empty axes."""
    canvas.set_size_inches(WIDTH, 0.7)
    canvas.text(0.02, 0.5, words, va="center", color=FAINT)


@figure
def level_steps(canvas, region, state, first_year, last_year, minimum_confidence="low", data=None):
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
        See `centralasia.convergence.ties.acts`.
    data : path, optional
        Another data folder.

    The higher and darker a row, the higher the level signed so far. A dotted line: no label was found up to then.
    """
    years = ties.period(region, first_year, last_year, data)
    last = ties.levels_by_year(region, years[-1:], minimum_confidence, data).sort_values(["level", "since"], ascending=[False, True])
    of, rank = list(last["pair"]), {level: i + 1 for i, level in enumerate(ties.levels(data))}
    signed = ties.acts(of, minimum_confidence, data).dropna(subset=["last", "level"])
    signed = signed[(signed["event"] == "signature") & (signed["last"].dt.year <= last_year)]
    steps = ties.transitions(of, last_year, minimum_confidence, data)
    axes, unit = canvas.subplots(), 0.86 / len(rank)
    for row, pair in enumerate(of):
        axes.plot([first_year, last_year + 1], [row, row], color=RULE, lw=0.8, zorder=1)
        _draw_steps(axes, row, steps[steps["pair"] == pair], rank, unit, (first_year, last_year + 1), data)
        for act in signed[(signed["pair"] == pair) & (signed["first"].dt.year >= first_year)].itertuples():
            mark(axes, year_of(act.first, act.last), row - unit * rank[act.level], act)
    for row, found in enumerate(last.itertuples()):
        since = "" if pd.isna(found.since) else f", {found.since[:4]}"
        axes.text(last_year + 1.4, row - 0.2, ties.level_name(found.level) + since, va="center", fontsize=9)
    axes.set(xlim=(first_year, last_year + 1), ylim=(len(of) - 0.6, -1.05))
    axes.set_yticks([row - 0.2 for row in range(len(of))], [pair_name(pair, data) for pair in of], fontsize=9)
    for label, pair in zip(axes.get_yticklabels(), of, strict=True):
        label.set_fontweight("bold" if state in pair.split("-") else "normal")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel("Year")
    canvas.set_size_inches(WIDTH, 1.1 + 0.43 * len(of))
    title = _steps_title(last, last_year, data)
    canvas.suptitle(title, x=0.02, ha="left", fontsize=12, fontweight="bold")
    words = " ".join(f"{pair_name(pair, data)}: {_path_words(steps[steps['pair'] == pair])}." for pair in of)
    drawn = steps[["pair", "date", "before", "level", "instrument", "act", "confidence", "source"]]
    caption = (
        f"Highest level signed and found, {count(len(of), 'pair')}, n = {len(signed)} signatures with a label. Higher and darker: "
        f"{' < '.join(ties.level_name(level) for level in rank)}; dotted line: none found, which proves no absence. Marker: a signature "
        f"(square: treaty or agreement; circle: declaration or another act; full: high confidence, hollow: medium, dotted: low); "
        f"acts known to the month or year stand in its middle. Sources: {keys(signed)}."
    )
    return title, f"Step chart of the level of ties, {first_year} to {last_year}. {words}", caption, drawn


def mark(axes, x, y, act):
    """The marker of a signature: its shape tells the kind of act, its filling the confidence."""
    face = INK if act.confidence == "high" else "white"
    axes.scatter(x, y, s=24, marker=_MARKS.get(act.instrument, "o"), facecolor=face, edgecolor=INK, linewidth=1, linestyle=EDGE[act.confidence], zorder=5)


def _draw_steps(axes, row, steps, rank, unit, span, data):
    """The levels of one pair as blocks that stand on its line; what is long enough to hold its name is named."""
    from matplotlib.patches import Rectangle

    at = [min(max(year_of(s.first, s.last), span[0]), span[1]) for s in steps.itertuples()]
    turns = [*at, span[1]]
    axes.plot([span[0], turns[0]], [row, row], color=FAINT, lw=1.4, ls=":", zorder=2)
    for level, (start, end) in zip(steps["level"], itertools.pairwise(turns), strict=True):
        height = unit * rank[level]
        axes.add_patch(Rectangle((start, row - height), end - start, height, linewidth=0, zorder=3, **level_style(level, data)))
        axes.plot([start, start, end], [row, row - height, row - height], color=INK, lw=1.1, zorder=4)


def _path_words(steps):
    """``friendship 1998, strategic 2013``: the steps of one pair."""
    return ", ".join(f"{ties.level_name(s.level)} {s.date}" for s in steps.itertuples()) or ties.NONE


def _steps_title(last, year, data):
    top = last["level"].max()
    if pd.isna(top):
        return f"No label of ties was found for any of {count(len(last), 'pair')} by {year}"
    return f"{int((last['level'] == top).sum())} of {count(len(last), 'pair')} reached {ties.level_name(top)} by {year}"


@figure
def level_shares(canvas, region, first_year, last_year, minimum_confidence="low", data=None):
    """Stacked steps: the share of the pairs of a region at each level at the end of each year, the highest at the bottom.

    Parameters are those of `level_steps`. What was not found is drawn as unknown, on top.
    """
    years = ties.period(region, first_year, last_year, data)
    table = ties.shares(ties.levels_by_year(region, years, minimum_confidence, data))
    order = [*reversed(ties.levels(data)), ties.NONE]
    heights = (100 * table[order]).reindex(years)
    edges = [first_year - 0.5 + i for i in range(len(heights) + 1)]
    axes, base = canvas.subplots(), 0 * heights[order[0]]
    for level in order:
        top = base + heights[level]
        style = level_style(None if level == ties.NONE else level, data)
        axes.stairs(top, edges, baseline=base, fill=True, linewidth=0, **style)
        axes.stairs(top, edges, baseline=None, color=INK, lw=0.9)
        if heights[level].iloc[-1] > 0:
            axes.text(last_year + 0.8, (base + top).iloc[-1] / 2, _share_words(level, table), va="center", fontsize=9.5)
        base = top
    axes.set(xlim=(first_year - 0.5, last_year + 0.5), ylim=(0, 100), xlabel="Year (at its end)", ylabel="Share of pairs, %")
    axes.xaxis.get_major_locator().set_params(integer=True)
    canvas.set_size_inches(WIDTH, 3.6)
    title = _shares_title(table, order, last_year)
    canvas.suptitle(title, x=0.02, ha="left", fontsize=12, fontweight="bold")
    drawn = table.reset_index().rename(columns={level: ties.level_name(level) for level in order})
    changes = table[(table != table.shift()).any(axis=1)]
    words = " ".join(
        f"{year}: {', '.join(f'{ties.level_name(level)} {round(100 * row[level])} %' for level in order if row[level] > 0)}."
        for year, row in changes.iterrows()
    )
    held = table["pairs"].unique()
    n = f"n = {held[0]} pairs" if len(held) == 1 else f"n = {held.min()} to {held.max()} pairs, as members join"
    caption = (
        f"Share of pairs by the highest level signed and found ({n}). A level is a lower bound. Dotted white: none found, "
        f"which proves no absence. Minimum confidence of an act: {minimum_confidence}."
    )
    return title, f"Stacked shares of pairs by level, years with a change. {words}", caption, drawn


def _share_words(level, table):
    row = table.iloc[-1]
    return f"{ties.level_name(level)} ({round(row[level] * row['pairs'])} of {int(row['pairs'])})"


def _shares_title(table, order, year):
    known = (1 - table[ties.NONE]).iloc[[0, -1]]
    if not known.iloc[1]:
        return f"No label of ties was found by {year}"
    return f"A label was found for {_percent(known.iloc[0])} of pairs in {table.index[0]}, for {_percent(known.iloc[1])} in {table.index[-1]}"


def _percent(share):
    return f"{round(100 * share)} %"
