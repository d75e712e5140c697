from conftest import assert_prose

from centralasia import ties, using
from centralasia.regions import pairs

PAIRS = pairs("C5")


def test_the_answer_follows_the_rows(edit):
    before = ties.answer("C5", 1992, 2025)
    data = edit("ties.csv", "declaration,friendship,Khujand", "declaration,alliance,Khujand")
    with using(data):
        after = ties.answer("C5", 1992, 2025)
    assert "4 stand at alliance, 4 at deepened strategic, 1 at strategic and 1 at friendship" in before
    assert "5 stand at alliance, 4 at deepened strategic and 1 at strategic" in after
    with using(data):
        assert "KGZ" in ties.level_map("C5", "TJK", 2025).data.query("level == 'alliance'")["state"].tolist()


def test_the_answer_says_where_the_acts_end():
    assert "reach to" in ties.answer("C5", 2000, 2026)
    assert "reach to" not in ties.answer("C5", 2000, 2025)


def test_a_region_without_acts_is_unknown_in_words():
    assert "no label was found for any of them" in ties.answer("EUR4", 2000, 2020)
    assert "no label found with" in ties.levels_of_state("FRA", "EUR4", 2020)
    assert "No label" in ties.level_steps("EUR4", "FRA", 2000, 2020).title


def test_doubts_name_the_weak_acts_and_go_with_them(edit):
    assert "Kazakhstan–Turkmenistan: deepened strategic rests on acts of medium" in ties.doubts("C5", 2025)
    data = edit("ties.csv", "CN2410;N2410,medium", "CN2410;N2410,high")
    with using(data):
        assert "Kazakhstan–Turkmenistan: deepened strategic rests" not in ties.doubts("C5", 2025)
    assert "Turkmenistan: deepened strategic rests" not in ties.doubts("C5", 2025, "high")


def test_the_treaty_is_signed_as_of_the_year(edit):
    assert "3 of 5 states had signed" in ties.treaty_signed("C5", 2024)
    assert "Signed later: Tajikistan (2025-08-28)" in ties.treaty_signed("C5", 2024)
    assert "so both had in 6 of 10 pairs" in ties.treaty_signed("C5", 2025)
    assert "Not in the table: Azerbaijan" in ties.treaty_signed("C6", 2025)
    data = edit("treaty_signatures.csv", "TKM,no_signature_found,,,", "TKM,signed,2025-12-01,Ashgabat,")
    with using(data):
        assert "5 of 5 states had signed" in ties.treaty_signed("C5", 2025)


def test_steps_up_are_counted_in_words():
    steps = ties.upgrades(PAIRS, 2025)
    assert ties.upgrades_found("C5", 1992, 2025).startswith(f"{len(steps)} steps up were found from 1992 to 2025")
    assert ties.upgrades_found("C5", 2025, 2025) == "1 step up was found in 2025."
    assert ties.upgrades_found("C5", 1992, 1995) == "No step up was found from 1992 to 1995."


def test_the_sentences_of_every_region_are_whole():
    for region, state, first, last in (
        ("C5", "KAZ", 1992, 2025),
        ("CM", "AZE", 2018, 2025),
        ("EUR4", "FRA", 2000, 2020),
    ):
        assert_prose(ties.answer(region, first, last))
        assert_prose(ties.upgrades_found(region, first, last))
        assert_prose(ties.top_level(region, last))
        assert_prose(ties.levels_of_state(state, region, last))
        assert_prose(ties.doubts(region, last).replace("\n", " "))
        assert_prose(ties.treaty_signed(region, last))
        assert_prose(ties.visits_found(region, first, last))
        assert_prose(ties.milestones_found(state, region, last))
