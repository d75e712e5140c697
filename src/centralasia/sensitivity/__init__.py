"""One finding over every defensible way to compute it: a specification curve."""

from centralasia.sensitivity import figures, measures, sentences
from centralasia.sensitivity.figures import *
from centralasia.sensitivity.measures import *
from centralasia.sensitivity.sentences import *

__all__ = [*measures.__all__, *figures.__all__, *sentences.__all__]
