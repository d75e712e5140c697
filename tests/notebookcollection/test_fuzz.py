"""Whatever stands in the settings of a collection or in a file of sets: runs, or a refusal of one line with the place."""

import json
import tomllib

import nbformat
import pytest
from fuzz import assert_one_line, descriptors, examples, files
from hypothesis import given
from sweeps import sweep

from datacontract.errors import DataError
from notebookcollection.collection import find
from notebookcollection.parameters import CollectionError

QUICK, DEEP = 80, 1500
SETTINGS = b"""
data = "../data"
packages = ["json"]
preload = ["json"]
[notebooks.one.parameters]
state = { column = "ties.pair", also = "visits.pair" }
year = { minimum = 1991, maximum = 2031 }
words = { options = ["a", "b", "c"], list = true, minimum = 1 }
[notebooks.two]
[[runs]]
notebook = "one"
name = "one_{year}"
title = "In {year}"
parameters = { year = 2001 }
[[runs]]
notebook = "two"
[[runs]]
notebook = "one"
each = { state = { pairs = "memberships.actor", where = { region = "C5" } } }
"""
SETS = b"""name,state,year,words
first,KAZ-UZB,2001,a b
second,KAZ-KGZ,2002,"a"
,KAZ-TJK,2003,c
"""
CELL = 'state: str = "KAZ-UZB"  # a pair\nyear: int = 2000  # a year\nwords: str = "a b"  # two of a, b, c'


@pytest.fixture
def notebooks(tmp_path, root, monkeypatch):
    """A collection of two notebooks that reads the project's data."""
    monkeypatch.setenv("CENTRALASIA_DATA", str(root / "data"))
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, source in (("one", CELL), ("two", "")):
        cell = nbformat.v4.new_code_cell(source, id="parameters", metadata={"tags": ["parameters"]})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{name}.ipynb")
    (folder / "collection.toml").write_bytes(SETTINGS)
    assert len(find(folder).runs()) == 12
    return folder


def ends(call, *named):
    try:
        call()
    except (CollectionError, DataError) as error:
        assert_one_line(str(error), *named)


@pytest.mark.slow
@pytest.mark.parametrize("number", [QUICK, sweep(DEEP)])
def test_any_settings_give_runs_or_are_refused(notebooks, number):
    def ask():
        collection = find(notebooks)
        collection.runs()
        for name in collection.notebooks:
            collection.check(name, {})

    @examples(number)
    @given(raw=files(SETTINGS))
    def tried(raw):
        (notebooks / "collection.toml").write_bytes(raw)
        ends(ask, "collection.toml", "one", "two", ".csv", "table", "notebook")

    tried()


@pytest.mark.parametrize("number", [QUICK, sweep(DEEP)])
def test_settings_of_any_form_give_runs_or_are_refused(notebooks, number, monkeypatch):
    def ask():
        collection = find(notebooks)
        collection.runs()
        for name in collection.notebooks:
            collection.check(name, {})

    @examples(number)
    @given(parts=descriptors(tomllib.loads(SETTINGS.decode())))
    def tried(parts):
        with monkeypatch.context() as patch:
            patch.setattr("tomllib.loads", lambda text: json.loads(json.dumps(parts)))
            ends(ask, "collection.toml", "one", "two", ".csv", "table", "notebook")

    tried()


@pytest.mark.parametrize("number", [QUICK, sweep(DEEP)])
def test_any_file_of_sets_gives_runs_or_is_refused(notebooks, number):
    path, collection = notebooks / "sets.csv", find(notebooks)

    @examples(number)
    @given(raw=files(SETS))
    def tried(raw):
        path.write_bytes(raw)
        try:
            runs = collection.batch("one", path)
        except CollectionError as error:
            assert_one_line(str(error), "sets.csv")
            return
        assert runs and len({run.name for run in runs}) == len(runs)
        assert all(run.parameters.keys() <= {"state", "year", "words"} for run in runs)

    tried()
