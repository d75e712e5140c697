"""Names of marks: where they lie, and what is left out. That every figure has them, test_every_figure sees."""

import numpy as np
import pandas as pd
import pytest

from centralasia.figures import Drawing, figure
from centralasia.figures.naming import APART, MOST_SOURCES, name_line, name_mark, with_sources
from datacontract import contract


def _drawn(draw):
    @figure
    def drawing(canvas):
        canvas.set_figheight(2)
        draw(canvas.subplots())
        return Drawing("title", "words", "caption", pd.DataFrame())

    return drawing()


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


@pytest.mark.slow
def test_of_places_of_a_line_that_touch_the_first_is_named():
    def draw(axes):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        name_line(axes, [(x / 1000, 0.5, str(x)) for x in range(1001)])
        name_line(axes, [(1, 0.5, "another line")])

    figure = _drawn(draw)
    *line, last = [mark[4] for mark in figure.marks]
    assert line[0] == "0" and last == "another line"
    assert 0.8 < len(line) * APART / 72 / (figure._canvas.get_figwidth() * 0.85) < 1.2


@pytest.mark.slow
def test_a_drawing_without_names_has_no_marks():
    assert _drawn(lambda axes: axes.plot([1, 2])).marks == []


def test_words_name_a_few_of_their_sources():
    keys = [row["source_key"] for row in contract.rows("sources")][: MOST_SOURCES + 2]
    assert with_sources("a visit", np.nan) == "a visit"
    assert with_sources("a visit", keys[0]).startswith("a visit (")
    assert with_sources("a visit", ";".join(keys)).endswith("; …)")
