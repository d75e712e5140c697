import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from centralasia.commitments import expected_overlap, known_union, loevinger_h, overlap

CELL = st.sampled_from([0, 1, None])
PAIRS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5)


def sides(pairs):
    frame = pd.DataFrame(pairs, columns=["one", "other"], index=[f"D{i}" for i in range(len(pairs))]).astype("Int64")
    return frame["one"], frame["other"]


def filled(pairs):
    """Every way to fill the unknown cells, written out."""
    options = [[(0, 1) if cell is None else (cell,) for cell in pair] for pair in pairs]
    return itertools.product(*(itertools.product(*pair) for pair in options))


def jaccard(pairs):
    either = [pair for pair in pairs if any(pair)]
    return sum(all(pair) for pair in either) / len(either) if either else None


def phi_over_its_maximum(pairs):
    """Another road to Loevinger's H: phi over the largest phi that the totals allow."""
    n, a, b = len(pairs), sum(x for x, _ in pairs), sum(y for _, y in pairs)
    if not 0 < a < n or not 0 < b < n:
        return None

    def phi(shared):
        return (n * shared - a * b) / math.sqrt(a * b * (n - a) * (n - b))

    return phi(sum(x and y for x, y in pairs)) / phi(min(a, b))


@given(PAIRS)
def test_bounds_are_the_extremes_over_every_filling(pairs):
    shared = overlap(*sides(pairs))
    for bounds, measure in (
        (shared.count, lambda p: sum(x and y for x, y in p)),
        (shared.jaccard, jaccard),
        (shared.loevinger_h, phi_over_its_maximum),
    ):
        values = [value for value in map(measure, filled(pairs)) if value is not None]
        if values:
            assert (bounds.lower, bounds.upper) == pytest.approx((min(values), max(values)))
        else:
            assert math.isnan(bounds.lower)
            assert math.isnan(bounds.upper)


@given(PAIRS, st.randoms(use_true_random=False))
def test_sides_and_domains_may_change_places(pairs, random):
    turned = [pair[::-1] for pair in pairs]
    random.shuffle(turned)
    one, other = overlap(*sides(pairs)), overlap(*sides(turned))
    for measure in ("count", "jaccard", "loevinger_h"):
        values = [getattr(shared, measure) for shared in (one, other)]
        for part in ("lower", "upper", "point"):
            assert getattr(values[0], part) == pytest.approx(getattr(values[1], part), nan_ok=True)


@given(PAIRS, st.data())
def test_knowing_more_never_widens_the_bounds(pairs, data):
    unknown = [(i, j) for i, pair in enumerate(pairs) for j in (0, 1) if pair[j] is None]
    if not unknown:
        return
    i, j = data.draw(st.sampled_from(unknown))
    known = [list(pair) for pair in pairs]
    known[i][j] = data.draw(st.sampled_from([0, 1]))
    before, after = overlap(*sides(pairs)), overlap(*sides(known))
    assert before.count.lower <= after.count.lower <= after.count.upper <= before.count.upper
    if not math.isnan(after.jaccard.lower):
        assert before.jaccard.lower <= after.jaccard.lower <= after.jaccard.upper <= before.jaccard.upper


@given(PAIRS)
def test_where_everything_is_known_bounds_and_point_are_one(pairs):
    known = [tuple(int(cell or 0) for cell in pair) for pair in pairs]
    shared = overlap(*sides(known))
    assert shared.count.lower == shared.count.upper
    assert shared.jaccard.lower == pytest.approx(shared.jaccard.upper, nan_ok=True)
    if any(0 in pair for pair in known):
        assert shared.jaccard.point == pytest.approx(shared.jaccard.lower, nan_ok=True)


def test_by_hand():
    one, other = sides([(1, 1), (1, 0), (0, None), (None, 1), (None, None)])
    shared = overlap(one, other)
    assert (shared.domains, shared.known, shared.both) == (5, 2, ("D0",))
    assert (shared.count.lower, shared.count.upper) == (1, 3)
    assert shared.jaccard.lower == 1 / 5  # every open cell a disagreement
    assert shared.jaccard.upper == 3 / 4  # every open cell an agreement, the third empty on both sides
    assert shared.jaccard.point == 1 / 2  # D0 and D1 alone


def test_a_point_needs_a_known_absence():
    only_ones = overlap(*sides([(1, 1), (1, 1), (1, None)]))
    assert math.isnan(only_ones.jaccard.point)
    assert math.isnan(only_ones.loevinger_h.point)
    elsewhere = overlap(*sides([(1, 1), (0, None)]))  # the absence is not among the cells known on both sides
    assert math.isnan(elsewhere.jaccard.point)


@given(st.integers(1, 12), st.data())
def test_chance_is_the_mean_of_the_hypergeometric(domains, data):
    first, second = (data.draw(st.integers(0, domains)) for _ in range(2))
    null = hypergeom(domains, first, second)
    mean = sum(k * null.pmf(k) for k in range(domains + 1))
    assert expected_overlap(first, second, domains) == pytest.approx(mean)


@given(st.integers(2, 12), st.data())
def test_chance_gives_nothing_beyond_chance_on_average(domains, data):
    first, second = (data.draw(st.integers(1, domains - 1)) for _ in range(2))
    null = hypergeom(domains, first, second)
    mean = sum(null.pmf(k) * loevinger_h(k, first, second, domains) for k in range(min(first, second) + 1))
    assert mean == pytest.approx(0, abs=1e-9)
    assert loevinger_h(min(first, second), first, second, domains) == pytest.approx(1)


def test_nothing_is_beyond_chance_where_a_side_names_all_or_nothing():
    assert math.isnan(loevinger_h(0, 0, 3, 5))
    assert math.isnan(loevinger_h(3, 5, 3, 5))


@pytest.mark.parametrize(
    ("cells", "pooled"), [((1, None), 1), ((1, 0), 1), ((0, 0), 0), ((0, None), None), ((None, None), None)]
)
def test_pooling_keeps_the_unknown(cells, pooled):
    (found,) = known_union(pd.DataFrame([cells]).astype("Int64"))
    assert (found is pd.NA) if pooled is None else found == pooled


def test_agendas_over_different_domains_are_refused():
    one, other = sides([(1, 1), (0, 1)])
    with pytest.raises(ValueError, match="allowed: the domains of first"):
        overlap(one, other.iloc[:1])
