"""The claims in the languages of the report."""

import re

import pytest
from conftest import assert_prose, english_left
from sweeps import first

from centralasia import claims, using

pytestmark = pytest.mark.slow

SOURCES = re.compile(r"(?:\d+ (?:источник|дереккөз)|Источник|Дереккөз).*")


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("about", first(["all", "adopted"]))
def test_no_english_is_left(language, about):
    with using(language=language):
        found = claims.verdicts(about)
        drawn, done = claims.draw_verdicts(found, draws=20), claims.practice(about)
        sentences = [
            claims.answer(found), claims.could_fail(found), claims.against(found), claims.open_claims(found),
            claims.survival(found, drawn),
        ]  # fmt: skip
        for said in (
            *sentences,
            *found["criterion"][found["criterion"] != ""],
            *found["reason"][found["reason"] != ""],
        ):
            assert not english_left(said), said
            assert_prose(said)
        tables = (
            claims.claim_table(found),
            claims.origin_table(found),
            claims.practice_table(done),
            claims.verdict_table(),
        )
        for table in (*tables, claims.settling_table(found)):
            assert not english_left(table._repr_html_(), {"dataframe", "turkmenistan"})
        for made in (claims.claim_matrix(found), claims.draw_chart(found, drawn)):
            for text in (made.title, made.alt_text, SOURCES.sub("", made.caption), *_written(made)):
                assert not english_left(text), text


def test_the_verdicts_are_the_same_in_every_language():
    english = claims.verdicts()
    with using(language="kk"):
        kazakh = claims.verdicts()
        digest = claims.criteria_digest()
    assert kazakh["verdict"].tolist() == english["verdict"].tolist()
    assert claims.draw_verdicts(kazakh, draws=20).equals(claims.draw_verdicts(english, draws=20))
    assert digest == claims.criteria_digest()
    assert (kazakh["claim"] != english["claim"]).all()


def test_claims_that_only_the_article_makes_are_counted_in_every_language():
    with using(language="ru"):
        said = claims.open_claims(claims.verdicts())
    alone = re.search(r"(\d+) rest on the article alone", claims.open_claims(claims.verdicts()))[1]
    assert f"{alone} опираются только на статью" in said


def _written(made):
    return [
        text.get_text()
        for axes in made._canvas.axes
        for text in [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    ]
