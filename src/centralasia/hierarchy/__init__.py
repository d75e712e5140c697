"""The order of partners in foreign policy documents: places, readings as equals, changes, labels."""

from centralasia.hierarchy import alternatives, draws, figures, measures, sentences, tables
from centralasia.hierarchy.alternatives import *
from centralasia.hierarchy.draws import *
from centralasia.hierarchy.figures import *
from centralasia.hierarchy.measures import *
from centralasia.hierarchy.sentences import *
from centralasia.hierarchy.tables import *
from centralasia.hierarchy.words import kinds_of

__all__ = [
    *measures.__all__, *alternatives.__all__, *draws.__all__, *tables.__all__, *figures.__all__, *sentences.__all__,
    "kinds_of",
]  # fmt: skip
