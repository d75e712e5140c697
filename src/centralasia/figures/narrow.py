"""What every drawing for a narrow screen needs: names in lines, heads that stand upright, rows that have room."""

import itertools
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from centralasia.figures.letters import fill_lines, split_words, widest
from centralasia.figures.style import is_narrow

__all__ = ["fit_to_width", "split_columns"]

HEAD_LINES = 3  # of the head of a column, at most
LETTERS = 17  # of the name of a row, in a line
ROW = 0.21  # inches, the least height of a row
BETWEEN = 4  # pixels, the least between the names of two rows
CHART = 1.5  # inches, the least height of axes without rows
TITLE_LINE = 0.19  # inches


def fit_to_width(canvas: Any) -> None:
    """Makes names and heads of the axes of a narrow drawing fit, and the drawing as high as they ask for."""
    for axes in canvas.axes:
        _break_names(axes)
    if canvas.get_suptitle():
        canvas.set_figheight(canvas.get_figheight() + TITLE_LINE * canvas.get_suptitle().count("\n"))
    _lay_out(canvas)
    changed = False
    for axes in canvas.axes:
        changed |= _turn_heads(axes) | _thin_scale(axes) | _break_labels(axes, canvas.bbox.width)
    for turn in range(3):  # what is beside the axes does not grow with the drawing
        if turn or changed:
            _lay_out(canvas)
        lack = max((_lack(axes) for axes in canvas.axes), default=1.0)
        if lack <= 1:
            canvas.set_layout_engine(None)  # it was found
            break
        canvas.set_figheight(canvas.get_figheight() * lack)


def split_columns(
    canvas: Any, columns: Iterable[Any], names: Iterable[str], texts: Iterable[str], size: float
) -> list[list[Any]]:
    """The columns of a grid in parts that are drawn below each other, so that no word is wider than its column.

    A wide drawing has one part. `names` are those of the rows, `texts` those in the cells and heads, in letters of a
    `size` in points.
    """
    columns = list(columns)
    if not is_narrow(canvas):
        return [columns]
    lines = [line for name in names for line in _broken(name, LETTERS).split("\n")]
    words = [word for text in texts for word in split_words(text)]
    room = 72 * canvas.get_figwidth() - widest(lines, 9) - 8
    most = max(1, int(room / (widest(words, size) + 5)))
    return [list(part) for part in np.array_split(np.array(columns, dtype=object), -(-len(columns) // most))]


def _lay_out(canvas: Any) -> None:
    if (engine := canvas.get_layout_engine()) and canvas.axes:
        engine.execute(canvas)


def _is_named(axis: Any) -> bool:
    """Whether the ticks of an axis were given words."""
    from matplotlib.ticker import FixedLocator, FuncFormatter

    named = isinstance(axis.get_major_locator(), FixedLocator) and isinstance(axis.get_major_formatter(), FuncFormatter)
    return named and axis.get_visible()


def _break_names(axes: Any) -> None:
    """Breaks the names of rows into lines."""
    if not _is_named(axes.yaxis):
        return
    names = [label.get_text() for label in axes.get_yticklabels()]
    if any(len(line) > LETTERS for name in names for line in name.split("\n")):
        axes.yaxis.set_ticklabels([_broken(name, LETTERS) for name in names])


def _broken(words: str, letters: int) -> str:
    """Words in lines of so many letters, broken after a dash or a hyphen, too; a line that is shorter stays."""
    lines = words.replace("–", "–\u200b").split("\n")
    if all(len(line) <= letters for line in lines):
        return words
    whole = " ".join(lines).replace("\u200b", "\x00 ")
    return fill_lines(whole, letters, break_long_words=False).replace("\x00 ", "").replace("\x00", "")


def _turn_heads(axes: Any) -> bool:
    """Breaks heads of columns that would touch into lines, or else sets them upright; whether there are such."""
    if not _is_named(axes.xaxis) or not _touch(axes):
        return False
    heads = [label.get_text() for label in axes.get_xticklabels() if label.get_text()]
    broken = [_broken(head, 1) for head in heads]
    if max(head.count("\n") for head in broken) < HEAD_LINES:
        axes.xaxis.set_ticklabels(broken)
    if _touch(axes):
        axes.xaxis.set_ticklabels([re.sub("([-–])\n", r"\1", head).replace("\n", " ") for head in heads])
        axes.tick_params(axis="x", rotation=90)
    return True


def _touch(axes: Any, between: float = 2) -> bool:
    """Whether heads of columns, or numbers of a scale, have less than so many pixels between them."""
    boxes = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
    return any(a.x1 > b.x0 - between for a, b in itertools.pairwise(boxes))


def _thin_scale(axes: Any) -> bool:
    """Leaves out every other number of a scale until they no longer touch each other; whether there are such."""
    from matplotlib.ticker import MaxNLocator

    if _is_named(axes.xaxis) or not _touch(axes, 3):
        return False
    if isinstance(locator := axes.xaxis.get_major_locator(), MaxNLocator):
        locator.set_params(steps=[1, 2, 5, 10])  # no quarters, which take a digit more
    low, high = sorted(axes.get_xlim())
    numbers = [number for number in axes.get_xticks() if low <= number <= high]
    while len(numbers) > 2 and _touch(axes, 3):
        numbers = numbers[::2]
        axes.set_xticks(numbers)
    return True


def _break_labels(axes: Any, width: float) -> bool:
    """Breaks labels of axes into lines, that of x within the drawing, that of y beside its axis; whether it had to."""
    box, place = axes.get_window_extent(), axes.get_subplotspec()
    middle = (box.x0 + box.x1) / 2
    beside = place is not None and place.get_gridspec().ncols > 1
    rooms = 1.1 * box.width if beside else 2 * min(middle, width - middle), 1.15 * box.height
    before = axes.get_xlabel(), axes.get_ylabel()
    for label, room in zip((axes.xaxis.label, axes.yaxis.label), rooms, strict=True):
        words, letters = label.get_text(), len(label.get_text())
        along = "width" if label is axes.xaxis.label else "height"
        while words and letters > 8 and getattr(label.get_window_extent(), along) > room:
            letters -= 1
            label.set_text(fill_lines(words.replace("\n", " "), letters, break_long_words=False))
    return before != (axes.get_xlabel(), axes.get_ylabel())


def _lack(axes: Any) -> float:
    """How many times as high the axes have to be for their rows, or for what is drawn in them."""
    inches = axes.get_window_extent().height / axes.figure.dpi
    if not axes.axison:
        return 1.0
    if not _is_named(axes.yaxis):
        return CHART / inches
    labels = [label for label in axes.get_yticklabels() if label.get_text()]
    boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.y0)
    pairs = list(itertools.pairwise(boxes))
    lacks = [((a.height + b.height) / 2 + BETWEEN) / max((b.y0 + b.y1 - a.y0 - a.y1) / 2, 1) for a, b in pairs]
    rows = [ROW * axes.figure.dpi / max((b.y0 + b.y1 - a.y0 - a.y1) / 2, 1) for a, b in pairs]
    return max([1.0, *lacks, *rows])
