"""A state among its partners, absence, and ideal points: by hand from the rows."""

import math

import pytest

from centralasia import load, votes
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


def test_absences():
    frame = votes.absences("C5", 2024, 2024).set_index("state").loc["TKM"]
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'TKM' and year == 2024").iloc[0]
    assert frame["absent"] == row[["yx", "ax", "nx", "neither"]].sum()
    assert frame["value"] == pytest.approx(100 * frame["absent"] / 92)
    none = votes.absences("C5", 1993, 1993).set_index("state").loc["UZB"]
    assert math.isnan(none["value"]) and none["status"] == votes.NO_VOTES


def test_absence_bias_by_hand():
    chosen = votes.absence_bias("SC3", 2010, 2010).loc["AZE"]
    rows = load("unga_dyads").query("year == 2010")
    arm = rows.query("state_a == 'ARM' and state_b == 'AZE'").iloc[0]
    geo = rows.query("state_a == 'AZE' and state_b == 'GEO'").iloc[0]
    assert chosen["absent"] == arm[["yx", "ax", "nx"]].sum() + geo[["xy", "xa", "xn"]].sum()
    assert chosen["yes_absent"] == pytest.approx((arm["yx"] + geo["xy"]) / chosen["absent"])
    voted = arm[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    voted += geo[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    assert chosen["voted"] == voted


def test_ideal_points():
    rows = votes.ideal_points(["TUR", "KAZ"], 2023, 2024)
    assert rows[["state", "year", "few"]].to_numpy().tolist() == [
        ["TUR", 2023, False], ["TUR", 2024, True], ["KAZ", 2023, False], ["KAZ", 2024, False],
    ]  # fmt: skip
    spread = votes.ideal_point_range("C5", 1991, 2026).set_index("year")
    points = load("unga_ideal_points").query("year == 2024 and state in ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']")[
        "ideal_point"
    ]
    assert spread.loc[2024, "spread"] == pytest.approx(points.max() - points.min())
    assert 1996 not in spread.index, "Turkmenistan has 5 votes there"


def test_refused():
    with pytest.raises(ChoiceError, match="state is 'ITA'; .*allowed: 26 values, the nearest being"):
        votes.partner_years("ITA", ["RUS"], CHOICE)
    with pytest.raises(ChoiceError, match="partners is 'EU'; .*allowed: .*, the nearest being .*EUR4"):
        votes.partner_years("KAZ", ["EU"], CHOICE)
    with pytest.raises(ChoiceError, match="partners is 'KAZ'; allowed: one or more codes other than KAZ"):
        votes.partner_years("KAZ", ["KAZ"], CHOICE)
