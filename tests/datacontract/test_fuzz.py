"""Whatever stands in a data folder: the check gives faults or a refusal of one line, and a mend loses nothing."""

import json
import shutil

import pytest
from fuzz import assert_one_line, descriptors, examples, files
from hypothesis import given

from centralasia import using
from datacontract import contract
from datacontract.check import check
from datacontract.codebook import codebook
from datacontract.errors import DataError
from datacontract.mend import mend

TABLES = ["sources", "actors", "memberships", "meetings", "visits", "unga_years"]  # small, and with most kinds of rules
QUICK, DEEP = 40, 1500


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    """A data folder of some tables, a few rows each, that is sound but for sources that nobody uses."""
    made = tmp_path_factory.mktemp("fuzz") / "data"
    made.mkdir()
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in TABLES]
    (made / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    for name in TABLES:
        lines = (root / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = lines if name in ("sources", "actors") else lines[:9]
        (made / f"{name}.csv").write_text("".join(kept), encoding="utf-8")
    with using(made):
        assert {fault.check for fault in check()} <= {"unused-source"}
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


@pytest.mark.parametrize("name", ["meetings", "visits", "unga_years"])
@pytest.mark.parametrize("number", [QUICK, pytest.param(DEEP, marks=pytest.mark.slow)])
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


@pytest.mark.parametrize("number", [QUICK, pytest.param(DEEP, marks=pytest.mark.slow)])
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
