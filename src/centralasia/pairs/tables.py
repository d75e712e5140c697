"""What is shown of a pair as a table, and the sources behind its page."""

import itertools

import pandas as pd

from centralasia import ties
from centralasia.names import NONE_FOUND, short_name
from centralasia.pairs.measures import named_themes
from centralasia.regions import check_pair
from centralasia.tables import display_table, load

__all__ = ["pair_sources", "theme_table"]

_WHOLE = ("whole speech", "meeting as a whole", "whole event")  # what follows in a note holds for every theme


def pair_sources(pair):
    """The keys behind a pair: its acts, visits, treaties, milestones of both, speeches of both, its own events."""
    states = check_pair(pair)
    speeches, events = load("agenda"), load("pair_agenda")
    parts = [
        ties.acts([pair]),
        ties.visits([pair], None),
        ties.treaty_signatures(states),
        ties.milestones(states),
        speeches[speeches["voice"].isin(states)],
        events[events["pair"] == pair],
    ]
    return pd.concat([part["source"] for part in parts], ignore_index=True)


def theme_table(pair):
    """The themes that both states of a pair named at a meeting, with what the notes say about each."""
    table = named_themes(pair)
    both = table.index[table["both"].fillna(False)]
    rows = load("agenda").set_index(["meeting_id", "domain", "voice"])["note"]
    dates, titles = (
        load("meetings").set_index("meeting_id")["date"],
        load("domains").set_index("domain")["title"],
    )
    columns = {"Theme": [titles[theme] for _, theme in both]}
    for state in check_pair(pair):
        columns[f"Remark on {short_name(state)}"] = [_own_part(rows.get((*cell, state))) for cell in both]
    return display_table(columns, index=[dates[meeting] for meeting, _ in both], corner="Meeting", empty=NONE_FOUND)


def _own_part(note):
    """What a note says of the theme itself, without what it says of the whole speech."""
    parts = [] if pd.isna(note) else note.split("; ")
    return "; ".join(itertools.takewhile(lambda part: not part.startswith(_WHOLE), parts))
