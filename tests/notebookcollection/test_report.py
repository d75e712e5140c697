"""The report is made again when, and only when, something that it rests on has changed, and never left half made."""

import json
import os
import re
import resource
import shutil
import signal
import time

import pytest
from small_collection import arguments, edit, make, start

from centralasia.cli import main
from notebookcollection import freshness
from notebookcollection.publishing import site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reported(root, tmp_path_factory):
    """A small collection and its report; not to be changed."""
    folder = make(tmp_path_factory.mktemp("reported"), root)
    assert main(arguments(folder)) == 0
    return folder


@pytest.fixture
def project(reported, tmp_path):
    """A copy of the small collection, whose report has been made."""
    return shutil.copytree(reported, tmp_path / "project", symlinks=True)


@pytest.fixture
def report(project, capsys):
    """Makes the report in this process; returns the exit code and what was said of each run and of the report."""

    def make():
        capsys.readouterr()
        code = main([*arguments(project), "--json"])
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, {entry["name"]: entry.get("why", entry["state"]) for entry in told}

    return make


def test_only_what_has_changed_is_made_again(project, report, monkeypatch):
    shutil.rmtree(project / "build")
    assert report() == (0, {"one": "not made before", "two": "not made before", "report": "not made before"})
    unchanged = {"one": "unchanged", "two": "unchanged", "report": "unchanged"}
    versions = freshness.versions
    assert report() == (0, unchanged)
    page = project / "build" / "site" / "one.html"

    edit(project / "data" / "ties.csv", "Eternal Friendship treaty", "Another treaty")
    assert report() == (0, {"one": "unchanged", "two": "data/ties.csv changed", "report": "data/ties.csv changed"})
    edit(
        project / "data" / "documents.csv",
        "Strategy for the formation of Kazakhstan",
        "Another strategy for Kazakhstan",
    )
    assert report() == (
        0,
        {"one": "data/documents.csv changed", "two": "unchanged", "report": "data/documents.csv changed"},
    )
    assert "Another strategy" in page.read_text(), "no stale result is served"
    edit(project / "notebooks" / "one.ipynb", "the title is", "its title is")
    assert report()[1]["one"] == "one.ipynb changed"
    assert "its title is" in page.read_text()

    # Why it is rendered is what is asked from here on; how, test_site asks.
    render, rendered = site.render, []
    monkeypatch.setattr(site, "render", lambda *given: rendered.append(given))
    edit(
        project / "notebooks" / "collection.toml",
        '[[runs]]\nnotebook = "two"',
        '[[runs]]\nnotebook = "two"\nparameters = { number = 7 }',
    )
    assert report() == (0, {"one": "unchanged", "two": "its parameters changed", "report": "collection.toml changed"})
    edit(project / "notebooks" / "site" / "index.md", "# Report", "# The report")
    assert report() == (0, {"one": "unchanged", "two": "unchanged", "report": "the settings of the site changed"})
    (project / "build" / "notebooks" / "two.ipynb").unlink()
    assert report()[1]["two"] == "its result is missing or was changed"
    monkeypatch.setattr(freshness, "versions", lambda names: versions(names) | {"ipython": "9.99"})
    assert report()[1] == dict.fromkeys(unchanged, "ipython changed")
    monkeypatch.setattr(freshness, "versions", versions)
    assert report()[1] == dict.fromkeys(unchanged, "ipython changed"), "also back to what it was"
    (project / "requirements.lock").write_text("pandas==9")
    assert report()[1] == dict.fromkeys(unchanged, "requirements.lock changed")
    found = freshness.code
    monkeypatch.setattr(freshness, "code", lambda names: found(names) | {"datacontract/contract.py": "other code"})
    assert report()[1] == dict.fromkeys(unchanged, "datacontract/contract.py changed")
    monkeypatch.setattr(freshness, "code", lambda names: found(names) | {"notebookcollection/publishing/site.py": "it"})
    reasons = {"one": "datacontract/contract.py changed", "two": "datacontract/contract.py changed"}
    assert report()[1] == reasons | {"report": "datacontract/contract.py changed"}
    monkeypatch.setattr(freshness, "code", found)
    assert report()[1]["report"] == "notebookcollection/publishing/site.py changed"
    assert len(rendered) == 8, "each time but one, in which the result was the same"
    monkeypatch.setattr(site, "render", render)
    monkeypatch.setenv("CENTRALASIA_LANGUAGE", "ru")
    assert report()[1] == dict.fromkeys(unchanged, "not made before"), "in a folder of its own"
    assert (project / "build" / "ru" / "site" / "one.html").is_file()
    assert report() == (0, unchanged)
    monkeypatch.delenv("CENTRALASIA_LANGUAGE")
    assert report() == (0, unchanged)


def test_a_report_in_several_languages(project, report):
    edit(project / "notebooks" / "collection.toml", "packages", 'languages = ["ru"]\npackages')
    conf = project / "notebooks" / "site" / "conf.py"
    conf.write_text("import os\n\nlanguage = os.environ['CENTRALASIA_LANGUAGE']\n" + conf.read_text())
    assert report()[0] == 0
    site = project / "build" / "site"
    for page, language in (("one.html", "en"), ("ru/one.html", "ru")):
        assert f'lang="{language}"' in (site / page).read_text(), page
    assert report() == (0, {"one": "unchanged", "two": "unchanged", "report": "unchanged"})
    edit(project / "notebooks" / "one.ipynb", "the title is", "its title is")
    assert report()[0] == 0
    assert all("its title is" in (site / page).read_text() for page in ("one.html", "ru/one.html"))


def test_nothing_changed_imports_nothing_heavy(project, report, centralasia):
    assert report()[0] == 0
    done = centralasia(*arguments(project), PYTHONPROFILEIMPORTTIME="1")
    assert done.stdout.count("unchanged") == 3
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "notebookcollection.freshness" in imported
    assert not imported & {"papermill", "sphinx", "frictionless", "nbformat", "matplotlib"}


def test_a_failed_run_leaves_the_report_and_the_others_finish(project, report, capsys):
    assert report()[0] == 0
    before = (project / "build" / "site" / "one.html").read_text()
    edit(project / "notebooks" / "one.ipynb", '[\\"title\\"]', '[\\"nothing\\"]')
    edit(project / "notebooks" / "two.ipynb", "+ number", "+ number + 1")
    assert main(arguments(project)) == 1
    told = capsys.readouterr()
    kept = project / "build" / "notebooks" / "one.failed.ipynb"
    assert f"one: failed in cell 4 (cell-2): KeyError: 'nothing'; see {kept}" in told.err
    assert "two: " in told.out
    assert json.loads(kept.read_text())["nbformat"] == 4
    assert (project / "build" / "site" / "one.html").read_text() == before
    edit(project / "notebooks" / "one.ipynb", '[\\"nothing\\"]', '[\\"title\\"]')
    code, said = report()
    assert (code, said["two"]) == (0, "unchanged")
    assert not kept.exists(), "a failure that is mended is cleared away"


def test_faulty_data_leave_the_report(project, report, capsys):
    assert report()[0] == 0
    before = (project / "build" / "site" / "index.html").read_text()
    edit(project / "data" / "ties.csv", "KAZ-KGZ,1997", "KGZ-KAZ,1997")
    assert main(arguments(project)) == 1
    assert re.search(r"^data: ties.csv, row \d+, column pair", capsys.readouterr().err, re.MULTILINE)
    assert (project / "build" / "site" / "index.html").read_text() == before


def test_two_at_once_do_not_disturb_each_other(project):
    shutil.rmtree(project / "build")
    one, other = start(project), start(project)
    told = {p: (*p.communicate(), p.returncode) for p in (one, other)}
    codes = sorted(code for _, _, code in told.values())
    assert codes == [0, 2], told
    (refused,) = (err for _, err, code in told.values() if code == 2)
    assert "another report is being made there" in refused
    assert (project / "build" / "site" / "index.html").is_file()


def test_an_interrupted_report_ends_soon_and_the_next_goes_on(project, report):
    assert report()[0] == 0
    page = project / "build" / "site" / "one.html"
    before = page.read_text()
    edit(project / "notebooks" / "one.ipynb", "the title is", "its title is")
    edit(project / "notebooks" / "two.ipynb", "import centralasia", "import time, centralasia; time.sleep(3)")
    process = start(project)
    (project / "build" / "notebooks" / "one.ipynb").unlink()
    while not (project / "build" / "notebooks" / "one.ipynb").exists():
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(0.2)  # until it has counted what it has written
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130, err
    told = "interrupted by SIGINT: 1 of 2 notebooks finished and kept; the last report is as it was"
    assert err == f"centralasia: {told}\n"
    assert "Traceback" not in err
    assert page.read_text() == before
    assert report()[1] == {"one": "unchanged", "two": "two.ipynb changed", "report": "one changed"}


def test_a_full_disk_is_survived(project, report):
    assert report()[0] == 0
    site = project / "build" / "site"
    before = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    edit(project / "notebooks" / "one.ipynb", "the title is", "x" * 60_000)
    process = start(project, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)))
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.splitlines()[-1].startswith("centralasia: "), "one line, no traceback"
    assert {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()} == before
    assert report()[0] == 0
    assert "x" * 100 in (site / "one.html").read_text()
