import math
import re

import pytest

from centralasia import economies, load, using
from centralasia.economies.trade import GOLD


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
@pytest.mark.parametrize("gold", GOLD)
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


def test_a_row_of_a_partner_changes_the_share(edit):
    row = load("trade").query("reporter == 'KAZ' and partner == 'UZB' and year == 2023 and flow == 'export'").iloc[0]
    line = f"KAZ,UZB,2023,export,{row.thousand_usd},"
    folder = edit("trade.csv", line, f"KAZ,POL,2023,export,20000000.0,STATKZ,high,\n{line}")
    before, after = _shares_of("KAZ", 2023)["share"], _shares_of("KAZ", 2023, folder)["share"]
    assert after < before
    for share, where in ((before, None), (after, folder)):
        with using(where):
            own, *_others = economies.trade_summary("C5", "KAZ", 1994, 2024).split(";")
            # It is the least of all years in one of the two, and is said once.
            assert len(re.findall(rf"{100 * share:.1f} % (?:in |\()2023", own)) == own.count("2023") == 1


def test_shares_are_given_as_the_range_over_all_years():
    assert "Uzbekistan between 11.8 % (2017) and 18.8 % (2014)" in economies.trade_summary("C5", "KAZ", 1994, 2023)


def test_who_reports_and_who_does_not():
    assert economies.without_trade_table("C5", 2023) == ["TJK", "TKM"]
    assert set(economies.trade_shares("C5", 1994, 2023)["reporter"]) == {"KAZ", "KGZ", "UZB"}
    assert "Tajikistan and Turkmenistan have no such table" in economies.trade_summary("C5", "KAZ", 1994, 2023)


def test_mirror_figures():
    found = economies.mirror_statistics("C5", 2020, 2020).set_index(["exporter", "importer"])
    assert found.loc[("UZB", "KGZ"), "ratio"] == pytest.approx(4.0, abs=0.05)
    assert found.loc[("UZB", "KGZ"), "source"] == "STATKG;STATUZ"
    assert found.loc[("TJK", "KAZ"), "source"] == "STATKZ"
    assert math.isnan(found.loc[("TJK", "KAZ"), "exporter_says"])
    assert found.loc[("TJK", "KAZ"), "importer_says"] > 0
    assert ("TJK", "TKM") not in found.index
