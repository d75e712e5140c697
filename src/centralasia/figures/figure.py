"""One object for a figure: image, data, and a description in words."""

import functools
import io
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from centralasia.figures.letters import fill_width
from centralasia.figures.marks import draw_title, name_sources
from centralasia.figures.naming import placed_marks
from centralasia.figures.narrow import fit_to_width
from centralasia.figures.style import FAINT, MARGIN, NARROW, WIDTH, house_style, is_narrow
from centralasia.figures.svg import compact
from datacontract.context import data_folder, narrow_wanted, using, wanted_language
from datacontract.language import _, format_number, language, number_marks
from datacontract.sources import source_keys
from datacontract.words import MarkdownText

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

__all__ = ["Drawing", "Figure", "draw_nothing", "figure"]

NARROW_SVG = "image/svg+xml;width=narrow"  # beside the usual drawing, in the output of a notebook


class Drawing(NamedTuple):
    """What a drawing function returns: the words that go with the drawing, and the frame behind it.

    The sources in the columns of source cells `sources` are named at the end of the caption; `empty` says that nothing
    is drawn.
    """

    title: str
    alt_text: str
    caption: str
    data: pd.DataFrame
    sources: Iterable[pd.Series] = ()
    empty: bool = False


def draw_nothing(canvas: "Canvas", words: str, caption: str, data: pd.DataFrame) -> Drawing:
    """Says what is not there, in words instead of empty axes; they are the title, too.

    >>> from centralasia.figures import draw_nothing, figure
    >>> figure(draw_nothing)("No visit is on record.", "", load("visits").head(0)).alt_text
    Nothing is drawn here. No visit is on record.
    """
    canvas.set_figheight(0.7)
    fill_width(canvas.text(0.02, 0.5, words, va="center", color=FAINT), 0.96 * canvas.bbox.width)
    return Drawing(words, _("Nothing is drawn here. {why}", why=words), caption, data, empty=True)


class Figure:
    """A drawn figure with its title, caption, description and the data it draws.

    A notebook shows it as SVG, the same bytes at every run; its plain form is the description (``alt_text``), so that
    a comparison of text compares the figure, and a reader who does not see it hears what it shows. ``data`` is the
    frame behind it; ``save`` writes PNG or SVG.

    ``narrow`` is the same figure drawn for a narrow screen, ``marks`` say what each mark of the image is. Where
    `datacontract.context.narrow_wanted`, the output of a notebook holds that drawing and the marks of both, too.
    """

    def __init__(self, canvas: "Canvas", drawing: Drawing, draw: Callable[[float], "Figure"] | None = None) -> None:
        self.title, self.alt_text, self.data = drawing.title, drawing.alt_text, drawing.data
        named, self.sources = name_sources(source_keys(*drawing.sources))
        own = getattr(drawing.caption, "language", None)
        self.caption = MarkdownText(f"{drawing.caption} {named}", own) if named else drawing.caption
        self.empty = drawing.empty
        self._canvas, self._draw = canvas, draw
        self._images: dict[str, bytes | str] = {}

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt_text}"

    @property
    def metadata(self) -> dict[str, Any]:
        """Its title, caption, description (``alt``), its sources, and languages that are not the reader's."""
        parts: dict[str, Any] = {"title": self.title, "caption": self.caption, "alt": self.alt_text}
        languages = {name: getattr(part, "language", wanted_language()) for name, part in parts.items()}
        other = {name: other for name, other in languages.items() if other != wanted_language()}
        parts |= {"empty": True} if self.empty else {}
        return parts | ({"sources": self.sources} if self.sources else {}) | ({"languages": other} if other else {})

    def image(self, kind: str) -> Any:
        """The image as ``image/png`` (bytes) or ``image/svg+xml`` (text), made when it is first asked for."""
        if kind not in self._images:
            with house_style():
                self._images[kind] = _IMAGES[kind](self._canvas, self._box)
        return self._images[kind]

    @functools.cached_property
    def narrow(self) -> "Figure":
        """The figure with the same data and words, drawn for a screen as narrow as a phone's; itself if it is empty."""
        return self if self.empty or self._draw is None else self._draw(NARROW)

    @functools.cached_property
    def marks(self) -> list[list[Any]]:
        """The named marks of the image: left, top, width and height in thousandths of the image, and words."""
        with house_style():
            return placed_marks(self._canvas, self._box)

    @functools.cached_property
    def _box(self) -> Any:
        """The box around all that is drawn, in inches. The layout is found for it, once for every image."""
        if (engine := self._canvas.get_layout_engine()) and self._canvas.axes:
            engine.execute(self._canvas)
        self._canvas.set_layout_engine(None)
        return self._canvas.get_tightbbox().padded(MARGIN)

    def save(self, path: Any) -> None:
        """Writes the image; the ending of `path` (.png or .svg) says which."""
        from pathlib import Path

        image = self.image("image/svg+xml" if Path(path).suffix == ".svg" else "image/png")
        Path(path).write_bytes(image.encode() if isinstance(image, str) else image)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {
            "image/svg+xml": self.image("image/svg+xml"),
            "text/csv": self.data.to_csv(index=False, float_format=_significant),
            "text/plain": repr(self),
        }
        metadata = self.metadata
        if narrow_wanted() and not self.empty:
            data[NARROW_SVG] = self.narrow.image("image/svg+xml")
            metadata |= {"marks": self.marks, "narrow_marks": self.narrow.marks}
        return data, {"figure": metadata}


def _significant(value: float) -> str:
    """A number with the six digits that count, without an exponent where it is large."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def _png(canvas: "Canvas", box: Any) -> bytes:
    """The bytes of a PNG."""
    return _render(canvas, box, "png")


def _svg(canvas: "Canvas", box: Any) -> str:
    """The text of an SVG."""
    return compact(_render(canvas, box, "svg").decode())


def _render(canvas: "Canvas", box: Any, form: str) -> bytes:
    """The bytes of an image of what lies in a box, without the date and version that matplotlib would put in."""
    buffer = io.BytesIO()
    nothing = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}[form]
    canvas.savefig(buffer, format=form, metadata=nothing, bbox_inches=box)
    return buffer.getvalue()


_IMAGES: dict[str, Callable[..., bytes | str]] = {"image/png": _png, "image/svg+xml": _svg}


def figure(draw: Callable[..., Drawing]) -> Callable[..., Figure]:
    """Decorates a drawing function: it draws in the common style on a canvas that nobody else holds.

    `draw` is called with a fresh ``matplotlib.figure.Figure`` of the common width first, sets its height, and
    returns a `Drawing`, whose title is written over the whole (but not over `draw_nothing`, which says it already).
    It is called again with a narrow one (`is_narrow`) where a narrow screen shows the figure.

    >>> from centralasia.figures import Drawing, figure
    >>> @figure
    ... def visits_chart(canvas, rows):
    ...     canvas.subplots().bar(["2014", "2015"], [1, 1])
    ...     return Drawing("One visit a year", "Two bars, each 1 high.", f"n = {len(rows)} visits.", rows)
    >>> visits_chart(load("visits").head(2)).caption
    'n = 2 visits.'
    """

    @functools.wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Figure:
        there: dict[str, Any] = {"folder": data_folder(), "language": wanted_language()}

        def of_width(width: float) -> Figure:
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure as Canvas

            with using(**there), house_style():  # it may be asked for again when a block has ended
                canvas = Canvas(figsize=(width, width), layout="constrained")
                FigureCanvasAgg(canvas)  # which measures each word once; without it a figure measures anew each time
                drawing = draw(canvas, *args, **kwargs)
                if not isinstance(drawing, Drawing):
                    drawing = Drawing(*drawing)
                elif canvas.axes:
                    draw_title(canvas, drawing.title)
                _write_scales(canvas, number_marks(language()))
                if is_narrow(canvas) and not drawing.empty:
                    fit_to_width(canvas)
            return Figure(canvas, drawing, of_width)

        return of_width(WIDTH)

    return drawn


def _write_scales(canvas: "Canvas", marks: Mapping[str, str]) -> None:
    """Numbers of scales with the marks of a language; matplotlib would take those of the system, and powers of ten."""
    from matplotlib.ticker import FuncFormatter, LogFormatter, NullFormatter, ScalarFormatter

    class Localized(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return super().__call__(x, pos).replace(".", marks["."])

    for axis in (axis for axes in canvas.axes for axis in (axes.xaxis, axes.yaxis)):
        formatter = axis.get_major_formatter()
        if type(formatter) is ScalarFormatter and marks["."] != ".":
            axis.set_major_formatter(Localized())
        elif isinstance(formatter, LogFormatter):
            axis.set_major_formatter(FuncFormatter(lambda x, _: format_number(x, ",.12g")))
            axis.set_minor_formatter(NullFormatter())
