"""The figures of the Consultative Meetings: who came, and what was named."""

from typing import Any

import pandas as pd

from centralasia.commitments import domain_titles, mark_words
from centralasia.figures import grids, marks
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.naming import name_mark, with_sources
from centralasia.figures.style import FAINT, INK, WIDTH, is_narrow
from centralasia.meetings import measures
from centralasia.names import colour, short_name
from datacontract.context import ENGLISH
from datacontract.language import _, language, ngettext, pgettext
from datacontract.words import sentence

__all__ = ["attendance_matrix", "naming_matrix"]

_LOOKS = {"president": marks.DISC, "other": marks.RING, "guest": marks.DIAMOND, "no record": "hatch"}
_WHOLE = ("o", 6, INK)
_JOINT = {1: "named", 0: "absent", -1: "refused"}  # how the meeting as a whole stands to a theme
COLUMN, _LETTER = 0.56, 0.066  # inches that the name of a meeting takes, and a letter at the left of a matrix
_CYRILLIC = 1.13  # its letters are so much wider than those of English


@figure
def attendance_matrix(canvas: Any, choice: measures.Choice) -> Drawing:
    """Who came to the meetings, and at what level: states down, meetings across.

    Meetings planned or not held are columns without marks. A full disc is the president in office, a ring a member
    represented by somebody else, a diamond a guest, a hatched field a member of whom no record was found. An empty
    field is neither member nor guest.

    >>> meetings.attendance_matrix(meetings.Choice("CM", 2018, 2024)).title
    Every member sent its president in office to 4 of 6 meetings
    """
    every, drawn = measures.list_meetings(choice), measures.attendance(choice)
    unseen, region = drawn["member"] & drawn["level"].isna(), short_name(choice.region)
    drawn["level"] = drawn["level"].cat.set_categories(list(_LOOKS)).mask(unseen, "no record")
    actors = list(drawn.groupby("actor", sort=False)["member"].any().sort_values(ascending=False, kind="stable").index)
    meetings = list(every["meeting_id"])
    axes, called, names = canvas.subplots(), every.set_index("meeting_id")["name"], _level_words()
    for row in drawn.dropna(subset="level").itertuples():
        style = {"size": 45, "linewidth": 1.2} if row.level == "guest" else {"size": 95}
        place = meetings.index(row.meeting_id), actors.index(row.actor)
        marks.draw_mark(axes, *place, _LOOKS[row.level], colour(row.actor), **style)
        said = f"{called[row.meeting_id]}, {short_name(row.actor)}: {names[row.level]}"
        name_mark(axes, *place, with_sources(said, row.source), 0.8, 0.8)
    grids.frame_matrix(axes, [short_name(actor) for actor in actors], *_columns(every, 24), letters=24)
    described, statuses = [], _status_words()
    for x, row in enumerate(every.itertuples()):
        status = statuses[row.status]
        middle = {"rotation": 90, "ha": "center", "va": "center", "color": FAINT}
        axes.text(x, (len(actors) - 1) / 2, status if row.status != "held" else "", **middle)
        came = drawn[drawn["meeting_id"] == row.meeting_id].groupby("level", observed=True)["actor"]
        parts = [
            _("{level} {actors}", level=names[level], actors=", ".join(map(short_name, own))) for level, own in came
        ]
        described.append(sentence(f"{row.name}: {'; '.join(parts) or status}"))
    marks.draw_key(canvas, {names[level]: look for level, look in _LOOKS.items() if level in set(drawn["level"])})
    canvas.set_figheight(1.9 + 0.34 * len(actors))
    held = drawn["meeting_id"].nunique()
    title = _("No record of any member of {region} at these meetings", region=region)
    if any(drawn["member"] & ~unseen):
        title = ngettext(
            "Every member sent its president in office to {full} of {n} meeting",
            "Every member sent its president in office to {full} of {n} meetings",
            held,
            full=measures.full_meetings(drawn),
        )
    caption = ngettext(
        "n = {marks} marks at {n} meeting held. Members ({region}) are those of the day.",
        "n = {marks} marks at {n} meetings held. Members ({region}) are those of the day.",
        held,
        marks=drawn["level"].count(),
        region=region,
    )
    alt_text = _("Matrix of who came to the meetings. {words}", words=" ".join(described))
    return Drawing(title, alt_text, caption, drawn, [drawn["source"]])


def _level_words() -> dict[str, str]:
    return {
        "president": _("president in office"),
        "other": _("somebody else"),
        "guest": _("guest"),
        "no record": _("no record found"),
    }


def _status_words() -> dict[str, str]:
    return {
        "held": pgettext("a meeting", "held"),
        "not_held": pgettext("a meeting", "not held"),
        "planned": pgettext("a meeting", "planned"),
    }


def _columns(meetings: pd.DataFrame, letters: int) -> tuple[list[str], bool]:
    """The names of meetings for an axis, and whether they stand upright: where they have no room to lie flat.

    Flat ones are broken into lines. Names of rows take so many `letters`.
    """
    wider = 1 if language() == ENGLISH else _CYRILLIC
    upright = len(meetings) * COLUMN * wider > WIDTH - _LETTER * wider * letters
    return [name if upright else broken(name) for name in meetings["name"]], upright


def broken(name: str) -> str:
    """The name of a meeting in lines."""
    return name.replace("-", "-\n").replace(" ", "\n")


@figure
def naming_matrix(canvas: Any, choice: measures.Choice) -> Drawing:
    """Which themes were named at each meeting, in how many speeches, and by the meeting as a whole.

    The number in a cell counts the speeches that name the theme, of those that were read; the deeper the shade, the
    larger their part. A disc beside it is the meeting as a whole, a cross a speech that refuses the theme; a hatched
    column holds no speech that was read. Themes stand in the order of what is known.

    >>> meetings.naming_matrix(meetings.Choice("CM", 2018, 2024)).title
    Security and counter-terrorism: named in 18 of the 24 speeches read
    """
    codes = measures.speech_codes(choice)
    drawn, read = measures.naming_counts(codes), measures.text_coverage(codes)
    total = drawn.groupby("domain", sort=False)["named"].sum().sort_values(ascending=False, kind="stable")
    order, meetings, titles = list(total.index), list(read["meeting_id"]), domain_titles()
    axes = canvas.subplots()
    called = read.set_index("meeting_id")["name"]
    for row in drawn.itertuples():
        place = meetings.index(row.meeting_id), order.index(row.domain)
        _draw_count(axes, *place, row, colour(choice.region))
        if row.named or row.refused or (pd.notna(row.joint) and row.joint):
            name_mark(axes, *place, _count_words(row, f"{titles[row.domain]}, {called[row.meeting_id]}"), 1, 1)
    grids.frame_matrix(axes, [titles[domain] for domain in order], *_columns(read, 34))
    above, turn = {"va": "bottom", "fontsize": 9, "color": FAINT}, 90 if is_narrow(canvas) else 0
    axes.text(-0.6, -0.62, _("Speeches read"), ha="right", **above)
    for x, row in enumerate(read.itertuples()):
        axes.text(x, -0.62, part_read(row) if row.voices else "–", ha="center", rotation=turn, **above)
    looks = {_("meeting as a whole"): _WHOLE, mark_words()["refused"]: marks.CROSS, _("no speech read"): "hatch"}
    used = [True, drawn["refused"].any() or drawn["joint"].eq(-1).any(), drawn["read"].eq(0).any()]
    marks.draw_key(canvas, {words: look for (words, look), seen in zip(looks.items(), used, strict=True) if seen})
    canvas.set_figheight(1.8 + 0.34 * len(order))
    heads = ", ".join(
        _("{meeting} ({read} of {voices} speeches read)", meeting=row.name, read=row.read, voices=row.voices)
        for row in read.itertuples()
    )
    words = " ".join(_describe_counts(titles[domain], drawn[drawn["domain"] == domain]) for domain in order)
    region, top = short_name(choice.region), list(titles[total.index[total == total.max()]])
    title = _("No speech of {region} names a theme", region=region)
    if total.max():
        title = ngettext(
            "{themes}: named in {named} of the {n} speech read",
            "{themes}: named in {named} of the {n} speeches read",
            int(read["read"].sum()),
            themes="; ".join(top),
            named=int(total.max()),
        )
    caption: str = _(
        "n = {entries} entries. Number: speeches of members ({region}) that name the theme, of those read. Disc: the "
        "meeting as a whole names it.",
        entries=len(drawn),
        region=region,
    )
    if not read["joint"].all():
        dark = list(read.loc[~read["joint"], "name"])
        caption = " ".join([caption, _("Not coded as a whole: {meetings}.", meetings=dark)])
    return Drawing(
        title,
        _("Matrix of themes and meetings. Meetings in order: {heads}. {words}", heads=heads, words=words),
        caption,
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def part_read(row: Any) -> str:
    """How many of the speeches at a meeting were read."""
    return _("{read} of {voices}", read=row.read, voices=row.voices)


def _draw_count(axes: Any, x: int, y: int, row: Any, shade: str) -> None:
    narrow = is_narrow(axes.figure)
    if row.named:
        grids.draw_box(axes, x, y, 1, 1, facecolor=shade, alpha=0.6 * row.named / row.read, linewidth=0, zorder=0)
        axes.text(x - (0.23 if narrow else 0.12), y, f"{row.named}", ha="center", va="center", fontsize=9.5, zorder=4)
    elif not row.read:
        grids.draw_unknown(axes, x, y)
    if row.refused:
        right, below, size = (0, 0.33, 26) if narrow else (0.1, 0, 52)  # no number lies under it
        marks.draw_mark(axes, x + right, y - below, marks.CROSS, INK, size=size)
    if pd.notna(row.joint) and row.joint:
        right, style = (0.24, {"size": 22, "linewidth": 0.8}) if narrow else (0.33, {"size": 30})
        marks.draw_mark(axes, x + right, y, _WHOLE if row.joint > 0 else marks.CROSS, INK, **style)


def _describe_counts(theme: str, rows: pd.DataFrame) -> str:
    """One theme in words: the speeches that name it and the meeting as a whole, in the order of the meetings."""
    known = mark_words()
    return _(
        "{theme}: speeches naming it {numbers}; the meetings as a whole {marks}.",
        theme=theme,
        numbers=", ".join(map(_describe_count, rows.itertuples())),
        marks=", ".join(known[mark] for mark in rows["joint"].map(_JOINT).fillna("unknown")),
    )


def _count_words(row: Any, heading: str) -> str:
    """What a cell says of the theme and the meeting in `heading`: how many speeches name it, and the meeting itself."""
    known = mark_words()
    named = ngettext(
        "{themes}: named in {named} of the {n} speech read",
        "{themes}: named in {named} of the {n} speeches read",
        int(row.read),
        themes=heading,
        named=row.named,
    )
    refused = [f"{known['refused']}: {row.refused}"] if row.refused else []
    whole = known["unknown" if pd.isna(row.joint) else _JOINT[row.joint]]
    together = _("meeting as a whole")
    return "; ".join([named, *refused, f"{together}: {whole}"])


def _describe_count(row: Any) -> str:
    if not row.read:
        return _("none read")
    if row.refused:
        return _("{named} and {refused} against", named=row.named, refused=row.refused)
    return str(row.named)
