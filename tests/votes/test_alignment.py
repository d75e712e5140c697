"""A region and a state among all other states: by hand from the rows, and as a referee found them."""

import numpy as np
import pytest
from scipy import stats

from centralasia import votes
from datacontract.errors import ChoiceError

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
PARTNERS = ["RUS", "CHN", "USA", "TUR", "EUR4"]


def test_partners():
    frame = votes.partner_years("KAZ", ["EUR4", "RUS"], CHOICE).set_index(["partner", "year"])["value"]
    four = votes.pair_years(["DEU-KAZ", "FRA-KAZ", "GBR-KAZ", "KAZ-POL"], CHOICE).set_index("year")["value"]
    assert frame["EUR4", 2010] == pytest.approx(four[2010].mean())
    assert frame["RUS", 2010] == votes.pair_years(["KAZ-RUS"], CHOICE).set_index("year").loc[2010, "value"]
    assert votes.states_behind("EAEU5", "KAZ", 2010) == ["ARM", "BLR", "KGZ", "RUS"]
    beside = votes.partner_vs_region("KAZ", "C5", PARTNERS, CHOICE)
    assert list(beside.index) == PARTNERS and (beside["years_closer"] <= beside["years"]).all()


@pytest.mark.parametrize(("state", "years"), {"KAZ": 19, "KGZ": 16, "TJK": 17, "TKM": 23, "UZB": 13}.items())
def test_azerbaijan_is_closer_than_the_region_as_a_referee_counted(state, years):
    row = votes.partner_vs_region(state, "C5", ["AZE"], CHOICE).loc["AZE"]
    assert (row["years"], row["years_closer"]) == (27, years)


def test_every_other_state_is_ranked():
    rows = votes.other_states("C5", CHOICE).set_index("state")
    assert len(rows) == 21 and list(rows.index[:3]) == ["AZE", "MNG", "AFG"]
    assert rows.loc[["AZE", "MNG", "AFG"], "value"].to_list() == pytest.approx([0.975, 0.962, 0.953], abs=1e-3)
    assert rows.loc["AZE", "within"] == pytest.approx(0.970, abs=1e-3)
    assert rows.loc["AFG", "period_years"] == 4, "no votes in 2024"
    assert rows.loc[["AZE", "MNG", "USA"], "years_closer"].to_list() == [20, 3, 0]
    assert rows["value"].is_monotonic_decreasing
    one = rows.loc["MNG"]
    with_it = [
        votes.pair_years([pair], CHOICE).set_index("year")["value"].loc[2020:2024]
        for pair in ("KAZ-MNG", "KGZ-MNG", "MNG-TJK", "MNG-TKM", "MNG-UZB")
    ]
    home = votes.region_mean("C5", CHOICE).set_index("year")["value"].loc[2020:2024]
    gaps = home - sum(with_it) / 5
    assert one["gap"] == pytest.approx(gaps.mean())
    assert one[["low", "high"]].to_list() == pytest.approx(
        list(stats.t.interval(0.95, 4, gaps.mean(), gaps.std(ddof=1) / np.sqrt(5)))
    )


def test_within_and_between():
    rows = votes.within_and_between("C5", CHOICE).set_index("period")
    assert rows["years"].to_list() == [2, 4, 5, 5, 5, 5]
    last = rows.loc["2020–2024"]
    others = votes.other_states("C5", CHOICE)
    whole = others[others["period_years"] == 5]
    assert last["within"] == pytest.approx(whole["within"].iloc[0])
    assert last["gap"] == pytest.approx(last["within"] - last["between"])
    assert last["low"] < last["gap"] < last["high"]
    assert (rows["closest"] == "AZE").all() and last["closest_gap"] == pytest.approx(others["gap"].iloc[0])
    assert np.isnan(rows["low"].iloc[0]), "two years give no interval"


def test_the_mean_of_few_years_has_no_interval():
    assert np.isnan(votes.mean_difference([0.1, 0.2])).all()
    low, high = votes.mean_difference([0.1, 0.2, 0.3])
    assert low == pytest.approx(0.2 - 4.3027 * 0.1 / 3**0.5, abs=1e-4) and high > 0.4


def test_a_state_that_joins_after_the_last_comparable_year_is_still_another():
    assert "AZE" in set(votes.other_states("CM", CHOICE)["state"])


def test_refused():
    with pytest.raises(ChoiceError, match="state is 'ITA'; .*allowed: 26 values, the nearest being"):
        votes.partner_years("ITA", ["RUS"], CHOICE)
    with pytest.raises(ChoiceError, match="partners is 'EU'; .*allowed: .*, the nearest being .*EUR4"):
        votes.partner_years("KAZ", ["EU"], CHOICE)
    with pytest.raises(ChoiceError, match="partners is 'KAZ'; allowed: one or more codes other than KAZ"):
        votes.partner_years("KAZ", ["KAZ"], CHOICE)
