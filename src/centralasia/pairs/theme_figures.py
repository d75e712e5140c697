"""The figures of the themes that the two states of a pair name, at the meetings and at their own events."""

from typing import Any

from centralasia import commitments
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.grids import draw_box, frame_grid
from centralasia.figures.marks import CROSS, draw_mark
from centralasia.figures.naming import name_mark
from centralasia.figures.style import FAINT, INK
from centralasia.names import colour, short_names
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair
from centralasia.tables import load
from datacontract.language import _, join_list, ngettext
from datacontract.words import sentence

__all__ = ["denominator_grid", "theme_grid"]


@figure
def theme_grid(canvas: Any, pair: str) -> Drawing:
    """What two states named at the consultative meetings: a column a meeting, a row a theme, a box where both did.

    In a cell the left half stands for the first state, the right half for the second; a cross is a refusal, a point
    unknown.

    >>> figure = pairs.theme_grid("KAZ-TKM")
    >>> figure.data.query("both").head(2)
       meeting_id domain  KAZ  TKM  both
    25    cm-2019    REG    1    1  True
    46    cm-2022    SEC    1    1  True
    """
    states, table = check_pair(pair), named_themes(pair)
    names, data = short_names(states), table.reset_index()
    if table.empty:
        nothing = _("The agenda of the meetings holds no speech for at least one of {names}.", names=names)
        return draw_nothing(canvas, nothing, _("A state whose speeches were not coded is unknown, not silent."), data)
    meetings, themes = (list(table.index.unique(level)) for level in table.index.names)
    dates = load("meetings").set_index("meeting_id")["date"].str[:4]
    axes, titles, words = canvas.subplots(), commitments.domain_titles(), commitments.mark_words()
    marked = {1: words["named"], -1: words["refused"]}
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
        said = [f"{name}: {marked[own]}" for name, own in zip(names, named, strict=True) if own in marked]
        if said:
            name_mark(axes, x, y, f"{titles[theme]}, {dates[meeting]}. {'; '.join(said)}", 0.76, 0.8)
        if both:
            draw_box(axes, x, y, 0.76, 0.8, facecolor="none", edgecolor=INK, linewidth=1.5)
    frame_grid(axes, [titles[theme] for theme in themes], [dates[meeting] for meeting in meetings])
    axes.set_xlabel(_("Consultative meeting (year)"))
    canvas.set_figheight(1.2 + 0.29 * len(themes))
    both = data[data["both"].fillna(False)]
    by_meeting = both.groupby("meeting_id", sort=False)["domain"]
    jointly = " ".join(sentence(f"{dates[meeting]}: {'; '.join(titles[own])}") for meeting, own in by_meeting)
    counts = [f"{name} {(table[state] == 1).sum()}" for name, state in zip(names, states, strict=True)]
    against = "; ".join(
        _("{state} refused {theme} in {year}", state=name, theme=titles[theme], year=dates[meeting])
        for name, state in zip(names, states, strict=True)
        for meeting, theme in table.index[table[state].eq(-1).fillna(False)]
    )
    alt_text = _(
        "Grid of themes by meeting. Named by both: {words} Cells named by each: {counts}.",
        words=jointly or _("nothing."),
        counts=counts,
    )
    caption = ngettext(
        "Themes named in the speeches at {n} meeting (n = {entries} entries). Left, in its colour: {left}; right: "
        "{right}; framed: both. A cross: named to refuse it. A point: the part read does not settle it.",
        "Themes named in the speeches at {n} meetings (n = {entries} entries). Left, in its colour: {left}; right: "
        "{right}; framed: both. A cross: named to refuse it. A point: the part read does not settle it.",
        len(meetings),
        entries=len(table),
        left=names[0],
        right=names[1],
    )
    title = ngettext(
        "{names} named the same theme at least {n} time",
        "{names} named the same theme at least {n} times",
        len(both),
        names=names,
    )
    return Drawing(title, sentence(f"{alt_text} {against}") if against else alt_text, caption, data)


@figure
def denominator_grid(canvas: Any, pair: str) -> Drawing:
    """The article's common denominator at the events of a pair: a row a theme, a column a year, full where named.

    >>> figure = pairs.denominator_grid("KAZ-TKM")
    >>> figure.data.iloc[:2, :4]
    Year domain  2014  2017  2018
    0       TRN     1     1     1
    1       DIG  <NA>  <NA>  <NA>
    """
    table, names = common_denominator(pair), short_names(check_pair(pair))
    data = table.reset_index(names="domain")
    if table.empty:
        words = _("The data hold no agenda of events between {names}.", names=names)
        return draw_nothing(canvas, words, _("Not coded is unknown, not absent."), data)
    titles = commitments.domain_titles()[table.index]
    axes, years, lines = canvas.subplots(), list(table.columns), []
    for y, (theme, row) in enumerate(table.fillna(-1).iterrows()):
        for x, value in enumerate(row):
            if value == 1:
                draw_box(axes, x, y, 0.72, 0.64, facecolor=INK, linewidth=0)
                name_mark(axes, x, y, f"{titles[theme]}, {years[x]}: {commitments.mark_words()['named']}", 0.72, 0.64)
            else:
                axes.text(x, y, "0" if value == 0 else "·", ha="center", va="center", color=FAINT, fontsize=9)
        lines.append(sentence(f"{titles[theme]}: {join_list(row.index[row == 1])}"))
    frame_grid(axes, list(titles), years)
    axes.set_xlabel(_("Year of an event"))
    canvas.set_figheight(1.2 + 0.32 * len(table))
    title = ngettext(
        "{named} of {n} shared theme was named by {names} in {year}",
        "{named} of {n} shared themes were named by {names} in {year}",
        len(table),
        named=int((table[years[-1]] == 1).sum()),
        names=names,
        year=years[-1],
    )
    alt_text = _("Grid of themes by year in which they were named. {words}", words=" ".join(lines))
    caption = ngettext(
        "The themes that the article calls the common ground of Turkmenistan and Kazakhstan, at the events coded (n = "
        "{n} year). Full: named in at least one event of the year; a point: the part read does not settle it. "
        "Innovation is coded apart here: the row on digitalisation is digital only.",
        "The themes that the article calls the common ground of Turkmenistan and Kazakhstan, at the events coded (n = "
        "{n} years). Full: named in at least one event of the year; a point: the part read does not settle it. "
        "Innovation is coded apart here: the row on digitalisation is digital only.",
        len(years),
    )
    return Drawing(title, alt_text, caption, data)
