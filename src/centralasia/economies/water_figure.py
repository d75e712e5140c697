"""The figure of a cross-section: how far each state depends on water from abroad."""

import textwrap

import pandas as pd

from centralasia.economies.measures import definition, unit_name
from centralasia.economies.tables import cross_section
from centralasia.figures.figure import figure
from centralasia.figures.marks import HATCH, draw_title, name_sources
from centralasia.figures.style import INK, WIDTH
from centralasia.names import OTHER, colour, short_name
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import pluralize

__all__ = ["dependency_bars"]


@figure
def dependency_bars(canvas, indicator, region, state, last_year):
    """The latest value of an indicator for every member as bars, the highest above; unknown is hatched and said.

    For long-term means: one cross-section. The bar of `state` has its name in bold.
    """
    found = cross_section(indicator, region, last_year)
    row = definition(indicator)
    order = found.sort_values("value", ascending=False, na_position="last", kind="stable")
    top = row["maximum"] if "%" in row["unit"] and row["maximum"] <= 100 else order["value"].max() * 1.15 or 1
    axes = canvas.subplots()
    canvas.set_size_inches(WIDTH, 1.1 + 0.36 * len(order))
    for y, one in enumerate(order.itertuples()):
        if pd.isna(one.value):
            axes.barh(y, top, height=0.6, facecolor="white", **HATCH)
            axes.text(top / 2, y, translate_figure("water.unknown"), ha="center", va="center", fontsize=9.5, color=INK,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        else:
            shade = colour(one.Index)
            low = one.confidence == "low"
            axes.barh(y, one.value, height=0.6, facecolor="white" if low else shade, edgecolor=shade, lw=1.4)
            axes.text(one.value + top * 0.01, y, f"{one.value:.0f}", va="center", fontsize=9.5)
    axes.set_yticks(range(len(order)), [short_name(s) for s in order.index])
    for label, member in zip(axes.get_yticklabels(), order.index, strict=True):
        label.set_fontweight("bold" if member == state else "normal")
    axes.set(xlim=(0, top * 1.05), ylim=(len(order) - 0.5, -0.5), xlabel=f"{row['title']} ({unit_name(row['unit'])})")
    axes.spines["left"].set_color(OTHER)
    known = order["value"].dropna()
    title = _dependency_title(known, row)
    draw_title(canvas, title)
    words = "; ".join(
        f"{short_name(r.Index)} {'unknown' if pd.isna(r.value) else f'{r.value:.0f}'}" for r in order.itertuples()
    )
    caption = (
        f"{textwrap.shorten(row['definition'], 160)} (n = {len(known)} of {pluralize(len(order), 'member')} known). "
        f"Long-term means: one cross-section, not a series. Hatched: unknown. {name_sources(source_keys(order['source']))}"
    )
    caption = caption[:1].upper() + caption[1:]
    drawn = order.rename_axis("state").reset_index()
    return title, f"Bar chart of {row['title'].lower()}, {row['unit']}: {words}.", caption, drawn


def _dependency_title(known, row):
    if known.empty:
        return translate_figure("water.title_none", title=row["title"])
    high, low = (
        translate_figure(
            "water.value", value=known.iloc[i], unit=unit_name(row["unit"]), name=short_name(known.index[i])
        )
        for i in (0, -1)
    )
    if len(known) == 1:
        return translate_figure("water.title_one", title=row["title"], value=high)
    return translate_figure("water.title", title=row["title"], low=low, high=high)
