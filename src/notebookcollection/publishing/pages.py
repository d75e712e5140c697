"""A notebook as a page of the report: figures with what is behind them, tables with headers, parameters in words."""

import base64
import json
import re

from notebookcollection.publishing.htmltables import scoped
from notebookcollection.publishing.markdown import inert, literal

WIDE = 560  # points
_CODE = "code-"  # before the id of a cell, in the address of its code on the page
SOURCE = re.compile(r"(?m)^- \*\*([A-Za-z0-9]+)\*\* ")  # a line of a list of sources, as citations write it


def prepared(text, name, downloads, title=None, made_with="", sources=""):
    """A notebook as the report shows it.

    Figures get their caption, their alternative text and, in the folder `downloads`, their data and images;
    tables get header scopes; text of the data is made inert; the page ends with `made_with` and the executed
    notebook itself. `sources` is the address of the page that lists all sources.
    """
    notebook = json.loads(text)
    if title:
        first = notebook["cells"][0]
        first["source"] = re.sub(r"\A# .*", lambda _: f"# {literal(title)}", "".join(first["source"]))
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["cell_type"] == "code":  # one click away: the page reads as text, the code stays at hand
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
        for output in cell.get("outputs", []):
            data, figure = output.get("data", {}), output.get("metadata", {}).get("figure")
            if figure:
                stem = f"{name}-{cell['id']}"
                # Alternative text is read from the cell alone (MyST-NB), and it is the output that knows it.
                cell["metadata"]["mystnb"] = {
                    "image": {"alt": figure["alt"]} | ({"classes": "wide"} if _is_wide(data) else {}),
                    "figure": {"caption": literal(figure["caption"]), "name": stem},
                    "code_prompt_show": "Code of this figure",
                }
                if "language" in figure:  # its words are in another language than the page
                    cells.insert(-1, _markdown(f"{stem}-language", f'<div lang="{figure["language"]}">'))
                    cells.append(_markdown(f"{stem}-end", "</div>"))
                cells.append(_downloads(data, stem, cell["id"], downloads))
            if "text/html" in data:
                data["text/html"] = scoped("".join(data["text/html"]))
            if "text/markdown" in data:
                linked = rf'- **<a href="{sources}#source-\1">\1</a>** ' if sources else r"- **\1** "
                data["text/markdown"] = SOURCE.sub(linked, inert("".join(data["text/markdown"])))
    if made_with:
        cells.append(_markdown("made-with", made_with))
    cells.append(_markdown("download", f"{{download}}`This notebook, executed <downloads/{name}.ipynb>`"))
    return json.dumps({**notebook, "cells": cells})


def _is_wide(data):
    """Whether a figure is wider than the column of text, so that it has to scroll to be read on a narrow page."""
    found = re.search(r'<svg[^>]* width="([\d.]+)pt"', "".join(data.get("image/svg+xml", "")))
    return bool(found) and float(found[1]) > WIDE


def _downloads(data, stem, cell, downloads):
    """Writes the data and the images of a figure and returns the cell that offers them, and its code."""
    (downloads / f"{stem}.csv").write_text("".join(data.pop("text/csv")), encoding="utf-8")
    (downloads / f"{stem}.svg").write_text("".join(data["image/svg+xml"]), encoding="utf-8")
    (downloads / f"{stem}.png").write_bytes(base64.b64decode("".join(data["image/png"])))
    offers = [("Data behind this figure (CSV)", "csv"), ("SVG", "svg"), ("PNG", "png")]
    links = [f"{{download}}`{words} <downloads/{stem}.{end}>`" for words, end in offers]
    links.append(f'<a class="code" href="#{_CODE}{cell}">Code (cell {cell})</a>')
    return _markdown(f"{stem}-download", " · ".join(links))


def _markdown(identifier, source):
    return {"cell_type": "markdown", "id": re.sub(r"\W", "-", identifier)[-64:], "metadata": {}, "source": source}


def code_addresses(text):
    """The addresses of the code cells of a notebook on its page, in order."""
    return [f"{_CODE}{cell['id']}" for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
