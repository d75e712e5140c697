"""What each source says of the partners of a state in a window of years: values, and draws that show their doubt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from centralasia import ties, votes
from centralasia.economies import SIZE
from centralasia.partners import series as trade
from centralasia.partners.series import members_of_partner
from centralasia.regions import members, pair_code
from centralasia.tables import load
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import ChoiceError, check_choice
from datacontract.sources import joined_keys

__all__ = ["DRAWS", "FEW_YEARS", "SOURCES", "WINDOWS", "Window", "single_partners", "states"]

DRAWS = 400  # of a bootstrap
FEW_YEARS = 3  # below so many years a place is shown as uncertain
SOURCES = ("trade", "intensity", "votes", "speeches", "memberships", "visits")


@dataclass(frozen=True)
class Window:
    """Years, both included, and what they are called."""

    name: str
    first: int
    last: int


WINDOWS = {w.name: w for w in (
    Window("2008-2013", 2008, 2013), Window("2014-2019", 2014, 2019), Window("since-2020", 2020, 2025),
)}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Values by partner as one source gives them: their draws, and on what they rest."""

    values: pd.DataFrame  # by partner: value, lower, upper
    draws: np.ndarray | None  # (draws, partners); None where nothing is drawn
    years: int
    basis: str  # the series, or how a region is one partner: sum or mean
    source: str

    @property
    def places(self) -> np.ndarray | None:
        """The places of the partners in every draw that knows them all; None where that is less than half of them."""
        if self.draws is None:
            return None
        known = self.draws[~np.isnan(self.draws).any(axis=1)]  # chance may leave no room to disagree in a draw
        if len(known) < DRAWS / 2:
            return None
        return pd.DataFrame(known).rank(axis=1, ascending=False, method="min").to_numpy()


def states() -> list[str]:
    """The states of the region of six of which trade or votes are known, in the order of ``actors.csv``.

    >>> partners.states()
    ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB', 'AZE']
    """
    known = {*trade.states_with_trade(), *votes.voting_states()} & {*distinct("memberships.actor", {"region": "C6"})}
    return [code for code in distinct("actors.actor") if code in known]


def single_partners(state: str) -> tuple[str, ...]:
    """The partners that all states can be compared by: states in all tables of trade, with votes and a known size.

    >>> partners.single_partners("KAZ")
    ('KGZ', 'TJK', 'TKM', 'UZB', 'AFG', 'AZE', 'CHN', 'IRN', 'RUS', 'TUR', 'USA')
    """
    known = {*distinct("trade.partner")} & {*distinct("partner_trade.partner")} & {*votes.voting_states()}
    known &= {*distinct("indicators.state", {"indicator": SIZE})}
    return tuple(code for code in distinct("actors.actor") if code in known and code != state)


@cached_by_tables("trade", "partner_trade", "unga_dyads", "unga_years", "speeches", "speech_partners", "visits",
                  "joint_memberships", "indicators", "memberships", "actors", maxsize=1024)  # fmt: skip
def reveal(state: str, partners: tuple[str, ...], source: str, window: str, seed: int) -> Found | None:
    """What a source gives, with its draws; None where it has nothing. See `centralasia.partners.revealed`."""
    check_choice("source", source, [*SOURCES, *trade.SERIES])
    check_choice("window", window, WINDOWS)
    check_choice("state", state, states())
    if len(set(partners)) < 2 or state in partners:
        raise ChoiceError(f"partners is {' '.join(partners)!r}; allowed: two or more codes other than {state}")
    if source in trade.SERIES:
        return _series(state, partners, WINDOWS[window], seed, source)
    return _SOURCES[source](state, partners, WINDOWS[window], seed)


def _by_years(yearly: pd.DataFrame, partners: Sequence[str], seed: int, basis: str) -> Found | None:
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
    picked = np.random.default_rng(seed).integers(0, len(known), (DRAWS, len(known)))
    draws = known.to_numpy(dtype="float64")[picked].mean(1)
    return Found(values, draws, len(known), basis, joined_keys(yearly["source"]))


def _series(state: str, partners: tuple[str, ...], window: Window, seed: int, name: str) -> Found | None:
    """The order by one series of trade."""
    return _by_years(_in_window(trade.trade_shares_by_year(state, partners, name), window), partners, seed, name)


def _trade(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """The order by the series that knows most partners, then most years."""
    best, chosen = (0, 0), None
    for name in trade.series_of_state(state, window.first, window.last):
        yearly = _in_window(trade.trade_shares_by_year(state, partners, name), window)
        years = yearly["year"].nunique()
        known = yearly.groupby("partner")["value"].count()
        if (score := (int((known == years).sum()), years)) > best:
            best, chosen = score, name
    return _series(state, partners, window, seed, chosen) if chosen else None


def _intensity(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """Trade shares over shares in the world economy."""
    found = reveal(state, partners, "trade", window.name, seed)
    sizes, own = _world_shares(state, partners, window)
    if found is None or sizes.isna().any():
        return None
    draws = None if found.draws is None else found.draws / sizes.to_numpy()
    source = joined_keys([found.source, own])
    return Found(found.values.reindex(partners).div(sizes, axis=0), draws, found.years, found.basis, source)


@cached_by_tables("indicators", maxsize=4)
def _sizes() -> tuple[pd.DataFrame, str]:
    """The output of states by year, and its sources."""
    rows = load("indicators")
    rows = rows[rows["indicator"] == SIZE]
    size = rows.pivot(index="year", columns="state", values="value").dropna(subset="WLD")
    return size, joined_keys(rows["source"])


def _world_shares(state: str, partners: Sequence[str], window: Window) -> tuple[pd.Series, str]:
    """The share of each partner in the economy of the rest of the world, in per cent, missing where not known."""
    size, source = _sizes()
    size = size[size.index.to_series().between(window.first, window.last)].mean()
    own = {p: ["EUU"] if p == "EU" else members_of_partner(p, state) for p in partners}
    rest = size["WLD"] - size.get(state, 0)
    return pd.Series({p: 100 * size.reindex(c).sum(skipna=False) / rest for p, c in own.items()}), source


def _votes(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """Agreement beyond chance over all roll calls of the comparable years; for a region the mean over its voters."""
    voters, years = votes.voting_states(), votes.voting_years(window.first, window.last)
    years = years[years["comparable"]]
    groups = [[code for code in members_of_partner(p, state) if code in voters] for p in partners]
    if state not in voters or not all(groups) or years.empty:
        return None
    pairs = {code: pair_code(state, code) for code in dict.fromkeys(c for group in groups for c in group)}
    tables = votes.vote_counts(list(pairs.values()), list(years.index)).sum(1).reshape(len(pairs), 16)
    whole = tables.sum(1)
    drawn = np.random.default_rng(seed).multinomial(whole.astype(int), tables / whole[:, None], (DRAWS, len(pairs)))
    point = dict(zip(pairs, votes.scores(tables.reshape(-1, 4, 4), "pi"), strict=True))
    spread = dict(zip(pairs, votes.scores(drawn.reshape(DRAWS, -1, 4, 4), "pi").T, strict=True))
    values = pd.Series([np.mean([point[code] for code in group]) for group in groups], partners)
    draws = np.stack([np.mean([spread[code] for code in group], axis=0) for group in groups], axis=1)
    return Found(_exact(values), draws, len(years), "mean", joined_keys(years["source"]))


@cached_by_tables("speeches", "speech_partners", maxsize=16)
def _sentences(state: str) -> tuple[pd.DataFrame, str]:
    """The share of the sentences of a state's speeches that name each actor, in per cent, by year; and the sources."""
    told, named = load("speeches"), load("speech_partners")
    told, named = told[told["state"] == state], named[named["state"] == state]
    counts = named.pivot(index="year", columns="actor", values="sentences").reindex(told["year"])
    whole = told.set_index("year")["sentences"].astype("float64")
    return 100 * counts.astype("float64").fillna(0).div(whole, axis=0), joined_keys(told["source"])


def _speeches(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """The share of the sentences of a speech that name a partner, in per cent, mean over the speeches."""
    shares, source = _sentences(state)
    shares = shares[shares.index.to_series().between(window.first, window.last)].reindex(
        columns=partners, fill_value=0.0
    )
    if shares.empty or not set(partners) <= {*distinct("partner_terms.actor"), *distinct("speech_partners.actor")}:
        return None
    yearly = shares.rename_axis(columns="partner").stack().rename("value").reset_index()
    yearly = yearly.assign(lower=yearly["value"], upper=yearly["value"], source=source)
    return _by_years(yearly, partners, seed, "sum")


def _memberships(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """Joint memberships, mean over the years; for a region the mean over its members that are known."""
    rows = _in_window(load("joint_memberships"), window)
    rows = rows[(rows["state_a"] == state) | (rows["state_b"] == state)]
    other = rows["state_a"].where(rows["state_b"] == state, rows["state_b"])
    counts = rows.assign(other=other).groupby("other")["organisations"].mean().astype("float64")
    values = pd.Series({p: counts.reindex(members_of_partner(p, state)).mean() for p in partners}, dtype="float64")
    if values.isna().any():
        return None
    return Found(_exact(values), None, rows["year"].nunique(), "mean", joined_keys(rows["source"]))


def _visits(state: str, partners: tuple[str, ...], window: Window, seed: int) -> Found | None:
    """Held visits of the president of the state to each partner that were found; known between the five alone."""
    own, inside = {partner: members_of_partner(partner, state) for partner in partners}, members("C5")
    if state not in inside or not all(set(codes) <= set(inside) for codes in own.values()):
        return None
    rows = _in_window(ties.visits([pair_code(state, code) for codes in own.values() for code in codes]), window)
    rows = rows[rows["leader"] & (rows["guest"] == state)]
    if rows["year"].nunique() < FEW_YEARS:  # before 2014 the table has two visits
        return None
    values = pd.Series({p: float(rows["host"].isin(codes).sum()) for p, codes in own.items()})
    return Found(_exact(values), None, rows["year"].nunique(), "sum", joined_keys(rows["source"]))


def _in_window(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    return rows[rows["year"].between(window.first, window.last)]


def _exact(values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"value": values, "lower": values, "upper": values})


_SOURCES: Mapping[str, Callable[..., Found | None]] = {
    "trade": _trade, "intensity": _intensity, "votes": _votes, "speeches": _speeches, "memberships": _memberships,
    "visits": _visits,
}  # fmt: skip
