"""The figure of the control group: the labels of the same states with outside partners."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.grids import HATCH, draw_box, frame_grid
from centralasia.figures.letters import fill_lines
from centralasia.figures.marks import TEXT_BOX
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.narrow import split_columns
from centralasia.figures.style import INK
from centralasia.names import level_name, short_name
from centralasia.regions import members_at_end
from centralasia.ties import evidence, marks, register
from datacontract.language import _

__all__ = ["outside_grid"]


@figure
def outside_grid(canvas: Any, region: str, partners: Sequence[str], year: int) -> Drawing:
    """The control group: the highest label known of each member of a region with each outside partner.

    Filled: a signed act; framed: a document or statement of the state; hatched: nobody searched.

    >>> ties.outside_grid("C5", ["RUS", "CHN", "TUR"], 2020).title
    15 relations with outsiders: 0 signed and 6 declared labels known; nobody searched
    """
    table, states = evidence.outside_labels(region, partners, year), members_at_end(region, year)
    columns = list(dict.fromkeys(table["partner"]))
    caption = _(
        "Highest label known by {then} (n = {n} relations). Filled: of a signed act; framed, with an asterisk: only of "
        "a document or a statement of the state. Hatched: not known, and not searched. The year is the first in which "
        "the label is known.",
        then=marks.end_of(year),
        n=len(table),
    )
    if table.empty:
        return draw_nothing(canvas, _("There is no outside partner to compare with."), caption, table)
    labels = [marks.narrow_level(level) + "*" for level in {*table["signed"], *table["said"]} if pd.notna(level)]
    parts = split_columns(canvas, columns, map(short_name, states), [*labels, *map(short_name, columns)], 9)
    panels, words, lines = canvas.subplots(len(parts), 1, squeeze=False)[:, 0], [], 3
    places = {p: (axes, x) for axes, part in zip(panels, parts, strict=True) for x, p in enumerate(part)}
    for row in table.itertuples():
        (axes, x), y, style = places[row.partner], states.index(row.state), HATCH | {"facecolor": "white"}
        level, mark, date = None, "", pd.NA
        if pd.notna(row.signed):
            level, date, style = row.signed, row.signed_date, marks.level_style(row.signed)
        elif pd.notna(row.said):
            level, date, mark, style = row.said, row.said_date, "*", {"facecolor": "white", "edgecolor": INK}
        draw_box(axes, x, y, 0.92, 0.86, **(style | {"linewidth": 1.2 if level else 0}))
        here = f"{short_name(row.state)}, {short_name(row.partner)}: {marks.named_level(register.NOT_SEARCHED)}"
        if level:
            when = _("undated") if pd.isna(date) else str(date)[:4]
            text = f"{fill_lines(marks.narrow_level(level) + mark, 11, break_long_words=False)}\n{when}"
            lines = max(lines, text.count("\n") + 1)
            axes.text(x, y, text, ha="center", va="center", fontsize=8.5, bbox=TEXT_BOX | {"pad": 1})
            sides = {"state": short_name(row.state), "partner": short_name(row.partner)}
            label = f"{level_name(level)}{mark}"
            words.append(_("{state} with {partner}: {label}, {when}", **sides, label=label, when=when))
            here = with_sources(words[-1], row.source)
        name_mark(axes, x, y, here, 0.92, 0.86)
    for axes, part in zip(panels, parts, strict=True):
        frame_grid(axes, [short_name(s) for s in states], [short_name(p) for p in part])
        axes.xaxis.tick_top()
    canvas.set_figheight(0.5 + len(parts) * (0.4 + (0.62 + 0.17 * (lines - 3)) * len(states)))
    signed, said = int(table["signed"].count()), int((table["signed"].isna() & table["said"].notna()).sum())
    title = _(
        "{n} relations with outsiders: {signed} signed and {said} declared labels known; nobody searched",
        n=len(table),
        signed=signed,
        said=said,
    )
    listed = "; ".join(words) or _("None is known")
    alt_text = _("Grid of labels by state and outside partner. {labels}.", labels=listed)
    return Drawing(title, alt_text, caption, table, [table["source"]])
