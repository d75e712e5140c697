"""What sentences, tables and figures on votes say, also about edited rows and short periods."""

import pytest
from conftest import assert_prose

from centralasia import cite, load, using, votes

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
PARTNERS = ["RUS", "CHN", "USA", "TUR", "EUR4"]
CASES = [
    ("KAZ", "C5", CHOICE),
    ("KAZ", "C5", votes.Choice("agreement", "left_out", 2025, 2026)),
    ("ARM", "SC3", votes.Choice("kappa", "counted", 2024, 2024)),
    ("TKM", "C5", votes.Choice("pi", "counted", 1991, 1991)),
    ("UZB", "CM", votes.Choice("pi", "left_out", 2023, 2026)),
]


def test_an_edited_row_changes_value_sentence_and_figure(data_copy):
    choice = votes.Choice("agreement", "left_out", 2020, 2024)
    path = data_copy / "unga_dyads.csv"
    lines = path.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("KAZ,UZB,2024,"))
    cells = lines[at].split(",")
    assert int(cells[3]) > 60
    cells[3], cells[5] = "0", str(int(cells[5]) + int(cells[3]))  # what both agreed to, now yes against no
    lines[at] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n")
    assert "from 0.95 to 0.99" in votes.answer("C5", choice)
    with using(data_copy):
        low = votes.pair_years(["KAZ-UZB"], votes.Choice("agreement", "left_out", 2024, 2024))["value"][0]
        assert low < 0.3
        assert f"from {low:.2f} to 0.99" in votes.answer("C5", choice)
        drawn = votes.pairs_chart("C5", choice, 1)
    assert f"{low:.2f} in 2024" in drawn.alt_text and f"{low:.2f} (Kazakhstan–Uzbekistan)" in drawn.title


def test_a_member_that_joins_changes_the_region(data_copy):
    with (data_copy / "memberships.csv").open("a") as file:
        file.write("C5,MNG,2015-01-01,,UNGA,\n")
    choice = votes.Choice("agreement", "left_out", 2014, 2016)
    with using(data_copy):
        rows = votes.region_mean("C5", choice).set_index("year")
        assert rows.loc[[2014, 2015], "pairs"].to_list() == [10, 15]
        assert "15 pairs" in votes.answer("C5", choice)
        assert "Mongolia" in repr(votes.absence_chart("C5", "agreement", 2014, 2016))


@pytest.mark.parametrize(("state", "region", "choice"), CASES)
def test_everything_is_said(state, region, choice):
    first, last = choice.period
    said = [
        votes.answer(region, choice),
        votes.sets_summary(region, choice),
        votes.groups_summary(region, first, last, 1),
        votes.pairs_summary(region, choice, 1),
        votes.partners_summary(state, region, PARTNERS, choice),
        votes.absence_summary(region, choice.measure, first, last),
        votes.ideal_points_summary(region, first, last),
        votes.marked_years(region, choice),
    ]
    for text in said:
        assert_prose(text)
        assert text == text.strip() and "inf" not in text.split()
    for year in (2025, 2026):
        if first <= year <= last:
            assert str(year) in said[-1] and "not comparable" in said[-1]
    table = votes.pairs_table(region, choice, 1)
    assert len(table) in (3, 10, 15)
    comparable = [year for year in range(first, last + 1) if year < 2025]
    assert table.columns.name == f"Pair, {comparable[-1] if comparable and last > 1991 else last}"
    assert len(votes.absence_bias_table(region, first, last)) in (3, 5, 6)
    means = votes.partner_vs_region(state, region, PARTNERS, choice)
    assert list(means.columns) == ["years", "partner", "region", "years_closer"]


@pytest.mark.parametrize(("state", "region", "choice"), CASES[2::2])
def test_everything_is_drawn(state, region, choice):
    first, last = choice.period
    drawn = [
        votes.cohesion_chart(region, choice),
        votes.groups_chart(region, first, last, 1),
        votes.pairs_chart(region, choice, 1),
        votes.partners_chart(state, region, PARTNERS, choice),
        votes.absence_chart(region, choice.measure, first, last),
        votes.ideal_points_chart(region, PARTNERS, first, last),
    ]
    for figure in drawn:
        for text in (figure.title, figure.alt_text, figure.caption):
            assert_prose(text)
            assert text == text.strip() and "inf" not in text.split()


def test_turkmenistan_stays_away_from_contested_votes():
    text = votes.absence_summary("C5", "agreement", 1991, 2026)
    assert text.startswith("Over the comparable years **Turkmenistan** stayed away from")
    assert "rests on the less contested texts" in text


def test_sources_are_those_of_years_members_and_points():
    members = load("memberships")
    points = votes.ideal_points_chart("CM", PARTNERS, 2015, 2025).data

    def keys(region):
        groups = [region, *votes.counted_groups(), *PARTNERS]
        cited = cite(votes.voting_years(2015, 2025), members[members["region"].isin(groups)], points)
        return {row["source_key"] for row in cited.rows}

    assert {"UNGA", "UNDGACM", "UNGAIP", "BSV17", "TD25"} <= keys("CM")
    assert "TD25" not in keys("C5")
