"""The figures of the order of partners."""

import textwrap

import pandas as pd

from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title, heading_lines
from centralasia.figures.style import FAINT, GREY, INK, RULE, WIDTH
from centralasia.hierarchy import measures as hierarchy
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.words import ordinal

__all__ = ["hierarchy_bump", "places_by_reading"]

_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # keeps grid lines out of words
_EDGE = {"high": "solid", "medium": "solid", "low": (0, (1.2, 1.2))}


@figure
def hierarchy_bump(canvas, documents, focus, reading=hierarchy.BASELINE):
    """A bump chart: the places of partners across documents, the focus in bold.

    Parameters
    ----------
    documents : list of str
        Two or more ``document_id``, drawn from left to right.
    focus : str
        The actor to follow.
    reading : str
        See `hierarchy.ranking`.

    Full markers are places of high confidence, hollow ones of medium confidence, hollow dotted ones of low
    confidence; partners that are named without a place stand below the line.
    """
    orders = {d: hierarchy.ranking(d, reading) for d in documents}
    headings = {d: hierarchy.heading(d) for d in documents}
    rows = pd.concat(o.reset_index().assign(column=i) for i, o in enumerate(orders.values()))
    rows["actor"] = rows["actor"].astype(str)
    rows["depth"] = rows.groupby("column")["rank"].rank(method="min")
    placed = rows[rows["rank"].notna()].copy()
    # Shared places are drawn one below the other, from the place they share.
    placed["y"] = placed["depth"] + placed.groupby(["column", "depth"]).cumcount()
    depth, last = int(placed["y"].max()) if len(placed) else 1, len(documents) - 1
    axes = canvas.subplots()
    for actor, path in placed.groupby("actor", sort=False):
        _draw_path(axes, path, short_name(actor), colour(actor), actor == focus, last)
    for (column, _), tied in placed.groupby(["column", "depth"]):
        if len(tied) > 1:
            axes.plot(
                [column] * 2, [tied["y"].min(), tied["y"].max()], color=GREY, lw=9, zorder=1, solid_capstyle="round"
            )
    width = WIDTH * max(1, (last + 1.6) / 4.6)  # four columns fit the page, more are not put closer together
    left = _room(axes, last, width)
    below = _draw_unplaced(axes, rows, depth, 0.08 - left)
    axes.set(xlim=(-left, last + 0.8), ylim=(depth + 0.6 + below, 0.3), yticks=range(1, depth + 1))
    axes.set_xticks(range(len(documents)), [heading_lines(h) for h in headings.values()])
    axes.xaxis.tick_top()
    axes.set_ylabel(translate_figure("bump.axis"), loc="top")
    axes.spines[["bottom", "top", "left"]].set_visible(False)
    canvas.set_size_inches(width, 1.4 + 0.36 * (depth + below))
    title = _bump_title(orders, focus)
    draw_title(canvas, title)
    shared = " " + translate_figure("bump.shared") if placed.duplicated(["column", "depth"]).any() else ""
    counts = {"partners": rows["actor"].nunique(), "documents": len(documents), "n": len(rows)}
    keys = ", ".join(_source_keys(rows))
    caption = translate_figure("bump.caption", **counts, reading=reading, shared=shared, sources=keys)
    drawn = rows[["document_id", "reading", "list", "rank", "actor", "level", "confidence", "source"]]
    return title, _bump_words(orders, headings), caption, drawn


def _draw_path(axes, path, name, shade, bold, last):
    at = path.set_index("column")["y"].reindex(range(last + 1))  # a gap breaks the line
    axes.plot(at.index, at, color=shade, lw=3.4 if bold else 1.5, zorder=3 if bold else 2, solid_capstyle="round")
    for row in path.itertuples():
        face = shade if row.confidence == "high" else "white"
        axes.scatter(
            row.column, row.y, s=95 if bold else 60, facecolor=face, edgecolor=shade, zorder=5,
            linewidth=2.2 if bold else 1.6, linestyle=_EDGE[row.confidence],
        )  # fmt: skip
    weight = {"fontweight": "bold" if bold else "normal", "color": INK, "va": "center"}
    first, final = path.iloc[0], path.iloc[-1]
    if first["column"] == 0:
        axes.text(-0.09, first["y"], textwrap.fill(name, 14), ha="right", **weight)
    if final["column"] > 0 and (final["column"] == last or first["column"] > 0):
        axes.text(final["column"] + 0.09, final["y"], name, ha="left", **weight)


def _room(axes, last, width):
    """How far the axis stands left of the first column, in columns, so that no name there comes near it."""
    names = [(t.get_position()[0], t.get_window_extent().width / axes.figure.dpi) for t in axes.texts]
    left = max((inches for x, inches in names if x < 0), default=0) + 0.12
    right = max((inches for x, inches in names if x > last), default=0)
    # The layout is found only when all is drawn. It will leave about 0.6 inches to the scale, and narrow the columns
    # where a name at the right needs more than the room that is there anyhow.
    room = width - 0.6 - left
    column = min((room - right) / (last + 0.18), room / (last + 0.89))
    return max(0.8, 0.09 + left / column)


def _draw_unplaced(axes, rows, depth, x):
    """Names without a place, under a line whose heading begins at `x`; returns how many lines they take."""
    unplaced = rows[rows["rank"].isna()]
    if unplaced.empty:
        return 0
    axes.axhline(depth + 0.75, color=RULE, lw=0.8)
    axes.text(
        x, depth + 1.2, translate_figure("bump.unplaced"), color=FAINT, fontsize=9, va="center", fontweight="bold"
    )
    for column, group in unplaced.groupby("column"):
        for i, actor in enumerate(group["actor"]):
            axes.text(
                column,
                depth + 1.95 + 0.75 * i,
                short_name(actor),
                ha="center",
                va="center",
                fontsize=9,
                color=FAINT,
            )
    return 0.75 * (unplaced.groupby("column").size().max() + 1.6)


def _bump_title(orders, focus):
    stations = [hierarchy.place(order, focus) for order in orders.values()]
    without = {"unplaced": "bump.placeless", "not named": "bump.not_named"}
    words = [
        translate_figure("bump.place", rank=p.rank) if p.rank else translate_figure(without[p.how]) for p in stations
    ]
    return translate_figure("bump.title", name=short_name(focus), before=", ".join(words[:-1]), last=words[-1])


def _bump_words(orders, headings):
    """The whole chart as text: each document with its order."""
    parts = []
    for document, order in orders.items():
        placed = order[order["rank"].notna()]
        stations = [f"{int(r['rank'])} {short_name(a)}" for a, r in placed.iterrows()]
        rest = [short_name(a) for a in order.index[order["rank"].isna()]]
        tail = translate_figure("bump.rest", names=rest) if rest else ""
        places = ", ".join(stations) or translate_figure("bump.no_place")
        parts.append(translate_figure("bump.order", document=headings[document], places=places, rest=tail))
    return translate_figure("bump.words", documents=len(orders), orders=" ".join(parts))


def _source_keys(rows):
    return sorted({key for cell in rows["source"].dropna() for key in cell.split(";")})


@figure
def places_by_reading(canvas, documents, focus):
    """Where the focus stands in every reading of every document: does the finding depend on one coding?

    One line a document and reading, its place as a marker; where it has no place, the words say so.
    """
    rows = []
    for document in documents:
        for reading in hierarchy.readings(document):
            found = hierarchy.place(hierarchy.ranking(document, reading), focus)
            rows.append((document, hierarchy.heading(document), reading, found.rank, found.how, found.confidence))
    drawn = pd.DataFrame(rows, columns=["document_id", "document", "reading", "rank", "how", "confidence"])
    drawn["rank"] = drawn["rank"].astype("Int64")
    name, shade = short_name(focus), colour(focus)
    deepest = int(drawn["rank"].max()) if drawn["rank"].notna().any() else 1
    axes = canvas.subplots()
    y, ticks = 0.0, []
    for _, group in drawn.groupby("document_id", sort=False):
        axes.text(0.4, y - 0.75, group["document"].iloc[0], fontweight="bold", va="center", bbox=_CLEAR)
        for row in group.itertuples():
            ticks.append((y, row.reading.replace("_", " ")))
            if pd.isna(row.rank):
                axes.text(
                    1,
                    y,
                    translate_figure("places.unplaced" if row.how == "unplaced" else "bump.not_named"),
                    color=FAINT,
                    va="center",
                    ha="center",
                    fontsize=9,
                    bbox=_CLEAR,
                )
            else:
                face = shade if row.confidence == "high" else "white"
                axes.plot([0.55, row.rank], [y, y], color=RULE, lw=1, zorder=1)
                axes.scatter(
                    row.rank,
                    y,
                    s=95,
                    facecolor=face,
                    edgecolor=shade,
                    linewidth=2,
                    linestyle=_EDGE[row.confidence],
                    zorder=3,
                )
            y += 1
        y += 1.3
    axes.set_yticks([t for t, _ in ticks], [label for _, label in ticks])
    axes.set(
        xlim=(0.4, max(deepest, 4) + 0.5),
        ylim=(y - 1.2, -1.4),
        xticks=range(1, max(deepest, 4) + 1),
        xlabel=translate_figure("places.axis", name=name),
    )
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_size_inches(WIDTH, 1.3 + 0.33 * y)
    known = drawn["rank"].dropna()
    span = {"low": known.min(), "high": known.max()} if known.nunique() > 1 else {}
    kind = "between" if span else "each" if len(known) else "none"
    span = span or ({"rank": known.min()} if len(known) else {})
    without = len(drawn) - len(known) if len(known) else 0
    rest = translate_figure("places.rest", n=without) if without else ""
    title = translate_figure(f"places.{kind}", name=name, n=len(known) or len(drawn), rest=rest, **span)
    draw_title(canvas, title)
    words = " ".join(
        f"{heading}: {', '.join(_reading_words(row) for row in group.itertuples())}."
        for heading, group in drawn.groupby("document", sort=False)
    )
    caption = (
        f"Readings are alternative codings of the same sources (n = {len(drawn)}). "
        "Full marker: high confidence; hollow: medium; dotted: low."
    )
    return title, f"Dot chart of the place of {name} in every reading. {words}", caption, drawn


def _reading_words(row):
    return f"{row.reading} {row.how if pd.isna(row.rank) else ordinal(row.rank)}"
