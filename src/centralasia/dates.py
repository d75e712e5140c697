"""Dates that are known to the year, the month or the day (reduced precision of ISO 8601)."""

import functools
import re

import pandas as pd

from datacontract.errors import ChoiceError

__all__ = ["first_moment", "iso_date", "last_moment", "year_end"]

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def iso_date(value: object, name: str = "date") -> str:
    """A date of year, month or day precision as text; `name` is the parameter that an error names."""
    text = str(value)
    if not _DATE.fullmatch(text):
        raise ChoiceError(f"{name} is {value!r}; allowed: an ISO 8601 date (2025, 2025-11 or 2025-11-16)")
    return text


@functools.lru_cache(4096)
def first_moment(date: object) -> pd.Timestamp:
    """The first moment that a date can mean; ``NaT`` where it is missing."""
    return pd.NaT if pd.isna(date) else pd.Period(str(date)).start_time


@functools.lru_cache(4096)
def last_moment(date: object) -> pd.Timestamp:
    """The last moment that a date can mean; ``NaT`` where it is missing."""
    return pd.NaT if pd.isna(date) else pd.Period(str(date)).end_time


def year_end(year: int) -> str:
    """The last day of a year, as text."""
    return f"{year}-12-31"
