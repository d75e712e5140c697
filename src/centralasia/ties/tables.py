"""Ties and contacts as tables for reading: names instead of codes, "" where there is nothing to say."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia import meetings
from centralasia.names import NONE_FOUND, level_name, short_name
from centralasia.regions import pair_name
from centralasia.tables import UntruncatedFrame, display_table
from centralasia.ties import contacts, measures
from datacontract.sources import SEPARATOR
from datacontract.words import plain, span

__all__ = [
    "event_table", "milestone_table", "reached_table", "signature_table", "spread_table", "visit_table",
    "waiting_table",
]  # fmt: skip


def event_table(pairs: list[str], minimum_confidence: str = "low") -> UntruncatedFrame:
    """The acts of pairs, in the order of time: one row an act."""
    rows = measures.events(pairs, minimum_confidence)
    columns = {
        "Pair": rows["pair"].map(pair_name),
        "Event": rows["event"].map(plain),
        "Instrument": rows["instrument"].map(plain),
        "Label": [level_name(level) if pd.notna(level) else "" for level in rows["level"]],
        "Act": rows["act"],
    }
    return _chronicle(rows, columns).drop(columns=["Pair"] if len(pairs) == 1 else [])


def reached_table(pairs: list[str], until: int, minimum_confidence: str = "low") -> UntruncatedFrame:
    """When each pair first signed each level or a higher one: one row a pair, one column a level; "" for none found."""
    times = measures.times_to_level(pairs, until, until, minimum_confidence)
    dates = times.pivot(index="pair", columns="level", values="date").reindex(index=pairs, columns=measures.levels())
    return display_table(dates.fillna(""), map(level_name, dates.columns), map(pair_name, pairs), corner="Pair")


def spread_table(region: str, first_year: int, last_year: int, minimum_confidence: str = "low") -> UntruncatedFrame:
    """The share of pairs at each level or a higher one at the end of the first and of the last year.

    One row a level. A share that lies between bounds reaches from what was found to what it would be if every pair
    without a label had one (see `centralasia.ties.cumulative_share`).
    """
    years = measures.checked_years(region, first_year, last_year)
    by_year = measures.levels_by_year(region, years, minimum_confidence)
    ends = sorted({by_year["year"].min(), last_year})
    bounds = [measures.cumulative_share(by_year, level).loc[ends] for level in measures.levels()]
    rows = [[f"{span(100 * share.lower, 100 * share.upper, '.0f')} %" for share in b.itertuples()] for b in bounds]
    headings, levels = [f"End of {year}" for year in ends], map(level_name, measures.levels())
    return display_table(rows, headings, levels, corner="At this level or above")


def waiting_table(pairs: list[str], since: int, until: int, minimum_confidence: str = "low") -> UntruncatedFrame:
    """How many pairs signed each level or a higher one, and how long half of them took: one row a level."""
    found = measures.median_survival(measures.times_to_level(pairs, since, until, minimum_confidence))
    half = [f"{years:.1f}" if pd.notna(years) else f"not by {until}" for years in found["years"]]
    columns = {"At this level or above": found["reached"], "Pairs": found["pairs"], "Years until half were": half}
    return display_table(columns, index=map(level_name, found.index), corner="Level")


def visit_table(pairs: list[str]) -> UntruncatedFrame:
    """The visits of pairs, in the order of time, also those that are not known to have been held."""
    rows = contacts.visits(pairs, None)
    guests, hosts = (rows[side].map(short_name, na_action="ignore").fillna("unknown") for side in ("guest", "host"))
    types = [filter(None, map(plain, kinds)) for kinds in zip(rows["type"], rows["type_2"], strict=True)]
    columns = {"Guest": guests, "Host": hosts, "Who": rows["person"].fillna("")}
    columns |= {"Type": [" or ".join(kinds) or "unknown" for kinds in types], "Status": rows["status"].map(plain)}
    return _chronicle(rows, columns)


def milestone_table(states: Iterable[str]) -> UntruncatedFrame:
    """The milestones that name all of these states, in the order of time."""
    rows = contacts.milestones(states)
    themes = rows["theme"].map(contacts.theme_name)
    parties = [", ".join(map(short_name, cell.split(SEPARATOR))) for cell in rows["parties"]]
    return _chronicle(rows, {"Theme": themes, "Parties": parties, "Subject": rows["subject"], "Fact": rows["fact"]})


def signature_table(states: list[str]) -> UntruncatedFrame:
    """Who of these states has signed the common treaties: one row a state and treaty."""
    rows = meetings.treaty_signatures(states).set_index("state")[["title", "status", "date", "place", "note"]]
    rows["status"] = [plain(status) or "not in the table" for status in rows["status"]]
    headings = ["Treaty", "Status", "Date", "Place", "Remark"]
    return display_table(rows.fillna(""), headings, map(short_name, rows.index), corner="State")


def _chronicle(rows: pd.DataFrame, columns: dict[str, Any]) -> UntruncatedFrame:
    """Columns of rows, with their confidence and remarks behind, and their dates as headings."""
    columns = columns | {"Confidence": rows["confidence"], "Remark": rows["note"].fillna("")}
    dates = (rows["date"] + (" to " + rows["date_end"]).fillna("")).fillna("undated")
    return display_table(columns, index=dates, corner="Date", empty=NONE_FOUND)
