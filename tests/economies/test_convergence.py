import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from centralasia import economies
from centralasia.economies.figures import growth_limits
from centralasia.economies.measures import panel

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)
amounts = st.lists(st.floats(0.1, 1e5), min_size=3, max_size=8)


def _frame(*rows):
    """A panel of made-up values: rows of years from 2000 on, members a, b, c …"""
    values = pd.DataFrame(rows, index=range(2000, 2000 + len(rows)), columns=list("abcdefgh")[: len(rows[0])])
    low = pd.DataFrame(False, index=values.index, columns=values.columns)
    span = (2000, 1999 + len(rows))
    return economies.Panel("made up", "C5", span, "kept", "sd_log", values, values, low, values.shape[1], (), (), ())


def test_the_known_path_of_income():
    path = economies.sigma_convergence(panel(INCOME, "C5", *YEARS))["value"]
    assert path[[1991, 2010, 2023]].round(2).tolist() == [0.50, 0.79, 0.73]


@pytest.mark.parametrize("indicator", [INCOME, "tariff_mfn_manufactures"])
def test_the_jackknife_is_leaving_each_member_out(indicator):
    one = panel(indicator, "C5", 1991, 2024)
    found = economies.leave_one_out(one)
    year = one.values.index[-1]
    for out in one.values:
        rest = one.values.loc[year].drop(out)
        direct = (np.log(rest) if one.statistic == "sd_log" else rest).std(ddof=0)
        assert found.loc[year, out] == pytest.approx(direct)
    band = economies.sigma_convergence(one)
    assert (band["lowest"] == found.min(axis=1)).all()
    assert (band["highest"] == found.max(axis=1)).all()


def test_one_member_can_decide_a_change():
    found = economies.change(_frame([1, 2, 4], [1, 2, 8]))
    assert (found.first, found.last, found.agree, found.against) == (2000, 2001, 2, ("c",))
    assert found.after > found.before
    assert economies.change(_frame([1, 2, 4])) is None


def test_beta_by_hand():
    # Logs 0, 1, 2 grow by 2, 1, 0 in one year: all meet at 2, the slope is -1 and nothing is left over.
    e = math.e
    found = economies.beta_convergence(_frame([1, e, e**2], [e**2, e**2 * 1.0000001, e**2]))
    assert (found.n, found.first, found.last) == (3, 2000, 2001)
    assert found.slope == pytest.approx(-1, abs=1e-5)
    assert found.points.loc["a", "growth"] == pytest.approx(2)
    with pytest.raises(ValueError, match="values of 0 or less"):
        economies.beta_convergence(_frame([0, 1, 2], [1, 2, 3]))


@given(st.lists(amounts.filter(lambda v: len(v) >= 4).map(lambda v: v[:4]), min_size=2, max_size=2))
def test_the_slopes_tell_whether_dispersion_fell(rows):
    """var(end) - var(start) = cov(growth, start) + cov(growth, end): two negative slopes mean a fall."""
    one = _frame(*rows)
    found, moved = economies.beta_convergence(one), economies.change(one)
    if found.slope < -1e-9 and found.slope_on_last < -1e-9:
        assert moved.after < moved.before
    if found.slope > 1e-9 and found.slope_on_last > 1e-9:
        assert moved.after > moved.before


def test_the_scatter_holds_every_state_of_both_periods():
    one = panel(INCOME, "C6", 2000, 2023)
    fits = [economies.beta_convergence(one, since) for since in (None, 2010)]
    assert [fit.first for fit in fits] == [2000, 2010]
    low, high = growth_limits(fits)
    for fit in fits:
        assert (100 * fit.points["growth"]).between(low, high).all()
    data = economies.growth_scatter(one, "AZE").data
    assert data.groupby("first")["state"].nunique().tolist() == [6, 6]


def test_the_choices_hold_the_plain_comparison():
    frame = economies.dispersion_specifications(panel(INCOME, "C5", 2010, 2023))
    moved = economies.change(panel(INCOME, "C5", 2010, 2023))
    assert frame.loc[0, "value"] == pytest.approx(100 * (moved.after / moved.before - 1))
    assert bool(frame.loc[0, "holds"])
    assert len(frame) == 3 * 3 * 6 * 2 * 2
    without = frame[
        (frame["left_out"] == "Kazakhstan") & (frame["start"] == "2010") & (frame["measure"] == "SD of logs")
    ]
    assert not without[(without["doubtful"] == "kept") & (without["region"] == "Central Asia")]["holds"].iloc[0]
    assert list(frame["start"].cat.categories) == ["2010", "2015", "2020"]
