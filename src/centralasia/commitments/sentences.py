"""Sentences on what documents commit to and on what two of them share."""

from collections.abc import Iterable

import pandas as pd

from centralasia.commitments import measures
from centralasia.commitments.bounds import expected_overlap
from centralasia.names import short_name
from centralasia.regions import states_of
from centralasia.tables import load
from datacontract.words import MarkdownText, format_number, join_list, pluralize, span, verb

__all__ = ["answer", "breadth_summary", "chance_summary", "common_ground", "one_source_summary", "theme_summary"]


def answer(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """How much of the agenda two texts or states share, between its bounds, and whether what was read settles it."""
    shared = measures.compare(first, second, domains, explicitness)
    lower, upper, n = int(shared.count.lower), int(shared.count.upper), pluralize(shared.domains, "domain")
    name, other, how = *map(measures.agenda_name, (first, second)), " directly" * (explicitness == "direct")
    both = f" ({_titles(shared.both)})" if shared.both else ""
    text = f"In the part read, **{name}** names{how} {shared.named[0]} of {n} and **{other}** {shared.named[1]}. "
    if lower == upper:
        return MarkdownText(f"{text}They share {lower}{both}, whatever the parts that were not read say.")
    text += f"They share at least {lower}{both}" if lower else "No domain is known to be shared"
    return MarkdownText(
        f"{text}; if every unknown cell were named, they would share {upper}. What was read does not settle how "
        f"much they share: on {pluralize(upper - lower, 'domain')} at least one side is unknown."
    )


def common_ground(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """What two texts or states share of the article's common denominators, and who says so."""
    shared = measures.compare(first, second, "common", explicitness)
    themes = pluralize(int(load("domains")["common_denominator"].sum()), "theme")
    sides = [first, *measures.alternatives(second, explicitness, exclude=first)]
    names = {side: measures.agenda_name(side) for side in sides}
    known = {side: _known(measures.agenda(side, "common", explicitness)) for side in sides}
    return MarkdownText(
        f"The article's common denominators, {themes}, are {pluralize(shared.domains, 'domain')} of this coding. "
        f"{names[first]} is known to name {known[first]}, {names[second]} {known[second]}; shared are "
        f"{span(shared.count.lower, shared.count.upper)} of {shared.domains}."
        + "".join(f" {names[side]} names {known[side]}." for side in sides[2:] if known[side] != "none")
    )


def one_source_summary(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """Where one and the same source vouches for both sides of what is shared, with every text of the second state."""
    found, name = [], measures.agenda_name(first)
    for other in measures.alternatives(second, explicitness, exclude=first):
        if same := measures.one_source(first, other, domains, explicitness):
            keys = join_list(sorted(set(same.values())))
            found.append(f"{measures.agenda_name(other)} on {_titles(same)} ({keys} alone)")
    if not found:
        return MarkdownText(
            f"Nothing that {name} shares with these texts is known from one and the same source on both sides."
        )
    return MarkdownText(
        f"One and the same source tells of both sides for what {name} shares with {join_list(found)}. "
        "There the common ground is that source's reading, and not two findings that agree."
    )


def chance_summary(first: str, second: str, domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """Whether two texts or states share more than chance would give them, as far as the bounds allow to say."""
    shared = measures.compare(first, second, domains, explicitness)
    lower, upper, certain = shared.loevinger_h.lower, shared.loevinger_h.upper, int(shared.count.lower)
    chance, n = expected_overlap(*shared.named, shared.domains), pluralize(shared.domains, "domain")
    text = f"If no domain were named but those known to be, chance would make the two share {chance:.1f} of {n}, "
    text += f"with both totals kept; {certain} {verb(certain, 'is', 'are')} known to be shared. "
    if pd.isna(lower):
        text += "The chance-corrected overlap is undefined: in every case one side names nothing or everything."
    else:
        bounds = join_list(format_number(bound, ".2f") for bound in (lower, upper))
        sign = "more" if lower > 0 else "less" if upper < 0 else ""
        told = f"they share {sign}" if sign else "whether they share more or less"
        text += f"Over everything the unknown cells could be, the chance-corrected overlap lies between {bounds}: "
        text += f"{told} than chance{'' if sign else ' cannot be told'}."
    known, point = f"the {pluralize(shared.known, 'domain')} known on both sides", shared.jaccard.point
    if not shared.known:
        text += " No domain is known on both sides, so that no value on known cells can be given."
    elif pd.isna(point):
        text += f" A value on {known} is not given: no absence is known among them, so that it would be full agreement "
        text += "whatever the texts say."
    else:
        text += f" On {known}, the Jaccard index is {point:.2f}."
    return MarkdownText(text)


def breadth_summary(domains: str = "all", explicitness: str = "any") -> MarkdownText:
    """How much is known of the doctrine of each state: domains named at least, and texts of which nothing is known."""
    parts, n = [], pluralize(len(measures.domain_codes(domains)), "domain")
    for state in measures.states():
        known = measures.coded([state], domains, explicitness).groupby("document_id")["value"].count()
        silent, texts = int(known.eq(0).sum()), pluralize(len(known), "text")
        some = "any" if silent == len(known) else silent
        dark = f", with nothing known of {some} of its {texts}" if silent else ""
        parts.append(f"{short_name(state)} {measures.agenda(state, domains, explicitness).eq(1).sum()}{dark}")
    return MarkdownText(
        f"Of {n}, the doctrine of each state is known to name at least: {'; '.join(parts)}. "
        "A small number may mean a narrow doctrine or a short look at it; the coding cannot tell the two apart."
    )


def theme_summary(first: str, second: str, explicitness: str = "any") -> MarkdownText:
    """Which themes the coded events between the two states named, as lower bounds."""
    pair, titles = measures.pair_of(first, second), measures.domain_titles()
    if "-" not in pair:
        return MarkdownText(f"Both texts are of {short_name(pair)}, so there are no events between two states.")
    names, themes = join_list(map(short_name, states_of(pair))), measures.theme_counts(pair, explicitness)
    if themes.empty:
        return MarkdownText(f"No events between {names} are coded by theme.")
    counts = "*" + themes["domain"].map(titles) + "* at " + themes["named"].astype(str)
    common, others = (list(counts[themes["common"] == shared]) for shared in (True, False))
    return MarkdownText(
        f"At {pluralize(int(themes['events'].max()), 'coded event')} between {names}, the common denominators were "
        f"named at least this often: {join_list(common)}." + (f" Beside them: {join_list(others)}." if others else "")
    )


def _titles(codes: Iterable[str]) -> str:
    titles = measures.domain_titles()
    return join_list(f"*{titles[code]}*" for code in codes)


def _known(named: pd.Series) -> str:
    codes = named.index[named.eq(1).fillna(False)]
    return f"{len(codes)} ({_titles(codes)})" if len(codes) else "none"
