"""The same bytes in another folder, home, time zone, language, hash seed, with another number of jobs and other kernels."""

import os
import shutil
import subprocess
import sys

import built_report
import pytest

pytestmark = pytest.mark.slow

ORDINARY = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "local-provisioner"}  # not forked from one that is warm
ODD = [
    {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LANG": "kk_KZ.UTF-8", "LC_ALL": "kk_KZ.UTF-8", "PYTHONHASHSEED": "4242", **ORDINARY},
]
JOBS = [1, 3]


@pytest.fixture(scope="module")
def folders(root, tmp_path_factory):
    """Two copies of the collection, regenerated and rendered at the same time in different surroundings."""
    made, processes = [], []
    for surroundings, jobs in zip(ODD, JOBS, strict=True):
        folder = tmp_path_factory.mktemp("copy") / ("deep" * jobs)
        shutil.copytree(root / "notebooks", folder / "notebooks")
        for name in ("README.md", "CONTRIBUTING.md", "CITATION.cff"):
            shutil.copy(root / name, folder)
        (folder / "home").mkdir()
        python = f'"{sys.executable}"'
        script = (
            f"{python} -m centralasia.cli regenerate --jobs {jobs} && {python} {built_report.__file__} . build/site"
        )
        env = {**os.environ, "HOME": str(folder / "home"), **surroundings}
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        processes.append(subprocess.Popen(script, shell=True, cwd=folder, env=env, **output))
        made.append(folder)
    for process in processes:
        told, _ = process.communicate()
        assert process.returncode == 0, told
    return made


def _files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_regenerating_changes_no_byte_of_what_is_committed(folders, root):
    committed = _files(root / "notebooks")
    for folder in folders:
        fresh = _files(folder / "notebooks")
        assert [str(name) for name in committed if fresh[name] != committed[name]] == []
        assert (folder / "README.md").read_bytes() == (root / "README.md").read_bytes()


def test_the_report_is_the_same_to_the_byte(folders):
    one, other = (_files((folder / "build" / "site").resolve()) for folder in folders)
    assert set(one) == set(other)
    assert [str(name) for name in one if one[name] != other[name]] == []
    assert sum(name.suffix == ".html" for name in one) > 10


def test_nothing_tells_where_or_when_it_was_made(folders):
    for folder in folders:
        for name, content in _files((folder / "build" / "site").resolve()).items():
            assert str(folder).encode() not in content, name
            assert str(folder / "home").encode() not in content, name
