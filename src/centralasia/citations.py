"""The sources behind a table, or behind any of its rows."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pandas as pd

from centralasia import contract as _contract
from centralasia.contract import DataError
from centralasia.tables import load

SEPARATOR = ";"
_PAIR = re.compile(r"[A-Z]{3}-[A-Z]{3}")
_BIBTEX_SPECIAL = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


@dataclass(frozen=True)
class Citations:
    """Sources, in the order of their keys: ``print`` them, or take ``.text()``, ``.bibtex()``, ``.csl()``."""

    sources: pd.DataFrame

    def __len__(self):
        return len(self.sources)

    def __str__(self):
        return self.text()

    __repr__ = __str__

    def text(self):
        """One line a source: key, title, publisher or site, date, address."""
        return "\n".join(f"{s.source_key}. {_sentence(s)}" for s in self.sources.itertuples())

    def bibtex(self):
        """One ``@misc`` entry a source, keyed by the source key."""
        return "\n\n".join(_bibtex(s) for s in self.sources.itertuples())

    def csl(self):
        """A list of CSL-JSON items, keyed by the source key."""
        return [_csl(s) for s in self.sources.itertuples()]

    def _repr_markdown_(self):
        return "\n".join(f"- **{s.source_key}** {_sentence(s, _link)}" for s in self.sources.itertuples())


def cite(*what, data=None):
    """Exactly the sources behind tables, pairs, or rows.

    Parameters
    ----------
    *what : str, pandas.DataFrame or pandas.Series
        One or more of: a table's name, a pair of states (``KAZ-TKM``: its rows in every table of pairs), rows with a
        ``source`` column, or a column of source keys (several keys in a cell are separated by ``;``).
    data : path, optional
        Another data folder.

    Returns
    -------
    Citations
        Each source once, ordered by key.

    Raises
    ------
    DataError
        A table without a ``source`` column, or a key that ``sources.csv`` does not hold.
    """
    cells = pd.concat([_source_cells(part, data) for part in what])
    keys = sorted({key for cell in cells.dropna() for key in cell.split(SEPARATOR)})
    sources = load("sources", data).set_index("source_key", drop=False)
    for key in keys:
        if key not in sources.index:
            raise DataError(f"no source {key!r} in sources.csv; {_contract.nearest(key, sources.index)}")
    return Citations(sources.loc[keys])


def _source_cells(what, data):
    """The source column of a table, of a pair's rows, or of rows."""
    if isinstance(what, str) and _PAIR.fullmatch(what):
        return _rows_of_pair(what, data)
    if isinstance(what, str):
        _contract.field(what, "source", data)
        what = load(what, data)
    if isinstance(what, pd.DataFrame):
        if "source" not in what:
            raise DataError(f"these rows have no column 'source'; they have: {', '.join(map(str, what.columns))}")
        return what["source"]
    return what


def _rows_of_pair(pair, data):
    """The source cells of a pair in all tables that have a column of pairs."""
    found = []
    for name, resource in _contract.tables(data).items():
        for field in resource["schema"]["fields"]:
            if "pairOf" in field:
                rows = load(name, data)
                found.append(rows.loc[rows[field["name"]] == pair, "source"])
    return pd.concat(found)


def _known(value):
    return "" if pd.isna(value) else str(value)


def _place(source):
    """Who published it: the publisher, else the site of the address."""
    return _known(source.publisher) or urlsplit(_known(source.url)).netloc.removeprefix("www.")


def _sentence(source, link=str):
    doi = _known(source.doi) and f"doi:{source.doi}"
    address = link(_known(source.url)) if _known(source.url) else ""
    parts = [_known(source.title), _place(source), _known(source.date) or "undated", doi, address]
    return ". ".join(part for part in parts if part)


def _link(url):
    return f"<{url}>"


def _bibtex(source):
    date = _known(source.date)
    fields = {
        "title": "{" + _known(source.title).translate(_BIBTEX_SPECIAL) + "}",
        "organization": _place(source).translate(_BIBTEX_SPECIAL),
        "year": date[:4],
        "date": date,
        "doi": _known(source.doi),
        "url": _known(source.url),
        "note": _known(source.note).translate(_BIBTEX_SPECIAL),
    }
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{source.source_key}{body}\n}}"


def _csl(source):
    item = {
        "id": source.source_key,
        "type": "dataset" if source.kind == "statistics" else "webpage",
        "title": _known(source.title),
        "publisher": _place(source),
        "DOI": _known(source.doi),
        "URL": _known(source.url),
        "note": _known(source.note),
    }
    parts = [int(part) for part in re.findall(r"\d+", _known(source.date))]
    return {k: v for k, v in item.items() if v} | ({"issued": {"date-parts": [parts]}} if parts else {})
