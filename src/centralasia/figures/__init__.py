"""What every figure has in common: one object with its description, a style, and the marks that several share."""

from centralasia.figures.figure import Drawing, Figure, draw_nothing, figure

__all__ = ["Drawing", "Figure", "draw_nothing", "figure"]
