"""Sentences on the Consultative Meetings: who came, what was adopted and signed, what was named."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.commitments import domain_titles
from centralasia.meetings import measures, shares
from centralasia.names import short_name
from datacontract.words import MarkdownText, format_number, join_list, plain, pluralize, verb

__all__ = [
    "answer", "attendance_summary", "coverage_summary", "documents_summary", "naming_summary", "refusal_summary",
    "signature_summary",
]  # fmt: skip


def answer(choice: measures.Choice) -> MarkdownText:
    """Whether the agendas of the members draw together: what two speeches share, and how much of that is chance."""
    found = shares.shift(measures.speech_codes(choice))
    if found is None:
        return MarkdownText(
            "Whether agendas draw together cannot be said: that takes four meetings at which two speeches of members "
            f"({short_name(choice.region)}) were read."
        )
    before, after = 100 * found.before, 100 * found.after
    verdict = "It is not shown that the agendas of the members draw together"
    if found.low > 0 or found.high < 0:
        verdict = f"The agendas of the members moved {'closer together' if found.low > 0 else 'apart'}"
    beyond, low, high = (format_number(100 * change, "+.0f") for change in (found.beyond, found.low, found.high))
    return MarkdownText(
        f"**{verdict}.** Two speeches that were read share {after['shared']:.0f} % of all themes at the last "
        f"{found.window} meetings and {before['shared']:.0f} % at the first {found.window}. But each speech also names "
        f"more themes, {found.after['themes']:.1f} against {found.before['themes']:.1f}, and longer lists share more "
        f"by chance. Beyond chance the share changed by {beyond} percentage points (95 % interval {low} to {high})."
    )


def attendance_summary(choice: measures.Choice) -> MarkdownText:
    """At how many meetings every member had its president in office there, who had not, and who came as a guest."""
    rows, every = measures.attendance(choice), measures.list_meetings(choice)
    names, members = every.set_index("meeting_id")["name"], rows[rows["member"]]
    held, name, parts = pluralize(rows["meeting_id"].nunique(), "meeting"), f"**{short_name(choice.region)}**", []
    if members["level"].isna().all():
        parts.append(f"No member of the region ({name}) is on record at the {held} held.")
    else:
        full = measures.full_meetings(rows)
        parts.append(f"Every member of the region ({name}) sent its president in office to {full} of the {held} held.")
        if others := [_person(row, names) for row in members[members["level"] == "other"].itertuples()]:
            parts.append(f"Somebody else came for {'; '.join(others)}.")
        if missing := _by_actor(members[members["level"].isna()]):
            parts.append(f"Members without a record at a meeting: {missing}.")
    if guests := _by_actor(rows[rows["level"] == "guest"]):
        parts.append(f"Guests, with the number of meetings: {guests}.")
    words = {"not_held": "planned and not held", "planned": "planned, and no report of it was found"}
    for status, what in words.items():
        if found := list(every.loc[every["status"] == status, "name"]):
            parts.append(f"{join_list(found)} {verb(len(found), 'was', 'were')} {what}.")
    return MarkdownText(" ".join(parts))


def documents_summary(choice: measures.Choice) -> MarkdownText:
    """What kinds of documents the meetings adopted, where none was seen, and of which nothing is on record."""
    rows, held = measures.adopted_documents(choice), measures.list_meetings(choice, "held")
    joint = rows.loc[rows["kind"] == "joint_statement", "meeting_id"].nunique()
    others = Counter(map(plain, rows.loc[~rows["kind"].isin(["joint_statement", "none"]), "kind"])).most_common()
    text = f"Joint statements of {joint} of the {pluralize(len(held), 'meeting')} held are known"
    text += f". Also on record: {join_list(pluralize(n, kind) for kind, n in others)}." if others else "."
    if len(none := rows.loc[rows["kind"] == "none", "name"].unique()):
        text += f" No document of the meeting as a whole was reported or seen at {join_list(none)}."
    if len(blank := held.loc[~held["meeting_id"].isin(rows["meeting_id"]), "name"]):
        text += f" Whether {join_list(blank)} adopted any is not on record."
    return MarkdownText(text)


def signature_summary(choice: measures.Choice) -> MarkdownText:
    """Who of the members has signed the treaties of the format by the end of the last year, and who is not known to."""
    parts = []
    words = {
        "later": f"not by the end of {choice.last_year}: {{}}",
        "no_signature_found": "no signature by {} was found",
        "": "there is no record of {}",
    }
    for _, rows in measures.member_signatures(choice).groupby("treaty_id", sort=False):
        states, status = rows["state"].map(short_name), rows["status"].fillna("")
        dates = [f"{join_list(own)} on {date}" for date, own in states[status == "signed"].groupby(rows["date"])]
        text = f"signed by {join_list(dates)}" if dates else "signed by no member as far as known"
        found = [form.format(join_list(own)) for key, form in words.items() if len(own := states[status == key])]
        parts.append(f"The treaty ({rows['title'].iloc[0]}) was {'; '.join([text, *found])}.")
    return MarkdownText(" ".join(parts))


def naming_summary(choice: measures.Choice) -> MarkdownText:
    """Which themes most of the speeches read name, and which the meeting as a whole named every time or never."""
    codes = measures.speech_codes(choice)
    counts, how = measures.naming_counts(codes), " directly" * (choice.explicitness == "direct")
    named = counts.groupby("domain", sort=False)["named"].sum().sort_values(ascending=False, kind="stable")
    read = int(measures.text_coverage(codes)["read"].sum())
    wide = named[named * 2 > read]
    shown = join_list(f"{_theme(code)} ({n})" for code, n in wide.items()) if len(wide) else "no theme"
    speeches = pluralize(read, "speech", "speeches")
    text = f"More than half of the {speeches} read name{how} {shown}. " if read > 1 else ""
    return MarkdownText(text + _whole(counts, measures.text_coverage(codes), how))


def _whole(counts: pd.DataFrame, coverage: pd.DataFrame, how: str) -> str:
    """What the meeting as a whole named every time and never, over the meetings where it was coded."""
    coded, dark = (coverage.loc[coverage["joint"] == known, "name"] for known in (True, False))
    left_out = f" Left out, since it is not coded as a whole: {join_list(dark)}." if len(dark) else ""
    if coded.empty:
        return f"No meeting is coded as a whole.{left_out}"
    times = counts.loc[counts["joint"].eq(1).fillna(False)].groupby("domain", sort=False).size()
    times = times.reindex(counts["domain"].unique(), fill_value=0)
    always, never = (_themes(times.index[times == n]) for n in (len(coded), 0))
    text = f"The {pluralize(len(coded), 'meeting')} as a whole named{how} {always or 'no theme'} every time"
    return f"{text}{f' and, in what was read, never {never}' if never else ''}.{left_out}"


def coverage_summary(choice: measures.Choice) -> MarkdownText:
    """How much of the speeches was read."""
    read = measures.text_coverage(measures.speech_codes(choice))
    total, known = int(read["voices"].sum()), int(read["read"].sum())
    if not total:
        return MarkdownText(f"No member of the region {short_name(choice.region)} took part, so no speech was read.")
    full = list(read.loc[(read["read"] == read["voices"]) & (read["voices"] > 0), "name"])
    return MarkdownText(
        f"{known} of the {pluralize(total, 'speech', 'speeches')} of members were read far enough to code, "
        f"{f'including every one at {join_list(full)}' if full else 'but at no meeting every one'}. A digest or an "
        "opening shows what a speech names and hardly ever what it leaves out, so counts are lower bounds and no upper "
        "bound can be given."
    )


def refusal_summary(choice: measures.Choice) -> MarkdownText:
    """Where a member named a theme in order to refuse it."""
    codes = measures.speech_codes(choice)
    cases = [
        f"{short_name(row.voice)} at {row.name} refused *{domain_titles()[row.domain]}* ({row.note})"
        for row in codes[codes["value"].eq(-1).fillna(False)].itertuples()
    ]
    if not cases:
        return MarkdownText("No speech read names a theme in order to refuse it.")
    return MarkdownText(f"To name a theme is not to agree on it. Counted as against: {'; '.join(cases)}.")


def _theme(code: str) -> str:
    return f"*{domain_titles()[code]}*"


def _themes(codes: Iterable[str]) -> str:
    return join_list(names) if (names := list(map(_theme, codes))) else ""


def _by_actor(rows: pd.DataFrame) -> str:
    """Each actor with its number of rows; "" where there are none."""
    counts = rows.groupby("actor", sort=False).size()
    return join_list(f"{short_name(actor)} ({n})" for actor, n in counts.items()) if len(counts) else ""


def _person(row: Any, names: pd.Series) -> str:
    who = ", ".join(text for text in (row.person, row.role) if pd.notna(text))
    return f"{short_name(row.actor)} at {names[row.meeting_id]}{f' ({who})' if who else ''}"
