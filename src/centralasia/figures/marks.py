"""What the matrices of agendas and meetings have in common: hatching for the unknown, keys, frames, sources."""

import textwrap

from centralasia.figures.figure import FAINT, GREY, INK, RULE
from datacontract.sources import SEPARATOR
from datacontract.words import join_list

HATCH = {"hatch": "////", "edgecolor": GREY, "linewidth": 0}
DISC, RING, DIAMOND, DASH = ("o", 8.5, FAINT), ("o", 8.5, "white"), ("D", 6, "white"), ("_", 8, FAINT)
MOST_KEYS = 12  # a caption names no more sources than these


def draw_title(canvas, title):
    """The title over the whole figure, in as many lines as it needs."""
    canvas.suptitle(textwrap.fill(title, 62), x=0.02, ha="left", fontsize=12, fontweight="bold")


def heading_lines(heading):
    """The heading of a column, in lines short enough to stand beside others."""
    return textwrap.fill(heading, 12, break_long_words=False)


def draw_unknown(axes, x, y):
    """Hatches one cell of a matrix."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor="none", zorder=0, **HATCH))


def draw_key(canvas, looks):
    """One line under the figure that explains its marks.

    `looks` maps words to a mark, ``(marker, size, face)``, or to the text ``hatch``.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = []
    for look in looks.values():
        if look == "hatch":
            handles.append(Patch(facecolor="white", **HATCH))
        else:
            shape = dict(zip(("marker", "markersize", "markerfacecolor"), look, strict=True))
            handles.append(Line2D([], [], linestyle="none", markeredgecolor=FAINT, markeredgewidth=1.6, **shape))
    canvas.legend(handles, list(looks), loc="outside lower center", ncols=4, frameon=False, fontsize=9)


def frame_matrix(axes, rows, columns, upright=False, edges=((), ()), letters=34):
    """Names, limits and grid of a matrix.

    `edges` are the rows and the columns before which a strong line stands; names of rows are broken into lines of so
    many `letters`.
    """
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_yticks(range(len(rows)), [textwrap.fill(row, letters) for row in rows], fontsize=9)
    axes.set_xticks(range(len(columns)), columns, fontsize=9 if upright else 8.5, rotation=90 if upright else 0)
    for draw, size, strong in ((axes.axhline, len(rows), edges[0]), (axes.axvline, len(columns), edges[1])):
        for at in range(1, size):
            draw(at - 0.5, color=INK if at in strong else RULE, lw=1.2 if at in strong else 0.6, zorder=1)


def name_sources(keys):
    """The keys of the sources for a caption, or how many they are where they would fill it."""
    keys = sorted(set(keys))
    return f"Sources: {join_list(keys)}." if len(keys) <= MOST_KEYS else f"Sources: {len(keys)}, listed under Sources."


def keys_of(cells):
    """The single keys in a column of source cells."""
    return {key for cell in cells.dropna() for key in cell.split(SEPARATOR)}


def band(shade):
    """The look of a band of values in a colour: pale, with an edge that is seen."""
    from matplotlib.colors import to_rgba

    return {"facecolor": to_rgba(shade, 0.17), "edgecolor": shade, "linewidth": 0.4}
