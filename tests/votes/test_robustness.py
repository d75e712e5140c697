"""The change within a region under all choices, block by block."""

import numpy as np
import pytest

from centralasia import sensitivity, votes


@pytest.fixture(scope="module")
def curve():
    return votes.change_specifications("C5", 1991, 2026)


def test_every_way_is_there(curve):
    assert len(curve) == len(sensitivity.distinct_ways(curve)) == 4 * 2 * 5 * 6


def test_a_way_by_hand(curve):
    row = curve.query("measure == 'pi' and absence == 'counted' and earlier_period == '2005–2009' and without == 'TKM'")
    pairs = ("KAZ-KGZ", "KAZ-TJK", "KAZ-UZB", "KGZ-TJK", "KGZ-UZB", "TJK-UZB")
    found = votes.pair_periods(pairs, votes.Choice("pi", "counted", 1991, 2026)).groupby("period")["value"].mean()
    assert row["value"].item() == pytest.approx(found["2020–2024"] - found["2005–2009"])
    whole = curve.query("measure == 'agreement' and absence == 'left_out' and without == 'nobody'")
    each = votes.pair_periods(
        tuple(votes.region_tables("C5", range(2020, 2021))[0]), votes.Choice("agreement", "left_out", 1991, 2026)
    )
    means = each.groupby("period")["value"].mean()
    assert whole["value"].to_list() == pytest.approx(list(means.iloc[-1] - means.iloc[:-1]))


def test_since_2005_no_measure_that_corrects_for_chance_shows_a_rise(curve):
    blocks = sensitivity.count_blocks(curve, "measure", "absence", "earlier_period")["holds"]
    since = blocks.xs("2005–2009", level="earlier_period").xs("left_out", level="absence")
    assert since.drop("agreement").sum() == 0
    assert (blocks.xs("1995–1999", level="earlier_period") == 6).all()
    text = votes.change_summary(curve)
    assert "Compared with 1995–1999, the region votes more alike by every computation." in text
    assert "Compared with 2005–2009" in text and "in none of 18 corrected for chance" in text
    table = votes.change_table(curve)
    assert table.loc["Scott's pi, absence left out", "Since 2005–2009"].endswith("; 0 of 6")
    assert table.shape == (8, 5)


def test_a_state_that_belonged_in_neither_period_changes_nothing(data_copy):
    from centralasia import using

    with (data_copy / "memberships.csv").open("a") as file:
        file.write("C5,MNG,1991-01-01,1994-01-01,UNGA,\n")
    with using(data_copy):
        grid = votes.change_specifications("C5", 1991, 2024)
    assert "MNG" in set(grid["without"])
    assert len(grid) - len(sensitivity.distinct_ways(grid)) == 4 * 2 * 5, "as with nobody left out"


def test_too_few_periods():
    grid = votes.change_specifications("CM", 1991, 2026)
    assert grid["holds"].isna().all()
    assert votes.change_summary(grid).startswith("There are too few periods")
    assert (votes.change_table(grid) == "unknown").all(axis=None)
    assert np.isnan(grid["value"]).all()
