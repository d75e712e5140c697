import json

import pytest

from datacontract.check import check


def _told(folder, tables=None):
    return [str(fault) for fault in check(folder, tables)]


def test_the_data_have_no_faults():
    assert _told(None) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("priorities.csv", "kaz-2014,baseline,partners,1,RUS", "kaz-2014,baseline,partners,0,RUS",
         "priorities.csv, row 12, column rank: '0' is not allowed; allowed: type integer, from 1 to 50, or blank for unknown [constraint]"),
        ("priorities.csv", "kaz-2014,baseline,partners,1,RUS", "kaz-2014,baseline,partners,1,RUSS",
         "priorities.csv, row 12, column actor: 'RUSS' is not allowed; allowed: a value of actors.actor: did you mean 'RUS'?"),
        ("priorities.csv", "kaz-2014,baseline,partners,2,CHN", "kaz-2014,baseline,partners,2,RUS", "[primary-key]"),
        ("priorities.csv", "VOST14;CONW14", "VOST14;CONW41", "'CONW41' is not allowed; allowed: a value of sources.source_key: did you mean 'CONW14'? [reference]".replace("? [", "? allowed: one of 361 values [")),
        ("documents.csv", "fixed,2014,2020", "fixed,2020,2014", "column term_end: '2014' is not allowed; allowed: not before term_start, which is 2020 [order]"),
        ("documents.csv", ",2014-01-21,", ",2014-13-21,", "column date: '2014-13-21' is not allowed; allowed: type string, of the form"),
        ("documents.csv", ",2014-01-21,", ",2021-01-21,", "column repealed: '2020-03-06' is not allowed; allowed: not before date, which is 2021-01-21 [order]"),
        ("documents.csv", "Strategy Kazakhstan-2050", "<b>Strategy</b>", "allowed: plain text without markup [text]"),
        ("documents.csv", "Strategy Kazakhstan-2050", "=1+1", "allowed: text that does not begin like a formula (= + - @) [text]"),
        ("sources.csv", "https://orient.tm", "javascript:orient", "allowed: type string, of the form ^https?://"),
        ("memberships.csv", "CM,AZE,2025-11-16,,TD25", "CM,AZE,2025-11-16,2024,TD25", "[order]"),
        ("ties.csv", ",KAZ-KGZ,1997,", ",KGZ-KAZ,1997,", "column pair: 'KGZ-KAZ' is not allowed; allowed: two different codes in alphabetical order, as KAZ-UZB [pair]"),
        ("unga_dyads.csv", "AFG,ARM,1992,26,", "AFG,ARM,1992,27,", "allowed: a sum of 75 for AFG, ARM, 1992, as in unga_years [total]"),
        ("unga_dyads.csv", "AFG,ARM,1992,", "ARM,AFG,1992,", "allowed: a code after state_a, which is ARM [unordered-pair]"),
        ("unga_groups.csv", "C5,1991,0,0,0,5,", "C5,1991,0,0,0,4,", "allowed: a sum of 5 for C5, 1991, 0, 0, 0, 4, as in memberships [total]"),
        ("indicators.csv", "AFG,1990,co2_per_person,0.188", "AFG,1990,co2_per_person,188.0", "for co2_per_person, as in indicator_definitions [range]"),
        ("sources.csv", "ART19,news", "ART20,news", "source_key: 'ART20' is not allowed; allowed: a key that at least one row of a table names [unused-source]"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_one_line(edit, file, old, new, told):
    # Whether a source is used, all tables together know; any other fault is told of the table alone, which is quicker.
    lines = _told(edit(file, old, new), None if "unused" in told else [file.removesuffix(".csv")])
    assert any(told in line for line in lines), lines
    assert all("\n" not in line for line in lines)


def test_a_missing_year_has_to_be_a_gap(data_copy):
    path = data_copy / "indicators.csv"
    lines = path.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("KAZ,2010,gdp_pc_ppp,")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept))
    (line,) = _told(data_copy, ["indicators"])
    assert (
        "'KAZ, gdp_pc_ppp, 2010' is not allowed; allowed: a row, or a gap with its reason in indicator_gaps [expected]"
        in line
    )


def test_a_ratification_follows_the_signature(edit):
    folder = edit("ties.csv", "kaz-kgz-2003,KAZ-KGZ,2003,,signature", "kaz-kgz-2003,KAZ-KGZ,1990,,ratification")
    told = _told(folder, ["ties"])
    assert any("allowed: not before the first signature, which is 1997 [sequence]" in line for line in told)


def test_every_rule_has_been_seen_red():
    """The names of the rules and layers that the tests of this file and the corrupted copies make speak."""
    from datacontract import (
        rules,
        rules_across,  # noqa: F401
    )

    assert set(rules._RULES) == {
        "reference", "pair", "order", "text", "unused-source", "unordered-pair", "total", "range", "expected", "sequence", "label",
    }  # fmt: skip


def test_a_fault_of_the_contract_is_told(data_copy):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["schema"]["fields"][0]["type"] = "strign"
    path.write_text(json.dumps(package))
    assert any("datapackage.json" in line for line in _told(data_copy))
