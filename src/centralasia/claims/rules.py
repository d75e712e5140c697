"""The rule of every measure: what a test asks, in words, and whether it could be answered no with the data at hand."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia.claims import conduct, contacts, criteria, measures
from centralasia.claims.check import Check, Checks
from centralasia.claims.criteria import LISTS, Test
from centralasia.dates import iso_date
from centralasia.names import region_name, short_name
from centralasia.regions import check_pair
from centralasia.tables import load
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.language import _, ngettext
from datacontract.sources import SEPARATOR
from datacontract.words import capitalised, plain, pluralize, sentence

__all__ = ["NO_MEASURE", "RULES", "Rule", "tests"]

NO_MEASURE = "none"


@dataclass(frozen=True)
class Rule:
    """How the checks of a measure are made: a function, and its question in words.

    ``keys`` are the keywords of the function and the keys of a test, each needed: one of those that are joined by /,
    and none that stands in brackets. ``criterion`` says in a sentence what has to hold for the test. ``refutable`` says
    whether the data could answer no: a table that records only what was found never does.
    """

    judge: Callable[..., Checks]
    keys: str
    criterion: Callable[[Test], str]
    refutable: Callable[[Test], bool] = lambda test: True

    def checks(self, test: Test) -> list[Check]:
        """What the rule finds on a test."""
        values = {_KEYWORDS.get(key, key): value for key, value in test.items()}
        return list(self.judge(**values)) or [Check(_("nothing on record"), None)]


_KEYWORDS = {"list": "list_", "not": "not_"}  # keys that mean something else to Python


def _absence_known(table: str) -> Callable[[Test], bool]:
    """Whether a table of codings holds a no of what a test asks, so that the claim could have met one."""

    def known(test: Test) -> bool:
        if test.get("not"):
            return True
        rows = load(table)
        for key in ("voice", "pair"):
            rows = rows[rows[key] == test[key]] if key in test else rows
        rows = rows[rows["document_id"] == test["document"]] if "document" in test else rows
        return bool(rows["value"].le(0).fillna(False).any())

    return known


def _never(test: Test) -> bool:
    return False


RULES = {
    "documents.date": Rule(measures.document_date, "document date",
        lambda t: _("{document} is dated {date}", document=criteria.named_document(t["document"]), date=t["date"])),
    "documents.term": Rule(measures.document_term, "document term/start/end/years", criteria.term),
    "priorities.rank": Rule(measures.partner_rank, "document actor/placed place/named/placed [list]", criteria.rank,
        lambda t: "place" in t),
    "priorities.shift": Rule(measures.partner_shift, "before after move [actor]", criteria.shift),
    "commitments.domain": Rule(measures.document_domain, "document domain [not]", criteria.commits,
        _absence_known("commitments")),
    "ties.level": Rule(contacts.tie_level, "state region since",
        lambda t: _("since {document}, {state} has signed an act with a label of partnership with every other member "
        "of {region}", document=criteria.named_document(t["since"]), state=short_name(t["state"]),
        region=region_name(t["region"])), _never),
    "meetings.held": Rule(contacts.meeting_held, "host first last",
        lambda t: _("a Consultative Meeting was held in {state} between {first} and {last}",
        state=short_name(t["host"]), first=t["first"], last=t["last"])),
    "meetings.attendance": Rule(contacts.meeting_attendance, "meeting region level",
        lambda t: _("every member of {region} was represented at the meeting by its {level}",
        region=region_name(t["region"]), level=_(plain(t["level"])))),
    "agenda.domain": Rule(contacts.meeting_domain, "voice domain [meeting] [share]", criteria.named_at,
        _absence_known("agenda")),
    "treaty_signatures.status": Rule(contacts.treaty_status, "treaty state",
        lambda t: _("{state} has signed the treaty of friendship of 2022", state=short_name(t["state"])), _never),
    "pair_agenda.domain": Rule(contacts.pair_domain, "pair share domain/core", criteria.pair_themes,
        lambda t: "core" in t or _absence_known("pair_agenda")(t)),
    "unga.cohesion": Rule(conduct.vote_cohesion, "region since window",
        lambda t: ngettext("in the {n} year after {document}, {region} votes more alike than in as many years up to "
        "it, corrected for chance and beyond the error", "in the {n} years after {document}, {region} votes more alike "
        "than in as many years up to it, corrected for chance and beyond the error", t["window"],
        document=criteria.named_document(t["since"]), region=region_name(t["region"]))),
    "trade.share": Rule(conduct.trade_share, "region first last [gold]",
        lambda t: _("every member that reports trades a larger share with {region} in {last} than in {first}",
        region=region_name(t["region"]), first=t["first"], last=t["last"])),
    "speeches.theme": Rule(conduct.speech_theme, "pair theme share",
        lambda t: _("both name {themes} in {part} or more of the speeches that they gave before the United Nations "
        "since 2017", themes=criteria.themes(t, "theme"), part=criteria.part(t["share"]))),
    "speeches.core": Rule(conduct.speech_core, "pair core",
        lambda t: _("{themes} are what both speak of most before the United Nations since 2017",
        themes=criteria.themes(t, "core"))),
    "speeches.voice": Rule(conduct.speech_voice, "state share",
        lambda t: _("{state} speaks of the region as one in {part} or more of the speeches that it gave before the "
        "United Nations since 2017", state=short_name(t["state"]), part=criteria.part(t["share"]))),
    "speeches.first": Rule(conduct.speech_first, "state theme",
        lambda t: _("{themes} is the first theme of {state}'s speeches before the United Nations since 2017",
        themes=criteria.themes(t, "theme"), state=short_name(t["state"]))),
    "speeches.economy": Rule(conduct.speech_economy, "state share",
        lambda t: _("{state} speaks of the region with the economy in {part} or more of the speeches that it gave "
        "before the United Nations since 2017", state=short_name(t["state"]), part=criteria.part(t["share"]))),
}  # fmt: skip


def criterion(measure: str, test: Test) -> str:
    """What has to hold for a test, as a sentence: it is read from the test that runs."""
    return sentence(capitalised(RULES[measure].criterion(test)))


_NUMBERS: dict[str, tuple[str, type]] = {
    "a whole number": (r"\d+", int), "above 0 and up to 1": (r"0\.\d*[1-9]\d*|1(\.0+)?", float),
}  # fmt: skip
# What a key may hold: codes of a column, words, a number, a date or a pair.
KEYS = {
    **dict.fromkeys(("document", "before", "after", "since"), "documents.document_id"),
    **dict.fromkeys((*LISTS, "theme"), "domains.domain"), "actor": "priorities.actor", "list": "priorities.list",
    "state": "actors.actor", "host": "meetings.host_state", "voice": "agenda.voice", "region": "memberships.region",
    "meeting": "meetings.meeting_id", "treaty": "treaty_signatures.treaty_id",
    "level": "attendance.level", "term": "documents.term", "move": "up down same some", "named": "yes",
    "gold": "kept left_out", "share": "above 0 and up to 1", "pair": "pair",
    **dict.fromkeys(("place", "placed", "start", "end", "years", "window"), "a whole number"),
    **dict.fromkeys(("date", "first", "last"), "date"),
}  # fmt: skip


def tests(claim: Mapping[str, Any]) -> list[tuple[str, Test]]:
    """The tests of a claim: a list of ``(measure, test)``, the test a dictionary of what its rule must know.

    `claim` is a row of ``claims.csv``. Raises `DataError` that names the claim where a measure has no rule, the test
    has not one part for each measure, or a key or code is unknown.

    >>> claim = load("claims").set_index("claim_id").loc["c01"]
    >>> claims.tests(claim)
    [('documents.date', {'document': 'kaz-2020', 'date': '2020'})]
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


def _parse(part: str, rule: Rule) -> Test:
    test: Test = {}
    for pair in part.split(";"):
        key, _, text = pair.partition("=")
        check_choice("key", key, dict.fromkeys(re.findall(r"\w+", rule.keys)))
        if key in test:
            raise ChoiceError(f"key {key!r} is given twice; allowed: once")
        test[key] = _value(key, text)
    for key in rule.keys.split():
        if not key.startswith("[") and not test.keys() & set(key.split("/")):
            raise ChoiceError(f"no key {key!r} in {part!r}; needed: {rule.keys}")
    return test


def _value(key: str, text: str) -> Any:
    """The value of a key in its type. Raises `ChoiceError` where it is not allowed."""
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
    for code in re.split("[,/]", text) if key in LISTS else [text]:
        check_choice(key, code, distinct(allowed) if "." in allowed else allowed.split())
    return text.split(",") if key in LISTS else text
