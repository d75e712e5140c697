"""The consultative meetings: who came, what was adopted and signed, what the agendas name and share."""

from centralasia.meetings import (
    figures,
    measures,
    naming_sentences,
    sentences,
    share_figures,
    shares,
    tables,
    treaties,
    words,
)
from centralasia.meetings.figures import *
from centralasia.meetings.measures import *
from centralasia.meetings.naming_sentences import *
from centralasia.meetings.sentences import *
from centralasia.meetings.share_figures import *
from centralasia.meetings.shares import *
from centralasia.meetings.tables import *
from centralasia.meetings.treaties import *
from centralasia.meetings.words import *

__all__ = [
    *measures.__all__, *treaties.__all__, *shares.__all__, *tables.__all__, *figures.__all__,
    *share_figures.__all__, *sentences.__all__, *naming_sentences.__all__, *words.__all__,
]  # fmt: skip
