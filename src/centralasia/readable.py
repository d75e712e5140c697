"""Frames that a reader can take in: with all of their text, and with names beside codes."""

import functools

import pandas as pd

from centralasia import contract

NAMES = ("short_name", "title")  # the columns by which a table calls its rows in words


class WholeText(pd.DataFrame):
    """A frame that a notebook shows with all of its text: pandas itself cuts cells after 50 letters."""

    def _repr_html_(self):
        with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
            return super()._repr_html_()


def whole_text(table):
    """Decorates a function that makes a table for reading: it is shown with all of its text."""

    @functools.wraps(table)
    def whole(*args, **kwargs):
        return WholeText(table(*args, **kwargs))

    return whole


def labelled(frame, data=None):
    """The same rows with a column of names after every column of codes that another table defines.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of `centralasia.load`, also after filtering or sorting.
    data : path, optional
        Another data folder.

    Returns
    -------
    WholeText
        ``state`` is followed by ``state_name``, ``document_id`` by ``document_name``, ``pair`` by ``pair_name``;
        missing where the code is. Codes of a table that has no names stay alone.

    Raises
    ------
    DataError
        A frame that does not say which table it comes from.
    """
    if "table" not in frame.attrs:
        raise contract.DataError("these rows do not say which table they come from; allowed: rows of load()")
    schema = contract.table(frame.attrs["table"], data)["schema"]
    found = WholeText(frame.copy())
    found.attrs = dict(frame.attrs)
    for key in schema.get("foreignKeys", []):
        (column,), reference = key["fields"], key["reference"]
        names = names_of(reference["resource"] or frame.attrs["table"], reference["fields"][0], data)
        if names and column in found:
            _beside(found, column, found[column].astype("object").map(names))
    for field in schema["fields"]:
        if "pairOf" in field and field["name"] in found:
            target = field["pairOf"]
            names = names_of(target["resource"], target["field"], data)
            pairs = found[field["name"]].map(
                lambda pair, names=names: "–".join(names.get(code, code) for code in pair.split("-")),
                na_action="ignore",
            )
            _beside(found, field["name"], pairs)
    return found


def _beside(frame, column, names):
    frame.insert(frame.columns.get_loc(column) + 1, f"{column.removesuffix('_id')}_name", names)


def names_of(table, column, data=None):
    """The names of a table's rows by the codes in its column; nothing where it has no column of names."""
    fields = [f["name"] for f in contract.table(table, data)["schema"]["fields"]]
    named = next((name for name in NAMES if name in fields), None)
    return {row[column]: row[named] for row in contract.rows(table, data)} if named else {}
