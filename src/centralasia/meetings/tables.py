"""The Consultative Meetings as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.commitments import domain_codes, domain_titles
from centralasia.meetings import measures, shares
from centralasia.names import short_name
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import plain

__all__ = ["coverage_table", "documents_table", "naming_table", "shares_table", "signature_table"]


def documents_table(choice: measures.Choice) -> UntruncatedFrame:
    """What each meeting adopted: one row a document or decision, or a meeting of which nothing is on record."""
    rows = measures.list_meetings(choice, "held")[["meeting_id", "name"]]
    rows = rows.merge(measures.adopted_documents(choice).drop(columns="name"), "left", "meeting_id")
    columns = {
        "Kind": rows["kind"].map(plain).astype("str").replace("", "not on record"),
        "What it says": rows["title"].fillna(""),
        "Confidence": rows["confidence"].astype("object").fillna(""),
    }
    return display_table(columns, index=rows["name"].where(~rows["meeting_id"].duplicated(), ""), corner="Meeting")


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
    """How much was read of each meeting, and of whom too little, of the frame `speech_codes`."""
    read = measures.text_coverage(codes)
    dark = codes[(codes["voice"] != measures.MEETING) & ~codes["read"]].drop_duplicates(["meeting_id", "voice"])
    names = dark.groupby("meeting_id")["voice"].agg(lambda voices: ", ".join(map(short_name, voices)))
    columns = {
        "Members that took part": read["voices"],
        "Speeches read": read["read"],
        "Not read enough to code": read["meeting_id"].map(names).fillna(""),
        "Meeting as a whole": read["joint"].map({True: "coded", False: "not coded"}),
    }
    return display_table(columns, index=read["name"], corner="Meeting")


def shares_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """The `shared_themes`, meeting by meeting, of the frame `speech_codes`."""
    found = shares.shared_themes(codes)
    percent = {"Shared by two (%)": found["shared"], "By chance (%)": found["chance"]}
    columns = {
        "Speeches read": found["read"],
        "Themes in a speech": found["themes"].map("{:.1f}".format, na_action="ignore"),
        **{name: (100 * share).map("{:.0f}".format, na_action="ignore") for name, share in percent.items()},
    }
    return display_table(pd.DataFrame(columns).astype("object").fillna("–"), index=found["name"], corner="Meeting")


def naming_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """How many of the speeches of each voice that were read name each theme: ``3 of 5``.

    Takes the frame `speech_codes`. Every first number is a lower bound; a dash is a voice that was never read.
    """
    read = codes[codes["read"]]
    cells = read.assign(named=read["value"].eq(1).fillna(False), against=read["value"].eq(-1).fillna(False))
    counted = cells.groupby(["domain", "voice"], sort=False)[["named", "against"]].agg(["sum", "size"])
    words = counted["named", "sum"].astype(str) + " of " + counted["named", "size"].astype(str)
    words += counted["against", "sum"].map(lambda n: f", {n} against" if n else "")
    voices = [*sorted(set(codes["voice"]) - {measures.MEETING}), measures.MEETING]
    frame = words.unstack().reindex(index=domain_codes("all", "agenda"), columns=voices).astype("object").fillna("–")
    headings = [*map(short_name, voices[:-1]), "Meeting as a whole"]
    return display_table(frame, headings, domain_titles()[frame.index], "Theme")
