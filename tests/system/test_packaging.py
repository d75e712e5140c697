"""The three lists of dependencies, the Makefile and the papers of the project say the same."""

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# The few packages that conda-forge names otherwise.
_CONDA = {"matplotlib-base": "matplotlib"}
_CARD = {"jupyterlab", "pandas", "matplotlib", "papermill", "nbval", "pytest"}


@pytest.fixture(scope="module")
def declared(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())
    lists = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    lists += project["dependency-groups"].values()
    return {canonicalize_name(r.name): r.specifier for text in lists for r in map(Requirement, text)}


def _locked(root):
    text = (root / "requirements.lock").read_text()
    return {canonicalize_name(n): v for n, v in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE)}


def test_environment_and_project_name_the_same(root, declared):
    listed = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    conda = {}
    for entry in [*listed, *listed[-1]["pip"]]:
        if isinstance(entry, str) and not entry.startswith("--"):
            name, bound, version = entry.partition(">=")
            conda[canonicalize_name(_CONDA.get(name, name))] = bound + version
    assert conda.pop("python") == ">=3.11"
    assert conda.pop("pip") == ""
    assert conda == {name: str(specifier) for name, specifier in declared.items()}


@pytest.mark.slow
def test_pip_takes_its_part_of_the_environment(root, tmp_path):
    """conda hands these lines to pip as a file, where fewer options stand than on its command line."""
    lines = yaml.safe_load((root / "environment.yml").read_text())["dependencies"][-1]["pip"]
    (tmp_path / "requirements.txt").write_text("\n".join(lines))
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-build-isolation"]
    done = subprocess.run([*command, "-r", tmp_path / "requirements.txt"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_lock_holds_what_is_declared(root, declared):
    locked = _locked(root)
    for name, specifier in declared.items():
        assert name in locked, f"requirements.lock lacks {name}: make lock"
        assert specifier.contains(locked[name]), f"requirements.lock has {name} {locked[name]}, not {specifier}"


def test_the_card_is_kept(root, declared):
    assert set(declared) >= _CARD
    for name in ("notebooks", "data", "src", "tests", "environment.yml", "README.md"):
        assert (root / name).exists(), name


def test_every_locked_package_has_hashes_and_no_index(root):
    text = (root / "requirements.lock").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(_locked(root)), "one version for every Python, so that results are the same on each"
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|--(extra-)?index|--find", text)


_PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|0BSD|CC0|HPND|MPL|Mozilla Public License|Public Domain)\b"
    r"|Permission is hereby granted, free of charge"
)


def _licence(package):
    """What a package says of its licence: an SPDX expression, classifiers, a line, or its licence file."""
    said = package.metadata
    classifiers = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License :: ")]
    files = [file for file in package.files or () if file.name == "LICENSE"]
    return said.get("License-Expression") or "; ".join(classifiers) or said.get("License") or files[0].read_text()


@pytest.mark.slow
def test_every_licence_is_permissive_or_named(root):
    """A package that asks more than to be named is in the section on licences of ARCHITECTURE.md."""
    named = (root / "ARCHITECTURE.md").read_text().partition("## Licences")[2]
    locked = _locked(root)
    installed = {canonicalize_name(package.name): package for package in metadata.distributions()}
    for name in locked.keys() & installed.keys():
        licence = _licence(installed[name])
        assert (_PERMISSIVE.search(licence) and "GPL" not in licence) or f"| {name} |" in named, f"{name}: {licence}"
    assert len(locked.keys() & installed.keys()) > 0.9 * len(locked)  # the others are for other systems


@pytest.mark.slow
@pytest.mark.sweep
def test_the_list_of_parts_names_every_package_with_its_licence(root, tmp_path):
    """The command of `make sbom`."""
    done = subprocess.run(["make", "--dry-run", "sbom"], cwd=root, capture_output=True, text=True, check=True)
    (command,) = [line for line in done.stdout.splitlines() if "cyclonedx-py" in line]
    words = command.split()[1:]
    words[words.index("--output-file") + 1] = str(tmp_path / "sbom.json")
    words[-1] = sys.executable
    subprocess.run([sys.executable, "-m", "cyclonedx_py", *words], cwd=root, check=True, capture_output=True)
    listed = json.loads((tmp_path / "sbom.json").read_text())
    assert listed["metadata"]["component"]["name"] == "centralasia"
    parts = {canonicalize_name(part["name"]): part for part in listed["components"]}
    installed = {canonicalize_name(package.name): package.version for package in metadata.distributions()}
    assert {name: part["version"] for name, part in parts.items()} == {n: v for n, v in installed.items() if n in parts}
    assert set(_locked(root)) & set(installed) <= set(parts)
    assert sum("licenses" in part for part in parts.values()) > 0.95 * len(parts)


def test_the_code_is_in_order(root):
    for command in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "src", "tests", "notebooks/site"],
            cwd=root,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_make_help_lists_every_verb(root):
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=root, capture_output=True, text=True, check=True
    )
    verbs = [line.split()[1] for line in done.stdout.splitlines()]
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert verbs == phony
    assert {"report", "test", "check", "lab", "regenerate", "bench", "help"} <= set(verbs)


def test_version_and_authors_agree(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text())
    import centralasia

    package = json.loads((root / "data" / "datapackage.json").read_text())
    assert project["version"] == citation["version"] == centralasia.__version__
    authors = {citation["authors"][0]["name"], project["authors"][0]["name"], package["contributors"][0]["title"]}
    assert authors == {"the centralasia contributors"}
    heading = f"## {project['version']} ({citation['date-released']}), data {package['version']}"
    assert heading in (root / "CHANGELOG.md").read_text()


def test_the_readme_leads_to_everything_and_is_short(root):
    text = (root / "README.md").read_text()
    for command in ("make report", "make test"):
        assert command in text
    for address in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (root / address).exists(), address
    assert len(text.splitlines()) < 110


def test_the_architecture_has_every_room_and_every_dependency(root):
    text = (root / "ARCHITECTURE.md").read_text()
    for room in (path.parent.name for path in (root / "src" / "centralasia").glob("*/__init__.py")):
        assert room in text, room
    for dependency in tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]:
        assert re.split(r"[><=]", dependency)[0] in text, dependency


@pytest.mark.slow
def test_a_checkout_is_installed_by_the_command_of_the_readme(root, tmp_path):
    """In Colab or VS Code notebooks find no `centralasia` otherwise."""
    (command,) = re.findall(r"`(pip install -e \.)`", (root / "README.md").read_text())
    away = ["--target", tmp_path, "--no-deps", "--no-index", "--no-build-isolation"]
    done = subprocess.run([sys.executable, "-m", *command.split(), *away], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    asked = "import site, sys; site.addsitedir(sys.argv[1]); import centralasia; print(centralasia.__file__)"
    found = subprocess.run([sys.executable, "-I", "-S", "-c", asked, tmp_path], capture_output=True, text=True)
    assert found.stdout.strip() == str(root / "src" / "centralasia" / "__init__.py"), found.stderr
