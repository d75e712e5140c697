"""The level of the relationship between two states: what was signed by when, how it rose, how widely it spread.

A level is what was *signed and found*, not what is in force or lived. Its scale is that of `register`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from centralasia.dates import iso_date, last_moment
from centralasia.names import NONE_FOUND
from centralasia.regions import check_pair, pairs_at_end
from centralasia.ties.register import FIRM, NOT_SEARCHED, acts_by_pair, latest_date, levels, searched, signatures
from datacontract.errors import ChoiceError, check_years

__all__ = ["Level", "level_at", "level_counts", "levels_by_year", "levels_on", "shares", "upgrades"]

Date = str | int  # a day, month or year in ISO 8601


class Level(NamedTuple):
    """The level of a pair on a day. ``level`` is the highest that was surely signed by then, None where none was found.

    ``at_most`` also counts acts that may have been signed by then (undated, or dated by month or year only);
    ``since`` and ``act`` are the date and ``tie_id`` of the first act that reached ``level``, and ``confidence`` is
    the best of the acts that carry it by then.
    """

    level: str | None
    at_most: str | None
    since: str | None
    act: str | None
    confidence: str | None


def checked_years(region: str, first_year: int, last_year: int) -> range:
    """The years from the first to the last.

    Raises `ChoiceError` where they are not in order, where the last is later than the acts that were found (so that
    silence is not drawn as stability), or where the region has no two members at its end.
    """
    check_years(first_year, last_year, int(latest_date()[:4]), "the year of the latest act in ties.csv")
    if not pairs_at_end(region, last_year):
        raise ChoiceError(f"last_year is {last_year}; allowed: a year at whose end {region} has two members or more")
    return range(first_year, last_year + 1)


def level_at(pair: str, date: Date, minimum_confidence: str = "low") -> Level:
    """The `Level` of a pair at the end of a day, month or year (ISO 8601).

    The highest level that a signature up to then gives: a later act with a weaker label does not lower it, and
    neither ratification nor entry into force is needed. None found is unknown: it does not prove that none was signed.
    Raises as `events` does, and `ChoiceError` where the date is not ISO 8601.

    >>> ties.level_at("KAZ-UZB", 2012).level
    'friendship'
    >>> ties.level_at("KAZ-UZB", 2013)
    Level(level='strategic', at_most='strategic', since='2013-06-14', act='kaz-uzb-2013-06-14', confidence='high')
    """
    return _level(acts_by_pair(minimum_confidence), pair, date)


def levels_on(pairs: list[str], date: Date, minimum_confidence: str = "low") -> pd.DataFrame:
    """The level of each pair at the end of a date: ``pair`` and the fields of `Level`, as `level_at` gives them.

    >>> ties.levels_on(["KAZ-KGZ", "KAZ-TJK"], 2009)[["pair", "level", "since"]]
          pair     level       since
    0  KAZ-KGZ  alliance  2003-12-25
    1  KAZ-TJK       NaN         NaN
    """
    return _levels([(date, pair) for pair in pairs], minimum_confidence).drop(columns="year")


def levels_by_year(region: str, years: Iterable[int], minimum_confidence: str = "low") -> pd.DataFrame:
    """The level of every pair of a region at the end of every year.

    `region` and its members of each year are those of ``memberships.csv``; `years` are integers.
    Returns a frame with ``year``, ``pair`` and the fields of `Level`, the levels as ordered categories. Do not
    average them: the scale is ordinal.

    >>> by_year = ties.levels_by_year("C5", range(2012, 2014))
    >>> by_year.query("pair == 'KAZ-UZB'")[["year", "level", "since"]]
        year       level       since
    3   2012  friendship  1997-01-10
    13  2013   strategic  2013-06-14
    """
    return _levels([(year, pair) for year in years for pair in pairs_at_end(region, year)], minimum_confidence)


def shares(by_year: pd.DataFrame) -> pd.DataFrame:
    """The share of pairs at each level in each year, of the frame that `levels_by_year` returns.

    A frame indexed by year with a column for each level, weakest first, ``none found`` and ``not searched``: shares
    that add up to 1 over the ``pairs`` (last column, a count). The last two are unknown, so the shares of the levels
    are what was found.

    >>> ties.shares(ties.levels_by_year("C5", [1999, 2009])).round(1).T
    year                1999  2009
    friendship           0.4   0.5
    strategic            0.0   0.0
    deepened_strategic   0.0   0.0
    alliance             0.0   0.1
    none found           0.6   0.4
    not searched         0.0   0.0
    pairs               10.0  10.0
    """
    words = [NONE_FOUND if pair in searched() else NOT_SEARCHED for pair in by_year["pair"]]
    named = by_year["level"].cat.add_categories([NONE_FOUND, NOT_SEARCHED]).fillna(pd.Series(words, by_year.index))
    table = pd.crosstab(by_year["year"], named, dropna=False).rename_axis(columns=None)
    table.columns = table.columns.astype("object")
    count = table.sum(axis=1)
    return table.div(count, axis=0).assign(pairs=count)


def level_counts(region: str, year: int) -> pd.DataFrame:
    """How many pairs of a region had signed each level or a higher one by the end of a year, in three readings.

    Returns
    -------
    pandas.DataFrame
        Indexed by level, weakest first: ``firm``, by acts of high confidence alone; ``found``, by all acts;
        ``possible``, counting as well the pairs without a label, those that were not searched, and those that an
        act without an exact date may lift; ``pairs``, how many there are.

    Notes
    -----
    A lower bound leaves out doubtful positives as it leaves out unknowns, so it is ``firm``. ``possible`` still
    trusts the labels that were found: a pair with a weaker one may also have signed a stronger one that nobody saw.

    Examples
    --------
    >>> ties.level_counts("C5", 2019)
                        firm  found  possible  pairs
    level
    friendship             9      9        10     10
    strategic              9      9        10     10
    deepened_strategic     1      1         2     10
    alliance               1      1         2     10
    """
    pairs = pairs_at_end(region, year)
    found, firm = levels_on(pairs, year), levels_on(pairs, year, FIRM)
    counts = []
    for level in levels():
        reached = found["level"] >= level
        may = reached | found["level"].isna() | (found["at_most"] >= level)
        counts.append([(firm["level"] >= level).sum(), reached.sum(), may.sum(), len(pairs)])
    index = pd.Index(levels(), name="level")
    return pd.DataFrame(counts, index=index, columns=["firm", "found", "possible", "pairs"])


def upgrades(pairs: list[str], until: Date | None = None, minimum_confidence: str = "low") -> pd.DataFrame:
    """The dated signatures that gave a pair a higher level than any before.

    `until` is a last day, month or year. Returns the rows of `events` with ``before`` (missing where
    no label was found before), ordered by time; ``level`` is the level after. A level that is stepped over may have
    been signed and not found. An undated signature is no upgrade.

    >>> ties.upgrades(["KAZ-UZB"], until=2021).set_index("date")[["before", "level"]]
                    before       level
    date
    1997-01-10         NaN  friendship
    2013-06-14  friendship   strategic
    2021-12-06   strategic    alliance
    """
    rows = signatures(pairs, minimum_confidence).dropna(subset="last")
    if until is not None:
        rows = rows[rows["last"] <= last_moment(iso_date(until, "until"))]
    codes = rows["level"].cat.codes
    before = codes.groupby(rows["pair"]).cummax().groupby(rows["pair"]).shift(fill_value=-1)
    return rows.assign(before=pd.Categorical.from_codes(before, dtype=rows["level"].dtype))[codes > before]


def _levels(cells: list[tuple[Date, str]], minimum_confidence: str) -> pd.DataFrame:
    """The ``year`` (or another date), ``pair`` and fields of `Level` for each date and pair."""
    acts, scale = acts_by_pair(minimum_confidence), pd.CategoricalDtype(levels(), ordered=True)
    rows = [(date, pair, *_level(acts, pair, date)) for date, pair in cells]
    types = {"level": scale, "at_most": scale, "since": "str"}
    return pd.DataFrame(rows, columns=["year", "pair", *Level._fields]).astype(types)


def _level(acts: Mapping[str, list[Any]], pair: str, date: Date) -> Level:
    if pair not in acts:
        check_pair(pair)
    moment = last_moment(iso_date(date))
    possible = [act for act in acts.get(pair, ()) if act.labelled and not act.first > moment]  # also an undated one
    signed = [act for act in possible if act.last <= moment]
    at_most = max(possible, key=lambda act: act.rank).level if possible else None
    if not signed:
        return Level(None, at_most, None, None, None)
    first = max(signed, key=lambda act: act.rank)
    firmest = max((act for act in signed if act.rank == first.rank), key=lambda act: act.firmness)
    return Level(first.level, at_most, first.date, first.tie_id, firmest.confidence)
