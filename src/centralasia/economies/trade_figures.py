"""The figures of trade, by pair, by partner and of one pair, and of how far each state depends on water from abroad."""

from typing import Any

import pandas as pd

from centralasia.economies.pair_trade import TURN, both_series, growth_by_pair, growth_by_partner
from centralasia.economies.trade import OTHER_PARTNERS, WORLD, recorded
from centralasia.figures.figure import Drawing, draw_nothing, figure
from centralasia.figures.marks import bold_ticks, draw_key, year_axis
from centralasia.figures.naming import name_line, name_mark
from centralasia.figures.style import FAINT, INK, darken_to_contrast, is_narrow
from centralasia.names import colour, short_name, short_names
from centralasia.regions import check_pair, members_at_end, pair_name, pairs_at_end, states_of
from datacontract.language import _, format_number, ngettext

__all__ = ["pair_trade_chart", "pair_trade_panels", "partner_growth_chart"]


@figure
def pair_trade_panels(canvas: Any, region: str, first_year: int, last_year: int) -> Drawing:
    """Trade pair by pair over all years: one panel a pair, one line for each of the two states that records it.

    Exports plus imports, million US dollars, on one logarithmic scale; hollow markers: a figure of low confidence.

    >>> economies.pair_trade_panels("C5", 2000, 2020).title
    In 5 of 8 records a pair trades more after 2016 than before
    """
    pairs = pairs_at_end(region, last_year)
    rows = both_series(tuple(pairs), first_year, last_year).dropna(subset="total", ignore_index=True)
    rows = rows.assign(million=rows["total"] / 1000)
    caption = _(
        "Exports plus imports of goods, million US dollars at current prices, as each state of the pair records them, "
        "in its colour; dotted grey: by the series of the Correlates of War, in part estimated (n = {n} yearly "
        "records). Logarithmic scale, the same in all panels. Hollow: a figure of low confidence. Records are sources "
        "of their own, differ, and are not joined.",
        n=len(rows),
    )
    if rows.empty:
        return draw_nothing(canvas, _("No trade between members is recorded in these years."), caption, rows)
    columns = 2 if len(pairs) < 5 or is_narrow(canvas) else 3
    canvas.set_figheight(0.7 + 1.5 * -(-len(pairs) // columns))
    grid = canvas.subplots(-(-len(pairs) // columns), columns, sharex=True, sharey=True, squeeze=False).ravel()
    drawn = rows[rows["million"] > 0]
    words: list[str] = []
    for axes, pair in zip(grid, pairs, strict=False):
        axes.set_title("\n".join(short_names(states_of(pair))), fontsize=9, pad=4, linespacing=1.1)
        own = drawn[drawn["pair"] == pair]
        estimated, own = own[own["series"] == "cow"], own[own["series"] == "national"]
        axes.plot(estimated["year"], estimated["million"], color=FAINT, lw=1.3, ls=(0, (1, 1.4)))
        who = _("by the Correlates of War")
        _name_years(axes, f"{pair_name(pair)}, {who}", estimated["year"], estimated["million"])
        for reporter, side in own.groupby("reporter"):
            axes.plot(side["year"], side["million"], color=colour(reporter), lw=1.6)
            who = _("by {state}", state=short_name(reporter))
            _name_years(axes, f"{pair_name(pair)}, {who}", side["year"], side["million"])
            weak = side[side["doubtful"]]
            axes.scatter(weak["year"], weak["million"], s=14, facecolor="white", edgecolor=colour(reporter), zorder=3)
            said = {"pair": pair_name(pair), "ends": _ends(side["year"], side["million"])}
            words.append(_("{pair} by {state}: {ends}", state=short_name(reporter), **said))
        if own.empty and estimated.empty:
            unknown = _("unknown")
            axes.text(0.5, 0.5, unknown, transform=axes.transAxes, ha="center", va="center", fontsize=9, color=FAINT)
            words.append(f"{pair_name(pair)}: {unknown}")
        elif own.empty:
            said = {"pair": pair_name(pair), "ends": _ends(estimated["year"], estimated["million"])}
            words.append(_("{pair} by the Correlates of War only: {ends}", **said))
        axes.tick_params(labelsize=9, labelbottom=True)
    for axes in grid[len(pairs) :]:
        axes.set_axis_off()
    axes = grid[0]
    axes.set_yscale("log")
    ticks = [1, 10, 100, 1000, 10000]
    axes.set_yticks(ticks, [format_number(tick, ",") for tick in ticks])
    axes.minorticks_off()
    axes.set(ylim=(max(drawn["million"].min() / 1.4, 0.5), drawn["million"].max() * 1.5))
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=3)
    canvas.supylabel(_("million US dollars a year"), fontsize=9)
    factors = growth_by_pair(region, last_year)["factor"]
    title = _("Trade by pair")
    if len(factors):
        title = ngettext(
            "In {more} of {n} record a pair trades more after {year} than before",
            "In {more} of {n} records a pair trades more after {year} than before",
            len(factors), more=int((factors > 1).sum()), year=TURN,
        )  # fmt: skip
    alt_text = _("Small multiples of trade by pair. {words}.", words="; ".join(words))
    return Drawing(title, alt_text, caption, rows, [rows["source"]])


def _name_years(axes: Any, who: str, years: pd.Series, millions: pd.Series) -> None:
    """Names the line of a record, year by year."""
    known = zip(years, millions, strict=True)
    name_line(axes, ((year, v, f"{who}, {year}: {format_number(v, _form(v))}") for year, v in known if v == v))


def _form(million: float) -> str:
    """Millions without decimals, small ones with two figures that count."""
    return ",.0f" if million >= 10 else ".2g"


def _ends(years: pd.Series, millions: pd.Series) -> str:
    """The first and the last value: ``12 in 1994, 345 in 2023``."""
    ends = zip(years.iloc[[0, -1]], millions.iloc[[0, -1]], strict=True)
    return ", ".join(_("{million:,.0f} in {year}", million=million, year=year) for year, million in ends)


@figure
def partner_growth_chart(canvas: Any, region: str, reporter: str, last_year: int, turn: int = TURN) -> Drawing:
    """By how much trade with each partner grew after a year: a point and its interval a partner, the region in colour.

    See `centralasia.economies.growth_by_partner`.

    >>> economies.partner_growth_chart("C5", "UZB", 2022).title
    Uzbekistan's trade after 2016: 4.5 times with Kyrgyzstan, 3.0 times with Tajikistan, 1.5 times in all
    """
    found = growth_by_partner(reporter, turn, last_year).drop(index=OTHER_PARTNERS, errors="ignore")
    name, inside = short_name(reporter), members_at_end(region, last_year)
    order = found.sort_values("factor")
    caption = _(
        "Mean exports plus imports of {state} a year, {spans}, by partner (n = {n}). Line: 95 % interval, too "
        "narrow since years follow on each other. In colour: members of the region. Current prices.",
        state=name, spans=_spans(found), n=len(found),
    )  # fmt: skip
    if found.empty:
        words = _("{state} records no trade for as many years up to {year} as after it.", state=name, year=turn)
        return draw_nothing(canvas, words, caption, found.reset_index())
    canvas.set_figheight(1.0 + 0.27 * len(order))
    axes = canvas.subplots()
    for y, row in enumerate(order.itertuples()):
        shade = darken_to_contrast(colour(row.Index)) if row.Index in inside else FAINT
        axes.plot([row.low, row.high], [y, y], color=shade, lw=1.4)
        axes.scatter(row.factor, y, s=34, color=shade, zorder=3)
        name_mark(axes, row.factor, y, _factor_words(row))
        axes.annotate(format_number(row.factor, ".1f"), (row.high, y), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=9, color=shade)  # fmt: skip
    axes.axvline(1, color=INK, lw=0.8)
    axes.set_xscale("log")
    ticks = [t for t in (0.125, 0.25, 0.5, 1, 2, 4, 8, 16) if order["low"].min() / 1.5 < t < order["high"].max() * 1.5]
    axes.set_xticks(ticks, [format_number(t, "g") for t in ticks])
    axes.minorticks_off()
    xlabel = _("times the trade of {first}–{last}", first=found["first"].iloc[0], last=turn)
    axes.set(ylim=(-0.6, len(order) - 0.4), xlabel=xlabel)
    names = [_("all partners") if partner == WORLD else short_name(partner) for partner in order.index]
    axes.set_yticks(range(len(order)), names, fontsize=9.5)
    bold_ticks(axes.get_yticklabels(), order.index.isin(inside))
    axes.spines["left"].set_visible(False)
    most = order[order.index.isin(inside)].iloc[::-1][:2]
    parts = [
        _("{factor:.1f} times with {partner}", factor=row.factor, partner=short_name(row.Index))
        for row in most.itertuples()
    ]
    parts.append(_("{factor:.1f} times in all", factor=order["factor"][WORLD]))
    title = _("{state}'s trade after {year}: {parts}", state=name, year=turn, parts=", ".join(parts))
    each = "; ".join(map(_factor_words, order.itertuples()))
    alt_text = _("Dots of growth of trade by partner, {spans}: {words}.", spans=_spans(found), words=each)
    sources = recorded([reporter], int(found["first"].iloc[0]), last_year)["source"]
    return Drawing(title, alt_text, caption, order.reset_index(), [sources])


def _factor_words(row: Any) -> str:
    """How many times as large trade with a partner was, with its interval."""
    return _("{name} {factor:.2f} ({low:.2f} to {high:.2f})",
             name=short_name(row.Index), factor=row.factor, low=row.low, high=row.high)  # fmt: skip


def _spans(found: pd.DataFrame) -> str:
    if found.empty:
        return _("before and after")
    first, years, last = map(int, found.iloc[0][["first", "years", "last"]])
    turn = first + years - 1
    return _("{start}–{end} over {first}–{last}", start=turn + 1, end=last, first=first, last=turn)


@figure
def pair_trade_chart(canvas: Any, pair: str, first_year: int, last_year: int) -> Drawing:
    """Trade of one pair in both directions over the years, as each side records it.

    In the colour of the exporter; solid: by the exporter's record, dashed: by the importer's, dotted: by the series of
    the Correlates of War. Blank where unknown.

    >>> economies.pair_trade_chart("KAZ-UZB", 2000, 2020).title
    Trade of Kazakhstan and Uzbekistan, million dollars: 2,931 in 2020 by Kazakhstan's record and 3,006 in 2020 by
    Uzbekistan's record
    """
    rows = both_series((pair,), first_year, last_year)
    names, words = short_names(check_pair(pair)), []
    caption = _(
        "Exports of goods in each direction, million US dollars at current prices, in the colour of the exporter. "
        "Solid: as the exporter records them; dashed: as the importer does, with freight and insurance; dotted: by the "
        "series of the Correlates of War, in part estimated."
    )
    if rows.empty:
        text = _("The tables hold no record of trade by {states:or} with the other.", states=names)
        return draw_nothing(canvas, text, _("What is not published is unknown, not zero."), rows)
    canvas.set_figheight(3.0)
    axes = canvas.subplots()
    for (series, reporter, partner), side in rows.groupby(["series", "reporter", "partner"], sort=False):
        for exporter, importer, column in ((reporter, partner, "exports"), (partner, reporter, "imports")):
            style = "-" if column == "exports" else (0, (4, 1.6))
            style, width = (style, 1.8) if series == "national" else ((0, (1, 1.4)), 1.3)
            axes.plot(side["year"], side[column] / 1000, color=colour(exporter), ls=style, lw=width)
            known = side.dropna(subset=column)
            said = {"exporter": short_name(exporter), "importer": short_name(importer)}
            said |= {"ends": _ends(known["year"], known[column] / 1000)}
            if series == "national":
                words.append(_("{exporter} to {importer} by {state}: {ends}", state=short_name(reporter), **said))
                who = _("by {state}", state=short_name(reporter))
            else:
                words.append(_("{exporter} to {importer} by the Correlates of War: {ends}", **said))
                who = _("by the Correlates of War")
            direction = _("{exporter} to {importer}", exporter=said["exporter"], importer=said["importer"])
            _name_years(axes, f"{direction}, {who}", side["year"], side[column] / 1000)
    axes.set(ylim=(0, None), ylabel=_("million US dollars"))
    axes.yaxis.set_major_formatter(lambda value, _place: format_number(value, ",.12g"))
    year_axis(axes, rows["year"])
    handles: dict[str, Any] = {
        _("from {state}", state=short_name(state)): ("s", 8, colour(state)) for state in states_of(pair)
    }
    draw_key(canvas, handles)
    latest = rows[rows["series"] == "national"].dropna(subset="total").groupby("reporter").tail(1)
    parts = [
        _("{million:,.0f} in {year} by {state}'s record",
          million=r.total / 1000, year=r.year, state=short_name(r.reporter))
        for r in latest.itertuples()
    ]  # fmt: skip
    title = _("Trade of {states}: by the Correlates of War alone", states=names)
    if parts:
        title = _("Trade of {states}, million dollars: {parts}", states=names, parts=parts)
    alt_text = _("Line chart of trade. {words}.", words="; ".join(words))
    return Drawing(title, alt_text, caption, rows, [rows["source"]])
