"""The figure of how alike a region votes by year and period, and what the figures of this room share.

What a year is worth is seen, and names are at the ends of lines.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.marks import TEXT_BOX, band, label_line_ends, year_axis
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import FAINT, INK
from centralasia.names import colour, short_name
from centralasia.votes import cohesion, measures, pairs, periods, words
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.language import _, ngettext, pgettext
from datacontract.words import MarkdownText, capitalised

__all__ = ["cohesion_chart"]

HOLLOW = [measures.FEW_VOTES, cohesion.INCOMPLETE]
DASHES = ["-", (0, (5, 1.5)), (0, (2, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (1, 1))]
LineEnd = tuple[float, str, str, bool]  # value, words, colour, bold


def line_end(values: pd.Series, text: str, shade: str, bold: bool = False) -> LineEnd:
    """What `label_line_ends` writes at the last value of a series; nothing where it has none."""
    known = values.dropna()
    return known.iloc[-1] if len(known) else float("nan"), text, shade, bold


def draw_series(axes: Any, frame: pd.DataFrame, text: str, shade: str, size: float) -> LineEnd:
    """Draws values by year; uncertain ones are hollow, on a dotted line. Returns the label of its end."""
    frame = frame[frame["status"] != measures.NOT_COMPARABLE]
    firm = comparable(frame)
    axes.plot(frame["year"], frame["value"], color=shade, lw=0.9, ls=(0, (1, 1.6)), zorder=3)
    axes.plot(frame["year"], firm["value"].reindex(frame.index), color=shade, lw=1.3, zorder=4)
    draw_marks(axes, frame, shade, size)
    return line_end(frame["value"], text, shade)


def draw_marks(axes: Any, frame: pd.DataFrame, shade: str, size: float) -> None:
    """A dot a year: full where it is ``ok``, hollow where it is uncertain, none where it cannot be compared."""
    firm, part = comparable(frame), frame[frame["status"].isin(HOLLOW)]
    axes.scatter(firm["year"], firm["value"], s=size, color=shade, zorder=5, linewidth=0)
    axes.scatter(part["year"], part["value"], s=size, facecolor="white", edgecolor=shade, linewidth=1, zorder=5)


def drawn_years(choice: Choice) -> pd.Index:
    """The years of the axis: up to the last that can be compared, where there is any."""
    years = voting_years(*choice.period)["comparable"]
    return years.index[: years.to_numpy().nonzero()[0].max(initial=-1) + 1] if years.any() else years.index


def finish(axes: Any, years: Sequence[int], label: str, ends: Iterable[LineEnd], height: float) -> None:
    """The axes of a chart by year, about so many inches high, and the names at the ends of its lines."""
    year_axis(axes, years)
    axes.set(ylabel=label, xlabel=_("Year") if axes.get_subplotspec().is_last_row() else "")
    label_line_ends(axes, ends, height)


def draw_periods(axes: Any, frame: pd.DataFrame, column: str, low: str, high: str, shade: str, name: str) -> None:
    """A bar from the first to the last year of each period at its value, with the interval around it, and named."""
    for row in frame.itertuples():
        x, (value, *ends) = (row.first - 0.4, row.last + 0.4), [getattr(row, part) for part in (column, low, high)]
        axes.fill_between(x, *ends, zorder=1, **band(shade))
        axes.plot(x, [value] * 2, color=shade, lw=2.6, solid_capstyle="butt", zorder=4)
        bottom, top = ends if pd.notna(ends).all() else (value, value)
        said = f"{name}, {row.period}: {words.estimate(value, *ends)}"
        name_mark(axes, sum(x) / 2, (bottom + top) / 2, said, x[1] - x[0], top - bottom)


@figure
def cohesion_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """How alike a region votes: by year and period as agreement, and by period corrected for chance.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    choice : Choice
        Measure, use of absence, and the years drawn.
    seed : int
        Seed of the bootstrap.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.cohesion_chart("C5", choice).title
    Central Asia votes more alike from 2005 on (agreement 0.96, before 0.91); corrected for chance, it went up and
    down
    """
    yearly, frame = cohesion.region_mean(region, choice), periods.region_periods(region, choice, seed)
    name, shade, measure = short_name(region), colour(region), words.measure_name(choice.measure)
    years = voting_years(*choice.period)
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[1.15, 1])
    draw_marks(above, yearly, FAINT, 14)
    dots = yearly[yearly["status"] != measures.NOT_COMPARABLE].itertuples()
    name_line(above, ((r.year, r.value, f"{capitalised(measure)}, {r.year}: {words.two(r.value)}") for r in dots))
    draw_periods(above, frame, "value", "low", "high", shade, capitalised(measure))
    alpha = capitalised(words.measure_name("alpha"))
    draw_periods(below, frame, "alpha", "alpha_low", "alpha_high", shade, alpha)
    if shift := pairs.level_shift(region, choice, seed):
        for axes in (above, below):
            axes.axvline(shift.year - 0.5, color=INK, lw=0.9, ls=(0, (3, 2)), zorder=2)
        at = {"xycoords": ("data", "axes fraction"), "xytext": (4, 0), "textcoords": "offset points", "va": "bottom"}
        since = pgettext("a mark at a year", "from {year}", year=shift.year)
        above.annotate(since, (shift.year - 0.5, 0.03), fontsize=9, bbox=TEXT_BOX, zorder=6, **at)
    above.locator_params(axis="y", nbins=5)
    finish(above, drawn_years(choice), capitalised(measure), [], 2.6)
    finish(below, drawn_years(choice), alpha_axis(), [], 2.6)
    canvas.set_figheight(5.0)
    firm = frame["low"].notna().any() or frame["alpha_low"].notna().any()
    series = f"{words.series_words(yearly)}. {words.status_words(yearly)}".rstrip()
    alt_text = _(
        "Two charts by year. Mean {measure} within {name}: {series} By period: {periods}.",
        measure=measure, name=name, series=series, periods=_each_period(frame),
    )  # fmt: skip
    caption = _cohesion_caption(choice, int(frame["n"].sum()), seed if firm else None, shift is not None)
    data = frame.assign(region=region)
    return Drawing(_cohesion_title(region, choice, seed), alt_text, caption, data, sources=[years["source"]])


def alpha_axis() -> MarkdownText:
    """The label of an axis of alpha."""
    return _("Krippendorff's alpha\n(0: as by chance)")


def _each_period(frame: pd.DataFrame) -> str:
    """The values of all periods, with intervals."""
    each = [
        _(
            "{period} {value}, alpha {alpha}",
            period=row.period, value=words.estimate(row.value, row.low, row.high),
            alpha=words.estimate(row.alpha, row.alpha_low, row.alpha_high),
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    return "; ".join(each) or _("no period")


def _cohesion_caption(choice: Choice, roll_calls: int, seed: int | None, breaks: bool) -> MarkdownText:
    """What is drawn; without a seed there are no intervals, and there may be no single break."""
    said = {"measure": capitalised(words.measure_name(choice.measure)), "absence": words.absence_words(choice.absence)}
    numbers = {"years": periods.PERIOD, "seed": seed}
    if seed is None:
        dots = _(
            "{measure} of the members, {absence}: dots are years, bars are periods of {years} years.", **said, **numbers
        )
    else:
        dots = _(
            "{measure} of the members, {absence}: dots are years, bars are periods of {years} years, with their 95 % "
            "intervals over roll calls (seed {seed}).", **said, **numbers,
        )  # fmt: skip
    return words.paragraph(
        dots,
        _("Below: alpha, the same agreement corrected for chance."),
        _("Dashed: the best single break in the years above.") if breaks else "",
        ngettext("n = {n:,} roll call in the periods.", "n = {n:,} roll calls in the periods.", roll_calls),
        _("Full dot: comparable year; hollow: few votes, or pairs missing. Years not comparable are not drawn."),
    )


def _cohesion_title(region: str, choice: Choice, seed: int) -> MarkdownText:
    frame, name = periods.region_periods(region, choice, seed), short_name(region)
    said = {"name": name, "measure": words.measure_name(choice.measure)}
    if frame.empty:
        return _("{name}: no year in which its votes can be compared", name=name)
    first, last = frame.iloc[0], frame.iloc[-1]
    now = words.value_in(words.two(last["value"]), last["period"])
    if len(frame) < 2:
        return _("{name}: {measure} {now}, alpha {alpha}", now=now, alpha=words.two(last["alpha"]), **said)
    said |= {"course": words.course(periods.period_changes(region, choice, seed))}
    if shift := pairs.level_shift(region, choice, seed):
        levels = {"after": words.two(shift.after), "before": words.two(shift.before), "year": shift.year}
        if shift.after > shift.before:
            return _(
                "{name} votes more alike from {year} on ({measure} {after}, before {before}); corrected for chance, "
                "{course}", **said, **levels,
            )  # fmt: skip
        return _(
            "{name} votes less alike from {year} on ({measure} {after}, before {before}); corrected for chance, "
            "{course}", **said, **levels,
        )  # fmt: skip
    before = words.value_in(words.two(first["value"]), first["period"])
    return _("{name}: {measure} {before} and {now}; corrected for chance, {course}", before=before, now=now, **said)
