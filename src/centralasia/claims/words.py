"""What verdicts, origins and themes are called in the language of the reader."""

from collections.abc import Iterable

import pandas as pd

from centralasia import commitments
from centralasia.names import quoted
from datacontract.language import _, join_list, pgettext

__all__ = ["ORIGINS", "VERDICTS", "origin_meaning", "origin_name", "verdict_counts", "verdict_meaning", "verdict_name"]

VERDICTS = ("supported", "supported so far", "mixed", "against so far", "contradicted", "open")
ORIGINS = ("said", "implied", "transferred")


def verdict_name(verdict: str) -> str:
    """One of `VERDICTS` in words.

    >>> with using(language="ru"):
    ...     claims.verdict_name("against so far")
    пока опровергается
    """
    return {
        "supported": _("supported"),
        "supported so far": _("supported so far"),
        "mixed": pgettext("a verdict", "mixed"),
        "against so far": _("against so far"),
        "contradicted": _("contradicted"),
        "open": _("open"),
    }[verdict]


def verdict_meaning(verdict: str) -> str:
    """When the checks of a claim make one of `VERDICTS`.

    >>> claims.verdict_meaning("mixed")
    part of what is known holds, and part does not
    """
    return {
        "supported": _("all that the test asks is known, and it holds"),
        "supported so far": _("what is known holds, the rest is unknown"),
        "mixed": _("part of what is known holds, and part does not"),
        "against so far": _("what is known does not hold, the rest is unknown"),
        "contradicted": _("all that the test asks is known, and it does not hold"),
        "open": _("nothing that the test asks is known, or no table holds it"),
    }[verdict]


def verdict_counts(found: pd.DataFrame, bold: bool = False) -> str:
    """How many of the claims of `centralasia.claims.verdicts` have each verdict: ``9 supported and 14 open``.

    >>> claims.verdict_counts(claims.verdicts("adopted"))
    2 supported, 1 mixed, 2 contradicted and 1 open
    """
    counts = found["verdict"].value_counts()
    stars = "**" if bold else ""
    return join_list(
        _("{n} {verdict}", n=f"{stars}{counts[verdict]}{stars}", verdict=verdict_name(verdict))
        for verdict in VERDICTS
        if verdict in counts
    )


def origin_name(origin: str) -> str:
    """One of `ORIGINS` as the name of a row of a figure.

    >>> claims.origin_name("implied")
    implied by it
    """
    return {
        "said": _("said by the article"),
        "implied": _("implied by it"),
        "transferred": _("asked of the concept adopted later"),
    }[origin]


def origin_meaning(origin: str) -> str:
    """Where the claims of one of `ORIGINS` come from.

    >>> claims.origin_meaning("implied")
    it follows from what the article says
    """
    return {
        "said": _("the article says it"),
        "implied": _("it follows from what the article says"),
        "transferred": _("the collection asks it of the concept that was adopted later"),
    }[origin]


def theme_titles(domains: Iterable[str]) -> list[str]:
    """The names of themes, each in quotation marks."""
    return [quoted(title) for title in commitments.domain_titles()[list(domains)]]
