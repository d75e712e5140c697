"""Every public figure of every room: its words keep apart and inside of the drawing, no axis is empty, marks have names.

The figures are found through the faces of the rooms, their arguments in the notebooks that show them: a new figure is
tested by being there.
"""

import io
import itertools
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle
from PIL import Image
from shown_figures import CALLS, COLLECTION, ONE_OF_EACH, Shown, drawn, public_figures
from sweeps import first, sweep

from centralasia import hierarchy
from centralasia.figures import Drawing, figure
from centralasia.figures.naming import SHARES
from centralasia.figures.style import MARGIN, NARROW, house_style
from datacontract.context import LANGUAGE_VARIABLE

pytestmark = pytest.mark.slow

PAGES = [run for run in COLLECTION.runs() if run.parameters]
ONE_PAGE_EACH = ("pair_KAZ-KGZ", "state_KGZ")
LANGUAGES = ["en", "ru", "kk"]
# Every fourth figure in one language beside English, by turns; the others only in a sweep
TRANSLATED = [
    (call, language) if (at + 4 * turn) % 8 == 0 else sweep(call, language)
    for at, call in enumerate(ONE_OF_EACH)
    for turn, language in enumerate(LANGUAGES[1:])
] + [sweep(call, language) for call in CALLS if call not in ONE_OF_EACH for language in LANGUAGES]
# A page in one language, the longest words first
IN_TURN = [
    (page, language) if page.name in ONE_PAGE_EACH else sweep(page, language)
    for page, language in zip(PAGES, itertools.cycle(LANGUAGES[::-1]), strict=False)
]
LANES = [call for call in ONE_OF_EACH if call.name.endswith("_lanes")]
EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
MANY = ["kaz-2005", "kaz-2008-board", *EDITIONS, "kaz-2020-05-statement", "kaz-2022-statement"]
WIDE = {
    "orders of many": lambda: hierarchy.order_chart(MANY, "CA4"),
    "all readings": lambda: hierarchy.order_chart(EDITIONS, "CA4", "all"),
    "labels of many": lambda: hierarchy.relationship_labels(MANY),
}
SMALLEST = 12  # square points: smaller dots only make a cloud, whose windows are named
BESIDE = 2  # pixels, between words that are not one
LONG = 5  # places: a line that shows data
PALEST = 235  # of 255; the background is 255


def _texts(canvas):
    """The words in a drawing, each with the box around it in pixels, on which it is drawn if it has one."""
    shown = [*canvas.texts, *(text for legend in canvas.legends for text in legend.get_texts())]
    for axes in canvas.axes:
        legend = axes.get_legend()
        shown += [*axes.texts, axes.title, axes._left_title, axes._right_title, axes.xaxis.label, axes.yaxis.label]
        shown += legend.get_texts() if legend else []
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            shown += [label for tick in ticks for label in (tick.label1, tick.label2) if label.get_visible()]
    return [(t, _around(t)) for t in shown if t.get_text().strip() and t.get_visible()]


def _around(text):
    """The box around a text in pixels: the one that is drawn, if there is one."""
    return (text.get_bbox_patch() or text).get_window_extent()


def _assert_apart(texts):
    """Words keep apart; those that lie in one line, and names of rows, are not read as one."""
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        both = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        said = f"{one.get_text()!r} and {other.get_text()!r}"
        assert min(both) < 1, f"{said} share {both} pixels"
        flat = one.get_rotation() == other.get_rotation() == 0
        assert not flat or both[1] < 0.3 * min(a.height, b.height) or both[0] < -BESIDE, f"{said} follow each other"


def _assert_rows_apart(axes):
    """The names of two rows are not read as one."""
    low, high = sorted(axes.yaxis.get_view_interval())
    ticks = [tick for tick in axes.yaxis.get_major_ticks() if low <= tick.get_loc() <= high]
    rows = [(tick.label1.get_text(), tick.label1.get_window_extent()) for tick in ticks if tick.label1.get_visible()]
    rows = sorted((row for row in rows if row[0].strip()), key=lambda row: row[1].y0)
    for (one, a), (other, b) in itertools.pairwise(rows):
        assert b.y0 - a.y1 > BESIDE, f"the rows {one!r} and {other!r} follow each other"


def _assert_within_cells(axes):
    """What stands in a cell does not touch its edges."""
    cells = [patch.get_window_extent() for patch in axes.patches if isinstance(patch, Rectangle)]
    for text in (each for each in axes.texts if each.get_text().strip()):
        box = text.get_window_extent()
        middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        for cell in (each for each in cells if each.contains(*middle)):
            aside, above = min(box.x0 - cell.x0, cell.x1 - box.x1), min(box.y0 - cell.y0, cell.y1 - box.y1)
            assert min(aside - 0.5, above) > 1, f"{text.get_text()!r} fills its cell: {aside}, {above} pixels are left"


def _assert_clear(figure):
    canvas = figure._canvas
    assert figure._box  # with the layout that its images have
    canvas.draw_without_rendering()
    texts, (width, height) = _texts(canvas), canvas.bbox.size
    assert texts
    _assert_apart(texts)
    for text, box in ((text.get_text(), box) for text, box in texts):
        inside = min(box.x0, box.y0, width - box.x1, height - box.y1)
        assert inside > -1, f"{text!r} leaves the drawing by {-inside} pixels"
        assert "\\math" not in text, f"{text!r} is no plain text"
    for axes in canvas.axes:
        if axes.axison:
            assert axes.has_data() or len(axes.texts), "axes with nothing in them"
            _assert_rows_apart(axes)
            _assert_within_cells(axes)


def _assert_narrow(figure):
    """It has the words of the usual drawing, fits into the column of a phone, and its words keep apart and inside."""
    narrow = figure.narrow
    _assert_clear(narrow)
    assert (narrow.title, narrow.alt_text, narrow.caption) == (figure.title, figure.alt_text, figure.caption)
    assert narrow.data.equals(figure.data)
    assert narrow._box.width <= NARROW + 2 * MARGIN + 0.01, f"{96 * narrow._box.width:.0f} pixels wide"
    for axes in narrow._canvas.axes:
        low, high = sorted(axes.get_xlim())
        shown = [tick.label1 for tick in axes.xaxis.get_major_ticks() if low <= tick.get_loc() <= high]
        numbers = [text for text in (label.get_text() for label in shown) if re.fullmatch(r"[−\d.,]+", text)]
        assert len(numbers) != 1, f"{numbers[0]} alone is no scale"


def _hatched(figure):
    """Whether something is hatched, beside the key."""
    keys = {each for legend in figure._canvas.legends for each in legend.findobj()}
    return any(each not in keys for each in figure._canvas.findobj(lambda each: getattr(each, "get_hatch", str)()))


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_caption_explains_no_hatches_that_are_not_drawn(call):
    figure = drawn(call)
    assert _hatched(figure) or "hatched" not in figure.caption.lower()


def test_every_public_figure_is_shown_in_a_notebook():
    assert set(public_figures().values()) == {call.name for call in CALLS}


@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_a_figure_is_clear(call):
    _assert_clear(drawn(call))


@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_a_figure_fits_into_a_phone(call):
    _assert_narrow(drawn(call))


def _pixels(figure):
    """The image in shades of grey, from 0 to 255."""
    buffer = io.BytesIO()
    with house_style():
        figure._canvas.savefig(buffer, bbox_inches=figure._box, pil_kwargs={"compress_level": 0})
    return np.asarray(Image.open(buffer).convert("L"))


def _shares(figure, axes, points):
    """Places of axes as shares of the image, in thousandths; those outside of the axes are left out."""
    box, inches = figure._box, axes.transData.transform(points) / figure._canvas.dpi
    inside = [place for place in inches if axes.bbox.contains(*(place * figure._canvas.dpi))]
    return [(SHARES * (x - box.x0) / box.width, SHARES * (box.y1 - y) / box.height) for x, y in inside]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
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


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("call", ONE_OF_EACH, ids=str)
def test_no_dot_is_cut_by_the_edge_of_its_axes(call, narrow):
    canvas = (drawn(call).narrow if narrow else drawn(call))._canvas
    for axes in canvas.axes:
        for dots in (each for each in axes.collections if isinstance(each, PathCollection) and each.get_clip_on()):
            radius = np.sqrt(dots.get_sizes().max(initial=0)) / 2 * canvas.dpi / 72
            for place in axes.transData.transform(np.ma.filled(dots.get_offsets().astype(float), np.nan)):
                (x0, y0), (x1, y1) = axes.bbox.min, axes.bbox.max
                if axes.bbox.contains(*place):
                    room = min(place[0] - x0, x1 - place[0], place[1] - y0, y1 - place[1])
                    assert room > radius - 2, f"{radius - room:.0f} pixels of a dot are cut off at {place}"


@pytest.mark.parametrize("call", LANES, ids=str)
def test_marks_of_a_lane_do_not_cover_each_other(call):
    for canvas in (drawn(call)._canvas, drawn(call).narrow._canvas):
        for axes in canvas.axes:
            marks = [(*axes.transData.transform(dot.get_offsets()[0]), dot.get_sizes()[0]) for dot in axes.collections]
            for (x, y, size), (right, up, other) in itertools.combinations(marks, 2):
                radii = (np.sqrt(size) + np.sqrt(other)) / 2 * canvas.dpi / 72
                assert np.hypot(x - right, y - up) > radii, f"two marks lie on each other at {x:.0f}, {y:.0f}"


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


@pytest.mark.parametrize(("call", "language"), TRANSLATED, ids=str)
def test_it_is_clear_in_every_language(call, language, monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    _assert_clear(drawn(call, language))
    _assert_narrow(drawn(call, language))


@pytest.mark.parametrize("language", first(LANGUAGES))
@pytest.mark.parametrize("name", WIDE)
def test_many_columns_are_clear(name, language, monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    _assert_clear(WIDE[name]())


@pytest.mark.parametrize(("page", "language"), IN_TURN, ids=lambda of: getattr(of, "name", of))
def test_every_figure_of_a_page_is_clear(page, language, monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    notebook = Shown(page.notebook, page.parameters)
    for call in notebook.calls():
        figure = notebook.draw(call)
        _assert_clear(figure)
        if not figure.empty:
            _assert_narrow(figure)


def _drawn(draw):
    @figure
    def drawing(canvas):
        canvas.set_figheight(2)
        draw(canvas)
        return Drawing("title", "words", "caption", pd.DataFrame())

    return drawing()


def _two_words(canvas):
    for x in (0.5, 0.52):
        canvas.subplots().text(x, 0.5, "word")


def _two_rows(canvas):
    axes = canvas.subplots()
    axes.set_ylim(0, 12)
    axes.set_yticks([1, 2.25], ["one", "other"])
    axes.plot([1, 2])


def _full_cell(canvas):
    axes = canvas.subplots()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    axes.add_patch(Rectangle((0.2, 1), 0.8, 3))
    axes.text(0.6, 2.5, "a word", ha="center", va="center")


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (_two_words, "'word' and 'word' share"),
        (lambda canvas: canvas.text(0.9, 0.5, "a long word outside"), "leaves the drawing"),
        (lambda canvas: canvas.subplots().set(xticks=[1], yticks=[]), "nothing in them"),
        (lambda canvas: [canvas.text(x, 0.5, "word") for x in (0.5, 0.555)], "'word' and 'word' follow"),
        (_two_rows, "the rows 'one' and 'other' follow"),
        (_full_cell, "'a word' fills its cell"),
        (lambda canvas: canvas.text(0.1, 0.5, r"$\mathdefault{10^{4}}$"), "no plain text"),
    ],
)
def test_what_is_not_clear_is_seen(draw, said):
    with pytest.raises(AssertionError, match=said):
        _assert_clear(_drawn(draw))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (_two_words, "'word' and 'word' share"),
        (lambda canvas: canvas.text(0.8, 0.5, "a long word outside"), "leaves the drawing"),
        (lambda canvas: (canvas.subplots().plot([1, 2]), canvas.set_figwidth(6)), r"5\d\d pixels wide"),
    ],
)
def test_a_drawing_that_is_too_wide_for_a_phone_is_seen(draw, said):
    with pytest.raises(AssertionError, match=said):
        _assert_narrow(_drawn(draw))


def test_numbers_of_a_scale_of_powers_are_plain_text():
    axes = _drawn(lambda canvas: canvas.subplots().loglog([1, 1e6], [0.01, 10]))._canvas.axes[0]
    assert {"1", "100", "10,000", "1,000,000"} <= {label.get_text() for label in axes.get_xticklabels()}
    assert {"0.01", "0.1", "1", "10"} <= {label.get_text() for label in axes.get_yticklabels()}
    _assert_clear(_drawn(lambda canvas: canvas.subplots().loglog([1, 1e6], [0.01, 10])))
