"""Grids and matrices: their frames, their cells, and how a cell looks of which nothing is known."""

from collections.abc import Collection, Sequence
from typing import Any

from centralasia.figures.letters import fill_lines
from centralasia.figures.style import GREY, INK, RULE

__all__ = ["HATCH", "draw_box", "draw_unknown", "frame_grid", "frame_matrix"]

HATCH: dict[str, Any] = {"hatch": "////", "edgecolor": GREY, "linewidth": 0}


def draw_box(axes: Any, x: float, y: float, width: float, height: float, **style: Any) -> None:
    """A rectangle around a place of a grid, which lies in its axes: nothing has to be clipped."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x - width / 2, y - height / 2), width, height, clip_on=False, **style))


def draw_unknown(axes: Any, x: float, y: float) -> None:
    """Hatches one cell of a matrix."""
    draw_box(axes, x, y, 1, 1, facecolor="none", zorder=0, **HATCH)


def frame_matrix(
    axes: Any,
    rows: Sequence[str],
    columns: Sequence[Any],
    upright: bool = False,
    edges: tuple[Collection[int], Collection[int]] = ((), ()),
    letters: int = 34,
) -> None:
    """Names, limits and grid of a matrix.

    `edges` are the rows and the columns before which a strong line stands; names of rows are broken into lines of so
    many `letters`.
    """
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_yticks(range(len(rows)), [fill_lines(row, letters) for row in rows], fontsize=9)
    axes.set_xticks(range(len(columns)), columns, fontsize=9 if upright else 8.5, rotation=90 if upright else 0)
    for draw, size, strong in ((axes.axhline, len(rows), edges[0]), (axes.axvline, len(columns), edges[1])):
        for at in range(1, size):
            draw(at - 0.5, color=INK if at in strong else RULE, lw=1.2 if at in strong else 0.6, zorder=1)
    _leave_to_cells(axes)


def frame_grid(axes: Any, rows: Sequence[str], columns: Sequence[Any]) -> None:
    """Names and limits of a grid of cells without lines."""
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axes.set_xticks(range(len(columns)), columns, fontsize=9)
    axes.set_yticks(range(len(rows)), rows, fontsize=9)
    axes.spines[:].set_visible(False)
    _leave_to_cells(axes)


def _leave_to_cells(axes: Any) -> None:
    """Leaves what lies in the cells of a grid out of the layout, which would measure hundreds of words for nothing."""
    for drawn in (*axes.texts, *axes.patches, *axes.lines, *axes.collections):
        drawn.set_in_layout(False)
