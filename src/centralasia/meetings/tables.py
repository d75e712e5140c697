"""The Consultative Meetings as tables for reading: every cell is text, names stand instead of codes."""

from typing import Any

import pandas as pd

from centralasia.commitments import domain_codes, domain_titles
from centralasia.meetings import measures, shares, treaties
from centralasia.meetings.words import paper_words, treaty_name
from centralasia.names import short_name
from centralasia.tables import UntruncatedFrame, display_table, translated
from datacontract.labels import translate_name
from datacontract.language import _, format_number, pgettext

__all__ = ["coverage_table", "documents_table", "naming_table", "shares_table", "signature_table"]


def documents_table(choice: measures.Choice) -> UntruncatedFrame:
    """What each meeting adopted: one row a document or decision, or a meeting of which nothing is on record.

    >>> meetings.documents_table(meetings.Choice("CM", 2019, 2019))["Kind"]
    Tashkent 2019    joint statement
                          regulation
                            decision
    Name: Kind, dtype: str
    """
    rows = measures.list_meetings(choice, "held")[["meeting_id", "name"]]
    kinds = paper_words()
    rows = rows.merge(measures.adopted_documents(choice).drop(columns="name"), "left", "meeting_id")
    columns = {
        _("Kind"): [kinds.get(kind, _("not on record")) for kind in rows["kind"]],
        _("What it says"): translated(rows["title"]),
        _("Confidence"): translated(rows["confidence"]),
    }
    return display_table(columns, index=rows["name"].where(~rows["meeting_id"].duplicated(), ""), corner=_("Meeting"))


def signature_table(choice: measures.Choice) -> UntruncatedFrame:
    """The `member_signatures`: one row a treaty and state.

    >>> meetings.signature_table(meetings.Choice("C5", 2018, 2022))["Signature"].to_list()
    [signed, signed, not by the end of 2022, no signature found, signed]
    """
    rows = treaties.member_signatures(choice)
    words = {
        "signed": pgettext("a treaty", "signed"),
        "no_signature_found": _("no signature found"),
        "later": _("not by the end of {year}", year=choice.last_year),
    }
    signed = rows["status"] == "signed"
    places = rows["place"].fillna("").map(lambda place: translate_name("place", place, place))
    columns = {
        _("State"): rows["state"].map(short_name),
        _("Signature"): [words.get(status, _("no record")) for status in rows["status"]],
        _("Date"): rows["date"].where(signed).fillna(""),
        pgettext("of an event", "Place"): places.where(signed, ""),
        _("At a meeting"): (rows["meeting_id"].notna() & signed).map({True: _("yes"), False: ""}),
    }
    names = pd.Series(map(treaty_name, rows["treaty_id"], rows["title"]), rows.index)
    return display_table(columns, index=names.where(~rows["treaty_id"].duplicated(), ""), corner=_("Treaty"))


def coverage_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """How much was read of each meeting, and of whom too little, of the frame `speech_codes`.

    >>> meetings.coverage_table(meetings.speech_codes(meetings.Choice("CM", 2018, 2021)))["Not read enough to code"]
    Astana 2018      Kyrgyzstan, Turkmenistan
    Tashkent 2019      Kyrgyzstan, Tajikistan
    Avaza 2021         Kazakhstan, Kyrgyzstan
    Name: Not read enough to code, dtype: str
    """
    read = measures.text_coverage(codes)
    dark = codes[(codes["voice"] != measures.MEETING) & ~codes["read"]].drop_duplicates(["meeting_id", "voice"])
    names = dark.groupby("meeting_id")["voice"].agg(lambda voices: ", ".join(map(short_name, voices)))
    columns = {
        _("Members that took part"): read["voices"],
        _("Speeches read"): read["read"],
        _("Not read enough to code"): read["meeting_id"].map(names).astype("object").fillna(""),
        _("Meeting as a whole"): read["joint"].map(
            {True: pgettext("a meeting", "coded"), False: pgettext("a meeting", "not coded")}
        ),
    }
    return display_table(columns, index=read["name"], corner=_("Meeting"))


def shares_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """The `shared_themes`, meeting by meeting, of the frame `speech_codes`.

    >>> meetings.shares_table(meetings.speech_codes(meetings.Choice("CM", 2018, 2021)))
    Meeting        Speeches read Themes in a speech Shared by two (%) By chance (%)
    Astana 2018                3                4.0                13             9
    Tashkent 2019              3                5.3                18            14
    Avaza 2021                 3                5.3                15            14
    """
    found = shares.shared_themes(codes)
    percent = {_("Shared by two (%)"): found["shared"], _("By chance (%)"): found["chance"]}
    columns = {
        _("Speeches read"): found["read"],
        _("Themes in a speech"): found["themes"].map(lambda n: format_number(n, ".1f"), na_action="ignore"),
        **{name: (100 * share).map("{:.0f}".format, na_action="ignore") for name, share in percent.items()},
    }
    return display_table(pd.DataFrame(columns).astype("object").fillna("–"), index=found["name"], corner=_("Meeting"))


def naming_table(codes: pd.DataFrame) -> UntruncatedFrame:
    """How many of the speeches of each voice that were read name each theme: ``3 of 5``.

    Takes the frame `speech_codes`. Every first number is a lower bound. A state of which no speech was read is left
    out.

    >>> meetings.naming_table(meetings.speech_codes(meetings.Choice("CM", 2018, 2024)))["Kazakhstan"].head(2)
    Transport and transit    2 of 5
    Trade and tariffs        4 of 5
    Name: Kazakhstan, dtype: str
    """
    read = codes[codes["read"]]
    cells = read.assign(named=read["value"].eq(1).fillna(False), against=read["value"].eq(-1).fillna(False))
    parts = {"named": ("named", "sum"), "against": ("against", "sum"), "read": ("read", "size")}
    counted = cells.groupby(["domain", "voice"], sort=False).agg(**parts)
    words = pd.Series(map(_describe_part, counted.itertuples()), counted.index, dtype="object")
    voices = [*sorted(set(read["voice"]) - {measures.MEETING}), measures.MEETING]
    frame = words.unstack().reindex(index=domain_codes("all", "agenda"), columns=voices).astype("object").fillna("–")
    headings = [*map(short_name, voices[:-1]), _("Meeting as a whole")]
    return display_table(frame, headings, domain_titles()[frame.index], _("Theme"))


def _describe_part(row: Any) -> str:
    if row.against:
        return _("{named} of {read}, {against} against", named=row.named, read=row.read, against=row.against)
    return _("{named} of {read}", named=row.named, read=row.read)
