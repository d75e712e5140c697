"""The figures of regional shares in trade, and of how far each state depends on water from abroad."""

import textwrap
from typing import Any

import pandas as pd

from centralasia.economies.measures import cross_section, definition, percent, unit_name
from centralasia.economies.trade import GOLD, gold_effect, trade_shares, without_trade_table
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.marks import DISC, HATCH, RING, TEXT_BOX, bold_ticks, draw_mark, whole_years
from centralasia.figures.style import FAINT, INK, darken_to_contrast
from centralasia.names import OTHER, colour, short_name, short_names
from datacontract.labels import translate_figure
from datacontract.words import capitalised, join_list, pluralize

__all__ = ["dependency_bars", "trade_share_chart"]

DASHES = {"kept": "-", "left_out": (0, (4, 1.6))}


@figure
def trade_share_chart(
    canvas: Any, region: str, state: str, first_year: int, last_year: int, gold: str = "kept"
) -> Drawing:
    """The share of the region in the trade of each reporting member, with gold (solid) and without (dashed).

    Parameters are those of `centralasia.economies.trade_shares`; `state` is set in bold and `gold` says which
    line the title speaks of. Hollow markers rest on a figure of low confidence. A vertical bar spans the bounds of a
    share that is unknown because a member is not listed.
    """
    found = {word: trade_shares(region, first_year, last_year, word) for word in GOLD}
    drawn = pd.concat([rows.assign(gold=word) for word, rows in found.items()])
    silent = short_names(without_trade_table(region, last_year))
    missing = f" No such table, so unknown: {join_list(silent)}." if silent else ""
    caption = (
        "Exports plus imports of goods with the other members, over those with all listed partners "
        f"(n = {len(found[gold])} reporter years). Solid: with gold; dashed: without the partners that stand for gold. "
        "Markers: the variant of the title; hollow: a figure of low confidence went in; a thin bar: bounds where a "
        f"member is not listed.{missing}"
    )
    if drawn.empty:
        return draw_nothing(canvas, translate_figure("trade.title_none"), caption, drawn)
    canvas.set_figheight(3.9)
    axes = canvas.subplots()
    for (word, reporter), own in drawn.groupby(["gold", "reporter"]):
        shade, width = colour(reporter), 2.3 if reporter == state else 1.6
        axes.plot(own["year"], 100 * own["share"], color=shade, ls=DASHES[word], lw=width, zorder=3)
        marked = own[own["gold"] == gold]
        unknown = marked[marked["share"].isna()]
        axes.vlines(unknown["year"], 100 * unknown["lower"], 100 * unknown["upper"], color=shade, lw=1)
        for one in marked.dropna(subset="share").itertuples():
            look = RING if one.doubtful else DISC
            draw_mark(axes, one.year, 100 * one.share, look, shade, 20, linewidth=1.2, zorder=4)
    top = 100 * drawn["upper"].max()
    _label_ends(axes, found[gold], state, top)
    _label_dashes(axes, gold_effect(region, first_year, last_year))
    first, last = drawn["year"].min(), drawn["year"].max()
    axes.set(xlim=(first - 0.5, last + 0.5), ylim=(0, top * 1.08), xlabel=translate_figure("axis.year"))
    axes.set_ylabel(translate_figure("trade.axis"))
    whole_years(axes)
    words = " ".join(_share_words(own, word) for word, rows in found.items() for _, own in rows.groupby("reporter"))
    unknown = f" Unknown for {join_list(silent)}." if silent else ""
    alt_text = f"Line chart of the share of the region in trade, per cent. {words}{unknown}"
    return Drawing(_share_title(found[gold], gold), alt_text, caption, drawn, [drawn["source"]])


def _label_ends(axes: Any, rows: pd.DataFrame, state: str, top: float) -> None:
    """Names at the right ends of the lines, moved apart where they would touch."""
    below, last = -top, rows.groupby("reporter").tail(1)
    heights = 50 * (last["lower"] + last["upper"])  # both are the share where that is known
    for one in last.assign(height=heights).sort_values(["height", "reporter"]).itertuples():
        below = max(one.height, below + 0.065 * top)
        axes.annotate(short_name(one.reporter), (one.year, below), xytext=(9, 0), textcoords="offset points",
                      va="center", fontsize=9.5, fontweight="bold" if one.reporter == state else "normal",
                      color=darken_to_contrast(colour(one.reporter)), annotation_clip=False)  # fmt: skip


def _label_dashes(axes: Any, both: pd.DataFrame) -> None:
    """Says what the dashes are where they are farthest from the line."""
    if len(both):
        at = both.loc[both["gap"].idxmax()]
        side = "left" if at["year"] - both["year"].min() < 3 else "center"
        axes.annotate(translate_figure("gold.left_out"), (at["year"], 100 * at["share_without"]), xytext=(0, 6),
                      textcoords="offset points", ha=side, fontsize=9, color=FAINT)  # fmt: skip


def _share_title(rows: pd.DataFrame, gold: str) -> str:
    known = rows.dropna(subset="share")
    if known.empty:
        return translate_figure("trade.title_none")
    last = known.groupby("reporter").tail(1).sort_values("share", ascending=False)
    shares = [
        translate_figure("trade.share", name=short_name(r.reporter), percent=100 * r.share) for r in last.itertuples()
    ]
    when = "trade.year" if last["year"].nunique() == 1 else "trade.last"
    when = translate_figure(when, year=int(last["year"].iloc[0]))
    return translate_figure("trade.title", when=when, gold=translate_figure(f"gold.{gold}"), shares=shares)


def _share_words(own: pd.DataFrame, gold: str) -> str:
    if own["share"].isna().all():
        last = own.iloc[-1]
        values = f"unknown, between {percent(last['lower'])} and {percent(last['upper'])} in {last['year']}"
    else:
        values = ", ".join(f"{r.year} {percent(r.share)}" + " (doubtful)" * r.doubtful for r in own.itertuples())
    return f"{short_name(own['reporter'].iloc[0])} {translate_figure(f'gold.{gold}')}: {values}."


@figure
def dependency_bars(canvas: Any, indicator: str, region: str, state: str, last_year: int) -> Drawing:
    """The latest value of an indicator for every member as bars, the highest above; unknown is hatched and said.

    For long-term means: one cross-section. The bar of `state` has its name in bold.
    """
    found, row = cross_section(indicator, region, last_year), definition(indicator)
    order = found.sort_values("value", ascending=False, na_position="last", kind="stable")
    top = row["maximum"] if "%" in row["unit"] and row["maximum"] <= 100 else order["value"].max() * 1.15 or 1
    axes = canvas.subplots()
    canvas.set_figheight(1.1 + 0.36 * len(order))
    for y, one in enumerate(order.itertuples()):
        if pd.isna(one.value):
            axes.barh(y, top, height=0.6, facecolor="white", **HATCH)
            axes.text(top / 2, y, translate_figure("water.unknown"), ha="center", va="center", fontsize=9.5, color=INK,
                      bbox=TEXT_BOX)  # fmt: skip
        else:
            shade = colour(one.Index)
            face = "white" if one.confidence == "low" else shade
            axes.barh(y, one.value, height=0.6, facecolor=face, edgecolor=shade, lw=1.4)
            axes.text(one.value + top * 0.01, y, f"{one.value:.0f}", va="center", fontsize=9.5)
    axes.set_yticks(range(len(order)), short_names(order.index))
    bold_ticks(axes.get_yticklabels(), order.index == state)
    axes.set(xlim=(0, top * 1.05), ylim=(len(order) - 0.5, -0.5), xlabel=f"{row['title']} ({unit_name(row['unit'])})")
    axes.spines["left"].set_color(OTHER)
    known = order["value"].dropna()
    caption = (
        f"{textwrap.shorten(row['definition'], 160)} (n = {len(known)} of {pluralize(len(order), 'member')} known). "
        "Long-term means: one cross-section, not a series. Hatched: unknown."
    )
    values = order["value"].map("{:.0f}".format, na_action="ignore").fillna("unknown")
    words = "; ".join(f"{name} {value}" for name, value in zip(short_names(order.index), values, strict=True))
    alt_text = f"Bar chart of {row['title'].lower()}, {row['unit']}: {words}."
    data = order.rename_axis("state").reset_index()
    return Drawing(_dependency_title(known, row), alt_text, capitalised(caption), data, [order["source"]])


def _dependency_title(known: pd.Series, row: pd.Series) -> str:
    if known.empty:
        return translate_figure("water.title_none", title=row["title"])
    unit, names = unit_name(row["unit"]), short_names(known.index)
    high, low = (translate_figure("water.value", value=known.iloc[i], unit=unit, name=names[i]) for i in (0, -1))
    if len(known) == 1:
        return translate_figure("water.title_one", title=row["title"], value=high)
    return translate_figure("water.title", title=row["title"], low=low, high=high)
