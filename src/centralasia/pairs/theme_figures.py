"""The figures of what two states say that they share."""

from centralasia.commitments.measures import titles as domain_titles
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.names import colour, short_name
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from centralasia.ties.figures import empty
from datacontract.labels import translate_figure
from datacontract.words import join_list, pluralize

__all__ = ["pair_denominator", "pair_themes"]


@figure
def pair_themes(canvas, pair):
    """What two states named at the consultative meetings: a column a meeting, a row a theme, a box where both did.

    In a cell the left half stands for the first state, the right half for the second; a point is unknown.
    """
    states, table = check_pair(pair), named_themes(pair)
    name = pair_name(pair, " and ")
    if table.empty:
        words = f"The agenda of the meetings holds no speech for at least one of {name}."
        return (
            *empty(canvas, words),
            "A state whose speeches were not coded is unknown, not silent.",
            table.reset_index(),
        )
    meetings, themes = (list(dict.fromkeys(table.index.get_level_values(i))) for i in (0, 1))
    dates = load("meetings").set_index("meeting_id")["date"].str[:4]
    axes, titles = canvas.subplots(), domain_titles()
    for (meeting, theme), row in table.fillna(False).iterrows():
        x, y = meetings.index(meeting), themes.index(theme)
        for state, left in zip(states, (-0.3, 0.0), strict=True):
            if row[state]:
                axes.add_patch(_box(x + left, y - 0.3, 0.3, 0.6, facecolor=colour(state), linewidth=0))
            else:
                axes.text(x + left + 0.15, y, "·", ha="center", va="center", color=FAINT, fontsize=8.5)
        if row["both"]:
            axes.add_patch(_box(x - 0.38, y - 0.4, 0.76, 0.8, facecolor="none", edgecolor=INK, linewidth=1.5))
    _frame(axes, [dates[meeting] for meeting in meetings], [titles[theme] for theme in themes])
    axes.set_xlabel(translate_figure("themes.axis"))
    canvas.set_size_inches(WIDTH, 1.2 + 0.29 * len(themes))
    both = table[table["both"].fillna(False)].reset_index()
    title = translate_figure("themes.title", names=[short_name(s) for s in states], n=len(both))
    draw_title(canvas, title)
    words = " ".join(
        f"{dates[meeting]}: {'; '.join(titles[theme] for theme in part['domain'])}."
        for meeting, part in both.groupby("meeting_id", sort=False, observed=True)
    )
    alone = [f"{short_name(s)} {int(table[s].sum())}" for s in states]
    caption = (
        f"Themes named in the speeches at {pluralize(len(meetings), 'meeting')} (n = {len(table)} cells). Left, in its "
        f"colour: {short_name(states[0])}; right: {short_name(states[1])}; framed: both. A point means "
        f"that the part read does not settle it. To name a theme is not to agree on it."
    )
    alt = f"Grid of themes by meeting. Named by both: {words or 'nothing.'} Cells named by each: {join_list(alone)}."
    return title, alt, caption, table.reset_index()


@figure
def pair_denominator(canvas, pair):
    """The article's common denominator at the events of a pair: a row a theme, a column a year, full where named."""
    table, name = common_denominator(pair), pair_name(pair, " and ")
    if table.empty:
        words = f"The data hold no agenda of events between {name}."
        return *empty(canvas, words), "Not coded is unknown, not absent.", table.reset_index()
    titles = domain_titles()
    axes, years = canvas.subplots(), list(table.columns)
    for y, (_, row) in enumerate(table.iterrows()):
        for x, value in enumerate(row.fillna(-1)):
            if value == 1:
                axes.add_patch(_box(x - 0.36, y - 0.32, 0.72, 0.64, facecolor=INK, linewidth=0))
            else:
                axes.text(x, y, "0" if value == 0 else "·", ha="center", va="center", color=FAINT, fontsize=9)
    _frame(axes, years, [titles[theme] for theme in table.index])
    axes.set_xlabel(translate_figure("denominator.axis"))
    canvas.set_size_inches(WIDTH, 1.2 + 0.32 * len(table))
    latest = int((table[years[-1]] == 1).sum())
    names = [short_name(s) for s in check_pair(pair)]
    title = translate_figure("denominator.title", n=latest, themes=len(table), names=names, year=years[-1])
    draw_title(canvas, title)
    words = " ".join(
        f"{titles[theme]}: {join_list(year for year in years if row[year] == 1)}."
        for theme, row in table.fillna(-1).iterrows()
    )
    caption = (
        f"The themes that the article (ART19) calls the common ground of Turkmenistan and Kazakhstan, at the events "
        f"coded (n = {pluralize(len(years), 'year')}). Full: named in at least one event of the year; a point: the part "
        f"read does not settle it. Innovation is coded apart here: the row on digitalisation is digital only."
    )
    return (
        title,
        f"Grid of themes by year in which they were named. {words}",
        caption,
        table.reset_index(names="domain"),
    )


def _box(x, y, width, height, **style):
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, **style)


def _frame(axes, columns, rows):
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axes.set_xticks(range(len(columns)), columns, fontsize=9)
    axes.set_yticks(range(len(rows)), rows, fontsize=9)
    axes.spines[:].set_visible(False)
