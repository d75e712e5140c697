"""Sentences on how alike the speeches of a region are, and the answer of the chapter."""

from centralasia.names import short_name
from centralasia.regions import members
from centralasia.speeches import agendas, measures, nearness
from centralasia.speeches.measures import WINDOWS, window_of
from centralasia.speeches.subjects import room_gained, shared_ground
from centralasia.speeches.words import in_window, percent
from datacontract.words import MarkdownText, capitalised, join_list, pluralize

__all__ = ["agendas_found", "answer", "groups_found", "likeness_found", "nearest_found", "presidents_found"]

FIRST, LAST = WINDOWS[0], WINDOWS[-1]
TAKEN = {
    "all_words": "all words taken",
    "without_region": "the region's name left out",
    "without_names": "names of states, persons and places left out",
}


def answer(region: str, state: str, pair: str, text: str = "without_names") -> MarkdownText:
    """The answer of the chapter: how alike the members speak, of what and of whom."""
    rows = nearness.likeness_by_year(region, text).loc[LAST[0] : LAST[1]]
    above = 100 * rows["above"].sum() / rows["sets"].sum()
    share = "fewer than 1 in 1,000" if above < 0.1 else f"{above:.1f} % of the"
    groups = nearness.group_windows(region, text)[LAST[0]]
    beyond = [short_name(group) for group in groups.index if groups[group] > groups[region]]
    also = f"Among the named groups, {join_list(beyond)} did." if beyond else "No named group did."
    most = measures.window_shares(state, "actors")
    most = most[(most["window"] == LAST[0]) & (most["code"] != measures.WITH_MEMBERS)].nlargest(1, "share").iloc[0]
    return MarkdownText(
        f"**{capitalised(in_window(LAST))}, {share} sets of as many other states spoke more alike than "
        f"{short_name(region)} ({TAKEN[text]}). {also}** {_as_near(region, text)} {room_gained(region)} "
        f"{shared_ground(region, pair)} "
        f"{short_name(state)} names {short_name(most['code'])} more than anybody else, in "
        f"{percent(most['share'])} of its sentences."
    )


def _as_near(region: str, text: str) -> str:
    """Which single states outside were, over a window, nearer to the members than these to each other."""
    ranked = {window: nearness.nearest(region, window, text) for window in WINDOWS}
    nearer = {window: rows.index[rows["difference"] < 0] for window, rows in ranked.items()}
    found = [
        f"{join_list(map(short_name, states))} {in_window(window)}" for window, states in nearer.items() if len(states)
    ]
    rows = ranked[LAST]
    first = short_name(rows.index[0])
    if len(nearer[LAST]):
        text = f"Yet some states outside are as near to its members as they are to each other: {join_list(found)}."
    else:
        text = f"No single state outside came as near to its members as they came to each other; {first} came nearest."
        text += f" In earlier years some did: {join_list(found)}." if found else ""
    return text


def likeness_found(region: str, text: str = "without_names") -> MarkdownText:
    """How alike the speeches of a region are by window, and since when that has clearly grown."""
    rows, name = nearness.region_likeness(region, text), short_name(region)
    parts = [f"{value:.3f} {in_window(window_of(at))}" for at, value in rows["value"].items()]
    said = [f"The mean likeness within {name}, {TAKEN[text]}, was {join_list(parts)}."]
    for beside, opening in ((False, "It"), (True, "Set against the median of other sets, it")):
        found = {w: nearness.likeness_change(region, w, LAST, text, beside_sets=beside) for w in WINDOWS[:-1]}
        rose = [f"{w[0]}–{w[1]}" for w, change in found.items() if change is not None and change.low > 0]
        said.append(
            f"{opening} is now clearly higher than in {join_list(rose, 'and')}."
            if rose
            else f"{opening} has not clearly grown."
        )
    return MarkdownText(" ".join(said))


def nearest_found(region: str, text: str = "without_names") -> MarkdownText:
    """In how many years some state outside was nearer to the members than they to each other, and which."""
    rows = nearness.nearest_by_year(region, text)
    some, recent = rows[rows["nearer"] > 0], rows.loc[LAST[0] :]
    often = [f"{short_name(state)} ({n} years)" for state, n in some["first"].value_counts().head(3).items() if n > 1]
    words = (
        f"In {len(some)} of {pluralize(len(rows), 'year')} at least one state outside was nearer to the "
        f"members than they were to each other; since {LAST[0]}, in {int((recent['nearer'] > 0).sum())} of "
        f"{pluralize(len(recent), 'year')}."
    )
    if often:
        words += f" The nearest was most often {join_list(often)}."
    return MarkdownText(words)


def groups_found(region: str, text: str = "without_names") -> MarkdownText:
    """Which named groups were more alike than a region in each window."""
    rows, parts = nearness.group_windows(region, text), []
    for window in WINDOWS:
        above = rows.index[rows[window[0]] > rows.loc[region, window[0]]]
        parts.append(f"{join_list(map(short_name, above)) if len(above) else 'none'} {in_window(window)}")
    return MarkdownText(
        f"These of {pluralize(len(rows) - 1, 'named group')} without a member of {short_name(region)} spoke more alike "
        f"than it: {'; '.join(parts)}."
    )


def agendas_found(region: str) -> MarkdownText:
    """How alike the mix of themes is within a region, beside sets of other states and single ones."""
    found = {window: agendas.agenda_nearest(region, window) for window in (FIRST, LAST)}
    first, last = (rows["percentile"].iloc[0] for rows in found.values())
    nearer = int((found[LAST]["value"] > found[LAST]["within"]).sum())
    outside = f"{pluralize(nearer, 'state')} outside came nearer" if nearer else "no state outside came nearer"
    return MarkdownText(
        f"The members are also alike in their mix of {pluralize(len(measures.measured_themes()), 'theme')}: more so "
        f"than {last:.0f} % of the sets of other states {in_window(LAST)}, and than {first:.0f} % in the 1990s. By "
        f"this measure {outside} to them than they to each other {in_window(LAST)}."
    )


def presidents_found(region: str, text: str = "without_names") -> MarkdownText:
    """What changes where only speeches of presidents count."""
    spoke = {state: measures.speech_years(state, "presidents").index for state in members(region)}
    said = [f"{short_name(state)} {len(years)}" for state, years in spoke.items()]
    recent = sum(int((years >= LAST[0]).sum()) for years in spoke.values())
    words = (
        f"Presidents gave {sum(map(len, spoke.values()))} of the speeches ({join_list(said)}), {recent} of "
        f"them since {LAST[0]}; "
        f"the others are by ministers and envoys."
    )
    tables = {speakers: nearness.region_likeness(region, text, speakers) for speakers in measures.SPEAKERS}
    if all(LAST[0] in rows.index for rows in tables.values()):
        every, alone = (rows.loc[LAST[0]] for rows in tables.values())
        words += (
            f" {capitalised(in_window(LAST))} the mean likeness is {alone['value']:.3f} where both speakers were "
            "presidents "
            f"({pluralize(int(alone['pairs']), 'pair')} of speeches), and {every['value']:.3f} over all speeches."
        )
    return MarkdownText(words)
