"""Sentences on the themes that one pair of states has in common."""

from centralasia import commitments
from centralasia.names import quoted, short_name, short_names
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair
from centralasia.tables import load
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = ["denominator_found", "shared_themes"]


def shared_themes(pair: str) -> MarkdownText:
    """Which themes both states named at the consultative meetings, and how often.

    >>> pairs.shared_themes("KAZ-TKM")
    In what was read, Kazakhstan and Turkmenistan named the same theme at the same meeting at least 10 times, at 5
    meetings; most often “Security and counter-terrorism” (3 times). In 2024 Turkmenistan named “Region as one
    voice” to refuse it, which is not counted.
    """
    table, names = named_themes(pair), short_names(check_pair(pair))
    if table.empty:
        return _("The agenda of the meetings holds no speech for at least one of {names}.", names=names)
    both = table[table["both"].fillna(False)].reset_index()
    if both.empty:
        text = _(
            "No theme that both {names} named at the same meeting was found; what was not read is unknown.",
            names=names,
        )
        return MarkdownText(" ".join([text, *_refused(pair)]))
    counts, titles = both["domain"].value_counts(), commitments.domain_titles()
    most, times = counts.index[counts == counts.max()], int(counts.max())
    text = _(
        "In what was read, {names} named the same theme at the same meeting at least {times}, at {meetings}; most "
        "often {themes} ({most}).",
        names=names,
        times=ngettext("{n} time", "{n} times", len(both)),
        meetings=ngettext("{n} meeting", "{n} meetings", both["meeting_id"].nunique()),
        themes=[quoted(titles[theme]) for theme in most],
        most=ngettext("{n} time each", "{n} times each", times)
        if len(most) > 1
        else ngettext("{n} time", "{n} times", times),
    )
    return MarkdownText(" ".join([text, *_refused(pair)]))


def _refused(pair: str) -> list[str]:
    """Which themes one of the two refused, each as a sentence."""
    table, titles = named_themes(pair), commitments.domain_titles()
    dates = load("meetings").set_index("meeting_id")["date"].str[:4]
    return [
        _(
            "In {year} {state} named “{theme}” to refuse it, which is not counted.",
            year=dates[meeting],
            state=short_name(state),
            theme=titles[theme],
        )
        for state in check_pair(pair)
        for meeting, theme in table.index[table[state].eq(-1).fillna(False)]
    ]


def denominator_found(pair: str) -> MarkdownText:
    """Since when each theme of the article's common denominator was named at the events of a pair.

    >>> pairs.denominator_found("KAZ-TKM")
    In what was read, events of the pair named “Transport and transit” in 9 of 9 years (first in 2014), ...
    """
    table, titles = common_denominator(pair), commitments.domain_titles()
    if table.empty:
        names = short_names(check_pair(pair))
        return _(
            "No event of {names} is coded by theme yet. Their joint statements, once coded, would show when each of "
            "these themes was named.",
            names=names,
        )
    named, never = [], []
    for theme, row in table.iterrows():
        if years := list(row.index[(row == 1).fillna(False)]):
            named.append(
                ngettext(
                    "“{theme}” in {named} of {n} year (first in {first})",
                    "“{theme}” in {named} of {n} years (first in {first})",
                    len(row),
                    theme=titles[theme],
                    named=len(years),
                    first=years[0],
                )
            )
        else:
            never.append(quoted(titles[theme]))
    if not named:
        return _("In what was read, none is named; not found: {themes}.", themes=never)
    if not never:
        return _("In what was read, events of the pair named {themes}.", themes=named)
    return _(
        "In what was read, events of the pair named {themes}; not found: {others}.",
        themes=named,
        others=never,
    )
