"""Whether measures of how close two states are put the pairs of a region into the same order."""

import itertools
import math

import numpy as np
import pandas as pd

from centralasia import economies, speeches, ties, votes
from centralasia.regions import pairs_at_end, states_of
from centralasia.tables import cached_frame

__all__ = ["MEASURES", "closeness", "corrected", "correlations", "mean_ranks", "pairs_of", "quadratic_assignment"]

MOST_ORDERS = 5040  # all orders of seven states; of more states a sample of as many
SEED = 1976
VOTED = 1991  # the first year of votes in the data
MEASURES = ("ties", "visits", "votes", "beyond_chance", "words", "trade")


@cached_frame(
    "ties", "visits", "memberships", "actors", "unga_dyads", "unga_groups", "unga_years", "speech_pairs", "speeches",
    "speech_likeness", "trade", "partner_trade", "indicators",
)  # fmt: skip
def closeness(region: str, year: int) -> pd.DataFrame:
    """How close the states of each pair of a region are, by six measures.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `year`.
    year : int
        Nothing later counts.

    Returns
    -------
    pandas.DataFrame
        One row a pair, one column for each of `MEASURES`: ``ties``, the place of the highest label found on its scale
        (from 0); ``visits`` of heads of state found; ``votes``, the share of roll calls in which both voted alike, in
        the last five years, and ``beyond_chance``, Krippendorff's alpha of the same votes; ``words``, the cosine of
        their speeches before the United Nations since 2017, names taken out; ``trade``, how many times what the size
        of the economies would give, in the last five years of a series that knows all pairs. Missing where it is
        unknown. Labels and visits are lower bounds.

    Examples
    --------
    >>> synthesis.closeness("C5", 2019).round(2).head(3)
             ties  visits  votes  beyond_chance  words  trade
    pair
    KAZ-KGZ   3.0     7.0   0.97           0.73   0.22  28.87
    KAZ-TJK   1.0     3.0   0.97           0.69   0.22  25.86
    KAZ-TKM   1.0     6.0   0.99           0.74   0.23   4.19
    """
    known = ties.values_by_pair(region, year)
    level = known["found"].cat.codes.astype(float)
    agreed = votes.pair_changes(region, votes.Choice("agreement", "left_out", VOTED, year)).set_index("pair")
    window = speeches.WINDOWS[-1]
    spoken = speeches.pairs_by_window(region, windows=((window[0], min(window[1], year)),)).set_index("pair")["value"]
    columns = {
        "ties": level.where(level >= 0),
        "visits": known["visits"].astype(float),
        "votes": agreed["after"],
        "beyond_chance": agreed["alpha"],
        "words": spoken,
        "trade": economies.values_by_pair(region, year)["trade_intensity_cow"],
    }
    return pd.DataFrame(columns).reindex(pairs_at_end(region, year)).astype(float).rename_axis("pair")


def quadratic_assignment(one: pd.Series, other: pd.Series) -> pd.Series:
    """The rank correlation of two measures over pairs of states, and how often chance gives one as large.

    Parameters
    ----------
    one, other : pandas.Series
        A value for each pair (``"KAZ-UZB"``), missing where it is unknown. Pairs that only one of them has are left
        out.

    Returns
    -------
    pandas.Series
        ``rho`` (Spearman, over the pairs known in both), ``p`` (two-sided), ``low`` and ``high`` (between which 90 % of
        the correlations lie that chance gives), ``pairs`` (how many count) and ``orders`` (how many were tried).
        Missing values where fewer than three pairs count or one measure does not vary.

    Notes
    -----
    Pairs that share a state are not independent, so that the usual test of a correlation errs. Here the states of one
    measure change their names in every possible order, which keeps what belongs to a state together (quadratic
    assignment procedure: Hubert & Schultz 1976, British Journal of Mathematical and Statistical Psychology 29;
    Krackhardt 1988, Social Networks 10). Up to seven states all orders are tried, of more a seeded sample. With five
    states there are 120 orders, so that ``p`` is never below 0.008.

    Examples
    --------
    >>> values = synthesis.closeness("C5", 2019)
    >>> synthesis.quadratic_assignment(values["visits"], values["beyond_chance"]).round(2)
    rho        -0.61
    p           0.06
    low        -0.59
    high        0.52
    pairs      10.00
    orders    120.00
    dtype: float64
    """
    pairs = sorted(set(one.index) & set(other.index))
    states = sorted({state for pair in pairs for state in states_of(pair)})
    place = {state: i for i, state in enumerate(states)}
    at = np.array([[place[state] for state in states_of(pair)] for pair in pairs], dtype=int).reshape(-1, 2)
    table = np.full((len(states), len(states)), np.nan)
    table[at[:, 0], at[:, 1]] = table[at[:, 1], at[:, 0]] = other.reindex(pairs).to_numpy(dtype=float)
    orders = _orders(len(states))
    renamed = table[orders[:, at[:, 0]], orders[:, at[:, 1]]]  # one row an order, one column a pair; the first as it is
    values = np.broadcast_to(one.reindex(pairs).to_numpy(dtype=float), renamed.shape)
    known = np.isfinite(values) & np.isfinite(renamed)
    rho = _spearman(np.where(known, values, np.nan), np.where(known, renamed, np.nan))
    found = {"rho": math.nan, "p": math.nan, "low": math.nan, "high": math.nan}
    if known[0].sum() >= 3 and np.isfinite(rho[0]):
        by_chance = rho[np.isfinite(rho)]
        low, high = np.quantile(by_chance, [0.05, 0.95])
        p = float((np.abs(by_chance) >= abs(rho[0]) - 1e-9).mean())
        found = {"rho": float(rho[0]), "p": p, "low": low, "high": high}
    return pd.Series({**found, "pairs": int(known[0].sum()), "orders": len(orders)}, dtype=float)


def correlations(values: pd.DataFrame) -> pd.DataFrame:
    """`quadratic_assignment` of every two columns of a frame of pairs: ``one``, ``other`` and what it returns.

    >>> found = synthesis.correlations(synthesis.closeness("C5", 2019)).set_index(["one", "other"])
    >>> found.loc["ties", ["rho", "p", "pairs"]].round(2)
                    rho     p  pairs
    other
    visits         0.29  0.50    9.0
    votes          0.00  1.00    9.0
    beyond_chance  0.27  0.70    9.0
    words         -0.41  0.47    9.0
    trade          0.27  0.65    9.0
    """
    combined = list(itertools.combinations(values.columns, 2))
    rows = [quadratic_assignment(values[one], values[other]) for one, other in combined]
    return pd.DataFrame(combined, columns=["one", "other"]).join(pd.DataFrame(rows))


def outside_chance(found: pd.DataFrame) -> pd.Series:
    """Which of `correlations` lie outside of the nine in ten that chance gives."""
    return (found["rho"] < found["low"]) | (found["rho"] > found["high"])


def corrected(found: pd.DataFrame, row: pd.Series) -> pd.Series | None:
    """The comparison in which agreement beyond chance takes the place of plain agreement; None where `row` has none.

    `found` is as from `correlations`, `row` one of its rows.

    >>> found = synthesis.correlations(synthesis.closeness("C5", 2019))
    >>> row = found.query("one == 'ties' and other == 'votes'").iloc[0]
    >>> synthesis.corrected(found, row)[["one", "other", "pairs"]]
    one               ties
    other    beyond_chance
    pairs              9.0
    Name: 2, dtype: object
    """
    if "votes" not in (row["one"], row["other"]):
        return None
    other = row["other"] if row["one"] == "votes" else row["one"]
    rows = found[[{a, b} == {"beyond_chance", other} for a, b in zip(found["one"], found["other"], strict=True)]]
    return None if rows.empty else rows.iloc[0]


def pairs_of(state: str, values: pd.DataFrame) -> pd.DataFrame:
    """The rows of `closeness` that a state has a part in.

    >>> list(synthesis.pairs_of("KAZ", synthesis.closeness("C5", 2019)).index)
    ['KAZ-KGZ', 'KAZ-TJK', 'KAZ-TKM', 'KAZ-UZB']
    """
    return values[[state in states_of(str(pair)) for pair in values.index]]


def mean_ranks(values: pd.DataFrame) -> pd.Series:
    """The mean over the columns of each pair's rank from the closest (1), for an order of display only.

    A column counts for the pairs it knows, its ranks stretched as if it knew all.

    >>> synthesis.mean_ranks(synthesis.closeness("C5", 2019)).sort_values().round(1).head(3)
    pair
    KGZ-TJK    4.0
    TJK-TKM    4.2
    KAZ-KGZ    4.3
    dtype: float64
    """
    ranks = values.rank(ascending=False)
    stretched = (ranks - 0.5).div(ranks.count()) * len(values) + 0.5
    return stretched.mean(axis="columns").sort_values(kind="stable")


def _orders(states: int) -> np.ndarray:
    """Orders of so many states, one a row, the order as it is first."""
    if math.factorial(states) <= MOST_ORDERS:
        return np.array(list(itertools.permutations(range(states))), dtype=int)
    generator = np.random.default_rng(SEED)
    drawn = [generator.permutation(states) for _ in range(MOST_ORDERS - 1)]
    return np.vstack([np.arange(states), *drawn])


def _spearman(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Spearman's rank correlation of each row of two arrays with the same places missing."""
    from scipy.stats import rankdata

    first, second = (rankdata(values, axis=1, nan_policy="omit") for values in (one, other))
    with np.errstate(invalid="ignore"):
        count = np.isfinite(first).sum(axis=1, keepdims=True)
        first, second = (ranks - np.nansum(ranks, axis=1, keepdims=True) / count for ranks in (first, second))
        product = np.nansum(first * second, axis=1)
        return np.asarray(product / np.sqrt(np.nansum(first**2, axis=1) * np.nansum(second**2, axis=1)))
