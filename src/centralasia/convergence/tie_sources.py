"""The sources behind what is shown of ties and contacts, as columns of keys for `centralasia.cite`."""

import pandas as pd

from centralasia.completion import own_names
from centralasia.convergence import contacts, ties
from centralasia.regions import members, pairs, split_pair
from centralasia.tables import load

__dir__ = own_names(globals())

MAP = "NATEARTH"  # the source of the map's outlines


def region_sources(region, year, minimum_confidence="low", data=None):
    """The keys behind a region: membership, acts, visits, treaties and milestones of its members, and the map."""
    on = f"{year}-12-31"
    of, own = pairs(region, on, data), members(region, on, data)
    belongs = load("memberships", data)
    parts = [
        belongs[(belongs["region"] == region) & belongs["actor"].isin(own)],
        ties.acts(of, minimum_confidence, data),
        contacts.visits(of, None, data),
        contacts.treaty_signatures(own, data),
        *(contacts.milestones([state], data) for state in own),
    ]
    return pd.concat([*(part["source"] for part in parts), pd.Series([MAP])], ignore_index=True)


def pair_sources(pair, data=None):
    """The keys behind a pair: its acts, visits, treaties, milestones of both, speeches of both, its own events."""
    states = split_pair(pair, data)
    speeches, events = load("agenda", data), load("pair_agenda", data)
    parts = [
        ties.acts([pair], data=data),
        contacts.visits([pair], None, data),
        contacts.treaty_signatures(states, data),
        contacts.milestones(states, data),
        speeches[speeches["voice"].isin(states)],
        events[events["pair"] == pair],
    ]
    return pd.concat([part["source"] for part in parts], ignore_index=True)
