"""How far a region votes as one: by hand, over all sets, and where memberships have dates."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using, votes
from datacontract.errors import ChoiceError, DataError

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)


def test_agreement_index_by_hand():
    assert votes.agreement_index(5, 0, 0) == 1
    assert votes.agreement_index(2, 2, 2) == 0
    assert votes.agreement_index(3, 1, 1) == pytest.approx((3 - 1) / 5)
    assert math.isnan(votes.agreement_index(0, 0, 0))


@given(st.tuples(*[st.integers(0, 20)] * 3))
def test_agreement_index_within_its_bounds_and_blind_to_relabelling(split):
    value = votes.agreement_index(*split)
    if sum(split):
        assert 0 <= value <= 1
        assert (value == 1) == (max(split) == sum(split))
        assert votes.agreement_index(*split[::-1]) == value


def test_group_years_by_hand(edit):
    folder = edit("unga_groups.csv", "C5,1992,0,0,0,5,9,UNGA", "C5,1992,3,1,0,1,9,UNGA")
    before = votes.group_years("C5", 1992, 1992, 1).iloc[0]
    with using(folder):
        after = votes.group_years("C5", 1992, 1992, 1).iloc[0]
    assert after["n"] == before["n"] + 9
    assert after["value"] == pytest.approx((before["value"] * before["n"] + 9 * (3 - 0.5) / 4) / after["n"])
    assert after["low"] <= after["value"] <= after["high"]
    rows = load("unga_groups").query("region == 'C5' and year == 1992")
    assert (
        before["n"]
        == rows.loc[rows["absent"] <= 3, "roll_calls"].sum()
        < rows.loc[rows["absent"] <= 4, "roll_calls"].sum()
    )
    with pytest.raises(ChoiceError, match="region is 'CM'; did you mean"):
        votes.group_years("CM", 1992, 2020, 1)


def test_region_mean_by_hand():
    pairs = ["-".join(pair) for pair in itertools.combinations(["KAZ", "KGZ", "TJK", "TKM", "UZB"], 2)]
    values = votes.pair_years(pairs, votes.Choice("kappa", "counted", 2016, 2016))["value"]
    row = votes.region_mean("C5", votes.Choice("kappa", "counted", 2016, 2016)).iloc[0]
    assert row["value"] == pytest.approx(values.mean())
    assert (row["low"], row["high"]) == (values.min(), values.max())
    statuses = votes.region_mean("C5", CHOICE).set_index("year")["status"]
    assert statuses[[1991, 1992, 1995, 2016, 2026]].to_list() == [
        votes.NO_VOTES, votes.INCOMPLETE, votes.FEW_VOTES, votes.OK, votes.NOT_COMPARABLE,
    ]  # fmt: skip


def test_intervals():
    choice = votes.Choice("agreement", "left_out", 2011, 2015)
    frame = votes.pair_intervals("C5", choice, seed=3)
    known = frame.dropna(subset="low")
    assert len(known) > 40
    assert (known["low"] <= known["value"]).all() and (known["value"] <= known["high"]).all()
    assert frame.equals(votes.pair_intervals.__wrapped__("C5", choice, seed=3)), "the same when it is drawn again"
    more = votes.pair_intervals("C6", choice, seed=3)
    assert more[more["pair"].isin(frame["pair"])].reset_index(drop=True).equals(frame), "whatever else is drawn"
    assert not known["low"].equals(votes.pair_intervals("C5", choice, seed=4)["low"].dropna())


def test_interval_as_by_drawing_single_roll_calls():
    frame = votes.pair_intervals("C5", votes.Choice("agreement", "left_out", 2015, 2015), seed=1).set_index("pair")
    counts = votes.vote_counts(["KAZ-UZB"], [2015])[0, 0, :3, :3]
    apart = np.abs(np.subtract.outer([1, 0, -1], [1, 0, -1])) / 2
    calls = np.repeat(apart.ravel(), counts.ravel().astype(int))
    draw = np.random.default_rng(0)
    means = [1 - draw.choice(calls, len(calls)).mean() for _ in range(4000)]
    expected = pytest.approx(list(np.quantile(means, [0.025, 0.975])), abs=0.01)
    assert frame.loc["KAZ-UZB", ["low", "high"]].to_list() == expected


def test_no_interval_where_samples_have_no_value():
    frame = votes.pair_intervals("C5", votes.Choice("pi", "left_out", 2024, 2024), seed=1).set_index("pair")
    one = frame.loc["KAZ-TKM"]
    assert one["value"] < 0 and math.isnan(one["low"])


def test_a_frame_that_is_changed_changes_no_other():
    frame = votes.region_pairs("C5", CHOICE)
    expected = frame.copy()
    frame.loc[:, "value"] = 0
    frame["more"] = 1
    assert votes.region_pairs("C5", CHOICE).equals(expected)


def test_membership_has_dates():
    rows = votes.region_pairs("CM", CHOICE)
    with_aze = rows[rows["pair"].str.contains("AZE")]
    assert rows["year"].min() == 2018
    assert set(with_aze["year"]) == {2025, 2026}
    before = votes.yearly_mean(rows[~rows["pair"].str.contains("AZE")])
    assert before.equals(votes.yearly_mean(votes.region_pairs("C5", votes.Choice("agreement", "left_out", 2018, 2026))))


@given(st.integers(2, 6), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_mean_over_all_sets_is_the_mean_over_all_pairs(size, seed):
    matrix = np.random.default_rng(seed).random((7, 7))
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, np.nan)
    means = votes.set_means(matrix, size)
    assert len(means) == math.comb(7, size)
    assert means.mean() == pytest.approx(matrix[np.triu_indices(7, 1)].mean())
    chosen = list(itertools.combinations(range(7), size))[-1]
    assert means[-1] == pytest.approx(np.mean([matrix[i, j] for i, j in itertools.combinations(chosen, 2)]))


def test_the_region_is_one_of_the_sets():
    frame = votes.reference_distribution("C5", votes.Choice("agreement", "left_out", 2015, 2016))
    for row, matrix in zip(frame.itertuples(), votes.pair_matrices("agreement", "left_out", [2015, 2016]), strict=True):
        means = votes.set_means(matrix, 5)
        own = list(itertools.combinations(votes.voting_states(), 5)).index(("KAZ", "KGZ", "TJK", "TKM", "UZB"))
        assert means[own] == pytest.approx(row.value)
        assert len(means) == row.sets == 65_780
        assert row.percentile == pytest.approx(100 * ((means < means[own]).sum() + 0.5) / len(means))


def test_percentile():
    assert votes.percentile_rank(2, [1, 2, 3, np.nan]) == pytest.approx(50)
    assert votes.percentile_rank(4, [1, 2, 3]) == 100
    assert math.isnan(votes.percentile_rank(np.nan, [1])) and math.isnan(votes.percentile_rank(1, [np.nan]))


def test_change():
    frame = pd.DataFrame({"value": [0.1, 0.2, 9, 0.4, 0.8], "status": ["ok", "ok", "few votes", "ok", "ok"]})
    assert votes.change(frame, 2) == pytest.approx(0.45)
    assert math.isnan(votes.change(frame, 3))


def test_refused():
    with pytest.raises(DataError, match="no region 'C7'"):
        votes.region_mean("C7", CHOICE)
    with pytest.raises(ChoiceError, match="region is 'CM': 0 members from 1991 to 2000; allowed: two or more"):
        votes.region_mean("CM", votes.Choice("pi", "left_out", 1991, 2000))
    with pytest.raises(ChoiceError, match="size is 13; allowed: 2 or more of 26 states, in at most 1,000,000 sets"):
        votes.set_means(np.zeros((26, 26)), 13)
