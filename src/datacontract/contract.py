"""The contract of a data folder: what its tables are, what each field allows, and the rows as plain text.

Nothing here knows a subject. It reads ``datapackage.json`` (Data Package v2 with Table Schema) and plain CSV with the
standard library, so that asking what is allowed costs milliseconds. The folder is that of `datacontract.context`.
"""

import csv
import functools
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from datacontract.caches import P, T, cached, cached_by_file, file_state
from datacontract.context import CONTRACT_FILE, READS_VARIABLE, data_folder
from datacontract.descriptor import frozen, parsed
from datacontract.errors import DataError, suggest
from datacontract.files import naming

__all__ = [
    "Field", "Resource", "Row", "cached_by_tables", "check_header", "contract", "data_file", "distinct", "field",
    "files", "latest_year", "names_of", "rows", "table", "tables",
]  # fmt: skip

NAMES = ("short_name", "title")  # the columns by which a table calls its rows in words
Resource = Mapping[str, Any]
Field = Mapping[str, Any]
Row = Mapping[str, str]


def contract() -> dict[str, Any]:
    """The contract of the data folder: ``datapackage.json``, parsed anew each time.

    >>> from datacontract.contract import contract
    >>> contract()["resources"][0]["path"], contract() is contract()
    ('sources.csv', False)
    """
    return parsed(data_folder() / CONTRACT_FILE)


def tables() -> Mapping[str, Resource]:
    """The tabular resources of the contract, by name, in its order; nobody can change them.

    >>> from datacontract.contract import tables
    >>> tables()["ties"]["path"], "map_central_asia" in tables()
    ('ties.csv', False)
    """
    return _tables(data_folder() / CONTRACT_FILE)


@cached_by_file(maxsize=8)
def _tables(path: Path) -> Mapping[str, Resource]:
    found: Mapping[str, Resource] = frozen({r["name"]: r for r in parsed(path)["resources"] if "schema" in r})
    return found


def files() -> list[str]:
    """The names of the files that make the data folder: the contract, and those of its resources.

    >>> from datacontract.contract import files
    >>> files()[:3]
    ['datapackage.json', 'sources.csv', 'actors.csv']
    """
    return [CONTRACT_FILE, *(resource["path"] for resource in contract()["resources"])]


def data_file(resource: Resource) -> Path:
    """The path of a resource's file. Where the environment names a log of reads, the reading is noted there.

    >>> from datacontract.contract import data_file, table
    >>> data_file(table("ties")).name
    'ties.csv'
    """
    if log := os.environ.get(READS_VARIABLE):
        _note(log, resource["path"])
    return data_folder() / str(resource["path"])


@functools.cache  # once for each file, and there are thousands of readings
def _note(log: str, name: str) -> None:
    with naming(log), open(log, "a", encoding="utf-8") as file:
        file.write(name + "\n")


def table(name: str) -> Resource:
    """The resource of one table. Raises `DataError` with the names there are.

    >>> from datacontract.contract import table
    >>> table("ties")["schema"]["primaryKey"]
    ('tie_id',)
    >>> table("tie")
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: no table 'tie'; did you mean 'ties'? allowed: ...
    """
    known = tables()
    if name not in known:
        raise DataError(f"no table {name!r}; {suggest(name, known)}")
    return known[name]


def field(name: str, column: str) -> Field:
    """The field of a table's column. Raises `DataError` with the columns there are.

    >>> from datacontract.contract import field
    >>> field("actors", "kind")["constraints"]["enum"]
    ('state', 'organisation', 'region', 'group')
    >>> field("actors", "nane")
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: table 'actors' has no column 'nane'; did you mean 'name'? allowed: actor,
        kind, name, short_name, colour
    """
    known: Sequence[Field] = table(name)["schema"]["fields"]
    for found in known:
        if found["name"] == column:
            return found
    raise DataError(f"table {name!r} has no column {column!r}; {suggest(column, [f['name'] for f in known])}")


def check_header(file: str, header: Iterable[str], expected: Iterable[str]) -> None:
    """Raises `DataError` where a header is not that of the contract.

    >>> from datacontract.contract import check_header
    >>> check_header("ties.csv", ["pair", "year"], ["pair", "date"])
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: ties.csv: the header is pair, year; allowed: pair, date
    """
    header, expected = list(header), list(expected)
    if header != expected:
        raise DataError(f"{file}: the header is {', '.join(header)}; allowed: {', '.join(expected)}")


def cached_by_tables(*names: str, maxsize: int = 64) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorates a function of hashable arguments: it computes once as long as these tables stay the same.

    Its results are shared, in every language: they may be neither changed nor texts.

    >>> from datacontract import contract
    >>> codes = contract.cached_by_tables("actors")(lambda kind: contract.distinct("actors.actor", {"kind": kind}))
    >>> codes("state")[:2], codes("state") is codes("state")
    (['KAZ', 'KGZ'], True)
    """
    return cached(lambda *_, **__: _state(*names), maxsize)


def _state(*names: str) -> Hashable:
    """What changes when the data folder, its contract or one of these tables does."""
    descriptor = os.path.join(data_folder(), CONTRACT_FILE)
    state = file_state(descriptor)
    files = _files_of(descriptor, state, names)
    if log := os.environ.get(READS_VARIABLE):
        for name, _path in files:
            _note(log, name)
    return descriptor, state, *(file_state(path) for _name, path in files)


@functools.lru_cache(maxsize=512)  # asked at every use of what is kept
def _files_of(descriptor: str, state: Hashable, names: Sequence[str]) -> Sequence[tuple[str, str]]:
    """The files of some tables: as the contract names them, and their paths."""
    files = [str(table(name)["path"]) for name in names]
    return [(file, os.path.join(os.path.dirname(descriptor), file)) for file in files]


@cached(_state)
def rows(name: str) -> Sequence[Row]:
    """The rows of a table as mappings of text, untyped, which nobody can change.

    They are read once as long as the file stays as it is. Raises `DataError` where the file or its header is wrong.

    >>> from datacontract.contract import rows
    >>> rows("actors")[0]["name"]
    'Kazakhstan'
    >>> rows("actors")[0]["name"] = "another"
    Traceback (most recent call last):
        ...
    TypeError: 'mappingproxy' object does not support item assignment
    """
    resource = table(name)
    try:
        with data_file(resource).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            check_header(resource["path"], reader.fieldnames or [], (f["name"] for f in resource["schema"]["fields"]))
            found = tuple(map(MappingProxyType, reader))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{resource['path']}: cannot be read ({error})") from None
    for number, row in enumerate(found, 2):
        if None in row or None in row.values():
            raise DataError(f"{resource['path']}, row {number}: its cells are not as many as those of the header")
    return found


def distinct(address: str, where: Mapping[str, str] | None = None) -> list[str]:
    """The distinct values of a column, in the order of the file.

    `address` is ``table.column``; `where` keeps the rows whose columns equal the given texts.

    >>> from datacontract.contract import distinct
    >>> distinct("memberships.actor", {"region": "C5"})
    ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']
    """
    name, _, column = address.partition(".")
    for asked in [column, *(where or {})]:
        field(name, asked)
    return list(_distinct(name, column, *(where or {}).items()))


@cached(lambda name, *_: _state(name), maxsize=512)
def _distinct(name: str, column: str, *where: tuple[str, str]) -> Iterable[str]:
    kept = (row[column] for row in rows(name) if all(row[key] == value for key, value in where))
    return dict.fromkeys(value for value in kept if value)


def latest_year(address: str) -> int:
    """The last year of a column of years or dates, ``table.column``. Raises `DataError` where it has none.

    >>> from datacontract.contract import latest_year
    >>> latest_year("ties.date") >= 2025
    True
    """
    years = [text[:4] for text in distinct(address)]
    if not years:
        raise DataError(f"{address} is blank throughout; allowed: a year or a date in one row at least")
    return int(max(years))


def names_of(table_name: str, column: str) -> dict[str, str]:
    """The names of a table's rows by the codes in its column; empty where it has no column of names.

    >>> from datacontract.contract import names_of
    >>> names_of("actors", "actor")["KAZ"], names_of("ties", "tie_id")
    ('Kazakhstan', {})
    """
    fields = [f["name"] for f in table(table_name)["schema"]["fields"]]
    named = next((name for name in NAMES if name in fields), None)
    return {row[column]: row[named] for row in rows(table_name)} if named else {}
