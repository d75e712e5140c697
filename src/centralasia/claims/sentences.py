"""Sentences on the claims."""

import pandas as pd

from centralasia.claims.judgements import of_article
from centralasia.claims.words import verdict_counts, verdict_name
from centralasia.names import quoted
from datacontract.language import _, join_list, ngettext
from datacontract.words import MarkdownText

__all__ = ["against", "answer", "could_fail", "open_claims", "survival"]


def answer(found: pd.DataFrame) -> MarkdownText:
    """How many of the claims that the article says or implies have each verdict; the others apart.

    >>> claims.answer(claims.verdicts("adopted"))
    The article makes or implies 3 claims: **2** supported and **1** mixed. Our 3 statements on the concept adopted
    later came out as **2** contradicted and **1** open.
    """
    own = of_article(found)
    other = found.drop(own.index)
    if own.empty:
        return ngettext(
            "{n} statement: {verdicts}. The article itself does not make this claim.",
            "{n} statements: {verdicts}. The article itself makes none of these claims.",
            len(other),
            verdicts=verdict_counts(other, bold=True),
        )
    text = ngettext(
        "The article makes or implies {n} claim: {verdicts}.",
        "The article makes or implies {n} claims: {verdicts}.",
        len(own),
        verdicts=verdict_counts(own, bold=True),
    )
    if other.empty:
        return text
    ours = ngettext(
        "Our {n} statement on the concept adopted later came out as {verdicts}.",
        "Our {n} statements on the concept adopted later came out as {verdicts}.",
        len(other),
        verdicts=verdict_counts(other, bold=True),
    )
    return MarkdownText(f"{text} {ours}")


def could_fail(found: pd.DataFrame) -> MarkdownText:
    """How many claims the data at hand could have refuted at all.

    >>> claims.could_fail(claims.verdicts("draft"))
    The data could have refuted **6** of these 21 claims: **3** supported, **1** supported so far, **1** mixed and
    **1** open. Nothing could refute the others: the data do not measure them, or record what sources found and never
    what a text leaves out.
    """
    own = of_article(found)
    able = own[own["could_fail"]]
    text = ngettext(
        "The data could have refuted **{able}** of this {n} claim: {verdicts}.",
        "The data could have refuted **{able}** of these {n} claims: {verdicts}.",
        len(own),
        able=len(able),
        verdicts=verdict_counts(able, bold=True),
    )
    if len(able) == len(own):
        return text
    others = _(
        "Nothing could refute the others: the data do not measure them, or record what sources found and never what a "
        "text leaves out."
    )
    return MarkdownText(f"{text} {others}")


def against(found: pd.DataFrame) -> MarkdownText:
    """The claims that something on record speaks against, with why.

    >>> claims.against(claims.verdicts("adopted"))
    - *No term in the new doctrine as adopted* (our question, not the article's): contradicted. Against: the term is
    fixed.
    - *Central Asia ranks higher in the adopted concept than in 2014* (our question, not the article's):
    contradicted. Against: Central Asia 1st, then 4th; Central Asia 2nd, then 4th; Central Asia 3rd, then 4th.
    """
    rows = found[found["verdict"].isin(["contradicted", "against so far"])]
    if rows.empty:
        return _("No claim has only findings against it.")
    ours = " " + _("(our question, not the article's)")
    return MarkdownText(
        "\n".join(
            f"- *{row.claim}*{ours * (row.origin == 'transferred')}: {verdict_name(row.verdict)}. {row.reason}"
            for row in rows.itertuples()
        )
    )


def open_claims(found: pd.DataFrame) -> MarkdownText:
    """How many claims stay open, and why.

    >>> claims.open_claims(claims.verdicts("draft"))
    12 claims stay open: 9 rest on the article alone and 3 ask what no table holds.
    """
    rows = found[found["verdict"] == "open"]
    if rows.empty:
        return _("None of these claims stays open.")
    alone = sum(any(check.alone for check in own) for own in rows["checks"])
    untested = int((rows["criterion"] == "").sum())
    rest = len(rows) - alone - untested
    parts = [
        (alone, ngettext("{n} rests on the article alone", "{n} rest on the article alone", alone)),
        (untested, ngettext("{n} asks what no table holds", "{n} ask what no table holds", untested)),
        (rest, ngettext("{n} finds nothing in what was read", "{n} find nothing in what was read", rest)),
    ]
    return ngettext(
        "{n} claim stays open: {parts}.",
        "{n} claims stay open: {parts}.",
        len(rows),
        parts=[words for number, words in parts if number],
    )


def survival(found: pd.DataFrame, drawn: pd.DataFrame) -> MarkdownText:
    """How firm the verdicts are when readings and codings are uncertain.

    >>> found = claims.verdicts("adopted")
    >>> claims.survival(found, claims.draw_verdicts(found, draws=200))
    **3** of 5 verdicts hold in 19 of 20 draws or more. “The concept before it held for seven years” depends on
    which of several equal readings is right.
    """
    judged = found[found["verdict"] != "open"].set_index("claim_id")
    shares = pd.Series({claim: drawn.loc[claim, row["verdict"]] for claim, row in judged.iterrows()}, dtype=float)
    if shares.empty:
        return _("No verdict to draw: every claim stays open.")
    text = ngettext(
        "**{n}** of {verdicts} holds in 19 of 20 draws or more.",
        "**{n}** of {verdicts} hold in 19 of 20 draws or more.",
        int((shares >= 0.95).sum()),
        verdicts=ngettext("{n} verdict", "{n} verdicts", len(shares)),
    )
    split = [claim for claim in shares[shares < 0.5].index if judged.loc[claim, "verdict"] == "mixed"]
    if not split:
        return text
    depends = ngettext(
        "{claims} depends on which of several equal readings is right.",
        "{claims} depend on which of several equal readings is right.",
        len(split),
        claims=join_list(map(quoted, judged.loc[split, "claim"])),
    )
    return MarkdownText(f"{text} {depends}")
