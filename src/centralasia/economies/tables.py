"""What the notebook on economies shows as tables."""

from collections.abc import Iterable, Sequence

import pandas as pd

from centralasia import sensitivity
from centralasia.economies.measures import Panel, cross_section, definition
from centralasia.economies.pair_trade import TURN, intensity_means
from centralasia.economies.periods import STARTS, Starts, dispersion_specifications, start_years, windows
from centralasia.economies.words import change_words, statistic_short_name, unit_name
from centralasia.names import short_name, short_names
from centralasia.regions import members_at_end
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.language import _, format_number, join_list, ngettext

__all__ = [
    "choices_table", "intensity_table", "measure_table", "water_table", "window_table",
]  # fmt: skip


def window_table(panels: Sequence[Panel], starts: Starts = STARTS) -> UntruncatedFrame:
    """Every indicator in every window, whole: what `centralasia.economies.windows` computes, as text.

    One row an indicator and window; a window whose data are those of an earlier one is left out.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.window_table([income])[["Years", "Change", "Not so without"]]
    Indicator              Years Change Not so without
    Income per person  1991–2020  +54 %
    Income per person  2000–2020   +5 %     Kyrgyzstan
    Income per person  2012–2020   −4 %     Kazakhstan
    """
    found = windows(panels, starts)
    rows: list[list[str]] = []
    titles = []
    for row in found.drop_duplicates(["indicator", "first"]).itertuples():
        titles.append(row.title)
        if pd.isna(row.change):
            rows.append([_("since {year}", year=row.start), *[_("unknown")] * 6])
            continue
        trend = _("too few years")
        if pd.notna(row.trend):
            trend = _("{trend:+.0f} ({low:+.0f} to {high:+.0f})",
                      trend=row.trend, low=row.trend_low, high=row.trend_high)  # fmt: skip
        sets = _("{part:,} of {whole:,}", part=row.wider, whole=row.sets) if row.sets else _("none to compare")
        cells: list[str] = [
            f"{row.first}–{row.last}", f"{row.n}, {row.years}", change_words(row.change), trend,
            join_list(short_names(row.against), "or") if row.against else "",
            _("{part:,} of {whole:,}", part=row.same, whole=row.measures), sets,
        ]  # fmt: skip
        rows.append(cells)
    columns = [
        _("Years"), _("Members, years"), _("Change"), _("Trend a decade, % (interval)"), _("Not so without"),
        _("Other measures that agree"), _("Sets of other states that moved further apart"),
    ]  # fmt: skip
    return display_table(rows, columns, titles, _("Indicator"))


def measure_table(panels: Iterable[Panel]) -> UntruncatedFrame:
    """Unit and dispersion of each indicator, why that one, on what it rests, and its caveat, as text.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.measure_table([income])[["Dispersion", "Why", "Rests on"]].T
                                              Income per person
    Indicator
    Dispersion                                       SD of logs
    Why         an amount above zero: ratios, whatever the unit
    Rests on                                30 years, 5 members
    """
    rows, titles, why = [], [], _reasons()
    for one in panels:
        titles.append(one.title)
        row, (years, members) = definition(one.indicator), one.values.shape
        rests: list[str] = [ngettext("{n} year", "{n} years", years), ngettext("{n} member", "{n} members", members)]
        if one.dropped_members:
            rests.append(_("without {names}", names=short_names(one.dropped_members)))
        unit, caveat, short = unit_name(row["unit"]), row["caveat"], statistic_short_name(one.statistic)
        note = "" if pd.isna(caveat) else _(caveat)
        rows.append([unit, short, why[one.statistic], ", ".join(rests), note])
    columns = [_("Unit"), _("Dispersion"), _("Why"), _("Rests on"), _("Caveat")]
    return display_table(rows, columns, titles, _("Indicator"))


def _reasons() -> dict[str, str]:
    """Why a dispersion suits an indicator."""
    return {
        "relative": _("the method changed between surveys: the spread is compared with that of other states"),
        "sd": _("bounded, or with zeros that rule out logarithms: plain differences"),
        "sd_log": _("an amount above zero: ratios, whatever the unit"),
    }


def choices_table(panel: Panel, starts: Starts = STARTS) -> UntruncatedFrame:
    """In how many ways the dispersion fell, by block of choices (rows) and window (columns), as text.

    A block holds one choice open and takes all options of the other; windows are questions of their own.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.choices_table(income).head(4)
    The spread fell in                     since 1991 since 2000 since 2012
    measured by SD of logs                     0 of 6     1 of 6     5 of 6
    measured by SD over mean                   0 of 6     1 of 6     5 of 6
    measured by log of highest over lowest     0 of 6     4 of 6     5 of 6
    measured by mean difference of logs        0 of 6     1 of 6     4 of 6
    """
    columns = {}
    for start in start_years(starts):
        found = sensitivity.by_option(dispersion_specifications(panel, start))
        known = found["holds"] + found["fails"]
        cells = [
            _("{part:,} of {whole:,}", part=part, whole=whole) if whole else _("unknown")
            for part, whole in zip(found["holds"], known, strict=True)
        ]
        options = [_option_words(row.choice, row.option) for row in found.itertuples()]
        columns[_("since {year}", year=start)] = pd.Series(cells, options)
    return display_table(pd.DataFrame(columns), corner=_("The spread fell in"))


def _option_words(choice: str, option: str) -> str:
    """An option of `dispersion_specifications`."""
    if choice == "measure":
        return _("measured by {measure}", measure=statistic_short_name(option))
    return _("left out: nobody") if option == "nobody" else _("left out: {name}", name=short_name(option))


def intensity_table(region: str, last_year: int, turn: int = TURN) -> UntruncatedFrame:
    """The mean intensity of each member's trade with each other, by source and span of years, as text.

    >>> economies.intensity_table("C5", 2022).iloc[:2, :2]
    Times what size would give 1995–2004, estimated 2005–2014, estimated
    Kazakhstan with Kyrgyzstan                   52                   34
    Kazakhstan with Tajikistan                   50                   28
    """
    means = intensity_means(region, last_year, turn)
    names = [
        _("{state} with {partner}", state=short_name(one), partner=short_name(other)) for one, other in means.index
    ]
    estimated, own = means.columns[:2], means.columns[2:]
    spans = [_("{years}, estimated", years=years) for years in estimated]
    spans += [_("{years}, own record", years=years) for years in own]
    cells = means.map(lambda v: format_number(v, ".0f"), na_action="ignore").fillna(_("unknown"))
    return display_table(cells, spans, names, corner=_("Times what size would give"))


def water_table(indicators: Iterable[str], region: str, last_year: int) -> UntruncatedFrame:
    """The latest value of each indicator for every member, as text with its unit in the heading.

    >>> economies.water_table(["water_dependency"], "C5", 2021)
    State        Water dependency, %
    Kazakhstan                    41
    Kyrgyzstan                     1
    Tajikistan                    17
    Turkmenistan                  97
    Uzbekistan                    80
    """
    columns = {}
    for indicator in indicators:
        row, found = definition(indicator), cross_section(indicator, region, last_year)
        cells = [_("unknown") if pd.isna(v) else format_number(v, ".0f") for v in found["value"]]
        columns[f"{row['title']}, {unit_name(row['unit'])}"] = cells
    return display_table(columns, index=short_names(members_at_end(region, last_year)), corner=_("State"))
