import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from centralasia import economies
from centralasia.economies.convergence import _newey_west
from centralasia.economies.level_figures import growth_limits
from centralasia.economies.measures import panel

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)


def test_the_known_path_of_income():
    """The referee's values, which divide by n: 0.50, 0.79 and 0.73."""
    path = economies.sigma_convergence(panel(INCOME, "C5", *YEARS))["value"] * math.sqrt(4 / 5)
    assert path[[1991, 2010, 2023]].round(2).tolist() == [0.50, 0.79, 0.73]


@pytest.mark.parametrize("indicator", [INCOME, "tariff_mfn_manufactures"])
def test_the_jackknife_is_leaving_each_member_out(indicator):
    one = panel(indicator, "C5", 1991, 2024)
    found = economies.leave_one_out(one)
    year = one.values.index[-1]
    for out in one.values:
        rest = one.values.loc[year].drop(out)
        direct = (np.log(rest) if one.statistic == "sd_log" else rest).std()
        assert found.loc[year, out] == pytest.approx(direct)
    band = economies.sigma_convergence(one)
    assert (band["lowest"] == found.min(axis=1)).all()
    assert (band["highest"] == found.max(axis=1)).all()


def test_beta_by_hand(made_up):
    # Logs 0, 1, 2 grow by 2, 1, 0 in one year: all meet at 2, the slope is -1 and nothing is left over.
    e = math.e
    found = economies.beta_convergence(made_up([1, e, e**2], [e**2, e**2 * 1.0000001, e**2]))
    assert (found.n, found.first, found.last) == (3, 2000, 2001)
    assert found.slope == pytest.approx(-1, abs=1e-5)
    assert found.points.loc["a", "growth"] == pytest.approx(2)
    # Of the six orders of three, one is as it is and one its reverse.
    assert (found.rank, found.p) == (pytest.approx(-1), pytest.approx(2 / 6))
    with pytest.raises(ValueError, match="values of 0 or less"):
        economies.beta_convergence(made_up([0, 1, 2], [1, 2, 3]))


def test_growth_and_starting_level_by_the_referee():
    """Rank correlation 0.10; Uzbekistan grew most, Kyrgyzstan least, and 22 % of the orders have as large a slope."""
    found = economies.beta_convergence(panel(INCOME, "C5", *YEARS))
    points = found.points
    assert found.rank == pytest.approx(0.1)
    assert found.rank == pytest.approx(stats.spearmanr(points["start"], points["growth"]).statistic)
    assert (points["growth"].idxmax(), points["growth"].idxmin()) == ("UZB", "KGZ")
    assert (round(points["growth"]["UZB"] * 100, 2), round(points["growth"]["KGZ"] * 100, 2)) == (2.79, 0.46)
    assert (round(found.slope * 100, 1), round(found.lowest * 100, 1), round(found.highest * 100, 1)) == (1.0, 0.5, 1.8)
    assert "growth does not follow the starting level: the rank correlation is +0.1" in economies.growth_summary(
        panel(INCOME, "C5", *YEARS)
    )


@pytest.mark.slow
def test_the_scatter_holds_every_state_of_both_periods():
    one = panel(INCOME, "C6", 2000, 2023)
    fits = [economies.beta_convergence(one, since) for since in (None, 2012)]
    low, high = growth_limits(fits)
    for fit in fits:
        assert (100 * fit.points["growth"]).between(low, high).all()
    data = economies.growth_scatter(one, "AZE", "2000 2012").data
    assert data.groupby("first")["state"].nunique().to_dict() == {2000: 6, 2012: 6}


def test_log_t_by_the_referee():
    """b = -0.59 and t = -8 for the five, b = 0.77 for Kyrgyzstan and Tajikistan."""
    one = panel(INCOME, "C5", *YEARS)
    found, pairs = economies.log_t(one.values), economies.log_t_by_pair(one)
    assert (round(found.b, 2), round(found.t), found.states) == (-0.59, -8, 5)
    assert found.rejected
    assert round(pairs.loc["KGZ-TJK", "b"], 2) == 0.77
    assert sorted(pairs.index[~pairs["rejected"]]) == ["KAZ-TKM", "KGZ-TJK"]


def test_log_t_knows_what_draws_together():
    """Paths that meet at one level, and paths that part."""
    time = np.arange(40)
    together = pd.DataFrame({s: np.exp(9 + gap * 0.85**time) for s, gap in zip("abc", (1.5, 0.2, -1), strict=True)})
    apart = pd.DataFrame({s: np.exp(9 + rate * time) for s, rate in zip("abc", (0.06, 0.02, 0.01), strict=True)})
    assert economies.log_t(together).b > 0
    assert not economies.log_t(together).rejected
    assert economies.log_t(apart).rejected
    with pytest.raises(ValueError, match="3 states and 10 years are given; allowed: two or more states"):
        economies.log_t(together[:10])
    with pytest.raises(ValueError, match="consecutive years"):
        economies.log_t(together.drop(index=20))


def test_the_long_run_variance_by_plain_sums():
    scores = np.random.default_rng(1).normal(size=(25, 2))
    direct, lags = np.zeros((2, 2)), 2  # 4 (25/100)^(2/9) = 2.9
    for i in range(25):
        for j in range(25):
            direct += max(0, 1 - abs(i - j) / (lags + 1)) * np.outer(scores[i], scores[j])
    assert _newey_west(scores) == pytest.approx(direct)
