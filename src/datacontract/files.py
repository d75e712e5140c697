"""Files that nobody finds half written."""

import os
from pathlib import Path

__all__ = ["write_atomically", "write_if_changed"]


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
