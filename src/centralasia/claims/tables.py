"""Tables on the claims, for display."""

import pandas as pd

from centralasia import hierarchy
from centralasia.claims.words import ORIGINS, VERDICTS, origin_meaning, verdict_meaning, verdict_name
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.language import _
from datacontract.sources import SEPARATOR

__all__ = ["claim_table", "origin_table", "practice_table", "settling_table", "verdict_table"]


def claim_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The claims of `verdicts`: what has to hold, the verdict, why, and whether the data could refute it.

    >>> claims.claim_table(claims.verdicts("adopted"))[["Verdict"]].head(2)
    Claim                                                 Verdict
    A new foreign policy concept for Kazakhstan wit...  supported
    The concept before it ran from 2014 to 2020         supported
    """
    columns = {
        _("What has to hold"): found["criterion"].mask(found["criterion"] == "", _("only reading settles it")),
        _("Verdict"): found["verdict"].map(verdict_name),
        _("Why"): found["reason"].mask(found["reason"] == "", found["finding"]),
        _("Could the data refute it?"): found["could_fail"].map({True: _("yes"), False: _("no")}),
    }
    order = pd.Categorical(found["verdict"], list(VERDICTS)).argsort(kind="stable")
    return display_table(pd.DataFrame(columns).iloc[order], index=found["claim"].iloc[order], corner=_("Claim"))


def origin_table(found: pd.DataFrame) -> UntruncatedFrame:
    """How many claims of each origin have each verdict, and how many of them the data could have refuted.

    >>> claims.origin_table(claims.verdicts("TKM"))[["supported", "mixed", "could be refuted"]]
    Origin                                 supported  mixed  could be refuted
    the article says it                            1      0                 8
    it follows from what the article says          0      1                 1
    """
    counts = pd.crosstab(found["origin"], found["verdict"]).reindex(
        index=[o for o in ORIGINS if o in set(found["origin"])], columns=list(VERDICTS), fill_value=0
    )
    counts["could_fail"] = found.groupby("origin", observed=True)["could_fail"].sum()
    headings = [*map(verdict_name, VERDICTS), _("could be refuted")]
    return display_table(counts, headings, map(origin_meaning, counts.index), _("Origin"))


def practice_table(done: pd.DataFrame) -> UntruncatedFrame:
    """The claims of growing priority by what states do since 2020, compared with 2014–2019: numbers of comparisons.

    >>> claims.practice_table(claims.practice("draft")).iloc[0]
    Claim
    rise                 0
    fall                 0
    no certain change    4
    unknown              2
    Name: Central Asia ranks higher in the draft than in 2014, dtype: int64
    """
    counts = done[["rise", "fall", "no certain change", "unknown"]]
    headings = [_("rise"), _("fall"), _("no certain change"), _("unknown")]
    return display_table(counts, headings, done["claim"], _("Claim"), empty=_("none"))


def settling_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The text, the passage and the place that would settle the claims that are not settled, and which these are.

    >>> list(claims.settling_table(claims.verdicts("adopted")))
    [Passage, Where it is kept, What it would settle]
    """
    wanted = found[~found["verdict"].isin(["supported", "contradicted"])].set_index("claim_id")["claim"]
    texts = hierarchy.settling_texts(claims=list(wanted.index))
    named = texts["claims"].str.split(SEPARATOR)
    settles = ["; ".join(wanted[code] for code in codes if code in wanted) for codes in named]
    columns = {
        _("Passage"): texts["passage"].map(_),
        _("Where it is kept"): texts["kept"].map(_),
        _("What it would settle"): settles,
    }
    return display_table(columns, index=texts["text"].map(_), corner=_("Text"))


def verdict_table() -> UntruncatedFrame:
    """How the checks of a claim make its verdict.

    >>> claims.verdict_table().loc["mixed", "When"]
    part of what is known holds, and part does not
    """
    meanings = {_("When"): list(map(verdict_meaning, VERDICTS))}
    return display_table(meanings, index=map(verdict_name, VERDICTS), corner=_("Verdict"))
