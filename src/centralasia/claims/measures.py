"""What the rules for claims look up in documents, meetings and ties.

For each measure there is a function whose keywords are the keys of a test. Each yields checks, with the words, the
confidence and the sources of the rows behind them.
"""

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from centralasia import commitments, hierarchy, meetings, ties
from centralasia.claims.check import Check, Checks, date_of, of_row, of_rows, only_article
from centralasia.dates import last_moment
from centralasia.names import document_name, document_row, level_name, short_name
from centralasia.regions import members, pair_code, pair_name
from centralasia.tables import load
from datacontract.words import ordinal, pluralize

__all__: list[str] = []  # for the other modules of the room

WORDS_OF = {1: "named", 0: "absent", -1: "refused"}


def document_date(document: str, date: str) -> Checks:
    """When the document was adopted or published."""
    row = document_row(document)
    known = row["date"]
    holds = known.startswith(date) if len(known) >= len(date) else None
    yield of_row(f"{document_name(document)} is dated {known or 'unknown'}", holds, row)


def document_term(document: str, term: str = "", start: int = 0, end: int = 0, years: int = 0) -> Checks:
    """The term of the document, its first and last year, or how long it lasted."""
    row = load("documents").set_index("document_id").loc[document]
    lasted = round((pd.Timestamp(row["repealed"]) - pd.Timestamp(row["date"])).days / 365.25, 1)
    for wanted, found, words, way in (
        (term, row["term"], "the term is {}", ""),
        (start, row["term_start"], "the first year is {}", ""),
        (end, row["term_end"], "the last year is {}", ""),
        (years, lasted, "{} years from its date to its repeal", "by dates"),
        (
            years,
            row["term_end"] - row["term_start"] + 1,
            "{} calendar years, the first and the last included",
            "by calendar",
        ),
    ):
        if wanted:
            said, holds = ("unknown", None) if pd.isna(found) else (found, bool(found == wanted))
            yield of_row(words.format(said), holds, row, row["term_source"], way)


def partner_rank(
    document: str, actor: str = "", place: int = 0, named: str = "", placed: int = 0, list_: str = ""
) -> Checks:
    """The place of a partner in the order of the document, by every reading that differs."""
    for name, order in _orders(document, list_).items():
        found, rows = hierarchy.place(order, actor), order[order.index == actor]
        status = found.status.replace("unplaced", "without a place")
        words = f"{short_name(actor)} {ordinal(found.rank) if found.rank else status}"
        holds = found.rank == place if found.rank else None
        if placed:
            rows = order.dropna(subset="rank").head(placed)
            words, holds = f"{found.list_length} partners in order", found.list_length >= placed
        elif named:
            words, holds = f"{short_name(actor)} {'not ' * rows.empty}named", None if rows.empty else True
        drawn = _draw_place(document, actor, place) if place and not list_ else None
        yield replace(of_rows(words, holds, rows, name), drawn=drawn)


def partner_shift(before: str, after: str, move: str, actor: str = "") -> Checks:
    """What moves in the order from one document to another, by every two readings that differ."""
    for (one, first), (other, second) in itertools.product(_orders(before).items(), _orders(after).items()):
        steps = hierarchy.rank_changes(first, second).dropna(subset="shift")
        if actor:
            steps = steps[steps.index == actor]
        rows = pd.concat([order[order.index.isin(steps.index)] for order in (first, second)])
        words, holds = "no place in one of the two", None
        if actor and len(steps):
            step = steps.iloc[0]
            words = f"{short_name(actor)} {ordinal(step['before'])}, then {ordinal(step['after'])}"
            holds = step["change"] == move
        elif len(steps):
            moved = int((steps["shift"] != 0).sum())
            words, holds = f"{moved} of {len(steps)} partners move", 0 < moved < len(steps)
        way = "; then ".join(filter(None, (one, other)))
        yield replace(of_rows(words, holds, rows, way), drawn=_draw_move(before, after, actor, move) if actor else None)


def document_domain(document: str, domain: list[str], not_: Iterable[str] = ()) -> Checks:
    """What the document commits to toward the region, and what it does not commit to."""
    rows = commitments.coded([document]).set_index("domain")
    for wanted in domain:
        found = [_cell(rows, code, 1) for code in wanted.split("/")]
        yield min(found, key=lambda c: (c.holds is not True, only_article(c.source), c.holds is not None))
    yield from (_cell(rows, code, 0) for code in not_)


def tie_level(state: str, region: str, since: str) -> Checks:
    """What the state signed with every other member of the region after the document `since`."""
    after = last_moment(date_of(since))
    for pair in (pair_code(state, other) for other in members(region) if other != state):
        acts = ties.signatures([pair])
        best = acts[acts["first"] > after].sort_values("level", kind="stable").tail(1)
        words = [f"{level_name(act.level)} ({act.date})" for act in best.itertuples()] or ["no act with a label found"]
        check = of_rows(f"{pair_name(pair)}: {words[0]}", None if best.empty else True, best)
        acts_since = int((acts["first"] > after).sum())
        yield replace(check, cells=max(1, acts_since), slack=max(0, acts_since - 1))


def meeting_held(host: str, first: str, last: str) -> Checks:
    """Whether a meeting was held with that host between two dates."""
    rows = load("meetings")
    dates = rows["date"]
    rows = rows[(rows["host_state"] == host) & (dates.str[: len(first)] >= first) & (dates.str[: len(last)] <= last)]
    held, against = (rows[rows["status"] == status] for status in ("held", "not_held"))
    if len(held):
        yield of_rows(f"held in {held['place'].iloc[-1]} on {held['date'].iloc[-1]}", True, held.tail(1))
    elif len(against):
        yield of_rows("not held", False, against)


def meeting_attendance(meeting: str, region: str, level: str) -> Checks:
    """Who came to the meeting, and at what level."""
    year = int(load("meetings").set_index("meeting_id").loc[meeting, "date"][:4])
    rows = meetings.attendance(meetings.Choice(region, year, year))
    for _, row in rows[(rows["meeting_id"] == meeting) & rows["member"]].iterrows():
        words, holds = ("no record", None) if pd.isna(row["level"]) else (row["role"], row["level"] == level)
        yield of_row(f"{short_name(row['actor'])}: {words}", holds, row)


def meeting_domain(voice: str, domain: list[str], meeting: str = "", share: float = 0) -> Checks:
    """Whether the voice named the theme at the meetings, and whether it named it in order to refuse it."""
    rows = load("agenda")
    rows = rows[(rows["voice"] == voice) & rows["domain"].isin(domain)]
    if meeting:
        rows = rows[rows["meeting_id"] == meeting]
    name = "the meeting as a whole" if voice == meetings.MEETING else short_name(voice)
    yield from _named(rows, f"{name}, {_titles(domain)}", "meeting", share)


def treaty_status(treaty: str, state: str) -> Checks:
    """Whether the state has signed the treaty."""
    rows = load("treaty_signatures")
    rows = rows[(rows["treaty_id"] == treaty) & (rows["state"] == state)]
    words, holds = ("signed the treaty", True) if (rows["status"] == "signed").any() else ("no signature found", None)
    yield of_rows(f"{short_name(state)}: {words}", holds, rows)


def pair_domain(pair: str, share: float, domain: Iterable[str] = (), core: Iterable[str] = ()) -> Checks:
    """Which themes were named at that share of the events of the pair."""
    rows = load("pair_agenda")
    rows = rows[rows["pair"] == pair]
    if domain:
        yield from _named(rows[rows["domain"].isin(domain)], _titles(domain), "event", share)
    for theme, own in rows.groupby("domain", sort=False) if core else ():
        (reaches,) = _named(own, _titles([theme]), "event", share)
        if theme in core or reaches.holds is None:
            yield reaches
        else:
            yield Check(reaches.words, not reaches.holds, reaches.confidence, reaches.source)


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


def _titles(domains: Iterable[str]) -> str:
    return ", ".join(f"“{title}”" for title in commitments.domain_titles()[list(domains)])


def _named(rows: pd.DataFrame, name: str, noun: str, share: float = 0) -> Checks:
    """One check: named in that share of the rows, or once. The article alone settles nothing; a refusal is a no."""
    if rows.empty:
        yield Check(f"{name}: no {noun} coded", None)
        return
    alone = rows["source"].map(only_article, na_action="ignore").fillna(False).astype(bool)
    values = rows["value"].mask(alone)
    named, total, refused = values.eq(1).fillna(False), len(rows), int(values.eq(-1).fillna(False).sum())
    least, most = int(named.sum()), int((values.isna() | named).sum())
    needed = max(1, share * total)
    holds = True if least >= needed else None if most >= needed else False
    words = f"{name}: named at {least} of {pluralize(total, noun)}"
    words += f", refused at {refused}" if refused else ""
    words += f", unknown at {most - least}" if most > least else ""
    firm = least if holds else int(values.notna().sum()) - least
    slack = firm - (math.ceil(needed) if holds else math.floor(total - needed) + 1)
    yield replace(of_rows(words, holds, rows[values.notna()]), cells=max(1, firm), slack=max(0, slack))


def _cell(rows: pd.DataFrame, code: str, wanted: int) -> Check:
    """Whether a cell of the commitments has the `wanted` value; blank settles nothing."""
    title = _titles([code])
    if code not in rows.index or pd.isna(rows.loc[code, "value"]):
        return Check(f"{title} unknown", None)
    row = rows.loc[code]
    return of_row(f"{title} {WORDS_OF[int(row['value'])]}", (row["value"] == 1) == (wanted == 1), row)
