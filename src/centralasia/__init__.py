"""Tables, measures and figures on the priority hierarchy of foreign policy concepts and on regional convergence.

``load`` and ``cite`` give the curated tables and the sources behind them, ``with_labels`` puts names beside codes;
each chapter is a room of its own: ``hierarchy``, ``commitments``, ``meetings``, ``ties``, ``votes``, ``economies``,
``claims``, and the profiles of ``pairs``. All are imported when first used, so that a command which needs no table does
not wait for pandas.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datacontract.catalogues import add_catalogues
from datacontract.context import set_default_folder, using
from datacontract.errors import DataError

if TYPE_CHECKING:
    from centralasia.citations import cite, coverage
    from centralasia.tables import load, table_names, with_labels
    from datacontract.contract import latest_year

_package = Path(__file__).resolve().parent
ROOMS = sorted({path.parent.name for path in _package.glob("*/__init__.py")} - {"figures"})
MODULES = [*ROOMS, "explore", "regions", "reliability", "sensitivity"]
__all__ = [*MODULES, "DataError", "cite", "coverage", "latest_year", "load", "table_names", "using", "with_labels"]
__version__ = "1.0.0"

_HOMES = {
    "cite": "centralasia.citations",
    "coverage": "centralasia.citations",
    "latest_year": "datacontract.contract",
    "load": "centralasia.tables",
    "table_names": "centralasia.tables",
    "with_labels": "centralasia.tables",
}
_around = _package if (_package / "data").is_dir() else _package.parents[1]  # installed, or in the project
set_default_folder(_around / "data")
add_catalogues(_around / "locale")


def __getattr__(name: str) -> Any:
    """The functions and modules of ``__all__``, imported when they are first asked for (PEP 562)."""
    if name in MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        return globals().setdefault(name, getattr(import_module(_HOMES[name]), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
