"""The economies: dispersion, growth, trade within the region, water."""

from centralasia.economies import (
    convergence,
    figures,
    level_figures,
    measures,
    pair_sentences,
    pair_trade,
    periods,
    sentences,
    tables,
    trade,
    trade_figures,
    trade_sentences,
    update,
)  # fmt: skip
from centralasia.economies.convergence import *
from centralasia.economies.figures import *
from centralasia.economies.level_figures import *
from centralasia.economies.measures import *
from centralasia.economies.pair_sentences import *
from centralasia.economies.pair_trade import *
from centralasia.economies.periods import *
from centralasia.economies.sentences import *
from centralasia.economies.tables import *
from centralasia.economies.trade import *
from centralasia.economies.trade_figures import *
from centralasia.economies.trade_sentences import *
from centralasia.economies.update import *

__all__ = [
    *measures.__all__, *convergence.__all__, *periods.__all__, *trade.__all__, *pair_trade.__all__,
    *tables.__all__, *figures.__all__, *level_figures.__all__, *trade_figures.__all__, *sentences.__all__,
    *trade_sentences.__all__, *pair_sentences.__all__, *update.__all__,
]  # fmt: skip
