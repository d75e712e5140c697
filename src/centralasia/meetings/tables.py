"""The Consultative Meetings as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.commitments import domain_codes, domain_titles
from centralasia.meetings import measures
from centralasia.names import short_name
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import plain

__all__ = ["coverage_table", "documents_table", "naming_table", "signature_table"]


def documents_table(choice: measures.Choice) -> UntruncatedFrame:
    """What each meeting adopted: one row a document or decision."""
    rows = measures.adopted_documents(choice)
    columns = {"Kind": rows["kind"].map(plain), "What it says": rows["title"], "Confidence": rows["confidence"]}
    return display_table(columns, index=rows["name"].where(~rows["name"].duplicated(), ""), corner="Meeting")


def signature_table(choice: measures.Choice) -> UntruncatedFrame:
    """The `member_signatures`: one row a treaty and state."""
    rows = measures.member_signatures(choice)
    words = {"signed": "signed", "no_signature_found": "no signature found"}
    words["later"] = f"not by the end of {choice.last_year}"
    signed = rows["status"] == "signed"
    columns = {
        "State": rows["state"].map(short_name),
        "Signature": rows["status"].map(words).fillna("no record"),
        "Date": rows["date"].where(signed).fillna(""),
        "Place": rows["place"].where(signed).fillna(""),
        "At a meeting": (rows["meeting_id"].notna() & signed).map({True: "yes", False: ""}),
    }
    return display_table(columns, index=rows["title"].where(~rows["treaty_id"].duplicated(), ""), corner="Treaty")


def coverage_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """How much was read of each meeting, and of whom nothing or too little, of the frame `speech_codes`."""
    read = measures.text_coverage(codes)
    dark = codes[(codes["voice"] != measures.MEETING) & codes["text_seen"].ne("coded")]
    dark = dark.drop_duplicates(["meeting_id", "voice"]).groupby("meeting_id")["voice"]
    names = dark.agg(lambda voices: ", ".join(map(short_name, voices)))
    columns = {
        "Members that took part": read["voices"],
        "Read enough to code": read["coded"],
        "Nothing or too little read": read["meeting_id"].map(names).fillna(""),
    }
    return display_table(columns, index=read["name"], corner="Meeting")


def naming_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """At how many of the meetings it took part in each voice is known to name each domain: ``3 of 7``.

    Takes the frame `speech_codes`. Every first number is a lower bound, and ``none seen`` is not none.
    """
    counted = codes.groupby(["domain", "voice"], sort=False)["value"].agg(["sum", "size"])
    words = (counted["sum"].astype(str) + " of " + counted["size"].astype(str)).where(counted["sum"] > 0, "none seen")
    voices = [*sorted(set(codes["voice"]) - {measures.MEETING}), measures.MEETING]
    frame = words.unstack()[voices].reindex(domain_codes("all", "agenda"))
    headings = [*map(short_name, voices[:-1]), "Meeting as a whole"]
    return display_table(frame, headings, domain_titles()[frame.index], "Domain")
