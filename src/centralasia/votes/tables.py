"""Votes as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia import sensitivity
from centralasia.names import short_name
from centralasia.regions import pair_name
from centralasia.tables import UntruncatedFrame, display_table
from centralasia.votes import alignment, pairs, periods, words
from centralasia.votes.measures import Choice
from centralasia.votes.robustness import NO_PERIOD, NOBODY
from datacontract.language import _, format_number
from datacontract.words import MarkdownText, capitalised

__all__ = [
    "change_table", "pair_table", "pairs_table", "periods_table", "within_table",
]  # fmt: skip


def _column(rows: pd.DataFrame, value: str, low: str, high: str, form: str = "") -> list[str]:
    """Values with their intervals, or in a format differences with theirs."""
    each = zip(rows[value], rows[low], rows[high], strict=True)
    return [words.difference(*cells, form) if form else words.estimate(*cells) for cells in each]


def _counts(column: pd.Series) -> list[str]:
    return [format_number(number, ",") for number in column]


def periods_table(region: str, choice: Choice, seed: int = 1) -> UntruncatedFrame:
    """Agreement and alpha of a region by period, with 95 % intervals, alpha at other levels, and the share of yes.

    >>> choice = votes.Choice("agreement", "left_out", 2005, 2014)
    >>> votes.periods_table("C5", choice).iloc[:, :3]
    Period    Roll calls            Agreement                Alpha
    2005–2009        465  0.97 (0.96 to 0.98)  0.72 (0.64 to 0.79)
    2010–2014        401  0.96 (0.95 to 0.97)  0.53 (0.41 to 0.62)
    """
    rows = periods.region_periods(region, choice, seed)
    columns = {
        _("Roll calls"): _counts(rows["n"]),
        _measure(choice): _column(rows, "value", "low", "high"),
        _("Alpha"): _column(rows, "alpha", "alpha_low", "alpha_high"),
        _("Alpha, nominal"): rows["nominal"].map(words.two),
        _("Alpha, ordinal"): rows["ordinal"].map(words.two),
        _("Votes that were yes"): [_("{share:.0f} %", share=100 * share) for share in rows["yes"]],
    }
    return display_table(columns, index=rows["period"], corner=_("Period"))


def _measure(choice: Choice) -> MarkdownText:
    return capitalised(words.measure_name(choice.measure))


def within_table(region: str, choice: Choice) -> UntruncatedFrame:
    """Agreement within a region, with all other states, and with the closest of them, by period.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.within_table("C5", choice)[["With each other", "With all others"]]
    Period    With each other With all others
    2010–2014            0.96            0.79
    2015–2019            0.97            0.76
    """
    rows = alignment.within_and_between(region, choice)
    columns = {
        _("Comparable years"): rows["years"].astype(str),
        _("With each other"): rows["within"].map(words.two),
        _("With all others"): rows["between"].map(words.two),
        _("Difference"): _column(rows, "gap", "low", "high", ".2f"),
        _("Closest other"): [short_name(state) if state else _("unknown") for state in rows["closest"]],
        _("Difference from it"): _column(rows, "closest_gap", "closest_low", "closest_high", ".3f"),
    }
    return display_table(columns, index=rows["period"], corner=_("Period"))


def pairs_table(region: str, choice: Choice, seed: int = 1) -> UntruncatedFrame:
    """The pairs of a region in the last period, with the change since the base period, and alpha; with intervals.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.pairs_table("C5", choice).iloc[:2, :3]
    Pair, 2015–2019         Roll calls            Agreement                Alpha
    Kyrgyzstan–Turkmenistan        325  0.99 (0.98 to 1.00)  0.77 (0.53 to 0.92)
    Kazakhstan–Turkmenistan        355  0.99 (0.98 to 0.99)  0.74 (0.49 to 0.88)
    """
    rows, base = pairs.pair_changes(region, choice, seed), pairs.base_period(region, choice, seed)
    last = periods.region_spans(region, choice)[-1:]
    columns = {
        _("Roll calls"): _counts(rows["n"]),
        _measure(choice): _column(rows, "after", "low", "high"),
        _("Alpha"): _column(rows, "alpha", "alpha_low", "alpha_high"),
    }
    if last and base != last[0]:
        changed = _("Change since {period}", period=str(base))
        columns[changed] = _column(rows, "change", "change_low", "change_high", ".3f")
        columns[_("Change of alpha")] = _column(rows, "alpha_change", "alpha_change_low", "alpha_change_high", ".2f")
    corner = _("Pair, {period}", period="".join(map(str, last)))
    return display_table(columns, index=map(pair_name, rows["pair"]), corner=corner)


def pair_table(pair: str, first_year: int, last_year: int, seed: int = 1) -> UntruncatedFrame:
    """One pair by period: roll calls in which both voted, agreement and alpha with 95 % intervals.

    >>> votes.pair_table("KAZ-TKM", 2005, 2014)
    Period    Votes of both            Agreement Krippendorff's alpha
    2005–2009           305  0.94 (0.92 to 0.96)  0.49 (0.28 to 0.65)
    2010–2014           343  0.97 (0.96 to 0.98)  0.58 (0.31 to 0.74)
    """
    rows = pairs.pair_periods((pair,), Choice("agreement", "left_out", first_year, last_year), seed)
    columns = {
        _("Votes of both"): _counts(rows["n"]),
        capitalised(words.measure_name("agreement")): _column(rows, "value", "low", "high"),
        capitalised(words.measure_name("alpha")): _column(rows, "alpha", "alpha_low", "alpha_high"),
    }
    return display_table(columns, index=rows["period"], corner=_("Period"))


def change_table(curve: pd.DataFrame) -> UntruncatedFrame:
    """How much more alike the region voted in the last period, block by block, and in how many ways that holds.

    `curve` is from `change_specifications`: a row for each measure and use of absence, a column for each earlier
    period. A cell holds the change for the whole region, and in how many of the ways, with the region whole and
    without each state, it is above zero.

    >>> curve = votes.change_specifications("C5", 1995, 2019)
    >>> votes.change_table(curve)[["Since 1995–1999", "Since 2010–2014"]].head(4)
    Measure                                Since 1995–1999 Since 2010–2014
    agreement, absence left out              +0.08; 6 of 6   +0.01; 6 of 6
    agreement, absence counted               +0.23; 6 of 6   −0.06; 0 of 6
    Krippendorff's alpha, absence left out   +0.12; 6 of 6   +0.11; 6 of 6
    Krippendorff's alpha, absence counted    +0.15; 6 of 6   −0.05; 1 of 6
    """
    whole = curve[curve["without"] == NOBODY].set_index(["measure", "absence", "earlier_period"])["value"]
    blocks = sensitivity.count_blocks(curve, "measure", "absence", "earlier_period")
    cells = [
        _("unknown")
        if pd.isna(whole[row.Index])
        else _(
            "{change}; {part} of {whole}",
            change=words.signed(whole[row.Index]), part=row.holds, whole=row.holds + row.fails,
        )
        for row in blocks.itertuples()
    ]  # fmt: skip
    table = pd.Series(cells, blocks.index).unstack("earlier_period")
    names = [_way(measure, absence) for measure, absence in table.index]
    since = [
        _("Since no earlier period") if period == NO_PERIOD else _("Since {period}", period=period)
        for period in table.columns
    ]
    return display_table(table, since, names, _("Measure"))


def _way(measure: str, absence: str) -> MarkdownText:
    name = words.measure_name(measure)
    return {
        "left_out": _("{measure}, absence left out", measure=name),
        "counted": _("{measure}, absence counted", measure=name),
    }[absence]
