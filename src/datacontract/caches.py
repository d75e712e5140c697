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

    >>> import pathlib, tempfile
    >>> from datacontract.caches import file_state
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     before = file_state(file.name)
    ...     _ = pathlib.Path(file.name).write_text("KAZ")
    ...     before == file_state(file.name)
    False
    """
    try:
        found = os.stat(path)
    except OSError as error:
        raise DataError(f"{os.path.basename(path)}: cannot be read ({error})") from None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def cached(state: Callable[..., Hashable], maxsize: int = 64) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of hashable arguments: it computes once as long as `state` of them is the same.

    Its results are shared, between threads as well: nobody may change them.

    >>> from datacontract.caches import cached
    >>> state, counted = ["as it was"], []
    >>> length = cached(lambda word: state[0])(lambda word: counted.append(word) or len(word))
    >>> length("abc"), length("abc"), counted
    (3, 3, ['abc'])
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

    >>> import pathlib, tempfile
    >>> from datacontract.caches import cached_by_file
    >>> first_word = cached_by_file()(lambda path: path.read_text().split()[0])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for text in ("friendship of 1997", "strategic"):
    ...         _ = (path := pathlib.Path(folder, "level")).write_text(text)
    ...         first_word(path)
    'friendship'
    'strategic'
    """
    return cached(lambda path, *_, **__: file_state(path), maxsize)
