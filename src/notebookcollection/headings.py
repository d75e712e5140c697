"""Headings in the language of the reader: of notebooks before they run, and of pages before they are rendered."""

import json
import re

from datacontract import labels
from datacontract.context import ENGLISH
from datacontract.words import MarkdownText

__all__ = ["of_notebook", "of_page", "of_run"]

_HEADING = re.compile(r"^(#+ )(.+)$", re.MULTILINE)


def of_notebook(text: str, name: str) -> str:
    """A notebook, as text, with its headings from the table of labels: ``NAME#CELL``, else ``CELL`` alone."""
    if labels.language() == ENGLISH:
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _translated("".join(cell["source"]), name, cell["id"])
    return json.dumps(notebook)


def of_page(text: str, name: str) -> str:
    """A page in Markdown with its headings from the table of labels: ``NAME#WORDS-OF-THE-HEADING``."""
    return _translated(text, name) if labels.language() != ENGLISH else text


def of_run(name: str, title: str, named: bool = False) -> str:
    """The title of a run's page; `named` where it is made of names that the table of labels has."""
    translated = _heading([name], title)
    return MarkdownText(title, labels.language())._repr_markdown_() if named and translated == title else translated


def _translated(text: str, name: str, cell: str | None = None) -> str:
    def heading(found: re.Match[str]) -> str:
        place = cell or re.sub(r"\W+", "-", found[2].lower()).strip("-")
        return found[1] + _heading([f"{name}#{place}", *([cell] if cell else [])], found[2])

    return _HEADING.sub(heading, text)


def _heading(codes: list[str], english: str) -> str:
    """The heading of the first code that the language has, marked with its language; else the English one."""
    found = [labels.translate_heading(code, english) for code in codes]
    return next((heading for heading in found if heading.language != ENGLISH), found[0])._repr_markdown_()
