import itertools
import re

import pytest
from conftest import assert_prose
from sweeps import first

from centralasia import hierarchy, load, using

pytestmark = pytest.mark.slow

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_the_answer_takes_no_side_where_sources_disagree():
    said = hierarchy.answer(EDITIONS, "CA4")
    assert said.startswith("**Central Asia** comes 2nd in the draft of 2019 and 4th in the concept of 2020–2030.")
    assert "For the concept of 2014–2020 the sources disagree: 1st, joint 2nd or 3rd." in said
    assert "Whether the draft of 2019 raised it is open" in said
    assert "it comes later than in the concept of 2014–2020 by every reading" in said
    assert "rests on a copy of an encyclopedia. None of these texts was read in full." in said


def test_the_answer_follows_the_data(edit):
    folder = edit("priorities.csv", "kaz-2020,baseline,partners,4,CA4", "kaz-2020,baseline,partners,1,CA4")
    with using(folder):
        said = hierarchy.answer(EDITIONS, "CA4")
        others = hierarchy.precedence_summary(EDITIONS, "CA4")
    assert "joint 1st in the concept of 2020–2030" in said
    assert "whether the concept of 2020–2030 raised it is open" in said
    assert others == "Nobody passed Central Asia by every reading."


def test_one_source_alone_settles_nothing_but_its_own_reading(edit):
    folder = edit("readings.csv", 'by two analysts",equal', 'by two analysts",variant')
    with using(folder):
        said = hierarchy.answer(EDITIONS, "CA4")
    assert "In the draft of 2019 it comes earlier than in the concept of 2014–2020 by every reading" in said


def test_the_answer_for_a_partner_that_is_not_named():
    assert hierarchy.answer(EDITIONS, "TUR") == "None of these documents names **Türkiye** in what was read of them."
    assert "What was read of the document of 2022 does not name it." in hierarchy.answer(
        ["kgz-2007", "kgz-2019", "kgz-2022-programme"], "NEI"
    )


def test_who_passed_it_by_every_reading():
    said = hierarchy.precedence_summary(EDITIONS, "CA4")
    assert said == "By every reading the United States passed Central Asia."
    table = hierarchy.precedence_table(EDITIONS, "CA4")
    assert table.loc["China"].tolist() == ["ahead 1, level 1, behind 1", "ahead", "behind"]


def test_draws_are_said_in_words():
    said = hierarchy.draws_summary(EDITIONS, "CA4", 10_000, 2020)
    assert (
        "2nd in the draft of 2019 in nearly all draws and 4th in the concept of 2020–2030 in about 4 of 5 draws" in said
    )
    assert "In the concept of 2014–2020 no place comes out in more than half of the draws." in said


def test_the_term_of_the_draft():
    assert hierarchy.terms(EDITIONS) == (
        "The concept of 2014–2020 and the concept of 2020–2030 have fixed terms; the draft of 2019 is reported to have no fixed term."
    )


def test_an_order_of_labels_may_be_no_order_of_priorities(edit):
    assert hierarchy.label_order(["kaz-2020"]).startswith("In the concept of 2020–2030 the places come in the order")
    folder = edit("priorities.csv", "relations of a strategic character,strategic", "ally,alliance")
    with using(folder):
        assert hierarchy.label_order(["kaz-2020"]).startswith("In none of these documents")


@pytest.mark.parametrize("which", first(["equal", "all"]))
@pytest.mark.parametrize("state", sorted(load("documents")["state"].dropna().unique()))
def test_sentences_and_tables_for_every_document_with_an_order(state, which):
    ordered = set(load("priorities")["document_id"])
    own = [d for d in load("documents").query("state == @state")["document_id"] if d in ordered]
    for pair in itertools.pairwise(own):
        for actor in ("CA4", "UN"):
            for said in (
                hierarchy.answer(pair, actor, which),
                hierarchy.precedence_summary(pair, actor, which),
                hierarchy.draws_summary(pair, actor, 200, 1, which),
            ):
                assert said.endswith(".")
                assert_prose(said)
            assert len(hierarchy.reading_table(pair, actor, which)) >= 2
            assert hierarchy.draws_table(pair, actor, 200, 1, which).shape[1] == 2
        for said in (hierarchy.terms(pair), hierarchy.label_order(pair)):
            assert_prose(said)
        assert len(hierarchy.agreement_table(pair, which)) >= 1
        assert len(hierarchy.document_table(pair)) == 2


def test_no_code_reaches_the_reader():
    codes = {row["reading"] for _, row in load("readings").iterrows() if "_" in row["reading"]}
    keys = set(load("sources")["source_key"])
    shown = [
        hierarchy.answer(EDITIONS, "CA4", "all"), hierarchy.precedence_summary(EDITIONS, "CA4", "all"),
        hierarchy.reading_table(EDITIONS, "CA4", "all").to_string(), hierarchy.agreement_table(EDITIONS, "all").to_string(),
        hierarchy.order_chart(EDITIONS, "CA4", "all").alt_text, hierarchy.settling_table(EDITIONS).to_string(),
        hierarchy.other_orders_table(EDITIONS).to_string(),
    ]  # fmt: skip
    for text in shown:
        assert not [code for code in codes if code in text or code.replace("_", " ") in text]
        assert not keys & set(text.replace(",", " ").replace(".", " ").split())


def test_one_table_has_the_orders_of_all_other_documents():
    table = hierarchy.other_orders_table(EDITIONS)
    ordered = set(load("priorities").dropna(subset="rank")["document_id"]) - set(EDITIONS)
    titles = load("documents").set_index("document_id")["title"]
    assert set(table["Document"]) == set(titles[list(ordered)])
    assert {"Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"} <= set(table.index)


@pytest.mark.parametrize(("document", "date"), [("kaz-2020-draft", "2019-12"), ("kaz-2005", "2005")])
def test_a_document_without_a_date_is_named_so(data_copy, document, date):
    path = data_copy / "documents.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x.replace(f",{date},", ",,") if x.startswith(f"{document},") else x for x in lines))
    with using(data_copy):
        documents = ["kaz-2014", document]
        said = hierarchy.answer(documents, "CA4")
        drawn = hierarchy.order_chart(documents, "CA4")
        row = hierarchy.document_table(documents).iloc[1]
    title = load("documents").set_index("document_id").loc[document, "title"]
    assert f"in the undated document “{title}”" in said
    assert_prose(said)
    assert "undated" in drawn.alt_text
    assert row["Date"] == "unknown"


def test_two_documents_of_one_name_both_keep_their_column(edit):
    with using(edit("documents.csv", "fixed,2014,2020,", "fixed,2020,2030,")):
        table = hierarchy.precedence_table(EDITIONS, "CA4")
        chart = hierarchy.order_chart(EDITIONS, "CA4")
    assert list(table.columns) == ["Kazakhstan 2020–2030", "Kazakhstan draft, 2019", "Kazakhstan 2020–2030"]
    assert table.loc["United States"].tolist() == ["ahead", "ahead", "behind"]
    assert chart.alt_text.count("Kazakhstan 2020–2030") == 4


@pytest.mark.parametrize("share", [0, 0.04, 0.07, 0.11, 0.3, 0.5, 0.88, 0.93, 1])
def test_a_share_of_draws_is_no_nonsense(share):
    said = hierarchy.sentences._often(share)
    assert not re.search(r"\b0 of|of 1\b", said), said
    assert ("hardly any" in said, "nearly all" in said) == (share < 0.1, share > 0.9)
