"""The figures of the order of partners."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.grids import draw_box
from centralasia.figures.letters import fill_lines, widest
from centralasia.figures.marks import EDGE, TEXT_BOX, band, heading_lines
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.narrow import split_columns
from centralasia.figures.style import FAINT, GREY, INK, RULE, is_narrow, text_colour_on
from centralasia.hierarchy import alternatives, measures
from centralasia.hierarchy.words import place_words, places_in_words
from centralasia.names import (
    colour,
    document_name,
    document_row,
    in_document,
    level_name,
    short_name,
    short_names,
)
from datacontract.language import _, ngettext, pgettext

__all__ = ["order_chart", "relationship_labels"]

_SHADES = ("#eef4f4", "#cfe2e3", "#9cc4c6", "#4f9196", "#0b5157")  # weakest to strongest, apart also in grey
_DATA = ["document_id", "reading", "list", "rank", "actor", "level", "confidence", "source"]
_LINE, _NARROW_LINE = 0.27, 0.34  # inches, a place
_GAP = 0.2  # of a column, between two documents
_ROOM, _NARROW_ROOM = 58, 70  # points, for the name in a box


@figure
def order_chart(canvas: Any, documents: Sequence[str], focus: str, which: str = "equal") -> Drawing:
    """The order of partners as lists side by side: a document as it was read, in each of its distinct orders.

    Parameters
    ----------
    documents : list of str
        Two or more ``document_id``, drawn from left to right.
    focus : str
        The actor to follow.
    which : str
        Which readings are drawn: those as well founded as each other (``equal``), or ``all``.

    A full box is a place of high confidence, a faint one of medium, a dotted one of low confidence.

    Examples
    --------
    >>> hierarchy.order_chart(["kaz-2014", "kaz-2020"], "CA4").title
    Central Asia: 1st, joint 2nd or 3rd in 2014 and 4th in 2020
    """
    lists = [(document, order) for document in documents for order in alternatives.distinct_orders(document, which)]
    several = {document for document in documents if sum(own == document for own, _order in lists) > 1}
    beside = 2 if is_narrow(canvas) else len(lists)
    parts = [lists[at : at + beside] for at in range(0, len(lists), beside)]
    panels = canvas.subplots(len(parts), 1, squeeze=False)[:, 0]
    ends = [_draw_lists(axes, part, several, focus) for axes, part in zip(panels, parts, strict=True)]
    x, depths = max(x for x, _deepest in ends), [deepest + 1.8 for _x, deepest in ends]
    for axes, depth in zip(panels, depths, strict=True):
        axes.set(xlim=(-0.52, x + 0.52), ylim=(depth - 1.2, -1.2), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
    panels[0].get_gridspec().set_height_ratios(depths)
    width = canvas.get_figwidth() * (1 if is_narrow(canvas) else max(1, (x + 1) / 5.5))
    canvas.set_size_inches(width, 0.7 + (_NARROW_LINE if is_narrow(canvas) else _LINE) * sum(depths))
    rows = measures.stacked([order for _document, order in lists])
    named = rows[rows["rank"].isna()]["actor"].nunique()
    caption = [_("Read from the top; “=” marks a shared place. Full box: high confidence; faint: medium; dotted: low.")]
    if several and which == "equal":
        caption.append(_("Lists of one document are readings that are equally well founded."))
    if named:
        caption.append(
            ngettext(
                "{n} partner is named without a place and not drawn.",
                "{n} partners are named without a place and not drawn.",
                named,
            )
        )
    caption.append(_("No list is known to its end."))
    names = [alternatives.reading_name(*key) for key in zip(rows["document_id"], rows["reading"], strict=True)]
    drawn = rows.assign(reading=names)[_DATA]
    places = [_("{places} {where}", places=places_in_words(d, focus, which), where=_where(d)) for d in documents]
    title = _("{name}: {places}", name=short_name(focus), places=places)
    words = " ".join(_list_words(document, order, document in several) for document, order in lists)
    alt_text = ngettext(
        "Lists of partners in {n} document. {lists}",
        "Lists of partners in {n} documents. {lists}",
        len(documents),
        lists=words,
    )
    return Drawing(title, alt_text, " ".join(caption), drawn)


def _draw_lists(
    axes: Any, lists: Sequence[tuple[str, pd.DataFrame]], several: Collection[str], focus: str
) -> tuple[float, float]:
    """Lists side by side, the names of the documents above them; the last place to the right and the last below.

    Below a list of a document that has `several` stands whose reading it is.
    """
    deepest: float = max([1, *(int(order["rank"].notna().sum()) for _document, order in lists)])
    x, middles = 0.0, []
    for number, (document, order) in enumerate(lists):
        x += 0 if not number else 1 if lists[number - 1][0] == document else 1 + _GAP
        middles.append(x)
        placed = order.dropna(subset="rank")
        for y, (actor, row) in enumerate(placed.iterrows(), 1):
            sharing = int((order["rank"] == row["rank"]).sum())
            _draw_partner(axes, x, y, actor, row, actor == focus, sharing)
            said = f"{short_name(actor)}, {document_name(document)}: {place_words(row['rank'], sharing)}"
            name_mark(axes, x, y, with_sources(said, row["source"]), 0.94, 0.82)
        if document in several:
            name = fill_lines(alternatives.reading_name(document, order["reading"].iloc[0]), 17)
            axes.text(x, len(placed) + 0.65, name, ha="center", va="top", fontsize=8, color=FAINT)
            deepest = max(deepest, len(placed) + 0.6 * (name.count("\n") + 1))
    for document in dict.fromkeys(document for document, _order in lists):
        own = [at for at, (of, _order) in zip(middles, lists, strict=True) if of == document]
        axes.plot([own[0] - 0.47, own[-1] + 0.47], [0.35, 0.35], color=GREY, lw=1)
        heading = document_name(document) if len(own) > 1 else heading_lines(document_name(document))
        axes.text((own[0] + own[-1]) / 2, 0.15, heading, ha="center", va="bottom", fontweight="bold", fontsize=9.5)
    return x, deepest


def _draw_partner(axes: Any, x: float, y: int, actor: Any, row: pd.Series, bold: bool, sharing: int) -> None:
    """One partner of a list: a box with its place and name."""
    shade, confidence = colour(actor) if bold else GREY, row["confidence"]
    look: dict[str, Any] = {"edgecolor": shade, "linestyle": EDGE[confidence], "linewidth": 1.6 if bold else 0.8}
    face = shade if confidence == "high" and bold else RULE if confidence == "high" else "white"
    if bold and confidence == "medium":
        face = band(shade)["facecolor"]
    draw_box(axes, x, y, 0.94, 0.82, facecolor=face, **look)
    ink = text_colour_on(face) if face == shade else INK
    name = fill_lines(short_name(actor), 13)
    place = f"{row['rank']}{'=' if sharing > 1 else ''}"
    sizes, room = ((8, 6.5, 4.5), _ROOM) if not is_narrow(axes.figure) else ((8.5, 8, 5.5), _NARROW_ROOM)
    size = sizes[min(name.count("\n"), 2)]
    size *= min(1, room / widest(name.split("\n"), size, bold))
    weight = {"fontweight": "bold" if bold else "normal", "color": ink, "va": "center_baseline", "linespacing": 0.95}
    axes.text(x - 0.44, y, place, ha="left", fontsize=8, **weight)
    axes.text(x - 0.27, y, name, ha="left", fontsize=size, **weight)


def _where(document: str) -> str:
    """In a document by its year; in a draft, or in one without a date, by its name."""
    row = document_row(document)
    if row["date"] and row["kind"] != "concept_draft":
        return _("in {year}", year=row["date"][:4])
    return in_document(document)


def _list_words(document: str, order: pd.DataFrame, several: bool) -> str:
    """A list as text: its document, its reading where it has several, and its places."""
    reading = alternatives.reading_name(document, order["reading"].iloc[0]) if several else ""
    shared = order["rank"].duplicated(keep=False)
    ranks = order["rank"].dropna().items()
    placed = ", ".join(f"{rank}{'=' if shared[actor] else ''} {short_name(actor)}" for actor, rank in ranks)
    said = {"places": placed or _("no partner has a place")}
    said["document"] = f"{document_name(document)} ({reading})" if reading else document_name(document)
    if unplaced := short_names(order.index[order["rank"].isna()]):
        return _("{document}: {places}; named without a place: {names}.", names=unplaced, **said)
    return _("{document}: {places}.", **said)


@figure
def relationship_labels(canvas: Any, documents: Sequence[str]) -> Drawing:
    """What each partner is called in each document, on the ordered scale of labels.

    One row a partner that has a label in any of the documents, one column a document. A darker cell is a higher level;
    hatched cells are named without a label that was seen, empty ones not named in the part read.

    >>> hierarchy.relationship_labels(["kaz-2014", "kaz-2020"]).title
    The highest label, alliance, goes to Russia alone
    """
    from matplotlib.colors import LinearSegmentedColormap

    orders = {document: measures.ranking(document) for document in documents}
    rows = measures.stacked(list(orders.values()))
    scale = list(rows["level"].cat.categories)
    shades = LinearSegmentedColormap.from_list("labels", _SHADES, len(scale))
    labelled = rows.dropna(subset="level")
    partners = [a for a in rows["actor"].unique() if a in set(labelled["actor"])]
    drawn = rows[["document_id", "actor", "label", "level", "confidence", "source"]]
    caption = _(
        "Labels on the scale {scale} (n = {n}). Hatched: named, label not seen; empty: not named in the part read.",
        scale=", ".join(map(level_name, scale)),
        n=len(labelled),
    )
    if not partners:
        return draw_nothing(canvas, _("No label was seen for any partner."), caption, drawn)
    names, heads = list(map(short_name, partners)), {d: heading_lines(document_name(d)) for d in documents}
    written = [
        *heads.values(),
        *(level_name(level) if pd.notna(level) else _("no label seen") for level in rows["level"]),
    ]
    parts = split_columns(canvas, documents, names, written, 10)
    panels = canvas.subplots(len(parts), 1, squeeze=False)[:, 0]
    places = {d: (axes, x) for axes, part in zip(panels, parts, strict=True) for x, d in enumerate(part)}
    lines, letters = 2, 18 if len(documents) < 4 and not is_narrow(canvas) else 12
    for row in rows[rows["actor"].isin(partners)].itertuples():
        (axes, x), y, seen = places[row.document_id], partners.index(row.actor), pd.notna(row.level)
        face = shades(scale.index(row.level)) if seen else "white"
        draw_box(axes, x, y, 0.96, 0.92, facecolor=face, edgecolor=GREY, hatch="" if seen else "///")
        label = level_name(row.level) if seen else _("no label seen")
        text = fill_lines(label, letters, break_long_words=False)
        lines = max(lines, 1 + text.count("\n"))
        axes.text(x, y, text, ha="center", va="center", fontsize=9, color=text_colour_on(face),
                  bbox=None if seen else TEXT_BOX)  # fmt: skip
        said = f"{short_name(row.actor)}, {document_name(row.document_id)}: {label}"
        name_mark(axes, x, y, with_sources(said, row.source), 0.96, 0.92)
    for axes, part in zip(panels, parts, strict=True):
        axes.set(xlim=(-0.55, len(part) - 0.45), ylim=(len(partners) - 0.4, -0.6))
        axes.set_xticks(range(len(part)), [heads[d] for d in part])
        axes.set_yticks(range(len(partners)), names)
        axes.xaxis.tick_top()
        axes.spines[:].set_visible(False)
    width = canvas.get_figwidth() * (1 if is_narrow(canvas) else max(1, len(documents) / 4.5))
    canvas.set_size_inches(width, 0.5 + len(parts) * (0.8 + (0.12 + 0.15 * lines) * len(partners)))
    said_of = []
    for document, order in orders.items():
        labels = ", ".join(
            pgettext("a partner and its label", "{name} {level}", name=short_name(a), level=level_name(level))
            for a, level in order["level"].dropna().items()
        )
        said_of.append(
            _("{document}: {labels}.", document=document_name(document), labels=labels or _("no label seen"))
        )
    top = list(map(short_name, labelled.loc[labelled["level"] == scale[-1], "actor"].unique()))
    highest = level_name(scale[-1])
    if not top:
        title = _("The highest label, {level}, goes to nobody", level=highest)
    elif len(top) == 1:
        title = _("The highest label, {level}, goes to {name} alone", level=highest, name=top[0])
    else:
        title = _("The highest label, {level}, goes to {names}", level=highest, names=top)
    words = _("Matrix of relationship labels by partner and document. {documents}", documents=" ".join(said_of))
    return Drawing(title, words, caption, drawn)
