"""Where a state is among its partners, when states stay away, and their ideal points."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.regions import members, pair_code, regions
from centralasia.tables import load
from centralasia.votes import measures, sets
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.errors import ChoiceError, check_choice

__all__ = [
    "absence_bias", "absences", "ideal_point_range", "ideal_points", "partner_vs_region", "partner_years",
    "states_behind",
]  # fmt: skip


def states_behind(partner: str, state: str, year: int) -> list[str]:
    """The states that a partner of a state stands for in a year: itself, or the other members of a region."""
    codes = [partner] if partner in measures.voting_states() else members(partner, year)
    return [code for code in codes if code != state]


def partner_years(state: str, partners: Sequence[str], choice: Choice) -> pd.DataFrame:
    """How alike a state votes with each partner, year by year.

    Parameters
    ----------
    state : str
        A state with votes.
    partners : list of str
        States with votes or regions; with a region it is the mean over its members (of that year) other than the
        state. The state itself is passed over.
    choice : Choice
        Measure, use of absence, and years.

    Returns
    -------
    pandas.DataFrame
        ``partner`` and the columns of `yearly_mean`; years in which a region had no member are not in it.

    Raises
    ------
    ChoiceError
        A state without votes, a partner that has none and is no region, or no partner but the state itself.
    """
    voters = measures.voting_states()
    check_choice("state", state, voters)
    for code in partners:
        check_choice("partners", code, [*voters, *regions()])
    others = [code for code in dict.fromkeys(partners) if code != state]
    if not others:
        raise ChoiceError(f"partners is {' '.join(partners)!r}; allowed: one or more codes other than {state}")
    wanted = []
    for partner, year in itertools.product(others, voting_years(*choice.period).index):
        wanted += [(pair_code(state, code), year, partner) for code in states_behind(partner, state, year)]
    rows = sets.pairs_by_year(wanted, choice, "partner")
    return sets.yearly_mean(rows.assign(partner=pd.Categorical(rows["partner"], others)), "partner")


def partner_vs_region(state: str, region: str, partners: Sequence[str], choice: Choice) -> pd.DataFrame:
    """A state's agreement with its partners against that with the region, over the years in which both are ``ok``.

    Returns a frame indexed by partner: ``years`` (how many), ``partner`` and ``region`` (means over them) and
    ``years_closer`` (in how many the state agreed more with the partner than with the region).
    """
    home = comparable(partner_years(state, [region], choice))[["year", "value"]]
    both = comparable(partner_years(state, partners, choice)).merge(home, on="year", suffixes=("", "_region"))
    both["closer"] = both["value"] > both["value_region"]
    columns = {"year": "size", "value": "mean", "value_region": "mean", "closer": "sum"}
    means = both.groupby("partner", sort=False).agg(columns).rename_axis(None)
    return means.set_axis(["years", "partner", "region", "years_closer"], axis=1)


def absences(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """How often the members of a region stayed away, in the years in which they belong to it.

    Returns
    -------
    pandas.DataFrame
        One row a state and year: ``n`` (roll calls), ``absent`` (absent or not voting), ``value`` (the share in
        percent; missing in a year without any vote of the state: it may have had no seat, or no right to vote, so
        that it chose nothing), ``comparable``, ``status`` as in `pair_years`.
    """
    years, states = voting_years(first_year, last_year), sets.members_in_period(region, first_year, last_year)
    # What a state did is the same beside whomever it is counted.
    own = measures.counts_among(states, measures.voting_states(), years.index).sum(-1).max(1).reshape(-1, 4)
    frame = pd.DataFrame({"year": np.tile(years.index, len(states)), "state": np.repeat(states, len(years))})
    frame["n"] = np.where(own[:, :3].any(axis=1), own.sum(1), 0).astype(int)
    frame["absent"] = own[:, 3].astype(int)
    frame["value"] = (100 * frame["absent"] / frame["n"]).where(frame["n"] > 0)
    frame["comparable"] = np.tile(years["comparable"], len(states))
    frame["status"] = measures.statuses(frame, frame["comparable"])
    return frame[_membership(region, states, years.index).ravel()].reset_index(drop=True)


def absence_bias(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """Whether members stay away from votes of another kind than those they take part in.

    For each member, all votes of the other members in comparable years are split by whether the member voted. Were
    absence without regard to content, the shares of yes would be alike.

    Returns
    -------
    pandas.DataFrame
        Indexed by state: ``voted`` and ``absent`` (votes cast by the others while it voted and while it stayed away),
        ``yes_voted`` and ``yes_absent`` (the shares of yes among them). Years in which it cast no vote are left out.
    """
    years, states = voting_years(first_year, last_year), sets.members_in_period(region, first_year, last_year)
    counts, inside = measures.counts_among(states, states, years.index), _membership(region, states, years.index)
    voted = counts[..., :3, :].any(axis=(3, 4))
    counts[~(voted & inside[:, None] & inside & years["comparable"].to_numpy())] = 0
    totals = counts.sum((1, 2))[..., :3]
    cast, missed = totals[:, :3].sum(1), totals[:, 3]
    frame = pd.DataFrame({"voted": cast.sum(1), "absent": missed.sum(1)}, states).astype(int)
    return frame.assign(yes_voted=cast[:, 0] / frame["voted"], yes_absent=missed[:, 0] / frame["absent"])


def _membership(region: str, states: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """Whether each state belongs to a region in each year."""
    return np.array([np.isin(states, members(region, year)) for year in years]).T


def ideal_points(states: Sequence[str], first_year: int, last_year: int) -> pd.DataFrame:
    """The ideal points of states (Bailey, Strezhnev & Voeten 2017, Journal of Conflict Resolution 61(2)).

    Returns the rows of ``unga_ideal_points.csv`` of the states and years, in that order, with ``few``: the estimate
    rests on fewer than `FEW` votes. Higher is closer to the United States. The scale is that of one version of
    the estimates, and a band is 90 %, not 95 %.
    """
    rows = load("unga_ideal_points")
    rows = rows[rows["state"].isin(states) & rows["year"].between(first_year, last_year)]
    order = rows["state"].map(list(states).index)
    rows = rows.assign(few=rows["votes"] < measures.FEW, order=order).sort_values(["order", "year"], ignore_index=True)
    return rows.drop(columns="order")


def ideal_point_range(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """How far the ideal points of a region's members lie apart, year by year.

    Returns a frame with one row a year in which every member has a point from `FEW` votes or more: ``year``,
    ``members``, ``spread`` (highest minus lowest), ``outermost_overlap`` (whether the bands of these two overlap).
    """
    points = load("unga_ideal_points")
    wanted = [(year, state) for year in voting_years(first_year, last_year).index for state in members(region, year)]
    rows = pd.DataFrame(wanted, columns=["year", "state"]).astype({"year": int})
    rows = rows.merge(points[points["votes"] >= measures.FEW], how="left").sort_values(["year", "ideal_point"])
    low, high = (rows.drop_duplicates("year", keep=end).set_index("year") for end in ("first", "last"))
    by_year = rows.groupby("year")["ideal_point"]
    frame = pd.DataFrame({"members": by_year.size(), "spread": high["ideal_point"] - low["ideal_point"]})
    frame["outermost_overlap"] = low["high90"] >= high["low90"]
    return frame[(frame["members"] > 1) & (by_year.count() == frame["members"])].reset_index()
