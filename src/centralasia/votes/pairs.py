"""Pairs of states over periods: agreement and alpha, each with an interval, and how both changed."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import pairs
from centralasia.tables import cached_frame
from centralasia.votes import breaks, cohesion, measures, periods
from centralasia.votes.breaks import Break
from centralasia.votes.measures import Choice
from centralasia.votes.periods import INTERVAL, REPLICATES, Period
from centralasia.votes.reliability import krippendorff_alpha
from datacontract.contract import cached_by_tables

__all__ = ["RARE", "base_period", "level_shift", "pair_changes", "pair_periods"]

RARE = 5  # with fewer roll calls in which a pair differed, the low end of its interval is Wilson's
_TABLES = ("unga_dyads", "unga_years", "memberships", "actors")
_ENDS = ["low", "high", "alpha_low", "alpha_high"]


def level_shift(region: str, choice: Choice, seed: int = 1) -> Break | None:
    """The `break_year` of a region, if its first period differs for certain from the first one after the break.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> [votes.level_shift(region, choice).year for region in ("C5", "SC3")]
    [2005, 2013]
    """
    broke, spans = breaks.break_year(region, choice, seed), periods.region_spans(region, choice)
    since = [str(period) for period in spans if broke and period.first >= broke.year]
    if broke is None or len(since) in (0, len(spans)):
        return None
    moved = periods.period_changes(region, choice, seed).set_index(["before", "after"]).loc[(str(spans[0]), since[0])]
    return broke if (moved["low"] > 0 if broke.after > broke.before else moved["high"] < 0) else None


def base_period(region: str, choice: Choice, seed: int = 1) -> Period | None:
    """The first period of the level that the region has now: after its `level_shift`, or else the first of all.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.base_period("C5", choice)
    Period(first=2005, last=2009)
    """
    spans, shift = periods.region_spans(region, choice), level_shift(region, choice, seed)
    return next((period for period in spans if shift is None or period.first >= shift.year), None)


def _values(counts: np.ndarray, choice: Choice) -> np.ndarray:
    """The measure and alpha of tables of shape (..., 4, 4): shape (2, ...)."""
    size = 4 if choice.absence == "counted" else 3
    met = counts[..., :size, :size]
    alpha = krippendorff_alpha(met + met.swapaxes(-1, -2))
    return np.stack([measures.scores(counts, choice.measure, choice.absence), alpha])


@cached_by_tables(*_TABLES, maxsize=1024)
def _samples(pair: str, period: Period, choice: Choice, seed: int) -> np.ndarray:
    """The measure and alpha of bootstrap samples of the roll calls of a pair in a period: (2, `REPLICATES`)."""
    cells = cohesion.pooled_tables([pair], period.years).ravel()
    if not cells.any():
        return np.full((2, REPLICATES), np.nan)
    generator = np.random.default_rng([seed, period.first, *map(ord, pair)])
    drawn = generator.multinomial(int(cells.sum()), cells / cells.sum(), size=REPLICATES)
    return _values(drawn.reshape(-1, 4, 4), choice)


def _interval(drawn: np.ndarray) -> np.ndarray:
    """Both ends for the measure, then for alpha; missing where more than one sample in forty has no value."""
    known = np.isnan(drawn).mean(-1) <= INTERVAL[0]
    ends = np.nanquantile(np.where(known[:, None], drawn, 0), INTERVAL, axis=-1)
    return np.where(known, ends, np.nan).T.ravel()


@cached_frame(*_TABLES)
def pair_periods(wanted: tuple[str, ...], choice: Choice, seed: int = 1) -> pd.DataFrame:
    """How alike pairs voted, period by period.

    Parameters
    ----------
    wanted : tuple of str
        Codes in alphabetical order, as ``("KAZ-KGZ",)``.
    choice : Choice
        Measure, use of absence, and the years that `cut_periods` cuts.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        One row a pair and period: ``pair``, ``period``, ``n`` (roll calls that the value rests on), ``differed`` (those
        in which the two did not do the same), ``value`` (the measure), ``alpha``, and 95 % intervals of both, ``low``
        and ``high``, ``alpha_low`` and ``alpha_high``: bootstrap over roll calls, missing where more than one sample in
        forty has no value. A pair that hardly ever differed would have an interval without width: where it differed
        fewer than `RARE` times, the low end of its agreement is not above the Wilson interval (Wilson 1927, JASA 22) of
        the share of roll calls in which both did the same.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 2005, 2014)
    >>> votes.pair_periods(("KAZ-KGZ",), choice)[["period", "n", "differed", "value", "low", "high"]].round(2)
          period    n  differed  value   low  high
    0  2005–2009  452        25   0.97  0.96  0.98
    1  2010–2014  384        32   0.96  0.94  0.97
    """
    from scipy import stats  # only here, since it costs more than all else

    size, rows = 4 if choice.absence == "counted" else 3, []
    for pair in wanted:
        for period in periods.cut_periods(*choice.period):
            table = cohesion.pooled_tables([pair], period.years)[0]
            n, same = int(table[:size, :size].sum()), int(np.trace(table[:size, :size]))
            ends = _interval(_samples(pair, period, choice, seed))
            if choice.measure == "agreement" and n and n - same < RARE:
                ends[0] = min(ends[0], stats.binomtest(same, n).proportion_ci(method="wilson").low)
            rows.append((pair, str(period), n, n - same, *_values(table, choice), *ends))
    return pd.DataFrame(rows, columns=["pair", "period", "n", "differed", "value", "alpha", *_ENDS])


def pair_changes(region: str, choice: Choice, seed: int = 1, before: Period | None = None) -> pd.DataFrame:
    """The agreement and the alpha of a region's pairs in the last period, and their change since an earlier one.

    Parameters
    ----------
    region, choice, seed
        As in `region_periods`.
    before : Period, optional
        The earlier period; the `base_period` where none is given.

    Returns
    -------
    pandas.DataFrame
        One row a pair that belonged to the region in the last period, the one that agrees most first: ``pair``, ``n``,
        ``before`` and ``after`` (the measure), ``low`` and ``high`` (interval of ``after``), ``change`` with its
        interval ``change_low`` and ``change_high``, ``alpha``, ``alpha_low`` and ``alpha_high`` (of the last period),
        ``alpha_change``, ``alpha_change_low`` and ``alpha_change_high``. Intervals of changes are those of the
        differences of independent samples. No rows without a period.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.pair_changes("C5", choice)[["pair", "before", "after", "change_low", "change_high"]].round(2).head(3)
          pair  before  after  change_low  change_high
    0  KGZ-TKM    0.95   0.99        0.02         0.06
    1  KAZ-TKM    0.94   0.99        0.03         0.07
    2  TJK-TKM    0.97   0.99        0.00         0.03
    """
    rows: list[Any] = []
    spans = periods.region_spans(region, choice)
    earlier = before or base_period(region, choice, seed) or Period(*choice.period)
    wanted = tuple(pairs(region, spans[-1].last)) if spans else ()
    found = pair_periods(wanted, choice, seed).set_index(["period", "pair"])
    for pair in wanted:
        old, new = found.loc[(str(earlier), pair)], found.loc[(str(spans[-1]), pair)]
        moved = new[["value", "alpha"]] - old[["value", "alpha"]]
        drawn = _samples(pair, spans[-1], choice, seed) - _samples(pair, earlier, choice, seed)
        low, high, alpha_low, alpha_high = _interval(drawn)
        rows.append((pair, new["n"], old["value"], *new[["value", "low", "high"]], moved["value"], low, high,
                     *new[["alpha", "alpha_low", "alpha_high"]], moved["alpha"], alpha_low, alpha_high))  # fmt: skip
    columns = ["pair", "n", "before", "after", "low", "high", "change", "change_low", "change_high", "alpha",
               "alpha_low", "alpha_high", "alpha_change", "alpha_change_low", "alpha_change_high"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype({"n": int})
    return frame.sort_values("after", ascending=False, kind="stable", ignore_index=True)
