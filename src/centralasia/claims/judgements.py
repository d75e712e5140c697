"""The claims of the article, judged by what the tables hold.

A verdict is computed, never typed: each claim names its measures and what their rules must know (``claims.csv``,
columns ``measure`` and ``test``), the rules look that up, and `verdict` turns what they found into a word.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from centralasia.claims import conduct, rules
from centralasia.claims.check import Check, only_article
from centralasia.claims.words import VERDICTS, verdict_meaning
from centralasia.tables import load
from datacontract.context import ENGLISH, using
from datacontract.contract import distinct
from datacontract.errors import check_choice
from datacontract.language import _, ngettext
from datacontract.sources import joined_keys

__all__ = [
    "checks", "criteria_digest", "of_article", "practice", "reason", "verdict", "verdicts",
]  # fmt: skip


def checks(claim: Mapping[str, Any]) -> list[Check]:
    """What the rules find on a claim, a row of ``claims.csv``, over all readings.

    ``pd.DataFrame(checks(claim))`` shows them as a table. What the article alone says is unknown, since no text
    bears out itself.

    >>> claim = load("claims").set_index("claim_id").loc["c01"]
    >>> [(check.words, check.holds) for check in claims.checks(claim)]
    [(Kazakhstan 2020–2030 is dated 2020-03-06, True)]
    """
    found = []
    for measure, test in rules.tests(claim):
        for check in rules.RULES[measure].checks(test):
            changes: dict[str, Any] = {"measure": measure}
            if check.holds is not None and only_article(check.source):
                words = _("{words} (only the article says so)", words=check.words)
                changes |= {"holds": None, "words": words, "alone": True}
            found.append(replace(check, **changes))
    return found


def verdict(holds: Sequence[bool | None]) -> str:
    """The word for what the decisive checks of a claim found: one of `centralasia.claims.VERDICTS`.

    The rule is symmetric: with yes and no exchanged, the word is the mirrored one.

    >>> claims.verdict([True, True]), claims.verdict([True, None]), claims.verdict([True, False])
    ('supported', 'supported so far', 'mixed')
    """
    known = {answer for answer in holds if answer is not None}
    if len(known) == 2:
        return "mixed"
    if not known:
        return "open"
    word = "supported" if known == {True} else "contradicted"
    return word if None not in holds else {"supported": "supported so far", "contradicted": "against so far"}[word]


def reason(found: Sequence[Check]) -> str:
    """Why, in words: what speaks for the claim, what against it, what is open.

    >>> claim = load("claims").set_index("claim_id").loc["c01"]
    >>> claims.reason(claims.checks(claim))
    'For: Kazakhstan 2020–2030 is dated 2020-03-06.'
    """
    groups: dict[bool | None, dict[str, set[str]]] = {True: {}, False: {}, None: {}}
    for check in found:
        groups[check.holds].setdefault(check.words, set()).add(check.way)
    parts = []
    for holds, ways in groups.items():
        findings = "; ".join(_by_readings(words, len(own)) for words, own in ways.items())
        said = {
            True: _("For: {findings}.", findings=findings),
            False: _("Against: {findings}.", findings=findings),
            None: _("Open: {findings}.", findings=findings),
        }
        parts += [said[holds]] if ways else []
    return " ".join(parts)


def _by_readings(words: str, n: int) -> str:
    """What was found, and by how many ways of reading the sources where they were varied."""
    if n == 1:
        return words
    return ngettext(
        "{words} (by {n} way of reading the sources)",
        "{words} (by {n} ways of reading the sources)",
        n,
        words=words,
    )


def verdicts(about: str = "all") -> pd.DataFrame:
    """Every claim with its verdict.

    Parameters
    ----------
    about : str
        ``all``, or a code of ``claims.about``.

    Returns
    -------
    pandas.DataFrame
        Rows of ``claims.csv`` (``claim_id``, ``about``, ``origin``; ``claim`` and ``finding`` in the language of the
        reader) with ``checks``, ``verdict`` (one of `VERDICTS`), ``criterion`` (what has to hold, read from the test),
        ``reason``, ``could_fail`` (whether the data at hand could have answered no) and ``source`` (of the claim and of
        the rows used).

    Raises
    ------
    ChoiceError
        Another value of `about`.
    DataError
        A test that does not parse.

    Notes
    -----
    A verdict is about what the tables hold, which is the part of the sources that was read. *Open* is not *false*, and
    *supported* by a report of a text is not yet support by the text.

    Examples
    --------
    >>> found = claims.verdicts("adopted").set_index("claim_id")
    >>> found.loc[["c01", "c08"], ["verdict", "could_fail"]]
                   verdict  could_fail
    claim_id
    c01          supported        True
    c08       contradicted        True
    """
    check_choice("about", about, ["all", *distinct("claims.about")])
    claims = load("claims")
    claims = claims if about == "all" else claims[claims["about"] == about]
    found = claims[["claim_id", "about", "origin", "claim", "finding"]].astype("object")
    found["claim"], found["finding"] = found["claim"].map(_), found["finding"].map(_)
    every = found["checks"] = [checks(claim) for claim in claims.to_dict("records")]
    tests = [rules.tests(claim) for claim in claims.to_dict("records")]
    found["verdict"] = [verdict([check.holds for check in own]) for own in every]
    found["criterion"] = [" ".join(rules.criterion(m, test) for m, test in own) for own in tests]
    found["reason"] = list(map(reason, every))
    found["could_fail"] = [any(rules.RULES[m].refutable(test) for m, test in own) for own in tests]
    cells = zip(claims["source"], every, strict=True)
    found["source"] = [joined_keys([own, *(c.source for c in used if c.source)]) for own, used in cells]
    return found


def of_article(found: pd.DataFrame) -> pd.DataFrame:
    """The claims of `verdicts` that the article says or implies, without those carried over to a later document.

    >>> found = claims.verdicts("adopted")
    >>> len(found), len(claims.of_article(found))
    (6, 3)
    """
    return found[found["origin"] != "transferred"]


def practice(about: str = "all") -> pd.DataFrame:
    """What states do where a claim speaks of growing priority, apart from what they declare.

    Returns
    -------
    pandas.DataFrame
        One row a claim that has such a side: ``claim``, and how many comparisons of the years since 2020 with 2014–2019
        show a certain ``rise`` or ``fall``, ``no certain change``, or are ``unknown``; ``source`` the keys of sources.

    Examples
    --------
    >>> claims.practice("draft")[["rise", "fall", "no certain change", "unknown"]]
       rise  fall  no certain change  unknown
    0     0     0                  4        2
    """
    rows = []
    for claim in load("claims").to_dict("records"):
        text, found = claim["claim"], [check for part in rules.tests(claim) for check in conduct.practice(*part)]
        if found and about in ("all", claim["about"]):
            known = [check for check in found if check.source]
            counts = Counter(check.holds for check in known)
            keys = joined_keys([check.source for check in known])
            rows.append((_(text), counts[True], counts[False], counts[None], len(found) - len(known), keys))
    return pd.DataFrame(rows, columns=["claim", "rise", "fall", "no certain change", "unknown", "source"])


def criteria_digest() -> str:
    """A digest of what is asked of every claim; the changelog holds it, so that no rule changes in silence.

    >>> len(claims.criteria_digest())
    16
    """
    with using(language=ENGLISH):
        parts = [
            r["claim_id"] + rules.criterion(m, t) for r in load("claims").to_dict("records") for m, t in rules.tests(r)
        ]
        parts += map(verdict_meaning, VERDICTS)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
