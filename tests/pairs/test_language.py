"""A pair of states in the languages of the report."""

import re

import pytest
from conftest import assert_prose, english_left
from sweeps import first

from centralasia import load, pairs, using
from datacontract.language import _

NAMES = {"Orient", "QazaqGaz"}  # of a publisher and a company
SOURCES = re.compile(r"(?:\d+ (?:источник|дереккөз)|Источник|Дереккөз).*")


@pytest.mark.slow
@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("pair", first(["KAZ-TKM", "KGZ-TJK", "AZE-KAZ"]))
def test_no_english_is_left(language, pair):
    with using(language=language):
        sentences = [
            pairs.answer(pair, 2025), pairs.doubts(pair, 2025), pairs.visits_found(pair, 2025),
            pairs.milestones_found(pair, 2025), pairs.speeches_found(pair, "C6"), pairs.shared_themes(pair),
            pairs.denominator_found(pair), pairs.treaty_signed(pair),
        ]  # fmt: skip
        for said in sentences:
            assert not english_left(said), said
            assert_prose(said)
        assert not english_left(pairs.theme_table(pair)._repr_html_(), {"dataframe", *NAMES})
        figures = [
            pairs.level_steps(pair, 1992, 2025), pairs.visit_lanes(pair), pairs.milestone_lanes(pair, 1992, 2025),
            pairs.theme_grid(pair), pairs.denominator_grid(pair),
        ]  # fmt: skip
        for made in figures:
            for text in (made.title, made.alt_text, SOURCES.sub("", made.caption), *_written(made)):
                assert not english_left(text, NAMES), text


def test_remarks_on_a_theme_leave_out_what_holds_for_the_whole_speech():
    with using(language="ru"):
        shown = pairs.theme_table("KAZ-TKM")._repr_html_()
    assert "только заголовок" in shown
    assert "всё выступление" not in shown


@pytest.mark.parametrize("language", first(["kk", "ru"]))
def test_a_translated_note_has_the_parts_of_the_note(language):
    with using(language=language):
        for note in load("agenda")["note"].dropna().unique():
            assert len(_(note).split("; ")) == len(note.split("; ")), note


def _written(made):
    return [
        text.get_text()
        for axes in made._canvas.axes
        for text in [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    ]
