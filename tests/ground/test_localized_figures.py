"""Figures and sentences in the language of the reader."""

import pytest

from centralasia import hierarchy, using, votes
from centralasia.names import document_name, short_name

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_names_are_translated_everywhere():
    with using(language="ru"):
        assert short_name("KAZ") == "Казахстан"
        assert "1 Россия, 2 Китай, 3 Центральная Азия" in hierarchy.order_chart(EDITIONS, "CA4").alt_text
        assert "Россия" in hierarchy.precedence_summary(EDITIONS, "CA4")


def test_sentences_follow_the_language():
    with using(language="kk"):
        said = document_name("kaz-2014", in_sentence=True)
    assert said == "2014–2020 жылдарға арналған тұжырымдама"
    said = document_name("kaz-2014", in_sentence=True)
    assert said == "the concept of 2014–2020"
    assert said._repr_markdown_() == said


@pytest.mark.parametrize(("language", "marks"), [("en", {"0.90", "0.95"}), ("ru", {"0,90", "0,95"})])
def test_scales_are_written_as_the_language_writes_numbers(language, marks):
    with using(language=language):
        drawn = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 1992, 2025))
    assert marks <= {label.get_text() for label in drawn._canvas.axes[0].get_yticklabels()}
