"""Tables that a spreadsheet saved: recognised, named with the mend, and mended to the byte where that is sure."""

import csv
import io
import re

import pytest

from centralasia import using
from datacontract.check import check
from datacontract.mend import mend
from datacontract.saved import recognise

TRUTH = {"ru": ("ИСТИНА", "ЛОЖЬ"), "de": ("WAHR", "FALSCH"), "en": ("TRUE", "FALSE")}


def saved(text, encoding="utf-8", delimiter=",", end="\r\n", before="", blank=0, comma=False, truth=None, days=False):
    """A table as a spreadsheet saves it."""
    table = list(csv.reader(io.StringIO(text, newline="")))
    if comma:
        table[1:] = [[re.sub(r"^(-?\d+)\.(\d)", r"\1,\2", cell) for cell in row] for row in table[1:]]
    if truth:
        words = dict(zip(("True", "False"), TRUTH[truth], strict=True))
        table = [[words.get(cell, cell) for cell in row] for row in table]
    if days:
        table = [[re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3.\2.\1", cell) for cell in row] for row in table]
    width = len(table[0]) + blank
    table = [row + [""] * blank for row in table] + [[""] * width] * blank
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(table)
    return (before + out.getvalue()).encode(encoding)


SAVES = {
    "US Excel, CSV UTF-8": ({"encoding": "utf-8-sig", "truth": "en"}, "a byte order mark and carriage returns"),
    "old Mac": ({"end": "\r"}, "carriage returns"),
    "German Excel": (
        {"delimiter": ";", "comma": True, "truth": "de", "days": True, "encoding": "cp1252"},
        "carriage returns at line ends and semicolons between cells",
    ),
    "Russian Excel": (
        {"delimiter": ";", "comma": True, "truth": "ru", "days": True, "encoding": "utf-8-sig"},
        "semicolons between cells",
    ),
    "Unicode text": ({"encoding": "utf-16", "delimiter": "\t"}, "UTF-16, carriage returns at line ends and tabs"),
    "UTF-16 without a mark": ({"encoding": "utf-16-le", "delimiter": ","}, "UTF-16 and carriage returns"),
    "sep=": ({"before": "sep=;\r\n", "delimiter": ";", "comma": True}, "a first line sep= and semicolons"),
    "blank rows and columns": ({"blank": 3}, "carriage returns"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("how", "told"), SAVES.values(), ids=SAVES)
@pytest.mark.parametrize("table", ["unga_years", "visits", "trade"])
def test_what_a_spreadsheet_saved_is_mended_to_the_byte(small_copy, tmp_path, table, how, told):
    path = small_copy / f"{table}.csv"
    before = path.read_text(encoding="utf-8")
    raw = saved(before, **how)
    path.write_bytes(raw)
    with using(small_copy):
        (fault,) = check([table])
        assert told in str(fault) and "centralasia check --fix mends this" in str(fault)
        (mended,) = mend(tmp_path / "kept", [table])
        assert path.read_text(encoding="utf-8") == before
        assert mended.backup.read_bytes() == raw
        assert check([table]) == [] and mend(tmp_path / "kept", [table]) == []
    assert told.split(" and ")[0].split(",")[0] in str(mended) and str(mended.backup) in str(mended)


def test_cyrillic_in_a_code_page_is_mended_unless_letters_were_lost(small_copy, tmp_path):
    path = small_copy / "labels.csv"
    text = path.read_text(encoding="utf-8")
    russian = "".join(line for line in text.splitlines(keepends=True) if not re.match(r"\w+,[^,]+,kk,", line))
    plain = re.sub(r"[^\x00-\x7fА-яЁё]", "-", russian)
    with using(small_copy):
        path.write_bytes(saved(plain, encoding="cp1251", delimiter=";"))
        (mended,) = mend(tmp_path / "kept", ["labels"])
        assert path.read_text(encoding="utf-8") == plain and "code page 1251" in str(mended)
        lost = text.encode("cp1251", "replace")
        path.write_bytes(lost)
        (refused,) = mend(tmp_path / "kept", ["labels"])
        assert str(refused) == (
            "labels.csv: left alone: it was saved in code page 1251, which has not all of its letters: take them from a copy"
        )
        assert path.read_bytes() == lost


@pytest.mark.parametrize(
    "raw",
    [
        b"year;roll_calls\r\n1991;75\r\n",  # other columns
        b'year;roll_calls;comparable;note;source\r\n1991;"75;True;;UNGA\r\n',  # an open quotation mark
        b"year;roll_calls;comparable;note;source\r\n1991;75;True;;UNGA;1\r\n1992;75;True;;UNGA\r\n",
        b"year;roll_calls;comparable;note;source\r\n1991;75;True;\xd0\xc1\xd2\xc1;UNGA\r\n",  # KOI8
        b"\xff\xfeyear",
        b"\x00\x01\x02",
        b"PK\x03\x04",
    ],
)
def test_what_is_not_sure_is_left_alone(small_copy, tmp_path, raw):
    path = small_copy / "unga_years.csv"
    path.write_bytes(raw)
    with using(small_copy):
        assert all(mended.backup is None for mended in mend(tmp_path / "kept", ["unga_years"]))
        assert check(["unga_years"])
    assert path.read_bytes() == raw and not (tmp_path / "kept").exists()


def test_a_decimal_comma_is_not_guessed(small_copy, tmp_path):
    """In a file with commas between cells, and where a point stands in the column, a comma may set apart thousands."""
    path = small_copy / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("16837.69", '"16837,69"')
    path.write_text(text, encoding="utf-8")
    with using(small_copy):
        assert mend(tmp_path / "kept", ["indicators"]) == []
        (fault,) = check(["indicators"])
    assert "'16837,69' is not allowed" in str(fault) and "with a decimal point, not a comma" in str(fault)


def test_columns_in_another_order_are_put_in_order(small_copy, tmp_path):
    path = small_copy / "unga_years.csv"
    before = path.read_text(encoding="utf-8")
    table = list(csv.reader(io.StringIO(before, newline="")))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row[::-1] for row in table])
    path.write_text(out.getvalue(), encoding="utf-8")
    with using(small_copy):
        (mended,) = mend(tmp_path / "kept", ["unga_years"])
    assert path.read_text(encoding="utf-8") == before and "the columns in another order" in str(mended)


def test_a_copy_is_never_written_over(small_copy, tmp_path):
    path, kept = small_copy / "unga_years.csv", tmp_path / "kept"
    before = path.read_bytes()
    copies = []
    with using(small_copy):
        for mark in (b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"):
            path.write_bytes(mark + before)
            copies += [mended.backup for mended in mend(kept, ["unga_years"])]
    assert len({*copies}) == 2 and [copy.read_bytes() for copy in copies] == [
        b"\xef\xbb\xbf" + before,
        b"\xef\xbb\xbf\n" + before,
    ]


def test_the_command_says_what_it_did(small_copy, tmp_path, centralasia):
    path = small_copy / "unga_years.csv"
    path.write_bytes(saved(path.read_text(encoding="utf-8"), delimiter=";"))
    done = centralasia("check", "--data", small_copy, "unga_years", "--fix", "--backup", tmp_path / "kept")
    assert done.returncode == 0 and "0 faults" in done.stderr
    assert done.stdout.startswith(
        "unga_years.csv: mended: carriage returns at line ends and semicolons between cells; as it was: "
    )


def test_a_pattern_of_bytes_is_recognised_by_its_columns():
    assert recognise(b"a;b,c\n1;2,3\n", ["a", "b,c"]).delimiter == ";"
    assert recognise(b"a|b\n", ["a", "b"]).delimiter == "|"
    assert recognise("é\n".encode("cp1252")).encoding == "cp1252"
    assert recognise("Москва и Минск\n".encode("cp1251")).encoding == "cp1251"
    assert recognise("Москва и Минск\n".encode("koi8-r")) is None
