"""The figures of what documents commit to and of what two of them share."""

import itertools

import pandas as pd

from centralasia.commitments import measures as agenda
from centralasia.commitments.overlap import shared_agenda
from centralasia.figures.figure import figure
from centralasia.figures.marks import (
    DASH,
    DISC,
    HATCH,
    RING,
    draw_key,
    draw_title,
    draw_unknown,
    frame_matrix,
    name_sources,
)
from centralasia.figures.style import FAINT, WIDTH, darken_to_contrast
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.words import pluralize

__all__ = ["commitment_matrix", "overlap_intervals"]

_LOOKS = {"direct": DISC, "indirect": RING, "absent": DASH, "unknown": "hatch"}


@figure
def commitment_matrix(canvas, first, second, which="all", strength="any"):
    """Which domains the documents of two states commit to: domains down, documents across.

    Parameters
    ----------
    first, second : str
        A coded document or a state (`agenda.documents_of`). The documents that they stand for are set in bold; the
        other coded documents of their states stand beside them.
    which, strength, data
        See `agenda.named`.

    A full disc is named directly, a ring named indirectly, a dash absent, a hatched field unknown.
    """
    states = list(dict.fromkeys(agenda.state_of(side) for side in (first, second)))
    of = agenda.coded_documents().set_index("document_id")["state"].astype("object")
    documents = [d for state in states for d in of.index[of == state]]
    chosen = [d for side in (first, second) for d in agenda.documents_of(side)]
    common = agenda.domains("common")
    codes = sorted(agenda.domains(which), key=lambda code: code not in common)  # the common ones on top
    marks = pd.DataFrame({d: agenda.marks(d, which, strength) for d in documents}).loc[codes]
    drawn = marks.rename_axis("domain").reset_index().melt("domain", var_name="document_id", value_name="mark")
    drawn["compared"] = drawn["document_id"].isin(chosen)

    shades = {state: colour(state) for state in states}
    names = {d: agenda.side_name(d) for d in documents}
    axes = canvas.subplots()
    for (x, document), (y, code) in itertools.product(enumerate(documents), enumerate(codes)):
        _draw_mark(axes, x, y, marks.loc[code, document], shades[of[document]])
    titles = agenda.titles()
    below = [y for y in range(1, len(codes)) if codes[y - 1] in common and codes[y] not in common]
    beside = [x for x in range(1, len(documents)) if of[documents[x]] != of[documents[x - 1]]]
    heads = [names[d].removeprefix(short_name(of[d])).strip(" :,") for d in documents]  # the state stands above
    frame_matrix(axes, [titles[c] for c in codes], heads, upright=True, edges=(below, beside), letters=42)
    for label, document in zip(axes.get_xticklabels(), documents, strict=True):
        label.set_fontweight("bold" if document in chosen else "normal")
    for state in states:
        middle = sum(i for i, d in enumerate(documents) if of[d] == state) / (of == state).sum()
        axes.text(
            middle, -0.7, short_name(state), ha="center", fontweight="bold", color=darken_to_contrast(shades[state])
        )
    shared = [c for c in codes if c in common]
    if shared:
        axes.text(
            len(documents) - 0.35,
            (len(shared) - 1) / 2,
            translate_figure("commitment.common"),
            rotation=270,
            va="center",
            fontsize=8.5,
        )
    draw_key(
        canvas, {translate_figure(f"commitment.{m}"): look for m, look in _LOOKS.items() if m in set(drawn["mark"])}
    )
    canvas.set_size_inches(WIDTH, 2.6 + 0.27 * len(codes))
    title = _matrix_title(marks, names)
    draw_title(canvas, title)
    words = " ".join(
        f"{names[d]}{' (compared)' if d in chosen else ''}: {_spoken(marks[d], titles)}." for d in documents
    )
    parted = " Above the line, the article's common denominators." if 0 < len(shared) < len(codes) else ""
    caption = (
        f"n = {len(drawn)} cells: {pluralize(len(codes), 'domain')} by {pluralize(len(documents), 'coded document')}; "
        f"in bold, those compared.{parted} {_sources(documents, which, strength)}"
    )
    return title, f"Matrix of the domains that documents commit to. {words}", caption, drawn


def _draw_mark(axes, x, y, mark, shade):
    if mark == "unknown":
        draw_unknown(axes, x, y)
    elif mark == "absent":
        axes.text(x, y, "–", ha="center", va="center", fontweight="bold")
    else:
        face = shade if mark == "direct" else "white"
        axes.scatter(x, y, s=75, facecolor=face, edgecolor=shade, linewidth=1.8, zorder=3)


def _matrix_title(marks, names):
    named = marks.isin(["direct", "indirect"]).sum()
    leading = [names[d] for d in marks if named[d] == named.max()]
    told = {"n": named.max(), "domains": len(marks), "cells": marks.size}
    told["unknown"] = int((marks == "unknown").sum().sum())
    if not named.max() or len(leading) > 2:
        return translate_figure("commitment.title_most", **told)
    return translate_figure("commitment.title", names=leading, leading=len(leading), **told)


def _spoken(marks, titles):
    parts = []
    for mark in _LOOKS:
        codes = list(marks.index[marks == mark])
        if mark == "unknown":
            parts += [f"{translate_figure('commitment.unknown')} {len(codes)}"] if codes else []
        elif codes:
            parts.append(f"{translate_figure(f'commitment.{mark}')} {', '.join(titles[c] for c in codes)}")
    return "; ".join(parts)


@figure
def overlap_intervals(canvas, first, second, which="all", strength="any"):
    """How many domains `first` shares with `second`, and with each of its `agenda.alternatives`, between bounds.

    One bar a comparison: full for the domains known to be shared, dotted for those of them that one and the same
    source vouches for on both sides, hatched for those that may be shared, empty for those known not to be. On the
    right the same for the article's common denominators alone, unless these are what was asked for. Parameters are
    those of `commitment_matrix`. The chance-corrected overlap is left out on purpose: with almost no 0 known its
    bounds say nothing, as `agenda.overlap_table` shows.
    """
    panels = {which: translate_figure("overlap.axis")}
    panels |= {} if which == "common" else {"common": translate_figure("overlap.axis_common")}
    sides = [side for side in agenda.alternatives(second, strength) if side != first]
    names = {side: agenda.side_name(side) for side in [first, *sides]}
    rows = []
    for chosen in panels:
        agendas = {side: agenda.named(side, chosen, strength) for side in [first, *sides]}
        for side in sides:
            shared = shared_agenda(agendas[first], agendas[side])
            same = len(agenda.one_source(first, side, chosen, strength))
            least, most = shared.count.low, shared.count.high
            rows.append((chosen, side, names[side], least, same, most, shared.domains))
    drawn = pd.DataFrame(rows, columns=["asked", "side", "other", "least", "one_source", "most", "domains"])
    every = canvas.subplots(1, len(panels), sharey=True, squeeze=False, width_ratios=[3, 2][: len(panels)])[0]
    shade = colour(agenda.state_of(second))
    for axes, (chosen, heading) in zip(every, panels.items(), strict=True):
        _draw_bars(axes, drawn[drawn["asked"] == chosen].reset_index(drop=True), shade)
        axes.set_xlabel(heading)
    every[0].set_yticks(range(len(sides)), drawn["other"].iloc[: len(sides)], fontsize=9)
    every[0].get_yticklabels()[0].set_fontweight("bold")
    canvas.set_size_inches(WIDTH, 1.5 + 0.38 * len(sides))
    name, row = names[first], drawn.iloc[0]
    kind, span = ("one", {}) if row["least"] == row["most"] else ("title", {"most": row["most"]})
    span |= {"least": row["least"], "domains": row["domains"]}
    title = translate_figure(f"overlap.{kind}", one=name, other=row["other"], **span)
    draw_title(canvas, title)
    words = " ".join(
        f"{panels[chosen]} shared by {name} and: {'; '.join(_bar_words(row) for _, row in group.iterrows())}."
        for chosen, group in drawn.groupby("asked", sort=False)
    )
    caption = (
        f"n = {row['domains']} domains. Full: known to be shared; dotted: shared as one and the same source tells of "
        "both "
        "sides; hatched: may be shared, unknown on one side or both. In bold, the comparison asked for; below it, "
        "other texts "
        f"of the same state of which anything is known. {_sources([first, *sides], which, strength)}"
    )
    return title, f"Bars between bounds. {words}", caption, drawn


def _sources(sides, which, strength):
    keys = (agenda.sources_by_domain(side, which, strength).values() for side in sides)
    return name_sources(itertools.chain.from_iterable(itertools.chain.from_iterable(keys)))


def _draw_bars(axes, rows, shade):
    for y, row in rows.iterrows():
        full, least, most = row["least"] - row["one_source"], row["least"], row["most"]
        axes.barh(y, full, height=0.5, color=shade)
        axes.barh(y, least - full, left=full, height=0.5, facecolor="white", edgecolor=shade, hatch="ooo", linewidth=0)
        axes.barh(y, most - least, left=least, height=0.5, facecolor="white", **HATCH)
        axes.barh(y, row["domains"], height=0.5, facecolor="none", edgecolor=FAINT, linewidth=0.7)
        axes.text(row["domains"] * 1.02, y, f"{least}" if least == most else f"{least}–{most}", va="center", fontsize=9)
    n = int(rows["domains"].max())
    axes.set(xlim=(0, n * 1.2), ylim=(len(rows) - 0.5, -0.5), xticks=range(0, n + 1, 1 if n < 6 else 5))
    axes.spines[["left", "bottom"]].set_visible(False)


def _between(row):
    span = f"{row['least']}" if row["least"] == row["most"] else f"{row['least']} to {row['most']}"
    return f"{span} of {row['domains']}"


def _bar_words(row):
    same = f" ({row['one_source']} as one source tells of both)" if row["one_source"] else ""
    return f"{row['other']}, {_between(row)}{same}"
