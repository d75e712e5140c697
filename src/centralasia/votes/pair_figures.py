"""The figure of the pairs of a region: how alike each votes, and how that changed."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.naming import name_mark
from centralasia.figures.style import FAINT, INK
from centralasia.regions import pair_name
from centralasia.votes import pairs, periods, words
from centralasia.votes.measures import Choice, voting_years
from datacontract.language import _, ngettext, pgettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised

__all__ = ["pairs_chart"]


@figure
def pairs_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """Every pair of a region: its value in the last period with its interval, and its change since an earlier one.

    The earlier period is the first of the level that the region has now (see `base_period`).

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.pairs_chart("C5", choice).title
    From 2005–2009 to 2015–2019, 3 of 10 pairs came closer and 3 moved apart; 4 may not have moved
    """
    spans, base = periods.region_spans(region, choice), pairs.base_period(region, choice, seed)
    measure, years = capitalised(words.measure_name(choice.measure)), voting_years(*choice.period)
    if base is None:
        nothing = _("No pair has a period that can be compared.")
        return draw_nothing(canvas, nothing, _("No comparable year."), pd.DataFrame())
    rows, last = pairs.pair_changes(region, choice, seed), str(spans[-1])
    level = pgettext("the axis of a chart", "{measure}, {period}", measure=measure, period=last)
    panels = {level: ("after", "low", "high")}
    if base != spans[-1]:
        changed = pgettext("the axis of a chart", "Change since {period}", period=str(base))
        panels[changed] = ("change", "change_low", "change_high")
    y = np.arange(len(rows))
    grid = canvas.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (label, (value, low, high)) in zip(grid, panels.items(), strict=True):
        bars = [(rows[value] - rows[low]).fillna(0), (rows[high] - rows[value]).fillna(0)]
        axes.errorbar(rows[value], y, xerr=bars, fmt="o", ms=5, color=INK, elinewidth=1.2, zorder=4)
        axes.grid(axis="x")
        axes.set_xlabel(label)
        told = words.estimate if value == "after" else words.difference
        for at, pair, *found in zip(map(float, y), rows["pair"], rows[value], rows[low], rows[high], strict=True):
            name_mark(axes, found[0], at, f"{pair_name(pair)}. {label}: {told(*found)}")
    if base != spans[-1]:
        grid[0].scatter(rows["before"], y, s=26, facecolor="white", edgecolor=FAINT, zorder=3)
        grid[1].axvline(0, color=INK, lw=0.8)
        for at, pair, before in zip(map(float, y), rows["pair"], rows["before"], strict=True):
            name_mark(grid[0], before, at, f"{pair_name(pair)}, {base}: {words.two(before)}")
    grid[0].set_yticks(y, [pair_name(pair) for pair in rows["pair"]], fontsize=9)
    grid[0].set_ylim(len(rows) - 0.5, -0.5)
    canvas.set_figheight(1.4 + 0.3 * len(rows))
    each = [
        _(
            "{pair} {value}, change {change}",
            pair=pair_name(row.pair), value=words.estimate(row.after, row.low, row.high),
            change=words.difference(row.change, row.change_low, row.change_high),
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    alt_text = ngettext(
        "Dots with intervals for {n} pair, {period}: {each}.", "Dots with intervals for {n} pairs, {period}: {each}.",
        len(rows), period=last, each="; ".join(each),
    )  # fmt: skip
    said = {"measure": measure, "absence": words.absence_words(choice.absence), "before": str(base)}
    said |= {"number": span(rows["n"].min(), rows["n"].max(), ",")}
    if base == spans[-1]:
        dots = _("{measure}, {absence}, over {number} roll calls a pair.", **said)
    else:
        dots = _("{measure}, {absence}, over {number} roll calls a pair; hollow: {before}.", **said)
    bars_words = _(
        "Bars: 95 % intervals over roll calls (seed {seed}); where a pair differed fewer than {rare} times the low end "
        "is Wilson's.", seed=seed, rare=pairs.RARE,
    )  # fmt: skip
    caption = words.paragraph(dots, bars_words)
    return Drawing(_pairs_title(rows, base, spans[-1]), alt_text, caption, rows, sources=[years["source"]])


def _pairs_title(rows: pd.DataFrame, base: periods.Period, last: periods.Period) -> MarkdownText:
    if base == last:
        return ngettext("{n} pair {years}", "{n} pairs {years}", len(rows), years=words.during(str(last)))
    signs = rows.apply(lambda row: words.certain_sign(row["change_low"], row["change_high"]), axis=1)
    up, down = int((signs > 0).sum()), int((signs < 0).sum())
    text = ngettext(
        "From {before} to {after}, {up} of {n} pair came closer and {down} moved apart",
        "From {before} to {after}, {up} of {n} pairs came closer and {down} moved apart",
        len(rows), before=str(base), after=str(last), up=up, down=down,
    )  # fmt: skip
    if not (rest := len(rows) - up - down):
        return text
    more = ngettext("{n} may not have moved", "{n} may not have moved", rest)
    return MarkdownText(f"{text}; {more}")
