"""Ties between pairs of states: the level of the relationship, visits, milestones."""

from centralasia.ties import (
    contact_figures,
    contact_sentences,
    contacts,
    evidence,
    evidence_figures,
    evidence_sentences,
    figures,
    map,
    marks,
    measures,
    register,
    sentences,
    tables,
    waiting,
)  # fmt: skip
from centralasia.ties.contact_figures import *
from centralasia.ties.contact_sentences import *
from centralasia.ties.contacts import *
from centralasia.ties.evidence import *
from centralasia.ties.evidence_figures import *
from centralasia.ties.evidence_sentences import *
from centralasia.ties.figures import *
from centralasia.ties.map import *
from centralasia.ties.marks import *
from centralasia.ties.measures import *
from centralasia.ties.register import *
from centralasia.ties.sentences import *
from centralasia.ties.tables import *
from centralasia.ties.waiting import *

__all__ = [
    *register.__all__, *measures.__all__, *waiting.__all__, *contacts.__all__, *evidence.__all__, *tables.__all__,
    *figures.__all__, *contact_figures.__all__, *evidence_figures.__all__, *map.__all__, *marks.__all__,
    *sentences.__all__, *contact_sentences.__all__, *evidence_sentences.__all__,
]  # fmt: skip
