"""The claims of the article, judged by what the tables hold.

A verdict is computed, never typed: each claim names its measures and what their rules must know (``claims.csv``,
columns ``measure`` and ``test``), the rules look that up, and `verdict` turns what they found into a word.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from centralasia.claims.measures import ALONE, WEAKEST, only_article
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


def checks(claim: Mapping[str, Any], reading: str = "all") -> pd.DataFrame:
    """What the rules found on a claim: a frame with one row a check.

    Columns ``measure``, ``words`` (what was found), ``holds`` (``boolean``, missing where not settled), ``decisive``
    (false for a test with ``use=beside``, which is told and not counted), ``confidence``, ``source``. What the article
    alone says is not settled, since no text bears out itself.
    """
    rows = []
    for measure, test in tests(claim):
        for check in RULES[measure].checks(test, reading):
            if check.holds is not None and only_article(check.source):
                check = replace(check, holds=None, words=f"{check.words} ({ALONE})")
            decisive = test.get("use") != BESIDE
            rows.append((measure, check.words, check.holds, decisive, check.confidence, check.source))
    columns = ["measure", "words", "holds", "decisive", "confidence", "source"]
    return pd.DataFrame(rows, columns=columns).astype({"holds": "boolean", "decisive": "bool"})


def verdict(found: pd.DataFrame) -> str:
    """The word for the `checks` of a claim: a key of `VERDICTS`."""
    if found.empty:
        return "no_measure"
    decisive = found[found["decisive"]]
    holds = decisive["holds"].fillna(False)
    if decisive["holds"].isna().all():
        return "not_established"
    if not holds.any():
        return "contradicted"
    weak = (decisive.loc[holds, "confidence"] == WEAKEST).all()
    return "supported" if holds.all() and not weak else "partly"


def reason(found: pd.DataFrame) -> str:
    """Why, in words: what speaks for the claim, what against it, what is open, what is told beside it."""
    holds, decisive = found["holds"], found["decisive"]
    groups = {
        "For": decisive & holds.fillna(False),
        "Against": decisive & ~holds.fillna(True),
        "Open": decisive & holds.isna(),
        "Beside": ~decisive,
    }
    totals, parts = found["measure"].value_counts(), []
    for heading, chosen in groups.items():
        said = []
        for (measure, words), own in found[chosen].groupby(["measure", "words"], sort=False):
            noun = RULES[measure].noun
            said.append(f"{words} ({len(own)} of {pluralize(totals[measure], *noun)})" if noun else words)
        if said:
            parts.append(f"{heading}: {'; '.join(said)}.")
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
        ``verdict``, ``reason``, ``source`` (of the claim and of the rows used) and ``same`` (``boolean``, missing
        without a measure).

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
    every = [checks(claim, reading) for _, claim in claims.iterrows()]
    keys = [
        dict.fromkeys(key for cell in [source, *own["source"]] for key in cell.split(SEPARATOR) if key)
        for source, own in zip(claims["source"], every, strict=True)
    ]
    found = found.assign(
        verdict=list(map(verdict, every)), reason=list(map(reason, every)), source=list(map(SEPARATOR.join, keys))
    )
    same = (found["verdict"] == found["recorded_status"]).astype("boolean")
    return found.assign(same=same.mask(found["verdict"] == "no_measure"))


def disagreements(found: pd.DataFrame) -> pd.DataFrame:
    """The claims of `verdicts` whose verdict is not the recorded status, without those that have no measure."""
    return found[~found["same"].fillna(True).astype(bool)]
