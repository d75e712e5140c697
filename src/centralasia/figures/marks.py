"""What several figures share: titles, marks and their keys, axes of years, names of rows, labels at line ends."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from centralasia.figures.grids import HATCH, draw_unknown
from centralasia.figures.letters import fill_lines
from centralasia.figures.style import FAINT, WIDTH, darken_to_contrast, is_narrow
from datacontract.language import ngettext
from datacontract.sources import by_trust, short_reference, sources

__all__ = [
    "CROSS",
    "DASH",
    "DIAMOND",
    "DISC",
    "EDGE",
    "RING",
    "TEXT_BOX",
    "band",
    "bold_ticks",
    "confidence_style",
    "draw_key",
    "draw_legend",
    "draw_mark",
    "draw_title",
    "heading_lines",
    "label_line_ends",
    "name_lanes",
    "name_rows",
    "name_sources",
    "whole_years",
    "year_axis",
]

DISC, RING, DIAMOND, DASH = ("o", 8.5, FAINT), ("o", 8.5, "white"), ("D", 6, "white"), ("_", 8, FAINT)
CROSS = ("x", 7, FAINT)
EDGE: dict[str, Any] = {"high": "solid", "medium": "solid", "low": (0, (1.2, 1.2))}  # outline, by confidence
TEXT_BOX = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # keeps lines out of words
BESIDE = 14  # letters in a line of a name beside a narrow chart
MOST_SOURCES = 4  # a caption names no more than these


def draw_title(canvas: Any, title: str) -> None:
    """The title over the whole figure, in as many lines as it needs."""
    letters, style = (
        round(62 * canvas.get_figwidth() / WIDTH),
        {"x": 0.02, "ha": "left", "fontsize": 12, "fontweight": "bold"},
    )
    while canvas.suptitle(fill_lines(title, letters), **style).get_window_extent().x1 > canvas.bbox.width:
        letters -= 1


def heading_lines(heading: str) -> str:
    """The heading of a column, in lines short enough to stand beside others."""
    return fill_lines(heading, 12, break_long_words=False)


def confidence_style(confidence: str, colour: Any) -> dict[str, Any]:
    """The look of a marker by confidence: full where it is high, hollow where it is medium, dotted where it is low."""
    face = colour if confidence == "high" else "white"
    return {"facecolor": face, "edgecolor": colour, "linestyle": EDGE[confidence]}


def band(shade: Any) -> dict[str, Any]:
    """The look of a band of values in a colour: pale, with an edge that is seen."""
    from matplotlib.colors import to_rgba

    return {"facecolor": to_rgba(shade, 0.17), "edgecolor": shade, "linewidth": 0.4}


def draw_mark(axes: Any, x: float, y: float, look: Any, shade: Any, size: float = 75, **style: Any) -> None:
    """A mark as `draw_key` explains it, in a colour at a place of a matrix; ``hatch`` fills the whole cell."""
    if look == "hatch":
        draw_unknown(axes, x, y)
    elif look == DASH:
        axes.text(x, y, "–", ha="center", va="center", fontweight="bold")
    elif look == CROSS:
        axes.scatter(x, y, s=size / 2, marker="x", color=shade, zorder=4)
    else:
        marker, _, face = look
        style = {"facecolor": "white" if face == "white" else shade, "linewidth": 1.8, "zorder": 3} | style
        axes.scatter(x, y, s=size, marker=marker, edgecolor=shade, **style)


def draw_key(canvas: Any, looks: Mapping[str, Any]) -> None:
    """A few lines under the figure that explain its marks.

    `looks` maps words to a mark, ``(marker, size, face)``, or to the text ``hatch``.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for look in looks.values():
        if look == "hatch":
            handles.append(Patch(facecolor="white", **HATCH))
        else:
            shape = dict(zip(("marker", "markersize", "markerfacecolor"), look, strict=True))
            handles.append(Line2D([], [], linestyle="none", markeredgecolor=FAINT, markeredgewidth=1.6, **shape))
    draw_legend(canvas, 4, handles, [fill_lines(words, 34) if is_narrow(canvas) else words for words in looks])


def draw_legend(canvas: Any, columns: int, *named: Any) -> None:
    """The legend of a figure below it, in so many columns or in fewer where it would be wider than the figure.

    `named` are handles and labels, where they are not those of its axes.
    """
    for number in range(columns, 0, -1):
        style = {"loc": "outside lower center", "ncols": number, "frameon": False, "fontsize": 9}
        legend = canvas.legend(*named, **style)
        if number == 1 or legend.get_window_extent().width <= canvas.bbox.width:
            break
        legend.remove()


def name_rows(axes: Any, names: Sequence[str], letters: int, size: float = 9, lines: int | None = None) -> None:
    """Names of rows of bars at 0, 1, …: at the left in lines of so many letters; in a narrow drawing above each bar.

    Names are cut after so many `lines`. The limits of y are set; in a narrow drawing a bar leaves half of its row free.
    """
    if not is_narrow(axes.figure):
        shown = [fill_lines(name, letters, max_lines=lines) for name in names]
        axes.set_yticks(range(len(names)), shown, fontsize=size)
        return
    low, high = axes.get_ylim()
    axes.set_yticks([])
    for place, name in enumerate(names):
        at = (0, place - 0.24 if low > high else place + 0.24)
        style = {"transform": axes.get_yaxis_transform(), "va": "bottom", "fontsize": size, "linespacing": 1.05}
        style["bbox"] = TEXT_BOX  # a line across the rows passes behind the name
        axes.text(*at, fill_lines(name, round(360 / size), max_lines=2), **style).set_in_layout(False)


def name_lanes(axes: Any, names: Mapping[str, tuple[float, float]]) -> None:
    """Names of lanes of marks, each with the places of its lowest and of its highest marks: at the left of the lowest.

    In a narrow drawing a name stands above the highest, where the lane has to leave room for it.
    """
    if not is_narrow(axes.figure):
        axes.set_yticks([low for low, _high in names.values()], list(names), fontsize=9)
        return
    axes.set_yticks([], [])
    for name, (_low, high) in names.items():
        place = axes.annotate(
            name.replace("\n", " "), (0, high), xycoords=("axes fraction", "data"), xytext=(0, 8),
            textcoords="offset points", va="bottom", fontsize=9,
        )  # fmt: skip
        place.set_in_layout(False)


def bold_ticks(labels: Iterable[Any], chosen: Iterable[bool]) -> None:
    """Sets the names on an axis in bold where they are chosen."""
    for label, bold in zip(labels, chosen, strict=True):
        label.set_fontweight("bold" if bold else "normal")


def whole_years(axes: Any) -> None:
    """Only whole years on the x axis."""
    axes.xaxis.get_major_locator().set_params(integer=True)


def year_axis(axes: Any, years: Sequence[int]) -> None:
    """Whole years on the x axis, with room for markers at both ends."""
    axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
    whole_years(axes)
    axes.grid(axis="y")


def label_line_ends(axes: Any, names: Iterable[tuple[float, str, Any, bool]], height: float) -> None:
    """Names at the right end of lines, moved apart where they would touch.

    `names` holds ``(value, text, colour, bold)``; `height` is the height of the axes in inches, about. Leaves x to
    the last year that is drawn. In a narrow drawing long names stand in lines, which leaves room for the lines drawn.
    """
    low, high = axes.get_ylim()
    known = sorted((name for name in names if not np.isnan(name[0])), key=lambda name: (name[0], name[3]))
    texts = [fill_lines(name[1], BESIDE) if is_narrow(axes.figure) else name[1] for name in known]
    heights = [(high - low) * (0.155 + 0.17 * text.count("\n")) / height for text in texts]
    at = [name[0] for name in known]
    for _round in range(60):  # neighbours push each other until all have room
        for i in range(1, len(at)):
            lack = (heights[i - 1] + heights[i]) / 2 - (at[i] - at[i - 1])
            if lack > 0:
                at[i - 1], at[i] = at[i - 1] - lack / 2, at[i] + lack / 2
    for y, text, (value, _words, shade, bold) in zip(at, texts, known, strict=True):
        axes.annotate(
            text, (1.0, value), xycoords=("axes fraction", "data"), xytext=(1.02, y),
            textcoords=("axes fraction", "data"), color=darken_to_contrast(shade), va="center", fontsize=9,
            fontweight="bold" if bold else "normal", annotation_clip=False,
        )  # fmt: skip


def name_sources(keys: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The end of a caption that says who stands behind a figure, and the keys of the sources by the words for each.

    A few sources are all named, by publisher and year; of more it names the two that stand nearest to the facts.
    """
    known = by_trust(sources(keys))
    if not known:
        return "", {}
    named = {short_reference(source): source["source_key"] for source in reversed(known)}
    words = list(named)[::-1]
    if len(words) <= MOST_SOURCES:
        return ngettext("Source: {names}.", "Sources: {names}.", len(words), names=words), named
    shown = words[:2]
    text = ngettext(
        "{n} source, among them {names} (listed below).",
        "{n} sources, among them {names} (listed below).",
        len(known),
        names=shown,
    )
    return text, {word: named[word] for word in shown}
