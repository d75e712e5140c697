"""The claims of the article: their rules, checks and verdicts."""

from centralasia.claims import draws, figures, judgements, rules, sentences, tables, words
from centralasia.claims.draws import *
from centralasia.claims.figures import *
from centralasia.claims.judgements import *
from centralasia.claims.rules import *
from centralasia.claims.sentences import *
from centralasia.claims.tables import *
from centralasia.claims.words import *

__all__ = [
    *judgements.__all__, *draws.__all__, *rules.__all__, *tables.__all__, *figures.__all__, *sentences.__all__,
    *words.__all__,
]  # fmt: skip
