"""The layer of named marks over the figures of a page."""

import json

from bs4 import BeautifulSoup

from notebookcollection.publishing.overlay import lay_marks, named_marks

PAGE = '<figure class="align-default" id="ties-steps">\n<img alt="a > b" src="a.svg" />\n<figcaption/></figure>{}'
WIDE = [[100, 200, 30, 40, "one"], [500, 600, 30, 40, "</title><script>window.pwned=1</script>"]]
NARROW = [[10, 20, 50, 60, "one"]]
MARKS = {"ties-steps": [WIDE, NARROW]}


def test_marks_lie_over_their_image_as_plain_words():
    page = BeautifulSoup(lay_marks(PAGE.format('<figure id="other"><img src="b.svg"/></figure>'), MARKS), "html.parser")
    layer, narrow = page.select("figure#ties-steps > .marked > img[src='a.svg'] ~ svg.mark-layer")
    assert [shape["x"] for shape in layer.select("rect")] == ["100", "500"]
    assert narrow["class"] == ["mark-layer", "narrow"] and narrow.rect["x"] == "10"
    said = [title.get_text() for title in layer.select("rect > title")]
    assert said == [words for *_box, words in WIDE]
    assert not page.select("script")
    assert layer["data-label"].startswith("Marks of this figure")
    assert not page.select("figure#other .marked")


def test_a_date_in_the_words_of_a_mark_is_in_words():
    page = lay_marks(PAGE, {"ties-steps": [[[1, 2, 3, 4, "in force since 2002-02-12"]]]})
    assert "<title>in force since 12 February 2002</title>" in page


def test_a_page_without_marks_is_as_it_was():
    assert lay_marks(PAGE, {}) == PAGE
    assert lay_marks(PAGE, {"another": MARKS["ties-steps"]}) == PAGE


def test_the_marks_of_a_notebook_are_found_by_the_address_of_their_figure():
    figure = {
        "output_type": "display_data",
        "data": {},
        "metadata": {"figure": {"marks": WIDE, "narrow_marks": NARROW}},
    }
    without = {"output_type": "display_data", "data": {}, "metadata": {"figure": {"title": "a", "marks": []}}}
    cells = [{"id": "steps", "outputs": [figure]}, {"id": "map", "outputs": [without]}, {"id": "prose"}]
    assert named_marks(json.dumps({"cells": cells}), "05_ties") == MARKS
