"""Files that nobody finds half written."""

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["write_atomically", "write_if_changed", "write_together"]


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Writes a file unless it holds just this already, so that its time tells when it changed; makes its folder."""
    new = content.encode() if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new)


def write_atomically(path: str | os.PathLike[str], text: str) -> None:
    """Writes a file aside and moves it into place when it is whole; makes its folder where there is none."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_together(texts: Mapping[Path, str]) -> None:
    """Writes several files, all or none: they are written aside first, then moved into place.

    Where a move fails, those before it are undone. Only a machine that stops between two moves leaves some of them.
    """
    aside = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in texts}
    before = {path: path.read_bytes() for path in texts if path.is_file()}
    moved = []
    try:
        for path, text in texts.items():
            aside[path].write_text(text, encoding="utf-8")
        for path in texts:
            os.replace(aside[path], path)
            moved.append(path)
    except BaseException:
        for path in moved:
            if path in before:
                aside[path].write_bytes(before[path])
                os.replace(aside[path], path)
            else:
                path.unlink()
        raise
    finally:
        for path in aside.values():
            path.unlink(missing_ok=True)
