"""What is read or computed from files is kept as long as the files stay as they are."""

import functools
import os
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

from datacontract.errors import DataError

__all__ = ["cached", "cached_by_file", "file_state"]

P = ParamSpec("P")
T = TypeVar("T")


def file_state(path: str | os.PathLike[str]) -> tuple[int, ...]:
    """What changes when a file does: its number, its size, and the times at which its text and its entry changed.

    A file that is written over in place, with as many bytes and within the same tick of the clock, looks unchanged.
    Raises `DataError` where there is no such file.
    """
    try:
        found = os.stat(path)
    except OSError as error:
        raise DataError(f"{os.path.basename(path)}: cannot be read ({error})") from None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def cached(state: Callable[..., Hashable], maxsize: int = 64) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of hashable arguments: it computes once as long as `state` of them is the same.

    Its results are shared, between threads as well: nobody may change them.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        kept: Callable[..., T] = functools.lru_cache(maxsize)(lambda _, *args, **kwargs: function(*args, **kwargs))

        @functools.wraps(function)
        def computed(*args: P.args, **kwargs: P.kwargs) -> T:
            return kept(state(*args, **kwargs), *args, **kwargs)

        return computed

    return decorate


def cached_by_file(maxsize: int = 64) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of a path and other hashable arguments: it reads a file once as long as that stays the same.

    Its results are shared: nobody may change them. Raises `DataError` where there is no such file.
    """
    return cached(lambda path, *_, **__: file_state(path), maxsize)
