"""Tables, measures and figures on the priority hierarchy of foreign policy concepts and on regional convergence.

``load`` and ``cite`` give the curated tables and the sources behind them, ``labelled`` puts names beside codes;
``hierarchy``, ``convergence`` and ``plots`` hold the measures and the figures, and are imported when first used.
"""

from centralasia.citations import cite
from centralasia.contract import DataError
from centralasia.readable import labelled
from centralasia.tables import first_day, load, names

__all__ = ["DataError", "cite", "first_day", "labelled", "load", "names"]
__version__ = "0.1.0"

_MODULES = ("claims", "convergence", "explore", "hierarchy", "plots", "regions", "sentences")


def __getattr__(name):
    """The modules of measures, sentences and figures, imported when they are first asked for."""
    if name in _MODULES:
        import importlib

        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    """What tab completion offers."""
    return sorted([*__all__, *_MODULES])
