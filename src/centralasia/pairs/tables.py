"""What is shown of a pair as a table."""

import itertools

import pandas as pd

from centralasia.names import NONE_FOUND, short_name
from centralasia.pairs.measures import named_themes
from centralasia.regions import check_pair
from centralasia.tables import UntruncatedFrame, display_table, load

__all__ = ["theme_table"]

_WHOLE = ("whole speech", "meeting as a whole", "whole event")  # what follows in a note holds for every theme


def theme_table(pair: str) -> UntruncatedFrame:
    """The themes that both states of a pair named at a meeting, with what the notes say about each."""
    table = named_themes(pair)
    both = table.index[table["both"].fillna(False)]
    notes = load("agenda").set_index(["meeting_id", "domain", "voice"])["note"]
    dates, titles = load("meetings").set_index("meeting_id")["date"], load("domains").set_index("domain")["title"]
    columns = {"Theme": [titles[theme] for _, theme in both]}
    for state in check_pair(pair):
        columns[f"Remark on {short_name(state)}"] = [_own_part(notes.get((*cell, state))) for cell in both]
    return display_table(columns, index=[dates[meeting] for meeting, _ in both], corner="Meeting", empty=NONE_FOUND)


def _own_part(note: str) -> str:
    """What a note says of the theme itself, without what it says of the whole speech."""
    parts = [] if pd.isna(note) else note.split("; ")
    return "; ".join(itertools.takewhile(lambda part: not part.startswith(_WHOLE), parts))
