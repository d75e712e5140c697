"""The sources behind what is shown of economies, as a column of keys for `centralasia.cite`."""

import pandas as pd

from centralasia.economies import trade
from centralasia.economies.measures import panel
from centralasia.economies.tables import cross_section
from centralasia.regions import members
from centralasia.tables import load

__all__ = ["economy_sources"]


def economy_sources(indicators, latest, region, first_year, last_year, doubtful="kept"):
    """The keys behind a region: membership, the values in the panels and cross-sections used, gaps, trade.

    `indicators` are shown as panels (see `centralasia.economies.panel`), `latest` as cross-sections.
    """
    own, belongs = members(region, f"{last_year}-12-31"), load("memberships")
    panels = {key for i in indicators for key in panel(i, region, first_year, last_year, doubtful).source}
    gaps = load("indicator_gaps")
    parts = [
        belongs.loc[(belongs["region"] == region) & belongs["actor"].isin(own), "source"],
        pd.Series(sorted(panels), dtype="str"),
        *(cross_section(i, region, last_year)["source"] for i in latest),
        gaps.loc[gaps["indicator"].isin(indicators) & gaps["state"].isin(own), "source"],
        trade.mirror_rows(region, first_year, last_year)["source"],
        trade.shares(region, first_year, last_year)["source"],
    ]
    return pd.concat([part.astype("object") for part in parts], ignore_index=True)
