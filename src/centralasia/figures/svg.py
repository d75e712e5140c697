"""The text of an SVG as matplotlib writes it, in fewer characters: the same drawing in less than half of them."""

import functools
import re
from collections.abc import Callable

__all__ = ["compact"]

_SAID_ELSEWHERE = re.compile(r"<!DOCTYPE[^>]*>\s*|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_STYLE = re.compile(r"(?<=[:;]) (?=[^'<>]*'[ />])")
_UNUSED = re.compile(r" id='[A-Za-z]\w*_\d+'")  # of groups, to which nothing refers
_PLACE = re.compile(r"( (?:x|y|points|transform)=')((?:(?! scale)[^'])*)")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_PATH = re.compile(r" d='(M[^']*)'(?! transform='scale)")
_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_COORDINATES = {"M": 2, "L": 2, "Q": 4, "C": 6}
# The outline of a letter is in 6,400ths of its size and its place in hundredths; here both are in 800ths.
_OUTLINE = re.compile(r"id='DejaVuSans-(Bold-)?(\w+)'(?: d='([^']*)')? transform='scale\(0\.015625\)'")
_LETTER = re.compile(r"href='#DejaVuSans-(Bold-)?(\w+)'(?: transform='translate\(([-\d.]+) ([-\d.]+)\)')?")
_SIZE = re.compile(r" scale\((\d[\d.]*) -\1\)")
_GROUP = re.compile(r"<(/?)g( [^>]*[^/>])?>")
_COLOUR = re.compile(r"(?<=:)#(\w)\1(\w)\2(\w)\3\b")


def compact(svg: str) -> str:
    """An SVG with paths to a hundredth of a point, which no eye can tell from more, and without empty space.

    Paths are said in steps instead of places. The words are outlines, one for each letter that occurs: they get short
    names, and where letters stand is said in the shortest way. Quotation marks are single, since a notebook writes two
    characters for a double one.
    """
    head, begin, body = _SAID_ELSEWHERE.sub("", svg).partition("<svg ")
    body = re.sub(r"\s*\n\s*", "", body).replace('"', "'")
    body = _ungrouped(_UNUSED.sub("", body).replace("<g/>", ""))
    body = _COLOUR.sub(r"#\1\2\3", _STYLE.sub("", body))
    body = _PATH.sub(lambda found: f" d='{_in_steps(found[1], 100, lambda number: _short(number / 100, 2))}'", body)
    body = _LETTER.sub(_letter, _OUTLINE.sub(_outline, body))
    body = _PLACE.sub(lambda found: found[1] + _DECIMAL.sub(lambda n: _short(float(n[0]), 3), found[2]), body)
    return head + begin + _SIZE.sub(_size, body)


def _ungrouped(svg: str) -> str:
    """Without groups of which nothing is said."""
    said: list[bool] = []

    def tag(group: re.Match[str]) -> str:
        end, about = group.groups()
        if not end:
            said.append(about is not None)
            return group[0] if about else ""
        return group[0] if said.pop() else ""

    return _GROUP.sub(tag, svg)


def _in_steps(path: str, units: float, written: Callable[[int], str]) -> str:
    """A path by steps instead of places, in whole numbers of so many units, each command said once while it repeats."""
    steps, last, x, y, x0, y0 = "", "", 0, 0, 0, 0
    for command, numbers in _COMMAND.findall(path):
        if command == "z":
            steps, last, x, y = f"{steps}z", "z", x0, y0
            continue
        places = [round(float(number) * units) for number in numbers.split()]
        for at in range(0, len(places), _COORDINATES[command]):
            part = places[at : at + _COORDINATES[command]]
            way = [place - (y if i % 2 else x) for i, place in enumerate(part)]
            name = command.lower()
            if name == "l" and 0 in way:
                name, way = ("h", way[:1]) if way[1] == 0 else ("v", way[1:])
            text = "".join(number if number.startswith("-") else f" {number}" for number in map(written, way))
            steps += text if name == last != "m" else name + text.lstrip()
            last, (x, y) = name, part[-2:]
        if command == "M":
            x0, y0 = x, y
    return steps


def _short(number: float, digits: int) -> str:
    """A number with at most so many digits after its point, and nothing before it that can be left out."""
    text = f"{round(number, digits) + 0:.{digits}f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)


def _outline(letter: re.Match[str]) -> str:
    bold, code, path = letter.groups()
    return f"id='{_name(bold, code)}'" + (f" d='{_drawn(path)}'" if path else "")


@functools.cache
def _drawn(path: str) -> str:
    """The outline of a letter."""
    return _in_steps(path, 1 / 8, str)


def _name(bold: str | None, code: str) -> str:
    return ("b" if bold else "a") + code


def _letter(letter: re.Match[str]) -> str:
    bold, code, *place = letter.groups()
    places = zip("xy", (_short(8 * float(at or 0), 1) for at in place), strict=True)
    said = "".join(f" {name}='{at}'" for name, at in places if at != "0")
    return f"href='#{_name(bold, code)}'{said}"


def _size(size: re.Match[str]) -> str:
    part = _short(float(size[1]) / 8, 7)
    return f" scale({part} -{part})"
