import math

import numpy as np
import pandas as pd
import pytest
from conftest import assert_prose
from hypothesis import given
from hypothesis import strategies as st

from centralasia import DataError, economies, load, using
from centralasia.economies.convergence import start_years
from centralasia.economies.figures import growth_limits
from centralasia.economies.measures import dispersion, panel
from centralasia.regions import members
from datacontract.errors import ChoiceError

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)
amounts = st.lists(st.floats(0.1, 1e5), min_size=3, max_size=8)


def _frame(*rows):
    """A panel of made-up values: rows of years from 2000 on, members a, b, c …"""
    values = pd.DataFrame(rows, index=range(2000, 2000 + len(rows)), columns=list("abcdefgh")[: len(rows[0])])
    low = pd.DataFrame(False, index=values.index, columns=values.columns)
    span = (2000, 1999 + len(rows))
    return economies.Panel("made up", "C5", *span, values, values, low, values.shape[1], (), (), "sd_log", ())


def test_dispersion_by_hand():
    # Logs of 1, e and e^2 are 0, 1 and 2: their mean is 1, the mean square distance from it 2/3.
    values = [1, math.e, math.e**2]
    assert dispersion(values, "sd_log") == pytest.approx(math.sqrt(2 / 3))
    assert dispersion(values, "range_log") == pytest.approx(2)
    assert dispersion([2, 4, 6], "sd") == pytest.approx(math.sqrt(8 / 3))
    assert dispersion([2, 4, 6], "cv") == pytest.approx(math.sqrt(8 / 3) / 4)


def test_the_known_path_of_income():
    path = economies.sigma_convergence(panel(INCOME, "C5", *YEARS))["value"]
    assert path[[1991, 2010, 2023]].round(2).tolist() == [0.50, 0.79, 0.73]


@given(amounts, st.floats(0.01, 100), st.sampled_from(economies.RATIO_STATISTICS))
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
    with pytest.raises(ValueError, match="statistic 'sd_log' meets the value 0; allowed: values above 0"):
        dispersion([0, 1, 2], "sd_log")
    with pytest.raises(ValueError, match="statistic is 'sd_logs'; did you mean 'sd_log'"):
        dispersion([1, 2], "sd_logs")


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
    assert kept.doubtful.any().to_dict() == {"KAZ": False, "KGZ": False, "TJK": False, "TKM": True, "UZB": False}
    assert left.dropped_members == ("TKM",)
    assert not left.doubtful.any(axis=None)


def test_a_missing_year_of_one_member_leaves_the_panel(data_copy):
    path = data_copy / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(f"KGZ,2010,{INCOME},")), encoding="utf-8")
    with using(data_copy):
        one = panel(INCOME, "C5", *YEARS)
    assert 2010 not in one.values.index
    assert one.incomplete_years == (2010,)
    assert len(one.values) == len(panel(INCOME, "C5", *YEARS).values) - 1


def test_z_scores_are_over_all_states_of_a_survey():
    one = panel("egov_development", "C5", 2008, 2024)
    rows = load("indicators")
    survey = rows[(rows["indicator"] == "egov_development") & (rows["year"] == 2024)].set_index("state")["value"]
    assert one.n_states == len(survey)
    direct = (survey[members("C5")] - survey.mean()) / survey.std(ddof=0)
    assert one.scores.loc[2024].tolist() == pytest.approx(direct.tolist())
    assert economies.sigma_convergence(one).loc[2024, "value"] == pytest.approx(direct.std(ddof=0))


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


def _shares_of(reporter, year, folder=None, gold="kept", region="C5"):
    with using(folder):
        found = economies.trade_shares(region, 1994, 2024, gold)
    return found[(found["reporter"] == reporter) & (found["year"] == year)].iloc[0]


def test_a_trade_share_by_hand():
    rows = load("trade")
    own = (
        rows[(rows["reporter"] == "UZB") & (rows["year"] == 2023)]
        .groupby("partner", observed=True)["thousand_usd"]
        .sum()
    )
    region = own[["KAZ", "KGZ", "TJK", "TKM"]].sum()
    assert _shares_of("UZB", 2023)["share"] == pytest.approx(region / own.drop("WLD").sum())
    assert _shares_of("UZB", 2023)["of_total"] == pytest.approx(region / own["WLD"])
    without = own.drop(["WLD", *economies.gold_partners()]).sum()
    assert _shares_of("UZB", 2023, gold="left_out")["share"] == pytest.approx(region / without)


@pytest.mark.parametrize("region", ["C5", "C6", "EAEU5"])
@pytest.mark.parametrize("gold", economies.GOLD)
def test_shares_keep_their_bounds(region, gold):
    found = economies.trade_shares(region, 1994, 2024, gold)
    assert found[["lower", "upper"]].stack().between(0, 1).all()
    known = found.dropna(subset="share")
    assert (known["lower"] == known["share"]).all()
    assert (found["lower"] <= found["upper"]).all()


def test_a_partner_that_is_not_listed_is_unknown():
    row = _shares_of("KGZ", 2023, region="EAEU5")
    assert math.isnan(row["share"])
    assert math.isnan(row["of_total"])
    # Nothing, or all that the total leaves over, is with the members that are not listed.
    rest = row["upper"] - row["lower"]
    rows = load("trade")
    own = (
        rows[(rows["reporter"] == "KGZ") & (rows["year"] == 2023)]
        .groupby("partner", observed=True)["thousand_usd"]
        .sum()
    )
    assert row["lower"] == pytest.approx(own[["KAZ", "RUS"]].sum() / own["WLD"])
    assert rest == pytest.approx(1 - own.drop("WLD").sum() / own["WLD"])


def test_members_outside_gold_partners_stay_in(edit):
    folder = edit("memberships.csv", "C5,KAZ,", "C5,GBR,,,AP18,\nC5,KAZ,")
    with using(folder):
        assert "GBR" in economies.gold_partners()
    assert _shares_of("UZB", 2023, folder, "left_out")["share"] > _shares_of("UZB", 2023, gold="left_out")["share"]


def test_a_row_of_a_partner_changes_share_sentence_and_description(edit):
    before = _shares_of("KAZ", 2023)["share"]
    row = next(
        r
        for r in load("trade").itertuples()
        if (r.reporter, r.partner, r.year, r.flow) == ("KAZ", "UZB", 2023, "export")
    )
    line = f"KAZ,UZB,2023,export,{row.thousand_usd},"
    folder = edit("trade.csv", line, f"KAZ,POL,2023,export,20000000.0,STATKZ,high,\n{line}")
    after = _shares_of("KAZ", 2023, folder)["share"]
    assert after < before
    figures = []
    for share, where in ((before, None), (after, folder)):
        words = f"{100 * share:.1f}"
        with using(where):
            figures.append(economies.trade_share_chart("C5", "KAZ", 1994, 2024))
            assert f"{words} % in 2023" in economies.trade_summary("C5", "KAZ", 1994, 2024).split(";")[0]
        assert f"2023 {words}." in figures[-1].alt_text
    assert figures[0].title != figures[1].title


def test_who_reports_and_who_does_not():
    assert economies.reporters("C5", 2023) == (["KAZ", "KGZ", "UZB"], ["TJK", "TKM"])
    assert "Tajikistan and Turkmenistan have no such table" in economies.trade_summary("C5", "KAZ", 1994, 2023)


def test_mirror_figures():
    found = economies.mirror_statistics("C5", 2020, 2020).set_index(["exporter", "importer"])
    assert found.loc[("UZB", "KGZ"), "ratio"] == pytest.approx(4.0, abs=0.05)
    assert math.isnan(found.loc[("TJK", "KAZ"), "exporter_says"])
    assert found.loc[("TJK", "KAZ"), "importer_says"] > 0
    assert ("TJK", "TKM") not in found.index
    assert economies.mirror_table("C5", 2020, 2020).loc["Tajikistan", "to Turkmenistan"] == "unknown"


def test_the_choices_hold_the_plain_comparison():
    frame = economies.dispersion_specifications(INCOME, "C5", 2010, 2023)
    moved = economies.change(panel(INCOME, "C5", 2010, 2023))
    assert frame.loc[0, "value"] == pytest.approx(100 * (moved.after / moved.before - 1))
    assert bool(frame.loc[0, "holds"])
    assert len(frame) == 3 * 3 * 6 * 2 * 2
    without = frame[
        (frame["left_out"] == "Kazakhstan") & (frame["start"] == "2010") & (frame["measure"] == "SD of logs")
    ]
    assert not without[(without["doubtful"] == "kept") & (without["region"] == "Central Asia")]["holds"].iloc[0]
    assert start_years(1991, 2001) == [1991, 1995, 2000]


def test_the_answer_follows_the_data(edit):
    one = panel(INCOME, "C5", *YEARS)
    assert "moved apart in income per person (0.50 in 1991, 0.73 in 2023)" in economies.answer([one])
    figures = [economies.dispersion_panels([one])]
    old = f"KAZ,1991,{INCOME},{one.values.loc[1991, 'KAZ']}"
    with using(edit("indicators.csv", old, f"KAZ,1991,{INCOME},99999.0")):
        other = panel(INCOME, "C5", *YEARS)
        assert "drew together in income per person" in economies.answer([other])
        figures.append(economies.dispersion_panels([other]))
    assert ["in 0 of" in figures[0].title, "in 1 of" in figures[1].title] == [True, True]
    assert figures[0].alt_text != figures[1].alt_text


def test_water_is_unknown_where_there_is_no_value():
    found = economies.cross_section("water_dependency", "C6", 2023)
    assert math.isnan(found.loc["AZE", "value"])
    assert "Unknown: Azerbaijan." in economies.water_summary("water_dependency", "C6", "AZE", 2023)
    assert "Azerbaijan unknown" in economies.dependency_bars("water_dependency", "C6", "AZE", 2023).alt_text


@pytest.mark.parametrize("region", ["C6", "CM", "EAEU5", "EUR4", "SC3"])
def test_every_region_can_be_told(region):
    own, span = members(region, 2023), (region, 2000, 2023)
    for doubtful, gold in (("kept", "kept"), ("left_out", "left_out")):
        income = panel(INCOME, *span, doubtful)
        told = [
            economies.answer(economies.panels([INCOME, "egov_development", "net_users"], *span, doubtful)),
            economies.dispersion_summary(income),
            economies.panel_summary(economies.panels([INCOME, "tariff_mfn_manufactures"], *span, doubtful)),
            economies.growth_summary(income),
            economies.trade_summary(region, own[0], 2000, 2023, gold),
            economies.gold_summary(*span),
            economies.mirror_summary(*span),
            economies.water_summary("water_dependency", region, own[0], 2023),
        ]
        assert all(text.endswith(".") for text in told)
        for text in told:
            assert_prose(text)
    income = panel(INCOME, *span)
    assert economies.growth_scatter(income, own[0]).alt_text.endswith(".")
    assert len(economies.growth_table(income)) == income.values.shape[1]
    assert list(economies.gap_table([INCOME], region, 2023).index) == ["Income per person"]
