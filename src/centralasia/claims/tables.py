"""Tables on the claims, for display."""

import pandas as pd

from centralasia.claims.judgements import VERDICTS, disagreements
from centralasia.claims.rules import RULES
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import plain

__all__ = ["claim_table", "cross_table", "disagreement_table", "rule_table", "verdict_table"]


def claim_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The claims of `verdicts` for reading: verdict, what was recorded where it differs, and why."""
    recorded, unmeasured = found["recorded_status"].map(plain), found["verdict"] == "no_measure"
    columns = {
        "Claim": found["claim"],
        "Verdict": found["verdict"].map(plain),
        "Recorded, where it differs": recorded.where(found.index.isin(disagreements(found).index), ""),
        "Why": found["reason"].mask(unmeasured, "recorded: " + recorded),
    }
    return display_table(columns, index=found["claim_id"], corner="No.")


def disagreement_table(found: pd.DataFrame) -> UntruncatedFrame:
    """The claims whose verdict is not the recorded status, with what each of the two rests on."""
    rows = disagreements(found)
    columns = {"Claim": rows["claim"], "Computed": rows["verdict"].map(plain), "From": rows["reason"],
               "Recorded": rows["recorded_status"].map(plain), "Resting on": rows["finding"]}  # fmt: skip
    return display_table(columns, index=rows["claim_id"], corner="No.")


def cross_table(found: pd.DataFrame) -> UntruncatedFrame:
    """How many claims have each pair of verdict and recorded status."""
    words = pd.CategoricalDtype(list(VERDICTS))  # their order is that of rows and columns
    counts = pd.crosstab(found["verdict"].astype(words), found["recorded_status"].astype(words))
    corner = "Computed, by recorded status"
    return display_table(counts, map(plain, counts.columns), map(plain, counts.index), corner)


def rule_table() -> UntruncatedFrame:
    """The rule of every measure: its keys in ``claims.test``, and when a check of it holds."""
    rows = [(rule.keys, rule.description) for rule in RULES.values()]
    return display_table(rows, ["Keys", "A check holds where"], RULES, "Measure")


def verdict_table() -> UntruncatedFrame:
    """How the checks of a claim make its verdict."""
    return display_table({"When": list(VERDICTS.values())}, index=map(plain, VERDICTS), corner="Verdict")
