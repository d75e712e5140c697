"""What figures, tables and sentences on votes share in words: names of measures, spans of years, what a series does."""

import itertools
from collections.abc import Iterable

import pandas as pd

from centralasia.votes import measures
from centralasia.votes.measures import comparable, extremes
from datacontract.words import capitalised, format_number, join_list, span

__all__ = ["absence_words", "measure_name"]


def measure_name(measure: str) -> str:
    """What a measure of agreement is called within a sentence."""
    return {"agreement": "agreement", "pi": "Scott's pi", "kappa": "Cohen's kappa"}[measure]


def absence_words(absence: str) -> str:
    """How absence is taken, in words."""
    return {"left_out": "absence left out", "counted": "absence counted as a behaviour"}[absence]


def status_words(frame: pd.DataFrame) -> str:
    """Which years are marked, and why: ``Few votes in 1995 and 1996; no votes in 1991.``; nothing where none is."""
    marked = frame[frame["status"] != measures.OK].groupby("status", sort=False)
    text = "; ".join(f"{status} in {join_list(year_spans(part['year']))}" for status, part in marked)
    return f"{capitalised(text)}." if text else ""


def year_spans(years: Iterable[int]) -> list[str]:
    """Years as words, runs of three or more as spans: ``1991``, ``1995–1998``."""
    parts = []
    for _, run in itertools.groupby(enumerate(sorted(map(int, years))), lambda place: place[1] - place[0]):
        found = [str(year) for _, year in run]
        parts += [f"{found[0]}–{found[-1]}"] if len(found) > 2 else found
    return parts


def series_words(frame: pd.DataFrame) -> str:
    """The values of a series year by year, those that are not ``ok`` with the reason."""
    rows = frame.dropna(subset="value").itertuples()
    parts = [f"{row.year} {row.value:.2f}" + (f" ({row.status})" if row.status != measures.OK else "") for row in rows]
    return ", ".join(parts) or "no value"


def two(value: float) -> str:
    """A number with two decimals and a true minus sign; -0.00 is 0.00."""
    return format_number(round(value, 2) + 0.0, ".2f")


def signed(value: float, form: str = ".2f") -> str:
    """A difference with its sign: ``+0.03``, ``−0.04``; ``0.00`` where it rounds to that."""
    text = format_number(value, f"+{form}")
    return text[1:] if not text.strip("+\N{MINUS SIGN}0.") else text


def interval_words(low: float, high: float, form: str = ".2f") -> str:
    """An interval in brackets, with a space before: `` (0.36 to 0.72)``; nothing where it is not known."""
    if low != low or high != high:
        return ""
    digits = int(form.strip(".f"))
    return f" ({span(round(low, digits) + 0.0, round(high, digits) + 0.0, form)})"


def beside(gap: float, low: float, high: float) -> str:
    """``more than``, ``less than``, or ``as much as`` where the interval of a difference holds zero."""
    sign = certain_sign(low, high) if low == low else int(gap > 0) - int(gap < 0)
    return {1: "more than", -1: "less than"}.get(sign, "as much as")


def certain_sign(low: float, high: float) -> int:
    """What an interval of a difference says of its sign: 1, -1, or 0 where it holds zero or is not known."""
    return 1 if low > 0 else -1 if high < 0 else 0


def range_words(frame: pd.DataFrame) -> str:
    """First, last, lowest and highest value of a series, over its ``ok`` years where it has any."""
    known = frame.dropna(subset="value")
    known = known if comparable(known).empty else comparable(known)
    if known.empty:
        return "no value"
    rows = known.iloc[0], known.iloc[-1], *extremes(known)
    first, last, low, high = (f"{row['value']:.2f} in {row['year']}" for row in rows)
    return first if len(known) == 1 else f"{first}, {last}, lowest {low}, highest {high}"


def course(changes: pd.DataFrame) -> str:
    """What alpha did from each period to the next that differs from it beyond chance: ``it went up and down``."""
    if changes["alpha_low"].isna().all():
        return "how it moved is not known"
    signs = {certain_sign(row.alpha_low, row.alpha_high) for row in changes.itertuples()} - {0}
    return {(): "it did not move", (1,): "it rose", (-1,): "it fell"}.get(tuple(signs), "it went up and down")
