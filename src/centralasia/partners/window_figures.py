"""The figure that shows how the place of a partner went on, by source and window."""

from collections.abc import Sequence
from typing import Any

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines
from centralasia.figures.marks import TEXT_BOX
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, is_narrow
from centralasia.names import colour, short_name
from centralasia.partners import measures
from centralasia.partners.sources import FEW_YEARS, WINDOWS
from centralasia.partners.words import (
    amount_words,
    place_words,
    places_by_source,
    source_name,
    window_words,
    years_words,
)
from datacontract.language import _

__all__ = ["places_by_window"]


@figure
def places_by_window(
    canvas: Any, state: str, focus: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1
) -> Drawing:
    """The place of one partner by source and window: a marker, a bar over the places that are possible, its value.

    >>> figure = partners.places_by_window("KAZ", "CA4", ("CA4", "RUS", "CHN"), ["trade", "votes"])
    >>> figure.data.set_index(["by", "window"])[["value", "rank", "best", "worst"]].round(1).head(2)
                     value  rank  best  worst
    by    window
    trade 2008-2013    3.6   3.0   3.0    3.0
          2014-2019    5.1   3.0   3.0    3.0
    """
    rows = measures.orders(state, partners, sources, list(WINDOWS), seed)
    rows = rows[rows["partner"] == focus].dropna(subset="best")
    name, among = short_name(focus), len(partners)
    if rows.empty:
        nobody = _("No source places {partner} among these partners.", partner=name)
        return draw_nothing(canvas, nobody, _("Not known is not nothing."), rows)
    axes, y, ticks, shade, narrow = canvas.subplots(), 0.0, [], colour(focus), is_narrow(canvas)
    for by, part in rows.groupby("by", sort=False):
        heading = fill_lines(source_name(str(by)), 22) if narrow else source_name(str(by))
        axes.text(0.5, y, heading, fontweight="bold", va="center", bbox=TEXT_BOX).set_in_layout(not narrow)
        for row in part.itertuples():
            y += 1
            ticks.append(y)
            middle, place = (row.best + row.worst) / 2, place_words(str(by), part.loc[row.Index], among)
            here = f"{source_name(str(by))}: {place} {window_words(row.window, True)}; {amount_words(str(by), row)}"
            name_mark(axes, middle, y, with_sources(here, row.source), row.worst - row.best, 0.8)
            axes.plot([row.best, row.worst], [y, y], color=shade, lw=6, alpha=0.3, solid_capstyle="round")
            face = "white" if row.years < FEW_YEARS else shade
            axes.scatter(row.rank, y, s=80, color=shade, facecolor=face, linewidth=1.8, zorder=3)
            words = f"{amount_words(str(by), row)} ({years_words(row.years)})"
            words = words.replace(" (", "\n(") if narrow and len(words) > 14 else words
            axes.text(among + 0.5, y, words, va="center", fontsize=9, color=FAINT, linespacing=1.05)
        y += 1.3
    axes.set(xlim=(0.5, among + 0.4), ylim=(y - 0.4, -0.8), xticks=range(1, among + 1))
    axes.set_yticks(ticks, [window_words(window) for window in rows["window"]], fontsize=9)
    axes.set_xlabel(_("Place of {partner} among {n} partners, 1 is first", partner=name, n=among))
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.3 + (0.4 if narrow else 0.27) * y)
    said = []
    for by, part in rows.groupby("by", sort=False):
        places = [
            f"{place_words(str(by), r, among)} {window_words(r['window'], True)}" for _index, r in part.iterrows()
        ]
        said.append(f"{source_name(str(by))}: {', '.join(places)}")
    caption = _(
        "Bar: places in 95 % of a bootstrap, or those that are possible where a source names the largest partners "
        "alone. Hollow: fewer than {few} years. One window of trade may rest on another series than the next.",
        few=FEW_YEARS,
    )
    title = _(
        "{partner} comes {places} among {n} partners of {state}",
        partner=name, places=places_by_source(rows), n=among, state=short_name(state),
    )  # fmt: skip
    alt_text = _("Dot chart of places. {words}.", words="; ".join(said))
    return Drawing(title, alt_text, caption, rows, [rows["source"]])
