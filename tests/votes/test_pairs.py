"""Pairs over periods: by hand, by scipy, and as a referee found them."""

import math

import numpy as np
import pytest
from scipy import stats

from centralasia import votes

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)


def test_values_are_those_of_all_years_together():
    row = votes.pair_periods(("KAZ-UZB",), CHOICE).set_index("period").loc["2015–2019"]
    counts = votes.vote_counts(["KAZ-UZB"], list(range(2015, 2020)))[0].sum(0)
    assert row["value"] == pytest.approx(votes.scores(counts))
    assert row["n"] == counts[:3, :3].sum() and row["differed"] == row["n"] - np.trace(counts[:3, :3])
    met = counts[:3, :3]
    assert row["alpha"] == pytest.approx(votes.krippendorff_alpha(met + met.T))


def test_interval_as_scipy_draws_it():
    counts = votes.vote_counts(["KAZ-UZB"], list(range(2015, 2020)))[0, :, :3, :3].sum(0)
    apart = np.abs(np.subtract.outer([1, 0, -1], [1, 0, -1])) / 2
    calls = np.repeat(apart.ravel(), counts.ravel().astype(int))
    drawn = stats.bootstrap((1 - calls,), np.mean, method="percentile", rng=np.random.default_rng(0))
    row = votes.pair_periods(("KAZ-UZB",), CHOICE).set_index("period").loc["2015–2019"]
    assert row[["low", "high"]].to_list() == pytest.approx(list(drawn.confidence_interval), abs=5e-3)


def test_a_pair_that_never_differed_is_not_certain():
    """56 of 56 alike: a bootstrap would say 1 to 1."""
    row = votes.pair_periods(("KAZ-TKM",), votes.Choice("agreement", "left_out", 2022, 2022)).iloc[0]
    assert (row["n"], row["differed"], row["value"], row["high"]) == (56, 0, 1, 1)
    z = stats.norm.ppf(0.975)
    assert row["low"] == pytest.approx(56 / (56 + z**2)), "Wilson's lower end, without a case against"
    assert 1 - 4 / 56 < row["low"] < 1 - 3 / 56, "wider than the one-sided rule of three"
    assert math.isnan(row["alpha_low"]), "too many samples without a difference"


def test_intervals_do_not_depend_on_what_else_is_asked():
    one, more = votes.pair_periods(("KAZ-TKM",), CHOICE), votes.pair_periods(("KAZ-KGZ", "KAZ-TKM"), CHOICE)
    assert more[more["pair"] == "KAZ-TKM"].reset_index(drop=True).equals(one)
    assert not votes.pair_periods(("KAZ-TKM",), CHOICE, 2)["low"].equals(one["low"])


def test_who_came_closer_is_what_a_referee_found():
    """Since 2005-09 the six pairs without Turkmenistan fell, two for certain; its four rose, three for certain."""
    rows = votes.pair_changes("C5", CHOICE).set_index("pair")
    turkmen = rows.index.str.contains("TKM")
    assert str(votes.base_period("C5", CHOICE)) == "2005–2009"
    assert rows.loc[~turkmen, "change"].between(-0.0215, -0.0015).all()
    assert rows.loc[turkmen, "change"].between(0.0055, 0.0515).all()
    assert set(rows.index[rows["change_high"] < 0]) == {"KGZ-UZB", "TJK-UZB"}
    assert rows.loc["KGZ-UZB", ["change_low", "change_high"]].to_list() == pytest.approx([-0.038, -0.005], abs=2e-3)
    assert set(rows.index[rows["change_low"] > 0]) == {"KAZ-TKM", "KGZ-TKM", "TKM-UZB"}
    earlier = votes.pair_changes("C5", CHOICE, before=votes.Period(2010, 2014)).set_index("pair")
    assert earlier["after"].equals(rows["after"].reindex(earlier.index))
    periods = votes.pair_periods(("KAZ-KGZ",), CHOICE).set_index("period")["value"]
    assert earlier.loc["KAZ-KGZ", "change"] == pytest.approx(periods["2020–2024"] - periods["2010–2014"])


def test_a_level_shift_must_be_certain():
    assert votes.level_shift("C5", CHOICE).year == 2005
    assert votes.level_shift("EUR4", CHOICE) is None and votes.break_year("EUR4", CHOICE) is not None
    assert votes.base_period("EUR4", CHOICE) == votes.Period(1995, 1999)
    assert votes.level_shift("C5", votes.Choice("pi", "left_out", 1991, 2026)) is None, "no interval, no certainty"
    assert votes.base_period("C5", votes.Choice("agreement", "left_out", 2025, 2026)) is None
    assert votes.pair_changes("C5", votes.Choice("agreement", "left_out", 2025, 2026)).empty
