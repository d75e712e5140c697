"""The text of an SVG as matplotlib writes it, in fewer characters: the same drawing in half of them."""

import functools
import re

__all__ = ["compact"]

_SAID_ELSEWHERE = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_GEOMETRY = re.compile(r' (?:d|x|y|points|transform)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_ZEROS = re.compile(r"(\.\d*?)0+(?!\d)")
_AROUND = re.compile(r"\s*([A-Za-z,])\s*")
_STYLE = re.compile(r'(?<=[:;]) (?=[^"<>]*"[ />])')
_GLYPH = re.compile(r'(id="|href="#)DejaVuSans-(Bold-)?')
_UNUSED = re.compile(r' id="[A-Za-z]\w*_\d+"')  # of groups, to which nothing refers
_PLACED = re.compile(r'(<use [^>]*)transform="translate\(([-\d.]+) 0\)"/>')
_OUTLINE = re.compile(r' d="([MLQz\d -]+)"')  # whole numbers: a letter as the font draws it
_COMMAND = re.compile(r"([MLQz])([\d -]*)")


def compact(svg: str) -> str:
    """An SVG with coordinates to a hundredth of a point, which no eye can tell from more, and without empty space.

    The words in it are outlines, one for each letter that occurs: they get short names, and where letters stand is said
    in the shortest way. Quotation marks are single, since a notebook writes two characters for a double one.
    """
    head, begin, body = svg.partition("<svg ")
    body = _SAID_ELSEWHERE.sub("", body)
    body = _GEOMETRY.sub(_shortened, body)
    body = _UNUSED.sub("", re.sub(r"\s*\n\s*", "", body)).replace("<g/>", "")
    body = _STYLE.sub("", body)
    body = _GLYPH.sub(lambda found: found[1] + ("b" if found[2] else "a"), body)
    body = _PLACED.sub(r'\1x="\2"/>', body)
    body = _OUTLINE.sub(lambda found: f' d="{_relative(found[1])}"', body)
    return head + begin + (body if "'" in body else body.replace('"', "'"))


def _shortened(found: re.Match[str]) -> str:
    text = found[0]
    if "scale" in text:  # a factor, of which every digit counts
        return text
    text = _LONG.sub(lambda number: f"{float(number[0]):.2f}", text)
    text = _ZEROS.sub(lambda zeros: zeros[1].rstrip("."), text)
    name, equals, value = text.partition("=")
    return name + equals + (value if name == " transform" else _AROUND.sub(r"\1", value))


@functools.cache
def _relative(outline: str) -> str:
    """A path by steps instead of places, each command said once as long as it repeats."""
    path, last, x, y, x0, y0 = "", "", 0, 0, 0, 0
    for command, numbers in _COMMAND.findall(outline):
        values = [int(number) for number in numbers.split()]
        steps = [value - (y if i % 2 else x) for i, value in enumerate(values)]
        if command == "z":
            x, y = x0, y0
        else:
            x, y = values[-2:]
        if command == "M":
            x0, y0 = x, y
        written = "".join(f" {step}" if step >= 0 else str(step) for step in steps)
        path += written if command == last else command.lower() + written.lstrip()
        last = command
    return path
