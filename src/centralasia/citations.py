"""The sources behind a table, or behind any of its rows, and how much stands behind the collection."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia.tables import load
from datacontract import contract
from datacontract import sources as references
from datacontract.contract import Row
from datacontract.errors import DataError
from datacontract.language import _, ngettext, pgettext
from datacontract.sources import source_keys
from datacontract.words import MarkdownText, plain

__all__ = ["Citations", "cite", "coverage", "source_keys"]

_PAIR = re.compile(r"[A-Z]{3}-[A-Z]{3}")


@dataclass(frozen=True)
class Citations:
    """Sources, in the order of their keys: ``print`` them, or take ``.text()``, ``.bibtex()``, ``.csl()``.

    ``rows`` are those of ``sources.csv`` as text, ``sources`` the same as a frame.
    """

    rows: list[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        """Without the addresses, which a notebook keeps beside this as Markdown."""
        return "\n".join(f"{row['source_key']}. {row['title']}" for row in self.rows)

    @property
    def sources(self) -> pd.DataFrame:
        """The rows of ``sources.csv``, typed, indexed by key."""
        keys = [row["source_key"] for row in self.rows]
        return load("sources").set_index("source_key", drop=False).loc[keys]

    def text(self) -> str:
        """One line a source: key, title, publisher or site, date, address."""
        return "\n".join(f"{row['source_key']}. {references.reference(row)}" for row in self.rows)

    def bibtex(self) -> str:
        """One ``@misc`` entry a source, keyed by the source key."""
        return references.bibtex(self.rows)

    def csl(self) -> list[dict[str, Any]]:
        """A list of CSL-JSON items, keyed by the source key."""
        return references.csl(self.rows)

    def _repr_markdown_(self) -> str:
        return references.markdown(self.rows)


def cite(*what: str | pd.DataFrame | pd.Series | list[str]) -> Citations:
    """Exactly the sources behind tables, pairs, or rows.

    Parameters
    ----------
    *what : str, pandas.DataFrame, pandas.Series or list of str
        One or more of: a table's name, a pair of states (``KAZ-TKM``: its rows in every table of pairs), rows with a
        ``source`` column, or source keys, as a column or a list (several keys in a cell are separated by ``;``).

    Returns
    -------
    Citations
        Each source once, ordered by key.

    Raises
    ------
    DataError
        A table without a ``source`` column, or a key that ``sources.csv`` does not hold.

    Examples
    --------
    >>> print(cite(load("readings").head(1)))
    CAN08. Nazarbayev's order of priorities at the Foreign Ministry board, report of 3 December 2008. CA-News. ...
    """
    return Citations(references.sources(source_keys(*map(_source_cells, what))))


def _source_cells(what: str | pd.DataFrame | pd.Series | list[str]) -> pd.Series | list[str]:
    """The source column of a table, of a pair's rows, or of rows."""
    if isinstance(what, str) and _PAIR.fullmatch(what):
        return _rows_of_pair(what)
    if isinstance(what, str):
        contract.field(what, "source")
        what = load(what)
    if isinstance(what, pd.DataFrame):
        if "source" not in what:
            raise DataError(f"these rows have no column 'source'; they have: {', '.join(map(str, what.columns))}")
        return what["source"]
    return what


def _rows_of_pair(pair: str) -> pd.Series:
    """The source cells of a pair in all tables that have a column of pairs and one of sources."""
    found = []
    for name, resource in contract.tables().items():
        for field in resource["schema"]["fields"]:
            rows = load(name) if "pairOf" in field else pd.DataFrame()
            if "source" in rows:
                found.append(rows.loc[rows[field["name"]] == pair, "source"])
    return pd.concat(found)


def coverage(tables: Mapping[str, pd.DataFrame]) -> MarkdownText:
    """How many rows and sources some tables hold, and how many of the rows are of high, medium and low confidence.

    `tables` maps names to frames as from `centralasia.load`.

    >>> coverage({"ties": load("ties").query("pair == 'KAZ-TKM' and date < '2020'")})
    These answers rest on 2 coded rows (2 in ties) from 3 sources. Confidence is high for 1, medium for 1, low for 0
    and unknown for 0.
    """
    names = _table_names()
    rows = [_("{n:,} in {table}", n=len(frame), table=names.get(name, plain(name))) for name, frame in tables.items()]
    keys = source_keys(*(frame["source"] for frame in tables.values()))
    graded = [str(value) for frame in tables.values() for value in frame["confidence"].dropna()]
    total = sum(map(len, tables.values()))
    return _(
        "These answers rest on {total} ({rows}) from {sources}. Confidence is high for {high:,}, medium for "
        "{medium:,}, low for {low:,} and unknown for {other:,}.",
        total=ngettext("{n:,} coded row", "{n:,} coded rows", total),
        rows=rows,
        sources=ngettext("{n} source", "{n} sources", len(keys)),
        other=total - len(graded),
        **{level: graded.count(level) for level in ("high", "medium", "low")},
    )


def _table_names() -> dict[str, str]:
    """What the rows of a table are, in words."""
    return {
        "documents": pgettext("rows of a table", "documents"),
        "priorities": pgettext("rows of a table", "priorities"),
        "agenda": pgettext("rows of a table", "agenda"),
        "ties": pgettext("rows of a table", "ties"),
        "visits": pgettext("rows of a table", "visits"),
        "claims": pgettext("rows of a table", "claims"),
    }
