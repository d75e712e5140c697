"""Prose in the language of the reader: of notebooks before they run, and of pages before they are rendered.

A message is a heading, a paragraph, an item of a list or a cell of a table, on one line. Code, formulas, directives and
places for outputs are none.
"""

import json
import re
from collections.abc import Callable, Iterator

from datacontract.context import ENGLISH
from datacontract.language import _, language
from datacontract.phrases import unbroken
from datacontract.words import MarkdownText

__all__ = ["messages_of_notebook", "messages_of_page", "of_notebook", "of_page", "of_run", "unbroken_page"]

_FENCE = re.compile(r"\s*(```|~~~)")
_LITERAL = re.compile(r"\s*(:::|:[\w-]+:|<|\||\(\S+\)=\s*$|---)")  # directives and their options, HTML, tables, targets
_BEGIN = re.compile(r"(#+ |\s*(?:[-*]|\d+\.) )")
_TITLE = re.compile(r"(:::\{admonition\} |\s*:caption: )(.+)")  # of a box; of a part of the contents
_CELL = re.compile(r"(?<=\|)([^|\n]+)(?=\|)")
_NO_PROSE = re.compile(r"(```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|<[^>]*>)", re.DOTALL)  # code, formulas, tags
_COMMENT = re.compile(r"^\w+\s*:.*?#\s*(.+)$", re.MULTILINE)
Translate = Callable[[str], str]


def messages_of_page(text: str) -> list[str]:
    r"""The messages of a text in Markdown, in order.

    >>> from notebookcollection.prose import messages_of_page
    >>> messages_of_page("# Ties\n\nWho signs\nwith whom.\n\n- treaties\n")
    ['Ties', 'Who signs with whom.', 'treaties']
    """
    found: list[str] = []

    def note(message: str) -> str:
        found.append(message)
        return message

    _replaced(text, note)
    return found


def messages_of_notebook(text: str) -> list[str]:
    """The messages of a notebook: those of its Markdown, and what its parameters say of themselves.

    >>> import json
    >>> from notebookcollection.prose import messages_of_notebook
    >>> cells = [{"cell_type": "markdown", "source": "# Ties", "metadata": {}}]
    >>> cells += [{"cell_type": "code", "source": "year: int = 2018  # a year", "metadata": {"tags": ["parameters"]}}]
    >>> messages_of_notebook(json.dumps({"cells": cells}))
    ['Ties', 'a year']
    """
    found = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            found += messages_of_page(source)
        elif "parameters" in cell["metadata"].get("tags", ()):
            found += _COMMENT.findall(source)
    return found


def of_notebook(text: str) -> str:
    r"""A notebook, as text, with its prose in the language of the reader.

    >>> import json
    >>> from datacontract.context import using
    >>> from notebookcollection.prose import of_notebook
    >>> with using(language="ru"):
    ...     of_notebook(json.dumps({"cells": [{"cell_type": "markdown", "source": "No message of any catalogue."}]}))
    '{"cells": [{"cell_type": "markdown", "source": "<span lang=\\"en\\">No message of any
        catalogue.</span>"}]}'
    """
    if language() == ENGLISH:
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = of_page("".join(cell["source"]))
    return json.dumps(notebook)


def of_page(text: str) -> str:
    """A page in Markdown with its prose in the language of the reader; what that lacks stays English, and says so.

    >>> from datacontract.context import using
    >>> from notebookcollection.prose import of_page
    >>> with using(language="ru"):
    ...     print(of_page("No message of any catalogue."))
    <span lang="en">No message of any catalogue.</span>
    """
    return text if language() == ENGLISH else _replaced(text, _in_language)


def _in_language(message: str) -> str:
    """A message for the reader; a formula says no language, since within a tag it would be none."""
    said = _(message)
    return str(said) if message.startswith("$$") else said._repr_markdown_()


def unbroken_page(text: str) -> str:
    r"""A page in Markdown in whose prose no line ends between a number and what belongs to it.

    >>> from notebookcollection.prose import unbroken_page
    >>> unbroken_page("It is 5 % of `n = 5`.")
    'It is 5\xa0% of `n = 5`.'
    """
    parts = _NO_PROSE.split(text)
    parts[::2] = map(unbroken, parts[::2])
    return "".join(parts)


def of_run(title: str, named: bool = False) -> str:
    """The title of a run's page; `named` where it is made of names that are translated already.

    >>> from datacontract.context import using
    >>> from notebookcollection.prose import of_run
    >>> with using(language="ru"):
    ...     of_run("Казахстан–Туркменистан", named=True), of_run("No message of any catalogue")
    ('Казахстан–Туркменистан', '<span lang="en">No message of any catalogue</span>')
    """
    return MarkdownText(title)._repr_markdown_() if named else _(title)._repr_markdown_()


def _replaced(text: str, translate: Translate) -> str:
    """The text with each message replaced."""
    return "".join(_pieces(text, translate))[:-1]  # each line ends, also the last


def _pieces(text: str, translate: Translate) -> Iterator[str]:
    begin, lines = "", list[str]()
    until = "---" if text.startswith("---\n") else ""  # settings of the page, before all else

    def flushed() -> str:
        message, start = " ".join(map(str.strip, lines)), begin
        lines.clear()
        return f"{start}{_said(message, translate)}\n" if message else ""

    for number, line in enumerate(text.split("\n")):
        opening = _opens(line) if not until else ""
        if until or opening:
            titled = _TITLE.fullmatch(line)  # in a table of contents
            yield flushed() + (_row(line, translate) if titled else line) + "\n"
            until = opening or ("" if until in line and number else until)
        elif not line.strip() or _LITERAL.match(line):
            yield flushed()
            yield _row(line, translate) + "\n"
        elif found := _BEGIN.match(line):
            yield flushed()
            begin = found[0]
            lines.append(line[found.end() :])
            if begin.startswith("#"):
                yield flushed()
                begin = ""
        else:
            begin = begin if lines else ""
            lines.append(line)
    yield flushed()


def _opens(line: str) -> str:
    """What ends a block of code, formula or output that begins here; "" where none does."""
    if found := _FENCE.match(line):
        return found[1]
    if line.startswith("$$") and not (len(line) > 2 and line.rstrip().endswith("$$")):
        return "$$"
    return "<!-- end -->" if line.startswith("<!-- begin") else ""


def _row(line: str, translate: Translate) -> str:
    """A row of a table, or the title of a box, with its messages replaced; any other line as it is."""
    if found := _TITLE.fullmatch(line):
        return found[1] + _said(found[2], translate)
    if not line.startswith("|") or "---" in line:
        return line
    return _CELL.sub(lambda cell: f" {_said(cell[0].strip(), translate)} ", line)


def _said(message: str, translate: Translate) -> str:
    """A message translated, if it has words."""
    return translate(message) if re.search("[A-Za-z]", message) else message
