"""The figures of what speeches speak of and whom they name."""

import itertools
from collections import Counter
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, fitting_size, widest
from centralasia.figures.marks import heading_lines
from centralasia.figures.naming import name_mark
from centralasia.figures.style import GREY, INK, darken_to_contrast, is_narrow
from centralasia.names import colour, short_name
from centralasia.regions import check_pair, members
from centralasia.speeches import agendas, measures
from centralasia.speeches.figures import reach
from centralasia.speeches.measures import WINDOWS, window_name
from centralasia.speeches.words import both_names, in_window, percent, theme_name
from centralasia.tables import load
from datacontract.language import _, join_list, ngettext

__all__ = ["pair_chart", "partners_chart", "theme_panels"]

LAST = WINDOWS[-1]
COLOURED = ("C5", "RUS", "CHN", "USA")  # the lines of others are grey
PLACES = 6  # of whom a state names most, in each window
STRIDE = 38  # years from the beginning of one state to that of the next


@figure
def theme_panels(canvas: Any, region: str) -> Drawing:
    """Small multiples of the share of sentences that names each theme: a column a state, a row a theme.

    Dots are speeches, steps windows with their intervals, the grey steps the mean of all other states.

    >>> speeches.theme_panels("C5").title
    A clearly larger share of sentences than in the 1990s: digitalisation and innovation in 3 of 5, environment in 3 of
    5 and water in 3 of 5 states
    """
    states, world, themes = members(region), agendas.world_shares(region), (*measures.DENOMINATORS, "REG")
    rows = canvas.subplots(len(themes), 1, sharex=True, squeeze=False)[:, 0]
    canvas.set_figheight(1.0 + 1.05 * len(themes))
    data, gains = [], Counter[str]()
    for axes, theme in zip(rows, themes, strict=True):
        highest = 0.01
        for place, state in enumerate(states):
            shade, counts, shares = colour(state), measures.counts_by_year(state), measures.window_shares(state)
            shares, shift = shares[shares["code"] == theme], STRIDE * place
            dots = 100 * counts[theme] / counts["n"]
            axes.scatter(counts.index + shift, dots, s=4, color=shade, alpha=0.45, linewidth=0)
            for found in shares.itertuples():
                ends = [year + shift for year in reach(measures.window_of(found.window))]
                axes.hlines(100 * world.loc[found.window, theme], *ends, color=GREY, lw=1.6)
                axes.fill_between(ends, 100 * found.low, 100 * found.high, alpha=0.2, color=shade, lw=0)
                axes.hlines(100 * found.share, *ends, color=darken_to_contrast(shade), lw=2.2)
                outside = _("other states {share}", share=percent(world.loc[found.window, theme]))
                called = f"{short_name(state)}, {theme_name(theme)}, {window_name(measures.window_of(found.window))}"
                here = f"{called}: {percent(found.share)}; {outside}"
                name_mark(axes, sum(ends) / 2, 100 * found.share, here, ends[1] - ends[0])
            moved = measures.change(state, theme, WINDOWS[0], LAST)
            gains[theme] += bool(moved and moved.low > 0)
            highest = max(highest, shares["high"].max())
            data.append(shares.assign(state=state))
        axes.grid(axis="y")
        axes.tick_params(labelsize=8)
        axes.set(ylim=(0, 106 * highest), xlim=(1990.5, 2025.5 + STRIDE * (len(states) - 1)))
        heading, unit = heading_lines(theme_name(theme, in_sentence=False)), _("% of sentences")
        axes.set_ylabel(f"{heading}\n{unit}", fontsize=8)
    years = [year + STRIDE * place for place in range(len(states)) for year in (2000, 2020)]
    rows[-1].set_xticks(years, ["2000", "2020"] * len(states))
    for place, state in enumerate(states):
        style = {"color": darken_to_contrast(colour(state)), "fontsize": 9.5, "fontweight": "bold", "ha": "center"}
        at = (2008 + STRIDE * place, 1.06 + 0.13 * (place % 3 if is_narrow(canvas) else 0))  # else they would touch
        rows[0].text(*at, short_name(state), transform=rows[0].get_xaxis_transform(), **style)
    frame = pd.concat(data, ignore_index=True)
    risen, least = gains.most_common(), min(2, max(gains.values()))
    title = _("The share of no theme has clearly grown since the 1990s")
    if least:
        parts = [
            _("{theme} in {n} of {states}", theme=theme_name(theme), n=n, states=len(states))
            for theme, n in risen
            if n >= least
        ]
        title = _("A clearly larger share of sentences than in the 1990s: {themes} states", themes=parts)
    caption = _(
        "Share of the sentences of a speech that name a theme. Dots: speeches; strong lines: all speeches of a window, "
        "with 95 % interval; grey lines: mean of the states outside. Dots above the frame are left out. A speech that "
        "is not in the corpus has no dot."
    )
    latest, said = frame[frame["window"] == LAST[0]], []
    for theme in themes:
        own = latest[latest["code"] == theme].itertuples()
        shares = [f"{short_name(row.state)} {percent(row.share)}" for row in own]
        shares.append(_("other states {share}", share=percent(world.loc[LAST[0], theme])))
        said.append(f"{theme_name(theme, in_sentence=False)}: {', '.join(shares)}")
    alt_text = _(
        "Small multiples of the share of sentences by theme and state; {window}: {themes}.",
        window=window_name(LAST),
        themes="; ".join(said),
    )
    return Drawing(title, alt_text, caption, frame, sources=[load("speech_themes")["source"].head(1)])


@figure
def partners_chart(canvas: Any, state: str) -> Drawing:
    """A bump chart of whom a state names most, by window: places by share of its sentences.

    >>> speeches.partners_chart("KAZ").title
    Kazakhstan names Central Asia most in every window
    """
    rows = measures.window_shares(state, "actors")
    rows = rows[(rows["code"] != measures.WITH_MEMBERS) & (rows["sentences"] > 1)]
    if rows.empty:
        words = _("{state} names nobody in two sentences of a window.", state=short_name(state))
        return draw_nothing(canvas, words, "", rows)
    rows = rows.assign(place=rows.groupby("window")["share"].rank(ascending=False, method="first").astype(int))
    rows = rows[rows["place"] <= PLACES]
    axes = canvas.subplots()
    letters, height, size = 18, 0.42, 9.0
    if is_narrow(canvas):
        names = rows["code"].map(short_name)
        letters, height = 11, 0.58
        size = min(fitting_size(names, 50, 9), fitting_size(names[rows["code"] == "C5"], 50, 9, bold=True))
    canvas.set_figheight(1.3 + height * PLACES)
    windows = [window for window in WINDOWS if window[0] in set(rows["window"])]
    at = {window[0]: i for i, window in enumerate(windows)}
    column = 0.92 * 72 * canvas.get_figwidth() / len(windows)  # points
    for code, part in rows.groupby("code"):
        shade = colour(code) if code in COLOURED else GREY
        places, lines = part.set_index("window")["place"], fill_lines(short_name(code), letters).split("\n")
        room = min(0.46, (widest(lines, size, code == "C5") / 2 + 5) / column)
        for here, there in itertools.pairwise(windows):
            if here[0] in places and there[0] in places:
                ends = [places[here[0]], places[there[0]]]
                axes.plot([at[here[0]] + room, at[there[0]] - room], ends, color=shade, lw=3 if code == "C5" else 1.4)
    for row in rows.itertuples():
        bold = row.code == "C5"
        ink = darken_to_contrast(colour(row.code)) if row.code in COLOURED else INK
        style = {
            "ha": "center",
            "va": "center",
            "color": ink,
            "fontsize": size,
            "fontweight": "bold" if bold else "normal",
        }
        years = window_name(measures.window_of(row.window))
        said = f"{years}: {row.place}. {short_name(row.code)}, {percent(row.share)}"
        name_mark(axes, at[row.window], row.place, said, 0.7, 0.8)
        axes.text(
            at[row.window], row.place, f"{fill_lines(short_name(row.code), letters)}\n{percent(row.share)}", **style
        )
    axes.set(xlim=(-0.5, len(windows) - 0.5), ylim=(PLACES + 0.5, 0.5))
    axes.set_xticks(range(len(windows)), [window_name(window) for window in windows])
    axes.set_yticks(range(1, PLACES + 1))
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    leaders = rows[rows["place"] == 1].sort_values("window")
    steady = leaders["code"].nunique() == 1
    lead = short_name(leaders["code"].iloc[-1])
    names = {"state": short_name(state), "other": lead}
    title = _("{state} names {other} most now", **names)
    if steady:
        title = _("{state} names {other} most in every window", **names)
    caption = ngettext(
        "Places by the share of sentences that name a state, a body or Central Asia, {n} place; named in one sentence "
        "alone: left out. The state's own name does not count.",
        "Places by the share of sentences that name a state, a body or Central Asia, {n} places; named in one sentence "
        "alone: left out. The state's own name does not count.",
        PLACES,
    )
    said = "; ".join(
        f"{window_name(w)}: "
        + ", ".join(
            f"{short_name(row.code)} {percent(row.share)}"
            for row in rows[rows["window"] == w[0]].sort_values("place").itertuples()
        )
        for w in windows
    )
    alt_text = _("Bump chart of whom {state} names. {places}.", state=short_name(state), places=said)
    return Drawing(title, alt_text, caption, rows, [load("speech_partners")["source"].head(1)])


@figure
def pair_chart(canvas: Any, pair: str) -> Drawing:
    """What share of their sentences the two states of a pair give to each measured theme in the last window.

    >>> speeches.pair_chart("KAZ-TKM").title
    Apart from security, Kazakhstan and Turkmenistan share environment most in their speeches
    """
    states = check_pair(pair)
    spoke = [state for state in states if state in set(load("speeches")["state"])]
    shares = measures.theme_shares(spoke, LAST).dropna()
    if len(spoke) < 2 or shares.empty:
        words = _("The corpus has no speeches of both, {pair}, {when}.", pair=both_names(pair), when=in_window(LAST))
        return draw_nothing(canvas, words, "", shares)
    shares = shares.loc[shares.min(axis=1).sort_values(ascending=False, kind="stable").index]
    axes = canvas.subplots()
    canvas.set_figheight(1.2 + 0.27 * len(shares))
    for i, row in enumerate(shares.itertuples(index=False)):
        axes.hlines(i, 100 * min(row), 100 * max(row), color=GREY, lw=1, zorder=1)
    for state, marker in zip(states, "os", strict=True):
        axes.scatter(
            100 * shares[state],
            range(len(shares)),
            s=42,
            marker=marker,
            color=colour(state),
            zorder=3,
            label=short_name(state),
        )
        for i, (theme, share) in enumerate(shares[state].items()):
            said = f"{theme_name(theme, in_sentence=False)}, {short_name(state)}: {percent(share)}"
            name_mark(axes, 100 * share, i, said)
    axes.set_yticks(range(len(shares)), [theme_name(theme, in_sentence=False) for theme in shares.index], fontsize=9)
    axes.set(ylim=(len(shares) - 0.4, -0.6), xlim=(0, None), xlabel=_("% of sentences"))
    axes.grid(axis="x")
    canvas.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9)
    most, name = list(map(str, shares.index)), both_names(pair)
    title = _("{pair} share {theme} most in their speeches", pair=name, theme=theme_name(most[0]))
    if most[0] == "SEC":
        title = _(
            "Apart from security, {pair} share {theme} most in their speeches", pair=name, theme=theme_name(most[1])
        )
    caption = _(
        "Share of the sentences of their speeches, {window}, by theme; ordered by the smaller share.",
        window=window_name(LAST),
    )
    said = "; ".join(
        f"{theme_name(theme, in_sentence=False)} {join_list(percent(row[state]) for state in states)}"
        for theme, row in shares.iterrows()
    )
    alt_text = _("Dot chart of shares of sentences by theme, {pair}: {shares}.", pair=both_names(pair), shares=said)
    return Drawing(title, alt_text, caption, shares.reset_index(), sources=[load("speech_themes")["source"].head(1)])
