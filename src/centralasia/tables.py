"""The curated tables as typed frames."""

import functools

import pandas as pd

from centralasia import contract as _contract
from centralasia.contract import DataError

_PLAIN = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}


def load(name, data=None):
    """A table of the data folder as a typed frame.

    Parameters
    ----------
    name : str
        A table of the contract (`names` lists them).
    data : path or str, optional
        Another data folder, or the ``https://`` address of a published one; by default
        ``CENTRALASIA_DATA`` or the folder of this package.

    Returns
    -------
    pandas.DataFrame
        One row per row of the CSV, in its order, with the columns and units that the contract
        and the codebook (``data/README.md``) describe. Integers are ``Int64``, numbers
        ``float64``, true/false ``boolean``; a code that the contract enumerates, or that another
        table defines, is a category in that fixed order; everything else is text. Dates stay
        text, since many are known to the month or year only (see `first_day`). **A missing value means
        unknown, never zero or no.** ``frame.attrs["table"]`` is the name.

    Raises
    ------
    DataError
        An unknown table, or a cell that the contract does not allow, named with its file, row
        and column.
    """
    resource = _contract.table(name, data)
    codes = {f["name"]: _codes(resource, f, data) for f in resource["schema"]["fields"]}
    path = _contract.data_file(resource, data)
    try:
        state = path.stat()
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    # Typed once as long as file and codes stay; copies are cheap, and changing one changes no other.
    key = tuple((column, tuple(known), ordered) for column, (known, ordered) in codes.items() if known is not None)
    columns = tuple((f["name"], f["type"]) for f in resource["schema"]["fields"])
    frame = _typed_frame(path, state.st_mtime_ns, state.st_size, columns, key).copy()
    frame.attrs["table"] = name
    return frame


@functools.lru_cache(maxsize=64)
def _typed_frame(path, _modified, _size, columns, codes):
    codes = {column: (known, ordered) for column, known, ordered in codes}
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    _contract.check_header(path.name, frame.columns, [name for name, _ in columns])
    for name, kind in columns:
        frame[name] = _typed(frame[name], name, kind, path.name, *codes.get(name, (None, False)))
    return frame


def names(data=None):
    """The names of all tables, in the order of the contract."""
    return list(_contract.tables(data))


def first_day(dates):
    """The first day that a reduced-precision ISO 8601 date (year, month or day) can mean.

    `dates` is a column of text; the result is a column of timestamps, missing where unknown.
    """
    return pd.to_datetime(dates.astype("str"), format="ISO8601")


def _codes(resource, field, data):
    """The fixed order of a column's codes, and whether the order means something."""
    enum = field.get("constraints", {}).get("enum")
    if enum and field["type"] == "string":
        return enum, bool(field.get("categoriesOrdered"))
    for key in resource["schema"].get("foreignKeys", []):
        if key["fields"] == [field["name"]]:
            target, (column,) = key["reference"]["resource"], key["reference"]["fields"]
            return _contract.values(f"{target or resource['name']}.{column}", folder=data), False
    return None, False


def _typed(column, name, kind, file, allowed, ordered):
    try:
        if allowed is not None:
            typed = column.where(column.isin(allowed)).astype(pd.CategoricalDtype(allowed, ordered=ordered))
        elif kind in _PLAIN:
            typed = _plain(column, kind)
        else:
            return column
    except (ValueError, TypeError):
        typed = None
    wrong = column.notna() & (True if typed is None else typed.isna())
    if wrong.any():
        row = next(i for i in column.index[wrong] if typed is not None or not _fits(column[i], kind))
        hint = "; " + _contract.nearest(column[row], allowed) if allowed is not None else ""
        raise DataError(f"{file}: row {row + 2}, column {name}: {column[row]!r} is not of type {kind}{hint}")
    return typed


def _plain(column, kind):
    if kind == "boolean":
        return column.map({"True": True, "False": False}).astype("boolean")
    return pd.to_numeric(column).astype(_PLAIN[kind])


def _fits(text, kind):
    try:
        _plain(pd.Series([text]), kind)
    except (ValueError, TypeError):
        return False
    return True
