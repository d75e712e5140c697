"""Sentences on the claims."""

import pandas as pd

from centralasia.claims.judgements import VERDICTS, disagreements
from centralasia.claims.measures import ALONE
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, plain, pluralize, verb

__all__ = ["agreement", "answer", "changes_by_reading", "contradicted", "not_established"]

_STRICTEST_FIRST = ("contradicted", "not_established", "partly", "supported")


@localized
def answer(found: pd.DataFrame) -> MarkdownText:
    """How many of the claims of `centralasia.claims.verdicts` have each verdict."""
    counts = found["verdict"].value_counts()
    parts = [translate(f"claims.{word}", n=counts[word]) for word in VERDICTS if word in counts]
    return translate("claims.answer", n=len(found), parts=parts)


def contradicted(found: pd.DataFrame) -> MarkdownText:
    """What speaks against the article: the claims that are contradicted, with why."""
    rows = found[found["verdict"] == "contradicted"]
    if rows.empty:
        return MarkdownText("None of these claims is contradicted.")
    lines = [f"- *{r.claim}* ({r.claim_id}). {r.reason}" for r in rows.itertuples()]
    claims = verb(len(rows), "this claim", f"these {len(rows)} claims")
    text = f"Nothing that was found bears out {claims}, and something speaks against:\n\n"
    return MarkdownText(text + "\n".join(lines))


def not_established(found: pd.DataFrame) -> MarkdownText:
    """How many claims are not established because the article is alone, and how many since nothing is known."""
    rows = found[found["verdict"] == "not_established"]
    if rows.empty:
        return MarkdownText("Every claim that has a measure is settled at least in part.")
    total, alone = len(rows), int(rows["reason"].str.contains(ALONE, regex=False).sum())
    parts = [f"{alone} {verb(alone, 'is', 'are')} told by the article alone"] if alone else []
    if total > alone:
        parts.append(f"on {total - alone} the part read says nothing, or names it only in passing")
    start = f"{pluralize(total, 'claim')} {verb(total, 'is', 'are')} not established"
    return MarkdownText(f"{start}, which does not make {verb(total, 'it', 'them')} false: {join_list(parts)}.")


def agreement(found: pd.DataFrame) -> MarkdownText:
    """In how many claims verdict and recorded status agree, and which ones are judged otherwise."""
    measured = found[found["same"].notna()]
    if measured.empty:
        return MarkdownText("None of these claims has a measure, so that there is nothing to compare.")
    rows = disagreements(measured)
    counts = f"{len(measured) - len(rows)} of {pluralize(len(measured), 'claim')}"
    text = f"Verdict and recorded status agree in **{counts}** with a measure"
    if rows.empty:
        return MarkdownText(f"{text}.")
    computed, recorded = (rows[c].map(_STRICTEST_FIRST.index) for c in ("verdict", "recorded_status"))
    groups = {"less favourable": computed < recorded, "more favourable": computed > recorded}
    parts = [f"{words} on {join_list(rows.loc[own, 'claim_id'])}" for words, own in groups.items() if own.any()]
    parts[0] = parts[0].replace("favourable", "favourable than the reading", 1)
    return MarkdownText(f"{text}; the tables are {join_list(parts)}.")


def changes_by_reading(found: pd.DataFrame) -> MarkdownText:
    """Which verdicts change between judging places over all readings and over the baseline alone."""
    moved = found[found["by_all"] != found["by_baseline"]]
    if moved.empty:
        return MarkdownText("No verdict depends on the reading: the baseline alone gives the same.")
    steps = [f"{r.claim_id} from {plain(r.by_all)} to {plain(r.by_baseline)}" for r in moved.itertuples()]
    changed = f"{pluralize(len(moved), 'verdict')} {verb(len(moved), 'changes', 'change')}"
    return MarkdownText(f"With the baseline reading alone instead of all readings, {changed}: {join_list(steps)}.")
