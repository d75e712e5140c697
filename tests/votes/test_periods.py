"""Periods, their intervals and changes, the break, and bounds: by hand, by other libraries, by a referee's values."""

import itertools

import krippendorff
import numpy as np
import pytest
from scipy import stats

from centralasia import load, using, votes
from centralasia.votes.breaks import break_place
from centralasia.votes.periods import samples

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
AWAY = votes.Choice("agreement", "counted", 1991, 2026)
CAST = ["yes", "abstain", "no"]


def splits(region, years):
    """The splits of a region in some years, a row a roll call."""
    rows = load("unga_groups").query("region == @region and year in @years")
    return np.repeat(rows[CAST].to_numpy(int), rows["roll_calls"].to_numpy(int), axis=0)


def half_way(one, other, **_):
    return np.abs(one - other) / 2


def alpha(calls, level=half_way):
    return krippendorff.alpha(value_counts=calls, value_domain=[0, 1, 2], level_of_measurement=level)


def agreement(calls):
    """Over all pairs of states in all roll calls, by loops."""
    apart = pairs = 0
    for split in calls:
        ballots = np.repeat([0, 1, 2], split)
        for one, other in itertools.combinations(ballots, 2):
            apart, pairs = apart + abs(one - other) / 2, pairs + 1
    return 1 - apart / pairs


def test_periods_end_with_the_last_comparable_year():
    assert list(map(str, votes.cut_periods(1991, 2026))) == [
        "1995–1999", "2000–2004", "2005–2009", "2010–2014", "2015–2019", "2020–2024",
    ]  # fmt: skip
    assert votes.cut_periods(2005, 2019)[0] == votes.Period(2005, 2009)
    assert votes.cut_periods(2022, 2026) == [(2022, 2024)], "no whole period: one of what there is"
    assert votes.cut_periods(2025, 2026) == []
    assert str(votes.Period(2024, 2024)) == "2024"


def test_a_period_passes_over_years_that_cannot_be_compared(edit):
    with using(edit("unga_years.csv", "2022,89,True", "2022,89,False")):
        assert votes.Period(2020, 2024).years == (2020, 2021, 2023, 2024)
        row = votes.region_periods("C5", CHOICE).iloc[-1]
    calls = splits("C5", [2020, 2021, 2023, 2024])
    assert row["value"] == pytest.approx(agreement(calls)) and row["alpha"] == pytest.approx(alpha(calls))
    assert row["n"] == (calls.sum(1) > 1).sum()


def test_values_of_a_period():
    calls = splits("C5", range(2020, 2025))
    row = votes.region_periods("C5", CHOICE).set_index("period").loc["2020–2024"]
    assert row["value"] == pytest.approx(agreement(calls))
    assert row[["alpha", "nominal", "ordinal"]].to_list() == pytest.approx(
        [alpha(calls), alpha(calls, "nominal"), alpha(calls, "ordinal")]
    )
    assert row["n"] == (calls.sum(1) > 1).sum()
    both = votes.region_tables("C5", range(2020, 2025))[1][:, :3, :3].sum(0)
    assert row["value"] == pytest.approx(votes.scores(np.pad(both, (0, 1)))), "as from the tables of pairs"
    assert row["yes"] == pytest.approx((both.sum(0) + both.sum(1))[0] / (2 * both.sum()))
    pi = votes.region_periods("C5", votes.Choice("pi", "left_out", 2020, 2024)).iloc[0]
    each = votes.scores(votes.region_tables("C5", range(2020, 2025))[1], "pi")
    assert pi["value"] == pytest.approx(each.mean()) and np.isnan(pi["low"]) and pi["alpha"] == row["alpha"]


def test_values_of_a_period_are_those_of_a_referee():
    found = votes.region_periods("C5", CHOICE).set_index("period")["alpha"]
    expected = {"2005–2009": 0.72, "2010–2014": 0.53, "2020–2024": 0.685}
    assert found[list(expected)].to_list() == pytest.approx(list(expected.values()), abs=5e-3)
    first = alpha(splits("C5", [1994, 1997, 1998, 2000, 2002]))
    assert first == pytest.approx(0.56, abs=5e-3), "the five comparable years of 1994 to 2002"
    assert found["2020–2024"] - first == pytest.approx(0.125, abs=1e-3)


def test_intervals_are_those_of_a_referee():
    changes = votes.period_changes("C5", CHOICE).set_index(["before", "after"])
    row = changes.loc[("2005–2009", "2020–2024")]
    assert row[["value", "low", "high"]].to_list() == pytest.approx([0.0025, -0.010, 0.015], abs=2e-3)
    assert row[["alpha", "alpha_low", "alpha_high"]].to_list() == pytest.approx([-0.04, -0.14, 0.07], abs=0.015)
    long = [samples("C5", votes.Period(*years), "left_out", 1, False)[1] for years in ((2010, 2017), (2018, 2024))]
    assert np.quantile(long[1] - long[0], [0.025, 0.975]).tolist() == pytest.approx([0.02, 0.22], abs=0.015)


def test_intervals_as_scipy_draws_them():
    calls = splits("C5", range(2015, 2020))
    met = votes.coincidences(calls)

    def statistic(at, axis):
        return votes.krippendorff_alpha(met[at].sum(-3))

    kept = {"method": "percentile", "n_resamples": 1000, "batch": 250, "vectorized": True}
    drawn = stats.bootstrap((np.arange(len(calls)),), statistic, rng=np.random.default_rng(0), **kept)
    row = votes.region_periods("C5", CHOICE).set_index("period").loc["2015–2019"]
    assert row[["alpha_low", "alpha_high"]].to_list() == pytest.approx(list(drawn.confidence_interval), abs=0.015)


def test_repeated_texts_make_intervals_wider():
    narrow, wide = (votes.region_periods("C5", CHOICE, 1, repeated) for repeated in (False, True))
    ratio = (wide["high"] - wide["low"]) / (narrow["high"] - narrow["low"])
    assert ratio.between(1.8, 2.7).all(), "as from a fifth of the roll calls: about the root of five"
    assert narrow["value"].equals(wide["value"])
    assert votes.region_periods("C5", CHOICE, 2)["low"].ne(narrow["low"]).all(), "another seed draws others"


def test_absence_as_a_behaviour_leaves_out_years_without_any_vote():
    row = votes.region_periods("C5", AWAY).set_index("period").loc["2000–2004"]
    each = votes.region_tables("C5", range(2000, 2005))[1]
    assert row["value"] == pytest.approx(votes.scores(each.sum(0), absence="counted"))
    rows = load("unga_groups").query("region == 'C5' and year in [2000, 2001, 2002, 2003, 2004]")
    calls = rows[[*CAST, "absent"]].to_numpy(int)
    calls[rows["year"] == 2001, 3] -= 3  # Kyrgyzstan, Tajikistan and Uzbekistan cast no vote in 2001
    calls = np.repeat(calls, rows["roll_calls"].to_numpy(int), axis=0)
    distances = votes.DISTANCES
    expected = krippendorff.alpha(
        value_counts=calls,
        value_domain=[0, 1, 2, 3],
        level_of_measurement=lambda one, other, **_: distances[one, other],
    )
    assert row["alpha"] == pytest.approx(expected)
    found = votes.region_periods("C5", AWAY).set_index("period")["value"]
    assert found["2010–2014"] > found["2020–2024"] > found["1995–1999"]
    assert np.isnan(row["nominal"])


def test_a_region_whose_splits_were_not_counted_has_no_interval(data_copy):
    dated = votes.region_periods("CM", CHOICE)
    assert dated["period"].to_list() == ["2020–2024"], "it began in 2018"
    assert np.isnan(dated["low"].item()) and 0.6 < dated["alpha"].item() < 0.7
    with (data_copy / "memberships.csv").open("a") as file:
        file.write("C5,MNG,2015-01-01,,UNGA,\n")
    with using(data_copy):
        frame = votes.region_periods("C5", CHOICE).set_index("period")
        assert frame["low"].isna().to_list() == [False] * 4 + [True] * 2
    assert votes.region_periods("C5", CHOICE)["low"].notna().all()


def test_the_break_is_that_of_a_tree_with_one_split():
    from sklearn.tree import DecisionTreeRegressor  # only here, since it takes half a second to import

    draw = np.random.default_rng(3)
    for size in (12, 20, 33):
        values = draw.normal(size=size) + 2 * (np.arange(size) >= size // 3)
        edge = int(np.ceil(0.15 * size))
        tree = DecisionTreeRegressor(max_leaf_nodes=2, min_samples_leaf=edge).fit(np.arange(size)[:, None], values)
        assert break_place(values) == np.ceil(tree.tree_.threshold[0])
    many = draw.normal(size=(5, 15))
    assert break_place(many).tolist() == [int(break_place(one)) for one in many]


def test_the_rise_ended_in_2005():
    found = votes.break_year("C5", CHOICE)
    assert found.year == 2005 and (found.low, found.high) == (2003, 2006)
    mean = votes.comparable(votes.region_mean("C5", CHOICE)).set_index("year")["value"]
    assert found.before == pytest.approx(mean.loc[:2004].mean()) and found.after == pytest.approx(
        mean.loc[2005:].mean()
    )
    assert found.with_doubtful == 2000
    assert votes.break_year("C5", votes.Choice("agreement", "left_out", 2018, 2024)) is None


def test_bounds_by_hand(edit):
    rows = votes.absence_bounds("SC3", votes.Choice("agreement", "left_out", 2024, 2024)).iloc[0]
    apart = away = cast = 0
    for row in (
        load("unga_dyads")
        .query("state_a in ['ARM', 'AZE'] and state_b in ['AZE', 'GEO'] and year == 2024")
        .itertuples()
    ):
        apart += row.yn + row.ny + (row.ya + row.ay + row.an + row.na) / 2
        away += row.yx + row.nx + row.xy + row.xn + row.neither + (row.ax + row.xa) / 2
        cast += row.yy + row.ya + row.yn + row.ay + row.aa + row.an + row.ny + row.na + row.nn
    total = 3 * 92
    expected = [1 - (apart + away) / total, 1 - apart / cast, 1 - apart / total, 1 - cast / total]
    assert rows[["low", "value", "high", "unknown"]].to_list() == pytest.approx(expected)


@pytest.mark.parametrize(("year", "low", "high"), [(1994, 0.67, 0.93), (2024, 0.76, 0.98)])
def test_bounds_are_those_of_a_referee(year, low, high):
    row = votes.absence_bounds("C5", votes.Choice("agreement", "left_out", year, year)).iloc[0]
    assert row[["low", "high"]].to_list() == pytest.approx([low, high], abs=5e-3)
