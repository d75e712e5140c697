"""What a field allows, in words that say how to write it, and what a cell has that is easily mended."""

import re

from datacontract.contract import Field
from datacontract.errors import listed

__all__ = ["allowed", "hint"]

_DATES = "a year, month or day that exists, as 2031, 2031-02 or 2031-02-01"
_NOUNS = {"integer": "a whole number", "number": "a number", "list": "codes joined by {delimiter}"}
# What other letters than Latin ones look like these, in Cyrillic and Greek.
_ALIKE = re.compile(r"[АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]")
_TRUE_AND_FALSE = re.compile(r"(?i)true|false|wahr|falsch|истина|ложь|vrai|faux|yes|no|да|нет|1|0")


def allowed(field: Field, value: str | None = None) -> str:
    """What a field allows, in words, from its contract; of long lists only what is nearest to `value`, if given.

    >>> from datacontract.allowed import allowed
    >>> allowed({"type": "integer", "constraints": {"minimum": 0, "required": True}})
    'a whole number from 0 to …, not blank'
    >>> allowed({"type": "string", "constraints": {"enum": ["low", "medium", "high"]}})
    'one of low, medium, high, or blank for unknown'
    """
    limits, kind = field.get("constraints", {}), field["type"]
    words = []
    if "trueValues" in field:
        words.append(" or ".join([*field["trueValues"], *field["falseValues"]]))
    elif "enum" in limits:
        words.append(f"one of {', '.join(limits['enum']) if value is None else listed(value, limits['enum'])}")
    elif "means" in field and field["means"]["what"] == "date":
        words.append(_DATES + _bounds(field["means"].get("from"), field["means"].get("to")))
    else:
        noun = _NOUNS.get(kind, "").format(delimiter=field.get("delimiter", ";"))
        words.append((noun + _bounds(limits.get("minimum"), limits.get("maximum"))).strip())
        if "pattern" in limits:
            example = field.get("example")
            words.append(f"written like {example}" if example else f"of the form {limits['pattern']}")
    if "maxLength" in limits:
        words.append(f"at most {limits['maxLength']} characters")
    words.append("not blank" if limits.get("required") else "or blank for unknown")
    return ", ".join(filter(None, words))


def hint(cell: str, field: Field) -> str:
    """How a wrong cell is mended, where that is plain to see; else "".

    >>> from datacontract.allowed import hint
    >>> [hint(cell, {"type": "number"}) for cell in ("3,5", "1 200 000")]
    ['with a decimal point, not a comma', 'without marks for thousands or per cent']
    >>> hint("КAZ", {"type": "string"})
    "in Latin letters: 'К' is none, though it looks like one"
    """
    kind, date = field["type"], field.get("means", {}).get("what") == "date"
    if cell != cell.strip() or "\u00a0" in cell:
        return "without blanks around or inside"
    if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "\"'“”«»":
        return "without quotation marks"
    if "trueValues" in field and _TRUE_AND_FALSE.fullmatch(cell):
        return "in just this spelling"
    if kind in ("number", "integer") and re.fullmatch(r"-?\d+,\d+", cell):
        return "with a decimal point, not a comma"
    if kind in ("number", "integer") and re.fullmatch(r"-?\d{1,3}([ ,.'’]\d{3})+([.,]\d+)?|.*%", cell):
        return "without marks for thousands or per cent"
    if date and re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./]\d{1,2}([./]\d{1,2})?", cell):
        return "with the year first, then month and day in two figures, joined by hyphens"
    if found := _ALIKE.search(cell):
        return (
            f"in Latin letters: {found[0]!r} is none, though it looks like one" if cell.upper() != cell.lower() else ""
        )
    return ""


def _bounds(low: object, high: object) -> str:
    return (
        f" from {'…' if low is None else low} to {'…' if high is None else high}" if (low, high) != (None, None) else ""
    )
