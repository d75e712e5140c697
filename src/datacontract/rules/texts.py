"""Rules of texts: they are plain and whole, in one alphabet, and names are of codes that there are."""

import re
import unicodedata
from collections.abc import Iterator

from datacontract.contract import Field
from datacontract.errors import suggest
from datacontract.faults import Fault
from datacontract.rules.tables import Tables

__all__ = ["LOST", "labels_of_codes", "plain_text"]

_FORMULA = ("=", "+", "-", "@", "\t")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # categories of characters
_MARKUP = re.compile(r"[<>`]|\]\(|javascript:|\{[a-z-]+\}", re.IGNORECASE)
# What people write for "not known", and spreadsheets for what they cannot compute.
_NOTHING = re.compile(
    r"n/?a|n\.a\.|null|nan|nat|tb[da]|todo|x{2,}|[-–—_.…?*/]+|н/д|#(n/a|ref|name|value|div/0|num|null).*", re.IGNORECASE
)
LOST = re.compile(r"\ufffd|\?{3,}|[^\W\d_]\?[^\W\d_]")
_TWO_ALPHABETS = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")


def plain_text(tables: Tables) -> Iterator[Fault]:
    r"""Text that says something and that no program reads as more: no markup or formula, no letters lost on the way.

    >>> from datacontract.rules import Tables, texts
    >>> notes = {"path": "notes.csv", "schema": {"fields": [{"name": "note", "type": "string"}]}}
    >>> rows = [{"note": note} for note in ("in Bishkek", "=SUM(A1:A9)", "Қaзақстан", "n/a")]
    >>> print(*texts.plain_text(Tables({"notes": notes}, {"notes": rows}, "text")), sep="\n")
    notes.csv, row 3, column note: '=SUM(A1:A9)' is not allowed; allowed: text that does not begin like a
        formula (= + - @) [text]
    notes.csv, row 4, column note: 'Қaзақстан' is not allowed; allowed: words in one alphabet: a letter is
        Cyrillic among Latin ones, or the other way round [text]
    notes.csv, row 5, column note: 'n/a' is not allowed; allowed: a text that says something, or blank for
        unknown [text]
    """
    for name, field in tables.fields(lambda f: f["type"] in ("string", "list")):
        column = field["name"]
        if "enum" not in field.get("constraints", {}):
            wrong = {cell: _unplain(cell, field) for cell in {row[column] for row in tables.rows[name]}}
            for number, row in tables.numbered(name) if any(wrong.values()) else ():
                if allowed := wrong[row[column]]:
                    yield tables.fault(name, number, column, allowed)


def _unplain(cell: str, field: Field) -> str:
    """What a text that is not plain has to be."""
    if not cell.isprintable() and any(unicodedata.category(c) in _UNSEEN for c in cell):
        return "text without control characters"
    if cell.startswith(_FORMULA):
        return "text that does not begin like a formula (= + - @)"
    if _MARKUP.search(cell):
        return "plain text without markup"
    if cell != cell.strip() or "  " in cell:
        return "single spaces, none at either end"
    if "means" not in field and (LOST.search(cell) or (not cell.isascii() and _is_misread(cell))):
        return "text with all its letters: some were lost when it was saved in another encoding"
    if not cell.isascii() and _TWO_ALPHABETS.search(cell):
        return "words in one alphabet: a letter is Cyrillic among Latin ones, or the other way round"
    if "pattern" not in field.get("constraints", {}) and _NOTHING.fullmatch(cell):
        return "a text that says something, or blank for unknown"
    return ""


def _is_misread(cell: str) -> bool:
    """Whether a text was UTF-8 that somebody read in a code page: read back it makes sense, which others do not."""
    for page in ("cp1252", "cp1251"):
        try:
            return cell.encode(page).decode("utf-8") != cell
        except UnicodeError:
            continue
    return False


def labels_of_codes(tables: Tables) -> Iterator[Fault]:
    """``labels``: a name in another language than the base is of a code of the table of its kind.

    >>> from datacontract.rules import Tables, texts
    >>> spec = {"base": "en", "kinds": {"actor": {"resource": "actors", "field": "actor"}}}
    >>> labels = {"path": "labels.csv", "schema": {"fields": [], "labels": [spec]}}
    >>> rows = {"actors": [{"actor": "KAZ"}], "labels": [{"kind": "actor", "code": "KZ", "language": "ru"}]}
    >>> print(*texts.labels_of_codes(Tables({"labels": labels, "actors": {"schema": {"fields": []}}}, rows, "label")))
    labels.csv, row 2, column code: 'KZ' is not allowed; allowed: a code of actors.actor: did you mean 'KAZ'?
        allowed: KAZ [label]
    """
    for name, spec in tables.declared("labels"):
        base, kinds = spec["base"], spec["kinds"]
        known = {kind: tables.codes(target) for kind, target in kinds.items()}
        for number, row in tables.numbered(name):
            kind, target = row["kind"], kinds.get(row["kind"])
            if not target or target["resource"] not in tables.rows:
                continue
            if row["code"] not in known[kind]:
                of = f"{target['resource']}.{target['field']}"
                yield tables.fault(name, number, "code", f"a code of {of}: {suggest(row['code'], sorted(known[kind]))}")
            elif row["language"] == base:
                allowed = f"another language, for {target['resource']} has the {base}"
                yield tables.fault(name, number, "language", allowed)
