"""The sources behind what is shown of ties and contacts, as columns of keys for `centralasia.cite`."""

import pandas as pd

from centralasia.regions import members, pairs
from centralasia.tables import load
from centralasia.ties import contacts
from centralasia.ties import measures as ties

__all__ = ["region_sources"]

MAP = "NATEARTH"  # the source of the map's outlines


def region_sources(region, year, minimum_confidence="low"):
    """The keys behind a region: membership, acts, visits, treaties and milestones of its members, and the map."""
    on = f"{year}-12-31"
    of, own = pairs(region, on), members(region, on)
    belongs = load("memberships")
    parts = [
        belongs[(belongs["region"] == region) & belongs["actor"].isin(own)],
        ties.acts(of, minimum_confidence),
        contacts.visits(of, None),
        contacts.treaty_signatures(own),
        *(contacts.milestones([state]) for state in own),
    ]
    return pd.concat([*(part["source"] for part in parts), pd.Series([MAP])], ignore_index=True)
