"""The figures of contacts: visits and milestones."""

import pandas as pd

from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import FAINT, INK, RULE, WIDTH, text_colour_on
from centralasia.names import NONE_FOUND, colour, short_name
from centralasia.regions import check_pair, members, pair_name, pairs
from centralasia.ties import contacts
from centralasia.ties.figures import EDGE, empty, keys
from centralasia.ties.tables import theme_name
from datacontract.labels import translate_figure
from datacontract.words import pluralize

__all__ = ["lanes", "milestone_lanes", "visit_grid"]


@figure
def visit_grid(canvas, region, state, first_year, last_year):
    """A grid of the visits of heads of state that were found: a row a pair, a column a year, the number in the cell.

    Parameters are those of `centralasia.ties.level_steps`. An empty cell is unknown, not zero.
    """
    of = pairs(region, f"{last_year}-12-31")
    counts = contacts.visit_counts(of, range(first_year, last_year + 1))
    known = counts.columns[counts.notna().any()]
    if known.empty:
        words = f"No visit between these states was found for {first_year} to {last_year}."
        return *empty(canvas, words), "The list of visits is known to be incomplete.", counts.reset_index()
    counts = counts.loc[:, known[0] :]
    axes, deepest = canvas.subplots(), int(counts.max().max())
    for row, pair in enumerate(of):
        for column, year in enumerate(counts.columns):
            found = counts.loc[pair, year]
            if pd.isna(found):
                axes.text(column, row, "·", color=FAINT, ha="center", va="center", fontsize=9)
            else:
                shade = 0.92 - 0.62 * found / deepest
                axes.add_patch(_cell(column, row, (shade,) * 3))
                axes.text(
                    column,
                    row,
                    str(found),
                    ha="center",
                    va="center",
                    fontsize=9.5,
                    color=text_colour_on((shade,) * 3),
                )
    axes.set(xlim=(-0.6, len(counts.columns) - 0.4), ylim=(len(of) - 0.4, -0.6))
    axes.set_xticks(
        range(len(counts.columns)),
        [f"{str(year)[2:]}" if i else str(year) for i, year in enumerate(counts.columns)],
        fontsize=9,
    )
    axes.set_yticks(range(len(of)), [pair_name(pair) for pair in of], fontsize=9)
    for label, pair in zip(axes.get_yticklabels(), of, strict=True):
        label.set_fontweight("bold" if state in pair.split("-") else "normal")
    axes.spines[:].set_visible(False)
    axes.set_xlabel(translate_figure("axis.year"))
    canvas.set_size_inches(WIDTH, 1.0 + 0.3 * len(of))
    total, totals = int(counts.sum().sum()), counts.sum(axis=1)
    best = totals.index[totals == totals.max()]
    title = translate_figure("visits.title", n=total)
    if len(best) == 1:
        names = [short_name(s) for s in check_pair(best[0])]
        title = translate_figure("visits.title_most", n=total, names=names, most=totals.max())
    draw_title(canvas, title)
    words = " ".join(
        f"{pair_name(pair)}: {', '.join(f'{year} {n}' for year, n in row.dropna().items()) or NONE_FOUND}."
        for pair, row in counts.iterrows()
    )
    rows = contacts.visits(of)
    rows = rows[(rows["guest_rank"] == "head_of_state") & rows["year"].isin(counts.columns)]
    caption = (
        f"Held visits of heads of state by pair and year (n = {total}). The list is incomplete: numbers are lower "
        f"bounds, a point means that none was found, not that there was none; early years were read more thinly. "
        f"Sources: {keys(rows)}."
    )
    return title, f"Grid of visits by pair and year. {words}", caption, counts.reset_index()


def _cell(column, row, shade):
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.46, row - 0.42), 0.92, 0.84, facecolor=shade, linewidth=0)


@figure
def milestone_lanes(canvas, region, state, first_year, last_year):
    """A timeline: one lane a theme, one marker a milestone, those of `state` in its colour.

    Parameters are those of `centralasia.ties.level_steps`; drawn are the milestones that name a member of
    the region.
    """
    own = members(region, f"{last_year}-12-31")
    rows = pd.concat([contacts.milestones([member]) for member in own]).drop_duplicates("milestone_id")
    rows = rows.sort_values("date", kind="stable")
    named = set(contacts.milestones([state])["milestone_id"])
    return lanes(canvas, rows, (first_year, last_year), named, state, short_name(state))


def lanes(canvas, rows, span, named, state, whose):
    """Draws milestones in a lane for each theme; those in `named` are large and in the colour of `state`, if any.

    `whose` says in words to whom the milestones belong. Returns what a figure returns.
    """
    dated = rows[rows["year"].between(*span)]
    undated = pluralize(int(rows["year"].isna().sum()), "undated one")
    if beyond := int((rows["year"].notna() & ~rows["year"].between(*span)).sum()):
        undated += f" and {beyond} outside {span[0]} to {span[1]}"
    if dated.empty:
        words = f"No dated milestone of {whose} was found for {span[0]} to {span[1]}."
        return *empty(canvas, words), f"The list is no complete chronicle; not drawn: {undated}.", dated
    dated = dated.assign(depth=dated.groupby(["theme", "year"], observed=True).cumcount())
    axes, y, ticks = canvas.subplots(), 0.0, []
    for theme, lane in dated.groupby("theme", observed=True):
        y += 0.5 * lane["depth"].max() + 0.75  # facts of one year stand on each other
        ticks.append((y, f"{theme_name(theme)} ({len(lane)})"))
        axes.plot([span[0] - 0.5, span[1] + 0.5], [y + 0.3, y + 0.3], color=RULE, lw=0.8, zorder=1)
        for fact in lane.itertuples():
            own = fact.milestone_id in named
            shade = (colour(state) if state else INK) if own else FAINT
            face = shade if fact.confidence == "high" else "white"
            style = {"s": 52 if own else 22, "facecolor": face, "edgecolor": shade, "linestyle": EDGE[fact.confidence]}
            axes.scatter(fact.year, y - 0.5 * fact.depth, linewidth=1.4, zorder=3, **style)
    axes.set(xlim=(span[0] - 0.5, span[1] + 0.5), ylim=(y + 0.35, 0), xlabel=translate_figure("axis.year"))
    axes.set_yticks([t for t, _ in ticks], [label for _, label in ticks], fontsize=9)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_size_inches(WIDTH, 1.0 + 0.42 * y)
    of = int(dated["milestone_id"].isin(named).sum())
    ends = dict.fromkeys([dated["year"].min(), dated["year"].max()])
    span = [str(end) for end in ends]
    span = translate_figure("milestones.span", first=span[0], last=span[-1]) if len(span) > 1 else span[0]
    told = {"n": of, "name": whose, "span": span} | ({"all": len(dated)} if state else {})
    title = translate_figure("milestones.title" if state else "milestones.title_pair", **told)
    draw_title(canvas, title)
    words = " ".join(
        f"{theme_name(theme)}: {'; '.join(f'{r.date} {r.subject} ({r.parties}), {r.fact}' for r in lane.itertuples())}."
        for theme, lane in dated.groupby("theme", observed=True)
    )
    marked = f"Large, in colour: those that name {whose}. " if state else ""
    caption = (
        f"Dated facts by theme (n = {len(dated)}; not drawn: {undated}). {marked}Full marker: high confidence; hollow: "
        f"medium; dotted: low. No complete chronicle. Sources: {keys(dated)}."
    )
    drawn = dated[["milestone_id", "theme", "date", "parties", "subject", "fact", "confidence", "source"]]
    return title, f"Timeline of milestones by theme. {words}", caption, drawn
