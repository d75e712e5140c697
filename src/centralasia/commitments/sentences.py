"""Sentences on what documents commit to and on what two of them share."""

from collections.abc import Iterable

import pandas as pd

from centralasia.commitments import events, measures
from centralasia.names import short_name
from centralasia.regions import states_of
from centralasia.tables import load
from datacontract import sources
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = ["answer", "breadth_summary", "common_ground", "one_source_summary", "theme_summary"]


def answer(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """What two texts or states both name, and whether what was read says how much more they share."""
    shared = measures.compare(first, second, domains, explicitness)
    name, other = (f"**{_side(asked)}**{_unread(asked)}" for asked in (first, second))
    how, n = " directly" * (explicitness == "direct"), pluralize(shared.domains, "theme")
    text = f"In what was read, {name} names{how} {shared.named[0]} of {n} toward the region and {other} names "
    text += f"{shared.named[1]}. Both name {_titles(shared.both)}." if shared.both else f"{shared.named[1]}."
    if shared.against:
        text += f" One names and the other refuses {_titles(shared.against)}."
    if shared.least == shared.most:
        return MarkdownText(f"{text} They share no more.")
    if shared.most < shared.domains:
        return MarkdownText(
            f"{text} They share at most {shared.most}: the rest is known to be missing from one of them."
        )
    return MarkdownText(
        f"{text} How much {'more ' if shared.both else ''}they share cannot be said: no text was read to its end, so "
        "no theme is known to be missing from it."
    )


def common_ground(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """Which of the article's common denominators two texts or states name, and the other texts of the second."""
    themes = int(load("domains")["common_denominator"].sum())
    coded = len(measures.domain_codes("common"))
    sides = [first, *measures.alternatives(second, explicitness, exclude=first)]
    names = {side: measures.agenda_name(side) for side in sides}
    known = {side: _known(measures.agenda(side, "common", explicitness).eq(1)) for side in sides}
    others = "; ".join(f"{names[side]} names {known[side]}" for side in sides[2:] if known[side])
    return MarkdownText(
        f"The article calls {themes} themes the common denominators; they are {coded} here, since innovation is coded "
        f"with digitalisation. {names[first]} names {known[first] or 'none'}. {names[second]} names "
        f"{known[second] or 'none in what was read'}."
        + (f" Other texts of the same state: {others}." if others else "")
    )


def one_source_summary(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """Where one and the same source vouches for both sides of what is shared, with every text of the second state."""
    found, name = [], measures.agenda_name(first)
    for other in measures.alternatives(second, explicitness, exclude=first):
        if same := measures.one_source(first, other, domains, explicitness):
            titles = join_list(f"“{source['title']}”" for source in sources.sources(same.values()))
            both = f"{name} and {measures.agenda_name(other)}"
            found.append(f"On {_titles(same)} one source alone speaks for both {both}: {titles}.")
    if not found:
        return MarkdownText(f"What {name} shares with these texts rests on different sources for either side.")
    return MarkdownText(
        f"{' '.join(found)} There the common ground is what its author says, not two findings that agree."
    )


def breadth_summary(domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """How much is known of the doctrine of each state: themes named at least, and texts of which nothing is known."""
    counts = [
        f"{short_name(state)} {measures.agenda(state, domains, explicitness).eq(1).sum()}{_unread(state)}"
        for state in measures.states()
    ]
    return MarkdownText(
        "The doctrine of each state names at least so many of "
        f"{pluralize(len(measures.domain_codes(domains)), 'theme')}: {'; '.join(counts)}. "
        "A small number may mean a narrow doctrine or a short look at it."
    )


def theme_summary(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """Which themes the coded events between the two states named, at least."""
    pair, titles = measures.pair_of(first, second), measures.domain_titles()
    if "-" not in pair:
        return MarkdownText(f"Both texts are of {short_name(pair)}, so there are no events between two states.")
    names, themes = join_list(map(short_name, states_of(pair))), events.theme_counts(pair, explicitness)
    if themes.empty:
        return MarkdownText(f"No events between {names} are coded by theme.")
    counts = "*" + themes["domain"].map(titles) + "* at " + themes["named"].astype(str)
    common, others = (list(counts[themes["common"] == shared]) for shared in (True, False))
    return MarkdownText(
        f"At {pluralize(int(themes['events'].max()), 'coded event')}, {names} named the common denominators at least "
        f"this often: {join_list(common)}." + (f" They also named {join_list(others)}." if others else "")
    )


def _side(asked: str) -> str:
    return f"{short_name(asked)} doctrine" if asked in measures.states() else measures.agenda_name(asked)


def _unread(asked: str) -> str:
    """How many texts of an agenda hold nothing that is known; "" where there is none."""
    texts = measures.coded([asked]).groupby("document_id")["value"].count()
    dark = int(texts.eq(0).sum())
    some = "not read" if len(texts) == 1 else f"{dark} of {len(texts)} texts not read"
    return f" ({some})" if dark else ""


def _titles(codes: Iterable[str]) -> str:
    titles = measures.domain_titles()
    return join_list(f"*{titles[code]}*" for code in codes)


def _known(named: pd.Series) -> str:
    codes = named.index[named.fillna(False)]
    whole = f"all {len(codes)}" if len(codes) == len(named) else str(len(codes))
    return f"{whole} ({_titles(codes)})" if len(codes) else ""
