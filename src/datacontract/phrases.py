"""Numbers and dates as phrases, in the language of the reader: places, shares, bounds, spans of years, dates."""

import functools
import re
from collections.abc import Callable

from datacontract import words
from datacontract.context import ENGLISH
from datacontract.language import _, format_number, language, pgettext
from datacontract.words import MarkdownText

__all__ = [
    "DATE", "date_span", "date_words", "dates_in_words", "ordinal", "ordinal_span", "percent", "span", "unbroken",
    "years_between",
]  # fmt: skip

# A month or a day (ISO 8601) in a text; not what an address, a DOI or a span of years holds.
DATE = re.compile(r"(?<![\w/=-])\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\w/-])")
_YEARS = re.compile(r"(?<![\w/=-])((?:19|20)\d\d)-((?:19|20)\d\d)(?![\w/-])")
# Spaces and hyphens at which no line may end: between a number and its sign, unit or word for a year, after №, within
# n = 5 and n − 1, on both sides of the dash before a number, before the whole of a part, before the ending of a number
# in figures or of an abbreviation; an address stays as it is.
_TIED = re.compile(
    r"https?://\S+|(?<=\d) (?=%|(?:гг?|жж?)\.|пайыздық|(?:км|кВ|МВт|ГВт|млн|млрд|раза?|есе)\b)|(?<=№) (?=\d)"
    r"|(?<=\b[a-z]) (?=[=−] [\d−])|(?<=\b[a-z] [=−]) (?=[\d−])"
    r"|(?<=\S) (?=— \**[\d+−])|(?<=—) (?=\**[\d+−])|(?<=\d из) (?=\d)|(?<=\d ішінен|\d ішінде) (?=\d)"
    r"|(?<=[\d%])-(?=[а-яёәіңғүұқөһ])|(?<=[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ]{2})-(?=[а-яёәіңғүұқөһ])"
)


def ordinal(number: int) -> MarkdownText:
    """An ordinal number: ``1st``, ``2nd``, ``3rd``, ``4th``.

    >>> from datacontract.context import using
    >>> from datacontract.phrases import ordinal
    >>> with using(language="kk"):
    ...     ordinal(3)
    3‑
    """
    if language() == ENGLISH:
        return MarkdownText(words.ordinal(number))
    return pgettext("a place, as 3rd", "{number}.", number=number)


def ordinal_span(first: int, last: int) -> MarkdownText:
    """Two places as words: ``2nd to 5th``, or one where both are the same.

    >>> from datacontract.phrases import ordinal_span
    >>> ordinal_span(2, 5), ordinal_span(3, 3)
    (2nd to 5th, 3rd)
    """
    if first == last:
        return ordinal(first)
    if language() == ENGLISH:
        return MarkdownText(f"{words.ordinal(first)} to {words.ordinal(last)}")
    return pgettext("a place, as 3rd", "{number}.", number=f"{first}–{last}")


def percent(share: float, decimals: int = 0) -> str:
    r"""A share of 0 to 1 in per cent: ``47 %``.

    >>> from datacontract.context import using
    >>> from datacontract.phrases import percent
    >>> with using(language="ru"):
    ...     percent(0.47), percent(0.4712, 1)
    ('47\xa0%', '47,1\xa0%')
    """
    return format_number(share, f".{decimals}%")


def span(low: float, high: float, form: str = "") -> MarkdownText:
    """Two bounds as words: ``0.2 to 0.5``, or one number where both read the same.

    >>> from datacontract.phrases import span
    >>> span(-0.2, 0.5, ".1f"), span(0.31, 0.33, ".1f")
    (−0.2 to 0.5, 0.3)
    """
    first, last = format_number(low, form), format_number(high, form)
    return MarkdownText(first) if first == last else _("{low} to {high}", low=first, high=last)


def years_between(first: int, last: int) -> MarkdownText:
    """``in 2020``, or ``from 2018 to 2020``.

    >>> from datacontract.context import using
    >>> from datacontract.phrases import years_between
    >>> with using(language="ru"):
    ...     years_between(2018, 2025), years_between(2020, 2020)
    (с 2018 по 2025 г., в 2020 году)
    """
    return _("in {year}", year=first) if first == last else _("from {first} to {last}", first=first, last=last)


def date_words(date: str) -> str:
    """A date of year, month or day precision (ISO 8601) in words: ``2020``, ``March 2020``, ``6 March 2020``.

    A day that no calendar has stays as it is.

    >>> from datacontract.phrases import date_words
    >>> date_words("2020"), date_words("2020-03"), date_words("2020-03-06"), date_words("2020-02-30")
    ('2020', 'March 2020', '6 March 2020', '2020-02-30')
    """
    from datetime import date as day

    from babel.dates import format_date, format_skeleton

    spoken, month = language(), len(date) == len("2020-03")
    locale = "en_GB" if spoken == ENGLISH else spoken
    if len(date) == len("2020"):
        return date
    try:
        known = day.fromisoformat(f"{date}-01" if month else date)
    except ValueError:
        return date
    return str(format_skeleton("yMMMM", known, locale=locale) if month else format_date(known, "long", locale=locale))


def date_span(first: str, last: str) -> str:
    """Two dates (ISO 8601), from the first to the last; `dates_in_words` has them in words.

    >>> from datacontract.phrases import date_span
    >>> date_span("2013-06-13", "2013-06-14")
    2013-06-13 to 2013-06-14
    """
    return _("{first} to {last}", first=first, last=last)


def dates_in_words(text: str, write: Callable[[str, str], str] = lambda date, words: words) -> str:
    r"""A text with the months and days in it (ISO 8601) in words, and a dash between years.

    An abbreviation ends a sentence with its own point. Two days of one year say it once. `write` gives what is written
    for a date and its words; days of one month go by the first.

    >>> from datacontract.context import using
    >>> from datacontract.phrases import dates_in_words
    >>> dates_in_words("2013-06-13 to 2013-06-14; 1999-2003; /2020-03/")
    '13 to 14 June 2013; 1999–2003; /2020-03/'
    >>> with using(language="ru"):
    ...     dates_in_words("Подписано 2020-03-06.")
    'Подписано 6 марта 2020\u202fг.'
    """

    def said(found: re.Match[str]) -> str:
        first, last, alone, stop = found.groups()
        if alone or first == last:
            shown = write(alone or first, words := date_words(alone or first))
        elif words := _days_of_a_month(first, last):
            shown = write(first, words)
        else:
            begin, words = _both(first, last)
            shown = date_span(write(first, begin), write(last, words))
        return shown + stop[words.endswith(".") :]

    return _dated(date_span("<", ">")).sub(said, _YEARS.sub(r"\1–\2", text))


@functools.cache
def _dated(span: str) -> re.Pattern[str]:
    """A date, or two as `span` has them in the places of < and >, with the point after it."""
    ends = re.escape(span).replace("<", f"({DATE.pattern})").replace(">", f"({DATE.pattern})")
    return re.compile(rf"(?:{ends}|({DATE.pattern}))(\.?)")


def _days_of_a_month(first: str, last: str) -> str:
    """Two days of one month in words; "" where they are of two, or no days of a calendar."""
    words = date_words(last)
    if len(first) < len("2020-03-06") or first[:7] != last[:7] or words == last:
        return ""
    days = pgettext("days of a month", "{first} to {last}", first=int(first[8:]), last=int(last[8:]))
    return re.sub(rf"\b{int(last[8:])}\b", days, words, count=1)


def _both(first: str, last: str) -> tuple[str, str]:
    """Two dates in words; of two days of one year only that which stands next to the year has it."""
    from datetime import date as day

    from babel.dates import format_skeleton

    begin, end, spoken = date_words(first), date_words(last), language()
    days = len(first) == len(last) == len("2020-03-06") and begin != first and end != last
    if not days or first[:4] != last[:4]:
        return begin, end
    locale, year_leads = "en_GB" if spoken == ENGLISH else spoken, end.startswith(last[:4])
    bare = str(format_skeleton("MMMMd", day.fromisoformat(last if year_leads else first), locale=locale))
    return (begin, bare) if year_leads else (bare, end)


def unbroken(text: str) -> str:
    r"""A text in which no line ends between a number and what belongs to it, or within ``n = 5``.

    >>> from datacontract.phrases import unbroken
    >>> unbroken("It grew by 47 % (n = 5)."), unbroken("8 %-ға"), unbroken("в 2018–2025 гг.")
    ('It grew by 47\xa0% (n\xa0=\xa05).', '8\xa0%\u2011ға', 'в 2018–2025\xa0гг.')
    """
    return _TIED.sub(lambda found: {" ": "\u00a0", "-": "\u2011"}.get(found[0], found[0]), text)
