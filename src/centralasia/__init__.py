"""Tables, measures and figures on the priority hierarchy of foreign policy concepts and on regional convergence.

``load`` and ``cite`` give the curated tables and the sources behind them, ``labelled`` puts names beside codes;
``hierarchy``, ``convergence`` and ``plots`` hold the measures and the figures. All are imported when first used, so
that a command which needs no table does not wait for pandas.
"""

from typing import TYPE_CHECKING

from centralasia.contract import DataError

if TYPE_CHECKING:
    from centralasia.citations import cite
    from centralasia.readable import labelled
    from centralasia.tables import first_day, load, names

__all__ = ["DataError", "cite", "first_day", "labelled", "load", "names"]
__version__ = "0.1.0"

_MODULES = ("claims", "convergence", "explore", "hierarchy", "plots", "regions", "sentences")
_HOMES = {"cite": "citations", "first_day": "tables", "labelled": "readable", "load": "tables", "names": "tables"}


def __getattr__(name):
    """The functions of ``__all__`` and the modules of measures, sentences and figures."""
    from importlib import import_module

    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        return globals().setdefault(name, getattr(import_module(f"{__name__}.{_HOMES[name]}"), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    """What tab completion offers."""
    return sorted([*__all__, *_MODULES])
