"""A small collection of two notebooks with its own data, and how to make its report."""

import csv
import json
import os
import subprocess
import sys

import nbformat
import pytest

CELLS = {
    "one": ['import centralasia\nfrom IPython.display import Markdown', 'word: str = "a"  # a word', 'Markdown("the title is " + centralasia.load("documents")["title"].iloc[0])'],
    "two": ['import centralasia', 'number: int = 1  # a number', 'len(centralasia.load("ties")) + number'],
}  # fmt: skip
SETTINGS = """
packages = ["centralasia"]
preload = ["pandas", "centralasia"]
[notebooks.one]
[notebooks.two]
[[runs]]
notebook = "one"
[[runs]]
notebook = "two"
"""
TABLES = ("sources", "actors", "documents", "ties", "labels")


def _some_data(origin, folder):
    """A data folder with some of the tables and the sources behind them, since all take seconds to check and render."""
    folder.mkdir()
    package = json.loads((origin / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    package["resources"] = [resources[name] for name in TABLES]
    resources["labels"]["schema"]["labels"][0]["kinds"] = {}  # the codes of other tables
    package.pop("verification", None)  # which is about another
    (folder / "datapackage.json").write_text(json.dumps(package))
    rows = {name: list(csv.DictReader((origin / f"{name}.csv").open(encoding="utf-8", newline=""))) for name in TABLES}
    rows["labels"] = [row for row in rows["labels"] if row["kind"] == "actor"][:3]
    used = {key for table in rows.values() for row in table for key in row.get("source", "").split(";")}
    rows["sources"] = [row for row in rows["sources"] if row["source_key"] in used]
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)


@pytest.fixture
def project(tmp_path, root):
    """A small collection of two notebooks with its own data."""
    return make(tmp_path, root)


def make(project, root):
    """Lays out a small collection in a folder."""
    folder = project / "notebooks"
    (folder / "site").mkdir(parents=True)
    _some_data(root / "data", project / "data")
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
    return project


def arguments(project):
    return [
        "report",
        "--notebooks",
        str(project / "notebooks"),
        "--build",
        str(project / "build"),
        "--data",
        str(project / "data"),
    ]


def environment(**more):
    """The environment of a user, without what the tests set to have warm kernels of their own."""
    hidden = ("JUPYTER_DEFAULT_PROVISIONER_NAME", "WARM_KERNEL_PRELOAD")
    return {name: value for name, value in os.environ.items() if name not in hidden} | more


def start(project, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "centralasia.cli", *arguments(project)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def edit(path, old, new):
    """Replaces the first place of a text in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
