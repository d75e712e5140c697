"""Every notebook runs on other choices than its defaults: other states, documents, pairs, regions, years, measures."""

import pytest
from cells import outputs
from sweeps import sweep

from centralasia import regions
from notebookcollection.collection import find

from conftest import ROOT  # isort: skip

pytestmark = pytest.mark.slow

PROJECT = find(ROOT / "notebooks")
PAIRS = regions.pairs("C6")
GRID = {
    "00_overview": [{"region": "C6", "state": "AZE", "documents": "kaz-2014 kaz-2022-statement", "last_year": "2020"}],
    "02_commitments": [
        {"first": "KAZ", "second": "UZB", "themes": "common"},
        {"first": "kaz-2014", "second": "kaz-2020", "strength": "direct"},
        {"first": "KGZ", "second": "TJK", "themes": "WAT ENE BOR"},
    ],
    "03_consultative_meetings": [
        {"region": "C5", "strength": "direct"},
        {"first_year": "2023", "last_year": "2023"},
    ],
    "04_speeches": [
        {"region": "C6", "state": "UZB", "pair": "AZE-KAZ", "text": "all_words"},
        {"state": "RUS", "pair": "TJK-UZB"},
    ],
    "05_ties": [
        {"region": "C6", "state": "AZE", "outside": "RUS USA"},
        {"state": "TKM", "first_year": "2017", "last_year": "2018"},
    ],
    "06_one_voice": [
        {"region": "CM", "measure": "pi", "state": "UZB"},
        {"region": "C6", "absence": "counted", "state": "TKM", "first_year": "2005", "last_year": "2019"},
    ],
    "07_economies": [
        {"region": "C6", "state": "AZE", "doubtful": "left_out", "gold": "left_out"},
        {"state": "UZB", "first_year": "2010", "last_year": "2020"},
    ],
    "08_partners": [
        {"state": "KGZ", "documents": "kgz-2007 kgz-2019", "window": "2014-2019"},
        {"state": "TJK", "documents": "tjk-1993 tjk-2015", "sources": "trade votes"},
        {"state": "TKM", "documents": "tkm-2017", "focus": "RUS"},
        {"state": "UZB", "documents": "uzb-2012 uzb-2018-isrs", "window": "2008-2013", "focus": "EU"},
        {"state": "AZE", "documents": "none", "region": "C6"},
    ],
    "09_claims": [{"about": "adopted"}],
    "10_together": [{"region": "C6", "wider": "C5", "last_year": "2015"}],
    "profile_state": [{"state": "TKM"}, {"state": "UZB", "last_year": "2019"}],
    "profile_pair": [{"pair": pair} for pair in PAIRS],
    "explore": [
        {"view": "ties", "region": "C6", "pair": "AZE-TKM"},
        {"view": "votes", "region": "SC3", "pair": "ARM-GEO", "measure": "kappa", "first_year": "2000"},
        {"view": "economy", "indicator": "life_exp"},
        {"state": "TJK", "documents": "tjk-1993 tjk-2015", "partner": "CHN"},
    ],
}


def test_every_notebook_is_in_the_grid():
    assert set(GRID) | {"01_priority_hierarchy"} == set(PROJECT.notebooks), "01 has a grid of its own in test_execute"
    assert len(PAIRS) == 15


SOME = ("02_commitments", "05_ties", "profile_pair")


@pytest.mark.parametrize(
    ("notebook", "choices"), [*((name, GRID[name][:1]) for name in SOME), *(sweep(*each) for each in GRID.items())]
)
def test_it_runs_on_other_choices(notebook, choices, monkeypatch):
    monkeypatch.chdir(PROJECT.folder)
    text, answers = PROJECT.path(notebook).read_text(encoding="utf-8"), set()
    for given in choices:
        shown = outputs(text, PROJECT.check(notebook, given))
        answers.add(shown["together" if notebook == "00_overview" else "answer"])
    assert len(answers) == len(choices), "each choice has an answer of its own"
    assert all(len(text) > 40 for text in answers)
