"""The last hand on rendered pages: what may run there, what headers head, where the code of a cell stands."""

import base64
import hashlib
import re

_POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_INLINE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8" />'
_NO_ICON = '<link rel="icon" href="data:," />'  # else browsers ask the server for one


def finished(html, addresses=(), head=""):
    """A rendered page, with a content security policy, header scopes and addresses for its code.

    `addresses` names the code cells in their order on the page, `head` is put into the head of the page.
    """
    waiting = iter(addresses)
    html = re.sub(
        r'(<details class="admonition hide above-input">.*?<div) (class="cell_input)',
        lambda m: f'{m[1]} id="{next(waiting)}" {m[2]}' if addresses else m[0],
        html,
        flags=re.DOTALL,
    )
    # The label would hide the words of the summary from those who hear the page or speak to it.
    html = html.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    html = re.sub(r'<th class="head([^"]*)"', r'<th scope="col" class="head\1"', html)
    html = html.replace("</head>", f"{head}</head>", 1) if head else html
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}" />'
    return html.replace(_CHARSET, f"{_CHARSET}\n    {policy}\n    {_NO_ICON}", 1)


def _policy(html):
    """The policy of a page: its own scripts, by their digests, and files beside it."""
    digests = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in _INLINE.findall(html)}
    return _POLICY.format(hashes="".join(f" 'sha256-{digest}'" for digest in sorted(digests)))
