"""The figures that set two orders, or two directions, side by side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import band, draw_key
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, GREY, INK, RULE
from centralasia.names import colour, document_name, short_name
from centralasia.partners import comparison, directions
from centralasia.partners.measures import RANGE
from centralasia.partners.sources import FEW_YEARS
from centralasia.partners.words import in_source, place_words, source_name, unit_words, value_words, window_words
from centralasia.regions import members, pair_code
from datacontract.language import _, format_number, ngettext
from datacontract.phrases import span
from datacontract.words import capitalised

__all__ = ["directions_chart", "likeness_chart"]

_MARKERS, _SHADES = ("o", "D", "s", "^", "v", "P"), (INK, "#006d77", "#8a5a00", "#4d4d4d", "#770044", "#3c4f9e")


@figure
def likeness_chart(
    canvas: Any, state: str, documents: Sequence[str], sources: Sequence[str], window: str, seed: int = 1
) -> Drawing:
    """How alike the revealed orders are to that of each document, against all orders of the same partners.

    A marker a source and document, a line over its other readings; grey is where 95 % of all orders lie.

    >>> partners.likeness_chart("KAZ", ["kaz-2014", "kaz-2020"], ["trade", "votes"], "2014-2019").title
    The concept of 2014–2020 comes closest in 5 of 6 comparisons; no likeness is beyond chance
    """
    rows = comparison.likeness_to_documents(state, documents, sources, [window], seed).dropna(subset="tau_b")
    if rows.empty:
        words = _(
            "No text of {state} orders two partners whose order is known {window}.",
            state=short_name(state), window=window_words(window, True),
        )  # fmt: skip
        return draw_nothing(canvas, words, _("One partner makes no order."), rows)
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
        for tau in part["tau_b"]:
            said = f"{source_name(str(by))}, {document_name(str(document))}: {format_number(tau, '.1f')}"
            name_mark(axes, tau, at, said)
    axes.set(xlim=(-1.05, 1.05), ylim=(len(shown) - 0.4, -0.6), xticks=[-1, -0.5, 0, 0.5, 1])
    axes.set_xlabel(_("Kendall's tau-b: −1 reversed, 0 no likeness, 1 the same order"))
    axes.set_yticks(range(len(shown)), [source_name(by) for by in shown])
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.7 + 0.5 * len(shown))
    draw_key(canvas, {document_name(d): (_MARKERS[i % 6], 7, _SHADES[i % 6]) for i, d in enumerate(documents)})
    caption = _(
        "n = {numbers:or} partners. Grey: where 95 % of all orders of them lie. Joined: readings of a text that are as "
        "well founded. Hollow: fewer than {few} years.",
        numbers=sorted(rows["n"].unique()), few=FEW_YEARS,
    )  # fmt: skip
    each = []
    for (by, document), own in rows.groupby(["by", "document_id"], sort=False):
        tau = span(own["tau_b"].min(), own["tau_b"].max(), ".1f")
        each.append(f"{source_name(str(by))}, {document_name(str(document))} {tau}")
    alt_text = _("Dot chart of tau-b. {words}.", words="; ".join(each))
    return Drawing(_likeness_title(rows), alt_text, caption, rows, [rows["source"]])


def _chance(n: int) -> tuple[float, float]:
    """Where 95 % of tau-b lie over all orders of so many partners."""
    strict = tuple(map(float, range(1, n + 1)))
    low, high = np.percentile(comparison.reference(comparison.tau_b, strict, strict, 1), RANGE)
    return float(low), float(high)


def _likeness_title(rows: pd.DataFrame) -> str:
    won = comparison.closest_documents(rows)
    counts = won[list(dict.fromkeys(rows["document_id"]))].sum()
    most, ways = str(counts.idxmax()), int(won["ways"].sum())
    first = _("no text comes closest most often")
    if len(counts) == 1:
        first = _("only {document} can be compared", document=document_name(most, True))
    elif (counts == counts.max()).sum() == 1:
        first = ngettext(
            "{document} comes closest in {closest} of {n} comparison",
            "{document} comes closest in {closest} of {n} comparisons",
            ways, document=document_name(most, True), closest=int(counts[most]),
        )  # fmt: skip
    chance = _("no likeness is beyond chance")
    if beyond := int((rows["as_alike"] <= 0.05 * rows["orders"]).sum()):
        chance = _("beyond chance: {beyond} of {total} likenesses", beyond=beyond, total=len(rows))
    return capitalised(f"{first}; {chance}")


@figure
def directions_chart(canvas: Any, state: str, region: str, source: str, window: str, seed: int = 1) -> Drawing:
    """What a state is to each other member of a region, and each member to it: two markers and a line between them.

    >>> partners.directions_chart("KAZ", "C5", "trade", "2008-2013").title
    Kazakhstan weighs more for each neighbour in trade than the neighbour does for Kazakhstan
    """
    others, name = [code for code in members(region) if code != state], short_name(state)
    found = [directions.both_directions(pair_code(state, other), [source], [window], seed) for other in others]
    rows = pd.concat(found, ignore_index=True).dropna(subset="lower")
    if rows.empty:
        words = _(
            "No source shows {state} and its neighbours {in_source} {window}.",
            state=name, in_source=in_source(source), window=window_words(window, True),
        )  # fmt: skip
        return draw_nothing(canvas, words, _("Not known is not nothing."), rows)
    axes, shade = canvas.subplots(), colour(state)
    for _index, row in rows.iterrows():
        outward = row["state"] == state
        y = others.index(row["partner"] if outward else row["state"])
        if pd.isna(row["value"]):
            axes.plot([row["lower"], row["upper"]], [y, y], color=shade, lw=5, alpha=0.3)
        axes.scatter(
            row["value"], y, s=95, color=shade, facecolor="white" if outward else shade, linewidth=1.8, zorder=3
        )
        if pd.isna(row["value"]):
            middle, width = (row["lower"] + row["upper"]) / 2, row["upper"] - row["lower"]
            name_mark(axes, middle, y, with_sources(_direction_words(row, source), row["source"]), width)
        name_mark(axes, row["value"], y, with_sources(_direction_words(row, source), row["source"]))
    for y, other in enumerate(others):
        both = rows.loc[(rows["state"] == other) | (rows["partner"] == other), "value"].dropna()
        if len(both) == 2:
            axes.plot([both.min(), both.max()], [y, y], color=RULE, lw=2, zorder=1)
    axes.set_yticks(range(len(others)), [short_name(other) for other in others])
    axes.set(ylim=(len(others) - 0.5, -0.5), xlabel=capitalised(unit_words(source)))
    low, high = min(0, rows["lower"].min()), max(rows["upper"].max(), 0) or 1
    axes.set_xlim(low - 0.05 * (high - low), high + 0.05 * (high - low))  # whole marks at both ends
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.6 + 0.42 * len(others))
    inward, outward = _("{state} to the neighbour", state=name), _("the neighbour to {state}", state=name)
    draw_key(canvas, {inward: ("o", 8.5, FAINT), outward: ("o", 8.5, "white")})
    caption = _(
        "{window}. Bar: what is possible where a source names the largest partners alone. Each state by its best "
        "series, which may differ; n = {n}.",
        window=capitalised(window_words(window)), n=len(rows),
    )  # fmt: skip
    each = [_direction_words(row, source) for _index, row in rows.iterrows()]
    alt_text = _("Dot chart of both directions. {words}.", words="; ".join(each))
    return Drawing(_directions_title(rows, state, source), alt_text, caption, rows, [rows["source"]])


def _direction_words(row: pd.Series, source: str) -> str:
    """What a partner is to a state: ``Kazakhstan to Uzbekistan 5.5 %, 3rd of 5``."""
    return _(
        "{partner} to {state} {value}, {place}",
        partner=short_name(row["partner"]), state=short_name(row["state"]),
        value=value_words(source, row["value"]), place=place_words(source, row, row["partners"]),
    )  # fmt: skip


def _directions_title(rows: pd.DataFrame, state: str, source: str) -> str:
    inward = rows[rows["partner"] == state].set_index("state")
    outward = rows[rows["state"] == state].set_index("partner")
    both, name = inward.index.intersection(outward.index), short_name(state)
    more = int((inward.loc[both, "lower"] > outward.loc[both, "upper"]).sum())
    less = int((inward.loc[both, "upper"] < outward.loc[both, "lower"]).sum())
    if not more and not less:
        return _(
            "{state} and its neighbours {in_source}, seen from both sides", state=name, in_source=in_source(source)
        )
    if more == len(both):
        return _(
            "{state} weighs more for each neighbour {in_source} than the neighbour does for {state}",
            state=name, in_source=in_source(source),
        )  # fmt: skip
    return _(
        "{state} weighs more for {more} of {total} neighbours {in_source} than they do for {state}",
        state=name, more=more, total=len(both), in_source=in_source(source),
    )  # fmt: skip
