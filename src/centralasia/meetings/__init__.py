"""The consultative meetings: who came, what was adopted and signed, what the agendas name."""

from centralasia.meetings import attendance_figure, figures, measures, sentences, tables
from centralasia.meetings.attendance_figure import *
from centralasia.meetings.figures import *
from centralasia.meetings.measures import *
from centralasia.meetings.sentences import *
from centralasia.meetings.tables import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *attendance_figure.__all__,
    *figures.__all__,
    *sentences.__all__,
]
