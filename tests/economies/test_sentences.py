import math

import pytest
from conftest import assert_prose

from centralasia import economies, using
from centralasia.economies.measures import panel
from centralasia.regions import members

INCOME, YEARS = "gdp_pc_ppp", (1991, 2023)


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
            economies.answer([panel(i, *span, doubtful) for i in (INCOME, "egov_development", "net_users")]),
            economies.dispersion_summary(income),
            economies.panel_summary([income, panel("tariff_mfn_manufactures", *span, doubtful)]),
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
    assert_prose(economies.growth_scatter(income, own[0]).alt_text)
    assert len(economies.growth_table(income)) == income.values.shape[1]
    assert list(economies.gap_table([income]).index) == ["Income per person"]
