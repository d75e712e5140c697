"""Sentences on whom states name, and whether they speak of the region as one."""

from centralasia.names import short_name, short_names
from centralasia.regions import members
from centralasia.speeches import measures
from centralasia.speeches.measures import TURNS, WINDOWS, Change, window_of
from centralasia.speeches.words import in_window, names_in, naming, percent, points
from datacontract.language import _
from datacontract.words import MarkdownText, capitalised

__all__ = ["naming_found", "region_naming_found", "voice_found"]

FIRST, LAST = WINDOWS[0], WINDOWS[-1]


def naming_found(state: str) -> MarkdownText:
    """Whom a state names most in each window, in two sentences or more, and whom it has not named since the 1990s.

    >>> speeches.naming_found("KAZ")
    Kazakhstan most often named Central Asia, CIS and Afghanistan from 1992 to 1999; Central Asia, Afghanistan and CICA
    from 2000 to 2009; Central Asia, Afghanistan and CICA from 2010 to 2016; Central Asia, Afghanistan and ...
    """
    rows = measures.window_shares(state, "actors")
    rows = rows[rows["code"] != measures.WITH_MEMBERS]
    parts = []
    for window in WINDOWS:
        part = rows[(rows["window"] == window[0]) & (rows["sentences"] > 1)].nlargest(3, "share")
        if len(part):
            parts.append(names_in(short_names(part["code"]), window))
    text = _("{state} most often named {names}.", state=short_name(state), names="; ".join(parts))
    wide = rows.pivot(index="code", columns="window", values="sentences")
    if {FIRST[0], LAST[0]} <= set(wide):
        gone = wide[(wide[FIRST[0]] >= 5) & (wide[LAST[0]] == 0)].sort_values(FIRST[0], ascending=False)
        if len(gone):
            silent = _(
                "It named {names} in five sentences or more in the 1990s, and in none since {year}.",
                names=short_names(gone.index),
                year=LAST[0],
            )
            return MarkdownText(f"{text} {silent}")
    return text


def region_naming_found(state: str) -> MarkdownText:
    """Whether Central Asia gains in the speeches of a state after 2014 and after 2020, by windows of five years.

    >>> speeches.region_naming_found("KAZ")
    Kazakhstan named Central Asia in 3.7 % of its sentences from 2010 to 2014, 6.0 % from 2015 to 2019 and 5.0 % from
    2020 to 2024. ...
    """
    code = measures.BY_NAME
    rows, name = measures.naming_by_turn(state, code), short_name(code)
    first, *others = (
        {"share": percent(row.share), "when": in_window(window_of(row.window, TURNS))} for row in rows.itertuples()
    )
    shares = [_("{share} of its sentences {when}", **first), *(_("{share} {when}", **other) for other in others)]
    text = [_("{state} named {name} in {shares}.", state=short_name(state), name=name, shares=shares)]
    for before, after in ((TURNS[0], TURNS[1]), (TURNS[1], TURNS[2])):
        found = measures.change(state, code, before, after, "actors")
        if found is not None:
            fields = {"year": before[1], "points": points(found)}
            clear = _("The change after {year} is {points}, a clear change.", **fields)
            text.append(
                clear if found.clear else _("The change after {year} is {points}, which may be chance.", **fields)
            )
    long = measures.window_shares(state, "actors")
    long = long[long["code"] == code].set_index("window")["share"]
    if {FIRST[0], LAST[0]} <= set(long.index):
        found = measures.change(state, code, FIRST, LAST, "actors")
        fields = {
            "when": capitalised(in_window(LAST)),
            "share": percent(long[LAST[0]]),
            "before": percent(long[FIRST[0]]),
        }
        if found is not None and not found.clear:
            text.append(_("{when} it is {share}, about as much as in the 1990s ({before}).", **fields))
        else:
            text.append(_("{when} it is {share}, against {before} in the 1990s.", **fields))
    return MarkdownText(" ".join(text))


def voice_found(region: str) -> MarkdownText:
    """Whether the region as one voice is said, by whom, and whether it is said more than before.

    >>> speeches.voice_found("C5")
    From 2017 to 2024 all members spoke of the region as one, or of common bodies or formats: Uzbekistan in 6 of 7
    speeches, Kazakhstan in 6 of 8 speeches, Turkmenistan in 6 of 8 speeches, Tajikistan in 3 of 8 speeches and ...
    """
    found = []
    for state in members(region):
        shares = measures.window_shares(state)
        shares = shares[(shares["code"] == "REG") & (shares["window"] == LAST[0])]
        if len(shares):
            found.append((state, shares.iloc[0]))
    found.sort(key=lambda item: -item[1]["share"])
    voices = [(state, row) for state, row in found if row["naming"] > 0]
    said = [naming(short_name(state), int(row["naming"]), int(row["speeches"])) for state, row in voices]
    fields = {"when": capitalised(in_window(LAST)), "states": said}
    if not said:
        return _("{when} no member spoke of the region as one, or of common bodies or formats.", **fields)
    if len(said) < len(found):
        spoke = _("{when} these spoke of the region as one, or of common bodies or formats: {states}.", **fields)
    else:
        spoke = _("{when} all members spoke of the region as one, or of common bodies or formats: {states}.", **fields)
    state, most = found[0]
    few = _(
        "Few of their sentences do: at most {share} ({state}).", share=percent(most["share"]), state=short_name(state)
    )
    mean = measures.mean_change(region, "REG", FIRST, LAST)
    return MarkdownText(" ".join([spoke, few, *([] if mean is None else [_mean_moved(mean)])]))


def _mean_moved(mean: Change) -> str:
    """How the mean of the members has changed since the first window, and how surely."""
    moved = points(mean)
    if mean.low > 0:
        return _("The mean of the members has changed by {points} since the 1990s, a clear rise.", points=moved)
    if mean.high < 0:
        return _("The mean of the members has changed by {points} since the 1990s, a clear fall.", points=moved)
    return _("The mean of the members has changed by {points} since the 1990s, which may be chance.", points=moved)
