import pytest
from conftest import assert_prose

from centralasia import ties, using
from centralasia.regions import pairs
from centralasia.ties.register import latest_date
from datacontract.phrases import date_words

PAIRS = pairs("C5")


@pytest.mark.slow
def test_the_answer_follows_the_rows(edit):
    before = ties.answer("C5", 1992, 2025)
    data = edit(
        "ties.csv",
        "KGZ-TJK,2025-03-31,,signature,declaration,friendship,Khujand",
        "KGZ-TJK,2025-03-31,,signature,declaration,alliance,Khujand",
    )
    with using(data):
        after = ties.answer("C5", 1992, 2025)
    assert before.startswith(
        "By the end of 2025, 4 of the **10 pairs** of Central Asia (five states) had reached alliance; "
    )
    assert "; 6 by firm evidence and 8 by all acts found had reached deepened strategic or higher." in before
    assert after.startswith("By the end of 2025, 5 of the **10 pairs**")
    assert "; 7 by firm evidence and 9 by all acts found" in after
    with using(data):
        assert "KGZ" in ties.level_map("C5", "TJK", 2025).data.query("level == 'alliance'")["state"].tolist()


def test_the_answer_says_where_the_acts_end():
    assert ties.answer("C5", 2000, int(latest_date()[:4])).startswith(f"By {date_words(latest_date())}, ")
    assert ties.answer("C5", 2000, 2020).startswith("By the end of 2020, ")


@pytest.mark.slow
def test_a_region_without_acts_is_unknown_in_words():
    told = ties.answer("EUR4", 2000, 2020)
    assert told.startswith("No label was found for any of the 6 pairs of **Four European states** by the end of 2020.")
    assert told.endswith("Nobody searched for acts of 6 of the pairs within the region.")
    assert "not searched: Germany" in ties.levels_of_state("FRA", "EUR4", 2020)
    assert "No label" in ties.level_steps("EUR4", "FRA", 2000, 2020).title


def test_the_control_group_is_said_to_be_thin():
    told = ties.outside_summary("C5", ties.OUTSIDE, 2025)
    assert "were searched for in none of 30 relations" in told
    assert "Kazakhstan (2008) and Uzbekistan (2016) call Russia an ally" in told
    assert "whether labels rise with everybody is open" in told


def test_doubts_name_the_weak_acts_and_go_with_them(edit):
    assert "Kazakhstan–Turkmenistan: deepened strategic rests on acts of medium" in ties.doubts("C5", 2025)
    data = edit("ties.csv", "CN2410;N2410,medium", "CN2410;N2410,high")
    with using(data):
        assert "Kazakhstan–Turkmenistan: deepened strategic rests" not in ties.doubts("C5", 2025)


def test_the_treaty_is_signed_as_of_the_year(edit):
    assert "3 of 5 states had signed" in ties.treaty_signed("C5", 2024)
    assert "Signed later: Tajikistan (28 August 2025)" in ties.treaty_signed("C5", 2024)
    assert "So both states had in 6 of 10 pairs" in ties.treaty_signed("C5", 2025)
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
        assert_prose(ties.recall_summary(region, last))
        assert_prose(ties.waiting_summary(region, first, last).replace("\n", " "))
        assert_prose(ties.outside_summary(region, ["RUS", "USA"], last))
        assert_prose(ties.levels_of_state(state, region, last))
        assert_prose(ties.doubts(region, last).replace("\n", " "))
        assert_prose(ties.treaty_signed(region, last))
        assert_prose(ties.visits_found(region, first, last))
        assert_prose(ties.milestones_found(state, region, last))
