"""The sources of the data: one line of text, BibTeX or CSL-JSON for each row of ``sources.csv``."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from datacontract import contract
from datacontract.contract import Row
from datacontract.errors import DataError, suggest
from datacontract.language import _
from datacontract.words import plain

__all__ = [
    "LISTED", "SEPARATOR", "bibtex", "by_trust", "csl", "joined_keys", "kind_name", "markdown", "name_keys",
    "publisher_name", "reference", "short_reference", "source_keys", "sources",
]  # fmt: skip

SEPARATOR = ";"  # between the keys in a cell
LISTED = re.compile(r'(?m)^- <a id="source-([A-Za-z0-9]+)"></a>')  # how a line of `markdown` begins, with its key
_TRUST = ("primary", "official", "scholarly", "statistics", "official_media", "secondary")  # others come after these
_KEY = re.compile(r"\b[A-Z][A-Za-z]*\d\w*\b")
_BIBTEX_SPECIAL = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


def source_keys(*cells: Iterable[object]) -> list[str]:
    """The single keys in columns of source cells: sorted, each once, without what is missing.

    >>> from datacontract.sources import source_keys
    >>> source_keys(["RFE97;FX25", None], ["FX25"])
    ['FX25', 'RFE97']
    """
    found = (cell for column in cells for cell in column if isinstance(cell, str))
    return sorted({key for cell in found for key in cell.split(SEPARATOR) if key})


def joined_keys(*cells: Iterable[object]) -> str:
    """The `source_keys` of columns of source cells as one cell.

    >>> from datacontract.sources import joined_keys
    >>> joined_keys(["RFE97;FX25", None], ["FX25"])
    'FX25;RFE97'
    """
    return SEPARATOR.join(source_keys(*cells))


def sources(keys: Iterable[str] | None = None) -> list[Row]:
    """The rows of ``sources.csv`` with these keys, or all of them, by key. Raises `DataError` for an unknown key.

    >>> from datacontract.sources import sources
    >>> [row["publisher"] for row in sources(["G18", "ART19"])]
    ['Orient', 'Government portal of Uzbekistan']
    >>> sources(["G81"])
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: no source 'G81' in sources.csv; did you mean 'G18'? allowed: ...
    """
    known = {row["source_key"]: row for row in contract.rows("sources")}
    wanted = sorted(known if keys is None else set(keys))
    for key in wanted:
        if key not in known:
            raise DataError(f"no source {key!r} in sources.csv; {suggest(key, known)}")
    return [known[key] for key in wanted]


def reference(source: Row, link: str = "{}") -> str:
    """Title, publisher or site, date, DOI and address in one line; `link` is how an address is written.

    >>> from datacontract.sources import reference
    >>> row = {"title": "A treaty", "publisher": "", "date": "1997-01-10", "doi": "", "url": "https://www.orient.tm/en"}
    >>> reference(row, link="<{}>")
    'A treaty. orient.tm. 1997-01-10. <https://www.orient.tm/en>'
    """
    doi = source["doi"] and f"doi:{source['doi']}"
    address = source["url"] and link.format(source["url"])
    parts = [source["title"], publisher_name(source), source["date"] or _("undated"), doi, address]
    return ". ".join(part for part in parts if part)


def short_reference(source: Row) -> str:
    """Who published it and when, as a text names a source in passing: ``Astana Times 2019``, ``Orient, undated``.

    >>> from datacontract.sources import short_reference
    >>> [short_reference({"publisher": "Orient", "date": date}) for date in ("2019-11-29", "")]
    ['Orient 2019', 'Orient, undated']
    """
    year, undated = source["date"][:4], _("undated")
    return f"{publisher_name(source)} {year}" if year else f"{publisher_name(source)}, {undated}"


def name_keys(text: str) -> str:
    """A text with the keys of sources in it, as remarks of coders have them, replaced by publisher and year.

    >>> from datacontract.sources import name_keys
    >>> name_keys("as G18 reports, not X99")
    'as Government portal of Uzbekistan 2018 reports, not X99'
    """
    if not _KEY.search(text):
        return text
    known = {row["source_key"]: row for row in contract.rows("sources")}
    return _KEY.sub(lambda found: short_reference(known[found[0]]) if found[0] in known else found[0], text)


def by_trust(rows: Iterable[Row]) -> list[Row]:
    """Sources, those first that stand nearest to what they tell of; of one kind, those with a date first.

    >>> from datacontract.sources import by_trust
    >>> rows = [{"kind": kind, "date": ""} for kind in ("news", "official", "primary", "some_new_kind")]
    >>> [row["kind"] for row in by_trust(rows)]
    ['primary', 'official', 'news', 'some_new_kind']
    """
    rank = {kind: place for place, kind in enumerate(_TRUST)}
    return sorted(rows, key=lambda row: (rank.get(row["kind"], len(rank)), not row["date"]))


def markdown(rows: Iterable[Row]) -> str:
    """A list in Markdown, a reference a line, by title; each has an address, ``source-`` and its key.

    >>> from datacontract.sources import markdown
    >>> row = {"source_key": "A1", "title": "A treaty", "publisher": "Orient", "date": "", "doi": "", "url": ""}
    >>> markdown([row])
    '- <a id="source-A1"></a>A treaty. Orient. undated'
    """
    ordered = sorted(rows, key=lambda row: row["title"].casefold())
    return "\n".join(f'- <a id="source-{row["source_key"]}"></a>{reference(row, "<{}>")}' for row in ordered)


def kind_name(kind: object) -> str:
    """What a kind of ``sources.csv`` is called: ``press reports``; a code that is none of them, read as words.

    >>> from datacontract.sources import kind_name
    >>> kind_name("news"), kind_name("official_media"), kind_name("some_new_kind")
    (press reports, state media, 'some new kind')
    """
    names = {
        "primary": _("the text itself"),
        "official": _("an official page"),
        "official_media": _("state media"),
        "scholarly": _("research"),
        "scholar_blog": _("a scholar's blog"),
        "secondary": _("an analyst's column"),
        "tertiary": _("a reference page"),
        "encyclopedia_copy": _("a copy of an encyclopedia"),
        "news": _("press reports"),
        "news_weak": _("partisan press"),
        "not_given": _("a page of unknown rating"),
    }
    return names.get(str(kind)) or plain(kind)


def publisher_name(source: Row) -> str:
    """Who published it: the publisher, else the site of the address.

    >>> from datacontract.sources import publisher_name
    >>> publisher_name({"publisher": "", "url": "https://www.orient.tm/en/central-asia"})
    'orient.tm'
    """
    return source["publisher"] or urlsplit(source["url"]).netloc.removeprefix("www.")


def bibtex(rows: Iterable[Row]) -> str:
    r"""One ``@misc`` entry each, keyed by the source key.

    >>> from datacontract.sources import bibtex
    >>> row = {"source_key": "A1", "title": "Water & energy", "publisher": "Orient", "date": "2019-11-29"}
    >>> print(bibtex([row | {"doi": "", "url": "", "note": ""}]))
    @misc{A1,
      title = {{Water \& energy}},
      organization = {Orient},
      year = {2019},
      date = {2019-11-29}
    }
    """
    return "\n\n".join(map(_bibtex, rows))


def csl(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """A list of CSL-JSON items, keyed by the source key.

    >>> from datacontract.sources import csl
    >>> row = {"source_key": "A1", "kind": "statistics", "title": "Trade", "publisher": "Orient", "date": "2019-11"}
    >>> csl([row | {"doi": "", "url": "", "note": ""}])
    [{'id': 'A1', 'type': 'dataset', 'title': 'Trade', 'publisher': 'Orient', 'issued': {'date-parts': [[2019,
        11]]}}]
    """
    return [_csl(row) for row in rows]


def _bibtex(source: Row) -> str:
    texts = source["title"], publisher_name(source), source["note"]
    title, publisher, note = (text.translate(_BIBTEX_SPECIAL) for text in texts)
    fields = {"title": f"{{{title}}}", "organization": publisher, "year": source["date"][:4]}
    fields |= {name: source[name] for name in ("date", "doi", "url")} | {"note": note}
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{source['source_key']}{body}\n}}"


def _csl(source: Row) -> dict[str, Any]:
    kind = "dataset" if source["kind"] == "statistics" else "webpage"
    item = {"id": source["source_key"], "type": kind, "title": source["title"], "publisher": publisher_name(source)}
    item |= {"DOI": source["doi"], "URL": source["url"], "note": source["note"]}
    parts = [int(part) for part in re.findall(r"\d+", source["date"])]
    return {k: v for k, v in item.items() if v} | ({"issued": {"date-parts": [parts]}} if parts else {})
