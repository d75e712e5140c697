"""What the rules for claims look up in what states do and say before the world: votes, trade, speeches.

As in `centralasia.claims.measures`, the keywords of a function are the keys of a test.
"""

from collections.abc import Mapping
from typing import Any

from centralasia import economies, partners, speeches, votes
from centralasia.claims.check import Check, Checks, date_of
from centralasia.names import document_row, region_name, short_name
from centralasia.tables import load
from datacontract.language import _
from datacontract.sources import joined_keys

__all__: list[str] = []  # for the other modules of the room

BEFORE, AFTER = "2014-2019", "since-2020"  # windows of what a state does, before and after the draft


def vote_cohesion(region: str, since: str, window: int) -> Checks:
    """Whether the region votes more alike in the years after the document `since`, beyond chance and error."""
    year = int(date_of(since)[:4])
    choice = votes.Choice("agreement", "left_out", year - window + 1, year + window)
    found = votes.period_changes(region, choice).dropna(subset="alpha_low")
    if found.empty:
        return
    last = found.iloc[-1]
    holds = True if last["alpha_low"] > 0 else False if last["alpha_high"] < 0 else None
    years = load("unga_years")
    used = years[years["year"].between(*choice.period)]
    change = _(
        "from {before} to {after}, alpha {alpha:+.2f}, between {low:+.2f} and {high:+.2f}",
        before=last["before"],
        after=last["after"],
        alpha=last["alpha"],
        low=last["alpha_low"],
        high=last["alpha_high"],
    )
    fields = {"region": region_name(region), "change": change}
    words = {
        True: _("{region}: votes more alike ({change})", **fields),
        False: _("{region}: votes less alike ({change})", **fields),
        None: _("{region}: no firm change in how alike it votes ({change})", **fields),
    }[holds]
    yield Check(words, holds, None, joined_keys(used["source"]))


def trade_share(region: str, first: str, last: str, gold: str = "kept") -> Checks:
    """Whether the share of the region in the trade of its members grew."""
    years = int(first[:4]), int(last[:4])
    for reporter, own in economies.trade_shares(region, *years, gold).groupby("reporter"):
        ends = own[own["year"].isin(years)]
        words, holds = _("not known in both years"), None
        if ends["share"].count() == 2:
            before, after = ends["share"].tolist()
            words, holds = _("{before:.1%}, then {after:.1%}", before=before, after=after), after > before
        weak = "low" if ends["doubtful"].any() else None
        yield Check(f"{short_name(reporter)}: {words}", holds, weak, joined_keys(ends["source"]))


def speech_theme(pair: str, theme: str, share: float) -> Checks:
    """Whether both states of a pair name the theme in that share of their speeches."""
    yield _spoken(speeches.shared_theme_check(pair, theme, share))


def speech_core(pair: str, core: list[str]) -> Checks:
    """Whether these themes are what both states of a pair speak of most."""
    yield _spoken(speeches.core_check(pair, tuple(core)))


def speech_voice(state: str, share: float) -> Checks:
    """Whether the state speaks of the region as one in that share of its speeches."""
    yield _spoken(speeches.voice_check(state, share))


def speech_first(state: str, theme: str) -> Checks:
    """Whether the theme is the first of what the state speaks of."""
    yield _spoken(speeches.main_theme_check(state, theme))


def speech_economy(state: str, share: float) -> Checks:
    """Whether the state speaks of the region together with the economy in that share of its speeches."""
    yield _spoken(speeches.world_economy_check(state, share))


def _spoken(found: speeches.Finding) -> Check:
    words = _("in speeches before the United Nations, {words}", words=found.words)
    return Check(words, found.holds, "high", found.source)


def practice(measure: str, test: Mapping[str, Any]) -> list[partners.RevealedCheck]:
    """What a state does where a claim speaks of growing priority: whether the partner gained, source by source.

    It stands beside the verdict, which is about what was declared. Empty where the test asks something else.
    """
    if measure == "priorities.shift" and "actor" in test:
        documents = [test["before"], test["after"]]
        state = document_row(test["after"])["state"]
        compared = partners.partners_compared(state, documents, test["actor"])
        return list(partners.check_growing_priority(state, test["actor"], compared, BEFORE, AFTER))
    if measure == "ties.level":
        return list(partners.check_neighbours_closer(test["state"], test["region"], BEFORE, AFTER))
    return []
