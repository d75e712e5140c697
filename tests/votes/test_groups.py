"""Named groups: the agreement index by hand, and which roll calls and groups count."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centralasia import load, using, votes
from centralasia.votes import groups

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
LAST = votes.Choice("agreement", "left_out", 2024, 2024)


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


def test_only_roll_calls_with_four_voters_count(edit):
    """A referee: 0.98 where all five voted in 2024 (51 roll calls), 0.85 where four did (29)."""
    rows = load("unga_groups").query("region == 'C5' and year == 2024")
    cast = rows[["yes", "abstain", "no"]].sum(axis=1)
    index = votes.agreement_index(rows["yes"], rows["abstain"], rows["no"])
    found = {}
    for voters in (5, 4):
        own = rows["roll_calls"].where(cast == voters, 0).astype(float)
        found[voters] = (int(own.sum()), (own * index).sum() / own.sum())
    assert found[5] == (51, pytest.approx(0.98, abs=5e-3)) and found[4] == (29, pytest.approx(0.85, abs=6e-3))
    row = votes.group_periods("C5", LAST).iloc[0]
    assert row["n"] == 80
    assert row["index"] == pytest.approx((51 * found[5][1] + 29 * found[4][1]) / 80)
    assert row["low"] < row["index"] < row["high"]
    split = rows.loc[cast.eq(4) & rows["yes"].eq(3)].iloc[0]
    line = ",".join(str(split[c]) for c in ("region", "year", "yes", "abstain", "no", "absent", "roll_calls"))
    swapped = f"C5,2024,1,1,0,3,{split['roll_calls']}"
    with using(edit("unga_groups.csv", f"{line},", f"{swapped},")):
        assert votes.group_periods("C5", LAST)["n"].item() == 80 - split["roll_calls"]
    assert votes.least_voters("SC3") == 3 and votes.least_voters("EAEU5") == 4
    eaeu = votes.group_periods("EAEU5", votes.Choice("agreement", "left_out", 1991, 1991))
    assert eaeu.empty, "two of its five states voted in 1991"


def test_alpha_beside_the_index():
    region, europe = (
        votes.group_periods(group, CHOICE).set_index("period").loc["2020–2024"] for group in ("C5", "EUR4")
    )
    assert region["index"] > europe["index"] and region["alpha"] < europe["alpha"]
    assert europe["alpha"] == pytest.approx(0.86, abs=5e-3)
    low, high = votes.alpha_gap("C5", "EUR4", "2020–2024", CHOICE)
    assert 0.05 < low < europe["alpha"] - region["alpha"] < high < 0.3
    assert votes.disjoint_groups("C5") == ["EUR4", "SC3"]


@pytest.mark.slow
def test_without_a_counted_last_period_all_is_said_of_the_one_before(monkeypatch):
    before, counted = votes.Choice("agreement", "left_out", 1991, 2019), votes.group_periods
    said, title = votes.groups_summary("C5", before), votes.groups_chart("C5", before).title

    def fewer(group, choice, seed=1):
        rows = counted(group, choice, seed)
        return rows[rows["period"] != "2020–2024"] if group == "C5" else rows

    monkeypatch.setattr(groups, "group_periods", fewer)
    assert votes.groups_summary("C5", CHOICE) == said
    assert votes.groups_chart("C5", CHOICE).title == title


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ({"EUR4": (0.1, 0.3), "SC3": (-0.1, 0.2)}, "(0.64) was less united than Europe (4) (0.86) in"),
        ({"EUR4": (-0.1, 0.3), "SC3": (-0.4, -0.2)}, "(0.64) was more united than South Caucasus (0.10) in"),
        (
            {"EUR4": (-0.1, 0.3), "SC3": (-0.1, 0.2)},
            "(0.64) was about as united as Europe (4) (0.86) and South Caucasus",
        ),
    ],
)
def test_a_title_says_more_or_less_where_no_interval_leaves_a_doubt(gaps, said, monkeypatch):
    monkeypatch.setattr(groups, "alpha_gap", lambda region, group, *_: gaps[group])
    assert said in votes.groups_chart("C5", votes.Choice("agreement", "left_out", 1991, 2019)).title


@pytest.mark.slow
def test_a_title_says_why_it_compares_nothing():
    early = votes.Choice("agreement", "left_out", 1991, 1993)
    assert votes.group_periods("C5", early).empty and not votes.group_periods("EUR4", early).empty
    assert votes.groups_chart("C5", early).title == (
        "No period has enough votes of Central Asia and of a group without its members"
    )
    assert "is none of the groups" in votes.groups_chart("CM", CHOICE).title
