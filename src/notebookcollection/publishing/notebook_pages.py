"""An executed notebook as a page of the report, for Sphinx to render."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datacontract import contract, sources
from datacontract.labels import translate_name
from datacontract.language import _, ngettext
from datacontract.phrases import dates_in_words, unbroken
from notebookcollection.collection import Collection, Rule, Run, columns_of
from notebookcollection.prose import unbroken_page
from notebookcollection.publishing.escape import escape_block, escape_inline, sanitize_table
from notebookcollection.publishing.figures import FIGURES, describe_figure, figure_metadata, write_downloads

__all__ = ["code_addresses", "notebook_page"]

_ON_SCREEN = "on-screen"  # the tag of a cell that leads to another page, which paper leaves out
_CODE = "code-"  # before the id of a cell, in the address of its code on the page
_CODE_SWITCH = '<label class="all-code" hidden><input type="checkbox" autocomplete="off"> {}</label>'


def notebook_page(
    text: str,
    run: Run,
    collection: Collection,
    downloads: Path,
    sources_page: str = "",
    pages: Mapping[str, str] | None = None,
) -> str:
    r"""An executed notebook as the report shows it, for Sphinx to render.

    Figures get their caption, their alternative text and, in the folder `downloads`, their data and image;
    tables get header scopes; text of the data is escaped; the page ends with how it was made and the executed
    notebook itself. `sources_page` is the address of the page that lists all sources; on paper, where there is none,
    a page has no code, no settings, nothing to download and no cell tagged ``on-screen``, and its sources are in the
    list at the end. `pages` has the addresses of the pages that heads of rows lead to, by their titles.

    >>> import json, pathlib
    >>> from notebookcollection.collection import Collection, Run
    >>> from notebookcollection.publishing.notebook_pages import notebook_page
    >>> title = {"cell_type": "markdown", "metadata": {}, "source": "# Ties"}
    >>> output = {"data": {"text/markdown": "Signed on 2020-03-06: [all]"}}
    >>> code = {"cell_type": "code", "id": "order", "metadata": {}, "outputs": [output]}
    >>> run = Run("05_ties", "ties_2020", title="Ties in 2020")
    >>> collection = Collection(pathlib.Path("notebooks"), {})
    >>> page = notebook_page(json.dumps({"cells": [title, code]}), run, collection, pathlib.Path("downloads"))
    >>> heading, cell = json.loads(page)["cells"]
    >>> print(heading["source"], cell["outputs"][0]["data"]["text/markdown"], cell["metadata"]["tags"], sep="\n")
    # Ties in 2020
    Signed on 6 March 2020: \[all\]
    ['remove-input']
    """
    notebook, cells = json.loads(text), []
    here = _listed_sources(notebook) if sources_page else set()
    others = {title: page for title, page in (pages or {}).items() if title != run.title}
    first = notebook["cells"][0]
    if run.title:
        title = f"# {escape_inline(run.title)}"
        first["source"] = re.sub(r"\A# .*", lambda found: title, "".join(first["source"]))
    if sources_page and first["cell_type"] == "markdown":
        switch = _CODE_SWITCH.format(_("Show all code"))
        first["source"] = f"{''.join(first['source'])}\n\n{switch}"
    for cell in notebook["cells"]:
        if not sources_page and _ON_SCREEN in cell["metadata"].get("tags", []):
            continue
        cells.append(cell)
        if cell["cell_type"] == "markdown":
            cell["source"] = unbroken_page("".join(cell["source"]))
        if cell["cell_type"] == "code":  # one click away: the page reads as text, the code stays at hand
            tag = "hide-input" if sources_page else "remove-input"
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), tag]
        shown = [figure for output in cell.get("outputs", []) if (figure := figure_metadata(output))]
        if any(figure.get("empty") for figure in shown):
            cell["outputs"] = []  # the sentence before says so
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if figure := figure_metadata(output):
                name = f"{run.name}-{cell['id']}"
                # Alternative text is read from the cell alone (MyST-NB), and it is the output that knows it.
                cell["metadata"]["mystnb"] = describe_figure(figure, name, data, here, sources_page)
                write_downloads(figure, data, name, downloads, collection)
                cells += [_offer_downloads(name, cell["id"])] if sources_page else []
            if "text/html" in data:
                data["text/html"] = sanitize_table("".join(data["text/html"]), others)
            if "text/markdown" in data:
                data["text/markdown"] = _text("".join(data["text/markdown"]), on_paper=not sources_page)
    if not sources_page:
        return json.dumps({**notebook, "cells": cells})
    if made := _made_with(run, collection):
        cells.append(_markdown("made-with", made))
    offer = _("This notebook, executed")
    cells.append(_markdown("download", f"{{download}}`{offer} <downloads/{run.name}.ipynb>`"))
    return json.dumps({**notebook, "cells": cells})


def _listed_sources(notebook: Mapping[str, Any]) -> set[str]:
    """The keys of the sources that a notebook lists."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    texts = ("".join(output.get("data", {}).get("text/markdown", "")) for output in outputs)
    return {key for text in texts for key in sources.LISTED.findall(text)}


def _text(text: str, on_paper: bool) -> str:
    """Markdown of an output as the report shows it: dates in words, numbers whole, sources folded, with addresses.

    On paper it only says how many there are: those of all pages are in one list.
    """
    text = unbroken(dates_in_words(text))
    parts = sources.LISTED.split(text)
    shown, listed = escape_block(parts[0]), len(parts) // 2
    if not listed:
        return shown
    if on_paper:
        at_end = ngettext(
            "{n} source; the list of sources has it.", "{n} sources; the list of sources has them.", listed
        )
        return f"{shown}\n\n{at_end}\n"
    for key, line in zip(parts[1::2], parts[2::2], strict=True):
        shown += f'- <span id="source-{key}"></span>' + escape_block("- " + line)[2:]
    number = ngettext("{n} source", "{n} sources", listed)
    return f'<details class="sources">\n<summary>{number}</summary>\n\n{shown}\n\n</details>\n'


def _offer_downloads(name: str, cell: str) -> dict[str, Any]:
    """The cell below a figure that offers image and data, and leads to its code."""
    offers = {"png": "PNG", "svg": "SVG", "csv": _("Data (CSV)")}
    links = [
        f'<a class="download" href="{FIGURES}/{name}.{ending}" download>{words}</a>' for ending, words in offers.items()
    ]
    code = _("Code")
    links.append(f'<a class="code" href="#{_CODE}{cell}">{code}</a>')
    return _markdown(f"{name}-download", _("Download: {links}", links=" · ".join(links)))


def _markdown(identifier: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": re.sub(r"\W", "-", identifier)[-64:], "metadata": {}, "source": source}


def _made_with(run: Run, collection: Collection) -> str:
    """A section in Markdown: every parameter of a run, its value in words, and the command that changes it."""
    declared = collection.parameters(run.notebook)
    if not declared:
        return ""
    values = {name: parameter.default for name, parameter in declared.items()} | run.parameters
    heading, summary, here = _("Settings of this page"), _("Parameters and command"), _("set for this page")
    lines = [f"## {heading}", "", '<details class="settings">', f"<summary>{summary}</summary>", ""]
    for name, parameter in declared.items():
        shown = escape_inline(_in_words(values[name], collection.rule(run.notebook, name)))
        given = f", {here}" if name in run.parameters else ""
        said = escape_inline(_(parameter.help)) if parameter.help else ""
        lines.append(f"- `{name}`: **{shown}**{given} *({said})*")
    changed = run.parameters or dict([next(iter(values.items()))])
    command = ["centralasia", "run", run.notebook, *(w for k, v in changed.items() for w in ("-p", f"{k}={v}"))]
    lines += ["", _("Each parameter can be changed; what is allowed is checked before anything runs:"), ""]
    return "\n".join([*lines, "```sh", shlex.join(command), "```", "", "</details>"])


def _in_words(value: object, rule: Rule) -> str:
    """A value with the names of its codes: ``Russia (RUS), China (CHN)``."""
    if not isinstance(value, str):
        return str(value)
    names: dict[str, str] = {}
    for address in reversed(columns_of(rule)):  # the first has the last word
        names |= _names_of(*address.split("."))
    if "pairs" in rule:
        return f"{'–'.join(names.get(code, code) for code in value.split('-'))} ({value})"
    items = value.split() if rule.get("list") else [value]
    return ", ".join(f"{names[item]} ({item})" if names.get(item) else item.replace("_", " ") for item in items)


def _names_of(table: str, column: str) -> dict[str, str]:
    """Names by code, for the reader, of a column: of its own table where it is the key, else of the one referred to."""
    schema = contract.table(table)["schema"]
    for key in () if tuple(schema["primaryKey"]) == (column,) else schema.get("foreignKeys", ()):
        if column in key["fields"]:
            table, column = key["reference"]["resource"] or table, key["reference"]["fields"][0]
    if tuple(contract.table(table)["schema"]["primaryKey"]) != (column,):
        return {}
    return {
        code: translate_name(column, code, "") or _(name) for code, name in contract.names_of(table, column).items()
    }


def code_addresses(text: str) -> list[str]:
    """The addresses of the code cells of a notebook on its page, in order.

    >>> import json
    >>> from notebookcollection.publishing.notebook_pages import code_addresses
    >>> cells = [{"id": "title", "cell_type": "markdown"}, {"id": "order", "cell_type": "code"}]
    >>> code_addresses(json.dumps({"cells": cells}))
    ['code-order']
    """
    return [f"{_CODE}{cell['id']}" for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
