import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centralasia import DataError, economies, load, using
from centralasia.economies.measures import RATIO_STATISTICS, dispersion, panel
from centralasia.regions import members
from datacontract.errors import ChoiceError

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)
amounts = st.lists(st.floats(0.1, 1e5), min_size=3, max_size=8)


def test_dispersion_by_hand():
    # Logs of 1, e and e^2 are 0, 1 and 2: their mean is 1, the squares of the distances from it sum up to 2.
    values = [1, math.e, math.e**2]
    assert dispersion(values, "sd_log") == pytest.approx(1)
    assert dispersion(values, "range_log") == pytest.approx(2)
    assert dispersion(values, "difference_log") == pytest.approx((1 + 1 + 2) / 3)
    assert dispersion([2, 4, 6], "sd") == pytest.approx(2)
    assert dispersion([2, 4, 6], "cv") == pytest.approx(2 / 4)
    assert dispersion([2, 4, 6], "difference") == pytest.approx((2 + 2 + 4) / 3)
    assert dispersion([[2, 4, 6], [1, 1, 4]], "difference").tolist() == pytest.approx([8 / 3, 2])


@given(amounts, st.floats(0.01, 100), st.sampled_from(RATIO_STATISTICS))
def test_the_unit_of_an_amount_does_not_matter(values, factor, measure):
    scaled = [factor * v for v in values]
    assert dispersion(scaled, measure) == pytest.approx(dispersion(values, measure), abs=1e-9)


@given(amounts, st.randoms(use_true_random=False), st.sampled_from(list(economies.STATISTICS)))
def test_dispersion_is_never_negative_and_knows_no_names(values, random, measure):
    shuffled = random.sample(values, len(values))
    assert dispersion(values, measure) >= 0
    assert dispersion(shuffled, measure) == pytest.approx(dispersion(values, measure))
    assert dispersion([values[0]] * 3, measure) == pytest.approx(0, abs=1e-9)


def test_an_unknown_value_is_not_a_zero():
    assert math.isnan(dispersion([1, 2, None], "sd"))
    assert math.isnan(dispersion([1], "sd"))
    assert [math.isnan(value) for value in dispersion([[1], [2], [3]], "sd")] == [True] * 3, "one state, three years"
    with pytest.raises(ValueError, match="statistic 'sd_log' meets the value 0; allowed: values above 0"):
        dispersion([0, 1, 2], "sd_log")
    with pytest.raises(ValueError, match="statistic is 'sd_logs'; did you mean 'sd_log'"):
        dispersion([1, 2], "sd_logs")


def test_only_years_with_a_value_of_all_members_count():
    one = panel("logistics_performance", "C5", 2007, 2022)
    rows = load("indicators")
    own = rows[(rows["indicator"] == "logistics_performance") & rows["state"].isin(members("C5"))]
    full = own.groupby("year")["state"].nunique() == 5
    assert list(one.values.index) == list(full.index[full])
    assert set(one.incomplete_years) == set(full.index[~full])
    assert one.values.notna().all(axis=None)


def test_a_member_without_values_leaves_and_is_named():
    one = panel("tariff_mfn_manufactures", "C5", 1991, 2022)
    assert one.dropped_members == ("TKM",)
    assert one.values.shape == (5, 4)
    assert panel(INCOME, "EUR4", *YEARS).values.empty


def test_doubtful_values_are_marked_or_left_out():
    kept, left = panel(INCOME, "C5", *YEARS), panel(INCOME, "C5", *YEARS, "left_out")
    assert kept.low.any().to_dict() == {"KAZ": False, "KGZ": False, "TJK": False, "TKM": True, "UZB": False}
    assert left.dropped_members == ("TKM",)
    assert not left.low.any(axis=None)


def test_a_missing_year_of_one_member_leaves_the_panel(data_copy):
    path = data_copy / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(f"KGZ,2010,{INCOME},")), encoding="utf-8")
    with using(data_copy):
        one = panel(INCOME, "C5", *YEARS)
    assert 2010 not in one.values.index
    assert one.incomplete_years == (2010,)
    assert len(one.values) == len(panel(INCOME, "C5", *YEARS).values) - 1


def test_the_spread_of_revised_indices_is_that_of_the_members_over_that_of_the_others():
    one = panel("egov_development", "C5", 2008, 2024)
    rows = load("indicators")
    survey = rows[(rows["indicator"] == "egov_development") & (rows["year"] == 2024)].set_index("state")["value"]
    others = survey.drop(members("C5"))
    assert set(one.others) == set(others.index)
    found = economies.sigma_convergence(one).loc[2024, "value"]
    assert found == pytest.approx(survey[members("C5")].std() / others.std())
    plain = economies.sigma_convergence(panel("egov_development", "C5", 2008, 2024)).loc[2008, "value"]
    assert found > plain


def test_the_dispersion_follows_from_the_definition():
    found = {
        i: economies.suitable_statistic(i) for i in (INCOME, "co2_per_person", "life_exp", "tariff_mfn_manufactures")
    }
    assert list(found.values()) == ["sd_log", "sd_log", "sd", "sd"]
    assert (
        economies.suitable_statistic("egov_development")
        == economies.suitable_statistic("logistics_performance")
        == "relative"
    )


def test_wrong_input_is_named():
    with pytest.raises(ChoiceError, match="indicator is 'gdp'.*allowed"):
        panel("gdp", "C5", *YEARS)
    with pytest.raises(DataError, match="no region 'C55'.*did you mean 'C5'"):
        panel(INCOME, "C55", *YEARS)
    with pytest.raises(ValueError, match="first_year is 2023; allowed: before last_year, which is 1991"):
        panel(INCOME, "C5", 2023, 1991)
    with pytest.raises(ValueError, match="doubtful is 'left'; did you mean 'left_out'"):
        panel(INCOME, "C5", *YEARS, "left")
    with pytest.raises(ValueError, match="gold is 'keep'; did you mean 'kept'"):
        economies.trade_shares("C5", *YEARS, gold="keep")
