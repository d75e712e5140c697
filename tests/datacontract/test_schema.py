"""Frictionless finds the same in the rows that are in doubt as in whole tables."""

import json

import frictionless
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from centralasia import using
from datacontract import schema
from datacontract.check import check

CODES = st.sampled_from(["A", "B", "C", "D", "", "x"])
NUMBERS = st.sampled_from(["1", "2", "3", "01", "-0", "", "y"])
ROWS = st.fixed_dictionaries({"kind": CODES, "rank": NUMBERS, "parent": CODES, "note": CODES})
COLUMNS = {"kind": "string", "rank": "integer", "parent": "string", "note": "string"}


def _table(name, key, *references):
    fields = [{"name": column, "type": kind} for column, kind in COLUMNS.items()]
    fields[0]["constraints"] = {"pattern": "[A-D]"}
    keys = [
        {"fields": [own], "reference": {"resource": other, "fields": [target]}} for own, other, target in references
    ]
    form = {"encoding": "utf-8", "format": "csv", "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True}}
    described = {"fields": fields, "primaryKey": key, "foreignKeys": keys, "missingValues": [""]}
    return {"name": name, "path": f"{name}.csv", **form, "schema": described}


PACKAGE = {
    "resources": [
        _table("kinds", ["kind"], ("parent", "", "kind")),
        _table("things", ["kind", "rank"], ("parent", "kinds", "kind"), ("note", "things", "kind")),
        _table("numbers", ["note"], ("rank", "numbers", "rank")),
    ]
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("schema")
    (made / "datapackage.json").write_text(json.dumps(PACKAGE))
    return made


def _row(*cells):
    return dict(zip(COLUMNS, cells, strict=True))


SOUND = [_row(code, "1", "", "") for code in "ABCD"]


@pytest.mark.slow
@settings(max_examples=25)
@given(
    tables=st.fixed_dictionaries(dict.fromkeys(("kinds", "things", "numbers"), st.lists(ROWS, min_size=1, max_size=4)))
)
@example(tables={"kinds": [*SOUND, _row("x", "", "", "")], "things": [_row("A", "1", "x", "")], "numbers": SOUND[:1]})
@example(
    tables={"kinds": SOUND, "things": [*SOUND, _row("x", "1", "", ""), _row("", "1", "", "")], "numbers": SOUND[:1]}
)
@example(tables={"kinds": SOUND, "things": [_row("A", "1", "C", ""), _row("A", "01", "", "")], "numbers": SOUND[:1]})
@example(tables={"kinds": SOUND, "things": [*SOUND, _row("A", "1", "D", "")], "numbers": SOUND[:1]})
def test_the_same_is_found_as_in_whole_tables(folder, tables):
    for name, rows in tables.items():
        lines = [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]
        (folder / f"{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines))
    with using(folder):
        found = check()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(schema, "_reduced", lambda package, read: {})
            assert check() == found


def test_of_a_table_frictionless_sees_what_is_in_doubt_and_what_that_refers_to(edit_small, monkeypatch):
    folder, seen = edit_small("documents.csv", ",2014-01-21,", ",2014-1-21,"), {}
    make = frictionless.Package.from_descriptor

    def look(package, **more):
        seen.update({part["name"]: part.get("data") for part in package["resources"]})
        return make(package, **more)

    monkeypatch.setattr(frictionless.Package, "from_descriptor", look)
    with using(folder):
        (fault,) = check(["documents"])
    assert (fault.file, fault.column, fault.value) == ("documents.csv", "date", "2014-1-21")
    assert 2 <= len(seen["documents"]) <= 3, "the header, the row, and one that it names"
    assert 1 <= len(seen["actors"]) <= 3, "the header and those that the row names"
    assert "2014-1-21" in (folder / "documents.csv").read_text().splitlines()[fault.row - 1]
