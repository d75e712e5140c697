"""Votes in the General Assembly of the United Nations: agreement, cohesion, ideal points."""

from centralasia.votes import (
    absence,
    absence_sentences,
    alignment,
    behaviour,
    breaks,
    cohesion,
    context,
    figures,
    group_figures,
    groups,
    ideals,
    measures,
    pair_figures,
    pair_sentences,
    pairs,
    periods,
    publishers,
    reliability,
    robustness,
    sentences,
    sets,
    tables,
    update,
    words,
)
from centralasia.votes.absence import *
from centralasia.votes.absence_sentences import *
from centralasia.votes.alignment import *
from centralasia.votes.behaviour import *
from centralasia.votes.breaks import *
from centralasia.votes.cohesion import *
from centralasia.votes.context import *
from centralasia.votes.figures import *
from centralasia.votes.group_figures import *
from centralasia.votes.groups import *
from centralasia.votes.ideals import *
from centralasia.votes.measures import *
from centralasia.votes.pair_figures import *
from centralasia.votes.pair_sentences import *
from centralasia.votes.pairs import *
from centralasia.votes.periods import *
from centralasia.votes.publishers import *
from centralasia.votes.reliability import *
from centralasia.votes.robustness import *
from centralasia.votes.sentences import *
from centralasia.votes.sets import *
from centralasia.votes.tables import *
from centralasia.votes.update import *
from centralasia.votes.words import *

__all__ = [
    *measures.__all__, *reliability.__all__, *cohesion.__all__, *periods.__all__, *pairs.__all__, *groups.__all__,
    *sets.__all__, *alignment.__all__, *absence.__all__, *ideals.__all__, *robustness.__all__, *words.__all__,
    *tables.__all__, *figures.__all__, *group_figures.__all__, *pair_figures.__all__, *behaviour.__all__,
    *sentences.__all__, *pair_sentences.__all__, *absence_sentences.__all__, *context.__all__,
    *breaks.__all__, *update.__all__, *publishers.__all__,
]  # fmt: skip
