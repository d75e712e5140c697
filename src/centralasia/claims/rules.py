"""The rule of every measure: what a test asks, in words, and whether it could be answered no with the data at hand."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from centralasia import commitments, meetings
from centralasia.claims import conduct, measures
from centralasia.claims.check import Check, Checks
from centralasia.dates import iso_date
from centralasia.names import document_name, document_row, region_name, short_name
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, DataError, check_choice
from datacontract.sources import SEPARATOR
from datacontract.words import capitalised, join_list, ordinal, pluralize

__all__ = ["NO_MEASURE", "RULES", "Rule", "tests"]

NO_MEASURE = "none"
ITS_STATE = "KAZ"  # of whose concepts the article speaks
Test = dict[str, Any]


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
        return list(self.judge(**values)) or [Check("nothing on record", None)]


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


def _document(code: str) -> str:
    """A document as a sentence names it; with its state where that is not the one of the article."""
    return document_name(code, in_sentence=document_row(code)["state"] == ITS_STATE)


def _themes(test: Test, key: str = "domain", last: str = "and") -> str:
    titles = commitments.domain_titles()
    items = test[key] if key in _LISTS else [test[key]]
    chosen = (join_list((f"“{titles[code]}”" for code in item.split("/")), "or") for item in items)
    return join_list((f"one of {item}" if " or " in item else item for item in chosen), last)


def _share(share: float, noun: str) -> str:
    return f"half of the {noun}" if share == 0.5 else f"{share:.0%} of the {noun}"


def _term(test: Test) -> str:
    words = {"term": "has {} term", "start": "begins in {}", "end": "ends in {}", "years": "was in force for {} years"}
    values = test | {"term": {"open": "no fixed", "fixed": "a fixed"}.get(test.get("term", ""), "")}
    return f"{_document(test['document'])} " + join_list(w.format(values[k]) for k, w in words.items() if k in test)


def _rank(test: Test) -> str:
    document = _document(test["document"])
    if "placed" in test:
        return f"{document} puts at least {test['placed']} partners in order, by every reading"
    actor = short_name(test["actor"])
    if "named" in test:
        return f"{document} names {actor}"
    return f"{document} puts {actor} {ordinal(test['place'])}, by every reading"


def _shift(test: Test) -> str:
    before, after = _document(test["before"]), _document(test["after"])
    if "actor" not in test:
        return f"from {before} to {after} some partners change places and some keep theirs, by every two readings"
    move = {"up": "an earlier place", "down": "a later place", "same": "the same place"}[test["move"]]
    return f"{short_name(test['actor'])} has {move} in {after} than in {before}, by every two readings"


def _named_at(test: Test) -> str:
    voice = "the meeting as a whole" if test["voice"] == meetings.MEETING else short_name(test["voice"])
    share = f"at {_share(test['share'], 'meetings')}" if "share" in test else "at one meeting at least"
    share = "at the meeting" if "meeting" in test else share
    return f"{voice} named {_themes(test)} {share}, and a refusal is no naming"


def _pair_themes(test: Test) -> str:
    many = _share(test["share"], f"events of {pair_name(test['pair'])}")
    if "core" in test:
        return f"each of {_themes(test, 'core')} was named at {many}, and no other theme was"
    return f"{_themes(test)} was named at {many}"


RULES = {
    "documents.date": Rule(measures.document_date, "document date",
        lambda t: f"{_document(t['document'])} is dated {t['date']}"),
    "documents.term": Rule(measures.document_term, "document term/start/end/years", _term),
    "priorities.rank": Rule(measures.partner_rank, "document actor/placed place/named/placed [list]", _rank,
        lambda t: "place" in t),
    "priorities.shift": Rule(measures.partner_shift, "before after move [actor]", _shift),
    "commitments.domain": Rule(measures.document_domain, "document domain [not]",
        lambda t: f"{_document(t['document'])} commits to {_themes(t)} in the region"
        + (f", and not to {_themes(t, 'not', 'or')}" if t.get("not") else ""), _absence_known("commitments")),
    "ties.level": Rule(measures.tie_level, "state region since",
        lambda t: f"since {_document(t['since'])}, {short_name(t['state'])} has signed an act with a label of "
        f"partnership with every other member of {region_name(t['region'])}", _never),
    "meetings.held": Rule(measures.meeting_held, "host first last",
        lambda t: f"a Consultative Meeting was held in {short_name(t['host'])} between {t['first']} and {t['last']}"),
    "meetings.attendance": Rule(measures.meeting_attendance, "meeting region level",
        lambda t: f"every member of {region_name(t['region'])} was represented at the meeting by its {t['level']}"),
    "agenda.domain": Rule(measures.meeting_domain, "voice domain [meeting] [share]", _named_at,
        _absence_known("agenda")),
    "treaty_signatures.status": Rule(measures.treaty_status, "treaty state",
        lambda t: f"{short_name(t['state'])} has signed the treaty of friendship of 2022", _never),
    "pair_agenda.domain": Rule(measures.pair_domain, "pair share domain/core", _pair_themes,
        lambda t: "core" in t or _absence_known("pair_agenda")(t)),
    "unga.cohesion": Rule(conduct.vote_cohesion, "region since window",
        lambda t: f"in the {t['window']} years after {_document(t['since'])}, {region_name(t['region'])} votes more "
        "alike than in as many years up to it, corrected for chance and beyond the error"),
    "trade.share": Rule(conduct.trade_share, "region first last [gold]",
        lambda t: f"every member that reports trades a larger share with {region_name(t['region'])} in "
        f"{t['last']} than in {t['first']}"),
    "speeches.theme": Rule(conduct.speech_theme, "pair theme share",
        lambda t: f"both name {_themes(t, 'theme')} in {_share(t['share'], 'speeches')} that they gave before "
        "the United Nations since 2017"),
    "speeches.core": Rule(conduct.speech_core, "pair core",
        lambda t: f"{_themes(t, 'core')} are what both speak of most before the United Nations since 2017"),
    "speeches.voice": Rule(conduct.speech_voice, "state share",
        lambda t: f"{short_name(t['state'])} speaks of the region as one in {_share(t['share'], 'speeches')} that it "
        "gave before the United Nations since 2017"),
    "speeches.first": Rule(conduct.speech_first, "state theme",
        lambda t: f"{_themes(t, 'theme')} is the first theme of {short_name(t['state'])}'s speeches before the United "
        "Nations since 2017"),
    "speeches.economy": Rule(conduct.speech_economy, "state share",
        lambda t: f"{short_name(t['state'])} speaks of the region with the economy in {_share(t['share'], 'speeches')} "
        "that it gave before the United Nations since 2017"),
}  # fmt: skip


def criterion(measure: str, test: Test) -> str:
    """What has to hold for a test, as a sentence: it is read from the test that runs."""
    return f"{capitalised(RULES[measure].criterion(test))}."


_LISTS = ("domain", "not", "core")  # keys that hold several codes, joined by commas, or by / where one is enough
_NUMBERS: dict[str, tuple[str, type]] = {
    "a whole number": (r"\d+", int), "above 0 and up to 1": (r"0\.\d*[1-9]\d*|1(\.0+)?", float),
}  # fmt: skip
# What a key may hold: codes of a column, words, a number, a date or a pair.
KEYS = {
    **dict.fromkeys(("document", "before", "after", "since"), "documents.document_id"),
    **dict.fromkeys((*_LISTS, "theme"), "domains.domain"), "actor": "priorities.actor", "list": "priorities.list",
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
    for code in re.split("[,/]", text) if key in _LISTS else [text]:
        check_choice(key, code, distinct(allowed) if "." in allowed else allowed.split())
    return text.split(",") if key in _LISTS else text
