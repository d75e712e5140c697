"""The report of the committed notebooks, rendered once for all tests and all processes that run them.

As a script, ``python built_report.py ROOT TARGET``, it renders that of another copy of the project.
"""

import fcntl
import os
import sys
from pathlib import Path

import pytest

import centralasia  # noqa: F401  which names the data of a collection that has none of its own
from notebookcollection.collection import find
from notebookcollection.publishing import site

ROOT = Path(__file__).resolve().parents[1]


def render(root, target):
    """Renders the report as `make report` does, from the stored notebooks."""
    project = find(root / "notebooks")
    site.render({run.name: project.path(run.notebook) for run in project.runs()}, project, target)
    return target


def one_page_each(project):
    """The runs of the collection with one pair and one state, as the pages of all pairs come from one notebook."""
    chosen = ("pair_KAZ-TKM", "state_KAZ")
    return [run for run in project.runs() if not run.name.startswith(("pair_", "state_")) or run.name in chosen]


@pytest.fixture(scope="session")
def built(root, tmp_path_factory):
    """The folder of the rendered report; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own in the one they share
        base = base.parent
    target = base / "report" / "site"
    target.parent.mkdir(exist_ok=True)
    with open(base / "report.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return target if target.exists() else render(root, target)


if __name__ == "__main__":
    render(*map(Path, sys.argv[1:]))
