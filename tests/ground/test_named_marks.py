"""Names of marks: every figure that a notebook shows has them, and they lie on what is drawn."""

import io

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from PIL import Image
from shown_figures import ONE_OF_EACH, drawn

from centralasia.figures import Drawing, figure
from centralasia.figures.naming import APART, MOST_SOURCES, SHARES, name_line, name_mark, with_sources
from datacontract import contract

SMALLEST = 12  # square points: smaller dots only make a cloud, whose windows are named
LONG = 5  # places: a line that shows data
PALEST = 235  # of 255; the background is 255


def _drawn(draw):
    @figure
    def drawing(canvas):
        canvas.set_figheight(2)
        draw(canvas.subplots())
        return Drawing("title", "words", "caption", pd.DataFrame())

    return drawing()


def _pixels(figure):
    return np.asarray(Image.open(io.BytesIO(figure.image("image/png"))).convert("L"))


def _shares(figure, axes, points):
    """Places of axes as shares of the image, in thousandths; those outside of the axes are left out."""
    box, inches = figure._box, axes.transData.transform(points) / figure._canvas.dpi
    inside = [place for place in inches if axes.bbox.contains(*(place * figure._canvas.dpi))]
    return [(SHARES * (x - box.x0) / box.width, SHARES * (box.y1 - y) / box.height) for x, y in inside]


@pytest.mark.parametrize("narrow", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["wide", "narrow"])
@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_every_figure_names_its_marks_where_they_are_drawn(call, narrow):
    figure = drawn(call).narrow if narrow else drawn(call)
    assert figure.marks or figure.empty
    assert not narrow or len(figure.marks) > len(drawn(call).marks) / 3  # of a short line fewer places are apart
    pixels = _pixels(figure)
    rows, columns = pixels.shape
    for left, top, width, height, words in figure.marks:
        assert words.strip() and "nan" not in words.split() and "<NA>" not in words, words
        assert 0 <= left + width / 2 <= SHARES and 0 <= top + height / 2 <= SHARES, words
        across = slice(max(left, 0) * columns // SHARES, (left + width) * columns // SHARES + 1)
        part = pixels[max(top, 0) * rows // SHARES : (top + height) * rows // SHARES + 1, across]
        assert part.min() < PALEST, f"nothing is drawn at {words!r}"


@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_every_dot_has_a_name(call):
    figure = drawn(call)
    for axes in figure._canvas.axes:
        for dots in (each for each in axes.collections if isinstance(each, PathCollection)):
            if dots.get_sizes().min(initial=0) < SMALLEST or not len(dots.get_offsets()):
                continue
            known = np.ma.filled(dots.get_offsets().astype(float), np.nan)
            for x, y in _shares(figure, axes, known[np.isfinite(known).all(axis=1)]):
                named = [
                    m for m in figure.marks if m[0] - 9 <= x <= m[0] + m[2] + 9 and m[1] - 9 <= y <= m[1] + m[3] + 9
                ]
                assert named, f"nobody says what the dot at {x:.0f}, {y:.0f} is"


@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_every_line_over_the_years_has_a_name(call):
    figure = drawn(call)
    for axes in figure._canvas.axes:
        for line in (each for each in axes.lines if len(each.get_xdata()) > LONG):
            known = np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float)
            for x, y in _shares(figure, axes, known[np.isfinite(known).all(axis=1)]):
                near = [
                    m for m in figure.marks if m[0] - 9 <= x <= m[0] + m[2] + 9 and m[1] - 40 <= y <= m[1] + m[3] + 40
                ]
                assert near, f"nobody says what the line at {x:.0f}, {y:.0f} is"


def test_a_mark_has_its_place_and_size():
    def draw(axes):
        axes.set(xlim=(0, 10), ylim=(0, 10), xticks=[], yticks=[])
        axes.set_position([0, 0, 1, 1])
        name_mark(axes, 5, 5, "middle", 4, 2)

    [(left, top, width, height, words)] = _drawn(draw).marks
    assert words == "middle"
    assert width == pytest.approx(400, abs=60) and height < width
    assert left + width / 2 == pytest.approx(500, abs=30)
    assert 400 < top + height / 2 < 700  # below the title


def test_what_is_missing_or_outside_has_no_name():
    def draw(axes):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        for x, y in ((np.nan, 0.5), (0.5, pd.NA), (2, 0.5), (0.5, 0.5)):
            name_mark(axes, x, y, f"{x}")
        name_line(axes, [(None, 1, "unknown")])

    assert [words for *_box, words in _drawn(draw).marks] == ["0.5"]


def test_of_places_of_a_line_that_touch_the_first_is_named():
    def draw(axes):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        name_line(axes, [(x / 1000, 0.5, str(x)) for x in range(1001)])
        name_line(axes, [(1, 0.5, "another line")])

    figure = _drawn(draw)
    *line, last = [mark[4] for mark in figure.marks]
    assert line[0] == "0" and last == "another line"
    assert 0.8 < len(line) * APART / 72 / (figure._canvas.get_figwidth() * 0.85) < 1.2


def test_a_drawing_without_names_has_no_marks():
    assert _drawn(lambda axes: axes.plot([1, 2])).marks == []


def test_words_name_a_few_of_their_sources():
    keys = [row["source_key"] for row in contract.rows("sources")][: MOST_SOURCES + 2]
    assert with_sources("a visit", np.nan) == "a visit"
    assert with_sources("a visit", keys[0]).startswith("a visit (")
    assert with_sources("a visit", ";".join(keys)).endswith("; …)")
