import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from centralasia import synthesis
from centralasia.synthesis import measures

STATES = ["A", "B", "C", "D", "E"]
PAIRS = ["-".join(pair) for pair in itertools.combinations(STATES, 2)]
PAIRS_OF_FIVE = ["-".join(pair) for pair in itertools.combinations(["KAZ", "KGZ", "TJK", "TKM", "UZB"], 2)]


def _series(seed, missing=()):
    values = pd.Series(np.random.default_rng(seed).integers(0, 6, len(PAIRS)).astype(float), PAIRS)
    values[list(missing)] = math.nan
    return values


def _by_hand(one, other):
    """The same by scipy, one order of names after the other."""
    found = []
    for order in itertools.permutations(STATES):
        named = dict(zip(STATES, order, strict=True))
        moved = [other["-".join(sorted(named[state] for state in pair.split("-")))] for pair in PAIRS]
        both = pd.DataFrame({"one": one.to_numpy(), "other": moved}).dropna()
        found.append(spearmanr(both["one"], both["other"]).statistic)
    found = np.array(found)
    return found[0], (np.abs(found) >= abs(found[0]) - 1e-9).mean()


@pytest.mark.parametrize("missing", [[], ["A-C"], ["A-B", "D-E"]])
def test_it_is_what_scipy_gives_one_order_after_the_other(missing):
    one, other = _series(1), _series(2, missing)
    found = measures.quadratic_assignment(one, other)
    assert (found["rho"], found["p"]) == pytest.approx(_by_hand(one, other))
    assert found["pairs"] == len(PAIRS) - len(missing)
    assert found["orders"] == 120


def test_the_same_measure_twice_is_as_firm_as_five_states_allow():
    values = pd.Series(range(10), PAIRS, dtype=float)
    found = measures.quadratic_assignment(values, values)
    assert found["rho"] == pytest.approx(1)
    assert found["p"] == pytest.approx(1 / 120)
    assert found["low"] < 0 < found["high"] < 1


def test_what_belongs_to_one_state_is_not_taken_for_a_bond_of_pairs():
    """Two measures that differ for the pairs of one state only: scipy finds p below 0.02, but any state could be the odd one."""
    odd = pd.Series([float("A" in pair) for pair in PAIRS], PAIRS)
    assert spearmanr(odd, odd).pvalue < 0.001
    assert measures.quadratic_assignment(odd, odd)["p"] == pytest.approx(1 / 5)


@pytest.mark.parametrize("other", [pd.Series(1.0, PAIRS), pd.Series(math.nan, PAIRS), pd.Series([1.0, 2.0], PAIRS[:2])])
def test_what_cannot_be_said_is_missing(other):
    found = measures.quadratic_assignment(_series(1), other)
    assert found[["rho", "p", "low", "high"]].isna().all()
    assert list(found.index) == ["rho", "p", "low", "high", "pairs", "orders"]


def test_many_states_are_sampled_and_the_sample_stays_the_same():
    pairs = ["-".join(pair) for pair in itertools.combinations("ABCDEFGH", 2)]
    one, other = (pd.Series(np.random.default_rng(seed).random(len(pairs)), pairs) for seed in (1, 2))
    found = measures.quadratic_assignment(one, other)
    assert found["orders"] == measures.MOST_ORDERS
    assert found.equals(measures.quadratic_assignment(one, other))


def test_a_pair_that_one_measure_does_not_know_keeps_its_place_by_the_others():
    values = pd.DataFrame({"a": [3.0, 2, 1], "b": [math.nan, 2, 1]}, ["A-B", "A-C", "B-C"])
    assert list(measures.mean_ranks(values).index) == ["A-B", "A-C", "B-C"]


def test_every_two_columns_are_compared():
    frame = pd.DataFrame({"a": _series(1), "b": _series(2), "c": _series(3)})
    found = measures.correlations(frame)
    assert list(zip(found["one"], found["other"], strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found["rho"].between(-1, 1).all()


@pytest.fixture(scope="module")
def five():
    return measures.closeness("C5", 2025)


def test_every_pair_is_known_by_every_measure(five):
    assert list(five.columns) == list(measures.MEASURES)
    assert len(five) == 10
    assert five.notna().all().all()


def test_labels_and_agreement_run_against_each_other_as_the_referee_found_and_not_beyond_chance(five):
    plain = measures.quadratic_assignment(five["ties"], five["votes"])
    assert (round(plain["rho"], 2), round(plain["p"], 2)) == (-0.72, 0.06)
    found = measures.correlations(five)
    row = found[(found["one"] == "ties") & (found["other"] == "votes")].iloc[0]
    beyond = measures.corrected(found, row)
    assert (beyond["one"], beyond["other"]) == ("ties", "beyond_chance")
    first = found[(found["one"] == "votes") & (found["other"] == "words")].iloc[0]
    assert measures.corrected(found, first)[["one", "other"]].tolist() == ["beyond_chance", "words"]
    assert beyond["low"] < beyond["rho"] < beyond["high"]
    assert measures.corrected(found, found[(found["one"] == "ties") & (found["other"] == "words")].iloc[0]) is None


def test_without_agreement_beyond_chance_nothing_takes_the_place_of_plain_agreement(five):
    found = measures.correlations(five.drop(columns="beyond_chance"))
    row = found[(found["one"] == "ties") & (found["other"] == "votes")].iloc[0]
    assert measures.corrected(found, row) is None


@pytest.mark.slow
def test_a_pair_counts_from_the_year_in_which_both_states_are_members():
    """Azerbaijan is a member of the consultative meetings since 2025."""
    assert list(measures.closeness("CM", 2019).index) == PAIRS_OF_FIVE
    assert set(measures.closeness("CM", 2025).index) > set(PAIRS_OF_FIVE)


@pytest.mark.slow
def test_a_treaty_on_the_border_is_the_last_up_to_the_year():
    def shown(year, column):
        values = synthesis.closeness("C5", year)
        table = synthesis.pair_table(values, synthesis.border_treaties("C5", year), year)
        return table[column]

    border = shown(2025, "Last border treaty")
    assert border["Kazakhstan–Kyrgyzstan"] == "2017"
    assert border["Turkmenistan–Uzbekistan"] == "", "without a date in the data, unknown"
    assert shown(2010, "Last border treaty")["Kazakhstan–Kyrgyzstan"] == "2001"
    signed = shown(2025, "Common treaty signed")
    assert signed["Kazakhstan–Tajikistan"] == "both, 2025", "the day of the later signature"
    assert signed["Kazakhstan–Turkmenistan"] == "no signature found: Turkmenistan"
    assert shown(2022, "Common treaty signed")["Kazakhstan–Tajikistan"] == "later"


def test_treaties_take_no_part_in_the_comparison_and_are_blank_where_nothing_is_on_record():
    values, treaties = synthesis.closeness("C6", 2025), synthesis.border_treaties("C6", 2025)
    beside = synthesis.pair_table(values, treaties, 2025)
    assert list(beside.columns[:-2]) == list(synthesis.pair_table(values).columns)
    assert tuple(values.columns) == synthesis.MEASURES
    assert (beside.loc["Azerbaijan–Kazakhstan"].iloc[-2:] == "").all()
    assert treaties["source"].notna().all()
