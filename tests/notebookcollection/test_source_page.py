"""The page of sources, before Sphinx renders it; what its scripts do is tested in a browser."""

import pytest
from bs4 import BeautifulSoup

from centralasia import load, using
from notebookcollection.publishing.source_page import source_pages

pytestmark = pytest.mark.slow


def _soup(text):
    return BeautifulSoup(text[text.index("<form") :], "html.parser")


@pytest.fixture(scope="module")
def page():
    return _soup(source_pages()["data/sources.md"])


def test_every_source_is_a_row_under_its_address_and_its_title_leads_to_its_page(page):
    rows, known = page.select("tbody tr"), load("sources").set_index("source_key")
    assert sorted(row["id"] for row in rows) == sorted(f"source-{key}" for key in known.index)
    row = page.find(id="source-STANR")
    assert row.th.a["href"] == known.loc["STANR", "url"]
    assert row.th.get_text() == known.loc["STANR", "title"]
    assert row["data-state"] == "TJK UZB"
    assert row.find_all("td")[-1].get_text() == "Tajikistan, Uzbekistan"
    titles = [row.th.get_text().casefold() for row in rows]
    assert titles == sorted(titles)


def test_no_key_is_seen_and_no_code(page):
    seen = set(page.get_text(" ").split())
    assert not seen & set(load("sources")["source_key"][lambda keys: keys.str.contains(r"\d")])
    assert not seen & {"news_weak", "not_given", "KAZ"}


def test_many_states_are_counted(page):
    row = page.find(id="source-UNGDC")
    assert row.find_all("td")[-1].get_text() == f"{len(row['data-state'].split())} states"


def test_what_filters_has_labels_and_offers_what_rows_have(page):
    form = page.form
    assert form.has_attr("hidden"), "until a script shows it"
    labelled = {form.find(id=label["for"])["name"] for label in form.select("label")}
    assert labelled == {field["name"] for field in form.select("select, input")} == {"kind", "year", "state", "words"}
    for name in ("kind", "year"):
        offered = {option["value"] for option in form.select(f"[name={name}] option")} - {""}
        assert offered == {row[f"data-{name}"] for row in page.select("tbody tr")}
    assert form.select_one("[role=status]")
    assert all(head["scope"] == "col" for head in page.select("thead th"))


def test_one_block_of_html_under_a_megabyte():
    text = source_pages()["data/sources.md"]
    assert len(text.encode()) < 700_000
    assert "\n\n" not in text[text.index("<form") :].rstrip(), "a blank line would end the block"


def test_text_of_the_data_cannot_act(data_copy):
    path = data_copy / "sources.csv"
    bad = 'BAD1,news,"<script>alert(1)</script> **a** ""b""","<img src=x onerror=y>",,"https://a.b/?c=""onclick="" d",,,\n'
    bad += "BAD2,news,Other,,,javascript:alert(1),,,\n"
    path.write_text(path.read_text(encoding="utf-8") + bad, encoding="utf-8")
    with using(data_copy):
        page = _soup(source_pages()["data/sources.md"])
    assert not page.select("script, img")
    row = page.find(id="source-BAD1")
    assert row.th.get_text() == '<script>alert(1)</script> **a** "b"'
    assert row.a is None, "what is no address is none"
    assert page.find(id="source-BAD2").a is None


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_its_words_are_those_of_the_reader(language):
    with using(language=language):
        page = _soup(source_pages()["data/sources.md"])
    for label in page.select("label"):
        assert not label.contents[0].isascii()
    for head in page.select("thead th"):
        assert not head.get_text().isascii()
    assert not page.find(id="source-STANR").find_all("td")[-1].get_text().isascii()


def test_a_title_keeps_the_spaces_at_which_no_line_ends(edit):
    title = load("sources").set_index("source_key").loc["STANR", "title"]
    with using(edit("sources.csv", title, title.replace(" ", "\u00a0", 1))):
        assert _soup(source_pages()["data/sources.md"]).find(id="source-STANR").th.get_text().count("\u00a0") == 1
