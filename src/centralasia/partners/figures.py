"""The figures of declared and revealed orders of partners."""

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, draw_key, heading_lines
from centralasia.figures.style import FAINT, GREY, INK, RULE, WIDTH, darken_to_contrast
from centralasia.names import colour, document_name, short_name
from centralasia.partners import comparison, directions, measures
from centralasia.partners.measures import FEW_YEARS, SOURCES, WINDOWS
from centralasia.partners.words import IN_SOURCE, place_words, value_words
from centralasia.regions import members, pair_code
from datacontract.words import join_list, ordinal, pluralize

__all__ = ["declared_and_revealed", "directions_chart", "likeness_chart", "places_by_window"]

_GAP = 0.55  # of a column, between what is declared and what is revealed
_FOCUS, _OTHER = {"lw": 3.4, "zorder": 4}, {"lw": 1.5, "zorder": 3}


@figure
def declared_and_revealed(
    canvas: Any, state: str, documents: Sequence[str], focus: str, sources: Sequence[str], window: str, seed: int = 1
) -> Drawing:
    """A bump chart: the places of partners in documents at the left, in what the state does at the right.

    A line for each partner, the focus in bold. Bars: declared, the places in other readings; revealed, the places that
    the middle 95 % of a bootstrap or the bounds of the values allow. A hollow marker rests on fewer than `FEW_YEARS`
    years. Partners that share a place stand one below the other, joined by a grey bar.
    """
    partners = measures.partners_compared(state, documents)
    columns = [_declared(document, partners) for document in documents]
    shown = [source for source in sources if len(measures.revealed(state, partners, source, window, seed))]
    columns += [_revealed(state, partners, source, window, seed) for source in shown]
    drawn = pd.concat(columns, ignore_index=True) if columns else pd.DataFrame()
    if drawn.empty or not shown:
        words = f"No source shows what {short_name(state)} did {window} with these partners."
        return draw_nothing(canvas, words, "Nothing known is not nothing done.", drawn)
    drawn["x"] = drawn["column"].map(
        {name: i + _GAP * (i >= len(documents)) for i, name in enumerate(dict.fromkeys(drawn["column"]))}
    )
    drawn["y"] = drawn["rank"] + drawn.groupby(["x", "rank"]).cumcount()
    axes, last = canvas.subplots(), drawn["x"].max()
    for (x, _), y in (
        drawn[drawn.duplicated(["x", "rank"], keep=False)].dropna(subset="rank").groupby(["x", "rank"])["y"]
    ):
        axes.plot([x, x], [y.min(), y.max()], color=RULE, lw=11, zorder=1, solid_capstyle="round")
    for i, partner in enumerate(partners):
        _draw_partner(
            axes, drawn[drawn["partner"] == partner], partner, partner == focus, (i - len(partners) / 2) * 0.035, last
        )
    _head(axes, drawn, documents, shown, window)
    deepest = int(np.nanmax([*drawn["y"], *drawn["worst"], len(partners)]))
    axes.set(xlim=(-1.15, last + 1.15), ylim=(deepest + 0.5, -0.75), xticks=[], yticks=range(1, deepest + 1))
    axes.set_ylabel("Place", loc="center")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_size_inches(WIDTH * max(1, (last + 2.3) / 9), 1.5 + 0.42 * deepest)
    years = {SOURCES[by]: part["years"].iloc[0] for by, part in drawn.dropna(subset="years").groupby("by", sort=False)}
    caption = (
        f"Places among {pluralize(len(partners), 'partner')} that both sides can place. Bars: other readings of a document; "
        f"95 % of a bootstrap, or what is possible. Hollow: fewer than {FEW_YEARS} years. Years with data: "
        f"{', '.join(f'{name} {n:.0f}' for name, n in years.items())}."
    )
    data = drawn[["column", "partner", "rank", "best", "worst", "value", "years", "basis", "source"]]
    alt_text = f"Bump chart. {' '.join(_column_words(part) for _, part in drawn.groupby('column', sort=False))}"
    return Drawing(_title(drawn, state, focus, documents, len(partners)), alt_text, caption, data, [drawn["source"]])


def _declared(document: str, partners: Sequence[str]) -> pd.DataFrame:
    """The places of the partners in a document, among themselves, with those of its other readings as bounds."""
    order = hierarchy.ranking(document)
    every = pd.DataFrame({r: _among(measures.declared(document, r), partners) for r in hierarchy.readings(document)})
    frame = pd.DataFrame({
        "rank": _among(measures.declared(document), partners), "best": every.min(axis=1), "worst": every.max(axis=1),
        "source": order["source"].reindex(partners),
    }).reindex(partners)  # fmt: skip
    return (
        frame.rename_axis("partner")
        .reset_index()
        .assign(column=document_name(document), by=None, years=np.nan, value=np.nan, basis=None)
    )


def _among(places: pd.Series, partners: Sequence[str]) -> pd.Series:
    return places[places.index.isin(partners)].rank(method="min")


def _revealed(state: str, partners: tuple[str, ...], source: str, window: str, seed: int) -> pd.DataFrame:
    frame = measures.revealed(state, partners, source, window, seed)
    return frame.reset_index().assign(column=SOURCES[source], by=source)


def _draw_partner(axes: Any, path: pd.DataFrame, partner: str, bold: bool, shift: float, last: float) -> None:
    shade, look = colour(partner), _FOCUS if bold else _OTHER
    axes.plot(path["x"], path["y"], color=shade, solid_capstyle="round", **look)
    for row in path.itertuples():
        if row.worst > row.best:
            at = row.x + shift
            axes.plot([at, at], [row.best, row.worst], color=shade, lw=5, alpha=0.35, zorder=2, solid_capstyle="butt")
        face = "white" if pd.notna(row.years) and row.years < FEW_YEARS else shade
        axes.scatter(row.x, row.y, s=110 if bold else 60, color=shade, facecolor=face, linewidth=1.8, zorder=5)
    ends = path.dropna(subset="y")
    style: dict[str, Any] = {
        "va": "center",
        "fontweight": "bold" if bold else "normal",
        "color": darken_to_contrast(shade),
    }
    for row, side, align in ((ends.head(1), -0.14, "right"), (ends.tail(1), 0.14, "left")):
        for x, y in zip(row["x"], row["y"], strict=True):
            if (align == "right") == (x < last / 2) and x in (0, last):
                axes.text(x + side, y, textwrap.fill(short_name(partner), 12), ha=align, **style)


def _head(axes: Any, drawn: pd.DataFrame, documents: Sequence[str], sources: Sequence[str], window: str) -> None:
    """Headings of the columns, and of both sides."""
    for name, part in drawn.groupby("column", sort=False):
        axes.text(
            part["x"].iloc[0], 0.45, heading_lines(str(name)), ha="center", va="bottom", fontsize=8.5, color=FAINT
        )
    at = sorted(drawn["x"].unique())
    for side, words in ((at[: len(documents)], "Declared"), (at[len(documents) :], f"Done {window}")):
        if side:
            axes.text(np.mean(side), -0.72, words, ha="center", va="bottom", fontweight="bold")
    if documents:
        middle = (at[len(documents) - 1] + at[len(documents)]) / 2
        axes.axvline(middle, ymin=0.02, ymax=0.86, color=GREY, lw=0.8, ls=(0, (2, 2)))


def _title(drawn: pd.DataFrame, state: str, focus: str, documents: Sequence[str], among: int) -> str:
    own = drawn[drawn["partner"] == focus].set_index("column")["rank"]
    name = short_name(focus)
    if focus not in set(drawn["partner"]):
        return f"What {short_name(state)} declares and what it does, partner by partner"
    done = [place for place in own[len(documents) :] if pd.notna(place)]
    said = own[document_name(documents[-1])] if documents else np.nan
    low, high = (ordinal(int(f(done))) for f in (min, max)) if done else ("", "")
    does = (
        f"between {low} and {high}, by what is counted"
        if low != high
        else f"{low} by all that is counted"
        if done
        else "open"
    )
    if pd.isna(said):
        return f"{name} among {among} partners of {short_name(state)}: {does}"
    return f"{short_name(state)} puts {name} {ordinal(int(said))} of {among} in its latest text; in what it does the region is {does}"


def _column_words(part: pd.DataFrame) -> str:
    places = [
        f"{short_name(r.partner)} {'open' if pd.isna(r.rank) else int(r.rank)}"
        + (f" ({r.best:.0f} to {r.worst:.0f})" if r.worst > r.best else "")
        for r in part.sort_values("rank").itertuples()
        if pd.notna(r.rank) or pd.notna(r.best)
    ]
    return f"{part['column'].iloc[0]}: {', '.join(places) or 'no place'}."


@figure
def places_by_window(
    canvas: Any, state: str, focus: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1
) -> Drawing:
    """The place of one partner by source and window: a marker, a bar over the places that are possible, its value."""
    rows = measures.orders(state, partners, sources, list(WINDOWS), seed)
    rows = rows[rows["partner"] == focus].dropna(subset="best")
    name = short_name(focus)
    if rows.empty:
        return draw_nothing(canvas, f"No source places {name} among these partners.", "", rows)
    axes, y, ticks, labels = canvas.subplots(), 0.0, [], []
    for by, part in rows.groupby("by", sort=False):
        axes.text(0.45, y, SOURCES[str(by)], fontweight="bold", va="center", bbox=TEXT_BOX)
        for row in part.itertuples():
            y += 1
            ticks.append(y)
            labels.append(row.window)
            axes.plot([row.best, row.worst], [y, y], color=colour(focus), lw=6, alpha=0.35, solid_capstyle="round")
            face = "white" if row.years < FEW_YEARS else colour(focus)
            axes.scatter(row.rank, y, s=80, color=colour(focus), facecolor=face, linewidth=1.8, zorder=3)
            amount = "" if pd.isna(row.value) else value_words(str(by), row.value)
            axes.text(
                len(partners) + 0.55,
                y,
                f"{amount}  ({pluralize(row.years, 'year')})",
                va="center",
                fontsize=9,
                color=FAINT,
            )
        y += 1.3
    axes.set(xlim=(0.4, len(partners) + 0.45), ylim=(y - 0.4, -0.8), xticks=range(1, len(partners) + 1))
    axes.set_yticks(ticks, labels, fontsize=9)
    axes.set_xlabel(f"Place of {name} among {pluralize(len(partners), 'partner')}, 1 is first")
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.3 + 0.27 * y)
    moved = [SOURCES[str(by)] for by, part in rows.groupby("by", sort=False) if part["rank"].dropna().nunique() > 1]
    title = f"{name} keeps its place in each source from window to window"
    if moved:
        title = f"{name} changes its place in {join_list(word[:1].lower() + word[1:] if word != 'Votes at the UN' else 'votes at the UN' for word in moved)} alone"
    caption = (
        f"Bar: places in 95 % of a bootstrap, or what is possible where a source names the largest partners alone. Hollow: "
        f"fewer than {FEW_YEARS} years with data. A window may rest on another series of trade than the next."
    )
    words = " ".join(
        f"{SOURCES[str(by)]}: {', '.join(f'{place_words(r.rank, len(partners))} {r.window}' for r in part.itertuples())}."
        for by, part in rows.groupby("by", sort=False)
    )
    return Drawing(title, f"Dot chart of places. {words}", caption, rows, [rows["source"]])


@figure
def likeness_chart(
    canvas: Any, state: str, documents: Sequence[str], sources: Sequence[str], window: str, seed: int = 1
) -> Drawing:
    """How alike the revealed orders are to that of each document, against all orders of the same partners."""
    rows = comparison.likeness_to_documents(state, documents, sources, [window], seed).dropna(subset="tau_b")
    if rows.empty:
        words = f"No declared order of {short_name(state)} shares two ordered partners with what it did {window}."
        return draw_nothing(canvas, words, "One partner makes no order.", rows)
    shown, looks = list(dict.fromkeys(rows["by"])), ["o", "D", "s", "^", "v", "P"]
    axes, width = canvas.subplots(), 0.6 / max(1, len(documents))
    axes.axvspan(*_chance(rows), color=RULE, alpha=0.5, lw=0)
    axes.axvline(0, color=GREY, lw=0.8)
    shades = dict(zip(documents, (INK, colour("CA4"), colour("RUS"), GREY, colour("CHN"), colour("EU")), strict=False))
    for (by, document), part in rows.groupby(["by", "document_id"], sort=False):
        at = shown.index(by) + (documents.index(document) - (len(documents) - 1) / 2) * width
        base = part[part["reading"] == hierarchy.BASELINE].iloc[0]
        shade = shades.get(document, INK)
        axes.plot([part["tau_b"].min(), part["tau_b"].max()], [at, at], color=shade, lw=2, zorder=2)
        face = shade if base["years"] >= FEW_YEARS else "white"
        axes.scatter(
            base["tau_b"], at, marker=looks[documents.index(document) % 6], s=60, color=shade, facecolor=face, zorder=3
        )
    axes.set(
        xlim=(-1.05, 1.05),
        ylim=(len(shown) - 0.4, -0.6),
        xlabel="Kendall's tau-b: −1 reversed, 0 no likeness, 1 the same order",
    )
    axes.set_yticks(range(len(shown)), [SOURCES[by] for by in shown])
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.6 + 0.5 * len(shown))
    draw_key(canvas, {document_name(d): (looks[i % 6], 7, shades.get(d, INK)) for i, d in enumerate(documents)})
    best = rows.loc[rows["tau_b"].idxmax()]
    title = (
        f"{document_name(best['document_id'])} is closest, in {SOURCES[best['by']].lower()}; "
        if len(documents) > 1
        else ""
    )
    outside = int(((rows["as_alike"] / rows["orders"] <= 0.05) & (rows["reading"] == hierarchy.BASELINE)).sum())
    title += (
        "no revealed order is more like a declared one than chance allows"
        if not outside
        else f"{outside} are more alike than chance"
    )
    caption = (
        f"n = {', '.join(map(str, sorted(rows['n'].unique())))} partners. Grey: the middle 95 % of all orders of them. Line: other readings of the document. "
        f"Hollow: fewer than {FEW_YEARS} years."
    )
    words = "; ".join(
        f"{SOURCES[r.by]}, {document_name(r.document_id)} {r.tau_b:.1f}"
        for r in rows[rows["reading"] == hierarchy.BASELINE].itertuples()
    )
    return Drawing(title[:1].upper() + title[1:], f"Dot chart of tau-b. {words}.", caption, rows, [rows["source"]])


def _chance(rows: pd.DataFrame) -> tuple[float, float]:
    """The middle 95 % of tau-b over all orders of so many partners."""
    n = int(rows["n"].max())
    null = comparison.reference(comparison.tau_b, tuple(range(1, n + 1)), tuple(range(1, n + 1)), 1)
    low, high = np.percentile(null, measures.RANGE)
    return float(low), float(high)


@figure
def directions_chart(canvas: Any, state: str, region: str, source: str, window: str, seed: int = 1) -> Drawing:
    """What a state is to each other member of a region, and each member to it: two markers and a line between them."""
    others = [code for code in members(region) if code != state]
    rows = pd.concat([directions.both_directions(pair_code(state, o), [source], [window], seed) for o in others])
    rows = rows.dropna(subset="lower")
    if rows.empty:
        words = f"No source shows both sides of {short_name(state)} and its neighbours {IN_SOURCE[source]} {window}."
        return draw_nothing(canvas, words, "", rows)
    axes, found = canvas.subplots(), []
    for y, other in enumerate(others):
        for way, face in (((state, other), "white"), ((other, state), colour(state))):
            own = rows[(rows["state"] == way[0]) & (rows["partner"] == way[1])]
            for row in own.itertuples():
                shade = colour(state)
                if pd.isna(row.value):
                    axes.plot([row.lower, row.upper], [y, y], color=shade, lw=5, alpha=0.35)
                else:
                    axes.scatter(row.value, y, s=95, color=shade, facecolor=face, linewidth=1.8, zorder=3)
                found.append(
                    f"{short_name(way[1])} to {short_name(way[0])} {value_words(source, row.value)}, {place_words(row.rank, row.partners)}"
                )
        known = rows[rows["partner"].isin([other]) | rows["state"].isin([other])]["value"].dropna()
        if len(known) == 2:
            axes.plot([known.min(), known.max()], [y, y], color=RULE, lw=2, zorder=1)
    axes.set_yticks(range(len(others)), [short_name(o) for o in others])
    axes.set(ylim=(len(others) - 0.5, -0.5), xlabel=f"{SOURCES[source]}: {_UNITS[source]}")
    axes.set_xlim(left=min(0, rows["lower"].min() * 1.1))
    axes.grid(axis="x")
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.5 + 0.42 * len(others))
    name = short_name(state)
    draw_key(canvas, {f"{name} to the neighbour": ("o", 8.5, FAINT), f"the neighbour to {name}": ("o", 8.5, "white")})
    title = _directions_title(rows, state, others, source)
    caption = f"{window[:1].upper()}{window[1:]}. Bars: what is possible where a source names the largest partners alone. Series differ by state and are not joined."
    return Drawing(title, f"Dot chart of both directions. {'; '.join(found)}.", caption, rows, [rows["source"]])


_UNITS = {"trade": "share in exports and imports, %", "intensity": "times its share in the world economy",
          "votes": "agreement beyond chance", "memberships": "organisations", "visits": "visits found"}  # fmt: skip


def _directions_title(rows: pd.DataFrame, state: str, others: Sequence[str], source: str) -> str:
    to = rows[rows["partner"] == state].set_index("state")["value"]
    back = rows[rows["state"] == state].set_index("partner")["value"]
    both = pd.DataFrame({"to": to, "back": back}).dropna()
    more, name = int((both["to"] > both["back"]).sum()), short_name(state)
    if both.empty or (both["to"] == both["back"]).all():
        return f"{name} and its neighbours {IN_SOURCE[source]}: each side's place of the other"
    whom = "each of them" if more == len(both) else f"{more} of {len(both)} of them"
    return f"{name} is more to {whom} {IN_SOURCE[source]} than they are to {name}"
