"""The figures of what lies behind agreement: who else agrees as much, who stays away, and where states are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, band
from centralasia.figures.style import FAINT, GREY, darken_to_contrast
from centralasia.names import colour, short_name
from centralasia.votes import absence, alignment, cohesion, ideals, measures, periods, words
from centralasia.votes.figures import DASHES, draw_series, drawn_years, finish, line_end
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.labels import translate_figure
from datacontract.words import capitalised, pluralize

__all__ = ["absence_chart", "ideal_points_chart", "others_chart"]


@figure
def others_chart(canvas: Any, region: str, choice: Choice) -> Drawing:
    """Every other state by how much the members of a region agree with it; a line: how much with each other."""
    rows, years = alignment.other_states(region, choice), voting_years(*choice.period)
    known, name = rows.dropna(subset="value"), short_name(region)
    if known.empty:
        return draw_nothing(canvas, f"No other state can be compared with {name}.", "No comparable year.", rows)
    period, within = str(periods.region_spans(region, choice)[-1]), known["within"].iloc[0]
    axes, y = canvas.subplots(), np.arange(len(known))
    shades = [darken_to_contrast(colour(state)) for state in known["state"]]
    ends = known["within"] + known["low"], known["within"] + known["high"]
    axes.hlines(y, *ends, color=shades, lw=1.4, zorder=3)
    axes.scatter(known["value"], y, s=26, color=shades, zorder=4)
    axes.axvline(within, color=darken_to_contrast(colour(region)), lw=2, zorder=2)
    label = {"xycoords": ("data", "axes fraction"), "xytext": (-5, 0), "textcoords": "offset points", "bbox": TEXT_BOX}
    axes.annotate(f"with each other: {within:.2f}", (within, 0.04), ha="right", fontsize=9, zorder=6, **label)
    axes.set_yticks(y, [short_name(state) for state in known["state"]], fontsize=9)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlabel(f"{capitalised(words.measure_name(choice.measure))} with the members, {period}")
    axes.grid(axis="x")
    canvas.set_figheight(1.5 + 0.23 * len(known))
    caption = (
        f"Mean {words.measure_name(choice.measure)} of the members of {name} with every other state here, "
        f"{words.absence_words(choice.absence)}; line: with each other. Bars: 95 % interval of the difference between "
        f"the two over the years (n = {known['period_years'].max()})."
    )
    each = "; ".join(f"{short_name(row.state)} {row.value:.2f}" for row in known.itertuples())
    states = pluralize(len(known), "state")
    alt_text = f"Dots of {states} in {period}, the closest first: {each}. With each other {within:.2f}."
    closest = known.iloc[0]
    than = words.beside(*closest[["gap", "low", "high"]])
    title = (
        f"In {period} the members of {name} agreed with {short_name(closest['state'])} "
        f"({closest['value']:.2f}) {than} with each other ({closest['within']:.2f})"
    )
    return Drawing(title, alt_text, caption, rows, sources=[years["source"]])


@figure
def absence_chart(canvas: Any, region: str, choice: Choice) -> Drawing:
    """How often the members stay away (above), and what agreement could be had they voted (below).

    Years without any vote of a state are gaps: it may have had no seat or no right to vote.
    """
    shade, away = colour(region), absence.absences(region, *choice.period)
    bounds = periods.absence_bounds(region, choice)
    above, below = canvas.subplots(2, 1, height_ratios=[1.3, 1])
    above.set_ylim(-3, 103)
    ends, series = [], []
    for state, part in away.groupby("state"):
        ends.append(draw_series(above, part, short_name(state), colour(state), 12))
        series.append(f"{short_name(state)} stayed away from {_share_words(comparable(part))}.")
    finish(above, drawn_years(choice), translate_figure("absence.axis"), ends, 2.3)
    x = np.arange(len(bounds))
    below.bar(x, bounds["high"] - bounds["low"], 0.5, bottom=bounds["low"], **band(shade))
    below.hlines(bounds["value"], x - 0.25, x + 0.25, color=shade, lw=2.6, zorder=4)
    below.set_xticks(x, [period.replace("–", "–\n") for period in bounds["period"]], fontsize=9)
    below.set(ylabel="Agreement", ylim=(max(min(bounds["low"], default=1) - 0.05, 0), 1.02))
    below.grid(axis="y")
    canvas.set_figheight(5.4)
    caption = (
        "Above: share of the year's roll calls in which a member cast no vote. Below: agreement over the votes cast "
        "(line), and the least and the most that it could be had the absent voted (bar)."
    )
    series += [
        f"{row.period}: {row.value:.2f}, could be {row.low:.2f} to {row.high:.2f}." for row in bounds.itertuples()
    ]
    alt_text = f"Line chart of absence and bars of bounds. {' '.join(series)}"
    sources = voting_years(*choice.period)["source"]
    return Drawing(_absence_title(region, bounds), alt_text, caption, away, sources=[sources])


def _share_words(firm: pd.DataFrame) -> str:
    if firm.empty:
        return "an unknown share of votes"
    rows = firm.iloc[-1], *measures.extremes(firm)
    last, least, most = (f"{row['value']:.0f} % in {row['year']}" for row in rows)
    return f"{last}, least {least}, most {most}"


def _absence_title(region: str, bounds: pd.DataFrame) -> str:
    if bounds.empty:
        return f"{short_name(region)}: no comparable year with votes"
    last = bounds.iloc[-1]
    return (
        f"In {last['period']} one or both of a pair missed {100 * last['unknown']:.0f} % of the votes; had they voted, "
        f"agreement could be {last['low']:.2f} to {last['high']:.2f}"
    )


@figure
def ideal_points_chart(
    canvas: Any, region: str, partners: Sequence[str], first_year: int, last_year: int, seed: int = 1
) -> Drawing:
    """The ideal points of a region and of partner states by year (above), and how far its members lie apart (below).

    `partners` is a list of codes; those that are regions have no ideal point and are left out. The region is drawn as
    the range of its members; below, the range is set beside what the errors of the estimates alone would make of it.
    """
    years = voting_years(first_year, last_year).index
    inside = cohesion.members_in_period(region, first_year, last_year)
    outside = [code for code in dict.fromkeys(partners) if code in measures.voting_states() and code not in inside]
    rows = ideals.ideal_points([*inside, *outside], first_year, last_year)
    yearly = ideals.ideal_point_range(region, first_year, last_year, seed)
    shade, ends, series = colour(region), [], []
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[1.5, 1])
    own = rows[rows["state"].isin(inside) & ~rows["few"]].groupby("year")["ideal_point"].agg(["min", "max", "mean"])
    own = own.reindex(years)
    above.fill_between(years, own["min"], own["max"], zorder=1, **band(shade))
    above.plot(years, own["mean"], color=shade, lw=2.4, zorder=4)
    ends.append(line_end(own["mean"], short_name(region), shade, True))
    for i, state in enumerate(outside):
        points = rows[(rows["state"] == state) & ~rows["few"]].set_index("year")["ideal_point"].reindex(years)
        above.plot(years, points, color=colour(state), lw=1.3, ls=DASHES[1 + i % 4], zorder=3)
        ends.append(line_end(points, short_name(state), colour(state)))
        series.append(f"{short_name(state)}: {_ends_words(points)}.")
    finish(above, years, "Ideal point\n(higher: nearer\nto the United States)", ends, 2.9)
    below.fill_between(yearly["year"], 0, yearly["error_high"], facecolor="#e3e3e3", edgecolor=GREY, linewidth=0.5)
    below.plot(yearly["year"], yearly["spread"], color=shade, marker="o", ms=4, lw=1.3)
    below.set_ylim(bottom=0)
    label = line_end(yearly["error_high"], "error alone\n(95 %)", FAINT)
    finish(below, years, "Range of the\nmembers", [line_end(yearly["spread"], "members", shade, True), label], 1.9)
    canvas.set_figheight(5.6)
    caption = (
        f"Ideal points (Bailey, Strezhnev and Voeten 2017) from {measures.FEW} votes or more. Above: mean of the "
        "members in bold, their range as a band. Below: highest minus lowest member, in years in which all have a "
        "point; grey: what the errors of the estimates alone would make of it in 95 % of draws, were all members at "
        "one place."
    )
    ranges = "; ".join(f"{row.year} {row.spread:.2f} ({row.error_high:.2f})" for row in yearly.itertuples())
    alt_text = (
        f"Two line charts of ideal points. {short_name(region)}, mean: {_ends_words(own['mean'])}. {' '.join(series)} "
        f"Range of the members, in brackets that of error alone: {ranges or 'no year with all points'}."
    )
    return Drawing(_ideal_title(region, yearly), alt_text, caption, rows, sources=[rows["source"]])


def _ends_words(points: pd.Series) -> str:
    known = points.dropna()
    ends = known.iloc[sorted({0, len(known) - 1})] if len(known) else known
    return ", ".join(f"{words.two(value)} in {year}" for year, value in ends.items()) or "no point from enough votes"


def _ideal_title(region: str, yearly: pd.DataFrame) -> str:
    if yearly.empty:
        return f"Ideal points of {short_name(region)} and partners"
    wide = yearly[yearly["spread"] > yearly["error_high"]]
    last = yearly[yearly["year"] > (wide["year"].max() if len(wide) else 0)]
    if last.empty:
        return f"The members of {short_name(region)} lie farther apart than the errors of their ideal points"
    low, high = last["spread"].min(), last["spread"].max()
    return (
        f"Since {last['year'].min()} the ideal points of {short_name(region)} lie {low:.1f} to {high:.1f} apart, no "
        "farther than the error of the estimates"
    )
