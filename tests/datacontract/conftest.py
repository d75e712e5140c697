"""A small sound data folder, so that hundreds of copies can be checked."""

import shutil

import pytest

from centralasia import using
from datacontract.caches import file_state
from datacontract.check import check


@pytest.fixture(scope="session")
def small_data(part_of_data):
    """A sound part of the data, which nobody may change: take `small_copy` for that."""
    return part_of_data()


@pytest.fixture(scope="session")
def lent_copy(small_data, tmp_path_factory):
    """One copy for all tests, since to make another takes longer than most of them."""
    return shutil.copytree(small_data, tmp_path_factory.mktemp("lent") / "data")


@pytest.fixture
def small_copy(small_data, lent_copy):
    """A copy of the small data, which a test may change: it is as it was for the next one."""
    before = {path: file_state(path) for path in lent_copy.iterdir()}
    yield lent_copy
    for path in lent_copy.iterdir():
        if path not in before:
            path.unlink()
    for path, state in before.items():
        if not path.is_file() or file_state(path) != state:
            path.unlink(missing_ok=True)
            shutil.copy2(small_data / path.name, path)


@pytest.fixture
def edit_small(small_copy):
    """Replaces text in a file of a copy of the small data and returns the folder."""

    def replace(file, old, new):
        path = small_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return small_copy

    return replace


@pytest.fixture
def messages():
    """What is wrong with a folder, one line a fault."""

    def found(folder, tables=None):
        with using(folder):
            return [str(fault) for fault in check(tables)]

    return found
