"""A page of the report before Sphinx and after it, and outputs inside other texts, without making a report."""

import json
import re

import pytest

from datacontract.context import using
from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing.excerpts import embed_outputs
from notebookcollection.publishing.notebook_pages import notebook_page
from notebookcollection.publishing.rendered_pages import postprocess_page


@pytest.fixture(scope="module")
def stored(root):
    project = find(root / "notebooks")
    return {name: project.path(name).read_text() for name in project.notebooks}


def test_excerpts_are_filled_from_cells(stored):
    text = "a\n<!-- begin 01_priority_hierarchy#answer -->\nold\n<!-- end -->\nb"
    filled, images = embed_outputs(text, stored.get, "x.md")
    assert "**Central Asia** comes" in filled
    assert "old" not in filled
    assert images == {}
    filled, images = embed_outputs("<!-- begin 01_priority_hierarchy#order a.svg -->\n<!-- end -->", stored.get, "x.md")
    assert "![Lists of partners" in filled
    assert images["a.svg"].lstrip().startswith("<?xml")
    with pytest.raises(CollectionError, match="x.md: excerpt of 01_priority_hierarchy#answr: no such cell"):
        embed_outputs(text.replace("#answer", "#answr"), stored.get, "x.md")
    with pytest.raises(CollectionError, match="no such cell, or it shows no figure"):
        embed_outputs(text.replace("#answer", "#answer a.svg"), stored.get, "x.md")
    with pytest.raises(CollectionError, match="no notebook of that name was run"):
        embed_outputs(text.replace("01_", "09_"), stored.get, "x.md")


def test_only_a_figure_wider_than_the_text_is_marked_as_wide(root, tmp_path):
    collection = find(root / "notebooks")
    text, run = collection.path("01_priority_hierarchy").read_text(), collection.runs()[1]
    assert '"classes": "wide"' not in notebook_page(text, run, collection, tmp_path)
    wider = re.sub(r"(<svg [^>]*width=')[\d.]+pt", r"\g<1>800pt", text, count=1)
    assert notebook_page(wider, run, collection, tmp_path).count('"classes": "wide"') == 1


def test_a_theme_that_writes_pages_otherwise_is_named_with_the_page():
    cell = '<details class="admonition hide above-input"><p><div class="cell_input">'
    page = f'<meta charset="utf-8" /></head>{cell}{cell}'
    assert re.findall(r' id="(\w+)"', postprocess_page(page, "a", ["one", "two"])) == ["one", "two"]
    for html, addresses in ((page, ["one"]), (page, ["one", "two", "three"]), (page.replace("utf-8", "UTF8"), [])):
        with pytest.raises(CollectionError, match="^05_ties: "):
            postprocess_page(html, "05_ties", addresses)


def test_a_number_stays_on_the_line_of_its_sign():
    page = '<meta charset="utf-8" /></head><p title="8 % a">8 %, в 2016 г. (n = 5), 12 мая, 5 percent</p>'
    shown = postprocess_page(page, "a")
    assert '<p title="8 % a">8\xa0%, в 2016\xa0г. (n\xa0=\xa05), 12 мая, 5 percent</p>' in shown


def test_spans_of_years_and_intervals_are_marked_in_what_is_read_alone():
    left = '<pre>f(1, 2)</pre><img alt="(2 to 3)" /><script>f(1, 2)</script>'
    page = f'<meta charset="utf-8" /></head><h1>2014–2020</h1><article>%s{left}</article><script>f(1, 2)</script>'
    shown = postprocess_page(page % "in 2014–2020, by 5 % (2 % to 8 %) (of <b>2</b> or 3)", "a").partition("</head>")[2]
    assert shown == page.partition("</head>")[2] % (
        'in <span class="years">2014–2020</span>, by 5\xa0% <span class="bracket">(2\xa0% to 8\xa0%)</span> (of <b>2</b> or 3)'
    )


def test_the_settings_of_a_page_name_codes_in_its_language(root, tmp_path):
    collection = find(root / "notebooks")
    text, run = collection.path("01_priority_hierarchy").read_text(), collection.runs()[1]

    def settings():
        cells = json.loads(notebook_page(text, run, collection, tmp_path, sources_page="sources"))["cells"]
        return next(cell["source"] for cell in cells if cell["id"] == "made-with")

    with using(language="ru"):
        assert "Казахстан (KAZ)" in settings()
        assert "Концепция внешней политики на 2014–2020 годы (kaz-2014)" in settings()
    assert "Kazakhstan (KAZ)" in settings()


def test_the_numbers_of_many_runs_are_those_measured_last(root):
    site = root / "notebooks" / "site"
    measured, page = json.loads((site / "speed.json").read_text()), (site / "many_runs.md").read_text(encoding="utf-8")
    local, cluster = ({row["what"]: row for row in measured[g]["rows"]} for g in ("growth", "on_a_cluster"))
    said = {name: re.findall(r"[\d.]+", values) for name, values in re.findall(r"(?m)^\| ([^|]+) \| (.*) \|$", page)}
    more = [rows["one profile more"]["seconds"] for rows in (local, cluster)]
    assert [float(number) for number in said["One run more, $c / k$"]] == pytest.approx(more, abs=0.006)
    (alone,) = said["The cells alone, by the cores, in a process that has read nothing yet"]
    assert float(alone) == pytest.approx(
        local["floor: the cells of a profile alone, by the cores"]["seconds"], abs=0.006
    )
    for size in (10, 300):
        assert float(*said[f"Memory, {size} runs"]) == pytest.approx(
            next(row["ratio"] for what, row in local.items() if what.startswith(f"{size} profiles")), abs=0.6
        )
    least, most = (round(measured["growth"]["cores"] * seconds, 1) for seconds in more)
    assert f"$c$ was {least} to {most} seconds" in page
