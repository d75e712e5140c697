import math

import pytest
from conftest import assert_prose, assert_translated
from matplotlib.text import Text
from sweeps import first

from centralasia import economies, using
from centralasia.economies import trade_sentences
from centralasia.economies.measures import panel
from centralasia.regions import members
from datacontract.errors import ChoiceError

pytestmark = pytest.mark.slow

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)


def test_the_answer_follows_the_data(edit):
    one = panel(INCOME, "C5", *YEARS)
    assert "Since 1991 the spread between the states has grown by 47 %." in economies.answer([one])
    figures = [economies.dispersion_panels([one])]
    old = f"KAZ,1991,{INCOME},{one.values.loc[1991, 'KAZ']}"
    with using(edit("indicators.csv", old, f"KAZ,1991,{INCOME},99999.0")):
        other = panel(INCOME, "C5", *YEARS)
        assert "grown by 47 %" not in economies.answer([other])
        figures.append(economies.dispersion_panels([other]))
    assert "+47 % since 1991" in figures[0].title
    assert "+47 % since 1991" not in figures[1].title
    assert figures[0].alt_text != figures[1].alt_text


def test_the_raw_series_come_before_their_spread():
    drawn = economies.level_lines(panel(INCOME, "C5", *YEARS), "KAZ")
    assert drawn.title.startswith("Income per person: the highest was 3.9 to ")
    assert drawn.title.endswith(" times the lowest in 1991–2023, 7.8 times in 2023")
    assert drawn.data.columns.tolist() == ["year", *members("C5")]
    assert "Kazakhstan 14,878 and 34,703" in drawn.alt_text


def test_incomes_of_a_pair():
    told = economies.pair_income_summary("KAZ-TKM")
    assert told.startswith("Income per person in Kazakhstan was 2.0 times that in Turkmenistan in 1991")
    assert "Figures of Turkmenistan are doubtful." in told


def test_a_year_is_told_once_where_windows_begin_or_end_with_the_same_data():
    assert economies.pair_income_summary("KAZ-UZB", last_year=2012).count("in 2012") == 1
    assert economies.growth_summary(panel(INCOME, "C5", 2013, 2023)).count("From 2013 to 2023") == 1


def test_states_whose_trade_grew_by_the_same_factor_are_all_told(monkeypatch):
    known = economies.growth_by_partner("UZB").loc[["KAZ", "WLD"]]
    monkeypatch.setattr(trade_sentences, "growth_by_partner", lambda *asked: known)
    told = economies.trade_growth_summary("C5", 2023)
    assert told.count("By its own record") == len(members("C5"))


def test_years_too_few_for_any_indicator_are_refused():
    with pytest.raises(ChoiceError, match="first_year is 2025, last_year 2026; allowed: years of which two or more"):
        economies.panels("C5", 2025, 2026)


def test_water_is_unknown_where_there_is_no_value():
    found = economies.cross_section("water_dependency", "C6", 2023)
    assert math.isnan(found.loc["AZE", "value"])
    assert "Unknown: Azerbaijan." in economies.water_summary("water_dependency", "C6", "AZE", 2023)


@pytest.mark.parametrize("region", first(["C6", "SC3", "CM", "EAEU5", "EUR4"], 2))
def test_every_region_can_be_told(region):
    own, span = members(region, 2023), (region, 2000, 2023)
    for doubtful, gold in (("kept", "kept"), ("left_out", "left_out")):
        income = panel(INCOME, *span, doubtful)
        told = [
            economies.answer([panel(i, *span, doubtful) for i in (INCOME, "egov_development", "net_users")]),
            economies.dispersion_summary(income),
            economies.place_summary(income),
            economies.growth_summary(income),
            economies.log_t_summary(income),
            economies.trade_growth_summary(region, 2023),
            economies.trade_summary(region, own[0], 2000, 2023, gold),
            economies.gold_summary(*span),
            economies.mirror_summary(*span),
            economies.water_summary("water_dependency", region, own[0], 2023),
        ]
        assert all(text.endswith(".") for text in told)
        for text in told:
            assert_prose(text)
    income = panel(INCOME, *span)
    assert_prose(economies.growth_scatter(income, own[0]).alt_text)
    assert len(economies.values_by_pair(region, 2023)) == len(own) * (len(own) - 1) / 2
    for drawn in (economies.level_lines(income), economies.pair_trade_panels(*span), economies.window_grid([income])):
        assert_prose(drawn.alt_text)


@pytest.mark.parametrize("language", first(["kk", "ru"]))
def test_nothing_is_left_in_english(language):
    """Nothing but the names of symbols and of a test stays in Latin letters."""
    span, names = ("C6", 1995, 2023), ("log", "Log")
    with using(language=language):
        income, schools = panel(INCOME, *span), panel("egov_human_capital", *span)
        panels = [income, schools, panel("trade_open", *span), panel("tariff_mfn_manufactures", *span)]
        said = [
            economies.answer(panels), economies.answer([income]), economies.dispersion_summary(income),
            economies.place_summary(income), economies.growth_summary(income), economies.log_t_summary(income),
            economies.trade_growth_summary("C6", 2023), economies.intensity_summary("C6", 2023),
            economies.trade_summary("C6", "KAZ", 2000, 2023), economies.gold_summary(*span),
            economies.mirror_summary(*span), economies.water_summary("water_dependency", "C6", "AZE", 2023),
            economies.pair_income_summary("KAZ-TKM"), economies.pair_trade_summary("KAZ-UZB", 2023),
            economies.pair_trade_summary("TJK-TKM", 2023),
        ]  # fmt: skip
        tables = [
            economies.window_table(panels), economies.measure_table(panels), economies.choices_table(income),
            economies.intensity_table("C6", 2023),
            economies.water_table(["water_dependency", "water_stress"], "C6", 2023),
        ]  # fmt: skip
        figures = [
            economies.window_grid(panels), economies.level_lines(income), economies.level_lines(schools),
            economies.dispersion_panels(panels), economies.growth_scatter(income, "KAZ"),
            economies.pair_trade_panels("C6", 2000, 2023), economies.partner_growth_chart("C6", "UZB", 2023),
            economies.pair_trade_chart("KAZ-UZB", 1995, 2023), economies.pair_trade_chart("TJK-TKM", 2020, 2023),
        ]  # fmt: skip
        for text in said:
            assert_translated(text, *names)
        for table in tables:
            assert_translated(table.to_csv(), *names)
            assert_translated(table.columns.name)
        for figure in figures:
            for text in (figure.title, figure.alt_text, figure.caption):
                assert_translated(text, *names, *figure.sources)
            for label in figure._canvas.findobj(Text):
                if label.get_visible() and not label.get_text().startswith("$"):  # those of a scale that is replaced
                    assert_translated(label.get_text(), *names)


def test_records_that_end_too_early_and_a_single_year_are_said_as_such():
    growth = economies.trade_growth_summary("C5", 2016)
    assert growth.endswith("have no record of enough years up to 2016 and after it, so nothing can be compared.")
    assert "Kazakhstan 6.6 % in 2020;" in economies.trade_summary("C5", "KAZ", 2020, 2020)
    small = economies.pair_trade_summary("AZE-KGZ", 2015)
    assert "in 2015, about what the size of Azerbaijan's economy would give." in small, "not 1 times"
