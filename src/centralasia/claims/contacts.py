"""What the rules for claims look up in what states sign with each other and say at their meetings.

As in `centralasia.claims.measures`, the keywords of a function are the keys of a test.
"""

import math
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from centralasia import meetings, ties
from centralasia.claims.check import Check, Checks, date_of, of_row, of_rows, only_article
from centralasia.claims.words import theme_titles
from centralasia.dates import last_moment
from centralasia.names import level_name, short_name
from centralasia.regions import members, pair_code, pair_name
from centralasia.tables import load
from datacontract.labels import translate_name
from datacontract.language import _, ngettext

__all__: list[str] = []  # for the other modules of the room


def tie_level(state: str, region: str, since: str) -> Checks:
    """What the state signed with every other member of the region after the document `since`."""
    after = last_moment(date_of(since))
    for pair in (pair_code(state, other) for other in members(region) if other != state):
        acts = ties.signatures([pair])
        best = acts[acts["first"] > after].sort_values("level", kind="stable").tail(1)
        words = [f"{level_name(act.level)} ({act.date})" for act in best.itertuples()]
        words = words or [_("no act with a label found")]
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
        town = held["place"].iloc[-1]
        place = translate_name("place", town, town)
        yield of_rows(_("held in {place} on {date}", place=place, date=held["date"].iloc[-1]), True, held.tail(1))
    elif len(against):
        yield of_rows(_("not held"), False, against)


def meeting_attendance(meeting: str, region: str, level: str) -> Checks:
    """Who came to the meeting, and at what level."""
    year = int(load("meetings").set_index("meeting_id").loc[meeting, "date"][:4])
    rows = meetings.attendance(meetings.Choice(region, year, year))
    for _code, row in rows[(rows["meeting_id"] == meeting) & rows["member"]].iterrows():
        words, holds = (_("no record"), None) if pd.isna(row["level"]) else (_(row.role), row["level"] == level)
        yield of_row(f"{short_name(row['actor'])}: {words}", holds, row)


def meeting_domain(voice: str, domain: list[str], meeting: str = "", share: float = 0) -> Checks:
    """Whether the voice named the theme at the meetings, and whether it named it in order to refuse it."""
    rows = load("agenda")
    rows = rows[(rows["voice"] == voice) & rows["domain"].isin(domain)]
    if meeting:
        rows = rows[rows["meeting_id"] == meeting]
    name = _("the meeting as a whole") if voice == meetings.MEETING else short_name(voice)
    yield from _named(rows, ", ".join([name, *theme_titles(domain)]), "meeting", share)


def treaty_status(treaty: str, state: str) -> Checks:
    """Whether the state has signed the treaty."""
    rows = load("treaty_signatures")
    rows = rows[(rows["treaty_id"] == treaty) & (rows["state"] == state)]
    signed = (rows["status"] == "signed").any()
    words, holds = (_("signed the treaty"), True) if signed else (_("no signature found"), None)
    yield of_rows(f"{short_name(state)}: {words}", holds, rows)


def pair_domain(pair: str, share: float, domain: Iterable[str] = (), core: Iterable[str] = ()) -> Checks:
    """Which themes were named at that share of the events of the pair."""
    rows = load("pair_agenda")
    rows = rows[rows["pair"] == pair]
    if domain:
        yield from _named(rows[rows["domain"].isin(domain)], ", ".join(theme_titles(domain)), "event", share)
    for theme, own in rows.groupby("domain", sort=False) if core else ():
        (title,) = theme_titles([theme])
        (reaches,) = _named(own, title, "event", share)
        if theme in core or reaches.holds is None:
            yield reaches
        else:
            yield Check(reaches.words, not reaches.holds, reaches.confidence, reaches.source)


def _named(rows: pd.DataFrame, name: str, kind: str, share: float = 0) -> Checks:
    """One check: named in that share of the rows, or once. The article alone settles nothing; a refusal is a no.

    A row is one of a ``meeting`` or of an ``event``, which `kind` says.
    """
    if rows.empty:
        none = {"meeting": _("{name}: no meeting coded", name=name), "event": _("{name}: no event coded", name=name)}
        yield Check(none[kind], None)
        return
    alone = rows["source"].map(only_article, na_action="ignore").fillna(False).astype(bool)
    values = rows["value"].mask(alone)
    named, total, refused = values.eq(1).fillna(False), len(rows), int(values.eq(-1).fillna(False).sum())
    least, most = int(named.sum()), int((values.isna() | named).sum())
    needed = max(1, share * total)
    holds = True if least >= needed else None if most >= needed else False
    parts = [
        {
            "meeting": ngettext(
                "named at {least} of {n} meeting", "named at {least} of {n} meetings", total, least=least
            ),
            "event": ngettext("named at {least} of {n} event", "named at {least} of {n} events", total, least=least),
        }[kind]
    ]
    parts += [_("refused at {n}", n=refused)] if refused else []
    parts += [_("unknown at {n}", n=most - least)] if most > least else []
    words = f"{name}: {', '.join(parts)}"
    firm = least if holds else int(values.notna().sum()) - least
    slack = firm - (math.ceil(needed) if holds else math.floor(total - needed) + 1)
    yield replace(of_rows(words, holds, rows[values.notna()]), cells=max(1, firm), slack=max(0, slack))
