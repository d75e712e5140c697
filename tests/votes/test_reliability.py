"""Krippendorff's alpha: against the library on single votes, published values, and the pairs it is made of."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import votes
from datacontract.errors import ChoiceError


def half_way(one, other, **_):
    """The distances of the agreement, as a metric of the library: values 0 yes, 1 abstain, 2 no."""
    return np.abs(one - other) / 2


METRICS = {"half_way": half_way, "nominal": "nominal", "ordinal": "ordinal"}
ballots = st.lists(st.lists(st.sampled_from([0, 1, 2, None]), min_size=4, max_size=4), min_size=3, max_size=12)


@given(ballots, st.sampled_from(votes.LEVELS))
@settings(max_examples=60)
def test_as_the_library_finds_it_on_single_votes(calls, level):
    """A row a roll call, a column a state, None where it was absent."""
    single = np.array([[np.nan if vote is None else vote for vote in call] for call in calls])
    splits = np.stack([(single == value).sum(1) for value in (0, 1, 2)], axis=1)
    alpha = votes.krippendorff_alpha(votes.coincidences(splits).sum(0), level)
    cast = single[(~np.isnan(single)).sum(1) > 1]
    if np.unique(cast[~np.isnan(cast)]).size < 2:
        assert np.isnan(alpha), "chance leaves no room to disagree"
        return
    expected = krippendorff.alpha(single.T, level_of_measurement=METRICS[level], value_domain=[0, 1, 2])
    assert alpha == pytest.approx(expected)


def test_a_published_example():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, C: four observers, twelve units, missing data."""
    data = """. 1 2 3 3 2 1 4 1 2 . . .
              . 1 2 3 3 2 2 4 1 2 5 . 3
              . . 3 3 3 2 3 4 2 2 5 1 .
              . 1 2 3 3 2 4 4 1 2 5 1 ."""
    single = np.array([[np.nan if cell == "." else float(cell) for cell in row.split()] for row in data.splitlines()])
    splits = np.stack([(single == value).sum(0) for value in range(1, 6)], axis=1)
    met = votes.coincidences(splits).sum(0)
    assert met.sum() == pytest.approx(40), "40 pairable values"
    assert votes.krippendorff_alpha(met, "nominal") == pytest.approx(0.743, abs=5e-4)
    assert votes.krippendorff_alpha(met, "ordinal") == pytest.approx(0.815, abs=5e-4)


def test_pairs_alone_count_each_pair_once():
    met = votes.coincidences([3, 1, 0], weighted=False)
    assert met.tolist() == [[6, 3, 0], [3, 0, 0], [0, 0, 0]]
    assert votes.coincidences([3, 1, 0]).sum() == pytest.approx(4), "each of four votes once"
    assert not votes.coincidences([1, 0, 0]).any(), "one vote meets no other"


def test_a_pair_of_states_has_nearly_scotts_pi():
    """With two voters alpha is pi with a correction for few votes."""
    counts = np.zeros((4, 4))
    counts[:3, :3] = [[30, 4, 1], [2, 6, 1], [0, 1, 5]]
    met = counts[:3, :3] + counts[:3, :3].T
    alpha, pi, n = votes.krippendorff_alpha(met), votes.scores(counts, "pi"), 50
    assert 1 - alpha == pytest.approx((1 - pi) * (2 * n - 1) / (2 * n))


def test_refused():
    with pytest.raises(ChoiceError, match="level is 'interval'; .*allowed: half_way, nominal, ordinal"):
        votes.krippendorff_alpha(np.eye(3), "interval")
