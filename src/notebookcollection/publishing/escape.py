"""What outputs of notebooks may say: emphasis, lists, addresses and tables. All else is shown as it was written.

Text of the data ends in outputs, captions and titles. A cell of a table that holds HTML, a directive, a formula, an
image or a heading must be read as these characters and do nothing.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from datacontract.phrases import dates_in_words, unbroken

__all__ = ["escape_block", "escape_inline", "sanitize_table"]

_ADDRESS = re.compile(r"(<https?://[^\s<>\"\\`]+>)")
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")  # white space at which a line may end
_SPECIAL = re.compile(r"[\\`_\[\]{}<>$|#!~^@]")
_STARTS = re.compile(r"(?m)^([ \t]*)(?:([+=:%]|-(?! )|\*(?=[ *]{2}|$))|(\d+)([.)]))")
_MARKED = re.compile(r'(<span lang="[a-z]{2,3}">)(.*)(</span>)', re.DOTALL)  # a sentence that says its language
_KEPT = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "p", "br", "em", "strong", "code"}
_DROPPED = ["style", "script", "title", "template", "noscript", "iframe", "svg", "math"]  # their content goes with them
_ATTRIBUTES = {"class", "colspan", "rowspan"}
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")  # between tags


def escape_block(text: str) -> str:
    r"""Markdown of an output with emphasis, lists, web addresses and the language of the whole alone alive.

    >>> from notebookcollection.publishing.escape import escape_block
    >>> print(escape_block("**Two** of `{n}` <b>: <https://orient.tm>"))
    **Two** of \`\{n\}\` \<b\>: <https://orient.tm>
    """
    if marked := _MARKED.fullmatch(text):
        return marked[1] + escape_block(marked[2]) + marked[3]
    parts = _ADDRESS.split(text)
    parts[::2] = [_SPECIAL.sub(r"\\\g<0>", part) for part in parts[::2]]
    return _STARTS.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}"), "".join(parts))


def escape_inline(text: str) -> str:
    r"""Text as Markdown that shows exactly this text, on one line; the language of the whole stays.

    >>> from notebookcollection.publishing.escape import escape_inline
    >>> print(escape_inline("1. a *title* of $x$"))
    1\. a \*title\* of \$x\$
    """
    if marked := _MARKED.fullmatch(text):
        return marked[1] + escape_inline(marked[2]) + marked[3]
    line = _BREAKING.sub(" ", text).strip()
    text = _SPECIAL.sub(r"\\\g<0>", line).replace("*", r"\*")
    return re.sub(r"^(?:([-+=:%])|(\d+)([.)]))", lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def sanitize_table(html: str, pages: Mapping[str, str] = MappingProxyType({})) -> str:
    """The tables of an HTML output: header cells say what they head, dates are in words, nothing in them can act.

    Other elements than those of tables and plain text, their attributes, comments and scripts are left out. The head
    of a row that is the title of one of `pages` leads to its address. Scripts sort dates by their ISO form.

    >>> from notebookcollection.publishing.escape import sanitize_table
    >>> sanitize_table('<table onclick="f()"><tr><td>2020-03-06<script>f()</script></td></tr></table>')
    '<table><tr><td><time datetime="2020-03-06">6 March 2020</time></td></tr></table>'
    """
    soup = BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"div", "table"})
    for dropped in [*soup.find_all(_DROPPED), *soup.find_all(string=lambda s: isinstance(s, PreformattedString))]:
        dropped.extract()
    for element in soup.find_all(True):
        element.attrs = {name: value for name, value in element.attrs.items() if name in _ATTRIBUTES}
        if element.name not in _KEPT:
            element.unwrap()
    for header in soup.find_all("th"):
        if header.contents:
            header["scope"] = "col" if header.find_parent("thead") else "row"
            if header["scope"] == "row" and (address := pages.get(header.get_text())):
                link = soup.new_tag("a", href=address)
                link.string = header.get_text()
                header.clear()
                header.append(link)
        else:  # an empty cell heads nothing
            header.name, header.attrs = "td", {}
    return _TEXT.sub(_in_words, soup.decode())


def _in_words(text: re.Match[str]) -> str:
    return dates_in_words(unbroken(text[0]), _timed)


def _timed(date: str, words: str) -> str:
    return f'<time datetime="{date}">{words}</time>'
