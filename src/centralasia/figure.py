"""What every figure of the collection has in common: style, colours, and a description in words."""

import functools
import io

from centralasia import contract, labels

WIDTH = 6.6  # inches: the width of the text column of a page
INK, FAINT, RULE = "#222222", "#6b6b6b", "#d0d0d0"
OTHER = "#767676"  # actors without a colour of their own

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


class Figure:
    """A drawn figure with its title, caption, description and the data it draws.

    A notebook shows it as SVG and PNG, both the same bytes at every run; its plain form is the
    description, so that a comparison of text compares the figure, and a reader who does not see it
    hears what it shows. ``data`` is the frame behind it.
    """

    def __init__(self, canvas, title, description, caption, data):
        self.title, self.description, self.caption = title, description, caption
        self.data, self.language = data, getattr(title, "language", labels.ENGLISH)
        self._images = {"image/png": _render(canvas, "png"), "image/svg+xml": _render(canvas, "svg").decode()}

    def __repr__(self):
        return f"{self.title}\n{self.description}"

    def save(self, path):
        """Writes the image; the ending of `path` (.png or .svg) says which."""
        from pathlib import Path

        path = Path(path)
        image = self._images["image/svg+xml" if path.suffix == ".svg" else "image/png"]
        path.write_bytes(image.encode() if isinstance(image, str) else image)

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {**self._images, "text/csv": self.data.to_csv(index=False), "text/plain": repr(self)}
        told = {"title": self.title, "caption": self.caption, "alt": self.description}
        return data, {"figure": told if self.language == labels.ENGLISH else told | {"language": self.language}}


def _render(canvas, form):
    """The bytes of an image, without the date and version that matplotlib would put in."""
    buffer = io.BytesIO()
    nothing = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}[form]
    canvas.savefig(buffer, format=form, metadata=nothing, bbox_inches="tight", pad_inches=0.12)
    return buffer.getvalue()


def figure(draw):
    """Decorates a drawing function: it draws in the common style on a canvas that nobody else holds.

    `draw` is called with a fresh ``matplotlib.figure.Figure`` first and returns the arguments of `Figure` after
    the canvas: title, description, caption, data.
    """

    @labels.spoken
    @functools.wraps(draw)
    def drawn(*args, **kwargs):
        from matplotlib import rc_context
        from matplotlib.figure import Figure as Canvas

        with rc_context(STYLE):
            canvas = Canvas(layout="constrained")
            return Figure(canvas, *draw(canvas, *args, **kwargs))

    return drawn


def colour(actor, data=None):
    """The one colour of an actor in every figure, as sRGB hexadecimal; neutral grey if it has none."""
    return _actor(actor, data).get("colour") or OTHER


def short_name(actor, data=None):
    """The name of an actor in figures and sentences; the code itself if it is not in the table."""
    return labels.name("actor", actor, _actor(actor, data).get("short_name") or str(actor), data)


def _actor(actor, data):
    return next((row for row in contract.rows("actors", data) if row["actor"] == str(actor)), {})
