"""What the marks of a drawing are called: words that the report shows at each of them.

A drawing function names its marks while it draws (`name_mark`, `name_line`); where they lie in the image is found once
its layout is known (`placed_marks`).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from datacontract.sources import short_reference, source_keys, sources

__all__ = ["name_line", "name_mark", "placed_marks", "with_sources"]

POINT = 11  # points: the width and the height of a mark that has no other size
APART = 6  # points between two named places of a line, at least
SHARES = 1000  # places are shares of the image, in whole thousandths
MOST_SOURCES = 3  # named with a mark


class _Named(NamedTuple):
    """The middle and the size of a mark in units of its axes, its words, and whether it is a place of a line."""

    axes: Any
    x: float
    y: float
    width: float
    height: float
    words: str
    follows: bool


_named: WeakKeyDictionary[Any, list[_Named]] = WeakKeyDictionary()  # by canvas


def name_mark(axes: Any, x: float, y: float, words: str, width: float = 0, height: float = 0) -> None:
    """Says in words what is drawn around a place of axes.

    Place and size are in the units of the axes; where a size is 0, it is that of a point. What is missing, or lies
    outside of the axes, is not drawn and gets no name.
    """
    if pd.notna(x) and pd.notna(y):
        _named.setdefault(axes.figure, []).append(_Named(axes, x, y, width, height, words, False))


def name_line(axes: Any, points: Iterable[tuple[float, float, str]]) -> None:
    """Names places of a line, ``(x, y, words)`` from left to right: of those close to each other only the first."""
    line = [_Named(axes, x, y, 0, 0, words, True) for x, y, words in points if pd.notna(x) and pd.notna(y)]
    if line:
        _named.setdefault(axes.figure, []).extend([line[0]._replace(follows=False), *line[1:]])


def with_sources(words: str, *cells: object) -> str:
    """Words with who published what they rest on, and when, in brackets: ``… (Akorda 2022)``."""
    named = dict.fromkeys(short_reference(source) for source in sources(source_keys(cells)))
    more = "; …" if len(named) > MOST_SOURCES else ""
    return f"{words} ({'; '.join(list(named)[:MOST_SOURCES])}{more})" if named else words


def placed_marks(canvas: Any, box: Any) -> list[list[Any]]:
    """The named marks of a canvas: left, top, width and height as shares of a box in inches (`SHARES`), and words.

    The layout of the canvas has to be done.
    """
    placed: list[list[Any]] = []
    inches, last = 1 / canvas.dpi, np.array([np.inf, np.inf])
    for mark in _named.get(canvas, ()):
        ends = [(mark.x + side * mark.width / 2, mark.y + side * mark.height / 2) for side in (0, -1, 1)]
        middle, *corners = mark.axes.transData.transform(np.array(ends, dtype=float)) * inches
        frame = mark.axes.bbox.padded(1)
        if not (np.isfinite(middle).all() and frame.contains(*(middle / inches))):
            continue
        if mark.follows and np.hypot(*(middle - last)) < APART / 72:
            continue
        size = np.maximum(np.abs(corners[1] - corners[0]), POINT / 72)
        left, top = middle[0] - size[0] / 2 - box.x0, box.y1 - middle[1] - size[1] / 2
        shares = np.array([left / box.width, top / box.height, size[0] / box.width, size[1] / box.height])
        placed.append([*(round(float(share) * SHARES) for share in shares), str(mark.words)])
        last = middle
    return placed
