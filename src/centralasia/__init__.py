"""Tables, measures and figures on the priority hierarchy of foreign policy concepts and on regional convergence.

``load`` and ``cite`` give the curated tables and the sources behind them; ``hierarchy``,
``convergence`` and ``plots`` hold the measures and the figures, and are imported when first used.
"""

from centralasia.citations import cite
from centralasia.contract import DataError
from centralasia.tables import first_day, load, names

__all__ = ["DataError", "cite", "first_day", "load", "names"]
__version__ = "0.1.0"
