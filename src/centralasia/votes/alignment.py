"""Votes in the UN General Assembly: where a state stands among its partners, when it stays away, its ideal point."""

import numpy as np
import pandas as pd

from centralasia.regions import regions
from centralasia.tables import load
from centralasia.votes import cohesion
from centralasia.votes import measures as votes
from datacontract.errors import DataError, suggest

__all__ = [
    "absence_selection",
    "absences",
    "beside_region",
    "counterparts",
    "ideal_points",
    "ideal_spread",
    "partner_codes",
    "partner_years",
    "region_absences",
]


def partner_codes(state, partners):
    """The partners to compare, as a list without the state itself.

    Each is a state with votes or a region of ``memberships.csv``. Raises `DataError` for any other code, and
    `ValueError` where none is left.
    """
    known = [*votes.voters(), *regions()]
    for code in partners:
        if code not in known:
            raise DataError(f"partners: {code!r} has no votes and is no region; {suggest(code, known)}")
    kept = [code for code in partners if code != votes.voter(state)]
    if not kept:
        raise ValueError(f"partners is {' '.join(partners)!r}; allowed: one or more codes other than {state}")
    return kept


def counterparts(state, partner, year):
    """The states that a partner stands for in a year: itself, or the members of a region but for the state."""
    codes = [partner] if partner in votes.voters() else cohesion.roster(partner, year)
    return [code for code in codes if code != state]


def partner_years(state, partners, measure, absence, first_year, last_year):
    """How alike a state votes with each partner, year by year.

    Parameters
    ----------
    state : str
        A state with votes.
    partners : list of str
        States or regions; with a region it is the mean over its members (of that year) other than the state.
    measure, absence, first_year, last_year, data
        See `votes.pair_years`.

    Returns
    -------
    pandas.DataFrame
        The columns of `cohesion.by_year` and ``partner``; years in which a region had no member are not in it.
    """
    years = votes.period(first_year, last_year).index
    found = []
    for partner in partner_codes(state, partners):
        wanted = {year: [(state, other) for other in counterparts(state, partner, year)] for year in years}
        rows = cohesion.pairs_by_year(wanted, measure, absence)
        found.append(cohesion.by_year(rows).assign(partner=partner))
    return pd.concat(found, ignore_index=True)


def beside_region(state, region, partners, measure, absence, first_year, last_year):
    """A state's agreement with its partners against that with the region, over the years in which both are ``ok``.

    Returns a frame indexed by partner: ``years`` (how many), ``partner`` and ``region`` (means over them), ``above``
    (years in which the state agreed more with the partner than with the region), ``last`` (the last of them).
    """
    period = measure, absence, first_year, last_year
    home = partner_years(state, [region], *period)
    home = home[home["status"] == votes.OK].set_index("year")["value"]
    rows = partner_years(state, partners, *period)
    found = {}
    for partner, part in rows[rows["status"] == votes.OK].groupby("partner", sort=False):
        both = pd.concat({"partner": part.set_index("year")["value"], "region": home}, axis=1, join="inner")
        if len(both):
            above = int((both["partner"] > both["region"]).sum())
            found[partner] = {"years": len(both), **both.mean(), "above": above, "last": int(both.index.max())}
    return pd.DataFrame.from_dict(found, orient="index", columns=["years", "partner", "region", "above", "last"])


def absences(states, first_year, last_year):
    """How often states stayed away.

    Returns
    -------
    pandas.DataFrame
        One row a state and year: ``n`` (roll calls), ``absent`` (absent or not voting), ``value`` (the share in
        percent; missing in a year without any vote of the state: it may have had no seat, or no right to vote, so
        that it chose nothing), ``comparable``, ``status`` as in `votes.pair_years`.
    """
    years = votes.period(first_year, last_year)
    found = []
    for state in states:
        anyone = next(other for other in votes.voters() if other != votes.voter(state))
        own = _seen_from(state, [anyone], years.index)[0].sum(-1)
        number, voted = own.sum(-1), own[:, :3].sum(-1) > 0
        frame = pd.DataFrame({"state": state, "n": np.where(voted, number, 0).astype(int)}, index=years.index)
        frame["absent"] = own[:, 3].astype(int)
        frame["value"] = (100 * frame["absent"] / frame["n"]).where(voted)
        frame["comparable"] = years["comparable"]
        found.append(frame.assign(status=votes.statuses(frame)).reset_index())
    return pd.concat(found, ignore_index=True)


def region_absences(region, first_year, last_year):
    """`absences` of the members of a region, in the years in which they belong to it."""
    rows = absences(cohesion.states_of(region, first_year, last_year), first_year, last_year)
    rosters = {year: cohesion.roster(region, year) for year in rows["year"].unique()}
    inside = [state in rosters[year] for state, year in zip(rows["state"], rows["year"], strict=True)]
    return rows[inside].reset_index(drop=True)


def absence_selection(region, first_year, last_year):
    """Whether members stay away from votes of another kind than those they take part in.

    For each member, all votes of the other members in comparable years are split by whether the member voted. Were
    absence without regard to content, the shares of yes would be alike.

    Returns
    -------
    pandas.DataFrame
        Indexed by state: ``voted`` and ``absent`` (votes cast by the others while it voted and while it stayed away),
        ``yes_voted`` and ``yes_absent`` (the shares of yes among them). Years in which it cast no vote are left out.
    """
    years = votes.period(first_year, last_year)
    states = cohesion.states_of(region, first_year, last_year)
    rosters = [cohesion.roster(region, year) if known else [] for year, known in years["comparable"].items()]
    found = {}
    for state in states:
        others = [other for other in states if other != votes.voter(state)]
        seen = _seen_from(state, others, years.index)
        inside = np.array([[{state, other} <= set(roster) for roster in rosters] for other in others])
        inside &= seen[:, :, :3].sum((2, 3)) > 0
        table = seen[inside].sum(0)
        cast = {"voted": table[:3, :3].sum(), "absent": table[3, :3].sum()}
        yes = {"voted": table[:3, 0].sum(), "absent": table[3, 0]}
        found[state] = {when: int(cast[when]) for when in cast}
        found[state] |= {f"yes_{when}": yes[when] / cast[when] if cast[when] else float("nan") for when in cast}
    return pd.DataFrame.from_dict(found, orient="index")


def _seen_from(state, others, years):
    """The tables of a state with others, its own behaviour in the rows: shape (others, years, 4, 4)."""
    found = votes.counts(["-".join(sorted((state, other))) for other in others], years)
    turned = np.array([other < state for other in others])
    found[turned] = found[turned].swapaxes(-1, -2)
    return found


def ideal_points(states, first_year, last_year):
    """The ideal points of states (Bailey, Strezhnev & Voeten 2017, Journal of Conflict Resolution 61(2)).

    Returns the rows of ``unga_ideal_points.csv`` of the states and years, in that order, with ``few``: the estimate
    rests on fewer than `votes.FEW` votes. Higher is closer to the United States. The scale is that of one version of
    the estimates, and a band is 90 %, not 95 %.
    """
    rows = load("unga_ideal_points").astype({"state": "object"})
    rows = rows[rows["state"].isin(states) & rows["year"].between(first_year, last_year)]
    rows = rows.assign(few=rows["votes"] < votes.FEW, place=rows["state"].map({s: i for i, s in enumerate(states)}))
    return rows.sort_values(["place", "year"]).drop(columns="place").reset_index(drop=True)


def ideal_spread(region, first_year, last_year):
    """How far the ideal points of a region's members lie apart, year by year.

    Returns a frame with one row a year in which every member has a point from `votes.FEW` votes or more: ``year``,
    ``members``, ``spread`` (highest minus lowest), ``outermost_overlap`` (whether the bands of these two overlap).
    """
    rows, found = load("unga_ideal_points"), []
    rows = rows[rows["votes"] >= votes.FEW]
    for year in votes.period(first_year, last_year).index:
        states = cohesion.roster(region, year)
        points = rows[(rows["year"] == year) & rows["state"].isin(states)].sort_values("ideal_point")
        if len(states) > 1 and len(points) == len(states):
            low, high = points.iloc[0], points.iloc[-1]
            spread = high["ideal_point"] - low["ideal_point"]
            found.append((year, len(states), spread, bool(low["high90"] >= high["low90"])))
    return pd.DataFrame(found, columns=["year", "members", "spread", "outermost_overlap"])
