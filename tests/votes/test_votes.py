"""How alike states vote: hand-worked tables, independent computations, identities, and edited rows."""

import itertools
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import load, using, votes
from datacontract.errors import DataError

PERIOD = ("agreement", "left_out", 1991, 2026)
PARTNERS = ["RUS", "CHN", "USA", "TUR", "EUR4"]


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
    counts = table(
        yy=4, ya=2, yn=1, aa=1, nn=2, yx=5, xx=3
    )  # 10 shared votes, 18 roll calls, 13 counted as cast by one
    assert votes.scores(counts) == pytest.approx(1 - (2 * 0.5 + 1) / 10)
    # Marginals: 7, 1, 2 of ten and 4, 3, 3 of ten. Expected disagreement for kappa, cell by cell:
    kappa = (7 * 3 * 0.5 + 7 * 3 + 1 * 4 * 0.5 + 1 * 3 * 0.5 + 2 * 4 + 2 * 3 * 0.5) / 100
    assert votes.scores(counts, "kappa") == pytest.approx(1 - 0.2 / kappa)
    pi = 2 * (11 * 4 * 0.5 + 11 * 5 + 4 * 5 * 0.5) / 400
    assert votes.scores(counts, "pi") == pytest.approx(1 - 0.2 / pi)
    assert votes.scores(counts, "agreement", "counted") == pytest.approx(1 - (2 + 5) / 18)
    assert votes.scores(counts, power=2) == pytest.approx(1 - (2 * 0.25 + 1) / 10)


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
@settings(max_examples=60, deadline=None)
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
    frame = votes.pair_years(["KAZ-UZB"], *PERIOD).set_index("year")
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'UZB' and year == 2015").iloc[0]
    half = row[["ya", "ay", "an", "na"]].sum()
    shared = row[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    assert frame.loc[2015, "value"] == pytest.approx(1 - (half / 2 + row["yn"] + row["ny"]) / shared)
    assert frame.loc[2015, "shared"] == frame.loc[2015, "n"] == shared
    assert frame.loc[[1992, 2015, 2025], "status"].to_list() == [votes.NO_VOTES, votes.OK, votes.NOT_COMPARABLE]
    few = votes.pair_years(["TKM-UZB"], *PERIOD).set_index("year").loc[1995]
    assert (few["n"], few["status"]) == (2, votes.FEW_VOTES)


def test_intervals():
    frame = votes.pair_intervals(["KAZ-KGZ", "KAZ-UZB"], *PERIOD, seed=3)
    known = frame.dropna(subset="low")
    assert len(known) > 50
    assert (known["low"] <= known["value"]).all() and (known["value"] <= known["high"]).all()
    assert frame.equals(votes.pair_intervals(["KAZ-KGZ", "KAZ-UZB"], *PERIOD, seed=3))
    alone = votes.pair_intervals(["KAZ-UZB"], *PERIOD, seed=3)["low"].to_numpy()
    assert np.array_equal(alone, frame.loc[frame["pair"] == "KAZ-UZB", "low"], equal_nan=True)
    assert not known["low"].equals(votes.pair_intervals(["KAZ-KGZ", "KAZ-UZB"], *PERIOD, seed=4)["low"].dropna())


def test_interval_as_by_drawing_single_roll_calls():
    frame = votes.pair_intervals(["KAZ-UZB"], "agreement", "left_out", 2015, 2015, seed=1, replicates=4000)
    counts = votes.counts(["KAZ-UZB"], [2015])[0, 0]
    calls = np.array([apart(a, b) for a, b in expanded(counts, "left_out")])
    draw = np.random.default_rng(0)
    means = [1 - draw.choice(calls, len(calls)).mean() for _ in range(4000)]
    assert frame.loc[0, ["low", "high"]].to_list() == pytest.approx(list(np.quantile(means, [0.025, 0.975])), abs=0.01)


def test_no_interval_where_samples_have_no_value():
    one = votes.pair_intervals(["KAZ-TKM"], "pi", "left_out", 2024, 2024, seed=1).iloc[0]
    assert one["value"] < 0 and math.isnan(one["low"])


def test_agreement_index_by_hand():
    assert votes.agreement_index(5, 0, 0) == 1
    assert votes.agreement_index(2, 2, 2) == 0
    assert votes.agreement_index(3, 1, 1) == pytest.approx((3 - 1) / 5)
    assert math.isnan(votes.agreement_index(0, 0, 0))


@given(st.tuples(*[st.integers(0, 20)] * 3))
def test_agreement_index_within_its_bounds_and_blind_to_relabelling(split):
    value = votes.agreement_index(*split)
    if sum(split):
        assert 0 <= value <= 1
        assert (value == 1) == (max(split) == sum(split))
        assert votes.agreement_index(*split[::-1]) == value


def test_group_years_by_hand(edit):
    folder = edit("unga_groups.csv", "C5,1992,0,0,0,5,9,UNGA", "C5,1992,3,1,0,1,9,UNGA")
    before = votes.group_years("C5", 1992, 1992, 1).iloc[0]
    with using(folder):
        after = votes.group_years("C5", 1992, 1992, 1).iloc[0]
    assert after["n"] == before["n"] + 9
    assert after["value"] == pytest.approx((before["value"] * before["n"] + 9 * (3 - 0.5) / 4) / after["n"])
    assert after["low"] <= after["value"] <= after["high"]
    rows = load("unga_groups").query("region == 'C5' and year == 1992")
    assert (
        before["n"]
        == rows.loc[rows["absent"] <= 3, "roll_calls"].sum()
        < rows.loc[rows["absent"] <= 4, "roll_calls"].sum()
    )
    assert votes.group_years("CM", 1992, 2020, 1).empty


def test_region_mean_by_hand():
    pairs = [
        "KAZ-KGZ",
        "KAZ-TJK",
        "KAZ-TKM",
        "KAZ-UZB",
        "KGZ-TJK",
        "KGZ-TKM",
        "KGZ-UZB",
        "TJK-TKM",
        "TJK-UZB",
        "TKM-UZB",
    ]
    values = votes.pair_years(pairs, "kappa", "counted", 2016, 2016)["value"]
    row = votes.region_years("C5", "kappa", "counted", 2016, 2016).iloc[0]
    assert row["value"] == pytest.approx(values.mean())
    assert (row["low"], row["high"]) == (values.min(), values.max())
    statuses = votes.region_years("C5", *PERIOD).set_index("year")["status"]
    assert statuses[[1991, 1992, 1995, 2016, 2026]].to_list() == [
        votes.NO_VOTES, votes.INCOMPLETE, votes.FEW_VOTES, votes.OK, votes.NOT_COMPARABLE,
    ]  # fmt: skip


def test_membership_has_dates():
    rows = votes.region_pairs("CM", *PERIOD)
    with_aze = rows[rows["pair"].str.contains("AZE")]
    assert rows["year"].min() == 2018
    assert set(with_aze["year"]) == {2025, 2026}
    before = votes.by_year(rows, without="AZE")
    assert before.equals(votes.by_year(votes.region_pairs("C5", "agreement", "left_out", 2018, 2026)))


@given(st.integers(2, 6), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_mean_over_all_sets_is_the_mean_over_all_pairs(size, seed):
    matrix = np.random.default_rng(seed).random((7, 7))
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, np.nan)
    means = votes.set_means(matrix, size)
    assert len(means) == math.comb(7, size)
    assert means.mean() == pytest.approx(matrix[np.triu_indices(7, 1)].mean())
    chosen = list(itertools.combinations(range(7), size))[-1]
    assert means[-1] == pytest.approx(np.mean([matrix[i, j] for i, j in itertools.combinations(chosen, 2)]))


def test_the_region_is_one_of_the_sets():
    frame = votes.among_sets("C5", "agreement", "left_out", 2015, 2016)
    for row, matrix in zip(frame.itertuples(), votes.matrices("agreement", "left_out", [2015, 2016]), strict=True):
        means = votes.set_means(matrix, 5)
        own = list(itertools.combinations(votes.voters(), 5)).index(("KAZ", "KGZ", "TJK", "TKM", "UZB"))
        assert means[own] == pytest.approx(row.value)
        assert len(means) == row.sets == 65_780
        assert row.percentile == pytest.approx(100 * ((means < means[own]).sum() + 0.5) / len(means))


def test_percentile():
    assert votes.percentile(2, [1, 2, 3, np.nan]) == pytest.approx(50)
    assert votes.percentile(4, [1, 2, 3]) == 100
    assert math.isnan(votes.percentile(np.nan, [1])) and math.isnan(votes.percentile(1, [np.nan]))


def test_change():
    frame = pd.DataFrame({"value": [0.1, 0.2, 9, 0.4, 0.8], "status": ["ok", "ok", "few votes", "ok", "ok"]})
    assert votes.change(frame, 2) == pytest.approx(0.45)
    assert math.isnan(votes.change(frame, 3))


def test_partners():
    frame = votes.partner_years("KAZ", ["EUR4", "RUS"], *PERIOD).set_index(["partner", "year"])["value"]
    four = votes.pair_years(["DEU-KAZ", "FRA-KAZ", "GBR-KAZ", "KAZ-POL"], *PERIOD).set_index("year")["value"]
    assert frame["EUR4", 2010] == pytest.approx(four[2010].mean())
    assert frame["RUS", 2010] == votes.pair_years(["KAZ-RUS"], *PERIOD).set_index("year").loc[2010, "value"]
    assert votes.counterparts("KAZ", "EAEU5", 2010) == ["ARM", "BLR", "KGZ", "RUS"]
    beside = votes.beside_region("KAZ", "C5", PARTNERS, *PERIOD)
    assert list(beside.index) == PARTNERS and (beside["above"] <= beside["years"]).all()


def test_absences():
    frame = votes.absences(["TKM"], 2024, 2024).iloc[0]
    row = load("unga_dyads").query("state_a == 'KAZ' and state_b == 'TKM' and year == 2024").iloc[0]
    assert frame["absent"] == row[["yx", "ax", "nx", "neither"]].sum()
    assert frame["value"] == pytest.approx(100 * frame["absent"] / 92)
    none = votes.absences(["UZB"], 1993, 1993).iloc[0]
    assert math.isnan(none["value"]) and none["status"] == votes.NO_VOTES


def test_absence_selection_by_hand(edit):
    chosen = votes.absence_selection("SC3", 2010, 2010).loc["AZE"]
    rows = load("unga_dyads").query("year == 2010")
    arm = rows.query("state_a == 'ARM' and state_b == 'AZE'").iloc[0]
    geo = rows.query("state_a == 'AZE' and state_b == 'GEO'").iloc[0]
    assert chosen["absent"] == arm[["yx", "ax", "nx"]].sum() + geo[["xy", "xa", "xn"]].sum()
    assert chosen["yes_absent"] == pytest.approx((arm["yx"] + geo["xy"]) / chosen["absent"])
    voted = arm[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    voted += geo[["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]].sum()
    assert chosen["voted"] == voted


def test_ideal_points():
    rows = votes.ideal_points(["TUR", "KAZ"], 2023, 2024)
    assert rows[["state", "year", "few"]].to_numpy().tolist() == [
        ["TUR", 2023, False], ["TUR", 2024, True], ["KAZ", 2023, False], ["KAZ", 2024, False],
    ]  # fmt: skip
    spread = votes.ideal_spread("C5", 1991, 2026).set_index("year")
    points = load("unga_ideal_points").query("year == 2024 and state in ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']")[
        "ideal_point"
    ]
    assert spread.loc[2024, "spread"] == pytest.approx(points.max() - points.min())
    assert 1996 not in spread.index, "Turkmenistan has 5 votes there"


def test_refused():
    with pytest.raises(ValueError, match="measure is 'kapa'; did you mean 'kappa'"):
        votes.scores(table(yy=1), "kapa")
    with pytest.raises(ValueError, match="absence is 'none'; did you mean 'counted'"):
        votes.scores(table(yy=1), "pi", "none")
    with pytest.raises(DataError, match="pair 'UZB-KAZ'; allowed: two different codes in alphabetical order"):
        votes.pair_years(["UZB-KAZ"], *PERIOD)
    with pytest.raises(
        ValueError, match="first_year is 2020, last_year 2010; allowed: years in order, of 1991 to 2026"
    ):
        votes.region_years("C5", "pi", "left_out", 2020, 2010)
    with pytest.raises(DataError, match="no region 'C7'"):
        votes.region_years("C7", *PERIOD)
    with pytest.raises(ValueError, match="region is 'CM': 0 members from 1991 to 2000; allowed: two or more"):
        votes.region_years("CM", "pi", "left_out", 1991, 2000)
    with pytest.raises(DataError, match="state: 'ITA' has no votes in unga_dyads.csv"):
        votes.partner_years("ITA", ["RUS"], *PERIOD)
    with pytest.raises(DataError, match="partners: 'EU' has no votes and is no region"):
        votes.partner_years("KAZ", ["EU"], *PERIOD)
    with pytest.raises(ValueError, match="partners is 'KAZ'; allowed: one or more codes other than KAZ"):
        votes.partner_years("KAZ", ["KAZ"], *PERIOD)
    with pytest.raises(ValueError, match="size is 13; allowed: 2 or more of 26 states, in at most 1,000,000 sets"):
        votes.set_means(np.zeros((26, 26)), 13)


def test_an_edited_row_changes_value_sentence_and_figure(data_copy):
    path = data_copy / "unga_dyads.csv"
    lines = path.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("KAZ,UZB,2024,"))
    cells = lines[at].split(",")
    assert int(cells[3]) > 60
    cells[3], cells[5] = "0", str(int(cells[5]) + int(cells[3]))  # what both agreed to, now yes against no
    lines[at] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n")
    assert "from 0.95 to 0.99" in votes.votes_answer("C5", *PERIOD)
    low = votes.pair_years(["KAZ-UZB"], "agreement", "left_out", 2024, 2024, data_copy)["value"][0]
    assert low < 0.3
    with using(data_copy):
        assert f"from {low:.2f} to 0.99" in votes.votes_answer("C5", *PERIOD)
    with using(data_copy):
        drawn = votes.vote_pairs("C5", "agreement", "left_out", 2020, 2024, 1)
    assert f"{low:.2f} in 2024" in drawn.alt_text and f"{low:.2f} (Kazakhstan–Uzbekistan)" in drawn.title


def test_a_member_that_joins_changes_the_region(data_copy):
    with (data_copy / "memberships.csv").open("a") as file:
        file.write("C5,MNG,2015-01-01,,UNGA,\n")
    with using(data_copy):
        rows = votes.region_years("C5", *PERIOD).set_index("year")
    assert rows.loc[[2014, 2015], "pairs"].to_list() == [10, 15]
    with using(data_copy):
        assert "15 pairs" in votes.votes_answer("C5", *PERIOD)
    with using(data_copy):
        assert "Mongolia" in repr(votes.vote_absence("C5", "agreement", 2014, 2016))


CASES = [
    ("KAZ", "C5", *PERIOD),
    ("KAZ", "C5", "agreement", "left_out", 2025, 2026),
    ("ARM", "SC3", "kappa", "counted", 2024, 2024),
    ("TKM", "C5", "pi", "counted", 1991, 1991),
    ("UZB", "CM", "pi", "left_out", 2023, 2026),
]
BAD = re.compile(r"\bnan\b|None|  |<NA>|\binf\b|^\s|\s$")


@pytest.mark.parametrize(("state", "region", "measure", "absence", "first", "last"), CASES)
def test_everything_is_said(state, region, measure, absence, first, last):
    choices = measure, absence, first, last
    said = [
        votes.votes_answer(region, *choices),
        votes.votes_among_sets(region, *choices),
        votes.votes_united(region, first, last, 1),
        votes.votes_pairs(region, *choices, 1),
        votes.votes_partners(state, region, PARTNERS, *choices),
        votes.votes_absent(region, measure, first, last),
        votes.votes_ideal(region, first, last),
        votes.votes_marked(region, *choices),
    ]
    for text in said:
        assert not BAD.search(text), text
    for year in (2025, 2026):
        if first <= year <= last:
            assert str(year) in said[-1] and "not comparable" in said[-1]
    assert len(votes.pairs_table(region, measure, absence, last, 1)) in (3, 10, 15)
    assert len(votes.selection_table(region, first, last)) in (3, 5, 6)
    assert list(votes.beside_table(state, region, PARTNERS, *choices).columns)[-1] == "Years closer to the partner"


@pytest.mark.parametrize(("state", "region", "measure", "absence", "first", "last"), CASES[2::2])
def test_everything_is_drawn(state, region, measure, absence, first, last):
    choices = measure, absence, first, last
    drawn = [
        votes.vote_cohesion(region, *choices),
        votes.vote_groups(region, first, last, 1),
        votes.vote_pairs(region, *choices, 1),
        votes.vote_partners(state, region, PARTNERS, *choices),
        votes.vote_absence(region, measure, first, last),
        votes.vote_ideal_points(region, PARTNERS, first, last),
    ]
    for figure in drawn:
        for text in (figure.title, figure.alt_text, figure.caption):
            assert not BAD.search(text), text


def test_turkmenistan_stays_away_from_contested_votes():
    text = votes.votes_absent("C5", "agreement", 1991, 2026)
    assert text.startswith("Over the comparable years **Turkmenistan** stayed away from")
    assert "rests on the less contested texts" in text


def test_sources_used():
    keys = set(votes.sources_used("KAZ", "CM", PARTNERS, 2015, 2025))
    assert {"UNGA", "UNDGACM", "UNGAIP;BSV17", "TD25"} <= keys
    assert "TD25" not in set(votes.sources_used("KAZ", "C5", PARTNERS, 2015, 2025))


def test_last_comparable():
    assert votes.last_comparable("C5", 1991, 2026) == 2024
    assert votes.last_comparable("C5", 2025, 2026) == 2026
