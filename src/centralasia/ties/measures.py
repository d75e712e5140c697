"""The level of the relationship between two states: what was signed by when, how it rose, how widely it spread.

The scale is that of ``ties.csv``: friendship < strategic < deepened strategic < alliance. It is
ordinal: levels can be ranked and counted, but not added or averaged, since nobody knows how far one
is from the next. A level is what was *signed and found*: a lower bound, not what is in force or lived.
"""

import itertools
import operator
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from centralasia.dates import first_moment, iso_date, last_moment
from centralasia.names import NONE_FOUND
from centralasia.regions import check_pair, pairs_at_end
from centralasia.tables import cached_frame, load
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import ChoiceError, check_choice, check_years

__all__ = [
    "Level", "cumulative_share", "events", "level_at", "levels", "levels_by_year", "levels_on", "median_survival",
    "shares", "signatures", "times_to_level", "upgrades",
]  # fmt: skip

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


def levels() -> list[str]:
    """The levels, weakest first."""
    return list(_acts()["level"].cat.categories)


def latest_date() -> str:
    """The date of the latest act that was found."""
    return max(distinct("ties.date"))


def checked_years(region: str, first_year: int, last_year: int) -> range:
    """The years from the first to the last.

    Raises `ChoiceError` where they are not in order, where the last is later than the acts that were found (so that
    silence is not drawn as stability), or where the region has no two members at its end.
    """
    check_years(first_year, last_year, int(latest_date()[:4]), "the year of the latest act in ties.csv")
    if not pairs_at_end(region, last_year):
        raise ChoiceError(f"last_year is {last_year}; allowed: a year at whose end {region} has two members or more")
    return range(first_year, last_year + 1)


def rows_of_pairs(rows: pd.DataFrame, pairs: Iterable[str]) -> pd.DataFrame:
    """The rows of some pairs; a pair without a row is no fault, but what is none raises `DataError`."""
    for pair in set(pairs) - set(rows["pair"]):
        check_pair(pair)
    return rows[rows["pair"].isin(list(pairs))]


def events(pairs: list[str], minimum_confidence: str = "low") -> pd.DataFrame:
    """The acts between states, in the order of time, with the days that their dates can mean.

    Parameters
    ----------
    pairs : list of str
        Pairs, as ``"KAZ-KGZ"``.
    minimum_confidence : str
        Acts that are known less firmly are left out: ``low`` (keeps all), ``medium`` or ``high``.

    Returns
    -------
    pandas.DataFrame
        Rows of ``ties.csv`` with ``first`` and ``last``, the first and the last day that date and
        date_end can mean, both missing for undated acts, which come last; and with ``labelled``, whether the act is a
        signature, of whatever instrument, that gives a label of the scale.

    Raises
    ------
    DataError
        Not a pair.
    ChoiceError
        An unknown confidence.

    Notes
    -----
    An act of three states is a row of one pair only (the Khujand declaration of 2025 one of KGZ-TJK): it is
    counted there, and its note says for whom else it holds.
    """
    rows = rows_of_pairs(_acts(), pairs)
    check_choice("minimum_confidence", minimum_confidence, rows["confidence"].cat.categories)
    return rows[rows["confidence"] >= minimum_confidence]


def signatures(pairs: list[str], minimum_confidence: str = "low") -> pd.DataFrame:
    """The `events` that give a label of the scale."""
    return events(pairs, minimum_confidence).query("labelled")


def level_at(pair: str, date: Date, minimum_confidence: str = "low") -> Level:
    """The `Level` of a pair at the end of a day, month or year (ISO 8601).

    The highest level that a signature up to then gives: a later act with a weaker label does not lower it, and
    neither ratification nor entry into force is needed. None found is unknown: it does not prove that none was signed.
    Raises as `events` does, and `ChoiceError` where the date is not ISO 8601.
    """
    return _level(acts_by_pair(minimum_confidence), pair, date)


def levels_on(pairs: list[str], date: Date, minimum_confidence: str = "low") -> pd.DataFrame:
    """The level of each pair at the end of a date: ``pair`` and the fields of `Level`, as `level_at` gives them."""
    return _levels([(date, pair) for pair in pairs], minimum_confidence).drop(columns="year")


def levels_by_year(region: str, years: Iterable[int], minimum_confidence: str = "low") -> pd.DataFrame:
    """The level of every pair of a region at the end of every year.

    `region` and its members of each year are those of ``memberships.csv``; `years` are integers.
    Returns a frame with ``year``, ``pair`` and the fields of `Level`, the levels as ordered categories. Do not
    average them: the scale is ordinal.
    """
    return _levels([(year, pair) for year in years for pair in pairs_at_end(region, year)], minimum_confidence)


def shares(by_year: pd.DataFrame) -> pd.DataFrame:
    """The share of pairs at each level in each year, of the frame that `levels_by_year` returns.

    A frame indexed by year with a column for each level, weakest first, and ``none found``: shares that add up to
    1 over the ``pairs`` (last column, a count). ``none found`` is unknown, so the shares of the levels are what was
    found; `cumulative_share` has the bounds.
    """
    named = by_year["level"].cat.add_categories(NONE_FOUND).fillna(NONE_FOUND)
    table = pd.crosstab(by_year["year"], named, dropna=False).rename_axis(columns=None)
    table.columns = table.columns.astype("object")
    count = table.sum(axis=1)
    return table.div(count, axis=0).assign(pairs=count)


def cumulative_share(by_year: pd.DataFrame, level: str) -> pd.DataFrame:
    """The share of pairs at a level or a higher one, as bounds.

    Returns a frame indexed by year: ``lower`` counts what was surely signed by then; ``upper`` counts as well the
    pairs for which no label was found, and those that an undated act may lift; ``pairs`` is their number. The upper
    bound still trusts the labels that were found: a pair with a weaker one may also have a stronger one
    that the part read does not show.
    """
    check_choice("level", level, by_year["level"].cat.categories)
    sure = by_year["level"] >= level
    may = sure | by_year["level"].isna() | (by_year["at_most"] >= level)
    bounds = pd.DataFrame({"year": by_year["year"], "lower": sure, "upper": may}).groupby("year")
    return bounds.mean().assign(pairs=bounds.size())


def upgrades(pairs: list[str], until: Date | None = None, minimum_confidence: str = "low") -> pd.DataFrame:
    """The dated signatures that gave a pair a higher level than any before.

    `until` is a last day, month or year. Returns the rows of `events` with ``before`` (missing where
    no label was found before), ordered by time; ``level`` is the level after. A level that is stepped over may have
    been signed and not found. An undated signature is no upgrade.
    """
    rows = signatures(pairs, minimum_confidence).dropna(subset="last")
    if until is not None:
        rows = rows[rows["last"] <= last_moment(iso_date(until, "until"))]
    codes = rows["level"].cat.codes
    before = codes.groupby(rows["pair"]).cummax().groupby(rows["pair"]).shift(fill_value=-1)
    return rows.assign(before=pd.Categorical.from_codes(before, dtype=rows["level"].dtype))[codes > before]


def times_to_level(pairs: list[str], since: Date, until: Date, minimum_confidence: str = "low") -> pd.DataFrame:
    """How long it took each pair to sign each level or a higher one.

    The clock runs from the first day of `since` to the last day of `until` (ISO 8601). Returns one row a level and
    pair: ``level``, ``pair``, ``date`` (of the first such act), ``at_least`` and ``at_most``, in years of 365.25
    days: the two differ where the date is known to the month or year only. Where no such act was found by `until`,
    the time is right-censored: ``at_least`` is the whole span, ``at_most`` missing. What was signed before `since`
    took 0 years.
    """
    start, end = first_moment(iso_date(since, "since")), last_moment(iso_date(until, "until")).normalize()
    if start > end:
        raise ChoiceError(f"since is {since!r}; allowed: not after until, which is {until!r}")
    steps = upgrades(pairs, until, minimum_confidence)
    reached = {
        level: steps[steps["level"] >= level].drop_duplicates("pair").set_index("pair").reindex(pairs)
        for level in levels()
    }
    found = pd.concat(reached, names=["level", "pair"])[["date", "first", "last"]].reset_index()
    found["at_least"] = ((found.pop("first").fillna(end) - start).dt.days / 365.25).clip(lower=0)
    found["at_most"] = ((found.pop("last") - start).dt.days / 365.25).clip(lower=0)
    return found


def median_survival(times: pd.DataFrame) -> pd.DataFrame:
    """The time by which half of the pairs had signed each level or a higher one.

    `times` is the frame of `times_to_level`. Returns a frame indexed by level: ``reached``, ``pairs`` and ``years``,
    the smallest time by which at least half had signed, missing where fewer did. All pairs are
    censored on the same day, so this is the median of Kaplan and Meier (1958, JASA 53(282)). It describes
    the pairs at hand; they share states, so they are no independent sample.
    """
    by_level = times.groupby("level", sort=False)["at_most"]
    half = by_level.apply(lambda years: years.sort_values(na_position="last").iloc[(len(years) - 1) // 2])
    return pd.DataFrame({"reached": by_level.count(), "pairs": by_level.size(), "years": half})


@cached_by_tables("ties")
def acts_by_pair(minimum_confidence: str) -> Mapping[str, list[Any]]:
    """The `events` of each pair as plain rows, with the ranks of level and confidence; nobody may change them."""
    rows = events(distinct("ties.pair"), minimum_confidence)
    rows = rows.assign(rank=rows["level"].cat.codes, firmness=rows["confidence"].cat.codes)
    acts = rows.sort_values("pair", kind="stable").itertuples()
    return {pair: list(own) for pair, own in itertools.groupby(acts, operator.attrgetter("pair"))}


@cached_frame("ties")
def _acts() -> pd.DataFrame:
    """What `events` returns, of all pairs."""
    rows = load("ties")
    rows["first"] = rows["date"].map(first_moment)
    rows["last"] = rows["date_end"].fillna(rows["date"]).map(last_moment).dt.normalize()
    rows["labelled"] = (rows["event"] == "signature") & rows["level"].notna()
    return rows.sort_values(["last", "first", "level"], na_position="last", kind="stable")


def _levels(cells: list[tuple[Date, str]], minimum_confidence: str) -> pd.DataFrame:
    """The ``year`` (or another date), ``pair`` and fields of `Level` for each date and pair."""
    acts, scale = acts_by_pair(minimum_confidence), _acts()["level"].dtype
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
