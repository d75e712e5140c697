"""Sentences on what the states of a region do together besides: the common treaty, visits and milestones."""

import pandas as pd

from centralasia import meetings
from centralasia.names import short_name
from centralasia.regions import members_at_end, pairs_at_end
from centralasia.ties import contacts, register
from centralasia.ties.marks import end_of
from datacontract.language import _, ngettext
from datacontract.phrases import date_words, years_between
from datacontract.words import MarkdownText, sentence

__all__ = ["milestones_found", "treaty_signed", "visits_found"]


def treaty_signed(region: str, year: int) -> MarkdownText:
    """How many members of a region have signed the common treaty, who, and in how many pairs both have.

    >>> ties.treaty_signed("C5", 2022)
    By the end of 2022, 3 of 5 states had signed the 21st-century treaty of friendship, good-neighbourliness and
    cooperation: Kazakhstan (21 July 2022), Kyrgyzstan (21 July 2022) and Uzbekistan (21 July 2022). So both states
    had in 3 of 10 pairs. Signed later: Tajikistan (28 August 2025). No signature was found for Turkmenistan.
    """
    lines = []
    signatures = meetings.treaty_signatures(members_at_end(region, year), until=year)
    for treaty, rows in signatures.sort_values("date").groupby("treaty_id", sort=False):
        dates = [f" ({date_words(date)})" if pd.notna(date) else "" for date in rows["date"]]
        names = rows["state"].map(short_name) + dates
        by_status = {status: list(own) for status, own in names.groupby(rows["status"].fillna(""))}
        signed = by_status.get("signed", [])
        both, pairs = (n * (n - 1) // 2 for n in (len(signed), len(rows)))
        fields = {
            "then": end_of(year),
            "signed": len(signed),
            "title": meetings.treaty_name(treaty, rows["title"].iloc[0]),
        }
        if signed:
            said = ngettext(
                "By {then}, {signed} of {n} state had signed the {title}: {names}.",
                "By {then}, {signed} of {n} states had signed the {title}: {names}.",
                len(rows),
                names=signed,
                **fields,
            )
            shared = ngettext(
                "So both states had in {both} of {n} pair.",
                "So both states had in {both} of {n} pairs.",
                pairs,
                both=both,
            )
            lines += [said, shared]
        else:
            said = ngettext(
                "By {then}, {signed} of {n} state had signed the {title}.",
                "By {then}, {signed} of {n} states had signed the {title}.",
                len(rows),
                **fields,
            )
            lines.append(said)
        if later := by_status.get("later"):
            lines.append(_("Signed later: {names}.", names=later))
        if none := by_status.get("no_signature_found"):
            lines.append(_("No signature was found for {names}.", names=none))
        if missing := by_status.get(""):
            lines.append(_("Not in the table: {names}.", names=missing))
    return MarkdownText(" ".join(lines))


def visits_found(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many visits were found, how many of them were for a meeting only, and how many are uncertain.

    >>> ties.visits_found("C5", 1992, 2019)
    At least 65 visits of heads of state were held from 1992 to 2019: of them 25 state or official, and 26 only for a
    meeting that the other side hosted. Late years were read more fully, so the numbers are no trend. Not counted: 3
    visits only planned, implied or known from a statement.
    """
    pairs, when = pairs_at_end(region, last_year), years_between(first_year, last_year)
    rows = contacts.visits(pairs, None)
    rows = rows[rows["year"].between(first_year, last_year)]
    leaders, unsure = rows[rows["leader"]], int((rows["status"] != "held").sum())
    unsearched = sum(pair not in register.searched("visits") for pair in pairs)
    if leaders.empty:
        text = [_("No visit of a head of state was found {when}.", when=when)]
    else:
        counted = ngettext(
            "At least {n} visit of heads of state was held {when}: of them {proper} state or official, and {meeting} "
            "only for a meeting that the other side hosted.",
            "At least {n} visits of heads of state were held {when}: of them {proper} state or official, and {meeting} "
            "only for a meeting that the other side hosted.",
            len(leaders),
            when=when,
            proper=int(leaders["type"].isin(["state", "official"]).sum()),
            meeting=int(((leaders["type"] == "meeting") & leaders["type_2"].isna()).sum()),
        )
        text = [counted, _("Late years were read more fully, so the numbers are no trend.")]
        if unsure:
            left_out = ngettext(
                "Not counted: {n} visit only planned, implied or known from a statement.",
                "Not counted: {n} visits only planned, implied or known from a statement.",
                unsure,
            )
            text.append(left_out)
        if bare := sum(pair in register.searched("visits") for pair in set(pairs) - set(leaders["pair"])):
            text.append(ngettext("For {n} pair none was found.", "For {n} pairs none was found.", bare))
    if unsearched:
        text.append(ngettext("For {n} pair nobody searched.", "For {n} pairs nobody searched.", unsearched))
    return MarkdownText(" ".join(text))


def milestones_found(state: str, region: str, last_year: int) -> MarkdownText:
    """How many milestones of a state with each other member of a region were found.

    >>> ties.milestones_found("TJK", "C5", 2020)
    36 milestones name Tajikistan, together with Kyrgyzstan (24), Uzbekistan (21), Kazakhstan (11) and Turkmenistan
    (10).
    """
    name, total = short_name(state), len(contacts.milestones([state]))
    if not total:
        return _("No milestone that names {name} was found.", name=name)
    others = [other for other in members_at_end(region, last_year) if other != state]
    counts = {short_name(other): len(contacts.milestones([state, other])) for other in others}
    named = [f"{other} ({n})" for other, n in sorted(counts.items(), key=lambda item: -item[1]) if n]
    none = [other for other, n in counts.items() if not n]
    text = ngettext("{n} milestone names {name}", "{n} milestones name {name}", total, name=name)
    if named:
        text = _("{milestones}, together with {names}", milestones=text, names=named)
    if none:
        text = _("{milestones}; none was found with {names:or}", milestones=text, names=none)
    return sentence(text)
