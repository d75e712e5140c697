"""Votes as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.names import short_name
from centralasia.regions import pair_name
from centralasia.tables import load
from centralasia.votes import alignment, cohesion
from centralasia.votes import measures as votes

__all__ = ["beside_table", "last_comparable", "pairs_table", "selection_table", "sources_used"]


def pairs_table(region, measure, absence, year, seed):
    """The pairs of a region in a year: value, 95 % bootstrap interval, roll calls it rests on, what it is worth."""
    rows = cohesion.region_pairs(region, measure, absence, year, year)
    rows = votes.pair_intervals(list(rows["pair"]), measure, absence, year, year, seed)
    rows = rows.sort_values("value", ascending=False, kind="stable")
    known = rows["value"].notna()
    frame = pd.DataFrame(
        {
            "Value": rows["value"].map("{:.3f}".format).where(known, "unknown"),
            "95 % interval": [
                f"{a:.3f} to {b:.3f}" if a == a else "" for a, b in zip(rows["low"], rows["high"], strict=True)
            ],
            "Roll calls": rows["n"].map("{:,}".format),
            "Status": rows["status"].replace(votes.OK, "comparable"),
        }
    )
    frame.index = [pair_name(pair) for pair in rows["pair"]]
    return frame.rename_axis(columns=f"Pair, {year}", index=None)


def selection_table(region, first_year, last_year):
    """How the other members voted while a member took part, and while it stayed away, over the comparable years."""
    rows = alignment.absence_selection(region, first_year, last_year)
    frame = pd.DataFrame(
        {
            "Others' votes while it voted": rows["voted"].map("{:,}".format),
            "of them yes": rows["yes_voted"].map(_percent),
            "Others' votes while it was absent": rows["absent"].map("{:,}".format),
            "of these yes": rows["yes_absent"].map(_percent),
        }
    )
    frame.index = [short_name(state) for state in rows.index]
    return frame.rename_axis(columns="Member", index=None)


def beside_table(state, region, partners, measure, absence, first_year, last_year):
    """A state's mean with each partner and with the rest of the region over the same years, as text."""
    rows = alignment.beside_region(state, region, partners, measure, absence, first_year, last_year)
    frame = pd.DataFrame(
        {
            "With the partner": rows["partner"].map("{:.2f}".format),
            "With the rest of the region": rows["region"].map("{:.2f}".format),
            "Years": rows["years"].map("{:.0f}".format),
            "Years closer to the partner": rows["above"].map("{:.0f}".format),
        }
    )
    frame.index = [short_name(code) for code in rows.index]
    return frame.rename_axis(columns="Partner", index=None)


def last_comparable(region, first_year, last_year):
    """The last year in which every pair of a region can be compared; the last year asked for where there is none."""
    frame = cohesion.region_years(region, "agreement", "left_out", first_year, last_year)
    firm = frame.loc[frame["status"] == votes.OK, "year"]
    return int(firm.max()) if len(firm) else int(votes.period(first_year, last_year).index.max())


def _percent(share):
    return "" if pd.isna(share) else f"{100 * share:.0f} %"


def sources_used(state, region, partners, first_year, last_year):
    """The source cells of everything that a look at a region's votes rests on: years, members and ideal points."""
    years = votes.period(first_year, last_year)
    members = load("memberships")
    groups = [region, *cohesion.groups(), *(code for code in partners if code not in votes.voters())]
    states = {state, *partners, *cohesion.states_of(region, first_year, last_year)}
    points = alignment.ideal_points(list(states), first_year, last_year)
    return pd.concat([years["source"], members.loc[members["region"].isin(groups), "source"], points["source"]])
