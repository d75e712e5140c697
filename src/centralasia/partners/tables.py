"""Declared and revealed orders as tables for reading: names instead of codes, text instead of numbers."""

import itertools
from collections.abc import Sequence

import pandas as pd

from centralasia.names import NONE_FOUND, document_name, short_name, short_names
from centralasia.partners import comparison, directions, measures
from centralasia.partners.series import SERIES
from centralasia.partners.sources import SOURCES, WINDOWS
from centralasia.partners.words import COUNTED, amount_words, place_words, value_words, window_words
from centralasia.regions import check_pair
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import format_number, pluralize, span

__all__ = ["changes_table", "coverage_table", "directions_table", "likeness_table", "places_table", "series_table"]


def places_table(
    state: str, partners: tuple[str, ...], sources: Sequence[str], window: str, seed: int = 1
) -> UntruncatedFrame:
    """The places and values of partners by source, one row a partner, one column a source."""
    columns = {}
    for source in sources:
        order = measures.revealed(state, partners, source, window, seed)
        if len(order):
            columns[SOURCES[source]] = [_cell(source, row) for _, row in order.iterrows()]
    return display_table(columns, index=short_names(partners), corner="Partner", empty=None if columns else NONE_FOUND)


def _cell(source: str, row: pd.Series) -> str:
    if row["value"] == 0 and source in COUNTED:
        return COUNTED[source]
    return f"{_place(row)}: {amount_words(source, row)}"


def _place(row: pd.Series) -> str:
    """A place with those that are possible besides: ``2 (2 to 3)``."""
    if pd.isna(row["best"]):
        return "open"
    bounds = span(row["best"], row["worst"], ".0f")
    if pd.isna(row["rank"]):
        return bounds
    return f"{row['rank']:.0f}" if row["best"] == row["worst"] else f"{row['rank']:.0f} ({bounds})"


def coverage_table(state: str, partners: tuple[str, ...], sources: Sequence[str]) -> UntruncatedFrame:
    """How many years each source covers in each window, and on which series trade rests."""
    rows = {}
    for source in sources:
        cells = []
        for window in WINDOWS:
            order = measures.revealed(state, partners, source, window)
            series = SERIES.get(order["basis"].iloc[0]) if len(order) else None
            cells.append(
                pluralize(order["years"].iloc[0], "year") + (f", {series}" if series else "") if len(order) else "none"
            )
        rows[SOURCES[source]] = cells
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return display_table(frame, [window_words(window) for window in WINDOWS], corner="Source")


def series_table(state: str, partners: tuple[str, ...], seed: int = 1) -> UntruncatedFrame:
    """The places of partners by each series of trade and window, beside each other and never joined."""
    rows = {}
    for name, window in itertools.product(SERIES, WINDOWS):
        order = measures.revealed(state, partners, name, window, seed)
        if len(order):
            heading = f"{SERIES[name]}, {window_words(window)} ({pluralize(order['years'].iloc[0], 'year')})"
            rows[heading] = [_place(row) for _, row in order.iterrows()]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=short_names(partners))
    return display_table(frame, corner="Series", empty=NONE_FOUND)


def likeness_table(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> UntruncatedFrame:
    """How alike the revealed orders are to that of each document: one row a source and window, a column a document.

    A cell holds tau-b, the average overlap (both over the readings of the text that are as well founded), and how many
    of all orders of the same partners are at least as alike as the likest of them.
    """
    alike = comparison.likeness_to_documents(state, documents, sources, windows, seed)
    cells: dict[str, dict[str, str]] = {}
    for (by, window, document), own in alike.groupby(["by", "window", "document_id"], sort=False):
        tau, overlap = (
            span(own[c].min() + 0.0, own[c].max() + 0.0, form) for c, form in (("tau_b", ".1f"), ("overlap", ".2f"))
        )
        row = cells.setdefault(f"{SOURCES[by]}, {window_words(window)}", {})
        row[document_name(document)] = f"{tau}; {overlap}; {own['as_alike'].min()} of {own['orders'].iloc[0]}"
    frame = pd.DataFrame.from_dict(
        cells, orient="index", columns=list(map(document_name, documents)) if cells else None
    )
    return display_table(frame.fillna(""), corner="Source", empty=NONE_FOUND)


def changes_table(
    state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1
) -> UntruncatedFrame:
    """What happened to a partner from window to window: values by one and the same series, and the gain."""
    rows = {}
    for row in comparison.changes(state, partner, partners, sources, seed).itertuples():
        heading = f"{SOURCES[row.by]}, {window_words(row.before)} to {window_words(row.after)}"
        if pd.isna(row.gain):
            rows[heading] = ["", "", "no one source knows both"]
            continue
        values = [
            f"{value_words(row.by, value)} ({pluralize(int(years), 'year')})"
            for value, years in ((row.value_before, row.years_before), (row.value_after, row.years_after))
        ]
        interval = "too few years for an interval" if pd.isna(row.low) else span(row.low, row.high, ".2f")
        rows[heading] = [*values, f"{format_number(row.gain, '+.2f')} ({interval})"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["Before", "After", "Gain (95 % of draws)"])
    return display_table(frame, corner="Source")


def directions_table(pair: str, sources: Sequence[str] = tuple(SOURCES), seed: int = 1) -> UntruncatedFrame:
    """What each state of a pair is to the other, by source and window, as value and place: one column a direction."""
    found = directions.both_directions(pair, sources, list(WINDOWS), seed)
    one, other = check_pair(pair)
    headings = {(a, b): f"{short_name(b)} to {short_name(a)}" for a, b in ((one, other), (other, one))}
    cells: dict[str, dict[str, str]] = {}
    for _, row in found.iterrows():
        words = f"{amount_words(row['by'], row)} ({place_words(row['by'], row, row['partners'])})"
        cells.setdefault(f"{SOURCES[row['by']]}, {window_words(row['window'])}", {})[
            headings[row["state"], row["partner"]]
        ] = words
    frame = pd.DataFrame.from_dict(cells, orient="index").reindex(columns=headings.values()).fillna("not known")
    return display_table(frame, corner="Source", empty=NONE_FOUND)
