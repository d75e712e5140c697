"""A table that is called clean without frictionless is one in which frictionless finds nothing either."""

import json
import subprocess
import sys

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps import first

from centralasia import using
from datacontract import contract
from datacontract.cells import doubtful
from datacontract.check import check

# What is nearly a number, a word or a date, and what other readers take for blank.
ODD = [
    "0", "-0", "00", "1", "01", "+1", "-1", "1_0", "1.0", "1.", ".5", "1e3", "1E3", "1e-07", "1e+99", "nan", "NaN", "-inf", "١",
    "1000000000000000.1", "1000000000.0000000001", "9" * 20, "True", "true", "FALSE", "None", "null", "KAZ", "KAZ-UZB", ";", "KAZ;",
    "#abcdef", "2019", "2019-13", "2019-02-31", "https://orient.tm", "cm-2018", "é", "{", "}", "'", '"', "\\", "x" * 500,
    "", " ", " KAZ", "KAZ ", " 1", "1 ", "a\t", "\u00a0x", "x\u2028",
]  # fmt: skip


def _forms():
    """One field of the contract for each type, set of constraints and pattern."""
    found = {}
    for table in contract.contract()["resources"]:
        for field in table.get("schema", {}).get("fields", []):
            limits = field.get("constraints", {})
            found.setdefault((field["type"], *limits, limits.get("pattern"), "trueValues" in field), field)
    return found.values()


def _package(*fields, **more):
    """A contract of one table with a key and these columns."""
    schema = {"fields": [{"name": "key", "type": "string"}, *fields], "primaryKey": ["key"], "missingValues": [""]}
    table = {"name": "things", "path": "things.csv", "encoding": "utf-8", "format": "csv", "schema": schema | more}
    return {"resources": [table | {"dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True}}]}


def _near(field):
    """Cells that a field allows, nearly allows, or does not."""
    limits = field.get("constraints", {})
    bounds = [f"{limits[key] + step}" for key in ("minimum", "maximum") if key in limits for step in (-1, 0, 1)]
    longest = ["x" * (limits.get("maxLength", 1) + more) for more in (0, 1)]
    known = [*limits.get("enum", []), *field.get("trueValues", []), *bounds, *longest]
    near = [
        st.sampled_from(ODD),
        st.sampled_from(known),
        st.sampled_from(known).map(lambda cell: cell + "x"),
        st.text(),
    ]
    near += [st.decimals().map(str), st.integers().map(str)]
    near += [st.from_regex(limits["pattern"])] if "pattern" in limits else []
    return st.one_of(near)


@pytest.mark.slow
@pytest.mark.parametrize("field", first(_forms(), 12), ids=lambda field: field["name"])
def test_no_cell_is_called_sound_that_frictionless_refuses(field):
    schema = frictionless.Schema.from_descriptor({"fields": [dict(field)], "missingValues": [""]})
    read, package, sound = schema.fields[0].create_cell_reader(), _package(field | {"name": "column"}), 0

    @settings(max_examples=60)
    @given(_near(field))
    def compare(cell):
        nonlocal sound
        if not doubtful(package, {"things": [{"key": "a", "column": cell}]}):
            sound += 1
            assert not read(cell)[1], cell

    compare()
    assert sound, "some cells are called sound"


CODES = st.sampled_from(["A", "B", "C", "", " A"])
NUMBERS = st.sampled_from(["1", "2", "01", "-0", "", "x"])
ROWS = st.fixed_dictionaries({"kind": CODES, "rank": NUMBERS, "parent": CODES})


@pytest.mark.slow
@settings(max_examples=100)
@given(tables=st.fixed_dictionaries(dict.fromkeys(("kinds", "things"), st.lists(ROWS, min_size=1, max_size=3))))
def test_no_key_is_called_sound_that_frictionless_refuses(tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")

    def table(name, other, key):
        columns = {"kind": "string", "rank": "integer", "parent": "string"}
        lines = [columns, *([row[column] for column in columns] for row in tables[name])]
        (folder / f"{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines))
        fields = [{"name": column, "type": kind} for column, kind in columns.items()]
        keys = [{"fields": ["parent"], "reference": {"resource": other, "fields": ["kind"]}}]
        schema = {"fields": fields, "primaryKey": key, "foreignKeys": keys}
        return _package(**schema)["resources"][0] | {"name": name, "path": f"{name}.csv"}

    package = {"resources": [table("kinds", "", ["kind"]), table("things", "kinds", ["kind", "rank"])]}
    found = doubtful(package, tables)
    report = frictionless.Package.from_descriptor(package, basepath=str(folder)).validate()
    assert not report.errors
    assert {task.name for task in report.tasks if task.errors} <= found


def test_sound_keys_are_called_sound():
    key = {"fields": ["of"], "reference": {"resource": "", "fields": ["key"]}}
    package = _package({"name": "of", "type": "string"}, foreignKeys=[key])
    assert doubtful(package, {"things": [{"key": "a", "of": ""}, {"key": "b", "of": "a"}]}) == set()
    assert doubtful(package, {"things": [{"key": "a", "of": ""}, {"key": "b", "of": "c"}]}) == {"things"}
    assert doubtful(package, {"things": [{"key": "a", "of": ""}, {"key": "a", "of": ""}]}) == {"things"}


@pytest.mark.parametrize(
    ("kind", "cells"), [("integer", ["1", "01"]), ("integer", ["0", "-0"]), ("number", ["1.0", "1"])]
)
def test_two_spellings_of_a_number_are_one_key(kind, cells):
    rows = [{"key": key, "rank": cell} for key, cell in zip("ab", cells, strict=True)]
    assert doubtful(_package({"name": "rank", "type": kind}, primaryKey=["rank"]), {"things": rows}) == {"things"}


def test_a_foreign_key_of_numbers_is_left_to_frictionless():
    key = {"fields": ["rank"], "reference": {"resource": "", "fields": ["rank"]}}
    package = _package({"name": "rank", "type": "number"}, foreignKeys=[key])
    assert doubtful(package, {"things": [{"key": "a", "rank": "1"}]}) == {"things"}


def test_a_reader_that_skips_blanks_may_see_other_rows(tmp_path, messages):
    """With a blank before a quotation mark, frictionless reads two of these lines as one row, without the key c."""
    package = _package({"name": "of", "type": "string"})
    key = {"fields": ["of"], "reference": {"resource": "things", "fields": ["key"]}}
    (more,) = _package({"name": "of", "type": "string"}, foreignKeys=[key])["resources"]
    package["resources"].append(more | {"name": "more", "path": "more.csv"})
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    (tmp_path / "things.csv").write_text('key,of\nb, "x\nc,y"\n')
    (tmp_path / "more.csv").write_text("key,of\na,c\n")
    assert any(line.startswith("more.csv, row 2, column of: 'c' is not allowed") for line in messages(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "year"}, {"type": "strign"}, {"type": ["string"]}, {"format": "email"}, {"required": True}, {"name": "key"},
        {"missingValues": ["-"]}, {"constraints": {"unique": True}}, {"constraints": {"minLength": 2}}, {"title": None},
        {"constraints": {"minimum": 1}}, {"constraints": {"maxLength": True}}, {"constraints": {"enum": [1]}}, {"example": 1}, {"example": "x", "constraints": {"enum": ["b"]}},
    ],
    ids=str,
)  # fmt: skip
def test_a_column_of_another_form_is_left_to_frictionless(change):
    column, rows = {"name": "column", "type": "string"}, {"things": [{"key": "a", "column": "b"}]}
    assert doubtful(_package(column), rows) == set()
    assert doubtful(_package(column | change), rows) == {"things"}


@pytest.mark.parametrize(
    "change",
    [
        {"primaryKey": ["kee"]}, {"primaryKey": []}, {"primaryKey": "key"}, {"missingValues": []}, {"missingValues": ["", "-"]},
        {"uniqueKeys": [["key"]]}, {"fieldsMatch": "equal"}, {"fields": []},
        {"foreignKeys": [{"fields": ["kee"], "reference": {"resource": "", "fields": ["key"]}}]},
        {"foreignKeys": [{"fields": ["key"], "reference": {"resource": "", "fields": ["kee"]}}]},
        {"foreignKeys": [{"fields": ["key"], "reference": {"resource": "", "fields": []}}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_schema_of_another_form_is_left_to_frictionless(change):
    assert doubtful(_package(), {"things": [{"key": "a"}]}) == set()
    assert doubtful(_package(**change), {"things": [{"key": "a"}]}) == {"things"}


@pytest.mark.parametrize(
    "change",
    [
        {"encoding": "latin-1"}, {"dialect": {"delimiter": ";"}}, {"dialect": {}}, {"rows": 2}, {"hash": "md5:0"}, {"type": "table"},
        {"licenses": [{"title": "none"}]}, {"sources": [{"title": "x", "email": "x"}]}, {"path": "../things.csv"}, {"name": "Things"},
    ],
    ids=str,
)  # fmt: skip
def test_a_resource_of_another_form_is_left_to_frictionless(change):
    package = _package()
    package["resources"][0] |= change
    assert doubtful(package, {"things": [{"key": "a"}]}) == {"things"}


@pytest.mark.slow
def test_sound_data_are_checked_without_frictionless():
    code = "import sys; from centralasia.cli import main; assert main(['check']) == 0; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "frictionless" not in loaded, (
        "a new property of the contract, or a spelling of a number, is to be known to cells.py"
    )
    assert "pandas" not in loaded


def test_a_faulty_table_alone_goes_to_frictionless(edit_small, monkeypatch):
    folder, seen = edit_small("ties.csv", ",KAZ-KGZ,1997-04-08,", ",KAZ_KGZ,1997-04-08,"), []
    make = frictionless.Package.from_descriptor
    look = lambda package, **more: seen.extend(part["name"] for part in package["resources"]) or make(package, **more)  # noqa: E731
    monkeypatch.setattr(frictionless.Package, "from_descriptor", look)
    with using(folder):
        (fault,) = check(["ties"])
    assert (fault.file, fault.column, fault.check, seen) == ("ties.csv", "pair", "constraint", ["ties"])
