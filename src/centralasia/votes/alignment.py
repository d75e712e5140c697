"""Where a state is among its partners, when states stay away, and their ideal points."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.regions import pair_code, regions
from centralasia.tables import load
from centralasia.votes import measures, sets
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.errors import ChoiceError, DataError, suggest

__all__ = [
    "absence_bias", "absences", "ideal_point_range", "ideal_points", "partner_vs_region", "partner_years",
    "states_behind",
]  # fmt: skip


def states_behind(partner: str, state: str, year: int) -> list[str]:
    """The states that a partner of a state stands for in a year: itself, or the other members of a region."""
    codes = [partner] if partner in measures.voting_states() else sets.members_in_year(partner, year)
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
        The columns of `yearly_mean` and ``partner``; years in which a region had no member are not in it.

    Raises
    ------
    DataError
        A state without votes, or a partner that has none and is no region.
    ChoiceError
        No partner but the state itself.
    """
    measures.check_voter(state)
    known = [*measures.voting_states(), *regions()]
    for code in partners:
        if code not in known:
            raise DataError(f"partners: {code!r} has no votes and is no region; {suggest(code, known)}")
    others = [code for code in partners if code != state]
    if not others:
        raise ChoiceError(f"partners is {' '.join(partners)!r}; allowed: one or more codes other than {state}")
    years, found = voting_years(*choice.period).index, []
    for partner in others:
        wanted = {year: [(state, other) for other in states_behind(partner, state, year)] for year in years}
        found.append(sets.yearly_mean(sets.pairs_by_year(wanted, choice)).assign(partner=partner))
    return pd.concat(found, ignore_index=True)


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
    years, found = voting_years(first_year, last_year), []
    for state in sets.members_in_period(region, first_year, last_year):
        anyone = next(other for other in measures.voting_states() if other != state)
        own = _seen_from(state, [anyone], years.index)[0].sum(-1)
        n = np.where(own[:, :3].sum(-1) > 0, own.sum(-1), 0).astype(int)
        frame = pd.DataFrame({"state": state, "n": n, "absent": own[:, 3].astype(int)}, index=years.index)
        frame["value"] = (100 * frame["absent"] / frame["n"]).where(frame["n"] > 0)
        frame["comparable"] = years["comparable"]
        inside = [state in sets.members_in_year(region, year) for year in years.index]
        found.append(frame.assign(status=measures.statuses(frame))[inside].reset_index())
    return pd.concat(found, ignore_index=True)


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
    years, found = voting_years(first_year, last_year), {}
    members = [set(sets.members_in_year(region, year)) for year in years.index]
    states = sets.members_in_period(region, first_year, last_year)
    for state in states:
        others = [other for other in states if other != state]
        seen = _seen_from(state, others, years.index)
        inside = np.array([[{state, other} <= known for known in members] for other in others])
        inside &= years["comparable"].to_numpy() & (seen[:, :, :3].sum((2, 3)) > 0)
        table = seen[inside].sum(0)
        voted, absent = table[:3, :3].sum(0), table[3, :3]
        found[state] = voted.sum(), absent.sum(), voted[0], absent[0]
    columns = ["voted", "absent", "yes_voted", "yes_absent"]
    frame = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    frame[columns[2:]] /= frame[columns[:2]].to_numpy()
    return frame.astype({"voted": int, "absent": int})


def _seen_from(state: str, others: Sequence[str], years: Sequence[int]) -> np.ndarray:
    """The tables of a state with others, its own behaviour in the rows: shape (others, years, 4, 4)."""
    found = measures.vote_counts([pair_code(state, other) for other in others], years)
    turned = np.array([other < state for other in others])
    found[turned] = found[turned].swapaxes(-1, -2)
    return found


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
    rows, found = load("unga_ideal_points"), []
    rows = rows[rows["votes"] >= measures.FEW]
    for year in voting_years(first_year, last_year).index:
        states = sets.members_in_year(region, year)
        points = rows[(rows["year"] == year) & rows["state"].isin(states)].sort_values("ideal_point")
        if len(states) > 1 and len(points) == len(states):
            low, high = points.iloc[0], points.iloc[-1]
            spread = high["ideal_point"] - low["ideal_point"]
            found.append((year, len(states), spread, bool(low["high90"] >= high["low90"])))
    return pd.DataFrame(found, columns=["year", "members", "spread", "outermost_overlap"])
