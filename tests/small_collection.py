"""A small collection of two notebooks with its own copy of the data, and how to make its report."""

import shutil
import subprocess
import sys

import nbformat
import pytest

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


def start(project, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "centralasia.cli", *arguments(project)],
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
