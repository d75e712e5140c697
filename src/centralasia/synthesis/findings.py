"""The findings of the collection in a sentence or two each, and how sure we are of them; here on pairs of states.

*Firm*: the data say so by every way of asking that the collection tries. *Likely*: they lean that way, and something
named could still turn it. *Open*: the answer changes with a choice that nobody can settle from these data.
"""

import pandas as pd

from centralasia import ties
from centralasia.names import level_name, region_name
from centralasia.synthesis.measures import corrected, correlations, outside_chance
from centralasia.synthesis.words import FIRM, LIKELY, OPEN, Finding, quantity_names, said
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = ["ties_finding", "together_finding"]


def together_finding(region: str, values: pd.DataFrame) -> Finding:
    """Whether the ways of being close put the pairs into one order; `values` as from `closeness`.

    >>> synthesis.together_finding("C5", synthesis.closeness("C5", 2019))
    Treaties, visits, votes, speeches and trade do not tell one story about Central Asia (five states): 8 of 15
    comparisons of two measures rank the pairs of states alike. ...
    """
    from scipy.stats import binom  # only here, since it costs more than all else

    found = correlations(values).dropna(subset="rho")
    if found.empty:
        return said(
            _("Too few pairs are known to set the ways of being close side by side."), OPEN, _("data are missing")
        )
    outside = int(outside_chance(found).sum())
    by_chance = float(binom.sf(outside - 1, len(found), 0.1))
    along, worst = int((found["rho"] > 0).sum()), found.loc[found["rho"].idxmin()]
    text = (
        ngettext(
            "Treaties, visits, votes, speeches and trade tell one story about {region}: {along} of {n} comparison of "
            "two measures ranks the pairs of states alike.",
            "Treaties, visits, votes, speeches and trade tell one story about {region}: {along} of {n} comparisons of "
            "two measures rank the pairs of states alike.",
            len(found),
            region=region_name(region),
            along=along,
        )
        if along == len(found)
        else ngettext(
            "Treaties, visits, votes, speeches and trade do not tell one story about {region}: {along} of {n} "
            "comparison of two measures ranks the pairs of states alike.",
            "Treaties, visits, votes, speeches and trade do not tell one story about {region}: {along} of {n} "
            "comparisons of two measures rank the pairs of states alike.",
            len(found),
            region=region_name(region),
            along=along,
        )
    )
    if worst["rho"] < 0:
        other, names = corrected(found, worst), quantity_names(worst)
        link = (
            _(
                "Pairs with a higher {one} even have a lower {other}; corrected for chance, they do not.",
                **names,
            )
            if other is not None and other["rho"] > 0
            else _("Pairs with a higher {one} even have a lower {other}.", **names)
        )
        text = MarkdownText(f"{text} {link}")
    reason = ngettext(
        "{n} comparison of {all} differs from chance, where about {expected} would anyway; with so few states no "
        "single one is firm",
        "{n} comparisons of {all} differ from chance, where about {expected} would anyway; with so few states no "
        "single one is firm",
        outside,
        all=len(found),
        expected=max(1, round(0.1 * len(found))),
    )
    return said(text, LIKELY if by_chance < 0.05 else OPEN, reason)


def ties_finding(region: str, year: int) -> Finding:
    """How many pairs had reached the second-highest label or more, and how firm that number is.

    >>> synthesis.ties_finding("C5", 2019)
    By 2019, 1 of the 10 pairs had signed a relationship called “deepened strategic” or higher. Whether that is
    more than they sign with others is open.
    <BLANKLINE>
    **Firm:** each rests on acts known with high confidence.
    """
    counts, level = ties.level_counts(region, year), ties.levels()[-2]
    row = counts.loc[level]
    firm, found = int(row["firm"]), int(row["found"])
    fields = {"year": year, "level": level_name(level)}
    if not found:
        text = _("No pair is known to have signed a relationship called “{level}” or higher by {year}.", **fields)
        return said(text, OPEN, _("none was found, which does not prove that there is none"))
    text = ngettext(
        "By {year}, {found} of the {n} pair had signed a relationship called “{level}” or higher. Whether that is more "
        "than they sign with others is open.",
        "By {year}, {found} of the {n} pairs had signed a relationship called “{level}” or higher. Whether that is "
        "more than they sign with others is open.",
        int(counts["pairs"].iloc[0]),
        found=found,
        **fields,
    )
    if firm == found:
        return said(text, FIRM, _("each rests on acts known with high confidence"))
    reason = ngettext(
        "{n} of the {found} rests on acts known with high confidence",
        "{n} of the {found} rest on acts known with high confidence",
        firm,
        found=found,
    )
    return said(text, LIKELY, reason)
