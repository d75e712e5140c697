"""The data folder that is read, the language that is written, and whether figures are drawn narrow, too.

`using` sets them for a block of code, in this thread or task alone; without it the environment does
(``CENTRALASIA_DATA``, ``CENTRALASIA_LANGUAGE``, ``CENTRALASIA_NARROW``), and without that they are the project's own
folder, English, and no.
"""

import atexit
import contextlib
import functools
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path, PurePosixPath

from datacontract.errors import DataError

__all__ = ["data_folder", "environment", "narrow_wanted", "set_default_folder", "using", "wanted_language"]

FOLDER_VARIABLE = "CENTRALASIA_DATA"
LANGUAGE_VARIABLE = "CENTRALASIA_LANGUAGE"
NARROW_VARIABLE = "CENTRALASIA_NARROW"
READS_VARIABLE = "CENTRALASIA_READS"
CONTRACT_FILE = "datapackage.json"
ENGLISH = "en"
PATIENCE = 30  # seconds for each file of a published folder

_folder: ContextVar[Path | None] = ContextVar("folder", default=None)
_language: ContextVar[str | None] = ContextVar("language", default=None)
_narrow: ContextVar[bool | None] = ContextVar("narrow", default=None)
_default_folder: Path | None = None


def set_default_folder(folder: Path) -> None:
    """Names the data folder that is read where neither `using` nor the environment names one.

    >>> import pathlib, tempfile
    >>> from datacontract.context import data_folder, set_default_folder
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pathlib.Path(folder, "datapackage.json").touch()
    ...     set_default_folder(pathlib.Path(folder))
    ...     data_folder() == pathlib.Path(folder)
    True
    """
    global _default_folder
    _default_folder = folder


@contextlib.contextmanager
def using(
    folder: str | os.PathLike[str] | None = None, language: str | None = None, narrow: bool | None = None
) -> Iterator[None]:
    """Reads another data folder, writes another language, draws for narrow screens, as long as the block lasts.

    Parameters
    ----------
    folder : path or str, optional
        A data folder, or the ``https://`` address of a published one, which is fetched once.
    language : str, optional
        A code of ``labels.csv``, as ``ru``.
    narrow : bool, optional
        Whether the output of a figure holds what only pages show: a second drawing, for narrow screens, and names of
        marks.

    Raises
    ------
    DataError
        The folder holds no contract or cannot be fetched.

    Examples
    --------
    >>> from centralasia import regions, using
    >>> with using(language="ru"):
    ...     print(regions.pair_name("KAZ-TKM"))
    Казахстан–Туркменистан
    """
    with contextlib.ExitStack() as stack:
        if folder is not None:
            stack.callback(_folder.reset, _folder.set(_resolved(os.fspath(folder))))
        if language is not None:
            stack.callback(_language.reset, _language.set(language))
        if narrow is not None:
            stack.callback(_narrow.reset, _narrow.set(narrow))
        yield


def data_folder() -> Path:
    """The data folder that is read now. Raises `DataError` where it holds no contract or cannot be fetched.

    >>> from datacontract.context import data_folder
    >>> (data_folder() / "datapackage.json").is_file()
    True
    """
    found = _folder.get()
    if found is not None:
        return found
    named = os.environ.get(FOLDER_VARIABLE) or _default_folder
    if not named:
        raise DataError(f"no data folder is named; allowed: a folder in {FOLDER_VARIABLE}, or using(folder)")
    return _resolved(os.fspath(named))


def wanted_language() -> str:
    """The code of the language that is asked for, whether or not the data have it.

    >>> from datacontract.context import using, wanted_language
    >>> with using(language="kk"):
    ...     wanted_language()
    'kk'
    """
    return _language.get() or os.environ.get(LANGUAGE_VARIABLE) or ENGLISH


def narrow_wanted() -> bool:
    """Whether the output of a figure holds a second drawing, for narrow screens, and names of marks.

    >>> from datacontract.context import narrow_wanted, using
    >>> with using(narrow=True):
    ...     narrow_wanted()
    True
    """
    wanted = _narrow.get()
    return bool(os.environ.get(NARROW_VARIABLE)) if wanted is None else wanted


def environment() -> dict[str, str]:
    """The variables that give another process this data folder, this language, and these drawings.

    >>> from datacontract.context import environment, using
    >>> with using(language="ru", narrow=True):
    ...     {name: value for name, value in environment().items() if name != "CENTRALASIA_DATA"}
    {'CENTRALASIA_LANGUAGE': 'ru', 'CENTRALASIA_NARROW': 'yes'}
    """
    narrow = "yes" if narrow_wanted() else ""
    return {FOLDER_VARIABLE: str(data_folder()), LANGUAGE_VARIABLE: wanted_language(), NARROW_VARIABLE: narrow}


def _resolved(folder: str) -> Path:
    """The folder itself, or the local copy of a published one."""
    if not folder.startswith(("https://", "http://")):
        return _existing(os.path.abspath(os.path.expanduser(folder)))
    try:
        return _fetched(folder.rstrip("/") + "/")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder}: cannot be fetched ({error})") from None


@functools.lru_cache(maxsize=64)  # asked at every reading of a table
def _existing(folder: str) -> Path:
    path = Path(folder)
    if not (path / CONTRACT_FILE).is_file():
        raise DataError(f"{path} is not a data folder: it has no {CONTRACT_FILE}")
    return path


@functools.cache
def _fetched(address: str) -> Path:
    """A local copy of the data folder that is published at `address`, which lasts as long as the process.

    The contract says which files belong to it. Raises OSError where one cannot be had, ValueError where the contract is
    none or names a file outside of its folder.
    """
    import json  # none of these is needed by most
    from tempfile import TemporaryDirectory
    from urllib.parse import quote, urljoin
    from urllib.request import urlopen

    copy = TemporaryDirectory(prefix="centralasia-")

    def fetch(name: str) -> Path:
        target = Path(copy.name, name)
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{CONTRACT_FILE} names {name}, which is not in its folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        with urlopen(urljoin(address, quote(name)), timeout=PATIENCE) as answer:
            target.write_bytes(answer.read())
        return target

    for resource in json.loads(fetch(CONTRACT_FILE).read_bytes())["resources"]:
        fetch(resource["path"])
    atexit.register(copy.cleanup)
    return Path(copy.name)
