"""The figure of the claims."""

from typing import Any

import pandas as pd

from centralasia.claims.judgements import VERDICTS, disagreements
from centralasia.figures import Drawing, figure
from centralasia.figures.marks import TEXT_BOX
from centralasia.figures.style import FAINT, INK, RULE
from centralasia.names import short_name
from datacontract.labels import translate_figure
from datacontract.words import plain, pluralize

__all__ = ["claim_matrix"]

_MARKS = {  # verdict: marker, fill, and what is filled; they differ by shape as well as by shade
    "supported": ("o", "#1a1a1a", "full"),
    "partly": ("o", "#8a8a8a", "left"),
    "contradicted": ("X", "#1a1a1a", "full"),
    "not_established": ("o", "white", "full"),
    "no_measure": ("_", FAINT, "full"),
}
_GROUPS = ("draft", "adopted", "region")  # others are actors
_ACROSS = 4  # tiles side by side in one cell
_STEP = _ACROSS + 0.6


@figure
def claim_matrix(canvas: Any, found: pd.DataFrame) -> Drawing:
    """Every claim as a tile: what it is about (rows), its computed verdict (columns, shape and shade).

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.claims.verdicts`.

    A small mark at the upper right of a tile is the recorded status, drawn only where it differs or where there is no
    measure.
    """
    tiles = found.assign(column=found["verdict"].map(list(VERDICTS).index)).sort_values("column", kind="stable")
    tiles["slot"] = tiles.groupby(["about", "verdict"]).cumcount()
    tiles["recorded"] = tiles["claim_id"].isin(disagreements(found)["claim_id"]) | tiles["same"].isna()
    status = [f" (recorded: {plain(t.recorded_status)})" if t.recorded else "" for t in tiles.itertuples()]
    tiles["words"] = tiles["claim_id"] + " " + tiles["claim"] + status
    known, axes, y, parts = set(found["about"]), canvas.subplots(), 0.0, []
    for group in [g for g in _GROUPS if g in known] + sorted(known.difference(_GROUPS)):
        own = tiles[tiles["about"] == group]
        name = translate_figure(f"claims.{group}") if group in _GROUPS else short_name(group)
        axes.axhline(y, color=INK, lw=0.8)
        axes.text(-0.5, y + 0.45, name, fontweight="bold", va="center", fontsize=9.5, bbox=TEXT_BOX)
        for tile in own.itertuples():
            _draw_tile(axes, tile.column * _STEP + tile.slot % _ACROSS, y + 1.3 + tile.slot // _ACROSS * 1.4, tile)
        by_verdict = own.groupby("verdict", sort=False)["words"]
        listed = [f"{plain(verdict)}: {'; '.join(words)}" for verdict, words in by_verdict]
        parts.append(f"{name}: {'. '.join(listed)}.")
        y += (1 + own["slot"].max() // _ACROSS) * 1.4 + 0.9
    for column, verdict in enumerate(VERDICTS):
        heading = f"{translate_figure(f'verdict.{verdict}').capitalize()}: {(found['verdict'] == verdict).sum()}"
        axes.text(column * _STEP - 0.5, -0.25, heading, va="bottom", fontsize=9)
        if column:
            axes.plot([column * _STEP - 0.75] * 2, [-0.9, y], color=RULE, lw=0.8, zorder=0)
    axes.set(xlim=(-0.6, len(VERDICTS) * _STEP - 0.75), ylim=(y, -1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    canvas.set_figheight(0.75 + 0.31 * y)
    caption = (
        f"Each tile is a claim (n = {len(found)}), with its number. Full disc: supported; half disc: partly; cross: "
        "contradicted; empty ring: not established; dash: no measure. A small mark at the upper right is the status "
        "recorded in reading, where it differs or stands alone."
    )
    alt_text = f"Matrix of {pluralize(len(found), 'claim')} by what they are about and by verdict. {' '.join(parts)}"
    drawn = found[["claim_id", "about", "claim", "verdict", "recorded_status", "reason", "source"]]
    return Drawing(_title(found), alt_text, caption, drawn, [found["source"]])


def _draw_tile(axes: Any, x: float, y: float, tile: Any) -> None:
    """The mark of a claim, its number and, where wanted, the small mark of the recorded status."""
    marks = [(x, y, tile.verdict, 11), (x + 0.4, y - 0.4, tile.recorded_status, 5)]
    for left, top, verdict, size in marks if tile.recorded else marks[:1]:
        marker, face, fill = _MARKS.get(verdict, _MARKS["no_measure"])
        axes.plot(
            left, top, marker=marker, markersize=size, fillstyle=fill, linestyle="none", zorder=3, markeredgecolor=INK,
            markerfacecolor=face, markerfacecoloralt="white", markeredgewidth=size / 9,
        )  # fmt: skip
    axes.text(x, y + 0.6, tile.claim_id, ha="center", va="center", fontsize=8.5, color=INK)


def _title(found: pd.DataFrame) -> str:
    counts = found["verdict"].value_counts()
    judged = [verdict for verdict in VERDICTS if verdict in counts and verdict != "no_measure"]
    if not judged:
        return translate_figure("claims.title_none", n=len(found))
    parts = [translate_figure(f"claims.{verdict}", n=counts[verdict]) for verdict in judged]
    return translate_figure("claims.title", n=counts[judged].sum(), told=", ".join(parts))
