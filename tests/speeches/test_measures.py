import itertools

import numpy as np
import pandas as pd
import pytest

from centralasia import load, speeches, using
from centralasia.regions import members
from centralasia.speeches import LAST_WINDOW, TURNS, WINDOWS
from datacontract.errors import ChoiceError

FIVE = members("C5")


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ([1, 1], [1, 1], 1.0),
        ([2, 0], [0, 5], 0.0),
        # M = (3/4, 1/4): H(M) = 0.8113, less half of H(P) = 1 and H(Q) = 0: divergence 0.3113.
        ([1, 1], [1, 0], 1 - 0.311278),
        ([3, 1, 0], [0, 1, 3], 1 - 0.75),
    ],
)
def test_jensen_shannon_by_hand(one, other, value):
    assert speeches.jensen_shannon(np.array(one), np.array(other)) == pytest.approx(value, abs=1e-5)


def test_jensen_shannon_is_symmetric_and_missing_without_themes():
    one, other = np.random.default_rng(1).integers(0, 9, size=(2, 20, 6))
    values = speeches.jensen_shannon(one, other)
    assert np.allclose(values, speeches.jensen_shannon(other, one)) and (values >= 0).all() and (values <= 1).all()
    assert np.isnan(speeches.jensen_shannon(np.zeros(3), np.ones(3)))


def test_windows_follow_each_other_and_turns_are_of_equal_length():
    assert all(later[0] == earlier[1] + 1 for earlier, later in itertools.pairwise(WINDOWS))
    assert {last - first for first, last in TURNS} == {4}


@pytest.mark.slow
@pytest.mark.parametrize("state", FIVE)
def test_shares_are_sentences_over_sentences(state):
    themes, own = load("speech_themes"), load("speeches")
    for row in speeches.window_shares(state).itertuples():
        first, last = speeches.window_of(row.window)
        spoke = own[(own["state"] == state) & own["year"].between(first, last)]
        named = themes[(themes["state"] == state) & themes["year"].between(first, last) & (themes["theme"] == row.code)]
        assert (row.sentences, row.n, row.speeches, row.naming) == (
            named["sentences"].sum(), spoke["sentences"].sum(), len(spoke), len(named),
        )  # fmt: skip
        assert row.low <= row.share <= row.high


def test_the_interval_holds_what_it_should(data_copy):
    """A theme in a tenth of the sentences of every speech: the interval is that of a binomial, about."""
    replace(
        data_copy, "speeches", "KAZ", lambda year: [("KAZ", year, year - 1945, 2000, 100, "", "0" * 12, "UNGDC;BDM17")]
    )
    replace(data_copy, "speech_themes", "KAZ", lambda year: [("KAZ", year, "TRN", 10, 0, "UNGDC")])
    with using(data_copy):
        row = speeches.window_shares("KAZ").query("window == 2000 and code == 'TRN'").iloc[0]
        spread = 1.96 * np.sqrt(0.1 * 0.9 / 1000)
        assert row["share"] == pytest.approx(0.1)
        assert row["high"] - row["low"] == pytest.approx(2 * spread, rel=0.15)
        assert not speeches.change("KAZ", "TRN", *WINDOWS[1:3]).clear
        other = speeches.change("KAZ", "WAT", *WINDOWS[1:3])
        assert other == (0.0, 0.0, 0.0)


def replace(folder, table, state, rows, years=range(1992, 2025)):
    """Puts made-up rows of a state in place of its own."""
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{state},")]
    new = [",".join(map(str, row)) for year in years for row in rows(year)]
    path.write_text("\n".join([*kept, *new]) + "\n", encoding="utf-8")


def test_a_clear_rise_is_seen_and_presidents_are_their_own_series(data_copy):
    def speech(year):
        return [
            ("KAZ", year, year - 1945, 2000, 100, "head_of_state" if year % 2 else "minister", "0" * 12, "UNGDC;BDM17")
        ]

    replace(data_copy, "speeches", "KAZ", speech)
    replace(
        data_copy,
        "speech_themes",
        "KAZ",
        lambda year: [("KAZ", year, "REG", 20 if year % 2 else 4 + (year > 2016), 0, "UNGDC")],
    )
    with using(data_copy):
        shares = speeches.window_shares("KAZ", speakers="presidents").query("code == 'REG'")
        assert shares["share"].nunique() == 1
        assert len(speeches.speech_years("KAZ", "presidents")) == 16
        assert speeches.counts_by_year("KAZ", "themes", "presidents")["REG"].unique().tolist() == [20]
        assert not speeches.change("KAZ", "REG", WINDOWS[0], WINDOWS[3]).clear


def test_a_missing_speech_is_unknown_and_no_zero():
    counts = speeches.counts_by_year("UZB")
    assert 2000 not in counts.index and 2001 in counts.index
    assert speeches.window_shares("UZB").query("window == 2000")["speeches"].unique() == [9]


def test_changes_need_speeches_on_both_sides(data_copy):
    replace(
        data_copy,
        "speeches",
        "KAZ",
        lambda year: [("KAZ", year, year - 1945, 900, 900, "", "0" * 12, "UNGDC;BDM17")],
        range(2001, 2025),
    )
    with using(data_copy):
        assert speeches.change("KAZ", "TRN", WINDOWS[0], WINDOWS[1]) is None
        assert set(speeches.window_shares("KAZ")["window"]) == {2000, 2010, 2017}


def test_one_later_member_whose_pairs_with_most_states_are_not_counted(data_copy):
    """Its pairs with the members are, so the region is compared; with two such members, their own pair is missing."""
    rows = data_copy / "memberships.csv"
    rows.write_text(rows.read_text(encoding="utf-8") + "C5,AFG,2024,,AP18,\n", encoding="utf-8")
    with using(data_copy):
        assert len(speeches.pairs_by_window("C5")["pair"].unique()) == 15
        assert speeches.nearest("C5", WINDOWS[-1])["within"].notna().all()
    rows.write_text(rows.read_text(encoding="utf-8") + "C5,MNG,2024,,AP18,\n", encoding="utf-8")
    with using(data_copy), pytest.raises(ChoiceError, match="AFG-MNG is not counted"):
        speeches.nearest("C5", WINDOWS[-1])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: speeches.speech_years("KAZ", "kings"), "speakers is 'kings'"),
        (lambda: speeches.speech_years("KAX"), "state is 'KAX'"),
        (lambda: speeches.counts_by_year("KAZ", "words"), "kind is 'words'"),
        (lambda: speeches.likeness_by_year("C5", "some"), "text is 'some'"),
        (lambda: speeches.likeness_by_year("C9"), "region is 'C9'"),
        (lambda: speeches.nearest("EAEU5", WINDOWS[0]), "region is 'EAEU5': ARM-BLR is not counted"),
        (lambda: speeches.shared_theme_check("KAZ-TKM", "BOR"), "theme is 'BOR'"),
    ],
)
def test_wrong_choices_are_named(call, said):
    with pytest.raises(ChoiceError, match=said):
        call()


def test_themes_that_are_told_badly_or_too_rarely_are_in_no_finding(edit):
    assert "BOR" not in speeches.measured_themes() and {"TRN", "WAT", "REG"} <= set(speeches.measured_themes())
    row = load("theme_accuracy").set_index("theme").loc["WAT"]
    with using(edit("theme_accuracy.csv", f"\nWAT,{row['coded']},", "\nWAT,4.5,")):
        assert "WAT" not in speeches.measured_themes()


@pytest.mark.slow
def test_the_world_is_the_mean_over_other_states():
    themes, own = load("speech_themes"), load("speeches")
    first, last = LAST_WINDOW
    shares = []
    for state, spoke in own[own["year"].between(first, last)].groupby("state"):
        named = themes[(themes["state"] == state) & themes["year"].between(first, last) & (themes["theme"] == "WAT")]
        shares += [] if state in FIVE else [named["sentences"].sum() / spoke["sentences"].sum()]
    world = speeches.world_shares("C5").loc[first]
    assert world["WAT"] == pytest.approx(np.mean(shares)) and world["states"] == len(shares)


def test_common_ground_is_the_sum_of_the_smaller_shares():
    rows = speeches.common_ground("C5", LAST_WINDOW)
    shares = {}
    for state in FIVE:
        own = speeches.window_shares(state)
        shares[state] = own[own["window"] == LAST_WINDOW[0]].set_index("code")["share"]
    for pair, row in rows.iterrows():
        one, other = pair.split("-")
        least = {theme: min(shares[one][theme], shares[other][theme]) for theme in speeches.DENOMINATORS}
        assert row["value"] == pytest.approx(sum(least.values()))
        assert row["WAT"] == pytest.approx(least["WAT"])
    assert len(rows) == 10 and rows["value"].is_monotonic_decreasing


def test_first_years_by_hand(data_copy):
    named = {1995, 1998, 1999, 2000, 2001}
    replace(
        data_copy, "speech_themes", "KAZ", lambda year: [("KAZ", year, "WAT", 1, 0, "UNGDC")] if year in named else []
    )
    with using(data_copy):
        rows = speeches.first_years("C5", ("WAT", "DIG")).set_index(["state", "theme"])
        assert tuple(rows.loc[("KAZ", "WAT")]) == (1995, 1998, 5, 33)
        assert pd.isna(rows.loc[("KAZ", "DIG"), "first"]) and rows.loc[("KAZ", "DIG"), "naming"] == 0


def test_agendas_of_a_region_beside_every_other_state():
    rows = speeches.agenda_nearest("C5", LAST_WINDOW)
    counts = speeches.agenda_counts(LAST_WINDOW)[list(speeches.measured_themes())]
    pairs = [speeches.jensen_shannon(counts.loc[a], counts.loc[b]) for a, b in itertools.combinations(FIVE, 2)]
    assert rows["within"].unique() == pytest.approx([np.mean(pairs)])
    state = rows.index[0]
    assert rows.loc[state, "value"] == pytest.approx(
        np.mean([speeches.jensen_shannon(counts.loc[state], counts.loc[m]) for m in FIVE])
    )
    assert not set(rows.index) & set(FIVE)


def test_likeness_of_agendas_lies_in_its_interval():
    rows = speeches.agenda_pairs("C5", LAST_WINDOW)
    assert len(rows) == 10 and ((rows["low"] <= rows["value"]) & (rows["value"] <= rows["high"])).all()


def test_the_mean_change_of_a_region_is_the_mean_of_its_members():
    before, after = (1992, 1999), (2017, 2024)
    own = [speeches.change(state, "WAT", before, after) for state in ("KAZ", "KGZ", "TJK", "TKM", "UZB")]
    found = speeches.mean_change("C5", "WAT", before, after)
    assert found.value == pytest.approx(np.mean([change.value for change in own]))
    assert found.low < found.value < found.high
    assert found.high - found.low < np.mean([change.high - change.low for change in own])
    assert speeches.mean_change("C5", "WAT", (1900, 1910), after) is None


def test_naming_by_turn_is_the_share_of_one_actor_in_each_window():
    rows = speeches.naming_by_turn("UZB", "RUS")
    whole = speeches.window_shares("UZB", "actors", "all", tuple(TURNS))
    assert list(rows["share"]) == list(whole[whole["code"] == "RUS"]["share"])
    assert list(rows["window"]) == [first for first, _ in TURNS]
