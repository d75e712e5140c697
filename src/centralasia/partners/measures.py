"""The revealed order of partners: with whom a state trades, votes, meets and sits, by source and window of years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from centralasia import hierarchy, ties, votes
from centralasia.partners import series as trade
from centralasia.partners.series import members_of_partner
from centralasia.regions import pair_code
from centralasia.tables import load
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import ChoiceError, check_choice
from datacontract.sources import SEPARATOR, source_keys

__all__ = [
    "DRAWS", "FEW_YEARS", "SOURCES", "WINDOWS", "Window", "coverage", "declared", "orders", "partners_compared",
    "revealed", "states",
]  # fmt: skip

DRAWS = 400  # of a bootstrap
FEW_YEARS = 3  # below so many years a place is shown as uncertain
SOURCES = {
    "trade": "Trade", "intensity": "Trade for its size", "votes": "Votes at the UN", "memberships": "Organisations",
    "visits": "Visits",
}  # fmt: skip
CORE = ("RUS", "CHN", "CA4", "USA", "EU")  # where a state's documents place fewer than two partners
RANGE = (2.5, 97.5)  # of the draws, in per cent


@dataclass(frozen=True)
class Window:
    """Years, both included, and what they are called."""

    name: str
    first: int
    last: int


WINDOWS = {w.name: w for w in (
    Window("before 2014", 2008, 2013), Window("2014-2019", 2014, 2019), Window("since 2020", 2020, 2025),
)}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Values by partner as one source gives them: what they are, their draws, and on what they rest."""

    values: pd.DataFrame  # by partner: value, lower, upper
    draws: np.ndarray | None  # (draws, partners); None where nothing is drawn
    years: int
    basis: str  # the series, or how groups are made
    source: str


def states() -> list[str]:
    """The states of which at least trade or votes are known, in the order of ``actors.csv``."""
    known = {*trade.states_with_trade(), *votes.voting_states()}
    regional = {*distinct("memberships.actor", {"region": "C6"})}
    return [code for code in distinct("actors.actor") if code in known & regional]


def declared(document: str, reading: str = hierarchy.BASELINE) -> pd.Series:
    """The places of the partners in a document, by partner, 1 for the first; those without a place are left out."""
    return hierarchy.ranking(document, reading)["rank"].dropna().astype("int64")


def partners_compared(state: str, documents: Sequence[str]) -> tuple[str, ...]:
    """The partners that any of the documents places and the sources can measure; `CORE` where they are fewer than two.

    Regions of the world, as Latin America, and organisations other than the European Union cannot be measured.
    """
    placed = dict.fromkeys(code for document in documents for code in declared(document).index)
    known = {*trade.partners_with_trade(state), "CA4", "EU"}
    found = tuple(code for code in placed if code in known and code != state)
    return found if len(found) > 1 else tuple(code for code in CORE if code != state)


def revealed(state: str, partners: tuple[str, ...], source: str, window: str, seed: int = 1) -> pd.DataFrame:
    """The order of partners that one source reveals in a window of years.

    Parameters
    ----------
    state : str
        Whose partners they are.
    partners : tuple of str
        States; or regions: the sum of their members in trade and visits, the mean over those known in the rest.
    source : str
        ``trade``: the mean share of a partner in exports and in imports, mean over the years, in per cent, from the
        series that knows most partners, then most years; or a key of `SERIES` for one series. ``intensity``: trade over
        the partner's share in the world economy (at purchasing power). ``votes``: agreement in the General Assembly
        beyond chance (Scott's pi, absence left out), over all roll calls of the comparable years. ``memberships``:
        organisations of which both are members, mean over the years. ``visits``: held visits of the state's president
        that were found.
    window : str
        A key of `WINDOWS`.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        Indexed by partner: ``value``; ``lower`` and ``upper``, its bounds where the source leaves it open; ``rank``
        (1 for the largest, equal values share a place, missing where not known); ``best`` and ``worst``, the places
        that the bounds allow or that the middle 95 % of a bootstrap gives (over years; for votes over roll calls);
        ``years`` with data; ``basis``; ``source``. It has no rows where the source has nothing for these years.

    Raises
    ------
    ChoiceError
        Another source or window, or a state that has no such data at all.

    Notes
    -----
    Roll calls are drawn for each pair on its own, since only the counts of pairs are known: differences between pairs
    are surer than these intervals say. With few years a bootstrap over years says too little of its own doubt.
    """
    found = reveal(state, partners, source, window, seed)
    if found is None:
        return pd.DataFrame(columns=_COLUMNS).rename_axis("partner")
    frame, places = found.values.reindex(partners), drawn_places(found)
    rank = frame["value"].rank(ascending=False, method="min")
    if frame["value"].isna().any():  # then only bounds say what places there can be
        best, worst = _places_by_bounds(frame)
        rank = best.where(best == worst)
    elif places is None:
        best = worst = rank
    else:
        low, high = np.percentile(places, RANGE, axis=0)
        best, worst = np.floor(low), np.ceil(high)
    frame = frame.assign(rank=rank, best=best, worst=worst, years=found.years, basis=found.basis, source=found.source)
    return frame[_COLUMNS].rename_axis("partner")


@cached_by_tables("trade", "partner_trade", "unga_dyads", "unga_years", "joint_memberships", "visits", "indicators",
                  "memberships", "actors", maxsize=1024)  # fmt: skip
def reveal(state: str, partners: tuple[str, ...], source: str, window: str, seed: int) -> Found | None:
    """What a source gives, with its draws; None where it has nothing. See `revealed`."""
    check_choice("source", source, [*SOURCES, *trade.SERIES])
    check_choice("window", window, WINDOWS)
    check_choice("state", state, states())
    if len(set(partners)) < 2 or state in partners:
        raise ChoiceError(f"partners is {' '.join(partners)!r}; allowed: two or more codes other than {state}")
    years, random = WINDOWS[window], np.random.default_rng(seed)
    if source in trade.SERIES:
        return _series(state, partners, years, random, source)
    return _MEASURES[source](state, partners, years, random)


def drawn_places(found: Found) -> np.ndarray | None:
    """The places of the partners in every draw, shape (draws, partners); None where nothing is drawn or known."""
    if found.draws is None or np.isnan(found.draws).any():
        return None
    return pd.DataFrame(found.draws).rank(axis=1, ascending=False, method="min").to_numpy()


_COLUMNS = ["value", "lower", "upper", "rank", "best", "worst", "years", "basis", "source"]


def _places_by_bounds(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The best and the worst place of each partner that bounds of the values allow."""
    lower = frame["lower"].fillna(-np.inf).to_numpy()
    upper = frame["upper"].fillna(np.inf).to_numpy()
    best = 1 + (lower[None, :] > upper[:, None]).sum(1)
    worst = len(frame) - (upper[None, :] < lower[:, None]).sum(1)
    return pd.Series(best, frame.index, dtype="float64"), pd.Series(worst, frame.index, dtype="float64")


def _by_years(yearly: pd.DataFrame, partners: Sequence[str], random: Any, basis: str) -> Found | None:
    """Means over the years of a frame ``partner, year, value, lower, upper, source``, drawn by year."""
    if yearly.empty:
        return None
    wide = yearly.pivot(index="year", columns="partner", values=["value", "lower", "upper"])
    known, lower, upper = (wide[column].reindex(columns=partners) for column in ("value", "lower", "upper"))
    # A partner that is not known in one of the years is known by its bounds alone.
    values = pd.DataFrame({
        "value": known.mean().where(known.notna().all()), "lower": lower.mean(),
        "upper": upper.mean().where(upper.notna().all()),
    })  # fmt: skip
    draws = known.to_numpy()[random.integers(0, len(known), (DRAWS, len(known)))].mean(1)
    return Found(values, draws, len(known), basis, SEPARATOR.join(source_keys(yearly["source"])))


def _series(state: str, partners: tuple[str, ...], window: Window, random: Any, name: str) -> Found | None:
    """The order by one series of trade."""
    return _by_years(_in_window(trade.trade_shares_by_year(state, partners, name), window), partners, random, name)


def _trade(state: str, partners: tuple[str, ...], window: Window, random: Any) -> Found | None:
    """The order by the series that knows most partners, then most years."""
    best, chosen = (0, 0), None
    for name in trade.series_of_state(state, window.first, window.last):
        yearly = _in_window(trade.trade_shares_by_year(state, partners, name), window)
        years = yearly["year"].nunique()
        known = yearly.groupby("partner")["value"].count()
        if (score := (int((known == years).sum()), years)) > best:
            best, chosen = score, name
    return _series(state, partners, window, random, chosen) if chosen else None


def _intensity(state: str, partners: tuple[str, ...], window: Window, random: Any) -> Found | None:
    """Trade shares over shares in the world economy."""
    found = _trade(state, partners, window, random)
    sizes = _world_shares(state, partners, window)
    if found is None or sizes.isna().any():
        return None
    values = found.values.reindex(partners).div(sizes, axis=0)
    draws = None if found.draws is None else found.draws / sizes.to_numpy()
    return Found(values, draws, found.years, found.basis, found.source)


def _world_shares(state: str, partners: Sequence[str], window: Window) -> pd.Series:
    """The share of each partner in the world's economy over a window, in per cent; missing where not known."""
    rows = load("indicators")
    rows = rows[(rows["indicator"] == "gdp_ppp") & rows["year"].between(window.first, window.last)]
    size = rows.pivot(index="year", columns="state", values="value").dropna(subset="WLD").mean()
    own = {p: ["EUU"] if p == "EU" else members_of_partner(p, state) for p in partners}
    return pd.Series({p: 100 * size.reindex(codes).sum(skipna=False) / size["WLD"] for p, codes in own.items()})


def _votes(state: str, partners: tuple[str, ...], window: Window, random: Any) -> Found | None:
    """Agreement beyond chance over all roll calls of the comparable years; for a region the mean over its voters."""
    voters = votes.voting_states()
    try:
        years = votes.voting_years(window.first, window.last)
    except ChoiceError:
        return None
    years = years[years["comparable"]]
    groups = [[code for code in members_of_partner(p, state) if code in voters] for p in partners]
    if state not in voters or not all(groups) or years.empty:
        return None
    pairs = {code: pair_code(state, code) for code in dict.fromkeys(c for group in groups for c in group)}
    tables = votes.vote_counts(list(pairs.values()), list(years.index)).sum(1).reshape(len(pairs), 16)
    whole = tables.sum(1)
    drawn = random.multinomial(whole.astype(int), tables / whole[:, None], (DRAWS, len(pairs)))
    point = dict(zip(pairs, votes.scores(tables.reshape(-1, 4, 4), "pi"), strict=True))
    spread = dict(zip(pairs, votes.scores(drawn.reshape(DRAWS, -1, 4, 4), "pi").T, strict=True))
    values = pd.Series([np.mean([point[code] for code in group]) for group in groups], partners)
    draws = np.stack([np.mean([spread[code] for code in group], axis=0) for group in groups], axis=1)
    source = SEPARATOR.join(source_keys(years["source"]))
    return Found(_exact(values), draws, len(years), "mean", source)


def _memberships(state: str, partners: tuple[str, ...], window: Window, random: Any) -> Found | None:
    """Joint memberships, mean over the years; for a region the mean over its members that are known."""
    rows = _in_window(load("joint_memberships"), window)
    rows = rows[(rows["state_a"] == state) | (rows["state_b"] == state)]
    other = rows["state_a"].where(rows["state_b"] == state, rows["state_b"])
    counts = rows.assign(other=other).groupby("other")["organisations"].mean().astype("float64")
    values = pd.Series({p: counts.reindex(members_of_partner(p, state)).mean() for p in partners}, dtype="float64")
    if values.isna().any():
        return None
    return Found(_exact(values), None, rows["year"].nunique(), "mean", SEPARATOR.join(source_keys(rows["source"])))


def _visits(state: str, partners: tuple[str, ...], window: Window, random: Any) -> Found | None:
    """Held visits of the president of the state to each partner that were found; known between the five alone."""
    inside = distinct("visits.host")
    own = {partner: members_of_partner(partner, state) for partner in partners}
    if state not in inside or not all(set(codes) <= set(inside) for codes in own.values()):
        return None
    pairs = [pair_code(state, code) for codes in own.values() for code in codes]
    rows = _in_window(ties.visits(pairs).query("leader"), window)
    rows = rows[rows["guest"] == state]
    if rows["year"].nunique() < FEW_YEARS:  # before 2014 the table has two visits
        return None
    values = pd.Series({p: float(rows["host"].isin(codes).sum()) for p, codes in own.items()})
    return Found(_exact(values), None, rows["year"].nunique(), "sum", SEPARATOR.join(source_keys(rows["source"])))


def _in_window(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    return rows[rows["year"].between(window.first, window.last)]


def _exact(values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"value": values, "lower": values, "upper": values})


_MEASURES = {"trade": _trade, "intensity": _intensity, "votes": _votes, "memberships": _memberships, "visits": _visits}


def orders(
    state: str, partners: tuple[str, ...], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> pd.DataFrame:
    """The frames of `revealed` of several sources and windows, one below the other, ``window`` and ``by`` before them.

    ``by`` is the source (``source`` holds the keys of ``sources.csv``).
    """
    found = [
        revealed(state, partners, source, window, seed).reset_index().assign(by=source, window=window)
        for source in sources
        for window in windows
    ]
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)


def coverage(state: str, partners: tuple[str, ...], sources: Sequence[str]) -> pd.DataFrame:
    """On how many years each source rests in each window, as ``Int64``; missing where it has nothing.

    Returns a frame with one row a source, one column a window.
    """
    years: Mapping[str, list[int | None]] = {
        source: [next(iter(revealed(state, partners, source, window)["years"]), None) for window in WINDOWS]
        for source in sources
    }
    return pd.DataFrame.from_dict(years, orient="index", columns=list(WINDOWS)).astype("Int64")
