"""The figure of what two speeches at a Consultative Meeting share."""

from typing import Any

import pandas as pd

from centralasia.figures import grids, marks
from centralasia.figures.figure import Drawing, figure
from centralasia.figures.naming import name_mark
from centralasia.figures.style import FAINT, INK, WIDTH
from centralasia.meetings import measures, shares
from centralasia.meetings.figures import COLUMN, broken, part_read
from centralasia.names import colour
from datacontract.language import _, format_number, pgettext

__all__ = ["share_bars"]


@figure
def share_bars(canvas: Any, choice: measures.Choice) -> Drawing:
    """What two speeches share on average beside what chance gives, and how many themes the meeting as a whole names.

    Above, bars are the share of themes that two speeches both name (`shared_themes`), and a line across is what two
    lists of these lengths share by chance. Below, the themes that the meeting as a whole names; a hatched column is
    not coded.

    >>> meetings.share_bars(meetings.Choice("CM", 2018, 2024)).title
    Two speeches share more themes than at first, but not clearly beyond chance
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
            name_mark(upper, x, top / 2, _describe_share(row), 0.72, top)
            upper.annotate(number(row.shared, ".0%"), (x, top), (0, 3), textcoords="offset points", ha="center")
        if pd.isna(row.joint_themes):
            lower.bar(x, n, width=0.55, facecolor="white", **grids.HATCH)
        else:
            lower.bar(x, row.joint_themes, width=0.55, color=FAINT)
            name_mark(lower, x, row.joint_themes / 2, _describe_share(row), 0.55, row.joint_themes)
            lower.annotate(row.joint_themes, (x, row.joint_themes), (0, 3), textcoords="offset points", ha="center")
    if drawn["shared"].isna().all():
        upper.text(0.5, 0.5, _("fewer than two speeches read"), transform=upper.transAxes, ha="center", color=FAINT)
    most = max(drawn["shared"].max(), drawn["chance"].max(), 0.1) if drawn["shared"].any() else 0.1
    upper.set(ylim=(0, 1.2 * most), yticks=[], ylabel=_("Themes that two\nspeeches share"))
    lower.set(ylim=(0, 1.3 * n), yticks=[], ylabel=_("Themes that the\nmeeting names"), xlim=(-0.6, len(drawn) - 0.4))
    for axes in (upper, lower):
        axes.spines[["left", "bottom"]].set_visible(False)
    upright = len(drawn) * COLUMN > WIDTH - 0.6
    heads = [(row.name if upright else broken(row.name)) + f"\n{part_read(row)}" for row in drawn.itertuples()]
    lower.set_xticks(range(len(drawn)), heads, fontsize=8.5, rotation=90 if upright else 0)
    lower.set_xlabel(_("Meeting, and how many speeches were read"))
    chance, dark = _("as much as lists of these lengths share by chance"), pgettext("a meeting", "not coded")
    looks = {chance: ("_", 14, INK), dark: "hatch"}
    marks.draw_key(canvas, dict(list(looks.items())[: 1 + drawn["joint_themes"].isna().any()]))
    canvas.set_figheight(4.8)
    words = " ".join(map(_describe_share, drawn.itertuples()))
    caption = _(
        "n = {read} speeches read, {themes} themes. Bars are the least that is shared: nobody read what a speech "
        "leaves out. Below, the themes that the meeting as a whole names.",
        read=int(drawn["read"].sum()),
        themes=n,
    )
    return Drawing(
        _share_title(codes),
        _("Bars by meeting, share of themes that two speeches both name, and by chance. {words}", words=words),
        caption,
        drawn,
        [codes.loc[codes["value"].notna(), "source"]],
    )


def _describe_share(row: Any) -> str:
    both, whole = _("no two speeches read"), pgettext("a meeting", "not coded")
    if row.shared == row.shared:
        both = _("{shared:.2f}, by chance {chance:.2f}", shared=row.shared, chance=row.chance)
    if pd.notna(row.joint_themes):
        whole = _("{named} of {themes} themes", named=row.joint_themes, themes=row.domains)
    return _(
        "{meeting}: {both}; as a whole {whole}; {read} of {voices} speeches read.",
        meeting=row.name,
        both=both,
        whole=whole,
        read=row.read,
        voices=row.voices,
    )


def _share_title(codes: pd.DataFrame) -> str:
    """What the change says, in a line."""
    found = shares.shift(codes)
    if found is None:
        return _("Too few meetings with speeches that were read to compare over time")
    if found.low > 0:
        return _("Beyond chance, speeches share more than at the first meetings")
    if found.high < 0:
        return _("Beyond chance, speeches share less than at the first meetings")
    if found.after["shared"] > found.before["shared"]:
        return _("Two speeches share more themes than at first, but not clearly beyond chance")
    return _("Two speeches share fewer themes than at first, but not clearly beyond chance")
