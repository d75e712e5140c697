"""The order of partners in foreign policy documents: places, changes, likeness, labels."""

from centralasia.hierarchy import figures, label_figure, measures, sentences, tables
from centralasia.hierarchy.figures import *
from centralasia.hierarchy.label_figure import *
from centralasia.hierarchy.measures import *
from centralasia.hierarchy.sentences import *
from centralasia.hierarchy.tables import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *label_figure.__all__,
    *figures.__all__,
    *sentences.__all__,
]
