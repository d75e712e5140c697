"""What a preview of a link shows: the title of the page, its first sentence, and a picture made of one figure.

A preview takes an image by its whole address, which is known where `collection.toml` has a ``site_url``. Without one,
the address is relative to the page: some sites follow it, the others show title and sentence alone.
"""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten

from datacontract.context import ENGLISH
from datacontract.language import _, language
from datacontract.phrases import dates_in_words
from notebookcollection.collection import Collection, CollectionError
from notebookcollection.publishing.figures import FIGURES, figure_metadata

__all__ = ["CARD", "Preview", "page_preview", "preview", "write_card"]

CARD = "social.png"  # in the folder of the figures
SIZE = 1200, 630  # pixels, which sites that show previews ask for
ENOUGH, LONGEST = 60, 300  # letters of a description: with fewer, one more sentence is taken
_HEADING = re.compile(r"<h1[^>]*>(.*?)(?:<a class=\"headerlink\"|</h1>)", re.DOTALL)
_FIRST = re.compile(r"</h1>\s*(?:<!--[^>]*-->\s*)*<p[^>]*>(.*?)</p>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.?!…])\s+(?=[\W\d]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")

Preview = dict[str, str]  # what all pages of a report have in common, by property


def preview(notebooks: Mapping[str, Path], collection: Collection) -> Preview:
    """What all pages have in common: the title of the collection, the image and its description, the address.

    Raises `CollectionError` where ``social_image`` names no figure, as NOTEBOOK-CELL.

    >>> from pathlib import Path
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.publishing.social import preview
    >>> preview({}, Collection(Path("notebooks"), {"site_url": "https://example.org/report"}))
    {'og:type': 'article', 'og:site_name': '', 'og:url': 'https://example.org/report/'}
    >>> preview({}, Collection(Path("notebooks"), {"social_image": "05_ties-map"}))
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: social_image: '05_ties-map' is no figure of the report; give
        NOTEBOOK-CELL
    """
    name, title = collection.settings.get("social_image", ""), collection.settings.get("title", "")
    common = {"og:type": "article", "og:site_name": str(_(title)) if title else ""}
    if address := collection.settings.get("site_url"):
        common["og:url"] = address.rstrip("/") + "/" + ("" if language() == ENGLISH else f"{language()}/")
    if not name:
        return common
    for run, path in notebooks.items():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if name.startswith(f"{run}-") else []
        for output in (o for c in cells if f"{run}-{c['id']}" == name for o in c.get("outputs", [])):
            if (figure := figure_metadata(output)) and not figure.get("empty"):
                width, height = map(str, SIZE)
                words = shorten(dates_in_words(figure["alt"]), 400, placeholder=" …")
                image = {"og:image": CARD, "og:image:type": "image/png", "og:image:alt": words}
                return common | image | {"og:image:width": width, "og:image:height": height}
    raise CollectionError(f"social_image: {name!r} is no figure of the report; give NOTEBOOK-CELL")


def write_card(figures: Path, collection: Collection) -> None:
    """Writes the image of previews into the folder of the figures, from the figure that the collection names.

    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.publishing.social import write_card
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Image.new("RGB", (144, 72)).save(pathlib.Path(folder, "05_ties-map.png"))
    ...     write_card(pathlib.Path(folder), Collection(pathlib.Path("notebooks"), {"social_image": "05_ties-map"}))
    ...     Image.open(pathlib.Path(folder, "social.png")).size
    (1200, 630)
    """
    if name := collection.settings.get("social_image"):
        from PIL import Image, ImageOps

        with Image.open(figures / f"{name}.png") as drawn:
            ImageOps.pad(drawn.convert("RGB"), SIZE, color="white").save(figures / CARD)


def page_preview(text: str, name: str, common: Preview) -> str:
    """The elements for the head of a rendered page, from its text: what it says first, and what all pages share.

    >>> from notebookcollection.publishing.social import page_preview
    >>> print(page_preview("<h1>Ties</h1><p>Who signs with whom.</p>", "05_ties", {"og:site_name": "Central Asia"}))
    <meta name="description" content="Who signs with whom." />
    <meta property="og:site_name" content="Central Asia" />
    <meta property="og:title" content="Ties" />
    <meta property="og:description" content="Who signs with whom." />
    <meta name="twitter:card" content="summary" />
    """
    heading, first = _HEADING.search(text), _FIRST.search(text)
    title = _plain(heading[1]) if heading else common["og:site_name"]
    words = _first_sentence(_plain(first[1])) if first else common["og:site_name"]
    base, found = common.get("og:url", ""), common | {"og:title": title, "og:description": words}
    if base:
        found["og:url"] = base + ("" if name == "index" else f"{name}.html")
    if "og:image" in common:
        found["og:image"] = f"{base or '../' * name.count('/')}{FIGURES}/{CARD}"
    lines = [f'<meta name="description" content="{html.escape(words)}" />'] if words else []
    lines += [f'<meta property="{key}" content="{html.escape(value)}" />' for key, value in found.items() if value]
    card = "summary_large_image" if "og:image" in common else "summary"
    return "\n".join([*lines, f'<meta name="twitter:card" content="{card}" />', ""])


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def _first_sentence(words: str) -> str:
    """The first sentence; where it is short, with those after it."""
    said = ""
    for sentence in _SENTENCE.split(words):
        if len(said) >= ENOUGH:
            break
        said = f"{said} {sentence}".strip()
    return shorten(said, LONGEST, placeholder=" …")
