"""The rule of every measure, and how the test of a claim (``claims.csv``, column ``test``) is read for it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia.claims import measures
from centralasia.claims.measures import Check, Checks
from centralasia.dates import iso_date
from centralasia.regions import check_pair
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = ["NO_MEASURE", "RULES", "Rule", "tests"]

NO_MEASURE = "none"
BESIDE = "beside"  # the value of `use` in a test that is told and not counted


@dataclass(frozen=True)
class Rule:
    """How the checks of a measure are made: a function, and when a check of it holds.

    ``keys`` are the keywords of the function and the keys of a test, each needed: one of those that are joined by /,
    and none that stands in brackets. ``noun`` (of one, of several) is what the checks differ by where they are one
    thing looked up in several ways.
    """

    judge: Callable[..., Checks]
    keys: str
    description: str
    noun: tuple[str, str] | None = None

    def checks(self, test: dict[str, Any]) -> list[Check]:
        """What the rule finds on a test."""
        values = {_KEYWORDS.get(key, key): value for key, value in test.items() if key != "use"}
        return list(self.judge(**values)) or [Check("nothing on record", None)]


_KEYWORDS = {"list": "list_", "not": "not_"}  # keys that mean something else to Python
RULES = {
    "documents.date": Rule(measures.document_date, "document date",
        "The date of the document lies within 'date' (a year, month or day)."),
    "documents.term": Rule(measures.document_term, "document term/start/end/years [source]",
        "The document has the 'term' (fixed or open), the first and last year 'start' and 'end', or lasted 'years' "
        "years: from its date to its repeal, rounded, and by the years of its term, both counted."),
    "priorities.rank": Rule(measures.partner_rank, "document actor/placed place/named/placed [list]",
        "In every reading of the document the actor has the 'place', or is 'named' at all, or at least 'placed' "
        "partners have a place. A reading that gives the actor no place settles nothing.",
        ("reading", "readings")),
    "priorities.shift": Rule(measures.partner_shift, "before after move [actor]",
        "In every combination of readings of the two documents the actor moves as 'move' says (up, down, same); "
        "without an actor, 'some' of the partners placed in both move and some stay.",
        ("combination of readings", "combinations of readings")),
    "commitments.domain": Rule(measures.document_domain, "document domain [not]",
        "The document commits to each 'domain' for the region (one of several joined by /), and to none under 'not'."),
    "ties.level": Rule(measures.tie_level, "state region since",
        "With every other member of the region the state has signed an act with a label of the scale after the "
        "document 'since'. None found settles nothing."),
    "meetings.held": Rule(measures.meeting_held, "host first last",
        "A meeting was held with that host between the dates 'first' and 'last'. None on record settles nothing; one "
        "that is on record as not held speaks against it."),
    "meetings.attendance": Rule(measures.meeting_attendance, "meeting region level",
        "Every member of the region came to the meeting at that 'level'. No record of a state settles nothing."),
    "agenda.domain": Rule(measures.meeting_domain, "voice domain [meeting] [share] [source]",
        "The voice named the domain at one meeting at least and, where 'share' is given, at that share of the "
        "meetings (at least and at most, so that what was not read settles nothing), and never in order to refuse it."),
    "treaty_signatures.status": Rule(measures.treaty_status, "treaty state",
        "The state has signed the treaty. No signature found settles nothing."),
    "pair_agenda.domain": Rule(measures.pair_domain, "pair share domain/core",
        "The domain was named at one event of the pair at least, and at the 'share' of its events (at least "
        "and at most, so that what was not read settles nothing). With 'core', every theme of it reaches that share "
        "and no other theme does."),
    "unga.cohesion": Rule(measures.vote_cohesion, "region since window [state]",
        "The region (or the pairs of one 'state' in it) votes more alike in the 'window' years after the year of the "
        "document 'since' than in as many up to it: by every measure, absence left out or counted.",
        ("way to measure", "ways to measure")),
    "trade.share": Rule(measures.trade_share, "region first last [gold]",
        "The region has a higher share in the trade of every member that reports in the year 'last' than in 'first'."),
}  # fmt: skip


_LISTS = (
    "domain",
    "not",
    "core",
)  # keys that hold several codes, joined by commas, or by / where one of them is enough
_NUMBERS: dict[str, tuple[str, type]] = {
    "a whole number": (r"\d+", int), "above 0 and up to 1": (r"0\.\d*[1-9]\d*|1(\.0+)?", float),
}  # fmt: skip
# What a key may hold: codes of a column, words, a number, a date or a pair.
KEYS = {
    **dict.fromkeys(("document", "before", "after", "since"), "documents.document_id"),
    **dict.fromkeys(_LISTS, "domains.domain"), "actor": "priorities.actor", "list": "priorities.list",
    "state": "actors.actor", "host": "meetings.host_state", "voice": "agenda.voice", "region": "memberships.region",
    "meeting": "meetings.meeting_id", "treaty": "treaty_signatures.treaty_id", "source": "sources.source_key",
    "level": "attendance.level", "term": "documents.term", "move": "up down same some", "named": "yes", "use": BESIDE,
    "gold": "kept left_out", "share": "above 0 and up to 1", "pair": "pair",
    **dict.fromkeys(("place", "placed", "start", "end", "years", "window"), "a whole number"),
    **dict.fromkeys(("date", "first", "last"), "date"),
}  # fmt: skip


def tests(claim: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The tests of a claim: a list of ``(measure, test)``, the test a dictionary of what its rule must know.

    `claim` is a row of ``claims.csv``. Raises `DataError` that names the claim where a measure has no rule, the test
    has not one part for each measure, or a key or code is unknown.
    """
    named = [measure for measure in claim["measure"].split(SEPARATOR) if measure != NO_MEASURE]
    parts = [] if pd.isna(claim["test"]) else claim["test"].split(" | ")
    try:
        for measure in named:
            check_choice("measure", measure, RULES)
        if len(parts) != len(named):
            counts = f"{pluralize(len(parts), 'part')} for {pluralize(len(named), 'measure')}"
            raise ChoiceError(f"{counts}; allowed: one for each, joined by ' | '")
        return [(measure, _parse(part, RULES[measure])) for measure, part in zip(named, parts, strict=True)]
    except (ChoiceError, DataError) as error:
        raise DataError(f"claims.csv: claim {claim['claim_id']}, columns measure and test: {error}") from None


def _parse(part: str, rule: Rule) -> dict[str, Any]:
    test: dict[str, Any] = {}
    for pair in part.split(";"):
        key, _, text = pair.partition("=")
        check_choice("key", key, dict.fromkeys(re.findall(r"\w+", f"{rule.keys} use")))
        if key in test:
            raise ChoiceError(f"key {key!r} is given twice; allowed: once")
        test[key] = _value(key, text)
    for key in rule.keys.split():
        if not key.startswith("[") and not test.keys() & set(key.split("/")):
            raise ChoiceError(f"no key {key!r} in {part!r}; needed: {rule.keys}")
    return test


def _value(key: str, text: str) -> Any:
    """The value of a key in its type. Raises `ValueError` where it is not allowed."""
    allowed = KEYS[key]
    if allowed in _NUMBERS:
        pattern, number = _NUMBERS[allowed]
        if not re.fullmatch(pattern, text):
            raise ChoiceError(f"{key} is {text!r}; allowed: {allowed}")
        return number(text)
    if allowed == "date":
        return iso_date(text, key)
    if allowed == "pair":
        return "-".join(check_pair(text))
    for code in re.split("[,/]", text) if key in _LISTS else [text]:
        check_choice(key, code, distinct(allowed) if "." in allowed else allowed.split())
    return text.split(",") if key in _LISTS else text
