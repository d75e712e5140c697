"""What documents commit to toward the region, and how much two of them share."""

from centralasia.commitments import figures, measures, overlap, sentences, tables
from centralasia.commitments.figures import *
from centralasia.commitments.measures import *
from centralasia.commitments.overlap import *
from centralasia.commitments.sentences import *
from centralasia.commitments.tables import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *overlap.__all__,
    *figures.__all__,
    *sentences.__all__,
]
