"""Publishers' files: encodings, lines around the table, and numbers in several spellings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia.published import published_number, published_rows
from datacontract.errors import DataError

TABLE = "Code,Value\nKAZ,1\nKGZ,2\n"


def read(path, text, encoding="utf-8", layout=("code", "value")):
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return [(row.line, row.cells["code"], row.cells["value"]) for row in published_rows(path, layout)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    text = TABLE.replace(",", delimiter) + f"Côte{delimiter}3\n"
    *rows, (line, name, _) = read(tmp_path / "a.csv", text, encoding)
    assert rows == [(2, "KAZ", "1"), (3, "KGZ", "2")]
    assert (line, name) == (4, "C\ufffdte" if encoding == "cp1252" else "Côte")


def test_what_stands_above_and_below_is_passed_over(tmp_path):
    text = '"Data Source","World",\n\n"Last Updated",\n\nCode,Value,\nKAZ,1,\n\n"a note, long"\nLast Updated: 2025\n'
    assert read(tmp_path / "a.csv", text) == [(6, "KAZ", "1")]


@pytest.mark.parametrize(
    ("text", "told"),
    [("a,b\n1,2\n", "no line has the columns of a known layout; allowed: code, value"), ("", "no line has"),
     ("Code,Value\nKAZ,1,2\n", "row 2 has 3 cells; allowed: 2"),
     ("\nCode,Value,VALUE\nKAZ,1,2\n", "row 2: the column 'value' twice; allowed: each column once"),
     ('Note\nCode;Name;Value\n"KAZ;A;1\nKGZ;B;2\nTJK;C";D;3\n', "row 3: a cell that holds further rows"),
     ('Code,Value\n"KAZ,1\nKGZ,2\n', "cannot be read as CSV"), ('Code,Value\n"KAZ"x,1\n', "cannot be read as CSV"),
     ('Code,Value,"Name' + "\nx" * 40 + '"\nKAZ,1,A\n', "a quotation mark in the header is not closed"),
     (b"PK\x03\x04", "a ZIP archive or a workbook")],
)  # fmt: skip
def test_refusals(tmp_path, text, told):
    with pytest.raises(DataError, match=f"^a.csv[:,] .*{told}"):
        read(tmp_path / "a.csv", text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"^no.csv: cannot be read \(No such file"):
        list(published_rows(tmp_path / "no.csv", ("code",)))


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1234.5", 1234.5), ("1,234.5", 1234.5), ("1,234", 1234), ("12,345,678", 12345678), ("1 234,5", 1234.5),
     ("1\u00a0234\u202f567,25", 1234567.25), ("0,25", 0.25), ("517578,6", 517578.6), ("-3.2E-05", -3.2e-5),
     ("\N{MINUS SIGN}7", -7), ("1'000", 1000), (".5", 0.5), ("5.", 5), ("..", None), ("...", None), ("", None),
     ("NA", None), ("–", None)],
)  # fmt: skip
def test_numbers(cell, number):
    assert published_number(cell) == number


@pytest.mark.parametrize("cell", ["1,2,3", "1.2.3", "x", "1e999", "inf", "0x10", "1_000", "12-", "½", "٣"])
def test_what_is_no_number(cell):
    with pytest.raises(ValueError, match="is no number"):
        published_number(cell)


@settings(max_examples=200)
@given(st.binary(max_size=80) | st.text('Code,Value\n\r";\t1. \ufeff', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    try:
        read(path, b"Code,Value\n" + content)
        read(path, content)
    except DataError as error:
        assert "\n" not in str(error)
