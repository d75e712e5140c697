"""Tables on the claims, for display."""

import pandas as pd

from centralasia import hierarchy
from centralasia.claims.judgements import ORIGINS, VERDICTS
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.sources import SEPARATOR

__all__ = ["claim_table", "origin_table", "practice_table", "settling_table", "verdict_table"]


def claim_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The claims of `verdicts`: what has to hold, the verdict, why, and whether the data could refute it."""
    columns = {
        "What has to hold": found["criterion"].mask(found["criterion"] == "", "only reading settles it"),
        "Verdict": found["verdict"],
        "Why": found["reason"].mask(found["reason"] == "", found["finding"]),
        "Could the data refute it?": found["could_fail"].map({True: "yes", False: "no"}),
    }
    order = pd.Categorical(found["verdict"], list(VERDICTS)).argsort(kind="stable")
    return display_table(pd.DataFrame(columns).iloc[order], index=found["claim"].iloc[order], corner="Claim")


def origin_table(found: pd.DataFrame) -> UntruncatedFrame:
    """How many claims of each origin have each verdict, and how many of them the data could have refuted."""
    counts = pd.crosstab(found["origin"], found["verdict"]).reindex(
        index=[o for o in ORIGINS if o in set(found["origin"])], columns=list(VERDICTS), fill_value=0
    )
    counts["could be refuted"] = found.groupby("origin", observed=True)["could_fail"].sum()
    return display_table(counts, index=[ORIGINS[origin] for origin in counts.index], corner="Origin")


def practice_table(done: pd.DataFrame) -> UntruncatedFrame:
    """The claims of growing priority by what states do since 2020, compared with 2014–2019: numbers of comparisons."""
    return display_table(done.drop(columns=["claim", "source"]), index=done["claim"], corner="Claim", empty="none")


def settling_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The text, the passage and the place that would settle the claims that are not settled, and which these are."""
    wanted = found[~found["verdict"].isin(["supported", "contradicted"])].set_index("claim_id")["claim"]
    texts = hierarchy.settling_texts(claims=list(wanted.index))
    named = texts["claims"].str.split(SEPARATOR)
    settles = ["; ".join(wanted[code] for code in codes if code in wanted) for codes in named]
    columns = {"Passage": texts["passage"], "Where it is kept": texts["kept"], "What it would settle": settles}
    return display_table(columns, index=texts["text"], corner="Text")


def verdict_table() -> UntruncatedFrame:
    """How the checks of a claim make its verdict."""
    return display_table({"When": list(VERDICTS.values())}, index=list(VERDICTS), corner="Verdict")
