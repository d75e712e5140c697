"""What figures, tables and sentences on votes share in words: names of measures, spans of years, what a series does."""

import itertools
import math
from collections.abc import Iterable

import pandas as pd

from centralasia.votes import measures
from centralasia.votes.measures import comparable, extremes
from datacontract.labels import translate
from datacontract.words import capitalised, join_list

__all__ = ["absence_words", "measure_name"]


def measure_name(measure: str) -> str:
    """What a measure of agreement is called within a sentence."""
    return str(translate(f"measure.{measure}"))


def absence_words(absence: str) -> str:
    """How absence is taken, in words."""
    return str(translate(f"absence.{absence}"))


def share_surpassed(percentile: float) -> float:
    """The share of sets in percent that agree less (or, below the median, more): cut to a tenth, never rounded up."""
    return math.floor(10 * max(percentile, 100 - percentile)) / 10


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


def n_words(frame: pd.DataFrame, joint: str = "–") -> str:
    """The fewest and the most roll calls that a value rests on, over the comparable years with a value."""
    n = frame.loc[frame["status"].isin([measures.OK, measures.FEW_VOTES]), "n"]
    return f"n {n.min()}{joint}{n.max()}" if len(n) else "no comparable year"


def range_words(frame: pd.DataFrame) -> str:
    """First, last, lowest and highest value of a series, over its ``ok`` years where it has any."""
    known = frame.dropna(subset="value")
    known = known if comparable(known).empty else comparable(known)
    if known.empty:
        return "no value"
    rows = known.iloc[0], known.iloc[-1], *extremes(known)
    first, last, low, high = (f"{row['value']:.2f} in {row['year']}" for row in rows)
    return first if len(known) == 1 else f"{first}, {last}, lowest {low}, highest {high}"
