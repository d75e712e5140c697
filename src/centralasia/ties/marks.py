"""What the figures of a region, of a pair and of the map share: marks, and words of captions."""

import itertools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing
from centralasia.figures.marks import confidence_style, whole_years
from centralasia.figures.style import FAINT, GREY, INK, RULE
from centralasia.names import NONE_FOUND, colour, level_name
from centralasia.ties.contacts import milestones, theme_name
from centralasia.ties.measures import levels
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import pluralize

__all__ = [
    "SIGNATURE_WORDS", "draw_blocks", "draw_milestones", "draw_signature", "list_signatures", "list_sources",
    "mid_year",
]  # fmt: skip

MOST_KEYS = 24  # a caption of ties names no more sources than these
_LIGHT, _DARK = (0.89, 0.91, 0.93), (0.17, 0.23, 0.30)
_HATCHES = ["----", "////", "xxxx", ""]
_SHAPES = {"treaty": "s", "agreement": "s"}
SIGNATURE_WORDS = (
    "Square: treaty or agreement; circle: declaration or another act. Full: high confidence; hollow: medium; dotted: "
    "low. Acts known to the month or year stand in its middle."
)


def level_since(found: Any) -> str:
    """``alliance, 2003``: a level and the year since when; ``none found`` where it is missing."""
    return level_name(found.level) + ("" if pd.isna(found.since) else f", {found.since[:4]}")


def list_signatures(signed: pd.DataFrame) -> str:
    """``friendship 1998 (treaty), strategic 2013 (treaty)``: the labelled signatures of a pair in the order of time."""
    return ", ".join(f"{level_name(a.level)} {a.date} ({a.instrument})" for a in signed.itertuples()) or NONE_FOUND


def list_sources(rows: pd.DataFrame) -> str:
    """The source keys of rows, for a caption; where they are too many, their number."""
    keys = source_keys(rows["source"])
    return ", ".join(keys) if len(keys) <= MOST_KEYS else f"{len(keys)}, in the list of sources"


def level_style(level: object) -> dict[str, Any]:
    """The filling of a level in every figure: darker is higher, each hatched its own way; dotted white: none found."""
    if pd.isna(level):
        return {"facecolor": "white", "hatch": "..", "edgecolor": GREY, "hatch_linewidth": 0.4}
    scale = levels()
    rank = scale.index(str(level))
    share = rank / max(len(scale) - 1, 1)
    return {
        "facecolor": tuple(light + share * (dark - light) for light, dark in zip(_LIGHT, _DARK, strict=True)),
        "hatch": _HATCHES[rank % len(_HATCHES)],
        "edgecolor": "#ffffff" if share > 0.5 else "#8a949e",
        "hatch_linewidth": 0.6,
    }


def mid_year(act: Any) -> float:
    """The middle of the days that the date of an act can mean, as a year with its fraction."""
    middle = act.first + (act.last - act.first) / 2
    return float(middle.year + (middle.day_of_year - 1) / 365.25)


def draw_signature(axes: Any, y: float, act: Any) -> None:
    """The marker of a signature: its shape tells the kind of act, its filling the confidence."""
    style = confidence_style(act.confidence, INK) | {"marker": _SHAPES.get(act.instrument, "o")}
    axes.scatter(mid_year(act), y, s=24, linewidth=1, zorder=5, **style)


def draw_blocks(
    axes: Any, base: float, steps: pd.DataFrame, heights: Mapping[str, float], span: tuple[float, float]
) -> list[tuple[str, float, float]]:
    """Draws the levels of one pair as blocks that stand on a base line, dotted as long as no label was found.

    `steps` are those of `centralasia.ties.upgrades`; `heights` gives the height of each level above (below zero: in
    axes that are not turned) the base. Returns the blocks as level, start and end in years.
    """
    from matplotlib.patches import Rectangle

    turns = [*(min(max(mid_year(step), span[0]), span[1]) for step in steps.itertuples()), span[1]]
    axes.plot([span[0], turns[0]], [base, base], color=FAINT, lw=1.4, ls=":", zorder=2)
    blocks = [(level, *ends) for level, ends in zip(steps["level"], itertools.pairwise(turns), strict=True)]
    for level, start, end in blocks:
        top, style = base - heights[level], level_style(level) | {"linewidth": 0, "zorder": 3}
        axes.add_patch(Rectangle((start, top), end - start, heights[level], **style))
        axes.plot([start, start, end], [base, top, top], color=INK, lw=1.1, zorder=4)
    return blocks


def draw_milestones(
    canvas: Any, rows: pd.DataFrame, first_year: int, last_year: int, name: str, state: str | None = None
) -> Drawing:
    """Draws milestones in a lane for each theme, those of a state, if one is given, large and in its colour.

    `name` says in words to whom the milestones belong.
    """
    inside = rows["year"].between(first_year, last_year)
    left_out = pluralize(int(rows["year"].isna().sum()), "undated one")
    if beyond := int((rows["year"].notna() & ~inside).sum()):
        left_out += f" and {beyond} outside {first_year} to {last_year}"
    dated = rows[inside]
    if dated.empty:
        words = f"No dated milestone of {name} was found for {first_year} to {last_year}."
        return draw_nothing(canvas, words, f"The list is no complete chronicle; not drawn: {left_out}.", dated)
    named = dated["milestone_id"].isin(milestones([state])["milestone_id"]) if state else True
    dated = dated.assign(depth=dated.groupby(["theme", "year"]).cumcount(), named=named)
    axes, y, ticks, lines = canvas.subplots(), 0.0, {}, []
    for theme, lane in dated.groupby("theme"):
        y += 0.5 * lane["depth"].max() + 0.75  # facts of one year stand on each other
        ticks[f"{theme_name(theme)} ({len(lane)})"] = y
        axes.plot([first_year - 0.5, last_year + 0.5], [y + 0.3, y + 0.3], color=RULE, lw=0.8, zorder=1)
        for fact in lane.itertuples():
            shade = FAINT if not fact.named else colour(state) if state else INK
            style = confidence_style(fact.confidence, shade) | {"s": 52 if fact.named else 22}
            axes.scatter(fact.year, y - 0.5 * fact.depth, linewidth=1.4, zorder=3, **style)
        facts = "; ".join(f"{fact.date} {fact.subject} ({fact.parties}), {fact.fact}" for fact in lane.itertuples())
        lines.append(f"{theme_name(theme)}: {facts}.")
    axes.set(xlim=(first_year - 0.5, last_year + 0.5), ylim=(y + 0.35, 0), xlabel=translate_figure("axis.year"))
    axes.set_yticks(list(ticks.values()), list(ticks), fontsize=9)
    whole_years(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.0 + 0.42 * y)
    start, end = str(dated["year"].min()), str(dated["year"].max())
    span = translate_figure("milestones.span", first=start, last=end) if start < end else start
    text = "milestones.title" if state else "milestones.title_pair"
    title = translate_figure(text, n=int(dated["named"].sum()), all=len(dated), name=name, span=span)
    caption = (
        f"Dated facts by theme (n = {len(dated)}; not drawn: {left_out}). "
        f"{f'Large, in colour: those that name {name}. ' if state else ''}Full marker: high confidence; hollow: "
        f"medium; dotted: low. No complete chronicle. Sources: {list_sources(dated)}."
    )
    drawn = dated[["milestone_id", "theme", "date", "parties", "subject", "fact", "confidence", "source"]]
    return Drawing(title, f"Timeline of milestones by theme. {' '.join(lines)}", caption, drawn)
