"""One pair of states: its ties, visits, milestones and common themes."""

from centralasia.pairs import figures, measures, sentences
from centralasia.pairs.figures import *
from centralasia.pairs.measures import *
from centralasia.pairs.sentences import *

__all__ = [*measures.__all__, *figures.__all__, *sentences.__all__]
