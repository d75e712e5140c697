"""The figure of a region among other groups of states: how united each is, by period."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, draw_nothing, figure
from centralasia.figures.marks import label_line_ends
from centralasia.figures.naming import name_line
from centralasia.figures.style import FAINT, INK
from centralasia.names import colour, short_name, short_names
from centralasia.regions import members
from centralasia.votes import groups, words
from centralasia.votes.figures import DASHES, alpha_axis, line_end
from centralasia.votes.measures import Choice, voting_years
from datacontract.language import _, join_list, ngettext
from datacontract.words import MarkdownText, sentence

__all__ = ["groups_chart"]


@figure
def groups_chart(canvas: Any, region: str, choice: Choice, seed: int = 1) -> Drawing:
    """The agreement index and the alpha of the counted groups by period: the region bold, its kin dotted.

    Where the region is no counted group, only the others are drawn.

    >>> choice = votes.Choice("agreement", "left_out", 2005, 2014)
    >>> votes.groups_chart("C5", choice).title
    Corrected for chance, Central Asia (0.53) was less united than Europe (4) (0.80) in 2010–2014
    """
    found = {group: groups.group_periods(group, choice, seed) for group in groups.counted_groups()}
    data, name, years = pd.concat(found.values(), ignore_index=True), short_name(region), voting_years(*choice.period)
    if data.empty:
        return draw_nothing(canvas, _("No group has a period with enough votes."), _("Groups are those counted."), data)
    spans, apart = sorted(data["period"].unique()), groups.disjoint_groups(region)
    columns = {"index": ("low", "high"), "alpha": ("alpha_low", "alpha_high")}
    panels = canvas.subplots(2, 1, sharex=True)
    for axes, (column, (low, high)) in zip(panels, columns.items(), strict=True):
        ends = []
        for i, (group, frame) in enumerate(found.items()):
            own, bold = frame.set_index("period").reindex(spans), group == region
            shade, dash = (colour(region) if bold else INK, DASHES[0]) if bold or group in apart else (FAINT, DASHES[2])
            x = np.arange(len(spans)) + (0 if bold else 0.08 * (i - 2))
            bars = [own[column] - own[low], own[high] - own[column]]
            look = {"marker": "o", "ms": 4 if bold else 2.5, "lw": 2.4 if bold else 1.3, "ls": dash}
            axes.errorbar(x, own[column], yerr=bars, color=shade, elinewidth=0.9, **look)
            ends.append(line_end(own[column], short_name(group), shade, bold))
            values = zip(x, spans, own[column], own[low], own[high], strict=True)
            name_line(axes, ((at, value, f"{short_name(group)}, {span}: {words.estimate(value, *interval)}")
                             for at, span, value, *interval in values))  # fmt: skip
        axes.set_xticks(range(len(spans)), [span.replace("–", "–\n") for span in spans], fontsize=9)
        axes.grid(axis="y")
        label_line_ends(axes, ends, 2.3)
    panels[0].set_ylabel(_("Agreement index"))
    panels[1].set_ylabel(alpha_axis())
    canvas.set_figheight(6.0)
    caption = words.paragraph(
        _(
            "Above: agreement index (Hix, Noury and Roland 2005) over roll calls in which {least} or more of the group "
            "voted, or all of a group of three; it falls as groups grow, so compare like sizes.", least=groups.VOTERS,
        ),
        _("Below: alpha, for which size does not matter."),
        _("Dotted: groups that share members with {name}.", name=name),
        sentence("; ".join(f"{short_name(group)}: {join_list(short_names(members(group)))}" for group in apart)),
        _("Bars: 95 % intervals over roll calls (seed {seed}).", seed=seed),
    )  # fmt: skip
    alt_text = ngettext(
        "Two line charts of {n} group by period: agreement index and alpha. {each}",
        "Two line charts of {n} groups by period: agreement index and alpha. {each}",
        len(found), each=" ".join(
            sentence(f"{short_name(group)}: {_group_words(frame)}") for group, frame in found.items()
        ),
    )  # fmt: skip
    title = _groups_title(region, data[data["group"].isin([region, *apart])], choice, seed)
    return Drawing(title, alt_text, caption, data, sources=[years["source"]])


def _group_words(frame: pd.DataFrame) -> str:
    """The index and the alpha of all periods of a group."""
    each = [
        _("{period} {value}, alpha {alpha}", period=period, value=words.two(index), alpha=words.two(alpha))
        for period, index, alpha in zip(frame["period"], frame["index"], frame["alpha"], strict=True)
    ]
    return "; ".join(each) or _("no period")


def _groups_title(region: str, data: pd.DataFrame, choice: Choice, seed: int) -> MarkdownText:
    """Which of the groups disjoint from a region were surely more united in the last period of both, else which less.

    `data` are the rows of `groups.group_periods` of the region and of these groups.
    """
    name, alphas = short_name(region), data.pivot(index="group", columns="period", values="alpha")
    shared = alphas.loc[:, alphas.notna().sum() > 1].reindex([region]).dropna(axis="columns").columns
    if shared.empty and region in groups.counted_groups() and groups.disjoint_groups(region):
        return _("No period has enough votes of {name} and of a group without its members", name=name)
    if shared.empty:
        return _(
            "{name} is none of the groups whose splits were counted, or shares members with all of them", name=name
        )
    period = shared.max()
    others = alphas[period].drop(region).dropna()
    signs = {
        group: words.certain_sign(*groups.alpha_gap(region, group, period, choice, seed)) for group in others.index
    }
    sign = max(set(signs.values()) & {1, -1}, default=0)
    named = [f"{short_name(group)} ({words.two(others[group])})" for group in others.index if signs[group] == sign]
    said = {"name": name, "alpha": words.two(alphas.loc[region, period]), "names": named, "years": words.during(period)}
    return {
        1: _("Corrected for chance, {name} ({alpha}) was less united than {names} {years}", **said),
        0: _("Corrected for chance, {name} ({alpha}) was about as united as {names} {years}", **said),
        -1: _("Corrected for chance, {name} ({alpha}) was more united than {names} {years}", **said),
    }[sign]
