import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import DataError, cite, ties, using
from centralasia.names import NONE_FOUND
from centralasia.regions import pairs
from centralasia.ties.measures import checked_years
from datacontract.contract import rows
from datacontract.errors import ChoiceError

PAIRS = pairs("C5")
SCALE = ["friendship", "strategic", "deepened_strategic", "alliance"]
YEARS = range(1992, 2026)

# Worked out by hand from the acts: the year each pair signed strategic partnership, a deepened one, an alliance.
BY_HAND = {
    "KAZ-KGZ": (None, None, 2003),
    "KAZ-TJK": (2015, None, 2023),
    "KAZ-TKM": (2017, 2024, None),
    "KAZ-UZB": (2013, None, 2021),
    "KGZ-TJK": (None, None, None),
    "KGZ-TKM": (2018, None, None),
    "KGZ-UZB": (2017, 2023, None),
    "TJK-TKM": (2017, 2023, None),
    "TJK-UZB": (2018, None, 2022),
    "TKM-UZB": (2017, 2022, None),
}


def _rank(level):
    return -1 if level is None or pd.isna(level) else SCALE.index(level)


def test_the_scale_is_that_of_the_contract():
    assert ties.levels() == SCALE


@pytest.mark.parametrize("pair", PAIRS)
def test_levels_reached_agree_with_those_worked_out_by_hand(pair):
    steps = ties.upgrades([pair]).set_index("level")["date"].str[:4].astype(int)
    steps = steps[steps < 2026]  # the hand stopped at the end of 2025
    assert tuple(steps.get(level) for level in SCALE[1:]) == BY_HAND[pair]


def test_an_act_known_to_the_year_counts_at_its_end_and_may_count_before(edit):
    with using(edit("ties.csv", "kaz-kgz-2003,KAZ-KGZ,2003-12-25", "kaz-kgz-2003,KAZ-KGZ,2003")):
        assert ties.level_at("KAZ-KGZ", "2002-12-31").at_most == "friendship"
        within = ties.level_at("KAZ-KGZ", "2003-06-01")
        assert (within.level, within.at_most, within.since) == ("friendship", "alliance", "1997-01-10")
        assert ties.level_at("KAZ-KGZ", 2003).level == "alliance"


def test_one_of_two_days_counts_on_the_second(edit):
    days = "kgz-uzb-2023-01-26,KGZ-UZB,2023-01-27,", "kgz-uzb-2023-01-26,KGZ-UZB,2023-01-26,2023-01-27"
    with using(edit("ties.csv", *days)):
        first, second = (ties.level_at("KGZ-UZB", f"2023-01-{day}") for day in (26, 27))
    assert (first.level, first.at_most) == ("strategic", "deepened_strategic")
    assert second.level == second.at_most == "deepened_strategic"


def test_an_undated_act_is_an_upper_bound_only():
    assert ties.level_at("KGZ-UZB", 1992) == ties.Level(None, "friendship", None, None, None)


def test_a_weaker_label_later_does_not_lower_the_level():
    found = ties.level_at("KAZ-TKM", 2025)
    assert (found.level, found.act, found.confidence) == ("deepened_strategic", "kaz-tkm-2024-10-10", "medium")


def test_the_confidence_is_the_best_by_then_and_the_date_that_of_the_first_act(data_copy):
    path = data_copy / "ties.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("tjk-uzb-2022-06,"))
    lines[at] = lines[at].replace(",high,", ",medium,")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    with using(data_copy):
        assert ties.level_at("TJK-UZB", 2023).confidence == "medium"
        late = ties.level_at("TJK-UZB", 2024)
    assert (late.confidence, late.since) == ("high", "2022-06-02")


def test_only_signatures_give_a_level(edit):
    data = edit(
        "ties.csv",
        "kgz-tjk-2025-03-31,KGZ-TJK,2025-03-31,,signature",
        "kgz-tjk-2025-03-31,KGZ-TJK,2025-03-31,,ratification",
    )
    with using(data):
        assert ties.level_at("KGZ-TJK", 2025).level is None
    assert ties.level_at("KGZ-TJK", 2025).level == "friendship"


def test_firmer_acts_alone_give_the_lower_label():
    assert ties.level_at("KAZ-TKM", 2025, "high").level == "strategic"
    assert ties.level_at("KGZ-UZB", 2012, "high").level is None


@settings(max_examples=15)
@given(
    st.sampled_from(PAIRS),
    st.lists(st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2026-12-31").date()), min_size=2, max_size=2),
)
def test_levels_never_fall_and_never_pass_their_bound(pair, days):
    early, late = (ties.level_at(pair, day.isoformat()) for day in sorted(days))
    assert _rank(early.level) <= _rank(late.level)
    assert _rank(early.at_most) <= _rank(late.at_most)
    assert all(_rank(found.level) <= _rank(found.at_most) for found in (early, late))
    strict = ties.level_at(pair, late.since or "2026", "high")
    assert _rank(strict.level) <= _rank(ties.level_at(pair, late.since or "2026", "medium").level)


def test_levels_by_year_against_a_plain_count_of_the_rows():
    found = ties.levels_by_year("C5", YEARS).set_index(["year", "pair"])["level"]
    for year, pair in itertools.product(YEARS, PAIRS):
        signed = [r for r in rows("ties") if r["pair"] == pair and r["event"] == "signature" and r["level"]]
        own = [SCALE.index(r["level"]) for r in signed if r["date"] and int(r["date"][:4]) <= year]
        assert _rank(found[year, pair]) == max(own, default=-1)


def test_the_order_of_rows_does_not_matter(data_copy):
    path = data_copy / "ties.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    with using(data_copy):
        before = ties.levels_by_year("C5", YEARS)
    random.Random(7).shuffle(lines)
    path.write_text(header + "".join(lines), encoding="utf-8")
    with using(data_copy):
        after = ties.levels_by_year("C5", YEARS)
    pd.testing.assert_frame_equal(before, after)


def test_pairs_enter_when_their_states_do():
    counts = ties.levels_by_year("CM", [2017, 2018, 2024, 2025]).groupby("year").size()
    assert counts.to_dict() == {2018: 10, 2024: 10, 2025: 15}


@pytest.mark.parametrize("region", ["C5", "C6", "CM"])
def test_shares_add_up_and_cumulate_to_what_was_found(region):
    table = ties.shares(ties.levels_by_year(region, range(2000, 2026)))
    assert np.allclose(table.drop(columns="pairs").sum(axis=1), 1)
    for year in (2018, 2025):
        counts = ties.level_counts(region, year)
        for place, level in enumerate(SCALE):
            assert counts.loc[level, "found"] == round(table.loc[year, SCALE[place:]].sum() * table.loc[year, "pairs"])


def test_shares_worked_out_by_hand():
    by_year = ties.levels_by_year("C5", [2016])
    assert ties.shares(by_year).loc[2016].to_dict() == {
        "friendship": 0.4, "strategic": 0.2, "deepened_strategic": 0, "alliance": 0.1, NONE_FOUND: 0.3,
        ties.NOT_SEARCHED: 0, "pairs": 10,
    }  # fmt: skip
    counts = ties.level_counts("C5", 2016)
    assert counts.loc["strategic"].to_dict() == {"firm": 3, "found": 3, "possible": 6, "pairs": 10}


@pytest.mark.parametrize("region", ["C5", "C6", "CM", "EUR4"])
@pytest.mark.parametrize("year", [1995, 2005, 2018, 2025])
def test_firm_found_and_possible_are_nested(region, year):
    counts = ties.level_counts(region, year)
    assert (counts["firm"] <= counts["found"]).all()
    assert (counts["found"] <= counts["possible"]).all()
    assert (counts["possible"] <= counts["pairs"]).all()
    assert counts["found"].is_monotonic_decreasing


def test_firm_evidence_by_the_referee():
    """By high confidence alone 4 alliances, 2 deepened, 3 strategic partnerships and 1 friendship, by all 4, 4, 1, 1."""
    counts = ties.level_counts("C5", 2025)[::-1]
    assert counts["firm"].tolist() == [4, 4 + 2, 4 + 2 + 3, 10]
    assert counts["found"].tolist() == [4, 4 + 4, 4 + 4 + 1, 10]


def test_an_act_of_three_states_counts_in_each_pair_that_it_binds():
    acts = ties.signatures(PAIRS).query("level == 'friendship'").groupby("date")["pair"].agg(set)
    assert acts["2025-03-31"] == {"KGZ-TJK", "KGZ-UZB", "TJK-UZB"}
    assert acts["1997-01-10"] == {"KAZ-KGZ", "KAZ-UZB", "KGZ-UZB"}


@pytest.mark.slow
def test_who_was_searched_is_data(data_copy):
    assert ties.searched() == ties.searched("visits") == set(PAIRS)
    with (data_copy / "searched_pairs.csv").open("a", encoding="utf-8") as file:
        file.write("ties,AZE-KAZ,2026-03-13,\n")
    with using(data_copy):
        assert "AZE-KAZ" in ties.searched()
        assert "Azerbaijan: none found" in ties.level_map("C6", "KAZ", 2025).alt_text


@pytest.mark.parametrize("confidence", ["low", "medium", "high"])
def test_steps_go_up_and_begin_with_no_label(confidence):
    steps = ties.upgrades(PAIRS, minimum_confidence=confidence)
    assert steps["last"].is_monotonic_increasing
    for _, own in steps.groupby("pair"):
        codes = own["level"].cat.codes.tolist()
        assert codes == sorted(set(codes))
        assert own["before"].cat.codes.tolist() == [-1, *codes[:-1]]


def test_times_are_bounds_and_censored_at_the_end():
    waits = ties.times_to_level(["KAZ-KGZ", "KGZ-TKM"], 1992, 2025).set_index(["pair", "level"])
    assert waits.loc[("KAZ-KGZ", "alliance"), "date"] == "2003-12-25"
    assert waits.loc[("KAZ-KGZ", "strategic"), ["at_least", "at_most"]].tolist() == pytest.approx([11.98] * 2, abs=0.01)
    open_end = waits.loc[("KGZ-TKM", "alliance")]
    assert open_end["at_least"] == pytest.approx(34, abs=0.01)
    assert pd.isna(open_end["at_most"])


def test_what_was_signed_before_the_clock_took_no_time():
    assert (
        ties.times_to_level(["KAZ-UZB"], 2000, 2025)
        .query("level == 'friendship'")[["at_least", "at_most"]]
        .eq(0)
        .all(axis=None)
    )


@pytest.mark.parametrize("until", [2005, 2012, 2017, 2025])
def test_the_median_is_that_of_kaplan_and_meier(until):
    from scipy.stats import CensoredData, ecdf

    waits = ties.times_to_level(PAIRS, 1992, until)
    for level, row in ties.median_survival(waits).iterrows():
        own = waits[waits["level"] == level]
        done = own["at_most"].dropna()
        assert (row["reached"], row["pairs"]) == (len(done), len(PAIRS))
        if len(done) == 0:
            assert pd.isna(row["years"])
            continue
        curve = ecdf(CensoredData(uncensored=done, right=own.loc[own["at_most"].isna(), "at_least"])).sf
        below = curve.quantiles[curve.probabilities <= 0.5 + 1e-9]
        below = below[np.isin(below, done)]
        assert row["years"] == pytest.approx(below[0]) if len(below) else pd.isna(row["years"])


def test_wrong_arguments_name_parameter_value_and_what_is_allowed():
    with pytest.raises(ChoiceError, match="minimum_confidence is 'sure'.*allowed: low, medium, high"):
        ties.events(PAIRS, "sure")
    with pytest.raises(DataError, match="'UZB-KAZ'.*as KAZ-UZB"):
        ties.events(["UZB-KAZ"])
    with pytest.raises(ChoiceError, match="date is '2025-1'"):
        ties.level_at("KAZ-UZB", "2025-1")
    with pytest.raises(ChoiceError, match="since is 2021.*until.*2020"):
        ties.times_to_level(PAIRS, 2021, 2020)
    with pytest.raises(ChoiceError, match="first_year is 2021.*2020"):
        checked_years("C5", 2021, 2020)
    with pytest.raises(ChoiceError, match=r"2090; allowed: up to 20\d\d, the year of the latest act in ties\.csv$"):
        checked_years("C5", 2021, 2090)
    with pytest.raises(ChoiceError, match="last_year is 2010.*CM has two members"):
        checked_years("CM", 2001, 2010)


def test_levels_of_several_pairs_on_a_day_are_those_of_each():
    found = ties.levels_on(PAIRS, "2017-06", "medium").set_index("pair")
    for pair in PAIRS:
        level = ties.level_at(pair, "2017-06", "medium")._asdict()
        assert list(found.columns) == list(level)
        assert {name: None if pd.isna(value) else value for name, value in found.loc[pair].items()} == level


def test_a_pair_without_any_act_has_no_level():
    assert ties.level_at("AZE-KAZ", 2025) == ties.Level(None, None, None, None, None)


def test_acts_of_a_region_name_their_sources():
    keys = {row["source_key"] for row in cite(ties.events(PAIRS)).rows}
    assert {"ZP", "EC24"} <= keys
    assert "LURER25" not in keys  # the pair with Russia is outside the region
