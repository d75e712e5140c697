"""Sentences on trade within a region."""

from typing import Any

import pandas as pd

from centralasia.economies.pair_trade import TURN, growth_by_pair, growth_by_partner, intensity_means
from centralasia.economies.trade import (
    OTHER_PARTNERS,
    WORLD,
    gold_effect,
    gold_partners,
    mirror_statistics,
    trade_shares,
    without_trade_table,
)  # fmt: skip
from centralasia.economies.words import percent
from centralasia.names import region_name, short_name, short_names
from centralasia.regions import members_at_end, states_of
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = [
    "gold_summary",
    "intensity_summary",
    "mirror_summary",
    "trade_growth_summary",
    "trade_summary",
]


def trade_growth_summary(region: str, last_year: int, turn: int = TURN) -> MarkdownText:
    """By how much the trade of each recording member with the others, and with the rest, grew after a year.

    >>> economies.trade_growth_summary("C5", 2022)
    By its own record, Uzbekistan's trade in 2017–2022 was 4.5 times that of 2011–2016 with Kyrgyzstan, 3.0 times
    with Tajikistan, 1.5 times with Turkmenistan and 1.2 times with Kazakhstan; with all others it was 1.5 times.
    ...
    """
    lines, silent, of = [], [], members_at_end(region, last_year)
    for state in of:
        found = growth_by_partner(state, turn, last_year)
        own = found[found.index.isin(of)].sort_values("factor", ascending=False)
        if own.empty:
            silent.append(short_name(state))
            continue
        first, last = found["first"].iloc[0], found["last"].iloc[0]
        (partner, factor), *others = own["factor"].items()
        rest = found.loc[WORLD, ["before", "after"]] - own[["before", "after"]].sum()
        parts = [
            _(
                "{factor:.1f} times that of {first}–{last} with {partner}",
                factor=factor, first=first, last=turn, partner=short_name(partner),
            ),
            *(_("{factor:.1f} times with {partner}", factor=f, partner=short_name(p)) for p, f in others),
        ]  # fmt: skip
        line = _(
            "By its own record, {state}'s trade in {first}–{last} was {parts}; with all others it was {rest:.1f} "
            "times.",
            state=short_name(state), first=turn + 1, last=last, parts=parts, rest=rest["after"] / rest["before"],
        )  # fmt: skip
        lines.append((factor, line))
    both = growth_by_pair(region, last_year, turn).groupby("pair")["factor"].agg(["size", "min", "max"])
    told: list[str] = [line for _factor, line in sorted(lines, key=lambda one: -one[0])]
    for pair, row in both[both["max"] > 1.5 * both["min"]].iterrows():
        both_sides = {"states": short_names(states_of(pair)), "low": row["min"], "high": row["max"]}
        told.append(_("The records of {states} differ: {low:.1f} and {high:.1f} times.", **both_sides))
    if silent:
        told.append(_without_record(silent, turn, not told))
    return MarkdownText(" ".join(told))


def _without_record(names: list[str], turn: int, nobody_has: bool) -> str:
    if nobody_has:
        return ngettext(
            "{names} has no record of enough years up to {turn} and after it, so nothing can be compared.",
            "{names} have no record of enough years up to {turn} and after it, so nothing can be compared.",
            len(names), names=names, turn=turn,
        )  # fmt: skip
    return ngettext(
        "{names} has no record of enough years up to {turn} and after it.",
        "{names} have no record of enough years up to {turn} and after it.",
        len(names), names=names, turn=turn,
    )  # fmt: skip


def intensity_summary(region: str, last_year: int, turn: int = TURN) -> MarkdownText:
    """In how many directions the intensity of trade within the region rose, by source and span of years.

    >>> economies.intensity_summary("C5", 2022)
    By the series of the Correlates of War the intensity rose in 2 of 20 directions from 1995–2004 to 2005–2014. By
    own records the intensity rose in 4 of 8 directions from 2011–2016 to 2017–2022.
    """
    means = intensity_means(region, last_year, turn)
    estimated, own = means[means.columns[:2]].dropna(), means[means.columns[2:]].dropna()
    said: list[str] = []
    if len(estimated):
        said += [ngettext(
            "By the series of the Correlates of War the intensity rose in {rose} of {n} direction from {before} to "
            "{after}.",
            "By the series of the Correlates of War the intensity rose in {rose} of {n} directions from {before} to "
            "{after}.",
            len(estimated), **_risen(estimated),
        )]  # fmt: skip
    if len(own):
        said += [ngettext(
            "By own records the intensity rose in {rose} of {n} direction from {before} to {after}.",
            "By own records the intensity rose in {rose} of {n} directions from {before} to {after}.",
            len(own), **_risen(own),
        )]  # fmt: skip
    return MarkdownText(" ".join(said)) if said else _("The intensity of trade is not known for two spans of years.")


def _risen(means: pd.DataFrame) -> dict[str, Any]:
    """In how many rows the second column is above the first, and the years of both."""
    before, after = means.columns
    return {"rose": (means[after] > means[before]).sum(), "before": before, "after": after}


def trade_summary(region: str, state: str, first_year: int, last_year: int, gold: str = "kept") -> MarkdownText:
    """Between which values the share of the region in the trade of each recording member lay, and who records none.

    >>> economies.trade_summary("C5", "KAZ", 2000, 2020)
    The share of the region in the trade of its members (exports plus imports, listed partners): Kazakhstan between
    5.7 % (2018) and 6.6 % (2020); ...
    """
    found = trade_shares(region, first_year, last_year, gold)
    if found.empty:
        return _("No member of {region} has a table of trade by partner in these years.", region=region_name(region))
    order = sorted(found["reporter"].unique(), key=lambda s: (s != state, s))
    shares = "; ".join(_share_words(found[found["reporter"] == s]) for s in order)
    if gold == "left_out":
        text = _(
            "The share of the region in the trade of its members (exports plus imports, listed partners without gold): "
            "{shares}.",
            shares=shares,
        )
    else:
        text = _(
            "The share of the region in the trade of its members (exports plus imports, listed partners): {shares}.",
            shares=shares,
        )
    said = [text]
    if silent := short_names(without_trade_table(region, last_year)):
        said += [ngettext(
            "{names} has no such table, so its share is unknown.",
            "{names} have no such table, so their shares are unknown.",
            len(silent), names=silent,
        )]  # fmt: skip
    return MarkdownText(" ".join([*said, _("A share falls when trade with others grows.")]))


def _share_words(own: pd.DataFrame) -> str:
    name, last = short_name(own["reporter"].iloc[0]), own.iloc[-1]
    if own["share"].isna().any():
        return _(
            "{name} unknown, since not all members are listed (between {lower} and {upper} % in {year})",
            name=name, lower=percent(last["lower"]), upper=percent(last["upper"]), year=last["year"],
        )  # fmt: skip
    if len(own) == 1:
        return _("{name} {now} % in {year}", name=name, now=percent(last["share"]), year=last["year"])
    low, high = own.loc[own["share"].idxmin()], own.loc[own["share"].idxmax()]
    text = _(
        "{name} between {low} % ({low_year}) and {high} % ({high_year})",
        name=name, low=percent(low["share"]), low_year=low["year"], high=percent(high["share"]), high_year=high["year"],
    )  # fmt: skip
    if last["year"] in (low["year"], high["year"]):
        return text
    return _("{range}, {now} % in {year}", range=text, now=percent(last["share"]), year=last["year"])


def gold_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How far the shares move when the partners that stand for gold are left out.

    >>> economies.gold_summary("C5", 1994, 2020)
    Without Switzerland, United Kingdom and unnamed partners, where gold goes, the share moves most for Kyrgyzstan
    in 2001: from 29.2 to 34.9 %.
    """
    table = gold_effect(region, first_year, last_year)
    if table.empty:
        return _("What gold does to the shares cannot be said, since no share is known.")
    aside = [p for p in gold_partners() if p not in members_at_end(region, last_year)]
    if not aside:
        return _("No partner outside the region is marked as a place where gold goes.")
    names = [short_name(partner) for partner in aside if partner != OTHER_PARTNERS]
    names += [_("unnamed partners")] * (OTHER_PARTNERS in aside)
    most = table.loc[table["gap"].idxmax()]
    return _(
        "Without {partners}, where gold goes, the share moves most for {state} in {year}: from {before} to {after} %.",
        partners=names, state=short_name(most["reporter"]), year=most["year"], before=percent(most["share"]),
        after=percent(most["share_without"]),
    )  # fmt: skip


def mirror_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How well the figures of exporter and importer agree where both publish.

    >>> economies.mirror_summary("C5", 1994, 2020)
    Both sides record 34 yearly flows between members. In half of them the larger figure is at most 1.13 times the
    smaller; in 7 it is more than twice. ...
    """
    found = mirror_statistics(region, first_year, last_year)
    both = found.dropna(subset="ratio")
    if both.empty:
        return _("No flow between two members is recorded by both sides, so that none can be checked.")
    worst, median = both.loc[both["ratio"].idxmax()], both["ratio"].median()
    off, single = int((both["ratio"] > 2).sum()), len(found) - len(both)
    said = [ngettext(
        "Both sides record {n} yearly flow between members.",
        "Both sides record {n} yearly flows between members.",
        len(both),
    )]  # fmt: skip
    if off:
        said += [_(
            "In half of them the larger figure is at most {median:.2f} times the smaller; in {off} it is more than "
            "twice.",
            median=median, off=off,
        )]  # fmt: skip
    else:
        said += [_(
            "In half of them the larger figure is at most {median:.2f} times the smaller; in none it is more than "
            "twice.",
            median=median,
        )]  # fmt: skip
    said += [_(
        "They differ most on what {exporter} sold to {importer} in {year}: {ratio:.1f} times.",
        exporter=short_name(worst["exporter"]), importer=short_name(worst["importer"]), year=worst["year"],
        ratio=worst["ratio"],
    )]  # fmt: skip
    if single:
        said += [ngettext(
            "A further {n} flow is known from one side only.",
            "A further {n} flows are known from one side only.",
            single,
        )]  # fmt: skip
    return MarkdownText(" ".join(said))
