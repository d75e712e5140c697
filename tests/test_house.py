"""Who may know whom, which types functions have: the rules of the house, held by the tools that state them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from centralasia import ROOMS

ROOT = Path(__file__).resolve().parents[1]
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def _lint(cwd, *arguments):
    command = [sys.executable, "-c", LINT, "--no-cache", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_imports_keep_the_contracts():
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def violations(folder):
    """Imports of the analysis in `folder` that no room may have: past a face, or of what shows a result by its measures."""
    script = f"import sys; sys.path.insert(0, {str(folder)!r}); import grimp, json; g = grimp.build_graph('centralasia', cache_dir=None)"
    script += "; print(json.dumps({m: sorted(g.find_modules_directly_imported_by(m)) for m in sorted(g.modules)}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    imports, found = json.loads(done.stdout), []
    for importer, others in imports.items():
        for imported in others:
            room = imported.split(".")[1] if imported.count(".") > 1 else None
            if room in ROOMS and importer.split(".")[1:2] != [room]:
                found.append(f"{importer} imports {imported}: allowed is its face, centralasia.{room}")
    for room in ROOMS:
        own, reached = f"centralasia.{room}.", [f"centralasia.{room}.measures"]
        for module in reached:
            reached += [n for n in imports.get(module, []) if n.startswith(own) and n not in reached]
            shows = module.endswith((".tables", ".figures", ".sentences"))
            if shows or any(other.startswith("centralasia.figures") for other in imports.get(module, [])):
                found.append(f"{room}: what measures reaches {module}, which shows results")
    return found


def test_rooms_use_the_faces_of_others_and_their_own_measures():
    assert not violations(ROOT / "src")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("datacontract/errors.py", "import notebookcollection", "knows neither notebooks nor a region"),
        ("datacontract/errors.py", "import centralasia.dates", "knows neither notebooks nor a region"),
        ("notebookcollection/parameters.py", "from centralasia import dates", "knows no region"),
        ("centralasia/ties/measures.py", "import notebookcollection.parameters", "does not know what runs it"),
        ("centralasia/dates.py", "from centralasia import ties", "a room knows only rooms below it"),
        ("centralasia/hierarchy/measures.py", "from centralasia import ties", "a room knows only rooms below it"),
        ("centralasia/ties/measures.py", "from centralasia import pairs", "a room knows only rooms below it"),
        ("centralasia/pairs/measures.py", "from centralasia.ties.measures import level_at", "allowed is its face, centralasia.ties"),
        ("centralasia/ties/measures.py", "from centralasia.ties import figures", "what measures reaches"),
        ("centralasia/votes/measures.py", "from centralasia.votes import sets", "No circles"),
        ("datacontract/errors.py", "from datacontract import check", "No circles"),
    ],
)  # fmt: skip
def test_each_rule_is_seen_broken(tmp_path, file, line, broken):
    """A copy of the sources with one import too many breaks just the rule that forbids it, and maybe its kin."""
    import shutil

    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "src" / file
    path.write_text(f"{path.read_text()}\n\nif True:\n    {line}\n")
    script = f"import sys; sys.path.insert(0, {str(tmp_path / 'src')!r}); {LINT}"
    done = subprocess.run([sys.executable, "-c", script, "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    rows = [row for row in done.stdout.splitlines() if "BROKEN" in row] + violations(tmp_path / "src")
    assert any(broken in row for row in rows), rows or done.stdout


@pytest.mark.slow
def test_types_are_right():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_every_line_of_what_survives_what_has_its_test():
    page = (ROOT / "notebooks" / "site" / "many_runs.md").read_text()
    table = page.partition("## What survives what")[2].partition("\n## ")[0]
    named = re.findall(r"^\|.*\| `(test_\w+)` \|$", table, re.MULTILINE)
    assert len(named) == sum(line.startswith("|") for line in table.splitlines()) - 2 > 15
    there = {
        found for path in (ROOT / "tests").rglob("*.py") for found in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert set(named) <= there
