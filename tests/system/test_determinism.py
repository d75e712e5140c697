"""The same bytes in another folder, home, time zone, language, hash seed, with another number of jobs and other kernels.

What is compared with was made in the surroundings of the tests: the notebooks as they are committed, and their report,
which the tests of the site use, too.
"""

import os
import shutil
import subprocess
import sys

import built_report
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sweep]

REGENERATING = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "kk_KZ.UTF-8",
    "LC_ALL": "kk_KZ.UTF-8",
    "PYTHONHASHSEED": "4242",
    "JUPYTER_DEFAULT_PROVISIONER_NAME": "local-provisioner",  # ordinary kernels, not forked from one that is warm
}
RENDERING = {"TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
JOBS = 3


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """A copy of the collection, regenerated and rendered in other surroundings."""
    folder = tmp_path_factory.mktemp("copy") / "deep"
    shutil.copytree(root / "notebooks", folder / "notebooks")
    for name in ("README.md", "CONTRIBUTING.md", "CITATION.cff"):
        shutil.copy(root / name, folder)
    (folder / "home").mkdir()
    regenerate = [sys.executable, "-m", "centralasia.cli", "regenerate", "--jobs", str(JOBS)]
    render = [sys.executable, built_report.__file__, ".", "build/site"]
    for command, surroundings in ((regenerate, REGENERATING), (render, RENDERING)):
        env = {**os.environ, "HOME": str(folder / "home"), **surroundings}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_regenerating_changes_no_byte_of_what_is_committed(copy, root):
    committed, fresh = _files(root / "notebooks"), _files(copy / "notebooks")
    assert [str(name) for name in committed if fresh[name] != committed[name]] == []
    assert (copy / "README.md").read_bytes() == (root / "README.md").read_bytes()


def test_the_report_is_the_same_to_the_byte(copy, built):
    here, there = _files(built.resolve()), _files((copy / "build" / "site").resolve())
    assert set(here) == set(there)
    assert [str(name) for name in here if here[name] != there[name]] == []
    assert sum(name.suffix == ".html" for name in here) > 10


def test_nothing_tells_where_or_when_it_was_made(copy):
    for name, content in _files((copy / "build" / "site").resolve()).items():
        assert str(copy).encode() not in content, name
        assert str(copy / "home").encode() not in content, name
