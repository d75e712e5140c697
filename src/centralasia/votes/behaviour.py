"""The figures of what lies behind agreement: who else agrees as much, who stays away, and where states are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, band
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import FAINT, GREY, darken_to_contrast
from centralasia.names import colour, short_name
from centralasia.votes import absence, alignment, cohesion, ideals, measures, periods, words
from centralasia.votes.figures import DASHES, draw_series, drawn_years, finish, line_end
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.language import _, ngettext, pgettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = ["absence_chart", "ideal_points_chart", "others_chart"]


@figure
def others_chart(canvas: Any, region: str, choice: Choice) -> Drawing:
    """Every other state by how much the members of a region agree with it; a line: how much with each other.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.others_chart("C5", choice).title
    In 2015–2019 the members of Central Asia agreed with Azerbaijan (0.97) as much as with each other (0.97)
    """
    rows, years = alignment.other_states(region, choice), voting_years(*choice.period)
    known, name = rows.dropna(subset="value"), short_name(region)
    if known.empty:
        nothing = _("No other state can be compared with {name}.", name=name)
        return draw_nothing(canvas, nothing, _("No comparable year."), rows)
    period, within = str(periods.region_spans(region, choice)[-1]), known["within"].iloc[0]
    axes, y = canvas.subplots(), np.arange(len(known))
    shades = [darken_to_contrast(colour(state)) for state in known["state"]]
    ends = known["within"] - known["high"], known["within"] - known["low"]
    axes.hlines(y, *ends, color=shades, lw=1.4, zorder=3)
    axes.scatter(known["value"], y, s=26, color=shades, zorder=4)
    for at, row in enumerate(known.itertuples()):
        name_mark(axes, row.value, at, f"{short_name(row.state)}, {period}: {words.two(row.value)}")
    axes.axvline(within, color=darken_to_contrast(colour(region)), lw=2, zorder=2)
    label = {"xycoords": ("data", "axes fraction"), "xytext": (-5, 0), "textcoords": "offset points", "bbox": TEXT_BOX}
    each_other = _("with each other: {value:.2f}", value=within)
    axes.annotate(each_other, (within, 0.04), ha="right", fontsize=9, zorder=6, **label)
    axes.set_yticks(y, [short_name(state) for state in known["state"]], fontsize=9)
    axes.set_ylim(len(known) - 0.4, -0.6)
    measure = words.measure_name(choice.measure)
    axes.set_xlabel(_("{measure} with the members, {period}", measure=capitalised(measure), period=period))
    axes.grid(axis="x")
    canvas.set_figheight(1.5 + 0.23 * len(known))
    caption = words.paragraph(
        _(
            "Mean {measure} of the members of {name} with every other state here, {absence}; line: with each other.",
            measure=measure, name=name, absence=words.absence_words(choice.absence),
        ),
        _(
            "Bars: 95 % interval of the difference between the two over the years (n = {n}).",
            n=known["period_years"].max(),
        ),
    )  # fmt: skip
    alt_text = ngettext(
        "Dots of {n} state {years}, the closest first: {each}. With each other {within:.2f}.",
        "Dots of {n} states {years}, the closest first: {each}. With each other {within:.2f}.",
        len(known), years=words.during(period), within=within,
        each="; ".join(f"{short_name(row.state)} {words.two(row.value)}" for row in known.itertuples()),
    )  # fmt: skip
    return Drawing(_others_title(name, known.iloc[0], period), alt_text, caption, rows, sources=[years["source"]])


def _others_title(name: str, closest: pd.Series, period: str) -> MarkdownText:
    said = {"years": capitalised(words.during(period)), "region": name, "name": short_name(closest["state"])}
    said |= {"value": words.two(closest["value"]), "each": words.two(closest["within"])}
    sign = words.beside(*closest[["gap", "low", "high"]])
    if sign < 0:
        return _(
            "{years} the members of {region} agreed with {name} ({value}) more than with each other ({each})", **said
        )
    if sign > 0:
        return _(
            "{years} the members of {region} agreed with {name} ({value}) less than with each other ({each})", **said
        )
    return _("{years} the members of {region} agreed with {name} ({value}) as much as with each other ({each})", **said)


@figure
def absence_chart(canvas: Any, region: str, choice: Choice) -> Drawing:
    """How often the members stay away (above), and what agreement could be had they voted (below).

    Years without any vote of a state are gaps: it may have had no seat or no right to vote.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.absence_chart("C5", choice).title
    In 2015–2019 one or both of a pair missed 22 % of the votes; had they voted, agreement could be 0.77 to 0.97
    """
    shade, away = colour(region), absence.absences(region, *choice.period)
    bounds = absence.absence_bounds(region, choice)
    above, below = canvas.subplots(2, 1, height_ratios=[1.3, 1])
    above.set_ylim(-3, 103)
    ends, series = [], []
    for state, part in away.groupby("state"):
        ends.append(draw_series(above, part, short_name(state), colour(state), 12))
        shares = [_("{share:.0f} %", share=value) for value in part["value"]]
        values = zip(part["year"], part["value"].mask(part["status"] == measures.NOT_COMPARABLE), shares, strict=True)
        name_line(above, ((year, value, f"{short_name(state)}, {year}: {share}") for year, value, share in values))
        series.append(_away_words(short_name(state), comparable(part)))
    finish(above, drawn_years(choice), _("Absent or not voting\n(% of the year's roll calls)"), ends, 2.3)
    x = np.arange(len(bounds))
    below.bar(x, bounds["high"] - bounds["low"], 0.5, bottom=bounds["low"], **band(shade))
    below.hlines(bounds["value"], x - 0.25, x + 0.25, color=shade, lw=2.6, zorder=4)
    below.set_xticks(x, [period.replace("–", "–\n") for period in bounds["period"]], fontsize=9)
    below.set_ylabel(pgettext("the axis of a chart", "Agreement"))
    below.set_ylim(max(min(bounds["low"], default=1) - 0.05, 0), 1.02)
    below.grid(axis="y")
    possible = [
        _(
            "{period}: {value:.2f}, could be {bounds}.",
            period=row.period, value=row.value, bounds=span(row.low, row.high, ".2f"),
        )
        for row in bounds.itertuples()
    ]  # fmt: skip
    for at, (row, said) in enumerate(zip(bounds.itertuples(), possible, strict=True)):
        name_mark(below, at, (row.low + row.high) / 2, said, 0.5, row.high - row.low)
    canvas.set_figheight(5.4)
    caption = _(
        "Above: share of the year's roll calls in which a member cast no vote. Below: agreement over the votes cast "
        "(line), and the least and the most that it could be had the absent voted (bar)."
    )
    alt_text = _("Line chart of absence and bars of bounds. {each}", each=" ".join(series + possible))
    sources = voting_years(*choice.period)["source"]
    return Drawing(_absence_title(region, bounds), alt_text, caption, away, sources=[sources])


def _away_words(name: str, firm: pd.DataFrame) -> MarkdownText:
    """How much of the votes a state missed in the last year, and the least and the most."""
    if firm.empty:
        return _("{name} stayed away from an unknown share of votes.", name=name)
    last, least, most = (
        words.value_in(_("{share:.0f} %", share=row["value"]), str(row["year"]))
        for row in (firm.iloc[-1], *measures.extremes(firm))
    )
    return _(
        "{name} stayed away from {last}, least {least}, most {most}.", name=name, last=last, least=least, most=most
    )


def _absence_title(region: str, bounds: pd.DataFrame) -> MarkdownText:
    if bounds.empty:
        return _("{name}: no comparable year with votes", name=short_name(region))
    last = bounds.iloc[-1]
    return _(
        "{years} one or both of a pair missed {share:.0f} % of the votes; had they voted, agreement could be {bounds}",
        years=capitalised(words.during(last["period"])), share=100 * last["unknown"],
        bounds=span(last["low"], last["high"], ".2f"),
    )  # fmt: skip


@figure
def ideal_points_chart(
    canvas: Any, region: str, partners: Sequence[str], first_year: int, last_year: int, seed: int = 1
) -> Drawing:
    """The ideal points of a region and of partner states by year (above), and how far its members lie apart (below).

    `partners` is a list of codes; those that are regions have no ideal point and are left out. The region is drawn as
    the range of its members; below, the range is set beside what the errors of the estimates alone would make of it.

    >>> votes.ideal_points_chart("C5", ["RUS", "USA"], 1991, 2019).title
    Since 2012 the ideal points of Central Asia lie 0.3 to 0.6 apart, no farther than the error of the estimates
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
    _name_years(above, own["mean"], short_name(region))
    ends.append(line_end(own["mean"], short_name(region), shade, True))
    for i, state in enumerate(outside):
        points = rows[(rows["state"] == state) & ~rows["few"]].set_index("year")["ideal_point"].reindex(years)
        above.plot(years, points, color=colour(state), lw=1.3, ls=DASHES[1 + i % 4], zorder=3)
        _name_years(above, points, short_name(state))
        ends.append(line_end(points, short_name(state), colour(state)))
        series.append(sentence(f"{short_name(state)}: {_ends_words(points)}"))
    finish(above, years, _("Ideal point\n(higher: nearer\nto the United States)"), ends, 2.9)
    below.fill_between(yearly["year"], 0, yearly["error_high"], facecolor="#e3e3e3", edgecolor=GREY, linewidth=0.5)
    below.plot(yearly["year"], yearly["spread"], color=shade, marker="o", ms=4, lw=1.3)
    below.set_ylim(bottom=0)
    _name_years(below, yearly.set_index("year")["spread"], _("Range of the\nmembers").replace("\n", " "))
    label = line_end(yearly["error_high"], _("error alone\n(95 %)"), FAINT)
    lines = [line_end(yearly["spread"], _("members"), shade, True), label]
    finish(below, years, _("Range of the\nmembers"), lines, 1.9)
    canvas.set_figheight(5.6)
    caption = _(
        "Ideal points (Bailey, Strezhnev and Voeten 2017) from {few} votes or more. Above: mean of the members in "
        "bold, their range as a band. Below: highest minus lowest member, in years in which all have a point; grey: "
        "what the errors of the estimates alone would make of it in 95 % of draws, were all members at one place.",
        few=measures.FEW,
    )
    ranges = [f"{row.year} {words.two(row.spread)} ({words.two(row.error_high)})" for row in yearly.itertuples()]
    own_words = _("{name}, mean: {ends}.", name=short_name(region), ends=_ends_words(own["mean"]))
    alt_text = _(
        "Two line charts of ideal points. {each} Range of the members, in brackets that of error alone: {ranges}.",
        each=" ".join([own_words, *series]), ranges="; ".join(ranges) or _("no year with all points"),
    )  # fmt: skip
    return Drawing(_ideal_title(region, yearly), alt_text, caption, rows, sources=[rows["source"]])


def _name_years(axes: Any, values: pd.Series, name: str) -> None:
    """Names a line by year."""
    name_line(axes, ((year, value, f"{name}, {year}: {words.two(value)}") for year, value in values.items()))


def _ends_words(points: pd.Series) -> str:
    known = points.dropna()
    ends = known.iloc[sorted({0, len(known) - 1})] if len(known) else known
    each = [words.value_in(words.two(value), str(year)) for year, value in ends.items()]
    return ", ".join(each) or _("no point from enough votes")


def _ideal_title(region: str, yearly: pd.DataFrame) -> MarkdownText:
    name = short_name(region)
    if yearly.empty:
        return _("Ideal points of {name} and partners", name=name)
    wide = yearly[yearly["spread"] > yearly["error_high"]]
    last = yearly[yearly["year"] > (wide["year"].max() if len(wide) else 0)]
    if last.empty:
        return _("The members of {name} lie farther apart than the errors of their ideal points explain", name=name)
    return _(
        "Since {year} the ideal points of {name} lie {range} apart, no farther than the error of the estimates",
        year=last["year"].min(), name=name, range=span(last["spread"].min(), last["spread"].max(), ".1f"),
    )  # fmt: skip
