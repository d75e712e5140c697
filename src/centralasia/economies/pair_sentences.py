"""Sentences on the incomes and the trade of two states."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.economies.measures import INCOME, panel_rows
from centralasia.economies.pair_trade import TURN, bilateral_trade, growth_by_partner
from centralasia.economies.periods import STARTS
from centralasia.names import short_name, short_names
from centralasia.regions import check_pair
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText, sentence

__all__ = ["pair_income_summary", "pair_trade_summary"]


def pair_income_summary(pair: str, last_year: int = 9999) -> MarkdownText:
    """How many times the income per person of the other the richer of two states has, at each start and at last.

    >>> economies.pair_income_summary("KAZ-UZB", last_year=2020)
    Income per person in Kazakhstan was 3.6 times that in Uzbekistan in 1991, 3.8 times in 2000, 4.5 times in 2012
    and 3.7 times in 2020.
    """
    states = check_pair(pair)
    values, low = _two_series(states, last_year)
    years = [y for y in dict.fromkeys([*STARTS, values.index.max()]) if y in values.index]
    if len(values) < 2 or not years:
        return _("Incomes per person of {states} cannot be compared.", states=short_names(states))
    rich, poor = sorted(states, key=lambda s: values[s].iloc[-1], reverse=True)
    ratio, (first, *later) = values[rich] / values[poor], years
    ratios = [
        _("{ratio:.1f} times that in {state} in {year}", ratio=ratio[first], state=short_name(poor), year=first),
        *(_("{ratio:.1f} times in {year}", ratio=ratio[year], year=year) for year in later),
    ]
    said = [_("Income per person in {state} was {ratios}.", state=short_name(rich), ratios=ratios)]
    if low:
        said.append(_("Figures of {names} are doubtful.", names=short_names(low)))
    return MarkdownText(" ".join(said))


def _two_series(states: Iterable[str], last_year: int) -> tuple[pd.DataFrame, list[str]]:
    rows = panel_rows(INCOME, last_year)
    rows = rows[rows["state"].isin(list(states))]
    table = rows.pivot(index="year", columns="state", values="value").reindex(columns=list(states)).dropna()
    return table, sorted(set(rows.loc[rows["low"], "state"]))


def pair_trade_summary(pair: str, last_year: int) -> MarkdownText:
    """The trade of two states in the last year that each records, its intensity, and its growth after a year.

    >>> economies.pair_trade_summary("KAZ-UZB", 2020)
    By its own record, Kazakhstan traded goods for 2,931 million dollars with Uzbekistan in 2020, 17 times what the
    size of Uzbekistan's economy would give. ...
    """
    states, lines = check_pair(pair), []
    rows = bilateral_trade((pair,), 0, last_year).dropna(subset="total")
    for row in rows.groupby("reporter").tail(1).itertuples():
        text = _traded(row)
        if row.doubtful:
            text = _("{said} (a doubtful figure)", said=text)
        growth = growth_by_partner(row.reporter, TURN, last_year)
        if row.partner in growth.index:
            text = _(
                "{said}; its mean after {year} was {factor:.1f} times that of as many years before",
                said=text, year=TURN, factor=growth.loc[row.partner, "factor"],
            )  # fmt: skip
        lines.append(sentence(text))
    if silent := [s for s in states if s not in set(rows["reporter"])]:
        lines.append(_("The tables hold no record by {names}.", names=short_names(silent)))
    return MarkdownText(" ".join(lines))


def _traded(row: Any) -> str:
    """The trade of a row of `bilateral_trade`, and what it is for the size of the partner."""
    said = {"state": short_name(row.reporter), "partner": short_name(row.partner), "year": row.year}
    said |= {"worth": row.total / 1000}
    if pd.isna(row.intensity):
        return _(
            "By its own record, {state} traded goods for {worth:,.0f} million dollars with {partner} in {year}", **said
        )
    if row.intensity < 1:
        return _(
            "By its own record, {state} traded goods for {worth:,.0f} million dollars with {partner} in {year}, less "
            "than the size of {partner}'s economy would give",
            **said,
        )
    if round(row.intensity) == 1:
        return _(
            "By its own record, {state} traded goods for {worth:,.0f} million dollars with {partner} in {year}, about "
            "what the size of {partner}'s economy would give",
            **said,
        )
    return ngettext(
        "By its own record, {state} traded goods for {worth:,.0f} million dollars with {partner} in {year}, {n} times "
        "what the size of {partner}'s economy would give",
        "By its own record, {state} traded goods for {worth:,.0f} million dollars with {partner} in {year}, {n} times "
        "what the size of {partner}'s economy would give",
        round(row.intensity), **said,
    )  # fmt: skip
