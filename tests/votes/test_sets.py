"""The region among all sets of states: by hand, and as a referee counted them."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import votes
from datacontract.errors import ChoiceError


@given(st.integers(2, 6), st.integers(0, 10_000))
@settings(max_examples=25)
def test_the_mean_over_all_sets_is_the_mean_over_all_pairs(size, seed):
    matrix = np.random.default_rng(seed).random((7, 7))
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, np.nan)
    means = votes.set_means(matrix, size)
    assert len(means) == math.comb(7, size)
    assert means.mean() == pytest.approx(matrix[np.triu_indices(7, 1)].mean())
    chosen = list(itertools.combinations(range(7), size))[-1]
    assert means[-1] == pytest.approx(np.mean([matrix[i, j] for i, j in itertools.combinations(chosen, 2)]))


def test_all_but_twelve_as_a_referee_counted():
    rank = votes.set_rank("C5", votes.Choice("agreement", "left_out", 2024, 2024))
    assert (rank.sets, rank.above, rank.members_above) == (math.comb(rank.states, 5), 12, (3, 4))
    assert rank.states == 25  # Afghanistan cast no vote in that year
    assert (rank.disjoint, rank.disjoint_above) == (15_504, 0)
    assert rank.value == pytest.approx(0.972, abs=1e-3)
    pairs = ["-".join(pair) for pair in itertools.combinations(rank.closest, 2)]
    each = votes.scores(votes.vote_counts(pairs, [2024])[:, 0])
    assert rank.closest_value == pytest.approx(each.mean()) and rank.closest_value < rank.value


def test_corrected_for_chance_others_agree_more():
    rank = votes.set_rank("C5", votes.Choice("pi", "left_out", 2020, 2024))
    assert 200 < rank.above < 300 and rank.disjoint_above > 0.9 * rank.above


def test_refused_or_unknown():
    with pytest.raises(ChoiceError, match="size is 13; allowed: 2 or more of 26 states, in at most 1,000,000 sets"):
        votes.set_means(np.zeros((26, 26)), 13)
    assert votes.set_rank("C5", votes.Choice("agreement", "left_out", 2025, 2026)) is None


def test_a_region_most_of_whose_members_have_no_votes_here_has_no_place():
    assert votes.set_rank("EU27", votes.Choice("agreement", "left_out", 2020, 2024)) is None
