"""Pieces of executed notebooks inside other texts, so that no number is typed there by hand.

A text marks a place with ``<!-- begin NOTEBOOK#CELL [IMAGE] -->`` and ``<!-- end -->``; what stands between is
replaced by the output of that cell. A figure is written to the file IMAGE and shown with its
description as alternative text.
"""

import json
import re

from notebookcollection.collection import CollectionError
from notebookcollection.publishing.markdown import inert, literal

_PLACE = re.compile(r"(<!-- begin (\S+?)#(\S+?)(?: (\S+))? -->\n).*?(<!-- end -->)", re.DOTALL)


def fill(text, notebooks, where):
    """Fills the places of a text.

    `notebooks` maps names to executed notebooks as text, `where` says in messages which text it is. Returns
    the filled text and the images to be written beside it, by path. Raises
    `CollectionError` where a place names a cell that is not there or shows nothing.
    """
    images = {}

    def piece(match):
        begin, notebook, cell, image, end = match.groups()
        data, figure = _output(notebooks, notebook, cell, where)
        if image:
            images[image] = "".join(data["image/svg+xml"])
            alt = literal("".join(data["text/plain"]).partition("\n")[2])
            shown = f"![{alt}]({image})"
            if "language" in figure:
                shown = f'<div lang="{figure["language"]}">\n\n{shown}\n\n</div>'
        else:
            shown = inert("".join(data["text/markdown"]))
        return f"{begin}{shown}\n{end}"

    return _PLACE.sub(piece, text), images


def _output(notebooks, notebook, cell, where):
    if notebook not in notebooks:
        raise CollectionError(f"{where}: excerpt of {notebook}#{cell}: no notebook of that name was run")
    cells = {c.get("id"): c for c in json.loads(notebooks[notebook])["cells"]}
    for output in cells.get(cell, {}).get("outputs", []):
        if {"text/markdown", "image/svg+xml"} & set(output.get("data", {})):
            return output["data"], output.get("metadata", {}).get("figure", {})
    raise CollectionError(f"{where}: excerpt of {notebook}#{cell}: no such cell, or it shows neither text nor a figure")
