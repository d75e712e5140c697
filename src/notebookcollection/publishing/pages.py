"""A notebook as a page of the report, before Sphinx renders it and after; and its outputs inside other texts.

No number is typed by hand in a text: it marks a place with ``<!-- begin NOTEBOOK#CELL [IMAGE] -->`` and
``<!-- end -->``, and what stands between is replaced by the output of that cell. A figure is written to the file IMAGE
and shown with its description as alternative text.
"""

import base64
import hashlib
import html as markup
import json
import re
import shlex
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from datacontract import contract, sources
from datacontract.files import write_if_changed
from datacontract.language import _, dates_in_words, ngettext
from datacontract.words import MarkdownText
from notebookcollection.collection import Collection, CollectionError, Rule, Run, columns_of
from notebookcollection.publishing.escape import escape_block, escape_inline, sanitize_table

__all__ = [
    "FIGURES",
    "NARROW",
    "FigureMetadata",
    "code_addresses",
    "embed_outputs",
    "figure_metadata",
    "notebook_page",
    "offer_narrow",
    "postprocess_page",
]

WIDE = 560  # points
_CODE = "code-"  # before the id of a cell, in the address of its code on the page
FIGURES = "figures"  # the folder of the site with image and data of each figure, under addresses that stay
NARROW = "narrow"  # the folder in it with those for narrow screens
_NARROW_SVG = "image/svg+xml;width=narrow"  # in the output of a figure, beside the one that is offered
_PHONE = "screen and (max-width: 600px)"
_POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_INLINE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))[^>]*>(.*?)</script>", re.DOTALL)
_CODE_SWITCH = '<label class="all-code" hidden><input type="checkbox" autocomplete="off"> {}</label>'
_CODE_CELL = re.compile(r'(<details class="admonition hide above-input">.*?<div) (class="cell_input)', re.DOTALL)
_PLACE = re.compile(r"(<!-- begin (\S+?)#(\S+?)(?: (\S+))? -->\n).*?(<!-- end -->)", re.DOTALL)
_IMAGE = re.compile(rf'<img [^>]*src="((?:\.\./)*{FIGURES}/)([^"/]+)"[^>]*/>')
_ICON = (  # a dot between two others, in the colours of the theme; without one, browsers ask the server
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E'
    "%3Cpath d=%22M3 12 8 4l5 8z%22 fill=%22none%22 stroke=%22%230a5f73%22 stroke-width=%221.6%22/%3E%3Cg fill=%22%23"
    "0a5f73%22%3E%3Ccircle cx=%228%22 cy=%224%22 r=%222.6%22/%3E%3Ccircle cx=%223%22 cy=%2212%22 r=%222.2%22/%3E"
    '%3Ccircle cx=%2213%22 cy=%2212%22 r=%222.2%22/%3E%3C/g%3E%3C/svg%3E" />'
)
_CHARSET = '<meta charset="utf-8" />'


class FigureMetadata(TypedDict):
    """What the metadata of an output say of a figure, under the key ``figure``: these words, and nothing else.

    ``alt`` describes it for those who do not see it. ``languages`` are those of the parts that are not English;
    ``sources`` gives the key of each source that the caption names in words; ``empty`` is one that says in words that
    there is nothing to draw, and no page shows it; ``marks`` are the named places of the image (see `lay_marks`),
    ``narrow_marks`` those of its drawing for narrow screens.
    """

    title: str
    caption: str
    alt: str
    languages: NotRequired[dict[str, str]]
    sources: NotRequired[dict[str, str]]
    empty: NotRequired[bool]
    marks: NotRequired[list[list[Any]]]
    narrow_marks: NotRequired[list[list[Any]]]


def figure_metadata(output: Mapping[str, Any]) -> FigureMetadata | None:
    """What an output says of the figure that it shows; None where it shows none."""
    found: FigureMetadata | None = output.get("metadata", {}).get("figure")
    return found


def notebook_page(
    text: str,
    run: Run,
    collection: Collection,
    downloads: Path,
    sources_page: str = "",
    pages: Mapping[str, str] | None = None,
) -> str:
    """An executed notebook as the report shows it, for Sphinx to render.

    Figures get their caption, their alternative text and, in the folder `downloads`, their data and image;
    tables get header scopes; text of the data is escaped; the page ends with how it was made and the executed
    notebook itself. `sources_page` is the address of the page that lists all sources; on paper, where there is none,
    a page has no code, no settings and nothing to download, and its sources are in the list at the end. `pages` has
    the addresses of the pages that heads of rows lead to, by their titles.
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
        cells.append(cell)
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
                cell["metadata"]["mystnb"] = _figure(figure, name, data, here, sources_page)
                offered = _downloads(data, name, cell["id"], downloads, _source_line(figure, collection))
                cells += [offered] if sources_page else []
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
    """Markdown of an output as the report shows it: dates in words; a list of sources folded, each with an address.

    On paper it only says how many there are: those of all pages are in one list.
    """
    text = dates_in_words(text)
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


def _link_sources(caption: str, named: Mapping[str, str], here: Container[str], sources_page: str) -> str:
    """A caption in Markdown whose sources lead to their reference, which stands in full at the link, too."""
    known = {row["source_key"]: row for row in sources.sources() if row["source_key"] in named.values()}
    links = {}
    for words, key in named.items():
        if key in known:
            page, full = (
                "" if key in here else sources_page,
                markup.escape(dates_in_words(sources.reference(known[key]))),
            )
            shown = escape_inline(words)
            links[shown] = f'<a class="citation" href="{page}#source-{key}" title="{full}">{shown}</a>'
    if not links:
        return caption
    each = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
    return re.sub(each, lambda found: links[found[0]], caption)


def _figure(
    figure: FigureMetadata, name: str, data: Mapping[str, Any], here: Container[str] = (), sources_page: str = ""
) -> dict[str, Any]:
    """What MyST-NB has to know of a figure; caption and alternative text in their own languages."""
    languages = figure.get("languages", {})
    # docutils makes the attribute `lang` of such a class.
    classes = [f"language-{languages['alt']}"] if "alt" in languages else []
    svg = re.search(r"<svg[^>]* width=[\"']([\d.]+)pt", "".join(data.get("image/svg+xml", "")))
    if svg and float(svg[1]) > WIDE:  # it has to scroll to be read on a narrow page
        classes.append("wide")
    caption = MarkdownText(dates_in_words(figure["caption"]), languages.get("caption"))._repr_markdown_()
    shown = escape_inline(caption)
    if sources_page:
        shown = _link_sources(shown, figure.get("sources", {}), here, sources_page)
    return {
        "image": {"alt": dates_in_words(figure["alt"])} | ({"classes": " ".join(classes)} if classes else {}),
        "figure": {"caption": shown, "name": name},
        "code_prompt_show": str(_("Code of this figure")),
    }


def _downloads(data: dict[str, Any], name: str, cell: str, downloads: Path, source_line: str) -> dict[str, Any]:
    """Writes data and image of a figure, the line that its PNG ends with, and returns the cell that offers them."""
    write_if_changed(downloads / f"{name}.csv", "".join(data.pop("text/csv")))
    write_if_changed(downloads / f"{name}.svg", "".join(data["image/svg+xml"]))
    write_if_changed(downloads / f"{name}.txt", source_line)
    if narrow := data.pop(_NARROW_SVG, None):
        write_if_changed(downloads / NARROW / f"{name}.svg", "".join(narrow))
    offers = {"png": "PNG", "svg": "SVG", "csv": _("Data (CSV)")}
    links = [
        f'<a class="download" href="{FIGURES}/{name}.{ending}" download>{words}</a>' for ending, words in offers.items()
    ]
    code = _("Code")
    links.append(f'<a class="code" href="#{_CODE}{cell}">{code}</a>')
    return _markdown(f"{name}-download", _("Download: {links}", links=" · ".join(links)))


def _source_line(figure: FigureMetadata, collection: Collection) -> str:
    """Where a figure comes from, for an image that stands alone: its sources and the title of the collection."""
    caption, shown = figure["caption"], ""
    if places := [place for words in figure.get("sources", {}) if (place := caption.find(words)) >= 0]:
        sentence = caption[caption.rfind(". ", 0, min(places)) + 1 :].strip()
        shown = re.sub(r" \([^()]+\)\.$", ".", sentence) + " "  # without "(listed below)"
    title = collection.settings.get("title", "")
    return shown + (_(title) if title else "")


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
    """Names by code for a column: of its own table where it is the key there, else of the table it refers to."""
    schema = contract.table(table)["schema"]
    for key in () if tuple(schema["primaryKey"]) == (column,) else schema.get("foreignKeys", ()):
        if column in key["fields"]:
            table, column = key["reference"]["resource"] or table, key["reference"]["fields"][0]
    return contract.names_of(table, column) if tuple(contract.table(table)["schema"]["primaryKey"]) == (column,) else {}


def code_addresses(text: str) -> list[str]:
    """The addresses of the code cells of a notebook on its page, in order."""
    return [f"{_CODE}{cell['id']}" for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def postprocess_page(
    html: str,
    name: str,
    addresses: Sequence[str] = (),
    head: str = "",
    narrow: Container[str] = (),
) -> str:
    """A rendered page, with a content security policy, header scopes and addresses for its code.

    `addresses` names the code cells in their order on the page, `head` is put into the head of the page, `narrow` names
    the figures that a phone shows in another drawing. Raises `CollectionError` with the `name` of the page where it
    is not what the theme and MyST-NB wrote until now.
    """
    waiting = iter(addresses)
    html, cells = _CODE_CELL.subn(lambda m: f'{m[1]} id="{next(waiting, "")}" {m[2]}' if addresses else m[0], html)
    if html.count(_CHARSET) != 1 or (addresses and cells != len(addresses)):
        raise CollectionError(f"{name}: rendered with the code of {cells} cells, not {len(addresses)}, or no charset")
    # The label would hide the words of the summary from those who hear the page or speak to it.
    html = html.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    html = re.sub(r'<th class="head([^"]*)"', r'<th scope="col" class="head\1"', html)
    # It depends on whether the file was there before, and the name has a digest already.
    html = re.sub(r"(mystnb\.\w+\.css)\?v=\w+", r"\1", html)
    html = offer_narrow(html, narrow)
    html = html.replace("</head>", f"{head}</head>", 1)
    digests = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in _INLINE.findall(html)}
    hashes = "".join(f" 'sha256-{digest}'" for digest in sorted(digests))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(hashes=hashes)}" />'
    return html.replace(_CHARSET, f"{_CHARSET}\n    {policy}\n    {_ICON}")


def offer_narrow(html: str, narrow: Container[str]) -> str:
    """A rendered page on which a phone shows the figures of these names in another drawing."""

    def picture(image: re.Match[str]) -> str:
        folder, name = image.groups()
        if name not in narrow:
            return image[0]
        return f'<picture><source media="{_PHONE}" srcset="{folder}{NARROW}/{name}" />{image[0]}</picture>'

    return _IMAGE.sub(picture, html)


def embed_outputs(text: str, read: Callable[[str], str | None], where: str) -> tuple[str, dict[str, str]]:
    """A text with the outputs in its places, and the images to be written beside it, by path.

    `read` gives the text of an executed notebook by its name, `where` says in messages which text is filled. Raises
    `CollectionError` where a place names a notebook or a cell that is not there, or one that does not show it.
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
