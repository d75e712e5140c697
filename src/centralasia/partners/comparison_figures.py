"""The figures that set two orders, or two directions, side by side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import band, draw_key
from centralasia.figures.style import FAINT, GREY, INK, RULE
from centralasia.names import colour, document_name, short_name
from centralasia.partners import comparison, directions
from centralasia.partners.measures import RANGE
from centralasia.partners.sources import FEW_YEARS, SOURCES
from centralasia.partners.words import IN_SOURCE, UNITS, place_words, value_words, window_words
from centralasia.regions import members, pair_code
from datacontract.words import capitalised, join_list, span

__all__ = ["directions_chart", "likeness_chart"]

_MARKERS, _SHADES = ("o", "D", "s", "^", "v", "P"), (INK, "#006d77", "#8a5a00", "#4d4d4d", "#770044", "#3c4f9e")


@figure
def likeness_chart(
    canvas: Any, state: str, documents: Sequence[str], sources: Sequence[str], window: str, seed: int = 1
) -> Drawing:
    """How alike the revealed orders are to that of each document, against all orders of the same partners.

    A marker a source and document, a line over its other readings; grey is where 95 % of all orders lie.
    """
    rows = comparison.likeness_to_documents(state, documents, sources, [window], seed).dropna(subset="tau_b")
    if rows.empty:
        words = f"No text of {short_name(state)} orders two partners whose order is known {window_words(window, True)}."
        return draw_nothing(canvas, words, "One partner makes no order.", rows)
    shown, axes, width = list(dict.fromkeys(rows["by"])), canvas.subplots(), 0.6 / len(documents)
    axes.axvspan(*_chance(int(rows["n"].max())), **band(GREY))
    axes.axvline(0, color=GREY, lw=0.8)
    for (by, document), part in rows.groupby(["by", "document_id"], sort=False):
        place = list(documents).index(str(document))
        at = shown.index(by) + (place - (len(documents) - 1) / 2) * width
        shade = _SHADES[place % 6]
        axes.plot([part["tau_b"].min(), part["tau_b"].max()], [at, at], color=shade, lw=2, zorder=2)
        face = shade if part["years"].iloc[0] >= FEW_YEARS else "white"
        look = {"marker": _MARKERS[place % 6], "s": 55, "color": shade, "facecolor": face, "zorder": 3}
        axes.scatter(part["tau_b"], [at] * len(part), **look)
    axes.set(xlim=(-1.05, 1.05), ylim=(len(shown) - 0.4, -0.6), xticks=[-1, -0.5, 0, 0.5, 1])
    axes.set_xlabel("Kendall's tau-b: −1 reversed, 0 no likeness, 1 the same order")
    axes.set_yticks(range(len(shown)), [SOURCES[by] for by in shown])
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.7 + 0.5 * len(shown))
    draw_key(canvas, {document_name(d): (_MARKERS[i % 6], 7, _SHADES[i % 6]) for i, d in enumerate(documents)})
    caption = (
        f"n = {join_list(map(str, sorted(rows['n'].unique())), 'or')} partners. Grey: where 95 % of all orders of them "
        f"lie. Joined: readings of a text that are as well founded. Hollow: fewer than {FEW_YEARS} years."
    )
    each = [
        f"{SOURCES[str(by)]}, {document_name(str(d))} {span(own['tau_b'].min() + 0.0, own['tau_b'].max() + 0.0, '.1f')}"
        for (by, d), own in rows.groupby(["by", "document_id"], sort=False)
    ]
    return Drawing(_likeness_title(rows), f"Dot chart of tau-b. {'; '.join(each)}.", caption, rows, [rows["source"]])


def _chance(n: int) -> tuple[float, float]:
    """Where 95 % of tau-b lie over all orders of so many partners."""
    strict = tuple(map(float, range(1, n + 1)))
    low, high = np.percentile(comparison.reference(comparison.tau_b, strict, strict, 1), RANGE)
    return float(low), float(high)


def _likeness_title(rows: pd.DataFrame) -> str:
    won = comparison.closest_documents(rows)
    counts = won[list(dict.fromkeys(rows["document_id"]))].sum()
    most, ways = str(counts.idxmax()), int(won["ways"].sum())
    first = "no text comes closest most often"
    if len(counts) == 1:
        first = f"only {document_name(most, True)} can be compared"
    elif (counts == counts.max()).sum() == 1:
        first = f"{document_name(most, True)} comes closest in {int(counts[most])} of {ways} comparisons"
    beyond = int((rows["as_alike"] <= 0.05 * rows["orders"]).sum())
    chance = f"{beyond} of {len(rows)} likenesses are beyond chance" if beyond else "no likeness is beyond chance"
    return capitalised(f"{first}; {chance}")


@figure
def directions_chart(canvas: Any, state: str, region: str, source: str, window: str, seed: int = 1) -> Drawing:
    """What a state is to each other member of a region, and each member to it: two markers and a line between them."""
    others, name = [code for code in members(region) if code != state], short_name(state)
    found = [directions.both_directions(pair_code(state, other), [source], [window], seed) for other in others]
    rows = pd.concat(found, ignore_index=True).dropna(subset="lower")
    if rows.empty:
        words = f"No source shows {name} and its neighbours {IN_SOURCE[source]} {window_words(window, True)}."
        return draw_nothing(canvas, words, "Not known is not nothing.", rows)
    axes, shade = canvas.subplots(), colour(state)
    for _, row in rows.iterrows():
        outward = row["state"] == state
        y = others.index(row["partner"] if outward else row["state"])
        if pd.isna(row["value"]):
            axes.plot([row["lower"], row["upper"]], [y, y], color=shade, lw=5, alpha=0.3)
        axes.scatter(
            row["value"], y, s=95, color=shade, facecolor="white" if outward else shade, linewidth=1.8, zorder=3
        )
    for y, other in enumerate(others):
        both = rows.loc[(rows["state"] == other) | (rows["partner"] == other), "value"].dropna()
        if len(both) == 2:
            axes.plot([both.min(), both.max()], [y, y], color=RULE, lw=2, zorder=1)
    axes.set_yticks(range(len(others)), [short_name(other) for other in others])
    axes.set(ylim=(len(others) - 0.5, -0.5), xlabel=capitalised(UNITS[source]))
    low, high = min(0, rows["lower"].min()), max(rows["upper"].max(), 0) or 1
    axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.6 + 0.42 * len(others))
    draw_key(canvas, {f"{name} to the neighbour": ("o", 8.5, FAINT), f"the neighbour to {name}": ("o", 8.5, "white")})
    caption = (
        f"{capitalised(window_words(window))}. Bar: what is possible where a source names the largest partners alone. "
        f"Each state by its best series, which may differ; n = {len(rows)}."
    )
    each = [
        f"{short_name(row['partner'])} to {short_name(row['state'])} {value_words(source, row['value'])}, "
        + place_words(source, row, row["partners"])
        for _, row in rows.iterrows()
    ]
    title = _directions_title(rows, state, source)
    return Drawing(title, f"Dot chart of both directions. {'; '.join(each)}.", caption, rows, [rows["source"]])


def _directions_title(rows: pd.DataFrame, state: str, source: str) -> str:
    inward = rows[rows["partner"] == state].set_index("state")
    outward = rows[rows["state"] == state].set_index("partner")
    both, name = inward.index.intersection(outward.index), short_name(state)
    more = int((inward.loc[both, "lower"] > outward.loc[both, "upper"]).sum())
    less = int((inward.loc[both, "upper"] < outward.loc[both, "lower"]).sum())
    if not more and not less:
        return f"{name} and its neighbours {IN_SOURCE[source]}, seen from both sides"
    whom = "each neighbour" if more == len(both) else f"{more} of {len(both)} neighbours"
    than = "the neighbour does" if more == len(both) else "they do"
    return f"{name} ranks higher for {whom} {IN_SOURCE[source]} than {than} for {name}"
