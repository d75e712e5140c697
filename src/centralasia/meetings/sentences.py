"""Sentences on the Consultative Meetings: who came, what was adopted and signed, what was named."""

from collections import Counter
from typing import Any

import pandas as pd

from centralasia.commitments import domain_titles
from centralasia.meetings import measures
from centralasia.names import short_name
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, plain, pluralize, verb

__all__ = [
    "answer", "attendance_summary", "coverage_summary", "documents_summary", "naming_summary", "refusal_summary",
    "signature_summary",
]  # fmt: skip


@localized
def answer(choice: measures.Choice) -> MarkdownText:
    """Whether the agendas of the members draw together from meeting to meeting, as far as the bounds allow to say."""
    codes = measures.speech_codes(choice)
    shares, name = measures.mean_russell_rao(codes).dropna(subset="low"), short_name(choice.region)
    if len(shares) < 2:
        return translate("meetings.few", name=name)
    first, last = shares.iloc[0], shares.iloc[-1]
    ends = {"first": first["name"], "last": last["name"], "before": first["low"], "after": last["low"]}
    ends |= {"read_first": _speeches(first), "read_last": _speeches(last)}
    known, apart = translate("meetings.known", name=name, **ends), measures.disjoint_intervals(shares)
    if not apart:
        return translate("meetings.open", n=len(shares), known=known)
    weak = " " + translate("meetings.weak") if choice.low_confidence_zeros == "no" else ""
    forms, pairs = {1: "meetings.above", -1: "meetings.below"}, len(shares) * (len(shares) - 1) // 2
    order = "; ".join(translate(forms[sign], later=later, earlier=earlier) for earlier, later, sign in apart)
    return translate("meetings.apart", pairs=pairs, n=len(apart), told=order, weak=weak, known=known)


def attendance_summary(choice: measures.Choice) -> MarkdownText:
    """At how many meetings every member had its president in office there, who had not, and who came as a guest."""
    rows, every = measures.attendance(choice), measures.list_meetings(choice)
    names, members = every.set_index("meeting_id")["name"], rows[rows["member"]]
    held, name, parts = pluralize(rows["meeting_id"].nunique(), "meeting"), f"**{short_name(choice.region)}**", []
    if members["level"].isna().all():
        parts.append(f"No member ({name}) is on record at the {held} held.")
    else:
        full = f"At {measures.full_meetings(rows)} of the {held} held, every member of the format ({name})"
        parts.append(f"{full} was there with its president in office.")
        if others := [_person(row, names) for row in members[members["level"] == "other"].itertuples()]:
            parts.append(f"Represented by somebody else: {'; '.join(others)}.")
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
    """What kinds of documents the meetings adopted, and where none was seen."""
    rows = measures.adopted_documents(choice)
    held = pluralize(len(measures.list_meetings(choice, "held")), "meeting")
    joint = rows.loc[rows["kind"] == "joint_statement", "meeting_id"].nunique()
    others = Counter(map(plain, rows.loc[~rows["kind"].isin(["joint_statement", "none"]), "kind"])).most_common()
    none = rows.loc[rows["kind"] == "none", "name"].unique()
    text = f"A joint statement is known of {joint} of {held} held"
    text += f"; besides: {join_list(pluralize(n, kind) for kind, n in others)}." if others else "."
    text += f" No document of the meeting as a whole was reported or seen at {join_list(none)}." if len(none) else ""
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
    """Which domains the most members named, and which the meeting as a whole always or never named, as lower bounds."""
    codes = measures.speech_codes(choice)
    counts, titles = measures.naming_counts(codes), "*" + domain_titles() + "*"
    n, how = counts["meeting_id"].nunique(), " directly" * (choice.explicitness == "direct")
    wide = counts[(counts["voices"] > 1) & (counts["least"] * 2 > counts["voices"])]
    wide = wide.groupby("domain", sort=False).size().sort_values(ascending=False, kind="stable")
    joint, meetings = counts.groupby("domain", sort=False)["joint"].sum(), pluralize(n, "meeting")
    always, never = (list(titles[joint.index[joint == k]]) for k in (n, 0))
    text = f"No domain is known to be named by more than half of the members at any of {meetings}."
    if len(wide):
        known = join_list(f"{titles[domain]} (at {times})" for domain, times in wide.items())
        text = f"Known to be named by more than half of the members: {known}, of {meetings}."
    text += f" The meeting as a whole named{how} {join_list(always or ['no domain'])} every time"
    lacking = f" and is not known to have named {join_list(never, 'or')} at any"
    return MarkdownText(f"{text}{lacking if never else '; each domain at least once'}.")


def coverage_summary(choice: measures.Choice) -> MarkdownText:
    """How much of the speeches was read, and what that does to the counts."""
    codes = measures.speech_codes(choice)
    read, cells = measures.text_coverage(codes), codes.loc[codes["voice"] != measures.MEETING, "value"]
    if cells.empty:
        name = short_name(choice.region)
        return MarkdownText(f"No member of the region {name} took part, so no speech could be read.")
    unknown, speeches = int(cells.isna().sum()), pluralize(int(read["voices"].sum()), "speech", "speeches")
    full = list(read.loc[(read["coded"] == read["voices"]) & (read["voices"] > 0), "name"])
    every = f"of every member only at {join_list(full)}" if full else "nowhere of every member"
    return MarkdownText(
        f"Of {speeches} of members, {int(read['coded'].sum())} were read enough to code; {every}. "
        f"Of {pluralize(len(cells), 'cell')}, {unknown} are unknown ({100 * unknown / len(cells):.0f} %), so a count "
        "says how often a domain was seen named, and never that it was not."
    )


def refusal_summary(choice: measures.Choice) -> MarkdownText:
    """Where a member named a domain in order to refuse it, as the notes say."""
    codes = measures.speech_codes(measures.Choice(choice.region, choice.first_year, choice.last_year))
    cases, titles = [], domain_titles()
    for row in codes[measures.refusals(codes)].itertuples():
        note = row.note.removeprefix(measures.OPPOSED).strip(": ")
        cases.append(f"{short_name(row.voice)} at {row.name} on *{titles[row.domain]}* ({note})")
    text = f". Counted as named, though with the opposite sign: {'; '.join(cases)}"
    none = "; the notes mark no case of these as naming in order to refuse"
    return MarkdownText(f"To name a domain is not to agree on it{text if cases else none}.")


def _speeches(meeting: pd.Series) -> str:
    return translate("meetings.speeches", coded=meeting["coded"], voices=int(meeting["voices"]))


def _by_actor(rows: pd.DataFrame) -> str:
    """Each actor with its number of rows; "" where there are none."""
    counts = rows.groupby("actor", sort=False).size()
    return join_list(f"{short_name(actor)} ({n})" for actor, n in counts.items()) if len(counts) else ""


def _person(row: Any, names: pd.Series) -> str:
    who = ", ".join(text for text in (row.person, row.role) if pd.notna(text))
    return f"{short_name(row.actor)} at {names[row.meeting_id]}{f' ({who})' if who else ''}"
