"""Corrupted copies of the data: every one is refused, with a message that names the place."""

import collections
import csv
import io
import random
import shutil

import pytest
from sweeps import sweep

from centralasia import using
from datacontract import contract
from datacontract.check import check
from datacontract.context import data_folder

SEED = 20191224
TABLES = contract.tables()
EVERY, SOME = 1, 10  # one of so many tables that can be corrupted in a way


def _read(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _text(lines, delimiter=","):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter=delimiter).writerows(lines)
    return out.getvalue()


@pytest.fixture(scope="module")
def base(small_data, tmp_path_factory):
    """The small data, in which every test puts back what it has changed."""
    with using(shutil.copytree(small_data, tmp_path_factory.mktemp("base") / "data")):
        yield data_folder()


@pytest.mark.slow
def test_the_part_that_is_corrupted_is_sound(base):
    assert check() == []


def _means(field, what):
    return field.get("means", {}).get("what") == what


# Each corruption takes the lines of a table, a way to choose, and its fields; it gives the text of the file and
# the row and column that a message has to name (None where it is the file or the header).

CELL = {
    "wrong type": (lambda f: f["type"] in ("integer", "number"), "many"),
    "not a number": (lambda f: f["type"] in ("integer", "number"), "NaN"),
    "negative": (lambda f: f.get("constraints", {}).get("minimum", -1) >= 0, "-5"),
    "a thousand million": (
        lambda f: f["type"] == "integer" and f["constraints"].get("maximum", 1e12) < 1e9,
        "1000000000",
    ),
    "unknown code": (lambda f: "enum" in f.get("constraints", {}) or f.get("foreign"), "QQQ9"),
    "wrong date": (lambda f: _means(f, "date"), "2019-02-31x"),
    "no such day": (lambda f: _means(f, "date"), "2019-02-31"),
    "no such address": (lambda f: _means(f, "url"), "https://nowhere/page"),
    "no such DOI": (lambda f: _means(f, "doi"), "10.0000/x"),
    "dangling source": (lambda f: f["name"] == "source", "NOWHERE99"),
    "blank key": (lambda f: f.get("constraints", {}).get("required"), ""),
    "script": (lambda f: f.get("free"), "<script>alert(1)</script>"),
    "formula": (lambda f: f.get("free"), "=HYPERLINK(1)"),
    "markdown": (lambda f: f.get("free"), "[a](b)"),
    "control character": (lambda f: f.get("free"), "a\x07b"),
    "line break": (lambda f: f.get("free"), "a\nb"),
    "spaces": (lambda f: f.get("free"), "two  spaces"),
}


def _cell(kind):
    suits, value = CELL[kind]

    def corrupt(lines, choose, fields):
        columns = [i for i, f in enumerate(fields) if suits(f)]
        if not columns:
            return None
        column, row = choose.choice(columns), choose.randrange(1, len(lines))
        lines[row][column] = value
        return _text(lines), row + 1, fields[column]["name"]

    return corrupt


def _pairs_turned(lines, choose, fields):
    columns = [i for i, f in enumerate(fields) if "pairOf" in f]
    rows = [r for r in range(1, len(lines)) if columns and lines[r][columns[0]]]
    if not rows:
        return None
    row = choose.choice(rows)
    lines[row][columns[0]] = "-".join(reversed(lines[row][columns[0]].split("-")))
    return _text(lines), row + 1, fields[columns[0]]["name"]


def _duplicate(lines, choose, fields):
    row = choose.randrange(1, len(lines))
    return _text([*lines, lines[row]]), len(lines) + 1, None


def _header(change):
    def corrupt(lines, choose, fields):
        return _text(change(lines, choose)), 1, None

    return corrupt


def _file(change):
    def corrupt(lines, choose, fields):
        return change(_text(lines)), None, None

    return corrupt


def _without(lines, choose):
    column = choose.randrange(len(lines[0]))
    return [[c for i, c in enumerate(line) if i != column] for line in lines]


def _renamed(lines, choose):
    column = choose.randrange(len(lines[0]))
    return [[c + "x" if i == column else c for i, c in enumerate(lines[0])], *lines[1:]]


KINDS = {
    **{kind: _cell(kind) for kind in CELL},
    "pair turned": _pairs_turned,
    "duplicated key": _duplicate,
    "dropped column": _header(_without),
    "renamed header": _header(_renamed),
    "extra column": _header(lambda lines, choose: [[*line, "x"] for line in lines]),
    "columns exchanged": _header(lambda lines, choose: [[line[1], line[0], *line[2:]] for line in lines]),
    "byte order mark": _file(lambda text: "\ufeff" + text),
    "carriage returns": _file(lambda text: text.replace("\n", "\r\n").encode()),
    "wrong delimiter": lambda lines, choose, fields: (_text(lines, ";"), None, None),
    "truncated": _file(lambda text: text[: len(text) * 2 // 3].rstrip("\n")),
    "short row": _file(lambda text: text.rstrip("\n").rpartition(",")[0] + "\n"),
    "open quotation": _file(lambda text: text + '"'),
    "empty file": _file(lambda text: ""),
    "header alone": _file(lambda text: text.partition("\n")[0] + "\n"),
    "not UTF-8": _file(lambda text: text.encode() + b"\xff\xfe\n"),
    "no file": lambda lines, choose, fields: (None, None, None),
}


def _fields(resource):
    """The fields with what the corruptions ask: does the column hold keys of another table, is it free text?"""
    schema = resource["schema"]
    foreign = {k["fields"][0] for k in schema.get("foreignKeys", [])}
    return [
        {
            **f,
            "foreign": f["name"] in foreign,
            "free": f["type"] == "string" and "enum" not in f.get("constraints", {}) and f["name"] not in foreign,
        }
        for f in schema["fields"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("step", [SOME, sweep(EVERY)])
def test_every_corrupted_copy_is_refused_with_its_place(base, step, record_property):
    choose = random.Random(SEED)
    tried, possible = collections.Counter(), collections.Counter()
    for name, resource in TABLES.items():
        path = base / resource["path"]
        sound = path.read_bytes()
        for kind, corrupt in KINDS.items():
            made = corrupt(_read(path), choose, _fields(resource))
            if made is None:
                continue
            possible[kind] += 1
            if possible[kind] % step != 1 % step:
                continue
            content, row, column = made
            path.unlink()
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            faults = [f for f in check([name]) if f.file == resource["path"]]
            path.write_bytes(sound)
            assert faults, f"{name}: {kind} is not refused"
            told = "\n".join(map(str, faults))
            assert row is None or any(row in (f.rows or (f.row,)) for f in faults), (
                f"{name}: {kind}: row {row} is not named in:\n{told}"
            )
            assert column is None or any(column in f.column for f in faults) or "line break" in kind, (
                f"{name}: {kind}: column {column} is not named in:\n{told}"
            )
            assert all(f.allowed for f in faults)
            tried[kind] += 1
    kinds = ", ".join(f"{n} × {kind}" for kind, n in tried.items())
    record_property("told", f"{tried.total()} corrupted copies of the data refused: {kinds}")
    assert tried.total() >= 300 / step
    assert set(tried) == set(KINDS), "every kind was tried"


@pytest.mark.parametrize(
    ("name", "drop"),
    [("unga_dyads", "KAZ,KGZ,2010,"), ("unga_groups", "C5,2015,"), ("indicators", "UZB,2015,gdp_pc_ppp,")],
)
def test_a_lost_row_is_missed(base, name, drop):
    """Where the number of rows is known, a lost one is a fault; a pair's year may be absent as a whole."""
    path = base / f"{name}.csv"
    sound = path.read_text()
    lines = sound.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.startswith(drop))
    path.write_text("".join(lines[:first] + lines[first + 1 :]))
    faults = check([name])
    path.write_text(sound)
    assert bool(faults) is (name != "unga_dyads")
