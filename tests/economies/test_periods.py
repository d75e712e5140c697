import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from centralasia import economies, load
from centralasia.economies.measures import panel
from centralasia.regions import members
from datacontract.errors import ChoiceError


@pytest.fixture(scope="module")
def panels():
    return economies.panels("C5", 1991, 2024)


@pytest.fixture(scope="module")
def found(panels):
    return economies.windows(panels, "1991 2000 2010 2012")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("indicator", "changes"),
    [("gdp_pc_ppp", [47, 1, -7, -8]), ("co2_per_person", [45, -16, -23, -20]), ("life_exp", [-39, -23, 130, 151])],
)
def test_changes_by_the_referee(found, indicator, changes):
    assert found.loc[found["indicator"] == indicator, "change"].round().tolist() == changes


def test_counts_by_the_referee(panels, found):
    """Of 19 indicators 6 fell and 13 rose since the first year, 12 and 7 since 2012."""
    signs = np.sign(found["change"]).groupby(found["start"]).value_counts().unstack()
    assert found["indicator"].nunique() == 19
    assert signs.loc[1991].tolist() == [6, 13]
    assert signs.loc[2012].tolist() == [12, 7]
    told = economies.answer(panels)
    assert "drew closer in 12 of 19 indicators since 2012" in told
    assert "in 6 of 19 indicators since 1991 (or the first year with data)" in told
    assert (
        "since 2012 the spread between the states has fallen by 8 %, but not without Kazakhstan (data to 2023)" in told
    )
    assert "In 8 indicators the direction depends on the first year." in told


@pytest.mark.parametrize(("start", "place"), [(1991, 95), (2012, 45)])
def test_places_by_the_referee(start, place):
    """Among all sets of the states with data, the region's own members included, it is at percentile 95 and 45."""
    rows = load("indicators").query(
        "indicator == 'gdp_pc_ppp' and year in [@start, 2023] and state not in ['WLD', 'EUU']"
    )
    ends = rows.pivot(index="year", columns="state", values="value").dropna(axis="columns")
    own = economies.set_changes(ends[members("C5")], 5, "sd_log")
    every = economies.set_changes(ends, 5, "sd_log")
    assert round(stats.percentileofscore(every, own[0], "mean")) == place


def test_the_place_is_among_sets_of_others(found):
    """Only one of 1,287 sets of other states moved further apart since 1991."""
    row = found[(found["indicator"] == "gdp_pc_ppp") & (found["start"] == 1991)].iloc[0]
    assert (row["sets"], row["others"], row["wider"]) == (1287, 13, 1)
    assert row["place"] == pytest.approx(100 * (1287 - 1) / 1287)
    said = economies.place_summary(panel("gdp_pc_ppp", "C5", 1991, 2024))
    assert "1 of 1,287 moved further apart, or drew less close, than the region from 1991 to 2023" in said


def test_a_window_by_hand(made_up):
    rows = [[1, 2, 4], [1, 2, 5], [1, 2, 6], [1, 2, 7], [1, 2, 8]]
    others = {"x": [1, 1, 1, 1, 1], "y": [2, 2, 2, 2, 2], "z": [3, 3, 3, 3, 9], "w": [5, 4, 3, 2, 1]}
    one = made_up(*rows, others=others)
    row = economies.windows([one], [2000]).iloc[0]
    spread = [np.log(values).std(ddof=1) for values in rows]
    assert row["change"] == pytest.approx(100 * (spread[-1] / spread[0] - 1))
    assert (row["n"], row["agree"], row["against"], round(row["tau"], 9)) == (
        3,
        2,
        ("c",),
        1,
    )  # a and b stay as they are
    slopes = [(b - a) / (j - i) for (i, a), (j, b) in itertools.combinations(enumerate(spread), 2)]
    assert row["trend"] == pytest.approx(1000 * np.median(slopes) / np.mean(spread))
    direct = [
        np.log([others[s][-1] for s in three]).std(ddof=1) / np.log([others[s][0] for s in three]).std(ddof=1)
        for three in itertools.combinations(others, 3)
    ]
    assert (row["sets"], row["wider"]) == (4, sum(d > spread[-1] / spread[0] for d in direct))
    assert (row["direction"], row["firm"]) == ("apart", False)
    assert (row["same"], row["measures"]) == (3, 3)


def test_the_trend_needs_five_years_and_a_change_two(made_up):
    short = economies.windows([made_up([1, 2, 4], [1, 2, 8])], [2000, 2001])
    assert short["direction"].tolist() == ["unclear", "unknown"]
    assert short["trend"].isna().all()
    assert (
        "unknown" in economies.window_grid([made_up([1, 2, 4])]).title
        or "No indicator" in economies.window_grid([made_up([1, 2, 4])]).title
    )


def test_groups_follow_the_signs(made_up):
    closer, apart = made_up([1, 2, 8], [1, 2, 7], [1, 2, 6]), made_up([1, 2, 4], [1, 2, 9], [1, 2, 8])
    frame = economies.windows([closer], [2000, 2001])
    assert list(economies.start_groups(frame)) == [economies.CLOSER]
    assert list(economies.start_groups(economies.windows([apart], [2000, 2001]))) == [economies.TURNING]
    assert economies.start_groups(frame.assign(change=pd.NA)) == {}


@pytest.mark.parametrize(("given", "told"), [("1991 1991", "each once"), ("first", "one or more years"), ("", "years")])
def test_starts_are_years(given, told):
    with pytest.raises(ChoiceError, match=told):
        economies.start_years(given)
    assert economies.start_years("2012 1991") == [1991, 2012]


def test_choices_are_counted_by_block():
    one = panel("gdp_pc_ppp", "C5", 1991, 2023)
    frame = economies.dispersion_specifications(one, 2012)
    assert len(frame) == 4 * 6
    window = economies.windows([one], [2012]).iloc[0]
    assert frame.loc[0, "value"] == pytest.approx(window["change"])
    table = economies.choices_table(one)
    assert table.loc["left out: nobody", "since 2012"] == "4 of 4"
    assert table.loc["left out: Kazakhstan", "since 2012"] == "1 of 4"
    assert list(table.columns) == ["since 1991", "since 2000", "since 2012"]


def test_the_whole_table_has_every_indicator_and_window_once(panels):
    table = economies.window_table(panels)
    assert set(table.index) == {one.title for one in panels}
    assert not table.reset_index().duplicated(["index", "Years"]).any()
    assert table.loc["Tariff on manufactures", "Members, years"] == "4, 5"
    assert table.loc["Logistics performance", "Trend a decade, % (interval)"].tolist() == ["too few years"] * 2


def test_left_out_of_all_is_what_never_changes(panels):
    codes = {one.indicator for one in panels}
    assert not codes & {"water_dependency", "water_inflow_secured_by_treaty"}
    chosen = economies.panels("C5", 1991, 2024, indicators="life_exp gdp_pc_ppp")
    assert [one.indicator for one in chosen] == ["life_exp", "gdp_pc_ppp"]
