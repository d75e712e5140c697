"""The economies: dispersion, growth, trade within the region, water."""

from centralasia.economies import (
    figures,
    growth,
    growth_figure,
    measures,
    sentences,
    sources,
    tables,
    trade,
    trade_figure,
    trade_sentences,
    water_figure,
)
from centralasia.economies.figures import *
from centralasia.economies.growth import *
from centralasia.economies.growth_figure import *
from centralasia.economies.measures import *
from centralasia.economies.sentences import *
from centralasia.economies.sources import *
from centralasia.economies.tables import *
from centralasia.economies.trade import *
from centralasia.economies.trade_figure import *
from centralasia.economies.trade_sentences import *
from centralasia.economies.water_figure import *

__all__ = [
    *measures.__all__,
    *tables.__all__,
    *growth.__all__,
    *growth_figure.__all__,
    *sources.__all__,
    *trade.__all__,
    *trade_figure.__all__,
    *trade_sentences.__all__,
    *water_figure.__all__,
    *figures.__all__,
    *sentences.__all__,
]
