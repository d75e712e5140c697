"""Agendas: how speeches spread over the themes, how alike that is, and how much ground two states share."""

import itertools

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.speeches.measures import DENOMINATORS, SEED, WINDOWS, Window, counts_by_year, draws, measured_themes
from centralasia.tables import cached_frame, load
from datacontract import contract
from datacontract.errors import ChoiceError

__all__ = [
    "agenda_counts",
    "agenda_nearest",
    "agenda_pairs",
    "common_ground",
    "first_years",
    "jensen_shannon",
    "world_shares",
]  # fmt: skip

SETS = 5000


@cached_frame("speeches", "speech_themes")
def agenda_counts(window: Window) -> pd.DataFrame:
    """Sentences by theme of every state in a window, one row a state that spoke; ``n`` is all its sentences.

    >>> speeches.agenda_counts((2017, 2024)).loc[["KAZ", "TKM"], ["WAT", "SEC", "n"]]
    theme  WAT  SEC    n
    state
    KAZ     18  175  817
    TKM     19   72  502
    """
    speeches, rows = load("speeches"), load("speech_themes")
    inside = speeches[speeches["year"].between(*window)]
    rows = rows[rows["year"].between(*window)]
    wide = rows.groupby(["state", "theme"])["sentences"].sum().unstack("theme")
    total = inside.groupby("state")["sentences"].sum().astype(int)
    wide = wide.reindex(index=total.index, columns=contract.distinct("theme_terms.theme")).fillna(0).astype(int)
    return wide.assign(n=total)


def jensen_shannon(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How alike two agendas are: 1 less their Jensen-Shannon divergence in bits.

    Lin (1991), IEEE Transactions on Information Theory 37(1): with M the mean of two distributions P and Q, the
    divergence is half the sum of the Kullback-Leibler divergences of P and of Q from M.

    Parameters
    ----------
    one, other : array of shape (..., themes)
        Counts or shares of themes; each is divided by its sum.

    Returns
    -------
    array of shape (...)
        1 where both spread over the themes alike, 0 where they have none in common; missing where one has no theme.

    Examples
    --------
    >>> import numpy as np
    >>> speeches.jensen_shannon(np.array([[1, 1, 0], [1, 0, 0]]), np.array([[2, 2, 0], [0, 0, 1]]))
    array([1., 0.])
    """
    from scipy.spatial.distance import jensenshannon

    with np.errstate(invalid="ignore"):
        return 1 - jensenshannon(np.asarray(one, float), np.asarray(other, float), base=2, axis=-1) ** 2


@cached_frame("speeches", "speech_themes")
def world_shares(leave_out: str = "", windows: tuple[Window, ...] = WINDOWS) -> pd.DataFrame:
    """The share of sentences that name each theme in the speeches of all states but the members of a region.

    Returns
    -------
    pandas.DataFrame
        One row a window (its first year), one column a theme: the mean over states of their shares; ``states`` is how
        many spoke.

    Examples
    --------
    >>> speeches.world_shares("C5")[["SEC", "WAT", "states"]].round(3)
              SEC    WAT  states
    window
    1992    0.239  0.004     180
    2000    0.237  0.005     190
    2010    0.226  0.006     190
    2017    0.195  0.008     190
    """
    found = {}
    for window in windows:
        counts = agenda_counts(window)
        counts = counts.drop(index=[s for s in members(leave_out) if s in counts.index] if leave_out else [])
        found[window[0]] = counts.drop(columns="n").div(counts["n"], axis=0).mean().to_dict() | {"states": len(counts)}
    return pd.DataFrame.from_dict(found, orient="index").astype({"states": int}).rename_axis("window")


@cached_frame("speeches", "speech_themes", "theme_accuracy", "memberships")
def agenda_pairs(region: str, window: Window) -> pd.DataFrame:
    """How alike the agendas of each pair of a region are in a window, by `jensen_shannon` over the measured themes.

    Returns
    -------
    pandas.DataFrame
        One row a pair, the most alike first: ``value`` with ``low`` and ``high`` (bootstrap in two steps, as
        `window_shares`; few sentences make agendas look less alike, so that the interval is moved to its middle).

    Examples
    --------
    >>> speeches.agenda_pairs("C5", (2017, 2024))["value"].head(3).round(2)
    pair
    KGZ-TKM    0.95
    KAZ-TKM    0.95
    KAZ-KGZ    0.95
    Name: value, dtype: float64
    """
    themes, found, spoke = list(measured_themes()), {}, _spoke(region, window)
    for pair in itertools.combinations(spoke, 2):
        tables = [spoke[state] for state in pair]
        places = [list(tables[0]).index(theme) for theme in themes]
        whole = [table[themes].sum().to_numpy() for table in tables]
        drawn = jensen_shannon(*[draws(state, "themes", "all", window)[:, places] for state in pair])
        value = float(jensen_shannon(*whole))
        low, high = np.nanquantile(drawn, [0.025, 0.975]) + value - np.nanmedian(drawn)
        found["-".join(pair)] = value, low, min(high, 1.0)
    frame = pd.DataFrame.from_dict(found, orient="index", columns=["value", "low", "high"]).rename_axis("pair")
    return frame.sort_values("value", ascending=False)


@cached_frame("speeches", "speech_themes", "theme_accuracy", "memberships")
def agenda_nearest(region: str, window: Window) -> pd.DataFrame:
    """The likeness of agendas within a region against that with every other state, and against sets of other states.

    Returns
    -------
    pandas.DataFrame
        One row a state outside with at least half of the speeches of the window, the nearest first: ``value`` (mean
        `jensen_shannon` with the members), ``within`` (of the members with each other), ``percentile`` (the share of
        5,000 sets of as many other states that are less alike than the region; the same in every row).

    Examples
    --------
    >>> speeches.agenda_nearest("C5", (2017, 2024))[["value", "within"]].head(3).round(3)
           value  within
    state
    BEL    0.919   0.935
    MKD    0.918   0.935
    ETH    0.913   0.935
    """
    counts = agenda_counts(window)
    speeches = load("speeches")
    times = speeches[speeches["year"].between(*window)].groupby("state").size()
    counts = counts[times.reindex(counts.index) * 2 >= times.max()]
    own = [state for state in members(region) if state in counts.index]
    if len(own) < 2:
        raise ChoiceError(f"region is {region!r}: fewer than two members spoke from {window[0]} to {window[1]}")
    shares = counts[list(measured_themes())].to_numpy(float)
    matrix = jensen_shannon(shares[:, None], shares[None])
    inside = np.isin(counts.index, own)
    places = np.flatnonzero(inside)
    within = np.mean([matrix[i, j] for i, j in itertools.combinations(places, 2)])
    outside = np.flatnonzero(~inside)
    generator = np.random.default_rng([SEED, window[0]])
    drawn = outside[np.argpartition(generator.random((SETS, len(outside))), len(own) - 1, axis=1)[:, : len(own)]]
    pairs = list(itertools.combinations(range(len(own)), 2))
    sets = sum(matrix[drawn[:, i], drawn[:, j]] for i, j in pairs) / len(pairs)
    found = pd.DataFrame({"value": matrix[:, inside].mean(axis=1), "within": within}, index=counts.index)
    found["percentile"] = 100 * float(np.mean(sets < within))
    return found[~inside].sort_values("value", ascending=False)


@cached_frame("speeches", "speech_themes", "memberships")
def common_ground(region: str, window: Window, themes: tuple[str, ...] = DENOMINATORS) -> pd.DataFrame:
    """How much of their speeches each pair of a region gives to the same themes, ranked.

    Returns
    -------
    pandas.DataFrame
        One row a pair, the most first: one column a theme with the smaller of the two shares, which both give to it at
        least; ``value``, their sum, with ``low`` and ``high`` (bootstrap in two steps, as `window_shares`).

    Examples
    --------
    >>> speeches.common_ground("C5", (2017, 2024))[["TRN", "ENV", "WAT", "value"]].head(2).round(3)
               TRN    ENV    WAT  value
    pair
    KGZ-TJK  0.020  0.162  0.047  0.244
    KGZ-TKM  0.029  0.116  0.038  0.192
    """
    found, spoke = {}, _spoke(region, window)
    for pair in itertools.combinations(spoke, 2):
        tables = [spoke[state] for state in pair]
        smaller = np.minimum(*[(t[list(themes)].sum() / t["n"].sum()).to_numpy() for t in tables])
        places = [list(tables[0]).index(theme) for theme in themes]
        drawn = np.minimum(*[draws(state, "themes", "all", window)[:, places] for state in pair]).sum(axis=1)
        found["-".join(pair)] = (*smaller, smaller.sum(), *np.quantile(drawn, [0.025, 0.975]))
    frame = pd.DataFrame.from_dict(found, orient="index", columns=[*themes, "value", "low", "high"])
    return frame.rename_axis("pair").sort_values("value", ascending=False)


def _spoke(region: str, window: Window) -> dict[str, pd.DataFrame]:
    """The `counts_by_year` of a window for the members of a region that spoke in it."""
    tables = {s: counts_by_year(s).loc[window[0] : window[1]] for s in members(region)}
    return {state: table for state, table in tables.items() if len(table)}


@cached_frame("speeches", "speech_themes")
def first_years(region: str, themes: tuple[str, ...] = DENOMINATORS) -> pd.DataFrame:
    """Since when each member of a region names each theme.

    Returns
    -------
    pandas.DataFrame
        One row a state and theme: ``first`` (the year of the first speech that names it), ``steady`` (the first year
        from which on three speeches in a row do; missing where there is none), ``naming`` and ``speeches`` (how many of
        all its speeches do). A speech that is not in the corpus is passed over.

    Examples
    --------
    >>> speeches.first_years("C5", ("WAT",))[["state", "theme", "first", "steady"]].head(3)
      state theme  first  steady
    0   KAZ   WAT   1992    2000
    1   KGZ   WAT   1994    2008
    2   TJK   WAT   1997    1997
    """
    found = []
    for state, theme in itertools.product(members(region), themes):
        named = counts_by_year(state)[theme] > 0
        years = named.index[named]
        runs = named & named.shift(-1, fill_value=False) & named.shift(-2, fill_value=False)
        steady = runs.index[runs]
        ends = [int(found_years.min()) if len(found_years) else pd.NA for found_years in (years, steady)]
        found.append((state, theme, *ends, int(named.sum()), len(named)))
    frame = pd.DataFrame(found, columns=["state", "theme", "first", "steady", "naming", "speeches"])
    return frame.astype({"first": "Int64", "steady": "Int64"})
