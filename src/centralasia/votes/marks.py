"""What the figures of votes have in common: series that show what a year is worth, labels at line ends, words."""

import numpy as np

from centralasia.figures.style import darken_to_contrast
from centralasia.votes import cohesion
from centralasia.votes import measures as votes
from datacontract.labels import translate
from datacontract.words import join_list

__all__ = [
    "absence_words",
    "draw_series",
    "label_ends",
    "last_value",
    "measure_name",
    "n_words",
    "range_words",
    "series_words",
    "status_words",
    "year_axis",
    "years",
]

MARKS_WORDS = (
    "Full marker and line: comparable; hollow circle: few votes or pairs missing; hollow square: year not comparable; "
    "gap: no value."
)
_DOUBTFUL = (votes.FEW_VOTES, cohesion.INCOMPLETE)


def measure_name(measure):
    """What a measure of agreement is called within a sentence."""
    return str(translate(f"measure.{measure}"))


def absence_words(absence):
    """How absence is taken, in words."""
    return str(translate(f"absence.{absence}"))


def draw_series(axes, frame, shade, bold=False, size=None, dash="-"):
    """Draws a series of `cohesion.by_year` or `votes.pair_years`; years not ``ok`` are hollow, on a dotted line."""
    size = size or (26 if bold else 9)
    firm = frame["status"] == votes.OK
    axes.plot(frame["year"], frame["value"], color=shade, lw=0.9, ls=(0, (1, 1.6)), zorder=3)
    axes.plot(frame["year"], frame["value"].where(firm), color=shade, lw=2.4 if bold else 1.3, ls=dash, zorder=4)
    looks = {"o": frame["status"].isin(_DOUBTFUL), "s": frame["status"] == votes.NOT_COMPARABLE}
    axes.scatter(frame["year"][firm], frame["value"][firm], s=size, color=shade, zorder=5, linewidth=0)
    for marker, chosen in looks.items():
        axes.scatter(
            frame["year"][chosen], frame["value"][chosen], s=size, marker=marker, facecolor="white", edgecolor=shade,
            linewidth=1, zorder=5,
        )  # fmt: skip


def label_ends(axes, labels, height):
    """Names at the right end of lines, moved apart where they would touch.

    `labels` holds ``(value, text, colour, bold)``; `height` is the height of the axes in inches, about. Leaves x to
    the last year that is drawn.
    """
    low, high = axes.get_ylim()
    gap = (high - low) * 0.155 / height
    labels = sorted((label for label in labels if not np.isnan(label[0])), key=lambda label: (label[0], label[3]))
    at = [label[0] for label in labels]
    for _ in range(60):  # neighbours push each other until all have room
        for i in range(1, len(at)):
            lack = gap - (at[i] - at[i - 1])
            if lack > 0:
                at[i - 1], at[i] = at[i - 1] - lack / 2, at[i] + lack / 2
    for y, (value, text, shade, bold) in zip(at, labels, strict=True):
        axes.annotate(
            text, (1.0, value), xycoords=("axes fraction", "data"), xytext=(1.02, y),
            textcoords=("axes fraction", "data"), color=darken_to_contrast(shade), va="center", fontsize=9,
            fontweight="bold" if bold else "normal", annotation_clip=False,
        )  # fmt: skip


def year_axis(axes, years):
    """Whole years on the x axis, with room for markers at both ends."""
    axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y")


def last_value(frame):
    """The last value of a series, for its label; missing where it has none."""
    known = frame["value"].dropna()
    return known.iloc[-1] if len(known) else float("nan")


def status_words(frame):
    """Which years are marked, and why: ``Few votes in 1995 and 1996; no votes in 1991.``; nothing where none is."""
    marked = frame[frame["status"] != votes.OK]
    parts = [f"{status} in {join_list(years(part['year']))}" for status, part in marked.groupby("status", sort=False)]
    return ("; ".join(parts)[:1].upper() + "; ".join(parts)[1:] + ".") if parts else ""


def years(found):
    """Years as words, runs of three or more as spans: ``1991``, ``1995–1998``."""
    found, parts = sorted(int(y) for y in found), []
    while found:
        run = [y for i, y in enumerate(found) if y == found[0] + i]
        run = run if len(run) > 2 else run[:1]
        parts.append(f"{run[0]}–{run[-1]}" if len(run) > 2 else str(run[0]))
        found = found[len(run) :]
    return parts


def series_words(frame):
    """The values of a series year by year, those that are not ``ok`` with the reason."""
    parts = []
    for row in frame.dropna(subset="value").itertuples():
        why = "" if row.status == votes.OK else f" ({row.status})"
        parts.append(f"{row.year} {row.value:.2f}{why}")
    return ", ".join(parts) or "no value"


def n_words(frame, joint="–"):
    """The fewest and the most roll calls that a value rests on, over the comparable years with a value."""
    n = frame.loc[frame["value"].notna() & frame["comparable"], "n"]
    return f"n {n.min()}{joint}{n.max()}" if len(n) else "no comparable year"


def range_words(frame):
    """First, last, lowest and highest value of a series, over its ``ok`` years where it has any."""
    known = frame.dropna(subset="value")
    firm = known[known["status"] == votes.OK]
    known = firm if len(firm) else known
    if known.empty:
        return "no value"
    first, last = known.iloc[0], known.iloc[-1]
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    if len(known) == 1:
        return f"{first['value']:.2f} in {first['year']}"
    ends = f"{first['value']:.2f} in {first['year']}, {last['value']:.2f} in {last['year']}"
    return f"{ends}, lowest {low['value']:.2f} in {low['year']}, highest {high['value']:.2f} in {high['year']}"
