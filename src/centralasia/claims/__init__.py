"""The claims of the article, and what the tables say of each."""

from centralasia.claims import figures, judgements, rules, sentences, tables
from centralasia.claims.figures import *
from centralasia.claims.judgements import *
from centralasia.claims.rules import *
from centralasia.claims.sentences import *
from centralasia.claims.tables import *

__all__ = [*judgements.__all__, *tables.__all__, *figures.__all__, *sentences.__all__, *rules.__all__]
