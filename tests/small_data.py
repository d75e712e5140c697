"""Parts of the data that are sound in themselves, since all the data take a second to check and to copy."""

import csv
import functools
import json
import shutil

import pytest

# Which rows of a large table are a part that is whole in itself
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
def part_of_data(root, tmp_path_factory):
    """Gives a sound part of the data in which some tables are as they are, and the other large ones are cut.

    Nobody may change it.
    """

    @functools.cache
    def part(*whole):
        folder = shutil.copytree(root / "data", tmp_path_factory.mktemp("part") / "data")
        for name, kept in KEPT.items():
            if name not in whole:
                _cut(folder / f"{name}.csv", kept)
        used = _used_sources(folder)
        _cut(folder / "sources.csv", lambda row: row[0] in used)
        return folder

    return part
