"""The figures of the order of partners."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, confidence_style, draw_box, heading_lines
from centralasia.figures.style import FAINT, GREY, INK, RULE, WIDTH, text_colour_on
from centralasia.hierarchy import measures
from centralasia.hierarchy.measures import BASELINE
from centralasia.names import colour, document_name, level_name, short_name
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import capitalised, ordinal, plain

__all__ = ["bump_chart", "places_by_reading", "relationship_labels"]

_SHADES = ("#eef4f4", "#cfe2e3", "#9cc4c6", "#4f9196", "#0b5157")  # weakest to strongest, apart also in grey
_NO_PLACE = {"color": FAINT, "ha": "center", "va": "center", "fontsize": 9}


@figure
def bump_chart(canvas: Any, documents: Sequence[str], focus: str, reading: str = BASELINE) -> Drawing:
    """A bump chart: the places of partners across documents, the focus in bold.

    Parameters
    ----------
    documents : list of str
        Two or more ``document_id``, drawn from left to right.
    focus : str
        The actor to follow.
    reading : str
        See `ranking`.

    Full markers are places of high confidence, hollow ones of medium confidence, hollow dotted ones of low
    confidence; partners that are named without a place stand below the line.
    """
    orders = measures.rankings(documents, reading)
    rows = measures.stacked(orders)
    rows["depth"] = rows.groupby("column")["rank"].rank(method="min")
    placed = rows.dropna(subset="rank").copy()
    # Shared places are drawn one below the other, from the place they share.
    placed["y"] = placed["depth"] + placed.groupby(["column", "depth"]).cumcount()
    shared = placed[placed.duplicated(["column", "depth"], keep=False)]
    depth, last = int(max([1, *placed["y"]])), len(documents) - 1
    axes = canvas.subplots()
    for actor, path in placed.groupby("actor", sort=False):
        _draw_path(axes, path, actor, actor == focus, last)
    for (column, _), y in shared.groupby(["column", "depth"])["y"]:
        axes.plot([column] * 2, [y.min(), y.max()], color=GREY, lw=9, zorder=1, solid_capstyle="round")
    width = WIDTH * max(1, (last + 1.6) / 4.6)  # four columns fit the page, more are not put closer together
    left = _left_margin(axes, last, width)
    below = _draw_unplaced(axes, rows[rows["rank"].isna()], depth, 0.08 - left)
    axes.set(xlim=(-left, last + 0.8), ylim=(depth + 0.6 + below, 0.3), yticks=range(1, depth + 1))
    axes.set_xticks(range(len(documents)), [heading_lines(document_name(d)) for d in documents])
    axes.xaxis.tick_top()
    axes.set_ylabel(translate_figure("bump.axis"), loc="top")
    axes.spines[["bottom", "top", "left"]].set_visible(False)
    canvas.set_size_inches(width, 1.4 + 0.36 * (depth + below))
    caption = translate_figure(
        "bump.caption", partners=rows["actor"].nunique(), documents=len(documents), n=len(rows),
        reading=", ".join(rows["reading"].unique()), sources=", ".join(source_keys(rows["source"])),
        shared=f" {translate_figure('bump.shared')}" if len(shared) else "",
    )  # fmt: skip
    drawn = rows[["document_id", "reading", "list", "rank", "actor", "level", "confidence", "source"]]
    return Drawing(_bump_title(orders, focus), _bump_words(orders), caption, drawn)


def _draw_path(axes: Any, path: pd.DataFrame, actor: str, bold: bool, last: int) -> None:
    shade, name = colour(actor), short_name(actor)
    at = path.set_index("column")["y"].reindex(range(last + 1))  # a gap breaks the line
    axes.plot(at.index, at, color=shade, lw=3.4 if bold else 1.5, zorder=3 if bold else 2, solid_capstyle="round")
    for row in path.itertuples():
        look = confidence_style(row.confidence, shade) | {"linewidth": 2.2 if bold else 1.6}
        axes.scatter(row.column, row.y, s=95 if bold else 60, zorder=5, **look)
    weight = {"fontweight": "bold" if bold else "normal", "color": INK, "va": "center"}
    first, final = path.iloc[0], path.iloc[-1]
    if first["column"] == 0:
        axes.text(-0.09, first["y"], textwrap.fill(name, 14), ha="right", **weight)
    if final["column"] > 0 and (final["column"] == last or first["column"] > 0):
        axes.text(final["column"] + 0.09, final["y"], name, ha="left", **weight)


def _left_margin(axes: Any, last: int, width: float) -> float:
    """How far the axis is left of the first column, in columns, so that no name there comes near it."""
    names = [(t.get_position()[0], t.get_window_extent().width / axes.figure.dpi) for t in axes.texts]
    left, right = max([0, *(i for x, i in names if x < 0)]) + 0.12, max([0, *(i for x, i in names if x > last)])
    # The layout is found only when all is drawn. It will leave about 0.6 inches to the scale, and narrow the columns
    # where a name at the right needs more than the room that is there anyhow.
    room = width - 0.6 - left
    column = min((room - right) / (last + 0.18), room / (last + 0.89))
    return max(0.8, 0.09 + left / column)


def _draw_unplaced(axes: Any, unplaced: pd.DataFrame, depth: int, x: float) -> float:
    """Names without a place, under a line whose heading begins at `x`; returns how many lines they take."""
    if unplaced.empty:
        return 0
    axes.axhline(depth + 0.75, color=RULE, lw=0.8)
    heading = _NO_PLACE | {"ha": "left", "fontweight": "bold"}
    axes.text(x, depth + 1.2, translate_figure("bump.unplaced"), **heading)
    for column, group in unplaced.groupby("column"):
        for i, actor in enumerate(group["actor"]):
            axes.text(column, depth + 1.95 + 0.75 * i, short_name(actor), **_NO_PLACE)
    return 0.75 * (unplaced.groupby("column").size().max() + 1.6)


def _bump_title(orders: Mapping[str, pd.DataFrame], focus: str) -> str:
    codes = {"placed": "bump.place", "unplaced": "bump.placeless", "not named": "bump.not_named"}
    found = [measures.place(order, focus) for order in orders.values()]
    words = [translate_figure(codes[p.status], rank=p.rank) for p in found]
    return translate_figure("bump.title", name=short_name(focus), before=", ".join(words[:-1]), last=words[-1])


def _bump_words(orders: Mapping[str, pd.DataFrame]) -> str:
    """The whole chart as text: each document with its order."""
    parts = []
    for document, order in orders.items():
        places = ", ".join(f"{rank} {short_name(actor)}" for actor, rank in order["rank"].dropna().items())
        unplaced = list(map(short_name, order.index[order["rank"].isna()]))
        rest = translate_figure("bump.rest", names=unplaced) if unplaced else ""
        words = {"places": places or translate_figure("bump.no_place"), "rest": rest}
        parts.append(translate_figure("bump.order", document=document_name(document), **words))
    return translate_figure("bump.words", documents=len(orders), orders=" ".join(parts))


@figure
def places_by_reading(canvas: Any, documents: Sequence[str], focus: str) -> Drawing:
    """Where the focus stands in every reading of every document: does the finding depend on one coding?

    One line a document and reading, its place as a marker; where it has no place, the words say so.
    """
    found = [(d, r, measures.place(measures.ranking(d, r), focus)) for d in documents for r in measures.readings(d)]
    drawn = pd.DataFrame(
        [(d, document_name(d), reading, p.rank, p.status, p.confidence) for d, reading, p in found],
        columns=["document_id", "document", "reading", "rank", "how", "confidence"],
    ).astype({"rank": "Int64"})
    known, name, shade = drawn["rank"].dropna(), short_name(focus), colour(focus)
    axes, ticks, words, gap = canvas.subplots(), [], [], 1.3  # the gap in lines, between two documents
    for i, (_, group) in enumerate(drawn.groupby("document_id", sort=False)):
        heading = group["document"].iloc[0]
        axes.text(0.4, group.index[0] + gap * i - 0.75, heading, fontweight="bold", va="center", bbox=TEXT_BOX)
        for row in group.itertuples():
            y = row.Index + gap * i
            ticks.append(y)
            if pd.isna(row.rank):
                why = translate_figure("places.unplaced" if row.how == "unplaced" else "bump.not_named")
                axes.text(1, y, why, bbox=TEXT_BOX, **_NO_PLACE)
            else:
                axes.plot([0.55, row.rank], [y, y], color=RULE, lw=1, zorder=1)
                axes.scatter(row.rank, y, s=95, linewidth=2, zorder=3, **confidence_style(row.confidence, shade))
        each = (f"{r.reading} {r.how if pd.isna(r.rank) else ordinal(r.rank)}" for r in group.itertuples())
        words.append(f"{heading}: {', '.join(each)}.")
    axes.set_yticks(ticks, drawn["reading"].map(plain))
    deepest, height = max([4, *known]), ticks[-1] + 1 + gap
    axes.set(xlim=(0.4, deepest + 0.5), ylim=(height - 1.2, -1.4), xticks=range(1, deepest + 1))
    axes.set_xlabel(translate_figure("places.axis", name=name))
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.3 + 0.33 * height)
    kind = "between" if known.nunique() > 1 else "each" if len(known) else "none"
    rest = translate_figure("places.rest", n=len(drawn) - len(known)) if 0 < len(known) < len(drawn) else ""
    ends = {"low": known.min(), "high": known.max(), "rank": known.min()}
    title = translate_figure(f"places.{kind}", name=name, n=len(known) or len(drawn), rest=rest, **ends)
    caption = (
        f"Readings are alternative codings of the same sources (n = {len(drawn)}). "
        "Full marker: high confidence; hollow: medium; dotted: low."
    )
    return Drawing(title, f"Dot chart of the place of {name} in every reading. {' '.join(words)}", caption, drawn)


@figure
def relationship_labels(canvas: Any, documents: Sequence[str], reading: str = BASELINE) -> Drawing:
    """What each partner is called in each document, on the ordered scale of labels.

    One row a partner that has a label in any of the documents, one column a document. A darker cell is a higher level;
    hatched cells are named without a label that was seen, empty ones not named in the part read.
    """
    from matplotlib.colors import LinearSegmentedColormap

    orders = measures.rankings(documents, reading)
    rows = measures.stacked(orders)
    scale = list(rows["level"].cat.categories)
    shades = LinearSegmentedColormap.from_list("labels", _SHADES, len(scale))
    labelled = rows.dropna(subset="level")
    partners = [a for a in rows["actor"].unique() if a in set(labelled["actor"])]
    drawn = rows[["document_id", "actor", "label", "level", "confidence", "source"]]
    caption = (
        f"Labels as coded on the scale {plain(', '.join(scale))} (n = {len(labelled)}, reading "
        f"{', '.join(rows['reading'].unique())}). Hatched: named, label not seen; empty: not named in the part read. "
        f"Sources: {', '.join(source_keys(labelled['source'])) or 'none'}."
    )
    if not partners:
        return draw_nothing(canvas, capitalised(translate_figure("labels.none")), caption, drawn)
    axes, lines, letters = canvas.subplots(), 2, 18 if len(documents) < 4 else 12
    for row in rows[rows["actor"].isin(partners)].itertuples():
        y, seen = partners.index(row.actor), pd.notna(row.level)
        face = shades(scale.index(row.level)) if seen else "white"
        draw_box(axes, row.column, y, 0.96, 0.92, facecolor=face, edgecolor=GREY, hatch="" if seen else "///")
        words = level_name(row.level) if seen else translate_figure("labels.unseen")
        words = textwrap.fill(words, letters, break_long_words=False)
        lines = max(lines, 1 + words.count("\n"))
        axes.text(row.column, y, words, ha="center", va="center", fontsize=9, color=text_colour_on(face),
                  bbox=None if seen else TEXT_BOX)  # fmt: skip
    axes.set(xlim=(-0.55, len(documents) - 0.45), ylim=(len(partners) - 0.4, -0.6))
    axes.set_xticks(range(len(documents)), [heading_lines(document_name(d)) for d in documents])
    axes.set_yticks(range(len(partners)), map(short_name, partners))
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    canvas.set_size_inches(WIDTH * max(1, len(documents) / 4.5), 1.3 + (0.12 + 0.15 * lines) * len(partners))
    parts = []
    for document, order in orders.items():
        names = [f"{short_name(a)} {level_name(level)}" for a, level in order["level"].dropna().items()]
        parts.append(f"{document_name(document)}: {', '.join(names) or 'no label seen'}.")
    top = list(map(short_name, labelled.loc[labelled["level"] == scale[-1], "actor"].unique()))
    form = "labels.title" if top else "labels.title_none"
    title = capitalised(translate_figure(form, level=level_name(scale[-1]), names=top, n=len(partners)))
    return Drawing(title, f"Matrix of relationship labels by partner and document. {' '.join(parts)}", caption, drawn)
