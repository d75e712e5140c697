import itertools
import re

import pytest
from conftest import assert_prose

from centralasia import hierarchy, load, using

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_the_answer_follows_the_data(edit):
    assert "3rd of 5" in hierarchy.answer(EDITIONS, "CA4")
    folder = edit("priorities.csv", "kaz-2020,baseline,partners,4,CA4", "kaz-2020,baseline,partners,1,CA4")
    with using(folder):
        said = hierarchy.answer(EDITIONS, "CA4")
    assert "1st of 5 in the concept of 2020–2030" in said
    assert "From first to last it rose" in said
    assert "draft that was not adopted" not in said


def test_the_answer_for_a_partner_that_is_not_named():
    said = hierarchy.answer(EDITIONS, "TUR")
    assert "is not named in the part read of the concept of 2014–2020" in said
    assert "no movement" in said


def test_survival_counts_every_combination():
    said = hierarchy.moves_by_reading(EDITIONS, "CA4")
    first, last = said.split(";")
    assert [sum(map(int, re.findall(r"in (\d+)", part))) for part in (first, last)] == [10, 4]
    assert "fell in 2 and cannot be compared in 2 of 4 combinations" in last


def test_the_term_of_the_draft():
    said = hierarchy.terms(EDITIONS)
    assert (
        said
        == "The concept of 2014–2020 and the concept of 2020–2030 have a fixed term; the draft of 2019 is reported to have no fixed term."
    )


@pytest.mark.parametrize("state", sorted(load("documents")["state"].dropna().unique()))
def test_sentences_and_tables_for_every_document_with_an_order(state):
    ordered = set(load("priorities")["document_id"])
    own = [d for d in load("documents").query("state == @state")["document_id"] if d in ordered]
    for pair in itertools.pairwise(own):
        for actor in ("CA4", "NEI", "RUS", "UN"):
            for said in (hierarchy.answer(pair, actor), hierarchy.moves_by_reading(pair, actor)):
                assert said.endswith(".")
                assert_prose(said)
        for said in (
            hierarchy.moves(pair),
            hierarchy.most_alike(pair),
            hierarchy.evidence(pair),
            hierarchy.terms(pair),
        ):
            assert_prose(said)
        assert hierarchy.moves(pair).startswith("- From ")
        assert hierarchy.most_alike(pair).endswith(".")
        assert hierarchy.evidence(pair).endswith(".")
        assert hierarchy.rank_table(pair).shape[1] == 2
        assert len(hierarchy.rank_change_table(pair)) == len(hierarchy.rank_table(pair))
        assert hierarchy.label_table(pair).shape[1] == 2
        assert hierarchy.document_table(pair).index.tolist() == list(pair)


def test_orders_that_are_equally_alike_are_not_put_first():
    assert hierarchy.most_alike(["uzb-2012", "uzb-2016-statement", "uzb-2017-unga"]).startswith(
        "All pairs of these orders"
    )
    said = hierarchy.most_alike(["kaz-2005", "kaz-2008-board", "kaz-2020-05-statement", "kaz-2014"])
    assert re.match(r"[2-5] of the 6 pairs of these orders are equally alike, more than the others", said)


def test_an_answer_speaks_of_the_documents_that_place_the_focus():
    assert "From first to last it fell" in hierarchy.answer(EDITIONS, "CA4")
    said = hierarchy.answer(["kaz-2005", "kaz-2014", "kaz-2020-draft", "kaz-2020"], "CA4")
    assert "Between the first and the last document that place it, it fell; its highest place" in said


def test_a_document_that_places_nobody_makes_no_empty_or_broken_words():
    documents = ["tjk-1993", "tjk-2002", "tjk-2015"]
    assert "Russia is named only in the earlier text" in hierarchy.moves(documents)
    assert hierarchy.moves(documents).endswith("Central Asia is named without a place in both.")
    assert hierarchy.most_alike(documents).startswith("Fewer than two of these documents place any partner")
    assert list(hierarchy.label_table(documents).index) == ["no label seen for any"]
    assert set(hierarchy.similarity_table(documents)["Kendall's tau-b"]) == {"cannot be told"}


@pytest.mark.parametrize(("document", "date"), [("kaz-2020-draft", "2019-12"), ("kaz-2005", "2005")])
def test_a_document_without_a_date_is_named_so(data_copy, document, date):
    path = data_copy / "documents.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x.replace(f",{date},", ",,") if x.startswith(f"{document},") else x for x in lines))
    with using(data_copy):
        documents = ["kaz-2014", document]
        said = hierarchy.answer(documents, "CA4")
        drawn = hierarchy.bump_chart(documents, "CA4")
        row = hierarchy.document_table(documents).loc[document]
        assert_prose(hierarchy.moves(documents))
    assert f"in the undated document {document}" in said
    assert_prose(said)
    assert "undated" in drawn.alt_text
    assert row["Date"] == "unknown"


def test_two_documents_of_one_name_both_keep_their_column(edit):
    with using(edit("documents.csv", "fixed,2014,2020,", "fixed,2020,2030,")):
        ranks, labels = hierarchy.rank_table(EDITIONS), hierarchy.label_table(EDITIONS)
        changes = hierarchy.rank_change_table(["kaz-2014", "kaz-2020", "kaz-2014", "kaz-2020"])
        similar = hierarchy.similarity_table(EDITIONS)
        readings = hierarchy.places_by_reading(EDITIONS, "CA4").alt_text
        chart = hierarchy.bump_chart(EDITIONS, "CA4").alt_text
    names = ["Kazakhstan 2020–2030", "Kazakhstan draft, 2019", "Kazakhstan 2020–2030"]
    assert list(ranks.columns) == list(labels.columns) == names
    assert ranks.loc["China"].tolist() == ["2", "3", "2"]
    assert labels.loc["China"].tolist() == ["strategic", "", "deepened strategic"]
    assert changes.shape[1] == 3
    assert len(similar) == 3
    assert (
        "Kazakhstan 2020–2030: baseline 3rd, ca_first 1st, ca_tied_2_3 2nd, ratel14 1st, usa_eu_tied 3rd. Kazakhstan"
        in readings
    )
    assert chart.count("Kazakhstan 2020–2030: 1 Russia") == 2


def test_captions_say_which_readings_were_taken():
    for draw in (
        lambda r: hierarchy.bump_chart(EDITIONS, "CA4", r),
        lambda r: hierarchy.relationship_labels(EDITIONS, r),
    ):
        assert "reading baseline)" in draw("baseline").caption
        assert "reading ca_first, baseline)" in draw("ca_first").caption, "two of the documents lack that reading"


def test_the_scale_of_labels_may_grow(data_copy):
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"alliance"', '"alliance", "union"'), encoding="utf-8")
    with using(data_copy):
        assert hierarchy.ranking("kaz-2014")["level"].cat.categories[-1] == "union"
        drawn = hierarchy.relationship_labels(EDITIONS)
    assert drawn.title == "No union, among 5 labelled partners"
