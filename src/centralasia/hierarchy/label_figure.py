"""The figure of relationship labels."""

import textwrap

import pandas as pd

from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title, heading_lines
from centralasia.figures.style import FAINT, GREY, WIDTH, text_colour_on
from centralasia.hierarchy import measures as hierarchy
from centralasia.names import level_name, short_name
from datacontract.labels import translate_figure
from datacontract.words import MarkdownText

__all__ = ["relationship_labels"]

_SHADES = ("#eef4f4", "#cfe2e3", "#9cc4c6", "#4f9196", "#0b5157")  # weakest to strongest, apart also in grey


@figure
def relationship_labels(canvas, documents, reading=hierarchy.BASELINE):
    """What each partner is called in each document, on the ordered scale of labels.

    One row a partner that has a label in any of the documents, one column a document. A darker cell is a higher level;
    hatched cells are named without a label that was seen, empty ones not named in the part read.
    """
    from matplotlib.patches import Rectangle

    scale = list(hierarchy.levels().categories)
    shades = dict(zip(scale, _SHADES, strict=True))
    orders = {d: hierarchy.ranking(d, reading) for d in documents}
    rows = pd.concat(o.reset_index().assign(column=i) for i, o in enumerate(orders.values()))
    labelled = rows.loc[rows["level"].notna(), "actor"].astype(str)
    partners = list(dict.fromkeys(a for a in rows["actor"].astype(str) if a in set(labelled)))
    axes = canvas.subplots()
    letters, lines = 18 if len(documents) < 4 else 12, 2
    for row in rows[rows["actor"].astype(str).isin(partners)].itertuples():
        y, seen = partners.index(str(row.actor)), pd.notna(row.level)
        box = {"facecolor": shades[row.level] if seen else "white", "edgecolor": GREY, "hatch": "" if seen else "///"}
        axes.add_patch(Rectangle((row.column - 0.48, y - 0.46), 0.96, 0.92, **box))
        words = level_name(row.level) if seen else translate_figure("labels.unseen")
        words = textwrap.fill(words, letters, break_long_words=False)
        lines = max(lines, 1 + words.count("\n"))
        axes.text(row.column, y, words, ha="center", va="center", fontsize=9, color=text_colour_on(box["facecolor"]),
                  bbox=None if seen else {"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
    if not partners:
        axes.text(0.5, 0.5, translate_figure("labels.none"), ha="center", color=FAINT)
    axes.set(xlim=(-0.55, len(documents) - 0.45), ylim=(max(len(partners), 1) - 0.4, -0.6))
    headings = [hierarchy.heading(d) for d in documents]
    axes.set_xticks(range(len(documents)), [heading_lines(h) for h in headings])
    axes.set_yticks(range(len(partners)), [short_name(p) for p in partners])
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    canvas.set_size_inches(WIDTH * max(1, len(documents) / 4.5), 1.3 + (0.12 + 0.15 * lines) * max(len(partners), 1))
    top = [p for p in partners if ((rows["actor"].astype(str) == p) & (rows["level"] == scale[-1])).any()]
    names = {"names": [short_name(p) for p in top]} if top else {}
    level = level_name(scale[-1]).capitalize() if top else level_name(scale[-1])
    if partners:
        title = translate_figure("labels.title" if top else "labels.title_none", level=level, n=len(partners), **names)
    else:
        none = translate_figure("labels.none")
        title = MarkdownText(none[:1].upper() + none[1:], none.language)
    draw_title(canvas, title)
    parts = []
    for heading, order in zip(headings, orders.values(), strict=True):
        said = order["level"].dropna()
        names = [f"{short_name(a)} {level_name(level)}" for a, level in said.items()]
        parts.append(f"{heading}: {', '.join(names) or 'no label seen'}.")
    keys = sorted({key for cell in rows.loc[rows["level"].notna(), "source"] for key in cell.split(";")})
    caption = (
        f"Labels as coded on the scale {', '.join(scale).replace('_', ' ')} (n = {len(labelled)}, reading {reading}). "
        f"Hatched: named, label not seen; empty: not named in the part read. Sources: {', '.join(keys) or 'none'}."
    )
    drawn = rows[["document_id", "actor", "label", "level", "confidence", "source"]]
    return title, "Matrix of relationship labels by partner and document. " + " ".join(parts), caption, drawn
