"""How alike two states vote: hand-worked tables, independent computations, identities."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using, votes
from datacontract.errors import ChoiceError, DataError

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)


def table(**cells):
    """A table of votes from cells such as yy=3, nx=1 (x: absent)."""
    found = np.zeros((4, 4))
    for cell, number in cells.items():
        found["yanx".index(cell[0]), "yanx".index(cell[1])] = number
    return found


tables = st.lists(st.integers(0, 30), min_size=16, max_size=16).map(lambda cells: np.array(cells).reshape(4, 4))


def expanded(counts, absence):
    """The roll calls one by one, as positions of the two states; absent is None."""
    positions = [1.0, 0.0, -1.0, None]
    for i, j in itertools.product(range(4), repeat=2):
        for _ in range(int(counts[i, j])):
            if absence == "counted" or (i < 3 and j < 3):
                yield positions[i], positions[j]


def apart(a, b):
    if a is None or b is None:
        return 0.0 if a is b else 1.0
    return abs(a - b) / 2


def slowly(counts, measure, absence):
    """Agreement, pi and kappa by loops over single votes: the definitions, written once more."""
    calls = list(expanded(counts, absence))
    if not calls:
        return math.nan
    if absence == "counted" and (all(a is None for a, _ in calls) or all(b is None for _, b in calls)):
        return math.nan
    observed = sum(apart(a, b) for a, b in calls) / len(calls)
    if measure == "agreement":
        return 1 - observed
    one, other = [a for a, _ in calls], [b for _, b in calls]
    if measure == "pi":
        one = other = one + other
    expected = sum(apart(a, b) for a in one for b in other) / (len(one) * len(other))
    return 1 - observed / expected if expected else math.nan


def test_a_table_by_hand():
    # 10 shared votes, 18 roll calls, 13 counted as cast by one
    counts = table(yy=4, ya=2, yn=1, aa=1, nn=2, yx=5, xx=3)
    assert votes.scores(counts) == pytest.approx(1 - (2 * 0.5 + 1) / 10)
    # Marginals: 7, 1, 2 of ten and 4, 3, 3 of ten. Expected disagreement for kappa, cell by cell:
    kappa = (7 * 3 * 0.5 + 7 * 3 + 1 * 4 * 0.5 + 1 * 3 * 0.5 + 2 * 4 + 2 * 3 * 0.5) / 100
    assert votes.scores(counts, "kappa") == pytest.approx(1 - 0.2 / kappa)
    pi = 2 * (11 * 4 * 0.5 + 11 * 5 + 4 * 5 * 0.5) / 400
    assert votes.scores(counts, "pi") == pytest.approx(1 - 0.2 / pi)
    assert votes.scores(counts, "agreement", "counted") == pytest.approx(1 - (2 + 5) / 18)
    assert votes.scores(counts, "kappa", "counted") == pytest.approx(slowly(counts, "kappa", "counted"))


def test_extremes():
    assert votes.scores(table(yy=5, nn=5)) == 1
    assert votes.scores(table(yn=5, ny=5)) == 0
    assert votes.scores(table(yn=5, ny=5), "kappa") == pytest.approx(-1)
    assert votes.scores(table(yy=5, nn=5), "pi") == pytest.approx(1)
    assert math.isnan(votes.scores(table(yy=9), "pi")), "chance alone would agree as much"
    assert math.isnan(votes.scores(table(xx=9, yx=2)))
    assert votes.scores(table(xx=9, yx=2, xy=1), absence="counted") == pytest.approx(0.75)
    assert math.isnan(votes.scores(table(xx=9, yx=2), absence="counted")), "the second state cast no vote at all"


@given(tables, st.sampled_from(votes.MEASURES), st.sampled_from(votes.ABSENCE))
@settings(max_examples=60)
def test_as_by_loops_over_single_votes(counts, measure, absence):
    few = np.minimum(counts, 3)
    assert votes.scores(few, measure, absence) == pytest.approx(slowly(few, measure, absence), nan_ok=True)


@given(tables, st.sampled_from(votes.MEASURES), st.sampled_from(votes.ABSENCE))
def test_symmetric_bounded_and_blind_to_relabelling(counts, measure, absence):
    value = votes.scores(counts, measure, absence)
    assert votes.scores(counts.T, measure, absence) == pytest.approx(value, nan_ok=True)
    swapped = counts[np.ix_([2, 1, 0, 3], [2, 1, 0, 3])]  # yes for no
    assert votes.scores(swapped, measure, absence) == pytest.approx(value, nan_ok=True)
    assert votes.scores(3 * counts, measure, absence) == pytest.approx(value, nan_ok=True)
    if not math.isnan(value):
        assert value <= 1 + 1e-12
        assert value >= (0 if measure == "agreement" else -1) - 1e-12 or measure == "kappa"


@given(st.lists(tables, min_size=1, max_size=4))
def test_an_array_of_tables_is_its_tables(many):
    together = votes.scores(np.array(many), "kappa")
    assert np.allclose(together, [votes.scores(one, "kappa") for one in many], equal_nan=True)


def test_values_are_those_of_the_rows():
    frame = votes.pair_years(["KAZ-UZB"], CHOICE).set_index("year")
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'UZB' and year == 2015").iloc[0]
    half = row[["ya", "ay", "an", "na"]].sum()
    shared = row[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    assert frame.loc[2015, "value"] == pytest.approx(1 - (half / 2 + row["yn"] + row["ny"]) / shared)
    assert frame.loc[2015, "shared"] == frame.loc[2015, "n"] == shared
    assert frame.loc[[1992, 2015, 2025], "status"].to_list() == [votes.NO_VOTES, votes.OK, votes.NOT_COMPARABLE]
    few = votes.pair_years(["TKM-UZB"], CHOICE).set_index("year").loc[1995]
    assert (few["n"], few["status"]) == (2, votes.FEW_VOTES)


def test_absence_counts_in_the_value_where_it_is_asked_for():
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'UZB' and year == 2015").iloc[0]
    half, whole = row[["ya", "ay", "an", "na"]].sum(), row[["yn", "ny", "yx", "ax", "nx", "xy", "xa", "xn"]].sum()
    calls = row[["yy", "aa", "nn", "neither"]].sum() + half + whole
    counted = votes.pair_years(["KAZ-UZB"], votes.Choice("agreement", "counted", 2015, 2015)).iloc[0]
    assert counted["value"] == pytest.approx(1 - (half / 2 + whole) / calls)
    assert counted["n"] == calls > counted["shared"]


def test_a_year_that_nobody_judged_is_not_comparable(edit):
    with using(edit("unga_years.csv", "2018,95,True", "2018,95,")):
        assert votes.voting_years(2017, 2019)["comparable"].to_dict() == {2017: True, 2018: False, 2019: True}


def test_refused():
    with pytest.raises(ChoiceError, match="measure is 'kapa'; did you mean 'kappa'"):
        votes.scores(table(yy=1), "kapa")
    with pytest.raises(ChoiceError, match="absence is 'none'; did you mean 'counted'"):
        votes.scores(table(yy=1), "pi", "none")
    with pytest.raises(DataError, match="pair 'UZB-KAZ'; allowed: two different codes in alphabetical order"):
        votes.pair_years(["UZB-KAZ"], CHOICE)
    with pytest.raises(
        ChoiceError, match="first_year is 2020, last_year 2010; allowed: years in order, of 1991 to 2026"
    ):
        votes.pair_years(["KAZ-UZB"], votes.Choice("pi", "left_out", 2020, 2010))
