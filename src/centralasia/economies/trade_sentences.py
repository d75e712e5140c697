"""Sentences on the trade of a region with itself."""

from centralasia.economies import trade
from centralasia.economies.sentences import names_of
from centralasia.economies.tables import percent
from centralasia.names import region_name, short_name
from centralasia.regions import members
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = ["gold_matters", "mirror_found", "trade_found"]


def trade_found(region, state, first_year, last_year, gold="kept"):
    """The share of the region in the trade of the state and of the other reporters, and who reports nothing."""
    found = trade.shares(region, first_year, last_year, gold)
    silent = trade.reporters(region, last_year)[1]
    if found.empty:
        return MarkdownText(f"No member of {region_name(region)} has a table of trade by partner in these years.")
    order = sorted(found["reporter"].unique(), key=lambda s: (s != state, s))
    parts = [_share_words(found[found["reporter"] == s]) for s in order]
    text = f"The share of the region in the trade of its members ({_gold_words(gold)}): {'; '.join(parts)}."
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        text += f" {join_list(names_of(silent))} {verb} no such table, so their shares are unknown."
    return MarkdownText(text)


def _share_words(own):
    name, ends = short_name(own["reporter"].iloc[0]), own.iloc[[0, -1]]
    if own["share"].isna().any():
        last = own.iloc[-1]
        span = f"{percent(last['lower'])} and {percent(last['upper'])} %"
        return f"{name} unknown, since not all members are listed (between {span} in {last['year']})"
    first, last = ends.itertuples()
    if first.year == last.year:
        return f"{name} {percent(last.share)} % in {last.year}"
    return f"{name} {percent(first.share)} % in {first.year}, {percent(last.share)} % in {last.year}"


def gold_matters(region, first_year, last_year):
    """How far the shares move when the partners that stand for gold are left out."""
    both = [trade.shares(region, first_year, last_year, gold).dropna(subset="share") for gold in trade.GOLD]
    if both[0].empty:
        return MarkdownText("What gold does to the shares cannot be told, since no share is known.")
    table = both[0].merge(both[1], on=["reporter", "year"], suffixes=("", "_without"))
    table["moved"] = table["share_without"] - table["share"]
    most = table.loc[table["moved"].abs().idxmax()]
    aside = [p for p in trade.gold_partners() if p not in members(region, f"{last_year}-12-31")]
    if not aside:
        return MarkdownText("No partner outside the region is marked as standing for gold.")
    turned = []
    for reporter, own in table.groupby("reporter"):
        signs = [own[c].iloc[-1] > own[c].iloc[0] for c in ("share", "share_without")]
        turned += [short_name(reporter)] if len(own) > 1 and signs[0] != signs[1] else []
    text = (
        f"Without the partners {join_list(names_of(aside))}, which stand for gold in some years, the share moves "
        f"most for {short_name(most['reporter'])} in {most['year']}: from {percent(most['share'])} to "
        f"{percent(most['share_without'])} %. "
    )
    whom = f"For {join_list(turned)} that turns" if turned else "For no reporter does that turn"
    return MarkdownText(f"{text}{whom} the direction from the first year to the last.")


def mirror_found(region, first_year, last_year):
    """How well the figures of exporter and importer agree where both publish."""
    found = trade.mirror(region, first_year, last_year)
    both = found.dropna(subset="ratio")
    if both.empty:
        return MarkdownText("No flow between two members is recorded by both sides, so that none can be checked.")
    worst = both.loc[both["ratio"].idxmax()]
    off, single = int((both["ratio"] > 2).sum()), int(found["ratio"].isna().sum())
    text = (
        f"{pluralize(len(both), 'yearly flow')} between members {_is(len(both))} recorded by both sides: in half of them "
        f"the larger figure is at most {both['ratio'].median():.2f} times the smaller, in {off or 'none'} it is more "
        f"than twice; the worst is {short_name(worst['exporter'])} to {short_name(worst['importer'])} in "
        f"{worst['year']}, {worst['ratio']:.1f} times."
    )
    return MarkdownText(
        text + (f" A further {pluralize(single, 'flow')} {_is(single)} known from one side only." if single else "")
    )


def _gold_words(gold):
    return "exports plus imports, listed partners" + ("" if gold == "kept" else " without gold")


def _is(number):
    return "is" if number == 1 else "are"
