import itertools

import numpy as np
import pytest

from centralasia import load, speeches
from centralasia.regions import members
from centralasia.speeches import LAST_WINDOW, WINDOWS

FIVE = members("C5")


@pytest.fixture(scope="module")
def pairs():
    rows = load("speech_pairs")
    return {(row.state_a, row.state_b, row.year): row.without_names for row in rows.itertuples()}


def of(pairs, one, other, year):
    return pairs.get((*sorted((one, other)), year))


def test_the_region_by_window_is_the_mean_over_years_of_the_mean_over_pairs(pairs):
    rows = speeches.region_likeness("C5")
    for first, last in WINDOWS:
        years = []
        for year in range(first, last + 1):
            found = [of(pairs, a, b, year) for a, b in itertools.combinations(FIVE, 2)]
            found = [value for value in found if value is not None]
            years += [np.mean(found)] if found else []
        assert rows.loc[first, "value"] == pytest.approx(np.mean(years))
        assert rows.loc[first, "low"] < rows.loc[first, "value"] < rows.loc[first, "high"]


def test_it_is_the_value_that_the_update_counted(pairs):
    rows = speeches.likeness_by_year("C5")
    for year, row in rows.iterrows():
        found = [of(pairs, a, b, year) for a, b in itertools.combinations(FIVE, 2)]
        assert row["value"] == pytest.approx(np.mean([v for v in found if v is not None]), abs=2e-4)
        assert row["low"] < row["value"] < row["high"] and 0 <= row["percentile"] <= 100


def test_every_other_state_is_ranked_by_its_mean_with_the_members(pairs):
    rows = speeches.nearest("C5", LAST_WINDOW)
    for state in (rows.index[0], "MNG", "UKR", rows.index[-1]):
        years = []
        for year in range(LAST_WINDOW[0], LAST_WINDOW[1] + 1):
            found = [of(pairs, state, member, year) for member in FIVE]
            found = [value for value in found if value is not None]
            years += [np.mean(found)] if found else []
        assert rows.loc[state, "value"] == pytest.approx(np.mean(years)), state
        assert rows.loc[state, "difference"] == pytest.approx(rows.loc[state, "within"] - rows.loc[state, "value"])
    assert rows["value"].is_monotonic_decreasing and not set(rows.index) & set(FIVE)
    assert ((rows["low"] < rows["difference"]) & (rows["difference"] < rows["high"])).all()


def test_years_in_which_somebody_outside_is_nearer(pairs):
    rows = speeches.nearest_by_year("C5")
    others = {a for a, b, _ in pairs} | {b for a, b, _ in pairs}
    for year in (1995, 2011, 2019):
        within = [of(pairs, a, b, year) for a, b in itertools.combinations(FIVE, 2)]
        within = np.mean([value for value in within if value is not None])
        means = {}
        for state in others - set(FIVE):
            found = [value for member in FIVE if (value := of(pairs, state, member, year)) is not None]
            if found:
                means[state] = np.mean(found)
        assert rows.loc[year, "nearer"] == sum(value > within for value in means.values())
        assert rows.loc[year, "first"] == max(means, key=means.get)
        assert rows.loc[year, "others"] == len(means)


def test_groups_beside_a_region_have_none_of_its_members():
    beside = speeches.groups_beside("C5")
    assert "GCC6" in beside and "SC3" in beside and not {"C5", "C6", "CM", "EAEU5"} & set(beside)
    assert "SC3" not in speeches.groups_beside("C6")
    assert list(speeches.group_windows("C5").index) == ["C5", *beside]


def test_presidents_alone_are_pairs_in_which_both_are():
    alone, every = (speeches.region_likeness("C5", speakers=speakers) for speakers in ("presidents", "all"))
    years = {state: set(speeches.speech_years(state, "presidents").index) for state in FIVE}
    expected = sum(
        len(years[a] & years[b] & set(range(*LAST_WINDOW)) | years[a] & years[b] & {LAST_WINDOW[1]})
        for a, b in itertools.combinations(FIVE, 2)
    )
    assert alone.loc[LAST_WINDOW[0], "pairs"] == expected < every.loc[LAST_WINDOW[0], "pairs"]


def test_a_change_is_that_of_the_means_and_beside_others_of_what_lies_above_the_median_set():
    rows, yearly = speeches.region_likeness("C5")["value"], speeches.likeness_by_year("C5")
    first, last = WINDOWS[1], LAST_WINDOW
    found = speeches.likeness_change("C5", first, last)
    assert found.value == pytest.approx(rows[last[0]] - rows[first[0]])
    medians = [yearly["set_median"].loc[a:b].mean() for a, b in (first, last)]
    beside = speeches.likeness_change("C5", first, last, beside_sets=True)
    assert beside.value == pytest.approx(found.value - (medians[1] - medians[0]))
    assert found.low < found.value < found.high


def test_words_taken_out_make_less_alike():
    texts = [speeches.region_likeness("C5", text)["value"] for text in ("all_words", "without_region", "without_names")]
    assert (texts[0] > texts[1]).all() and (texts[1] > texts[2]).all()
