"""Ties and contacts as tables for reading: names instead of codes, "" where there is nothing to say."""

import pandas as pd

from centralasia.meetings.measures import treaty_titles
from centralasia.names import NONE_FOUND, level_name, short_name
from centralasia.regions import pair_name
from centralasia.tables import load, untruncated
from centralasia.ties import contacts
from centralasia.ties import measures as ties
from datacontract import labels
from datacontract.sources import SEPARATOR

__all__ = [
    "act_table",
    "milestone_table",
    "plain",
    "reached_table",
    "signature_table",
    "spread_table",
    "theme_name",
    "visit_table",
    "waiting_table",
]


def plain(code):
    """A code in words: ``head_of_state`` to ``head of state``; "" where it is missing."""
    return "" if pd.isna(code) else str(code).replace("_", " ")


def theme_name(theme):
    """A theme of milestones in words."""
    return labels.translate_name("theme", theme, {"water_energy": "water and energy"}.get(theme, plain(theme)))


@untruncated
def act_table(of, minimum_confidence="low"):
    """The acts of pairs, in the order of time: one row an act."""
    rows = ties.acts(of, minimum_confidence)
    columns = {
        "Pair": rows["pair"].map({pair: pair_name(pair) for pair in of}),
        "Event": rows["event"].map(plain),
        "Instrument": rows["instrument"].map(plain),
        "Label": [level_name(level) if pd.notna(level) else "" for level in rows["level"]],
        "Act": rows["act"],
        "Confidence": rows["confidence"].astype("object"),
        "Remark": rows["note"].fillna(""),
    }
    frame = _dated(rows, columns)
    return frame if len(of) > 1 else frame.drop(columns="Pair")


def reached_table(of, until, minimum_confidence="low"):
    """When each pair first signed each level or a higher one: one row a pair, one column a level; "" for none found."""
    waits = ties.times(of, until, until, minimum_confidence)
    frame = waits.pivot(index="pair", columns="level", values="date").reindex(index=of, columns=ties.levels())
    frame = frame.astype("object").where(frame.notna(), "").rename(columns=level_name)
    frame.index = [pair_name(pair) for pair in of]
    return frame.rename_axis(columns="Pair", index=None)


def spread_table(region, first_year, last_year, minimum_confidence="low"):
    """The share of pairs at each level or a higher one at the end of the first and of the last year.

    One row a level. A share that lies between bounds reaches from what was found to what it would be if every pair
    without a label had one (see `centralasia.ties.at_or_above`).
    """
    years = ties.period(region, first_year, last_year)
    by_year = ties.levels_by_year(region, years, minimum_confidence)
    ends = list(dict.fromkeys([by_year["year"].min(), by_year["year"].max()]))
    bounds = {level: ties.at_or_above(by_year, level).loc[ends] for level in ties.levels()}
    frame = pd.DataFrame({level: found.apply(_share, axis=1) for level, found in bounds.items()}).T
    frame.index = [level_name(level) for level in bounds]
    frame.columns = [f"End of {year}" for year in ends]
    return frame.rename_axis(columns="At this level or above", index=None)


def _share(row):
    low, high = (round(100 * row[bound]) for bound in ("lower", "upper"))
    return f"{low} %" if low == high else f"{low} to {high} %"


def waiting_table(of, since, until, minimum_confidence="low"):
    """How many pairs signed each level or a higher one, and how long half of them took: one row a level."""
    found = ties.median_times(ties.times(of, since, until, minimum_confidence))
    half = [f"{years:.1f}" if pd.notna(years) else f"not by {until}" for years in found["years"]]
    columns = {"At this level or above": found["reached"], "Pairs": found["pairs"], "Years until half were": half}
    frame = pd.DataFrame(columns)
    frame.index = [level_name(level) for level in found.index]
    return frame.rename_axis(columns="Level", index=None)


@untruncated
def visit_table(of):
    """The visits of pairs, in the order of time, also those that are not known to have been held."""
    rows = contacts.visits(of, None)
    names = load("actors").set_index("actor")["short_name"]
    kinds = [
        " or ".join(plain(kind) for kind in pair if pd.notna(kind))
        for pair in zip(rows["type"], rows["type_2"], strict=True)
    ]
    columns = {
        "Guest": rows["guest"].astype("object").map(names).fillna("unknown"),
        "Host": rows["host"].astype("object").map(names).fillna("unknown"),
        "Who": rows["person"].fillna(""),
        "Type": [kind or "unknown" for kind in kinds],
        "Status": rows["status"].map(plain),
        "Confidence": rows["confidence"].astype("object"),
        "Remark": rows["note"].fillna(""),
    }
    return _dated(rows, columns)


@untruncated
def milestone_table(states):
    """The milestones that name all of these states, in the order of time."""
    rows = contacts.milestones(states)
    names = load("actors").set_index("actor")["short_name"]
    parties = [", ".join(names[party] for party in cell.split(SEPARATOR)) for cell in rows["parties"]]
    columns = {
        "Theme": rows["theme"].map(theme_name),
        "Parties": parties,
        "Subject": rows["subject"],
        "Fact": rows["fact"],
        "Confidence": rows["confidence"].astype("object"),
        "Remark": rows["note"].fillna(""),
    }
    return _dated(rows, columns)


@untruncated
def signature_table(states):
    """Who of these states has signed the common treaties: one row a state and treaty."""
    rows = contacts.treaty_signatures(states)
    columns = {
        "Treaty": rows["treaty_id"].map(treaty_titles()),
        "Status": [plain(status) or "not in the table" for status in rows["status"]],
        "Date": rows["date"].fillna(""),
        "Place": rows["place"].fillna(""),
        "Remark": rows["note"].fillna(""),
    }
    frame = pd.DataFrame(columns)
    frame.index = [short_name(state) for state in rows["state"]]
    return frame.rename_axis(columns="State", index=None)


def _dated(rows, columns):
    """A frame with the dates as headers of its rows."""
    ends = rows["date_end"] if "date_end" in rows else pd.Series(None, index=rows.index, dtype="object")
    frame = pd.DataFrame(columns, index=rows.index)
    frame.index = (rows["date"] + (" to " + ends).fillna("")).fillna("undated").to_list()
    return _said(frame).rename_axis(columns="Date", index=None)


def _said(frame):
    """A table without rows says that none was found."""
    return frame if len(frame) else pd.DataFrame("", index=[NONE_FOUND], columns=frame.columns)
