"""What every figure of the collection has in common: style, colours, and a description in words."""

import functools
import io
import re

from datacontract import labels

WIDTH = 6.6  # inches: the width of the text column of a page
MARGIN = 0.12  # inches around a drawing
INK, FAINT, RULE = "#222222", "#5e5e5e", "#d0d0d0"  # rules only guide the eye
GREY = "#8a8a8a"  # the lightest grey that still carries a meaning on white

STYLE = {
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


_COORDINATES = re.compile(r'(?<= )(?:d|x|y|points|transform)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}")


class Figure:
    """A drawn figure with its title, caption, description and the data it draws.

    A notebook shows it as SVG and PNG, both the same bytes at every run; its plain form is the
    description, so that a comparison of text compares the figure, and a reader who does not see it
    hears what it shows. ``data`` is the frame behind it.
    """

    def __init__(self, canvas, title, description, caption, data):
        self.title, self.description, self.caption = title, description, caption
        self.data, self.language = data, getattr(title, "language", labels.ENGLISH)
        self._canvas, self._images = canvas, {}

    def __repr__(self):
        return f"{self.title}\n{self.description}"

    @property
    def told(self):
        """Its title, caption and description (``alt``), and its language where that is not English."""
        told = {"title": self.title, "caption": self.caption, "alt": self.description}
        return told if self.language == labels.ENGLISH else told | {"language": self.language}

    def image(self, kind):
        """The image as ``image/png`` (bytes) or ``image/svg+xml`` (text), made when it is first asked for."""
        if kind not in self._images:
            from matplotlib import rc_context

            with rc_context(STYLE):
                self._images[kind] = {"image/png": _png, "image/svg+xml": _svg}[kind](self._canvas, self._box)
        return self._images[kind]

    @functools.cached_property
    def _box(self):
        """The box around all that is drawn, in inches. The layout is found for it, once for every image."""
        self._canvas.draw_without_rendering()
        self._canvas.set_layout_engine(None)
        return self._canvas.get_tightbbox().padded(MARGIN)

    def save(self, path):
        """Writes the image; the ending of `path` (.png or .svg) says which."""
        from pathlib import Path

        path = Path(path)
        image = self.image("image/svg+xml" if path.suffix == ".svg" else "image/png")
        path.write_bytes(image.encode() if isinstance(image, str) else image)

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {
            "image/png": self.image("image/png"),
            "image/svg+xml": self.image("image/svg+xml"),
            "text/csv": self.data.to_csv(index=False, float_format=_digits),
            "text/plain": repr(self),
        }
        return data, {"figure": self.told}


def _digits(value):
    """A number with the six digits that count, without an exponent where it is large."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def _png(canvas, box):
    """The bytes of a PNG with a palette: a third of the size, and drawings of few colours lose nothing."""
    from PIL import Image

    buffer = io.BytesIO()
    # Not compressed, since it is read at once and written anew.
    image = Image.open(io.BytesIO(_render(canvas, box, "png", pil_kwargs={"compress_level": 0}))).convert("RGB")
    image = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    # The last 6 per cent of the size, which level 9 gives, would take six times as long.
    image.save(buffer, "PNG", compress_level=7, dpi=(STYLE["savefig.dpi"],) * 2)
    return buffer.getvalue()


def _svg(canvas, box):
    """The text of an SVG with coordinates to a hundredth of a point, which no eye can tell from more."""

    def rounded(found):
        text = found[0]
        return text if "scale" in text else _LONG.sub(lambda number: f"{float(number[0]):.2f}", text)

    return _COORDINATES.sub(rounded, _render(canvas, box, "svg").decode())


def _render(canvas, box, form, **how):
    """The bytes of an image of what lies in a box, without the date and version that matplotlib would put in."""
    buffer = io.BytesIO()
    nothing = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}[form]
    canvas.savefig(buffer, format=form, metadata=nothing, bbox_inches=box, **how)
    return buffer.getvalue()


def figure(draw):
    """Decorates a drawing function: it draws in the common style on a canvas that nobody else holds.

    `draw` is called with a fresh ``matplotlib.figure.Figure`` first and returns the arguments of `Figure` after
    the canvas: title, description, caption, data.
    """

    speaking = labels.localized(draw)

    @functools.wraps(draw)
    def drawn(*args, **kwargs):
        from matplotlib import rc_context
        from matplotlib.figure import Figure as Canvas

        with rc_context(STYLE):
            canvas = Canvas(layout="constrained")
            made = Figure(canvas, *speaking(canvas, *args, **kwargs))
            if made.language != labels.ENGLISH:
                _write_scales(canvas, labels.decimal_mark(made.language))
        return made

    return drawn


def _write_scales(canvas, mark):
    """Gives the numbers of the scales another decimal mark; matplotlib would take that of the system."""
    from matplotlib.ticker import ScalarFormatter

    class Written(ScalarFormatter):
        def __call__(self, x, pos=None):
            return super().__call__(x, pos).replace(".", mark)

    for axis in (axis for axes in canvas.axes for axis in (axes.xaxis, axes.yaxis)):
        if type(axis.get_major_formatter()) is ScalarFormatter:
            axis.set_major_formatter(Written())


def text_colour_on(shade):
    """Black or white: which of them is read better on a colour."""
    return "white" if _luminance(shade) < 0.179 else "black"


def darken_to_contrast(shade):
    """A colour as it can be read as small text on white: darkened until its contrast is 4.5 to 1."""
    from matplotlib.colors import to_hex, to_rgb

    rgb = to_rgb(shade)
    while 1.05 / (_luminance(rgb) + 0.05) < 4.5:
        rgb = tuple(0.97 * part for part in rgb)
    return to_hex(rgb)


def _luminance(shade):
    """The relative luminance of a colour, as WCAG 2 defines it."""
    from matplotlib.colors import to_rgb

    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(shade))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
