"""The figures of one pair of states."""

import textwrap

import pandas as pd

from centralasia import ties
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import INK, RULE, WIDTH, text_colour_on
from centralasia.names import NONE_FOUND, colour, level_name, short_name
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from centralasia.ties.contact_figures import lanes
from centralasia.ties.figures import MARKER_WORDS, empty, keys, mark, signed_words, step_blocks, year_of
from datacontract.labels import translate_figure
from datacontract.words import join_list, pluralize

__all__ = ["pair_milestones", "pair_steps", "pair_visits"]


@figure
def pair_steps(canvas, pair, first_year, last_year, minimum_confidence="low"):
    """The level of one pair over time, with its other acts below.

    Parameters
    ----------
    pair : str
        Two states, as ``"KAZ-TKM"``.
    first_year, last_year : int
        The years drawn.
    minimum_confidence : str
        See `centralasia.ties.acts`.
    """
    name, scale = pair_name(pair, " and "), ties.levels()
    rows = ties.acts([pair], minimum_confidence)
    dated = rows[rows["first"].dt.year.between(first_year, last_year)]
    if dated.empty:
        words = f"No dated act of {name} was found in the sources read, {first_year} to {last_year}."
        return *empty(canvas, words), "None found is unknown: it does not prove that there is none.", dated
    signed = dated[(dated["event"] == "signature") & dated["level"].notna()]
    other = dated.drop(signed.index)
    steps = ties.transitions([pair], last_year, minimum_confidence)
    axes, rank = canvas.subplots(), {level: i + 1 for i, level in enumerate(scale)}
    step_blocks(axes, 0, steps, {level: -i for level, i in rank.items()}, (first_year, last_year + 1))
    for act in signed.itertuples():
        mark(axes, year_of(act.first, act.last), rank[act.level], act)
    for step in steps[steps["first"].dt.year >= first_year].itertuples():
        where = {"xytext": (-6, 4), "textcoords": "offset points", "ha": "right", "fontsize": 9}
        axes.annotate(step.date, (year_of(step.first, step.last), rank[step.level]), **where)
    for act in other.itertuples():
        axes.scatter(year_of(act.first, act.last), -0.75, marker="|", s=90, color=INK, linewidth=1.4, zorder=4)
    levels = [textwrap.fill(level_name(level), 27) for level in (None, *scale)]
    axes.set(xlim=(first_year, last_year + 1), ylim=(-1.2, len(scale) + 0.6), xlabel=translate_figure("axis.year"))
    axes.set_yticks([-0.75, *range(len(scale) + 1)], [translate_figure("pair.other_acts"), *levels])
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["left"]].set_visible(False)
    canvas.set_size_inches(WIDTH, 3.3)
    now = ties.level_at(pair, last_year, minimum_confidence)
    told = {"level": level_name(now.level), "since": now.since[:4]} if now.level else {}
    name_of = {"pair": pair_name(pair), "year": last_year}
    title = translate_figure("pair.title" if told else "pair.title_none", **name_of, **told)
    draw_title(canvas, title)
    rest = "; ".join(f"{a.date} {a.act}" for a in other.itertuples()) or "none"
    words = f"Step chart of the level of ties of {name}. Labels: {signed_words(signed)}. Other acts: {rest}."
    undated = int(rows["date"].isna().sum())
    caption = (
        f"Signatures with a label (n = {len(signed)}) and other acts (n = {len(other)}); not drawn: "
        f"{pluralize(undated, 'undated act')}. {MARKER_WORDS} Dotted line: none found up to then. Sources: {keys(dated)}."
    )
    return (
        title,
        words,
        caption,
        dated[["tie_id", "date", "event", "instrument", "level", "act", "confidence", "source"]],
    )


@figure
def pair_visits(canvas, pair):
    """The visits between two states: a lane for each direction, the letter in a marker is the rank of the visit."""
    states = check_pair(pair)
    rows = ties.visits([pair], None)
    drawn = rows[rows["year"].notna() & rows["guest"].notna()]
    if drawn.empty:
        words = f"No dated visit between {pair_name(pair, ' and ')} was found in the sources read."
        return *empty(canvas, words), "The list of visits is known to be incomplete.", drawn
    drawn = drawn.assign(depth=drawn.groupby(["guest", "year"], observed=True).cumcount())
    axes, y, ticks = canvas.subplots(), 0.0, {}
    for guest, host in (states, states[::-1]):
        lane = drawn[drawn["guest"] == guest]
        y += 0.8 + (0.55 * lane["depth"].max() if len(lane) else 0)  # visits of one year stand on each other
        ticks[str(translate_figure("pair.lane", guest=short_name(guest), host=short_name(host)))] = y
        axes.axhline(y + 0.35, color=RULE, lw=0.8, zorder=1)
        for visit in lane.itertuples():
            _draw_visit(axes, visit.year, y - 0.55 * visit.depth, visit, colour(guest))
    axes.set(
        xlim=(drawn["year"].min() - 0.6, drawn["year"].max() + 0.6),
        ylim=(y + 0.4, 0),
        xlabel=translate_figure("axis.year"),
    )
    axes.set_yticks(list(ticks.values()), list(ticks), fontsize=9)
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_size_inches(WIDTH, 1.0 + 0.55 * y)
    leaders = (drawn["status"] == "held") & (drawn["guest_rank"] == "head_of_state")
    title = translate_figure("pair.visits", n=int(leaders.sum()), names=[short_name(s) for s in states])
    draw_title(canvas, title)
    types = join_list(f"{t[0].upper()} {t}" for t in load("visits")["type"].cat.categories)
    caption = (
        f"Visits by guest and year (n = {len(drawn)}; not drawn, without date or direction: {len(rows) - len(drawn)}). "
        f"{types}, ? unknown. Full: held, by a head of state; hollow: by somebody else; dotted: not known to have been "
        f"held. The list is incomplete: an empty year is unknown. Sources: {keys(drawn)}."
    )
    columns = ["visit_id", "date", "guest", "host", "status", "guest_rank", "type", "type_2", "person", "source"]
    words = " ".join(
        f"{label.replace(chr(10), ' ')}: {_visit_words(drawn[drawn['guest'] == guest])}."
        for label, guest in zip(ticks, states, strict=True)
    )
    return title, f"Visits by guest and year. {words}", caption, drawn[columns]


def _draw_visit(axes, x, y, visit, shade):
    held = visit.status == "held"
    full = held and visit.guest_rank == "head_of_state"
    style = {"facecolor": shade if full else "white", "edgecolor": shade, "linestyle": "-" if held else ":"}
    axes.scatter(x, y, s=170, linewidth=1.4, zorder=3, **style)
    letter = "?" if pd.isna(visit.type) else visit.type[0].upper()
    ink = text_colour_on(shade) if full else INK
    axes.text(x, y, letter, ha="center", va="center_baseline", fontsize=8.5, color=ink, zorder=4)


def _visit_words(lane):
    """``2017-04-18 state; 2019 official, planned``: every visit of a lane."""
    told = []
    for visit in lane.itertuples():
        kinds = [kind for kind in (visit.type, visit.type_2) if pd.notna(kind)]
        parts = [f"{visit.date} {' or '.join(kinds) or 'type unknown'}"]
        parts += ["not by the head of state"] * (visit.guest_rank != "head_of_state")
        parts += [visit.status.replace("_", " ")] * (visit.status != "held")
        told.append(", ".join(parts))
    return "; ".join(told) or NONE_FOUND


@figure
def pair_milestones(canvas, pair, first_year, last_year):
    """A timeline of the milestones that name both states: one lane a theme."""
    rows = ties.milestones(check_pair(pair))
    return lanes(canvas, rows, (first_year, last_year), set(rows["milestone_id"]), None, pair_name(pair))
