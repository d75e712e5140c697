"""The figures of the Consultative Meetings: who came, what was named, and whether agendas draw together."""

from typing import Any

import pandas as pd

from centralasia.commitments import domain_titles
from centralasia.figures import marks
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.style import FAINT, INK
from centralasia.meetings import measures
from centralasia.names import colour, short_name
from datacontract.labels import number_formatter, translate_figure
from datacontract.words import pluralize

__all__ = ["attendance_matrix", "naming_matrix", "share_intervals"]

_LOOKS = {"president": marks.DISC, "other": marks.RING, "guest": marks.DIAMOND, "no record": "hatch"}
_FLAT = 9  # more meetings than these have no room for names that lie flat


@figure
def attendance_matrix(canvas: Any, choice: measures.Choice) -> Drawing:
    """Who came to the meetings, and at what level: states down, meetings across.

    Meetings planned or not held are columns without marks. A full disc is the president in office, a ring a member
    represented by somebody else, a diamond a guest, a hatched field a member of whom no record was found. An empty
    field is neither member nor guest.
    """
    every, drawn = measures.list_meetings(choice), measures.attendance(choice)
    unseen, region = drawn["member"] & drawn["level"].isna(), short_name(choice.region)
    drawn["level"] = drawn["level"].cat.set_categories(list(_LOOKS)).mask(unseen, "no record")
    actors = list(drawn.groupby("actor", sort=False)["member"].any().sort_values(ascending=False, kind="stable").index)
    meetings = list(every["meeting_id"])
    axes = canvas.subplots()
    for row in drawn.dropna(subset="level").itertuples():
        style = {"size": 45, "linewidth": 1.2} if row.level == "guest" else {"size": 95}
        place = meetings.index(row.meeting_id), actors.index(row.actor)
        marks.draw_mark(axes, *place, _LOOKS[row.level], colour(row.actor), **style)
    marks.frame_matrix(axes, [short_name(actor) for actor in actors], *_columns(every), letters=24)
    words, names = "", {level: translate_figure(f"attendance.{level.replace(' ', '_')}") for level in _LOOKS}
    for x, row in enumerate(every.itertuples()):
        status = translate_figure(f"meeting.{row.status}")
        middle = {"rotation": 90, "ha": "center", "va": "center", "color": FAINT}
        axes.text(x, (len(actors) - 1) / 2, status if row.status != "held" else "", **middle)
        came = drawn[drawn["meeting_id"] == row.meeting_id].groupby("level", observed=True)["actor"]
        parts = [f"{names[level]} {', '.join(map(short_name, own))}" for level, own in came]
        words += f" {row.name}: {'; '.join(parts) or status}."
    marks.draw_key(canvas, {names[level]: look for level, look in _LOOKS.items() if level in set(drawn["level"])})
    canvas.set_figheight(1.9 + 0.34 * len(actors))
    n, held = drawn["level"].count(), drawn["meeting_id"].nunique()
    title = translate_figure("attendance.title", n=measures.full_meetings(drawn), meetings=held)
    return Drawing(
        title if any(drawn["member"] & ~unseen) else translate_figure("attendance.title_none", name=region),
        f"Matrix of who came to the meetings.{words}",
        f"n = {n} marks at {pluralize(held, 'meeting')} held. Members ({region}) are those of the day.",
        drawn,
        [drawn["source"]],
    )


def _columns(meetings: pd.DataFrame) -> tuple[list[str], bool]:
    """The names of meetings for an axis, broken into lines where they lie flat, and whether they stand upright."""
    upright = len(meetings) > _FLAT
    return [name if upright else name.replace("-", "-\n").replace(" ", "\n") for name in meetings["name"]], upright


@figure
def naming_matrix(canvas: Any, choice: measures.Choice) -> Drawing:
    """Which domains were named at each meeting, by how many members at least, and by the meeting as a whole.

    The number in a cell counts members known to name the domain: ``≥2`` at least two, since the others are unknown;
    ``2–4`` between two and four; a hatched field nobody seen. The deeper the shade, the larger the part of the members
    known to name it. The disc beside it is the meeting as a whole: full named directly, a ring named indirectly, none
    unknown. Domains stand in the order of what is known.
    """
    codes = measures.speech_codes(choice)
    drawn, read = measures.naming_counts(codes), measures.text_coverage(codes)
    total = drawn.groupby("domain", sort=False)["least"].sum().sort_values(ascending=False, kind="stable")
    order, meetings, titles = list(total.index), list(read["meeting_id"]), domain_titles()
    axes = canvas.subplots()
    for row in drawn.itertuples():
        _draw_count(axes, meetings.index(row.meeting_id), order.index(row.domain), row, colour(choice.region))
    marks.frame_matrix(axes, [titles[domain] for domain in order], *_columns(read))
    above = {"va": "bottom", "fontsize": 9, "color": FAINT}
    axes.text(-0.6, -0.62, translate_figure("named.read"), ha="right", **above)
    for x, row in enumerate(read.itertuples()):
        axes.text(x, -0.62, _part_read(row) if row.voices else "–", ha="center", **above)
    looks = {"direct": ("o", 6, INK), "indirect": ("o", 6, "white"), "unseen": "hatch"}
    marks.draw_key(canvas, {translate_figure(f"named.{name}"): look for name, look in looks.items()})
    canvas.set_figheight(1.8 + 0.34 * len(order))
    heads = ", ".join(f"{row.name} ({row.coded} of {row.voices} speeches read)" for row in read.itertuples())
    words = " ".join(f"{titles[domain]}: {_describe_counts(drawn[drawn['domain'] == domain])}." for domain in order)
    n, region, top = int(total.max()), short_name(choice.region), list(titles[total.index[total == total.max()]])
    title = translate_figure("named.title", n=n, speeches=int(read["voices"].sum()), domains="; ".join(top))
    return Drawing(
        title if n else translate_figure("named.title_none", name=region),
        f"Matrix of domains and meetings. Meetings in order: {heads}. {words}",
        f"n = {len(drawn)} cells. Number: members known to name the domain ({region}); hatched: none seen. "
        "Disc: named by the meeting as a whole, full directly, ring indirectly.",
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def _part_read(row: Any) -> str:
    return translate_figure("named.of", n=row.coded, all=row.voices)


def _draw_count(axes: Any, x: int, y: int, row: Any, shade: str) -> None:
    if row.least:
        marks.draw_box(axes, x, y, 1, 1, facecolor=shade, alpha=0.6 * row.least / row.voices, linewidth=0, zorder=0)
    elif row.most:
        marks.draw_unknown(axes, x, y)
    axes.text(x - 0.12, y, _number(row), ha="center", va="center", fontsize=9.5, zorder=4)
    if pd.notna(row.joint_strength):
        look = marks.DISC if row.joint_strength == "direct" else marks.RING
        marks.draw_mark(axes, x + 0.33, y, look, INK, size=26, linewidth=1.2, zorder=4)


def _number(row: Any) -> str:
    if row.least == row.most:
        return f"{row.least}" if row.voices else ""
    if row.most == row.voices:
        return f"≥{row.least}" if row.least else ""
    return f"{row.least}–{row.most}"


def _describe_counts(rows: pd.DataFrame) -> str:
    """One domain in words: the members known to name it and the meeting as a whole, in the order of the meetings."""
    numbers = ", ".join(_number(row) or "none seen" for row in rows.itertuples())
    known = rows["joint"].eq(0).map({True: "absent", False: "unknown"}).fillna("unknown")
    whole = ", ".join(rows["joint_strength"].astype("object").fillna(known))
    return f"members naming it {numbers}; the meetings as a whole {whole}"


@figure
def share_intervals(canvas: Any, choice: measures.Choice) -> Drawing:
    """Whether agendas draw together: what two members share on average, between its bounds, meeting by meeting.

    Above, the mean share of domains that two members both name (`mean_russell_rao`), below, the number of domains that
    the meeting as a whole names. Full: known; hatched: up to what the unknown cells allow. A rise can be read only
    where the full part of a later meeting stands above the hatched part of an earlier one.
    """
    codes = measures.speech_codes(choice)
    drawn = measures.mean_russell_rao(codes)
    n = int(drawn["domains"].iloc[0])
    upper, lower = canvas.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    _draw_spans(upper, drawn[["low", "high"]], 1, colour(choice.region), ".2f")
    _draw_spans(lower, drawn[["joint_least", "joint_most"]], n, INK, ".0f")
    upper.set_ylabel(translate_figure("drift.axis"), fontsize=9.5)
    lower.set_ylabel(translate_figure("drift.axis_whole"), fontsize=9.5)
    if drawn["low"].isna().all():
        upper.text(0.5, 0.5, translate_figure("drift.few"), transform=upper.transAxes, ha="center", color=FAINT)
    heads = [row.name.replace(" ", "\n") + "\n" + _part_read(row) for row in drawn.itertuples()]
    lower.set_xticks(range(len(drawn)), heads, fontsize=8.5)
    lower.set_xlabel(translate_figure("drift.axis_meeting"))
    canvas.set_figheight(4.6)
    words = " ".join(
        f"{row.name}: {f'{row.low:.2f} to {row.high:.2f}' if row.low == row.low else 'no two members'}, as a whole "
        f"{row.joint_least} to {row.joint_most} of {n} domains, {row.coded} of {row.voices} speeches read."
        for row in drawn.itertuples()
    )
    return Drawing(
        _share_title(drawn),
        f"Bars between bounds. Share of domains that two members both name. {words}",
        f"n = {len(drawn)} meetings, {n} domains. Full: lower bound; hatched: up to the upper bound, where every "
        "unknown is taken as named.",
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def _draw_spans(axes: Any, bounds: pd.DataFrame, top: float, shade: str, form: str) -> None:
    for x, low, high in bounds.dropna().itertuples():
        axes.bar(x, low, width=0.55, color=shade)
        axes.bar(x, high - low, bottom=low, width=0.55, facecolor="white", **marks.HATCH)
        axes.bar(x, top, width=0.55, facecolor="none", edgecolor=FAINT, linewidth=0.7)
        inside = {"va": "top", "color": "white"}
        above = {"va": "bottom", "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
        at, look = (low - 0.04 * top, inside) if low > 0.8 * top else (low + 0.02 * top, above)
        axes.text(x, at, number_formatter()(low, form), ha="center", fontsize=9, **look)
    axes.set(xlim=(-0.6, len(bounds) - 0.4), ylim=(0, top))
    axes.spines[["left", "bottom"]].set_visible(False)


def _share_title(shares: pd.DataFrame) -> str:
    """What the bounds say of a trend, in a line."""
    if shares["low"].count() < 2:
        return translate_figure("drift.title_few")
    apart, pairs = measures.disjoint_intervals(shares), len(shares) * (len(shares) - 1) // 2
    if not apart:
        return translate_figure("drift.title_none")
    earlier, later, sign = apart[-1]
    return translate_figure(
        "drift.above" if sign > 0 else "drift.below", n=len(apart), pairs=pairs, later=later, earlier=earlier
    )
