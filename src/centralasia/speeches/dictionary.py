"""What the dictionaries ``theme_terms`` and ``partner_terms`` find in a sentence.

A pattern is read word by word: ``*`` stands for any letters, a blank for blanks, hyphens, commas or quotation marks, a
hyphen for a hyphen, blanks or nothing, and ``…`` for up to eight words between. A word without a capital is found in
any case, a word with one in its own case only. Where a pattern that is *ignored* stands, the patterns of the same code
that begin in it do not count: ``investment climate`` is no climate.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from centralasia.regions import members
from centralasia.speeches.texts import SIGNS
from datacontract import contract
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError

__all__ = ["Dictionary", "partners_of", "speaks_of_region", "themes_of"]

REGION = "C5"
_WORD = re.compile(r"\w+")
_BETWEEN = r"[\s\-–—,\"“”]+"
_GAP = r"\s+(?:\S+\s+){0,8}?(?:\S*[^\w\s])?"
_PLACE = re.compile(r"\b(?:central[ -]asia|aral\b|amu[ -]?darya|syr[ -]?darya|c5\b|ifas\b|caricc\b)", re.IGNORECASE)
_OWN_PLACE = re.compile(
    r"\b(?:our|this|the)(?: entire| whole| vast| wider)? (?:sub-?)?region(?:'s)?\b(?! of\b(?! Central))", re.IGNORECASE
)


class _Entry(NamedTuple):
    label: str
    ignored: bool
    first: str  # letters of the first word
    begins: bool  # the word may go on
    within: bool  # the word may begin before
    rest: re.Pattern[str] | None  # the whole pattern, where it is more than a word


class Dictionary:
    """Patterns by code, found in one pass over the words of a sentence.

    Parameters
    ----------
    rows : iterable of (str, str, bool)
        Code, pattern, and whether the pattern hides others of the code instead of counting.
    """

    def __init__(self, rows: Iterable[tuple[str, str, bool]]) -> None:
        self._entries: dict[str, list[_Entry]] = {}  # by the first letters in lower case
        self._within: list[_Entry] = []
        self._known: dict[str, list[_Entry]] = {}
        for label, pattern, ignored in rows:
            for entry in _entries(label, pattern, ignored):
                if entry.within:
                    self._within.append(entry)
                else:
                    self._entries.setdefault(entry.first.lower(), []).append(entry)
        self._longest = max(map(len, self._entries), default=0)

    def labels(self, sentence: str) -> set[str]:
        """The codes that have a pattern in a sentence."""
        found: set[str] = set()
        hidden: dict[str, int] = {}
        known = self._known
        for word in _WORD.finditer(sentence):
            token = word.group()
            entries = known[token] if token in known else known.setdefault(token, self._starting(token))
            for label, ignored, _, _, _, rest in entries:
                at = word.start()
                if label in found or at < hidden.get(label, 0):
                    continue
                if rest is None:
                    end = word.end()
                elif match := rest.match(sentence, at):
                    end = match.end()
                else:
                    continue
                if ignored:
                    hidden[label] = end
                else:
                    found.add(label)
        return found

    def _starting(self, token: str) -> list[_Entry]:
        """The entries that may begin with a word, those that hide first and, of these, the longest."""
        lower = token.lower()
        found = [
            entry
            for length in range(1, min(len(lower), self._longest) + 1)
            for entry in self._entries.get(lower[:length], [])
            if (entry.begins or length == len(lower)) and (entry.first.islower() or token.startswith(entry.first))
        ]
        found += [e for e in self._within if e.first in (lower if e.first.islower() else token)]
        return sorted(found, key=lambda e: (not e.ignored, -len(e.rest.pattern if e.rest else "")))


def themes_of(sentence: str) -> list[str]:
    """The themes that a sentence names: codes of ``domains.csv`` in its order, after ``theme_terms.csv``.

    A dictionary counts words: it does not know what "this" refers to, nor whether a theme is praised or refused. How
    often it is right stands in ``theme_accuracy.csv``.

    >>> speeches.themes_of("Water and energy must be shared, and the railway must be built.")
    ['TRN', 'ENE', 'WAT']
    >>> speeches.themes_of("The investment climate has improved.")
    ['INV']
    """
    return _in_order(theme_dictionary().labels(sentence.translate(SIGNS)), "domains.domain")


def partners_of(sentence: str) -> list[str]:
    """The actors that a sentence names: codes of ``actors.csv`` in its order, after ``partner_terms.csv``.

    Peoples count as their states ("the Afghan people"); ``C5`` is Central Asia by name. The speaker's own state counts
    like any other.

    >>> speeches.partners_of("We thank the Afghan people and our neighbours in Central Asia.")
    ['AFG', 'C5']
    """
    return _in_order(partner_dictionary().labels(sentence.translate(SIGNS)), "actors.actor")


def speaks_of_region(sentence: str, state: str | None = None) -> bool:
    """Whether a sentence speaks of Central Asia: names it, the Aral Sea or its rivers.

    In the speech of a member, `state`, also by "our region", "the region" and the name of another member.

    >>> speeches.speaks_of_region("The Aral Sea is drying up.")
    True
    >>> speeches.speaks_of_region("Peace in our region matters.")
    False
    >>> speeches.speaks_of_region("Peace in our region matters.", "KAZ")
    True
    """
    said = sentence.translate(SIGNS)
    return names_region(said, partner_dictionary().labels(said), frozenset(members(REGION)), state)


def names_region(sentence: str, named: set[str], five: frozenset[str], state: str | None) -> bool:
    """`speaks_of_region` of a sentence whose actors are known, with the members of the region."""
    if REGION in named or _PLACE.search(sentence):
        return True
    return state in five and bool(named & five - {state} or _OWN_PLACE.search(sentence))


@cached_by_tables("theme_terms", maxsize=8)
def theme_dictionary() -> Dictionary:
    """The dictionary of themes."""
    return Dictionary((row["theme"], row["pattern"], row["use"] == "ignored") for row in contract.rows("theme_terms"))


@cached_by_tables("partner_terms", maxsize=8)
def partner_dictionary() -> Dictionary:
    """The dictionary of actors."""
    return Dictionary((row["actor"], row["pattern"], row["use"] == "ignored") for row in contract.rows("partner_terms"))


def _in_order(codes: set[str], address: str) -> list[str]:
    return [code for code in contract.distinct(address) if code in codes]


def _entries(label: str, pattern: str, ignored: bool) -> list[_Entry]:
    """A pattern as entries by its first word; two where a hyphen in that word may be left out."""
    words = pattern.split()
    head = re.match(r"(\*?)(\w+)(\*?)", words[0]) if words else None
    if head is None or "…" in (words[0], words[-1]):
        raise DataError(f"pattern {pattern!r} of {label}; allowed: words, the first and the last of them letters")
    whole = head.group() == words[0] and len(words) == 1
    rest = None if whole else re.compile(_expression(words) + r"(?!\w)")
    found = [_Entry(label, ignored, head[2], bool(head[3]), bool(head[1]), rest)]
    if glued := re.match(r"(\w+(?:-\w+)+)(\*?)", words[0]):
        first = glued[1].replace("-", "")
        found.append(_Entry(label, ignored, first, bool(glued[2]), False, rest))
    return found


def _expression(words: list[str]) -> str:
    """The regular expression of a pattern."""
    parts = []
    for word in words:
        letters = re.escape(word).replace(r"\*", r"\w*").replace(r"\-", r"[\s\-–—]*")
        parts.append(letters if word != word.lower() else f"(?i:{letters})")
    return _BETWEEN.join(parts).replace(f"{_BETWEEN}(?i:…){_BETWEEN}", _GAP)
