"""Who stays away: by hand from the rows, and by scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from centralasia import load, votes


def test_absences():
    frame = votes.absences("C5", 2024, 2024).set_index("state").loc["TKM"]
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'TKM' and year == 2024").iloc[0]
    assert frame["absent"] == row[["yx", "ax", "nx", "neither"]].sum()
    assert frame["value"] == pytest.approx(100 * frame["absent"] / 92)
    none = votes.absences("C5", 1993, 1993).set_index("state").loc["UZB"]
    assert math.isnan(none["value"]) and none["status"] == votes.NO_VOTES
    shares = votes.absence_shares("C5", 1991, 2026)
    assert shares.index[0] == "TKM" and shares["TKM"] == pytest.approx(39, abs=0.5)


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
    assert math.isnan(chosen["low"]), "one year is no sample"


def test_the_interval_is_one_over_years_as_scipy_draws_it():
    yearly = [votes.absence_bias("C5", year, year).loc["TKM"] for year in range(2005, 2025)]
    parts = np.array([(r.yes_voted * r.voted, r.voted, r.yes_absent * r.absent, r.absent) for r in yearly]).T

    def gap(yes, cast, missed_yes, missed, axis):
        return yes.sum(axis) / cast.sum(axis) - missed_yes.sum(axis) / missed.sum(axis)

    drawn = stats.bootstrap(parts, gap, paired=True, method="percentile", rng=np.random.default_rng(1))
    row = votes.absence_bias("C5", 2005, 2024).loc["TKM"]
    assert row[["low", "high"]].to_list() == pytest.approx(list(drawn.confidence_interval), abs=0.01)
    assert row["gap"] == pytest.approx(row["yes_voted"] - row["yes_absent"])
