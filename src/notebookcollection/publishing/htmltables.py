"""HTML outputs of notebooks: tables whose header cells say what they head, and nothing that could act."""

import re
from html import escape
from html.parser import HTMLParser

_KEPT = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "p", "br", "em", "strong", "code"}
_SILENT = {"style", "script", "title", "template", "noscript", "iframe", "svg", "math"}  # their content goes with them
_ATTRIBUTES = {"class", "colspan", "rowspan"}
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?\b")


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.silent, self.head, self.header = [], [], False, None

    def handle_starttag(self, tag, attributes):
        if tag in _SILENT:
            self.silent.append(tag)
        if self.silent or tag not in _KEPT:
            return
        if tag in ("thead", "tbody"):
            self.head = tag == "thead"
        kept = "".join(f' {k}="{escape(v or "")}"' for k, v in attributes if k in _ATTRIBUTES)
        if tag == "th":
            self.header = len(self.out)
            kept += f' scope="{"col" if self.head else "row"}"'
        self.out.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag):
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
        elif tag in _KEPT and tag != "br":
            if tag == "th" and self.header == len(self.out) - 1:  # an empty cell heads nothing
                self.out[self.header] = "<td>"
                tag = "td"
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        if not self.silent:
            # A narrow column would break a date at its hyphens; the style keeps what is marked on one line.
            self.out.append(_DATE.sub(r'<span class="date">\g<0></span>', escape(data, quote=False)))


def scoped(html):
    """The tables of an HTML output, with header scopes and marked dates.

    Other elements, their attributes and scripts are left out.
    """
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return "".join(parser.out)
