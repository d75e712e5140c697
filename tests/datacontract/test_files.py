"""Files stay what they were: links, modes, those that may not be written; and a full disk says where it was full."""

import errno
import os
import stat
from pathlib import Path

import pytest

from datacontract.files import check_writable, naming, write_atomically, write_if_changed, write_together


def _only(folder):
    return sorted(path.name for path in folder.rglob("*") if path.name.startswith("."))


def test_a_symbolic_link_goes_on_leading_to_the_file(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "a.txt", tmp_path / "a.txt"
    target.write_text("before")
    link.symlink_to("elsewhere/a.txt")
    write_atomically(link, "after")
    assert link.is_symlink() and target.read_text() == "after"
    target.unlink()  # also where it leads to nothing yet
    write_atomically(link, "again")
    assert link.is_symlink() and target.read_text() == "again"
    assert _only(tmp_path) == []


def test_all_names_of_a_file_go_on_naming_it(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a long text before")
    os.link(one, other)
    write_atomically(one, "after")
    write_together({one: "together", tmp_path / "new": ""})
    assert one.samefile(other) and other.read_text() == "together"
    assert _only(tmp_path) == []


def test_modes_stay(tmp_path):
    path = tmp_path / "a"
    path.write_text("before")
    path.chmod(0o640)
    write_atomically(path, "after")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    write_together({path: "together"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("write", [write_atomically, lambda path, text: write_together({path: text}), None])
def test_a_file_that_may_not_be_written_is_refused_and_stays(tmp_path, write, monkeypatch):
    path = tmp_path / "a"
    path.write_text("before")
    path.chmod(0o444)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: allowed(p, mode) and bool(Path(p).stat().st_mode & 0o200))  # root
    with pytest.raises(PermissionError, match=f"may not be written: '{path}'"):
        write(path, "after") if write else check_writable(path)
    assert path.read_text() == "before"
    assert _only(tmp_path) == []


def test_what_cannot_be_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    for path, told in [(tmp_path, "is a folder"), (tmp_path / "file" / "a", "Not a directory|File exists")]:
        with pytest.raises(OSError, match=told):
            check_writable(path)
        with pytest.raises(OSError, match=told):
            write_atomically(path, "a")


def _full(self, *_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("write", [write_atomically, write_if_changed, lambda path, text: write_together({path: text})])
def test_a_full_disk_is_named_and_nothing_is_left(tmp_path, monkeypatch, write):
    path = tmp_path / "a"
    path.write_text("before")
    monkeypatch.setattr(Path, "write_bytes", _full)
    monkeypatch.setattr(Path, "write_text", _full)
    with pytest.raises(OSError, match=f"No space left on device: '{path}'"):
        write(path, "after")
    assert path.read_text() == "before"
    assert _only(tmp_path) == []


def test_only_faults_of_a_disk_get_a_name():
    with pytest.raises(OSError) as error, naming("a"):
        raise BlockingIOError(errno.EAGAIN, "try again")
    assert error.value.filename is None
