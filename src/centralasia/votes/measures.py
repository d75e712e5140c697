"""How alike two states vote, year by year, and how firm that number is.

A pair and year is a table of 4 by 4 counts (yes, abstain, no, absent), which is all that the measures here need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import check_pair, states_of
from centralasia.tables import load
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError, DataError, check_choice, suggest

__all__ = [
    "ABSENCE", "FEW", "FEW_VOTES", "MEASURES", "NOT_COMPARABLE", "NO_CHANCE", "NO_VOTES", "OK", "Choice", "check_voter",
    "pair_intervals", "pair_years", "scores", "vote_counts", "voting_states", "voting_years",
]  # fmt: skip

MEASURES = ("agreement", "pi", "kappa")
ABSENCE = ("left_out", "counted")
FEW = 20  # below so many shared votes a value is shown, but as uncertain
OK, FEW_VOTES, NOT_COMPARABLE, NO_CHANCE, NO_VOTES = "ok", "few votes", "not comparable", "no chance level", "no votes"

# The columns of counts: first letter the first state, second the second; y yes, a abstain, n no, x absent.
CELLS = ["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn", "yx", "ax", "nx", "xy", "xa", "xn", "neither"]
# How far two behaviours are apart: abstain is half way from yes to no, absent as far as can be from any vote cast.
_DISTANCES = np.array([[0, 0.5, 1, 1], [0.5, 0, 0.5, 1], [1, 0.5, 0, 1], [1, 1, 1, 0]])


@dataclass(frozen=True)
class Choice:
    """How agreement is measured, and over which years: what most functions of this room take.

    ``measure`` is one of `MEASURES`; ``absence`` is ``left_out`` (only roll calls in which both cast a vote) or
    ``counted`` (absence is a fourth behaviour), see `scores`; ``first_year`` and ``last_year`` are both included.
    """

    measure: str
    absence: str
    first_year: int
    last_year: int

    @property
    def period(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.first_year, self.last_year


def scores(counts: Any, measure: str = "agreement", absence: str = "left_out") -> np.ndarray:
    """How alike two states voted, from tables of their votes.

    With p(i, j) the share of roll calls in which the first state did i and the second j, and d(i, j) the distance of
    the two (yes and no are 1 apart, abstain is half way; absent is 0 from absent and 1 from any vote cast), observed
    disagreement is Do = sum of p(i, j) d(i, j), and

    - ``agreement`` = 1 - Do. Without absence that is 1 - mean \\|difference\\| / 2 on the scale yes 1, abstain 0, no -1
      (Lijphart 1963, American Political Science Review 57(4); the agreement index of Voeten's data), which is also
      S of Signorino and Ritter (1999).
    - ``kappa`` and ``pi`` = 1 - Do / De: agreement beyond what would come by chance (Haege 2011, Political Analysis
      19(3), who squares the distances by default), with De = sum of a(i) b(j) d(i, j). For kappa a and b are the shares
      of the behaviours of each state (Cohen 1968), for pi both are the mean of the two (Scott 1955, weighted).

    Parameters
    ----------
    counts : array of shape (..., 4, 4)
        Roll calls by behaviour of the first state (rows) and the second (columns): yes, abstain, no, absent.
    measure : {"agreement", "pi", "kappa"}
    absence : {"left_out", "counted"}
        ``left_out``: only roll calls in which both cast a vote. ``counted``: absence is a fourth behaviour.

    Returns
    -------
    array of shape (...)
        At most 1; agreement at least 0. Missing where the two share no roll call; with ``counted``, also where one of
        them cast no vote at all, since that may be a state without seat or vote; and for pi and kappa where chance
        leaves no room to disagree (both always did one and the same thing).

    Raises
    ------
    ChoiceError
        Another measure, or another use of absence.

    Notes
    -----
    Most texts are adopted with large majorities, so agreement is high for nearly any two states: compare it with other
    pairs, never read it as closeness. Chance correction takes the shares of the behaviours for chance; where two states
    vote yes on nearly everything it is unstable. Consensus resolutions, on which nobody votes, are not in these data.
    """
    check_choice("measure", measure, MEASURES)
    check_choice("absence", absence, ABSENCE)
    counts = np.asarray(counts, dtype=float)
    size = 4 if absence == "counted" else 3
    used, distances = counts[..., :size, :size], _DISTANCES[:size, :size]
    total = used.sum((-2, -1))
    if absence == "counted":
        voted = (counts[..., :3, :].sum((-2, -1)) > 0) & (counts[..., :3].sum((-2, -1)) > 0)
        total = np.where(voted, total, 0)
    share = used / np.where(total > 0, total, np.nan)[..., None, None]
    observed = (share * distances).sum((-2, -1))
    if measure == "agreement":
        return 1 - observed
    one, other = share.sum(-1), share.sum(-2)
    if measure == "pi":
        one = other = (one + other) / 2
    expected = np.einsum("...i,...j,ij->...", one, other, distances)
    return np.where(expected > 1e-12, 1 - observed / np.where(expected > 1e-12, expected, 1), np.nan)


def voting_years(first_year: int, last_year: int) -> pd.DataFrame:
    """The rows of ``unga_years.csv`` from the first to the last year, by year; a year nobody judged is not comparable.

    Raises `ChoiceError` where no year of the table lies between the two.
    """
    rows = load("unga_years")
    found = rows[rows["year"].between(first_year, last_year)]
    if found.empty:
        span = f"{rows['year'].min()} to {rows['year'].max()}"
        raise ChoiceError(f"first_year is {first_year}, last_year {last_year}; allowed: years in order, of {span}")
    return found.assign(comparable=found["comparable"].fillna(False).astype(bool)).set_index("year")


def voting_states() -> list[str]:
    """The states that have votes here, in alphabetical order."""
    return sorted({state for pair in _dyad_counts().index.levels[0] for state in states_of(pair)})


def check_voter(state: str, name: str = "state") -> None:
    """Raises `DataError`, which calls the state `name`, where the state has no votes here."""
    if state not in voting_states():
        raise DataError(f"{name}: {state!r} has no votes in unga_dyads.csv; {suggest(state, voting_states())}")


@cached_by_tables("unga_dyads", maxsize=4)
def _dyad_counts() -> pd.DataFrame:
    """The 16 counts of every pair and year, as floats, by pair (``KAZ-KGZ``) and year."""
    rows = load("unga_dyads").rename(columns={"neither": "xx"})
    pair = rows["state_a"] + "-" + rows["state_b"]
    index = pd.MultiIndex.from_arrays([pair, rows["year"]], names=["pair", "year"])
    return rows[[a + b for a in "yanx" for b in "yanx"]].astype(float).set_index(index)


def vote_counts(pairs: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """The tables of pairs and years as an array of shape (pairs, years, 4, 4); zeros where there is no row.

    Raises `DataError` where a pair is not two actors in alphabetical order.
    """
    for pair in pairs:
        check_pair(pair)
    wanted = pd.MultiIndex.from_product([pairs, years], names=["pair", "year"])
    return _dyad_counts().reindex(wanted, fill_value=0).to_numpy().reshape(len(pairs), len(years), 4, 4)


def pair_years(pairs: Sequence[str], choice: Choice) -> pd.DataFrame:
    """How alike pairs voted, year by year.

    Parameters
    ----------
    pairs : list of str
        Codes in alphabetical order, as ``KAZ-KGZ``. A pair without rows has no votes.
    choice : Choice
        Measure, use of absence, and years.

    Returns
    -------
    pandas.DataFrame
        One row a pair and year: ``value``; ``shared`` (roll calls in which both cast a vote); ``n`` (roll calls that
        the value rests on: the shared ones, or all where absence counts); ``status``: ``ok``; ``few votes`` (n below
        `FEW`); ``not comparable`` (by ``unga_years.csv``); ``no chance level`` and ``no votes`` (value missing).
    """
    years = voting_years(*choice.period)
    counts = vote_counts(pairs, years.index)
    shared = counts[..., :3, :3].sum((-2, -1)).ravel()
    n = counts.sum((-2, -1)).ravel() if choice.absence == "counted" else shared
    frame = pd.DataFrame(
        {
            "pair": np.repeat(pairs, len(years)),
            "year": np.tile(years.index.to_numpy(int), len(pairs)),
            "value": scores(counts, choice.measure, choice.absence).ravel(),
            "shared": shared.astype(int),
            "n": np.where(np.isnan(scores(counts, "agreement", choice.absence).ravel()), 0, n).astype(int),
            "comparable": np.tile(years["comparable"].to_numpy(), len(pairs)),
        }
    )
    return frame.assign(status=statuses(frame))


def statuses(frame: pd.DataFrame) -> np.ndarray:
    """What a value is worth, from the columns ``value``, ``n`` and ``comparable``."""
    conditions = [frame["n"] == 0, frame["value"].isna(), ~frame["comparable"], frame["n"] < FEW]
    return np.select(conditions, [NO_VOTES, NO_CHANCE, NOT_COMPARABLE, FEW_VOTES], OK)


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose status is ``ok``."""
    return frame[frame["status"] == OK]


def extremes(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The rows of the lowest and of the highest value."""
    return frame.loc[frame["value"].idxmin()], frame.loc[frame["value"].idxmax()]


def pair_intervals(pairs: Sequence[str], choice: Choice, seed: int, replicates: int = 1000) -> pd.DataFrame:
    """`pair_years` with the columns ``low`` and ``high``: a 95 % bootstrap interval.

    The roll calls of a pair and year are drawn anew with replacement: a multinomial on its 16 cells, as often as there
    were roll calls; low and high are the 2.5 and 97.5 percentiles of the values. They are missing where more than one
    sample in forty has no value, as happens to pi and kappa where two states differ in hardly any vote. The generator
    is seeded by `seed`, year and pair, so that an interval does not depend on what else is drawn.

    A year's roll calls are all there were: the interval says how much a value depends on which texts came to a vote,
    under the assumption that these are independent, which blocs of similar texts are not. A pair that never differed
    has an interval without width; that is no certainty.
    """
    frame = pair_years(pairs, choice)
    cells = vote_counts(pairs, voting_years(*choice.period).index).reshape(-1, 16)
    ends = np.full((len(frame), 2), np.nan)
    for i in np.flatnonzero(frame["value"].notna()):
        drawn = resample(cells[i], seed, frame["year"][i], frame["pair"][i], replicates).reshape(-1, 4, 4)
        values = scores(drawn, choice.measure, choice.absence)
        if np.isnan(values).mean() <= 0.025:
            ends[i] = np.nanquantile(values, [0.025, 0.975])
    return frame.assign(low=ends[:, 0], high=ends[:, 1])


def resample(cells: np.ndarray, seed: int, year: int, code: str, replicates: int) -> np.ndarray:
    """Cell counts of bootstrap samples of the roll calls counted in `cells`, one row a sample.

    The generator is seeded by seed, year and the code of a pair or group.
    """
    number = int(cells.sum())
    generator = np.random.default_rng([seed, year, *map(ord, code)])
    return generator.multinomial(number, cells / number, size=replicates)
