"""Files that nobody finds half written, that stay what they were, and faults of a disk that say which file they met."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = [
    "check_writable", "move_into_place", "naming", "write_atomically", "write_if_changed", "write_together",
    "written_aside",
]  # fmt: skip

_OF_DISKS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}


@contextlib.contextmanager
def naming(path: str | os.PathLike[str]) -> Iterator[None]:
    """Lets an OSError of a disk that names no file, as that of a full one, name this one.

    >>> import errno, os
    >>> from datacontract.files import naming
    >>> with naming("ties.csv"):
    ...     raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    Traceback (most recent call last):
        ...
    OSError: [Errno 28] No space left on device: 'ties.csv'
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _OF_DISKS or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None


def write_if_changed(path: Path, content: str | bytes) -> None:
    r"""Writes a file unless it holds just this already, so that its time tells when it changed; makes its folder.

    >>> import pathlib, tempfile
    >>> from datacontract.files import write_if_changed
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_if_changed(path := pathlib.Path(folder, "new", "ties.csv"), "pair,date\n")
    ...     before, _ = path.stat().st_mtime_ns, write_if_changed(path, "pair,date\n")
    ...     path.read_text(), path.stat().st_mtime_ns == before
    ('pair,date\n', True)
    """
    new = content.encode() if isinstance(content, str) else content
    with naming(path):
        if not path.is_file() or path.read_bytes() != new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(new)


def write_atomically(path: str | os.PathLike[str], text: str) -> None:
    r"""Writes a file aside and moves it into place when it is whole; makes its folder where there is none.

    Links, modes and files that may not be written are respected as by `move_into_place`.

    >>> import pathlib, tempfile
    >>> from datacontract.files import write_atomically
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(f"{folder}/new/ties.csv", "pair,date\n")
    ...     [path.name for path in pathlib.Path(folder, "new").iterdir()]
    ['ties.csv']
    """
    content = text.encode("utf-8")
    with written_aside(Path(path)) as aside:
        aside.write_bytes(content)


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Gives a file beside `path` to write, and moves it into its place once it is whole; as `write_atomically` does.

    >>> import contextlib, pathlib, tempfile
    >>> from datacontract.files import written_aside
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with contextlib.suppress(KeyboardInterrupt), written_aside(pathlib.Path(folder, "ties.csv")) as aside:
    ...         _ = aside.write_text("pair,da")
    ...         raise KeyboardInterrupt
    ...     list(pathlib.Path(folder).iterdir())
    []
    """
    with naming(path):
        check_writable(path)
        aside = _aside(path)
        try:
            yield aside
            move_into_place(aside, path)
        finally:
            aside.unlink(missing_ok=True)


def write_together(texts: Mapping[Path, str]) -> None:
    """Writes several files, all or none: they are written aside first, then moved into place as by `move_into_place`.

    Where a move fails, those before it are undone. Only a machine that stops between two moves leaves some of them.

    >>> import contextlib, pathlib, tempfile
    >>> from datacontract.files import write_together
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (taken := pathlib.Path(folder, "taken")).mkdir()
    ...     with contextlib.suppress(IsADirectoryError):
    ...         write_together({taken.with_name("one.csv"): "pair,date", taken: "pair,date"})
    ...     [path.name for path in pathlib.Path(folder).iterdir()]
    ['taken']
    """
    aside = {path: _aside(path) for path in texts}
    before = {path: path.read_bytes() for path in texts if path.is_file()}
    moved = []
    try:
        for path, text in texts.items():
            check_writable(path)
            with naming(path):
                aside[path].write_text(text, encoding="utf-8")
        for path in texts:
            move_into_place(aside[path], path)
            moved.append(path)
    except BaseException:
        for path in moved:
            if path in before:
                aside[path].write_bytes(before[path])
                move_into_place(aside[path], path)
            else:
                path.unlink()
        raise
    finally:
        for path in aside.values():
            path.unlink(missing_ok=True)


def move_into_place(made: Path, path: Path) -> None:
    """Puts a file that was made beside `path` in its place, in one step, with the mode and group of what was there.

    Where `path` is a symbolic link, the file that it leads to is replaced. A file with several names (hard links) is
    written over instead, so that all of them go on naming the same file.

    >>> import pathlib, tempfile
    >>> from datacontract.files import move_into_place
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made, path = pathlib.Path(folder, ".made"), pathlib.Path(folder, "ties.csv")
    ...     _ = made.write_text("new"), path.write_text("old"), move_into_place(made, path)
    ...     path.read_text(), made.exists()
    ('new', False)
    """
    target = Path(os.path.realpath(path))
    if target.exists():
        before = target.stat()
        if before.st_nlink > 1:
            with made.open("rb") as new, target.open("r+b") as old:
                shutil.copyfileobj(new, old)
                old.truncate()
            made.unlink()
            return
        made.chmod(before.st_mode & 0o7777)
        with contextlib.suppress(OSError, AttributeError):  # not a member of that group, or no groups here
            os.chown(made, -1, before.st_gid)
    os.replace(made, target)


def check_writable(path: Path) -> None:
    """Raises the OSError that names `path` where a file of this name cannot be written; makes its folder.

    >>> import pathlib, tempfile
    >>> from datacontract.files import check_writable
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     check_writable(pathlib.Path(folder))
    Traceback (most recent call last):
        ...
    IsADirectoryError: [Errno 21] is a folder, not a file: '...'
    """
    target = Path(os.path.realpath(path))
    with naming(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder, not a file", str(path))
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "may not be written", str(path))
        aside = _aside(target)
        try:  # the one way to know
            aside.touch()
            aside.unlink()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None


def _aside(path: Path) -> Path:
    """A name beside a file, or beside what it links to, for what will replace it."""
    target = Path(os.path.realpath(path))
    return target.with_name(f".{target.name}.{os.getpid()}")
