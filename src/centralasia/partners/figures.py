"""The figure that shows what a state declares beside what it does."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.letters import fill_lines, widest
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, GREY, INK, RULE, darken_to_contrast, is_narrow, text_colour_on
from centralasia.names import colour, short_name
from centralasia.partners import measures
from centralasia.partners.sources import FEW_YEARS
from centralasia.partners.words import (
    column_name,
    place_range,
    source_name,
    window_words,
)
from datacontract.language import _, pgettext
from datacontract.phrases import ordinal_span
from datacontract.words import sentence

__all__ = ["declared_and_revealed"]

_ROW = 0.42  # inches, the height of a row
_UPRIGHT = 22  # letters in a line of an upright heading
_GAP = 0.45  # of a column, between what is declared and what is revealed


@figure
def declared_and_revealed(
    canvas: Any, state: str, documents: Sequence[str], focus: str, sources: Sequence[str], window: str, seed: int = 1
) -> Drawing:
    """A bump chart: the places of partners in documents at the left, in what the state does at the right.

    A line for each partner, the focus in bold; in each marker the place. Bars: in documents the places of other
    readings, in sources those of `centralasia.partners.revealed`. A hollow marker rests on fewer than `FEW_YEARS`
    years. Partners that share a place stand one below the other, joined by a grey bar.

    >>> texts = ["kaz-2014", "kaz-2020"]
    >>> partners.declared_and_revealed("KAZ", texts, "CA4", ["trade", "votes"], "2014-2019").title
    Kazakhstan declares Central Asia 4th of 5 partners; in what it does Central Asia comes 1st to 4th
    """
    partners = measures.partners_compared(state, documents, focus)
    done = [_revealed(state, partners, source, window, seed) for source in sources]
    done = [column for column in done if len(column)]
    if not done:
        nobody = _(
            "No source shows what {state} did with these partners {window}.",
            state=short_name(state), window=window_words(window, True),
        )  # fmt: skip
        nothing = measures.orders(state, partners, sources, [window])
        return draw_nothing(canvas, nobody, _("Nothing known is not nothing done."), nothing)
    said = [_declared(state, document, partners) for document in documents]
    columns = [*(said := [column for column in said if column["rank"].notna().any()]), *done]
    drawn = pd.concat([c.assign(x=i + _GAP * (i >= len(said))) for i, c in enumerate(columns)], ignore_index=True)
    drawn["y"] = drawn["rank"] + drawn.groupby(["x", "rank"]).cumcount()
    narrow = is_narrow(canvas)
    axes, last, sharing = canvas.subplots(), drawn["x"].max(), drawn[drawn.duplicated(["x", "rank"], keep=False)]
    for (x, _rank), y in sharing.dropna(subset="rank").groupby(["x", "rank"])["y"]:
        axes.plot([x, x], [y.min(), y.max()], color=RULE, lw=17, zorder=1, solid_capstyle="round")
    for i, partner in enumerate(partners):
        shift = (i - (len(partners) - 1) / 2) * 0.04
        _draw_partner(axes, drawn[drawn["partner"] == partner], partner, partner == focus, shift, last)
    top = _rows_of_headings(drawn) if narrow else 0
    _head(axes, drawn, len(said), window, top)
    axes.set(
        xlim=(-1, last + 1),
        ylim=(max(len(partners), *drawn["y"].dropna()) + 0.45, -0.55 - top),
        xticks=[],
        yticks=[],
    )
    axes.spines[:].set_visible(False)
    width = canvas.get_figwidth() * (1 if narrow else max(1, (last + 2) / 9))
    canvas.set_size_inches(width, 1.35 + _ROW * (len(partners) + top))
    years = ", ".join(f"{source_name(column['by'].iloc[0])} {column['years'].iloc[0]}" for column in done)
    caption = _(
        "Places among the {n} partners that the texts order and the sources can measure. Bars: in texts, other "
        "readings as well founded; else places in 95 % of a bootstrap, or those that are possible. Hollow: one of "
        "several readings, or fewer than {few} years. Years with data: {years}.",
        n=len(partners), few=FEW_YEARS, years=years,
    )  # fmt: skip
    data = drawn[["column", "partner", "rank", "best", "worst", "value", "years", "basis", "source"]]
    words = " ".join(_column_words(part) for _x, part in drawn.groupby("x", sort=False))
    return Drawing(
        _title(drawn, state, focus, len(partners)),
        _("Bump chart. {words}", words=words),
        caption,
        data,
        [drawn["source"]],
    )


def _declared(state: str, document: str, partners: Sequence[str]) -> pd.DataFrame:
    """The places of the partners in a document, among themselves: its first order, with the others as bounds."""
    every = measures.declared_places(document, partners)
    bounds = {"rank": every[0], "best": every.min(axis=1), "worst": every.max(axis=1)}
    frame = pd.DataFrame(bounds).rename_axis("partner").reset_index()
    source = frame["partner"].map(hierarchy.ranking(document)["source"])
    return frame.assign(
        column=column_name(document, state), by=None, years=pd.NA, value=np.nan, basis=None, source=source
    )


def _revealed(state: str, partners: tuple[str, ...], source: str, window: str, seed: int) -> pd.DataFrame:
    frame = measures.revealed(state, partners, source, window, seed)
    return frame.reset_index().assign(column=source_name(source), by=source)


def _draw_partner(axes: Any, path: pd.DataFrame, partner: str, bold: bool, shift: float, last: float) -> None:
    shade, weight = colour(partner), "bold" if bold else "normal"
    big, small = (170, 140) if is_narrow(axes.figure) else (270, 190)
    axes.plot(
        path["x"], path["y"], color=shade, solid_capstyle="round", lw=3.6 if bold else 1.4, zorder=4 if bold else 3
    )
    for row in path.itertuples():
        if row.worst > row.best:
            at = row.x + shift
            axes.plot([at, at], [row.best, row.worst], color=shade, lw=4, alpha=0.3, zorder=2, solid_capstyle="butt")
        if pd.notna(row.y):
            hollow = row.worst > row.best if pd.isna(row.years) else row.years < FEW_YEARS
            face = "white" if hollow else shade
            axes.scatter(row.x, row.y, s=big if bold else small, color=shade, facecolor=face, linewidth=1.8, zorder=5)
            bounds = f" ({place_range(row.best, row.worst)})" if row.worst > row.best else ""
            said = f"{row.column}: {short_name(partner)}, {place_range(row.rank, row.rank)}{bounds}"
            name_mark(axes, row.x, row.y, with_sources(said, row.source))
            ink = INK if hollow else text_colour_on(face)
            axes.text(
                row.x,
                row.y,
                int(row.rank),
                ha="center",
                va="center_baseline",
                fontsize=9,
                color=ink,
                zorder=6,
                fontweight=weight,
            )
    style: dict[str, Any] = {
        "va": "center",
        "fontweight": weight,
        "color": darken_to_contrast(shade),
        "linespacing": 0.95,
        "fontsize": 9 if is_narrow(axes.figure) else 10.5,
    }
    for row in (ends := path[path["x"].isin([0, last])].dropna(subset="y")).itertuples():
        if is_narrow(axes.figure) and row.x < ends["x"].max():
            continue  # there the room is for the columns: a line is named once, at its right end if it has one
        away = 0.5 if is_narrow(axes.figure) else 0.26
        side, align = (-away, "right") if row.x == 0 < last else (away, "left")
        axes.text(row.x + side, row.y, _name_lines(partner), ha=align, **style)


def _name_lines(partner: str) -> str:
    """The name of a partner in lines, as it stands beside the ends of its line."""
    return fill_lines(short_name(partner), 10, break_long_words=False)


def _head(axes: Any, drawn: pd.DataFrame, documents: int, window: str, top: float) -> None:
    """Headings of the columns, upright where they have room at the `top`, and of both sides."""
    at = sorted(drawn["x"].unique())
    for x, part in drawn.groupby("x"):
        heading = fill_lines(_column_heading(part), _UPRIGHT if top else 10, break_long_words=False)
        style = {"fontsize": 8 if top else 7.5, "color": FAINT, "linespacing": 0.95, "rotation": 90 if top else 0}
        axes.text(x, 0.42, heading, ha="center", va="bottom", **style)
    done = _("Done {window}", window=window_words(window, True))
    for side, words, align in ((at[:documents], _("Declared"), "right"), (at[documents:], done, "left")):
        if side and top:  # to both sides of the line between them
            edge = side[-1] + 0.4 if align == "right" else side[0] - 0.4
            axes.text(edge, 0.2 - top, fill_lines(words, 13), ha=align, va="bottom", fontweight="bold", fontsize=9)
        elif side:
            axes.text(np.mean(side), -0.65, words, ha="center", va="bottom", fontweight="bold")
    if documents:
        axes.axvline(
            (at[documents - 1] + at[documents]) / 2, ymax=0.88 - 0.045 * top, color=GREY, lw=0.8, ls=(0, (2, 2))
        )


def _column_heading(part: pd.DataFrame) -> str:
    """What a column is called: a document, or a source in short."""
    source, column = part[["by", "column"]].iloc[0]
    return source_name(source, short=True) if pd.notna(source) else str(column)


def _rows_of_headings(drawn: pd.DataFrame) -> float:
    """How many rows the upright headings of the columns take."""
    headings = [_column_heading(part) for _x, part in drawn.groupby("x")]
    lines = {line for heading in headings for line in fill_lines(heading, _UPRIGHT, break_long_words=False).split("\n")}
    return widest(lines, 8) / 72 / _ROW


def _title(drawn: pd.DataFrame, state: str, focus: str, among: int) -> str:
    own, name = drawn[drawn["partner"] == focus], short_name(focus)
    places = own.loc[own["by"].notna(), "rank"].dropna()
    if places.empty:
        return _("What {state} declares and what it does", state=short_name(state))
    does = ordinal_span(int(places.min()), int(places.max()))
    fields = {"state": short_name(state), "partner": name, "done": does, "n": among}
    said = own[own["by"].isna()].tail(1).dropna(subset="best")
    if said.empty:
        return _("In what {state} does, {partner} comes {done} of {n} partners", **fields)
    declared = place_range(said["best"].iloc[0], said["worst"].iloc[0])
    return _(
        "{state} declares {partner} {declared} of {n} partners; in what it does {partner} comes {done}",
        declared=declared, **fields,
    )  # fmt: skip


def _column_words(part: pd.DataFrame) -> str:
    """A column as text: its places, and those that are possible besides."""
    places: list[str] = []
    for row in part.sort_values(["rank", "best"]).dropna(subset="best").itertuples():
        place = pgettext("place", "open") if pd.isna(row.rank) else f"{row.rank:.0f}"
        if row.worst > row.best:
            place = _("{place} ({best:.0f} to {worst:.0f})", place=place, best=row.best, worst=row.worst)
        places.append(f"{short_name(row.partner)} {place}")
    words = ", ".join(places) or _("no place")
    return sentence(f"{part['column'].iloc[0]}: {words}")
