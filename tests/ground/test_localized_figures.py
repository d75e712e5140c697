"""Figures and sentences in the language of the reader."""

import re

import pytest

from centralasia import hierarchy, load, ties, using, votes
from centralasia.names import short_name
from datacontract.errors import DataError

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_names_are_translated_in_figures_and_english_elsewhere():
    with using(language="ru"):
        assert short_name("KAZ") == "Kazakhstan"
        drawn = hierarchy.bump_chart(EDITIONS, "CA4")
        assert "1 Россия, 2 Китай, 3 Центральная Азия" in drawn.alt_text
        assert drawn._repr_mimebundle_()[1]["figure"]["languages"]["title"] == "ru"
        assert not re.search("[A-Za-z]{3}", drawn.title)
        assert "союзничество 40\u00a0%" in ties.level_shares("C5", 1992, 2025).alt_text
        assert "Russia" in hierarchy.moves(EDITIONS)
        assert "alliance" in " ".join(ties.event_table(["KAZ-KGZ"])["Label"])
        assert set(load("labels")["language"]) == {"en", "ru", "kk"}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_names_at_the_left_of_the_order_keep_away_from_the_axis(language):
    with using(language=language):
        canvas = hierarchy.bump_chart(EDITIONS, "CA4")._canvas
    canvas.draw_without_rendering()
    axes = canvas.axes[0]
    names = [text for text in axes.texts if text.get_ha() == "right"]
    assert len(names) == 5
    assert min(name.get_window_extent().x0 for name in names) - axes.bbox.x0 > 0.1 * canvas.dpi


def test_sentences_follow_the_language():
    with using(language="kk"):
        said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Орталық Азия**: 5 серіктес ішінде 3-орын")
    assert said._repr_markdown_() == f'<span lang="kk">{said}</span>'
    said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Central Asia** stands 3rd of 5 in the concept of 2014–2020, 2nd of 10")
    assert said._repr_markdown_() == said


def test_an_unknown_language_is_refused_with_those_there_are():
    message = r"no language 'rus' in labels.csv; did you mean 'ru'\? allowed: en, ru, kk"
    with using(language="rus"), pytest.raises(DataError, match=message):
        hierarchy.bump_chart(EDITIONS, "CA4")


def test_a_language_is_added_by_rows_alone(data_copy):
    with (data_copy / "labels.csv").open("a", encoding="utf-8") as file:
        file.write("actor,CA4,xx,Xentral\nsentence,order.stayed,xx,xtayed\n")
    with using(data_copy, "xx"):
        assert hierarchy.answer(EDITIONS, "CA4").startswith("**Xentral** stands 3rd of 5 in the concept of 2014–2020")
        assert "xtayed in 2" in hierarchy.moves_by_reading(EDITIONS, "CA4")
        drawn = hierarchy.bump_chart(EDITIONS, "CA4")
    assert drawn.title.startswith("Xentral in the order of partners")
    assert "languages" not in drawn._repr_mimebundle_()[1]["figure"]


@pytest.mark.parametrize(("language", "marks"), [("en", {"0.90", "0.95"}), ("ru", {"0,90", "0,95"})])
def test_scales_are_written_as_the_language_writes_numbers(language, marks):
    with using(language=language):
        drawn = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 1992, 2025))
    assert marks <= {label.get_text() for label in drawn._canvas.axes[0].get_yticklabels()}
