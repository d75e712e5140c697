"""The consultative meetings: who came, what was adopted and signed, what the agendas name and share."""

from centralasia.meetings import figures, measures, sentences, shares, tables
from centralasia.meetings.figures import *
from centralasia.meetings.measures import *
from centralasia.meetings.sentences import *
from centralasia.meetings.shares import *
from centralasia.meetings.tables import *

__all__ = [*measures.__all__, *shares.__all__, *tables.__all__, *figures.__all__, *sentences.__all__]
