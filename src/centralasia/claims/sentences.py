"""Sentences on the claims."""

from centralasia.claims import measures as claims
from centralasia.claims.rules import ALONE
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = ["claims_answer", "claims_by_reading", "claims_contradicted", "claims_differ", "claims_open"]


@localized
def claims_answer(found):
    """How many of the claims of `centralasia.claims.verdicts` have each verdict."""
    counts = found["verdict"].value_counts()
    parts = [translate(f"claims.{verdict}", n=counts[verdict]) for verdict in claims.VERDICTS if verdict in counts]
    return translate("claims.answer", n=len(found), parts=parts)


def claims_contradicted(found):
    """What speaks against the article: the claims that are contradicted, with why."""
    rows = found[found["verdict"] == "contradicted"]
    if rows.empty:
        return MarkdownText("None of these claims is contradicted.")
    lines = [f"- *{r.claim}* ({r.claim_id}). {r.reason}" for r in rows.itertuples()]
    return MarkdownText(
        f"Nothing that was found bears out {_these(len(rows))}, and something speaks against:\n\n" + "\n".join(lines)
    )


def claims_open(found):
    """How many claims are not established because the article is alone, and how many since nothing is known."""
    rows = found[found["verdict"] == "not_established"]
    if rows.empty:
        return MarkdownText("Every claim that has a measure is settled at least in part.")
    alone = int(rows["reason"].str.contains(ALONE, regex=False).sum())
    silent = len(rows) - alone
    parts = [f"{alone} {'is' if alone == 1 else 'are'} told by the article alone"] if alone else []
    if silent:
        parts.append(f"on {silent} the part read says nothing, or names it only in passing")
    them = "it" if len(rows) == 1 else "them"
    start = f"{pluralize(len(rows), 'claim')} {'is' if len(rows) == 1 else 'are'} not established"
    return MarkdownText(f"{start}, which does not make {them} false: {join_list(parts)}.")


def claims_differ(found):
    """In how many claims verdict and recorded status agree, and which ones are judged otherwise."""
    told = found[found["same"].notna()]
    if told.empty:
        return MarkdownText("None of these claims has a measure, so that there is nothing to compare.")
    rows = claims.differing(told)
    held = f"{len(told) - len(rows)} of {pluralize(len(told), 'claim')}"
    agree = f"Verdict and recorded status agree in **{held}** with a measure"
    if rows.empty:
        return MarkdownText(f"{agree}.")
    order = ["contradicted", "not_established", "partly", "supported"]
    strict = [r.claim_id for r in rows.itertuples() if order.index(r.verdict) < order.index(r.recorded_status)]
    kind = [r.claim_id for r in rows.itertuples() if r.claim_id not in strict]
    ways = (
        ("less favourable than the reading", strict),
        ("more favourable", kind) if strict else ("more favourable than the reading", kind),
    )
    parts = [f"{words} on {join_list(ids)}" for words, ids in ways if ids]
    return MarkdownText(f"{agree}; the tables are {join_list(parts)}.")


def claims_by_reading(found, other):
    """Which verdicts change between judging places over all readings and over the baseline alone.

    `found` is over all readings, `other` over the baseline, of the same claims.
    """
    both = found[["claim_id", "verdict"]].merge(other[["claim_id", "verdict"]], on="claim_id", suffixes=("", "_other"))
    moved = both[both["verdict"] != both["verdict_other"]]
    if moved.empty:
        return MarkdownText("No verdict depends on the reading: the baseline alone gives the same.")
    steps = [
        f"{r.claim_id} from {claims.name(r.verdict)} to {claims.name(r.verdict_other)}" for r in moved.itertuples()
    ]
    changed = f"{pluralize(len(moved), 'verdict')} {'changes' if len(moved) == 1 else 'change'}"
    return MarkdownText(f"With the baseline reading alone instead of all readings, {changed}: {join_list(steps)}.")


def _these(number):
    return "this claim" if number == 1 else f"these {number} claims"
