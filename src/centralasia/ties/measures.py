"""The level of the relationship between two states: what was signed by when, how it rose, how widely it spread.

The scale is that of ``ties.csv``: friendship < strategic < deepened strategic < alliance. It is
ordinal: levels can be ranked and counted, but not added or averaged, since nobody knows how far one
is from the next. A level is what was *signed and found*: a lower bound, not what is in force or lived.
"""

from dataclasses import dataclass

import pandas as pd

from centralasia.dates import iso_date
from centralasia.names import NONE_FOUND
from centralasia.regions import check_pair, pairs
from centralasia.tables import load
from datacontract.errors import suggest

__all__ = [
    "Level",
    "acts",
    "at_or_above",
    "level_at",
    "levels",
    "levels_by_year",
    "median_times",
    "period",
    "shares",
    "signatures",
    "times",
    "transitions",
]


@dataclass(frozen=True)
class Level:
    """Where a pair stands on a day. ``level`` is the highest that was surely signed by then, None where none was found.

    ``at_most`` also counts acts that may have been signed by then (undated, or dated by month or year only);
    ``since`` and ``act`` are the date and ``tie_id`` of the first act that reached ``level``, and ``confidence`` is
    the best of the acts that carry it by then.
    """

    level: str | None
    at_most: str | None
    since: str | None
    act: str | None
    confidence: str | None


def levels():
    """The levels, weakest first."""
    return list(load("ties")["level"].cat.categories)


def period(region, first_year, last_year):
    """The years from the first to the last, checked: a range.

    Raises `ValueError` where they are not in order, where the last is later than the acts that were found (so that
    silence is not drawn as stability), or where the region has no two members at its end.
    """
    latest = int(load("ties")["date"].dropna().str[:4].max())
    if first_year > last_year:
        raise ValueError(f"first_year is {first_year}; allowed: not after last_year, which is {last_year}")
    if last_year > latest:
        raise ValueError(f"last_year is {last_year}; allowed: up to {latest}, the year of the latest act in ties.csv")
    if not pairs(region, f"{last_year}-12-31"):
        raise ValueError(f"last_year is {last_year}; allowed: a year at whose end {region} has two members or more")
    return range(first_year, last_year + 1)


def acts(of, minimum_confidence="low"):
    """The acts between states, in the order of time, with the days that their dates can mean.

    Parameters
    ----------
    of : list of str
        Pairs, as ``"KAZ-KGZ"``.
    minimum_confidence : str
        Acts that are known less firmly are left out: ``low`` (keeps all), ``medium`` or ``high``.

    Returns
    -------
    pandas.DataFrame
        Rows of ``ties.csv`` with ``first`` and ``last``, the first and the last day that date and
        date_end can mean; both are missing for undated acts, which come last.

    Raises
    ------
    DataError
        Not a pair.
    ValueError
        An unknown confidence.

    Notes
    -----
    An act of three states stands under one pair only (the Khujand declaration of 2025 under KGZ-TJK): it is
    counted there, and its note says for whom else it holds.
    """
    rows = load("ties")
    for pair in set(of) - set(rows["pair"]):
        check_pair(pair)  # no act is no fault, no pair is one
    allowed = list(rows["confidence"].cat.categories)
    if minimum_confidence not in allowed:
        raise ValueError(f"minimum_confidence is {minimum_confidence!r}; {suggest(minimum_confidence, allowed)}")
    rows = rows[rows["pair"].isin(of) & (rows["confidence"] >= minimum_confidence)].copy()
    ends = rows["date_end"].fillna(rows["date"])
    rows["first"] = pd.to_datetime([_edge(date, "start_time") for date in rows["date"]])
    rows["last"] = pd.to_datetime([_edge(date, "end_time") for date in ends]).normalize()
    return rows.sort_values(["last", "first", "level"], na_position="last", kind="stable")


def signatures(of, minimum_confidence="low"):
    """The `acts` that give a label of the scale: signatures, of whatever instrument."""
    rows = acts(of, minimum_confidence)
    return rows[(rows["event"] == "signature") & rows["level"].notna()]


def level_at(pair, date, minimum_confidence="low"):
    """The `Level` of a pair at the end of a day, month or year (ISO 8601).

    The highest level that a signature up to then gives: a later act with a weaker label does not lower it, and
    ratification or entry into force is not asked for. None found is unknown: it does not prove that none was signed.
    Raises as `acts` does, and `ValueError` where the date is not ISO 8601.
    """
    return _level(_ranked(signatures([pair], minimum_confidence)), _edge(iso_date(date), "end_time"))


def levels_by_year(region, years, minimum_confidence="low"):
    """The level of every pair of a region at the end of every year.

    `region` and its members of each year are those of ``memberships.csv``; `years` are integers.
    Returns a frame with ``year``, ``pair`` and the fields of `Level`, the levels as ordered categories. Do not
    average them: the scale is ordinal.
    """
    by_year = {year: pairs(region, f"{year}-12-31") for year in years}
    every = sorted({pair for of in by_year.values() for pair in of})
    found = signatures(every, minimum_confidence)
    labels = {pair: _ranked(own) for pair, own in found.groupby("pair")}
    rows = [
        (year, pair, *vars(_level(labels.get(pair, []), _edge(str(year), "end_time"))).values())
        for year, of in by_year.items()
        for pair in of
    ]
    frame = pd.DataFrame(rows, columns=["year", "pair", *Level.__annotations__])
    return frame.astype(dict.fromkeys(("level", "at_most"), found["level"].dtype))


def shares(by_year):
    """The share of pairs at each level in each year, of the frame that `levels_by_year` returns.

    A frame indexed by year with a column for each level, weakest first, and ``none found``: shares that add up to
    1 over the ``pairs`` (last column, a count). ``none found`` is unknown, so the shares of the levels are what was
    found; `at_or_above` has the bounds.
    """
    named = by_year["level"].cat.add_categories(NONE_FOUND).fillna(NONE_FOUND)
    table = pd.crosstab(by_year["year"], named, dropna=False).rename_axis(columns=None)
    table.columns = table.columns.astype("object")
    count = table.sum(axis=1)
    return table.div(count, axis=0).assign(pairs=count)


def at_or_above(by_year, level):
    """How large a share of pairs stands at a level or a higher one, as bounds.

    Returns a frame indexed by year: ``lower`` counts what was surely signed by then; ``upper`` counts as well the
    pairs for which no label was found, and those that an undated act may lift; ``pairs`` is their number. The upper
    bound still trusts the labels that were found: a pair with a weaker one may also have a stronger one
    that the part read does not show.
    """
    scale = list(by_year["level"].cat.categories)
    if level not in scale:
        raise ValueError(f"level is {level!r}; {suggest(level, scale)}")
    sure = by_year["level"] >= level
    may = sure | by_year["level"].isna() | (by_year["at_most"] >= level)
    years = by_year["year"]
    return pd.DataFrame(
        {"lower": sure.groupby(years).mean(), "upper": may.groupby(years).mean(), "pairs": years.groupby(years).size()}
    )


def transitions(of, until=None, minimum_confidence="low"):
    """The steps up: the dated signatures that gave a pair a higher level than any before.

    `of` are pairs; `until` is a last day, month or year. Returns the rows of `acts` with ``before`` (missing where
    no label was found before), ordered by time; ``level`` is the level after. A level that is stepped over may have
    been signed and not found. Undated signatures make no step.
    """
    rows = signatures(of, minimum_confidence).dropna(subset="last")
    if until is not None:
        rows = rows[rows["last"] <= _edge(iso_date(until, "until"), "end_time")]
    codes = rows["level"].cat.codes
    highest = codes.groupby(rows["pair"]).cummax().groupby(rows["pair"]).shift()
    steps = rows.assign(before=pd.Categorical.from_codes(highest.fillna(-1).astype(int), dtype=rows["level"].dtype))
    return steps[codes > highest.fillna(-1)]


def times(of, since, until, minimum_confidence="low"):
    """How long it took each of the pairs `of` to sign each level or a higher one.

    The clock runs from the first day of `since` to the last day of `until` (ISO 8601). Returns one row a pair and
    level: ``pair``, ``level``, ``date`` (of the first such act), ``at_least`` and ``at_most``, in years of 365.25
    days: the two differ where the date is known to the month or year only. Where no such act was found by `until`,
    the time is right-censored: ``at_least`` is the whole span, ``at_most`` missing. What was signed before `since`
    took 0 years.
    """
    start, end = _edge(iso_date(since, "since"), "start_time"), _edge(iso_date(until, "until"), "end_time").normalize()
    if start > end:
        raise ValueError(f"since is {since!r}; allowed: not after until, which is {until!r}")
    steps = transitions(of, until, minimum_confidence)
    rows = []
    for pair in of:
        own = steps[steps["pair"] == pair]
        for level in steps["level"].cat.categories:
            reached = own[own["level"] >= level].head(1)
            first, last = (reached[e].iloc[0] if len(reached) else pd.NaT for e in ("first", "last"))
            date = reached["date"].iloc[0] if len(reached) else None
            span = end - start if pd.isna(first) else first - start
            rows.append((pair, level, date, *(max(s.days / 365.25, 0) for s in (span, last - start))))
    return pd.DataFrame(rows, columns=["pair", "level", "date", "at_least", "at_most"])


def median_times(waits):
    """The time by which half of the pairs had signed each level or a higher one.

    `waits` is the frame of `times`. Returns a frame indexed by level: ``reached``, ``pairs`` and ``years``,
    the smallest time by which at least half had signed, missing where fewer did. All pairs are
    censored on the same day, so this is the median of Kaplan and Meier (1958, JASA 53(282)). It describes
    the pairs at hand; they share states, so they are no independent sample.
    """
    ranked = waits.groupby("level", sort=False)["at_most"]
    half = ranked.apply(lambda years: years.sort_values(na_position="last").iloc[(len(years) + 1) // 2 - 1])
    return pd.DataFrame({"reached": ranked.count(), "pairs": ranked.size(), "years": half})


def _edge(date, side):
    """The first or last moment that a reduced-precision date can mean."""
    return pd.NaT if pd.isna(date) else getattr(pd.Period(str(date)), side)


def _ranked(labels):
    """Labels as plain rows with the places of their level and of their confidence, since they are asked often."""
    return list(labels.assign(rank=labels["level"].cat.codes, firm=labels["confidence"].cat.codes).itertuples())


def _level(labels, day):
    possible = [act for act in labels if pd.isna(act.first) or act.first <= day]
    signed = [act for act in possible if act.last <= day]
    at_most = max(possible, key=lambda act: act.rank).level if possible else None
    if not signed:
        return Level(None, at_most, None, None, None)
    highest = max(act.rank for act in signed)
    own = [act for act in signed if act.rank == highest]
    best = max(own, key=lambda act: act.firm)
    return Level(own[0].level, at_most, own[0].date, own[0].tie_id, best.confidence)
