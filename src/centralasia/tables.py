"""The curated tables as typed frames, frames that show all of their text, and names beside codes."""

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from datacontract import contract
from datacontract.caches import P, cached_by_file
from datacontract.errors import DataError, suggest
from datacontract.labels import translate_name
from datacontract.language import _
from datacontract.sources import name_keys

__all__ = [
    "UntruncatedFrame", "cached_frame", "display_table", "load", "read_tables", "table_names", "translated",
    "with_labels",
]  # fmt: skip

# Under which kinds of labels.csv the names of a table stand
_KINDS = {"actors": ("actor", "actor_name"), "domains": ("domain",), "indicator_definitions": ("indicator",)}
_PLAIN = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}


class UntruncatedFrame(pd.DataFrame):
    """A frame that a notebook shows with all of its text: pandas itself cuts cells after 50 letters.

    What is selected from it is one, too.
    """

    @property
    def _constructor(self) -> type["UntruncatedFrame"]:
        return UntruncatedFrame

    def _repr_html_(self) -> str | None:
        with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
            return super()._repr_html_()


def load(name: str) -> pd.DataFrame:
    """A table of the data folder as a typed frame.

    Parameters
    ----------
    name : str
        A table of the contract (`table_names` lists them).

    Returns
    -------
    pandas.DataFrame
        One row per row of the CSV, in its order, with the columns and units that the contract
        and the codebook (``data/README.md``) describe. Integers are ``Int64``, numbers
        ``float64``, true/false ``boolean``; a word that the contract enumerates is a category in that fixed order;
        everything else, dates among it, is text. **A missing value means unknown, never zero or no.**
        ``frame.attrs["table"]`` is the name.

    Raises
    ------
    DataError
        An unknown table, or a cell that the contract does not allow, named with its file, row
        and column.

    Examples
    --------
    >>> load("visits")[["date", "host", "guest"]].head(2)
             date host guest
    0  2014-11-06  KAZ   KGZ
    1  2015-10-16  KAZ   KGZ
    """
    resource = contract.table(name)
    path = contract.data_file(resource)
    fields = resource["schema"]["fields"]
    columns = tuple((f["name"], f["type"], _enumeration(f)) for f in fields)
    try:
        frame: pd.DataFrame = _typed_frame(path, name, columns).copy()  # so that changing one changes no other
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    for key in resource["schema"].get("foreignKeys", []):
        (column,), target = key["fields"], key["reference"]
        _check_codes(frame[column], path.name, f"{target['resource'] or name}.{target['fields'][0]}")
    frame.attrs["table"] = name
    return frame


def cached_frame(*names: str, maxsize: int = 64) -> Callable[[Callable[P, pd.DataFrame]], Callable[P, pd.DataFrame]]:
    """Decorates a function of hashable arguments that returns a frame: it computes once while these tables stay so.

    Each caller gets a frame of its own, and nothing is copied until somebody changes it.
    """

    def decorate(function: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
        kept = contract.cached_by_tables(*names, maxsize=maxsize)(function)

        @functools.wraps(function)
        def computed(*args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
            return kept(*args, **kwargs).copy(deep=False)

        return computed

    return decorate


def table_names() -> list[str]:
    """The names of all tables, in the order of the contract.

    >>> table_names()[:4]
    ['sources', 'actors', 'memberships', 'labels']
    """
    return list(contract.tables())


def read_tables() -> None:
    """Reads all tables, which are kept as long as their files stay: for a process from which others are forked.

    Those that use another data folder find nothing read, and read it themselves.

    >>> from centralasia.tables import read_tables
    >>> read_tables()
    """
    for name in table_names():
        load(name)


def with_labels(frame: pd.DataFrame) -> UntruncatedFrame:
    """The same rows with a column of names after every column of codes that another table defines.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of `centralasia.load`, also after filtering or sorting.

    Returns
    -------
    UntruncatedFrame
        ``state`` is followed by ``state_name``, ``document_id`` by ``document_name``, ``pair`` by ``pair_name``;
        missing where the code is. Codes of a table that has no names stay alone.

    Raises
    ------
    DataError
        A frame that does not say which table it comes from.

    Examples
    --------
    >>> rows = load("attendance").head(2)
    >>> with_labels(rows[["meeting_id", "actor"]])
      meeting_id actor  actor_name
    0    cm-2018   KAZ  Kazakhstan
    1    cm-2018   KGZ  Kyrgyzstan
    """
    if "table" not in frame.attrs:
        raise DataError("these rows do not say which table they come from; allowed: rows of load()")
    table = frame.attrs["table"]
    schema = contract.table(table)["schema"]
    found = UntruncatedFrame(frame.copy())
    found.attrs = dict(frame.attrs)
    for key in schema.get("foreignKeys", []):
        (column,), reference = key["fields"], key["reference"]
        known = _names_of(reference["resource"] or table, reference["fields"][0])
        if known and column in found:
            _insert_names(found, column, found[column].map(known))
    for field in schema["fields"]:
        if "pairOf" in field and field["name"] in found:
            known = _names_of(field["pairOf"]["resource"], field["pairOf"]["field"])
            pairs = found[field["name"]].map(
                lambda pair, known=known: "–".join(known.get(code, code) for code in pair.split("-")),
                na_action="ignore",
            )
            _insert_names(found, field["name"], pairs)
    return found


def translated(cells: Iterable[object]) -> list[str]:
    """The texts of a column in the language of the reader; "" where one is missing."""
    return [_(str(cell)) if cell and pd.notna(cell) else "" for cell in cells]


def display_table(
    rows: Any,
    columns: Iterable[Any] | None = None,
    index: Iterable[Any] | None = None,
    corner: str | None = None,
    empty: str | None = None,
) -> UntruncatedFrame:
    """A table for reading: all of its text is shown, and sources that remarks name by key by publisher and year.

    Parameters
    ----------
    rows : pandas.DataFrame, list or dict
        A frame, a list of rows, or columns by heading.
    columns, index : list, optional
        Headings in place of those of `rows`.
    corner : str, optional
        What the rows are, as ``State``.
    empty : str, optional
        The heading of the one blank row of a table that has none.
    """
    frame = UntruncatedFrame(rows)
    for column in frame.select_dtypes(["object", "str"]):
        frame[column] = frame[column].map(lambda cell: name_keys(cell) if isinstance(cell, str) else cell)
    for axis, headings in ((1, columns), (0, index)):
        if headings is not None:
            frame = frame.set_axis(list(headings), axis=axis)
    if empty is not None and frame.empty:
        frame = UntruncatedFrame("", index=[empty], columns=frame.columns)
    return frame.rename_axis(columns=corner, index=None)


def _names_of(table: str, column: str) -> dict[str, str]:
    """The names of a table's rows by their codes, in the language of the reader."""
    names = {}
    for code, name in contract.names_of(table, column).items():
        names[code] = name if table in _KINDS else str(_(name))
        for kind in _KINDS.get(table, ()):
            names[code] = translate_name(kind, code, names[code])
    return names


def _insert_names(frame: pd.DataFrame, column: str, known: pd.Series) -> None:
    frame.insert(list(frame.columns).index(column) + 1, f"{column.removesuffix('_id')}_name", known)


def _enumeration(field: dict[str, Any]) -> tuple[tuple[str, ...], bool] | None:
    """The words that a column may hold, and whether their order means something; None where it is no enumeration."""
    enum = field.get("constraints", {}).get("enum")
    return (tuple(enum), bool(field.get("categoriesOrdered"))) if enum and field["type"] == "string" else None


@cached_by_file()
def _typed_frame(path: Path, table: str, columns: Iterable[tuple[str, str, Any]]) -> pd.DataFrame:
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    except ValueError as error:
        contract.rows(table)  # which knows the row that has too many cells
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    contract.check_header(path.name, frame.columns, [name for name, _, _ in columns])
    for name, kind, enumeration in columns:
        frame[name] = _typed(frame[name], path.name, kind, enumeration)
    return frame


def _typed(column: pd.Series, file: str, kind: str, enumeration: tuple[tuple[str, ...], bool] | None) -> pd.Series:
    if enumeration:
        allowed, ordered = enumeration
        typed = column.where(column.isin(allowed)).astype(pd.CategoricalDtype(allowed, ordered=ordered))
    elif kind == "boolean":
        typed = column.map({"True": True, "False": False}).astype("boolean")
    elif kind in _PLAIN:
        numbers = pd.to_numeric(column, errors="coerce")
        typed = numbers.where(numbers.mod(1).eq(0)) if _PLAIN[kind] == "Int64" else numbers
        typed = typed.astype(_PLAIN[kind])
    else:
        return column
    wrong = column.notna() & typed.isna()
    if wrong.any():
        row = column.index[wrong][0]
        hint = f"; {suggest(column[row], enumeration[0])}" if enumeration else ""
        raise DataError(f"{file}: row {row + 2}, column {column.name}: {column[row]!r} is not of type {kind}{hint}")
    return typed


def _check_codes(column: pd.Series, file: str, address: str) -> None:
    """Raises `DataError` where a column holds a code that is not in the column it refers to."""
    known = contract.distinct(address)
    wrong = column.notna() & ~column.isin(known)
    if wrong.any():
        row = column.index[wrong][0]
        raise DataError(
            f"{file}: row {row + 2}, column {column.name}: {column[row]!r} is not of type string; "
            f"{suggest(column[row], known)}"
        )
