"""The same bytes in another folder, home, time zone, language, hash seed, and with another number of jobs."""

import os
import shutil
import subprocess
import sys

import built_report
import pytest

pytestmark = pytest.mark.slow

# What is committed, and the report that all tests share, were made in the usual surroundings; these are not.
ODD = {"TZ": "Pacific/Kiritimati", "LANG": "kk_KZ.UTF-8", "LC_ALL": "kk_KZ.UTF-8", "PYTHONHASHSEED": "4242"}
JOBS = str((os.cpu_count() or 1) + 1)


@pytest.fixture(scope="module")
def odd(root, tmp_path_factory):
    """A copy of the collection, regenerated and rendered in odd surroundings."""
    folder = tmp_path_factory.mktemp("copy") / "deep" / "deeper"
    shutil.copytree(root / "notebooks", folder / "notebooks")
    for name in ("README.md", "CONTRIBUTING.md", "CITATION.cff"):
        shutil.copy(root / name, folder)
    (folder / "home").mkdir()
    env = {**os.environ, "HOME": str(folder / "home"), **ODD}
    for command in (
        ["-m", "centralasia.cli", "regenerate", "--jobs", JOBS],
        [built_report.__file__, ".", "build/site"],
    ):
        done = subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_regenerating_changes_no_byte_of_what_is_committed(odd, root):
    committed, fresh = _files(root / "notebooks"), _files(odd / "notebooks")
    assert [str(name) for name in committed if fresh[name] != committed[name]] == []
    assert (odd / "README.md").read_bytes() == (root / "README.md").read_bytes()


def test_the_report_is_the_same_to_the_byte(odd, built):
    one, other = (_files(site.resolve()) for site in (odd / "build" / "site", built))
    assert set(one) == set(other)
    assert [str(name) for name in one if one[name] != other[name]] == []
    assert sum(name.suffix == ".html" for name in one) > 10


def test_nothing_tells_where_or_when_it_was_made(odd):
    for name, content in _files((odd / "build" / "site").resolve()).items():
        assert str(odd).encode() not in content, name
