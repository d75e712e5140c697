"""Sentences on votes in the General Assembly of the United Nations: the region, and when it changed."""

import itertools
from typing import Any

import pandas as pd

from centralasia import sensitivity
from centralasia.names import short_name
from centralasia.votes import alignment, breaks, cohesion, pairs, periods, words
from centralasia.votes.measures import Choice, voting_years
from centralasia.votes.words import certain_sign, estimate, paragraph, two, value_in
from datacontract.language import _, ngettext, pgettext
from datacontract.words import MarkdownText, sentence

__all__ = [
    "answer", "break_summary", "change_summary", "course_summary", "marked_years",
]  # fmt: skip


def answer(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Whether a region votes more alike than it did, also beyond chance, and whether that is its own.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.answer("C5", choice)
    **Central Asia** has voted more alike since 2005: agreement was 0.89 in 1995–1999 and 0.97 in 2005–2009. Since
    then no change is certain (0.97 in 2015–2019). ...
    """
    name, frame = short_name(region), periods.region_periods(region, choice, seed)
    if frame.empty:
        return _("**{name}**: there is no comparable year in which two members voted.", name=name)
    rows, base = frame.set_index("period"), str(pairs.base_period(region, choice, seed))
    first, last = frame["period"].iloc[0], frame["period"].iloc[-1]
    said: dict[str, Any] = {"name": name, "measure": words.measure_name(choice.measure)}
    said |= {"before": value_in(two(rows.loc[first, "value"]), first)}
    now = value_in(two(rows.loc[last, "value"]), last)
    if shift := pairs.level_shift(region, choice, seed):
        said |= {"after": value_in(two(rows.loc[base, "value"]), base), "year": shift.year}
        if shift.after > shift.before:
            text = _("**{name}** has voted more alike since {year}: {measure} was {before} and {after}.", **said)
        else:
            text = _("**{name}** has voted less alike since {year}: {measure} was {before} and {after}.", **said)
        if base != last:
            row = _change(region, choice, seed, base, last)
            since = {1: _("It has risen since ({now}).", now=now), -1: _("It has fallen since ({now}).", now=now)}
            certain = since.get(certain_sign(row["low"], row["high"]))
            text = paragraph(text, certain or _("Since then no change is certain ({now}).", now=now))
    elif len(frame) > 1:
        text = _(
            "**{name}**: {measure} among its members was {before} and {now}; when and whether it moved is not certain.",
            now=now, **said,
        )  # fmt: skip
    else:
        text = _("**{name}**: {measure} among its members was {now}.", now=now, **said)
    return paragraph(text, _corrected(region, choice, seed, rows["alpha"], base), _own(region, choice))


def _corrected(region: str, choice: Choice, seed: int, alpha: pd.Series, base: str) -> str:
    """The course of alpha from period to period, in words."""
    if alpha.isna().all():
        return _("Its agreement corrected for chance is not known.")
    chosen = sorted({alpha.index[0], base, alpha[base:].idxmin(), alpha.index[-1]})
    levels = [value_in(two(alpha[period]), period) for period in chosen]
    if len(alpha) < 2:
        return _("Corrected for chance (Krippendorff's alpha), it was {levels}.", levels=levels)
    course = words.course(periods.period_changes(region, choice, seed))
    return _("Corrected for chance, {course}: Krippendorff's alpha was {levels}.", course=course, levels=levels)


def _own(region: str, choice: Choice) -> str:
    """Whether the members agree with another state as much as with each other."""
    known = alignment.other_states(region, choice).dropna(subset="value")
    if known.empty:
        return ""
    closest = known.iloc[0]
    said = {"name": short_name(closest["state"]), "value": two(closest["value"]), "each": two(closest["within"])}
    sign = words.beside(*closest[["gap", "low", "high"]])
    if sign > 0:
        return _(
            "With every other state here its members agree less than with each other ({each}); the closest is {name} "
            "({value}).", **said,
        )  # fmt: skip
    if sign < 0:
        return _(
            "This is not peculiar to the region: its members agree with {name} ({value}) more than with each other "
            "({each}).", **said,
        )  # fmt: skip
    return _(
        "This is not peculiar to the region: its members agree with {name} ({value}) as much as with each other "
        "({each}).", **said,
    )  # fmt: skip


def _change(region: str, choice: Choice, seed: int, before: str, after: str, repeated: bool = False) -> pd.Series:
    rows = periods.period_changes(region, choice, seed, repeated).set_index(["before", "after"])
    return rows.loc[(before, after)]


def break_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """When the yearly mean of a region moved to another level, how sure that is, and what it did since.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.break_summary("C5", choice)
    One step describes the yearly values best: in 2005 (2003 to 2006), from a mean of 0.91 to 0.96. ...
    """
    broke, base = breaks.break_year(region, choice, seed), str(pairs.base_period(region, choice, seed))
    if broke is None:
        return _("{name} has too few comparable years to date a change.", name=short_name(region))
    text = [_(
        "One step describes the yearly values best: in {year}{interval}, from a mean of {before} to {after}.",
        year=broke.year, interval=words.interval_words(broke.low, broke.high, ".0f"),
        before=two(broke.before), after=two(broke.after),
    )]  # fmt: skip
    if broke.with_doubtful != broke.year:
        year = broke.with_doubtful
        text.append(_("With the years of few votes or missing pairs it would be in {year}.", year=year))
    last = str(periods.region_spans(region, choice)[-1])
    if base != last:
        row = _change(region, choice, seed, base, last)
        text.append(_(
            "From {before} to {after} {measure} changed by {change} and alpha by {alpha}.",
            before=base, after=last, measure=words.measure_name(choice.measure),
            change=words.difference(*row[["value", "low", "high"]]),
            alpha=words.difference(*row[["alpha", "alpha_low", "alpha_high"]]),
        ))  # fmt: skip
    return paragraph(*text)


def course_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """From which period to the next alpha surely moved, what repeated texts would change, and the habit of yes.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.course_summary("C5", choice)
    Alpha rose by 0.14 (0.03 to 0.25) from 2000–2004 to 2005–2009 and fell by 0.19 (0.06 to 0.33) from 2005–2009 to
    2010–2014. ...
    """
    frame = periods.region_periods(region, choice, seed)
    if len(frame) < 2:
        return _("{name} has too few periods to compare.", name=short_name(region))
    moves, firm = [], 0
    for before, after in itertools.pairwise(frame["period"]):
        row, wide = (_change(region, choice, seed, before, after, repeated) for repeated in (False, True))
        if sign := certain_sign(row["alpha_low"], row["alpha_high"]):
            by = estimate(abs(row["alpha"]), *sorted((abs(row["alpha_low"]), abs(row["alpha_high"]))))
            said = {"by": by, "before": before, "after": after}
            if sign > 0:
                moves.append(_("rose by {by} from {before} to {after}", **said))
            else:
                moves.append(_("fell by {by} from {before} to {after}", **said))
            firm += certain_sign(wide["alpha_low"], wide["alpha_high"]) != 0
    text = _("Alpha {moves}.", moves=moves) if moves else _("From no period to the next did alpha move for certain.")
    doubt = _repeated(region, choice, seed, firm, len(moves)) if firm < len(moves) else ""
    first, last = frame.iloc[0], frame.iloc[-1]
    yes = _(
        "The share of yes among the votes of the members was {first} and {last}: a habit of yes lifts agreement, but "
        "not alpha.", first=_percent_in(first), last=_percent_in(last),
    )  # fmt: skip
    return paragraph(text, doubt, yes)


def _percent_in(row: pd.Series) -> str:
    return value_in(_("{share:.0f} %", share=100 * row["yes"]), row["period"])


def _repeated(region: str, choice: Choice, seed: int, firm: int, moves: int) -> str:
    """What would be certain if a period had only the texts of one year."""
    text = ngettext(
        "Many texts come back every year: if a period had only those of one year, this move would not be certain",
        "Many texts come back every year: if a period had only those of one year, none of these {n} moves would be "
        "certain", moves,
    )  # fmt: skip
    if firm:
        text = ngettext(
            "Many texts come back every year: if a period had only those of one year, only {n} of these {moves} moves "
            "would be certain",
            "Many texts come back every year: if a period had only those of one year, only {n} of these {moves} moves "
            "would be certain", firm, moves=moves,
        )  # fmt: skip
    if not pairs.level_shift(region, choice, seed):
        return sentence(text)
    before = periods.region_periods(region, choice, seed)["period"].iloc[0]
    after = str(pairs.base_period(region, choice, seed))
    wide = _change(region, choice, seed, before, after, repeated=True)
    said = {"before": before, "after": after}
    more = _("the change of agreement from {before} to {after} would not be, either", **said)
    if certain_sign(wide["low"], wide["high"]):
        more = _("the change of agreement from {before} to {after} still would", **said)
    return sentence(f"{text}; {more}")


def change_summary(curve: pd.DataFrame) -> MarkdownText:
    """By which measures a region votes more alike than in the first period, and than in that which matters most.

    `curve` is from `change_specifications`.

    >>> curve = votes.change_specifications("C5", 1995, 2019)
    >>> votes.change_summary(curve)
    Compared with 1995–1999, the region votes more alike by every computation. Compared with 2005–2009, the region
    votes more alike in 4 of 6 computations by plain agreement, in 10 of 24 with absence counted and in 3 of 18
    corrected for chance. ...
    """
    if curve["holds"].isna().all():
        return _("There are too few periods to say whether the region votes more alike than it did.")
    plain, away = curve["measure"] == "agreement", curve["absence"] == "counted"
    kinds = plain.map({True: "plain", False: "corrected"}).mask(away, "counted")
    blocks = sensitivity.count_blocks(curve.assign(kind=kinds), "earlier_period", "kind")
    by_period = sensitivity.count_blocks(curve, "earlier_period")["share"]
    text = []
    for period in dict.fromkeys([by_period.index[0], by_period.idxmin()]):
        rows = blocks.loc[period]
        if not rows["fails"].any():
            text.append(_("Compared with {period}, the region votes more alike by every computation.", period=period))
            continue
        each = [
            _computations(row.Index, row.holds, row.holds + row.fails, first=not place)
            for place, row in enumerate(rows.itertuples())
        ]
        text.append(_("Compared with {period}, the region votes more alike {each}.", period=period, each=each))
    return paragraph(*text, _(
        "Each computation takes one measure, with the whole region or without one state; any rise counts, however "
        "small."
    ))  # fmt: skip


def _computations(kind: str, part: int, whole: int, first: bool) -> str:
    """``in 3 of 6 computations by plain agreement``; without the noun where it has been said."""
    if part == whole:
        count = pgettext("computations", "in all {whole}", whole=whole)
    elif part:
        count = pgettext("computations", "in {part} of {whole}", part=part, whole=whole)
    else:
        count = pgettext("computations", "in none of {whole}", whole=whole)
    said = {
        ("plain", True): _("{count} computations by plain agreement", count=count),
        ("plain", False): _("{count} by plain agreement", count=count),
        ("counted", True): _("{count} computations with absence counted", count=count),
        ("counted", False): _("{count} with absence counted", count=count),
        ("corrected", True): _("{count} computations corrected for chance", count=count),
        ("corrected", False): _("{count} corrected for chance", count=count),
    }
    return said[kind, first]


def marked_years(region: str, choice: Choice) -> MarkdownText:
    """Which years of a region are marked, and why, with the notes on years.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2001)
    >>> votes.marked_years("C5", choice)
    No votes in 1991; pairs missing in 1992, 1993, 1999 and 2001; few votes in 1995 and 1996.
    """
    marked = words.status_words(cohesion.region_mean(region, choice))
    text = marked or _("Every year is comparable, with enough votes of every pair.")
    notes = [f"{year}: {_(note)}" for year, note in voting_years(*choice.period)["note"].dropna().items()]
    return paragraph(text, _("Notes: {notes}.", notes="; ".join(notes)) if notes else "")
