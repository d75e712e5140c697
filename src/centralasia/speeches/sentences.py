"""Sentences on how alike the speeches of a region are, and the answer of the chapter."""

from centralasia.names import short_name, short_names
from centralasia.regions import members
from centralasia.speeches import agendas, group_likeness, measures, nearness
from centralasia.speeches.measures import WINDOWS, window_name, window_of
from centralasia.speeches.subjects import room_gained, shared_ground
from centralasia.speeches.words import in_window, names_in, percent, taken_words
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText, capitalised

__all__ = ["agendas_found", "answer", "groups_found", "likeness_found", "nearest_found", "presidents_found"]

FIRST, LAST = WINDOWS[0], WINDOWS[-1]


def answer(region: str, state: str, pair: str, text: str = "without_names") -> MarkdownText:
    """The answer of the chapter: how alike the members speak, of what and of whom.

    >>> speeches.answer("C5", "KAZ", "KAZ-TKM")
    **From 2017 to 2024, fewer than 1 in 1,000 sets of as many other states spoke more alike than Central Asia (names of
    states, persons and places left out). ...
    """
    rows = group_likeness.likeness_by_year(region, text).loc[LAST[0] : LAST[1]]
    above = 100 * rows["above"].sum() / rows["sets"].sum()
    fields = {"when": capitalised(in_window(LAST)), "region": short_name(region), "words": taken_words()[text]}
    if above < 0.1:
        alike = _(
            "{when}, fewer than 1 in 1,000 sets of as many other states spoke more alike than {region} ({words}).",
            **fields,
        )
    else:
        alike = _(
            "{when}, {above:.1f} % of the sets of as many other states spoke more alike than {region} ({words}).",
            above=above,
            **fields,
        )
    groups = group_likeness.group_windows(region, text)[LAST[0]]
    beyond = [short_name(group) for group in groups.index if groups[group] > groups[region]]
    also = _("Among the named groups, {names} did.", names=beyond) if beyond else _("No named group did.")
    most = measures.window_shares(state, "actors")
    most = most[(most["window"] == LAST[0]) & (most["code"] != measures.WITH_MEMBERS)].nlargest(1, "share").iloc[0]
    named = _(
        "{state} names {other} more than anybody else, in {share} of its sentences.",
        state=short_name(state),
        other=short_name(most["code"]),
        share=percent(most["share"]),
    )
    rest = [_as_near(region, text), room_gained(region), shared_ground(region, pair), named]
    return MarkdownText(" ".join([f"**{alike} {also}**", *rest]))


def _as_near(region: str, text: str) -> str:
    """Which single states outside were, over a window, nearer to the members than these to each other."""
    ranked = {window: nearness.nearest(region, window, text) for window in WINDOWS}
    nearer = {window: rows.index[rows["difference"] < 0] for window, rows in ranked.items()}
    found = [names_in(short_names(states), window) for window, states in nearer.items() if len(states)]
    if len(nearer[LAST]):
        return _(
            "Yet some states outside are as near to its members as they are to each other: {states}.", states=found
        )
    none = _(
        "No single state outside came as near to its members as they came to each other; {first} came nearest.",
        first=short_name(ranked[LAST].index[0]),
    )
    earlier = [_("In earlier years some did: {states}.", states=found)] if found else []
    return " ".join([none, *earlier])


def likeness_found(region: str, text: str = "without_names") -> MarkdownText:
    """How alike the speeches of a region are by window, and since when that has clearly grown.

    >>> speeches.likeness_found("C5")
    The mean likeness within Central Asia, names of states, persons and places left out, was 0.212 from 1992 to 1999,
    0.204 from 2000 to 2009, 0.213 from 2010 to 2016 and 0.227 from 2017 to 2024. ...
    """
    rows, name = group_likeness.region_likeness(region, text), short_name(region)
    values = [
        _("{value:.3f} {when}", value=value, when=in_window(window_of(at))) for at, value in rows["value"].items()
    ]
    words = taken_words()[text]
    mean = _("The mean likeness within {region}, {words}, was {values}.", region=name, words=words, values=values)
    alone, beside = _("It has not clearly grown."), _("Set against the median of other sets, it has not clearly grown.")
    if rose := _risen(region, text):
        alone = _("It is now clearly higher than in {windows}.", windows=rose)
    if rose := _risen(region, text, beside_sets=True):
        beside = _("Set against the median of other sets, it is now clearly higher than in {windows}.", windows=rose)
    return MarkdownText(f"{mean} {alone} {beside}")


def _risen(region: str, text: str, beside_sets: bool = False) -> list[str]:
    """The windows since which the likeness within a region has clearly grown."""
    found = {
        window: group_likeness.likeness_change(region, window, LAST, text, beside_sets=beside_sets)
        for window in WINDOWS[:-1]
    }
    return [window_name(window) for window, change in found.items() if change is not None and change.low > 0]


def nearest_found(region: str, text: str = "without_names") -> MarkdownText:
    """In how many years some state outside was nearer to the members than they to each other, and which.

    >>> speeches.nearest_found("C5")
    In ... of ... years at least one state outside was nearer to the members than they were to each other; since
    2017, ...
    """
    rows = nearness.nearest_by_year(region, text)
    some, recent = rows[rows["nearer"] > 0], rows.loc[LAST[0] :]
    words = ngettext(
        "In {some} of {n} year at least one state outside was nearer to the members than they were to each other; "
        "since {since}, in {late} of {years}.",
        "In {some} of {n} years at least one state outside was nearer to the members than they were to each other; "
        "since {since}, in {late} of {years}.",
        len(rows),
        some=len(some),
        since=LAST[0],
        late=int((recent["nearer"] > 0).sum()),
        years=ngettext("{n} year", "{n} years", len(recent)),
    )
    often = [
        ngettext("{state} ({n} year)", "{state} ({n} years)", int(n), state=short_name(state))
        for state, n in some["first"].value_counts().head(3).items()
        if n > 1
    ]
    if not often:
        return words
    nearest = _("The nearest was most often {names}.", names=often)
    return MarkdownText(f"{words} {nearest}")


def groups_found(region: str, text: str = "without_names") -> MarkdownText:
    """Which named groups were more alike than a region in each window.

    >>> speeches.groups_found("C5")
    These of 10 named groups without a member of Central Asia spoke more alike than it: Gulf states, Nordic states,
    South Caucasus and Visegrád states from 1992 to 1999; Gulf states from 2000 to 2009; Gulf states from 2010 to ...
    """
    rows, parts = group_likeness.group_windows(region, text), []
    for window in WINDOWS:
        above = rows.index[rows[window[0]] > rows.loc[region, window[0]]]
        parts.append(names_in(short_names(above), window))
    return ngettext(
        "These of {n} named group without a member of {region} spoke more alike than it: {groups}.",
        "These of {n} named groups without a member of {region} spoke more alike than it: {groups}.",
        len(rows) - 1,
        region=short_name(region),
        groups="; ".join(parts),
    )


def agendas_found(region: str) -> MarkdownText:
    """How alike the mix of themes is within a region, beside sets of other states and single ones.

    >>> speeches.agendas_found("C5")
    The members are also alike in their mix of 13 themes: more so than ... of the sets of other states from 2017 to
    2024, ...
    """
    found = {window: agendas.agenda_nearest(region, window) for window in (FIRST, LAST)}
    first, last = (rows["percentile"].iloc[0] for rows in found.values())
    nearer = int((found[LAST]["value"] > found[LAST]["within"]).sum())
    alike = ngettext(
        "The members are also alike in their mix of {n} theme: more so than {last:.0f} % of the sets of other states "
        "{when}, and than {first:.0f} % in the 1990s.",
        "The members are also alike in their mix of {n} themes: more so than {last:.0f} % of the sets of other states "
        "{when}, and than {first:.0f} % in the 1990s.",
        len(measures.measured_themes()),
        last=last,
        first=first,
        when=in_window(LAST),
    )
    outside = _(
        "By this measure no state outside came nearer to them than they to each other {when}.", when=in_window(LAST)
    )
    if nearer:
        outside = ngettext(
            "By this measure {n} state outside came nearer to them than they to each other {when}.",
            "By this measure {n} states outside came nearer to them than they to each other {when}.",
            nearer,
            when=in_window(LAST),
        )
    return MarkdownText(f"{alike} {outside}")


def presidents_found(region: str, text: str = "without_names") -> MarkdownText:
    """What changes where only speeches of presidents count.

    >>> speeches.presidents_found("C5")
    Presidents gave ... of the speeches (Kazakhstan ...
    """
    spoke = {state: measures.speech_years(state, "presidents").index for state in members(region)}
    said = [f"{short_name(state)} {len(years)}" for state, years in spoke.items()]
    recent = sum(int((years >= LAST[0]).sum()) for years in spoke.values())
    words = _(
        "Presidents gave {number} of the speeches ({states}), {late} of them since {year}; the others are by "
        "ministers and envoys.",
        number=sum(map(len, spoke.values())),
        states=said,
        late=recent,
        year=LAST[0],
    )
    tables = {speakers: group_likeness.region_likeness(region, text, speakers) for speakers in measures.SPEAKERS}
    if not all(LAST[0] in rows.index for rows in tables.values()):
        return words
    every, alone = (rows.loc[LAST[0]] for rows in tables.values())
    likeness = ngettext(
        "{when} the mean likeness is {alone:.3f} where both speakers were presidents ({n} pair of speeches), and "
        "{every:.3f} over all speeches.",
        "{when} the mean likeness is {alone:.3f} where both speakers were presidents ({n} pairs of speeches), and "
        "{every:.3f} over all speeches.",
        int(alone["pairs"]),
        when=capitalised(in_window(LAST)),
        alone=alone["value"],
        every=every["value"],
    )
    return MarkdownText(f"{words} {likeness}")
