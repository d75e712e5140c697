"""The figures of what documents commit to and of what two of them share."""

import itertools
from typing import Any

import pandas as pd

from centralasia.commitments import measures
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.marks import DASH, DISC, HATCH, RING, bold_ticks, draw_key, draw_mark, frame_matrix
from centralasia.figures.style import FAINT, darken_to_contrast
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.words import pluralize, span

__all__ = ["matrix", "overlap_intervals"]

_LOOKS = {"direct": DISC, "indirect": RING, "absent": DASH, "unknown": "hatch"}


@figure
def matrix(canvas: Any, first: str, second: str, domains: str = "all", explicitness: str = "any") -> Drawing:
    """Which domains the documents of two states commit to: domains down, documents across.

    Parameters
    ----------
    first, second : str
        A coded document or a state (`documents_of`). The documents that they stand for are set in bold; the other
        coded documents of their states stand beside them.
    domains, explicitness : str
        See `coded`.

    A full disc is named directly, a ring named indirectly, a dash absent, a hatched field unknown.
    """
    texts = measures.coded_documents(first, second).set_index("document_id")["state"]
    chosen = {*measures.documents_of(first), *measures.documents_of(second)}
    names = {document: measures.agenda_name(document) for document in texts.index}
    titles, common = measures.domain_titles(), measures.domain_codes("common")
    codes = sorted(measures.domain_codes(domains), key=lambda code: code not in common)  # the common ones on top
    found, n_common = measures.marks(names, domains, explicitness).loc[codes], len({*codes} & {*common})
    drawn = found.reset_index().melt("domain", var_name="document_id", value_name="mark")
    drawn["compared"] = drawn["document_id"].isin(chosen)

    axes = canvas.subplots()
    for x, (document, marks) in enumerate(found.items()):
        for y, mark in enumerate(marks):
            draw_mark(axes, x, y, _LOOKS[mark], colour(texts[document]))
    places = pd.Series(range(len(texts)), texts.array).groupby(level=0, sort=False)
    heads = [names[d].removeprefix(short_name(texts[d])).strip(" :,") for d in names]  # the state stands above
    edges = [n_common], list(places.first())
    frame_matrix(axes, [titles[c] for c in codes], heads, upright=True, edges=edges, letters=42)
    bold_ticks(axes.get_xticklabels(), texts.index.isin(chosen))
    for state, middle in places.mean().items():
        shade = darken_to_contrast(colour(state))
        axes.text(middle, -0.7, short_name(state), ha="center", fontweight="bold", color=shade)
    if n_common:
        at = len(texts) - 0.35, (n_common - 1) / 2
        axes.text(*at, translate_figure("commitment.common"), rotation=270, va="center", fontsize=8.5)
    used = [mark for mark in _LOOKS if mark in set(drawn["mark"])]
    draw_key(canvas, {translate_figure(f"commitment.{mark}"): _LOOKS[mark] for mark in used})
    canvas.set_figheight(2.6 + 0.27 * len(codes))
    words = " ".join(
        f"{name}{' (compared)' * (document in chosen)}: {_describe_marks(found[document], titles)}."
        for document, name in names.items()
    )
    parted = " Above the line, the article's common denominators." if 0 < n_common < len(codes) else ""
    return Drawing(
        _matrix_title(found, names),
        f"Matrix of the domains that documents commit to. {words}",
        f"n = {len(drawn)} cells: {pluralize(len(codes), 'domain')} by {pluralize(len(texts), 'coded document')}; "
        f"in bold, those compared.{parted}",
        drawn,
        [measures.evidence(names, domains, explicitness)["source"]],
    )


def _matrix_title(found: pd.DataFrame, names: dict[str, str]) -> str:
    named, unknown = found.isin(["direct", "indirect"]).sum(), int(found.eq("unknown").sum().sum())
    leading = [names[document] for document in named.index[named == named.max()]]
    form = "commitment.title" if named.max() and len(leading) < 3 else "commitment.title_most"
    fields = {"n": named.max(), "domains": len(found), "cells": found.size, "unknown": unknown}
    return translate_figure(form, names=leading, leading=len(leading), **fields)


def _describe_marks(found: pd.Series, titles: pd.Series) -> str:
    codes = {mark: list(found.index[found == mark]) for mark in _LOOKS}
    words = {mark: ", ".join(titles[own]) for mark, own in codes.items()} | {"unknown": str(len(codes["unknown"]))}
    return "; ".join(f"{translate_figure(f'commitment.{mark}')} {words[mark]}" for mark in _LOOKS if codes[mark])


@figure
def overlap_intervals(canvas: Any, first: str, second: str, domains: str = "all", explicitness: str = "any") -> Drawing:
    """How many domains `first` shares with `second`, and with each of its `alternatives`, between bounds.

    One bar a comparison: full for the domains known to be shared, dotted for those of them that one and the same
    source vouches for on both sides, hatched for those that may be shared, empty for those known not to be. On the
    right the same for the article's common denominators alone, unless these are what was asked for. Parameters are
    those of `matrix`. The chance-corrected overlap is left out on purpose: with almost no 0 known its bounds say
    nothing, as `overlap_table` shows.
    """
    panels = {domains: translate_figure("overlap.axis")}
    panels.setdefault("common", translate_figure("overlap.axis_common"))
    others = measures.alternatives(second, explicitness, exclude=first)
    names, rows = {other: measures.agenda_name(other) for other in others}, []
    for asked, other in itertools.product(panels, others):
        shared = measures.compare(first, other, asked, explicitness)
        same = len(measures.one_source(first, other, asked, explicitness))
        rows.append((asked, other, names[other], shared.count.lower, same, shared.count.upper, shared.domains))
    drawn = pd.DataFrame(rows, columns=["asked", "side", "other", "least", "one_source", "most", "domains"])
    every = canvas.subplots(1, len(panels), sharey=True, squeeze=False, width_ratios=[3, 2][: len(panels)])[0]
    for axes, (asked, heading) in zip(every, panels.items(), strict=True):
        _draw_bars(axes, drawn[drawn["asked"] == asked], colour(measures.state_of(second)))
        axes.set_xlabel(heading)
    every[0].set_yticks(range(len(others)), names.values(), fontsize=9)
    every[0].get_yticklabels()[0].set_fontweight("bold")
    canvas.set_figheight(1.5 + 0.38 * len(others))
    name, row = measures.agenda_name(first), drawn.iloc[0]
    kind = "one" if row["least"] == row["most"] else "title"
    words = " ".join(
        f"{panels[asked]} shared by {name} and: {'; '.join(_describe_bar(row) for row in own.itertuples())}."
        for asked, own in drawn.groupby("asked", sort=False)
    )
    return Drawing(
        translate_figure(f"overlap.{kind}", one=name, **row[["other", "least", "most", "domains"]]),
        f"Bars between bounds. {words}",
        f"n = {row['domains']} domains. Full: known to be shared; dotted: shared as one and the same source tells of "
        "both sides; hatched: may be shared, unknown on one side or both. In bold, the comparison asked for; below it, "
        "other texts of the same state of which anything is known.",
        drawn,
        [measures.evidence([first, *others], domains, explicitness)["source"]],
    )


def _draw_bars(axes: Any, rows: pd.DataFrame, shade: str) -> None:
    dotted, n = {"facecolor": "white", "edgecolor": shade, "hatch": "oo", "linewidth": 0}, int(rows["domains"].max())
    for y, row in enumerate(rows.itertuples()):
        full = row.least - row.one_source
        axes.barh(y, full, height=0.5, color=shade)
        axes.barh(y, row.one_source, left=full, height=0.5, **dotted)
        axes.barh(y, row.most - row.least, left=row.least, height=0.5, facecolor="white", **HATCH)
        axes.barh(y, n, height=0.5, facecolor="none", edgecolor=FAINT, linewidth=0.7)
        axes.text(n * 1.02, y, span(row.least, row.most, joint="–"), va="center", fontsize=9)
    axes.set(xlim=(0, n * 1.2), ylim=(len(rows) - 0.5, -0.5), xticks=range(0, n + 1, 1 if n < 6 else 5))
    axes.spines[["left", "bottom"]].set_visible(False)


def _describe_bar(row: Any) -> str:
    same = f" ({row.one_source} as one source tells of both)" if row.one_source else ""
    return f"{row.other}, {span(row.least, row.most)} of {row.domains}{same}"
