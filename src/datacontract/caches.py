"""What is read or computed from files is kept as long as the files stay as they are."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["cached_by_file", "file_state"]


def file_state(path: str | os.PathLike[str]) -> tuple[int, int, int]:
    """What changes when a file does: its number, the time of its last change and its size."""
    found = os.stat(path)
    return found.st_ino, found.st_mtime_ns, found.st_size


def cached_by_file(maxsize: int = 64) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a function of a path and other hashable arguments: it reads a file once as long as that stays the same.

    Its results are shared: nobody may change them. Raises OSError where there is no such file.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.lru_cache(maxsize)
        def kept(_state: tuple[int, int, int], path: Path, *rest: Any) -> Any:
            return function(path, *rest)

        @functools.wraps(function)
        def read(path: Path, *rest: Any) -> Any:
            return kept(file_state(path), path, *rest)

        return read

    return decorate
