"""Widgets for JupyterLab: choose, and see what changes."""

from centralasia.explore import explorer, views
from centralasia.explore.explorer import *
from centralasia.explore.views import *

__all__ = [
    *explorer.__all__,
    *views.__all__,
]
