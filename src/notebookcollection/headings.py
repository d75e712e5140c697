"""Headings in the language of the reader: of notebooks before they run, and of pages before they are rendered."""

import json
import re

from datacontract import labels
from datacontract.words import MarkdownText

_HEADING = re.compile(r"^(#+ )(.+)$", re.MULTILINE)


def of_notebook(text, name):
    """A notebook, as text, with its headings from the table of labels: ``NAME#CELL``, else ``CELL`` alone."""
    if labels.language() == labels.ENGLISH:
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            codes = f"{name}#{cell['id']}", cell["id"]
            source = "".join(cell["source"])
            cell["source"] = _HEADING.sub(lambda found, codes=codes: found[1] + _said(codes, found[2]), source)
    return json.dumps(notebook)


def of_page(text, name):
    """A page in Markdown with its headings from the table of labels: ``NAME#WORDS-OF-THE-HEADING``."""
    if labels.language() == labels.ENGLISH:
        return text

    def said(found):
        return found[1] + _said([f"{name}#" + re.sub(r"\W+", "-", found[2].lower()).strip("-")], found[2])

    return _HEADING.sub(said, text)


def of_run(name, title, named=False):
    """The title of a run's page; `named` where it is made of names that the table of labels has."""
    language = labels.language()
    said = _said([name], title)
    return MarkdownText(title, language)._repr_markdown_() if named and said == title else said


def _said(codes, english):
    """The heading of the first code that the language has, marked with its language; else the English one."""
    said = (labels.translate_heading(code, english) for code in codes)
    return next(
        (h for h in said if h.language != labels.ENGLISH), labels.translate_heading("", english)
    )._repr_markdown_()
