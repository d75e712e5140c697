"""Who stays away from the votes, from which, and what agreement could have been had they come."""

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.votes import alignment, cohesion, measures, periods
from centralasia.votes.measures import voting_years

__all__ = ["absence_bias", "absence_bounds", "absence_shares", "absences"]


def absences(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """How often the members of a region stayed away, in the years in which they belong to it.

    Returns
    -------
    pandas.DataFrame
        One row a state and year: ``n`` (roll calls), ``absent`` (absent or not voting), ``value`` (the share in
        percent; missing in a year without any vote of the state: it may have had no seat, or no right to vote, so
        that it chose nothing), ``comparable``, ``status`` as in `pair_years`.

    Examples
    --------
    >>> rows = votes.absences("C5", 1991, 1994)
    >>> rows[rows["state"] == "UZB"].round(1)
        year state   n  absent  value  comparable    status
    16  1991   UZB   0      74    NaN        True  no votes
    17  1992   UZB   0      75    NaN        True  no votes
    18  1993   UZB   0      65    NaN        True  no votes
    19  1994   UZB  68      14   20.6        True        ok
    """
    years, states = voting_years(first_year, last_year), cohesion.members_in_period(region, first_year, last_year)
    # What a state did is the same beside whomever it is counted.
    own = measures.counts_among(states, measures.voting_states(), years.index).sum(-1).max(1).reshape(-1, 4)
    frame = pd.DataFrame({"year": np.tile(years.index, len(states)), "state": np.repeat(states, len(years))})
    frame["n"] = np.where(own[:, :3].any(axis=1), own.sum(1), 0).astype(int)
    frame["absent"] = own[:, 3].astype(int)
    frame["value"] = (100 * frame["absent"] / frame["n"]).where(frame["n"] > 0)
    frame["comparable"] = np.tile(years["comparable"], len(states))
    frame["status"] = measures.statuses(frame, frame["comparable"])
    return frame[_membership(region, states, years.index).ravel()].reset_index(drop=True)


def absence_shares(region: str, first_year: int, last_year: int) -> pd.Series:
    """The share of roll calls in percent that each member missed over its comparable years, by state, most first.

    >>> votes.absence_shares("C5", 1991, 2019).round(1)
    state
    TKM    40.8
    UZB    23.7
    TJK    22.0
    KGZ    16.1
    KAZ     3.7
    dtype: float64
    """
    firm = measures.comparable(absences(region, first_year, last_year))
    totals = firm.groupby("state")[["absent", "n"]].sum()
    return (100 * totals["absent"] / totals["n"]).sort_values(ascending=False)


def absence_bias(region: str, first_year: int, last_year: int, seed: int = 1) -> pd.DataFrame:
    """Whether members stay away from votes of another kind than those they take part in.

    For each member, all votes of the other members in comparable years are split by whether the member voted. Were
    absence without regard to content, the shares of yes would be alike: a choice of what to miss shows as a gap
    (Morse & Coggins 2024, Review of International Organizations 19).

    Returns
    -------
    pandas.DataFrame
        Indexed by state: ``voted`` and ``absent`` (votes cast by the others while it voted and while it stayed away),
        ``yes_voted`` and ``yes_absent`` (the shares of yes among them), ``gap`` (the first minus the second) with its
        95 % bootstrap interval over years, ``low`` and ``high``. Years in which it cast no vote are left out.

    Examples
    --------
    >>> votes.absence_bias("C5", 1991, 2019)[["yes_voted", "yes_absent", "gap", "low", "high"]].round(2)
         yes_voted  yes_absent   gap   low  high
    KAZ       0.86        0.78  0.08 -0.06  0.24
    KGZ       0.86        0.78  0.08  0.04  0.13
    TJK       0.87        0.77  0.10  0.04  0.15
    TKM       0.88        0.76  0.12  0.07  0.16
    UZB       0.88        0.83  0.05 -0.00  0.09
    """
    years, states = voting_years(first_year, last_year), cohesion.members_in_period(region, first_year, last_year)
    counts, inside = measures.counts_among(states, states, years.index), _membership(region, states, years.index)
    voted = counts[..., :3, :].any(axis=(3, 4))
    counts[~(voted & inside[:, None] & inside & years["comparable"].to_numpy())] = 0
    yearly = counts.sum(1)[..., :3]  # states, years, own behaviour, votes of the others
    cast, missed = yearly[:, :, :3].sum(2), yearly[:, :, 3]
    rows = []
    for state in range(len(states)):
        parts = [cast[state, :, 0], cast[state].sum(1), missed[state, :, 0], missed[state].sum(1)]
        yes_voted, yes_absent = _share(*parts[:2]), _share(*parts[2:])
        rows.append(
            (parts[1].sum(), parts[3].sum(), yes_voted, yes_absent, yes_voted - yes_absent, *_ends(parts, seed))
        )
    columns = ["voted", "absent", "yes_voted", "yes_absent", "gap", "low", "high"]
    return pd.DataFrame(rows, states, columns).astype({"voted": int, "absent": int})


def absence_bounds(region: str, choice: measures.Choice) -> pd.DataFrame:
    """The least and the most that agreement could be in a period, had the absent voted (Manski 2003).

    Returns a frame with one row a period: ``period``, ``low``, ``value`` (over the votes cast), ``high``, and
    ``unknown`` (the share of pairs of members and roll calls in which one or both were away). Years in which a member
    cast no vote at all are left out for its pairs.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.absence_bounds("C5", choice).round(2)
          period   low  value  high  unknown
    0  2010–2014  0.83   0.96  0.96     0.14
    1  2015–2019  0.77   0.97  0.97     0.22
    """
    rows = []
    for period in periods.region_spans(region, choice):
        met = cohesion.region_tables(region, period.years)[1].sum(0)
        total, cast = met.sum(), met[:3, :3].sum()
        apart = (met[:3, :3] * measures.DISTANCES[:3, :3]).sum()
        farthest = measures.DISTANCES[:3, :3].max(1)
        away = (met[:3, 3] + met[3, :3]) @ farthest + met[3, 3]
        rows.append((str(period), 1 - (apart + away) / total, 1 - apart / cast, 1 - apart / total, 1 - cast / total))
    return pd.DataFrame(rows, columns=["period", "low", "value", "high", "unknown"])


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else float("nan")


def _ends(parts: list[np.ndarray], seed: int) -> tuple[float, float]:
    """The interval of the gap from samples of the years in which the state cast a vote; missing if too few have one."""
    kept = np.array(parts, dtype=float)[:, parts[1] > 0]
    years = kept.shape[1]
    if years < alignment.FEWEST_YEARS:
        return float("nan"), float("nan")
    drawn = np.random.default_rng(seed).multinomial(years, np.full(years, 1 / years), size=periods.REPLICATES)
    yes, cast, missed_yes, missed = kept @ drawn.T
    gaps = yes / cast - missed_yes / np.where(missed > 0, missed, np.nan)
    if np.isnan(gaps).mean() > periods.INTERVAL[0]:
        return float("nan"), float("nan")
    low, high = np.nanquantile(gaps, periods.INTERVAL)
    return float(low), float(high)


def _membership(region: str, states: list[str], years: pd.Index) -> np.ndarray:
    """Whether each state belongs to a region in each year."""
    return np.array([np.isin(states, members(region, year)) for year in years]).T
