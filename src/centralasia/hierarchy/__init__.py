"""The order of partners in foreign policy documents: places, changes, similarity, labels."""

from centralasia.hierarchy import figures, measures, sentences, tables
from centralasia.hierarchy.figures import *
from centralasia.hierarchy.measures import *
from centralasia.hierarchy.sentences import *
from centralasia.hierarchy.tables import *

__all__ = [*measures.__all__, *tables.__all__, *figures.__all__, *sentences.__all__]
