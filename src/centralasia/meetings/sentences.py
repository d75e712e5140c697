"""Sentences on the Consultative Meetings: whether agendas draw together, who came, what was adopted and signed."""

from collections import Counter
from typing import Any

import pandas as pd

from centralasia.meetings import measures, shares, treaties
from centralasia.meetings.words import counted_papers, treaty_name
from centralasia.names import short_name
from datacontract.language import _, ngettext
from datacontract.phrases import date_words
from datacontract.words import MarkdownText

__all__ = ["answer", "attendance_summary", "documents_summary", "signature_summary"]


def answer(choice: measures.Choice) -> MarkdownText:
    """Whether the agendas of the members draw together: what two speeches share, and how much of that is chance.

    >>> meetings.answer(meetings.Choice("CM", 2018, 2024))
    **We cannot tell yet whether the agendas of the members draw together.** Two speeches that were read share 22 % of
    all themes at the last 3 meetings and 15 % at the first 3. ...
    """
    found = shares.shift(measures.speech_codes(choice))
    if found is None:
        return _(
            "Whether agendas draw together cannot be said: that takes four meetings at which two speeches of members "
            "({region}) were read.",
            region=short_name(choice.region),
        )
    verdict = _("We cannot tell yet whether the agendas of the members draw together")
    if found.low > 0 or found.high < 0:
        closer, apart = (
            _("The agendas of the members moved closer together"),
            _("The agendas of the members moved apart"),
        )
        verdict = closer if found.low > 0 else apart
    parts = [f"**{verdict}.**"]
    parts.append(
        _(
            "Two speeches that were read share {after:.0f} % of all themes at the last {window} meetings and "
            "{before:.0f} % at the first {window}.",
            window=found.window,
            after=100 * found.after["shared"],
            before=100 * found.before["shared"],
        )
    )
    lengths = {"after": found.after["themes"], "before": found.before["themes"]}
    longer = found.after["themes"] > found.before["themes"]
    if longer and found.after["shared"] > found.before["shared"]:
        parts.append(
            _(
                "But each speech also names more themes, {after:.1f} against {before:.1f}, and longer lists share more "
                "by chance.",
                **lengths,
            )
        )
    elif longer:
        parts.append(
            _(
                "Each speech names {after:.1f} themes, at first {before:.1f}, and longer lists share more by chance.",
                **lengths,
            )
        )
    else:
        parts.append(
            _(
                "Each speech names {after:.1f} themes, at first {before:.1f}, and shorter lists share less by chance.",
                **lengths,
            )
        )
    change = {"beyond": 100 * found.beyond, "low": 100 * found.low, "high": 100 * found.high}
    text = _(
        "Beyond chance the share changed by {beyond:+.0f} percentage points (95 % interval {low:+.0f} to {high:+.0f}).",
        **change,
    )
    if pd.isna(found.low):  # too few members to tell
        text = _("Beyond chance the share changed by {beyond:+.0f} percentage points.", beyond=change["beyond"])
    parts.append(text)
    return MarkdownText(" ".join(parts))


def attendance_summary(choice: measures.Choice) -> MarkdownText:
    """At how many meetings every member had its president in office there, who had not, and who came as a guest.

    >>> meetings.attendance_summary(meetings.Choice("CM", 2018, 2021))
    Every member of the region (**Consultative Meetings**) sent its president in office to 1 of the 3 meetings held.
    Somebody else came for Turkmenistan at Astana 2018 ...
    """
    rows, every = measures.attendance(choice), measures.list_meetings(choice)
    names, members = every.set_index("meeting_id")["name"], rows[rows["member"]]
    held, region, parts = rows["meeting_id"].nunique(), f"**{short_name(choice.region)}**", []
    if members["level"].isna().all():
        parts.append(
            ngettext(
                "No member of the region ({region}) is on record at the {n} meeting held.",
                "No member of the region ({region}) is on record at the {n} meetings held.",
                held,
                region=region,
            )
        )
    else:
        text = ngettext(
            "Every member of the region ({region}) sent its president in office to {full} of the {n} meeting held.",
            "Every member of the region ({region}) sent its president in office to {full} of the {n} meetings held.",
            held,
            region=region,
            full=measures.full_meetings(rows),
        )
        parts.append(text)
        if others := [_person(row, names) for row in members[members["level"] == "other"].itertuples()]:
            parts.append(_("Somebody else came for {others}.", others="; ".join(others)))
        if missing := _by_actor(members[members["level"].isna()]):
            parts.append(_("Members without a record at a meeting: {members}.", members=missing))
    if guests := _by_actor(rows[rows["level"] == "guest"]):
        parts.append(_("Guests, with the number of meetings: {guests}.", guests=guests))
    if off := list(every.loc[every["status"] == "not_held", "name"]):
        parts.append(
            ngettext(
                "{meetings} was planned and not held.",
                "{meetings} were planned and not held.",
                len(off),
                meetings=off,
            )
        )
    if due := list(every.loc[every["status"] == "planned", "name"]):
        parts.append(
            ngettext(
                "{meetings} was planned, and no report of it was found.",
                "{meetings} were planned, and no report of them was found.",
                len(due),
                meetings=due,
            )
        )
    return MarkdownText(" ".join(parts))


def documents_summary(choice: measures.Choice) -> MarkdownText:
    """What kinds of documents the meetings adopted, where none was seen, and of which nothing is on record.

    >>> meetings.documents_summary(meetings.Choice("CM", 2018, 2021))
    Joint statements of 2 of the 3 meetings held are known. Also on record: 3 decisions, 2 instructions, 1 regulation
    and 1 decoration. No document of the meeting as a whole was reported or seen at Astana 2018.
    """
    rows, held = measures.adopted_documents(choice), measures.list_meetings(choice, "held")
    parts = [
        ngettext(
            "Joint statements of {joint} of the {n} meeting held are known.",
            "Joint statements of {joint} of the {n} meetings held are known.",
            len(held),
            joint=rows.loc[rows["kind"] == "joint_statement", "meeting_id"].nunique(),
        )
    ]
    others = Counter(rows.loc[~rows["kind"].isin(["joint_statement", "none"]), "kind"]).most_common()
    if others:
        parts.append(_("Also on record: {kinds}.", kinds=[counted_papers(n)[kind] for kind, n in others]))
    if none := list(rows.loc[rows["kind"] == "none", "name"].unique()):
        parts.append(_("No document of the meeting as a whole was reported or seen at {meetings}.", meetings=none))
    if blank := list(held.loc[~held["meeting_id"].isin(rows["meeting_id"]), "name"]):
        parts.append(_("Whether {meetings} adopted any document is not on record.", meetings=blank))
    return MarkdownText(" ".join(parts))


def signature_summary(choice: measures.Choice) -> MarkdownText:
    """Who of the members has signed the treaties of the format by the end of the last year, and who is not known to.

    >>> meetings.signature_summary(meetings.Choice("C5", 2018, 2022))
    The treaty (21st-century treaty of friendship, good-neighbourliness and cooperation) was signed by Kazakhstan,
    Kyrgyzstan and Uzbekistan on 21 July 2022; not by the end of 2022: Tajikistan; no signature by Turkmenistan was
    found.
    """
    parts = []
    for treaty, rows in treaties.member_signatures(choice).groupby("treaty_id", sort=False):
        states, status = rows["state"].map(short_name), rows["status"].fillna("")
        signed = states[status == "signed"].groupby(rows["date"])
        dates = [_("{states} on {date}", states=list(own), date=date_words(date)) for date, own in signed]
        clauses = [_("signed by {signatures}", signatures=dates)]
        if not dates:
            clauses = [_("signed by no member as far as known")]
        if later := list(states[status == "later"]):
            clauses.append(_("not by the end of {year}: {states}", year=choice.last_year, states=later))
        if unseen := list(states[status == "no_signature_found"]):
            clauses.append(_("no signature by {states} was found", states=unseen))
        if unknown := list(states[status == ""]):
            clauses.append(_("there is no record of {states}", states=unknown))
        title = treaty_name(treaty, rows["title"].iloc[0])
        parts.append(_("The treaty ({title}) was {clauses}.", title=title, clauses="; ".join(clauses)))
    return MarkdownText(" ".join(parts))


def _by_actor(rows: pd.DataFrame) -> list[str]:
    """Each actor with its number of rows."""
    counts = rows.groupby("actor", sort=False).size()
    return [f"{short_name(actor)} ({n})" for actor, n in counts.items()]


def _person(row: Any, names: pd.Series) -> str:
    said = _("{state} at {meeting}", state=short_name(row.actor), meeting=names[row.meeting_id])
    who = ", ".join(_(text) for text in (row.person, row.role) if pd.notna(text))
    return f"{said} ({who})" if who else said
