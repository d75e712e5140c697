"""The claims of the article, judged by what the tables hold.

A verdict is computed, never typed: each claim names its measures and what their rules must know (``claims.csv``,
columns ``measure`` and ``test``), the rules look that up (`centralasia.claim_rules_documents` and
`centralasia.claim_rules_region`), and `verdict` turns what they found into a word.
"""

import re
from dataclasses import replace

import pandas as pd

from centralasia.claims import rules_region as claim_rules_region  # noqa: F401  register their rules
from centralasia.claims.rules import ALONE, RULES, WEAKEST, Check, only_article
from centralasia.dates import iso_date
from centralasia.regions import check_pair
from centralasia.tables import load
from datacontract import contract as _contract
from datacontract.errors import DataError, suggest
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = [
    "READINGS",
    "VERDICTS",
    "NO_MEASURE",
    "VERDICTS",
    "checks",
    "differing",
    "name",
    "reason",
    "tests",
    "verdict",
    "verdicts",
]

NO_MEASURE = "none"
VERDICTS = {
    "supported": "every check holds",
    "partly": "some checks hold and others do not, or are not settled; or all that hold are of low confidence",
    "contradicted": "no check holds, and one at least speaks against the claim",
    "not_established": "no check is settled: the cells are blank, or the article alone says so",
    "no_measure": "only reading settles it: the recorded status stands alone",
}
READINGS = ("all", "baseline")
BESIDE = "beside"

_CODES = {
    "document": "documents.document_id", "before": "documents.document_id", "after": "documents.document_id",
    "since": "documents.document_id", "actor": "priorities.actor", "list": "priorities.list", "state": "actors.actor",
    "host": "meetings.host_state", "voice": "agenda.voice", "region": "memberships.region", "domain": "domains.domain",
    "not": "domains.domain", "core": "domains.domain", "meeting": "meetings.meeting_id",
    "treaty": "treaty_signatures.treaty_id", "source": "sources.source_key", "level": "attendance.level",
    "term": "documents.term",
}  # fmt: skip
_WORDS = {"move": ["up", "down", "same", "some"], "named": ["yes"], "use": [BESIDE], "gold": ["kept", "left_out"]}
_WHOLE = {"place", "placed", "start", "end", "years", "window"}
_LISTS = {"domain", "not", "core"}


def name(verdict):
    """A verdict or status in words: ``not established``."""
    return verdict.replace("_", " ")


def tests(claim):
    """The tests of a claim: a list of ``(measure, test)``, the test a dictionary of what its rule must know.

    `claim` is a row of ``claims.csv``. Raises `DataError` that names the claim where a measure has no rule, the test
    has not one part for each measure, or a key or code is unknown.
    """
    where = f"claims.csv: claim {claim['claim_id']}, column test"
    measures = [m for m in claim["measure"].split(SEPARATOR) if m != NO_MEASURE]
    parts = [] if pd.isna(claim["test"]) else claim["test"].split(" | ")
    for measure in measures:
        if measure not in RULES:
            where = f"claims.csv: claim {claim['claim_id']}, column measure"
            raise DataError(f"{where}: no rule for {measure!r}; {suggest(measure, RULES)}")
    if len(parts) != len(measures):
        told = f"{pluralize(len(parts), 'part')} for {pluralize(len(measures), 'measure')}"
        raise DataError(f"{where}: {told}; allowed: one for each, joined by ' | '")
    return [(measure, _parse(part, RULES[measure], where)) for measure, part in zip(measures, parts, strict=True)]


def _parse(part, rule, where):
    test, known = {}, list(dict.fromkeys("/".join([*rule.required, *rule.optional, "use"]).split("/")))
    for pair in part.split(";"):
        key, _, text = pair.partition("=")
        if key not in known or key in test:
            fault = "given twice" if key in test else "not known here"
            raise DataError(f"{where}: key {key!r} is {fault}; {suggest(key, known)}")
        try:
            test[key] = _value(key, text)
        except ValueError as error:
            raise DataError(f"{where}: {error}") from None
    for key in rule.required:
        if not test.keys() & set(key.split("/")):
            raise DataError(f"{where}: no key {key!r} in {part!r}; needed: {', '.join(rule.required)}")
    return test


def _value(key, text):
    """The value of a key in its type. Raises `ValueError` where it is not allowed."""
    if key in _WHOLE:
        if not text.isdigit():
            raise ValueError(f"{key} is {text!r}; allowed: a whole number")
        return int(text)
    if key == "share":
        if not re.fullmatch(r"0\.\d+|1(\.0+)?", text) or not float(text):
            raise ValueError(f"{key} is {text!r}; allowed: above 0 and up to 1")
        return float(text)
    if key in ("date", "first", "last"):
        return iso_date(text, key)
    if key == "pair":
        check_pair(text)
        return text
    allowed = _WORDS[key] if key in _WORDS else _contract.distinct(_CODES[key])
    items = text.split(",") if key in _LISTS else [text]
    for code in (code for item in items for code in item.split("/")):
        if code not in allowed:
            raise ValueError(f"{key} is {code!r}; {suggest(code, allowed)}")
    return items if key in _LISTS else text


def checks(claim, reading="all"):
    """What the rules found on a claim: a frame with one row a check.

    Columns ``measure``, ``words`` (what was found), ``holds`` (``boolean``, missing where not settled), ``counted`` (a
    test with ``use=beside`` is told and not counted), ``confidence``, ``source``, ``noun``. What the article alone says
    is not settled, since no text bears out itself.
    """
    rows = []
    for measure, test in tests(claim):
        rule = RULES[measure]
        for check in rule.judge(test, reading) or [Check("nothing on record", None)]:
            if check.holds is not None and only_article(check.source):
                check = replace(check, holds=None, words=f"{check.words} ({ALONE})")
            counted = test.get("use") != BESIDE
            rows.append((measure, check.words, check.holds, counted, check.confidence, check.source, rule.noun))
    columns = ["measure", "words", "holds", "counted", "confidence", "source", "noun"]
    return pd.DataFrame(rows, columns=columns).astype({"holds": "boolean", "counted": "bool"})


def verdict(found):
    """The word for the `checks` of a claim: a key of `VERDICTS`."""
    if found.empty:
        return "no_measure"
    counted = found[found["counted"]]
    holds = counted["holds"]
    if holds.isna().all():
        return "not_established"
    if not holds.eq(True).any():
        return "contradicted"
    weak = (counted.loc[holds.eq(True).fillna(False), "confidence"] == WEAKEST).all()
    return "supported" if holds.eq(True).fillna(False).all() and not weak else "partly"


def reason(found):
    """Why, in words: what speaks for the claim, what against it, what is open, what is told beside it."""
    groups = {
        "For": found["counted"] & found["holds"].eq(True).fillna(False),
        "Against": found["counted"] & found["holds"].eq(False).fillna(False),
        "Open": found["counted"] & found["holds"].isna(),
        "Beside": ~found["counted"],
    }
    parts = []
    for heading, kept in groups.items():
        told = []
        for (measure, words, noun), own in found[kept].groupby(["measure", "words", "noun"], sort=False):
            total = int((found["measure"] == measure).sum())
            told.append(f"{words} ({len(own)} of {pluralize(total, noun, _plural(noun))})" if noun else words)
        if told:
            parts.append(f"{heading}: {'; '.join(told)}.")
    return " ".join(parts)


def _plural(noun):
    first, *rest = noun.split(" ")
    return " ".join([f"{first}s", *rest])


def verdicts(about="all", reading="all"):
    """Every claim with its computed verdict beside the recorded one.

    Parameters
    ----------
    about : str
        ``all``, or a code of ``claims.about``.
    reading : str
        ``all``: places are judged over all readings of the documents; ``baseline``: over that reading alone.

    Returns
    -------
    pandas.DataFrame
        Rows of ``claims.csv`` (``claim_id``, ``about``, ``claim``, ``measure``, ``recorded_status``, ``finding``) with
        ``verdict``, ``same`` (``boolean``, missing without a measure), ``reason`` and ``source`` (of the claim and of
        the rows used).

    Raises
    ------
    ValueError, DataError
        Another value of a parameter; a test that does not parse.

    Notes
    -----
    A verdict is about what the tables hold, which is the part of the sources that was read. *Not established* is not
    *false*, and *supported* by a report of a text is not yet support by the text.
    """
    allowed = ["all", *_contract.distinct("claims.about")]
    for parameter, value, known in (("about", about, allowed), ("reading", reading, READINGS)):
        if value not in known:
            raise ValueError(f"{parameter} is {value!r}; {suggest(value, known)}")
    rows = load("claims")
    rows = rows if about == "all" else rows[rows["about"] == about]
    found = []
    for _, claim in rows.iterrows():
        looked_up = checks(claim, reading)
        cells = [claim["source"], *looked_up["source"]]
        keys = dict.fromkeys(key for cell in cells for key in cell.split(SEPARATOR) if key)
        found.append((verdict(looked_up), reason(looked_up), SEPARATOR.join(keys)))
    kept = rows[["claim_id", "about", "claim", "measure", "recorded_status", "finding"]].astype("object")
    kept[["verdict", "reason", "source"]] = pd.DataFrame(
        found, columns=["verdict", "reason", "source"], index=kept.index
    )
    same = (kept["verdict"] == kept["recorded_status"]).astype("boolean")
    return kept.assign(same=same.mask(kept["verdict"] == "no_measure"))


def differing(found):
    """The claims of `verdicts` whose verdict is not the recorded status, those without a measure left out."""
    return found[~found["same"].fillna(True).astype(bool)]
