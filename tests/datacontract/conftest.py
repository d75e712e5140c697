"""A small sound data folder, since all the data take seconds to check."""

import csv
import shutil

import pytest

from centralasia import using
from datacontract.check import check

# Large tables are cut to a part that is whole in itself, so that hundreds of copies can be checked.
KEPT = {
    "unga_dyads": lambda row: row[0] == "KAZ" and row[1] < "M",
    "unga_groups": lambda row: row[0] == "C5" and row[1] >= "2010",
    "indicators": lambda row: row[2] == "gdp_pc_ppp",
    "trade": lambda row: row[2] == "2020",
    "unga_ideal_points": lambda row: row[0].startswith("K"),
    "agenda": lambda row: row[0] == "cm-2018",
    "commitments": lambda row: row[0].startswith("kaz-"),
    "codings": lambda row: row[2] == "cm-2018" or row[2].startswith(("kaz-20", "kaz-tkm-")),
    "labels": lambda row: row[0] in ("actor", "level"),
}


@pytest.fixture(scope="session")
def small_data(root, tmp_path_factory):
    """A sound part of the data, which nobody may change: take `small_copy` for that."""
    folder = shutil.copytree(root / "data", tmp_path_factory.mktemp("small") / "data")
    for name, kept in KEPT.items():
        path = folder / f"{name}.csv"
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = zip(lines, csv.reader(lines), strict=True)  # since no cell breaks a line
        path.write_text(header + "".join(line for line, cells in rows if kept(cells)), encoding="utf-8")
    return folder


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
