"""Figures and sentences in the language of the reader."""

import pytest

from centralasia import hierarchy, load, ties, using, votes
from centralasia.names import document_name, short_name
from datacontract import labels
from datacontract.errors import DataError

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_names_are_translated_in_figures_and_english_elsewhere():
    with using(language="ru"):
        assert short_name("KAZ") == "Kazakhstan"
        assert "1 Россия, 2 Китай, 3 Центральная Азия" in hierarchy.order_chart(EDITIONS, "CA4").alt_text
        assert "Russia" in hierarchy.precedence_summary(EDITIONS, "CA4")
        assert "alliance" in " ".join(ties.event_table(["KAZ-KGZ"])["Label"])
        assert set(load("labels")["language"]) == {"en", "ru", "kk"}


def test_sentences_follow_the_language():
    with using(language="kk"):
        said = labels.localized(document_name)("kaz-2014", in_sentence=True)
    assert said == "2014–2020 жылдарға арналған тұжырымдама"
    assert said._repr_markdown_() == f'<span lang="kk">{said}</span>'
    said = labels.localized(document_name)("kaz-2014", in_sentence=True)
    assert said == "the concept of 2014–2020"
    assert said._repr_markdown_() == said


def test_an_unknown_language_is_refused_with_those_there_are():
    message = r"no language 'rus' in labels.csv; did you mean 'ru'\? allowed: en, ru, kk"
    with using(language="rus"), pytest.raises(DataError, match=message):
        hierarchy.order_chart(EDITIONS, "CA4")


def test_a_language_is_added_by_rows_alone(data_copy):
    with (data_copy / "labels.csv").open("a", encoding="utf-8") as file:
        file.write("actor,CA4,xx,Xentral\nfigure,labels.unseen,xx,xnseen\n")
    with using(data_copy, "xx"):
        drawn = hierarchy.order_chart(EDITIONS, "CA4")
        labels = hierarchy.relationship_labels(EDITIONS)
    assert drawn.title.startswith("Xentral: ")
    assert "xnseen" in {text.get_text() for text in labels._canvas.axes[0].texts}
    assert "languages" not in drawn._repr_mimebundle_()[1]["figure"]


@pytest.mark.parametrize(("language", "marks"), [("en", {"0.90", "0.95"}), ("ru", {"0,90", "0,95"})])
def test_scales_are_written_as_the_language_writes_numbers(language, marks):
    with using(language=language):
        drawn = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 1992, 2025))
    assert marks <= {label.get_text() for label in drawn._canvas.axes[0].get_yticklabels()}
