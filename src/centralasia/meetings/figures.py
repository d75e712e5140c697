"""The figures of the Consultative Meetings: who came, what was named, and what two speeches share."""

from typing import Any

import pandas as pd

from centralasia.commitments import domain_titles
from centralasia.figures import marks
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.meetings import measures, shares
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.language import format_number
from datacontract.words import join_list, pluralize

__all__ = ["attendance_matrix", "naming_matrix", "share_bars"]

_LOOKS = {"president": marks.DISC, "other": marks.RING, "guest": marks.DIAMOND, "no record": "hatch"}
_WHOLE = ("o", 6, INK)
_COLUMN, _LETTER = 0.56, 0.066  # inches that the name of a meeting takes, and a letter at the left of a matrix


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
    marks.frame_matrix(axes, [short_name(actor) for actor in actors], *_columns(every, 24), letters=24)
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


def _columns(meetings: pd.DataFrame, letters: int) -> tuple[list[str], bool]:
    """The names of meetings for an axis, and whether they stand upright: where they have no room to lie flat.

    Flat ones are broken into lines. Names of rows take so many `letters`.
    """
    upright = len(meetings) * _COLUMN > WIDTH - _LETTER * letters
    return [name if upright else _broken(name) for name in meetings["name"]], upright


def _broken(name: str) -> str:
    return name.replace("-", "-\n").replace(" ", "\n")


@figure
def naming_matrix(canvas: Any, choice: measures.Choice) -> Drawing:
    """Which themes were named at each meeting, in how many speeches, and by the meeting as a whole.

    The number in a cell counts the speeches that name the theme, of those that were read; the deeper the shade, the
    larger their part. A disc beside it is the meeting as a whole, a cross a speech that refuses the theme; a hatched
    column holds no speech that was read. Themes stand in the order of what is known.
    """
    codes = measures.speech_codes(choice)
    drawn, read = measures.naming_counts(codes), measures.text_coverage(codes)
    total = drawn.groupby("domain", sort=False)["named"].sum().sort_values(ascending=False, kind="stable")
    order, meetings, titles = list(total.index), list(read["meeting_id"]), domain_titles()
    axes = canvas.subplots()
    for row in drawn.itertuples():
        _draw_count(axes, meetings.index(row.meeting_id), order.index(row.domain), row, colour(choice.region))
    marks.frame_matrix(axes, [titles[domain] for domain in order], *_columns(read, 34))
    above = {"va": "bottom", "fontsize": 9, "color": FAINT}
    axes.text(-0.6, -0.62, "Speeches read", ha="right", **above)
    for x, row in enumerate(read.itertuples()):
        axes.text(x, -0.62, _part_read(row) if row.voices else "–", ha="center", **above)
    looks = {"meeting as a whole": _WHOLE, "refused": marks.CROSS, "no speech read": "hatch"}
    used = [True, drawn["refused"].any() or drawn["joint"].eq(-1).any(), drawn["read"].eq(0).any()]
    marks.draw_key(canvas, {words: look for (words, look), seen in zip(looks.items(), used, strict=True) if seen})
    canvas.set_figheight(1.8 + 0.34 * len(order))
    heads = ", ".join(f"{row.name} ({row.read} of {row.voices} speeches read)" for row in read.itertuples())
    words = " ".join(f"{titles[domain]}: {_describe_counts(drawn[drawn['domain'] == domain])}." for domain in order)
    n, region, top = int(total.max()), short_name(choice.region), list(titles[total.index[total == total.max()]])
    speeches = pluralize(int(read["read"].sum()), "speech", "speeches")
    dark = join_list(read.loc[~read["joint"], "name"])
    return Drawing(
        f"{join_list(top)}: named in {n} of the {speeches} read" if n else f"No speech of {region} names a theme",
        f"Matrix of themes and meetings. Meetings in order: {heads}. {words}",
        f"n = {len(drawn)} entries. Number: speeches of members ({region}) that name the theme, of those read. Disc: "
        f"the meeting as a whole names it.{'' if read['joint'].all() else f' Not coded as a whole: {dark}.'}",
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def _part_read(row: Any) -> str:
    return f"{row.read} of {row.voices}"


def _draw_count(axes: Any, x: int, y: int, row: Any, shade: str) -> None:
    if row.named:
        marks.draw_box(axes, x, y, 1, 1, facecolor=shade, alpha=0.6 * row.named / row.read, linewidth=0, zorder=0)
        axes.text(x - 0.12, y, f"{row.named}", ha="center", va="center", fontsize=9.5, zorder=4)
    elif not row.read:
        marks.draw_unknown(axes, x, y)
    if row.refused:
        marks.draw_mark(axes, x + 0.1, y, marks.CROSS, INK, size=52)
    if pd.notna(row.joint) and row.joint:
        marks.draw_mark(axes, x + 0.33, y, _WHOLE if row.joint > 0 else marks.CROSS, INK, size=30)


def _describe_counts(rows: pd.DataFrame) -> str:
    """One theme in words: the speeches that name it and the meeting as a whole, in the order of the meetings."""
    words = {1: "named", 0: "absent", -1: "refused"}
    numbers = ", ".join(
        f"{row.named}{f' and {row.refused} against' if row.refused else ''}" if row.read else "none read"
        for row in rows.itertuples()
    )
    return (
        f"speeches naming it {numbers}; the meetings as a whole {', '.join(rows['joint'].map(words).fillna('unknown'))}"
    )


@figure
def share_bars(canvas: Any, choice: measures.Choice) -> Drawing:
    """What two speeches share on average beside what chance gives, and how many themes the meeting as a whole names.

    Above, bars are the share of themes that two speeches both name (`shared_themes`), and a line across is what two
    lists of these lengths share by chance. Below, the themes that the meeting as a whole names; a hatched column is
    not coded.
    """
    codes = measures.speech_codes(choice)
    drawn = shares.shared_themes(codes)
    n, number = int(drawn["domains"].iloc[0]), format_number
    upper, lower = canvas.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    for x, row in enumerate(drawn.itertuples()):
        if row.shared == row.shared:
            upper.bar(x, row.shared, width=0.55, color=colour(choice.region))
            upper.hlines(row.chance, x - 0.36, x + 0.36, color=INK, linewidth=2)
            top = max(row.shared, row.chance)
            upper.annotate(number(row.shared, ".0%"), (x, top), (0, 3), textcoords="offset points", ha="center")
        if pd.isna(row.joint_themes):
            lower.bar(x, n, width=0.55, facecolor="white", **marks.HATCH)
        else:
            lower.bar(x, row.joint_themes, width=0.55, color=FAINT)
            lower.annotate(row.joint_themes, (x, row.joint_themes), (0, 3), textcoords="offset points", ha="center")
    if drawn["shared"].isna().all():
        upper.text(0.5, 0.5, "fewer than two speeches read", transform=upper.transAxes, ha="center", color=FAINT)
    most = max(drawn["shared"].max(), drawn["chance"].max(), 0.1) if drawn["shared"].any() else 0.1
    upper.set(ylim=(0, 1.2 * most), yticks=[], ylabel="Themes that two\nspeeches share")
    lower.set(ylim=(0, 1.3 * n), yticks=[], ylabel="Themes that the\nmeeting names", xlim=(-0.6, len(drawn) - 0.4))
    for axes in (upper, lower):
        axes.spines[["left", "bottom"]].set_visible(False)
    upright = len(drawn) * _COLUMN > WIDTH - 0.6
    heads = [(row.name if upright else _broken(row.name)) + f"\n{_part_read(row)}" for row in drawn.itertuples()]
    lower.set_xticks(range(len(drawn)), heads, fontsize=8.5, rotation=90 if upright else 0)
    lower.set_xlabel("Meeting, and how many speeches were read")
    looks = {"as much as lists of these lengths share by chance": ("_", 14, INK), "not coded": "hatch"}
    marks.draw_key(canvas, dict(list(looks.items())[: 1 + drawn["joint_themes"].isna().any()]))
    canvas.set_figheight(4.8)
    words = " ".join(map(_describe_share, drawn.itertuples()))
    return Drawing(
        _share_title(codes),
        f"Bars by meeting, share of themes that two speeches both name, and by chance. {words}",
        f"n = {int(drawn['read'].sum())} speeches read, {n} themes. Bars are the least that is shared: nobody "
        "read what a speech leaves out. Below, the themes that the meeting as a whole names.",
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def _describe_share(row: Any) -> str:
    both = f"{row.shared:.2f}, by chance {row.chance:.2f}" if row.shared == row.shared else "no two speeches read"
    whole = "not coded" if pd.isna(row.joint_themes) else f"{row.joint_themes} of {row.domains} themes"
    return f"{row.name}: {both}; as a whole {whole}; {_part_read(row)} speeches read."


def _share_title(codes: pd.DataFrame) -> str:
    """What the change says, in a line."""
    found = shares.shift(codes)
    if found is None:
        return "Too few meetings with speeches that were read to compare over time"
    if found.low > 0 or found.high < 0:
        return f"Beyond chance, speeches share {'more' if found.low > 0 else 'less'} than at the first meetings"
    rose = found.after["shared"] > found.before["shared"]
    return f"Two speeches share {'more' if rose else 'fewer'} themes than at first, but not clearly beyond chance"
