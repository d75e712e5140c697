"""What the figures of a region, of a pair and of the map share: marks, and words of captions."""

import itertools
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from centralasia.figures.marks import confidence_style
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, GREY, INK
from centralasia.names import NONE_FOUND, level_name
from centralasia.regions import pair_name
from centralasia.ties.register import NOT_SEARCHED, latest_date, levels, searched
from datacontract.language import _, pgettext
from datacontract.phrases import date_words, years_between
from datacontract.words import plain

__all__ = [
    "at_least_name", "draw_blocks", "draw_signature", "end_of", "list_signatures", "mid_year", "named_level",
    "signature_words",
]  # fmt: skip

_LIGHT, _DARK = (0.89, 0.91, 0.93), (0.17, 0.23, 0.30)
_HATCHES = ["----", "////", "xxxx", ""]
_SHAPES = {"treaty": "s", "agreement": "s"}


def signature_words() -> str:
    """What the markers of `draw_signature` mean.

    >>> ties.signature_words()
    Square: treaty or agreement; circle: declaration or another act. Full: high confidence; hollow: medium; dotted:
    low. Acts known to the month or year stand in its middle.
    """
    return _(
        "Square: treaty or agreement; circle: declaration or another act. Full: high confidence; hollow: medium; "
        "dotted: low. Acts known to the month or year stand in its middle."
    )


def end_of(year: int) -> str:
    """``the end of 2025``; of the year of the latest act that was found, the day of that act, ``11 March 2026``.

    It follows "by": in Russian it is in the accusative, after на, and in Kazakh in the dative, before қарай.

    >>> ties.end_of(2019)
    the end of 2019
    """
    latest = latest_date()
    if int(latest[:4]) == year:
        return pgettext("the day by which something was signed", "{date}", date=date_words(latest))
    return _("the end of {year}", year=year)


def at_least_name(level: str) -> str:
    """A level or a higher one: ``any label``, ``strategic or higher``, ``alliance``.

    >>> ties.at_least_name("strategic"), ties.at_least_name("alliance")
    (strategic or higher, 'alliance')
    """
    scale = levels()
    if level == scale[0]:
        return _("any label")
    return level_name(level) if level == scale[-1] else _("{level} or higher", level=level_name(level))


def named_level(level: str) -> str:
    """A level, ``none found`` or ``not searched`` by its name.

    >>> ties.named_level("deepened_strategic")
    'deepened strategic'
    >>> ties.named_level(ties.NOT_SEARCHED)
    not searched
    """
    return _("not searched") if level == NOT_SEARCHED else level_name(level)


def narrow_level(level: str) -> str:
    """A level in a narrow cell, for which a language may have shorter words."""
    short = {
        "strategic": pgettext("in a narrow cell", "strategic"),
        "deepened_strategic": pgettext("in a narrow cell", "deepened strategic"),
        "alliance": pgettext("in a narrow cell", "alliance"),
    }
    return short.get(level) or level_name(level)


def level_words(found: Any) -> str:
    """The level of a row with its pair; ``none found`` or ``not searched`` where it is missing."""
    return (
        named_level(NOT_SEARCHED) if pd.isna(found.level) and found.pair not in searched() else level_name(found.level)
    )


def level_since(found: Any) -> str:
    """``alliance, 2003``: the `level_words` of a row, and the year since when."""
    return level_words(found) + ("" if pd.isna(found.since) else f", {found.since[:4]}")


def list_signatures(signed: pd.DataFrame) -> str:
    """``friendship 1998 (treaty), strategic 2013 (treaty)``: the labelled signatures of a pair in the order of time.

    >>> ties.list_signatures(ties.signatures(["KAZ-UZB"]).query("date < '2020'"))
    'friendship 1997-01-10 (treaty), friendship 1998-10-31 (treaty), strategic 2013-06-14 (treaty)'
    """
    acts = [f"{level_name(a.level)} {a.date} ({_(plain(a.instrument))})" for a in signed.itertuples()]
    return ", ".join(acts) or level_name(NONE_FOUND)


def level_style(level: object) -> dict[str, Any]:
    """The filling of a level in every figure: darker is higher, each hatched its own way.

    Dotted white is none found, white with wide strokes not searched.
    """
    if level == NOT_SEARCHED:
        return {"facecolor": "white", "hatch": "\\\\", "edgecolor": GREY, "hatch_linewidth": 0.5}
    if pd.isna(level) or level == NONE_FOUND:
        return {"facecolor": "white", "hatch": "..", "edgecolor": GREY, "hatch_linewidth": 0.4}
    rank, top = levels().index(str(level)), len(levels()) - 1
    share = rank / top if top else 0
    return {
        "facecolor": tuple(light + share * (dark - light) for light, dark in zip(_LIGHT, _DARK, strict=True)),
        "hatch": _HATCHES[rank % len(_HATCHES)],
        "edgecolor": "#ffffff" if share > 0.5 else "#8a949e",
        "hatch_linewidth": 0.6,
    }


def unknown_fillings(none_found: bool, not_searched: bool) -> list[str]:
    """What a caption says of the fillings of `level_style` for pairs without a label, where they are drawn."""
    said = [
        (none_found, _("Filled with dots: none found, which proves no absence.")),
        (not_searched, _("Wide strokes: nobody searched.")),
    ]
    return [text for drawn, text in said if drawn]


def mid_year(act: Any) -> float:
    """The middle of the days that the date of an act can mean, as a year with its fraction.

    >>> acts = ties.events(["KAZ-KGZ"]).head(3)
    >>> [(act.date, round(ties.mid_year(act), 1)) for act in acts.itertuples()]
    [('1997-01-10', 1997.0), ('1997-04-08', 1997.3), ('1998', 1998.5)]
    """
    middle = act.first + (act.last - act.first) / 2
    return float(middle.year + (middle.day_of_year - 1) / 365.25)


def draw_signature(axes: Any, y: float, act: Any) -> None:
    """The marker of a signature: its shape tells the kind of act, its filling the confidence.

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> for act in ties.signatures(["KAZ-UZB"]).query("date < '2020'").itertuples():
    ...     ties.draw_signature(axes, 0, act)
    >>> len(axes.collections)
    3
    """
    from matplotlib.patheffects import withStroke

    style = confidence_style(act.confidence, INK) | {"marker": _SHAPES.get(act.instrument, "o")}
    rim = [withStroke(linewidth=2.4, foreground="white")]  # sets it off from a dark block
    axes.scatter(mid_year(act), y, s=24, linewidth=1, zorder=5, path_effects=rim, **style)
    said = f"{pair_name(act.pair)}, {date_words(act.date)}: {level_name(act.level)}, {_(act.act)}"
    name_mark(axes, mid_year(act), y, with_sources(said, act.source))


def draw_blocks(
    axes: Any, base: float, steps: pd.DataFrame, heights: Mapping[str, float], span: tuple[float, float]
) -> list[tuple[str, float, float]]:
    """Draws the levels of one pair as blocks that stand on a base line, dotted as long as no label was found.

    `steps` are those of `centralasia.ties.upgrades`; `heights` gives the height of each level above (below zero: in
    axes that are not turned) the base. Returns the blocks as level, start and end in years.

    >>> from matplotlib.figure import Figure
    >>> steps, heights = ties.upgrades(["KAZ-UZB"], 2019), {"friendship": 1, "strategic": 2}
    >>> blocks = ties.draw_blocks(Figure().subplots(), 0, steps, heights, (1992, 2020))
    >>> [(level, round(start, 1), round(end, 1)) for level, start, end in blocks]
    [('friendship', 1997.0, 2013.4), ('strategic', 2013.4, 2020)]
    """
    from matplotlib.patches import Rectangle

    turns = [*(min(max(mid_year(step), span[0]), span[1]) for step in steps.itertuples()), span[1]]
    axes.plot([span[0], turns[0]], [base, base], color=FAINT, lw=1.4, ls=":", zorder=2)
    blocks = [(level, *ends) for level, ends in zip(steps["level"], itertools.pairwise(turns), strict=True)]
    for level, start, end in blocks:
        top, style = base - heights[level], level_style(level) | {"linewidth": 0, "zorder": 3}
        axes.add_patch(Rectangle((start, top), end - start, heights[level], **style))
        said = (
            f"{pair_name(steps['pair'].iloc[0])}, {years_between(int(start), math.ceil(end) - 1)}: {level_name(level)}"
        )
        name_mark(axes, (start + end) / 2, base - heights[level] / 2, said, end - start, heights[level])
        axes.plot([start, start, end], [base, top, top], color=INK, lw=1.1, zorder=4)
    return blocks
