"""One pair of states: its ties, visits, milestones and common themes."""

from centralasia.pairs import figures, measures, sentences, tables, theme_figures, theme_sentences
from centralasia.pairs.figures import *
from centralasia.pairs.measures import *
from centralasia.pairs.sentences import *
from centralasia.pairs.tables import *
from centralasia.pairs.theme_figures import *
from centralasia.pairs.theme_sentences import *

__all__ = [
    *measures.__all__, *tables.__all__, *figures.__all__, *theme_figures.__all__, *sentences.__all__,
    *theme_sentences.__all__,
]  # fmt: skip
