"""Ties and contacts as tables for reading: names instead of codes, "" where there is nothing to say."""

import itertools

import pandas as pd

from centralasia import labels
from centralasia.citations import SEPARATOR
from centralasia.completion import own_names
from centralasia.convergence import contacts, ties
from centralasia.convergence.meetings import treaty_titles
from centralasia.convergence.pair import named_themes
from centralasia.figure import short_name
from centralasia.readable import whole_text
from centralasia.regions import pair_name, split_pair
from centralasia.tables import load

__dir__ = own_names(globals())

_WHOLE = ("whole speech", "meeting as a whole", "whole event")  # what follows in a note holds for every theme


def plain(code):
    """A code in words: ``head_of_state`` to ``head of state``; "" where it is missing."""
    return "" if pd.isna(code) else str(code).replace("_", " ")


def theme_name(theme):
    """A theme of milestones in words."""
    return labels.name("theme", theme, {"water_energy": "water and energy"}.get(theme, plain(theme)))


@whole_text
def act_table(of, minimum_confidence="low", data=None):
    """The acts of pairs, in the order of time: one row an act."""
    rows = ties.acts(of, minimum_confidence, data)
    columns = {
        "Pair": rows["pair"].map({pair: pair_name(pair, data) for pair in of}),
        "Event": rows["event"].map(plain),
        "Instrument": rows["instrument"].map(plain),
        "Label": [ties.level_name(level) if pd.notna(level) else "" for level in rows["level"]],
        "Act": rows["act"],
        "Confidence": rows["confidence"].astype("object"),
        "Remark": rows["note"].fillna(""),
    }
    frame = _dated(rows, columns)
    return frame if len(of) > 1 else frame.drop(columns="Pair")


def reached_table(of, until, minimum_confidence="low", data=None):
    """When each pair first signed each level or a higher one: one row a pair, one column a level; "" for none found."""
    waits = ties.times(of, until, until, minimum_confidence, data)
    frame = waits.pivot(index="pair", columns="level", values="date").reindex(index=of, columns=ties.levels(data))
    frame = frame.astype("object").where(frame.notna(), "").rename(columns=ties.level_name)
    frame.index = [pair_name(pair, data) for pair in of]
    return frame.rename_axis(columns="Pair", index=None)


def spread_table(region, first_year, last_year, minimum_confidence="low", data=None):
    """The share of pairs at each level or a higher one at the end of the first and of the last year.

    One row a level. A share that lies between bounds reaches from what was found to what it would be if every pair
    without a label had one (see `centralasia.convergence.ties.at_or_above`).
    """
    years = ties.period(region, first_year, last_year, data)
    by_year = ties.levels_by_year(region, years, minimum_confidence, data)
    ends = list(dict.fromkeys([by_year["year"].min(), by_year["year"].max()]))
    bounds = {level: ties.at_or_above(by_year, level).loc[ends] for level in ties.levels(data)}
    frame = pd.DataFrame({level: found.apply(_share, axis=1) for level, found in bounds.items()}).T
    frame.index = [ties.level_name(level) for level in bounds]
    frame.columns = [f"End of {year}" for year in ends]
    return frame.rename_axis(columns="At this level or above", index=None)


def _share(row):
    low, high = (round(100 * row[bound]) for bound in ("lower", "upper"))
    return f"{low} %" if low == high else f"{low} to {high} %"


def waiting_table(of, since, until, minimum_confidence="low", data=None):
    """How many pairs signed each level or a higher one, and how long half of them took: one row a level."""
    found = ties.median_times(ties.times(of, since, until, minimum_confidence, data))
    half = [f"{years:.1f}" if pd.notna(years) else f"not by {until}" for years in found["years"]]
    columns = {"At this level or above": found["reached"], "Pairs": found["pairs"], "Years until half were": half}
    frame = pd.DataFrame(columns)
    frame.index = [ties.level_name(level) for level in found.index]
    return frame.rename_axis(columns="Level", index=None)


@whole_text
def visit_table(of, data=None):
    """The visits of pairs, in the order of time, also those that are not known to have been held."""
    rows = contacts.visits(of, None, data)
    names = load("actors", data).set_index("actor")["short_name"]
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


@whole_text
def milestone_table(states, data=None):
    """The milestones that name all of these states, in the order of time."""
    rows = contacts.milestones(states, data)
    names = load("actors", data).set_index("actor")["short_name"]
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


@whole_text
def signature_table(states, data=None):
    """Who of these states has signed the common treaties: one row a state and treaty."""
    rows = contacts.treaty_signatures(states, data)
    columns = {
        "Treaty": rows["treaty_id"].map(treaty_titles(data)),
        "Status": [plain(status) or "not in the table" for status in rows["status"]],
        "Date": rows["date"].fillna(""),
        "Place": rows["place"].fillna(""),
        "Remark": rows["note"].fillna(""),
    }
    frame = pd.DataFrame(columns)
    frame.index = [short_name(state, data) for state in rows["state"]]
    return frame.rename_axis(columns="State", index=None)


@whole_text
def theme_table(pair, data=None):
    """The themes that both states of a pair named at a meeting, with what the notes say about each."""
    table = named_themes(pair, data)
    both = table.index[table["both"].fillna(False)]
    rows = load("agenda", data).set_index(["meeting_id", "domain", "voice"])["note"]
    dates, titles = (
        load("meetings", data).set_index("meeting_id")["date"],
        load("domains", data).set_index("domain")["title"],
    )
    columns = {"Theme": [titles[theme] for _, theme in both]}
    for state in split_pair(pair, data):
        columns[f"Remark on {short_name(state, data)}"] = [_own_part(rows.get((*cell, state))) for cell in both]
    frame = pd.DataFrame(columns)
    frame.index = [dates[meeting] for meeting, _ in both]
    return _said(frame).rename_axis(columns="Meeting", index=None)


def _own_part(note):
    """What a note says of the theme itself, without what it says of the whole speech."""
    parts = [] if pd.isna(note) else note.split("; ")
    return "; ".join(itertools.takewhile(lambda part: not part.startswith(_WHOLE), parts))


def _dated(rows, columns):
    """A frame with the dates as headers of its rows."""
    ends = rows["date_end"] if "date_end" in rows else pd.Series(None, index=rows.index, dtype="object")
    frame = pd.DataFrame(columns, index=rows.index)
    frame.index = (rows["date"] + (" to " + ends).fillna("")).fillna("undated").to_list()
    return _said(frame).rename_axis(columns="Date", index=None)


def _said(frame):
    """A table without rows says that none was found."""
    return frame if len(frame) else pd.DataFrame("", index=[ties.NONE], columns=frame.columns)
