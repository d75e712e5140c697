"""The claims of the article, and what the tables say of each."""

from centralasia.claims import figures, measures, rules, sentences, tables
from centralasia.claims.figures import *
from centralasia.claims.measures import *
from centralasia.claims.rules import *
from centralasia.claims.sentences import *
from centralasia.claims.tables import *

__all__ = [*measures.__all__, *tables.__all__, *figures.__all__, *sentences.__all__, *rules.__all__]
