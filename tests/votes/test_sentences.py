"""Sentences, tables and figures on votes: what they say follows the rows, in every case there is."""

import pytest
from conftest import assert_prose, assert_translated
from sweeps import first

from centralasia import cite, load, using, votes
from centralasia.votes import sets

pytestmark = pytest.mark.slow

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)
PARTNERS = ["RUS", "CHN", "USA", "TUR", "EUR4"]
AUTHORS = ["Hix, Noury, Roland", "Bailey, Strezhnev, Voeten"]
CASES = [
    ("KAZ", "C5", CHOICE),
    ("KAZ", "C5", votes.Choice("agreement", "left_out", 2025, 2026)),
    ("ARM", "SC3", votes.Choice("kappa", "counted", 2024, 2024)),
    ("TKM", "C5", votes.Choice("pi", "counted", 1991, 1991)),
    ("UZB", "CM", votes.Choice("pi", "left_out", 2023, 2026)),
    ("TUR", "EUR4", CHOICE),
    ("KAZ", "C5", votes.Choice("agreement", "left_out", 1992, 1992)),  # in which Uzbekistan cast no vote
]


def test_the_answer_says_when_the_rise_ended_and_what_chance_and_azerbaijan_make_of_it():
    text = votes.answer("C5", CHOICE)
    assert text.startswith(
        "**Central Asia** has voted more alike since 2005: agreement was 0.89 in 1995–1999 and 0.97 in 2005–2009. Since "
        "then no change is certain (0.97 in 2020–2024). Corrected for chance, it went up and down: Krippendorff's alpha "
        "was 0.50 in 1995–1999, 0.72 in 2005–2009, 0.53 in 2010–2014 and 0.69 in 2020–2024."
    )
    assert text.endswith("its members agree with Azerbaijan (0.97) as much as with each other (0.97).")


def test_the_answer_claims_no_step_that_is_not_certain():
    assert "when and whether it moved is not certain" in votes.answer("EUR4", CHOICE)
    assert "its members agree less than with each other" in votes.answer("EUR4", CHOICE)
    assert "there is no comparable year" in votes.answer("C5", CASES[1][2])


def test_an_edited_row_changes_value_sentence_and_figure(data_copy):
    path = data_copy / "unga_dyads.csv"
    lines = path.read_text().splitlines()
    for year in range(2020, 2025):
        at = next(i for i, line in enumerate(lines) if line.startswith(f"KAZ,UZB,{year},"))
        cells = lines[at].split(",")
        cells[3], cells[5] = "0", str(int(cells[5]) + int(cells[3]))  # what both agreed to, now yes against no
        lines[at] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n")
    with using(data_copy):
        rows = votes.pair_changes("C5", CHOICE).set_index("pair")
        assert rows.loc["KAZ-UZB", "after"] < 0.3
        assert f"Kazakhstan–Uzbekistan ({rows.loc['KAZ-UZB', 'change']:+.2f})".replace("-", "−") in votes.pairs_summary(
            "C5", CHOICE
        )
        drawn = votes.pairs_chart("C5", CHOICE)
    assert f"Kazakhstan–Uzbekistan {rows.loc['KAZ-UZB', 'after']:.2f}" in drawn.alt_text
    assert "1 moved apart" in drawn.title


def test_a_member_that_joins_changes_the_region(data_copy):
    with (data_copy / "memberships.csv").open("a") as file:
        file.write("C5,MNG,2015-01-01,,UNGA,\n")
    with using(data_copy):
        assert len(votes.pairs_table("C5", CHOICE)) == 15
        assert "Mongolia" in repr(votes.absence_chart("C5", CHOICE))
        assert "Mongolia" not in votes.others_summary("C5", CHOICE)


def _sentences(state, region, choice):
    return [
        votes.answer(region, choice),
        votes.break_summary(region, choice),
        votes.course_summary(region, choice),
        votes.others_summary(region, choice),
        votes.state_summary(state, region, choice),
        votes.sets_summary(region, choice),
        votes.groups_summary(region, choice),
        votes.pairs_summary(region, choice),
        votes.absence_summary(region, choice),
        votes.ideal_points_summary(region, choice),
        votes.change_summary(votes.change_specifications(region, *choice.period)),
        votes.pair_summary("KAZ-UZB", *choice.period),
        votes.marked_years(region, choice),
    ]


def _tables(region, choice):
    return [
        votes.periods_table(region, choice),
        votes.within_table(region, choice),
        votes.pairs_table(region, choice),
        votes.change_table(votes.change_specifications(region, *choice.period)),
        votes.pair_table("KAZ-UZB", *choice.period),
    ]


def _figures(region, choice):
    return [
        votes.cohesion_chart(region, choice),
        votes.others_chart(region, choice),
        votes.groups_chart(region, choice),
        votes.pairs_chart(region, choice),
        votes.absence_chart(region, choice),
        votes.ideal_points_chart(region, PARTNERS, *choice.period),
    ]


@pytest.mark.parametrize(("state", "region", "choice"), CASES)
def test_everything_is_said(state, region, choice):
    said = _sentences(state, region, choice)
    for text in said:
        assert_prose(text)
        assert text == text.strip() and "inf" not in text.split()
    for year in (2025, 2026):
        if choice.first_year <= year <= choice.last_year:
            assert str(year) in said[-1] and "not comparable" in said[-1]
    for table in _tables(region, choice):
        assert not table.astype(str).isin(["nan", "None", ""]).any(axis=None)


@pytest.mark.parametrize(("state", "region", "choice"), CASES[1:])
def test_everything_is_drawn(state, region, choice):
    for figure in _figures(region, choice):
        for text in (figure.title, figure.alt_text, figure.caption):
            assert_prose(text)
            assert text == text.strip() and "inf" not in text.split()


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize(("state", "region", "choice"), first(CASES, 2, several=True))
def test_nothing_is_left_in_english(state, region, choice, language):
    with using(language=language):
        for text in _sentences(state, region, choice):
            assert_prose(text)
            assert_translated(text, "Dataverse")
        for table in _tables(region, choice):
            assert_translated(table.to_csv())
            assert_translated(table.columns.name)
        for figure in _figures(region, choice):
            for text in (figure.title, figure.alt_text, figure.caption):
                assert_prose(text)
                assert_translated(text, *AUTHORS, *figure.sources)
            for axes in figure._canvas.axes:
                for label in (axes.xaxis.label, axes.yaxis.label, *axes.texts):
                    assert_translated(label.get_text())


def test_titles_say_what_is_found():
    assert votes.cohesion_chart("C5", CHOICE).title.startswith("Central Asia votes more alike from 2005 on")
    assert "Dashed: the best single break" in votes.cohesion_chart("C5", CHOICE).caption
    late = votes.cohesion_chart("C5", votes.Choice("agreement", "left_out", 2015, 2024))
    assert late.title.endswith("no move is certain") and "Dashed" not in late.caption
    assert "Azerbaijan (0.97) as much as with each other (0.97)" in votes.others_chart("C5", CHOICE).title
    assert "was less united than Europe (4) (0.86)" in votes.groups_chart("C5", CHOICE).title
    title = votes.ideal_points_chart("C5", PARTNERS, 1991, 2026).title
    assert title.endswith("no farther than the error of the estimates")
    assert "3 of 10 pairs came closer and 2 moved apart; 5 may not have moved" in votes.pairs_chart("C5", CHOICE).title


def test_absence_is_told_for_all_members_as_a_choice():
    text = votes.absence_summary("C5", CHOICE)
    assert text.startswith("Over the comparable years the members missed these shares of the roll calls: Turkmenistan")
    assert "where Kyrgyzstan, Tajikistan, Turkmenistan or Uzbekistan is away" in text
    assert "for Kazakhstan that is not certain" in text
    assert "over all roll calls no change is established" in text


def test_sets_are_counted_and_named():
    text = votes.sets_summary("C5", votes.Choice("agreement", "left_out", 2024, 2024))
    assert (
        "all but 12 of the 53,129 other sets of 5 of the 25 states" in text
        and "Each of those 12 holds 3 to 4 of its members" in text
    )
    assert "None of the 15,504 sets without any member agreed more" in text


def test_a_state_without_votes_is_not_counted_among_the_others():
    text = votes.others_summary("C5", votes.Choice("agreement", "left_out", 2024, 2024))
    assert "among 20 other states" in text


def said_of_sets(monkeypatch, **changed):
    rank = votes.set_rank("C5", CHOICE)._replace(**changed)
    monkeypatch.setattr(sets, "set_rank", lambda *_: rank)
    return votes.sets_summary("C5", CHOICE)


def test_sets_that_agree_more_are_all_or_none_with_a_member_of_the_region(monkeypatch):
    all_without = said_of_sets(monkeypatch, above=250, disjoint_above=250, members_above=(0, 0))
    assert "250 sets agreed more, and none holds a member." in all_without and "of its members" not in all_without
    one_without = said_of_sets(monkeypatch, above=1, disjoint_above=1, members_above=(0, 0))
    assert one_without.endswith("1 set agreed more, and it holds no member.")
    one_with = said_of_sets(monkeypatch, above=1, disjoint_above=0, members_above=(4, 4))
    assert "That set holds 4 of the region's members." in one_with and one_with.endswith(
        "agreed more, and it holds a member."
    )
    all_with = said_of_sets(monkeypatch, above=2, disjoint_above=0, members_above=(2, 4))
    assert "Each of those 2 holds 2 to 4" in all_with and all_with.endswith(
        "2 sets agreed more, and each holds a member."
    )
    some = said_of_sets(monkeypatch, above=250, disjoint_above=3, members_above=(0, 4))
    assert some.endswith("250 sets agreed more, 3 of them without any member.") and "0 to 4" not in some


def test_a_pair_in_words():
    text = votes.pair_summary("KAZ-TKM", 1991, 2026)
    row = votes.pair_periods(("KAZ-TKM",), CHOICE).iloc[-1]
    assert f"an agreement of {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f}) in 2020–2024" in text
    assert f"over {row['n']} roll calls in which both voted" in text
    assert votes.pair_table("KAZ-TKM", 1991, 2026).index[-1] == "2020–2024"


def test_sources_are_those_of_years_members_and_points():
    members = load("memberships")
    points = votes.ideal_points_chart("CM", PARTNERS, 2018, 2025).data

    def keys(region):
        groups = [region, *votes.counted_groups(), *PARTNERS]
        cited = cite(votes.voting_years(2015, 2025), members[members["region"].isin(groups)], points)
        return {row["source_key"] for row in cited.rows}

    assert {"UNGA", "UNDGACM", "UNGAIP", "BSV17", "TD25"} <= keys("CM")
    assert "TD25" not in keys("C5")
