import numpy as np
import pytest

from centralasia import economies, load, using
from centralasia.economies.trade import WORLD

REGION = ["KAZ", "KGZ", "TJK", "TKM"]


def _yearly(reporter, partner):
    rows = load("trade").query("reporter == @reporter and partner == @partner")
    return rows.groupby("year")["thousand_usd"].sum()


def test_growth_by_the_referee():
    """Trade of Uzbekistan after 2016: 4.7-fold with Kyrgyzstan, 3.3-fold with Tajikistan, 1.3-fold with Kazakhstan."""
    found = economies.growth_by_partner("UZB")
    assert found.loc[["KGZ", "TJK", "KAZ"], "factor"].round(1).tolist() == [4.7, 3.3, 1.3]
    assert found[["first", "last", "years"]].iloc[0].tolist() == [2010, 2023, 7]
    told = economies.trade_growth_summary("C5", 2024)
    assert told.startswith(
        "By its own record, Uzbekistan's trade in 2017–2023 was 4.7 times that of 2010–2016 with Kyrgyzstan"
    )
    assert "The records of Kyrgyzstan and Uzbekistan differ: 2.1 and 4.7 times." in told


def test_growth_is_the_estimate_of_poisson_pseudo_maximum_likelihood():
    """Newton's steps on the likelihood, and the robust standard error, give factor and interval."""
    from scipy import stats

    y = _yearly("UZB", "KGZ").loc[2010:2023].to_numpy()
    x = np.column_stack([np.ones(14), np.arange(14) >= 7]).astype(float)
    b = np.array([np.log(y.mean()), 0.0])
    for _ in range(50):
        mean = np.exp(x @ b)
        b += np.linalg.solve(x.T @ (x * mean[:, None]), x.T @ (y - mean))
    bread = np.linalg.inv(x.T @ (x * np.exp(x @ b)[:, None]))
    scores = x * (y - np.exp(x @ b))[:, None]
    error = np.sqrt((bread @ scores.T @ scores @ bread)[1, 1] * 7 / 6)  # n - 1 in each window
    row = economies.growth_by_partner("UZB").loc["KGZ"]
    assert row["factor"] == pytest.approx(np.exp(b[1]))
    assert row["high"] == pytest.approx(np.exp(b[1] + stats.t.ppf(0.975, 12) * error))


@pytest.mark.slow
def test_a_state_whose_record_begins_late_has_no_growth():
    assert economies.growth_by_partner("KAZ").empty
    assert economies.growth_by_partner("TJK").empty
    assert economies.partner_growth_chart("C5", "KAZ", 2024).title.startswith("Kazakhstan records no trade for as many")
    assert len(economies.growth_by_partner("KAZ", 2020)) > 10


def test_intensity_by_hand():
    row = economies.bilateral_trade(("KGZ-UZB",), 2023, 2023).set_index("reporter").loc["UZB"]
    total, world = _yearly("UZB", "KGZ")[2023], _yearly("UZB", WORLD)[2023]
    size = load("indicators").query("indicator == 'gdp_ppp' and year == 2023").set_index("state")["value"]
    assert row["total"] == pytest.approx(total)
    assert row["exports"] + row["imports"] == pytest.approx(total)
    assert row["intensity"] == pytest.approx(total / world / (size["KGZ"] / (size["WLD"] - size["UZB"])))


def test_records_of_two_sides_stay_two():
    found = economies.bilateral_trade(("KGZ-UZB",), 2010, 2023)
    assert found.groupby("reporter")["source"].unique().str.join(" ").to_dict() == {"KGZ": "STATKG", "UZB": "STATUZ"}
    assert found.loc[found["year"] == 2020, "total"].nunique() == 2
    assert economies.bilateral_trade(("TJK-TKM",), 1990, 2030).empty


def test_one_row_a_pair_and_unknown_stays_blank():
    found = economies.values_by_pair("C5", 2025)
    assert len(found) == 10
    assert found.loc["TJK-TKM"].isna()[["trade_intensity", "trade_growth"]].all()
    assert found["sides"].to_dict()["KGZ-UZB"] == 2
    sides = economies.bilateral_trade(("KGZ-UZB",), 2019, 2023).groupby("reporter")["intensity"].mean()
    assert found.loc["KGZ-UZB", "trade_intensity"] == pytest.approx(np.exp(np.log(sides).mean()))


@pytest.mark.slow
def test_a_page_of_a_pair_says_what_is_not_published():
    assert economies.pair_trade_summary("TJK-TKM", 2024) == "The tables hold no record by Tajikistan and Turkmenistan."
    told = economies.pair_trade_summary("KGZ-UZB", 2024)
    assert "its mean after 2016 was 4.7 times that of as many years before" in told
    assert (
        economies.pair_trade_chart("TJK-TKM", 1991, 2024).title
        == "Trade of Tajikistan and Turkmenistan: by the Correlates of War alone"
    )
    assert "no record of trade by Tajikistan or Turkmenistan" in economies.pair_trade_chart("TJK-TKM", 2018, 2024).title
    drawn = economies.pair_trade_chart("KAZ-TJK", 1991, 2024)
    assert "Tajikistan to Kazakhstan by Kazakhstan" in drawn.alt_text


@pytest.mark.slow
def test_the_series_of_all_states_stands_apart():
    found = economies.bilateral_trade(("TJK-TKM",), 1990, 2030, "cow")
    assert set(found["source"]) == {"BKP09;COWTR"}
    assert found["year"].max() == 2014
    rows = load("partner_trade").query("series == 'cow' and reporter == 'TJK' and partner == 'TKM' and year == 2014")
    own = found[(found["reporter"] == "TJK") & (found["year"] == 2014)].iloc[0]
    assert own["total"] == pytest.approx(1000 * rows["million_usd"].sum())
    assert economies.values_by_pair("C5", 2025)["trade_intensity_cow"].notna().all()
    drawn = economies.pair_trade_panels("C5", 1991, 2024)
    assert "Tajikistan–Turkmenistan by the Correlates of War only" in drawn.alt_text
    with pytest.raises(ValueError, match="series is 'dots'; allowed: national, cow"):
        economies.bilateral_trade(("TJK-TKM",), 1990, 2030, "dots")


def test_intensities_by_span_are_means_of_years():
    means = economies.intensity_means("C5", 2025)
    assert means.shape == (20, 4)
    own = economies.bilateral_trade(("KGZ-UZB",), 2017, 2023).query("reporter == 'UZB'")["intensity"].mean()
    assert means.loc[("UZB", "KGZ"), "2017–2023"] == pytest.approx(own)
    assert means.iloc[:, 2:].loc["TJK"].isna().all(axis=None)
    told = economies.intensity_summary("C5", 2025)
    assert "rose in 2 of 20 directions from 1995–2004 to 2005–2014" in told
    assert "rose in 4 of 8 directions from 2010–2016 to 2017–2023" in told


@pytest.mark.slow
def test_growth_needs_the_whole_trade_of_every_year(data_copy):
    path = data_copy / "trade.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("UZB,WLD,2015")), encoding="utf-8")
    with using(data_copy):
        assert economies.growth_by_partner("UZB").empty
        assert economies.partner_growth_chart("C5", "UZB", 2023).empty
        assert "By its own record, Uzbekistan" not in economies.trade_growth_summary("C5", 2023)
