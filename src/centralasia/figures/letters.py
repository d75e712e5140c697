"""How much room words take in a drawing, and letters that fit into a room."""

import functools
import re
import textwrap
from collections.abc import Iterable
from typing import Any

from centralasia.figures.style import STYLE
from datacontract.phrases import unbroken

__all__ = ["fill_lines", "fill_width", "fitting_size", "split_words", "widest"]


@functools.cache
def _width(text: str, bold: bool) -> float:
    """The width of a line in letters of 100 points, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(family=STYLE["font.family"], weight="bold" if bold else "normal")
    return float(TextPath((0, 0), text, size=100, prop=font).get_extents().width) if text.strip() else 0.0


def widest(lines: Iterable[str], size: float, bold: bool = False) -> float:
    """The width of the longest of some lines in letters of a size; both in points."""
    return max((_width(line, bold) for line in lines), default=0) * size / 100


def fitting_size(texts: Iterable[str], width: float, largest: float, bold: bool = False) -> float:
    """The size of letters, `largest` at most, at which no word of some texts is wider than `width`; all in points."""
    words = {word for text in texts for word in split_words(text)}
    return min(largest, largest * width / (widest(words, largest, bold) or width))


def split_words(text: str) -> list[str]:
    """The parts of a text between which a line may end; a space that holds its neighbours together ends none."""
    return re.split(r"[ \n]+", text)


def fill_lines(text: str, letters: int, **limits: Any) -> str:
    r"""A text in lines of no more than so many letters; `limits` as for `textwrap.fill`.

    No line ends where `unbroken` allows none. A text that fits stays as it is.

    >>> from centralasia.figures.letters import fill_lines
    >>> fill_lines("a share of 8 %", 12)
    'a share of\n8\xa0%'
    """
    if len(text) <= letters and "\n" not in text:
        return text
    return textwrap.fill(unbroken(text), letters, **limits)


def fill_width(text: Any, width: float) -> None:
    """Breaks a text that is drawn into lines of no more than a width in pixels, as few as there can be."""
    words = text.get_text()
    for letters in range(len(words), 8, -1):
        text.set_text(fill_lines(words, letters, break_long_words=False))
        if text.get_window_extent().width <= width:
            return
