"""Declared and revealed orders of partners: what a state says, and with whom it trades, votes and meets."""

from centralasia.partners import (
    comparison,
    comparison_figures,
    directions,
    figures,
    measures,
    sentences,
    series,
    sources,
    tables,
    update,
    window_figures,
    words,
)  # fmt: skip
from centralasia.partners.comparison import *
from centralasia.partners.comparison_figures import *
from centralasia.partners.directions import *
from centralasia.partners.figures import *
from centralasia.partners.measures import *
from centralasia.partners.sentences import *
from centralasia.partners.series import *
from centralasia.partners.sources import *
from centralasia.partners.tables import *
from centralasia.partners.update import *
from centralasia.partners.window_figures import *
from centralasia.partners.words import *

__all__ = [
    *series.__all__, *sources.__all__, *measures.__all__, *comparison.__all__, *directions.__all__, *words.__all__,
    *tables.__all__, *figures.__all__, *window_figures.__all__, *comparison_figures.__all__, *sentences.__all__,
    *update.__all__,
]  # fmt: skip
