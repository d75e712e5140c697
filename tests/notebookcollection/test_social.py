"""What a preview of a link shows."""

import dataclasses

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from centralasia import using
from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing.social import page_preview, preview

PAGE = (
    '<h1>Ties &amp; <em>more</em><a class="headerlink" href="#ties">#</a></h1>\n<!-- begin -->\n'
    '<p>Who is "close"? Five <strong>states</strong> of Central Asia, in ten pairs, told by what was signed. No more.</p>'
)


def _said(text, name, common):
    soup = BeautifulSoup(page_preview(text, name, common), "html.parser")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in soup.select("meta")}


@pytest.fixture(scope="module")
def project(root):
    return find(root / "notebooks")


def _common(project, **settings):
    changed = dataclasses.replace(project, settings=project.settings | settings)
    return preview({name: project.path(name) for name in project.notebooks}, changed)


def test_a_preview_has_the_title_and_the_first_sentences_of_the_page_and_the_image_described(project):
    said = _said(PAGE, "data/ties", _common(project))
    assert said["og:title"] == "Ties & more"
    assert said["og:description"] == said["description"]
    assert said["description"] == 'Who is "close"? Five states of Central Asia, in ten pairs, told by what was signed.'
    assert said["og:image"] == "../figures/social.png", "without an address of the site, relative to the page"
    assert said["og:image:alt"].startswith("Lists of partners in")
    assert said["twitter:card"] == "summary_large_image"
    assert "og:url" not in said


def test_with_an_address_of_the_site_all_addresses_are_whole_in_each_language(project):
    settings = {"site_url": "https://example.org/report/"}
    said = _said(PAGE, "data/ties", _common(project, **settings))
    assert said["og:url"] == "https://example.org/report/data/ties.html"
    assert said["og:image"] == "https://example.org/report/figures/social.png"
    with using(language="ru"):
        said = _said(PAGE, "index", _common(project, **settings))
    assert said["og:url"] == "https://example.org/report/ru/"
    assert said["og:image"] == "https://example.org/report/ru/figures/social.png"
    assert "Центральной Азии" in said["og:site_name"]


def test_a_page_that_begins_otherwise_says_what_the_report_is(project):
    said = _said("<h1>Search</h1><form></form><p>later</p>", "search", _common(project))
    assert said["og:description"] == project.settings["title"]


def test_an_image_that_is_no_figure_is_refused(project):
    with pytest.raises(CollectionError, match="'05_ties-nothing' is no figure of the report"):
        _common(project, social_image="05_ties-nothing")
    assert "og:image" not in _common(project, social_image="")


@pytest.mark.slow
def test_every_page_has_its_preview_and_the_image_has_the_size_that_is_said(built):
    pages = [page for page in built.rglob("*.html") if "_static" not in page.parts]
    for page in pages:
        soup = BeautifulSoup(page.read_text(), "html.parser")
        said = {tag["property"]: tag["content"] for tag in soup.head.select("meta[property]")}
        assert said["og:title"] and said["og:description"] and said["og:image:alt"], page.name
        with Image.open(page.parent / said["og:image"]) as image:
            size = str(image.width), str(image.height)
        assert size == (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert soup.head.select_one("link[rel=icon]") and soup.head.select_one("meta[name='twitter:card']")
