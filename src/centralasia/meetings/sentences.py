"""Sentences on the Consultative Meetings: who came, what was adopted and signed, what was named."""

import pandas as pd

from centralasia.commitments import domain_titles as titles
from centralasia.meetings import measures as meetings
from centralasia.names import short_name
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "agendas_together",
    "meeting_attendance",
    "meeting_papers",
    "meeting_signatures",
    "named_against",
    "named_widely",
    "speech_coverage",
]

OPPOSITE = "opposite sign"


@localized
def agendas_together(region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """Whether the agendas of the members draw together from meeting to meeting, as far as the bounds tell."""
    spoken = meetings.named(region, first_year, last_year, strength, weak_zeros)
    shares = meetings.common_share(meetings.breadth(spoken)).dropna(subset="low")
    read = meetings.reading(spoken).set_index("meeting_id")
    name = short_name(region)
    if len(shares) < 2:
        return translate("meetings.few", name=name)
    apart = meetings.told_apart(shares)
    pairs = len(shares) * (len(shares) - 1) // 2
    first, last = shares.iloc[0], shares.iloc[-1]
    ends = {"first": first["name"], "last": last["name"], "before": first["low"], "after": last["low"]}
    heard = {"read_first": _speeches(read, first), "read_last": _speeches(read, last)}
    known = translate("meetings.known", name=name, **ends, **heard)
    if not apart:
        return translate("meetings.open", n=len(shares), known=known)
    weak = " " + translate("meetings.weak") if weak_zeros == "no" else ""
    told = [
        translate("meetings.above" if sign > 0 else "meetings.below", later=later, earlier=earlier)
        for earlier, later, sign in apart
    ]
    return translate("meetings.apart", pairs=pairs, n=len(apart), told="; ".join(told), weak=weak, known=known)


def meeting_attendance(region, first_year, last_year):
    """At how many meetings every member had its president in office there, who had not, and who came as a guest."""
    rows = meetings.attendance(region, first_year, last_year)
    every = meetings.meetings(first_year, last_year)
    names = every.set_index("meeting_id")["name"]
    members = rows[rows["member"]]
    held = rows["meeting_id"].nunique()
    came = members[members["level"].notna()]
    region_name = short_name(region)
    if came.empty:
        parts = [f"No member (**{region_name}**) is on record at the {pluralize(held, 'meeting')} held."]
    else:
        full = int(members.assign(full=members["level"] == "president").groupby("meeting_id")["full"].all().sum())
        parts = [
            f"At {full} of the {pluralize(held, 'meeting')} held, every member of the format (**{region_name}**) was there "
            "with its president in office."
        ]
        others = [_person(row, names) for row in came[came["level"] == "other"].itertuples()]
        if others:
            parts.append(f"Represented by somebody else: {'; '.join(others)}.")
        missing = members[members["level"].isna()].groupby("actor", sort=False).size()
        if len(missing):
            without = join_list(f"{short_name(actor)} ({n})" for actor, n in missing.items())
            parts.append(f"Members without a record at a meeting: {without}.")
    guests = rows[rows["level"] == "guest"].groupby("actor", sort=False).size()
    if len(guests):
        parts.append(
            f"Guests, with the number of meetings: {join_list(f'{short_name(a)} ({n})' for a, n in guests.items())}."
        )
    for status in ("not_held", "planned"):
        found = list(every.loc[every["status"] == status, "name"])
        if found:
            verb = "was" if len(found) == 1 else "were"
            parts.append(
                f"{join_list(found)} {verb} "
                f"{'planned and not held' if status == 'not_held' else 'planned, and no report of it was found'}."
            )
    return MarkdownText(" ".join(parts))


def meeting_papers(first_year, last_year):
    """What kinds of documents the meetings adopted, and where none was seen."""
    rows = meetings.adopted(first_year, last_year)
    held = len(meetings.meetings(first_year, last_year, "held"))
    papers = rows[rows["kind"] != "none"]
    joint = papers.loc[papers["kind"] == "joint_statement", "meeting_id"].nunique()
    kinds = (
        papers["kind"]
        .astype("object")
        .str.replace("_", " ")
        .value_counts(sort=False)
        .drop("joint statement", errors="ignore")
    )
    kinds = kinds.sort_values(ascending=False, kind="stable")
    none = join_list(dict.fromkeys(rows.loc[rows["kind"] == "none", "name"]))
    text = f"A joint statement is known of {joint} of {pluralize(held, 'meeting')} held"
    text += f"; besides: {join_list(pluralize(n, kind) for kind, n in kinds.items())}." if len(kinds) else "."
    return MarkdownText(
        text + (f" No document of the meeting as a whole was reported or seen at {none}." if none != "none" else "")
    )


def meeting_signatures(region, first_year, last_year):
    """Who of the members has signed the treaties of the format by the end of the last year, and who is not known to."""
    rows = meetings.member_signatures(region, first_year, last_year)
    names = meetings.treaty_titles()
    parts = []
    for treaty, group in rows.groupby("treaty_id", sort=False):
        dates = [
            f"{join_list(short_name(s) for s in of['state'])} on {date}"
            for date, of in group[group["status"] == "signed"].groupby("date", sort=True)
        ]
        ways = {
            "later": f"not by the end of {last_year}: {{}}",
            "no_signature_found": "no signature by {} was found",
            None: "there is no record of {}",
        }
        found = [
            words.format(join_list(short_name(s) for s in of))
            for status, words in ways.items()
            if len(of := group.loc[group["status"].isna() if status is None else group["status"] == status, "state"])
        ]
        said = f"signed by {join_list(dates)}" if dates else "signed by no member as far as known"
        parts.append(f"The treaty ({names[treaty]}) was {said}{'; ' if found else ''}{'; '.join(found)}.")
    return MarkdownText(" ".join(parts))


def named_widely(region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """Which domains the most members named, and which the meeting as a whole always or never named, as lower bounds."""
    wide = meetings.breadth(meetings.named(region, first_year, last_year, strength, weak_zeros))
    names = titles()
    n = wide["meeting_id"].nunique()
    half = wide[(wide["voices"] > 1) & (wide["least"] * 2 > wide["voices"])].groupby("domain", sort=False).size()
    joint = wide.groupby("domain", sort=False)["joint"].sum()
    always, never = ([f"*{names[d]}*" for d in joint.index[joint == k]] for k in (n, 0))
    if half.empty:
        first = f"No domain is known to be named by more than half of the members at any of {pluralize(n, 'meeting')}."
    else:
        ordered = half.sort_values(ascending=False, kind="stable")
        first = (
            "Known to be named by more than half of the members: "
            f"{join_list(f'*{names[d]}* (at {k})' for d, k in ordered.items())}, "
            f"of {pluralize(n, 'meeting')}."
        )
    how = " directly" if strength == "direct" else ""
    second = (
        f"The meeting as a whole named{how} {join_list(always)} every time"
        if always
        else f"The meeting as a whole named{how} no domain every time"
    )
    third = (
        f" and is not known to have named {join_list(never, 'or')} at any." if never else "; each domain at least once."
    )
    return MarkdownText(f"{first} {second}{third}")


def speech_coverage(region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """How much of the speeches was read, and what that does to the counts."""
    spoken = meetings.named(region, first_year, last_year, strength, weak_zeros)
    read = meetings.reading(spoken)
    cells = spoken[spoken["voice"] != meetings.JOINT]
    if cells.empty:
        return MarkdownText(f"No member of the region {short_name(region)} took part, so no speech could be read.")
    unknown = int(cells["value"].isna().sum())
    full = list(read.loc[(read["coded"] == read["voices"]) & (read["voices"] > 0), "name"])
    every = f"; of every member only at {join_list(full)}" if full else "; nowhere of every member"
    return MarkdownText(
        f"Of {pluralize(int(read['voices'].sum()), 'speech', 'speeches')} of members, {int(read['coded'].sum())} were "
        f"read enough to code{every}. "
        f"Of {pluralize(len(cells), 'cell')}, {unknown} are unknown ({100 * unknown / len(cells):.0f} %), so a count says "
        "how often a domain was seen named, and never that it was not."
    )


def named_against(region, first_year, last_year):
    """Where a member named a domain in order to refuse it, as the notes say."""
    spoken = meetings.named(region, first_year, last_year)
    against = spoken[spoken["note"].fillna("").str.startswith(OPPOSITE) & spoken["value"].eq(1).fillna(False)]
    if against.empty:
        return MarkdownText(
            "To name a domain is not to agree on it; the notes mark no case of these as naming in order to refuse."
        )
    names = titles()
    cases = (
        f"{short_name(row.voice)} at {row.name_} on *{names[row.domain]}* "
        f"({row.note.removeprefix(OPPOSITE).strip(': ')})"
        for row in against.rename(columns={"name": "name_"}).itertuples()
    )
    return MarkdownText(
        f"To name a domain is not to agree on it. Counted as named, though with the opposite sign: {'; '.join(cases)}."
    )


def _speeches(read, meeting):
    row = read.loc[meeting["meeting_id"]]
    return translate("meetings.speeches", coded=row["coded"], voices=int(row["voices"]))


def _person(row, names):
    who = ", ".join(text for text in (row.person, row.role) if pd.notna(text))
    return f"{short_name(row.actor)} at {names[row.meeting_id]}{f' ({who})' if who else ''}"
