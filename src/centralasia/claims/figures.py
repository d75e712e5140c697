"""The figures of the claims."""

from typing import Any

import pandas as pd

from centralasia.claims.judgements import ORIGINS, VERDICTS, of_article
from centralasia.figures import Drawing, figure
from centralasia.figures.marks import DISC, RING, draw_key, draw_mark, frame_matrix, heading_lines
from centralasia.figures.style import INK
from datacontract.words import join_list, pluralize, verb

__all__ = ["claim_matrix", "draw_chart"]

_ACROSS = 4  # discs side by side in one field
_GREENS = {"supported": "#1b6b3a", "supported so far": "#7fb58f", "mixed": "#8a8a8a", "against so far": "#d9a08c",
           "contradicted": "#a33b20", "open": "#e4e4e4"}  # fmt: skip
_NAMES = {"said": "said by the article", "implied": "implied by it", "transferred": "asked of the concept adopted later"}


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
    origins = [origin for origin in ORIGINS if origin in set(found["origin"])]
    words, axes, deepest = list(VERDICTS), canvas.subplots(), {}
    for (origin, verdict), own in found.groupby(["origin", "verdict"], sort=False, observed=True):
        y, x = origins.index(origin), words.index(verdict)
        for i, could_fail in enumerate(own["could_fail"].sort_values(ascending=False, kind="stable")):
            column, row = i % _ACROSS, i // _ACROSS
            deepest[origin] = max(row, deepest.get(origin, 0))
            place = x - 0.33 + 0.22 * column, y - 0.36 + 0.15 * row
            draw_mark(axes, *place, DISC if could_fail else RING, INK, size=42, linewidth=1.2)
        axes.text(x + 0.44, y + 0.4, str(len(own)), ha="right", va="center", fontsize=10)
    frame_matrix(axes, [_NAMES[origin] for origin in origins], [heading_lines(word) for word in words], letters=13)
    axes.xaxis.tick_top()
    draw_key(canvas, {"the data could have refuted it": DISC, "the data could not": RING})
    canvas.set_figheight(1.2 + 1.35 * len(origins))
    said = [
        f"{_NAMES[origin].capitalize()}: " + "; ".join(
            f"{word}: {', '.join(rows['claim'])}" for word, rows in own.groupby("verdict", sort=False))
        for origin, own in found.groupby("origin", sort=False, observed=True)
    ]  # fmt: skip
    counts = of_article(found)["verdict"].value_counts()
    listed = join_list(f"{counts[word]} {word}" for word in words if word in counts)
    article = len(of_article(found))
    return Drawing(
        f"Of {pluralize(article, 'claim')} of the article, {listed}" if article else f"{pluralize(len(found), 'claim')} of our own",
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
    import textwrap

    from centralasia.figures import draw_nothing

    firm = drawn.max(axis="columns") >= 0.95
    unsure = drawn[~firm].join(found.set_index("claim_id")[["claim", "verdict"]])
    caption = f"n = {pluralize(len(unsure), 'claim')} of {len(drawn)}; the others keep their verdict in 19 of 20 draws or more."
    if unsure.empty:
        return draw_nothing(canvas, "Every verdict comes out in at least 19 of 20 draws.", caption, unsure.reset_index())
    axes, places = canvas.subplots(), range(len(unsure))
    left = pd.Series(0.0, unsure.index)
    for word, shade in _GREENS.items():
        if unsure[word].any():
            axes.barh(places, unsure[word], left=left, color=shade, edgecolor="white", linewidth=0.8, height=0.66, label=word)
            left = left + unsure[word]
    axes.set_yticks(places, [textwrap.fill(claim, 44) for claim in unsure["claim"]], fontsize=8.5)
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
        f"The verdict on {pluralize(len(unsure), 'claim')} {verb(len(unsure), 'depends', 'depend')} on readings or single codings",
        f"Bars of the shares of draws. {words}.",
        caption,
        unsure.reset_index(drop=True),
    )
