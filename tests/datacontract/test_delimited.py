"""Files of others: read as they are, or refused with the row; never with a cell lost."""

import csv
import io
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datacontract.delimited import LONGEST, DelimitedError, read_delimited


def rows(path):
    return [cells for _, cells in read_delimited(path)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_what_does_no_harm_is_read(mark, end, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        mark + end.join([b"a,b", b'1,"x, ""y""', b'in two lines"', b",", b" ,", b"", "2,é".encode()]) + end
    )
    inner = end.decode()
    assert list(read_delimited(path)) == [(1, ["a", "b"]), (2, ["1", f'x, "y"{inner}in two lines']), (6, ["2", "é"])]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is empty"),
        (b"\n\n", "row 1: a blank line; allowed: the names of the columns"),
        (b"a;b\n1;2\n", "has semicolons between its cells; allowed: commas"),
        (b"a\tb\n1\t2\n", "has tabs between its cells"),
        (b"sep=;\na;b\n1;2\n", "begins with the line sep="),
        ("a,b\n1,2\n".encode("utf-16"), "is in UTF-16; allowed: UTF-8: save it as CSV UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-be"), "is in UTF-16"),
        ("a,b\n1,Пара\n".encode("cp1251"), "line 2: not UTF-8"),
        pytest.param(b"a,b\n1," + "Ж".encode() * (LONGEST - 10) + b"\n1,\xff\n", "line 3: not UTF-8", id="two bytes each"),
        ("a,b\n1,Ж".encode()[:-1], "line 2: not UTF-8"),
        (b"PK\x03\x04rest", "is a ZIP archive, as an Excel workbook is; allowed: text, saved as CSV UTF-8"),
        (b"\x1f\x8b\x08rest", "is packed with gzip"),
        (b"a,b\n1,2,3\n", "row 2: 3 cells; allowed: 2, as in the header"),
        (b"a,b,a\n1,2,3\n", "row 1: the column 'a' twice; allowed: each column once"),
        (b'a,b\n1,"x\n', "row 2: .*quotation mark"),
        (b'a,b\n1,"x"y\n', "row 2: .*quotation mark"),
        (b'a,b,c\n1,2,"x\n3,4,5\n6,7,y"\n', "row 2: a cell that holds further rows: a quotation mark is not closed"),
        (b"a,b\n1,\x00\n", "holds the byte 0"),
        pytest.param(b"a,b\n" + b"x" * LONGEST, "has a line of more than 1,000,000 characters", id="a long line"),
    ],
)  # fmt: skip
def test_what_would_lose_a_cell_is_refused(raw, told, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(DelimitedError, match=rf"^a\.csv(, |: ){told}"):
        rows(path)


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(DelimitedError, match=r"a\.csv: cannot be read \(No such file"):
        rows(tmp_path / "a.csv")
    with pytest.raises(DelimitedError, match="cannot be read"):
        rows(tmp_path)


def letters(text):
    return re.sub(r'[",\r\n]', "", text)


CELLS = st.text(st.sampled_from('ab,;\n"\r é'), max_size=6)


@pytest.mark.slow
@settings(max_examples=300)
@given(
    table=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    at=st.integers(0),
    change=st.sampled_from(["", '""', ",", "\n"]),
)
def test_a_lost_or_doubled_mark_never_loses_a_row(table, at, change, tmp_path_factory):
    """One quotation mark is lost, or replaced: refused, or the cells are those that stand there for any reader."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("x", "y", "z"), *table])
    text = out.getvalue()
    marks = [i for i, letter in enumerate(text) if letter == '"']
    place = marks[at % len(marks)]
    path = tmp_path_factory.getbasetemp() / "marks.csv"
    path.write_text(text[:place] + change + text[place + 1 :], encoding="utf-8", newline="")
    try:
        found = rows(path)
    except DelimitedError as error:
        assert str(error).startswith("marks.csv") and "\n" not in str(error)
        return
    assert letters("".join(cell for row in found for cell in row)) == letters(text), "no letter is lost"
    assert len({len(row) for row in found}) == 1


@pytest.mark.slow
def test_memory_is_that_of_the_longest_row(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b'1,"2"\n' * 100_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_delimited(path)) == 100_001
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
