import os
import shutil
import threading
from types import SimpleNamespace

import pytest

from centralasia import load, using
from datacontract import caches, contract
from datacontract.caches import cached_by_file, file_state
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError


@cached_by_file()
def text_of(path, ending=""):
    return path.read_text() + ending


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "text"
    made.write_text("one")
    assert text_of(made) == "one"
    return made


def at(path, state):
    """Sets the time of the last change of a file to that of a state of before, as where a clock does not tick."""
    os.utime(path, ns=(state.st_mtime_ns, state.st_mtime_ns))


def test_a_file_is_read_once_for_each_argument(path, monkeypatch):
    read = []
    monkeypatch.setattr(type(path), "read_text", lambda self: read.append(self) or "again")
    assert [text_of(path), text_of(path, "!"), text_of(path), text_of(path, "!")] == ["one", "again!", "one", "again!"]
    assert text_of(path, ending="?") == text_of(path, ending="?") == "again?"
    assert len(read) == 2


def test_an_edit_is_seen(path):
    path.write_text("three")
    assert text_of(path) == "three"


def test_a_file_moved_into_place_within_one_tick_is_seen(path, monkeypatch):
    """As most editors write, and so do we: aside, then into place. Times and size stay; the file is another."""

    def standing_still(path):
        found = path.stat()
        return SimpleNamespace(st_ino=found.st_ino, st_size=found.st_size, st_mtime_ns=0, st_ctime_ns=0)

    monkeypatch.setattr(caches, "os", SimpleNamespace(stat=standing_still))
    assert text_of(path) == "one"
    aside = path.with_name("aside")
    aside.write_text("two")
    os.replace(aside, path)
    assert text_of(path) == "two"
    path.write_text("six")
    assert text_of(path) == "two", "which no state of a file can tell"


def test_a_file_written_over_whose_time_is_put_back_is_seen(path):
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # until the clock ticks
        path.write_text("two")
        at(path, before)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert text_of(path) == "two"


def test_a_file_that_is_gone_is_named(path):
    path.unlink()
    for read in (text_of, file_state):
        with pytest.raises(DataError, match="text: cannot be read .*No such file"):
            read(path)


def test_an_error_is_not_kept(path):
    path.write_bytes(b"\xff\xff\xff\xff")
    with pytest.raises(UnicodeDecodeError):
        text_of(path)
    path.write_text("fine")
    assert text_of(path) == "fine"


@cached_by_tables("ties")
def events(extra=0):
    return len(contract.rows("ties")) + extra


def replaced(folder, name, change):
    """Writes a table anew, moved into place with time and size as before."""
    path = folder / name
    before, text = path.stat(), path.read_text()
    aside = path.with_name("aside")
    aside.write_text(change(text))
    at(aside, before)
    os.replace(aside, path)
    return before.st_size == path.stat().st_size


def test_what_tables_give_follows_folder_contract_and_tables(small_copy, tmp_path):
    whole = events()
    fewer = shutil.copytree(small_copy, tmp_path / "fewer")
    (fewer / "ties.csv").write_text("".join((fewer / "ties.csv").read_text().splitlines(keepends=True)[:-1]))
    assert (events(), events(1)) == (whole, whole + 1)
    with using(fewer):
        assert (events(), events(1)) == (whole - 1, whole)
        with using(small_copy):
            assert events() == whole
        (fewer / "datapackage.json").write_text('{"resources": []}')
        with pytest.raises(DataError, match="no table 'ties'"):
            events()
    assert events() == whole


def test_rows_values_and_frames_of_one_tick_are_seen(small_copy):
    with using(small_copy):
        assert "KAZ-KGZ" in contract.distinct("ties.pair")
        assert "KAZ-KGZ" in set(load("ties")["pair"])
        before = len(contract.distinct("ties.pair", {"event": "signature"}))
        assert replaced(small_copy, "ties.csv", lambda text: text.replace("KAZ-KGZ", "KAZ-XXX"))
        assert "KAZ-KGZ" not in contract.distinct("ties.pair")
        assert "KAZ-XXX" in {row["pair"] for row in contract.rows("ties")}
        assert "KAZ-XXX" in set(load("ties")["pair"])
        assert len(contract.distinct("ties.pair", {"event": "signature"})) == before
        assert replaced(small_copy, "actors.csv", lambda text: text.replace("Kazakhstan", "Kazakhztan"))
        assert contract.names_of("actors", "actor")["KAZ"] == "Kazakhztan"


def test_rows_that_a_changed_contract_refuses_are_not_kept(small_copy):
    path = small_copy / "datapackage.json"
    with using(small_copy):
        assert contract.rows("ties")
        path.write_text(path.read_text().replace('"tie_id"', '"tie"'))
        with pytest.raises(DataError, match="ties.csv: the header is tie_id, pair, .*; allowed: tie, pair,"):
            contract.rows("ties")


def test_threads_read_the_same_while_a_table_changes(small_copy):
    """A reader gets the table of before or of after, and in the end that of after."""
    found, last, ready = [], [], threading.Event()

    def read():
        with using(small_copy):
            while not ready.is_set():
                found.append(frozenset(contract.distinct("ties.pair")))
            last.append(frozenset(contract.distinct("ties.pair")))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with using(small_copy):
        before = frozenset(contract.distinct("ties.pair"))
        replaced(small_copy, "ties.csv", lambda text: text.replace("KAZ-KGZ", "KAZ-XXX"))
        after = frozenset(contract.distinct("ties.pair"))
    ready.set()
    for reader in readers:
        reader.join()
    assert before != after
    assert {*found} <= {before, after}
    assert last == [after] * 3
