"""How alike two states vote, year by year, and how firm that number is.

A pair and year is a table of 4 by 4 counts (yes, abstain, no, absent), which is all that the measures here need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import check_pair
from centralasia.tables import cached_frame, load
from datacontract.contract import cached_by_tables
from datacontract.errors import ChoiceError, check_choice

__all__ = [
    "ABSENCE", "DISTANCES", "FEW", "FEW_VOTES", "MEASURES", "NOT_COMPARABLE", "NO_CHANCE", "NO_VOTES", "OK", "Choice",
    "comparable", "pair_years", "scores", "took_part", "vote_counts", "voting_states", "voting_years",
]  # fmt: skip

MEASURES = ("agreement", "pi", "kappa")
ABSENCE = ("left_out", "counted")
FEW = 20  # below so many shared votes a value is shown, but as uncertain
OK, FEW_VOTES, NOT_COMPARABLE, NO_CHANCE, NO_VOTES = "ok", "few votes", "not comparable", "no chance level", "no votes"

# The columns of counts: first letter the first state, second the second; y yes, a abstain, n no, x absent.
CELLS = ["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn", "yx", "ax", "nx", "xy", "xa", "xn", "neither"]
# How far two behaviours are apart: abstain is half way from yes to no, absent as far as can be from any vote cast.
DISTANCES = np.array([[0, 0.5, 1, 1], [0.5, 0, 0.5, 1], [1, 0.5, 0, 1], [1, 1, 1, 0]])


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
    r"""How alike two states voted, from tables of their votes.

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

    Examples
    --------
    >>> counts = [[90, 5, 0, 0], [5, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    >>> [round(float(votes.scores(counts, measure)), 2) for measure in votes.MEASURES]
    [0.95, -0.05, -0.05]
    """
    check_choice("measure", measure, MEASURES)
    check_choice("absence", absence, ABSENCE)
    counts, size = np.asarray(counts, dtype=float), 4 if absence == "counted" else 3
    used, distances, total = counts[..., :size, :size], DISTANCES[:size, :size], _roll_calls(counts, absence)
    share = used / np.where(total > 0, total, np.nan)[..., None, None]
    observed = (share * distances).sum((-2, -1))
    if measure == "agreement":
        return 1 - observed
    one, other = share.sum(-1), share.sum(-2)
    if measure == "pi":
        one = other = (one + other) / 2
    expected = np.einsum("...i,...j,ij->...", one, other, distances)
    return np.where(expected > 1e-12, 1 - observed / np.where(expected > 1e-12, expected, 1), np.nan)


def _roll_calls(counts: np.ndarray, absence: str) -> np.ndarray:
    """How many roll calls a value rests on: the shared ones or, where absence counts and both ever voted, all."""
    if absence == "left_out":
        return counts[..., :3, :3].sum((-2, -1))
    voted = (counts[..., :3, :].sum((-2, -1)) > 0) & (counts[..., :3].sum((-2, -1)) > 0)
    return np.where(voted, counts.sum((-2, -1)), 0)


@cached_frame("unga_years")
def voting_years(first_year: int, last_year: int) -> pd.DataFrame:
    """The rows of ``unga_years.csv`` from the first to the last year, by year; a year nobody judged is not comparable.

    Raises `ChoiceError` where no year of the table lies between the two.

    >>> votes.voting_years(2018, 2020)[["roll_calls", "comparable"]]
          roll_calls  comparable
    year
    2018          95        True
    2019          90        True
    2020          91        True
    """
    rows = load("unga_years")
    found = rows[rows["year"].between(first_year, last_year)]
    if found.empty:
        span = f"{rows['year'].min()} to {rows['year'].max()}"
        raise ChoiceError(f"first_year is {first_year}, last_year {last_year}; allowed: years in order, of {span}")
    return found.assign(comparable=found["comparable"].fillna(False).astype(bool)).set_index("year")


def voting_states() -> list[str]:
    """The states that have votes here, in alphabetical order.

    >>> votes.voting_states()[:4]
    ['AFG', 'ARM', 'AZE', 'BLR']
    """
    return list(_all_counts()[0])


@cached_by_tables("unga_dyads", maxsize=4)
def _all_counts() -> tuple[pd.Index, pd.Index, np.ndarray]:
    """The states and years that have votes, and the tables of any two states: shape (states, states, 4, 4, years).

    The last place of the states and of the years holds zeros: it stands for what has no votes (position -1).
    """
    rows = load("unga_dyads").rename(columns={"neither": "xx"})
    cells = rows[[a + b for a in "yanx" for b in "yanx"]].to_numpy(float).reshape(-1, 4, 4)
    states, years = pd.Index(sorted({*rows["state_a"], *rows["state_b"]})), pd.Index(sorted(set(rows["year"])))
    one, other = (states.get_indexer(rows[column]) for column in ("state_a", "state_b"))
    year, found = years.get_indexer(rows["year"]), np.zeros((len(states) + 1, len(states) + 1, 4, 4, len(years) + 1))
    found[one, other, :, :, year] = cells
    found[other, one, :, :, year] = cells.swapaxes(1, 2)
    return states, years, found


@cached_by_tables("unga_dyads", maxsize=4)
def _all_voted() -> np.ndarray:
    """Whether each state of `_all_counts` cast any vote in each year."""
    return np.any(_all_counts()[2][..., :3, :, :], axis=(1, 2, 3))


@cached_by_tables("unga_dyads", maxsize=4)
def _known_pairs() -> dict[str, tuple[int, int]]:
    """The places of the two states of every pair in `_all_counts`."""
    return {f"{one}-{other}": (i, j) for (i, one), (j, other) in combinations(enumerate(_all_counts()[0]), 2)}


def vote_counts(pairs: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """The tables of pairs and years as an array of shape (pairs, years, 4, 4); zeros where there is no row.

    Raises `DataError` where a pair is not two actors in alphabetical order.

    >>> votes.vote_counts(["KAZ-KGZ"], [2010])[0, 0]
    array([[67.,  3.,  0., 10.],
           [ 3.,  2.,  0.,  0.],
           [ 0.,  0.,  1.,  0.],
           [ 1.,  0.,  0.,  0.]])
    """
    known, known_years, found = _all_counts()
    at, places = known_years.get_indexer(years), _known_pairs()
    counts = [found[*places.get(pair) or known.get_indexer(check_pair(pair))][..., at] for pair in pairs]
    return np.reshape(counts, (len(pairs), 4, 4, len(at))).transpose(0, 3, 1, 2)


def counts_among(states: Sequence[str], others: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """The tables of each state with each other, its own votes in the rows: shape (states, others, years, 4, 4)."""
    known, known_years, found = _all_counts()
    one, other = known.get_indexer(states), known.get_indexer(others)
    return found[one[:, None, None], other[:, None], :, :, known_years.get_indexer(years)]


def took_part(states: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """Whether each state cast any vote in each year, shape (states, years): otherwise it may have had no right to.

    >>> votes.took_part(["KAZ", "TJK", "UZB"], [1991, 1992, 1993])
    array([[False,  True,  True],
           [False,  True,  True],
           [False, False, False]])
    """
    known, known_years, _ = _all_counts()
    return _all_voted()[known.get_indexer(states)[:, None], known_years.get_indexer(years)]


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

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 1991, 1994)
    >>> votes.pair_years(["KAZ-KGZ"], choice).round(2)
          pair  year  value  shared   n     status
    0  KAZ-KGZ  1991    NaN       0   0   no votes
    1  KAZ-KGZ  1992   1.00      14  14  few votes
    2  KAZ-KGZ  1993   0.94      33  33         ok
    3  KAZ-KGZ  1994   0.90      51  51         ok
    """
    years = voting_years(*choice.period)
    counts = vote_counts(pairs, years.index)
    frame = pd.DataFrame({"pair": np.repeat(pairs, len(years)), "year": np.tile(years.index.to_numpy(int), len(pairs))})
    frame = frame.astype({"pair": "str"})
    frame["value"] = scores(counts, choice.measure, choice.absence).ravel()
    for column, absence in (("shared", "left_out"), ("n", choice.absence)):
        frame[column] = _roll_calls(counts, absence).ravel().astype(int)
    return frame.assign(status=statuses(frame, np.tile(years["comparable"], len(pairs))))


def statuses(frame: pd.DataFrame, comparable: Any) -> np.ndarray:
    """What a value is worth, from the columns ``value`` and ``n``, and whether its year is comparable."""
    conditions = [frame["n"] == 0, frame["value"].isna(), ~comparable, frame["n"] < FEW]
    return np.select(conditions, [NO_VOTES, NO_CHANCE, NOT_COMPARABLE, FEW_VOTES], OK)


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose status is ``ok``.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 1996)
    >>> list(votes.comparable(votes.pair_years(["KAZ-KGZ"], choice))["year"])
    [1993, 1994, 1995, 1996]
    """
    return frame[frame["status"] == OK]


def extremes(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The rows of the lowest and of the highest value."""
    return frame.loc[frame["value"].idxmin()], frame.loc[frame["value"].idxmax()]
