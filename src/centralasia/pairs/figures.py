"""The figures of one pair of states: its level, visits, milestones, and the themes both name."""

import textwrap
from typing import Any

import pandas as pd

from centralasia import commitments, ties
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import CROSS, draw_box, draw_mark, frame_grid, whole_years
from centralasia.figures.style import FAINT, INK, RULE, text_colour_on
from centralasia.names import NONE_FOUND, colour, level_name, short_name
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from datacontract.labels import translate_figure
from datacontract.words import join_list, plain, pluralize

__all__ = ["denominator_grid", "level_steps", "milestone_lanes", "theme_grid", "visit_lanes"]


@figure
def level_steps(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """The level of one pair, as ``"KAZ-TKM"``, in the years drawn, with its other acts below."""
    name, scale, rows = pair_name(pair, " and "), ties.levels(), ties.events([pair])
    dated = rows[rows["first"].dt.year.between(first_year, last_year)]
    if dated.empty:
        words = f"No dated act of {name} was found in the sources read, {first_year} to {last_year}."
        return draw_nothing(canvas, words, "None found is unknown: it does not prove that there is none.", dated)
    signed, other = dated[dated["labelled"]], dated[~dated["labelled"]]
    steps, held = ties.upgrades([pair], last_year), ties.level_at(pair, last_year)
    axes, heights = canvas.subplots(), {level: -rank for rank, level in enumerate(scale, 1)}  # y points up here
    ties.draw_blocks(axes, 0, steps, heights, (first_year, last_year + 1))
    for act in signed.itertuples():
        ties.draw_signature(axes, -heights[act.level], act)
    for step in steps[steps["first"].dt.year >= first_year].itertuples():
        early = ties.mid_year(step) - first_year < 0.2 * (last_year - first_year)  # away from the names at the left
        where = {"xytext": (6 if early else -6, 4), "textcoords": "offset points", "ha": "left" if early else "right"}
        axes.annotate(step.date, (ties.mid_year(step), -heights[step.level]), fontsize=9, **where)
    for act in other.itertuples():
        axes.scatter(ties.mid_year(act), -0.75, marker="|", s=90, color=INK, linewidth=1.4, zorder=4)
    names = [textwrap.fill(level_name(level), 27) for level in (None, *scale)]
    axes.set(xlim=(first_year, last_year + 1), ylim=(-1.2, len(scale) + 0.6), xlabel=translate_figure("axis.year"))
    axes.set_yticks([-0.75, *range(len(scale) + 1)], [translate_figure("pair.other_acts"), *names])
    whole_years(axes)
    axes.spines[["left"]].set_visible(False)
    canvas.set_figheight(3.3)
    text, since = "pair.title" if held.since else "pair.title_none", str(held.since)[:4]
    title = translate_figure(text, pair=pair_name(pair), year=last_year, level=level_name(held.level), since=since)
    rest = "; ".join(f"{act.date} {act.act}" for act in other.itertuples()) or "none"
    caption = (
        f"Signatures with a label (n = {len(signed)}) and other acts (n = {len(other)}); not drawn: "
        f"{pluralize(rows['date'].isna().sum(), 'undated act')}. {ties.signature_words()} Dotted line: none "
        "found up to then."
    )
    alt_text = f"Step chart of the level of ties of {name}. Labels: {ties.list_signatures(signed)}. Other acts: {rest}."
    drawn = dated[["tie_id", "date", "event", "instrument", "level", "act", "confidence", "source"]]
    return Drawing(title, alt_text, caption, drawn, [drawn["source"]])


@figure
def visit_lanes(canvas: Any, pair: str) -> Drawing:
    """The visits between two states: a lane for each direction, the letter in a marker is the rank of the visit."""
    states, rows = check_pair(pair), ties.visits([pair], None)
    drawn = rows[rows["year"].notna() & rows["guest"].notna()]
    columns = ["visit_id", "date", "guest", "host", "status", "guest_rank", "type", "type_2", "person", "source"]
    if drawn.empty:
        words = f"No dated visit between {pair_name(pair, ' and ')} was found in the sources read."
        return draw_nothing(canvas, words, "The list of visits is known to be incomplete.", drawn[columns])
    drawn = drawn.assign(depth=drawn.groupby(["guest", "year"]).cumcount())
    axes, y, ticks, lines = canvas.subplots(), 0.0, {}, []
    for guest, host in (states, states[::-1]):
        lane = drawn[drawn["guest"] == guest]
        y += 0.8 + (0.55 * lane["depth"].max() if len(lane) else 0)  # visits of one year stand on each other
        label = translate_figure("pair.lane", guest=short_name(guest), host=short_name(host))
        ticks[str(label)] = y
        axes.axhline(y + 0.35, color=RULE, lw=0.8, zorder=1)
        shade = colour(guest)
        for visit in lane.itertuples():
            at, line = (visit.year, y - 0.55 * visit.depth), "-" if visit.status == "held" else ":"
            face, ink = (shade, text_colour_on(shade)) if visit.leader else ("white", INK)
            axes.scatter(*at, s=170, linewidth=1.4, zorder=3, edgecolor=shade, facecolor=face, linestyle=line)
            letter = "?" if pd.isna(visit.type) else visit.type[0].upper()
            axes.text(*at, letter, ha="center", va="center_baseline", fontsize=8.5, color=ink, zorder=4)
        visits = "; ".join(map(_visit_words, lane.itertuples()))
        lines.append(f"{label.replace(chr(10), ' ')}: {visits or NONE_FOUND}.")
    years = (drawn["year"].min() - 0.6, drawn["year"].max() + 0.6)
    axes.set(xlim=years, ylim=(y + 0.4, 0), xlabel=translate_figure("axis.year"))
    axes.set_yticks(list(ticks.values()), list(ticks), fontsize=9)
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.0 + 0.55 * y)
    types = join_list(f"{kind[0].upper()} {kind}" for kind in drawn["type"].cat.categories)
    caption = (
        f"Visits by guest and year (n = {len(drawn)}; not drawn, without date or direction: {len(rows) - len(drawn)}). "
        f"{types}, ? unknown. Full: held, by a head of state; hollow: by somebody else; dotted: not known to have been "
        "held. The list is incomplete: an empty year is unknown."
    )
    title = translate_figure("pair.visits", n=int(drawn["leader"].sum()), names=[short_name(state) for state in states])
    return Drawing(title, f"Visits by guest and year. {' '.join(lines)}", caption, drawn[columns], [drawn["source"]])


def _visit_words(visit: Any) -> str:
    """``2017-04-18 state``, or ``2019 official, planned``."""
    kinds = " or ".join(kind for kind in (visit.type, visit.type_2) if pd.notna(kind))
    guest = "" if visit.guest_rank == "head_of_state" else ", not by the head of state"
    status = "" if visit.status == "held" else f", {plain(visit.status)}"
    return f"{visit.date} {kinds or 'type unknown'}{guest}{status}"


@figure
def milestone_lanes(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """A timeline of the milestones that name both states: one lane a theme."""
    return ties.draw_milestones(canvas, ties.milestones(check_pair(pair)), (first_year, last_year), pair_name(pair))


@figure
def theme_grid(canvas: Any, pair: str) -> Drawing:
    """What two states named at the consultative meetings: a column a meeting, a row a theme, a box where both did.

    In a cell the left half stands for the first state, the right half for the second; a cross is a refusal, a point
    unknown.
    """
    states, table = check_pair(pair), named_themes(pair)
    names, data = [short_name(state) for state in states], table.reset_index()
    if table.empty:
        words = f"The agenda of the meetings holds no speech for at least one of {join_list(names)}."
        return draw_nothing(canvas, words, "A state whose speeches were not coded is unknown, not silent.", data)
    meetings, themes = (list(table.index.unique(level)) for level in table.index.names)
    dates = load("meetings").set_index("meeting_id")["date"].str[:4]
    axes, titles = canvas.subplots(), commitments.domain_titles()
    known = data.fillna(dict.fromkeys(states, 0) | {"both": False})
    for meeting, theme, *named, both in known.itertuples(index=False):
        x, y = meetings.index(meeting), themes.index(theme)
        for state, middle, own in zip(states, (x - 0.15, x + 0.15), named, strict=True):
            if own == 1:
                draw_box(axes, middle, y, 0.3, 0.6, facecolor=colour(state), linewidth=0)
            elif own == -1:
                draw_mark(axes, middle, y, CROSS, colour(state))
            else:
                axes.text(middle, y, "·", ha="center", va="center", color=FAINT, fontsize=8.5)
        if both:
            draw_box(axes, x, y, 0.76, 0.8, facecolor="none", edgecolor=INK, linewidth=1.5)
    frame_grid(axes, [titles[theme] for theme in themes], [dates[meeting] for meeting in meetings])
    axes.set_xlabel(translate_figure("themes.axis"))
    canvas.set_figheight(1.2 + 0.29 * len(themes))
    both = data[data["both"].fillna(False)]
    by_meeting = both.groupby("meeting_id", sort=False)["domain"]
    words = " ".join(f"{dates[meeting]}: {'; '.join(titles[own])}." for meeting, own in by_meeting)
    counts = join_list(f"{name} {(table[state] == 1).sum()}" for name, state in zip(names, states, strict=True))
    against = "; ".join(
        f"{name} refused {titles[theme]} in {dates[meeting]}"
        for name, state in zip(names, states, strict=True)
        for meeting, theme in table.index[table[state].eq(-1).fillna(False)]
    )
    caption = (
        f"Themes named in the speeches at {pluralize(len(meetings), 'meeting')} (n = {len(table)} entries). Left, in "
        f"its colour: {names[0]}; right: {names[1]}; framed: both. A cross: named to refuse it. A point: the part read "
        f"does not settle it."
    )
    alt_text = f"Grid of themes by meeting. Named by both: {words or 'nothing.'} Cells named by each: {counts}."
    alt_text += f" {against}." if against else ""
    return Drawing(translate_figure("themes.title", names=names, n=len(both)), alt_text, caption, data)


@figure
def denominator_grid(canvas: Any, pair: str) -> Drawing:
    """The article's common denominator at the events of a pair: a row a theme, a column a year, full where named."""
    table, names = common_denominator(pair), [short_name(state) for state in check_pair(pair)]
    data = table.reset_index(names="domain")
    if table.empty:
        words = f"The data hold no agenda of events between {join_list(names)}."
        return draw_nothing(canvas, words, "Not coded is unknown, not absent.", data)
    titles = commitments.domain_titles()[table.index]
    axes, years, lines = canvas.subplots(), list(table.columns), []
    for y, (theme, row) in enumerate(table.fillna(-1).iterrows()):
        for x, value in enumerate(row):
            if value == 1:
                draw_box(axes, x, y, 0.72, 0.64, facecolor=INK, linewidth=0)
            else:
                axes.text(x, y, "0" if value == 0 else "·", ha="center", va="center", color=FAINT, fontsize=9)
        lines.append(f"{titles[theme]}: {join_list(row.index[row == 1])}.")
    frame_grid(axes, list(titles), years)
    axes.set_xlabel(translate_figure("denominator.axis"))
    canvas.set_figheight(1.2 + 0.32 * len(table))
    latest = int((table[years[-1]] == 1).sum())
    caption = (
        f"The themes that the article calls the common ground of Turkmenistan and Kazakhstan, at the events "
        f"coded (n = {pluralize(len(years), 'year')}). Full: named in at least one event of the year; a point: the "
        f"part read does not settle it. Innovation is coded apart here: the row on digitalisation is digital only."
    )
    title = translate_figure("denominator.title", n=latest, themes=len(table), names=names, year=years[-1])
    return Drawing(title, f"Grid of themes by year in which they were named. {' '.join(lines)}", caption, data)
