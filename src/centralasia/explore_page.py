"""What explore shows, as a page: sentences, figures to save, and how to see a choice again in a chapter."""

import base64
import html
import json
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from centralasia.figures import Figure
from datacontract import contract
from datacontract.language import _
from datacontract.words import MarkdownText

__all__ = ["Parts", "again", "as_html", "as_markdown", "kept"]

Parts = list[MarkdownText | Figure]


def as_html(parts: Sequence[MarkdownText | Figure]) -> str:
    """The parts of a view as HTML; a figure is an image that carries its description, with links that save it."""
    return "".join(_figure(part) if isinstance(part, Figure) else _paragraph(part) for part in parts)


def as_markdown(parts: Sequence[MarkdownText | Figure]) -> str:
    """The parts of a view as Markdown, for a reader who has not run the notebook: a figure is what it says in words."""
    words = [f"**{part.title}.** {part.alt_text}" if isinstance(part, Figure) else str(part) for part in parts]
    return "\n\n".join([*words, _("*Choices and figures appear here when the cells of this notebook have run.*")])


def _paragraph(text: str) -> str:
    return "<p>" + re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text)) + "</p>"


def _figure(figure: Figure) -> str:
    image = _address("image/svg+xml", figure.image("image/svg+xml"))
    name = "-".join(re.findall(r"\w+", figure.title.lower())[:8])
    data = _csv(figure)
    saved = {_("Save the figure (SVG)"): (f"{name}.svg", image), _("Save its data (CSV)"): (f"{name}.csv", data)}
    links = " · ".join(
        f'<a style="text-decoration: underline" download="{file}" href="{address}">{words}</a>'
        for words, (file, address) in saved.items()
    )
    return (
        f'<figure style="margin: 0 0 1em"><img alt="{html.escape(f"{figure.title}. {figure.alt_text}")}" '
        f'style="max-width: 100%; height: auto" src="{image}">'
        f"<figcaption>{html.escape(figure.caption)}<br>{links}</figcaption></figure>"
    )


def _csv(figure: Figure) -> str:
    return _address("text/csv;charset=utf-8", figure.data.to_csv(index=False))


def _address(kind: str, content: str) -> str:
    """The content of a file as an address, so that a page needs no other file to save it."""
    return f"data:{kind};base64,{base64.b64encode(content.encode()).decode()}"


def again(view: str, choice: Mapping[str, Any]) -> dict[str, dict[str, str | int]]:
    """The parameters that give a choice again, by the chapter that has the view."""
    region, documents = {"region": choice["region"]}, " ".join(choice["documents"])

    def years(column: str) -> dict[str, str | int]:
        known = contract.latest_year(column)
        return {name: min(year, known) for name, year in zip(("first_year", "last_year"), choice["years"], strict=True)}

    chapters: dict[str, dict[str, dict[str, str | int]]] = {
        "order": {
            "01_priority_hierarchy": {"state": choice["state"], "documents": documents, "focus": choice["partner"]}
        },
        "ties": {"05_ties": region | years("ties.date"), "profile_pair": {"pair": choice["pair"]} | years("ties.date")},
        "votes": {"06_one_voice": region | {"measure": choice["measure"]} | years("unga_years.year")},
        "economy": {"07_economies": region | {"indicators": choice["indicator"]} | years("indicators.year")},
    }
    return chapters[view]


def kept(view: str, choice: Mapping[str, Any]) -> str:
    """How to see a choice again, as HTML: the command that runs each chapter, and lines for its parameters cell."""
    blocks = []
    for notebook, given in again(view, choice).items():
        command = " ".join(f"-p {shlex.quote(f'{name}={value}')}" for name, value in given.items())
        cell = "\n".join(f"{name}: {type(value).__name__} = {json.dumps(value)}" for name, value in given.items())
        where = _("in the parameters cell of {notebook}", notebook=f"{notebook}.ipynb")
        text = f"centralasia run {notebook} {command}\n\n# {where}\n{cell}"
        blocks.append(f'<pre style="white-space: pre-wrap">{html.escape(text)}</pre>')
    summary = _("To see this again in a chapter")
    return f"<details><summary>{summary}</summary>{''.join(blocks)}</details>"
