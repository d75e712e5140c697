"""A result depends on the modules that its notebook's imports reach, and on no other."""

import json

import pytest

from notebookcollection.reach import RUNNERS, all_files, reached_files

PACKAGES = ("centralasia", "datacontract", "notebookcollection")
FILES = all_files(PACKAGES)
GROUND = {"centralasia/__init__.py", "centralasia/tables.py", "datacontract/contract.py", "datacontract/context.py"}


def reached(*sources):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return set(reached_files(json.dumps({"cells": cells}), PACKAGES, FILES))


def test_files_are_those_of_the_packages_without_what_python_leaves_there():
    assert set(FILES) >= GROUND
    assert not [name for name in FILES if "__pycache__" in name or name.endswith(".pyc")]
    assert all(path.is_file() for path in FILES.values())


def test_a_room_reaches_itself_the_ground_and_the_rooms_below_it():
    found = reached("from centralasia import cite, load, ties")
    assert GROUND | {"centralasia/ties/figures.py", "centralasia/citations.py", "centralasia/figures/style.py"} <= found
    assert {file for file in found if file.startswith("centralasia/meetings/")}, "ties rests on the face of meetings"
    for room in ("votes", "economies", "pairs", "claims", "hierarchy"):
        assert not [file for file in found if file.startswith(f"centralasia/{room}/")], room
    assert not [file for file in found if file.startswith("notebookcollection/publishing/")]


def test_what_runs_a_notebook_counts_for_every_result():
    files = {module.replace(".", "/") + ".py" for module in RUNNERS}
    assert files <= reached("1 + 1")
    assert not [file for file in reached("1 + 1") if file.startswith("centralasia/")]


def test_a_module_may_be_named_in_several_ways():
    wanted = "centralasia/votes/sets.py"
    for source in (
        "from centralasia.votes import sets",
        "import centralasia.votes.sets as s",
        "from centralasia.votes.sets import change",
    ):
        assert wanted in reached(source), source
    assert "centralasia/votes/correlates_of_war.csv" in reached("from centralasia import votes"), "a table of the room"


@pytest.mark.parametrize(
    "source",
    [
        "import centralasia",
        "from centralasia import *",
        "from importlib import import_module\nimport_module(name)",
        "exec(text)",
        "__import__('centralasia.votes')",
        "%run other.py",
        "get_ipython().run_line_magic('run', 'other.py')",
    ],
)
def test_what_cannot_be_seen_reaches_everything(source):
    assert reached("from centralasia import ties", source) == set(FILES)


def test_an_import_inside_a_function_counts(tmp_path, monkeypatch):
    for name, text in {"__init__": "", "a": "def f():\n    from lazypackage import b\n", "b": "", "c": ""}.items():
        (tmp_path / "lazypackage").mkdir(exist_ok=True)
        (tmp_path / "lazypackage" / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    packages = (*PACKAGES, "lazypackage")
    cells = {"cells": [{"cell_type": "code", "source": "from lazypackage.a import f"}]}
    found = reached_files(json.dumps(cells), packages, all_files(packages))
    own = {file for file in found if file.startswith("lazypackage/")}
    assert own == {"lazypackage/__init__.py", "lazypackage/a.py", "lazypackage/b.py"}
