"""The figure of a cross-section: how far each state depends on water from abroad."""

import textwrap

import pandas as pd

from centralasia.convergence.economy import definition, unit_name
from centralasia.convergence.economy_tables import cross_section
from centralasia.figure import INK, OTHER, WIDTH, colour, figure, short_name
from centralasia.labels import word
from centralasia.plots.marks import HATCH, draw_title, keys_of, name_sources
from centralasia.words import count


@figure
def dependency_bars(canvas, indicator, region, state, last_year, data=None):
    """The latest value of an indicator for every member as bars, the highest above; unknown is hatched and said.

    For long-term means: one cross-section. The bar of `state` has its name in bold.
    """
    found = cross_section(indicator, region, last_year, data)
    row = definition(indicator, data)
    order = found.sort_values("value", ascending=False, na_position="last", kind="stable")
    top = row["maximum"] if "%" in row["unit"] and row["maximum"] <= 100 else order["value"].max() * 1.15 or 1
    axes = canvas.subplots()
    canvas.set_size_inches(WIDTH, 1.1 + 0.36 * len(order))
    for y, one in enumerate(order.itertuples()):
        if pd.isna(one.value):
            axes.barh(y, top, height=0.6, facecolor="white", **HATCH)
            axes.text(top / 2, y, word("water.unknown", data), ha="center", va="center", fontsize=9.5, color=INK,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        else:
            shade = colour(one.Index, data)
            low = one.confidence == "low"
            axes.barh(y, one.value, height=0.6, facecolor="white" if low else shade, edgecolor=shade, lw=1.4)
            axes.text(one.value + top * 0.01, y, f"{one.value:.0f}", va="center", fontsize=9.5)
    axes.set_yticks(range(len(order)), [short_name(s, data) for s in order.index])
    for label, member in zip(axes.get_yticklabels(), order.index, strict=True):
        label.set_fontweight("bold" if member == state else "normal")
    axes.set(
        xlim=(0, top * 1.05), ylim=(len(order) - 0.5, -0.5), xlabel=f"{row['title']} ({unit_name(row['unit'], data)})"
    )
    axes.spines["left"].set_color(OTHER)
    known = order["value"].dropna()
    title = _dependency_title(known, row, data)
    draw_title(canvas, title)
    words = "; ".join(
        f"{short_name(r.Index, data)} {'unknown' if pd.isna(r.value) else f'{r.value:.0f}'}" for r in order.itertuples()
    )
    caption = (
        f"{textwrap.shorten(row['definition'], 160)} (n = {len(known)} of {count(len(order), 'member')} known). "
        f"Long-term means: one cross-section, not a series. Hatched: unknown. {name_sources(keys_of(order['source']))}"
    )
    caption = caption[:1].upper() + caption[1:]
    drawn = order.rename_axis("state").reset_index()
    return title, f"Bar chart of {row['title'].lower()}, {row['unit']}: {words}.", caption, drawn


def _dependency_title(known, row, data):
    if known.empty:
        return word("water.title_none", data, title=row["title"])
    high, low = (
        word(
            "water.value",
            data,
            value=known.iloc[i],
            unit=unit_name(row["unit"], data),
            name=short_name(known.index[i], data),
        )
        for i in (0, -1)
    )
    if len(known) == 1:
        return word("water.title_one", data, title=row["title"], value=high)
    return word("water.title", data, title=row["title"], low=low, high=high)
