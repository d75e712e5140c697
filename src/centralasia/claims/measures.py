"""What the rules for claims look up in documents.

For each measure there is a function whose keywords are the keys of a test. Each yields checks, with the words, the
confidence and the sources of the rows behind them.
"""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from centralasia import commitments, hierarchy
from centralasia.claims.check import Check, Checks, of_row, of_rows, only_article
from centralasia.claims.words import theme_titles
from centralasia.names import document_name, document_row, short_name
from centralasia.tables import load
from datacontract.language import _, ngettext
from datacontract.phrases import ordinal

__all__: list[str] = []  # for the other modules of the room


def document_date(document: str, date: str) -> Checks:
    """When the document was adopted or published."""
    row = document_row(document)
    known = row["date"]
    holds = known.startswith(date) if len(known) >= len(date) else None
    words = _("{document} is dated {date}", document=document_name(document), date=known or _("unknown"))
    yield of_row(words, holds, row)


def document_term(document: str, term: str = "", start: int = 0, end: int = 0, years: int = 0) -> Checks:
    """The term of the document, its first and last year, or how long it lasted."""
    row = load("documents").set_index("document_id").loc[document]
    lasted = round((pd.Timestamp(row["repealed"]) - pd.Timestamp(row["date"])).days / 365.25, 1)
    calendar = row["term_end"] - row["term_start"] + 1
    for key, wanted, found, way in (
        ("term", term, row["term"], ""),
        ("start", start, row["term_start"], ""),
        ("end", end, row["term_end"], ""),
        ("dates", years, lasted, "by dates"),
        ("calendar", years, calendar, "by calendar"),
    ):
        if wanted:
            holds = None if pd.isna(found) else bool(found == wanted)
            yield of_row(_term_words(key, found), holds, row, row["term_source"], way)


def _term_words(key: str, found: Any) -> str:
    """What was found of a term, its first or last year, or how long it lasted by dates or by calendar."""
    if key == "term":
        words = {"open": _("the term is open"), "fixed": _("the term is fixed")}
        return _("the term is unknown") if pd.isna(found) else words[found]
    if pd.isna(found):
        return {
            "start": _("the first year is unknown"),
            "end": _("the last year is unknown"),
            "dates": _("unknown years from its date to its repeal"),
            "calendar": _("unknown calendar years, the first and the last included"),
        }[key]
    return {
        "start": _("the first year is {year}", year=found),
        "end": _("the last year is {year}", year=found),
        "dates": _("{years:.1f} years from its date to its repeal", years=float(found)),
        "calendar": ngettext(
            "{n} calendar year, the first and the last included",
            "{n} calendar years, the first and the last included",
            int(found),
        ),
    }[key]


def partner_rank(
    document: str, actor: str = "", place: int = 0, named: str = "", placed: int = 0, list_: str = ""
) -> Checks:
    """The place of a partner in the order of the document, by every reading that differs."""
    for name, order in _orders(document, list_).items():
        found, rows = hierarchy.place(order, actor), order[order.index == actor]
        words, holds = _place_words(actor, found), found.rank == place if found.rank else None
        if placed:
            rows = order.dropna(subset="rank").head(placed)
            words = ngettext("{n} partner in order", "{n} partners in order", found.list_length)
            holds = found.list_length >= placed
        elif named:
            words, holds = _("{actor} named", actor=short_name(actor)), True
            if rows.empty:
                words, holds = _("{actor} not named", actor=short_name(actor)), None
        drawn = _draw_place(document, actor, place) if place and not list_ else None
        yield replace(of_rows(words, holds, rows, name), drawn=drawn)


def _place_words(actor: str, found: hierarchy.Place) -> str:
    """A partner with its place in an order."""
    name = short_name(actor)
    if found.rank:
        return _("{actor} {place}", actor=name, place=ordinal(found.rank))
    return (
        _("{actor} without a place", actor=name) if found.status == "unplaced" else _("{actor} not named", actor=name)
    )


def partner_shift(before: str, after: str, move: str, actor: str = "") -> Checks:
    """What moves in the order from one document to another, by every two readings that differ."""
    for (one, first), (other, second) in itertools.product(_orders(before).items(), _orders(after).items()):
        steps = hierarchy.rank_changes(first, second).dropna(subset="shift")
        if actor:
            steps = steps[steps.index == actor]
        rows = pd.concat([order[order.index.isin(steps.index)] for order in (first, second)])
        words, holds = _("no place in one of the two"), None
        if actor and len(steps):
            step = steps.iloc[0]
            words = _(
                "{actor} {before}, then {after}",
                actor=short_name(actor),
                before=ordinal(step["before"]),
                after=ordinal(step["after"]),
            )
            holds = step["change"] == move
        elif len(steps):
            moved = int((steps["shift"] != 0).sum())
            words = ngettext("{moved} of {n} partner moves", "{moved} of {n} partners move", len(steps), moved=moved)
            holds = 0 < moved < len(steps)
        way = "; then ".join(filter(None, (one, other)))
        yield replace(of_rows(words, holds, rows, way), drawn=_draw_move(before, after, actor, move) if actor else None)


def document_domain(document: str, domain: list[str], not_: Iterable[str] = ()) -> Checks:
    """What the document commits to toward the region, and what it does not commit to."""
    rows = commitments.coded([document]).set_index("domain")
    for wanted in domain:
        found = [_cell(rows, code, 1) for code in wanted.split("/")]
        yield min(found, key=lambda c: (c.holds is not True, only_article(c.source), c.holds is not None))
    yield from (_cell(rows, code, 0) for code in not_)


def _draw_place(document: str, actor: str, place: int) -> Callable[[int, int], np.ndarray]:
    """Whether a drawn place of the actor is the one that is asked."""

    def drawn(draws: int, seed: int) -> np.ndarray:
        rank = hierarchy.draw_places(document, actor, draws, seed)["rank"].to_numpy(float, na_value=np.nan)
        return np.where(np.isnan(rank), np.nan, rank == place)

    return drawn


def _draw_move(before: str, after: str, actor: str, move: str) -> Callable[[int, int], np.ndarray]:
    """Whether drawn places of the actor move as is asked."""

    def drawn(draws: int, seed: int) -> np.ndarray:
        places = [
            hierarchy.draw_places(d, actor, draws, seed)["rank"].to_numpy(float, na_value=np.nan)
            for d in (before, after)
        ]
        gain = places[0] - places[1]
        return np.where(np.isnan(gain), np.nan, {"up": gain > 0, "down": gain < 0, "same": gain == 0}[move])

    return drawn


def _orders(document: str, partners: str = "") -> dict[str, pd.DataFrame]:
    """The orders of a document by the name of the reading: those as well founded as any, each distinct one once."""
    found: dict[str, pd.DataFrame] = {}
    for reading in hierarchy.admitted(document):
        order = hierarchy.ranking(document, reading, partners or None)
        if not any(order["rank"].equals(other["rank"]) for other in found.values()):
            found[hierarchy.reading_name(document, reading)] = order
    return found


def _cell(rows: pd.DataFrame, code: str, wanted: int) -> Check:
    """Whether a cell of the commitments has the `wanted` value; blank settles nothing."""
    (theme,) = theme_titles([code])
    if code not in rows.index or pd.isna(rows.loc[code, "value"]):
        return Check(_("{theme} unknown", theme=theme), None)
    row = rows.loc[code]
    words = {
        1: _("{theme} named", theme=theme),
        0: _("{theme} absent", theme=theme),
        -1: _("{theme} refused", theme=theme),
    }[int(row["value"])]
    return of_row(words, (row["value"] == 1) == (wanted == 1), row)
