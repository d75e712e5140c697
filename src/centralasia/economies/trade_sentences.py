"""Sentences on trade within a region and of two states."""

import pandas as pd

from centralasia.economies.pair_trade import TURN, bilateral_trade, growth_by_pair, growth_by_partner, intensity_means
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
from centralasia.regions import check_pair, members_at_end, pair_name
from datacontract.words import MarkdownText, join_list, pluralize, verb

__all__ = [
    "gold_summary",
    "intensity_summary",
    "mirror_summary",
    "pair_trade_summary",
    "trade_growth_summary",
    "trade_summary",
]


def trade_growth_summary(region: str, last_year: int, turn: int = TURN) -> MarkdownText:
    """By how much the trade of each recording member with the others, and with the rest, grew after a year."""
    lines, silent, of = {}, [], members_at_end(region, last_year)
    for state in of:
        found = growth_by_partner(state, turn, last_year)
        own = found[found.index.isin(of)].sort_values("factor", ascending=False)
        if own.empty:
            silent.append(short_name(state))
            continue
        first, last = found["first"].iloc[0], found["last"].iloc[0]
        most, *others = (f"{row.factor:.1f} times {{}}with {short_name(row.Index)}" for row in own.itertuples())
        rest = found.loc[WORLD, ["before", "after"]] - own[["before", "after"]].sum()
        parts = [most.format(f"that of {first}–{turn} "), *(other.format("") for other in others)]
        lines[own["factor"].iloc[0]] = (
            f"By its own record, {short_name(state)}'s trade in {turn + 1}–{last} was {join_list(parts)}; with all "
            f"others it was {rest['after'] / rest['before']:.1f} times."
        )
    both = growth_by_pair(region, last_year, turn).groupby("pair")["factor"].agg(["size", "min", "max"])
    told = [lines[factor] for factor in sorted(lines, reverse=True)]
    for pair, row in both[both["max"] > 1.5 * both["min"]].iterrows():
        told.append(f"The records of {pair_name(pair, ' and ')} differ: {row['min']:.1f} and {row['max']:.1f} times.")
    if silent:
        none = f"{join_list(silent)} {verb(len(silent), 'has', 'have')} no record that goes back so far"
        told.append(f"{none}." if told else f"{none}, so nothing can be compared.")
    return MarkdownText(" ".join(told))


def intensity_summary(region: str, last_year: int, turn: int = TURN) -> MarkdownText:
    """In how many directions the intensity of trade within the region rose, by source and span of years."""
    parts, means = [], intensity_means(region, last_year, turn)
    for source, spans in (
        ("the series of the Correlates of War", means.columns[:2]),
        ("own records", means.columns[2:]),
    ):
        both = means[spans].dropna()
        if len(both):
            (first, before), (_, after) = both.items()
            rose = f"rose in {(after > before).sum()} of {pluralize(len(both), 'direction')}"
            parts.append(f"By {source} the intensity {rose} from {first} to {after.name}.")
    return MarkdownText(" ".join(parts) or "The intensity of trade is not known for two spans of years.")


def trade_summary(region: str, state: str, first_year: int, last_year: int, gold: str = "kept") -> MarkdownText:
    """Between which values the share of the region in the trade of each recording member lay, and who records none."""
    found = trade_shares(region, first_year, last_year, gold)
    if found.empty:
        return MarkdownText(f"No member of {region_name(region)} has a table of trade by partner in these years.")
    order = sorted(found["reporter"].unique(), key=lambda s: (s != state, s))
    parts = [_share_words(found[found["reporter"] == s]) for s in order]
    text = (
        "The share of the region in the trade of its members (exports plus imports, listed partners"
        f"{' without gold' if gold == 'left_out' else ''}): {'; '.join(parts)}."
    )
    if silent := short_names(without_trade_table(region, last_year)):
        have = verb(len(silent), "has", "have")
        text += f" {join_list(silent)} {have} no such table, so their shares are unknown."
    return MarkdownText(f"{text} A share falls when trade with others grows.")


def _share_words(own: pd.DataFrame) -> str:
    name, last = short_name(own["reporter"].iloc[0]), own.iloc[-1]
    if own["share"].isna().any():
        bounds = f"{percent(last['lower'])} and {percent(last['upper'])} %"
        return f"{name} unknown, since not all members are listed (between {bounds} in {last['year']})"
    low, high = own.loc[own["share"].idxmin()], own.loc[own["share"].idxmax()]
    ends = f"between {percent(low['share'])} ({low['year']}) and {percent(high['share'])} % ({high['year']})"
    return f"{name} {ends}, {percent(last['share'])} % in {last['year']}"


def gold_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How far the shares move when the partners that stand for gold are left out."""
    table = gold_effect(region, first_year, last_year)
    if table.empty:
        return MarkdownText("What gold does to the shares cannot be said, since no share is known.")
    aside = [p for p in gold_partners() if p not in members_at_end(region, last_year)]
    if not aside:
        return MarkdownText("No partner outside the region is marked as a place where gold goes.")
    names = [short_name(p) for p in aside if p != OTHER_PARTNERS] + ["unnamed partners"] * (OTHER_PARTNERS in aside)
    most = table.loc[table["gap"].idxmax()]
    return MarkdownText(
        f"Without {join_list(names)}, where gold goes, the share moves most for {short_name(most['reporter'])} in "
        f"{most['year']}: from {percent(most['share'])} to {percent(most['share_without'])} %."
    )


def mirror_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How well the figures of exporter and importer agree where both publish."""
    found = mirror_statistics(region, first_year, last_year)
    both = found.dropna(subset="ratio")
    if both.empty:
        return MarkdownText("No flow between two members is recorded by both sides, so that none can be checked.")
    worst = both.loc[both["ratio"].idxmax()]
    off, single = int((both["ratio"] > 2).sum()), len(found) - len(both)
    text = (
        f"Both sides record {pluralize(len(both), 'yearly flow')} between members. In half of them the larger figure "
        f"is at most {both['ratio'].median():.2f} times the smaller; in {off or 'none'} it is more than twice. They "
        f"differ most on what {short_name(worst['exporter'])} sold to {short_name(worst['importer'])} in "
        f"{worst['year']}: {worst['ratio']:.1f} times."
    )
    if single:
        text += f" A further {pluralize(single, 'flow')} {verb(single, 'is', 'are')} known from one side only."
    return MarkdownText(text)


def pair_trade_summary(pair: str, last_year: int, turn: int = TURN) -> MarkdownText:
    """The trade of two states in the last year that each records, its intensity, and its growth after a year."""
    states, lines = check_pair(pair), []
    rows = bilateral_trade((pair,), 0, last_year).dropna(subset="total")
    for row in rows.groupby("reporter").tail(1).itertuples():
        me, other = short_name(row.reporter), short_name(row.partner)
        worth = f"goods for {row.total / 1000:,.0f} million dollars with {other} in {row.year}"
        text = f"By its own record, {me} traded {worth}"
        if pd.notna(row.intensity):
            often = f"{row.intensity:.0f} times what" if row.intensity >= 1 else "less than"
            text += f", {often} the size of {other}'s economy would give"
        text += " (a doubtful figure)" if row.doubtful else ""
        growth = growth_by_partner(row.reporter, turn, last_year)
        if row.partner in growth.index:
            factor = growth.loc[row.partner, "factor"]
            text += f"; its mean after {turn} was {factor:.1f} times that of as many years before"
        lines.append(f"{text}.")
    if silent := [s for s in states if s not in set(rows["reporter"])]:
        lines.append(f"The tables hold no record by {join_list(short_names(silent))}.")
    return MarkdownText(" ".join(lines))
