"""Sentences on the claims."""

import pandas as pd

from centralasia.claims.judgements import VERDICTS, of_article
from datacontract.words import MarkdownText, join_list, pluralize, verb

__all__ = ["against", "answer", "could_fail", "open_claims", "survival"]


def answer(found: pd.DataFrame) -> MarkdownText:
    """How many of the claims that the article says or implies have each verdict; the others apart."""
    own = of_article(found)
    other = found.drop(own.index)
    if own.empty:
        return MarkdownText(f"{_counted(other)}. The article itself makes none of these claims.")
    text = f"The article makes or implies {pluralize(len(own), 'claim')}: {_counts(own)}."
    if len(other):
        text += f" Our {pluralize(len(other), 'statement')} on the concept adopted later came out as {_counts(other)}."
    return MarkdownText(text)


def could_fail(found: pd.DataFrame) -> MarkdownText:
    """How many claims the data at hand could have refuted at all."""
    own = of_article(found)
    able = own[own["could_fail"]]
    return MarkdownText(
        f"The data could have refuted **{len(able)}** of these {pluralize(len(own), 'claim')}: {_counts(able)}. "
        "For the others the sources record what they found and never what a text leaves out."
    )


def against(found: pd.DataFrame) -> MarkdownText:
    """The claims that something on record speaks against, with why."""
    rows = found[found["verdict"].isin(["contradicted", "against so far"])]
    if rows.empty:
        return MarkdownText("Nothing on record speaks against these claims alone.")
    lines = []
    for row in rows.itertuples():
        origin = " (our question, not the article's)" if row.origin == "transferred" else ""
        lines.append(f"- *{row.claim}*{origin}: {row.verdict}. {row.reason}")
    return MarkdownText("\n".join(lines))


def open_claims(found: pd.DataFrame) -> MarkdownText:
    """How many claims stay open, and why."""
    rows = found[found["verdict"] == "open"]
    if rows.empty:
        return MarkdownText("None of these claims stays open.")
    alone = int(rows["reason"].str.contains("only the article says so").sum())
    untested = int((rows["criterion"] == "").sum())
    rest = len(rows) - alone - untested
    parts = [f"{n} {words}" for n, words in (
        (alone, verb(alone, "rests", "rest") + " on the article alone"),
        (untested, verb(untested, "asks", "ask") + " what no table holds"),
        (rest, verb(rest, "finds", "find") + " nothing in what was read"),
    ) if n]  # fmt: skip
    return MarkdownText(f"{pluralize(len(rows), 'claim')} {verb(len(rows), 'stays', 'stay')} open: {join_list(parts)}.")


def survival(found: pd.DataFrame, drawn: pd.DataFrame) -> MarkdownText:
    """How firm the verdicts are when readings and codings are uncertain."""
    judged = found[found["verdict"] != "open"].set_index("claim_id")
    shares = pd.Series({claim: drawn.loc[claim, row["verdict"]] for claim, row in judged.iterrows()}, dtype=float)
    if shares.empty:
        return MarkdownText("No verdict to draw: every claim stays open.")
    firm = int((shares >= 0.95).sum())
    said = verb(firm, "holds", "hold")
    text = f"**{firm}** of {pluralize(len(shares), 'verdict')} {said} in 19 of 20 draws or more."
    split = [claim for claim in shares[shares < 0.5].index if judged.loc[claim, "verdict"] == "mixed"]
    if split:
        names = join_list(f"“{claim}”" for claim in judged.loc[split, "claim"])
        text += f" {names} {verb(len(split), 'depends', 'depend')} on which of several equal readings is right."
    return MarkdownText(text)


def _counts(found: pd.DataFrame) -> str:
    counts = found["verdict"].value_counts()
    return join_list(f"**{counts[word]}** {word}" for word in VERDICTS if word in counts) or "none"


def _counted(found: pd.DataFrame) -> str:
    return f"{pluralize(len(found), 'statement')}: {_counts(found)}"
