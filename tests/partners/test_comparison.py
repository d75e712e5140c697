"""How alike orders are, against scipy and worked examples; what changed; both directions of a pair."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from centralasia import partners
from centralasia.partners.comparison import average_overlap, tau_b

DOCUMENTS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
SOURCES = ["trade", "intensity", "votes", "speeches", "memberships"]
FIVE = ("RUS", "CHN", "CA4", "USA", "EU")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=6))
def test_tau_b_is_that_of_scipy(pairs):
    one, other = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    found, expected = float(tau_b(one, other)), kendalltau(one, other).statistic
    assert found == pytest.approx(expected, nan_ok=True)


def test_average_overlap_by_hand():
    """Orders a b c and b a c: nothing shared at depth 1, both at 2, all at 3 (Fagin, Kumar and Sivakumar 2003)."""
    assert average_overlap(np.array([1, 2, 3]), np.array([2, 1, 3])) == pytest.approx((0 + 1 + 1) / 3)
    assert average_overlap(np.array([1, 2, 3]), np.array([1, 2, 3])) == 1
    # A joint first place is met whole at depth 1: 1 of 1 and 2 named, so 2 * 1 / 3.
    assert average_overlap(np.array([1, 2, 3]), np.array([1, 1, 3])) == pytest.approx((2 / 3 + 1 + 1) / 3)


def test_the_reference_goes_through_all_orders():
    one, other = dict(zip("abcde", range(1, 6), strict=True)), dict(zip("abcde", (2, 1, 3, 4, 5), strict=True))
    found = partners.likeness(one, other)
    taus = [kendalltau(list(one.values()), order).statistic for order in itertools.permutations(range(1, 6))]
    assert (found.orders, found.n) == (120, 5)
    assert found.as_alike == sum(tau >= found.tau_b - 1e-9 for tau in taus) == 5
    assert partners.likeness(one, one).as_alike == partners.likeness(one, one).overlapping == 1


def test_orders_that_cannot_be_compared():
    for other in ({}, {"a": 1}, {"a": 1, "b": 1, "c": 1}, {"x": 1, "y": 2}):
        found = partners.likeness({"a": 1, "b": 2, "c": 3}, other)
        assert np.isnan(found.tau_b)
        assert found.orders == 0
    many = {n: n for n in range(9)}
    assert partners.likeness(many, many).orders == 10_000  # drawn, since nine partners have 362,880


def test_the_texts_differ_in_one_partner():
    assert partners.declared_differ_by(DOCUMENTS) == "CA4"
    assert partners.declared_differ_by(["kaz-2020", "kaz-2020"]) is None
    assert partners.declared_differ_by(["kaz-2020", "kaz-2019-interview"]) == "EU"
    assert partners.declared_differ_by(["kaz-2020-draft", "kaz-2019-interview"]) is None  # two partners move


def test_likeness_to_documents_takes_every_reading():
    alike = partners.likeness_to_documents("KAZ", DOCUMENTS, SOURCES, list(partners.WINDOWS))
    assert set(alike.groupby(["by", "window"])["order"].size()) == {5}  # three readings of 2014, one of each other
    assert (alike["low"] <= alike["high"]).all()
    row = alike.query("by == 'votes' and window == 'since-2020' and document_id == 'kaz-2020-draft'").iloc[0]
    order = partners.revealed("KAZ", FIVE, "votes", "since-2020")["rank"]
    draft = partners.declared("kaz-2020-draft")
    assert row["tau_b"] == pytest.approx(kendalltau([draft[c] for c in FIVE], [order[c] for c in FIVE]).statistic)
    won = partners.closest_documents(alike)
    assert (won[[*DOCUMENTS, "no one"]].sum(axis=1) == won["ways"]).all()
    assert won["ways"].unique() == [3]


def test_a_change_is_that_of_one_series_with_years_enough():
    trade = partners.change("KAZ", "CA4", FIVE, "trade", "2014-2019", "since-2020")
    assert (trade["basis"], trade["years_before"], trade["years_after"]) == ("national", 2, 4)
    assert np.isnan(trade["low"])
    kyrgyz = partners.change("KGZ", "CA4", FIVE, "trade", "2014-2019", "since-2020")
    assert kyrgyz["gain"] == pytest.approx(kyrgyz["value_after"] - kyrgyz["value_before"])
    assert kyrgyz["low"] < kyrgyz["gain"] < kyrgyz["high"]
    cow = partners.change("KAZ", "CA4", FIVE, "trade", "2008-2013", "2014-2019")
    assert (cow["basis"], cow["years_after"]) == ("cow", 1)  # the national table begins in 2018
    assert partners.change("KAZ", "CA4", FIVE, "memberships", "2014-2019", "since-2020").isna().all()


def test_checks_on_growing_priority():
    found = {c.by: c for c in partners.check_growing_priority("KAZ", "CA4", FIVE, "2008-2013", "2014-2019")}
    assert found["votes"].holds is True
    assert found["votes"].words == "Central Asia in votes at the UN: 0.50 in 2008–2013, then 0.64 in 2014–2019"
    assert found["trade"].holds is None
    assert found["visits"] == ("visits", "Central Asia in visits: no value by one series in both windows", None, "")
    assert {c.holds for c in partners.check_growing_priority("KAZ", "CA4", FIVE, "2014-2019", "since-2020")} == {None}
    back = {c.by: c for c in partners.check_growing_priority("KAZ", "CA4", FIVE, "2014-2019", "2008-2013")}
    assert back["votes"].holds is False
    assert found["votes"].source


def test_checks_on_each_neighbour():
    found = list(partners.check_neighbours_closer("KAZ", "C5", "2014-2019", "since-2020"))
    assert len(found) == 4 * len(partners.SOURCES)
    assert {c.words.split(" in ")[0] for c in found} == {"Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"}
    assert all(c.source or c.holds is None for c in found)


def test_both_directions_of_a_pair():
    found = partners.both_directions("KAZ-KGZ", ["trade", "votes"], ["since-2020"]).set_index(["by", "state"])
    assert (
        found.loc[("votes", "KAZ"), "value"] == found.loc[("votes", "KGZ"), "value"]
    )  # agreement is mutual, places are not
    assert found.loc[("trade", "KGZ"), "value"] > 5 * found.loc[("trade", "KAZ"), "value"]
    order = partners.revealed("KGZ", partners.single_partners("KGZ"), "trade", "since-2020")
    assert found.loc[("trade", "KGZ"), "rank"] == order.loc["KAZ", "rank"]
