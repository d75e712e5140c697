"""The claims of the article, judged by what the tables hold.

A verdict is computed, never typed: each claim names its measures and what their rules must know (``claims.csv``,
columns ``measure`` and ``test``), the rules look that up, and `verdict` turns what they found into a word.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from centralasia.claims.measures import ALONE, WEAKEST, Check, only_article
from centralasia.claims.rules import BESIDE, RULES, tests
from centralasia.tables import load
from datacontract.contract import distinct
from datacontract.errors import check_choice
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = ["READINGS", "VERDICTS", "checks", "disagreements", "reason", "verdict", "verdicts"]

VERDICTS = {
    "supported": "every check holds",
    "partly": "some checks hold and others do not, or are not settled; or all that hold are of low confidence",
    "contradicted": "no check holds, and one at least speaks against the claim",
    "not_established": "no check is settled: the cells are blank, or the article alone says so",
    "no_measure": "only reading settles it: the recorded status stands alone",
}
READINGS = ("all", "baseline")


def checks(claim: Mapping[str, Any]) -> list[Check]:
    """What the rules find on a claim, a row of ``claims.csv``, over all readings.

    ``pd.DataFrame(checks(claim))`` shows them as a table. What the article alone says is not settled, since no text
    bears out itself.
    """
    found = []
    for measure, test in tests(claim):
        for check in RULES[measure].checks(test):
            if check.holds is not None and only_article(check.source):
                check = replace(check, holds=None, words=f"{check.words} ({ALONE})")
            found.append(replace(check, measure=measure, decisive=test.get("use") != BESIDE))
    return found


def verdict(found: Sequence[Check]) -> str:
    """The word for the `checks` of a claim: a key of `VERDICTS`."""
    holds = [check.holds for check in found if check.decisive]
    if not any(holds):
        settled = "contradicted" if False in holds else "not_established"
        return settled if found else "no_measure"
    weak = all(check.confidence == WEAKEST for check in found if check.decisive and check.holds)
    return "supported" if all(holds) and not weak else "partly"


def reason(found: Sequence[Check]) -> str:
    """Why, in words: what speaks for the claim, what against it, what is open, what is told beside it."""
    headings = {True: "For", False: "Against", None: "Open"}
    groups: dict[str, Counter[tuple[str, str]]] = {heading: Counter() for heading in (*headings.values(), "Beside")}
    for check in found:
        groups[headings[check.holds] if check.decisive else "Beside"][check.measure, check.words] += 1
    totals, parts = Counter(check.measure for check in found), []
    for heading, counts in groups.items():
        findings = []
        for (measure, words), n in counts.items():
            noun = RULES[measure].noun
            findings.append(f"{words} ({n} of {pluralize(totals[measure], *noun)})" if noun else words)
        if findings:
            parts.append(f"{heading}: {'; '.join(findings)}.")
    return " ".join(parts)


def verdicts(about: str = "all", reading: str = "all") -> pd.DataFrame:
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
        ``verdict``, ``reason``, ``source`` (of the claim and of the rows used), ``by_all`` and ``by_baseline`` (the
        verdict by either reading) and ``same`` (``boolean``, missing without a measure).

    Raises
    ------
    ChoiceError
        Another value of a parameter.
    DataError
        A test that does not parse.

    Notes
    -----
    A verdict is about what the tables hold, which is the part of the sources that was read. *Not established* is not
    *false*, and *supported* by a report of a text is not yet support by the text.
    """
    check_choice("about", about, ["all", *distinct("claims.about")])
    check_choice("reading", reading, READINGS)
    claims = load("claims")
    claims = claims if about == "all" else claims[claims["about"] == about]
    found = claims[["claim_id", "about", "claim", "measure", "recorded_status", "finding"]].astype("object")
    every = [checks(claim) for claim in claims.to_dict("records")]
    baseline = [[check for check in own if check.baseline] for own in every]
    used = baseline if reading == "baseline" else every
    found["by_all"], found["by_baseline"] = list(map(verdict, every)), list(map(verdict, baseline))
    found["verdict"], found["reason"] = found[f"by_{reading}"], list(map(reason, used))
    cells = [[source, *(check.source for check in own)] for source, own in zip(claims["source"], used, strict=True)]
    found["source"] = [
        SEPARATOR.join(dict.fromkeys(key for c in own for key in c.split(SEPARATOR) if key)) for own in cells
    ]
    same = (found["verdict"] == found["recorded_status"]).astype("boolean")
    return found.assign(same=same.mask(found["verdict"] == "no_measure"))


def disagreements(found: pd.DataFrame) -> pd.DataFrame:
    """The claims of `verdicts` whose verdict is not the recorded status, without those that have no measure."""
    return found[~found["same"].fillna(True).astype(bool)]
