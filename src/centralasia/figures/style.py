"""The style of every figure: sizes, colours, and what can be read on what."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

__all__ = [
    "FAINT",
    "GREY",
    "INK",
    "MARGIN",
    "NARROW",
    "RULE",
    "STYLE",
    "WIDTH",
    "darken_to_contrast",
    "house_style",
    "is_narrow",
    "text_colour_on",
]

WIDTH = 6.6  # inches: the width of the text column of a page
NARROW = 3.4  # inches: the width of that column on a phone
MARGIN = 0.12  # inches around a drawing
INK, FAINT, RULE = "#222222", "#5e5e5e", "#d0d0d0"  # rules only guide the eye
GREY = "#8a8a8a"  # the lightest grey that still carries a meaning on white

STYLE: dict[str, Any] = {
    "figure.dpi": 100,
    "savefig.dpi": 144,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "text.parse_math": False,  # names may hold dollar signs
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.6,
    "svg.hashsalt": "centralasia",
    "svg.fonttype": "path",
}


# It tells of folders for its caches, and of the time that they take, in the midst of a notebook's outputs.
ABOUT_CACHES = ("mkdir -p failed", "Matplotlib created a temporary cache", "Matplotlib is building the font cache")
for _name in ("matplotlib", "matplotlib.font_manager"):
    logging.getLogger(_name).addFilter(lambda record: not str(record.msg).startswith(ABOUT_CACHES))


@contextlib.contextmanager
def house_style() -> Iterator[None]:
    """Lets matplotlib draw as this style and its own defaults say, whatever the user has set, for a block."""
    from matplotlib import rc_context, rcParams, rcParamsDefault

    set_otherwise = {k: v for k, v in rcParamsDefault.items() if k != "backend" and rcParams[k] != v}
    with rc_context(set_otherwise | STYLE):
        yield


def is_narrow(canvas: Any) -> bool:
    """Whether a drawing is for a narrow screen: what stands side by side on a wide one has no room there."""
    return bool(canvas.get_figwidth() < WIDTH)


def text_colour_on(shade: Any) -> str:
    """Black or white: which of them is read better on a colour."""
    return "white" if _luminance(shade) < 0.179 else "black"


def darken_to_contrast(shade: Any) -> str:
    """A colour as it can be read as small text on white: darkened until its contrast is 4.5 to 1."""
    from matplotlib.colors import to_hex, to_rgb

    rgb = to_rgb(shade)
    while 1.05 / (_luminance(rgb) + 0.05) < 4.5:
        rgb = (0.97 * rgb[0], 0.97 * rgb[1], 0.97 * rgb[2])
    return to_hex(rgb)


def _luminance(shade: Any) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    from matplotlib.colors import to_rgb

    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(shade))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
