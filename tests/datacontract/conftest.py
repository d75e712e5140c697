"""A small sound data folder, since all the data take seconds to check."""

import csv
import json
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
    "partner_trade": lambda row: row[0] == "KAZ" and row[2] == "2019",
    "joint_memberships": lambda row: row[0] == "KAZ" and row[1] < "M",
    "speech_likeness": lambda row: row[0] == "C5",
    "speech_pairs": lambda row: row[0] == "KAZ" and row[1] < "M",
    "speech_partners": lambda row: row[0] == "KAZ" and row[1] > "2010",
    "speech_themes": lambda row: row[0] == "KAZ" and row[1] > "2015",
    "speeches": lambda row: row[0] == "KAZ",
}


def _cut(path, kept):
    """Leaves the header of a table and the rows for which `kept` is true."""
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = zip(lines, csv.reader(lines), strict=True)  # since no cell breaks a line
    path.write_text(header + "".join(line for line, cells in rows if kept(cells)), encoding="utf-8")


def _used_sources(folder):
    """The keys of sources that the contract or a row of another table names."""
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    used = {source["key"] for resource in resources for source in resource.get("sources", []) if "key" in source}
    for resource in (resource for resource in resources if "schema" in resource):
        named = [f["name"] for f in resource["schema"]["fields"] if f.get("reference", {}).get("resource") == "sources"]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            used |= {key for row in csv.DictReader(file) for column in named for key in row[column].split(";")}
    return used


@pytest.fixture(scope="session")
def small_data(root, tmp_path_factory):
    """A sound part of the data, which nobody may change: take `small_copy` for that."""
    folder = shutil.copytree(root / "data", tmp_path_factory.mktemp("small") / "data")
    for name, kept in KEPT.items():
        _cut(folder / f"{name}.csv", kept)
    used = _used_sources(folder)
    _cut(folder / "sources.csv", lambda row: row[0] in used)
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
