"""The figures of the claims."""

from typing import Any

import pandas as pd

from centralasia.claims.judgements import of_article
from centralasia.claims.words import ORIGINS, VERDICTS, origin_name, verdict_counts, verdict_name
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, fitting_size
from centralasia.figures.marks import (
    DISC,
    RING,
    draw_key,
    draw_legend,
    draw_mark,
    heading_lines,
    name_rows,
)
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import INK, RULE, is_narrow
from datacontract.language import _, ngettext
from datacontract.phrases import percent
from datacontract.words import capitalised

__all__ = ["claim_matrix", "draw_chart"]

_ACROSS = 4  # discs side by side in one field
_SHADES = {"supported": "#1b6b3a", "supported so far": "#5aa073", "mixed": "#8a8a8a", "against so far": "#cc7a5c",
           "contradicted": "#a33b20"}  # fmt: skip


@figure
def claim_matrix(canvas: Any, found: pd.DataFrame) -> Drawing:
    """Every claim as a disc: where it comes from (rows) and its verdict (columns).

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.claims.verdicts`.

    A full disc is a claim that the data could have refuted, a ring one that they could not: its sources record what was
    found and never what is missing.

    Examples
    --------
    >>> claims.claim_matrix(claims.verdicts("adopted")).title
    Of 3 claims of the article, 2 supported and 1 mixed
    """
    narrow = is_narrow(canvas)
    across, apart = (2, 0.32) if narrow else (_ACROSS, 0.17)
    axes, y = canvas.subplots(), 0.0
    for origin in [origin for origin in ORIGINS if origin in set(found["origin"])]:
        rows = found[found["origin"] == origin]
        depth = -(-int(rows["verdict"].value_counts().max()) // across)
        axes.axhline(y, color=RULE, lw=0.8)
        name = origin_name(origin) if narrow else fill_lines(origin_name(origin), 14)
        at, side = ((-0.48, y + 0.7), "left") if narrow else ((-0.62, y + (depth + 1) / 2), "right")
        axes.text(*at, name, ha=side, va="center", fontsize=9.5, linespacing=1.2)
        y += 0.8 * narrow
        for verdict, own in rows.groupby("verdict", sort=False):
            x = VERDICTS.index(verdict)
            number_x, side = (x - 0.04, "center") if narrow else (x - 0.32, "right")
            axes.text(number_x, y + 1, str(len(own)), ha=side, va="center", fontsize=10, fontweight="bold")
            fallible_first = own.sort_values("could_fail", ascending=False, kind="stable")
            for i, claim in enumerate(fallible_first.itertuples()):
                place = x - 0.2 + apart * (i % across), y + 1 + narrow + i // across
                draw_mark(axes, *place, DISC if claim.could_fail else RING, INK, size=36, linewidth=1.2)
                name_mark(
                    axes, *place, with_sources(f"{capitalised(verdict_name(verdict))}: {claim.claim}", claim.source)
                )
        y += max(depth + narrow, 0.8 * name.count("\n")) + 1
    axes.set(xlim=(-0.55, len(VERDICTS) - 0.5), ylim=(y, 0), yticks=[])
    headings = [heading_lines(verdict_name(word)) for word in VERDICTS]
    axes.set_xticks(range(len(VERDICTS)), headings, fontsize=9 if narrow else fitting_size(headings, 57, 9))
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    draw_key(canvas, {_("the data could have refuted it"): DISC, _("the data could not"): RING})
    canvas.set_figheight(1.3 + 0.24 * y)
    said = [
        f"{capitalised(origin_name(origin))}: " + "; ".join(
            f"{verdict_name(word)}: {', '.join(rows['claim'])}" for word, rows in own.groupby("verdict", sort=False))
        for origin, own in found.groupby("origin", sort=False, observed=True)
    ]  # fmt: skip
    article = of_article(found)
    title = ngettext("{n} claim of our own", "{n} claims of our own", len(found))
    if len(article):
        title = ngettext(
            "Of {n} claim of the article, {verdicts}",
            "Of {n} claims of the article, {verdicts}",
            len(article),
            verdicts=verdict_counts(article),
        )
    return Drawing(
        title,
        ngettext(
            "Matrix of {n} claim by where it comes from and by verdict. {words}.",
            "Matrix of {n} claims by where they come from and by verdict. {words}.",
            len(found),
            words=". ".join(said),
        ),
        ngettext(
            "n = {n} claim. Full disc: the data could have refuted it; ring: they could not.",
            "n = {n} claims. Full disc: the data could have refuted it; ring: they could not.",
            len(found),
        ),
        found[["claim", "origin", "verdict", "could_fail", "criterion", "reason", "source"]],
        [found["source"]],
    )


@figure
def draw_chart(canvas: Any, found: pd.DataFrame, drawn: pd.DataFrame) -> Drawing:
    """How often each verdict comes out when readings and codings are uncertain: a bar for each claim that is unsure.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.claims.verdicts`.
    drawn : pandas.DataFrame
        As from `centralasia.claims.draw_verdicts`, for the same claims.

    Claims whose verdict comes out in at least nineteen of twenty draws are left out, and so are open ones.

    Examples
    --------
    >>> found = claims.verdicts("adopted")
    >>> claims.draw_chart(found, claims.draw_verdicts(found, draws=200)).title
    2 verdicts depend on readings or single codings
    """
    firm = drawn.max(axis="columns") >= 0.95
    unsure = drawn[~firm].join(found.set_index("claim_id")[["claim", "verdict"]])
    caption = ngettext(
        "n = {n} claim of {all}; the others keep their verdict in 19 of 20 draws or more.",
        "n = {n} claims of {all}; the others keep their verdict in 19 of 20 draws or more.",
        len(unsure),
        all=len(drawn),
    )
    if unsure.empty:
        nothing = _("Every verdict comes out in at least 19 of 20 draws.")
        return draw_nothing(canvas, nothing, caption, unsure.reset_index())
    height = 0.4 if is_narrow(canvas) else 0.66
    axes, places = canvas.subplots(), range(len(unsure))
    left = pd.Series(0.0, unsure.index)
    for word, shade in _SHADES.items():
        if unsure[word].any():
            style = {"color": shade, "edgecolor": "white", "linewidth": 0.8, "height": height}
            axes.barh(places, unsure[word], left=left, label=verdict_name(word), **style)
            for place, claim, share, before in zip(places, unsure["claim"], unsure[word], left, strict=True):
                if share:
                    said = f"{claim}: {verdict_name(word)} {percent(share)}"
                    name_mark(axes, before + share / 2, place, said, share, height)
            left = left + unsure[word]
    axes.set(xlim=(0, 1), ylim=(len(unsure) - 0.4, -0.8 if is_narrow(canvas) else -0.6), xlabel=_("Share of draws"))
    name_rows(axes, list(unsure["claim"]), 58, 8, lines=2)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [percent(share) for share in (0, 0.25, 0.5, 0.75, 1)])
    axes.spines["left"].set_visible(False)
    draw_legend(canvas, 3)
    canvas.set_figheight(1.5 + (0.62 if is_narrow(canvas) else 0.48) * len(unsure))
    words = "; ".join(
        f"{row['claim']}: "
        + ", ".join(f"{verdict_name(word)} {percent(row[word])}" for word in VERDICTS if row[word] >= 0.005)
        for _claim, row in unsure.iterrows()
    )
    return Drawing(
        ngettext(
            "{n} verdict depends on readings or single codings",
            "{n} verdicts depend on readings or single codings",
            len(unsure),
        ),
        _("Bars of the shares of draws. {words}.", words=words),
        caption,
        unsure.reset_index(drop=True),
    )
