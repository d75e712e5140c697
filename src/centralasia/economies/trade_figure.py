"""The figure of regional shares in trade."""

import pandas as pd

from centralasia.economies import trade
from centralasia.economies.tables import percent
from centralasia.figures.figure import figure
from centralasia.figures.marks import draw_title, name_sources
from centralasia.figures.style import FAINT, WIDTH, darken_to_contrast
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import join_list

__all__ = ["trade_shares"]

DASHES = {"kept": "-", "left_out": (0, (4, 1.6))}


@figure
def trade_shares(canvas, region, state, first_year, last_year, gold="kept"):
    """The share of the region in the trade of each reporting member, with gold (solid) and without (dashed).

    Parameters are those of `centralasia.economies.shares`; `state` is set in bold and `gold` says which
    line the title speaks of. Hollow markers rest on a figure of low confidence. A vertical bar spans the bounds of a
    share that is unknown because a member is not listed.
    """
    found = {way: trade.shares(region, first_year, last_year, way) for way in trade.GOLD}
    canvas.set_size_inches(WIDTH, 3.9)
    axes = canvas.subplots()
    ends = []
    for way, rows in found.items():
        for reporter, own in rows.groupby("reporter"):
            shade = colour(reporter)
            years, shares = own["year"].to_numpy(), 100 * own["share"].to_numpy()
            axes.plot(years, shares, color=shade, ls=DASHES[way], lw=2.3 if reporter == state else 1.6, zorder=3)
            unsure = own["share"].isna() & (way == gold)
            axes.vlines(years[unsure], 100 * own["lower"][unsure], 100 * own["upper"][unsure], color=shade, lw=1)
            marked = own["share"].notna() & (way == gold)
            for one in own[marked].itertuples():
                face = "white" if one.doubtful else shade
                axes.scatter(one.year, 100 * one.share, s=20, facecolor=face, edgecolor=shade, lw=1.2, zorder=4)
            if way == gold and len(own):
                last = own.iloc[-1]
                height = last["share"] if pd.notna(last["share"]) else (last["lower"] + last["upper"]) / 2
                ends.append([100 * height, reporter, last["year"]])
    top = max([100 * r["upper"].max() for r in found.values() if len(r)] or [1])
    _label_ends(axes, ends, state, top)
    _label_dashes(axes, found)
    if not ends:
        axes.text(
            0.5,
            0.5,
            translate_figure("trade.none"),
            transform=axes.transAxes,
            ha="center",
            color=FAINT,
        )
    known = pd.concat(found.values())["year"]
    span = (known.min(), known.max()) if len(known) else (first_year, last_year)
    axes.set(xlim=(span[0] - 0.5, span[1] + 0.5), ylim=(0, top * 1.08), xlabel=translate_figure("axis.year"))
    axes.set_ylabel(translate_figure("trade.axis"))
    axes.xaxis.get_major_locator().set_params(integer=True)
    title = _title(found[gold], gold)
    draw_title(canvas, title)
    silent = trade.reporters(region, last_year)[1]
    caption = (
        "Exports plus imports of goods with the other members, over those with all listed partners "
        f"(n = {len(found[gold])} reporter years). Solid: with gold; dashed: without the partners that stand for gold. "
        "Markers: the variant of the title; hollow: a figure of low confidence went in; a thin bar: bounds where a "
        "member is not listed. "
        + (f"No such table, so unknown: {join_list(short_name(s) for s in silent)}. " if silent else "")
        + name_sources(source_keys(pd.concat(found.values())["source"]))
    )
    drawn = pd.concat([rows.assign(gold=way) for way, rows in found.items()])
    words = " ".join(_words(own, way) for way, rows in found.items() for _, own in rows.groupby("reporter"))
    none = f" Unknown for {join_list(short_name(s) for s in silent)}." if silent else ""
    return (
        title,
        f"Line chart of the share of the region in trade, per cent. {words or 'No reporter.'}{none}",
        caption,
        drawn,
    )


def _label_ends(axes, ends, state, top):
    """Names at the right ends of the lines, moved apart where they would touch."""
    gap, below = 0.065 * top, None
    for height, reporter, year in sorted(ends):
        y = height if below is None else max(height, below + gap)
        axes.annotate(short_name(reporter), (year, y), xytext=(9, 0), textcoords="offset points", va="center",
                      fontsize=9.5, fontweight="bold" if reporter == state else "normal",
                      color=darken_to_contrast(colour(reporter)), annotation_clip=False)  # fmt: skip
        below = y


def _label_dashes(axes, found):
    """Says what the dashes are where they are farthest from the line."""
    both = found["kept"].merge(found["left_out"], on=["reporter", "year"], suffixes=("", "_without"))
    gap = (both["share_without"] - both["share"]).abs().dropna()
    if len(gap):
        at = both.loc[gap.idxmax()]
        side = "left" if at["year"] - both["year"].min() < 3 else "center"
        axes.annotate(translate_figure("gold.left_out"), (at["year"], 100 * at["share_without"]), xytext=(0, 6),
                      textcoords="offset points", ha=side, fontsize=9, color=FAINT)  # fmt: skip


def _title(rows, gold):
    known = rows.dropna(subset="share")
    if known.empty:
        return translate_figure("trade.title_none")
    last = [own.iloc[-1] for _, own in known.groupby("reporter")]
    parts = [
        translate_figure("trade.share", name=short_name(r["reporter"]), percent=100 * r["share"])
        for r in sorted(last, key=lambda r: -r["share"])
    ]
    years = {int(r["year"]) for r in last}
    when = translate_figure("trade.year", year=years.pop()) if len(years) == 1 else translate_figure("trade.last")
    return translate_figure("trade.title", when=when, gold=translate_figure(f"gold.{gold}"), shares=parts)


def _words(own, way):
    if own["share"].isna().all():
        last = own.iloc[-1]
        values = f"unknown, between {percent(last['lower'])} and {percent(last['upper'])} in {last['year']}"
    else:
        values = ", ".join(
            f"{r.year} {percent(r.share)}{' (doubtful)' if r.doubtful else ''}" for r in own.itertuples()
        )
    return f"{short_name(own['reporter'].iloc[0])} {translate_figure(f'gold.{way}')}: {values}."
