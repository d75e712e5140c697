"""What outputs of notebooks may say in Markdown: emphasis, lists and addresses. All else is shown as it was written.

Text of the data ends in outputs, captions and titles. A cell of a table that holds HTML, a directive, a formula, an
image or a heading must be read as these characters and do nothing.
"""

import re

_ADDRESS = re.compile(r"(<https?://[^\s<>\"\\`]+>)")
_SPECIAL = re.compile(r"[\\`_\[\]{}<>$|#!~^@]")
_STARTS = re.compile(r"(?m)^([ \t]*)(?:([+=:%]|-(?! )|\*(?=[ *]{2}|$))|(\d+)([.)]))")
_SPOKEN = re.compile(r'(<span lang="[a-z]{2,3}">)(.*)(</span>)', re.DOTALL)  # a sentence that says its language


def inert(text):
    """Markdown of an output with emphasis, lists, web addresses and the language of the whole alone alive."""
    if spoken := _SPOKEN.fullmatch(text):
        return spoken[1] + inert(spoken[2]) + spoken[3]
    parts = _ADDRESS.split(text)
    parts[::2] = [_SPECIAL.sub(r"\\\g<0>", part) for part in parts[::2]]
    return _STARTS.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}"), "".join(parts))


def literal(text):
    """Text as Markdown that shows exactly this text, on one line; the language of the whole stays."""
    if spoken := _SPOKEN.fullmatch(text):
        return spoken[1] + literal(spoken[2]) + spoken[3]
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())).replace("*", r"\*")
    return re.sub(r"^(?:([-+=:%])|(\d+)([.)]))", lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)
