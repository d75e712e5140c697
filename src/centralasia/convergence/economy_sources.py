"""The sources behind what is shown of economies, as a column of keys for `centralasia.cite`."""

import pandas as pd

from centralasia.completion import own_names
from centralasia.convergence import trade
from centralasia.convergence.economy import panel
from centralasia.convergence.economy_tables import cross_section
from centralasia.regions import members
from centralasia.tables import load

__dir__ = own_names(globals())


def economy_sources(indicators, latest, region, first_year, last_year, doubtful="kept", data=None):
    """The keys behind a region: membership, the values in the panels and cross-sections used, gaps, trade.

    `indicators` are shown as panels (see `centralasia.convergence.economy.panel`), `latest` as cross-sections.
    """
    own, belongs = members(region, f"{last_year}-12-31", data), load("memberships", data)
    panels = {key for i in indicators for key in panel(i, region, first_year, last_year, doubtful, data).source}
    gaps = load("indicator_gaps", data)
    parts = [
        belongs.loc[(belongs["region"] == region) & belongs["actor"].isin(own), "source"],
        pd.Series(sorted(panels), dtype="str"),
        *(cross_section(i, region, last_year, data)["source"] for i in latest),
        gaps.loc[gaps["indicator"].isin(indicators) & gaps["state"].isin(own), "source"],
        trade.mirror_rows(region, first_year, last_year, data)["source"],
        trade.shares(region, first_year, last_year, data=data)["source"],
    ]
    return pd.concat([part.astype("object") for part in parts], ignore_index=True)
