"""Ties between pairs of states: the level of the relationship, visits, milestones."""

from centralasia.ties import contacts, figures, map, marks, measures, sentences, tables
from centralasia.ties.contacts import *
from centralasia.ties.figures import *
from centralasia.ties.map import *
from centralasia.ties.marks import *
from centralasia.ties.measures import *
from centralasia.ties.sentences import *
from centralasia.ties.tables import *

__all__ = [*measures.__all__, *contacts.__all__, *tables.__all__, *figures.__all__, *map.__all__, *marks.__all__]
__all__ += sentences.__all__
