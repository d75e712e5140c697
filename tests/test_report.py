"""The report is made again when, and only when, something that it rests on has changed, and never left half made."""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from centralasia.running import freshness
from centralasia.running.cli import main

pytestmark = pytest.mark.slow

CELLS = {
    "one": ['import centralasia\nfrom IPython.display import Markdown', 'word: str = "a"  # a word', 'Markdown("the title is " + centralasia.load("documents")["title"].iloc[0])'],
    "two": ['import centralasia', 'number: int = 1  # a number', 'len(centralasia.load("ties")) + number'],
}  # fmt: skip
SETTINGS = """
preload = ["pandas", "centralasia"]
[notebooks.one]
[notebooks.two]
[[runs]]
notebook = "one"
[[runs]]
notebook = "two"
"""


@pytest.fixture
def project(tmp_path, root):
    """A small collection of two notebooks with its own copy of the data."""
    folder = tmp_path / "notebooks"
    (folder / "site").mkdir(parents=True)
    shutil.copytree(root / "data", tmp_path / "data")
    (folder / "collection.toml").write_text(SETTINGS)
    (folder / "site" / "conf.py").write_text(
        'extensions = ["myst_nb"]\nnb_execution_mode = "off"\nexclude_patterns = ["downloads"]\nhtml_theme = "basic"\n'
    )
    (folder / "site" / "index.md").write_text("# Report\n\n```{toctree}\none\ntwo\ndata/codebook\ndata/sources\n```\n")
    for name, sources in CELLS.items():
        cells = [nbformat.v4.new_markdown_cell(f"# {name}", id="title")]
        cells += [nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
        cells[2].metadata["tags"] = ["parameters"]
        (folder / f"{name}.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))
    return tmp_path


def _arguments(project):
    return [
        "report",
        "--notebooks",
        str(project / "notebooks"),
        "--build",
        str(project / "build"),
        "--data",
        str(project / "data"),
    ]


@pytest.fixture
def report(project, capsys):
    """Makes the report in this process; returns the exit code and what was said of each run and of the report."""

    def make():
        capsys.readouterr()
        code = main(_arguments(project))
        lines = capsys.readouterr().out.splitlines()
        said = {
            line.partition(":")[0]: "unchanged" if "unchanged" in line else line.rpartition("(")[2].rstrip(")")
            for line in lines
        }
        return code, said

    return make


def _edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_only_what_has_changed_is_made_again(project, report, monkeypatch):
    assert report() == (0, {"one": "not made before", "two": "not made before", "report": "not made before"})
    unchanged = {"one": "unchanged", "two": "unchanged", "report": "unchanged"}
    assert report() == (0, unchanged)
    page = project / "build" / "site" / "one.html"

    _edit(project / "data" / "ties.csv", "Eternal Friendship treaty", "Another treaty")
    assert report() == (0, {"one": "unchanged", "two": "data/ties.csv changed", "report": "data/ties.csv changed"})
    _edit(
        project / "data" / "documents.csv",
        "Strategy for the formation of Kazakhstan",
        "Another strategy for Kazakhstan",
    )
    assert report() == (
        0,
        {"one": "data/documents.csv changed", "two": "unchanged", "report": "data/documents.csv changed"},
    )
    assert "Another strategy" in page.read_text(), "no stale result is served"
    _edit(project / "notebooks" / "one.ipynb", "the title is", "its title is")
    assert report()[1]["one"] == "one.ipynb changed"
    assert "its title is" in page.read_text()
    _edit(
        project / "notebooks" / "collection.toml",
        '[[runs]]\nnotebook = "two"',
        '[[runs]]\nnotebook = "two"\nparameters = { number = 7 }',
    )
    assert report() == (0, {"one": "unchanged", "two": "its parameters changed", "report": "collection.toml changed"})
    _edit(project / "notebooks" / "site" / "index.md", "# Report", "# The report")
    assert report() == (0, {"one": "unchanged", "two": "unchanged", "report": "the settings of the site changed"})
    (project / "build" / "notebooks" / "two.ipynb").unlink()
    assert report()[1]["two"] == "its result is missing or was changed"
    (project / "requirements.lock").write_text("pandas==9")
    assert report()[1] == dict.fromkeys(unchanged, "requirements.lock changed")
    monkeypatch.setattr(freshness, "_folder", lambda folder, pattern="*": "other code")
    assert report()[1]["one"] == "the package changed"
    assert report() == (0, unchanged)


def test_nothing_changed_imports_nothing_heavy(project, report, centralasia):
    assert report()[0] == 0
    done = centralasia(*_arguments(project), PYTHONPROFILEIMPORTTIME="1")
    assert done.stdout.count("unchanged") == 3
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "centralasia.running.freshness" in imported
    assert not imported & {"papermill", "sphinx", "frictionless", "nbformat", "matplotlib"}


def test_a_failed_run_leaves_the_report_and_the_others_finish(project, report, capsys):
    assert report()[0] == 0
    before = (project / "build" / "site" / "one.html").read_text()
    _edit(project / "notebooks" / "one.ipynb", '[\\"title\\"]', '[\\"nothing\\"]')
    _edit(project / "notebooks" / "two.ipynb", "+ number", "+ number + 1")
    assert main(_arguments(project)) == 1
    told = capsys.readouterr()
    kept = project / "build" / "notebooks" / "one.failed.ipynb"
    assert f"one: failed in cell 4 (cell-2): KeyError: 'nothing'; see {kept}" in told.err
    assert "two: " in told.out
    assert json.loads(kept.read_text())["nbformat"] == 4
    assert (project / "build" / "site" / "one.html").read_text() == before
    _edit(project / "notebooks" / "one.ipynb", '[\\"nothing\\"]', '[\\"title\\"]')
    code, said = report()
    assert (code, said["two"]) == (0, "unchanged")
    assert not kept.exists(), "a failure that is mended is cleared away"


def test_faulty_data_leave_the_report(project, report, capsys):
    assert report()[0] == 0
    before = (project / "build" / "site" / "index.html").read_text()
    _edit(project / "data" / "ties.csv", "KAZ-KGZ,1997", "KGZ-KAZ,1997")
    assert main(_arguments(project)) == 1
    assert "ties.csv, row 2, column pair" in capsys.readouterr().out
    assert (project / "build" / "site" / "index.html").read_text() == before


def _start(project, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "centralasia.running.cli", *_arguments(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def test_two_at_once_do_not_disturb_each_other(project):
    one, other = _start(project), _start(project)
    told = {p: (*p.communicate(), p.returncode) for p in (one, other)}
    codes = sorted(code for _, _, code in told.values())
    assert codes == [0, 2], told
    (refused,) = (err for _, err, code in told.values() if code == 2)
    assert "another report is being made there (process" in refused
    assert (project / "build" / "site" / "index.html").is_file()


def _whole(site):
    """The version that all pages of a report agree on."""
    found = {
        (site / page).read_text().partition("version ")[2].partition(".")[0] for page in ("index.html", "one.html")
    }
    (version,) = found
    return version


def test_killed_at_any_moment_the_last_report_stays_and_the_next_run_repairs(project, record_property):
    kills, seed = 30, 20200306
    choose = random.Random(seed)
    index, notebook, site = (
        project / "notebooks" / "site" / "index.md",
        project / "notebooks" / "one.ipynb",
        project / "build" / "site",
    )
    _edit(index, "# Report", "# Report\n\nversion 0.")
    _edit(notebook, "# one", "# one version 0.")
    assert _start(project).wait() == 0
    _edit(notebook, "version 0.", "version 0. again")
    start = time.monotonic()
    assert _start(project).wait() == 0
    took = time.monotonic() - start  # without the check of the data, which have not changed
    versions, wounded = set(), 0
    for version in range(1, kills + 1):
        for path in (index, notebook):
            path.write_text(path.read_text().replace(f"version {version - 1}.", f"version {version}."))
        process = _start(project)
        time.sleep(choose.uniform(0.05, 0.8) * took)
        wounded += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        versions.add(_whole(site))
    process = _start(project)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert _whole(site) == str(kills)
    assert len([p for p in (project / "build").iterdir() if p.name.startswith(".site-")]) == 1, (
        "what killed ones left is cleared"
    )
    assert wounded >= kills // 2, "most were killed while they worked"
    record_property("told", f"{kills} reports killed, {wounded} of them at work, {len(versions)} versions seen whole")


def test_a_full_disk_is_survived(project, report):
    assert report()[0] == 0
    site = project / "build" / "site"
    before = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    _edit(project / "notebooks" / "one.ipynb", "the title is", "x" * 60_000)
    process = _start(project, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)))
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.splitlines()[-1].startswith("centralasia: "), "one line, no traceback"
    assert {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()} == before
    assert report()[0] == 0
    assert "x" * 100 in (site / "one.html").read_text()
