"""Speeches as tables for reading: every cell is text, names stand instead of codes."""

import itertools

import pandas as pd

from centralasia.names import short_name
from centralasia.regions import members, pair_name
from centralasia.speeches import agendas, group_likeness, measures, nearness
from centralasia.speeches.measures import WINDOWS, Window, window_name, window_of
from centralasia.speeches.words import between, cosine_points, percent, text_words, theme_name
from centralasia.tables import UntruncatedFrame, display_table, load
from datacontract.language import _, format_number, join_list, pgettext

__all__ = [
    "accuracy_table", "change_table", "coverage_table", "denominator_table", "ground_table", "groups_table",
    "nearest_table", "presidents_table", "region_named_table", "texts_table",
    "theme_table",
]  # fmt: skip

LAST = WINDOWS[-1]
NEAREST = 5  # states that are shown


def accuracy_table() -> UntruncatedFrame:
    """How often the dictionary is right, by theme, with 95 % intervals; themes that no finding uses say so.

    >>> speeches.accuracy_table().loc["Borders and cross-border contact", "In findings"]
    no
    """
    rows, used = load("theme_accuracy"), measures.measured_themes()
    names = [_("All themes") if theme == "ALL" else theme_name(theme, in_sentence=False) for theme in rows["theme"]]
    coded = zip(rows["coded"], rows["sentences"], strict=True)
    columns: dict[str, list[str]] = {
        _("Coded in, mean of two readers"): [_("{times:g} of {n}", times=times, n=n) for times, n in coded]
    }
    for measure, heading in (("precision", _("Precision")), ("recall", _("Recall")), ("f1", "F1")):
        columns[heading] = [
            _("none") if pd.isna(ends[0]) else between(*(format_number(end, ".2f") for end in ends))
            for ends in rows[[measure, f"{measure}_low", f"{measure}_high"]].itertuples(index=False)
        ]
    yes, no = _("yes"), _("no")
    columns[_("In findings")] = ["" if theme == "ALL" else yes if theme in used else no for theme in rows["theme"]]
    return display_table(columns, index=names, corner=_("Theme"))


def coverage_table(region: str) -> UntruncatedFrame:
    """How many speeches of each member the corpus has, which are missing, and how many a president gave.

    >>> speeches.coverage_table("C5")["Speeches"].head(2)
    Kazakhstan    ..., 1992–...
    Kyrgyzstan    ..., 1992–...
    Name: Speeches, dtype: ...
    """
    years = {year for state in members(region) for year in measures.speech_years(state).index}
    rows = {}
    for state in members(region):
        found, presidents = measures.speech_years(state), measures.speech_years(state, "presidents")
        missing = sorted(years - set(found.index))
        rows[short_name(state)] = {
            _("Speeches"): f"{len(found)}, {found.index.min()}–{found.index.max()}",
            _("Not in the corpus (unknown)"): join_list(missing),
            _("By a president"): str(len(presidents)),
            _("Sentences"): format_number(int(found["sentences"].sum()), ","),
        }
    return display_table(pd.DataFrame.from_dict(rows, orient="index"), corner=_("State"))


def groups_table(region: str, text: str = "without_names") -> UntruncatedFrame:
    """The mean likeness within a region and within each named group beside it, by window.

    >>> speeches.groups_table("C5").head(3)
    Group         1992–1999 2000–2009 2010–2016 2017–2024
    Gulf states       0.272     0.226     0.214     0.238
    Central Asia      0.212     0.204     0.213     0.227
    Nordic states     0.221     0.197     0.184     0.203
    """
    rows = group_likeness.group_windows(region, text).sort_values(LAST[0], ascending=False)
    shown = rows.map(lambda value: format_number(value, ".3f") if pd.notna(value) else "")
    return display_table(
        shown, columns=[window_name(w) for w in WINDOWS], index=map(short_name, rows.index), corner=_("Group")
    )


def change_table(region: str, text: str = "without_names") -> UntruncatedFrame:
    """How the likeness within a region changed from each window to the last, by itself and beside other states.

    >>> speeches.change_table("C5").loc["since 1992–1999", "Within the region"]
    +0.015 (...)
    """
    rows = {}
    for window in WINDOWS[:-1]:
        found = [
            group_likeness.likeness_change(region, window, LAST, text, beside_sets=beside) for beside in (False, True)
        ]
        since = _("since {window}", window=window_name(window))
        rows[since] = [_("unknown") if c is None else cosine_points(c) for c in found]
    columns = [_("Within the region"), _("Beside the median set of others")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return display_table(frame, corner=_("Change to {window}", window=window_name(LAST)))


def nearest_table(region: str, text: str = "without_names") -> UntruncatedFrame:
    """The states outside that the members of a region speak most like, by window, beside the region itself.

    >>> speeches.nearest_table("C5")["2017–2024"].head(3)
    Within the region                0.227
    Nearest outside, 1      Mongolia 0.200
    Nearest outside, 2    Montenegro 0.197
    Name: 2017–2024, dtype: str
    """
    columns = {}
    for window in WINDOWS:
        rows = nearness.nearest(region, window, text).head(NEAREST)
        cells = [f"{short_name(state)} {format_number(value, '.3f')}" for state, value in rows["value"].items()]
        within = group_likeness.region_likeness(region, text)["value"].get(window[0], float("nan"))
        columns[window_name(window)] = [format_number(within, ".3f"), *cells]
    index = [_("Within the region"), *(_("Nearest outside, {place}", place=place) for place in range(1, NEAREST + 1))]
    return display_table(columns, index=index, corner=_("Mean likeness"))


def texts_table(region: str) -> UntruncatedFrame:
    """The mean likeness within a region by window, in all words and with names taken out.

    >>> speeches.texts_table("C5").loc["all words", "2017–2024"]
    0.251 (...)
    """
    columns = {}
    for text, said in text_words().items():
        rows = group_likeness.region_likeness(region, text)
        ends = rows[["value", "low", "high"]].itertuples(index=False)
        cells = [between(*(format_number(end, ".3f") for end in row)) for row in ends]
        columns[said] = pd.Series(cells, index=rows.index)
    frame = pd.DataFrame(columns).T
    return display_table(frame, columns=[window_name(window_of(w)) for w in frame], corner=_("Words compared"))


def theme_table(region: str, window: Window = LAST) -> UntruncatedFrame:
    """The share of each member's sentences that names each measured theme in a window, and the mean of other states.

    >>> speeches.theme_table("C5")[["Kazakhstan", "Other states, mean"]].head(2)
    Theme, 2017–2024      Kazakhstan Other states, mean
    Transport and transit      3.4 %              0.8 %
    Trade and tariffs          3.8 %              1.4 %
    """
    themes = measures.measured_themes()
    columns = {}
    for state in members(region):
        shares = measures.window_shares(state)
        shares = shares[shares["window"] == window[0]].set_index("code")["share"]
        columns[short_name(state)] = [percent(shares[theme]) if theme in shares else _("unknown") for theme in themes]
    world = agendas.world_shares(region).loc[window[0]]
    columns[_("Other states, mean")] = [percent(world[theme]) for theme in themes]
    index = [theme_name(theme, in_sentence=False) for theme in themes]
    return display_table(columns, index=index, corner=_("Theme, {window}", window=window_name(window)))


def denominator_table(region: str) -> UntruncatedFrame:
    """Since when each member names each theme: first speech, first of three in a row, and in how many of all.

    >>> speeches.denominator_table("C5").loc["Kazakhstan", "Water resources"]
    first 1992, three in a row from 2000, in ...
    """
    rows: dict[str, dict[str, str]] = {}
    for row in agendas.first_years(region).itertuples():
        if pd.isna(row.first):
            said = _("never")
        else:
            fields = {"first": row.first, "times": row.naming, "speeches": row.speeches}
            said = _("first {first}, never in three in a row, in {times} of {speeches}", **fields)
            if pd.notna(row.steady):
                said = _(
                    "first {first}, three in a row from {steady}, in {times} of {speeches}", steady=row.steady, **fields
                )
        rows.setdefault(short_name(row.state), {})[theme_name(row.theme, in_sentence=False)] = said
    return display_table(pd.DataFrame.from_dict(rows, orient="index"), corner=_("State"))


def ground_table(region: str) -> UntruncatedFrame:
    """What share of their sentences both states of a pair now give at least to each theme, the pair with most first.

    >>> speeches.ground_table("C5")["Water resources"].head(2)
    Kyrgyzstan–Tajikistan      4.7 %
    Kyrgyzstan–Turkmenistan    3.8 %
    Name: Water resources, dtype: str
    """
    rows = agendas.common_ground(region, LAST)
    columns = {theme_name(theme, in_sentence=False): list(map(percent, rows[theme])) for theme in measures.DENOMINATORS}
    ends = rows[["value", "low", "high"]].itertuples(index=False)
    columns[pgettext("all themes", "Together")] = [between(*map(percent, row)) for row in ends]
    corner = _("Pair, {window}", window=window_name(LAST))
    return display_table(columns, index=map(pair_name, rows.index), corner=corner)


def presidents_table(region: str) -> UntruncatedFrame:
    """What members name in all their speeches of the last window, and in those of presidents alone.

    >>> speeches.presidents_table("C5")["Central Asia, presidents"].head(2)
    Kazakhstan    4.5 % (5)
    Kyrgyzstan    5.1 % (7)
    Name: Central Asia, presidents, dtype: str
    """
    rows, code, who = {}, measures.BY_NAME, {"all": _("all"), "presidents": _("presidents")}
    for state in members(region):
        cells = {}
        for speakers in measures.SPEAKERS:
            spoke = len(measures.speech_years(state, speakers).loc[LAST[0] : LAST[1]])
            kinds = ((short_name(code), "actors", code), (theme_name("REG", in_sentence=False), "themes", "REG"))
            for name, kind, wanted in kinds:
                found = measures.window_shares(state, kind, speakers)
                found = found[(found["window"] == LAST[0]) & (found["code"] == wanted)]["share"]
                said = percent(found.iloc[0]) if len(found) else _("no speech") if not spoke else percent(0)
                cells[f"{name}, {who[speakers]}"] = f"{said} ({spoke})"
        rows[short_name(state)] = cells
    corner = _("Sentences (speeches), {window}", window=window_name(LAST))
    return display_table(pd.DataFrame.from_dict(rows, orient="index"), corner=corner)


def region_named_table(region: str) -> UntruncatedFrame:
    """How much of their speeches members of a region give to it by name, by windows of five years since 2010.

    >>> speeches.region_named_table("C5").loc["Uzbekistan", "2010–2014"]
    8.9 % (...)
    """
    columns: dict[str, list[str]] = {}
    for turn, state in itertools.product(measures.TURNS, members(region)):
        rows = measures.naming_by_turn(state, measures.BY_NAME)
        row = rows[rows["window"] == turn[0]]
        said = between(*map(percent, row.iloc[0][["share", "low", "high"]])) if len(row) else _("no speech")
        columns.setdefault(window_name(turn), []).append(said)
    corner = _("Sentences that name Central Asia")
    return display_table(columns, index=map(short_name, members(region)), corner=corner)
