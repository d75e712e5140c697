"""Widgets for JupyterLab: choose, and see what changes."""

from centralasia.explore.explorer import Explorer

__all__ = ["Explorer"]
