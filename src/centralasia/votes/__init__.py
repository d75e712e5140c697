"""Votes in the General Assembly of the United Nations: agreement, cohesion, ideal points."""

from centralasia.votes import (
    alignment,
    behaviour_figures,
    cohesion,
    figures,
    marks,
    measures,
    sentences,
    tables,
    update,
)
from centralasia.votes.alignment import *
from centralasia.votes.behaviour_figures import *
from centralasia.votes.cohesion import *
from centralasia.votes.figures import *
from centralasia.votes.marks import *
from centralasia.votes.measures import *
from centralasia.votes.sentences import *
from centralasia.votes.tables import *
from centralasia.votes.update import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *alignment.__all__,
    *behaviour_figures.__all__,
    *cohesion.__all__,
    *marks.__all__,
    *update.__all__,
    *figures.__all__,
    *sentences.__all__,
]
