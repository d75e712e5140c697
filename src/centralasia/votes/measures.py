"""Votes in the UN General Assembly: how alike two states vote, year by year, and how firm that number is.

A pair and year is a table of 4 by 4 counts (yes, abstain, no, absent), which is all that the measures here need.
"""

import numpy as np
import pandas as pd

from centralasia.tables import load
from datacontract.contract import cached_by_tables
from datacontract.errors import DataError, suggest

__all__ = [
    "FEW_VOTES",
    "NOT_COMPARABLE",
    "NO_VOTES",
    "OK",
    "ABSENCE",
    "FEW",
    "MEASURES",
    "counts",
    "distances",
    "pair_intervals",
    "pair_years",
    "period",
    "resample",
    "scores",
    "statuses",
    "dyad_counts",
    "voter",
    "voters",
]

MEASURES = ("agreement", "pi", "kappa")
ABSENCE = ("left_out", "counted")
FEW = 20  # below so many shared votes a value is shown, but as uncertain
OK, FEW_VOTES, NOT_COMPARABLE, NO_CHANCE, NO_VOTES = "ok", "few votes", "not comparable", "no chance level", "no votes"

_CELLS = ["yy", "ya", "yn", "yx", "ay", "aa", "an", "ax", "ny", "na", "nn", "nx", "xy", "xa", "xn", "neither"]
_POSITION = np.array([1.0, 0.5, 0.0])  # yes, abstain half way, no


def distances(absence="left_out", power=1):
    """How far two behaviours are apart, from 0 to 1: a square array in the order yes, abstain, no (, absent).

    Yes and no are 1 apart, abstain stands half way; `power` 2 squares the distances. With `absence` ``counted`` there
    is a fourth behaviour: absent is 0 from absent and 1 from any vote cast.
    """
    _allowed("absence", absence, ABSENCE)
    voted = np.abs(_POSITION[:, None] - _POSITION) ** power
    if absence == "left_out":
        return voted
    every = np.ones((4, 4))
    every[:3, :3], every[3, 3] = voted, 0
    return every


def scores(counts, measure="agreement", absence="left_out", power=1):
    """How alike two states voted, from tables of their votes.

    With p(i, j) the share of roll calls in which the first state did i and the second j, and d(i, j) the distance of
    the two (`distances`), observed disagreement is Do = sum of p(i, j) d(i, j), and

    - ``agreement`` = 1 - Do. Without absence that is 1 - mean \\|difference\\| / 2 on the scale yes 1, abstain 0, no -1
      (Lijphart 1963, American Political Science Review 57(4); the agreement index of Voeten's data), which is also
      S of Signorino and Ritter (1999).
    - ``kappa`` and ``pi`` = 1 - Do / De: agreement beyond what would come by chance (Haege 2011, Political Analysis
      19(3)), with De = sum of a(i) b(j) d(i, j). For kappa a and b are the shares of the behaviours of each state
      (Cohen 1968), for pi both are the mean of the two (Scott 1955, weighted).

    Parameters
    ----------
    counts : array of shape (..., 4, 4)
        Roll calls by behaviour of the first state (rows) and the second (columns): yes, abstain, no, absent.
    measure : {"agreement", "pi", "kappa"}
    absence : {"left_out", "counted"}
        ``left_out``: only roll calls in which both cast a vote. ``counted``: absence is a fourth behaviour.
    power : number
        Exponent of the distances; 1 is the agreement index, Haege's own default for kappa and pi is 2.

    Returns
    -------
    array of shape (...)
        At most 1; agreement at least 0. Missing where the two share no roll call; with ``counted``, also where one of
        them cast no vote at all, since that may be a state without seat or vote; and for pi and kappa where chance
        leaves no room to disagree (both always did one and the same thing).

    Notes
    -----
    Most texts are adopted with large majorities, so agreement is high for nearly any two states: compare it with other
    pairs, never read it as closeness. Chance correction takes the shares of the behaviours for chance; where two states
    vote yes on nearly everything it is unstable. Consensus resolutions, on which nobody votes, are not in these data.
    """
    _allowed("measure", measure, MEASURES)
    counts = np.asarray(counts, dtype=float)
    apart = distances(absence, power)
    kept = counts[..., : len(apart), : len(apart)]
    total = kept.sum((-2, -1))
    if absence == "counted":
        voted = (counts[..., :3, :].sum((-2, -1)) > 0) & (counts[..., :3].sum((-2, -1)) > 0)
        total = np.where(voted, total, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = kept / np.where(total > 0, total, np.nan)[..., None, None]
        observed = (share * apart).sum((-2, -1))
        if measure == "agreement":
            return 1 - observed
        one, other = share.sum(-1), share.sum(-2)
        if measure == "pi":
            one = other = (one + other) / 2
        expected = np.einsum("...i,...j,ij->...", one, other, apart)
        return np.where(expected > 1e-12, 1 - observed / np.where(expected > 1e-12, expected, 1), np.nan)


def period(first_year, last_year):
    """The rows of ``unga_years.csv`` from the first to the last year, by year; a year nobody judged is not comparable.

    Raises `ValueError` where no year of the table lies between the two.
    """
    rows = load("unga_years")
    found = rows[rows["year"].between(first_year, last_year)]
    if found.empty:
        span = f"{rows['year'].min()} to {rows['year'].max()}"
        raise ValueError(f"first_year is {first_year}, last_year {last_year}; allowed: years in order, of {span}")
    return found.assign(comparable=found["comparable"].fillna(False).astype(bool)).set_index("year")


def voters():
    """The states that have votes here, in alphabetical order."""
    return sorted({state for pair in dyad_counts().index.levels[0] for state in pair.split("-")})


def voter(state, name="state"):
    """The state itself. Raises `DataError` that names the parameter where the state has no votes here."""
    if state not in voters():
        raise DataError(f"{name}: {state!r} has no votes in unga_dyads.csv; {suggest(state, voters())}")
    return state


@cached_by_tables("unga_dyads", maxsize=4)
def dyad_counts():
    """The 16 counts of every pair and year: a frame of floats indexed by pair (``KAZ-KGZ``) and year."""
    rows = load("unga_dyads")
    pair = rows["state_a"] + "-" + rows["state_b"]
    return rows[_CELLS].astype(float).set_index(pd.MultiIndex.from_arrays([pair, rows["year"]], names=["pair", "year"]))


def counts(pairs, years):
    """The tables of pairs and years as an array of shape (pairs, years, 4, 4); zeros where there is no row.

    Raises `DataError` where a pair is not two codes in alphabetical order.
    """
    for pair in pairs:
        states = str(pair).split("-")
        if len(states) != 2 or not states[0] < states[1]:
            raise DataError(f"pair {pair!r}; allowed: two different codes in alphabetical order, as KAZ-TKM")
    wanted = pd.MultiIndex.from_product([pairs, years], names=["pair", "year"])
    return dyad_counts().reindex(wanted, fill_value=0).to_numpy().reshape(len(pairs), len(years), 4, 4)


def pair_years(pairs, measure, absence, first_year, last_year):
    """How alike pairs voted, year by year.

    Parameters
    ----------
    pairs : list of str
        Codes in alphabetical order, as ``KAZ-KGZ``. A pair without rows has no votes.
    measure, absence : str
        See `scores`.
    first_year, last_year : int
        The period, both included.

    Returns
    -------
    pandas.DataFrame
        One row a pair and year: ``value``; ``shared`` (roll calls in which both cast a vote); ``n`` (roll calls that
        the value rests on: the shared ones, or all where absence counts); ``status``: ``ok``; ``few votes`` (n below
        `FEW`); ``not comparable`` (by ``unga_years.csv``); ``no chance level`` and ``no votes`` (value missing).
    """
    years = period(first_year, last_year)
    found = counts(pairs, years.index)
    frame = pd.DataFrame(
        {
            "pair": np.repeat(pairs, len(years)),
            "year": np.tile(years.index.to_numpy(int), len(pairs)),
            "value": scores(found, measure, absence).ravel(),
            "shared": found[..., :3, :3].sum((-2, -1)).ravel().astype(int),
        }
    )
    seen = ~np.isnan(scores(found, "agreement", absence).ravel())
    frame["n"] = np.where(seen, found.sum((-2, -1)).ravel() if absence == "counted" else frame["shared"], 0).astype(int)
    frame["comparable"] = np.tile(years["comparable"].to_numpy(), len(pairs))
    frame["status"] = statuses(frame)
    return frame


def statuses(frame):
    """What a value is worth, from the columns ``value``, ``n`` and ``comparable``."""
    conditions = [frame["n"] == 0, frame["value"].isna(), ~frame["comparable"], frame["n"] < FEW]
    return np.select(conditions, [NO_VOTES, NO_CHANCE, NOT_COMPARABLE, FEW_VOTES], OK)


def pair_intervals(pairs, measure, absence, first_year, last_year, seed, replicates=1000):
    """`pair_years` with the columns ``low`` and ``high``: a 95 % bootstrap interval.

    The roll calls of a pair and year are drawn anew with replacement: a multinomial on its 16 cells, as often as there
    were roll calls; low and high are the 2.5 and 97.5 percentiles of the values. They are missing where more than one
    sample in forty has no value, as happens to pi and kappa where two states differ in hardly any vote. The generator
    is seeded by `seed`, year and pair, so that an interval does not depend on what else is drawn.

    A year's roll calls are all there were: the interval says how much a value depends on which texts came to a vote,
    under the assumption that these are independent, which blocs of similar texts are not. A pair that never differed
    has an interval without width; that is no certainty.
    """
    frame = pair_years(pairs, measure, absence, first_year, last_year)
    found = counts(pairs, period(first_year, last_year).index).reshape(-1, 16)
    ends = np.full((len(frame), 2), np.nan)
    for i in np.flatnonzero(frame["value"].notna()):
        key = [seed, frame["year"][i], *map(ord, frame["pair"][i])]
        drawn = resample(found[i], key, replicates).reshape(-1, 4, 4)
        values = scores(drawn, measure, absence)
        if np.isnan(values).mean() <= 0.025:
            ends[i] = np.nanquantile(values, [0.025, 0.975])
    return frame.assign(low=ends[:, 0], high=ends[:, 1])


def resample(cells, key, replicates):
    """Cell counts of `replicates` bootstrap samples of the roll calls counted in `cells`: one row a sample."""
    number = int(cells.sum())
    return np.random.default_rng(key).multinomial(number, cells / number, size=replicates)


def _allowed(name, value, allowed):
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}; {suggest(value, allowed)}")
