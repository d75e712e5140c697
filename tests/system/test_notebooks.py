"""The committed notebooks keep the rules of the collection. nbval executes them; this looks at what is stored."""

import ast
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from notebookcollection.collection import find
from notebookcollection.running.notebook import clean

from conftest import ROOT  # isort: skip

PROJECT = find(ROOT / "notebooks")
NAMES = PROJECT.notebooks
CHAPTERS = [name for name in NAMES if name in {run.notebook for run in PROJECT.runs()}]
ANALYSIS = {"centralasia"}
COMPARED = ("text/plain", "text/markdown", "text/html", "image/svg+xml", "text/csv")


def _cells(name):
    return json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text())["cells"]


def _text(part):
    return "".join(part)


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_stored_clean_and_executed(name):
    path = ROOT / "notebooks" / f"{name}.ipynb"
    text = path.read_text()
    assert clean(nbformat.reads(text, as_version=4)) == text, "times, versions, paths or ids are stored"
    code = [c for c in _cells(name) if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == list(range(1, len(code) + 1))
    assert str(ROOT) not in text
    assert not re.search(r"/(home|root|Users)/|[A-Z]:\\\\", text)
    for cell in code:
        assert all(o["output_type"] != "error" and o.get("name") != "stderr" for o in cell["outputs"]), cell["id"]


def test_every_notebook_of_the_folder_is_in_the_collection():
    assert sorted(NAMES) == sorted(p.stem for p in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_built_as_a_notebook_of_the_collection(chapter):
    cells = _cells(chapter)
    assert _text(cells[0]["source"]).startswith("# ")
    kinds = [c["id"] for c in cells[:8]]
    assert kinds[1:4] == ["imports", "parameters", "check"]
    overview = chapter == "00_overview"  # all of it is answers, a finding under each heading
    assert ("together" if overview else "answer") in kinds
    headings = [line for c in cells if c["cell_type"] == "markdown" for line in _text(c["source"]).splitlines()]
    assert {"## Limits", "## Sources"} <= set(headings)
    assert overview or "## The answer" in headings
    assert sum(line.startswith("# ") for line in headings) == 1
    code = [c for c in cells if c["cell_type"] == "code"]
    for cell in code:
        assert len(_text(cell["source"]).splitlines()) <= 12, cell["id"]
    assert len({c["id"] for c in cells}) == len(cells)


def test_what_is_for_playing_is_small_and_says_so():
    (playing,) = set(NAMES) - set(CHAPTERS)
    cells = _cells(playing)
    assert [c["id"] for c in cells if c["cell_type"] == "code"] == ["imports", "parameters", "check", "answer"]
    assert "has no page in the report" in _text(cells[0]["source"])
    (output,) = (o for c in cells for o in c.get("outputs", []))
    assert set(output["data"]) == {"text/plain", "text/markdown"}, "no random ids are stored"
    assert "**" not in _text(output["data"]["text/plain"])


def test_imports_only_the_analysis(name):
    for cell in _cells(name):
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(_text(cell["source"]))):
                modules = (
                    [a.name for a in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
                for module in modules:
                    assert module == "notebookcollection.collection" or module.split(".")[0] in ANALYSIS, module
                    assert cell["id"] == "imports", f"{module} is imported in {cell['id']}"


def test_no_result_is_typed_by_hand(name):
    """Prose holds no places, shares, measured values or tallies; those are outputs of cells."""
    for cell in _cells(name):
        if cell["cell_type"] == "markdown":
            prose = re.sub(r"`[^`]*`|\[[^]]*\]\([^)]*\)|21st", "", _text(cell["source"]))
            found = re.findall(r"\d+\.\d+|\d+\s?%|\d+(?:st|nd|rd|th)\b|\d+ (?:of|out of) ", prose)
            assert not found, f"{cell['id']}: {found}"


def test_every_output_has_something_that_nbval_compares(name):
    for cell in _cells(name):
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text", "")})
            assert set(data) & set(COMPARED), cell["id"]
            assert not re.match(r"<.* at 0x", _text(data["text/plain"])), f"{cell['id']} shows an address"
            assert "image/png" not in data, "a figure is stored as SVG alone; the report makes its PNG"
            if "image/svg+xml" in data:
                assert len(_text(data["text/plain"])) > 60, f"the figure of {cell['id']} is not described"
                assert output["metadata"]["figure"]["caption"]


def test_no_table_cuts_its_text(name):
    for cell in _cells(name):
        for output in cell.get("outputs", []):
            assert not re.search(r"\.\.\.</t[dh]>", _text(output.get("data", {}).get("text/html", ""))), cell["id"]


@pytest.mark.slow
@pytest.mark.sweep
def test_nbval_compares_every_cell_that_has_output(tmp_path):
    """With every stored output falsified, nbval has to fail in every cell that has one: it compared them all.

    The cells show what was stored in them, which is quicker than to compute it and the same to nbval.
    """
    notebooks, falsified = [], {}
    for name in NAMES:
        notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text())
        code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        for i, cell in enumerate(code):
            shown = [output.get("data") or {"text/plain": output["text"]} for output in cell["outputs"]]
            # What a comment asks of nbval, as to ignore an output, is asked here too.
            asked = [line for line in _text(cell["source"]).splitlines() if line.lstrip().startswith("#")]
            cell["source"] = (
                "\n".join(asked)
                + f"\nfrom IPython.display import display\nfor data in {shown!r}:\n    display(data, raw=True)"
            )
            for output in cell["outputs"]:
                data = output.get("data", output)
                kind = "text/plain" if "data" in output else "text"
                data[kind] = "falsified " + _text(data[kind])
                falsified.setdefault(name, set()).add(i)
        notebooks.append(tmp_path / f"{name}.ipynb")
        notebooks[-1].write_text(json.dumps(notebook))
    told = _nbval(notebooks, tmp_path).stdout
    failed = {}
    for name, i in re.findall(r"^FAILED .*?(\w+)\.ipynb::Cell (\d+)", told, re.MULTILINE):
        failed.setdefault(name, set()).add(int(i))
    assert set(falsified) == set(NAMES)
    assert failed == falsified, told[-2000:]


@pytest.mark.slow
@pytest.mark.sweep
def test_nbval_passes_on_ordinary_kernels_too(tmp_path):
    """A notebook with figures and one with widgets; that all give the same bytes on them is shown by test_determinism."""
    paths = [ROOT / "notebooks" / f"{name}.ipynb" for name in ("01_priority_hierarchy", "explore")]
    done = _nbval(paths, tmp_path, JUPYTER_DEFAULT_PROVISIONER_NAME="local-provisioner")
    assert done.returncode == 0, done.stdout[-2000:]
    assert done.stdout.count("PASSED") > 20


def _nbval(paths, folder, **environment):
    """nbval on notebooks, as `make test` runs it, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-rA"]
    command += ["-c", "/dev/null", "--rootdir", str(folder), *map(str, paths)]
    environment = {**os.environ, **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder)
