import json
import os
import pty
import re
import subprocess
import sys

import pytest
from small_collection import arguments, edit, environment

from centralasia.cli import main
from notebookcollection.running.progress import Progress


def test_a_line_a_run_and_the_times_at_the_end(capsys):
    progress = Progress("plain")
    progress.tell("a", "unchanged")
    progress.tell("b", "executed", "data/x.csv changed", 1.25, "/far/b.ipynb")
    progress.tell("c", "failed", "not made before", 0.5, "/far/c.failed.ipynb", "cell 2 (x): KeyError: 1")
    progress.tell("report", "unchanged", file="/far/index.html")
    progress.times()
    told = capsys.readouterr()
    assert told.err == "c: failed in cell 2 (x): KeyError: 1; see /far/c.failed.ipynb\n"
    lines = told.out.splitlines()
    assert lines[:3] == [
        "a: unchanged",
        "b: /far/b.ipynb in 1.2 s (data/x.csv changed)",
        "report: /far/index.html (unchanged)",
    ]
    assert re.fullmatch(r"2 notebooks, 1\.8 s of work in \d\.\d s:", lines[4])
    assert lines[5:] == ["b     1.2 s", "c     0.5 s"]


def test_of_many_runs_only_the_slowest_are_listed(capsys):
    progress = Progress("plain")
    for number in range(100):
        progress.tell(f"run-{number:02}", "executed", seconds=number)
    capsys.readouterr()
    progress.times()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("; the slowest 20:")
    assert [line.split()[0] for line in lines[2:]] == [f"run-{number}" for number in range(99, 79, -1)]


def test_json_is_an_object_a_line(capsys):
    progress = Progress("json")
    progress.tell("b", "executed", "not made before", 1.2, "/far/b.ipynb")
    progress.tell("data", "faulty", error="ties.csv, row 2")
    progress.times()
    told = capsys.readouterr()
    assert [json.loads(line) for line in told.out.splitlines()] == [
        {"name": "b", "state": "executed", "why": "not made before", "seconds": 1.2, "file": "/far/b.ipynb"},
        {"name": "data", "state": "faulty", "error": "ties.csv, row 2"},
    ]
    assert told.err == "data: ties.csv, row 2\n"


def test_quiet_tells_of_failures_only(capsys):
    progress = Progress("quiet")
    progress.tell("a", "executed", seconds=1, file="a")
    progress.tell("b", "failed", seconds=1, file="b", error="cell 1")
    progress.times()
    assert capsys.readouterr() == ("", "b: failed in cell 1; see b\n")


@pytest.mark.slow
def test_a_terminal_shows_a_line_for_each_notebook_at_work(project):
    edit(project / "notebooks" / "one.ipynb", "import centralasia", "import time, centralasia; time.sleep(0.6)")
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "centralasia.cli", *arguments(project), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=its, env=environment(TERM="xterm", COLUMNS="100"))
    os.close(its)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 65536)
        except OSError:  # it has ended
            break
    assert process.wait() == 0
    os.close(ours)
    frames = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())
    assert re.search(r"one, cell .* 2 of 4 ", frames), "the cell it is at"
    assert re.search(r"two, cell .* of 4 ", frames)
    assert re.search(r"notebooks .* 1 of 2 ", frames)
    assert "rendering the report" in frames
    assert re.search(r"one: \S*one.ipynb in \d", frames)


@pytest.mark.slow
def test_a_plan_says_what_would_run_and_runs_nothing(project, capsys, monkeypatch):
    from notebookcollection.running import notebook

    said = ["one: would run (not made before): one", "two: would run (not made before): two"]
    total = "2 of 2 would run, of unknown work, since none ran before; parameters of 4 bytes"
    with monkeypatch.context() as patched:
        patched.setattr(notebook, "execute_text", lambda *a, **k: pytest.fail("a kernel would have started"))
        assert main([*arguments(project), "--plan"]) == 0
        assert capsys.readouterr().out.splitlines() == [*said, total]
    assert main(arguments(project)) == 0
    edit(project / "data" / "ties.csv", "Eternal Friendship treaty", "Another treaty")
    capsys.readouterr()
    assert main([*arguments(project), "--plan"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["one: unchanged: one", "two: would run (data/ties.csv changed): two"]
    assert re.fullmatch(r"1 of 2 would run, about \d+ s of work; parameters of 2 bytes", lines[2])


@pytest.mark.slow
def test_sets_of_parameters_become_a_folder_of_results(project, capsys):
    (project / "sets.csv").write_text("name,number\nfirst,1\n,2\n")
    verb = ["run", "two", "--sets", str(project / "sets.csv"), "--notebooks", str(project / "notebooks")]
    verb += ["-o", str(project / "out"), "--data", str(project / "data")]
    assert main([*verb, "--plan"]) == 0
    assert "two_2: would run (not made before): two number=2" in capsys.readouterr().out
    assert not (project / "out").exists()
    assert main(verb) == 0
    assert sorted(path.name for path in (project / "out").glob("*.ipynb")) == ["first.ipynb", "two_2.ipynb"]
    (project / "sets.csv").write_text("name,number\nfirst,1\n,\n,2\n\n,3\n , \n")  # blank rows as of a spreadsheet
    capsys.readouterr()
    assert main([*verb, "--json"]) == 0
    told = {entry["name"]: entry["state"] for entry in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told == {"first": "unchanged", "two_2": "unchanged", "two_3": "executed"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("number,numbre\n1,\n", "row 1: two has no parameter 'numbre'; did you mean 'number'?"),
        ("number\n1\nx\n", "row 3: two: parameter number is 'x'; allowed: a value of type int"),
        ("number\n1\n1\n", "row 3: row 2 has the same name, 'two_1'; allowed: each name once"),
        ("name,number\na/b,1\n", "row 2: 'a/b' cannot name a file"),
        ("number\n1,2\n", "row 2: 2 cells; allowed: 1, as in the header"),
        ("name,number\na\n", "row 2: 1 cells; allowed: 2, as in the header"),
        ("name,number\n,\nx.failed,1\n", "row 3: 'x.failed' would be a failed notebook"),
        ("name,number\nПара,1\n", "row 2: 'Пара' cannot name a file; allowed: a name of ASCII letters, digits and"),
        ("number,name,number\n1,a,2\n", "row 1: the column 'number' twice; allowed: each column once"),
    ],
)
def test_a_set_that_cannot_be_is_told_with_its_row(project, capsys, text, told):
    (project / "sets.csv").write_text(text)
    verb = ["run", "two", "--sets", str(project / "sets.csv"), "--notebooks", str(project / "notebooks")]
    assert main(verb) == 2
    assert f"sets.csv, {told}" in capsys.readouterr().err


def test_a_file_without_sets_is_told(project, capsys):
    (project / "sets.csv").write_text("number\n")
    verb = ["run", "two", "--sets", str(project / "sets.csv"), "--notebooks", str(project / "notebooks")]
    assert main(verb) == 2
    assert "sets.csv has no rows; allowed: a header of parameters, then a row for each run" in capsys.readouterr().err


def test_a_single_run_is_planned_as_what_it_is(project, capsys):
    """Its result is always made, whatever the record of a report says of a run with its name."""
    (project / "build").mkdir()
    (project / "build" / "record.json").write_text('{"runs": {"two": {"reads": [], "inputs": {}, "result": ""}}}')
    verb = ["run", "two", "-p", "number=3", "--plan", "--notebooks", str(project / "notebooks")]
    assert main(verb) == 0
    assert capsys.readouterr().out.startswith("two: would run (not made before): two number=3")
