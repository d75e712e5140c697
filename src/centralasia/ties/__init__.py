"""Ties between pairs of states: the level of the relationship, visits, milestones."""

from centralasia.ties import contact_figures, contacts, figures, map, measures, sentences, sources, tables
from centralasia.ties.contact_figures import *
from centralasia.ties.contacts import *
from centralasia.ties.figures import *
from centralasia.ties.map import *
from centralasia.ties.measures import *
from centralasia.ties.sentences import *
from centralasia.ties.sources import *
from centralasia.ties.tables import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *contact_figures.__all__,
    *contacts.__all__,
    *map.__all__,
    *sources.__all__,
    *figures.__all__,
    *sentences.__all__,
]
