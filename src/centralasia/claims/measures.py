"""What the rules for claims look up: for each measure a function whose keywords are the keys of a test.

Each yields checks, with the words, the confidence and the sources of the rows behind them.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from centralasia import commitments, economies, hierarchy, meetings, ties, votes
from centralasia.dates import last_moment
from centralasia.names import document_name, document_row, level_name, short_name
from centralasia.regions import members, pair_code, pair_name, states_of
from centralasia.tables import load
from datacontract.errors import DataError
from datacontract.sources import SEPARATOR, source_keys
from datacontract.words import ordinal, pluralize

__all__: list[str] = []  # for the other modules of the room

ALONE = f"{hierarchy.ARTICLE}, the article alone"
WEAKEST = "low"


@dataclass(frozen=True)
class Check:
    """One thing looked up: what was found, in words; whether it bears the claim out (None: not settled); the ground.

    ``baseline`` is true where it takes no reading, or none but the baseline; ``decisive`` is false for what is told
    beside and not counted.
    """

    words: str
    holds: bool | None
    confidence: str | None = None
    source: str = ""
    baseline: bool = True
    measure: str = ""
    decisive: bool = True


Checks = Iterator[Check]


def only_article(source: str) -> bool:
    """Whether a cell of sources names the article and nothing else: it cannot bear itself out."""
    return set(source.split(SEPARATOR)) == {hierarchy.ARTICLE}


def of_row(words: str, holds: bool | None, row: Mapping[str, Any], source: str = "") -> Check:
    """A check on one row; `source` where only some of its sources speak to the point."""
    cell = source or row["source"]
    return Check(words, holds, row["confidence"], "" if pd.isna(cell) else cell)


def of_rows(words: str, holds: bool | None, rows: pd.DataFrame, source: str = "", codings: Sequence[str] = ()) -> Check:
    """A check on several rows: as firm as the weakest of them, but for the rows that blank says nothing of."""
    known = rows["confidence"].dropna()
    firmness = known.min() if len(known) else None
    ground = source or SEPARATOR.join(source_keys(rows["source"]))
    return Check(words, holds, firmness, ground, set(codings) <= {hierarchy.BASELINE})


def date_of(document: str) -> str:
    """The date of a document. Raises `DataError` where it has none, since nothing comes after an unknown day."""
    if not (date := document_row(document)["date"]):
        raise DataError(f"documents.csv: document {document!r} has no date; allowed under since: a dated document")
    return date


def document_date(document: str, date: str) -> Checks:
    """When the document was adopted or published."""
    row = document_row(document)
    known = row["date"]
    holds = known.startswith(date) if len(known) >= len(date) else None
    yield of_row(f"{document_name(document)} is dated {known or 'unknown'}", holds, row)


def document_term(
    document: str, term: str = "", start: int = 0, end: int = 0, years: int = 0, source: str = ""
) -> Checks:
    """The term of the document, its first and last year, or how long it lasted."""
    row, name = load("documents").set_index("document_id").loc[document], document_name(document)
    lasted = round((pd.Timestamp(row["repealed"]) - pd.Timestamp(row["date"])).days / 365.25, 1)
    for wanted, found, before, after in (
        (term, row["term"], f"term of {name}: ", ""),
        (start, row["term_start"], f"first year of {name}: ", ""),
        (end, row["term_end"], f"last year of {name}: ", ""),
        (years, lasted, "", " years from date to repeal"),
        (years, row["term_end"] - row["term_start"] + 1, "", " calendar years in its term"),
    ):
        if wanted:
            words, holds = ("unknown", None) if pd.isna(found) else (found, bool(found == wanted))
            yield of_row(f"{before}{words}{after}", holds, row, source)


def partner_rank(
    document: str, actor: str = "", place: int = 0, named: str = "", placed: int = 0, list_: str = ""
) -> Checks:
    """The place of a partner in the order of the document, by every reading."""
    for coding in hierarchy.readings(document):
        order = hierarchy.ranking(document, coding, list_)
        found, rows = hierarchy.place(order, actor), order[order.index == actor]
        words = f"{short_name(actor)} {ordinal(found.rank) if found.rank else found.status}"
        holds = found.rank == place if found.rank else None
        if placed:
            rows = order.dropna(subset="rank").head(placed)
            words, holds = f"{found.list_length} partners in order", found.list_length >= placed
        elif named:
            words, holds = f"{short_name(actor)} {'not ' * rows.empty}named", None if rows.empty else True
        yield of_rows(words, holds, rows, codings=[coding])


def partner_shift(before: str, after: str, move: str, actor: str = "") -> Checks:
    """What moves in the order from one document to another, by every two readings."""
    for codings in itertools.product(hierarchy.readings(before), hierarchy.readings(after)):
        orders = hierarchy.ranking(before, codings[0]), hierarchy.ranking(after, codings[1])
        steps = hierarchy.rank_changes(*orders).dropna(subset="shift")
        if actor:
            steps = steps[steps.index == actor]
        rows = pd.concat([order[order.index.isin(steps.index)] for order in orders])
        words, holds = "no place in one of the two", None
        if actor and len(steps):
            step = steps.iloc[0]
            words = f"{short_name(actor)} {ordinal(step['before'])}, then {ordinal(step['after'])}"
            holds = step["change"] == move
        elif len(steps):
            moved = int((steps["shift"] != 0).sum())
            words, holds = f"{moved} of {len(steps)} partners move", 0 < moved < len(steps)
        yield of_rows(words, holds, rows, codings=codings)


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
        words = [f"{level_name(act.level)} ({act.date})" for act in best.itertuples()] or ["no labelled act found"]
        yield of_rows(f"{pair_name(pair)}: {words[0]}", None if best.empty else True, best)


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


def meeting_domain(voice: str, domain: list[str], meeting: str = "", share: float = 0, source: str = "") -> Checks:
    """What the voice named at the meetings, and what it named in order to refuse it."""
    rows = load("agenda")
    rows = rows[(rows["voice"] == voice) & rows["domain"].isin(domain)]
    if meeting:
        rows = rows[rows["meeting_id"] == meeting]
    values = rows["value"].mask((rows["value"] == 0) & (rows["confidence"] == WEAKEST))
    refused = values.eq(-1).fillna(False)
    name = "the meeting as a whole" if voice == meetings.MEETING else short_name(voice)
    yield from _named(rows, values.mask(refused, 0), f"{name}, {_titles(domain)}", "meeting", share, source)
    if refused.any():
        words = f"{name} named it to refuse it at {pluralize(refused.sum(), 'meeting')}"
        yield of_rows(words, False, rows[refused])


def treaty_status(treaty: str, state: str) -> Checks:
    """Whether the state has signed the treaty."""
    rows = load("treaty_signatures")
    rows = rows[(rows["treaty_id"] == treaty) & (rows["state"] == state)]
    words, holds = ("signed the treaty", True) if (rows["status"] == "signed").any() else ("no signature found", None)
    yield of_rows(f"{short_name(state)}: {words}", holds, rows)


def pair_domain(pair: str, share: float, domain: Iterable[str] = (), core: Iterable[str] = ()) -> Checks:
    """What was named at the events of the pair."""
    rows = load("pair_agenda")
    rows = rows[rows["pair"] == pair]
    values = rows["value"].replace(-1, 0)
    if domain:
        inside = rows["domain"].isin(domain)
        yield from _named(rows[inside], values[inside], _titles(domain), "event", share)
    for theme, own in rows.groupby("domain", sort=False) if core else ():
        *_, reaches = _named(own, values[own.index], _titles([theme]), "event", share)
        outside = theme not in core and reaches.holds is not None
        yield replace(reaches, holds=not reaches.holds) if outside else reaches


def vote_cohesion(region: str, since: str, window: int, state: str = "") -> Checks:
    """Whether the region votes more alike after the document `since`, by every measure."""
    year = int(date_of(since)[:4])
    period = year - window + 1, year + window
    years = load("unga_years")
    ground = SEPARATOR.join(years.loc[years["year"].between(*period), "source"].dropna().unique())
    who = short_name(region) + (f" with {short_name(state)}" if state else "")
    for measure, absence in itertools.product(votes.MEASURES, votes.ABSENCE):
        pairs = votes.region_pairs(region, votes.Choice(measure, absence, *period))
        if state:
            pairs = pairs[[state in states_of(pair) for pair in pairs["pair"]]]
        gain = votes.change(votes.yearly_mean(pairs), window)
        holds = None if pd.isna(gain) else gain > 0
        words = {None: "votes cannot be compared", True: "votes more alike", False: "votes no more alike"}[holds]
        yield Check(f"{who} {words}", holds, None, ground)


def trade_share(region: str, first: str, last: str, gold: str = "kept") -> Checks:
    """Whether the share of the region in the trade of its members grew."""
    years = int(first[:4]), int(last[:4])
    for reporter, own in economies.trade_shares(region, *years, gold).groupby("reporter"):
        ends = own[own["year"].isin(years)]
        words, holds = "not known in both years", None
        if ends["share"].count() == 2:
            before, after = ends["share"].tolist()
            words, holds = f"{100 * before:.1f} %, then {100 * after:.1f} %", after > before
        weak = WEAKEST if ends["doubtful"].any() else None
        yield Check(f"{short_name(reporter)}: {words}", holds, weak, SEPARATOR.join(ends["source"]))


def _titles(domains: Iterable[str]) -> str:
    return ", ".join(commitments.domain_titles()[list(domains)]).lower()


def _named(rows: pd.DataFrame, values: pd.Series, name: str, noun: str, share: float = 0, source: str = "") -> Checks:
    """Named once at least; and, where asked, by the share of the rows. What the article alone tells is unknown."""
    if rows.empty:
        yield Check(f"{name}: no {noun} coded", None)
        return
    alone = rows["source"].map(lambda cell: only_article(source or cell)).astype(bool)
    told, values = int((alone & values.eq(1).fillna(False)).sum()), values.mask(alone)
    named, total = rows[values.eq(1).fillna(False)], len(rows)
    least, most = len(named), int(values.ne(0).fillna(True).sum())
    words = f"{name}: named at {least} of {pluralize(total, noun)}"
    once = True if least else None if most else False
    yield of_rows(f"{words}, and at {told} by {ALONE}" if told else words, once, named, source)
    if share:
        wide = True if least >= share * total else None if most >= share * total else False
        firm = {True: "enough", None: "not known whether enough", False: "not enough"}[wide]
        span = f"{100 * share:.0f} % of the {noun}s ({least} to {most} of {total})"
        yield of_rows(f"{name}: {firm} for {span}", wide, named)


def _cell(rows: pd.DataFrame, code: str, wanted: int) -> Check:
    """Whether a cell of the commitments has the `wanted` value; blank settles nothing."""
    title = commitments.domain_titles()[code].lower()
    if code not in rows.index or pd.isna(rows.loc[code, "value"]):
        return Check(f"{title} unknown", None)
    row = rows.loc[code]
    word = {1: "named", 0: "absent", -1: "refused"}[int(row["value"])]
    return of_row(f"{title} {word}", (row["value"] == 1) == (wanted == 1), row)
