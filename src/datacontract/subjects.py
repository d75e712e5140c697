"""Which actors a source is about: those that the rows name which rest on it, found by the contract alone."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from datacontract import contract
from datacontract.contract import Row
from datacontract.sources import SEPARATOR

__all__ = ["actors_by_source"]

ACTORS, SOURCES = "actors", "sources"  # the tables of both
_PAIR = "-"  # between the two actors of a pair
_Reader = Callable[[Row], Iterator[str]]  # the actors that a row names


def actors_by_source() -> dict[str, set[str]]:
    """The codes of the actors that the rows name which cite a source, by its key.

    A row names those in its columns that lead to the table of actors, alone, in a list or as a pair, and those of the
    row of another table that it belongs to, as a commitment to a document. A source that no such row cites has no key.

    >>> from datacontract.subjects import actors_by_source
    >>> actors_by_source()["RFE97"] >= {"KAZ", "KGZ"}
    True
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name in contract.tables():
        citing = [field["name"] for field in _fields(name) if _target(field) == SOURCES]
        readers = [*_own_readers(name), *_borrowed_readers(name)] if citing and name != ACTORS else []
        for row in contract.rows(name) if readers else ():
            keys = [key for column in citing for key in row[column].split(SEPARATOR) if key]
            actors = [actor for reader in readers for actor in reader(row)]
            for key in keys:
                found[key].update(actors)
    return dict(found)


def _fields(name: str) -> tuple[contract.Field, ...]:
    return tuple(contract.table(name)["schema"]["fields"])


def _target(field: contract.Field) -> str:
    """The table that a column leads to by itself, "" for none."""
    return str((field.get("reference") or field.get("pairOf") or {}).get("resource", ""))


def _keys(name: str) -> dict[str, tuple[str, str]]:
    """The columns that lead to another table by a key of one column: that table, and its column."""
    keys = contract.table(name)["schema"].get("foreignKeys", ())
    single = [(key["fields"][0], key["reference"]) for key in keys if len(key["fields"]) == 1]
    return {column: (to["resource"], to["fields"][0]) for column, to in single if to["resource"] not in ("", name)}


def _own_readers(name: str) -> Iterator[_Reader]:
    """What reads the actors in the columns of a table."""
    for field in _fields(name):
        if _target(field) == ACTORS or _keys(name).get(field["name"], ("",))[0] == ACTORS:
            yield _reader(field["name"], _PAIR if "pairOf" in field else field.get("delimiter", SEPARATOR))


def _reader(column: str, separator: str) -> _Reader:
    return lambda row: (actor for actor in row[column].split(separator) if actor)


def _borrowed_readers(name: str) -> Iterator[_Reader]:
    """What reads the actors of the rows of other tables that a row belongs to."""
    for column, (table, key) in _keys(name).items():
        if table != ACTORS and (readers := list(_own_readers(table))):
            known = {row[key]: {a for reader in readers for a in reader(row)} for row in contract.rows(table)}
            yield _borrower(column, known)


def _borrower(column: str, known: Mapping[str, set[str]]) -> _Reader:
    return lambda row: iter(known.get(row[column], ()))
