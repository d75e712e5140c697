"""The figures, one function each; each returns a `centralasia.figure.Figure`."""

from centralasia.plots.hierarchy import hierarchy_bump, places_by_reading

__all__ = ["hierarchy_bump", "places_by_reading"]
