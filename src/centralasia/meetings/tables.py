"""The Consultative Meetings as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.commitments import domain_codes as domains, domain_titles as titles
from centralasia.meetings import measures as meetings
from centralasia.names import short_name
from centralasia.tables import load, untruncated

__all__ = ["adopted_table", "naming_table", "reading_table", "signature_table"]


@untruncated
def adopted_table(first_year, last_year):
    """What each meeting adopted, as text for reading: one row a document or decision."""
    rows = meetings.adopted(first_year, last_year)
    frame = pd.DataFrame(
        {
            "Kind": rows["kind"].astype("object").str.replace("_", " "),
            "What it says": rows["title"],
            "Confidence": rows["confidence"].astype("object"),
        }
    ).set_index(rows["name"].where(rows["name"] != rows["name"].shift(), ""))
    return frame.rename_axis(columns="Meeting", index=None)


@untruncated
def signature_table(region, first_year, last_year):
    """The `signatures` as text for reading: one row a treaty and state."""
    rows = meetings.member_signatures(region, first_year, last_year)
    names = load("meetings").set_index("meeting_id")["place"].str.split(" / ").str[0]
    words = {"signed": "signed", "later": f"not by the end of {last_year}", "no_signature_found": "no signature found"}
    frame = pd.DataFrame(
        {
            "State": [short_name(state) for state in rows["state"]],
            "Signature": rows["status"].map(words).fillna("no record"),
            "Date": rows["date"].where(rows["status"] == "signed").fillna(""),
            "Place": rows["place"].where(rows["status"] == "signed").fillna(""),
            "At a meeting": (rows["meeting_id"].map(names).notna() & (rows["status"] == "signed")).map(
                {True: "yes", False: ""}
            ),
        }
    ).set_index(rows["treaty_id"].map(meetings.treaty_titles()).where(~rows["treaty_id"].duplicated(), ""))
    return frame.rename_axis(columns="Treaty", index=None)


@untruncated
def reading_table(spoken):
    """How much was read of each meeting, and of whom nothing or too little, as text, of the frame `meetings.named`."""
    read = meetings.reading(spoken)
    states = spoken[(spoken["voice"] != meetings.JOINT) & spoken["text_seen"].ne("coded")].drop_duplicates(
        ["meeting_id", "voice"]
    )
    dark = states.groupby("meeting_id")["voice"].agg(lambda voices: ", ".join(short_name(v) for v in voices))
    frame = pd.DataFrame(
        {
            "Members that took part": read["voices"],
            "Read enough to code": read["coded"],
            "Nothing or too little read": read["meeting_id"].map(dark).fillna(""),
        }
    ).set_index(read["name"])
    return frame.rename_axis(columns="Meeting", index=None)


@untruncated
def naming_table(spoken):
    """At how many of the meetings it took part in each voice is known to name each domain, as text: ``3 of 7``.

    Takes the frame that `named` returns. Every first number is a lower bound, and ``none seen`` is not none.
    """
    counted = spoken.groupby(["domain", "voice"], sort=False)["value"].agg(["sum", "size"])
    words = (counted["sum"].astype(str) + " of " + counted["size"].astype(str)).where(counted["sum"] > 0, "none seen")
    frame = words.unstack()[[*sorted(set(spoken["voice"]) - {meetings.JOINT}), meetings.JOINT]]
    frame = frame.reindex(domains("all", "agenda"))
    frame.index = frame.index.map(titles())
    frame.columns = ["Meeting as a whole" if voice == meetings.JOINT else short_name(voice) for voice in frame.columns]
    return frame.rename_axis(columns="Domain", index=None)
