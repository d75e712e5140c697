"""The figures of contacts between the pairs of a region: visits and milestones."""

from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.grids import HATCH, draw_box, frame_grid
from centralasia.figures.marks import bold_ticks, confidence_style, name_lanes, whole_years
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, INK, RULE, is_narrow, text_colour_on
from centralasia.names import NONE_FOUND, colour, short_name, short_names
from centralasia.regions import members_at_end, pair_name, pairs_at_end, states_of
from centralasia.ties import contacts, register
from centralasia.ties.marks import named_level
from datacontract.language import _, join_list, ngettext
from datacontract.phrases import date_words, years_between
from datacontract.sources import SEPARATOR
from datacontract.words import sentence

__all__ = ["draw_milestones", "milestone_lanes", "visit_grid"]


@figure
def visit_grid(canvas: Any, region: str, state: str, first_year: int, last_year: int) -> Drawing:
    """A grid of the visits of heads of state that were found: a row a pair, a column a year, the number in the cell.

    Parameters are those of `level_steps`. An empty cell is unknown, not zero.

    >>> ties.visit_grid("C5", "KAZ", 1992, 2019).title
    At least 65 visits of heads of state; late years were read more fully
    """
    pairs = pairs_at_end(region, last_year)
    looked_for = register.searched("visits")
    counts = contacts.visit_counts(pairs, range(first_year, last_year + 1))
    known = counts.columns[counts.notna().any()]
    if known.empty:
        words = _("No visit between these states was found for {first} to {last}.", first=first_year, last=last_year)
        return draw_nothing(canvas, words, _("The list of visits is known to be incomplete."), counts.reset_index())
    counts = counts.loc[:, known[0] :]
    rows = contacts.visits(pairs).query("leader and year in @counts.columns")
    axes, deepest, lines = canvas.subplots(), int(counts.max().max()), []
    for y, (pair, row) in enumerate(counts.iterrows()):
        for x, found in enumerate(row):
            if pd.isna(found) and pair not in looked_for:
                draw_box(axes, x, y, 1, 0.84, facecolor="white", **HATCH)
            elif pd.isna(found):
                axes.text(x, y, "·", color=FAINT, ha="center", va="center", fontsize=9)
            else:
                shade = (0.92 - 0.62 * found / deepest,) * 3
                draw_box(axes, x, y, 0.92, 0.84, facecolor=shade, linewidth=0)
                axes.text(x, y, int(found), ha="center", va="center", fontsize=9.5, color=text_colour_on(shade))
                own = rows[(rows["pair"] == pair) & (rows["year"] == counts.columns[x])]
                name_mark(axes, x, y, "; ".join(map(visit_words, own.itertuples())), 0.92, 0.84)
        years = ", ".join(f"{year} {int(n)}" for year, n in row.dropna().items())
        none = named_level(NONE_FOUND if pair in looked_for else register.NOT_SEARCHED)
        lines.append(sentence(f"{pair_name(pair)}: {years or none}"))
    columns = [str(year)[2:] if i else str(year) for i, year in enumerate(counts.columns)]
    frame_grid(axes, [pair_name(pair) for pair in pairs], columns)
    bold_ticks(axes.get_yticklabels(), [state in states_of(pair) for pair in pairs])
    axes.set_xlabel(_("Year"))
    canvas.set_figheight(1.0 + 0.3 * len(pairs))
    total = int(counts.sum(axis=1).sum())
    title = ngettext(
        "At least {n} visit of heads of state; late years were read more fully",
        "At least {n} visits of heads of state; late years were read more fully",
        total,
    )
    caption = _(
        "Held visits of heads of state by pair and year (n = {n}). The list is incomplete: numbers are lower bounds "
        "and no trend; a point means that none was found, not that there was none.",
        n=total,
    )
    hatched = [] if {*counts.index} <= looked_for else [_("Hatched: nobody searched.")]
    alt_text = _("Grid of visits by pair and year. {pairs}", pairs=" ".join(lines))
    return Drawing(title, alt_text, " ".join([caption, *hatched]), counts.reset_index(), [rows["source"]])


@figure
def milestone_lanes(canvas: Any, region: str, state: str, first_year: int, last_year: int) -> Drawing:
    """A timeline: one lane a theme, one marker a milestone, those of `state` in its colour.

    Parameters are those of `level_steps`; drawn are the milestones that name a member of the region.

    >>> ties.milestone_lanes("C5", "KAZ", 2000, 2010).title
    Milestones of the region, in colour those of Kazakhstan, from 2000 to 2009
    """
    rows = pd.concat([contacts.milestones([member]) for member in members_at_end(region, last_year)])
    rows = rows.drop_duplicates("milestone_id").sort_values("date", kind="stable")
    return draw_milestones(canvas, rows, (first_year, last_year), short_name(state), state)


def draw_milestones(canvas: Any, rows: pd.DataFrame, years: tuple[int, int], name: str, state: str = "") -> Drawing:
    """Draws milestones in a lane for each theme, those of a state, if one is given, large and in its colour.

    `years` are the first and the last that are drawn; `name` says in words to whom the milestones belong.

    >>> from matplotlib.figure import Figure
    >>> rows = ties.milestones(["KGZ", "TJK"])
    >>> ties.draw_milestones(Figure(), rows, (1992, 2018), "Kyrgyzstan and Tajikistan").title
    Milestones that name Kyrgyzstan and Tajikistan, from 2000 to 2018
    """
    dated, undated = rows[rows["year"].between(*years)], int(rows["year"].isna().sum())
    drawn_years = {"first": years[0], "last": years[1]}
    left_out = ngettext("{n} undated one", "{n} undated ones", undated)
    if beyond := len(rows) - len(dated) - undated:
        left_out = _("{undated} and {beyond} outside {first} to {last}", undated=left_out, beyond=beyond, **drawn_years)
    if dated.empty:
        words = _("No dated milestone of {name} was found for {first} to {last}.", name=name, **drawn_years)
        caption = _("The list is no complete chronicle; not drawn: {left_out}.", left_out=left_out)
        return draw_nothing(canvas, words, caption, dated)
    own = dated["milestone_id"].isin(contacts.milestones([state])["milestone_id"]) if state else True
    dated = dated.assign(depth=dated.groupby(["theme", "year"]).cumcount(), named=own)
    narrow, shade = is_narrow(canvas), colour(state) if state else INK
    room = 1.5 if narrow else 0.7  # years, for whole marks at both ends
    span = years[0] - room, years[1] + room
    axes, y, lanes, lines = canvas.subplots(), 0.0, {}, []
    for theme, lane in dated.groupby("theme"):
        high = y + (1.2 if narrow else 0.75)  # a narrow lane has its name above it
        y = high + 0.5 * lane["depth"].max()  # facts of one year stand on each other
        lanes[f"{contacts.theme_name(theme)} ({len(lane)})"] = y, high
        axes.plot(span, [y + 0.3, y + 0.3], color=RULE, lw=0.8, zorder=1)
        for fact in lane.itertuples():
            style = confidence_style(fact.confidence, shade if fact.named else FAINT)
            size = (52 if fact.named else 22) / (2 if narrow else 1)
            axes.scatter(fact.year, y - 0.5 * fact.depth, s=size, linewidth=1.0 if narrow else 1.4, zorder=3, **style)
            said = f"{date_words(fact.date)}, {_fact_words(fact)}"
            name_mark(axes, fact.year, y - 0.5 * fact.depth, with_sources(said, fact.source))
        facts = "; ".join(f"{fact.date} {_fact_words(fact)}" for fact in lane.itertuples())
        lines.append(sentence(f"{contacts.theme_name(theme)}: {facts}"))
    axes.set(xlim=span, ylim=(y + 0.35, 0), xlabel=_("Year"))
    name_lanes(axes, lanes)
    whole_years(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.0 + 0.42 * y)
    when = years_between(int(dated["year"].min()), int(dated["year"].max()))
    notes = (
        [_("Dated facts by theme (n = {n}; not drawn: {left_out}).", n=len(dated), left_out=left_out)]
        if len(dated) < len(rows)
        else [_("Dated facts by theme (n = {n}).", n=len(dated))]
    )
    if state:
        title = _("Milestones of the region, in colour those of {name}, {when}", name=name, when=when)
        notes.append(_("Large, in colour: those that name {name}.", name=name))
    else:
        title = _("Milestones that name {name}, {when}", name=name, when=when)
    notes.append(_("Full marker: high confidence; hollow: medium; dotted: low. No complete chronicle."))
    alt_text = _("Timeline of milestones by theme. {themes}", themes=" ".join(lines))
    drawn = dated[["milestone_id", "theme", "date", "parties", "subject", "fact", "confidence", "source"]]
    return Drawing(title, alt_text, " ".join(notes), drawn, [drawn["source"]])


def visit_words(visit: Any) -> str:
    """A visit that has a date: when, who came to whom, and who says so."""
    if pd.isna(visit.guest):
        return with_sources(f"{date_words(visit.date)}: {pair_name(visit.pair)}", visit.source)
    guest, host = short_name(visit.guest), short_name(visit.host)
    guest = guest if pd.isna(visit.person) else f"{guest} ({_(visit.person)})"
    return with_sources(
        _("{date}: {guest} in {host}", date=date_words(visit.date), guest=guest, host=host), visit.source
    )


def _fact_words(fact: Any) -> str:
    """A milestone in words: ``land border (Kazakhstan and Kyrgyzstan), treaty on delimitation``."""
    return f"{_(fact.subject)} ({join_list(short_names(fact.parties.split(SEPARATOR)))}), {_(fact.fact)}"
