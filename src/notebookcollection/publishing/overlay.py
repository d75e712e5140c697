"""Names of the marks of a figure, laid over its image: each appears where a pointer, a finger or the keyboard is.

Without scripts the browser shows them on hover, as the titles that they are; ``marks.js`` does the rest.
"""

import html as markup
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docutils.nodes import make_id

from datacontract.language import _
from datacontract.phrases import dates_in_words

__all__ = ["lay_marks", "named_marks"]

Layers = Sequence[Sequence[Sequence[Any]]]  # of each drawing of a figure the marks: left, top, width, height, words
SHARES = 1000  # of the width and of the height of an image, in which places are given
_LAYERS = {"marks": "mark-layer", "narrow_marks": "mark-layer narrow"}  # in the metadata of a figure, and their classes
_IMAGE = re.compile(r'(<figure [^>]*\bid="([^"]+)"[^>]*>\s*)(<img (?:[^>"]|"[^"]*")*>)')


def named_marks(text: str, name: str) -> dict[str, Layers]:
    """The named marks of each figure of an executed notebook, by the id that its page, of this `name`, gives it.

    First those of the usual drawing; after them, where there is one, those of the drawing for narrow screens.

    >>> import json
    >>> from notebookcollection.publishing.overlay import named_marks
    >>> figure = {"marks": [[100, 200, 30, 40, "Kazakhstan"]]}
    >>> cell = {"id": "steps", "outputs": [{"metadata": {"figure": figure}}]}
    >>> named_marks(json.dumps({"cells": [cell]}), "05_ties")
    {'ties-steps': [[[100, 200, 30, 40, 'Kazakhstan']]]}
    """
    found: dict[str, Layers] = {}
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", []):
            figure = output.get("metadata", {}).get("figure", {})
            if figure.get("marks"):
                found[make_id(f"{name}-{cell['id']}")] = [figure[key] for key in _LAYERS if figure.get(key)]
    return found


def lay_marks(html: str, marks: Mapping[str, Layers]) -> str:
    """A rendered page whose figures, by id, have a layer of the named marks over each of their drawings.

    >>> from notebookcollection.publishing.overlay import lay_marks
    >>> page = '<figure id="ties-steps"><img src="steps.svg"></figure>'
    >>> lay_marks(page, {"ties-steps": [[[100, 200, 30, 40, "Kazakhstan"]]]})
    '<figure id="ties-steps"><div class="marked"><img src="steps.svg"><svg class="mark-layer" ...><rect x="100" y="200"
        width="30" height="40"><title>Kazakhstan</title></rect></svg></div></figure>'
    """

    def laid(found: re.Match[str]) -> str:
        before, figure, image = found.groups()
        if figure not in marks:
            return found[0]
        layers = "".join(map(_layer, marks[figure], _LAYERS.values()))
        return f'{before}<div class="marked">{image}{layers}</div>'

    return _IMAGE.sub(laid, html) if marks else html


def _layer(marks: Sequence[Sequence[Any]], classes: str) -> str:
    """The marks of one drawing: a rectangle each, with its words as title."""
    label = markup.escape(_("Marks of this figure: the arrow keys go from one to the next"))
    shapes = "".join(
        f'<rect x="{x:d}" y="{y:d}" width="{width:d}" height="{height:d}"><title>{words}</title></rect>'
        for x, y, width, height, said in marks
        for words in [markup.escape(dates_in_words(said))]
    )
    return (
        f'<svg class="{classes}" viewBox="0 0 {SHARES} {SHARES}" preserveAspectRatio="none" aria-hidden="true" '
        f'data-label="{label}">{shapes}</svg>'
    )
