"""The rule of every measure, and how the test of a claim (``claims.csv``, column ``test``) is read for it."""

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia.claims import lookups
from centralasia.claims.measures import Check, Checks
from centralasia.dates import iso_date
from centralasia.regions import check_pair
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, DataError, check_choice, suggest
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = ["NO_MEASURE", "RULES", "Rule", "tests"]

NO_MEASURE = "none"
BESIDE = "beside"  # the value of `use` in a test that is told and not counted


@dataclass(frozen=True)
class Rule:
    """How the checks of a measure are made: a function whose keywords are the keys of the test, and when they hold.

    A keyword that Python needs itself ends in an underscore. One of the keys in each of ``one_of``, joined by /, is
    needed. ``noun`` (of one, of several) is what the checks differ by where they are one thing looked up in several
    ways.
    """

    judge: Callable[..., Checks]
    description: str
    one_of: tuple[str, ...] = ()
    noun: tuple[str, str] | None = None

    @functools.cached_property
    def keywords(self) -> dict[str, inspect.Parameter]:
        """The parameters of the function, by the keys of the test."""
        return {name.rstrip("_"): how for name, how in inspect.signature(self.judge).parameters.items()}

    @property
    def required(self) -> list[str]:
        """The keys that a test must have, those of which one is needed joined by /."""
        return [*(key for key, how in self.keywords.items() if how.default is how.empty), *self.one_of]

    @property
    def optional(self) -> list[str]:
        """The keys that a test may have."""
        needed = "/".join(self.required).split("/")
        return [key for key in self.keywords if key not in needed]

    def checks(self, test: dict[str, Any]) -> list[Check]:
        """What the rule finds on a test."""
        values = {how.name: test.get(key, how.default) for key, how in self.keywords.items()}
        return list(self.judge(**values)) or [Check("nothing on record", None)]


RULES = {
    "documents.date": Rule(lookups.document_date,
        "The date of the document lies within 'date' (a year, month or day)."),
    "documents.term": Rule(lookups.document_term,
        "The document has the 'term' (fixed or open), the first and last year 'start' and 'end', or lasted 'years' "
        "years: from its date to its repeal, rounded, and by the years of its term, both counted.",
        ("term/start/end/years",)),
    "priorities.rank": Rule(lookups.partner_rank,
        "In every reading of the document the actor has the 'place', or is 'named' at all, or at least 'placed' "
        "partners have a place. A reading that gives the actor no place settles nothing.",
        ("actor/placed", "place/named/placed"), ("reading", "readings")),
    "priorities.shift": Rule(lookups.partner_shift,
        "In every combination of readings of the two documents the actor moves as 'move' says (up, down, same); "
        "without an actor, 'some' of the partners placed in both move and some stay.",
        (), ("combination of readings", "combinations of readings")),
    "commitments.domain": Rule(lookups.document_domain,
        "The document commits to each 'domain' outright (one of several joined by /), and not to any under 'not'."),
    "ties.level": Rule(lookups.tie_level,
        "With every other member of the region the state has signed an act with a label of the scale after the "
        "document 'since'. None found settles nothing."),
    "meetings.held": Rule(lookups.meeting_held,
        "A meeting was held with that host between the dates 'first' and 'last'. None on record settles nothing; one "
        "that is on record as not held speaks against it."),
    "meetings.attendance": Rule(lookups.meeting_attendance,
        "Every member of the region came to the meeting at that 'level'. No record of a state settles nothing."),
    "agenda.domain": Rule(lookups.meeting_domain,
        "The voice named the domain outright at one meeting at least and, where 'share' is given, at that share of the "
        "meetings (at least and at most, so that what was not read settles nothing), and never in order to refuse it."),
    "treaty_signatures.status": Rule(lookups.treaty_status,
        "The state has signed the treaty. No signature found settles nothing."),
    "pair_agenda.domain": Rule(lookups.pair_domain,
        "The domain was named outright at one event of the pair at least, and at the 'share' of its events (at least "
        "and at most, so that what was not read settles nothing). With 'core', every theme of it reaches that share "
        "and no other theme does.",
        ("domain/core",)),
    "unga.cohesion": Rule(lookups.vote_cohesion,
        "The region (or the pairs of one 'state' in it) votes more alike in the 'window' years after the year of the "
        "document 'since' than in as many up to it: by every measure, absence left out or counted.",
        (), ("way to measure", "ways to measure")),
    "trade.share": Rule(lookups.trade_share,
        "The region has a higher share in the trade of every member that reports in the year 'last' than in 'first'."),
}  # fmt: skip


# What a key may hold: its kind, and the words or the column of the codes that are allowed.
_DOCUMENT, _DOMAIN = ("code", "documents.document_id"), ("list", "domains.domain")
KEYS = {
    "document": _DOCUMENT, "before": _DOCUMENT, "after": _DOCUMENT, "since": _DOCUMENT, "domain": _DOMAIN,
    "not": _DOMAIN, "core": _DOMAIN, "actor": ("code", "priorities.actor"), "list": ("code", "priorities.list"),
    "state": ("code", "actors.actor"), "host": ("code", "meetings.host_state"), "voice": ("code", "agenda.voice"),
    "region": ("code", "memberships.region"), "meeting": ("code", "meetings.meeting_id"),
    "treaty": ("code", "treaty_signatures.treaty_id"), "source": ("code", "sources.source_key"),
    "level": ("code", "attendance.level"), "term": ("code", "documents.term"), "move": ("word", "up down same some"),
    "named": ("word", "yes"), "use": ("word", BESIDE), "gold": ("word", "kept left_out"), "share": ("share", ""),
    **dict.fromkeys(("place", "placed", "start", "end", "years", "window"), ("count", "")),
    **dict.fromkeys(("date", "first", "last"), ("date", "")), "pair": ("pair", ""),
}  # fmt: skip
_NUMBERS: dict[str, tuple[str, type, str]] = {
    "count": (r"\d+", int, "a whole number"), "share": (r"0\.\d*[1-9]\d*|1(\.0+)?", float, "above 0 and up to 1"),
}  # fmt: skip


def tests(claim: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The tests of a claim: a list of ``(measure, test)``, the test a dictionary of what its rule must know.

    `claim` is a row of ``claims.csv``. Raises `DataError` that names the claim where a measure has no rule, the test
    has not one part for each measure, or a key or code is unknown.
    """
    where = f"claims.csv: claim {claim['claim_id']}, column"
    measures = [m for m in claim["measure"].split(SEPARATOR) if m != NO_MEASURE]
    parts = [] if pd.isna(claim["test"]) else claim["test"].split(" | ")
    for measure in measures:
        if measure not in RULES:
            raise DataError(f"{where} measure: no rule for {measure!r}; {suggest(measure, RULES)}")
    if len(parts) != len(measures):
        counts = f"{pluralize(len(parts), 'part')} for {pluralize(len(measures), 'measure')}"
        raise DataError(f"{where} test: {counts}; allowed: one for each, joined by ' | '")
    try:
        return [(measure, _parse(part, RULES[measure])) for measure, part in zip(measures, parts, strict=True)]
    except ValueError as error:
        raise DataError(f"{where} test: {error}") from None


def _parse(part: str, rule: Rule) -> dict[str, Any]:
    test: dict[str, Any] = {}
    known = list(dict.fromkeys("/".join([*rule.required, *rule.optional, "use"]).split("/")))
    for pair in part.split(";"):
        key, _, text = pair.partition("=")
        if key not in known or key in test:
            fault = "given twice" if key in test else "not known here"
            raise ChoiceError(f"key {key!r} is {fault}; {suggest(key, known)}")
        test[key] = _value(key, text)
    for key in rule.required:
        if not test.keys() & set(key.split("/")):
            raise ChoiceError(f"no key {key!r} in {part!r}; needed: {', '.join(rule.required)}")
    return test


def _value(key: str, text: str) -> Any:
    """The value of a key in its type. Raises `ValueError` where it is not allowed."""
    kind, where = KEYS[key]
    if kind in _NUMBERS:
        pattern, number, allowed = _NUMBERS[kind]
        if not re.fullmatch(pattern, text):
            raise ChoiceError(f"{key} is {text!r}; allowed: {allowed}")
        return number(text)
    if kind == "date":
        return iso_date(text, key)
    if kind == "pair":
        check_pair(text)
        return text
    for code in re.split("[,/]", text) if kind == "list" else [text]:
        check_choice(key, code, where.split() if kind == "word" else distinct(where))
    return text.split(",") if kind == "list" else text
