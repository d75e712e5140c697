"""The contract of a data folder: what its tables are, what each field allows, and the rows as plain text.

Nothing here knows a subject. It reads ``datapackage.json`` (Data Package v2 with Table Schema) and plain CSV with the
standard library, so that asking what is allowed costs milliseconds. The folder is that of `datacontract.context`.
"""

import csv
import functools
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from datacontract.caches import cached_by_file, file_state
from datacontract.context import CONTRACT_FILE, READS_VARIABLE, data_folder
from datacontract.errors import DataError, suggest

__all__ = [
    "cached_by_tables",
    "check_header",
    "contract",
    "data_file",
    "distinct",
    "field",
    "files",
    "names_of",
    "rows",
    "table",
    "tables",
]

NAMES = ("short_name", "title")  # the columns by which a table calls its rows in words
Resource = dict[str, Any]
Row = Mapping[str, str]


def contract() -> dict[str, Any]:
    """The contract of the data folder: the parsed ``datapackage.json``, which is shared and not to be changed."""
    return _parsed()[0]


def tables() -> dict[str, Resource]:
    """The tabular resources of the contract, by name, in its order; they are shared and not to be changed."""
    return _parsed()[1]


def _parsed() -> tuple[dict[str, Any], dict[str, Resource]]:
    path = data_folder() / CONTRACT_FILE
    try:
        found: tuple[dict[str, Any], dict[str, Resource]] = _parse(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error})") from None
    return found


@cached_by_file(maxsize=8)
def _parse(path: Path) -> tuple[dict[str, Any], dict[str, Resource]]:
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            resource["name"], resource["path"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: not a Data Package descriptor ({error!r})") from None
    return package, {r["name"]: r for r in package["resources"] if "schema" in r}


def files() -> list[str]:
    """The names of the files that make the data folder: the contract, and those of its resources."""
    return [CONTRACT_FILE, *(resource["path"] for resource in contract()["resources"])]


def data_file(resource: Resource) -> Path:
    """The path of a resource's file. Where the environment names a log of reads, the reading is noted there."""
    if log := os.environ.get(READS_VARIABLE):
        _note(log, resource["path"])
    return data_folder() / str(resource["path"])


@functools.cache  # once for each file, and there are thousands of readings
def _note(log: str, name: str) -> None:
    with open(log, "a", encoding="utf-8") as file:
        file.write(name + "\n")


def table(name: str) -> Resource:
    """The resource of one table. Raises `DataError` with the names there are."""
    known = tables()
    if name not in known:
        raise DataError(f"no table {name!r}; {suggest(name, known)}")
    return known[name]


def field(name: str, column: str) -> dict[str, Any]:
    """The field of a table's column. Raises `DataError` with the columns there are."""
    known: dict[str, dict[str, Any]] = {f["name"]: f for f in table(name)["schema"]["fields"]}
    if column not in known:
        raise DataError(f"table {name!r} has no column {column!r}; {suggest(column, known)}")
    return known[column]


def rows(name: str) -> list[Row]:
    """The rows of a table as mappings of text, untyped. Raises `DataError` where the file or its header is wrong.

    They are read once as long as the file stays as it is; do not change them.
    """
    return _read(_rows, name)  # type: ignore[no-any-return]


def _read(read: Callable[..., Any], name: str, *what: str) -> Any:
    """What one of the cached functions below makes of a table's file as it is now."""
    resource = table(name)
    path = data_file(resource)
    try:
        return read(path, tuple(f["name"] for f in resource["schema"]["fields"]), *what)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None


@cached_by_file()
def _rows(path: Path, expected: tuple[str, ...]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        check_header(path.name, reader.fieldnames or [], expected)
        return list(reader)


@cached_by_file(maxsize=512)
def _distinct(path: Path, expected: tuple[str, ...], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in _rows(path, expected) if row[column]))


@cached_by_file(maxsize=512)
def _named(path: Path, expected: tuple[str, ...], code: str, name: str) -> dict[str, str]:
    return {row[code]: row[name] for row in _rows(path, expected)}


def check_header(file: str, header: Iterable[str], expected: Iterable[str]) -> None:
    """Raises `DataError` where a header is not that of the contract."""
    if list(header) != list(expected):
        raise DataError(f"{file}: the header is {', '.join(header)}; allowed: {', '.join(expected)}")


def distinct(address: str, where: Mapping[str, str] | None = None) -> list[str]:
    """The distinct values of a column, in the order of the file.

    `address` is ``table.column``; `where` keeps the rows whose columns equal the given texts.
    """
    name, _, column = address.partition(".")
    for asked in [column, *(where or {})]:
        field(name, asked)
    if not where:
        return list(_read(_distinct, name, column))
    kept = (row[column] for row in rows(name) if all(row[key] == value for key, value in where.items()))
    return list(dict.fromkeys(value for value in kept if value))


def names_of(table_name: str, column: str) -> dict[str, str]:
    """The names of a table's rows by the codes in its column; empty where it has no column of names."""
    fields = [f["name"] for f in table(table_name)["schema"]["fields"]]
    named = next((name for name in NAMES if name in fields), None)
    return dict(_read(_named, table_name, column, named)) if named else {}


def cached_by_tables(*names: str, maxsize: int = 64) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a function of hashable arguments: it computes once as long as these tables stay the same.

    Its results are shared, in every language: they may be neither changed nor texts.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.lru_cache(maxsize)
        def kept(_state: tuple[Any, ...], *arguments: Any) -> Any:
            return function(*arguments)

        @functools.wraps(function)
        def computed(*arguments: Any) -> Any:
            paths = [data_folder() / CONTRACT_FILE, *(data_file(table(name)) for name in names)]
            try:
                state = tuple((path, file_state(path)) for path in paths)
            except OSError as error:
                raise DataError(f"{error.filename}: cannot be read ({error.strerror})") from None
            return kept(state, *arguments)

        return computed

    return decorate
