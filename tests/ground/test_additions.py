"""Something new is a sheet that a person fills in, and rows that the check accepts or refuses by name."""

import csv
import io

import pytest

from centralasia import additions, data_commands, updates, using
from centralasia.cli import main
from datacontract import contract
from datacontract.errors import DataError


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the tables that are changed here are whole."""
    return part_copy("agenda", "codings", "commitments", "labels")


def lines(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def fill(path, values, table, row="1", **how):
    """Fills the value of some columns of a row in a sheet, and saves it as a spreadsheet does."""
    found = lines(path.read_text(encoding="utf-8-sig"))
    for line in found:
        if (line["table"], line["row"]) == (table, row) and line["column"] in values:
            line["value"] = values[line["column"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, additions.COLUMNS, delimiter=how.get("delimiter", ","), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    path.write_bytes(out.getvalue().encode(how.get("encoding", "utf-8-sig")))


def test_the_command_offers_all_kinds():
    assert sorted(additions.KINDS) == sorted(data_commands.NEW)


@pytest.mark.parametrize("kind", additions.KINDS)
def test_every_column_is_there_with_what_is_allowed(kind):
    table, _, others = additions.KINDS[kind]
    sheet = lines(additions.new_sheet(kind, "kaz-uzb-2031-02-01"))
    for name in filter(None, [table, others, "sources"]):
        fields = [field["name"] for field in contract.table(name)["schema"]["fields"]]
        assert [line["column"] for line in sheet if (line["table"], line["row"]) == (name, "1")] == fields
    assert all(line["allowed"] for line in sheet)


def test_what_a_key_says_is_filled_in():
    value = {line["column"]: line["value"] for line in lines(additions.new_sheet("tie", "kaz-uzb-2031-02-01"))}
    assert (value["tie_id"], value["pair"], value["act"]) == ("kaz-uzb-2031-02-01", "KAZ-UZB", "")
    planned = {line["column"]: line["value"] for line in lines(additions.new_sheet("meeting", "cm-2026"))[:4]}
    assert (planned["meeting_id"], planned["date"], planned["number"]) == ("cm-2026", "2026", "8"), "as the row has it"


@pytest.mark.parametrize("how", [{"delimiter": ";", "encoding": "utf-8"}, {"delimiter": "\t", "encoding": "utf-16"}])
def test_a_sheet_is_read_however_it_was_saved(tmp_path, how):
    path = tmp_path / "sheet.csv"
    path.write_text("\ufeff" + additions.new_sheet("tie", "kaz-uzb-2031-02-01"), encoding="utf-8")
    fill(path, {"date": "2031-02-01", "act": "treaty, of “peace”", "source": "AP18"}, "ties", **how)
    (new,) = additions.rows_of_sheet(path).values()
    (row,) = new.rows.to_dict("records")
    assert (row["pair"], row["act"], row["note"]) == ("KAZ-UZB", "treaty, of “peace”", "")


@pytest.mark.slow
def test_a_concept_is_added_by_a_sheet_and_replaces_the_one_in_force(data_copy, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    place = ["--data", str(data_copy)]
    assert main(["new", "concept", "kaz-2031", *place]) == 0
    assert main(["new", "concept", "kaz-2031", *place]) == 2, "a sheet that is there stays"
    sheet = tmp_path / "kaz-2031.csv"
    concept = {
        "title": "Foreign policy concept 2031-2040",
        "date": "2031-02-30",
        "confidence": "high",
        "source": "DEC31",
    }
    fill(sheet, concept, "documents")
    source = {
        "source_key": "DEC31",
        "kind": "primary",
        "title": "Decree",
        "date": "2031-02",
        "url": "https://orient.tm/31",
    }
    fill(sheet, source, "sources")
    before = (data_copy / "documents.csv").read_bytes()
    capsys.readouterr()
    assert main(["add", str(sheet), *place]) == 1
    assert "'2031-02-30' is not allowed; allowed: a year, month or day that exists" in capsys.readouterr().out
    assert (data_copy / "documents.csv").read_bytes() == before
    fill(sheet, {"date": "2031-02-20"}, "documents")
    assert main(["add", str(sheet), *place]) == 0
    assert "documents.csv: 1 new, 1 changed, 0 gone" in capsys.readouterr().out
    with using(data_copy):
        status = {row["document_id"]: row["status"] for row in contract.rows("documents")}
        assert (status["kaz-2031"], status["kaz-2020"]) == ("in_force", "replaced")


@pytest.mark.slow
def test_a_planned_meeting_that_took_place(data_copy, tmp_path):
    sheet = tmp_path / "sheet.csv"
    with using(data_copy):
        sheet.write_text(additions.new_sheet("meeting", "cm-2026"), encoding="utf-8")
        source = {
            "source_key": "NEW26",
            "kind": "news",
            "title": "Report",
            "date": "2026-09-02",
            "url": "https://orient.tm/26",
        }
        fill(sheet, source, "sources")
        held = {"date": "2026-09-01", "status": "held", "place": "Awaza", "source": "NEW26", "note": ""}
        fill(sheet, held, "meetings")
        present = {
            "level": "president",
            "person": "S. Berdimuhamedow",
            "role": "president",
            "source": "NEW26",
            "confidence": "high",
        }
        for number in ("1", "2", "3"):
            fill(sheet, present, "attendance", number)
        rows = additions.rows_of_sheet(sheet)
        assert len(rows["attendance"].rows) == 3, "who was not filled in is left out"
        plan = updates.plan(rows)
        assert [len(change.differ) for change in plan.changes] == [1, 3, 1]
        assert plan.faults() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the header is ; allowed: table, row"),
        ("table,row\n", "the header is table, row"),
        ("table,row,column,meaning,allowed,value\n", "nothing is filled in"),
        ("table,row,column,meaning,allowed,value\ntiez,1,pair,,,x\n", "row 2: no table 'tiez'"),
        ("table,row,column,meaning,allowed,value\nties,1,pear,,,x\n", "no column 'pear'"),
        ("table,row,column,meaning,allowed,value\nties,1,pair\n", "row 2: 3 cells; allowed: 6"),
        ('table,row,column,meaning,allowed,value\nties,1,pair,,,"x\n', "cannot be read as CSV"),
    ],
)
def test_a_sheet_that_is_none_is_refused(tmp_path, text, told):
    path = tmp_path / "sheet.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=told):
        additions.rows_of_sheet(path)
