import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from centralasia import DataError, hierarchy, using
from centralasia.hierarchy import measures
from centralasia.hierarchy.measures import concordant_pairs

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_a_ranking_is_in_order_and_ends_with_the_unplaced():
    order = hierarchy.ranking("kaz-2014")
    assert list(order.index)[:5] == ["RUS", "CHN", "CA4", "USA", "EU"]
    assert order["rank"].isna().tolist() == sorted(order["rank"].isna())
    assert order["rank"].isna().any()


def test_partners_that_share_a_place_stay_in_the_order_of_the_document(monkeypatch):
    actors = [f"A{i:02}" for i in range(40)]  # so many that a sort which is not stable mixes them
    order = pd.DataFrame({"actor": actors, "rank": pd.array([2, 1] * 20, "Int64")})
    order = order.assign(document_id="made-up", list="partners", reading="baseline")
    monkeypatch.setattr(measures, "load", lambda _: order)
    assert list(hierarchy.ranking("made-up").index) == actors[1::2] + actors[::2]


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


def test_later_stands_for_what_came_after_a_document_that_exists():
    assert hierarchy.editions("kaz-2014 later") == EDITIONS
    assert hierarchy.editions("kaz-2020 later") == ["kaz-2020"]
    with pytest.raises(DataError, match="^no document 'kaz-2041'; did you mean 'kaz-2014'"):
        hierarchy.editions("kaz-2020 kaz-2041 later")


def test_places_say_how_a_partner_is_listed():
    draft, adopted = hierarchy.ranking("kaz-2020-draft"), hierarchy.ranking("kaz-2020", "ca_unranked")
    assert hierarchy.place(draft, "CA4") == hierarchy.Place(2, 10, "placed", "high")
    assert hierarchy.place(adopted, "CA4").status == "unplaced"
    assert hierarchy.place(draft, "TUR") == hierarchy.Place(None, 10, "not named", None)
    assert hierarchy.place(hierarchy.ranking("kaz-2014", "ca_tied_2_3"), "CA4").sharing == 2


def test_shifts_by_hand():
    before = pd.DataFrame({"rank": pd.array([1, 2, 3, None, 5], "Int64")}, index=list("abcdf"))
    after = pd.DataFrame({"rank": pd.array([1, 2, 3, 4, 5], "Int64")}, index=list("cadef"))
    moved = hierarchy.rank_changes(before, after)
    changes = {"c": "up", "a": "down", "d": "unplaced", "e": "entered", "f": "same", "b": "left"}
    assert moved["change"].to_dict() == changes
    assert moved.loc["c", "shift"] == 2
    assert moved.loc["a", "shift"] == -1
    assert moved.loc[["d", "e", "b"], "shift"].isna().all()


tied = st.dictionaries(st.integers(0, 12), st.integers(1, 6), min_size=1, max_size=10)


@pytest.mark.slow
@given(tied, tied)
def test_tau_b_and_pairs_count_pairs(one, other):
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
    products = [a * b for a, b in signs]
    assert concordant_pairs(one, other) == (products.count(1), products.count(1) + products.count(-1))


def test_tau_b_by_hand():
    # Five partners, the second and third exchanged: 9 of 10 pairs agree.
    one, other = dict(zip("abcde", range(5), strict=True)), dict(zip("acbde", range(5), strict=True))
    tau, n = hierarchy.kendall_tau_b(one, other)
    assert (tau, n) == (pytest.approx(0.8), 5)
    assert concordant_pairs(one, other) == (9, 10)
    assert kendalltau([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]).statistic == pytest.approx(tau)


def test_the_referees_values_of_tau_b():
    """With the region third in 2014: 0.80 to the draft and to the adopted concept, 0.60 between those two."""
    first, draft, adopted = (hierarchy.ranking(d)["rank"] for d in EDITIONS)
    found = [hierarchy.kendall_tau_b(*pair)[0] for pair in ((first, draft), (first, adopted), (draft, adopted))]
    assert found == pytest.approx([0.8, 0.8, 0.6])


def test_levels_are_an_ordered_scale():
    scale = hierarchy.ranking("kaz-2014")["level"].dtype
    assert scale.ordered
    assert list(scale.categories) == ["cooperation", "friendship", "strategic", "deepened_strategic", "alliance"]


@pytest.mark.slow
def test_the_scale_of_labels_may_grow(data_copy):
    path = data_copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"alliance"', '"alliance", "union"'), encoding="utf-8")
    with using(data_copy):
        assert hierarchy.ranking("kaz-2014")["level"].cat.categories[-1] == "union"
        drawn = hierarchy.relationship_labels(EDITIONS)
    assert drawn.title == "The highest label, union, goes to nobody"
