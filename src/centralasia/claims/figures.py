"""The figure of the claims."""

from centralasia.claims import measures as claims
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title, name_sources
from centralasia.figures.style import FAINT, INK, RULE, WIDTH
from centralasia.names import short_name
from datacontract.labels import translate_figure
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = ["claim_matrix"]

_MARKS = {  # verdict: marker, fill, and what is filled; told apart by shape as well as by shade
    "supported": ("o", "#1a1a1a", "full"),
    "partly": ("o", "#8a8a8a", "left"),
    "contradicted": ("X", "#1a1a1a", "full"),
    "not_established": ("o", "white", "full"),
    "no_measure": ("_", FAINT, "full"),
}
_GROUPS = ("draft", "adopted", "region")  # others are actors
_ACROSS = 4  # tiles side by side in one cell
_STEP = _ACROSS + 0.6
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # keeps lines out of words


@figure
def claim_matrix(canvas, found):
    """Every claim as a tile: what it is about (rows), its computed verdict (columns, shape and shade).

    Parameters
    ----------
    found : pandas.DataFrame
        As from `centralasia.claims.verdicts`.

    A small mark at the upper right of a tile is the recorded status, drawn only where it differs or where there is no
    measure.
    """
    groups = [g for g in _GROUPS if g in set(found["about"])] + sorted(set(found["about"]) - set(_GROUPS))
    otherwise = set(claims.differing(found)["claim_id"]) | set(found.loc[found["same"].isna(), "claim_id"])
    axes, y = canvas.subplots(), 0.0
    for group in groups:
        own = found[found["about"] == group]
        axes.axhline(y, color=INK, lw=0.8)
        axes.text(-0.5, y + 0.45, _heading(group), fontweight="bold", va="center", fontsize=9.5, bbox=_CLEAR)
        lines = 1
        for column, verdict in enumerate(claims.VERDICTS):
            tiles = own[own["verdict"] == verdict]
            lines = max(lines, -(-len(tiles) // _ACROSS))
            for i, tile in enumerate(tiles.itertuples()):
                at = column * _STEP + i % _ACROSS, y + 1.3 + i // _ACROSS * 1.4
                _draw_tile(axes, *at, tile, tile.claim_id in otherwise)
        y += lines * 1.4 + 0.9
    for column, verdict in enumerate(claims.VERDICTS):
        total = int((found["verdict"] == verdict).sum())
        heading = f"{translate_figure(f'verdict.{verdict}').capitalize()}: {total}"
        axes.text(column * _STEP - 0.5, -0.25, heading, va="bottom", fontsize=9)
        if column:
            axes.plot([column * _STEP - 0.75] * 2, [-0.9, y], color=RULE, lw=0.8, zorder=0)
    axes.set(xlim=(-0.6, len(claims.VERDICTS) * _STEP - 0.75), ylim=(y, -1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    canvas.set_size_inches(WIDTH, 0.75 + 0.31 * y)
    title = _title(found)
    draw_title(canvas, title)
    keys = {key for cell in found["source"] for key in cell.split(SEPARATOR)}
    caption = (
        f"Each tile is a claim (n = {len(found)}), with its number. Full disc: supported; half disc: partly; cross: "
        "contradicted; empty ring: not established; dash: no measure. A small mark at the upper right is the status "
        f"recorded in reading, where it differs or stands alone. {name_sources(keys)}"
    )
    drawn = found[["claim_id", "about", "claim", "verdict", "recorded_status", "reason", "source"]]
    return title, _words(found, groups, otherwise), caption, drawn


def _heading(group):
    return translate_figure(f"claims.{group}") if group in _GROUPS else short_name(group)


def _draw_tile(axes, x, y, tile, otherwise):
    _draw_mark(axes, x, y, tile.verdict, 11)
    if otherwise:
        _draw_mark(axes, x + 0.4, y - 0.4, tile.recorded_status, 5)
    axes.text(x, y + 0.6, tile.claim_id, ha="center", va="center", fontsize=8.5, color=INK)


def _draw_mark(axes, x, y, verdict, size):
    marker, face, fill = _MARKS[verdict]
    looks = {
        "markerfacecolor": face,
        "markeredgecolor": INK,
        "markeredgewidth": size / 9,
        "markerfacecoloralt": "white",
    }
    axes.plot(x, y, marker=marker, markersize=size, fillstyle=fill, linestyle="none", zorder=3, **looks)


def _title(found):
    judged = found[found["verdict"] != "no_measure"]
    if judged.empty:
        return translate_figure("claims.title_none", n=len(found))
    counts = judged["verdict"].value_counts().reindex(list(claims.VERDICTS), fill_value=0)
    told = [
        translate_figure(f"claims.{verdict}", n=n) for verdict, n in counts.items() if n and verdict != "no_measure"
    ]
    return translate_figure("claims.title", n=len(judged), told=", ".join(told))


def _words(found, groups, otherwise):
    """The whole matrix as text: each group, each verdict, each claim."""
    parts = []
    for group in groups:
        own = found[found["about"] == group]
        listed = []
        for verdict in claims.VERDICTS:
            tiles = own[own["verdict"] == verdict]
            names = [
                f"{t.claim_id} {t.claim}"
                + (f" (recorded: {claims.name(t.recorded_status)})" if t.claim_id in otherwise else "")
                for t in tiles.itertuples()
            ]
            if names:
                listed.append(f"{claims.name(verdict)}: {'; '.join(names)}")
        parts.append(f"{_heading(group)}: " + f"{'. '.join(listed)}.")
    return f"Matrix of {pluralize(len(found), 'claim')} by what they are about and by verdict. " + " ".join(parts)
