"""A figure of a notebook on a page of the report: what its output says of it, its caption, what can be downloaded."""

import html as markup
import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from datacontract import sources
from datacontract.files import write_if_changed
from datacontract.language import _
from datacontract.phrases import dates_in_words, unbroken
from datacontract.words import MarkdownText
from notebookcollection.collection import Collection
from notebookcollection.publishing.escape import escape_inline

__all__ = ["FIGURES", "NARROW", "FigureMetadata", "describe_figure", "figure_metadata", "write_downloads"]

WIDE = 560  # points
FIGURES = "figures"  # the folder of the site with image and data of each figure, under addresses that stay
NARROW = "narrow"  # the folder in it with those for narrow screens
_NARROW_SVG = "image/svg+xml;width=narrow"  # in the output of a figure, beside the one that is offered


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
    """What an output says of the figure that it shows; None where it shows none.

    >>> from notebookcollection.publishing.figures import figure_metadata
    >>> figure = {"title": "Ties a year", "caption": "Ties a year.", "alt": "Lines that rise."}
    >>> figure_metadata({"data": {}, "metadata": {"figure": figure}})["alt"], figure_metadata({"data": {}})
    ('Lines that rise.', None)
    """
    found: FigureMetadata | None = output.get("metadata", {}).get("figure")
    return found


def describe_figure(
    figure: FigureMetadata, name: str, data: Mapping[str, Any], here: Container[str] = (), sources_page: str = ""
) -> dict[str, Any]:
    r"""What MyST-NB has to know of a figure; caption and alternative text in their own languages.

    >>> from notebookcollection.publishing.figures import describe_figure
    >>> figure = {"title": "Ties", "caption": "n = 5, until 2020-03-06.", "alt": "Lines that rise."}
    >>> found = describe_figure(figure, "05_ties-steps", {"image/svg+xml": '<svg width="600pt">'})
    >>> found["image"]
    {'alt': 'Lines that rise.', 'classes': 'wide'}
    >>> found["figure"]
    {'caption': 'n\xa0=\xa05, until 6 March 2020.', 'name': '05_ties-steps'}
    """
    languages = figure.get("languages", {})
    said, on_paper = figure["caption"], not sources_page
    if on_paper and "sources" in figure:
        said = _without_place(said)
    # docutils makes the attribute `lang` of such a class.
    classes = [f"language-{languages['alt']}"] if "alt" in languages else []
    svg = re.search(r"<svg[^>]* width=[\"']([\d.]+)pt", "".join(data.get("image/svg+xml", "")))
    if svg and float(svg[1]) > WIDE:  # it has to scroll to be read on a narrow page
        classes.append("wide")
    caption = MarkdownText(unbroken(dates_in_words(said)), languages.get("caption"))._repr_markdown_()
    shown = escape_inline(caption)
    if sources_page:
        shown = _link_sources(shown, figure.get("sources", {}), here, sources_page)
    return {
        "image": {"alt": dates_in_words(figure["alt"])} | ({"classes": " ".join(classes)} if classes else {}),
        "figure": {"caption": shown, "name": name},
        "code_prompt_show": str(_("Code of this figure")),
    }


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


def write_downloads(
    figure: FigureMetadata, data: dict[str, Any], name: str, folder: Path, collection: Collection
) -> None:
    r"""Writes what can be downloaded of a figure, and takes from the `data` of its output what no page shows.

    Into the folder go its data, its image, the line that its PNG ends with, and its drawing for narrow screens, if any.

    >>> import pathlib, tempfile
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.publishing.figures import write_downloads
    >>> figure = {"title": "Ties", "caption": "Ties a year. Source: Orient (listed below).", "alt": "Lines that rise."}
    >>> data = {"text/csv": "year,ties\n", "image/svg+xml": "<svg/>"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     collection = Collection(pathlib.Path("notebooks"), {"title": "Central Asia"})
    ...     write_downloads(figure | {"sources": {"Orient": "orient"}}, data, "steps", pathlib.Path(folder), collection)
    ...     pathlib.Path(folder, "steps.txt").read_text(), list(data)
    ('Source: Orient. Central Asia', ['image/svg+xml'])
    """
    write_if_changed(folder / f"{name}.csv", "".join(data.pop("text/csv")))
    write_if_changed(folder / f"{name}.svg", "".join(data["image/svg+xml"]))
    write_if_changed(folder / f"{name}.txt", _source_line(figure, collection))
    if narrow := data.pop(_NARROW_SVG, None):
        write_if_changed(folder / NARROW / f"{name}.svg", "".join(narrow))


def _source_line(figure: FigureMetadata, collection: Collection) -> str:
    """Where a figure comes from, for an image that stands alone: its sources and the title of the collection."""
    caption, shown = figure["caption"], ""
    if places := [place for words in figure.get("sources", {}) if (place := caption.find(words)) >= 0]:
        sentence = caption[caption.rfind(". ", 0, min(places)) + 1 :].strip()
        shown = _without_place(sentence) + " "
    title = collection.settings.get("title", "")
    return shown + (_(title) if title else "")


def _without_place(caption: str) -> str:
    """A caption without the words that say where the page lists its sources, "(listed below)", at its end."""
    return re.sub(r" \([^()]+\)\.$", ".", caption)
