"""What full texts of speeches say of claims: each check looks one thing up, by a criterion that stands beforehand.

The chapter on claims may call them beside its other checks. ``holds`` is true where the texts bear the claim out, false
where they speak against it, and None where they cannot settle it.
"""

from typing import NamedTuple

import pandas as pd

from centralasia.names import short_name
from centralasia.regions import check_pair, members
from centralasia.speeches import agendas, measures
from centralasia.speeches.measures import DENOMINATORS, WINDOWS, Window, window_name
from centralasia.speeches.subjects import shared_themes
from centralasia.speeches.words import both_names, in_window, naming, percent, points, theme_name, theme_names
from centralasia.tables import load
from datacontract.errors import check_choice
from datacontract.language import _, ngettext
from datacontract.phrases import ordinal

__all__ = [
    "Finding", "core_check", "main_theme_check", "shared_theme_check", "voice_check",
    "world_economy_check",
]  # fmt: skip

BEFORE, LAST = WINDOWS[-2], WINDOWS[-1]
HALF = 0.5
ECONOMY = ("TRN", "TRD", "INV", "ENE")
SOURCE = "UNGDC"


class Finding(NamedTuple):
    """One thing looked up in the speeches.

    ``words`` say what was found, ``holds`` whether it bears the claim out (None: not settled), ``value`` the number
    that decided, ``n`` the speeches it rests on, ``source`` the keys of its sources.
    """

    words: str
    holds: bool | None
    value: float | None
    n: int
    source: str = SOURCE


def shared_theme_check(pair: str, theme: str, share: float = HALF, window: Window = LAST) -> Finding:
    """Do both states of a pair name a theme in at least this share of their speeches of a window?

    For claims c30 to c34. ``value`` is the smaller of the two shares. For ``INN`` the dictionary counts innovation with
    digital matters (DIG): where both name it, the claim on innovation alone is not settled. The words add the place of
    the pair among those of its region by the room that both give to the theme.

    Raises `ChoiceError` for a theme that is in no finding (`measured_themes`).

    >>> found = speeches.shared_theme_check("KAZ-TKM", "WAT")
    >>> found.holds, found.value
    (True, 0.75)
    >>> found.words
    water from 2017 to 2024: Kazakhstan in 8 of 8 speeches and Turkmenistan in 6 of 8 speeches; 9th of 10 pairs by the
    share of sentences that both give it
    """
    check_choice("theme", theme, [*measures.measured_themes(), "INN"])
    code = "DIG" if theme == "INN" else theme
    counts = {state: _part(state, window)[code] > 0 for state in check_pair(pair)}
    if any(named.empty for named in counts.values()):
        return _unknown(pair, window)
    least = min(float(named.mean()) for named in counts.values())
    holds: bool | None = least >= share
    said = [naming(short_name(state), int(named.sum()), len(named)) for state, named in counts.items()]
    fields = {"theme": theme_name(code), "when": in_window(window), "states": said}
    words = _("{theme} {when}: {states}", **fields)
    if theme == "INN" and holds:
        holds, words = None, _("{theme} {when}: {states}, counted together", **fields)
    ranked = list(agendas.common_ground(_region(pair), window, (code,)).index)
    words = _(
        "{words}; {place} of {pairs} pairs by the share of sentences that both give it",
        words=words,
        place=ordinal(ranked.index(pair) + 1),
        pairs=len(ranked),
    )
    return Finding(words, holds, least, sum(map(len, counts.values())))


def core_check(pair: str, themes: tuple[str, ...] = DENOMINATORS, window: Window = LAST) -> Finding:
    """Do these themes make up the core of what both states of a pair speak of: is none outside bigger?

    For claim c35. Themes are ordered by the smaller of the two shares of sentences. True where the first of them are
    just these, false where one outside stands before all of these, None in between. ``value`` is the sum of the smaller
    shares of these.

    >>> speeches.core_check("KAZ-TKM").holds
    False
    """
    order = shared_themes(pair, window)
    if order.empty:
        return _unknown(pair, window)
    own = order[list(themes)]
    first = order.iloc[: len(themes)]
    bigger = order.drop(index=list(themes)).max() > own.max()
    holds = True if set(first.index) == set(themes) else False if bigger else None
    words = _(
        "they share most on {most} {when}; {themes} take {share} together",
        most=[f"{theme_name(str(theme))} ({percent(room)})" for theme, room in first.items()],
        when=in_window(window),
        themes=theme_names(themes),
        share=percent(float(own.sum())),
    )
    return Finding(words, holds, float(own.sum()), sum(len(_part(state, window)) for state in check_pair(pair)))


def voice_check(state: str, share: float = HALF, window: Window = LAST) -> Finding:
    """Does a state speak of the region as one in at least this share of its speeches of a window?

    For claims c18 and c19. ``value`` is that share; the words say also how its share of sentences changed since the
    window before, with its interval.

    >>> speeches.voice_check("KAZ").words
    Kazakhstan speaks of the region as one, of common bodies or formats, in 6 of 8 speeches from 2017 to 2024; ...
    """
    named = _part(state, window)["REG"] > 0
    if named.empty:
        return _unknown(state, window)
    words = ngettext(
        "{state} speaks of the region as one, of common bodies or formats, in {times} of {n} speech {when}",
        "{state} speaks of the region as one, of common bodies or formats, in {times} of {n} speeches {when}",
        len(named),
        state=short_name(state),
        times=int(named.sum()),
        when=in_window(window),
    )
    change = measures.change(state, "REG", BEFORE, window)
    if change is not None:
        words = _(
            "{words}; the share of its sentences on this changed by {points} since {before}",
            words=words,
            points=points(change),
            before=window_name(BEFORE),
        )
    return Finding(words, float(named.mean()) >= share, float(named.mean()), len(named))


def main_theme_check(state: str, theme: str = "POL", place: int = 1, window: Window = LAST) -> Finding:
    """Is a theme the first of what a state speaks of?

    For claim c36, with POL: good-neighbourly relations and political dialogue. Places by the share of its sentences;
    ``value`` is the place. The words add how that share compares with all states, which speak most of security, too.

    >>> found = speeches.main_theme_check("TKM")
    >>> found.holds, found.value
    (False, 3.0)
    >>> found.words
    political dialogue is 3rd of 13 themes of Turkmenistan from 2017 to 2024, after security and environment; it takes
    10 % of the sentences, against 3.5 % on average over all states
    """
    check_choice("theme", theme, measures.measured_themes())
    part = _part(state, window)
    if part.empty:
        return _unknown(state, window)
    shares = (part[list(measures.measured_themes())].sum() / part["n"].sum()).sort_values(ascending=False)
    found = list(shares.index).index(theme) + 1
    usual = agendas.world_shares(windows=(window,)).loc[window[0], theme]
    fields = {
        "theme": theme_name(theme),
        "place": ordinal(found),
        "themes": len(shares),
        "state": short_name(state),
        "when": in_window(window),
        "share": percent(float(shares[theme])),
        "usual": percent(float(usual)),
    }
    words = _(
        "{theme} is {place} of {themes} themes of {state} {when}; it takes {share} of the sentences, against {usual} "
        "on average over all states",
        **fields,
    )
    if found > 1:
        words = _(
            "{theme} is {place} of {themes} themes of {state} {when}, after {first}; it takes {share} of the "
            "sentences, against {usual} on average over all states",
            first=theme_names(map(str, shares.index[: found - 1])),
            **fields,
        )
    return Finding(words, found <= place, float(found), len(part))


def world_economy_check(state: str, share: float = HALF, window: Window = LAST) -> Finding:
    """Does a state speak of its region with transport, trade, investment or energy in this share of its speeches?

    For claim c37. ``value`` is that share. Words cannot show that the region is wanted as an *equal* part of the world
    economy: where they are there the claim is not settled (None), where they are not it has no support (False).

    >>> speeches.world_economy_check("KAZ").words
    Kazakhstan speaks of the region with transport, trade, investment or energy in 7 of 8 speeches from 2017 to 2024
    """
    spoke = measures.speech_years(state).loc[window[0] : window[1]]
    if spoke.empty:
        return _unknown(state, window)
    rows = load("speech_themes")
    rows = rows[(rows["state"] == state) & rows["theme"].isin(ECONOMY) & rows["year"].isin(spoke.index)]
    years = int(rows[rows["regional"] > 0]["year"].nunique())
    words = ngettext(
        "{state} speaks of the region with {themes:or} in {times} of {n} speech {when}",
        "{state} speaks of the region with {themes:or} in {times} of {n} speeches {when}",
        len(spoke),
        state=short_name(state),
        themes=[theme_name(theme) for theme in ECONOMY],
        times=years,
        when=in_window(window),
    )
    return Finding(words, None if years / len(spoke) >= share else False, years / len(spoke), len(spoke))


def _part(state: str, window: Window) -> pd.DataFrame:
    return measures.counts_by_year(state).loc[window[0] : window[1]]


def _region(pair: str) -> str:
    return next((region for region in ("C5", "C6") if set(check_pair(pair)) <= set(members(region))), "C6")


def _unknown(what: str, window: Window) -> Finding:
    name = both_names(what) if "-" in what else short_name(what)
    words = _("no speech of {name} {when} in the corpus", name=name, when=in_window(window))
    return Finding(words, None, None, 0)
