"""The figures of how alike states vote: a region among all sets, among groups, its pairs, and a state's partners."""

import math
import textwrap

from centralasia.figures.figure import figure
from centralasia.figures.marks import band, draw_title, name_sources
from centralasia.figures.style import FAINT, GREY, INK, WIDTH
from centralasia.names import colour, short_name
from centralasia.regions import pair_name
from centralasia.votes import alignment, cohesion
from centralasia.votes import measures as votes
from centralasia.votes.marks import (
    MARKS_WORDS,
    absence_words,
    draw_series,
    label_ends,
    last_value,
    measure_name,
    n_words,
    range_words,
    series_words,
    status_words,
    year_axis,
)
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import pluralize

__all__ = ["vote_cohesion", "vote_groups", "vote_pairs", "vote_partners"]


@figure
def vote_cohesion(canvas, region, measure, absence, first_year, last_year):
    """The mean over the pairs of a region by year, over the band of all sets of as many states.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    measure, absence : str
        See `centralasia.votes.scores`.
    first_year, last_year : int
        The years drawn.

    The band holds the middle 90 % of the sets, the thin line their median.
    """
    frame = cohesion.among_sets(region, measure, absence, first_year, last_year)
    name, shade = short_name(region), colour(region)
    axes = canvas.subplots()
    axes.fill_between(
        frame["year"], frame["set_low"], frame["set_high"], facecolor="#e3e3e3", edgecolor=GREY, linewidth=0.5, zorder=1
    )
    axes.plot(frame["year"], frame["set_median"], color=FAINT, lw=1.2, zorder=2)
    draw_series(axes, frame, shade, bold=True)
    year_axis(axes, votes.period(first_year, last_year).index)
    axis = translate_figure(f"axis.{measure}").replace("\n", " ")
    axes.set(xlabel=translate_figure("axis.year"), ylabel=translate_figure("cohesion.axis", measure=axis))
    canvas.set_size_inches(WIDTH, 3.6)
    ends = [(last_value(frame), textwrap.fill(name, 14), shade, True)]
    middle = frame["set_median"].dropna()
    ends += [(middle.iloc[-1], translate_figure("cohesion.median"), FAINT, False)] if len(middle) else []
    label_ends(axes, ends, 2.6)
    title = _cohesion_title(frame, name, measure)
    draw_title(canvas, title)
    sets = frame["sets"].max() if len(frame) else 0
    caption = (
        f"Mean {measure_name(measure)} over the pairs of the region, "
        f"{absence_words(absence)}; grey: all sets of the same size drawn from the {len(votes.voters())} "
        f"states, n = up to {sets:,} sets a year. {MARKS_WORDS} {_sources(first_year, last_year)}"
    )
    marked = status_words(frame)
    words = f"Line chart of the mean {measure_name(measure)} within {name}, by year: {series_words(frame)}."
    words += f" {marked}" if marked else ""
    firm = frame[(frame["status"] == votes.OK) & frame["set_median"].notna()]
    if len(firm):
        row = firm.iloc[-1]
        words += (
            f" Of all sets of {row['size']} states in {row['year']}, the middle 90 % lie between "
            f"{row['set_low']:.2f} and {row['set_high']:.2f}, the median at {row['set_median']:.2f}; over the "
            f"comparable years the region stood at percentile {firm['percentile'].min():.1f} or higher."
        )
    return title, words, caption, frame.drop(columns="comparable")


def _cohesion_title(frame, name, measure):
    firm = frame[(frame["status"] == votes.OK) & frame["percentile"].notna()]
    if firm.empty:
        return translate_figure("cohesion.title_none", name=name)
    row = firm.iloc[-1]
    place = row["percentile"]
    share = math.floor(10 * max(place, 100 - place)) / 10
    told = {"size": row["size"], "year": row["year"], "measure": measure_name(measure), "value": row["value"]}
    return translate_figure("cohesion.more" if place >= 50 else "cohesion.less", name=name, share=share, **told)


@figure
def vote_groups(canvas, region, first_year, last_year, seed):
    """The agreement index of Hix, Noury and Roland for every counted group, the region in bold with its interval.

    Where the region is no counted group, only the others are drawn.
    """
    found = {g: cohesion.group_years(g, first_year, last_year, seed) for g in cohesion.groups()}
    axes = canvas.subplots()
    styles = ["-", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (1, 1))]
    ends = []
    for i, (group, frame) in enumerate(found.items()):
        firm = frame["value"].where(frame["status"] == votes.OK)
        if group == region:
            axes.fill_between(frame["year"], frame["low"], frame["high"], **band(colour(group)))
            draw_series(axes, frame, colour(group), bold=True)
        else:
            axes.plot(frame["year"], firm, color=FAINT, lw=1.3, ls=styles[i % len(styles)], zorder=2)
        at = firm.dropna()
        shade = colour(group) if group == region else INK
        ends.append((at.iloc[-1] if len(at) else float("nan"), short_name(group), shade, group == region))
    year_axis(axes, votes.period(first_year, last_year).index)
    axes.set(xlabel=translate_figure("axis.year"), ylabel=translate_figure("groups.axis"))
    canvas.set_size_inches(WIDTH, 3.6)
    label_ends(axes, ends, 2.6)
    title = _groups_title(found, region)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(g)}: {range_words(f)}." for g, f in found.items())
    interval = f" Band: 95 % bootstrap interval over roll calls (seed {seed})." if region in found else ""
    caption = (
        "Mean agreement index (Hix, Noury and Roland 2005) over roll calls in which two or more of the group voted; "
        f"groups of unlike size are not strictly comparable. Other groups: comparable years only.{interval} "
        f"{MARKS_WORDS} {_sources(first_year, last_year)}"
    )
    drawn = _stacked({g: f.drop(columns="comparable") for g, f in found.items()}, "group")
    return (
        title,
        f"Line chart of the agreement index of {pluralize(len(found), 'group')} by year. {words}",
        caption,
        drawn,
    )


def _groups_title(found, region):
    name = short_name(region)
    if region not in found:
        return translate_figure("groups.title_other", name=name)
    firm = found[region][found[region]["status"] == votes.OK]
    if firm.empty:
        return translate_figure("groups.title_none", name=name)
    last = firm.iloc[-1]
    told = {"share": 100 * last["united"], "year": last["year"], "value": last["value"]}
    return translate_figure("groups.title", name=name, **told)


@figure
def vote_pairs(canvas, region, measure, absence, first_year, last_year, seed):
    """Small multiples: every pair of a region by year, with its 95 % bootstrap interval."""
    rows = cohesion.region_pairs(region, measure, absence, first_year, last_year)
    pairs = list(dict.fromkeys(rows["pair"]))
    full = votes.pair_intervals(pairs, measure, absence, first_year, last_year, seed)
    rows = rows.merge(full[["pair", "year", "low", "high"]], on=["pair", "year"], how="left")
    lines = max(math.ceil(len(pairs) / 2), 1)
    canvas.set_size_inches(WIDTH, 1.0 + 1.25 * lines)
    grid = canvas.subplots(lines, 2, sharex=True, sharey=True, squeeze=False).ravel()
    for axes in grid[len(pairs) :]:
        axes.set_visible(False)
    for axes, pair in zip(grid, pairs, strict=False):
        part = rows[rows["pair"] == pair]
        axes.fill_between(
            part["year"], part["low"], part["high"], facecolor="#b9cdd6", edgecolor=GREY, linewidth=0.5, zorder=1
        )
        draw_series(axes, part, INK, size=9)
        year_axis(axes, votes.period(first_year, last_year).index)
        axes.set_title(f"{pair_name(pair)}  ({n_words(part)})", fontsize=9, pad=4)
        axes.tick_params(labelsize=8.5, labelbottom=axes in grid[max(len(pairs) - 2, 0) :])
    canvas.supylabel(translate_figure(f"axis.{measure}").replace("\n", " "), fontsize=9.5)
    title = _pairs_title(rows, measure)
    draw_title(canvas, title)
    words = " ".join(
        f"{pair_name(p)} ({n_words(part, ' to ')}): {range_words(part)}."
        for p, part in rows.groupby("pair", sort=False)
    )
    caption = (
        f"{_capital(measure_name(measure))} by year, {absence_words(absence)}; n: roll calls a year that "
        f"it rests on, over the comparable years. Band: 95 % bootstrap interval over roll calls (seed {seed}). "
        f"{MARKS_WORDS} {_sources(first_year, last_year)}"
    )
    return (
        title,
        f"Small line charts of {pluralize(len(pairs), 'pair')}. {words}",
        caption,
        rows.drop(columns="comparable"),
    )


def _pairs_title(rows, measure):
    firm = rows[rows["status"] == votes.OK]
    if firm.empty:
        return translate_figure("pairs.title_none")
    last = firm[firm["year"] == firm["year"].max()]
    low, high = last.loc[last["value"].idxmin()], last.loc[last["value"].idxmax()]
    if len(last) == 1:
        one = {"pair": pair_name(low["pair"]), "value": low["value"]}
        return translate_figure("pairs.title_one", measure=measure_name(measure), year=low["year"], **one)
    ends = {"low": low["value"], "high": high["value"]}
    ends |= {"low_pair": pair_name(low["pair"]), "high_pair": pair_name(high["pair"])}
    return translate_figure("pairs.title", measure=measure_name(measure), year=low["year"], **ends)


@figure
def vote_partners(canvas, state, region, partners, measure, absence, first_year, last_year):
    """A state's agreement with each partner by year, and its mean agreement with the rest of the region in bold.

    `partners` is a list of states with votes or regions; a region stands for the mean over its members.
    """
    period = measure, absence, first_year, last_year
    found = {region: alignment.partner_years(state, [region], *period)}
    found |= dict(iter(alignment.partner_years(state, partners, *period).groupby("partner", sort=False)))
    canvas.set_size_inches(WIDTH, 4.0)
    axes, ends = canvas.subplots(), []
    for code, frame in found.items():
        dash = "-" if code == region or code in votes.voters() else (0, (5, 1.5))
        draw_series(axes, frame, colour(code), code == region, 26 if code == region else 10, dash)
        ends.append((last_value(frame), short_name(code), colour(code), code == region))
    year_axis(axes, votes.period(first_year, last_year).index)
    axes.set(xlabel=translate_figure("axis.year"), ylabel=translate_figure(f"axis.{measure}"))
    label_ends(axes, ends, 3.0)
    beside = alignment.beside_region(state, region, partners, *period)
    title = _partners_title(beside, state, region)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(c)}: {series_words(f)}." for c, f in found.items())
    caption = (
        f"{_capital(measure_name(measure))} of {short_name(state)}, {absence_words(absence)}; a "
        f"group (dashed) is the mean over its members, bold the mean over the others of the region. {MARKS_WORDS} "
        f"{_sources(first_year, last_year)}"
    )
    drawn = _stacked({c: f.drop(columns=["partner", "comparable"]) for c, f in found.items()}, "partner")
    return title, f"Line chart of how alike {short_name(state)} votes with its partners. {words}", caption, drawn


def _partners_title(beside, state, region):
    name = short_name(state)
    if beside.empty:
        return translate_figure("partners.title_none", name=name)
    first = beside["partner"].idxmax()
    values = {"value": beside["partner"][first], "region": beside["region"][first]}
    side = "partners.more" if values["value"] > values["region"] else "partners.less"
    return translate_figure(side, name=name, partner=short_name(first), **values)


def _capital(text):
    return text[:1].upper() + text[1:]


def _stacked(frames, name):
    import pandas as pd

    return pd.concat(frames, names=[name]).reset_index(level=0)


def _sources(first_year, last_year):
    return name_sources(source_keys(votes.period(first_year, last_year)["source"]))
