"""Names, citations and figures in the language of the reader."""

import pandas as pd
import pytest
from conftest import assert_prose, english_left

from centralasia import coverage, hierarchy, load, reliability, using, votes
from centralasia.figures import draw_nothing, figure
from centralasia.figures.marks import name_sources
from centralasia.names import document_name, in_document, region_name, short_name, theme_name
from centralasia.regions import regions
from datacontract import contract
from datacontract.errors import DataError
from datacontract.sources import markdown, sources

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
LANGUAGES = ["ru", "kk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_theme_and_region_has_a_name(language):
    with using(language=language):
        for document in contract.distinct("documents.document_id"):
            for name in (document_name(document), document_name(document, True), in_document(document)):
                assert not english_left(name), name
        names = [*map(theme_name, contract.distinct("domains.domain")), *map(region_name, regions())]
        names += map(region_name, contract.distinct("priorities.actor"))
        assert not english_left(" ".join(names))


def test_a_document_is_named_in_its_case():
    with using(language="ru"):
        assert (short_name("KAZ"), region_name("RUS")) == ("Казахстан", "Россия")
        assert document_name("kaz-2020-draft") == "Казахстан, проект, 2019"
        assert document_name("kaz-2014", in_sentence=True) == "концепция на 2014–2020 годы"
        assert in_document("kgz-2007") == "в концепции 2007 года"
    with using(language="kk"):
        assert in_document("kaz-2014") == "2014–2020 жылдарға арналған тұжырымдамада"
    assert (in_document("kaz-2014"), region_name("RUS")) == ("in the concept of 2014–2020", "Russia")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_ground_says_is_in_the_language(language):
    with using(language=language):
        said = [
            coverage({name: load(name) for name in ("documents", "priorities", "agenda", "ties", "visits", "claims")})
        ]
        said += [reliability.reliability_summary(table) for table in reliability.TABLES]
        for text in said:
            assert not english_left(text), text
            assert text.language == language
            assert_prose(text)
        for by in ("table", "domain", "strength"):
            assert not english_left(reliability.reliability_table(by)._repr_html_(), {"dataframe"})


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("ru", "Источник: Orient, без даты.", "(список ниже)."),
        ("kk", "Дереккөз: Orient, күні белгісіз.", "(тізімі төменде)."),
    ],
)
def test_sources_are_named_in_the_language(language, one, many):
    with using(language=language):
        text, named = name_sources(["ART19"])
        several, shown = name_sources(list(contract.distinct("sources.source_key"))[:12])
        assert "undated" not in markdown(sources(["ART19"]))
    assert (text, list(named.values())) == (one, ["ART19"])
    assert several.endswith(many)
    assert len(shown) == 2 and all(word in several for word in shown)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_figure_of_nothing_is_known_in_every_language(language):
    with using(language=language):
        empty = figure(lambda canvas: draw_nothing(canvas, "—", "—", pd.DataFrame()))()
        full = hierarchy.order_chart(EDITIONS, "CA4")
    assert empty.metadata["empty"] is True
    assert "empty" not in full.metadata


def test_an_unknown_language_is_refused_with_those_there_are():
    with using(language="rus"), pytest.raises(DataError, match="there is no language 'rus'; did you mean 'ru'"):
        hierarchy.order_chart(EDITIONS, "CA4")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "marks"), [("en", {"0.90", "0.95"}), ("ru", {"0,90", "0,95"})])
def test_scales_are_written_as_the_language_writes_numbers(language, marks):
    with using(language=language):
        drawn = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 1992, 2025))
    assert marks <= {label.get_text() for label in drawn._canvas.axes[0].get_yticklabels()}
