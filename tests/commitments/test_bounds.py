import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from centralasia.commitments import known_union, overlap

CELL = st.sampled_from([-1, 0, 1, None])
PAIRS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5)


def sides(pairs):
    frame = pd.DataFrame(pairs, columns=["one", "other"], index=[f"D{i}" for i in range(len(pairs))]).astype("Int64")
    return frame["one"], frame["other"]


def shared_by_each_filling(pairs):
    """How many are shared in every way to fill the unknown cells, written out."""
    options = [(0, 1) if cell is None else (cell,) for pair in pairs for cell in pair]
    fillings = itertools.product(*options)
    return [sum(cells[i] == cells[i + 1] == 1 for i in range(0, len(cells), 2)) for cells in fillings]


@pytest.mark.slow
@given(PAIRS)
def test_bounds_are_the_extremes_over_every_filling(pairs):
    shared, counts = overlap(*sides(pairs)), shared_by_each_filling(pairs)
    assert (shared.least, shared.most) == (min(counts), max(counts))


@pytest.mark.slow
@given(PAIRS)
def test_sides_may_change_places(pairs):
    one, other = overlap(*sides(pairs)), overlap(*sides([pair[::-1] for pair in pairs]))
    assert (one.least, one.most, one.both, one.against) == (other.least, other.most, other.both, other.against)
    assert one.named == other.named[::-1]


def test_by_hand():
    shared = overlap(*sides([(1, 1), (1, 0), (0, None), (None, 1), (None, None), (1, -1)]))
    assert (shared.domains, shared.named, shared.both, shared.against) == (6, (3, 2), ("D0",), ("D5",))
    assert (shared.least, shared.most) == (1, 3)


@pytest.mark.parametrize(
    ("cells", "pooled"),
    [
        ((1, None), 1), ((1, 0), 1), ((1, -1), 1), ((0, 0), 0), ((0, -1), -1), ((0, None), None), ((-1, None), None),
        ((None, None), None),
    ],
)  # fmt: skip
def test_pooling_keeps_the_unknown(cells, pooled):
    (found,) = known_union(pd.DataFrame([cells]).astype("Int64"))
    assert (found is pd.NA) if pooled is None else found == pooled


def test_agendas_over_different_themes_are_refused():
    one, other = sides([(1, 1), (0, 1)])
    with pytest.raises(ValueError, match="allowed: the themes of first"):
        overlap(one, other.iloc[:1])
