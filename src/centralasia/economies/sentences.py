"""Sentences on how far the economies of a region lie apart, on growth, and on water."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from centralasia.economies.convergence import LEAST_YEARS, BetaConvergence, log_t, log_t_by_pair
from centralasia.economies.measures import INCOME, LEAST, Panel, cross_section, definition
from centralasia.economies.periods import STARTS, TURNING, Starts, growth_fits, start_groups, windows
from centralasia.economies.words import change_words, lowered, spread_has_moved, spread_moved, statistic_full_name
from centralasia.names import region_name, short_name, short_names
from centralasia.regions import pair_name
from datacontract.language import _, format_number, ngettext
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = [
    "answer", "dispersion_summary", "growth_summary", "log_t_summary", "place_summary",
    "water_summary",
]  # fmt: skip


def answer(panels: Sequence[Panel], starts: Starts = STARTS) -> MarkdownText:
    """Whether the members of a region drew together: one indicator window by window, then how many of all did.

    >>> economies.answer(economies.panels("C5", 1991, 2020))
    **Central Asia (five states)**, income per person: since 2012 the spread between the states has fallen by 4 %,
    but not without Kazakhstan (data to 2020). Since 2000 there is no clear trend (+5 %). Since 1991 the spread
    between the states has grown by 54 %. ...
    """
    frame = windows(panels, starts)
    known = frame.dropna(subset="change")
    who = region_name(panels[0].region)
    if known.empty:
        reason = _too_few(panels[0])
        return _(
            "Whether the members of **{region}** drew together cannot be said: {reason}", region=who, reason=reason
        )
    lead = known[known["indicator"] == (INCOME if INCOME in set(known["indicator"]) else known["indicator"].iloc[0])]
    first, *others = lead.iloc[::-1].drop_duplicates("first").itertuples()
    said = [
        _(
            "**{region}**, {title}: {moved} (data to {year}).",
            region=who, title=lowered(first.title), moved=_moved(first), year=first.last,
        ),
        *(sentence(capitalised(_moved(row))) for row in others),
    ]  # fmt: skip
    total = known["indicator"].nunique()
    if total == 1:
        return MarkdownText(" ".join(said))
    ends = dict.fromkeys([known["start"].max(), known["start"].min()])
    counts = [_counted(known[known["start"] == start]) for start in ends]
    turning = len(start_groups(frame).get(TURNING, []))
    said.append(_("The states drew closer {counts}.", counts=counts))
    if len(ends) > 1:
        said.append(
            ngettext(
                "In {n} indicator the direction depends on the first year.",
                "In {n} indicators the direction depends on the first year.",
                turning,
            )
        )
    return MarkdownText(" ".join(said))


def _moved(row: Any) -> str:
    """``since 2012 the spread between the states has fallen by 8 %, but not without Kazakhstan``."""
    if row.direction == "unclear":
        return _("since {year} there is no clear trend ({change})", year=row.first, change=change_words(row.change))
    moved = spread_has_moved(row.first, row.change)
    if not row.against:
        return moved
    return _("{moved}, but not without {names:or}", moved=moved, names=short_names(row.against))


def _counted(rows: pd.DataFrame) -> str:
    start, closer = rows["start"].iloc[0], int((rows["change"] < 0).sum())
    if (rows["first"] - start).median() > 0:
        return ngettext(
            "in {closer} of {n} indicator since {year} (or the first year with data)",
            "in {closer} of {n} indicators since {year} (or the first year with data)",
            len(rows), closer=closer, year=start,
        )  # fmt: skip
    return ngettext(
        "in {closer} of {n} indicator since {year}",
        "in {closer} of {n} indicators since {year}",
        len(rows), closer=closer, year=start,
    )  # fmt: skip


def dispersion_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """How the dispersion of one indicator moved in each window: change, trend with its interval, who decides.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.dispersion_summary(income, "2012")
    Income per person, standard deviation of logarithms over 5 members:
    <BLANKLINE>
    - 2012–2020: the spread fell by 4 %; its trend is −6 % a decade (95 % interval −9 to −5). Without Kazakhstan it
    goes the other way.
    """
    lines = []
    for row in windows([panel], starts).dropna(subset="change").drop_duplicates("first").itertuples():
        said = {"first": row.first, "last": row.last, "moved": spread_moved(row.change)}
        if pd.notna(row.trend):
            text = _(
                "{first}–{last}: {moved}; its trend is {trend:+.0f} % a decade (95 % interval {low:+.0f} to "
                "{high:+.0f}).",
                trend=row.trend, low=row.trend_low, high=row.trend_high, **said,
            )  # fmt: skip
        else:
            text = ngettext(
                "{first}–{last}: {moved}; {n} year makes no trend.",
                "{first}–{last}: {moved}; {n} years make no trend.",
                row.years, **said,
            )  # fmt: skip
        if row.against:
            who = _("Without {names:or} it goes the other way.", names=short_names(row.against))
        else:
            who = _("No single member decides the direction.")
        lines.append(f"- {text} {who}")
    if not lines:
        return MarkdownText(f"{panel.title}: {_too_few(panel)}")
    head = ngettext(
        "{title}, {measure} over {n} member:",
        "{title}, {measure} over {n} members:",
        panel.values.shape[1], title=panel.title, measure=statistic_full_name(panel.statistic),
    )  # fmt: skip
    return MarkdownText("\n".join([head, "", *lines]))


def place_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """How usual the change is: in how many sets of as many other states the members moved further apart.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.place_summary(income)
    Income per person: among sets of 5 other states, 1 of 1,287 moved further apart, or drew less close, than the
    region from 1991 to 2020, 365 of 2,002 from 2000 to 2020 and 935 of 2,002 from 2012 to 2020. ...
    """
    rows = windows([panel], starts).dropna(subset="place").drop_duplicates("first")
    if rows.empty:
        return _("{title}: there are too few other states to compare with.", title=panel.title)
    first, *others = (
        {"wider": row.wider, "sets": row.sets, "first": row.first, "last": row.last} for row in rows.itertuples()
    )
    parts = [
        _(
            "{wider:,} of {sets:,} moved further apart, or drew less close, than the region from {first} to {last}",
            **first,
        ),
        *(_("{wider:,} of {sets:,} from {first} to {last}", **fields) for fields in others),
    ]
    return _(
        "{title}: among sets of {n} other states, {parts}. The sets are made of {names}, where they have values in "
        "both years. They share states, so this is a comparison, not a test.",
        title=panel.title, n=panel.values.shape[1], parts=parts,
        names=short_names(panel.others.loc[rows["last"].iloc[0]].dropna().index),
    )  # fmt: skip


def growth_summary(panel: Panel, starts: Starts = STARTS) -> MarkdownText:
    """Whether growth follows the starting level, in the longest and the shortest window, by rank correlation.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.growth_summary(income)
    From 1991 to 2020 growth rises with the starting level: the rank correlation is +0.9 (n = 5); chance gives one
    as far from 0 in 8 % of cases. ...
    """
    lines = []
    for found in growth_fits(panel, starts):
        growth = 100 * found.points["growth"].sort_values()
        (least, slowest), (most, fastest) = growth.iloc[[0, -1]].items()
        lines += [
            _growth_follows(found),
            _(
                "{most} grew most ({fastest:.1f} % a year) and {least} grew least ({slowest:.1f} % a year).",
                most=short_name(most), fastest=fastest, least=short_name(least), slowest=slowest,
            ),
            _(
                "Leaving out one member puts the slope, {slope:+.1f} for all, between {low:+.1f} and {high:+.1f}.",
                slope=100 * found.slope, low=100 * found.lowest, high=100 * found.highest,
            ),
        ]  # fmt: skip
    return MarkdownText(" ".join(lines)) if lines else _("Growth cannot be compared: {reason}", reason=_too_few(panel))


def _growth_follows(found: BetaConvergence) -> MarkdownText:
    said = {"first": found.first, "last": found.last, "rank": found.rank, "n": found.n, "p": 100 * found.p}
    if found.p > 0.1:
        return _(
            "From {first} to {last} growth does not follow the starting level: the rank correlation is {rank:+.1f} "
            "(n = {n}); chance gives one as far from 0 in {p:.0f} % of cases.",
            **said,
        )
    if found.rank < 0:
        return _(
            "From {first} to {last} growth falls with the starting level: the rank correlation is {rank:+.1f} "
            "(n = {n}); chance gives one as far from 0 in {p:.0f} % of cases.",
            **said,
        )
    return _(
        "From {first} to {last} growth rises with the starting level: the rank correlation is {rank:+.1f} "
        "(n = {n}); chance gives one as far from 0 in {p:.0f} % of cases.",
        **said,
    )


def log_t_summary(panel: Panel) -> MarkdownText:
    """What the log t regression says of all members and of each two of them.

    >>> income = economies.panel("gdp_pc_ppp", "C5", 1991, 2020)
    >>> economies.log_t_summary(income)
    The log t test rejects that the members approach one path of income per person (b = −0.67, t = −11; 22 years, n
    = 5). ...
    """
    if panel.values.shape[1] < LEAST or len(panel.values) < LEAST_YEARS:
        return _("There are too few members or years with values for the log t test.")
    found, pairs = log_t(panel.values), log_t_by_pair(panel)
    said = found._asdict() | {"title": lowered(panel.title)}
    if found.rejected:
        verdict = _(
            "The log t test rejects that the members approach one path of {title} (b = {b:.2f}, t = {t:.0f}; {years} "
            "years, n = {states}).",
            **said,
        )
    else:
        verdict = _(
            "The log t test does not reject that the members approach one path of {title} (b = {b:.2f}, t = {t:.0f}; "
            "{years} years, n = {states}).",
            **said,
        )
    close = [
        f"{pair_name(pair)} (b = {format_number(row.b, '.2f')})" for pair, row in pairs[~pairs["rejected"]].iterrows()
    ]
    if close:
        some = _(
            "It does not reject it for {close} of {total} pairs: {pairs}.",
            close=len(close), total=len(pairs), pairs=close,
        )  # fmt: skip
    else:
        some = _("It rejects it for each of {total} pairs.", total=len(pairs))
    return MarkdownText(" ".join([verdict, some, _("It was made for many states, so this is indicative.")]))


def _too_few(panel: Panel) -> str:
    return _(
        "fewer than {least} members of {region} have values in two common years.",
        least=LEAST, region=region_name(panel.region),
    )  # fmt: skip


def water_summary(indicator: str, region: str, state: str, last_year: int) -> MarkdownText:
    """Whose water comes from abroad: the state, the highest, the lowest, and for whom it is unknown.

    >>> economies.water_summary("water_dependency", "C5", "KAZ", 2021)
    Water dependency, from most to least: Turkmenistan 97 %, Uzbekistan 80 %, Kazakhstan 41 %, Tajikistan 17 % and
    Kyrgyzstan 1 %. More dependent than Kazakhstan: Uzbekistan and Turkmenistan. These are long-term means and say
    nothing about change.
    """
    found = cross_section(indicator, region, last_year)["value"]
    known, title = found.dropna().sort_values(), definition(indicator)["title"]
    if known.empty:
        return _("{title} is unknown for every member of {region}.", title=title, region=region_name(region))
    values = [f"{short_name(one)} {format_number(value, '.0f')} %" for one, value in known[::-1].items()]
    said = [_("{title}, from most to least: {values}.", title=title, values=values)]
    if state in known.index:
        name, above = short_name(state), short_names(known.index[known > known[state]])
        if above:
            said.append(_("More dependent than {state}: {names}.", state=name, names=above))
        else:
            said.append(_("More dependent than {state}: nobody.", state=name))
    if unknown := short_names(found.index[found.isna()]):
        said.append(_("Unknown: {names}.", names=unknown))
    said.append(_("These are long-term means and say nothing about change."))
    return MarkdownText(" ".join(said))
