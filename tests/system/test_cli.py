import re
import subprocess
import sys

import pytest
from small_collection import edit

from centralasia.cli import main


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch, root):
    monkeypatch.chdir(root)
    monkeypatch.delenv("CENTRALASIA_DATA", raising=False)


def test_check_ends_with_0_or_1(project, capsys):
    command = ["check", "--data", str(project / "data")]
    assert main(command) == 0
    edit(project / "data" / "ties.csv", "kaz-kgz-1997,KAZ-KGZ,", "kaz-kgz-1997,KGZ-KAZ,")
    capsys.readouterr()
    assert main(command) == 1
    told = capsys.readouterr()
    faults = told.out.splitlines()
    told_of_pair = (
        "column pair: 'KGZ-KAZ' is not allowed; allowed: two different codes in alphabetical order, as KAZ-UZB"
    )
    assert re.fullmatch(rf"ties.csv, row \d+, {told_of_pair} \[pair\]", faults[0])
    assert f"{len(faults)} fault" in told.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["run", "01_priority_hierarchy", "-p", "stat=KAZ"],
            "did you mean 'state'? allowed: state, documents, focus, reading",
        ),
        (["run", "01_priority_hierarchy", "-p", "focus=TURK"], "did you mean 'TUR'? allowed: "),
        (["run", "01_priority_hierarchy", "-p", "state"], "-p state: allowed: NAME=VALUE"),
        (["run", "02_priority"], "no notebook '02_priority'"),
        (["run", "05_ties", "-p", "region=C5", "--sets", "sets.csv"], "-p and --sets: allowed: one of them"),
        (["run", "05_ties", "-p", "region=C5", "-p", "region=C6"], "-p region: allowed: each parameter once"),
        (["run", "05_ties", "-o", "notebooks/05_ties.ipynb"], "results are made from this file"),
        (["run", "05_ties", "-o", "data/ties.csv"], "results are made from this file"),
        (["report", "--build", "."], "notebooks/00_overview.ipynb: results are made from this file"),
        (["run", "05_ties", "--jobs", "0"], "--jobs 0: allowed: 1 or more"),
        (["check", "--data", "nowhere"], "nowhere is not a data folder"),
        (["report", "--notebooks", "tests"], "no collection.toml in tests"),
    ],
)
def test_what_cannot_be_ends_with_2_before_any_kernel(arguments, told, capsys, monkeypatch):
    from notebookcollection.running import notebook

    monkeypatch.setattr(notebook, "execute_text", lambda *a: pytest.fail("a kernel would have started"))
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("centralasia: ")
    assert captured.err.count("\n") == 1
    assert told in captured.err


def test_an_output_that_cannot_be_ends_with_1_before_any_kernel(tmp_path, capsys, monkeypatch):
    from notebookcollection.running import notebook

    monkeypatch.setattr(notebook, "execute_text", lambda *a: pytest.fail("a kernel would have started"))
    (tmp_path / "file").touch()
    (tmp_path / "sets.csv").write_text("state\nKAZ\n")
    sets = ["--sets", str(tmp_path / "sets.csv"), "-o"]
    (tmp_path / "01_priority_hierarchy_KAZ.ipynb").mkdir()
    for more in (["-o", str(tmp_path)], ["-o", str(tmp_path / "file" / "x.ipynb")], [*sets, str(tmp_path)]):
        assert main(["run", "01_priority_hierarchy", *more]) == 1
        told = capsys.readouterr().err
        assert told.startswith("centralasia: [Errno ") and told.count("\n") == 1 and str(tmp_path) in told


def test_a_refusal_imports_neither_papermill_nor_pandas(centralasia, root):
    done = centralasia("run", "01_priority_hierarchy", "-p", "stat=KAZ", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 2
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "notebookcollection.collection" in imported
    assert not imported & {"papermill", "nbformat", "frictionless", "sphinx", "matplotlib"}


def test_help_lists_the_verbs(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    told = capsys.readouterr().out
    for verb in ("check", "codebook", "count-votes", "run", "report", "pdf", "regenerate"):
        assert re.search(rf"^    {verb}\b", told, re.MULTILINE), verb


@pytest.mark.slow
def test_a_command_does_without_the_imports_that_take_seconds():
    asked = "import sys; from centralasia.cli import main; code = main(['check', 'actors'])"
    asked += "; assert 'frictionless' not in sys.modules, 'a table without a fault needs it not'"
    asked += "; import nbformat"
    asked += "; assert 'jsonschema' in sys.modules and 'rfc3987_syntax.syntax_helpers' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", f"{asked}; sys.exit(code)"]).returncode == 0
