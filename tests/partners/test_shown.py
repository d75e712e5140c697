"""What is shown of the orders: sentences, tables and figures, for every state and where little or nothing is known."""

import pytest
from conftest import assert_prose, assert_translated
from matplotlib.text import Text
from sweeps import first

from centralasia import load, partners, using
from centralasia.partners.words import places_by_source, window_words
from datacontract.contract import distinct

pytestmark = pytest.mark.slow

FIVE, SOURCES, WINDOWS = (
    partners.CORE,
    ["trade", "intensity", "votes", "speeches", "memberships"],
    list(partners.WINDOWS),
)
DOCUMENTS = {
    "KAZ": ["kaz-2014", "kaz-2020-draft", "kaz-2020"], "KGZ": ["kgz-2007", "kgz-2019"], "TJK": ["tjk-1993", "tjk-2015"],
    "TKM": ["tkm-2017"], "UZB": ["uzb-2012", "uzb-2018-isrs"], "AZE": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "window"),
    first(
        [
            ("KAZ", "2014-2019"),
            ("KGZ", "since-2020"),
            ("TJK", "since-2020"),
            ("TKM", "2014-2019"),
            ("UZB", "2008-2013"),
            ("AZE", "since-2020"),
        ],
        number=3,
        several=True,
    ),
)
def test_every_state_can_be_told(state, window):
    texts, focus = DOCUMENTS[state], "CA4"
    compared = partners.partners_compared(state, texts, focus)
    told = [
        partners.answer(state, texts, focus, SOURCES, window), partners.gains(state, focus, compared, SOURCES),
        partners.what_differs(texts), partners.closest_text(state, texts, SOURCES, WINDOWS),
        partners.size_and_share(state, focus, compared, window),
        partners.neighbours_compared(state, "C5", [*SOURCES, "visits"], window),
    ]  # fmt: skip
    for text in told:
        assert_prose(text)
    made = [
        partners.declared_and_revealed(state, texts, focus, SOURCES, window),
        partners.places_by_window(state, focus, compared, SOURCES), partners.likeness_chart(state, texts, SOURCES, window),
        partners.directions_chart(state, "C5", "trade", window), partners.directions_chart(state, "C5", "speeches", window),
    ]  # fmt: skip
    for figure in made:
        assert_prose(figure.title)
        assert_prose(figure.alt_text)
        assert_prose(figure.caption)
    tables = [
        partners.places_table(state, compared, SOURCES, window), partners.coverage_table(state, compared, SOURCES),
        partners.series_table(state, compared), partners.likeness_table(state, texts, SOURCES, WINDOWS),
        partners.changes_table(state, focus, compared, SOURCES),
    ]  # fmt: skip
    assert all(table.notna().all(axis=None) for table in tables)


def test_the_answer_of_kazakhstan():
    told = partners.answer("KAZ", DOCUMENTS["KAZ"], "CA4", SOURCES, "since-2020")
    assert told.startswith(
        "Since 2020, **Central Asia** came **1st in trade for its size, votes and speeches at the UN; 4th in trade**"
    )
    assert (
        "1st, 2nd or 3rd in the concept of 2014–2020, 2nd in the draft of 2019 and 4th in the concept of 2020–2030"
        in told
    )
    assert "From 2014 on, it rose in votes at the UN" in told


def test_the_answer_follows_the_data(data_copy):
    """Were all trade of Kazakhstan in four years with Kyrgyzstan, the region would come first in trade, too."""
    path = data_copy / "trade.csv"
    lines = [
        f"{','.join(line.split(',')[:4])},9e8,STATKZ,high,"
        if line.startswith(tuple(f"KAZ,KGZ,{y}" for y in range(2020, 2024)))
        else line
        for line in path.read_text().splitlines()
    ]
    path.write_text("\n".join(lines) + "\n")
    with using(data_copy):
        told = partners.answer("KAZ", DOCUMENTS["KAZ"], "CA4", ["trade", "votes"], "since-2020")
        drawn = partners.declared_and_revealed("KAZ", DOCUMENTS["KAZ"], "CA4", ["trade", "votes"], "since-2020")
    assert "**1st in trade and votes at the UN**" in told
    assert drawn.title == "Kazakhstan declares Central Asia 4th of 5 partners; in what it does Central Asia comes 1st"


def test_the_closest_text_counts_readings():
    told = partners.closest_text("KAZ", DOCUMENTS["KAZ"], ["votes", "memberships"], ["2008-2013"])
    assert (
        "- in votes at the UN: the draft of 2019 (by 2 of 3 readings) or the concept of 2014–2020 (by 1 of 3 readings) in 2008–2013\n"
        in told
    )
    assert "- in shared organisations: the draft of 2019 in 2008–2013\n" in told
    assert partners.what_differs(DOCUMENTS["KAZ"]).startswith(
        "Among the 5 partners that all of them place, the texts differ in Central Asia alone: it comes 1st"
    )
    assert "none is closest" in partners.closest_text("AZE", [], ["votes"], ["2008-2013"])


def test_the_chart_holds_what_it_draws():
    drawn = partners.declared_and_revealed("KAZ", DOCUMENTS["KAZ"], "CA4", SOURCES, "since-2020")
    assert list(dict.fromkeys(drawn.data["column"]))[:4] == ["2014–2020", "draft, 2019", "2020–2030", "Trade"]
    assert "Organisations" not in set(drawn.data["column"])  # nothing is known of them since 2020
    assert drawn.data.groupby("column")["partner"].nunique().eq(5).all()
    assert "Central Asia 3 (1 to 3)" in drawn.alt_text
    empty = partners.declared_and_revealed("KAZ", DOCUMENTS["KAZ"], "CA4", ["memberships"], "since-2020")
    assert empty.alt_text.startswith("Nothing is drawn here.")


def test_a_chart_of_both_directions_says_who_is_more_to_whom():
    drawn = partners.directions_chart("KAZ", "C5", "trade", "since-2020")
    assert drawn.title == "Kazakhstan weighs more for each neighbour in trade than the neighbour does for Kazakhstan"
    assert len(drawn.data) == 8
    assert "Kazakhstan to Turkmenistan unknown" in drawn.alt_text
    assert "seen from both sides" in partners.directions_chart("KAZ", "C5", "votes", "since-2020").title


def test_words():
    rows = partners.orders("KAZ", FIVE, ["trade", "votes"], WINDOWS)
    assert places_by_source(rows[rows["partner"] == "CA4"]) == "1st in votes at the UN; 4th or 5th in trade"
    assert places_by_source(rows[:0]) == "at no sure place"
    assert [window_words(w, True) for w in WINDOWS] == ["in 2008–2013", "in 2014–2019", "since 2020"]
    assert partners.value_words("votes", -0.512) == "−0.51"
    assert partners.value_words("trade", float("nan")) == "unknown"


def test_tables_keep_the_places_that_are_possible():
    table = partners.series_table("KAZ", FIVE)
    assert table.loc["Correlates of War, 2008–2013 (6 years)", "Central Asia"] == "5 (4 to 5)"
    wits = table.index[table.index.str.contains("World Integrated Trade Solution, 2014–2019")][0]
    assert table.loc[wits, "Central Asia"] == "3 to 5"
    places = partners.places_table("KAZ", FIVE, ["speeches", "trade"], "since-2020")
    assert places.loc["Russia"].tolist() == ["not named", "2 (2 to 3): 23.3 %"]


def test_all_sources_have_words():
    for source in partners.SOURCES:
        assert partners.in_source(source).startswith("in ")
        assert partners.source_name(source)
    assert set(distinct("partner_trade.series")) | {"national", "comtrade"} == set(partners.SERIES)
    assert {"COWTR", "WITS", "WFB", "COWIGO", "EUMEM"} <= set(load("sources")["source_key"])


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("state", first(["KAZ", "TKM"]))
def test_nothing_is_left_in_english(language, state):
    """Nothing but the names of a measure and of a database stays in Latin letters."""
    texts, sources, window, names = DOCUMENTS[state], [*SOURCES, "visits"], "2014-2019", ("tau", "WITS", "WLD")
    with using(language=language):
        compared = partners.partners_compared(state, texts, "CA4")
        said = [
            partners.answer(state, texts, "CA4", SOURCES, window), partners.what_differs(texts),
            partners.closest_text(state, texts, SOURCES, WINDOWS),
            partners.size_and_share(state, "CA4", compared, window),
            partners.neighbours_compared(state, "C5", sources, window),
            *(check.words for check in partners.check_neighbours_closer(state, "C5", window, "since-2020")),
        ]  # fmt: skip
        tables = [
            partners.places_table(state, compared, SOURCES, window), partners.coverage_table(state, compared, SOURCES),
            partners.series_table(state, compared), partners.likeness_table(state, texts, SOURCES, WINDOWS),
            partners.changes_table(state, "CA4", compared, SOURCES),
        ]  # fmt: skip
        figures = [
            partners.declared_and_revealed(state, texts, "CA4", SOURCES, window),
            partners.declared_and_revealed(state, texts, "CA4", ["memberships"], "since-2020"),
            partners.places_by_window(state, "CA4", compared, SOURCES),
            partners.likeness_chart(state, texts, SOURCES, window),
            *(partners.directions_chart(state, "C5", source, window) for source in sources),
        ]  # fmt: skip
        for text in said:
            assert_translated(text, *names)
        for table in tables:
            assert_translated(table.to_csv(), *names)
            assert_translated(table.columns.name)
        for figure in figures:
            for text in (figure.title, figure.alt_text, figure.caption):
                assert_translated(text, *names, *figure.sources)
            for label in figure._canvas.findobj(Text):
                assert_translated(label.get_text(), *names)
