"""A small sound data folder, so that hundreds of copies can be checked."""

import shutil

import pytest

from centralasia import using
from datacontract.check import check


@pytest.fixture(scope="session")
def small_data(part_of_data):
    """A sound part of the data, which nobody may change: take `small_copy` for that."""
    return part_of_data()


@pytest.fixture
def small_copy(small_data, tmp_path):
    """A copy of the small data."""
    return shutil.copytree(small_data, tmp_path / "small")


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
