"""Ties and contacts as tables for reading: names instead of codes, "" where there is nothing to say."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia import meetings
from centralasia.names import NONE_FOUND, level_name, short_name
from centralasia.regions import pair_name, pairs_at_end
from centralasia.tables import UntruncatedFrame, display_table, load
from centralasia.ties import contacts, marks, measures
from datacontract.sources import SEPARATOR
from datacontract.words import capitalised, plain

__all__ = [
    "event_table", "firmness_table", "milestone_table", "signature_table", "spread_table", "visit_table",
]  # fmt: skip


def event_table(pairs: list[str]) -> UntruncatedFrame:
    """The acts of pairs, in the order of time: one row an act."""
    rows = measures.events(pairs)
    columns = {
        "Pair": rows["pair"].map(pair_name),
        "Event": rows["event"].map(plain),
        "Instrument": rows["instrument"].map(plain),
        "Label": [level_name(level) if pd.notna(level) else "" for level in rows["level"]],
        "Act": rows["act"],
    }
    return _chronicle(rows, columns, pairs).drop(columns=["Pair"] if len(pairs) == 1 else [])


def firmness_table(region: str, year: int) -> UntruncatedFrame:
    """The level of each pair by firm evidence and by all acts found, and the act that gave it, as text."""
    pairs, rows = pairs_at_end(region, year), {}
    acts = load("ties").set_index("tie_id")
    found, firm = measures.levels_on(pairs, year), measures.levels_on(pairs, year, measures.FIRM)
    for one, sure in zip(found.itertuples(), firm.itertuples(), strict=True):
        act = acts.loc[one.act] if pd.notna(one.act) else None
        cells = ["" if act is None else f"{one.since}, {plain(act['instrument'])}"]
        cells.append("" if act is None or one.level == sure.level else f"{one.confidence} confidence")
        rows[pair_name(one.pair)] = [marks.level_words(sure), marks.level_words(one), *cells]
    columns = ["By firm evidence", "By all acts found", "First signed", "Why not firm"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return display_table(table.iloc[found["level"].cat.codes.argsort(kind="stable")[::-1]], corner="Pair")


def spread_table(region: str, years: Iterable[int]) -> UntruncatedFrame:
    """How many pairs had reached each level or a higher one by some years: firm, found and possible, as text."""
    columns = {}
    for year in years:
        counts = measures.level_counts(region, year)[::-1]
        columns[capitalised(measures.end_of(year).removeprefix("the "))] = [
            f"{r.firm} / {r.found} / {r.possible}" for r in counts.itertuples()
        ]
    levels = [marks.at_least_name(level) for level in reversed(measures.levels())]
    return display_table(columns, index=levels, corner="Firm / found / possible")


def visit_table(pairs: list[str]) -> UntruncatedFrame:
    """The visits of pairs, in the order of time, also those that are not known to have been held."""
    rows = contacts.visits(pairs, None)
    guests, hosts = (rows[side].map(short_name, na_action="ignore").fillna("unknown") for side in ("guest", "host"))
    types = [filter(None, map(plain, kinds)) for kinds in zip(rows["type"], rows["type_2"], strict=True)]
    columns = {"Guest": guests, "Host": hosts, "Who": rows["person"].fillna("")}
    columns |= {"Type": [" or ".join(kinds) or "unknown" for kinds in types], "Status": rows["status"].map(plain)}
    return _chronicle(rows, columns, pairs, "visits")


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


def _chronicle(
    rows: pd.DataFrame, columns: dict[str, Any], pairs: Iterable[str] = (), subject: str = "ties"
) -> UntruncatedFrame:
    """Columns of rows, with their confidence and remarks behind, and their dates as headings."""
    columns = columns | {"Confidence": rows["confidence"], "Remark": rows["note"].fillna("")}
    dates = (rows["date"] + (" to " + rows["date_end"]).fillna("")).fillna("undated")
    looked_for = set(pairs) <= measures.searched(subject)
    return display_table(columns, index=dates, corner="Date", empty=NONE_FOUND if looked_for else measures.NOT_SEARCHED)
