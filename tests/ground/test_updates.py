"""An update says what is new, changed and gone, refuses what the check refuses, and writes all tables or none."""

import os

import pandas as pd
import pytest

from centralasia import cli, data_commands, using
from centralasia.updates import NewRows, agreeing, plan, source_read, text_rows
from datacontract.check import check
from datacontract.errors import DataError

pytestmark = pytest.mark.slow

KEY = ["reporter", "year"]


def kazakh(rows):
    """New rows for the trade of Kazakhstan in 2023, in a table that they alone replace."""
    frame = pd.DataFrame(rows, columns=text_rows("trade").columns)
    return NewRows(frame, agreeing(frame, KEY), ["reporter", "partner", "year", "flow"])


@pytest.fixture
def data_copy(part_copy):
    """A copy of the data in which the tables that are changed here are whole."""
    return part_copy("indicators", "trade", "unga_dyads", "unga_groups")


@pytest.fixture
def revised(data_copy):
    with using(data_copy):
        rows = text_rows("trade").query("reporter == 'KAZ' and year == '2023'")
        rows = rows[rows["partner"] != "CHE"].replace({"thousand_usd": {"615131.0": "615131"}})
        rows.loc[(rows["partner"] == "AZE") & (rows["flow"] == "export"), "thousand_usd"] = 500000.0
        extra = ["KAZ", "UKR", 2023, "export", 12.5, "STATKZ", "high", None]
        yield data_copy, pd.concat([rows, pd.DataFrame([extra], columns=rows.columns)])


def test_rows_are_compared_by_their_key_within_what_they_replace(revised):
    _, rows = revised
    (change,) = plan({"trade": kazakh(rows)}).changes
    assert change.lines("new") == ["KAZ, UKR, 2023, export: 12.5, STATKZ, high"]
    assert change.lines("changed") == ["KAZ, AZE, 2023, export: thousand_usd 483593.7 → 500000.0"]
    assert [line.split(":")[0] for line in change.lines("gone")] == ["KAZ, CHE, 2023, export", "KAZ, CHE, 2023, import"]
    assert len(change.rows) == len(text_rows("trade")) - 2 + len(change.lines("new"))
    kept = change.rows.set_index(["reporter", "partner", "year", "flow"])["thousand_usd"]
    assert kept["KAZ", "AFG", "2023", "export"] == "615131.0"  # a number is the same however it is written


def test_a_report_counts_all_and_shows_the_first(revised):
    _, rows = revised
    planned = plan({"trade": kazakh(rows[rows["partner"] == "WLD"])})
    gone = len(planned.changes[0].lines("gone"))
    first, *lines = planned.report(shown=2)
    assert first == f"trade.csv: 0 new, 0 changed, {gone} gone, {len(text_rows('trade')) - gone:,} as before"
    assert lines[-1] == f"  gone     … and {gone - 2} more"
    assert len(list(planned.report(None))) == 1 + gone


def test_what_is_written_is_what_was_checked(revised):
    folder, rows = revised
    planned = plan({"trade": kazakh(rows)})
    assert planned.faults() == []
    before = (folder / "trade.csv").read_text()
    assert planned.write() == [folder / "trade.csv"]
    after = (folder / "trade.csv").read_text()
    assert set(before.splitlines()) ^ set(after.splitlines()) == {
        *(line for line in before.splitlines() if line.startswith(("KAZ,CHE,2023", "KAZ,AZE,2023,export"))),
        *(line for line in after.splitlines() if line.startswith(("KAZ,AZE,2023,export", "KAZ,UKR,2023,export,12.5"))),
    }
    assert check() == []
    again = plan({"trade": kazakh(rows)})
    assert not again
    assert again.write() == []


def test_a_table_that_does_not_differ_keeps_its_bytes(data_copy):
    with using(data_copy):
        for table in ("sources", "trade", "labels", "unga_groups"):
            (change,) = plan({table: NewRows(text_rows(table))}).changes
            assert change.rows.to_csv(index=False, lineterminator="\n") == (data_copy / f"{table}.csv").read_text()


def test_what_the_check_refuses_is_named(revised):
    rows = revised[1].assign(confidence="certain")
    (fault, *_) = plan({"trade": kazakh(rows)}).faults()
    assert (fault.file, fault.column, fault.value) == ("trade.csv", "confidence", "certain")


@pytest.mark.parametrize("spoil", ["columns", "twice", "table"])
def test_rows_that_cannot_be_are_refused_before_they_are_compared(revised, spoil):
    rows, table = revised[1], "trade"
    if spoil == "columns":
        told, new = "the header is reporter, partner", NewRows(rows.drop(columns="note"))
    elif spoil == "twice":
        told, new = "two new rows for KAZ, AFG, 2023, export", kazakh(pd.concat([rows, rows.iloc[:1]]))
    else:
        told, new, table = "no table 'trades'; did you mean 'trade'", kazakh(rows), "trades"
    with pytest.raises(DataError, match=told):
        plan({table: new})


def test_all_tables_are_written_or_none(revised, monkeypatch):
    folder, rows = revised
    planned = plan({"trade": kazakh(rows), "sources": source_read("STATKZ", folder / "a b.csv", "2018-2023 used")})
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    replace = os.replace

    def full(source, target):
        if str(target).endswith("sources.csv"):
            raise OSError("no space left")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        planned.write()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_source_says_what_was_read_and_loses_a_date_that_is_no_longer_its(data_copy):
    with using(data_copy):
        known = source_read("WDI25", data_copy / "WDI (2026).csv", "1990-2025 used").rows.iloc[0]
        assert (known["date"], known["note"]) == ("", "1990-2025 used; from WDI_2026_.csv")
        assert known["publisher"] == "World Bank"
        new = source_read("NEW26", data_copy / "new.csv", "all used", kind="official", title="New").rows.iloc[0]
        assert list(new[["source_key", "kind", "title", "url"]]) == ["NEW26", "official", "New", ""]


READER = """
import pandas as pd
from centralasia.updates import NewRows, text_rows
def read(files):
    rows = text_rows("trade")
    rows.loc[0, "thousand_usd"] = files[0].read_text()
    return {"trade": NewRows(rows)}
"""


@pytest.mark.parametrize(
    ("text", "options", "code", "told"),
    [("7", [], 0, "trade.csv\n"), ("7", ["--dry-run"], 0, "changed"), ("seven", [], 1, "is not allowed"),
     ("-1", ["--dry-run"], 1, "is not allowed"), ("517578.6", [], 0, "0 changed")],
)  # fmt: skip
def test_the_command(data_copy, tmp_path, monkeypatch, capsys, text, options, code, told):
    (tmp_path / "a_reader.py").write_text(READER)
    (tmp_path / "file").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(data_commands.READERS, "votes", "a_reader:read")
    before = (data_copy / "trade.csv").read_text()
    assert cli.main(["update", "votes", str(tmp_path / "file"), "--data", str(data_copy), *options]) == code
    captured = capsys.readouterr()
    assert told in captured.out
    changed = (data_copy / "trade.csv").read_text() != before
    assert changed == (text == "7" and not options)
    assert ("nothing is written" in captured.err) != changed


def test_every_reader_is_there():
    import importlib

    for place in data_commands.READERS.values():
        module, _, function = place.partition(":")
        assert callable(getattr(importlib.import_module(module), function))
