"""A region over periods of five years: agreement, alpha, how firm both are, and how they changed.

Roll calls are taken as draws from a process that brings texts to a vote: intervals say how a value would vary with
other roll calls. Many texts come back every year, so that roll calls are not independent; `repeated` shows how wide an
interval would be if all texts of a period were those of one year.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import cached_frame, load
from centralasia.votes import cohesion, measures
from centralasia.votes.measures import DISTANCES, Choice, voting_years
from centralasia.votes.reliability import LEVELS, coincidences, krippendorff_alpha
from datacontract.contract import cached_by_tables

__all__ = ["PERIOD", "Period", "cut_periods", "period_changes", "region_periods"]

PERIOD = 5  # years of a period
REPLICATES = 1000  # bootstrap samples
INTERVAL = [0.025, 0.975]
_TABLES = ("unga_dyads", "unga_groups", "unga_years", "memberships", "actors")


class Period(NamedTuple):
    """Some years in a row; both ends are included, and years that cannot be compared are passed over."""

    first: int
    last: int

    @property
    def years(self) -> tuple[int, ...]:
        """The comparable years of the period."""
        years = voting_years(self.first, self.last)["comparable"]
        return tuple(map(int, years.index[years]))

    def __str__(self) -> str:
        return f"{self.first}–{self.last}" if self.first < self.last else str(self.first)


def cut_periods(first_year: int, last_year: int) -> list[Period]:
    """Periods of `PERIOD` years, the last of which ends with the last comparable year; what is left before is dropped.

    Where the years make no whole period, they are one. Empty where no year is comparable.

    >>> [str(period) for period in votes.cut_periods(1991, 2019)]
    ['1995–1999', '2000–2004', '2005–2009', '2010–2014', '2015–2019']
    """
    years = voting_years(first_year, last_year)["comparable"]
    known = years.index[years]
    if known.empty:
        return []
    last, first = int(known.max()), int(years.index.min())
    ends = range(last, first + PERIOD - 2, -PERIOD)
    return [Period(end - PERIOD + 1, end) for end in reversed(ends)] or [Period(first, last)]


@cached_by_tables(*_TABLES)
def region_spans(region: str, choice: Choice) -> list[Period]:
    """The `cut_periods` in every year of which the region had two members or more, and in which two of them voted."""
    cohesion.members_in_period(region, *choice.period)
    spans = [p for p in cut_periods(*choice.period) if all(len(members(region, year)) > 1 for year in p.years)]
    return [p for p in spans if cohesion.region_tables(region, p.years)[1][:, :3, :3].any()]


@cached_by_tables(*_TABLES)
def splits_of(region: str, years: tuple[int, ...], absence: str) -> tuple[np.ndarray, np.ndarray] | None:
    """How a region split in the roll calls of some years, and how many roll calls saw each split.

    None where its splits were not counted, or not of just the states that belonged to it. With absence counted, a
    fourth column holds the absent, less those who cast no vote in the year.
    """
    rows = load("unga_groups")
    rows = rows[(rows["region"] == region) & rows["year"].isin(years)]
    splits, year = rows[["yes", "abstain", "no", "absent"]].to_numpy(int), rows["year"].to_numpy(int)
    inside = {y: members(region, int(y)) for y in years}
    if set(year) != set(years) or (splits.sum(1) != [len(inside[y]) for y in year]).any():
        return None
    silent = {y: int((~measures.took_part(states, [y])).sum()) for y, states in inside.items()}
    splits[:, 3] -= [silent[y] for y in year]
    return splits[:, : 4 if absence == "counted" else 3], rows["roll_calls"].to_numpy(int)


def _statistics(splits: np.ndarray, calls: np.ndarray) -> np.ndarray:
    """Agreement over pairs of states, and alpha, from numbers of roll calls of shape (..., splits): shape (2, ...)."""
    values = splits.shape[-1]
    met, weighted = (np.tensordot(calls, coincidences(splits, kind), 1) for kind in (False, True))
    pairs = met.sum((-2, -1))
    agreement = 1 - (met * DISTANCES[:values, :values]).sum((-2, -1)) / np.where(pairs > 0, pairs, np.nan)
    return np.stack([agreement, krippendorff_alpha(weighted)])


@cached_by_tables(*_TABLES, maxsize=256)
def draws(region: str, period: Period, absence: str, seed: int, repeated: bool = False) -> np.ndarray | None:
    """How many roll calls saw each split in bootstrap samples of those of a period: (`REPLICATES`, splits)."""
    found = splits_of(region, period.years, absence)
    if found is None:
        return None
    calls = found[1]
    generator = np.random.default_rng([seed, period.first, *map(ord, region)])
    number = calls.sum() // (len(period.years) if repeated else 1)
    return generator.multinomial(number, calls / calls.sum(), size=REPLICATES)


@cached_by_tables(*_TABLES, maxsize=256)
def samples(region: str, period: Period, absence: str, seed: int, repeated: bool = False) -> np.ndarray:
    """Agreement and alpha of `draws`: shape (2, `REPLICATES`), missing where the splits were not counted."""
    found, drawn = splits_of(region, period.years, absence), draws(region, period, absence, seed, repeated)
    return np.full((2, REPLICATES), np.nan) if found is None or drawn is None else _statistics(found[0], drawn)


def _point(region: str, period: Period, choice: Choice) -> tuple[float, ...]:
    """Roll calls, the measure, alpha at each level, and the share of yes among the votes, for one period."""
    tables = cohesion.region_tables(region, period.years)[1]
    size, votes = 4 if choice.absence == "counted" else 3, tables[:, :3, :3].sum(0)
    met = tables[:, :size, :size].sum(0)
    agreement, met = measures.scores(tables.sum(0), absence=choice.absence), met + met.T
    n = int(voting_years(*period).loc[list(period.years), "roll_calls"].sum())
    found = splits_of(region, period.years, choice.absence)
    if found is not None:
        splits, calls = found
        met, n = np.tensordot(calls, coincidences(splits), 1), int(calls[splits[:, :3].sum(1) > 1].sum())
    alphas = [krippendorff_alpha(met, level) if size == 3 or level == "half_way" else np.nan for level in LEVELS]
    if choice.measure != "agreement":
        each = measures.scores(tables, choice.measure, choice.absence)
        agreement = np.asarray(np.nan if np.isnan(each).all() else np.nanmean(each))
    return n, float(agreement), *map(float, alphas), float((votes + votes.T)[0].sum() / max(2 * votes.sum(), 1))


@cached_frame(*_TABLES)
def region_periods(region: str, choice: Choice, seed: int = 1, repeated: bool = False) -> pd.DataFrame:
    """How alike the members of a region voted, period by period.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members of each year.
    choice : Choice
        The measure, the use of absence, and the years that `cut_periods` cuts.
    seed : int
        Seed of the bootstrap.
    repeated : bool
        Intervals as if all texts of a period were those of one of its years, put to the vote again and again.

    Returns
    -------
    pandas.DataFrame
        One row a period: ``period``, ``first`` and ``last`` (years); ``n`` (roll calls in which two or more members
        voted); ``value`` (agreement over all pairs of members and roll calls; pi and kappa are the mean over pairs);
        ``alpha``; ``nominal`` and ``ordinal`` (alpha at these levels, see `krippendorff_alpha`; missing where absence
        counts, which has no place in an order); ``yes`` (share of yes among the votes); and 95 % bootstrap intervals
        over roll calls, ``low`` and ``high`` of the agreement, ``alpha_low`` and ``alpha_high``. These are missing
        where the splits of just these members were not counted in ``unga_groups.csv``, as for a region whose
        membership has dates; alpha then counts pairs of votes alike.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 2005, 2014)
    >>> votes.region_periods("C5", choice)[["period", "n", "value", "alpha", "alpha_low", "alpha_high"]].round(2)
          period    n  value  alpha  alpha_low  alpha_high
    0  2005–2009  465   0.97   0.72       0.64        0.79
    1  2010–2014  401   0.96   0.53       0.41        0.62
    """
    spans = region_spans(region, choice)
    frame = pd.DataFrame(
        [_point(region, p, choice) for p in spans], columns=["n", "value", "alpha", "nominal", "ordinal", "yes"]
    )
    frame = pd.DataFrame(spans, columns=["first", "last"]).join(frame)
    frame.insert(0, "period", pd.Series(list(map(str, spans)), dtype="str"))
    drawn = [samples(region, p, choice.absence, seed, repeated) for p in spans]
    return frame.join(_intervals(drawn, choice))


@cached_frame(*_TABLES)
def period_changes(region: str, choice: Choice, seed: int = 1, repeated: bool = False) -> pd.DataFrame:
    """How agreement and alpha changed from each period to each later one, with intervals of the differences.

    Returns a frame with one row two periods: ``before`` and ``after``, ``value`` and ``alpha`` (later minus earlier),
    and their intervals as in `region_periods`. Intervals of the periods that overlap are no test; these are
    (Schenker & Gentleman 2001, The American Statistician 55(3)).

    >>> choice = votes.Choice("agreement", "left_out", 2005, 2014)
    >>> votes.period_changes("C5", choice).round(2).T
                        0
    before      2005–2009
    after       2010–2014
    value           -0.01
    alpha           -0.19
    low             -0.02
    high              0.0
    alpha_low       -0.33
    alpha_high      -0.06
    """
    found, spans = region_periods(region, choice, seed, repeated), region_spans(region, choice)
    both = [(i, j) for j in range(len(spans)) for i in range(j)]
    rows = [(str(spans[i]), str(spans[j]), *(found.loc[j, ["value", "alpha"]] - found.loc[i, ["value", "alpha"]]))
            for i, j in both]  # fmt: skip
    drawn = [samples(region, p, choice.absence, seed, repeated) for p in spans]
    frame = pd.DataFrame(rows, columns=["before", "after", "value", "alpha"])
    return frame.join(_intervals([drawn[j] - drawn[i] for i, j in both], choice))


def _intervals(drawn: Sequence[np.ndarray], choice: Choice) -> pd.DataFrame:
    ends = np.quantile(np.reshape(drawn, (-1, 2, REPLICATES)), INTERVAL, axis=-1).transpose(1, 2, 0).reshape(-1, 4)
    if choice.measure != "agreement":
        ends[:, :2] = np.nan
    return pd.DataFrame(ends, columns=["low", "high", "alpha_low", "alpha_high"])
