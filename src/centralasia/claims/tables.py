"""Tables on the claims, for display."""

import pandas as pd

from centralasia.claims.measures import VERDICTS, differing, name
from centralasia.claims.rules import RULES
from centralasia.tables import UntruncatedFrame

__all__ = ["crossed", "differences", "rule_table", "table", "verdict_table"]


def table(found):
    """The claims of `verdicts` for reading: verdict, what was recorded where it differs, and why."""
    differs = found.index.isin(differing(found).index)
    return _shown(
        found,
        {
            "Claim": found["claim"],
            "Verdict": found["verdict"].map(name),
            "Recorded, where it differs": found["recorded_status"].map(name).where(differs, ""),
            "Why": found["reason"].where(
                found["verdict"] != "no_measure", "recorded: " + found["recorded_status"].map(name)
            ),
        },
    )


def differences(found):
    """The claims whose verdict is not the recorded status, with what each of the two rests on."""
    rows = differing(found)
    return _shown(rows, {"Claim": rows["claim"], "Computed": rows["verdict"].map(name), "From": rows["reason"],
                         "Recorded": rows["recorded_status"].map(name), "Resting on": rows["finding"]})  # fmt: skip


def crossed(found):
    """How many claims have each pair of verdict and recorded status."""
    order = list(VERDICTS)
    counts = pd.crosstab(found["verdict"], found["recorded_status"])
    counts = counts.reindex(index=[v for v in order if v in counts.index], columns=[v for v in order if v in counts])
    return counts.rename(index=name, columns=name).rename_axis(columns="Computed, by recorded status", index=None)


def rule_table():
    """The rule of every measure: its keys in ``claims.test``, and when a check of it holds."""
    rows = [
        (
            measure,
            " ".join([*r.required, *(f"[{k}]" for k in r.optional)]),
            " ".join(r.judge.__doc__.replace("`", "'").split()),
        )
        for measure, r in RULES.items()
    ]
    frame = pd.DataFrame(rows, columns=["Measure", "Keys", "A check holds where"]).set_index("Measure")
    return UntruncatedFrame(frame.rename_axis(columns="Measure", index=None))


def verdict_table():
    """How the checks of a claim make its verdict."""
    frame = pd.DataFrame({"When": VERDICTS})
    return UntruncatedFrame(frame.rename(index=name).rename_axis(columns="Verdict", index=None))


def _shown(rows, columns):
    return UntruncatedFrame(pd.DataFrame(columns).set_axis(rows["claim_id"]).rename_axis(columns="No.", index=None))
