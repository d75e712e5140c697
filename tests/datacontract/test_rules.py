"""Values that have the right form and mean nothing: each kind is refused, in the cell where it stands."""

import csv
import io

import pytest
from sweeps import first

from centralasia import using
from datacontract import contract
from datacontract.check import check
from datacontract.rules import Tables, groups
from datacontract.rules.meanings import is_date

NO_DAYS = [
    "2020-02-30",
    "2021-02-29",
    "2020-04-31",
    "2019-02-31",
    "1889-05-01",
    "2199-01-01",
    "0000",
]  # of the right form
NO_DATES = [
    "2020-13",
    "2020-00-10",
    "2020-01-32",
    "2020-1-1",
    "20200101",
    "2020-W01",
    "01.02.2020",
    "2020-02-3O",
]


@pytest.fixture
def edit_row(small_copy):
    """Changes the first row of a table that has some values, or adds a copy of it; gives the number of the row."""

    def edit(table, having, change, copied=False):
        path = small_copy / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        fits = (n for n, row in enumerate(rows) if having.items() <= row.items())
        number = next(fits)
        row = rows[number] | {name: value(rows[number]) if callable(value) else value for name, value in change.items()}
        if copied:
            rows.insert(number + 1, row)
        else:
            rows[number] = row
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")
        return number + 2 + copied

    return edit


def faults(folder, table):
    with using(folder):
        return check([table])


def places(found):
    return {(row, fault.column) for fault in found for row in fault.rows or (fault.row,)}


def _date_columns():
    return [
        (name, field["name"])
        for name, resource in contract.tables().items()
        for field in resource["schema"]["fields"]
        if field.get("means", {}).get("what") == "date"
    ]


def test_every_column_of_dates_is_known_to_be_one():
    named = {
        (name, field["name"])
        for name, resource in contract.tables().items()
        for field in resource["schema"]["fields"]
        if "date" in field["name"] or "ISO 8601" in field["description"]
    }
    assert named <= {*_date_columns()} and len(named) >= 16


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), first(_date_columns(), 4, several=True))
@pytest.mark.parametrize("wrong", [NO_DAYS, NO_DATES], ids=["no days", "no dates"])
def test_no_column_takes_a_date_that_does_not_exist(small_copy, table, column, wrong):
    path = small_copy / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    at, tried = rows[0].index(column), wrong[: len(rows) - 1]
    for row, value in zip(rows[1:], tried, strict=False):
        row[at] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    found = [fault for fault in faults(small_copy, table) if fault.column == column and "2031-02-01" in fault.allowed]
    assert {row for row, _ in places(found)} >= {*range(2, len(tried) + 2)}


def test_dates_that_exist():
    assert all(map(is_date, ["2020", "2020-02", "2020-02-29", "1999-12-31"]))
    assert not any(map(is_date, [*NO_DATES, *NO_DAYS[:4], "0000", "", "2020-02-29 ", "²020", "٢٠٢٠"]))


KINDS = {
    "a host that is none": ("sources", {"kind": "news"}, "url", "https:///page", "an address with a host"),
    "a host without a domain": ("sources", {"kind": "news"}, "url", "https://localhost/page", "an address with a host"),
    "a port that is none": ("sources", {"kind": "news"}, "url", "https://orient.tm:99999/", "an address with a host"),
    "a name and password": ("sources", {"kind": "news"}, "url", "https://a:b@orient.tm/", "an address with a host"),
    "a DOI that cannot be": ("sources", {"source_key": "UNGA"}, "doi", "10.0000/x", "a DOI that can be"),
    "a DOI with a full stop": ("sources", {"source_key": "UNGA"}, "doi", "10.7910/DVN/LEJUQZ.", "a DOI that can be"),
    "a year outside the record": ("indicators", {"year": "2010"}, "year", "1889", "a whole number from 1989 to"),
    "trade with oneself": ("trade", {"reporter": "KAZ", "partner": "RUS"}, "partner", "KAZ", "another code than rep"),
    "a member of itself": ("memberships", {"region": "C5"}, "actor", "C5", "a code with kind state in actors"),
    "a visit to oneself": ("visits", {"guest": "KGZ", "host": "KAZ"}, "host", "KGZ", "another code than guest has"),
    "a guest of another pair": ("visits", {"guest": "KGZ", "host": "KAZ"}, "guest", "UZB", "one of the pair"),
    "a pair with a region": ("ties", {"pair": "KAZ-KGZ"}, "pair", "C5-KAZ", "written like KAZ-UZB"),
    "a pair that is none": ("ties", {"pair": "KAZ-KGZ"}, "pair", "EUU-KAZ", "a code with kind state in actors"),
    "a key of another pair": ("ties", {"pair": "KAZ-KGZ"}, "tie_id", "kaz-uzb-1997", "begins with the pair: kaz-kgz-"),
    "a key with no month": ("ties", {"pair": "KAZ-KGZ"}, "tie_id", "kaz-kgz-1997-13", "a date that exists, which 1997-13"),
    "a key of another state": ("documents", {"state": "KGZ"}, "document_id", "kaz-9", "begins with the state: kgz-"),
    "a visit by a region": ("documents", {"document_id": "kaz-1992"}, "state", "C5", "a code with kind state in actors"),
    "parties out of order": ("milestones", {"parties": "KAZ;KGZ"}, "parties", "KGZ;KAZ", "alphabetical order: KAZ;KGZ"),
    "an end before a start": ("milestones", {"date_end": ""}, "date_end", "1991-01-01", "not before date, which is"),
    "an end without a start": ("ties", {"date": ""}, "date_end", "2020-01-01", "blank where date is blank"),
    "a guest of no meeting": ("attendance", {"meeting_id": "cm-2018"}, "meeting_id", "cm-2020", "status held in meetings"),
    "a paper of no meeting": ("meeting_documents", {"meeting_id": "cm-2018"}, "meeting_id", "cm-2026", "status held"),
    "a gap in the places": ("priorities", {"reading": "baseline", "rank": "2", "note": "", "locator": ""}, "rank", "9", "or what stands between, in locator or note"),
    "a gap in the numbers": ("meeting_documents", {"seq": "1"}, "seq", "40", "place "),
    "a theme of another table": ("commitments", {"domain": "TRN"}, "domain", "INN", "scope all or commitments in domains"),
    "a value without a source": ("commitments", {"value": "1"}, "source", "", "not blank where value is 1"),
    "a strength of nothing": ("commitments", {"value": ""}, "confidence", "high", "blank where value is blank"),
    "a term that is open and ends": ("documents", {"term": "open"}, "term_end", "2030", "blank where term is open"),
    "replaced by nothing": ("documents", {"status": "replaced"}, "replaced_by", "", "not blank where status is replaced"),
    "replaced by itself": ("documents", {"document_id": "kaz-2014"}, "replaced_by", "kaz-2014", "another code than"),
    "in force and repealed": ("documents", {"document_id": "kaz-2020"}, "repealed", "2031-02", "blank where status is in_f"),
    "signed on no day": ("treaty_signatures", {"status": "signed"}, "date", "", "not blank where status is signed"),
    "held after all sources": ("visits", {"status": "held"}, "date", "2049", "not after all of its sources, of which"),
    "nothing in words": ("documents", {"document_id": "kaz-2020"}, "note", "n/a", "a text that says something, or blank"),
    "nothing in a spreadsheet": ("documents", {"document_id": "kaz-2020"}, "note", "#REF!", "a text that says something"),
    "letters that were lost": ("documents", {"document_id": "kaz-2020"}, "note", "said by Мир?иёев", "all its letters"),
    "letters in another encoding": ("documents", {"document_id": "kaz-2020"}, "note", "CafÃ©", "all its letters"),
    "two alphabets in a word": ("documents", {"document_id": "kaz-2020"}, "note", "Сentral Asia", "words in one alphabet"),
    "a place above the first": ("priorities", {"rank": "2", "reading": "baseline", "basis": "stated"}, "rank", "51", "from 1 to 50"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("table", "having", "column", "value", "told"), KINDS.values(), ids=KINDS)
def test_a_value_that_means_nothing_is_refused(edit_row, small_copy, table, having, column, value, told):
    row = edit_row(table, having, {column: value})
    found = [fault for fault in faults(small_copy, table) if row in (fault.rows or (fault.row,))]
    assert any(column in fault.column and told in fault.allowed for fault in found), [*map(str, found)]
    assert all("\n" not in str(fault) for fault in found)


def test_a_gap_has_no_value(edit_row, small_copy):
    gap = {"state": "KAZ", "indicator": "gdp_pc_ppp", "start": "1989", "end": "1991"}
    row = edit_row("indicator_gaps", {}, gap)
    (fault,) = faults(small_copy, "indicators")
    assert (fault.file, fault.row, fault.column) == ("indicator_gaps.csv", row, "start")
    assert "years without a value: indicators has 1990 and 1991 for KAZ, gdp_pc_ppp" in str(fault)


def test_a_share_of_a_whole_is_at_most_all_of_it():
    shares = [
        row
        for row in contract.rows("indicator_definitions")
        if row["unit"].startswith("% of ") and "GDP" not in row["unit"]
    ]
    assert len(shares) >= 4
    assert all((float(row["minimum"]), float(row["maximum"])) == (0, 100) for row in shares)


def test_two_concepts_of_a_state_are_not_in_force_at_once(edit_row, small_copy):
    later = {
        "document_id": "kaz-2031",
        "date": "2031-02",
        "term": "",
        "term_start": "",
        "term_end": "",
        "source": "KH22",
    }
    known = next(row["source_key"] for row in contract.rows("sources") if not row["date"])
    edit_row("documents", {"document_id": "kaz-2020"}, later | {"source": known}, copied=True)
    (fault,) = [fault for fault in faults(small_copy, "documents") if fault.check == "single"]
    assert "one row with in_force for KAZ; kaz-2020 in row 13 has it already" in str(fault)


@pytest.mark.parametrize(
    ("table", "dropped", "told"),
    [
        (
            "agenda",
            lambda row: row["voice"] == "KAZ" and row["domain"] > "INN",
            "also 6 rows for domain INV, REG, SEC, TRD, TRN and others, blank where unknown",
        ),
        ("agenda", lambda row: row["voice"] == "JOINT", "also 1 row for voice JOINT, blank where unknown"),
        (
            "commitments",
            lambda row: row["document_id"] == "kaz-2020" and row["domain"] == "TRN",
            "also 1 row for domain TRN",
        ),
    ],
)
def test_a_unit_that_is_not_whole_is_one_fault(small_copy, table, dropped, told):
    path = small_copy / f"{table}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if not dropped(row))
    path.write_text(out.getvalue(), encoding="utf-8")
    (fault,) = faults(small_copy, table)
    assert told in str(fault)


def test_a_later_member_is_no_voice_of_earlier_meetings(small_copy):
    with (small_copy / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("C5,AFG,2027,,AP18,\n")
    assert faults(small_copy, "agenda") == []


def test_a_group_without_a_row_to_count_adds_up_to_none():
    spec = {"sum": ["yes", "no"], "by": ["group"], "equals": {"resource": "members", "on": ["group"]}}
    resources = {"votes": {"path": "votes.csv", "schema": {"totals": [spec]}}, "members": {"schema": {}}}
    rows = {"votes": [{"group": "C5", "yes": "2", "no": "1"}], "members": [{"group": "C6"}]}
    (fault,) = groups.totals(Tables(resources, rows, "total"))
    assert (fault.value, fault.allowed) == ("3", "a sum of 0 for C5, as in members")
    assert not [*groups.totals(Tables(resources, {"votes": rows["votes"]}, "total"))], (
        "what cannot be read says nothing"
    )


def test_one_row_at_most_with_any_of_several_values():
    schema = {"primaryKey": ["key"], "single": [{"by": ["state"], "where": {"status": ["in_force", "amended"]}}]}
    rows = [
        {"key": str(place), "state": "KAZ", "status": status} for place, status in enumerate(("in_force", "amended"))
    ]
    (fault,) = groups.at_most_one(Tables({"docs": {"path": "docs.csv", "schema": schema}}, {"docs": rows}, "single"))
    assert fault.allowed == "one row with in_force or amended for KAZ; 0 in row 2 has it already"


@pytest.mark.parametrize(("delimiter", "shown"), [(";", "G81"), ("|", "G81"), (None, "G18;G81")])
def test_the_item_of_a_list_that_is_missing_is_shown_alone(delimiter, shown):
    target = {"resource": "sources", "field": "key"}
    field = (
        {"name": "source", "type": "list", "delimiter": delimiter}
        if delimiter
        else {"name": "source", "type": "string"}
    )
    resources = {"ties": {"path": "ties.csv", "schema": {"fields": [field]}}}
    tables = Tables(resources, {"ties": [{"source": (delimiter or ";").join(("G18", "G81"))}]}, "reference")
    assert tables.missing("ties", 2, "source", target, "G81").value == shown
