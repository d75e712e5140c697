"""The figures of how alike states vote: a region among all sets, among groups, its pairs, and a state's partners."""

import math

from centralasia.convergence import alignment, cohesion, votes
from centralasia.figure import FAINT, INK, WIDTH, colour, figure, short_name
from centralasia.plots.marks import keys_of, name_sources
from centralasia.plots.vote_marks import (
    ABSENCE_WORDS,
    AXIS,
    MARKS_WORDS,
    NAME,
    draw_series,
    draw_title,
    label_ends,
    last_value,
    n_words,
    range_words,
    series_words,
    status_words,
    year_axis,
)
from centralasia.regions import pair_name
from centralasia.words import count


@figure
def vote_cohesion(canvas, region, measure, absence, first_year, last_year, data=None):
    """The mean over the pairs of a region by year, over the band of all sets of as many states.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    measure, absence : str
        See `centralasia.convergence.votes.scores`.
    first_year, last_year : int
        The years drawn.
    data : path, optional
        Another data folder.

    The band holds the middle 90 % of the sets, the thin line their median.
    """
    frame = cohesion.among_sets(region, measure, absence, first_year, last_year, data)
    name, shade = short_name(region, data), colour(region, data)
    axes = canvas.subplots()
    axes.fill_between(frame["year"], frame["set_low"], frame["set_high"], color="#e3e3e3", linewidth=0, zorder=1)
    axes.plot(frame["year"], frame["set_median"], color=FAINT, lw=1.2, zorder=2)
    draw_series(axes, frame, shade, bold=True)
    year_axis(axes, votes.period(first_year, last_year, data).index)
    axes.set(xlabel="Year", ylabel=f"Mean over pairs\n{AXIS[measure].replace(chr(10), ' ')}")
    canvas.set_size_inches(WIDTH, 3.6)
    ends = [(last_value(frame), name.replace(" and ", "\nand "), shade, True)]
    middle = frame["set_median"].dropna()
    ends += [(middle.iloc[-1], "Median set\n(band: 90 %\nof all sets)", FAINT, False)] if len(middle) else []
    label_ends(axes, ends, 2.6)
    title = _cohesion_title(frame, name, measure)
    draw_title(canvas, title)
    sets = frame["sets"].max() if len(frame) else 0
    caption = (
        f"Mean {NAME[measure]} over the pairs of the region, {ABSENCE_WORDS[absence]}; grey: sets of as many of the "
        f"{len(votes.voters(data))} states, n = up to {sets:,} sets a year. {MARKS_WORDS} "
        f"{_sources(first_year, last_year, data)}"
    )
    marked = status_words(frame)
    words = f"Line chart of the mean {NAME[measure]} within {name}, by year: {series_words(frame)}."
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
        return f"{name}: no year in which its votes can be compared with other sets"
    row = firm.iloc[-1]
    place = row["percentile"]
    beside = (
        f"more alike than {math.floor(place * 10) / 10:g}\u00a0%"
        if place >= 50
        else f"less alike than {math.floor((100 - place) * 10) / 10:g}\u00a0%"
    )
    mean = f"mean {NAME[measure]} {row['value']:.2f}"
    return f"{name}: {beside} of all sets of {row['size']} states in {row['year']} ({mean})"


@figure
def vote_groups(canvas, region, first_year, last_year, seed, data=None):
    """The agreement index of Hix, Noury and Roland for every counted group, the region in bold with its interval.

    Where the region is no counted group, only the others are drawn.
    """
    found = {g: cohesion.group_years(g, first_year, last_year, seed, data=data) for g in cohesion.groups(data)}
    axes = canvas.subplots()
    styles = ["-", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (1, 1))]
    ends = []
    for i, (group, frame) in enumerate(found.items()):
        firm = frame["value"].where(frame["status"] == votes.OK)
        if group == region:
            axes.fill_between(
                frame["year"], frame["low"], frame["high"], color=colour(group, data), alpha=0.2, linewidth=0
            )
            draw_series(axes, frame, colour(group, data), bold=True)
        else:
            axes.plot(frame["year"], firm, color=FAINT, lw=1.3, ls=styles[i % len(styles)], zorder=2)
        at = firm.dropna()
        shade = colour(group, data) if group == region else INK
        ends.append((at.iloc[-1] if len(at) else float("nan"), short_name(group, data), shade, group == region))
    year_axis(axes, votes.period(first_year, last_year, data).index)
    axes.set(xlabel="Year", ylabel="Agreement index\n(1 = united, 0 = split in three)")
    canvas.set_size_inches(WIDTH, 3.6)
    label_ends(axes, ends, 2.6)
    title = _groups_title(found, region, data)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(g, data)}: {range_words(f)}." for g, f in found.items())
    band = f" Band: 95 % bootstrap interval over roll calls (seed {seed})." if region in found else ""
    caption = (
        "Mean agreement index (Hix, Noury and Roland 2005) over roll calls in which two or more of the group voted; "
        f"groups of unlike size are not strictly comparable. Other groups: comparable years only.{band} "
        f"{MARKS_WORDS} {_sources(first_year, last_year, data)}"
    )
    drawn = _stacked({g: f.drop(columns="comparable") for g, f in found.items()}, "group")
    return title, f"Line chart of the agreement index of {count(len(found), 'group')} by year. {words}", caption, drawn


def _groups_title(found, region, data):
    name = short_name(region, data)
    if region not in found:
        return f"{name} is none of the groups whose splits were counted; these are the others"
    firm = found[region][found[region]["status"] == votes.OK]
    if firm.empty:
        return f"{name}: no year in which its splits can be compared"
    last = firm.iloc[-1]
    share = f"{100 * last['united']:.0f}\u00a0%"
    return f"{name}: no split in {share} of the votes of {last['year']} (agreement index {last['value']:.2f})"


@figure
def vote_pairs(canvas, region, measure, absence, first_year, last_year, seed, data=None):
    """Small multiples: every pair of a region by year, with its 95 % bootstrap interval."""
    rows = cohesion.region_pairs(region, measure, absence, first_year, last_year, data)
    pairs = list(dict.fromkeys(rows["pair"]))
    full = votes.pair_intervals(pairs, measure, absence, first_year, last_year, seed, data=data)
    rows = rows.merge(full[["pair", "year", "low", "high"]], on=["pair", "year"], how="left")
    lines = max(math.ceil(len(pairs) / 2), 1)
    canvas.set_size_inches(WIDTH, 1.0 + 1.25 * lines)
    grid = canvas.subplots(lines, 2, sharex=True, sharey=True, squeeze=False).ravel()
    for axes in grid[len(pairs) :]:
        axes.set_visible(False)
    for axes, pair in zip(grid, pairs, strict=False):
        part = rows[rows["pair"] == pair]
        axes.fill_between(part["year"], part["low"], part["high"], color="#b9cdd6", linewidth=0, zorder=1)
        draw_series(axes, part, INK, size=9)
        year_axis(axes, votes.period(first_year, last_year, data).index)
        axes.set_title(f"{pair_name(pair, data)}  ({n_words(part)})", fontsize=9, pad=4)
        axes.tick_params(labelsize=8.5, labelbottom=axes in grid[max(len(pairs) - 2, 0) :])
    canvas.supylabel(AXIS[measure].replace("\n", " "), fontsize=9.5)
    title = _pairs_title(rows, measure, data)
    draw_title(canvas, title)
    words = " ".join(
        f"{pair_name(p, data)} ({n_words(part, ' to ')}): {range_words(part)}."
        for p, part in rows.groupby("pair", sort=False)
    )
    caption = (
        f"{NAME[measure][:1].upper() + NAME[measure][1:]} by year, {ABSENCE_WORDS[absence]}; n: roll calls a year that "
        f"it rests on, over the comparable years. Band: 95 % bootstrap interval over roll calls (seed {seed}). "
        f"{MARKS_WORDS} {_sources(first_year, last_year, data)}"
    )
    return title, f"Small line charts of {count(len(pairs), 'pair')}. {words}", caption, rows.drop(columns="comparable")


def _pairs_title(rows, measure, data):
    firm = rows[rows["status"] == votes.OK]
    if firm.empty:
        return "No pair has a year that can be compared"
    last = firm[firm["year"] == firm["year"].max()]
    low, high = last.loc[last["value"].idxmin()], last.loc[last["value"].idxmax()]
    if len(last) == 1:
        return f"{pair_name(low['pair'], data)}: {NAME[measure]} {low['value']:.2f} in {low['year']}"
    return (
        f"In {low['year']}, {NAME[measure]} lay between {low['value']:.2f} ({pair_name(low['pair'], data)}) and "
        f"{high['value']:.2f} ({pair_name(high['pair'], data)})"
    )


@figure
def vote_partners(canvas, state, region, partners, measure, absence, first_year, last_year, data=None):
    """A state's agreement with each partner by year, and its mean agreement with the rest of the region in bold.

    `partners` is a list of states with votes or regions; a region stands for the mean over its members.
    """
    period = measure, absence, first_year, last_year, data
    found = {region: alignment.partner_years(state, [region], *period)}
    found |= dict(iter(alignment.partner_years(state, partners, *period).groupby("partner", sort=False)))
    canvas.set_size_inches(WIDTH, 4.0)
    axes, ends = canvas.subplots(), []
    for code, frame in found.items():
        dash = "-" if code == region or code in votes.voters(data) else (0, (5, 1.5))
        draw_series(axes, frame, colour(code, data), code == region, 26 if code == region else 10, dash)
        ends.append((last_value(frame), short_name(code, data), colour(code, data), code == region))
    year_axis(axes, votes.period(first_year, last_year, data).index)
    axes.set(xlabel="Year", ylabel=AXIS[measure])
    label_ends(axes, ends, 3.0)
    beside = alignment.beside_region(state, region, partners, *period)
    title = _partners_title(beside, state, region, data)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(c, data)}: {series_words(f)}." for c, f in found.items())
    caption = (
        f"{NAME[measure][:1].upper() + NAME[measure][1:]} of {short_name(state, data)}, {ABSENCE_WORDS[absence]}; a "
        f"group (dashed) is the mean over its members, bold the mean over the others of the region. {MARKS_WORDS} "
        f"{_sources(first_year, last_year, data)}"
    )
    drawn = _stacked({c: f.drop(columns=["partner", "comparable"]) for c, f in found.items()}, "partner")
    return title, f"Line chart of how alike {short_name(state, data)} votes with its partners. {words}", caption, drawn


def _partners_title(beside, state, region, data):
    name = short_name(state, data)
    if beside.empty:
        return f"{name}: no year in which a partner can be compared with the region"
    first = beside["partner"].idxmax()
    side = "more" if beside["partner"][first] > beside["region"][first] else "less"
    return (
        f"{name} voted {side} like {short_name(first, data)}, the closest of these partners, than like the region: "
        f"{beside['partner'][first]:.2f} to {beside['region'][first]:.2f} on average"
    )


def _stacked(frames, name):
    import pandas as pd

    return pd.concat(frames, names=[name]).reset_index(level=0)


def _sources(first_year, last_year, data):
    return name_sources(keys_of(votes.period(first_year, last_year, data)["source"]))
