"""Whatever stands in a data folder: the check gives faults or a refusal of one line, and a mend loses nothing."""

import csv
import json
import shutil
import subprocess
import sys

import pytest
from fuzz import assert_one_line, descriptors, examples, files
from hypothesis import given
from sweeps import first, sweep

from centralasia import using
from datacontract import contract
from datacontract.check import LARGEST, check
from datacontract.codebook import codebook
from datacontract.descriptor import LARGEST as LARGEST_CONTRACT
from datacontract.errors import DataError
from datacontract.mend import mend

TABLES = ["sources", "actors", "memberships", "meetings", "visits", "unga_years"]  # small, and with most kinds of rules
QUICK, DEEP = 40, 400


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    """A sound data folder of some tables, a few rows each."""
    made = tmp_path_factory.mktemp("fuzz") / "data"
    made.mkdir()
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in TABLES]
    (made / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    lines = {n: (root / "data" / f"{n}.csv").read_text(encoding="utf-8").splitlines(keepends=True) for n in TABLES}
    few = {name: lines[name][:9] for name in TABLES[2:]}
    cells = [row for kept in few.values() for row in csv.DictReader(kept)]
    sources = {key for row in cells for key in row["source"].split(";")}
    actors = {code for row in cells for cell in row.values() for code in cell.split("-")}
    for name, used in ("sources", sources), ("actors", actors):
        few[name] = lines[name][:1] + [line for line in lines[name][1:] if line.partition(",")[0] in used]
    for name, kept in few.items():
        (made / f"{name}.csv").write_text("".join(kept), encoding="utf-8")
    with using(made):
        assert check() == []
    return made


def assert_checked(folder, *named):
    """The check ends, with faults or a refusal of one line that names the place."""
    with using(folder):
        try:
            found = [str(fault) for fault in check()]
        except DataError as error:
            found = [str(error)]
    for line in found:
        assert_one_line(line, "datapackage.json", *named)
    return found


def _any_table(folder, name, raw):
    path = folder / f"{name}.csv"
    sound = path.read_bytes()
    path.write_bytes(raw)
    try:
        assert_checked(folder, *(f"{table}.csv" for table in TABLES))
        with using(folder):
            for mended in mend(folder.parent / "kept", [name]):
                assert_one_line(str(mended), f"{name}.csv")
                if mended.backup:
                    assert mended.backup.read_bytes() == raw
                    assert mend(folder.parent / "kept", [name]) == [], "a mend is whole"
                else:
                    assert path.read_bytes() == raw
    finally:
        path.write_bytes(sound)
        shutil.rmtree(folder.parent / "kept", ignore_errors=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["meetings", "visits", "unga_years"])
@pytest.mark.parametrize("number", [QUICK, sweep(DEEP)])
def test_any_table_is_checked_and_mended(folder, name, number):
    @examples(number)
    @given(raw=files((folder / f"{name}.csv").read_bytes()))
    def tried(raw):
        _any_table(folder, name, raw)

    tried()


def _any_contract(folder, raw):
    path = folder / "datapackage.json"
    sound = path.read_bytes()
    path.write_bytes(raw)
    try:
        assert_checked(folder, *(f"{table}.csv" for table in TABLES))
        for read in (contract.tables, contract.files, codebook, lambda: contract.distinct("visits.pair")):
            try:
                with using(folder):
                    read()
            except DataError as error:
                assert_one_line(str(error), "datapackage.json", *TABLES)
    finally:
        path.write_bytes(sound)


@pytest.mark.slow
@pytest.mark.parametrize("number", [QUICK // 2, sweep(DEEP)])
def test_any_contract_is_read_or_refused(folder, number):
    sound = (folder / "datapackage.json").read_bytes()

    @examples(number)
    @given(package=descriptors(json.loads(sound)))
    def parts(package):
        _any_contract(folder, json.dumps(package).encode())

    @examples(number // 2)
    @given(raw=files(sound))
    def raw_bytes(raw):
        _any_contract(folder, raw)

    parts()
    raw_bytes()


LARGE = {
    "lines": lambda size: b"\n" * size,
    "cells": lambda size: b"aa," * (size // 3),
    "rows": lambda size: b"year,roll_calls,comparable,note,source\n" + b"1,2,,,\n" * (size // 7 - 10),
    "quotation marks": lambda size: b'"' * size,
    "a cell": lambda size: b'year,roll_calls,comparable,note,source\n1,2,,"' + b"a\n" * (size // 2 - 40),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", first(LARGE))
def test_a_large_file_of_any_kind_takes_less_than_300_megabytes(folder, kind):
    """Tables and contracts up to what is refused as too large, and roll-call files of any size."""
    code = (
        "import sys; from centralasia.cli import main; main(sys.argv[1:]);"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'));"
        "print(int(status['VmHWM'].split()[0]) // 1000, file=sys.stderr)"
    )
    table, large = folder / "unga_years.csv", folder.parent / "large.csv"
    sound = table.read_bytes()
    table.write_bytes(LARGE[kind](LARGEST))
    large.write_bytes(LARGE[kind](4 * LARGEST).replace(b"year,roll_calls,comparable", b"undl_id,ms_code,ms_vote,date"))
    try:
        for arguments in (["check", "--fix", "--backup", folder.parent / "kept"], ["count-votes", large]):
            command = [sys.executable, "-c", code, *map(str, arguments), "--data", str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=folder.parent)
            *told, used = done.stderr.splitlines()
            assert int(used) < 300 and "Traceback" not in done.stderr, done.stderr
            assert len(told) == 1 and all(len(line) < 2000 for line in done.stdout.splitlines())
    finally:
        table.write_bytes(sound)
        large.unlink()


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["[" * LARGEST_CONTRACT, '{"a":' * 700_000, "[" + "[]," * 1_300_000, '"' + "a" * 3_999_000]
)
def test_a_large_contract_is_refused(folder, text):
    path = folder / "datapackage.json"
    sound = path.read_bytes()
    path.write_text(text)
    try:
        assert assert_checked(folder)
    finally:
        path.write_bytes(sound)
