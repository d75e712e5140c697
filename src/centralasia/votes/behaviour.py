"""The figures of what lies behind agreement: who stays away from which votes, and where states are."""

import functools
from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.marks import band
from centralasia.names import colour, short_name
from centralasia.votes import alignment, measures, sets, words
from centralasia.votes.figures import DASHES, MARKS_WORDS, draw_series, finish, line_end
from centralasia.votes.measures import Choice, comparable, extremes, voting_years
from datacontract.labels import translate_figure
from datacontract.words import format_number, pluralize

__all__ = ["absence_chart", "ideal_points_chart"]


@figure
def absence_chart(canvas: Any, region: str, measure: str, first_year: int, last_year: int) -> Drawing:
    """How often the members stay away (above), and what counting that changes in the mean of the region (below).

    Years without any vote of a state are gaps: it may have had no seat or no right to vote.
    """
    shade, name = colour(region), words.measure_name(measure)
    away = alignment.absences(region, first_year, last_year)
    above, below = canvas.subplots(2, 1, sharex=True)
    above.set_ylim(-3, 103)
    ends, means, series = [], [], []
    for state, part in away.groupby("state"):
        ends.append(draw_series(above, part, short_name(state), colour(state), 12))
        series.append(f"{short_name(state)} stayed away from {_share_words(comparable(part))}.")
    for absence, dash in {"left_out": "-", "counted": (0, (4, 1.5))}.items():
        frame = sets.region_mean(region, Choice(measure, absence, first_year, last_year))
        text = translate_figure(f"absence.{absence}")
        means.append(draw_series(below, frame, text, shade, 16, absence == "left_out", dash))
        series.append(f"Mean {name}, {text}: {words.range_words(frame)}.")
    finish(above, frame["year"], translate_figure("absence.axis"), ends, 2.0)
    finish(below, frame["year"], translate_figure("absence.mean", measure=name), means, 2.0)
    canvas.set_figheight(5.4)
    caption = (
        "Above: share of the year's roll calls in which a member cast no vote. Below: mean over the pairs of "
        f"the region with and without absence as a behaviour of its own. {MARKS_WORDS}"
    )
    title, years = _absence_title(comparable(away), region), voting_years(first_year, last_year)
    return Drawing(title, f"Two line charts. {' '.join(series)}", caption, away, sources=[years["source"]])


def _share_words(firm: pd.DataFrame) -> str:
    if firm.empty:
        return "an unknown share of votes"
    rows = firm.iloc[-1], *extremes(firm)
    last, least, most = (f"{row['value']:.0f} % in {row['year']}" for row in rows)
    return f"{last}, least {least}, most {most}"


def _absence_title(firm: pd.DataFrame, region: str) -> str:
    if firm.empty:
        return translate_figure("absence.title_none", name=short_name(region))
    last = firm[firm["year"] == firm["year"].max()]
    least, most = extremes(last)
    fields = {"year": most["year"], "least": short_name(least["state"]), "low": least["value"], "high": most["value"]}
    return translate_figure(f"absence.title{'_one' * (len(last) == 1)}", most=short_name(most["state"]), **fields)


@figure
def ideal_points_chart(canvas: Any, region: str, partners: Sequence[str], first_year: int, last_year: int) -> Drawing:
    """The ideal points of a region's members and of partner states by year, with their 90 % bands.

    `partners` is a list of codes; those that are regions have no ideal point and are left out. Points from fewer than
    `FEW` votes are hollow and off the lines.
    """
    years = voting_years(first_year, last_year).index
    inside = sets.members_in_period(region, first_year, last_year)
    outside = [code for code in dict.fromkeys(partners) if code in measures.voting_states() and code not in inside]
    rows = alignment.ideal_points([*inside, *outside], first_year, last_year)
    axes, ends, series = canvas.subplots(), [], []
    for state, part in rows.groupby("state", sort=False):
        shade, bold = colour(state), state in inside
        series.append(f"{short_name(state)}: {_point_words(part)}.")
        firm, few = part[~part["few"]].set_index("year").reindex(years), part[part["few"]]
        axes.fill_between(years, firm["low90"], firm["high90"], **band(shade), zorder=1)
        width, dash = (1.8, DASHES[0]) if bold else (1.2, DASHES[1])
        axes.plot(years, firm["ideal_point"], color=shade, lw=width, ls=dash, zorder=3)
        bars = [few["ideal_point"] - few["low90"], few["high90"] - few["ideal_point"]]
        look = {"fmt": "o", "mfc": "white", "ms": 4, "lw": 0.8, "ls": "none", "zorder": 4}
        axes.errorbar(few["year"], few["ideal_point"], yerr=bars, color=shade, **look)
        missing = firm["ideal_point"].isna()
        alone = firm[~missing & missing.shift(fill_value=True) & missing.shift(-1, fill_value=True)]
        axes.scatter(alone.index, alone["ideal_point"], s=9, color=shade, zorder=4)
        ends.append(line_end(firm["ideal_point"], short_name(state), shade, bold))
    finish(axes, rows["year"] if len(rows) else years, translate_figure("ideal.axis"), ends, 3.8)
    caption = (
        f"Ideal points (Bailey, Strezhnev and Voeten 2017), {pluralize(len(inside), 'member')} of the region with full "
        f"lines, partners dashed. Band: 90 % interval. Hollow with bar: fewer than {measures.FEW} votes."
    )
    title = _ideal_title(alignment.ideal_point_range(region, first_year, last_year), short_name(region))
    alt_text = f"Line chart of ideal points. {' '.join(series) or 'No point in these years.'}"
    return Drawing(title, alt_text, caption, rows, sources=[rows["source"]])


def _point_words(part: pd.DataFrame) -> str:
    two = functools.partial(format_number, form=".2f")
    firm, few = part[~part["few"]], part[part["few"]]
    ends = firm.iloc[sorted({0, len(firm) - 1})] if len(firm) else firm
    text = ", ".join(f"{two(r.ideal_point)} ({two(r.low90)} to {two(r.high90)}) in {r.year}" for r in ends.itertuples())
    tail = ", ".join(f"{two(r.ideal_point)} in {r.year} from {r.votes} votes" for r in few.itertuples())
    return (text or "no point from enough votes") + (f"; few votes: {tail}" if tail else "")


def _ideal_title(frame: pd.DataFrame, name: str) -> str:
    if len(frame) < 2:
        return translate_figure("ideal.title_short", name=name)
    first, last, widest = frame.iloc[0], frame.iloc[-1], frame.loc[frame["spread"].idxmax()]
    inner = widest["year"] not in (first["year"], last["year"])
    peak = translate_figure("ideal.peak", widest=widest["spread"], year=widest["year"]) if inner else ""
    fields = {"first": first["year"], "before": first["spread"], "last": last["year"], "after": last["spread"]}
    code = "ideal.narrowed" if last["spread"] < first["spread"] else "ideal.widened"
    return translate_figure(code, name=name, peak=peak, **fields)
