import itertools
import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from centralasia import DataError, hierarchy, sensitivity, using

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_central_asia_in_the_baseline():
    places = [hierarchy.place(hierarchy.ranking(d), "CA4").rank for d in EDITIONS]
    assert places == [3, 2, 4]


def test_a_ranking_is_in_order_and_ends_with_the_unplaced():
    order = hierarchy.ranking("kaz-2014")
    assert list(order.index)[:5] == ["RUS", "CHN", "CA4", "USA", "EU"]
    assert order["rank"].isna().tolist() == sorted(order["rank"].isna())


def test_a_reading_that_a_document_lacks_is_its_baseline():
    assert [hierarchy.ranking(d, "ca_first")["reading"].unique() for d in EDITIONS] == [
        "ca_first",
        "baseline",
        "baseline",
    ]
    assert hierarchy.ranking("kaz-2020", "ca_first").equals(hierarchy.ranking("kaz-2020"))
    assert hierarchy.place(hierarchy.ranking("kaz-2014", "ca_first"), "CA4").rank == 1


def test_lists_are_kept_apart():
    assert list(hierarchy.ranking("kaz-2020", partners="organisations").index) == ["UN", "OSCE", "SCO", "CIS"]
    with pytest.raises(DataError, match="no list 'neighbours'; allowed: organisations, partners|partners"):
        hierarchy.ranking("kaz-2020", partners="neighbours")


def test_an_unknown_document_names_the_nearest():
    with pytest.raises(DataError, match="did you mean 'kaz-2014'"):
        hierarchy.ranking("kaz-2041")


def test_places_say_how_a_partner_is_listed():
    draft, adopted = hierarchy.ranking("kaz-2020-draft"), hierarchy.ranking("kaz-2020", "ca_unranked")
    assert hierarchy.place(draft, "CA4") == hierarchy.Place(2, 10, "placed", "high")
    assert hierarchy.place(adopted, "CA4").status == "unplaced"
    assert hierarchy.place(draft, "TUR") == hierarchy.Place(None, 10, "not named", None)


def test_shifts_by_hand():
    before = pd.DataFrame({"rank": pd.array([1, 2, 3, None], "Int64")}, index=list("abcd"))
    after = pd.DataFrame({"rank": pd.array([1, 2, 3, 4], "Int64")}, index=list("cade"))
    moved = hierarchy.rank_changes(before, after)
    assert moved["change"].to_dict() == {"c": "up", "a": "down", "d": "unplaced", "e": "entered", "b": "left"}
    assert moved.loc["c", "shift"] == 2
    assert moved.loc["a", "shift"] == -1
    assert moved.loc[["d", "e", "b"], "shift"].isna().all()


def _ranks(text):
    """``a (b c) d`` as places: tied members share the first of their places."""
    ranks, place = {}, 1
    for tied, single in re.findall(r"\(([^)]*)\)|(\S+)", text):
        members = tied.split() if tied else [single]
        ranks |= dict.fromkeys(members, place)
        place += len(members)
    return ranks


@pytest.mark.parametrize(
    ("one", "other", "persistence", "published"),
    [
        # Values that Corsi & Urbano (2024, SIGIR) publish with their reference implementation, variant w.
        ("red (blue green) yellow pink", "(blue red) white (yellow black purple) green", 0.95, 0.7068257),
        ("i13 (i1 i4 i5 i6)", "i3 i14 i11 (i10 i15) i12 (i6 i9) i4 i2", 0.92238320668128, 0.117578490431637),
        ("(i2 i4 i5) (i9 i11)", "i7 (i1 i2 i3 i4 i5)", 0.945785260564493, 0.562374879224653),
        # Published for the implementation of Agarwal, without ties.
        ("a b c d e", "b c d a e", 0.9, 0.828),
    ],
)
def test_rank_biased_overlap_against_published_values(one, other, persistence, published):
    assert hierarchy.rank_biased_overlap(_ranks(one), _ranks(other), persistence) == pytest.approx(published, abs=5e-8)


def test_rank_biased_overlap_by_hand():
    # Agreements at depth 1 to 3: 1, 1/2, 1; weights .1, .09, .081 and the tail .729 at the last agreement.
    assert hierarchy.rank_biased_overlap(_ranks("a b c"), _ranks("a c b"), 0.9) == pytest.approx(0.1 + 0.045 + 0.81)


def _webber(one, other, p):
    """Eq. 32 of Webber, Moffat & Zobel (2010) as it stands there, for rankings without ties."""
    short, long = sorted((one, other), key=len)
    s, n = len(short), len(long)
    x = [len(set(short[:d]) & set(long[:d])) for d in range(1, n + 1)]
    head = sum(x[d - 1] / d * p**d for d in range(1, n + 1))
    tail = sum(x[s - 1] * (d - s) / (s * d) * p**d for d in range(s + 1, n + 1))
    return (1 - p) / p * (head + tail) + ((x[n - 1] - x[s - 1]) / n + x[s - 1] / s) * p**n


orders = st.lists(st.integers(0, 12), unique=True, min_size=1, max_size=10)


tied = st.dictionaries(st.integers(0, 12), st.integers(1, 6), min_size=1, max_size=10)


persistences = st.floats(0.05, 0.99)


@given(orders, orders, persistences)
def test_rank_biased_overlap_is_equation_32_without_ties(one, other, p):
    found = hierarchy.rank_biased_overlap({m: i for i, m in enumerate(one)}, {m: i for i, m in enumerate(other)}, p)
    assert found == pytest.approx(_webber(one, other, p))


@given(tied, tied, persistences)
def test_rank_biased_overlap_bounds_symmetry_relabelling(one, other, p):
    value = hierarchy.rank_biased_overlap(one, other, p)
    assert -1e-12 <= value <= 1 + 1e-12
    assert value == pytest.approx(hierarchy.rank_biased_overlap(other, one, p))
    renamed = [{f"member {m}": r * 3 for m, r in ranks.items()} for ranks in (one, other)]
    assert value == pytest.approx(hierarchy.rank_biased_overlap(*renamed, p)), "only the order counts"
    assert hierarchy.rank_biased_overlap(one, one, p) == pytest.approx(1)


def test_rank_biased_overlap_leaves_out_the_unplaced():
    assert hierarchy.rank_biased_overlap({"a": 1, "b": None}, {"a": 1}) == 1
    assert math.isnan(hierarchy.rank_biased_overlap({"a": None}, {"a": 1}))
    with pytest.raises(ValueError, match="persistence is 1; allowed: between 0 and 1"):
        hierarchy.rank_biased_overlap({"a": 1}, {"a": 1}, 1)


@given(tied, tied)
def test_tau_b_counts_pairs(one, other):
    """Against a count of concordant and discordant pairs (Kendall 1945)."""
    shared = sorted(set(one) & set(other))
    tau, n = hierarchy.kendall_tau_b(one, other)
    assert n == len(shared)
    signs = [
        ((one[a] > one[b]) - (one[a] < one[b]), (other[a] > other[b]) - (other[a] < other[b]))
        for a, b in itertools.combinations(shared, 2)
    ]
    untied = [sum(s[i] != 0 for s in signs) for i in (0, 1)]
    if untied[0] and untied[1]:
        assert tau == pytest.approx(sum(a * b for a, b in signs) / math.sqrt(untied[0] * untied[1]))
    else:
        assert math.isnan(tau)


def test_tau_b_by_hand():
    # Five partners, the second and third exchanged: 9 of 10 pairs agree.
    tau, n = hierarchy.kendall_tau_b(_ranks("a b c d e"), _ranks("a c b d e"))
    assert (tau, n) == (pytest.approx(0.8), 5)
    assert kendalltau([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]).statistic == pytest.approx(tau)


def test_every_combination_of_readings_is_there():
    grid = hierarchy.rise_specifications("kaz-2014", "kaz-2020", "CA4")
    documents = ["Kazakhstan 2014–2020", "Kazakhstan 2020–2030"]
    assert len(grid) == 2 * math.prod(len(hierarchy.readings(d)) for d in ("kaz-2014", "kaz-2020"))
    assert (grid.loc[0, documents] == "baseline").all()
    gains = grid.loc[grid["measure"] == "places", "value"]
    assert set(gains.dropna()) == {1 - 4, 2 - 4, 3 - 4}
    assert gains.isna().sum() == len(gains) / 2


def test_levels_are_an_ordered_scale():
    scale = hierarchy.ranking("kaz-2014")["level"].dtype
    assert scale.ordered
    assert list(scale.categories) == ["cooperation", "friendship", "strategic", "deepened_strategic", "alliance"]


def test_rises_over_readings_and_measures():
    grid = hierarchy.rise_specifications("kaz-2014", "kaz-2020-draft", "CA4")
    assert len(grid) == 2 * 5 * 2
    assert grid.loc[0, "value"] == 1, "3rd to 2nd in the baseline"
    shares = grid[(grid["measure"] == "share of the list") & (grid["Kazakhstan 2014–2020"] == "ca first")]
    assert shares["value"].tolist() == [1 / 5 - 2 / 10, 1 / 5 - 2 / 3], "2nd of 10, or of the 3 that have a place"
    assert hierarchy.rise_specifications("kaz-2020-draft", "kaz-2020", "CA4")["holds"].isna().sum() == 4
    drawn = sensitivity.specification_curve(grid, "Central Asia moves up", "Gain")
    assert "Central Asia moves up" in drawn.title
    untold = sensitivity.specification_curve(
        hierarchy.rise_specifications("tjk-1993", "tjk-2002", "CA4"), "Central Asia moves up", "Gain"
    )
    assert untold.title == "Central Asia moves up: no way to compute it tells whether"


def test_a_rise_is_between_two_documents():
    with pytest.raises(DataError, match="'kaz-2014' is given twice; allowed: two different documents"):
        hierarchy.rise_specifications("kaz-2014", "kaz-2014", "CA4")


def test_a_rise_between_two_documents_of_one_name(edit):
    with using(edit("documents.csv", "fixed,2014,2020,", "fixed,2020,2030,")):
        grid = hierarchy.rise_specifications("kaz-2014", "kaz-2020", "CA4")
    assert list(grid.columns) == ["measure", "kaz-2014", "kaz-2020", "value", "holds", "basis"]
