import re

import pytest
from conftest import assert_prose

from centralasia import cite, meetings, pairs, regions, ties, using
from datacontract.contract import rows


def test_doubts_name_the_weak_acts_and_go_with_them(edit):
    assert "an act of 2025-11-25 carries the weaker label strategic" in pairs.doubts("KAZ-TKM", 2025)
    assert "weaker" not in pairs.doubts("KAZ-UZB", 2025)
    assert "rests on acts of medium" in pairs.doubts("KAZ-TKM", 2025)
    with using(edit("ties.csv", "CN2410;N2410,medium", "CN2410;N2410,high")):
        assert "rests on" not in pairs.doubts("KAZ-TKM", 2025)


def test_the_treaty_is_signed_where_both_have(edit):
    assert pairs.treaty_signed("KAZ-TKM").startswith("It is not established")
    assert "Azerbaijan: not in the table" in pairs.treaty_signed("AZE-KAZ")
    with using(edit("treaty_signatures.csv", "TKM,no_signature_found,,,", "TKM,signed,2025-12-01,Ashgabat,")):
        assert pairs.treaty_signed("KAZ-TKM").startswith("Both have signed")
        assert "Turkmenistan: signed on 1 December 2025" in pairs.treaty_signed("KAZ-TKM")


@pytest.mark.parametrize("pair", ["AZE-KAZ", "KAZ-TKM"])
def test_sources_of_a_pair_are_all_known(pair):
    states = regions.states_of(pair)
    assert len(cite(pair, meetings.treaty_signatures(states), ties.milestones(states)))


@pytest.mark.slow
def test_visits_and_milestones_follow_the_rows(edit):
    kind = ("KAZ-TKM", "held", "head_of_state")
    held = [r for r in rows("visits") if (r["pair"], r["status"], r["guest_rank"]) == kind and r["date"] < "2026"]
    assert pairs.visits_found("KAZ-TKM", 2025).startswith(f"At least {len(held)} visits")
    data = edit(
        "visits.csv",
        "TKM,KAZ,held,head_of_state,state,,S. Berdimuhamedov,N2511",
        "TKM,KAZ,planned,head_of_state,state,,S. Berdimuhamedov,N2511",
    )
    with using(data):
        assert pairs.visits_found("KAZ-TKM", 2025).startswith(f"At least {len(held) - 1} visits")
        assert pairs.visits_found("KAZ-TKM", 2025).endswith("Not known to have been held: 1 planned.")
        assert "2025-11-24 state, planned" in pairs.visit_lanes("KAZ-TKM").alt_text


@pytest.mark.parametrize("pair", ["AZE-KAZ", "AZE-TKM", "KAZ-TKM", "KAZ-UZB", "KGZ-TJK", "TJK-UZB"])
def test_every_pair_has_its_sentences(pair):
    sentences = [
        pairs.answer(pair, 2025),
        pairs.doubts(pair, 2025),
        pairs.visits_found(pair, 2025),
        pairs.milestones_found(pair, 2025),
        pairs.shared_themes(pair),
        pairs.denominator_found(pair),
        pairs.treaty_signed(pair),
    ]
    for text in sentences:
        assert text.endswith((".", "…"))
        assert_prose(text)
        assert not re.search(r"\b1 (visits|milestones|times)", text)
    if "AZE" in pair:
        assert sentences[0].startswith("Nobody searched for acts between")
