"""Tables on one pair of states, for display."""

import itertools

import pandas as pd

from centralasia import commitments
from centralasia.names import short_name
from centralasia.pairs.measures import named_themes
from centralasia.regions import check_pair
from centralasia.tables import UntruncatedFrame, display_table, load
from datacontract.language import _

__all__ = ["theme_table"]

_WHOLE = ("whole speech", "meeting as a whole", "whole event")  # what follows in a note holds for every theme


def theme_table(pair: str) -> UntruncatedFrame:
    """The themes that both states of a pair named at a meeting, with what the notes say about each.

    >>> pairs.theme_table("KAZ-TKM")[["Theme"]].head(2)
    Meeting                              Theme
    2019-11-29             Region as one voice
    2022-07-21  Security and counter-terrorism
    """
    table = named_themes(pair)
    both = table.index[table["both"].fillna(False)]
    notes = load("agenda").set_index(["meeting_id", "domain", "voice"])["note"]
    dates, titles = load("meetings").set_index("meeting_id")["date"], commitments.domain_titles()
    columns = {_("Theme"): [titles[theme] for _meeting, theme in both]}
    for state in check_pair(pair):
        heading = _("Remark on {state}", state=short_name(state))
        columns[heading] = [_own_part(notes.get((*cell, state))) for cell in both]
    index = [dates[meeting] for meeting, _theme in both]
    return display_table(columns, index=index, corner=_("Meeting"), empty=_("none found"))


def _own_part(note: str) -> str:
    """What a note says of the theme itself, without what it says of the whole speech.

    A translation has the parts of the note in the same order.
    """
    if pd.isna(note):
        return ""
    own = list(itertools.takewhile(lambda part: not part.startswith(_WHOLE), note.split("; ")))
    return "; ".join(_(note).split("; ")[: len(own)])
