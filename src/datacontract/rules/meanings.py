"""Rules of what a cell means: dates that exist and are in order, addresses that can be, sources of the time."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from datacontract.allowed import allowed
from datacontract.faults import Fault
from datacontract.rules.tables import Tables, agrees, precedes

__all__ = ["dates_in_order", "is_date", "meanings", "sourced_in_time", "stages_in_sequence"]

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_HOST = re.compile(r"(?i)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\.?")
_PLAIN_URL = re.compile(r"https?://([a-z0-9_.-]+)([/?#][!-~]*)?")  # in which no part can be mistaken
_DOI = re.compile(r"10\.[1-9][0-9]{3,8}(\.[0-9]+)*/[^\s]+[^\s.,;:/)(]")


def is_date(text: str) -> bool:
    """Whether a year, month or day exists, as 2031, 2031-02 or 2031-02-01.

    >>> from datacontract.rules.meanings import is_date
    >>> [is_date(text) for text in ("2031", "2031-02", "2032-02-29", "2031-02-29", "1.2.2031")]
    [True, True, True, False, False]
    """
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


def _date_fault(cell: str, means: Mapping[str, Any]) -> str:
    low, high = means.get("from", "0001"), means.get("to", "9999")
    return "" if is_date(cell) and not precedes(cell, low) and not precedes(high, cell) else "date"


def _url_fault(cell: str, means: Mapping[str, Any]) -> str:
    if (plain := _PLAIN_URL.fullmatch(cell)) and _HOST.fullmatch(plain[1]):
        return ""
    try:
        parts = urlsplit(cell)
        sound = parts.scheme in ("http", "https") and _HOST.fullmatch(_ascii(parts.hostname or ""))
        return (
            ""
            if sound and not parts.username and parts.port != 0
            else "an address with a host, as https://orient.tm/en"
        )
    except ValueError:  # a port that is none, brackets that do not match
        return "an address with a host and, if any, a port that can be, as https://orient.tm/en"


def _ascii(host: str) -> str:
    """A host in the letters of the protocol; UnicodeError, a ValueError, where it has none."""
    return host if host.isascii() else host.encode("idna").decode()


def _doi_fault(cell: str, means: Mapping[str, Any]) -> str:
    return "" if _DOI.fullmatch(cell) else "a DOI that can be, without address and full stop, as 10.7910/DVN/LEJUQZ"


_MEANINGS: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "date": _date_fault, "url": _url_fault, "doi": _doi_fault,
}  # fmt: skip


def meanings(tables: Tables) -> Iterator[Fault]:
    """``means``: a cell that has the form of a date, an address or a DOI is one that can be.

    >>> from datacontract.rules import Tables, meanings
    >>> field = {"name": "doi", "type": "string", "means": {"what": "doi"}}
    >>> papers = {"path": "papers.csv", "schema": {"fields": [field]}}
    >>> rows = [{"doi": "10.7910/DVN/LEJUQZ"}, {"doi": "https://doi.org/10.7910/DVN/LEJUQZ"}]
    >>> print(*meanings.meanings(Tables({"papers": papers}, {"papers": rows}, "meaning")))
    papers.csv, row 3, column doi: 'https://doi.org/10.7910/DVN/LEJUQZ' is not allowed; allowed: a DOI that can
        be, without address and full stop, as 10.7910/DVN/LEJUQZ [meaning]
    """
    for name, field in tables.fields(lambda f: "means" in f):
        fault_of, known = _MEANINGS[field["means"]["what"]], dict[str, str]()
        for number, row in tables.numbered(name):
            if (cell := row[field["name"]]) and cell not in known:
                known[cell] = fault_of(cell, field["means"])
            if cell and known[cell]:
                words = allowed(field) if known[cell] == "date" else known[cell]
                yield tables.fault(name, number, field["name"], words)


def dates_in_order(tables: Tables) -> Iterator[Fault]:
    """``ordered``: what begins does not end before it begins. Dates are compared at the precision that both have.

    >>> from datacontract.rules import Tables, meanings
    >>> visits = {"path": "visits.csv", "schema": {"ordered": [["date", "date_end"]]}}
    >>> rows = [{"date": "2020-03-06", "date_end": "2020-03"}, {"date": "2020-03-06", "date_end": "2020-03-05"}]
    >>> print(*meanings.dates_in_order(Tables({"visits": visits}, {"visits": rows}, "order")))
    visits.csv, row 3, column date_end: '2020-03-05' is not allowed; allowed: not before date, which is
        2020-03-06 [order]
    """
    for name, (earlier, later) in tables.declared("ordered"):
        for number, row in tables.numbered(name):
            if row[earlier] and row[later] and precedes(row[later], row[earlier]):
                yield tables.fault(name, number, later, f"not before {earlier}, which is {row[earlier]}")


def stages_in_sequence(tables: Tables) -> Iterator[Fault]:
    """``sequences``: within a group, no later stage is dated before the first of an earlier one.

    >>> from datacontract.rules import Tables, meanings
    >>> spec = {"date": "date", "stage": "event", "order": ["signed", "ratified"], "by": ["treaty"]}
    >>> acts, treaty = {"path": "acts.csv", "schema": {"sequences": [spec]}}, {"treaty": "friendship"}
    >>> rows = [treaty | {"event": "signed", "date": "2022-07"}, treaty | {"event": "ratified", "date": "2021"}]
    >>> print(*meanings.stages_in_sequence(Tables({"acts": acts}, {"acts": rows}, "sequence")))
    acts.csv, row 3, column date: '2021' is not allowed; allowed: not before the first signed, which is 2022-07
        [sequence]
    """
    for name, spec in tables.declared("sequences"):
        date_, stage, order = spec["date"], spec["stage"], spec["order"]
        dated = [(number, row) for number, row in tables.numbered(name) if row[date_] and row[stage] in order]
        first: dict[Any, str] = {}
        for _, row in dated:
            key = (*(row[column] for column in spec["by"]), row[stage])
            if key not in first or precedes(row[date_], first[key]):
                first[key] = row[date_]
        for number, row in dated:
            for earlier in order[: order.index(row[stage])]:
                since = first.get((*(row[column] for column in spec["by"]), earlier))
                if since and precedes(row[date_], since):
                    yield tables.fault(name, number, date_, f"not before the first {earlier}, which is {since}")


def sourced_in_time(tables: Tables) -> Iterator[Fault]:
    """``sourced``: what took place has a source that is not older; an undated source may be of any time.

    >>> from datacontract.rules import Tables, meanings
    >>> spec = {"date": "date", "source": "source", "resource": "sources", "on": "key", "published": "date"}
    >>> visits = {"path": "visits.csv", "schema": {"sourced": [spec]}}
    >>> rows = {"sources": [{"key": "G18", "date": "2018"}], "visits": [{"date": "2020-03-06", "source": "G18"}]}
    >>> print(*meanings.sourced_in_time(Tables({"visits": visits, "sources": {"schema": {}}}, rows, "sourced")))
    visits.csv, row 2, column date: '2020-03-06' is not allowed; allowed: not after all of its sources, of which
        the latest is of 2018 [sourced]
    """
    for name, spec in tables.declared("sourced"):
        published = {row[spec["on"]]: row[spec["published"]] for row in tables.rows.get(spec["resource"], [])}
        for number, row in tables.numbered(name):
            when, dates = row[spec["date"]], [published.get(key, "") for key in row[spec["source"]].split(";")]
            applies = published and when and agrees(row, spec.get("where", {}))
            if applies and all(date_ and precedes(date_, when) for date_ in dates):
                what = f"not after all of its sources, of which the latest is of {max(dates)}"
                yield tables.fault(name, number, spec["date"], what)
