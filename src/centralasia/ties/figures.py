"""The figures of the level of ties: step by step, and as shares of pairs."""

from typing import Any

import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.letters import fill_lines, fill_width, widest
from centralasia.figures.marks import TEXT_BOX, bold_ticks, label_line_ends, whole_years
from centralasia.figures.naming import name_mark
from centralasia.figures.style import INK, RULE, is_narrow
from centralasia.names import NONE_FOUND, level_name
from centralasia.regions import pair_name, states_of
from centralasia.ties import marks, measures, register
from datacontract.language import _, ngettext
from datacontract.phrases import years_between
from datacontract.words import MarkdownText, plain, sentence

__all__ = ["level_shares", "level_steps"]


@figure
def level_steps(canvas: Any, region: str, state: str, first_year: int, last_year: int) -> Drawing:
    """A step chart: the level of every pair of a region over time, one row a pair, the highest above.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year`.
    state : str
        The state whose pairs are set in bold.
    first_year, last_year : int
        The years drawn.

    The higher and darker a row, the higher the level signed so far. A dotted line: no label was found up to then.

    Examples
    --------
    >>> figure = ties.level_steps("C5", "KAZ", 1992, 2013)
    >>> figure.title
    By 2013, 1 of 10 pairs had reached alliance
    >>> list(figure.data)
    ['tie_id', 'pair', 'date', 'level', 'instrument', 'act', 'confidence', 'source']
    """
    measures.checked_years(region, first_year, last_year)
    last = measures.levels_by_year(region, [last_year])
    last = last.sort_values(["level", "since"], ascending=[False, True])
    pairs, span, scale = list(last["pair"]), (first_year, last_year + 1), register.levels()
    heights = {level: 0.86 * rank / len(scale) for rank, level in enumerate(scale, 1)}
    signed = register.signatures(pairs).query("last.dt.year <= @last_year")
    steps = measures.upgrades(pairs, last_year)
    axes, words, narrow = canvas.subplots(), [], is_narrow(canvas)
    apart = 2 if narrow else 1  # of rows; in a narrow drawing the name of a pair stands above it
    places = [apart * row for row in range(len(last))]
    year = (0.93 if narrow else 0.34) * 72 * canvas.get_figwidth() / (span[1] - span[0])  # in points, about
    for row, found in zip(places, last.itertuples(), strict=True):
        axes.plot(span, [row, row], color=RULE, lw=0.8, zorder=1)
        for level, start, end in marks.draw_blocks(axes, row, steps[steps["pair"] == found.pair], heights, span):
            name, at = level_name(level), ((start + end) / 2, row - heights[level] - 0.13)
            if end < span[1] and (end - start) * year > widest([name], 8.5) + 8:
                axes.text(*at, name, ha="center", va="bottom", fontsize=8.5, zorder=4)
        own = signed[signed["pair"] == found.pair]
        told = marks.list_signatures(own) if len(own) else marks.level_words(found)
        words.append(sentence(f"{pair_name(found.pair)}: {told}"))
        for act in own[own["first"].dt.year >= first_year].itertuples():
            marks.draw_signature(axes, row - heights[act.level], act)
    bold = [state in states_of(pair) for pair in pairs]
    for row, chosen, found in zip(places, bold, last.itertuples(), strict=True):
        since = marks.level_since(found)
        if narrow:
            style = {"va": "bottom", "fontsize": 9, "fontweight": "bold" if chosen else "normal"}
            name = axes.text(first_year, row - 0.98, f"{pair_name(found.pair)}: {since}", **style)
            name.set_in_layout(False)
            fill_width(name, 0.92 * canvas.bbox.width)
        else:
            axes.text(last_year + 1.4, row - 0.2, fill_lines(since, 27), va="center", fontsize=9)
    axes.set(xlim=span, ylim=(places[-1] + 0.4, -2.05 if narrow else -1.05), xlabel=_("Year"))
    axes.set_yticks(
        [] if narrow else [row - 0.2 for row in places], [] if narrow else map(pair_name, pairs), fontsize=9
    )
    bold_ticks(axes.get_yticklabels(), [] if narrow else bold)
    whole_years(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.1 + 0.43 * apart * len(pairs))
    top = last["level"].max()
    title = _none_reached(len(pairs), last_year) if pd.isna(top) else _reached(region, last_year, top, level_name(top))
    caption = _(
        "Highest level signed and found, {pairs}, n = {signatures} signatures with a label. The higher a step and "
        "the more it stands out, the higher the level: {scale}; dotted line: none found (there may be one) or not "
        "searched. {markers}",
        pairs=ngettext("{n} pair", "{n} pairs", len(pairs)),
        signatures=len(signed),
        scale=" < ".join(map(level_name, scale)),
        markers=marks.signature_words(),
    )
    alt_text = _(
        "Step chart of the level of ties, {first} to {last}. {pairs}",
        first=first_year,
        last=last_year,
        pairs=" ".join(words),
    )
    drawn = signed[["tie_id", "pair", "date", "level", "instrument", "act", "confidence", "source"]]
    return Drawing(title, alt_text, caption, drawn, [drawn["source"]])


@figure
def level_shares(canvas: Any, region: str, first_year: int, last_year: int) -> Drawing:
    """Stacked steps: the share of pairs at each level at the end of each year, the highest at the bottom.

    Parameters are those of `level_steps`. What was not found is drawn as unknown, on top. The dotted line is the share
    at the level of the title or above by firm evidence alone.

    >>> ties.level_shares("C5", 1992, 2019).title
    By 2019, 9 of 10 pairs had reached strategic or higher
    """
    years = measures.checked_years(region, first_year, last_year)
    by_year = measures.levels_by_year(region, years)
    table = measures.shares(by_year)
    order = [*reversed(register.levels()), NONE_FOUND, register.NOT_SEARCHED]
    heights = (100 * table[order]).reindex(years)
    edges = [first_year - 0.5 + i for i in range(len(heights) + 1)]
    axes, base, ends = canvas.subplots(), 0 * heights[order[0]], []
    for level in order:
        top = base + heights[level]
        style = marks.level_style(level)
        axes.stairs(top, edges, baseline=base, fill=True, linewidth=0, **style)
        axes.stairs(top, edges, baseline=None, color=INK, lw=0.9)
        ends += _name_band(axes, level, base, top, table)
        _name_steps(axes, level, base, top, table)
        base = top
    axes.set(xlim=(edges[0], edges[-1]), xlabel=_("Year (at its end)"))
    axes.set(ylim=(0, 100), ylabel=_("Share of pairs, %"))
    label_line_ends(axes, ends, 3.5 if is_narrow(canvas) else 2.7)
    whole_years(axes)
    canvas.set_figheight(5 if is_narrow(canvas) else 3.6)
    changes = table[(table != table.shift()).any(axis=1)]
    words = " ".join(sentence(f"{year}: {_mix(row, order)}") for year, row in changes.iterrows())
    low, high = int(table["pairs"].min()), int(table["pairs"].max())
    n = ngettext("n = {n} pair", "n = {n} pairs", low)
    if low != high:
        n = _("n = {low} to {high} pairs, as members join", low=low, high=high)
    half = _half_level(by_year.query("year == @last_year")["level"])
    title, dotted = _("For more than half of the pairs no label was found by {year}", year=last_year), []
    if half:
        dotted = [_("Dotted line: the level of the title or a higher one by firm evidence alone.")]
        title = _reached(region, last_year, half, marks.at_least_name(half))
        firm = measures.levels_by_year(region, years, register.FIRM)
        line = 100 * (firm["level"] >= half).groupby(firm["year"]).mean().reindex(years)
        axes.stairs(line, edges, baseline=None, color="white", lw=3.4)
        axes.stairs(line, edges, baseline=None, color=INK, lw=1.6, ls=":")
    caption = [
        _("Share of pairs by the highest level signed and found ({n}).", n=n),
        *dotted,
        *marks.unknown_fillings(table[NONE_FOUND].any(), table[register.NOT_SEARCHED].any()),
        _("Early acts are more likely to be missing than late ones."),
    ]
    alt_text = _("Stacked shares of pairs by level, years with a change. {years}", years=words)
    return Drawing(title, alt_text, " ".join(caption), table.rename(columns=plain).reset_index())


def _half_level(levels: pd.Series) -> str | None:
    """What at least half of the pairs have reached: the median of the ordinal scale."""
    level = levels.sort_values(ascending=False).iloc[(len(levels) - 1) // 2]
    return None if pd.isna(level) else str(level)


def _none_reached(pairs: int, year: int) -> MarkdownText:
    """That no label was found for any of so many pairs."""
    return ngettext(
        "No label was found for {n} pair by {year}", "No label was found for {n} pairs by {year}", pairs, year=year
    )


def _reached(region: str, year: int, level: str, name: str) -> MarkdownText:
    """How many pairs had reached a level or a higher one, which has a name, and how many of them by firm evidence."""
    row = measures.level_counts(region, year).loc[level]
    fields = {"year": year, "found": int(row["found"]), "level": name}
    if row["firm"] == row["found"]:
        return ngettext(
            "By {year}, {found} of {n} pair had reached {level}",
            "By {year}, {found} of {n} pairs had reached {level}",
            int(row["pairs"]),
            **fields,
        )
    return ngettext(
        "By {year}, {found} of {n} pair, {firm} of them by firm evidence, had reached {level}",
        "By {year}, {found} of {n} pairs, {firm} of them by firm evidence, had reached {level}",
        int(row["pairs"]),
        firm=int(row["firm"]),
        **fields,
    )


def _mix(row: pd.Series, order: list[str]) -> str:
    found = {level: round(100 * row[level]) for level in order if row[level] > 0}
    return ", ".join(f"{marks.named_level(level)} {share} %" for level, share in found.items())


def _held(level: str, row: pd.Series) -> str:
    """How many pairs are at a level in a year: ``alliance (6 of 10)``."""
    counts = {"n": round(row[level] * row["pairs"]), "pairs": int(row["pairs"])}
    return _("{level} ({n} of {pairs})", level=marks.named_level(level), **counts)


def _name_steps(axes: Any, level: str, base: pd.Series, top: pd.Series, table: pd.DataFrame) -> None:
    """Names each stretch of years in which a band keeps its place."""
    stretches = ((base != base.shift()) | (top != top.shift())).cumsum()
    for years in base.groupby(stretches).groups.values():
        low, high = base[years[0]], top[years[0]]
        if high > low:  # which is not so in years without pairs
            said = f"{years_between(int(years[0]), int(years[-1]))}: {_held(level, table.loc[years[0]])}"
            name_mark(axes, (years[0] + years[-1]) / 2, (low + high) / 2, said, len(years), high - low)


def _name_band(
    axes: Any, level: str, base: pd.Series, top: pd.Series, table: pd.DataFrame
) -> list[tuple[float, str, Any, bool]]:
    """The name of a band for its right end; it is written inside where the band does not last to the end."""
    height = top - base
    if height.iloc[-1] > 0:
        words = fill_lines(_held(level, table.iloc[-1]), 30)
        return [((base + top).iloc[-1] / 2, words, INK, False)]
    if height.max() > 8:
        tall = height.index[height > height.max() / 2]
        year, style = tall[len(tall) // 2], {"ha": "center", "va": "center", "fontsize": 9.5, "bbox": TEXT_BOX}
        year = max(year, top.index[len(top) // 4]) if is_narrow(axes.figure) else year  # right of the axis
        words = fill_lines(marks.named_level(level), 9 if is_narrow(axes.figure) else 30, break_long_words=False)
        axes.text(year, (base + top)[year] / 2, words, **style)
    return []
