"""Sentences, tables and figures of ties in Russian and Kazakh."""

import pytest
from conftest import assert_prose, assert_translated
from sweeps import first

from centralasia import ties, using
from centralasia.regions import pairs_at_end
from datacontract.sources import short_reference, sources

pytestmark = pytest.mark.slow

NAMES = ("CASA", "CASCA", "QazaqGaz", "Natural Earth", "XXI", "VIII")  # of projects, a firm, a map; Roman numbers
CASES = [
    ("C5", "KAZ", 1992, 2026, ties.OUTSIDE),
    ("C6", "AZE", 2010, 2025, ("RUS", "TUR")),
    ("C5", "TKM", 1992, 2014, ("CHN",)),
    ("EUR4", "FRA", 2000, 2025, ()),
]


def _sentences(region, state, first, last, partners):
    return [
        ties.answer(region, first, last),
        ties.doubts(region, last),
        ties.upgrades_found(region, first, last),
        ties.recall_summary(region, last),
        ties.waiting_summary(region, first, last),
        ties.top_level(region, last),
        ties.outside_summary(region, partners, last),
        ties.levels_of_state(state, region, last),
        ties.treaty_signed(region, last),
        ties.visits_found(region, first, last),
        ties.milestones_found(state, region, last),
    ]


def _tables(region, state, last):
    pairs = pairs_at_end(region, last)
    return [
        ties.event_table(pairs),
        ties.event_table(pairs[:1]),
        ties.firmness_table(region, last),
        ties.spread_table(region, [2009, last]),
        ties.visit_table(pairs),
        ties.milestone_table([state]),
    ]


def _figures(region, state, first, last, partners):
    return [
        ties.level_steps(region, state, first, last),
        ties.level_shares(region, first, last),
        ties.level_map(region, state, last),
        ties.outside_grid(region, partners, last),
        ties.visit_grid(region, state, first, last),
        ties.milestone_lanes(region, state, first, last),
    ]


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize("case", first(CASES), ids=lambda case: f"{case[0]}-{case[1]}")
def test_nothing_is_left_in_english(case, language):
    region, state, _first, last, _partners = case
    publishers = [short_reference(source) for source in sources()]
    with using(language=language):
        for text in _sentences(*case):
            assert_prose(text)
            assert_translated(text, *NAMES)
        for table in _tables(region, state, last):
            assert_translated(f"{table.columns.name} {table.columns[-1]} {table.iloc[:, :-1].to_csv()}", *NAMES)
            assert_translated(table.iloc[:, -1].to_csv(), *publishers)  # the remarks
        for figure in _figures(*case):
            for text in (figure.title, figure.alt_text, figure.caption):
                assert_prose(text)
                assert_translated(text, *NAMES, *figure.sources)
            for axes in figure._canvas.axes:
                ticks = (*axes.get_xticklabels(), *axes.get_yticklabels())
                for label in (axes.xaxis.label, axes.yaxis.label, *axes.texts, *ticks):
                    assert_translated(label.get_text())


def test_a_date_is_in_the_case_of_its_sentence():
    with using(language="ru"):
        assert " на конец 2025 года: " in ties.levels_of_state("KAZ", "C5", 2025)
    with using(language="kk"):
        assert ", 2025 жылдың соңына қарай: " in ties.levels_of_state("KAZ", "C5", 2025)
        assert " күніне қарай: " in ties.levels_of_state("KAZ", "C5", 2026)


def test_words_of_a_visit_are_not_those_of_an_actor():
    with using(language="ru"):
        kinds = set(ties.visit_table(pairs_at_end("C5", 2026))["Вид"])
    assert {"государственный", "рабочий", "встреча"} <= kinds
    assert not any("государство" in kind for kind in kinds)
