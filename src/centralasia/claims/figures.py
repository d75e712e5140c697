"""The figures of the claims."""

import textwrap
from typing import Any

import pandas as pd

from centralasia.claims.judgements import ORIGINS, VERDICTS, of_article
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import DISC, RING, draw_key, draw_mark, heading_lines
from centralasia.figures.style import INK, RULE
from datacontract.words import join_list, pluralize, verb

__all__ = ["claim_matrix", "draw_chart"]

_ACROSS = 4  # discs side by side in one field
_SHADES = {"supported": "#1b6b3a", "supported so far": "#5aa073", "mixed": "#8a8a8a", "against so far": "#cc7a5c",
           "contradicted": "#a33b20"}  # fmt: skip
_NAMES = {
    "said": "said by the article",
    "implied": "implied by it",
    "transferred": "asked of the concept adopted later",
}


@figure
def claim_matrix(canvas: Any, found: pd.DataFrame) -> Drawing:
    """Every claim as a disc: where it comes from (rows) and its verdict (columns).

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.claims.verdicts`.

    A full disc is a claim that the data could have refuted, a ring one that they could not: its sources record what was
    found and never what is missing.
    """
    words, axes, y = list(VERDICTS), canvas.subplots(), 0.0
    for origin in [origin for origin in ORIGINS if origin in set(found["origin"])]:
        rows = found[found["origin"] == origin]
        depth = -(-int(rows["verdict"].value_counts().max()) // _ACROSS)
        axes.axhline(y, color=RULE, lw=0.8)
        name = textwrap.fill(_NAMES[origin], 14)
        axes.text(-0.62, y + (depth + 1) / 2, name, ha="right", va="center", fontsize=9.5, linespacing=1.2)
        for verdict, own in rows.groupby("verdict", sort=False):
            x = words.index(verdict)
            axes.text(x - 0.48, y + 1, str(len(own)), va="center", fontsize=10, fontweight="bold")
            for i, could_fail in enumerate(own["could_fail"].sort_values(ascending=False, kind="stable")):
                place = x - 0.2 + 0.17 * (i % _ACROSS), y + 1 + i // _ACROSS
                draw_mark(axes, *place, DISC if could_fail else RING, INK, size=36, linewidth=1.2)
        y += max(depth, 0.8 * name.count("\n")) + 1
    axes.set(xlim=(-0.55, len(words) - 0.5), ylim=(y, 0), yticks=[])
    axes.set_xticks(range(len(words)), [heading_lines(word) for word in words], fontsize=9)
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    draw_key(canvas, {"the data could have refuted it": DISC, "the data could not": RING})
    canvas.set_figheight(1.3 + 0.24 * y)
    said = [
        f"{_NAMES[origin].capitalize()}: " + "; ".join(
            f"{word}: {', '.join(rows['claim'])}" for word, rows in own.groupby("verdict", sort=False))
        for origin, own in found.groupby("origin", sort=False, observed=True)
    ]  # fmt: skip
    counts = of_article(found)["verdict"].value_counts()
    listed = join_list(f"{counts[word]} {word}" for word in words if word in counts)
    article = len(of_article(found))
    return Drawing(
        f"Of {pluralize(article, 'claim')} of the article, {listed}"
        if article
        else f"{pluralize(len(found), 'claim')} of our own",
        f"Matrix of {pluralize(len(found), 'claim')} by where they come from and by verdict. {'. '.join(said)}.",
        f"n = {pluralize(len(found), 'claim')}. Full disc: the data could have refuted it; ring: they could not.",
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
    """
    firm = drawn.max(axis="columns") >= 0.95
    unsure = drawn[~firm].join(found.set_index("claim_id")[["claim", "verdict"]])
    others = "the others keep their verdict in 19 of 20 draws or more"
    caption = f"n = {pluralize(len(unsure), 'claim')} of {len(drawn)}; {others}."
    if unsure.empty:
        return draw_nothing(
            canvas, "Every verdict comes out in at least 19 of 20 draws.", caption, unsure.reset_index()
        )
    axes, places = canvas.subplots(), range(len(unsure))
    left = pd.Series(0.0, unsure.index)
    for word, shade in _SHADES.items():
        if unsure[word].any():
            axes.barh(
                places, unsure[word], left=left, color=shade, edgecolor="white", linewidth=0.8, height=0.66, label=word
            )
            left = left + unsure[word]
    axes.set_yticks(places, [textwrap.fill(claim, 58, max_lines=2) for claim in unsure["claim"]], fontsize=8)
    axes.set(xlim=(0, 1), ylim=(len(unsure) - 0.4, -0.6), xlabel="Share of draws")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.spines["left"].set_visible(False)
    canvas.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    canvas.set_figheight(1.5 + 0.48 * len(unsure))
    words = "; ".join(
        f"{row['claim']}: " + ", ".join(f"{word} {row[word]:.0%}" for word in VERDICTS if row[word] >= 0.005)
        for _, row in unsure.iterrows()
    )
    return Drawing(
        f"{pluralize(len(unsure), 'verdict')} {verb(len(unsure), 'depends', 'depend')} on readings or single codings",
        f"Bars of the shares of draws. {words}.",
        caption,
        unsure.reset_index(drop=True),
    )
