"""PNG images of the figures, made from their SVG when the report is rendered: notebooks store the SVG alone."""

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from notebookcollection.collection import CollectionError
from notebookcollection.interrupts import run_processes

__all__ = ["convert", "write_pngs"]

RESOLUTION = 144  # pixels an inch: sharp on screens of double density
LETTERS = 15  # pixels high
_CONVERT = f"import sys; from {__name__} import convert; convert(sys.argv[1:])"


def write_pngs(folder: Path) -> None:
    """Writes a PNG beside each SVG of a folder that has none or an older one, on all cores; equal ones are drawn once.

    Raises `CollectionError` where one cannot be read.

    >>> import pathlib, tempfile
    >>> from notebookcollection.publishing.images import write_pngs
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("map", "steps"):
    ...         svg = pathlib.Path(folder, f"{name}.svg")
    ...         _ = svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>')
    ...     write_pngs(svg.parent)
    ...     sorted(path.name for path in svg.parent.iterdir())
    ['map.png', 'map.svg', 'steps.png', 'steps.svg']
    """
    due = [svg for svg in sorted(folder.glob("*.svg")) if _is_older(svg.with_suffix(".png"), svg)]
    alike: dict[tuple[bytes, str], list[Path]] = {}
    for svg in due:
        alike.setdefault((svg.read_bytes(), _line(svg)), []).append(svg)
    drawn = [str(first) for first, *_copies in alike.values()]
    jobs = min(os.cpu_count() or 1, len(drawn))
    commands = [[sys.executable, "-c", _CONVERT, *drawn[job::jobs]] for job in range(jobs)]
    done = run_processes(commands)
    if any(code for code, _ in done):
        said = "".join(error for _, error in done).strip()
        raise CollectionError(f"an image of the report could not be made:\n{said[-2000:]}")
    for first, *copies in alike.values():
        for copy in copies:
            shutil.copyfile(first.with_suffix(".png"), copy.with_suffix(".png"))


def convert(paths: Sequence[str]) -> None:
    """Draws SVG files, whose words are outlines, as PNG files of the same names.

    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> from notebookcollection.publishing.images import convert
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     svg = pathlib.Path(folder, "steps.svg")
    ...     _ = svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>')
    ...     convert([str(svg)])
    ...     Image.open(svg.with_suffix(".png")).size
    (144, 72)
    """
    import resvg_py

    for path in paths:
        image = bytes(resvg_py.svg_to_bytes(svg_path=path, dpi=RESOLUTION, skip_system_fonts=True))
        if words := _line(Path(path)):
            image = _with_line(image, words)
        Path(path).with_suffix(".png").write_bytes(image)


def _with_line(image: bytes, words: str) -> bytes:
    """A PNG with a line of words below the drawing, in as many lines as its width asks for."""
    import matplotlib
    from PIL import Image, ImageDraw, ImageFont

    drawn = Image.open(io.BytesIO(image))
    font = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", LETTERS)
    lines = textwrap.wrap(words, max(20, int((drawn.width - 2 * LETTERS) / (0.58 * LETTERS))))
    whole = Image.new("RGB", (drawn.width, drawn.height + int(LETTERS * (1.35 * len(lines) + 1))), "white")
    whole.paste(drawn, mask=drawn if drawn.mode == "RGBA" else None)
    draw = ImageDraw.Draw(whole)
    draw.multiline_text((LETTERS, drawn.height + LETTERS // 3), "\n".join(lines), fill="#555555", font=font)
    made = io.BytesIO()
    whole.save(made, "png")
    return made.getvalue()


def _line(svg: Path) -> str:
    """The words that shall stand below a drawing; none where no text lies beside it."""
    text = svg.with_suffix(".txt")
    return text.read_text(encoding="utf-8") if text.is_file() else ""


def _is_older(made: Path, source: Path) -> bool:
    return not made.is_file() or made.stat().st_mtime_ns < source.stat().st_mtime_ns
