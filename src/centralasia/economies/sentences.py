"""Sentences on the economies of a region: dispersion, growth, trade within it, water."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from centralasia import sensitivity
from centralasia.economies.convergence import beta_convergence, change, sigma_convergence
from centralasia.economies.measures import LEAST, STATISTICS, Panel, cross_section, definition, number, percent
from centralasia.economies.trade import gold_effect, gold_partners, mirror_statistics, trade_shares, without_trade_table
from centralasia.names import region_name, short_name, short_names
from centralasia.regions import members_at_end
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, format_number, join_list, plain, pluralize, verb

__all__ = [
    "answer", "choices_summary", "dispersion_summary", "gold_summary", "growth_summary", "mirror_summary",
    "panel_summary", "trade_summary", "water_summary",
]  # fmt: skip


@localized
def answer(panels: Sequence[Panel]) -> MarkdownText:
    """In which indicators the members of a region drew together and in which apart, and how firm that is."""
    groups: dict[str, list[str]] = {"together": [], "apart": [], "neither": [], "unknown": []}
    for one in panels:
        found, title = change(one), one.title[:1].lower() + one.title[1:]
        if found is None:
            groups["unknown"].append(title)
            continue
        moved = "together" if found.after < found.before else "apart" if found.after > found.before else "neither"
        decided = found.against and moved != "neither"
        unless = translate("economies.hangs", names=short_names(found.against)) if decided else ""
        fields: dict[str, Any] = {"title": title, "hangs": unless, "first": found.first, "last": found.last}
        fields |= {"before": Decimal(number(found.before)), "after": Decimal(number(found.after))}
        groups[moved].append(translate("economies.told", **fields))
    parts = [translate(f"economies.{kind}", told=titles) for kind, titles in groups.items() if titles]
    parts[1:] = [translate("economies.further", part=part) for part in parts[1:]]
    (first, last), who = panels[0].asked_years, region_name(panels[0].region)
    return translate("economies.answer", first=first, last=last, region=who, parts="; ".join(parts))


def dispersion_summary(panel: Panel) -> MarkdownText:
    """The dispersion of one indicator at first, at its highest and at last, and who decides what came after that."""
    path = sigma_convergence(panel)["value"]
    if path.empty:
        return MarkdownText(f"{panel.title}: {_too_few(panel)}")
    first, last, top = (int(y) for y in (path.index[0], path.index[-1], path.idxmax()))
    statistic = STATISTICS[panel.statistic].name
    text = f"{panel.title}: the {statistic} is {number(path[first])} in {first} and {number(path[last])} in {last}; "
    text += f"it is highest in {top}"
    since = change(panel, since=top)
    if since is None or top == first:
        return MarkdownText(f"{text}.")
    unless = f", whichever member is left out ({since.agree} of {since.n})"
    if since.against:
        unless = f", but without {join_list(short_names(since.against), 'or')} it does not fall after {top}"
    return MarkdownText(
        f"{text} ({number(path[top])}) and then falls by {number(path[top] - path[last])}{unless}. "
        "A fall after the highest value is no surprise; what counts is its size."
    )


def panel_summary(panels: Iterable[Panel]) -> MarkdownText:
    """On how many years and members each indicator rests, who left, and where doubtful values went in."""
    lines = []
    for one in panels:
        if one.values.empty:
            lines.append(f"- {one.title}: {_too_few(one)}")
            continue
        n_years, n_members = one.values.shape
        text = f"- {one.title}: {pluralize(n_members, 'member')}, {pluralize(n_years, 'year')}"
        text += f" from {one.values.index[0]} to {one.values.index[-1]}"
        dropped, incomplete = short_names(one.dropped_members), len(one.incomplete_years)
        text += f", without {join_list(dropped)} (too few values)" if dropped else ""
        text += f"; {pluralize(incomplete, 'year')} unknown for some of them" if incomplete else ""
        low = short_names(s for s in one.values if one.low[s].any())
        text += f"; doubtful values of {join_list(low)}" if low else ""
        text += f"; z-scores over {one.n_states} states" if one.statistic == "relative" else ""
        lines.append(f"{text}.")
    return MarkdownText("\n".join(lines))


def growth_summary(panel: Panel) -> MarkdownText:
    """The slope of growth on the starting level with its n, what it leaves open, and the check for Galton's fallacy."""
    found = beta_convergence(panel)
    if found is None:
        return MarkdownText(f"Growth cannot be compared: {_too_few(panel)}")
    slope, lowest, highest, on_last = (
        format_number(100 * x, "+.1f") for x in (found.slope, found.lowest, found.highest, found.slope_on_last)
    )
    decided = "" if found.lowest * found.highest > 0 else ", so one member decides its sign"
    grew, check = "faster", "Over the whole period there is no catching up to explain."
    if found.slope < 0:
        grew, check = "slower", f"On the level at the end instead, the slope is {on_last}: "
        if found.slope_on_last < 0:
            check += "also negative, which mere regression to the mean would not give."
        else:
            check += "not negative, and mere regression to the mean would look the same (Galton's fallacy)."
    return MarkdownText(
        f"From {found.first} to {found.last} the members that started higher grew {grew}: the slope is {slope} "
        f"percentage points of yearly growth for each unit of the logarithm (n = {found.n}, too few to infer from). "
        f"With one member left out it lies from {lowest} to {highest}{decided}. {check}"
    )


def choices_summary(panel: Panel, frame: pd.DataFrame) -> MarkdownText:
    """In how many combinations of choices the dispersion fell, and on which years and other choices that depends.

    `frame` is from `centralasia.economies.dispersion_specifications`.
    """
    known = int(frame["holds"].count())
    if not known:
        return MarkdownText(f"Whether the dispersion fell cannot be told: {_too_few(panel)}")
    options = sensitivity.by_option(frame).dropna(subset="share")
    options["words"] = [f"{r.holds} of {r.holds + r.fails}" for r in options.itertuples()]
    starts, others = (part for _, part in options.groupby(options["choice"] != "start"))
    text = (
        f"{panel.title}: up to the last common year the dispersion fell in {frame['holds'].sum()} of "
        f"{pluralize(known, 'combination')} of choices; by the year to start from: "
        f"{join_list(starts['words'] + ' from ' + starts['option'])}."
    )
    spread = others.groupby("choice")["share"].agg(lambda share: share.max() - share.min())
    if spread.max() > 0:
        most = others[others["choice"] == spread.idxmax()].set_index("option")
        ends = [f"{option}: {most['words'][option]}" for option in (most["share"].idxmin(), most["share"].idxmax())]
        text += f" Of the other choices, “{plain(spread.idxmax())}” matters most ({'; '.join(ends)})."
    return MarkdownText(text)


def _too_few(panel: Panel) -> str:
    return f"fewer than {LEAST} members of {region_name(panel.region)} have values in two common years."


def trade_summary(region: str, state: str, first_year: int, last_year: int, gold: str = "kept") -> MarkdownText:
    """The share of the region in the trade of the state and of the other reporters, and who reports nothing."""
    found = trade_shares(region, first_year, last_year, gold)
    if found.empty:
        return MarkdownText(f"No member of {region_name(region)} has a table of trade by partner in these years.")
    order = sorted(found["reporter"].unique(), key=lambda s: (s != state, s))
    parts = [_share_words(found[found["reporter"] == s]) for s in order]
    text = (
        "The share of the region in the trade of its members (exports plus imports, listed partners"
        f"{' without gold' if gold == 'left_out' else ''}): {'; '.join(parts)}."
    )
    if silent := short_names(without_trade_table(region, last_year)):
        have = verb(len(silent), "has", "have")
        text += f" {join_list(silent)} {have} no such table, so their shares are unknown."
    return MarkdownText(text)


def _share_words(own: pd.DataFrame) -> str:
    name, (first, last) = short_name(own["reporter"].iloc[0]), own.iloc[[0, -1]].itertuples()
    if own["share"].isna().any():
        bounds = f"{percent(last.lower)} and {percent(last.upper)} %"
        return f"{name} unknown, since not all members are listed (between {bounds} in {last.year})"
    ends = [f"{percent(one.share)} % in {one.year}" for one in (first, last)]
    return f"{name} {', '.join(dict.fromkeys(ends))}"


def gold_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How far the shares move when the partners that stand for gold are left out."""
    table = gold_effect(region, first_year, last_year)
    if table.empty:
        return MarkdownText("What gold does to the shares cannot be told, since no share is known.")
    aside = [p for p in gold_partners() if p not in members_at_end(region, last_year)]
    if not aside:
        return MarkdownText("No partner outside the region is marked as standing for gold.")
    most = table.loc[table["gap"].idxmax()]
    shares = table.groupby("reporter")[["share", "share_without"]]
    rose = shares.last() > shares.first()
    turned = short_names(rose.index[rose["share"] != rose["share_without"]])
    whom = f"For {join_list(turned)} that turns" if turned else "For no reporter does that turn"
    return MarkdownText(
        f"Without the partners {join_list(short_names(aside))}, which stand for gold in some years, the share moves "
        f"most for {short_name(most['reporter'])} in {most['year']}: from {percent(most['share'])} to "
        f"{percent(most['share_without'])} %. {whom} the direction from the first year to the last."
    )


def mirror_summary(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How well the figures of exporter and importer agree where both publish."""
    found = mirror_statistics(region, first_year, last_year)
    both = found.dropna(subset="ratio")
    if both.empty:
        return MarkdownText("No flow between two members is recorded by both sides, so that none can be checked.")
    worst = both.loc[both["ratio"].idxmax()]
    off, single = int((both["ratio"] > 2).sum()), len(found) - len(both)
    text = (
        f"{pluralize(len(both), 'yearly flow')} between members {verb(len(both), 'is', 'are')} recorded by both sides: "
        f"in half of them the larger figure is at most {both['ratio'].median():.2f} times the smaller, in "
        f"{off or 'none'} it is more than twice; the worst is {short_name(worst['exporter'])} to "
        f"{short_name(worst['importer'])} in {worst['year']}, {worst['ratio']:.1f} times."
    )
    if single:
        text += f" A further {pluralize(single, 'flow')} {verb(single, 'is', 'are')} known from one side only."
    return MarkdownText(text)


def water_summary(indicator: str, region: str, state: str, last_year: int) -> MarkdownText:
    """Whose water comes from abroad: the state, the highest, the lowest, and for whom it is unknown."""
    found = cross_section(indicator, region, last_year)["value"]
    known, title = found.dropna().sort_values(), definition(indicator)["title"]
    if known.empty:
        return MarkdownText(f"{title} is unknown for every member of {region_name(region)}.")
    text = f"{title}, from most to least: {join_list(f'{short_name(s)} {v:.0f} %' for s, v in known[::-1].items())}."
    if state in known.index:
        above = short_names(known.index[known > known[state]])
        text += f" More dependent than {short_name(state)}: {join_list(above) if above else 'nobody'}."
    if unknown := short_names(found.index[found.isna()]):
        text += f" Unknown: {join_list(unknown)}."
    return MarkdownText(f"{text} These are long-term means, one cross-section: they say nothing about change.")
