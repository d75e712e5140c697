"""The figures of trade, by pair, by partner and of one pair, and of how far each state depends on water from abroad."""

from typing import Any

import pandas as pd

from centralasia.economies.pair_trade import TURN, bilateral_trade, growth_by_pair, growth_by_partner
from centralasia.economies.trade import OTHER_PARTNERS, WORLD, recorded
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.marks import bold_ticks, draw_key, year_axis
from centralasia.figures.style import FAINT, INK, darken_to_contrast
from centralasia.names import colour, short_name, short_names
from centralasia.regions import members_at_end, pair_name, pairs_at_end, states_of
from datacontract.words import join_list, pluralize

__all__ = ["pair_trade_chart", "pair_trade_panels", "partner_growth_chart"]

WORLD_NAME = "all partners"


@figure
def pair_trade_panels(canvas: Any, region: str, first_year: int, last_year: int) -> Drawing:
    """Trade pair by pair over all years: one panel a pair, one line for each of the two states that records it.

    Exports plus imports, million US dollars, on one logarithmic scale; hollow markers: a figure of low confidence.
    """
    pairs = pairs_at_end(region, last_year)
    rows = bilateral_trade(tuple(pairs), first_year, last_year).dropna(subset="total")
    other = bilateral_trade(tuple(pairs), first_year, last_year, "cow").dropna(subset="total")
    other = other[other["reporter"] == other["pair"].astype("str").str[:3]]  # it gives both sides the same figure
    rows = pd.concat([rows.assign(series="national"), other.assign(series="cow")], ignore_index=True)
    rows = rows.assign(million=rows["total"] / 1000)
    caption = (
        "Exports plus imports of goods, million US dollars at current prices, as each state of the pair records them, "
        f"in its colour; dotted grey: by the series of the Correlates of War, in part estimated (n = {len(rows)} "
        "yearly records). Logarithmic scale, the same in all panels. Hollow: a figure of low confidence. Records are "
        "sources of their own, differ, and are not joined."
    )
    if rows.empty:
        return draw_nothing(canvas, "No trade between members is recorded in these years.", caption, rows)
    columns = 2 if len(pairs) < 5 else 3
    canvas.set_figheight(0.7 + 1.5 * -(-len(pairs) // columns))
    grid = canvas.subplots(-(-len(pairs) // columns), columns, sharex=True, sharey=True, squeeze=False).ravel()
    drawn, words = rows[rows["million"] > 0], []
    for axes, pair in zip(grid, pairs, strict=False):
        axes.set_title("\n".join(short_names(states_of(pair))), fontsize=9, pad=4, linespacing=1.1)
        own = drawn[drawn["pair"] == pair]
        estimated, own = own[own["series"] == "cow"], own[own["series"] == "national"]
        axes.plot(estimated["year"], estimated["million"], color=FAINT, lw=1.3, ls=(0, (1, 1.4)))
        for reporter, side in own.groupby("reporter"):
            axes.plot(side["year"], side["million"], color=colour(reporter), lw=1.6)
            weak = side[side["doubtful"]]
            axes.scatter(weak["year"], weak["million"], s=14, facecolor="white", edgecolor=colour(reporter), zorder=3)
            ends = side.iloc[[0, -1]]
            values = ", ".join(f"{r.million:,.0f} in {r.year}" for r in ends.itertuples())
            words.append(f"{pair_name(pair)} by {short_name(reporter)}: {values}")
        if own.empty and estimated.empty:
            axes.text(0.5, 0.5, "unknown", transform=axes.transAxes, ha="center", va="center", fontsize=9, color=FAINT)
            words.append(f"{pair_name(pair)}: unknown")
        elif own.empty:
            ends = ", ".join(f"{r.million:,.0f} in {r.year}" for r in estimated.iloc[[0, -1]].itertuples())
            words.append(f"{pair_name(pair)} by the Correlates of War only: {ends}")
        axes.tick_params(labelsize=9, labelbottom=True)
    for axes in grid[len(pairs) :]:
        axes.set_axis_off()
    axes = grid[0]
    axes.set_yscale("log")
    axes.set_yticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
    axes.minorticks_off()
    axes.set(ylim=(max(drawn["million"].min() / 1.4, 0.5), drawn["million"].max() * 1.5))
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=3)
    canvas.supylabel("million US dollars a year", fontsize=9)
    factors = growth_by_pair(region, last_year)["factor"]
    more, known = int((factors > 1).sum()), pluralize(len(factors), "record")
    title = f"{more} of {known} show more trade of a pair after {TURN} than before" if len(factors) else "Trade by pair"
    return Drawing(title, f"Small multiples of trade by pair. {'; '.join(words)}.", caption, rows, [rows["source"]])


@figure
def partner_growth_chart(canvas: Any, region: str, reporter: str, last_year: int, turn: int = TURN) -> Drawing:
    """By how much trade with each partner grew after a year: a point and its interval a partner, the region in colour.

    See `centralasia.economies.growth_by_partner`.
    """
    found = growth_by_partner(reporter, turn, last_year).drop(index=OTHER_PARTNERS, errors="ignore")
    name, inside = short_name(reporter), members_at_end(region, last_year)
    order = found.sort_values("factor")
    caption = (
        f"Mean exports plus imports of {name} a year, {_spans(found)}, by partner (n = {len(found)}). Line: interval "
        "of 95 %, too narrow since years follow on each other. In colour: members of the region. Current prices."
    )
    if found.empty:
        words = f"{name} records no trade for as many years up to {turn} as after it."
        return draw_nothing(canvas, words, caption, found.reset_index())
    canvas.set_figheight(1.0 + 0.27 * len(order))
    axes = canvas.subplots()
    for y, row in enumerate(order.itertuples()):
        shade = darken_to_contrast(colour(row.Index)) if row.Index in inside else FAINT
        axes.plot([row.low, row.high], [y, y], color=shade, lw=1.4)
        axes.scatter(row.factor, y, s=34, color=shade, zorder=3)
        axes.annotate(f"{row.factor:.1f}", (row.high, y), xytext=(5, 0), textcoords="offset points", va="center",
                      fontsize=9, color=shade)  # fmt: skip
    axes.axvline(1, color=INK, lw=0.8)
    axes.set_xscale("log")
    ticks = [t for t in (0.125, 0.25, 0.5, 1, 2, 4, 8, 16) if order["low"].min() / 1.5 < t < order["high"].max() * 1.5]
    axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.set(ylim=(-0.6, len(order) - 0.4), xlabel=f"times the trade of {found['first'].iloc[0]}–{turn}")
    axes.set_yticks(range(len(order)), [WORLD_NAME if p == WORLD else short_name(p) for p in order.index], fontsize=9.5)
    bold_ticks(axes.get_yticklabels(), order.index.isin(inside))
    axes.spines["left"].set_visible(False)
    most = order[order.index.isin(inside)].iloc[::-1][:2]
    parts = [f"{row.factor:.1f} times with {short_name(row.Index)}" for row in most.itertuples()]
    title = f"{name}'s trade after {turn}: {', '.join([*parts, f'{order.factor[WORLD]:.1f} times in all'])}"
    words = "; ".join(f"{short_name(r.Index)} {r.factor:.2f} ({r.low:.2f} to {r.high:.2f})" for r in order.itertuples())
    alt_text = f"Dots of growth of trade by partner, {_spans(found)}: {words}."
    sources = recorded([reporter], int(found["first"].iloc[0]), last_year)["source"]
    return Drawing(title, alt_text, caption, order.reset_index(), [sources])


def _spans(found: pd.DataFrame) -> str:
    if found.empty:
        return "before and after"
    row = found.iloc[0]
    turn = row["first"] + row["years"] - 1
    return f"{turn + 1:.0f}–{row['last']:.0f} over {row['first']:.0f}–{turn:.0f}"


@figure
def pair_trade_chart(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """Trade of one pair in both directions over the years, as each side records it.

    In the colour of the exporter; solid: by the exporter's record, dashed: by the importer's, dotted: by the series of
    the Correlates of War. Blank where unknown.
    """
    national = bilateral_trade((pair,), first_year, last_year)
    other = bilateral_trade((pair,), first_year, last_year, "cow")
    other = other[other["reporter"] == pair[:3]]  # it gives both sides the same figures
    rows = pd.concat([national.assign(series="national"), other.assign(series="cow")], ignore_index=True)
    name, words = pair_name(pair, " and "), []
    caption = (
        "Exports of goods in each direction, million US dollars at current prices, in the colour of the exporter. "
        "Solid: as the exporter records them; dashed: as the importer does, with freight and insurance; dotted: by the "
        "series of the Correlates of War, in part estimated."
    )
    if rows.empty:
        text = f"The tables hold no record of trade by {pair_name(pair, ' or ')} with the other."
        return draw_nothing(canvas, text, "What is not published is unknown, not zero.", rows)
    canvas.set_figheight(3.0)
    axes = canvas.subplots()
    for (series, reporter, partner), side in rows.groupby(["series", "reporter", "partner"], sort=False):
        for exporter, importer, column in ((reporter, partner, "exports"), (partner, reporter, "imports")):
            style = "-" if column == "exports" else (0, (4, 1.6))
            style, width = (style, 1.8) if series == "national" else ((0, (1, 1.4)), 1.3)
            axes.plot(side["year"], side[column] / 1000, color=colour(exporter), ls=style, lw=width)
            known, by = (
                side.dropna(subset=column),
                short_name(reporter) if series == "national" else "the Correlates of War",
            )
            ends = ", ".join(f"{r[column] / 1000:,.0f} in {r['year']}" for _, r in known.iloc[[0, -1]].iterrows())
            words.append(f"{short_name(exporter)} to {short_name(importer)} by {by}: {ends}")
    axes.set(ylim=(0, None), ylabel="million US dollars")
    year_axis(axes, rows["year"])
    handles = {f"from {short_name(state)}": ("s", 8, colour(state)) for state in states_of(pair)}
    draw_key(canvas, handles)
    latest = national.dropna(subset="total").groupby("reporter").tail(1)
    parts = [f"{r.total / 1000:,.0f} in {r.year} by {short_name(r.reporter)}'s record" for r in latest.itertuples()]
    title = f"Trade of {name}, million dollars: {join_list(parts)}" if parts else f"Trade of {name}: estimates alone"
    return Drawing(title, f"Line chart of trade. {'; '.join(words)}.", caption, rows, [rows["source"]])
