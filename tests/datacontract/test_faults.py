"""What has one cause is told once, with what would mend it."""

import csv
import io

import pytest

from centralasia import using
from datacontract import contract
from datacontract.check import check
from datacontract.faults import Fault, cells, merged


def told(folder, tables=None):
    with using(folder):
        return check(tables)


def append(folder, table, *rows):
    path = folder / f"{table}.csv"
    header = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="", lineterminator="\n").writerows(rows)


def change_column(folder, table, column, change):
    path = folder / f"{table}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | {column: change(row[column])} for row in rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return len(rows)


def test_a_region_that_is_no_actor_is_one_line(small_copy):
    members = ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE", "ARM"]
    append(small_copy, "memberships", *({"region": "C7", "actor": actor, "source": "AP18"} for actor in members))
    (fault,) = told(small_copy, ["memberships"])
    assert len(fault.rows) == 7 and cells([fault]) == 7
    assert str(fault).startswith("memberships.csv, rows ") and " (7), column region: 'C7' is not allowed; " in str(
        fault
    )
    assert "or add C7 to actors first" in str(fault) and str(fault).count(", ") < 12


def test_a_key_that_many_tables_name_is_one_line(edit_small):
    folder = edit_small("meetings.csv", "\ncm-2018,", "\ncm-2018-x,")
    faults = told(folder, ["agenda", "attendance", "meeting_documents"])
    assert len(faults) == 1
    text = str(faults[0])
    assert "add it first (" in text and "agenda.csv rows 2 to 79 (78)" in text and "did you mean 'cm-2018-x'?" in text


def test_a_member_that_the_counts_do_not_have_is_one_line(small_copy):
    append(small_copy, "memberships", {"region": "C5", "actor": "AFG", "source": "AP18"})
    (fault,) = [fault for fault in told(small_copy, ["unga_groups"]) if fault.check == "total"]
    assert len(fault.rows) > 50
    assert "'5' is not allowed; allowed: a sum of 6 for C5, as in memberships; count the votes again with" in str(fault)


def test_a_member_without_any_series_is_one_line(small_copy):
    known = {row["state"] for row in contract.rows("indicators")}
    actor = next(r["actor"] for r in contract.rows("actors") if r["kind"] == "state" and r["actor"] not in known)
    append(small_copy, "memberships", {"region": "C6", "actor": actor, "source": "AP18"})
    (fault,) = told(small_copy, ["indicators"])
    assert fault.value == actor
    assert f" rows in 1 series for {actor}, as all of C6 have, or gaps in indicator_gaps" in str(fault)


def test_years_that_are_missing_are_spans(small_copy):
    path = small_copy / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lost = [f"UZB,{year},gdp_pc_ppp," for year in (2001, 2002, 2003, 2010)]
    path.write_text("".join(line for line in lines if not line.startswith(tuple(lost))), encoding="utf-8")
    (fault,) = told(small_copy, ["indicators"])
    assert fault.value == "UZB, gdp_pc_ppp, 2001 to 2003, 2010"


@pytest.mark.parametrize(
    ("table", "column", "change", "words"),
    [
        ("indicators", "value", lambda cell: cell.replace(".", ",") + ",5" * ("." not in cell), "with a decimal point, not a comma"),
        ("visits", "date", lambda cell: "/".join(reversed(cell.split("-"))), "with the year first, then month and day"),
        ("unga_years", "comparable", str.upper, "True or False, or blank for unknown, in just this spelling"),
        ("agenda", "domain", lambda cell: cell.replace("T", "Т"), "in Latin letters: 'Т' is none, though it looks like one"),
        ("priorities", "confidence", str.upper, "one of low, medium, high, not blank"),
    ],
)  # fmt: skip
def test_a_column_that_is_written_in_another_way_is_few_lines(small_copy, table, column, change, words):
    changed = change_column(small_copy, table, column, change)
    faults = told(small_copy, [table])
    assert 1 <= len(faults) <= 3 and changed > 20
    assert any(words in str(fault) and fault.column == column for fault in faults), [*map(str, faults)]


@pytest.mark.slow
def test_more_than_a_thousand_cells_are_told_as_such(root, data_copy, centralasia):
    change_column(data_copy, "indicators", "value", lambda cell: cell.replace(".", ",") + ",5" * ("." not in cell))
    done = centralasia("check", "--data", data_copy, "indicators")
    assert "(1,000 or more), column value: " in done.stdout
    assert done.stderr.endswith("1 fault in 1,000 rows or more\n")


def test_rows_and_values_are_told_shortly():
    many = [Fault("a.csv", row, "b", f"v{row}", "c", "d") for row in (2, 3, 4, 9, 11, 13, 15)]
    (one,) = merged(many, lambda *_: "")
    assert (
        str(one)
        == "a.csv, rows 2 to 4, 9, 11, 13, … (7), column b: 'v2', 'v3', 'v4' and 4 others are not allowed; allowed: c [d]"
    )
    assert merged(many[:1], lambda *_: "") == many[:1]
    assert cells([one, many[0]]) == 8
