"""Sentences on one pair of states."""

from typing import Any

import pandas as pd

from centralasia import meetings, speeches, ties
from centralasia.names import level_name, region_name, short_name, short_names
from centralasia.regions import check_pair
from centralasia.tables import load
from datacontract.language import _, ngettext
from datacontract.phrases import date_words, ordinal
from datacontract.words import MarkdownText

__all__ = ["answer", "doubts", "milestones_found", "speeches_found", "treaty_signed", "visits_found"]


def answer(pair: str, year: int) -> MarkdownText:
    """The level of a pair, the act that gave it, and how much contact was found.

    >>> pairs.answer("KAZ-UZB", 2019)
    **Kazakhstan and Uzbekistan** signed a relationship called **strategic** on 14 June 2013 (strategic partnership by
    treaty; high confidence). It is the highest that was found by the end of 2019. We also found 9 visits of heads of
    state by then and 4 milestones that name both.
    """
    names, held, end = short_names(check_pair(pair)), ties.level_at(pair, year), ties.end_of(year)
    if held.since:
        text = _reached(names, held, end)
    elif pair in ties.searched():
        text = _(
            "No label of ties between **{names}** signed by {end} was found in the sources read.", names=names, end=end
        )
    else:
        text = _("Nobody searched for acts between **{names}**.", names=names)
    visits = len(ties.visits([pair]).query("leader and year <= @year"))
    facts = len(_milestones(pair, year))
    also = _(
        "We also found {visits} and {milestones}.",
        visits=ngettext("{n} visit of heads of state by then", "{n} visits of heads of state by then", visits),
        milestones=ngettext("{n} milestone that names both", "{n} milestones that name both", facts),
    )
    return MarkdownText(f"{text} {also}")


def _reached(names: list[str], held: ties.Level, end: str) -> MarkdownText:
    """The level that a pair had reached, and the act that gave it."""
    act = load("ties").set_index("tie_id").loc[held.act]
    fields = {
        "end": end,
        "names": names,
        "level": level_name(held.level),
        "date": date_words(str(held.since)),
        "act": _(act.act),
        "confidence": _(act.confidence),
    }
    if len(str(held.since)) == len("2025-01-01"):
        return _(
            "**{names}** signed a relationship called **{level}** on {date} ({act}; {confidence} confidence). It is "
            "the highest that was found by {end}.",
            **fields,
        )
    return _(
        "**{names}** signed a relationship called **{level}** in {date} ({act}; {confidence} confidence). It is the "
        "highest that was found by {end}.",
        **fields,
    )


def doubts(pair: str, year: int) -> MarkdownText:
    """The doubts about the level of a pair.

    >>> pairs.doubts("KAZ-UZB", 2012)
    Kazakhstan–Uzbekistan: friendship is dated 1997-01-10 by an act of medium confidence; the first firm act is of
    1998-10-31.
    """
    if found := ties.level_doubts(pair, year):
        return MarkdownText(" ".join(found))
    if ties.level_at(pair, year).level is None:
        return _("None found is unknown: it does not prove that there is no such act.")
    return _("The level and its date stay the same when only acts of the highest confidence are counted.")


def visits_found(pair: str, year: int) -> MarkdownText:
    """How many visits up to a year were found in each direction, and which are uncertain.

    >>> pairs.visits_found("KAZ-TKM", 2019)
    At least 6 visits of heads of state: 4 of Kazakhstan and 2 of Turkmenistan.
    """
    states, rows = check_pair(pair), ties.visits([pair], None)
    rows = rows[~(rows["year"] > year).fillna(False)]
    if rows.empty:
        return _("No visit between {names} was found in the sources read.", names=short_names(states))
    leaders = rows[rows["leader"]]
    guests = [
        _("{n} of {state}", n=int((leaders["guest"] == state).sum()), state=short_name(state)) for state in states
    ]
    parts = [
        ngettext(
            "At least {n} visit of heads of state: {guests}.",
            "At least {n} visits of heads of state: {guests}.",
            len(leaders),
            guests=guests,
        )
    ]
    if others := int(((rows["status"] == "held") & ~rows["leader"]).sum()):
        parts.append(_("By somebody else: {n}.", n=others))
    unsure = rows.loc[rows["status"] != "held", "status"].astype("str").value_counts()
    if len(unsure):
        counts = [_("{n} {status}", n=n, status=ties.visit_status(status)) for status, n in unsure.items()]
        parts.append(_("Not known to have been held: {counts}.", counts=counts))
    return MarkdownText(" ".join(parts))


def _milestones(pair: str, year: int) -> pd.DataFrame:
    """The milestones that name both states, those after a year left out."""
    rows = ties.milestones(check_pair(pair))
    return rows[~(rows["year"] > year).fillna(False)]


def milestones_found(pair: str, year: int) -> MarkdownText:
    """How many milestones up to a year name both states, by theme.

    >>> pairs.milestones_found("KAZ-TKM", 2015)
    10 milestones name both: corridor (4), border (3), visa (2) and gas (1).
    """
    rows = _milestones(pair, year)
    if rows.empty:
        return _("No milestone that names both {names} was found.", names=short_names(check_pair(pair)))
    counts = rows["theme"].astype("str").value_counts()
    return ngettext(
        "{n} milestone names both: {themes}.",
        "{n} milestones name both: {themes}.",
        len(rows),
        themes=[f"{ties.theme_name(theme)} ({n})" for theme, n in counts.items()],
    )


def speeches_found(pair: str, region: str) -> MarkdownText:
    """How alike the two states speak before the United Nations, and which place that is among the pairs of a region.

    >>> pairs.speeches_found("KAZ-TKM", "C6")
    Before the United Nations, Kazakhstan and Turkmenistan spoke in 2017–2024 with a likeness of 0.21 (0: no word in
    common, 1: the same words in the same shares), 8th of the 15 pairs of Central Asia and Azerbaijan.
    """
    rows = speeches.pairs_by_window(region, windows=speeches.WINDOWS[-1:]).dropna(subset="value").set_index("pair")
    names, (first, last) = short_names(check_pair(pair)), speeches.WINDOWS[-1]
    if pair not in rows.index:
        return _(
            "Too few speeches of {names} before the United Nations are known to compare them.",
            names=names,
        )
    return ngettext(
        "Before the United Nations, {names} spoke in {first}–{last} with a likeness of {likeness:.2f} (0: no word in "
        "common, 1: the same words in the same shares), {place} of the {n} pair of {region}.",
        "Before the United Nations, {names} spoke in {first}–{last} with a likeness of {likeness:.2f} (0: no word in "
        "common, 1: the same words in the same shares), {place} of the {n} pairs of {region}.",
        len(rows),
        names=names,
        region=region_name(region),
        first=first,
        last=last,
        likeness=rows.loc[pair, "value"],
        place=ordinal(int(rows["value"].rank(ascending=False)[pair])),
    )


def treaty_signed(pair: str) -> MarkdownText:
    """Whether both states have signed the common treaties.

    >>> pairs.treaty_signed("KAZ-UZB")
    Both have signed the 21st-century treaty of friendship, good-neighbourliness and cooperation (Kazakhstan: signed
    on 21 July 2022; Uzbekistan: signed on 21 July 2022).
    """
    parts = []
    for treaty, rows in meetings.treaty_signatures(check_pair(pair)).groupby("treaty_id", sort=False):
        name = meetings.treaty_name(treaty, rows["title"].iloc[0])
        fields = {"treaty": name, "states": "; ".join(map(_signature, rows.itertuples()))}
        parts.append(
            _("Both have signed the {treaty} ({states}).", **fields)
            if (rows["status"] == "signed").all()
            else _("It is not established that both have signed the {treaty} ({states}).", **fields)
        )
    return MarkdownText(" ".join(parts))


def _signature(row: Any) -> str:
    """Whether a state has signed a treaty."""
    name = short_name(row.state)
    if row.status == "signed":
        return _("{state}: signed on {date}", state=name, date=date_words(row.date))
    if row.status == "no_signature_found":
        return _("{state}: no signature found", state=name)
    return _("{state}: not in the table", state=name)
