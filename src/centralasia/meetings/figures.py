"""The figures of what was named at the Consultative Meetings, and of whether agendas draw together."""

import itertools

import pandas as pd

from centralasia.commitments import domain_titles as titles
from centralasia.figures.figure import figure
from centralasia.figures.marks import HATCH, draw_key, draw_title, draw_unknown, frame_matrix, name_sources
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.meetings import measures as meetings
from centralasia.meetings.attendance_figure import FLAT, meeting_names
from centralasia.names import colour, short_name
from datacontract.labels import number_formatter, translate_figure
from datacontract.sources import source_keys

__all__ = ["agenda_drift", "drift_title", "meeting_agenda"]


@figure
def meeting_agenda(canvas, region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """Which domains were named at each meeting, by how many members at least, and by the meeting as a whole.

    Parameters are those of `convergence.meetings.named`. The number in a cell counts members known to name the
    domain: ``≥2`` at least two, since the others are unknown; ``2–4`` between two and four; a hatched field nobody
    seen. The deeper the shade, the larger the part of the members known to name it. The disc beside it is the meeting
    as a whole: full named directly, a ring named indirectly, none unknown. Domains stand in the order of what is
    known.
    """
    spoken = meetings.named(region, first_year, last_year, strength, weak_zeros)
    drawn, read = meetings.breadth(spoken), meetings.reading(spoken)
    order = list(drawn.groupby("domain", sort=False)["least"].sum().sort_values(ascending=False, kind="stable").index)
    columns, shade = {m: x for x, m in enumerate(read["meeting_id"])}, colour(region)
    axes = canvas.subplots()
    for row in drawn.itertuples():
        _draw_count(axes, columns[row.meeting_id], order.index(row.domain), row, shade)
    names = titles()
    frame_matrix(axes, [names[d] for d in order], meeting_names(read), upright=len(read) > FLAT)
    above = {"va": "bottom", "fontsize": 9, "color": FAINT}
    axes.text(-0.6, -0.62, translate_figure("named.read"), ha="right", **above)
    for x, row in enumerate(read.itertuples()):
        heard = translate_figure("named.of", n=row.coded, all=row.voices) if row.voices else "–"
        axes.text(x, -0.62, heard, ha="center", **above)
    joint = {translate_figure("named.direct"): ("o", 6, INK), translate_figure("named.indirect"): ("o", 6, "white")}
    draw_key(canvas, joint | {translate_figure("named.unseen"): "hatch"})
    canvas.set_size_inches(WIDTH, 1.8 + 0.34 * len(order))
    title = _agenda_title(drawn, order, names, region)
    draw_title(canvas, title)
    heads = ", ".join(f"{r.name} ({r.coded} of {r.voices} speeches read)" for r in read.itertuples())
    words = " ".join(f"{names[d]}: {_counted(drawn[drawn['domain'] == d])}." for d in order)
    caption = (
        f"n = {len(drawn)} cells. Number: members known to name the domain ({short_name(region)}); hatched: "
        "none seen. "
        f"Disc: named by the meeting as a whole, full directly, ring indirectly. {_sources(spoken)}"
    )
    return title, f"Matrix of domains and meetings. Meetings in order: {heads}. {words}", caption, drawn


def _draw_count(axes, x, y, row, shade):
    from matplotlib.patches import Rectangle

    part = row.least / row.voices if row.voices else 0
    if part:
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=shade, alpha=0.6 * part, linewidth=0, zorder=0))
    elif row.most:
        draw_unknown(axes, x, y)
    axes.text(x - 0.12, y, _number(row), ha="center", va="center", fontsize=9.5, zorder=4)
    if pd.notna(row.joint_strength):
        face = INK if row.joint_strength == "direct" else "white"
        axes.scatter(x + 0.33, y, s=26, facecolor=face, edgecolor=INK, linewidth=1.2, zorder=4)


def _number(row):
    if row.least == row.most:
        return f"{row.least}" if row.voices else ""
    if row.most == row.voices:
        return f"≥{row.least}" if row.least else ""
    return f"{row.least}–{row.most}"


def _counted(rows):
    """One domain in words: the members known to name it and the meeting as a whole, in the order of the meetings."""
    numbers = ", ".join(_number(row) or "none seen" for row in rows.itertuples())
    known = rows["joint"].eq(0).map({True: "absent", False: "unknown"}).fillna("unknown")
    whole = ", ".join(rows["joint_strength"].astype("object").where(rows["joint_strength"].notna(), known))
    return f"members naming it {numbers}; the meetings as a whole {whole}"


def _sources(spoken):
    return name_sources(source_keys(spoken.loc[spoken["value"].notna(), "source"]))


def _agenda_title(drawn, order, names, region):
    total = drawn.groupby("domain", sort=False)["least"].sum()
    if not total.max():
        return translate_figure("named.title_none", name=short_name(region))
    top = [names[d] for d in order if total[d] == total.max()]
    spoken = int(drawn.groupby("meeting_id")["voices"].first().sum())
    return translate_figure("named.title", domains="; ".join(top), n=int(total.max()), speeches=spoken)


@figure
def agenda_drift(canvas, region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """Whether agendas draw together: what two members share on average, between its bounds, meeting by meeting.

    Above, the mean share of domains that two members both name (`convergence.meetings.common_share`), below, the
    number of domains that the meeting as a whole names. Full: known; hatched: up to what the unknown cells allow.
    Parameters are those of `convergence.meetings.named`. A rise can be read only where the full part of a later
    meeting stands above the hatched part of an earlier one.
    """
    spoken = meetings.named(region, first_year, last_year, strength, weak_zeros)
    read = meetings.reading(spoken)[["meeting_id", "coded"]]
    drawn = meetings.common_share(meetings.breadth(spoken)).merge(read, on="meeting_id")
    n, shade = int(drawn["domains"].iloc[0]), colour(region)
    upper, lower = canvas.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    write = number_formatter()
    _draw_spans(upper, drawn["low"], drawn["high"], 1, shade, lambda value: write(value, ".2f"))
    _draw_spans(lower, drawn["joint_least"], drawn["joint_most"], n, INK, lambda value: write(value, ".0f"))
    upper.set_ylabel(translate_figure("drift.axis"), fontsize=9.5)
    lower.set_ylabel(translate_figure("drift.axis_whole"), fontsize=9.5)
    if drawn["low"].isna().all():
        upper.text(0.5, 0.5, translate_figure("drift.few"), transform=upper.transAxes, ha="center", color=FAINT)
    read = [translate_figure("named.of", n=r.coded, all=r.voices) for r in drawn.itertuples()]
    labels = [name.replace(" ", "\n") + "\n" + of for name, of in zip(drawn["name"], read, strict=True)]
    lower.set_xticks(range(len(drawn)), labels, fontsize=8.5)
    lower.set_xlabel(translate_figure("drift.axis_meeting"))
    canvas.set_size_inches(WIDTH, 4.6)
    title = drift_title(drawn)
    draw_title(canvas, title)
    words = " ".join(
        f"{r.name}: {f'{r.low:.2f} to {r.high:.2f}' if r.low == r.low else 'no two members'}, as a whole "
        f"{r.joint_least} to {r.joint_most} of {n} domains, {r.coded} of {r.voices} speeches read."
        for r in drawn.itertuples()
    )
    caption = (
        f"n = {len(drawn)} meetings, {n} domains. Full: lower bound; hatched: up to the upper bound, where every "
        "unknown "
        f"is taken as named. {_sources(spoken)}"
    )
    return title, f"Bars between bounds. Share of domains that two members both name. {words}", caption, drawn


def _draw_spans(axes, least, most, top, shade, form):
    for x, (low, high) in enumerate(zip(least, most, strict=True)):
        if pd.notna(low):
            axes.bar(x, low, width=0.55, color=shade)
            axes.bar(x, high - low, bottom=low, width=0.55, facecolor="white", **HATCH)
            axes.bar(x, top, width=0.55, facecolor="none", edgecolor=FAINT, linewidth=0.7)
            high_up = low > 0.8 * top
            look = {"color": "white"} if high_up else {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
            at = low - 0.04 * top if high_up else low + 0.02 * top
            axes.text(x, at, form(low), ha="center", va="top" if high_up else "bottom", fontsize=9, **look)
    axes.set(xlim=(-0.6, len(least) - 0.4), ylim=(0, top))
    axes.spines[["left", "bottom"]].set_visible(False)


def drift_title(shares):
    """What the bounds say of a trend, in a line."""
    if len(shares.dropna(subset="low")) < 2:
        return translate_figure("drift.title_few")
    apart = meetings.told_apart(shares)
    if not apart:
        return translate_figure("drift.title_none")
    earlier, later, sign = apart[-1]
    pairs = len(list(itertools.combinations(range(len(shares)), 2)))
    side = "drift.above" if sign > 0 else "drift.below"
    return translate_figure(side, n=len(apart), pairs=pairs, later=later, earlier=earlier)
