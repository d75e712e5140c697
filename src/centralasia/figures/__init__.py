"""What every figure has in common: one object with its description, a style, and the marks that several share."""

from centralasia.figures.figure import Drawing, Figure, figure

__all__ = ["Drawing", "Figure", "figure"]
