"""Sentences on what states speak of and whom they name: themes, common ground, actors, the region as one voice."""

import pandas as pd

from centralasia.names import short_name
from centralasia.regions import check_pair, members, pair_name
from centralasia.speeches import agendas, measures, nearness
from centralasia.speeches.measures import DENOMINATORS, TURNS, WINDOWS, Window, window_of
from centralasia.speeches.words import in_window, percent, points, theme_name, theme_names
from centralasia.tables import load
from datacontract.words import MarkdownText, capitalised, join_list, ordinal, pluralize

__all__ = [
    "accuracy_found", "ground_found", "naming_found", "pair_found", "region_naming_found", "themes_found",
    "voice_found",
]  # fmt: skip

FIRST, BEFORE, LAST = WINDOWS[0], WINDOWS[-2], WINDOWS[-1]


def themes_found(region: str) -> MarkdownText:
    """Which themes a region speaks of more and less than other states do, and which have gained or lost room."""
    world, shares = agendas.world_shares(region).loc[LAST[0]], []
    for state in members(region):
        rows = measures.window_shares(state)
        shares.append(rows[rows["window"] == LAST[0]].set_index("code")["share"])
    mean = pd.concat(shares, axis=1).mean(axis=1).reindex(list(measures.measured_themes()))
    times = (mean / world.reindex(mean.index)).sort_values(ascending=False)
    more = [
        f"{theme_name(theme)} ({percent(mean[theme])} of sentences, others {percent(world[theme])})"
        for theme in times.index[:3]
    ]
    less = [theme for theme in times.index if times[theme] < 1]
    text = f"{capitalised(in_window(LAST))} the members spoke far more than other states of {join_list(more)}"
    text += f", and less of {theme_names(less)}" if less else ""
    return MarkdownText(f"{text}. {room_gained(region)}")


def room_gained(region: str) -> str:
    """Which themes have clearly gained and lost sentences in the mean of the members since the first window."""
    found = {theme: measures.mean_change(region, theme, FIRST, LAST) for theme in measures.measured_themes()}
    clear = {theme: change.value for theme, change in found.items() if change is not None and change.clear}
    up = sorted((theme for theme in clear if clear[theme] > 0), key=lambda theme: -clear[theme])
    down = [theme for theme in clear if clear[theme] < 0]
    if not clear:
        return "Since the 1990s the share of no theme has clearly changed."
    parts = [f"more of {theme_names(up[:4])}"] if up else []
    parts += [f"less of {theme_names(down)}"] if down else []
    return f"The members now speak clearly {', and '.join(parts)}{',' * (len(parts) > 1)} than in the 1990s."


def ground_found(region: str, pair: str) -> MarkdownText:
    """Which of the article's themes the members name, since when, and whether a pair shares them more than others."""
    rows, states = agendas.first_years(region), members(region)
    half = [
        theme
        for theme in DENOMINATORS
        if all((measures.counts_by_year(s).loc[LAST[0] : LAST[1], theme] > 0).mean() >= 0.5 for s in states)
    ]
    text = f"{capitalised(in_window(LAST))} every member named {theme_names(half)} in at least half of its speeches."
    if not half:
        text = f"{capitalised(in_window(LAST))} every member named none of the themes in at least half of its speeches."
    steady = rows.groupby("theme")["steady"].agg(lambda years: None if years.isna().any() else int(years.max()))
    since = [f"{theme_name(theme)} from {int(steady[theme])} on" for theme in DENOMINATORS if pd.notna(steady[theme])]
    if since:
        text += f" All had named a theme in three speeches in a row: {join_list(since)}."
    return MarkdownText(f"{text} {shared_ground(region, pair)}")


def shared_ground(region: str, pair: str) -> str:
    """The place of a pair among the pairs of a region by how much both speak of the article's themes."""
    rows = agendas.common_ground(region, LAST)
    if pair not in rows.index:
        return f"{pair_name(pair, ' and ')} cannot be compared {in_window(LAST)}."
    own, place = rows.loc[pair], list(rows.index).index(pair) + 1
    text = (
        f"{pair_name(pair, ' and ')} both give at least {percent(own['value'])} of their sentences to transport, "
        f"innovation, ecology and water (interval {percent(own['low'])} to {percent(own['high'])}), the "
        f"{ordinal(place)} place among {pluralize(len(rows), 'pair')}"
    )
    if place > 1:
        first = rows.iloc[0]
        text += f"; {pair_name(rows.index[0], ' and ')} share most, {percent(first['value'])} "
        text += f"({percent(first['low'])} to {percent(first['high'])})"
    return f"{text}."


def naming_found(state: str, speakers: str = "all") -> MarkdownText:
    """Whom a state names most in each window, and whom it named in the 1990s and names no longer."""
    rows = measures.window_shares(state, "actors", speakers)
    rows = rows[rows["code"] != measures.WITH_MEMBERS]
    parts = []
    for window in WINDOWS:
        part = rows[(rows["window"] == window[0]) & (rows["sentences"] > 0)].nlargest(3, "share")
        if len(part):
            parts.append(f"{join_list(map(short_name, part['code']))} {in_window(window)}")
    text = f"{short_name(state)} most often named {'; '.join(parts)}."
    wide = rows.pivot(index="code", columns="window", values="sentences")
    if {FIRST[0], LAST[0]} <= set(wide):
        gone = wide[(wide[FIRST[0]] >= 5) & (wide[LAST[0]] == 0)].sort_values(FIRST[0], ascending=False)
        if len(gone):
            text += (
                f" It named {join_list(map(short_name, gone.index))} in five sentences or more in the 1990s, and in "
                f"none since {LAST[0]}."
            )
    return MarkdownText(text)


def region_naming_found(state: str, code: str = "C5") -> MarkdownText:
    """Whether Central Asia gains in the speeches of a state after 2014 and after 2020, by windows of five years."""
    rows, name = measures.naming_by_turn(state, code), short_name(code)
    first, *others = (
        f"{percent(row.share)}{{}} {in_window(window_of(row.window, TURNS))}" for row in rows.itertuples()
    )
    parts = [first.format(" of its sentences"), *(other.format("") for other in others)]
    text = f"{short_name(state)} named {name} in {join_list(parts)}."
    for before, after in ((TURNS[0], TURNS[1]), (TURNS[1], TURNS[2])):
        found = measures.change(state, code, before, after, "actors")
        if found is not None:
            sure = "a clear change" if found.clear else "which may be chance"
            text += f" The change after {before[1]} is {points(found)}, {sure}."
    long = measures.window_shares(state, "actors")
    long = long[long["code"] == code].set_index("window")["share"]
    if {FIRST[0], LAST[0]} <= set(long.index):
        found = measures.change(state, code, FIRST, LAST, "actors")
        same = found is not None and not found.clear
        as_much = "about as much as" if same else "against"
        text += (
            f" {capitalised(in_window(LAST))} it is {percent(long[LAST[0]])}, {as_much} in the 1990s "
            f"({percent(long[FIRST[0]])})."
        )
    return MarkdownText(text)


def voice_found(region: str) -> MarkdownText:
    """Whether the region as one voice is said, by whom, and whether it is said more than before."""
    found = []
    for state in members(region):
        shares = measures.window_shares(state)
        shares = shares[(shares["code"] == "REG") & (shares["window"] == LAST[0])]
        if len(shares):
            found.append((state, shares.iloc[0]))
    found.sort(key=lambda item: -item[1]["share"])
    said = [
        f"{short_name(state)} in {row['naming']} of {pluralize(row['speeches'], 'speech', 'speeches')}"
        for state, row in found
    ]
    text = (
        f"{capitalised(in_window(LAST))} all members spoke of the region as one, or of common bodies or formats: "
        f"{join_list(said)}."
    )
    if any(row["naming"] == 0 for _, row in found):
        text = (
            f"{capitalised(in_window(LAST))} these spoke of the region as one, or of common bodies or formats: "
            f"{join_list(said)}."
        )
    most = found[0]
    text += f" Few of their sentences do: at most {percent(most[1]['share'])} ({short_name(most[0])})."
    mean = measures.mean_change(region, "REG", FIRST, LAST)
    if mean is not None:
        sure = "a clear rise" if mean.low > 0 else "a clear fall" if mean.high < 0 else "which may be chance"
        text += f" The mean of the members has changed by {points(mean)} since the 1990s, {sure}."
    return MarkdownText(text)


def accuracy_found() -> MarkdownText:
    """How good the dictionary is, and which themes no finding uses."""
    rows = load("theme_accuracy").set_index("theme")
    whole, used = rows.loc["ALL"], measures.measured_themes()
    worst = rows.loc[list(used), "f1"]
    unused = [theme for theme in rows.index if theme not in used and theme != "ALL"]
    text = (
        f"In {whole['sentences']:,} sentences that two readers coded, the dictionary scores {whole['f1']:.2f} "
        f"({whole['f1_low']:.2f} to {whole['f1_high']:.2f}) over all themes, and {worst.min():.2f} on the worst theme, "
        f"{theme_name(worst.idxmin())}. The score is F1: 1 means no false hit and no miss. The dictionary was written "
        "with these sentences at hand, so it is right less often in others."
    )
    if unused:
        text += f" No finding uses {theme_names(unused)}, too rare to be measured."
    return MarkdownText(text)


def pair_found(pair: str, window: Window = LAST) -> MarkdownText:
    """What two states share in their speeches: how alike they are, their place among the pairs, the themes of both."""
    one, other = check_pair(pair)
    rows = load("speech_pairs")
    rows = rows[(rows["state_a"] == one) & (rows["state_b"] == other) & rows["year"].between(*window)]
    if rows.empty:
        return MarkdownText(
            f"No year {in_window(window)} has speeches of both, {pair_name(pair, ' and ')}, in the corpus."
        )
    text = (
        f"{capitalised(in_window(window))} the speeches of {pair_name(pair, ' and ')} before the United "
        "Nations have a likeness "
        f"of {rows['without_names'].mean():.2f} in words, names taken out ({pluralize(len(rows), 'year')})"
    )
    region = next((region for region in ("C5", "C6") if {one, other} <= set(members(region))), None)
    if region:
        ranked = nearness.pairs_by_window(region)
        ranked = ranked[ranked["window"] == window[0]].sort_values("value", ascending=False)["pair"].tolist()
        text += f", {ordinal(ranked.index(pair) + 1)} of {pluralize(len(ranked), 'pair')} of {short_name(region)}"
    most = shared_themes(pair, window).index[:4]
    return MarkdownText(f"{text}. Both speak most of {theme_names(most)}.")


def shared_themes(pair: str, window: Window = LAST) -> pd.Series:
    """The smaller of the shares of sentences that two states give to each measured theme, the most first."""
    shares = [measures.window_shares(state) for state in check_pair(pair)]
    frames = [rows[rows["window"] == window[0]].set_index("code")["share"] for rows in shares]
    smaller = pd.concat(frames, axis=1).min(axis=1, skipna=False).reindex(list(measures.measured_themes()))
    return smaller.dropna().sort_values(ascending=False, kind="stable")
