"""Ties and contacts as tables for reading: names instead of codes, "" where there is nothing to say."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.names import NONE_FOUND, level_name, short_name
from centralasia.regions import pair_name, pairs_at_end
from centralasia.tables import UntruncatedFrame, display_table, load, translated
from centralasia.ties import contacts, marks, measures, register
from datacontract.language import _, join_list, pgettext
from datacontract.phrases import date_span
from datacontract.sources import SEPARATOR
from datacontract.words import plain

__all__ = [
    "event_table", "firmness_table", "milestone_table", "spread_table", "visit_status",
    "visit_table", "visit_type",
]  # fmt: skip


def event_table(pairs: list[str]) -> UntruncatedFrame:
    """The acts of pairs, in the order of time: one row an act.

    >>> ties.event_table(["KAZ-KGZ"])[["Event", "Label"]].head(3)
    Date               Event       Label
    1997-01-10     signature  friendship
    1997-04-08     signature  friendship
    1998        ratification  friendship
    """
    rows = register.events(pairs)
    columns: dict[str, Any] = {} if len(pairs) == 1 else {_("Pair"): rows["pair"].map(pair_name)}
    columns |= {
        _("Event"): _words(rows["event"]),
        _("Instrument"): _words(rows["instrument"]),
        _("Label"): [level_name(level) if pd.notna(level) else "" for level in rows["level"]],
        _("Act"): translated(rows["act"]),
    }
    return _chronicle(rows, columns, pairs)


def firmness_table(region: str, year: int) -> UntruncatedFrame:
    """The level of each pair by firm evidence and by all acts found, and the act that gave it, as text.

    >>> ties.firmness_table("C5", 2013)[["By firm evidence", "By all acts found", "First signed"]].head(2)
    Pair                  By firm evidence By all acts found        First signed
    Kazakhstan–Kyrgyzstan         alliance          alliance  2003-12-25, treaty
    Kazakhstan–Uzbekistan        strategic         strategic  2013-06-14, treaty
    """
    pairs, rows = pairs_at_end(region, year), {}
    acts = load("ties").set_index("tie_id")
    found, firm = measures.levels_on(pairs, year), measures.levels_on(pairs, year, register.FIRM)
    for one, sure in zip(found.itertuples(), firm.itertuples(), strict=True):
        act = acts.loc[one.act] if pd.notna(one.act) else None
        cells = ["" if act is None else f"{one.since}, {_(plain(act['instrument']))}"]
        weak = act is not None and one.level != sure.level
        cells.append(_("{confidence} confidence", confidence=_(one.confidence)) if weak else "")
        rows[pair_name(one.pair)] = [marks.level_words(sure), marks.level_words(one), *cells]
    columns = [_("By firm evidence"), _("By all acts found"), _("First signed"), _("Why not firm")]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return display_table(table.iloc[found["level"].cat.codes.argsort(kind="stable")[::-1]], corner=_("Pair"))


def spread_table(region: str, years: Iterable[int]) -> UntruncatedFrame:
    """How many pairs had reached each level or a higher one by some years: firm, found and possible, as text.

    >>> ties.spread_table("C5", [1999, 2009, 2019])
    Firm / found / possible      End of 1999 End of 2009 End of 2019
    alliance                       0 / 0 / 6   1 / 1 / 5   1 / 1 / 2
    deepened strategic or higher   0 / 0 / 6   1 / 1 / 5   1 / 1 / 2
    strategic or higher            0 / 0 / 6   1 / 1 / 5  9 / 9 / 10
    any label                     3 / 4 / 10  4 / 6 / 10  9 / 9 / 10
    """
    columns = {}
    for year in years:
        counts = measures.level_counts(region, year)[::-1]
        latest = register.latest_date()
        heading = latest if int(latest[:4]) == year else _("End of {year}", year=year)
        columns[heading] = [f"{r.firm} / {r.found} / {r.possible}" for r in counts.itertuples()]
    levels = [marks.at_least_name(level) for level in reversed(register.levels())]
    return display_table(columns, index=levels, corner=_("Firm / found / possible"))


def visit_table(pairs: list[str]) -> UntruncatedFrame:
    """The visits of pairs, in the order of time, also those that are not known to have been held.

    >>> ties.visit_table(["KAZ-TKM"])[["Guest", "Who", "Type"]].head(2)
    Date                             Guest                Who     Type
    2014-12-02 to 2014-12-03    Kazakhstan         Nazarbayev  working
    2017-04-18 to 2017-04-19  Turkmenistan  G. Berdimuhamedov    state
    """
    rows = contacts.visits(pairs, None)
    unknown = _("unknown")
    guests, hosts = (rows[side].map(short_name, na_action="ignore").fillna(unknown) for side in ("guest", "host"))
    types = [list(filter(None, map(visit_type, kinds))) for kinds in zip(rows["type"], rows["type_2"], strict=True)]
    columns: dict[str, Any] = {_("Guest"): guests, _("Host"): hosts, _("Who"): translated(rows["person"])}
    columns[_("Type")] = [join_list(kinds, "or") if kinds else unknown for kinds in types]
    columns[pgettext("of an act", "Status")] = rows["status"].astype("str").map(visit_status)
    return _chronicle(rows, columns, pairs, "visits")


def milestone_table(states: Iterable[str]) -> UntruncatedFrame:
    """The milestones that name all of these states, in the order of time.

    >>> ties.milestone_table(["KAZ", "KGZ", "UZB"])[["Theme", "Subject"]].head(2)
    Date                  Theme                    Subject
    2018-08-24            water                       IFAS
    2022-07-20  regional format  informal meeting of three
    """
    rows = contacts.milestones(states)
    themes = rows["theme"].map(contacts.theme_name)
    parties = [", ".join(map(short_name, cell.split(SEPARATOR))) for cell in rows["parties"]]
    columns: dict[str, Any] = {_("Theme"): themes, _("Parties"): parties}
    columns |= {_("Subject"): translated(rows["subject"]), _("Fact"): translated(rows["fact"])}
    return _chronicle(rows, columns)


def visit_type(code: object) -> str:
    """A kind of visit in words; "" where it is missing.

    >>> ties.visit_type("state"), ties.visit_type(None)
    (state, '')
    """
    known = {
        "state": pgettext("a visit", "state"),
        "official": pgettext("a visit", "official"),
        "working": pgettext("a visit", "working"),
        "meeting": pgettext("a visit", "meeting"),
        "informal": pgettext("a visit", "informal"),
        "funeral": pgettext("a visit", "funeral"),
    }
    return known.get(str(code)) or plain(code)


def visit_status(code: str) -> str:
    """The status of a visit in words: whether it was held, and how that is known.

    >>> ties.visit_status("statement_only")
    known from a statement only
    """
    return {
        "held": pgettext("a visit", "held"),
        "implied": pgettext("a visit", "implied"),
        "planned": pgettext("a visit", "planned"),
        "statement_only": pgettext("a visit", "known from a statement only"),
    }[code]


def _words(codes: pd.Series) -> list[str]:
    """Codes of a table in the language of the reader; "" where one is missing."""
    return [_(plain(code)) for code in codes]


def _chronicle(
    rows: pd.DataFrame, columns: dict[str, Any], pairs: Iterable[str] = (), subject: str = "ties"
) -> UntruncatedFrame:
    """Columns of rows, with their confidence and remarks behind, and their dates as headings."""
    columns = columns | {_("Confidence"): _words(rows["confidence"]), _("Remark"): translated(rows["note"])}
    none = marks.named_level(NONE_FOUND if set(pairs) <= register.searched(subject) else register.NOT_SEARCHED)
    return display_table(columns, index=map(_date, rows.itertuples()), corner=_("Date"), empty=none)


def _date(row: Any) -> str:
    """The date of a row, or both where it spans some days."""
    if pd.isna(row.date):
        return _("undated")
    return row.date if pd.isna(row.date_end) else date_span(row.date, row.date_end)
