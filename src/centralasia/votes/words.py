"""What figures, tables and sentences on votes share in words: names of measures, spans of years, what a series does."""

import itertools
from collections.abc import Iterable

import pandas as pd

from centralasia.votes import cohesion, measures
from datacontract.language import _, format_number, pgettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = ["absence_words", "measure_name"]


def paragraph(*sentences: str) -> MarkdownText:
    """Sentences one after the other; those that are empty are left out."""
    return MarkdownText(" ".join(filter(None, sentences)))


def measure_name(measure: str) -> MarkdownText:
    """What a measure of agreement, or ``alpha``, is called within a sentence.

    >>> votes.measure_name("pi"), votes.measure_name("alpha")
    (Scott's pi, Krippendorff's alpha)
    """
    return {
        "agreement": pgettext("votes", "agreement"),
        "pi": _("Scott's pi"),
        "kappa": _("Cohen's kappa"),
        "alpha": _("Krippendorff's alpha"),
    }[measure]


def absence_words(absence: str) -> MarkdownText:
    """How absence is taken, in words.

    >>> votes.absence_words("counted")
    absence counted as a behaviour
    """
    return {"left_out": _("absence left out"), "counted": _("absence counted as a behaviour")}[absence]


def status_name(status: str) -> MarkdownText:
    """What a year is marked as."""
    return {
        measures.FEW_VOTES: _("few votes"),
        measures.NOT_COMPARABLE: _("not comparable"),
        measures.NO_CHANCE: _("no chance level"),
        measures.NO_VOTES: _("no votes"),
        cohesion.INCOMPLETE: _("pairs missing"),
    }[status]


def status_words(frame: pd.DataFrame) -> str:
    """Which years are marked, and why: ``Few votes in 1995 and 1996; no votes in 1991.``; nothing where none is."""
    marked = frame[frame["status"] != measures.OK].groupby("status", sort=False)
    text = "; ".join(
        pgettext("years that are marked", "{status} in {years}", status=status_name(status), years=year_spans(own))
        for status, own in marked["year"]
    )
    return sentence(capitalised(text)) if text else ""


def year_spans(years: Iterable[int]) -> list[str]:
    """Years as words, runs of three or more as spans: ``1991``, ``1995–1998``."""
    parts = []
    for _place, run in itertools.groupby(enumerate(sorted(map(int, years))), lambda place: place[1] - place[0]):
        found = [str(year) for _place, year in run]
        parts += [f"{found[0]}–{found[-1]}"] if len(found) > 2 else found
    return parts


def during(period: str) -> MarkdownText:
    """A period, as `Period` writes it, within a sentence: ``in 1995–1999``."""
    first, last = (int(year) for year in (period[:4], period[-4:]))
    if first == last:
        return pgettext("a period", "in {year}", year=first)
    return pgettext("a period", "in {first}–{last}", first=first, last=last)


def value_in(value: str, period: str) -> MarkdownText:
    """``0.97 in 2020–2024``."""
    return pgettext("a value, and in which years", "{value} {years}", value=value, years=during(period))


def series_words(frame: pd.DataFrame) -> str:
    """The values of a series year by year, those that are not ``ok`` with the reason."""
    rows = frame.dropna(subset="value").itertuples()
    parts = [
        f"{row.year} {two(row.value)}" + (f" ({status_name(row.status)})" if row.status != measures.OK else "")
        for row in rows
    ]
    return ", ".join(parts) or _("no value")


def two(value: float) -> str:
    """A number with two decimals; ``unknown`` where it is missing."""
    return _("unknown") if pd.isna(value) else format_number(value, ".2f")


def signed(value: float, form: str = ".2f") -> str:
    """A difference with its sign: ``+0.03``, ``−0.04``; ``0.00`` where it rounds to that, ``unknown`` where missing."""
    return _("unknown") if pd.isna(value) else format_number(value, f"+{form}")


def interval_words(low: float, high: float, form: str = ".2f") -> str:
    """An interval in brackets, with a space before: `` (0.36 to 0.72)``; nothing where it is not known."""
    if low != low or high != high:
        return ""
    return f" ({span(low, high, form)})"


def estimate(value: float, low: float, high: float) -> str:
    """A value with its interval: ``0.97 (0.96 to 0.98)``."""
    return f"{two(value)}{interval_words(low, high)}"


def difference(value: float, low: float, high: float, form: str = ".2f") -> str:
    """A difference with its sign and its interval: ``+0.03 (0.01 to 0.05)``."""
    return f"{signed(value, form)}{interval_words(low, high, form)}"


def beside(gap: float, low: float, high: float) -> int:
    """The sign of a difference: 1, -1, or 0 where its interval, if that is known, holds zero."""
    return certain_sign(low, high) if low == low else int(gap > 0) - int(gap < 0)


def certain_sign(low: float, high: float) -> int:
    """What an interval of a difference says of its sign: 1, -1, or 0 where it holds zero or is not known."""
    return 1 if low > 0 else -1 if high < 0 else 0


def course(changes: pd.DataFrame) -> MarkdownText:
    """What alpha did from each period to the next that differs from it beyond chance: ``it went up and down``."""
    if changes["alpha_low"].isna().all():
        return _("how it moved is not known")
    signs = {certain_sign(row.alpha_low, row.alpha_high) for row in changes.itertuples()} - {0}
    known = {(): _("no move is certain"), (1,): _("it rose"), (-1,): _("it fell")}
    return known.get(tuple(signs)) or _("it went up and down")
