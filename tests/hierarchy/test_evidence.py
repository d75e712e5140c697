"""What the tables must say for the chapter on the order of partners to be whole."""

import pytest

from centralasia import claims
from centralasia.tables import table_names
from datacontract import contract
from datacontract.contract import rows


def test_every_reading_of_a_document_that_has_several_is_named():
    found = {(row["document_id"], row["reading"]) for row in rows("priorities")}
    several = {d for d, reading in found if len({r for own, r in found if own == d}) > 1}
    named = {(row["document_id"], row["reading"]): row["name"] for row in rows("readings")}
    assert named.keys() == {(d, reading) for d, reading in found if d in several}
    for document in several:
        names = [name for (own, _), name in named.items() if own == document]
        assert len(set(names)) == len(names)
        assert not any("_" in name for name in names)


@pytest.mark.slow
def test_every_open_claim_names_a_text_that_would_settle_it():
    settled = {claim for row in rows("missing_texts") for claim in row["claims"].split(";")}
    found = claims.verdicts()
    open_claims = set(found.loc[found["verdict"] == "open", "claim_id"])
    assert open_claims
    assert open_claims <= settled <= set(found["claim_id"])


@pytest.mark.parametrize("document", ["kaz-2014", "kaz-2020-draft", "kaz-2020"])
def test_every_place_that_is_not_firm_names_a_text_that_would_settle_it(document):
    places = [row for row in rows("priorities") if row["document_id"] == document]
    assert any(row["confidence"] != "high" for row in places)
    assert [row for row in rows("missing_texts") if document in row["documents"].split(";")]


def test_facts_looked_up_again_are_rows_of_their_tables():
    for fact in rows("verification"):
        assert fact["table"] in table_names()
        key = contract.table(fact["table"])["schema"]["primaryKey"]
        known = ["/".join(row[column] for column in key) for row in rows(fact["table"])]
        assert any(f"{row}/".startswith(f"{fact['row']}/") for row in known), fact["row"]


def test_of_forty_rows_drawn_at_random_one_was_wrong():
    verdicts = [row["verdict"] for row in rows("verification") if row["sample"] == "random"]
    assert {v: verdicts.count(v) for v in verdicts} == {"confirmed": 36, "contradicted": 1, "not_found": 3}
