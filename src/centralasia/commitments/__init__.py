"""What documents commit to toward the region, and how much two of them share."""

from centralasia.commitments import bounds, documents, events, figures, measures, sentences, tables, words
from centralasia.commitments.bounds import *
from centralasia.commitments.documents import *
from centralasia.commitments.events import *
from centralasia.commitments.figures import *
from centralasia.commitments.measures import *
from centralasia.commitments.sentences import *
from centralasia.commitments.tables import *
from centralasia.commitments.words import *

__all__ = [
    *measures.__all__, *documents.__all__, *bounds.__all__, *events.__all__, *words.__all__, *tables.__all__,
    *figures.__all__, *sentences.__all__,
]  # fmt: skip
