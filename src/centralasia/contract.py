"""The contract of a data folder: where it is, what its tables are, what each field allows.

Nothing here knows a subject. It reads ``datapackage.json`` (Data Package v2 with Table Schema) and
plain CSV with the standard library, so that asking what is allowed costs milliseconds.
"""

import csv
import functools
import json
import os
from pathlib import Path

FOLDER_VARIABLE = "CENTRALASIA_DATA"
CONTRACT_FILE = "datapackage.json"
READS_VARIABLE = "CENTRALASIA_READS"
SHOWN = 80  # allowed values that a message still lists one by one


class DataError(ValueError):
    """The data folder, a table or a cell is not what the contract says."""


def data_folder(folder=None):
    """The data folder: `folder`, else the environment's, else the one that came with the package.

    An ``https://`` address of a published data folder is fetched once and is then a local copy. Raises
    `DataError` where the folder holds no contract or cannot be fetched.
    """
    if folder is None:
        folder = os.environ.get(FOLDER_VARIABLE) or _own_folder()
    if str(folder).startswith(("https://", "http://")):
        from centralasia.published import fetched  # which imports what most never need

        try:
            folder, _ = fetched(str(folder), CONTRACT_FILE)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{folder}: cannot be fetched ({error})") from None
    path = Path(os.path.abspath(os.path.expanduser(folder)))
    if not (path / CONTRACT_FILE).is_file():
        raise DataError(f"{path} is not a data folder: it has no {CONTRACT_FILE}")
    return path


@functools.cache
def _own_folder():
    package = Path(__file__).resolve().parent
    shipped = package / "data"
    return shipped if shipped.is_dir() else package.parents[1] / "data"


def contract(folder=None):
    """The contract of a data folder as a dictionary: the parsed ``datapackage.json``."""
    path = data_folder(folder) / CONTRACT_FILE
    return _parse(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _parse(path, _modified):
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            resource["name"], resource["path"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not a Data Package descriptor ({error!r})") from None
    return package


def files(folder=None):
    """The names of the files that make a data folder: the contract, and those of its resources."""
    return [CONTRACT_FILE, *(resource["path"] for resource in contract(folder)["resources"])]


def tables(folder=None):
    """The tabular resources of the contract, by name, in its order."""
    return {r["name"]: r for r in contract(folder)["resources"] if "schema" in r}


def data_file(resource, folder=None):
    """The path of a resource's file. Where the environment names a log of reads, the reading is noted there."""
    if log := os.environ.get(READS_VARIABLE):
        _note(log, resource["path"])
    return data_folder(folder) / resource["path"]


@functools.cache  # once for each file, and there are thousands of readings
def _note(log, name):
    with open(log, "a", encoding="utf-8") as file:
        file.write(name + "\n")


def table(name, folder=None):
    """The resource of one table. Raises `DataError` with the names there are."""
    known = tables(folder)
    if name not in known:
        raise DataError(f"no table {name!r}; {nearest(name, known)}")
    return known[name]


def field(name, column, folder=None):
    """The field of a table's column. Raises `DataError` with the columns there are."""
    known = {f["name"]: f for f in table(name, folder)["schema"]["fields"]}
    if column not in known:
        raise DataError(f"table {name!r} has no column {column!r}; {nearest(column, known)}")
    return known[column]


def rows(name, folder=None):
    """The rows of a table as dictionaries of text, untyped. Raises `DataError` where the file or its header is wrong.

    They are read once as long as the file stays as it is; do not change them.
    """
    return _read(_rows, name, folder)


def _read(read, name, folder, *what):
    """What one of the cached functions below makes of a table's file as it is now."""
    resource = table(name, folder)
    path = data_file(resource, folder)
    try:
        state = path.stat()
        columns = tuple(f["name"] for f in resource["schema"]["fields"])
        return read(path, state.st_mtime_ns, state.st_size, columns, *what)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None


@functools.lru_cache(maxsize=64)
def _rows(path, _modified, _size, expected):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        check_header(path.name, reader.fieldnames or [], expected)
        return list(reader)


@functools.lru_cache(maxsize=512)
def _distinct(path, modified, size, expected, column):
    return list(dict.fromkeys(row[column] for row in _rows(path, modified, size, expected) if row[column]))


def check_header(file, header, expected):
    """Raises `DataError` where a header is not that of the contract."""
    if list(header) != list(expected):
        raise DataError(f"{file}: the header is {', '.join(header)}; allowed: {', '.join(expected)}")


def values(address, where=None, folder=None):
    """The distinct values of a column, in the order of the file.

    `address` is ``table.column``; `where` keeps the rows whose columns equal the given texts.
    """
    name, _, column = address.partition(".")
    for asked in [column, *(where or {})]:
        field(name, asked, folder)
    if not where:
        return _read(_distinct, name, folder, column).copy()
    kept = (row[column] for row in rows(name, folder) if all(row[key] == value for key, value in where.items()))
    return list(dict.fromkeys(value for value in kept if value))


def nearest(word, allowed):
    """``did you mean X? allowed: …``: the end of every message about an unknown word."""
    import difflib

    allowed = [str(a) for a in allowed]
    folded = {a.lower(): a for a in allowed}
    close = difflib.get_close_matches(str(word).lower(), folded, n=1, cutoff=0.5)
    guess = f"did you mean {folded[close[0]]!r}? " if close else ""
    shown = ", ".join(allowed) if len(allowed) <= SHOWN else f"one of {len(allowed)} values"
    return f"{guess}allowed: {shown or 'nothing'}"
