"""The order of partners as tables for reading: names instead of codes, text instead of numbers."""

import itertools

import pandas as pd

from centralasia.hierarchy.measures import BASELINE, heading, likeness, ranking, shifts
from centralasia.tables import load, untruncated
from datacontract.words import format_number

__all__ = ["document_table", "level_table", "likeness_table", "shift_table", "table"]


@untruncated
def document_table(documents):
    """What the documents are, one row each, as text for reading: title, date, term, status, confidence."""
    rows = load("documents").set_index("document_id").loc[list(documents)]
    years = rows["term_start"].astype("object").map(str, na_action="ignore").fillna("?")
    years = years + "–" + rows["term_end"].astype("object").map(str, na_action="ignore").fillna("?")
    term = rows["term"].astype("object").where(rows["term"] != "fixed", years)
    frame = pd.DataFrame(
        {
            "Title": rows["title"],
            "Date": rows["date"].fillna("unknown"),
            "Term": term.replace("open", "reported open").fillna("unknown"),
            "Status": rows["status"].astype("object").str.replace("_", " "),
            "Confidence": rows["confidence"].astype("object"),
        }
    )
    return frame.rename_axis(columns="Document", index=None)


def table(documents, reading=BASELINE):
    """The places of all partners in several documents side by side, as text for reading.

    One row a partner (by name), one column a document: the place, ``named`` where it has none, or nothing where it is
    not named in the part read.
    """
    names = load("actors").set_index("actor")["name"]
    columns = {}
    for document in documents:
        places = ranking(document, reading)["rank"]
        columns[heading(document)] = (
            places.astype("object").map(str, na_action="ignore").fillna("named").rename(index=names)
        )
    frame = pd.concat(columns, axis=1, sort=False).fillna("")
    frame.index = frame.index.astype("str")
    return frame.rename_axis(columns="Partner", index=None)


def shift_table(documents, reading=BASELINE):
    """What moved from each document to the next, as text: one row a partner, one column a step."""
    names = load("actors").set_index("actor")["name"]
    columns = {}
    for before, after in itertools.pairwise(documents):
        frame = shifts(ranking(before, reading), ranking(after, reading))
        by = ["" if pd.isna(n) or n == 0 else f" {abs(n)}" for n in frame["shift"]]
        columns[f"{heading(before)} to {heading(after)}"] = frame["change"].astype("object") + by
    frame = pd.concat(columns, axis=1, sort=False).fillna("")
    frame.index = frame.index.map(names)
    return frame.rename_axis(columns="Partner", index=None)


def likeness_table(documents, reading=BASELINE, persistence=0.9):
    """The likeness of every two of the documents, one row a pair: values to two decimals, or that it cannot be told."""
    orders = {d: ranking(d, reading) for d in documents}
    rows = {
        f"{heading(a)} and {heading(b)}": likeness(orders[a], orders[b], persistence)
        for a, b in itertools.combinations(documents, 2)
    }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    for column in ("rbo", "tau_b"):
        frame[column] = ["cannot be told" if pd.isna(value) else format_number(value, ".2f") for value in frame[column]]
    frame.columns = ["Rank-biased overlap", "Kendall's tau-b", "Partners placed in both"]
    return frame.rename_axis(columns="Documents", index=None)


def level_table(documents, reading=BASELINE):
    """The relationship labels side by side, on their ordered scale: one row a partner, one column a document."""
    names = load("actors").set_index("actor")["name"]
    columns = {heading(d): ranking(d, reading)["level"].dropna().astype("object") for d in documents}
    frame = pd.concat(columns, axis=1, sort=False).fillna("").replace("_", " ", regex=True)
    frame.index = frame.index.astype("object").map(names)
    if frame.empty:
        frame.loc["no label seen for any"] = ""
    return frame.rename_axis(columns="Partner", index=None)
