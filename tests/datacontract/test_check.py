import json

import pytest

from centralasia import using
from datacontract.check import check
from datacontract.contract import rows
from datacontract.errors import DataError
from datacontract.rules import RULES, Tables, groups

FIRST = next(n for n, r in enumerate(rows("priorities"), 2) if r["document_id"] == "kaz-2014")  # its row in the file


@pytest.mark.slow
def test_the_data_have_no_faults():
    assert check() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("priorities.csv", "kaz-2014,baseline,partners,1,RUS", "kaz-2014,baseline,partners,0,RUS",
         f"priorities.csv, row {FIRST}, column rank: '0' is not allowed; allowed: a whole number from 1 to 50, or blank for unknown [constraint]"),
        ("priorities.csv", "kaz-2014,baseline,partners,1,RUS", "kaz-2014,baseline,partners,1,RUSS",
         f"priorities.csv, row {FIRST}, column actor: 'RUSS' is not allowed; allowed: a value of actors.actor: did you mean 'RUS'?"),
        ("priorities.csv", "kaz-2014,baseline,partners,2,CHN", "kaz-2014,baseline,partners,2,RUS", "[primary-key]"),
        ("priorities.csv", "VOST14;CONW14", "VOST14;CONW41", "'CONW41' is not allowed; allowed: a value of sources.source_key: did you mean 'CONW14'? KEYS values, the nearest being CONW14,"),
        ("documents.csv", "fixed,2014,2020", "fixed,2020,2014", "column term_end: '2014' is not allowed; allowed: not before term_start, which is 2020 [order]"),
        ("documents.csv", ",2014-01-21,", ",2014-13-21,", "column date: '2014-13-21' is not allowed; allowed: a year, month or day that exists, as 2031, 2031-02 or 2031-02-01 from 1990 to 2050, or blank for unknown [constraint]"),
        ("documents.csv", ",2014-01-21,", ",2021-01-21,", "column repealed: '2020-03-06' is not allowed; allowed: not before date, which is 2021-01-21 [order]"),
        ("documents.csv", "Strategy Kazakhstan-2050", "<b>Strategy</b>", "allowed: plain text without markup [text]"),
        ("documents.csv", "Strategy Kazakhstan-2050", "=1+1", "allowed: text that does not begin like a formula (= + - @) [text]"),
        ("sources.csv", "https://orient.tm", "javascript:orient", "allowed: written like https://orient.tm/en, or blank for unknown [constraint]"),
        ("memberships.csv", "CM,AZE,2025-11-16,,TD25", "CM,AZE,2025-11-16,2024,TD25", "[order]"),
        ("ties.csv", ",KAZ-KGZ,1997-04-08,", ",KGZ-KAZ,1997-04-08,", "column pair: 'KGZ-KAZ' is not allowed; allowed: two different codes in alphabetical order, as KAZ-UZB [pair]"),
        ("priorities.csv", "VOST14;CONW14", "VOST14;VOST14", "column source: 'VOST14;VOST14' is not allowed; allowed: each item once [reference]"),
        ("ties.csv", ",KAZ-KGZ,1997-04-08,", ",KAZ-QQQ,1997-04-08,", "column pair: 'KAZ-QQQ' is not allowed; allowed: a value of actors.actor: "),
        ("codings.csv", "first,agenda,cm-2018,JOINT,TRN", "first,agenda,cm-2081,JOINT,TRN", "column unit: 'cm-2081' is not allowed; allowed: a value of agenda.meeting_id: "),
        ("unga_dyads.csv", "KAZ,KGZ,2010,67,", "KAZ,KGZ,2010,68,", "allowed: a sum of 87 for 2010, as in unga_years; count the votes of the year again with centralasia count-votes [total]"),
        ("unga_dyads.csv", "KAZ,KGZ,2010,", "KGZ,KAZ,2010,", "allowed: a code after state_a, which is KGZ [unordered-pair]"),
        ("unga_groups.csv", "C5,2015,0,0,5,0,", "C5,2015,0,0,4,0,", "allowed: a sum of 5 for C5, as in memberships; count the votes again"),
        ("indicators.csv", "KAZ,2010,gdp_pc_ppp,26374.84", "KAZ,2010,gdp_pc_ppp,2637484", "from 100 to 300000 for gdp_pc_ppp, as in indicator_definitions [range]"),
        ("sources.csv", "ART19,news", "ART20,news", "sources.csv, column source_key: 'ART19' is missing; add it first ("),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_one_line(edit_small, messages, file, old, new, told):
    # Whether a source is used, all tables together know; any other fault is told of the table alone, which is quicker.
    folder = edit_small(file, old, new)
    lines = messages(folder, None if file == "sources.csv" else [file.removesuffix(".csv")])
    with using(folder):
        told = told.replace("KEYS", str(len(rows("sources"))))
    assert any(told in line for line in lines), lines
    assert all("\n" not in line for line in lines)


def test_a_missing_year_has_to_be_a_gap(small_copy, messages):
    path = small_copy / "indicators.csv"
    lines = path.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("KAZ,2010,gdp_pc_ppp,")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept))
    (line,) = messages(small_copy, ["indicators"])
    assert line == (
        "indicators.csv, column state + indicator + year: 'KAZ, gdp_pc_ppp, 2010' is not allowed; "
        "allowed: a row, or a gap with its reason in indicator_gaps [expected]"
    )


def test_a_ratification_follows_the_signature(edit_small, messages):
    folder = edit_small(
        "ties.csv", "kaz-kgz-2003,KAZ-KGZ,2003-12-25,,signature", "kaz-kgz-2003,KAZ-KGZ,1990,,ratification"
    )
    told = messages(folder, ["ties"])
    assert any("allowed: not before the first signature, which is 1997-01-10 [sequence]" in line for line in told)


def test_a_range_may_be_open():
    """A bound that is unknown refuses nothing, the other one still does."""
    fields = {"schema": {"ranges": [{"field": "value", "resource": "kinds", "on": "kind"}]}, "path": "values.csv"}
    values = [{"kind": "a", "value": value} for value in ("-5", "11", "")]
    bounds = [{"kind": "a", "minimum": "", "maximum": "10"}]
    tables = Tables({"values": fields, "kinds": {"schema": {}}}, {"values": values, "kinds": bounds}, "range")
    assert [str(fault) for fault in groups.plausible_ranges(tables)] == [
        "values.csv, row 3, column value: '11' is not allowed; allowed: from -inf to 10 for a, as in kinds [range]"
    ]


def test_every_rule_has_been_seen_red():
    """The names of the rules that the tests of this file, of test_rules and the corrupted copies make speak."""
    assert sorted(name for name, _ in RULES) == sorted([
        "reference", "reference-by", "pair", "order", "text", "unused-source", "unordered-pair", "total", "range", "expected", "sequence", "label",
        "meaning", "kind", "different", "side", "key", "sorted", "rank", "single", "whole", "together", "sourced",
    ])  # fmt: skip


def test_a_source_that_no_row_names_is_told(small_copy):
    with (small_copy / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("NEW31,news,A page,,2031,https://orient.tm/en/1,,,\n")
    with using(small_copy):
        (fault,) = check()
    assert (fault.check, fault.value) == ("unused-source", "NEW31")
    assert "a key that at least one row of a table names" in fault.allowed


def test_a_table_that_is_none_is_refused():
    with pytest.raises(DataError, match="no table 'tiez'; did you mean 'ties'?"):
        check(["tiez"])


def test_tables_that_are_named_are_checked_with_those_they_refer_to(edit_small, messages):
    folder = edit_small("meetings.csv", "cm-2018,", "cm-2018x,")
    assert any(
        line.startswith("agenda.csv, ") and "did you mean 'cm-2018x'" in line for line in messages(folder, ["agenda"])
    )
    assert messages(folder, ["visits"]) == []


def test_a_key_into_a_table_that_cannot_be_read_is_no_fault(small_copy, messages):
    (small_copy / "meetings.csv").write_text("meeting_id\n")
    assert {line.partition(",")[0] for line in messages(small_copy, ["agenda"])} == {"meetings.csv"}


@pytest.mark.parametrize(
    ("name", "value"), [("type", "strign"), ("type", ["string"]), ("constraints", {"pattern": "("})]
)
def test_a_fault_of_the_contract_is_told(small_copy, messages, name, value):
    path = small_copy / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["schema"]["fields"][0][name] = value
    path.write_text(json.dumps(package))
    assert any(line.startswith("datapackage.json") for line in messages(small_copy))


def test_no_profile_of_a_contract_is_fetched(small_copy, messages):
    path = small_copy / "datapackage.json"
    package = json.loads(path.read_text())
    for part in (package, *package["resources"]):
        part["profile"] = part["$schema"] = "http://127.0.0.1:9/profile.json"
    path.write_text(json.dumps(package))
    assert messages(small_copy, ["visits"]) == []
