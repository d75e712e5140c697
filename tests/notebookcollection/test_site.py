import importlib
import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing import site
from notebookcollection.publishing.excerpts import fill
from notebookcollection.publishing.htmltables import scoped
from notebookcollection.publishing.pages import prepared


@pytest.fixture(scope="module")
def stored(root):
    project = find(root / "notebooks")
    return {name: project.path(name).read_text() for name in project.notebooks}


@pytest.fixture(scope="module")
def pages(built):
    return {
        p.relative_to(built).as_posix(): BeautifulSoup(p.read_text(), "html.parser")
        for p in built.rglob("*.html")
        if "_static" not in p.parts
    }


pytestmark = pytest.mark.slow


def test_index_says_what_the_collection_finds(pages, stored):
    text = pages["index.html"].get_text(" ", strip=True)
    assert "stands 3rd of 5 in the concept of 2014–2020" in text
    assert pages["index.html"].select("article img[alt*='Bump chart']")


def test_every_notebook_has_a_page_in_the_navigation(pages, stored):
    linked = {a["href"] for a in pages["index.html"].select("nav a[href]")}
    for name in stored:
        if name[0].isdigit():
            assert f"{name}.html" in pages
            assert f"{name}.html" in linked


def test_every_pair_has_a_page_of_its_own_name(pages):
    titles = [soup.h1.get_text() for name, soup in pages.items() if name.startswith("pair_")]
    assert len(titles) == 10
    assert any(title.startswith("Kazakhstan–Turkmenistan") for title in titles)
    assert len(set(titles)) == len(titles)


def test_links_and_images_lead_somewhere(pages, built):
    for page, soup in pages.items():
        ids = {tag["id"] for tag in soup.select("[id]")}
        for tag, key in [
            *((a, "href") for a in soup.select("a[href], link[href]")),
            *((t, "src") for t in soup.select("[src]")),
        ]:
            parts = urlsplit(tag[key])
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            target = (built / page).parent / unquote(parts.path) if parts.path else built / page
            assert target.exists(), f"{page}: {tag[key]}"
            if not parts.path and parts.fragment:
                assert parts.fragment in ids, f"{page}: {tag[key]}"


def test_no_page_asks_another_host(pages, built):
    for page, soup in pages.items():
        for tag in soup.select(
            "script[src], img[src], iframe[src], link[rel=stylesheet], link[rel=preload], source[src]"
        ):
            address = tag.get("src") or tag.get("href")
            assert not urlsplit(address).netloc, f"{page}: {address}"
    for style in built.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", style.read_text(errors="replace")):
            assert not address.strip("'\"").startswith(("http", "//")), f"{style.name}: {address}"


def test_every_figure_has_a_caption_and_its_description(pages, stored):
    for name, text in stored.items():
        if f"{name}.html" not in pages:
            continue
        described = [
            o["metadata"]["figure"]
            for c in json.loads(text)["cells"]
            for o in c.get("outputs", [])
            if "figure" in o.get("metadata", {})
        ]
        figures = pages[f"{name}.html"].select("article figure")
        assert [f.img["alt"] for f in figures] == [d["alt"] for d in described]
        for found, said in zip(figures, described, strict=True):
            assert found.figcaption.get_text(" ", strip=True).startswith("Fig.")
            assert said["caption"].split(".")[0] in found.figcaption.get_text(" ", strip=True)


def test_every_figure_can_be_downloaded_with_its_data(pages, built):
    page = pages["01_priority_hierarchy.html"]
    links = {a.get_text(" ", strip=True): built / unquote(a["href"]) for a in page.select("article a.download")}
    data = [path.read_text() for path in built.rglob("01_priority_hierarchy-*.csv")]
    assert len(data) == len(page.select("article figure"))
    assert any(text.startswith("document_id,reading,list,rank,actor") for text in data)
    assert links["Data behind this figure (CSV)"].read_text() in data
    assert links["PNG"].read_bytes().startswith(b"\x89PNG")
    assert json.loads(links["This notebook, executed"].read_text())["nbformat"] == 4


def test_tables_say_what_their_headers_head(pages):
    headers = pages["01_priority_hierarchy.html"].select("article table th")
    assert len(headers) > 20
    assert {h.get("scope") for h in headers} == {"col", "row"}


def test_pages_have_language_title_and_one_main_heading(pages):
    for page, soup in pages.items():
        assert soup.html["lang"] == "en", page
        assert soup.title.get_text(strip=True), page
        assert len(soup.select("h1")) == 1, page


def test_search_index_knows_the_words(built):
    assert "hierarchi" in (built / "searchindex.js").read_text()


def test_scopes_by_hand():
    table = '<style scoped>x</style><table border="1"><thead><tr><th></th></tr></thead><tbody><tr><th>a</th></tr></tbody></table>'
    wanted = '<table><thead><tr><td></td></tr></thead><tbody><tr><th scope="row">a</th></tr></tbody></table>'
    assert scoped(table) == wanted


def test_dates_in_cells_are_marked_and_spans_of_years_are_not():
    table = "<table><tr><td>2019-12-01 to 2020-03, as in 2014-2020 &amp; A-12-01</td></tr></table>"
    assert scoped(table) == (
        '<table><tr><td><span class="date">2019-12-01</span> to <span class="date">2020-03</span>, '
        "as in 2014-2020 &amp; A-12-01</td></tr></table>"
    )


def _published(target, text):
    """A report of one page, put in place of `target`."""
    work = target.parent / f".{target.name}-{text}"
    (work / "html").mkdir(parents=True)
    (work / "html" / "index.html").write_text(text)
    site.publish(work / "html", target)


def test_a_report_that_fails_leaves_the_last_one(root, stored, tmp_path):
    target = tmp_path / "site"
    _published(target, "before")
    broken = json.loads(stored["01_priority_hierarchy"])
    broken["cells"][0]["source"] = "# Title\n\n[nowhere](nowhere.md)"
    with pytest.raises(CollectionError, match="could not be rendered"):
        site.render({**stored, "01_priority_hierarchy": json.dumps(broken)}, find(root / "notebooks"), target)
    assert (target / "index.html").read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site-before", "site"]


def test_a_new_report_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "site"
    (target / "a").mkdir(parents=True)  # a folder that was there before reports were links
    for text in ("one", "two", "three"):
        _published(target, text)
        assert (target / "index.html").read_text() == text
        assert sorted(p.name for p in tmp_path.iterdir()) == [f".site-{text}", "site"], "earlier ones are removed"


def test_excerpts_are_filled_from_cells(stored):
    text = "a\n<!-- begin 01_priority_hierarchy#answer -->\nold\n<!-- end -->\nb"
    filled, images = fill(text, stored, "x.md")
    assert "**Central Asia** stands 3rd" in filled
    assert "old" not in filled
    assert images == {}
    filled, images = fill("<!-- begin 01_priority_hierarchy#order a.svg -->\n<!-- end -->", stored, "x.md")
    assert "![Bump chart" in filled
    assert images["a.svg"].lstrip().startswith("<?xml")
    with pytest.raises(CollectionError, match="x.md: excerpt of 01_priority_hierarchy#answr: no such cell"):
        fill(text.replace("#answer", "#answr"), stored, "x.md")
    with pytest.raises(CollectionError, match="no notebook of that name was run"):
        fill(text.replace("01_", "09_"), stored, "x.md")


def test_a_subscript_of_an_accented_letter_stands_beside_it(built):
    """docutils would set it under the letter, as if it were the bound of a sum."""
    page = BeautifulSoup((built / "methods.html").read_text(), "html.parser")
    assert page.find("mover", accent="true")
    assert [str(found) for found in page.find_all("munderover") if found.find_all("mo")[-1].get_text() in "ˆ˜ˉ~^"] == []


def test_only_a_figure_wider_than_the_text_is_marked_as_wide(root, tmp_path):
    text = (root / "notebooks" / "01_priority_hierarchy.ipynb").read_text()
    assert '"classes": "wide"' not in prepared(text, "a", tmp_path)
    wider = re.sub(r'(<svg [^>]*width=\\")[\d.]+pt', r"\g<1>800pt", text, count=1)
    assert prepared(wider, "a", tmp_path).count('"classes": "wide"') == 1


def test_every_function_that_the_methods_name_exists(root):
    page = (root / "notebooks" / "site" / "methods.md").read_text(encoding="utf-8")
    named = re.findall(r"`(centralasia[\w.]*)`", page)
    assert len(named) > 20
    for address in named:
        module, _, function = address.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function, None)), address
    # No measure is described without naming what computes it.
    assert all("`centralasia." in measure for measure in page.split("\n### ")[1:])
