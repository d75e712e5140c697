"""The figure of who came to the Consultative Meetings."""

from centralasia.figures.figure import figure
from centralasia.figures.marks import (
    DIAMOND,
    DISC,
    RING,
    draw_key,
    draw_title,
    draw_unknown,
    frame_matrix,
    name_sources,
)
from centralasia.figures.style import FAINT, WIDTH
from centralasia.meetings import measures as meetings
from centralasia.names import colour, short_name
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import pluralize

__all__ = ["attendance_matrix", "meeting_names"]

_LOOKS = {"president": DISC, "other": RING, "guest": DIAMOND, "no record": "hatch"}
FLAT = 9  # more meetings than these have no room for names that lie flat


@figure
def attendance_matrix(canvas, region, first_year, last_year):
    """Who came to the meetings, and at what level: states down, meetings across.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``; its members are those of the day of a meeting.
    first_year, last_year : int
        The years, both included; meetings planned or not held are columns without marks.

    A full disc is the president in office, a ring a member represented by somebody else, a diamond a guest, a hatched
    field a member of whom no record was found. An empty field is neither member nor guest.
    """
    every = meetings.meetings(first_year, last_year)
    drawn = meetings.attendance(region, first_year, last_year)
    drawn["level"] = drawn["level"].astype("object").where(drawn["level"].notna(), "")
    drawn.loc[drawn["member"] & (drawn["level"] == ""), "level"] = "no record"
    actors = sorted(drawn["actor"].unique(), key=lambda a: not drawn.loc[drawn["actor"] == a, "member"].any())
    columns = {meeting: x for x, meeting in enumerate(every["meeting_id"])}
    shades = {actor: colour(actor) for actor in actors}
    axes = canvas.subplots()
    for row in drawn.itertuples():
        _draw_level(axes, columns[row.meeting_id], actors.index(row.actor), row.level, shades[row.actor])
    middle = {"rotation": 90, "ha": "center", "va": "center", "color": FAINT}
    for row in every[every["status"] != "held"].itertuples():
        axes.text(columns[row.meeting_id], (len(actors) - 1) / 2, translate_figure(f"meeting.{row.status}"), **middle)
    names, upright = [short_name(a) for a in actors], len(every) > FLAT
    frame_matrix(axes, names, meeting_names(every), upright, letters=24)
    draw_key(canvas, {_said(level): look for level, look in _LOOKS.items() if level in set(drawn["level"])})
    canvas.set_size_inches(WIDTH, 1.9 + 0.34 * len(actors))
    title = _title(drawn, region)
    draw_title(canvas, title)
    came = {row.meeting_id: _spoken(drawn[drawn["meeting_id"] == row.meeting_id]) for row in every.itertuples()}
    words = " ".join(
        f"{row.name}: {came[row.meeting_id] or translate_figure(f'meeting.{row.status}')}."
        for row in every.itertuples()
    )
    caption = (
        f"n = {int((drawn['level'] != '').sum())} marks at {pluralize(drawn['meeting_id'].nunique(), 'meeting')} held. "
        f"Members ({short_name(region)}) are those of the day. {name_sources(source_keys(drawn['source']))}"
    )
    return title, f"Matrix of who came to the meetings. {words}", caption, drawn


def meeting_names(rows):
    """The names of meetings for an axis: broken into lines where they lie flat."""
    if len(rows) > FLAT:
        return list(rows["name"])
    return [name.replace("-", "-\n").replace(" ", "\n") for name in rows["name"]]


def _draw_level(axes, x, y, level, shade):
    if level == "president":
        axes.scatter(x, y, s=95, facecolor=shade, edgecolor=shade, linewidth=1.8, zorder=3)
    elif level == "other":
        axes.scatter(x, y, s=95, facecolor="white", edgecolor=shade, linewidth=1.8, zorder=3)
    elif level == "guest":
        axes.scatter(x, y, s=45, marker="D", facecolor="white", edgecolor=shade, linewidth=1.2, zorder=3)
    elif level == "no record":
        draw_unknown(axes, x, y)


def _spoken(rows):
    """One meeting in words: who came at which level."""
    came = {level: rows.loc[rows["level"] == level, "actor"] for level in _LOOKS}
    return "; ".join(
        f"{_said(level)} {', '.join(short_name(actor) for actor in actors)}"
        for level, actors in came.items()
        if len(actors)
    )


def _said(level):
    return translate_figure(f"attendance.{level.replace(' ', '_')}")


def _title(drawn, region):
    members = drawn[drawn["member"]]
    if not members["level"].isin(["president", "other", "guest"]).any():
        return translate_figure("attendance.title_none", name=short_name(region))
    full = members.assign(full=members["level"] == "president").groupby("meeting_id")["full"].all()
    return translate_figure("attendance.title", n=int(full.sum()), meetings=drawn["meeting_id"].nunique())
