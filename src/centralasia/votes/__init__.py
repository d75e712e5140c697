"""Votes in the General Assembly of the United Nations: agreement, cohesion, ideal points."""

from centralasia.votes import (
    alignment,
    behaviour,
    figures,
    measures,
    publishers,
    sentences,
    sets,
    tables,
    update,
    words,
)
from centralasia.votes.alignment import *
from centralasia.votes.behaviour import *
from centralasia.votes.figures import *
from centralasia.votes.measures import *
from centralasia.votes.publishers import *
from centralasia.votes.sentences import *
from centralasia.votes.sets import *
from centralasia.votes.tables import *
from centralasia.votes.update import *
from centralasia.votes.words import *

__all__ = [
    *measures.__all__, *sets.__all__, *alignment.__all__, *words.__all__, *tables.__all__, *figures.__all__,
    *behaviour.__all__, *sentences.__all__, *update.__all__, *publishers.__all__,
]  # fmt: skip
