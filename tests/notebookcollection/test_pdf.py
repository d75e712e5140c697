"""The report as one PDF."""

import json
import os
import re
import shutil

import pytest
from built_report import one_page_each
from pypdf import PdfReader

from centralasia.cli import main
from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing import printing, site
from notebookcollection.publishing.printing import NO_CHROMIUM, chromium, print_report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def printed(root, tmp_path_factory):
    if not chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    project = find(root / "notebooks")
    target = tmp_path_factory.mktemp("pdf") / "report.pdf"
    print_report({run.name: project.path(run.notebook) for run in one_page_each(project)}, project, target)
    assert [p.name for p in target.parent.iterdir()] == ["report.pdf"], "nothing else is left"
    return PdfReader(target)


def _chapters(printed, outline):
    """The titles of the outline with the pages that they lead to."""
    for item in outline:
        if isinstance(item, list):
            yield from _chapters(printed, item)
        else:
            yield " ".join(item.title.split()), printed.get_destination_page_number(item)


def test_the_pages_are_a4_and_tagged(printed):
    assert len(printed.pages) > 50
    for page in printed.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert printed.trailer["/Root"]["/Lang"] == "en"


def test_the_outline_leads_to_every_chapter(printed):
    chapters = dict(_chapters(printed, printed.outline))
    for chapter in (
        "1 Priority hierarchy",
        "9 Claims",
        "Kazakhstan–Turkmenistan",
        "Methods",
        "How to cite",
    ):
        number, *lines = printed.pages[chapters[chapter]].extract_text().splitlines()
        assert int(number) == chapters[chapter] + 1, "as it is printed"
        assert chapter in lines[:2], "a page of its own, with the heading of the part before its first chapter"


def test_text_is_printed_and_controls_and_code_are_not(printed, root):
    first = dict(_chapters(printed, printed.outline))["1 Priority hierarchy"]
    text = " ".join(" ".join(printed.pages[i].extract_text() for i in (0, *range(first, first + 8))).split())
    text = text.replace("\N{LATIN SMALL LIGATURE FI}", "fi")
    cells = json.loads((root / "notebooks" / "01_priority_hierarchy.ipynb").read_text())["cells"]
    (answer,) = (cell["outputs"][0]["data"]["text/markdown"] for cell in cells if cell["id"] == "answer")
    assert text.count(answer.replace("**", "")) == 1
    figures = [out["metadata"].get("figure") for cell in cells for out in cell.get("outputs", ()) if "metadata" in out]
    captions = [figure["caption"].replace(" (listed below).", ".") for figure in figures if figure]
    assert len(captions) > 1 and [caption for caption in captions if caption not in text] == []
    code = {"".join(cell["source"]).splitlines()[0] for cell in cells if cell["cell_type"] == "code"}
    assert len(code) > 10
    for gone in ("Back to top", "Skip to main", "Data behind this", "Hide code", "Next: ", *code):
        assert gone not in text


def test_the_contents_name_the_pages_of_the_outline(printed):
    chapters, said = dict(_chapters(printed, printed.outline)), {}
    for line in printed.pages[0].extract_text().splitlines():
        if (found := re.fullmatch(r"(.+?) +(\d+)", line)) and found[1] in chapters:
            said[found[1]] = int(found[2])
    assert said == {title: chapters[title] + 1 for title in said}
    assert {"1 Priority hierarchy", "9 Claims", "Kazakhstan–Turkmenistan", "Sources", "How to cite"} <= said.keys()


@pytest.mark.sweep
def test_nothing_is_printed_twice_and_nothing_that_does_nothing_on_paper(printed):
    pages = [page.extract_text() for page in printed.pages]
    text = " ".join(" ".join(pages).split())
    chapters = {title for title, _page in _chapters(printed, printed.outline)}
    assert [foot for page in pages if (foot := page.splitlines()[-1]) in chapters] == [], "headings alone at the foot"
    for source in ("https://oko-planet.su/politik/", "adilet.zan.kz/rus/docs/Z020000283_/compare"):
        assert text.replace(" ", "").count(source) == 1, "in the list of sources alone"
    assert re.search(r"\d+ sources; the list of sources has them\.", text)
    for gone in ("Settings of this page", "This notebook, executed", "Excel workbook", "Show all", "(listed below)"):
        assert gone not in text
    assert not chapters & {"Explore", "Codebook", "How to add data", "Download", "How the front page is computed"}


def test_a_page_without_some_others_has_neither_links_to_them_nor_their_lines():
    text = "see [one](../add_data.md#x), [two](b.md)\n\n```{toctree}\nadd_data\nb\n```\n"
    assert site._without(text, ["add_data"]) == "see one, [two](b.md)\n\n```{toctree}\nb\n```\n"


def _copy_report(root, build):
    project = find(root / "notebooks")
    (build / "notebooks").mkdir(parents=True)
    for run in project.runs():
        shutil.copy(project.path(run.notebook), build / "notebooks" / f"{run.name}.ipynb")


def test_without_chromium_it_is_said_what_to_install(root, tmp_path, centralasia):
    _copy_report(root, tmp_path / "build")
    done = centralasia("pdf", "--build", tmp_path / "build", PATH=str(tmp_path), CHROMIUM="")
    assert done.returncode == 2
    assert "apt install chromium" in done.stderr
    assert not (tmp_path / "build" / "report.pdf").exists()


def test_without_a_report_it_is_said_to_make_one(root, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(printing, "chromium", lambda: "chromium")
    assert main(["pdf", "--notebooks", str(root / "notebooks"), "--build", str(tmp_path)]) == 2
    assert "make the report first" in capsys.readouterr().err


def test_a_browser_that_prints_nothing_is_told(root, tmp_path, monkeypatch):
    failing = tmp_path / "chromium"
    failing.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    failing.chmod(0o755)
    monkeypatch.setattr(printing, "chromium", lambda: str(failing))
    monkeypatch.setattr(printing, "run_sphinx", _page)
    with pytest.raises(CollectionError, match="could not be printed:\nno display"):
        print_report({}, find(root / "notebooks"), tmp_path / "report.pdf")


def _page(builder, work, *_):
    (work / "index.html").write_text('<meta charset="utf-8" /><p>')
    return work
