"""A sheet that is written, filled in and merged, from end to end."""

import csv
import io
import shutil

import pytest

from centralasia import claims, coding, commitments, hierarchy, load, meetings, reliability, using
from datacontract import contract
from datacontract.check import check
from datacontract.errors import ChoiceError, DataError

DECREE = {"WAT": "1", "REG": "1", "TRN": "0", "LEA": "0", "HEA": "-1"}
PLACES = {"RUS": "1", "CHN": "2", "CA4": "2", "USA": "3", "EU": "x"}


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the tables that are changed here are whole."""
    return part_copy("agenda", "codings", "commitments", "labels")


@pytest.fixture
def fill(tmp_path):
    """Writes a sheet, fills its cells by what `change` does to a row, and returns the path."""

    def filled(unit, change, delimiter=",", start=""):
        rows = list(csv.DictReader(io.StringIO(coding.coding_sheet(unit))))
        for row in rows:
            change(row)
        out = io.StringIO()
        writer = csv.DictWriter(out, coding.COLUMNS, delimiter=delimiter, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / f"{unit}.csv"
        path.write_text(start + out.getvalue(), encoding="utf-8", newline="")
        return path

    return filled


def decree(row):
    """What a reader of the whole decree might write: the source once, themes with words, partners in their order."""
    row["source"] = "ADI280" if row["code"] == "INV" else ""  # once is enough
    row["value"] = (DECREE if row["part"] == coding.THEME else PLACES).get(row["code"], "")
    if row["part"] == coding.THEME and row["value"] in ("1", "-1"):
        row["strength"], row["locator"], row["words"] = "direct", "chapter 5", f"what it says of {row['code']}"


def merge(path, coder="anna_k", **how):
    """Merges a sheet without a fault and writes it; the remarks."""
    found = coding.merge_sheet(path, coder, **how)
    assert [str(fault) for fault in found.faults] == []
    found.plan.write()
    return found.remarks


def told(found):
    return [str(fault) for fault in found.faults]


def test_a_sheet_has_themes_with_their_rules_and_blank_cells():
    rows = list(csv.DictReader(io.StringIO(coding.coding_sheet("kaz-2020"))))
    themes = [row for row in rows if row["part"] == coding.THEME]
    assert [row["code"] for row in themes] == commitments.domain_codes()
    frame = {row["domain"]: row for row in contract.rows("domains")}
    assert all(frame[row["code"]]["definition"] in row["rule"] for row in themes)
    assert not any(row[column] for row in rows for column in ("value", "strength", "locator", "words", "source"))
    partners = [row["code"] for row in rows if row["part"] == coding.PARTNER]
    assert {"RUS", "CHN", "CA4", "USA", "EU"} <= set(partners)
    assert rows[-1]["rule"].startswith("1 for the first that the text names")


def test_a_sheet_of_a_meeting_has_every_voice():
    rows = list(csv.DictReader(io.StringIO(coding.coding_sheet("cm-2025"))))
    assert [*dict.fromkeys(row["voice"] for row in rows)] == ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE", "JOINT"]
    assert len(rows) == 7 * 13
    assert len(list(csv.reader(io.StringIO(coding.coding_sheet("kaz-tkm-2025-11"))))) == 1 + 6


@pytest.mark.slow
def test_the_decree_is_read_merged_and_seen_in_the_chapters(root, tmp_path, fill):
    with using(shutil.copytree(root / "data", tmp_path / "data")):
        path = fill("kaz-2020", decree, delimiter=";", start="\ufeff")  # as a spreadsheet saves it
        before = load("commitments").set_index(["document_id", "domain"])["value"]
        remarks = merge(path, whole_text=True)
        assert check(["commitments", "codings", "priorities", "readings"]) == []
        after = load("commitments").set_index(["document_id", "domain"])
        assert after.loc[("kaz-2020", "WAT"), "value"] == 1
        assert after.loc[("kaz-2020", "WAT"), "locator"] == "chapter 5"
        assert after.loc[("kaz-2020", "TRN"), "value"] == 0
        assert after.loc[("kaz-2020", "HEA"), "value"] == -1
        assert after.loc[("kaz-2020", "LEA"), "value"] == before[("kaz-2020", "LEA")] == 1  # what was known stays
        assert remarks == [
            "commitments.csv, kaz-2020, KAZ, LEA: 1 there, 0 in this sheet; the table stays: change its row where the sheet is right"
        ]
        rows = load("codings").query("coder == 'anna_k'")
        assert len(rows) == 15
        assert set(rows["read"]) == {"full"}
        assert set(rows["source"]) == {"ADI280"}
        assert "anna_k" in hierarchy.readings("kaz-2020")
        order = hierarchy.ranking("kaz-2020", "anna_k")
        assert {actor: order.loc[actor, "rank"] for actor in ("RUS", "CHN", "CA4", "USA")} == {
            "RUS": 1,
            "CHN": 2,
            "CA4": 2,
            "USA": 4,
        }
        assert order.loc["EU"].isna()["rank"]
        assert (
            "Water resources"
            in commitments.matrix("kaz-2020", "TKM").alt_text.partition("2020–2030 (compared)")[2].partition(".")[0]
        )
        assert claims.verdicts().set_index("claim_id").loc["c29", "verdict"] != "not_established"
        again = coding.merge_sheet(path, "anna_k", whole_text=True)
        assert told(again)[0].startswith(
            "kaz-2020.csv, row 2, column value: '0' is not allowed; allowed: another --coder, since anna_k has coded kaz-2020 already"
        )


def test_a_second_reader_of_the_whole_text_can_be_compared(data_copy, fill):
    with using(data_copy):
        path = fill("kaz-2020", decree)
        merge(path, whole_text=True)
        merge(path, "boris", whole_text=True)
        cells = reliability.coded_twice().xs("full", level="read")
        assert set(cells.reset_index()["unit"]) == {"kaz-2020"}
        assert len(cells) == len(DECREE)
        assert (cells["anna_k"] == cells["boris"]).all()


def test_a_text_that_was_coded_once_keeps_its_first_coding(data_copy, fill):
    """A further coding of openings stands beside what the table held; the table stays as it was."""
    with using(data_copy):
        assert "kgz-2025-statement" not in set(load("codings")["unit"])
        held = load("commitments").query("document_id == 'kgz-2025-statement'")

        def change(row):
            if row["code"] in ("WAT", "TRN") and row["part"] == coding.THEME:
                row.update(value="1", words="as read", source="TANZ25")

        merge(fill("kgz-2025-statement", change))
        assert check(["codings"]) == []
        assert load("commitments").query("document_id == 'kgz-2025-statement'").equals(held)
        rows = load("codings").query("unit == 'kgz-2025-statement'")
        assert rows.groupby("coder")["value"].sum().to_dict() == {"anna_k": 2, "first": held["value"].sum()}
        cells = reliability.coded_twice().xs("kgz-2025-statement", level="unit")
        assert cells[["anna_k", "first"]].notna().all(axis=None)


def test_a_new_meeting_is_a_sheet_and_not_91_rows_by_hand(data_copy, fill):
    text = (data_copy / "meetings.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("cm-2026,8,2026,,TKM,regular,planned,"))
    held = text.replace(row, "cm-2026,8,2026-02-09,Ashgabat,TKM,regular,held,ART19,medium,")  # an undated source
    (data_copy / "meetings.csv").write_text(held, encoding="utf-8")
    with using(data_copy), pytest.raises(ChoiceError, match=r"attendance.csv has nobody at cm-2026; .*add them first"):
        coding.coding_sheet("cm-2026")
    with (data_copy / "attendance.csv").open("a", encoding="utf-8") as file:
        for state in ("KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE"):
            file.write(f"cm-2026,{state},president,N. N. of {state},president,ART19,medium,\n")

    def change(row):
        if row["voice"] in ("KAZ", "JOINT") and row["code"] in ("TRN", "WAT"):
            row.update(value="1", strength="direct", words="rivers and roads", locator="second part")
        row["source"] = "ART19" if row["voice"] in ("KAZ", "JOINT", "TKM") and row["code"] == "TRN" else ""

    with using(data_copy):
        merge(fill("cm-2026", change))
        assert [str(fault) for fault in check(["agenda"])] == []
        rows = load("agenda").query("meeting_id == 'cm-2026'").set_index(["voice", "domain"])
        assert len(rows) == 7 * 13
        assert rows["text_seen"].groupby(level="voice", sort=False).first().to_dict() == {
            "KAZ": "coded", "KGZ": "none", "TJK": "none", "TKM": "fragment", "UZB": "none", "AZE": "none", "JOINT": "coded",
        }  # fmt: skip
        assert rows.loc[("KAZ", "WAT"), ["value", "person", "source", "note"]].tolist() == [
            1, "N. N. of KAZ", "ART19", "rivers and roads; second part",
        ]  # fmt: skip
        read = meetings.text_coverage(meetings.speech_codes(meetings.Choice("CM", 2018, 2026))).set_index("meeting_id")
        assert tuple(read.loc["cm-2026", ["voices", "read", "joint"]]) == (6, 1, True)


def test_partners_alone_are_a_reading_and_no_coding(data_copy, fill):
    """Of a document that has neither: the table of themes stays without it."""

    def change(row):
        if row["part"] == coding.PARTNER and row["code"] in ("RUS", "CHN"):
            row.update(value="1" if row["code"] == "RUS" else "2", source="ISLB24")

    with using(data_copy):
        merge(fill("kaz-2024-article", change))
        assert [str(fault) for fault in check(["priorities", "readings", "commitments"])] == []
        assert "kaz-2024-article" not in set(load("commitments")["document_id"])
        assert hierarchy.readings("kaz-2024-article") == ["anna_k"]


def test_a_half_filled_voice_can_be_coded_again(data_copy, fill):
    path = data_copy / "agenda.csv"
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("cm-2025,KAZ,W")
    ]
    path.write_text("".join(kept), encoding="utf-8")

    def change(row):
        if row["voice"] == "KAZ" and row["code"] in ("TRN", "WAT"):
            row.update(value="1", source="AT25")

    with using(data_copy):
        merge(fill("cm-2025", change), whole_text=True)
        assert [str(fault) for fault in check(["agenda", "codings"])] == []
        rows = load("agenda").set_index(["meeting_id", "voice", "domain"])
        assert rows.loc[("cm-2025", "KAZ", "WAT"), "value"] == 1


def test_a_new_event_is_a_sheet(data_copy, fill):
    def change(row):
        if row["part"] == coding.EVENT:
            row.update(words="a visit to Aktau", source="ART19")
        elif row["code"] in ("TRN", "WAT"):
            row.update(value="1", words="as the report has it", source="ART19")

    with using(data_copy):
        merge(fill("kaz-tkm-2026-02", change))
        assert [str(fault) for fault in check(["pair_agenda"])] == []
        rows = load("pair_agenda").query("event_id == 'kaz-tkm-2026-02'")
        assert len(rows) == 6
        assert set(rows["event"]) == {"a visit to Aktau"}
        assert set(rows["date"]) == {"2026-02"}
        assert rows["value"].sum() == 2


WRONG = [
    ("value", "yes", "1 named, -1 named to refuse it, blank not named [sheet]"),
    ("value", "0", "0 only with --whole-text [sheet]"),
    ("strength", "direkt", "did you mean 'direct'?"),
    ("strength", "direct", "blank where the theme is not named; or write 1 under value"),
    ("locator", "x" * 41, "at most 40 letters"),
    ("words", "x" * 121, "at most 120 letters; say it shorter"),
    ("part", "thema", "did you mean 'theme'?"),
    ("voice", "KGZ", "allowed: KAZ"),
    ("code", "WATER", "did you mean 'WAT'?"),
    ("code", "TRN", "each theme and partner once for each voice"),
]


@pytest.mark.parametrize(("column", "value", "mend"), WRONG)
def test_a_wrong_cell_is_named_with_row_column_and_mend(fill, column, value, mend):
    cells = {"source": "ADI280", column: value}
    path = fill("kaz-2020", lambda row: row.update(cells) if row["code"] == "WAT" else None)
    (line,) = told(coding.merge_sheet(path, "anna_k"))
    assert line.startswith(f"kaz-2020.csv, row 7, column {column}: {value[:60]!r}"[:60])
    assert mend in line


@pytest.mark.parametrize(
    ("cells", "column", "mend"),
    [
        ({"value": "1", "words": "rivers"}, "source", "the key of the text in sources.csv, as ADI280"),
        (
            {"value": "1", "words": "rivers", "source": "ADI28"},
            "source",
            "a key of sources.csv; did you mean 'ADI280'?",
        ),
        ({"value": "1", "source": "ADI280"}, "words", "what the text says of it, in your own words"),
    ],
)
def test_what_a_named_theme_needs_is_said(fill, cells, column, mend):
    path = fill("kaz-2020", lambda row: row.update(cells) if row["code"] == "WAT" else None)
    (line,) = told(coding.merge_sheet(path, "anna_k"))
    assert f"row 7, column {column}: " in line
    assert mend in line


def test_places_leave_no_gap(fill):
    places = {"RUS": "1", "CHN": "2", "CA4": "4"}

    def change(row):
        if row["part"] == coding.PARTNER:
            row.update(value=places.get(row["code"], ""), source="ADI280")

    (line,) = told(coding.merge_sheet(fill("kaz-2020", change), "anna_k"))
    assert "column value: '4' is not allowed; allowed: 3, the next place" in line
    places["USA"] = "2"
    assert not coding.merge_sheet(fill("kaz-2020", change), "anna_k").faults  # 1, 2, 2, 4
    places["CA4"] = "third"
    (line,) = told(coding.merge_sheet(fill("kaz-2020", change), "anna_k"))
    assert "a whole number from 1, x named without a place, blank not named" in line


@pytest.mark.parametrize("name", ["Anna", "first", "anna k", ""])
def test_a_name_that_cannot_be_one_is_refused(fill, name):
    with pytest.raises(ChoiceError, match=f"coder is '{name}'; allowed: small letters, digits and _, as anna_k"):
        coding.merge_sheet(fill("kaz-2020", decree), name)


def test_a_file_that_is_no_sheet_is_refused(tmp_path, fill):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"other.csv: column part is missing; allowed: the columns of centralasia coding-sheet"
    ):
        coding.merge_sheet(tmp_path / "other.csv", "anna_k")
    with pytest.raises(DataError, match=r"none.csv: cannot be read"):
        coding.merge_sheet(tmp_path / "none.csv", "anna_k")
    path = fill("kaz-2020", lambda row: row.update(unit="kaz-2014") if row["code"] == "WAT" else None)
    with pytest.raises(DataError, match=r"column unit holds kaz-2014, kaz-2020; allowed: one text"):
        coding.merge_sheet(path, "anna_k")
    with pytest.raises(ChoiceError, match=r"no document, meeting or event 'kaz-2021'; did you mean 'kaz-2020'\?"):
        coding.coding_sheet("kaz-2021")


@pytest.mark.slow
def test_the_verbs_write_check_and_merge(centralasia, data_copy, tmp_path):
    sheet = tmp_path / "sheet.csv"
    done = centralasia("coding-sheet", "kaz-2020", "-o", sheet, "--data", data_copy)
    assert done.returncode == 0, done.stderr
    again = centralasia("coding-sheet", "kaz-2020", "-o", sheet, "--data", data_copy)
    assert again.returncode == 2
    assert "is there already, maybe filled in" in again.stderr
    text = sheet.read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    for row in lines:
        decree(row)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, coding.COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
    merge = "coding-merge", sheet, "--coder", "anna_k", "--data", data_copy
    wrong = centralasia(*merge)
    assert wrong.returncode == 1
    assert "2 faults: nothing is written" in wrong.stderr  # 0 without --whole-text
    dry = centralasia(*merge, "--whole-text", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "codings.csv: 15 new" in dry.stdout
    assert "nothing is written, as asked" in dry.stderr
    with using(data_copy):
        assert "anna_k" not in set(load("codings")["coder"])
    done = centralasia(*merge, "--whole-text")
    assert done.returncode == 0, done.stdout + done.stderr
    assert centralasia("check", "--data", data_copy).returncode == 0
    with using(data_copy):
        assert "anna_k" in hierarchy.readings("kaz-2020")
