"""The figures of one pair of states: its level, visits and milestones."""

from typing import Any

import pandas as pd

from centralasia import ties
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, widest
from centralasia.figures.marks import TEXT_BOX, name_lanes, whole_years
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import INK, RULE, is_narrow, text_colour_on
from centralasia.names import colour, level_name, short_name, short_names
from centralasia.regions import check_pair, pair_name
from datacontract.language import _, join_list, ngettext
from datacontract.phrases import date_words
from datacontract.words import MarkdownText, sentence

__all__ = ["level_steps", "milestone_lanes", "visit_lanes"]


@figure
def level_steps(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """The level of one pair, as ``"KAZ-TKM"``, in the years drawn, with its other acts below.

    >>> pairs.level_steps("KAZ-TKM", 1992, 2019).title
    Kazakhstan–Turkmenistan in 2019: strategic, since 2017
    """
    names, scale, rows = short_names(check_pair(pair)), ties.levels(), ties.events([pair])
    dated = rows[rows["first"].dt.year.between(first_year, last_year)]
    if dated.empty:
        words = _(
            "No dated act of {names} was found in the sources read, {first} to {last}.",
            names=names,
            first=first_year,
            last=last_year,
        )
        return draw_nothing(canvas, words, _("None found is unknown: it does not prove that there is none."), dated)
    signed, other = dated[dated["labelled"]], dated[~dated["labelled"]]
    steps, held = ties.upgrades([pair], last_year), ties.level_at(pair, last_year)
    axes, heights = canvas.subplots(), {level: -rank for rank, level in enumerate(scale, 1)}  # y points up here
    ties.draw_blocks(axes, 0, steps, heights, (first_year, last_year + 1))
    for act in signed.itertuples():
        ties.draw_signature(axes, -heights[act.level], act)
    year = (0.52 if is_narrow(canvas) else 0.6) * 72 * canvas.get_figwidth() / (last_year + 1 - first_year)  # points
    for step in steps[steps["first"].dt.year >= first_year].itertuples():
        when = str(step.first.year) if is_narrow(canvas) else date_words(step.date)
        early = (ties.mid_year(step) - first_year) * year < widest([when], 9) + 8  # away from the names at the left
        where = {"xytext": (6 if early else -6, 7), "textcoords": "offset points", "ha": "left" if early else "right"}
        axes.annotate(when, (ties.mid_year(step), -heights[step.level]), fontsize=9, bbox=TEXT_BOX, zorder=4.5, **where)
    for act in other.itertuples():
        axes.scatter(ties.mid_year(act), -0.75, marker="|", s=90, color=INK, linewidth=1.4, zorder=4)
        name_mark(axes, ties.mid_year(act), -0.75, with_sources(f"{date_words(act.date)}: {_(act.act)}", act.source))
    ticks = [fill_lines(level_name(level), 27) for level in (None, *scale)]
    axes.set(xlim=(first_year, last_year + 1), ylim=(-1.2, len(scale) + 0.6), xlabel=_("Year"))
    axes.set_yticks([-0.75, *range(len(scale) + 1)], [_("other acts"), *ticks])
    whole_years(axes)
    axes.spines[["left"]].set_visible(False)
    canvas.set_figheight(3.3)
    title = _("{pair} in {year}: no label found", pair=pair_name(pair), year=last_year)
    if held.since:
        title = _(
            "{pair} in {year}: {level}, since {since}",
            pair=pair_name(pair),
            year=last_year,
            level=level_name(held.level),
            since=held.since[:4],
        )
    undated = int(rows["date"].isna().sum())
    counted = _(
        "Signatures with a label (n = {signed}) and other acts (n = {other}).", signed=len(signed), other=len(other)
    )
    left_out = ngettext("Not drawn: {n} undated act.", "Not drawn: {n} undated acts.", undated) if undated else ""
    marks = [ties.signature_words(), _("Dotted line: none found up to then.")]
    caption = MarkdownText(" ".join(filter(None, [counted, left_out, *marks])))
    alt_text = _(
        "Step chart of the level of ties of {names}. Labels: {labels}. Other acts: {acts}.",
        names=names,
        labels=ties.list_signatures(signed),
        acts="; ".join(" ".join([act.date, _(act.act)]) for act in other.itertuples()) or _("none"),
    )
    drawn = dated[["tie_id", "date", "event", "instrument", "level", "act", "confidence", "source"]]
    return Drawing(title, alt_text, caption, drawn, [drawn["source"]])


@figure
def visit_lanes(canvas: Any, pair: str) -> Drawing:
    """The visits between two states: a lane for each direction, the letter in a marker is the rank of the visit.

    >>> figure = pairs.visit_lanes("KAZ-TKM")
    >>> figure.data.set_index("date")[["guest", "host", "type", "person"]].head(2)
               guest host     type             person
    date
    2014-12-02   KAZ  TKM  working         Nazarbayev
    2017-04-18   TKM  KAZ    state  G. Berdimuhamedov
    """
    states, rows = check_pair(pair), ties.visits([pair], None)
    drawn = rows[rows["year"].notna() & rows["guest"].notna()]
    columns = ["visit_id", "date", "guest", "host", "status", "guest_rank", "type", "type_2", "person", "source"]
    if drawn.empty:
        words = _("No dated visit between {names} was found in the sources read.", names=short_names(states))
        return draw_nothing(canvas, words, _("The list of visits is known to be incomplete."), drawn[columns])
    drawn = drawn.assign(depth=drawn.groupby(["guest", "year"]).cumcount())
    axes, y, lanes, lines = canvas.subplots(), 0.0, {}, []
    for guest, host in (states, states[::-1]):
        lane = drawn[drawn["guest"] == guest]
        high = y + (1.15 if is_narrow(canvas) else 0.8)  # a narrow lane has its name above it
        y = high + (0.55 * lane["depth"].max() if len(lane) else 0)  # visits of one year stand on each other
        label = _("{guest}\nin {host}", guest=short_name(guest), host=short_name(host))
        lanes[str(label)] = y, high
        axes.axhline(y + 0.35, color=RULE, lw=0.8, zorder=1)
        shade = colour(guest)
        for visit in lane.itertuples():
            at, line = (visit.year, y - 0.55 * visit.depth), "-" if visit.status == "held" else ":"
            face, ink = (shade, text_colour_on(shade)) if visit.leader else ("white", INK)
            axes.scatter(*at, s=170, linewidth=1.4, zorder=3, edgecolor=shade, facecolor=face, linestyle=line)
            letter = "?" if pd.isna(visit.type) else _letter(visit.type)
            axes.text(*at, letter, ha="center", va="center_baseline", fontsize=8.5, color=ink, zorder=4)
            said = f"{label.replace(chr(10), ' ')}: {_visit_words(visit)}"
            said += "" if pd.isna(visit.person) else f", {_(visit.person)}"
            name_mark(axes, *at, with_sources(said, visit.source))
        visits = "; ".join(map(_visit_words, lane.itertuples())) or _("none found")
        lines.append(sentence(f"{label.replace(chr(10), ' ')}: {visits}"))
    years = (drawn["year"].min() - 0.6, drawn["year"].max() + 0.6)
    axes.set(xlim=years, ylim=(y + 0.4, 0), xlabel=_("Year"))
    name_lanes(axes, lanes)
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.0 + 0.55 * y)
    leaders, undrawn = int(drawn["leader"].sum()), len(rows) - len(drawn)
    counted = _("Visits by guest and year (n = {n}).", n=len(drawn))
    left_out = (
        ngettext(
            "Not drawn: {n} visit without a date or a direction.",
            "Not drawn: {n} visits without a date or a direction.",
            undrawn,
        )
        if undrawn
        else ""
    )
    marks = _(
        "{types}, ? unknown. Full: held, by a head of state; hollow: by somebody else; dotted: not known to have been "
        "held. The list is incomplete: an empty year is unknown.",
        types=[f"{_letter(kind)} {ties.visit_type(kind)}" for kind in drawn["type"].cat.categories],
    )
    return Drawing(
        ngettext(
            "At least {n} visit of heads of state between {names}",
            "At least {n} visits of heads of state between {names}",
            leaders,
            names=short_names(states),
        ),
        _("Visits by guest and year. {words}", words=" ".join(lines)),
        MarkdownText(" ".join(filter(None, [counted, left_out, marks]))),
        drawn[columns],
        [drawn["source"]],
    )


def _letter(kind: str) -> str:
    """The letter that stands for a type of visit."""
    return ties.visit_type(kind)[0].upper()


def _visit_words(visit: Any) -> str:
    """``2017-04-18 state``, or ``2019 official, planned``."""
    kinds = [ties.visit_type(kind) for kind in (visit.type, visit.type_2) if pd.notna(kind)]
    words = join_list(kinds, "or") if kinds else _("type unknown")
    said = [f"{visit.date} {words}"]
    said += [] if visit.guest_rank == "head_of_state" else [_("not by the head of state")]
    said += [] if visit.status == "held" else [ties.visit_status(visit.status)]
    return ", ".join(said)


@figure
def milestone_lanes(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """A timeline of the milestones that name both states: one lane a theme.

    >>> pairs.milestone_lanes("KAZ-TKM", 1992, 2015).title
    Milestones that name Kazakhstan–Turkmenistan, from 2001 to 2015
    """
    return ties.draw_milestones(canvas, ties.milestones(check_pair(pair)), (first_year, last_year), pair_name(pair))
