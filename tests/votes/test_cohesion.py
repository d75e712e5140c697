"""The mean over the pairs of a region, by hand, and where memberships have dates."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from centralasia import load, votes
from datacontract.errors import ChoiceError, DataError

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
FIVE = ["-".join(pair) for pair in itertools.combinations(["KAZ", "KGZ", "TJK", "TKM", "UZB"], 2)]


def test_region_mean_by_hand():
    choice = votes.Choice("kappa", "counted", 2016, 2016)
    values = votes.pair_years(FIVE, choice)["value"]
    row = votes.region_mean("C5", choice).iloc[0]
    assert row["value"] == pytest.approx(values.mean())
    assert (row["low"], row["high"]) == (values.min(), values.max())
    statuses = votes.region_mean("C5", CHOICE).set_index("year")["status"]
    assert statuses[[1991, 1992, 1995, 2016, 2026]].to_list() == [
        votes.NO_VOTES, votes.INCOMPLETE, votes.FEW_VOTES, votes.OK, votes.NOT_COMPARABLE,
    ]  # fmt: skip


def test_yearly_pi_did_not_rise_as_a_referee_found():
    """Mean of the yearly values over the pairs, first and last five comparable years."""
    mean = votes.comparable(votes.region_mean("C5", votes.Choice("pi", "left_out", 1991, 2026)))["value"]
    assert mean[:5].mean() == pytest.approx(0.571, abs=1e-3)
    assert mean[-5:].mean() == pytest.approx(0.573, abs=1e-3)


def test_membership_has_dates():
    rows = votes.region_pairs("CM", CHOICE)
    with_aze = rows[rows["pair"].str.contains("AZE")]
    assert rows["year"].min() == 2018
    assert set(with_aze["year"]) == {2025, 2026}
    before = votes.yearly_mean(rows[~rows["pair"].str.contains("AZE")])
    assert before.equals(votes.yearly_mean(votes.region_pairs("C5", votes.Choice("agreement", "left_out", 2018, 2026))))


def test_tables_of_a_region_are_sums_of_rows_in_which_both_vote():
    pairs, tables = votes.region_tables("C5", range(2000, 2003))
    assert pairs == FIVE
    rows = load("unga_dyads").query("state_a == 'KGZ' and state_b == 'UZB' and year in [2000, 2002]")
    assert tables[FIVE.index("KGZ-UZB")][0, 0] == rows["yy"].sum(), "neither cast a vote in 2001"
    assert tables[FIVE.index("KGZ-UZB")].sum() == 76 + 104
    assert votes.region_tables("CM", range(2017, 2018))[1].shape == (0, 4, 4)


def test_a_frame_that_is_changed_changes_no_other():
    frame = votes.region_pairs("C5", CHOICE)
    expected = frame.copy()
    frame.loc[:, "value"] = 0
    frame["more"] = 1
    assert votes.region_pairs("C5", CHOICE).equals(expected)


def test_change():
    frame = pd.DataFrame({"value": [0.1, 0.2, 9, 0.4, 0.8], "status": ["ok", "ok", "few votes", "ok", "ok"]})
    assert votes.change(frame, 2) == pytest.approx(0.45)
    assert math.isnan(votes.change(frame, 3))


def test_took_part():
    voted = votes.took_part(["KGZ", "UZB"], [1993, 1999, 2001, 2002])
    assert voted.tolist() == [[True, False, False, True], [False, True, False, True]]
    assert voted.dtype == np.bool_


def test_refused():
    with pytest.raises(DataError, match="no region 'C7'"):
        votes.region_mean("C7", CHOICE)
    with pytest.raises(ChoiceError, match="region is 'CM': 0 members from 1991 to 2000; allowed: two or more"):
        votes.region_mean("CM", votes.Choice("pi", "left_out", 1991, 2000))
