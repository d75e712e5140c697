"""Outputs of cells inside other texts, as the README and the pages of the report.

No number is typed by hand in a text: it marks a place with ``<!-- begin NOTEBOOK#CELL [IMAGE] -->`` and
``<!-- end -->``, and what stands between is replaced by the output of that cell. A figure is written to the file IMAGE
and shown with its description as alternative text.
"""

import json
import re
from collections.abc import Callable

from datacontract.phrases import dates_in_words
from notebookcollection.collection import CollectionError
from notebookcollection.publishing.escape import escape_block, escape_inline
from notebookcollection.publishing.figures import FigureMetadata, figure_metadata

__all__ = ["embed_outputs"]

_PLACE = re.compile(r"(<!-- begin (\S+?)#(\S+?)(?: (\S+))? -->\n).*?(<!-- end -->)", re.DOTALL)


def embed_outputs(text: str, read: Callable[[str], str | None], where: str) -> tuple[str, dict[str, str]]:
    r"""A text with the outputs in its places, and the images to be written beside it, by path.

    `read` gives the text of an executed notebook by its name, `where` says in messages which text is filled. Raises
    `CollectionError` where a place names a notebook or a cell that is not there, or one that does not show it.

    >>> import json
    >>> from notebookcollection.publishing.excerpts import embed_outputs
    >>> cell = {"id": "order", "outputs": [{"data": {"text/markdown": "Kazakhstan signs most."}}]}
    >>> ran = {"ties": json.dumps({"cells": [cell]})}
    >>> embed_outputs("<!-- begin ties#order -->\nold<!-- end -->", ran.get, "README.md")
    ('<!-- begin ties#order -->\nKazakhstan signs most.\n<!-- end -->', {})
    >>> embed_outputs("<!-- begin votes#order -->\nold<!-- end -->", ran.get, "README.md")
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: README.md: excerpt of votes#order: no notebook of that name was run
    """
    images: dict[str, str] = {}

    def embedded(place: re.Match[str]) -> str:
        begin, notebook, cell, image, end = place.groups()
        asked = f"{where}: excerpt of {notebook}#{cell}"
        if (executed := read(notebook)) is None:
            raise CollectionError(f"{asked}: no notebook of that name was run")
        cells = {c.get("id"): c for c in json.loads(executed)["cells"]}
        for output in cells.get(cell, {}).get("outputs", []):
            data, figure = output.get("data", {}), figure_metadata(output)
            if image and figure:
                images[image] = "".join(data["image/svg+xml"])
                return f"{begin}{_shown(figure, image)}\n{end}"
            if not image and "text/markdown" in data:
                return f"{begin}{escape_block(dates_in_words(''.join(data['text/markdown'])))}\n{end}"
        raise CollectionError(f"{asked}: no such cell, or it shows no {'figure' if image else 'text'}")

    return _PLACE.sub(embedded, text), images


def _shown(figure: FigureMetadata, image: str) -> str:
    """An image in Markdown, with its alternative text in its own language."""
    alt = escape_inline(dates_in_words(figure["alt"]))
    shown, language = f"![{alt}]({image})", figure.get("languages", {}).get("alt")
    return f'<div lang="{language}">\n\n{shown}\n\n</div>' if language else shown
