"""The figures of ties between the pairs of a region: levels, visits, milestones."""

import textwrap
from typing import Any

import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import TEXT_BOX, bold_ticks, confidence_style, draw_box, frame_grid, whole_years
from centralasia.figures.style import FAINT, INK, RULE, text_colour_on
from centralasia.names import NONE_FOUND, colour, level_name, short_name
from centralasia.regions import members_at_end, pair_name, pairs_at_end, states_of
from centralasia.ties import contacts, marks, measures
from datacontract.labels import translate_figure
from datacontract.words import pluralize

__all__ = ["draw_milestones", "level_shares", "level_steps", "milestone_lanes", "visit_grid"]


@figure
def level_steps(
    canvas: Any, region: str, state: str, first_year: int, last_year: int, minimum_confidence: str = "low"
) -> Drawing:
    """A step chart: the level of every pair of a region over time, one row a pair, the highest above.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year`.
    state : str
        The state whose pairs are set in bold.
    first_year, last_year : int
        The years drawn.
    minimum_confidence : str
        See `centralasia.ties.events`.

    The higher and darker a row, the higher the level signed so far. A dotted line: no label was found up to then.
    """
    measures.checked_years(region, first_year, last_year)
    last = measures.levels_by_year(region, [last_year], minimum_confidence)
    last = last.sort_values(["level", "since"], ascending=[False, True])
    pairs, span, scale = list(last["pair"]), (first_year, last_year + 1), measures.levels()
    heights = {level: 0.86 * rank / len(scale) for rank, level in enumerate(scale, 1)}
    signed = measures.signatures(pairs, minimum_confidence).query("last.dt.year <= @last_year")
    steps = measures.upgrades(pairs, last_year, minimum_confidence)
    axes, words = canvas.subplots(), []
    for row, found in enumerate(last.itertuples()):
        axes.plot(span, [row, row], color=RULE, lw=0.8, zorder=1)
        for level, start, end in marks.draw_blocks(axes, row, steps[steps["pair"] == found.pair], heights, span):
            name, at = level_name(level), ((start + end) / 2, row - heights[level] - 0.05)
            if end < span[1] and end - start > 0.026 * len(name) * (span[1] - span[0]):
                axes.text(*at, name, ha="center", va="bottom", fontsize=8.5, zorder=4)
        own = signed[signed["pair"] == found.pair]
        words.append(f"{pair_name(found.pair)}: {marks.list_signatures(own)}.")
        for act in own[own["first"].dt.year >= first_year].itertuples():
            marks.draw_signature(axes, row - heights[act.level], act)
    for row, found in enumerate(last.itertuples()):
        axes.text(last_year + 1.4, row - 0.2, textwrap.fill(marks.level_since(found), 27), va="center", fontsize=9)
    axes.set(xlim=span, ylim=(len(pairs) - 0.6, -1.05), xlabel=translate_figure("axis.year"))
    axes.set_yticks([row - 0.2 for row in range(len(pairs))], [pair_name(pair) for pair in pairs], fontsize=9)
    bold_ticks(axes.get_yticklabels(), [state in states_of(pair) for pair in pairs])
    whole_years(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.1 + 0.43 * len(pairs))
    top = last["level"].max()
    text, held = "steps.title_none" if pd.isna(top) else "steps.title", int((last["level"] == top).sum())
    title = translate_figure(text, level=level_name(top), n=held, pairs=len(last), year=last_year)
    caption = (
        f"Highest level signed and found, {pluralize(len(pairs), 'pair')}, n = {len(signed)} signatures with a label. "
        f"Higher and darker: {' < '.join(map(level_name, scale))}; dotted line: none found, which proves no absence. "
        f"{marks.SIGNATURE_WORDS} Sources: {marks.list_sources(signed)}."
    )
    alt_text = f"Step chart of the level of ties, {first_year} to {last_year}. {' '.join(words)}"
    drawn = signed[["tie_id", "pair", "date", "level", "instrument", "act", "confidence", "source"]]
    return Drawing(title, alt_text, caption, drawn)


@figure
def level_shares(canvas: Any, region: str, first_year: int, last_year: int, minimum_confidence: str = "low") -> Drawing:
    """Stacked steps: the share of pairs at each level at the end of each year, the highest at the bottom.

    Parameters are those of `level_steps`. What was not found is drawn as unknown, on top.
    """
    years = measures.checked_years(region, first_year, last_year)
    by_year = measures.levels_by_year(region, years, minimum_confidence)
    table = measures.shares(by_year)
    order = [*reversed(measures.levels()), NONE_FOUND]
    heights = (100 * table[order]).reindex(years)
    edges = [first_year - 0.5 + i for i in range(len(heights) + 1)]
    axes, base = canvas.subplots(), 0 * heights[order[0]]
    for level in order:
        top = base + heights[level]
        style = marks.level_style(None if level == NONE_FOUND else level)
        axes.stairs(top, edges, baseline=base, fill=True, linewidth=0, **style)
        axes.stairs(top, edges, baseline=None, color=INK, lw=0.9)
        _name_band(axes, level, base, top, table)
        base = top
    axes.set(xlim=(edges[0], edges[-1]), xlabel=translate_figure("axis.year_end"))
    axes.set(ylim=(0, 100), ylabel=translate_figure("shares.axis"))
    whole_years(axes)
    canvas.set_figheight(3.6)
    changes = table[(table != table.shift()).any(axis=1)]
    words = " ".join(f"{year}: {_mix(row, order)}." for year, row in changes.iterrows())
    low, high = table["pairs"].min(), table["pairs"].max()
    n = translate_figure("shares.n" if low == high else "shares.n_range", n=low, low=low, high=high)
    caption = translate_figure("shares.caption", n=n, confidence=translate_figure(f"confidence.{minimum_confidence}"))
    data, alt_text = table.rename(columns=level_name).reset_index(), translate_figure("shares.words", years=words)
    return Drawing(_shares_title(by_year.query("year == @last_year")["level"], last_year), alt_text, caption, data)


@figure
def visit_grid(canvas: Any, region: str, state: str, first_year: int, last_year: int) -> Drawing:
    """A grid of the visits of heads of state that were found: a row a pair, a column a year, the number in the cell.

    Parameters are those of `level_steps`. An empty cell is unknown, not zero.
    """
    pairs = pairs_at_end(region, last_year)
    counts = contacts.visit_counts(pairs, range(first_year, last_year + 1))
    known = counts.columns[counts.notna().any()]
    if known.empty:
        words = f"No visit between these states was found for {first_year} to {last_year}."
        return draw_nothing(canvas, words, "The list of visits is known to be incomplete.", counts.reset_index())
    counts = counts.loc[:, known[0] :]
    axes, deepest, lines = canvas.subplots(), int(counts.max().max()), []
    for y, (pair, row) in enumerate(counts.iterrows()):
        for x, found in enumerate(row):
            if pd.isna(found):
                axes.text(x, y, "·", color=FAINT, ha="center", va="center", fontsize=9)
            else:
                shade = (0.92 - 0.62 * found / deepest,) * 3
                draw_box(axes, x, y, 0.92, 0.84, facecolor=shade, linewidth=0)
                axes.text(x, y, int(found), ha="center", va="center", fontsize=9.5, color=text_colour_on(shade))
        years = ", ".join(f"{year} {int(n)}" for year, n in row.dropna().items())
        lines.append(f"{pair_name(pair)}: {years or NONE_FOUND}.")
    columns = [str(year)[2:] if i else str(year) for i, year in enumerate(counts.columns)]
    frame_grid(axes, [pair_name(pair) for pair in pairs], columns)
    bold_ticks(axes.get_yticklabels(), [state in states_of(pair) for pair in pairs])
    axes.set_xlabel(translate_figure("axis.year"))
    canvas.set_figheight(1.0 + 0.3 * len(pairs))
    totals = counts.sum(axis=1)
    total, most = int(totals.sum()), totals[totals == totals.max()]
    text, names = "visits.title_most" if len(most) == 1 else "visits.title", map(short_name, states_of(most.index[0]))
    title = translate_figure(text, n=total, names=[*names], most=most.iloc[0])
    rows = contacts.visits(pairs).query("leader and year in @counts.columns")
    caption = (
        f"Held visits of heads of state by pair and year (n = {total}). The list is incomplete: numbers are lower "
        f"bounds, a point means that none was found, not that there was none; early years were read more thinly. "
        f"Sources: {marks.list_sources(rows)}."
    )
    return Drawing(title, f"Grid of visits by pair and year. {' '.join(lines)}", caption, counts.reset_index())


@figure
def milestone_lanes(canvas: Any, region: str, state: str, first_year: int, last_year: int) -> Drawing:
    """A timeline: one lane a theme, one marker a milestone, those of `state` in its colour.

    Parameters are those of `level_steps`; drawn are the milestones that name a member of the region.
    """
    rows = pd.concat([contacts.milestones([member]) for member in members_at_end(region, last_year)])
    rows = rows.drop_duplicates("milestone_id").sort_values("date", kind="stable")
    return draw_milestones(canvas, rows, (first_year, last_year), short_name(state), state)


def draw_milestones(canvas: Any, rows: pd.DataFrame, years: tuple[int, int], name: str, state: str = "") -> Drawing:
    """Draws milestones in a lane for each theme, those of a state, if one is given, large and in its colour.

    `years` are the first and the last that are drawn; `name` says in words to whom the milestones belong.
    """
    dated, undated = rows[rows["year"].between(*years)], int(rows["year"].isna().sum())
    left_out = pluralize(undated, "undated one")
    if beyond := len(rows) - len(dated) - undated:
        left_out += f" and {beyond} outside {years[0]} to {years[1]}"
    if dated.empty:
        words = f"No dated milestone of {name} was found for {years[0]} to {years[1]}."
        return draw_nothing(canvas, words, f"The list is no complete chronicle; not drawn: {left_out}.", dated)
    own = dated["milestone_id"].isin(contacts.milestones([state])["milestone_id"]) if state else True
    dated = dated.assign(depth=dated.groupby(["theme", "year"]).cumcount(), named=own)
    span, shade = (years[0] - 0.5, years[1] + 0.5), colour(state) if state else INK
    axes, y, ticks, lines = canvas.subplots(), 0.0, {}, []
    for theme, lane in dated.groupby("theme"):
        y += 0.5 * lane["depth"].max() + 0.75  # facts of one year stand on each other
        ticks[f"{contacts.theme_name(theme)} ({len(lane)})"] = y
        axes.plot(span, [y + 0.3, y + 0.3], color=RULE, lw=0.8, zorder=1)
        for fact in lane.itertuples():
            style = confidence_style(fact.confidence, shade if fact.named else FAINT)
            size = 52 if fact.named else 22
            axes.scatter(fact.year, y - 0.5 * fact.depth, s=size, linewidth=1.4, zorder=3, **style)
        facts = "; ".join(f"{fact.date} {fact.subject} ({fact.parties}), {fact.fact}" for fact in lane.itertuples())
        lines.append(f"{contacts.theme_name(theme)}: {facts}.")
    axes.set(xlim=span, ylim=(y + 0.35, 0), xlabel=translate_figure("axis.year"))
    axes.set_yticks(list(ticks.values()), list(ticks), fontsize=9)
    whole_years(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.set_figheight(1.0 + 0.42 * y)
    start, end = str(dated["year"].min()), str(dated["year"].max())
    when = translate_figure("milestones.span", first=start, last=end) if start < end else start
    text = "milestones.title" if state else "milestones.title_pair"
    title = translate_figure(text, n=int(dated["named"].sum()), all=len(dated), name=name, span=when)
    caption = (
        f"Dated facts by theme (n = {len(dated)}; not drawn: {left_out}). "
        f"{f'Large, in colour: those that name {name}. ' if state else ''}Full marker: high confidence; hollow: "
        f"medium; dotted: low. No complete chronicle. Sources: {marks.list_sources(dated)}."
    )
    drawn = dated[["milestone_id", "theme", "date", "parties", "subject", "fact", "confidence", "source"]]
    return Drawing(title, f"Timeline of milestones by theme. {' '.join(lines)}", caption, drawn)


def _mix(row: pd.Series, order: list[str]) -> str:
    found = {level_name(level): round(100 * row[level]) for level in order if row[level] > 0}
    return ", ".join(translate_figure("shares.share", level=level, percent=share) for level, share in found.items())


def _name_band(axes: Any, level: str, base: pd.Series, top: pd.Series, table: pd.DataFrame) -> None:
    """The name of a band at its right end, or inside where it does not last to the end."""
    height, row = top - base, table.iloc[-1]
    if height.iloc[-1] > 0:
        counts = {"n": round(row[level] * row["pairs"]), "pairs": int(row["pairs"])}
        words = textwrap.fill(translate_figure("shares.band", level=level_name(level), **counts), 30)
        axes.text(top.index[-1] + 0.8, (base + top).iloc[-1] / 2, words, va="center", fontsize=9.5)
    elif height.max() > 8:
        tall = height.index[height > height.max() / 2]
        year, style = tall[len(tall) // 2], {"ha": "center", "va": "center", "fontsize": 9.5, "bbox": TEXT_BOX}
        axes.text(year, (base + top)[year] / 2, level_name(level), **style)


def _shares_title(levels: pd.Series, year: int) -> str:
    """What at least half of the pairs have reached: the median of the ordinal scale."""
    level = levels.sort_values(ascending=False).iloc[(len(levels) - 1) // 2]
    text, held = "shares.title_none" if pd.isna(level) else "shares.title", int((levels >= level).sum())
    return translate_figure(text, level=level_name(level), n=held, pairs=len(levels), year=year)
