"""The order of partners in the languages of the report."""

import pytest
from conftest import assert_prose, english_left
from sweeps import first

from centralasia import hierarchy, load, using

pytestmark = pytest.mark.slow

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def _said(documents):
    yield hierarchy.terms(documents)
    yield hierarchy.label_order(documents)


def _said_of(documents, focus, which):
    yield hierarchy.answer(documents, focus, which)
    yield hierarchy.precedence_summary(documents, focus, which)
    yield hierarchy.draws_summary(documents, focus, 200, 1, which)


def _tables(documents):
    yield hierarchy.document_table(documents)
    yield hierarchy.settling_table(documents)
    yield hierarchy.other_orders_table(documents)


def _tables_of(documents, focus, which):
    yield hierarchy.precedence_table(documents, focus, which)
    yield hierarchy.reading_table(documents, focus, which)
    yield hierarchy.draws_table(documents, focus, 200, 1, which)


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("state", first(["UZB", "KAZ", "TKM", "KGZ"]))
def test_no_english_is_left(language, state):
    ordered = set(load("priorities")["document_id"])
    own = [d for d in load("documents").query("state == @state")["document_id"] if d in ordered]
    with using(language=language):
        for documents in (own, own[:2]):
            said, tables, figures = (
                [*_said(documents)],
                [*_tables(documents)],
                [hierarchy.relationship_labels(documents)],
            )
            for which in ("equal", "all"):
                tables.append(hierarchy.agreement_table(documents, which))
                figures.append(hierarchy.order_chart(documents, "CA4", which))
                for focus in ("CA4", "RUS", "NEI"):
                    said += _said_of(documents, focus, which)
                    tables += _tables_of(documents, focus, which)
            for text in said:
                assert not english_left(text), text
                assert text.language == language
                assert_prose(text)
            for table in tables:
                assert not english_left(table._repr_html_(), {"dataframe", "turkmenistan"})
            for drawn in figures:
                for text in (drawn.title, drawn.caption, drawn.alt_text, *_written(drawn)):
                    assert not english_left(text), text


def _written(drawn):
    return [
        text.get_text()
        for axes in drawn._canvas.axes
        for text in [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    ]


def test_places_are_said_as_the_language_says_them():
    with using(language="ru"):
        said = hierarchy.answer(EDITIONS, "CA4")
        draws = hierarchy.draws_summary(EDITIONS, "CA4", 10_000, 2020)
    assert said.startswith(
        "**Центральная Азия**: 2‑е место в проекте 2019 года и 4‑е место в концепции на 2020–2030 годы."
    )
    assert "общее 2‑е место или 3‑е место" in said
    assert "Ни одно место не выпадает больше чем в половине розыгрышей: концепция на 2014–2020 годы." in draws
    with using(language="kk"):
        said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Орталық Азия**: 2019 жылғы жобада 2‑орын және")


def test_what_is_kept_of_a_computation_is_in_no_language():
    """Each language gets its own words from the same draws and readings, whichever was first."""
    with using(language="kk"):
        hierarchy.distinct_places("kaz-2014", "CA4")
    english = hierarchy.distinct_places("kaz-2014", "CA4")
    with using(language="ru"):
        russian = hierarchy.distinct_places("kaz-2014", "CA4")
    assert english["name"].iloc[0] == "the region named first, by two analysts"
    assert russian["name"].iloc[0] == "регион назван первым, по двум аналитикам"
    assert english.drop(columns="name").equals(russian.drop(columns="name"))
