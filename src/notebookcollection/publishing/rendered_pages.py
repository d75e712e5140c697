"""A page that Sphinx has rendered: what it may load, heads of its tables, addresses of its code, figures on phones."""

import base64
import hashlib
import re
from collections.abc import Container, Sequence

from notebookcollection.collection import CollectionError
from notebookcollection.publishing.figures import FIGURES, NARROW

__all__ = ["offer_narrow", "postprocess_page"]

_PHONE = "screen and (max-width: 600px)"
_POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_INLINE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))[^>]*>(.*?)</script>", re.DOTALL)
_CODE_CELL = re.compile(r'(<details class="admonition hide above-input">.*?<div) (class="cell_input)', re.DOTALL)
_IMAGE = re.compile(rf'<img [^>]*src="((?:\.\./)*{FIGURES}/)([^"/]+)"[^>]*/>')
_ICON = (  # a dot between two others, in the colours of the theme; without one, browsers ask the server
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E'
    "%3Cpath d=%22M3 12 8 4l5 8z%22 fill=%22none%22 stroke=%22%230a5f73%22 stroke-width=%221.6%22/%3E%3Cg fill=%22%23"
    "0a5f73%22%3E%3Ccircle cx=%228%22 cy=%224%22 r=%222.6%22/%3E%3Ccircle cx=%223%22 cy=%2212%22 r=%222.2%22/%3E"
    '%3Ccircle cx=%2213%22 cy=%2212%22 r=%222.2%22/%3E%3C/g%3E%3C/svg%3E" />'
)
# A space before a per cent sign or a year's abbreviation, or in "n = 5": outside of tags.
_HELD = re.compile(r"(?:(?<=\d) (?=%|гг?\.|ж\.)|(?<=\bn) (?==)|(?<=\bn =) (?=\d))(?![^<>]*>)")
# What no line shall end within, outside of tags: two years of a span, an interval or a date in brackets.
_UNTOUCHED = r"<(?P<element>script|style|pre|svg|math)\b.*?</(?P=element)>|<[^>]*>"
_NUMBERS = r"[^()<>]{0,10}\d[^()<>]{0,14}\d[^()<>]{0,10}"
_TOGETHER = re.compile(rf"{_UNTOUCHED}|(?P<bracket>\({_NUMBERS}\))|(?P<years>\b\d{{4}}–\d{{4}}\b)", re.DOTALL)
_CHARSET = '<meta charset="utf-8" />'


def postprocess_page(
    html: str,
    name: str,
    addresses: Sequence[str] = (),
    head: str = "",
    narrow: Container[str] = (),
) -> str:
    """A rendered page, with a content security policy, header scopes and addresses for its code.

    A number stays on one line with its per cent sign, a year with the other of a span, an interval with its brackets.

    `addresses` names the code cells in their order on the page, `head` is put into the head of the page, `narrow` names
    the figures that a phone shows in another drawing. Raises `CollectionError` with the `name` of the page where it
    is not what the theme and MyST-NB wrote until now.

    >>> from notebookcollection.publishing.rendered_pages import postprocess_page
    >>> page = '<head><meta charset="utf-8" /></head><th class="head">Year</th><script>f()</script>'
    >>> print(postprocess_page(page, "05_ties"))
    <head><meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'sha256-...'; ..." />
        <link rel="icon" .../></head><th scope="col" class="head">Year</th><script>f()</script>
    >>> postprocess_page(page, "05_ties", ["code-order"])
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: 05_ties: rendered with the code of 0 cells, not 1, or no charset
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
    html = _together(offer_narrow(_HELD.sub("\N{NO-BREAK SPACE}", html), narrow))
    html = html.replace("</head>", f"{head}</head>", 1)
    digests = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in _INLINE.findall(html)}
    hashes = "".join(f" 'sha256-{digest}'" for digest in sorted(digests))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(hashes=hashes)}" />'
    return html.replace(_CHARSET, f"{_CHARSET}\n    {policy}\n    {_ICON}")


def _together(html: str) -> str:
    before, article, rest = html.partition("<article")
    text, end, after = rest.rpartition("</article>")
    return f"{before}{article}{_TOGETHER.sub(_marked, text)}{end}{after}"


def _marked(found: re.Match[str]) -> str:
    kind = found.lastgroup
    return f'<span class="{kind}">{found[0]}</span>' if kind in ("bracket", "years") else found[0]


def offer_narrow(html: str, narrow: Container[str]) -> str:
    """A rendered page on which a phone shows the figures of these names in another drawing.

    >>> from notebookcollection.publishing.rendered_pages import offer_narrow
    >>> page = '<img src="figures/steps.svg" /><img src="figures/map.svg" />'
    >>> print(offer_narrow(page, {"steps.svg"}))
    <picture><source media="screen and (max-width: 600px)" srcset="figures/narrow/steps.svg" /><img
        src="figures/steps.svg" /></picture><img src="figures/map.svg" />
    """

    def picture(image: re.Match[str]) -> str:
        folder, name = image.groups()
        if name not in narrow:
            return image[0]
        return f'<picture><source media="{_PHONE}" srcset="{folder}{NARROW}/{name}" />{image[0]}</picture>'

    return _IMAGE.sub(picture, html)
