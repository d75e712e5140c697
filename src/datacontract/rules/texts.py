"""Rules of texts: they are plain and whole, in one alphabet, and a translation has the fields of its original."""

import re
import string
import unicodedata
from collections.abc import Iterator

from datacontract.contract import Field
from datacontract.errors import suggest
from datacontract.faults import Fault
from datacontract.rules.tables import Tables

__all__ = ["LOST", "labels_of_codes", "plain_text"]

_FORMULA = ("=", "+", "-", "@", "\t")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # categories of characters
_SLOT = re.compile(r"\{[a-z_]+(:[^{}]*)?\}")  # of a template
_MARKUP = re.compile(r"[<>`]|\]\(|javascript:|\{[a-z-]+\}", re.IGNORECASE)
# What people write for "not known", and spreadsheets for what they cannot compute.
_NOTHING = re.compile(
    r"n/?a|n\.a\.|null|nan|nat|tb[da]|todo|x{2,}|[-–—_.…?*/]+|н/д|#(n/a|ref|name|value|div/0|num|null).*", re.IGNORECASE
)
LOST = re.compile(r"\ufffd|\?{3,}|[^\W\d_]\?[^\W\d_]")
_TWO_ALPHABETS = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_LIST = re.compile(r"[^\W\d_]+( [^\W\d_]+)*|;")  # the word that joins a list, or what stands between its items
_NUMBER = re.compile(r"1\D234\D5")
# Which kinds of formats a translation may have where the original has one: a noun may need forms in it, or none.
_FITTING = {
    "plain": {"plain", "forms"}, "number": {"plain", "number", "forms"}, "forms": {"plain", "number", "forms"},
    "list": {"list"},
}  # fmt: skip


def plain_text(tables: Tables) -> Iterator[Fault]:
    """Text that says something and that no program reads as more: no markup or formula, no letters lost on the way."""
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
    if _MARKUP.search(_SLOT.sub("", cell) if field.get("template") else cell):
        return "plain text without markup"
    if cell != cell.strip() or "  " in cell:
        return "single spaces, none at either end"
    if "means" not in field and (LOST.search(cell) or (not cell.isascii() and _is_misread(cell))):
        return "text with all its letters: some were lost when it was saved in another encoding"
    if not cell.isascii() and _TWO_ALPHABETS.search(cell.replace("\\n", " ")):
        return "words in one alphabet: a letter is Cyrillic among Latin ones, or the other way round"
    if "pattern" not in field.get("constraints", {}) and not field.get("template") and _NOTHING.fullmatch(cell):
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
    """``labels``: a text names a code of the table of its kind, or says what one of the base language says."""
    for name, spec in tables.declared("labels"):
        base, kinds, rows = spec["base"], spec["kinds"], tables.rows[name]
        texts = {(row["kind"], row["code"]): row["text"] for row in rows if row["language"] == base}
        known = {kind: tables.codes(target) for kind, target in kinds.items()}
        known |= {kind: {c for k, c in texts if k == kind} for kind in {k for k, _ in texts} - kinds.keys()}
        spoken: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            spoken.setdefault((row["kind"], row["code"]), set()).add(row["language"])
        for number, row in tables.numbered(name):
            kind, code, target = row["kind"], row["code"], kinds.get(row["kind"])
            if kind in spec["elsewhere"]:
                if spoken[kind, code] == {row["language"]}:
                    others = sorted(c for (k, c), heard in spoken.items() if k == kind and heard - {row["language"]})
                    if others:
                        allowed = f"a code that another language has too: {suggest(code, others)}"
                        yield tables.fault(name, number, "code", allowed)
                continue
            if target and target["resource"] not in tables.rows:
                continue
            codes = known.get(kind, set())
            if code not in codes:
                of = f"{target['resource']}.{target['field']}" if target else f"a {kind} in {base}"
                yield tables.fault(name, number, "code", f"a code of {of}: {suggest(code, sorted(codes))}")
            elif target and row["language"] == base:
                allowed = f"another language, for {target['resource']} has the {base}"
                yield tables.fault(name, number, "language", allowed)
            elif not target and (allowed := _unlike(row["text"], texts[kind, code], base)):
                yield tables.fault(name, number, "text", allowed)
            elif kind == "number" and not _NUMBER.fullmatch(row["text"]):
                yield tables.fault(name, number, "text", "the number 1234.5 as the language writes it, as 1,234.5")


def _unlike(text: str, original: str, base: str) -> str:
    """What the fields of a text have to be, where they are not those of the original in name and kind of format."""
    found, wanted = _slots(text), _slots(original)
    if wanted is None:
        return "braces that match, each with the name of a field" if text == original else ""
    if found is None or found.keys() != wanted.keys():
        return f"the fields of the {base} text in braces: {', '.join(sorted(wanted)) or 'none'}"
    for field, kinds in [*wanted.items(), *found.items()]:
        for kind in sorted(kinds):
            if kind.startswith("no "):
                return f"for {{{field}}} a format of Python, th, forms of a noun, or a word that joins a list"
            if kind not in set().union(*(_FITTING[one] for one in wanted[field])):
                return f"for {{{field}}} what the {base} text has: {original}"
    return ""


def _slots(text: str) -> dict[str, set[str]] | None:
    """The kinds of formats of a template's fields, by their names; None where its braces do not match."""
    found: dict[str, set[str]] = {}
    try:
        for _, field, form, conversion in string.Formatter().parse(text):
            if field is not None:
                if not field.isidentifier() or conversion:
                    return None
                found.setdefault(field, set()).add(_kind(form or ""))
    except ValueError:
        return None
    return found


def _kind(form: str) -> str:
    """Of which kind a format is: none, of a number, forms of a noun, or of a list."""
    if not form:
        return "plain"
    if "|" in form:
        return "forms" if 2 <= len(form.removeprefix("|").split("|")) <= 3 else "no forms"
    if form == "th":
        return "number"
    for number in (1.5, 1):
        try:
            format(number, form)
            return "number"
        except (ValueError, OverflowError, MemoryError):
            continue
    return "list" if _LIST.fullmatch(form) else "no format"
