"""Roll-call files into counts: both layouts, hand-computed counts, every error, and memory that does not grow with the file."""

import csv
import tracemalloc
from pathlib import Path

import pytest

from centralasia.votes.measures import CELLS
from centralasia.votes.update import VoteFileError, count, write

TABLES = ["unga_dyads", "unga_years", "unga_groups"]
DATA = Path(__file__).resolve().parents[2] / "data"
LIBRARY = [
    *["undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft", "committee_report"],
    *["meeting", "title", "agenda_title", "subjects", "vote_note", "total_yes", "total_no", "total_abstentions"],
    *["total_non_voting", "total_ms", "undl_link"],
]
DATAVERSE = [
    *["", "rcid", "ccode", "member", "vote", "Country", "Countryname", "year", "session", "abstain", "yes", "no"],
    *["importantvote", "date", "unres", "amend", "para", "short", "descr", "me", "nu", "di", "hr", "co", "ec"],
    *["ident", "resid"],
]
NUMBER = {"KAZ": "705", "KGZ": "703", "UZB": "704", "RUS": "365"}
# Four roll calls of 2001 and one of 2002, for both layouts; UZB has no row in the fourth.
VOTES = {
    ("10", "2001-11-01"): {"KAZ": "y", "KGZ": "y", "UZB": "x", "RUS": "n"},
    ("11", "2001-11-02"): {"KAZ": "y", "KGZ": "a", "UZB": "n", "RUS": "n"},
    ("12", "2001-12-03"): {"KAZ": "a", "KGZ": "a", "UZB": "x", "RUS": "y"},
    ("13", "2001-12-03"): {"KAZ": "x", "KGZ": "y", "RUS": "y"},
    ("14", "2002-01-05"): {"KAZ": "n", "KGZ": "n", "UZB": "n", "RUS": "n"},
}


def library_row(call, day, state, vote):
    return {"undl_id": call, "ms_code": state, "ms_vote": vote, "date": day, "title": 'Title, "quoted",\nin two lines'}


def dataverse_row(call, day, state, vote, **more):
    row = {"rcid": call, "ccode": NUMBER.get(state, state), "vote": vote, "date": day, "unres": f"R/56/{call}"}
    return row | {"yes": "90", "no": "20", "amend": "0", "member": "1"} | more


def save(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def library(path, rows):
    return save(path, LIBRARY, rows)


def dataverse(path, rows):
    return save(path, DATAVERSE, rows)


def all_rows(make, letters):
    return [make(*call, state, letters[vote]) for call, votes in VOTES.items() for state, vote in votes.items()]


@pytest.fixture(params=["UNDL", "UNGA"])
def votes(request, tmp_path):
    """The source key, a file with VOTES, and how to write one more such file."""
    if request.param == "UNDL":
        make, save_as, letters = library_row, library, {"y": "Y", "a": "A", "n": "N", "x": "X"}
    else:
        make, save_as, letters = dataverse_row, dataverse, {"y": "1", "a": "2", "n": "3", "x": "8"}
    rows = all_rows(make, letters)
    return request.param, save_as(tmp_path / "votes.csv", rows), rows, save_as


def cells(row):
    return {cell: n for cell, n in zip(CELLS, row[3:-1], strict=True) if n}


def test_pairs_by_hand(votes):
    source, path, _, _ = votes
    dyads = count([path], ["UZB", "KGZ", "KAZ"])["unga_dyads"]
    assert [row[:3] for row in dyads] == [
        (a, b, year) for a, b in [("KAZ", "KGZ"), ("KAZ", "UZB"), ("KGZ", "UZB")] for year in (2001, 2002)
    ]
    assert [cells(row) for row in dyads] == [
        {"yy": 1, "ya": 1, "aa": 1, "xy": 1},
        {"nn": 1},
        {"yx": 1, "yn": 1, "ax": 1, "neither": 1},
        {"nn": 1},
        {"yx": 2, "an": 1, "ax": 1},
        {"nn": 1},
    ]
    assert {row[-1] for row in dyads} == {source}


def test_years_and_groups_by_hand(votes):
    source, path, _, _ = votes
    counts = count([path], ["KAZ", "KGZ"], regions={"R3": ["UZB", "KAZ", "KGZ"], "A1": ["RUS"]})
    assert counts["unga_years"] == [(2001, 4, "", "", source), (2002, 1, "", "", source)]
    assert counts["unga_groups"] == [
        ("A1", 2001, 0, 0, 1, 0, 2, source),
        ("A1", 2001, 1, 0, 0, 0, 2, source),
        ("A1", 2002, 0, 0, 1, 0, 1, source),
        ("R3", 2001, 0, 2, 0, 1, 1, source),
        ("R3", 2001, 1, 0, 0, 2, 1, source),
        ("R3", 2001, 1, 1, 1, 0, 1, source),
        ("R3", 2001, 2, 0, 0, 1, 1, source),
        ("R3", 2002, 0, 0, 3, 0, 1, source),
    ]
    assert len(counts["unga_dyads"]) == 2  # a region's states are counted, their pairs only where asked for


def test_every_pair_sums_to_the_roll_calls_of_the_year(votes):
    counts = count([votes[1]], ["KAZ", "KGZ", "UZB", "RUS"])
    calls = {year: n for year, n, *_ in counts["unga_years"]}
    assert all(sum(row[3:-1]) == calls[row[2]] for row in counts["unga_dyads"])


def test_order_of_rows_and_files_does_not_matter(votes, tmp_path):
    _, path, rows, save_as = votes
    parts = [save_as(tmp_path / "a.csv", rows[::-2]), save_as(tmp_path / "b.csv", rows[-2::-2])]
    assert count(parts, NUMBER, {"R": ["KAZ", "UZB"]}) == count([path], NUMBER, {"R": ["UZB", "KAZ"]})


def test_earlier_years_are_skipped(votes):
    assert [row[0] for row in count([votes[1]], ["KAZ", "UZB"], since=2002)["unga_years"]] == [2002]


def test_library_blank_is_not_voting_and_the_soviet_seat_is_russia(tmp_path):
    rows = [library_row("1", "1991-11", "SUN", "Y"), library_row("1", "1991-11", "KGZ", "")]
    (row,) = count([library(tmp_path / "v.csv", rows)], ["RUS", "KGZ"])["unga_dyads"]
    assert (row[:3], cells(row)) == (("KGZ", "RUS", 1991), {"xy": 1})


def test_dataverse_peculiarities(tmp_path):
    day = "2001-11-01"
    rows = [
        dataverse_row("1.0", day, "KAZ", "1.0", amend="NA", yes="NA"),  # nothing known about it: kept
        dataverse_row("1.0", day, "703.0", "9.0", amend="NA", yes="NA"),  # not a member: absent
        dataverse_row("2", day, "KAZ", "1", amend="1"),  # an amendment: left out
        dataverse_row(
            "3", day, "KAZ", "3", yes="20", no="90"
        ),  # rejected: counts, unless adopted texts alone are wanted
        dataverse_row("4", day, "KAZ", "3", unres="R/56/9", para="1"),  # a paragraph counts
        dataverse_row("4", "2001-12-01", "KAZ", "2", unres="R/56/10"),  # the same number, another resolution
        dataverse_row("4", "2001-12-01", "265", "1", unres="R/56/10"),  # a state of the past: nobody's vote
    ]
    path = dataverse(tmp_path / "v.csv", rows)
    (row,) = count([path], ["KAZ", "KGZ"])["unga_dyads"]
    assert cells(row) == {"yx": 1, "ax": 1, "nx": 2}
    adopted = count([path], ["KAZ", "KGZ"], {"R": ["KAZ"]}, adopted_only=True)
    assert cells(adopted["unga_dyads"][0]) == {"yx": 1, "ax": 1, "nx": 1}
    assert adopted["unga_years"] == [(2001, 3, "", "", "UNGA")]
    assert sum(row[-2] for row in adopted["unga_groups"]) == 3


def test_written_bytes_are_those_of_the_tables(votes, tmp_path):
    source, path, _, _ = votes
    paths = write(count([path], ["KAZ", "KGZ"], {"R": ["KAZ", "KGZ"]}), tmp_path / "out" / "new")
    dyads, years, groups = (p.read_bytes().decode() for p in paths)
    assert sorted(p.name for p in (tmp_path / "out" / "new").iterdir()) == sorted(f"{t}.csv" for t in TABLES)
    assert dyads == (
        "state_a,state_b,year,yy,ya,yn,ay,aa,an,ny,na,nn,yx,ax,nx,xy,xa,xn,neither,source\n"
        f"KAZ,KGZ,2001,1,1,0,0,1,0,0,0,0,0,0,0,1,0,0,0,{source}\n"
        f"KAZ,KGZ,2002,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,{source}\n"
    )
    assert years == f"year,roll_calls,comparable,note,source\n2001,4,,,{source}\n2002,1,,,{source}\n"
    assert groups.splitlines()[-1] == f"R,2002,0,0,2,0,1,{source}"


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_data_folder(table, tmp_path):
    paths = write({table: []}, tmp_path)
    assert paths[0].read_text() == (DATA / f"{table}.csv").read_text().splitlines(keepends=True)[0]


def test_cells_are_in_the_order_of_the_columns():
    with (DATA / "unga_dyads.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[3:-1] == CELLS


WRONG = {
    "vote": (library, [library_row("1", "2001-11-01", "KAZ", "Q")], "row 2, column ms_vote: 'Q'", "Y, A, N, X, bl"),
    "no vote": (dataverse, [dataverse_row("1", "2001-11-01", "KAZ", "")], "row 2, column vote: ''", "1, 2, 3, 8, 9"),
    "no such day": (library, [library_row("1", "2001-02-30", "KAZ", "Y")], "row 2, column date: '2001-02-30'", "YYYY-"),
    "no such year": (
        library,
        [library_row("1", "0201-11-01", "KAZ", "Y")],
        "column date: '0201-11-01'",
        "from 1946 on",
    ),
    "no roll call": (
        library,
        [library_row("", "2001-11-01", "KAZ", "Y")],
        "row 2, column undl_id: ''",
        "the number of",
    ),
    "other date": (library, [library_row("1", "1/11/2001", "KAZ", "Y")], "column date: '1/11/2001'", "YYYY-MM-DD"),
    "state": (library, [library_row("1", "2001-11-01", "Kazakh", "Y")], "column ms_code: 'Kazakh'", "three capitals"),
    "no state": (dataverse, [dataverse_row("1", "2001-11-01", "", "1")], "row 2, column ccode: ''", "705 for KAZ"),
    "second vote": (
        library,
        [library_row("1", "2001-11-01", s, "Y") for s in ("KAZ", "UZB", "KAZ")],
        "row 4, column ms_code: 'KAZ'",
        "one vote a roll call; 1 has one above",
    ),
    "second date": (
        dataverse,
        [dataverse_row("1", day, s, "1") for day, s in (("2001-11-01", "KAZ"), ("2001-11-02", "UZB"))],
        "row 3, column date: '2001-11-02'",
        "1 has 2001-11-01 above",
    ),
}


@pytest.mark.parametrize("save_as, rows, where, allowed", WRONG.values(), ids=WRONG)
def test_errors_name_file_row_column_value_and_what_is_allowed(save_as, rows, where, allowed, tmp_path):
    with pytest.raises(VoteFileError) as error:
        count([save_as(tmp_path / "bad.csv", rows)], ["KAZ", "UZB"])
    message = str(error.value)
    assert message.startswith("bad.csv: ") and where in message
    assert allowed in message.partition("allowed; allowed: ")[2]


def test_a_year_in_both_layouts_is_an_error(tmp_path):
    one = library(tmp_path / "one.csv", [library_row("1", "2001-11-01", "KAZ", "Y")])
    two = dataverse(tmp_path / "two.csv", [dataverse_row("7", "2001-11-01", "KAZ", "1")])
    with pytest.raises(VoteFileError, match=r"two\.csv: row 2, column date: .*2001 is UNDL above"):
        count([one, two], ["KAZ"])


def test_a_state_that_no_row_names_is_an_error(votes):
    with pytest.raises(VoteFileError, match=r"names the state 'KAX'; did you mean 'KAZ'"):
        count([votes[1]], ["KAX", "UZB"])


def test_files_that_cannot_be_read(tmp_path):
    bad = tmp_path / "bad.csv"
    with pytest.raises(VoteFileError, match=r"bad\.csv: cannot be read"):
        count([bad], ["KAZ"])
    for text, part in [
        (b"ms_codes,ms_votes\n", "row 1, column header: 'ms_codes,ms_votes' is not allowed; allowed: one with date, "),
        (b"", r"bad\.csv: is empty; allowed: a header and rows"),
        (b"undl_id,ms_code,ms_vote,date\n1,KAZ,Y\n", r"bad\.csv, row 2: 3 cells; allowed: 4, as in the header"),
        (b"undl_id,ms_code,ms_vote,date\n1,K\xd4Z,Y,2001\n", r"bad\.csv, line 2: not UTF-8"),
        (
            b"undl_id,ms_code,ms_vote,date,date\n1,KAZ,Y,2001,2001\n",
            "row 1: the column 'date' twice; allowed: each column",
        ),
    ]:
        bad.write_bytes(text)
        with pytest.raises(VoteFileError, match=part):
            count([bad], ["KAZ"])


@pytest.mark.parametrize(
    "rows",
    [
        # One quotation mark is missing: what follows is swallowed, in rows that are of the right length all the same.
        '1,KAZ,Y,2001-01-01,"one\n1,KGZ,N,2001-01-01,two"\n2,KAZ,Y,2001-01-02,three\n2,KGZ,Y,2001-01-02,three\n',
        '1,KAZ,Y,2001-01-01,"one\n1,KGZ,N,2001-01-01,two\n2,KAZ,Y,2001-01-02,"",\n2,KGZ,Y,2001-01-02,three"\n',
        '1,KAZ,Y,2001-01-01,"one"\n1,KGZ,N,2001-01-01,"one\n2,KAZ,Y,2001-01-02,"two"\n2,KGZ,Y,2001-01-02,"two"\n',
        '1,KAZ,Y,2001-01-01,"one\n1,KGZ,N,2001-01-01,two\n',
    ],
)
def test_rows_that_a_lost_quotation_mark_swallows_are_refused(rows, tmp_path):
    path = tmp_path / "lost.csv"
    path.write_text("undl_id,ms_code,ms_vote,date,title\n" + rows)
    with pytest.raises(VoteFileError, match=r"lost\.csv, row [23]: .*quotation mark"):
        count([path], ["KAZ", "KGZ"])


def test_blank_rows_at_the_end_do_no_harm(votes):
    _, path, _, _ = votes
    before = count([path], ["KAZ", "UZB"])
    columns = path.read_text(encoding="utf-8").partition("\n")[0].count(",")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{',' * columns}\r\n\r\n")
    assert count([path], ["KAZ", "UZB"]) == before


@pytest.mark.slow
def test_the_command_counts_the_states_that_are_asked_for(tmp_path, centralasia):
    """A region is counted only where all its members are: nothing is asked of states that nobody asked for."""
    letters = {"y": "1", "a": "2", "n": "3", "x": "8"}
    path, out = dataverse(tmp_path / "votes.csv", all_rows(dataverse_row, letters)), tmp_path / "out"
    done = centralasia("count-votes", path, "--states", "KAZ,KGZ", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "left out of unga_groups.csv" in done.stderr and "C5" in done.stderr
    assert [line.split(",")[:3] for line in (out / "unga_dyads.csv").read_text().splitlines()[1:]] == [
        ["KAZ", "KGZ", "2001"], ["KAZ", "KGZ", "2002"],
    ]  # fmt: skip
    assert len((out / "unga_groups.csv").read_text().splitlines()) == 1
    wrong = centralasia("count-votes", path, "--states", "kaz,kgz", "--out", out)
    assert wrong.returncode == 2 and "names the state 'kaz'; did you mean 'KAZ'?" in wrong.stderr


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    states = [f"{a}{b}A" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJKLMNOPQRST"]
    big = tmp_path / "big.csv"
    with big.open("w", encoding="utf-8") as file:  # 200 roll calls of 200 states
        file.write("undl_id,ms_code,ms_vote,date,title\n")
        for call in range(200):
            row = f",{'YNAX'[call % 4]},{2000 + call // 20}-11-01,{'a title longer than titles often are' * 8}\n"
            file.writelines(f"{call},{state}{row}" for state in states)
    tracemalloc.start()
    counts = count([big], states[:26], {"R": states[:5]})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [n for _, n, *_ in counts["unga_years"]] == [20] * 10
    assert big.stat().st_size > 10_000_000 and peak < 2_000_000
