"""Sentences on what states speak of: themes, common ground, and how well the dictionary finds them."""

import pandas as pd

from centralasia.regions import check_pair, members
from centralasia.speeches import agendas, measures
from centralasia.speeches.measures import DENOMINATORS, WINDOWS, Window
from centralasia.speeches.words import both_names, in_window, percent, theme_name, theme_names
from centralasia.tables import load
from datacontract.language import _, ngettext
from datacontract.phrases import ordinal
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = ["accuracy_found", "ground_found", "themes_found"]

FIRST, LAST = WINDOWS[0], WINDOWS[-1]


def themes_found(region: str) -> MarkdownText:
    """Which themes a region speaks of more and less than other states do, and which have gained or lost room.

    >>> speeches.themes_found("C5")
    From 2017 to 2024 the members gave far more room than other states to the region as one voice (1.6 % of sentences,
    others 0.1 %), Afghanistan (6.0 % of sentences, others 0.5 %) and water (5.2 % of sentences, others 0.8 %), ...
    """
    world = agendas.world_shares(region).loc[LAST[0]]
    mean = measures.theme_shares(members(region), LAST).mean(axis=1)
    times = (mean / world.reindex(mean.index)).sort_values(ascending=False)
    more = [
        _(
            "{theme} ({share} of sentences, others {others})",
            theme=theme_name(theme),
            share=percent(mean[theme]),
            others=percent(world[theme]),
        )
        for theme in times.index[:3]
    ]
    less, when = [theme for theme in times.index if times[theme] < 1], capitalised(in_window(LAST))
    text = _("{when} the members gave far more room than other states to {themes}.", when=when, themes=more)
    if less:
        text = _(
            "{when} the members gave far more room than other states to {themes}, and less to {others}.",
            when=when,
            themes=more,
            others=theme_names(less),
        )
    return MarkdownText(f"{text} {room_gained(region)}")


def room_gained(region: str) -> str:
    """Which themes have clearly gained and lost sentences in the mean of the members since the first window."""
    found = {theme: measures.mean_change(region, theme, FIRST, LAST) for theme in measures.measured_themes()}
    clear = {theme: change.value for theme, change in found.items() if change is not None and change.clear}
    up = sorted((theme for theme in clear if clear[theme] > 0), key=lambda theme: -clear[theme])
    down = [theme for theme in clear if clear[theme] < 0]
    if not clear:
        return _("Since the 1990s the share of no theme has clearly changed.")
    more, less = theme_names(up[:4]), theme_names(down)
    if not down:
        return _("The members now speak clearly more of {more} than in the 1990s.", more=more)
    if not up:
        return _("The members now speak clearly less of {less} than in the 1990s.", less=less)
    return _(
        "The members now speak clearly more of {more}, and less of {less}, than in the 1990s.", more=more, less=less
    )


def ground_found(region: str, pair: str) -> MarkdownText:
    """Which of the article's themes the members name, since when, and whether a pair shares them more than others.

    >>> speeches.ground_found("C5", "KAZ-TKM")
    From 2017 to 2024 every member named transport, digitalisation and innovation, environment and water in at least
    half of its speeches. ...
    """
    rows, states = agendas.first_years(region), members(region)
    half = [
        theme
        for theme in DENOMINATORS
        if all((measures.counts_by_year(s).loc[LAST[0] : LAST[1], theme] > 0).mean() >= 0.5 for s in states)
    ]
    when = capitalised(in_window(LAST))
    text = [_("{when} none of the themes was named by every member in at least half of its speeches.", when=when)]
    if half:
        themes = theme_names(half)
        text = [_("{when} every member named {themes} in at least half of its speeches.", when=when, themes=themes)]
    steady = rows.groupby("theme")["steady"].agg(lambda years: None if years.isna().any() else int(years.max()))
    since = [
        _("{theme} from {year} on", theme=theme_name(theme), year=int(steady[theme]))
        for theme in DENOMINATORS
        if pd.notna(steady[theme])
    ]
    if since:
        text.append(_("All had named a theme in three speeches in a row: {themes}.", themes=since))
    return MarkdownText(" ".join([*text, shared_ground(region, pair)]))


def shared_ground(region: str, pair: str) -> str:
    """The place of a pair among the pairs of a region by how much both speak of the article's themes."""
    rows = agendas.common_ground(region, LAST)
    if pair not in rows.index:
        return _("{pair} cannot be compared {when}.", pair=both_names(pair), when=in_window(LAST))
    own, place = rows.loc[pair], list(rows.index).index(pair) + 1
    text = ngettext(
        "{pair} both give at least {share} of their sentences to transport, innovation, ecology and water (interval "
        "{low} to {high}), the {place} place among {n} pair",
        "{pair} both give at least {share} of their sentences to transport, innovation, ecology and water (interval "
        "{low} to {high}), the {place} place among {n} pairs",
        len(rows),
        pair=both_names(pair),
        share=percent(own["value"]),
        low=percent(own["low"]),
        high=percent(own["high"]),
        place=ordinal(place),
    )
    if place > 1:
        first = rows.iloc[0]
        text = _(
            "{text}; {pair} share most, {share} ({low} to {high})",
            text=text,
            pair=both_names(rows.index[0]),
            share=percent(first["value"]),
            low=percent(first["low"]),
            high=percent(first["high"]),
        )
    return sentence(text)


def accuracy_found() -> MarkdownText:
    """How good the dictionary is, and which themes no finding uses.

    >>> speeches.accuracy_found()
    In 215 sentences that two readers coded, the dictionary scores 0.95 (...) over all themes, and 0.90 on the worst
    theme, investment. ...
    """
    rows = load("theme_accuracy").set_index("theme")
    whole, used = rows.loc["ALL"], measures.measured_themes()
    worst = rows.loc[list(used), "f1"]
    unused = [theme for theme in rows.index if theme not in used and theme != "ALL"]
    text = _(
        "In {sentences:,} sentences that two readers coded, the dictionary scores {score:.2f} ({low:.2f} to "
        "{high:.2f}) over all themes, and {worst:.2f} on the worst theme, {theme}. The score is F1: 1 means no false "
        "hit and no miss. The dictionary was written with these sentences at hand, so it is right less often in "
        "others.",
        sentences=int(whole["sentences"]),
        score=whole["f1"],
        low=whole["f1_low"],
        high=whole["f1_high"],
        worst=worst.min(),
        theme=theme_name(worst.idxmin()),
    )
    if not unused:
        return text
    rare = _("No finding uses {themes}, too rare to be measured.", themes=theme_names(unused))
    return MarkdownText(f"{text} {rare}")


def shared_themes(pair: str, window: Window = LAST) -> pd.Series:
    """The smaller of the shares of sentences that two states give to each measured theme, the most first."""
    smaller = measures.theme_shares(check_pair(pair), window).min(axis=1, skipna=False)
    return smaller.dropna().sort_values(ascending=False, kind="stable")
