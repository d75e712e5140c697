import json
import re

import pytest

from centralasia import DataError, cite, load, using
from centralasia.figures.marks import name_sources
from datacontract.sources import LISTED


def test_a_table_cites_exactly_its_sources():
    keys = {key for cell in load("priorities")["source"].dropna() for key in cell.split(";")}
    assert list(cite("priorities").sources["source_key"]) == sorted(keys)


def test_rows_cite_exactly_their_sources():
    rows = load("priorities").query("document_id == 'kaz-2020-draft' and actor == 'CHN'")
    assert list(cite(rows).sources["source_key"]) == ["OKO19"]
    assert list(cite(rows["source"]).sources["source_key"]) == ["OKO19"]


def test_text_bibtex_and_csl_tell_the_same():
    rows = load("documents").query("document_id == 'kaz-2020'")
    found, n = cite(rows), len(rows["source"].item().split(";"))
    assert len(found) == len(found.text().splitlines()) == found.bibtex().count("@misc{") == len(found.csl()) == n
    for item in found.csl():
        assert item["URL"] in found.text()
        assert item["URL"] in found.bibtex()
        assert f"@misc{{{item['id']}," in found.bibtex()
    assert {"date-parts": [[2020, 3, 6]]} in [item.get("issued") for item in json.loads(json.dumps(found.csl()))]


def test_the_plain_form_of_a_notebook_is_keys_and_titles():
    found = cite("documents")
    assert repr(found).splitlines() == [f"{key}. {title}" for key, title in found.sources["title"].items()]
    assert str(found) == found.text() and "https://" not in repr(found)


def test_bibtex_escapes_what_tex_reads(edit):
    folder = edit("sources.csv", "Article on the place of Central Asia", "Article & 100% of #1_x")
    with using(folder):
        entry = cite(load("sources").assign(source="ART19").head(1)).bibtex()
    assert r"Article \& 100\% of \#1\_x" in entry
    assert entry.count("{") == entry.count("}")


def test_markdown_links_every_address():
    found = cite("documents")
    shown = found._repr_markdown_()
    assert LISTED.findall(shown) == list(found.sources.sort_values("title", key=lambda t: t.str.casefold()).index)
    assert "<https://" in shown
    text = LISTED.sub("", shown)
    keys = [key for key in found.sources.index if re.search(r"\d", key)]
    assert not [key for key in keys if re.search(rf"\b{key}\b", text)], "a key is no word for a reader"


def test_a_caption_names_few_sources_in_words_and_of_many_the_nearest_to_the_facts():
    assert name_sources([]) == ("", {})
    assert name_sources(["ART19"]) == ("Source: Orient, undated.", {"Orient, undated": "ART19"})
    text, named = name_sources(["ART19", "G18"])
    assert text == "Sources: Government portal of Uzbekistan 2018 and Orient, undated."
    assert named == {"Government portal of Uzbekistan 2018": "G18", "Orient, undated": "ART19"}
    every = list(cite("documents").sources.index)
    text, named = name_sources(every)
    assert text.startswith(f"{len(every)} sources, among them ")
    assert text.endswith(" (listed below).")
    kinds = load("sources").set_index("source_key")["kind"]
    assert {kinds[key] for key in named.values()} == {"primary"}


def test_what_cannot_be_cited_is_named():
    with pytest.raises(DataError, match="table 'actors' has no column 'source'"):
        cite("actors")
    with pytest.raises(DataError, match="no source 'ART119' in sources.csv; did you mean 'ART19'"):
        cite(load("documents").head(1).assign(source="ART119"))
    with pytest.raises(DataError, match="have no column 'source'"):
        cite(load("actors"))


def test_a_pair_cites_its_rows_in_every_table_of_pairs():
    keys = set()
    for table in ("ties", "visits", "pair_agenda"):
        rows = load(table).query("pair == 'KAZ-TKM'")
        keys |= {key for cell in rows["source"].dropna() for key in cell.split(";")}
    assert list(cite("KAZ-TKM").sources["source_key"]) == sorted(keys)
    assert len(cite("AZE-KAZ")) == 0


def test_several_things_cite_all_their_sources_once():
    both = cite("ties", load("documents")["source"])
    assert set(both.sources["source_key"]) == {
        *cite("ties").sources["source_key"],
        *cite("documents").sources["source_key"],
    }
    assert both.sources["source_key"].is_unique
