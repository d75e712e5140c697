"""Declared and revealed orders as tables for reading: names instead of codes, text instead of numbers."""

import itertools
from collections.abc import Sequence

import pandas as pd

from centralasia.names import document_name, short_names
from centralasia.partners import comparison, measures
from centralasia.partners.series import SERIES
from centralasia.partners.sources import WINDOWS
from centralasia.partners.words import (
    amount_words,
    series_name,
    source_name,
    value_words,
    window_words,
    years_words,
    zero_words,
)
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.language import _, format_number, pgettext
from datacontract.phrases import span

__all__ = ["changes_table", "coverage_table", "likeness_table", "places_table", "series_table"]


def places_table(
    state: str, partners: tuple[str, ...], sources: Sequence[str], window: str, seed: int = 1
) -> UntruncatedFrame:
    """The places and values of partners by source, one row a partner, one column a source.

    >>> partners.places_table("KAZ", ("CA4", "RUS", "CHN"), ["trade", "votes"], "2008-2013")
    Partner                    Trade   Votes at the UN
    Central Asia            3: 3.6 %           1: 0.50
    Russia        1 (1 to 2): 19.9 %  3 (2 to 3): 0.29
    China         2 (1 to 2): 18.8 %  2 (2 to 3): 0.35
    """
    columns = {}
    for source in sources:
        order = measures.revealed(state, partners, source, window, seed)
        if len(order):
            columns[source_name(source)] = [_cell(source, row) for _index, row in order.iterrows()]
    empty = None if columns else _("none found")
    return display_table(columns, index=short_names(partners), corner=_("Partner"), empty=empty)


def _cell(source: str, row: pd.Series) -> str:
    return zero_words(source, row["value"]) or f"{_place(row)}: {amount_words(source, row)}"


def _place(row: pd.Series) -> str:
    """A place with those that are possible besides: ``2 (2 to 3)``."""
    if pd.isna(row["best"]):
        return pgettext("place", "open")
    bounds = span(row["best"], row["worst"], ".0f")
    if pd.isna(row["rank"]):
        return bounds
    return f"{row['rank']:.0f}" if row["best"] == row["worst"] else f"{row['rank']:.0f} ({bounds})"


def coverage_table(state: str, partners: tuple[str, ...], sources: Sequence[str]) -> UntruncatedFrame:
    """How many years each source covers in each window, and on which series trade rests.

    >>> partners.coverage_table("KAZ", ("CA4", "RUS", "CHN"), ["trade", "votes"])[["2008–2013"]]
    Source                            2008–2013
    Trade            6 years, Correlates of War
    Votes at the UN                     6 years
    """
    rows = {}
    for source in sources:
        cells: list[str] = []
        for window in WINDOWS:
            order = measures.revealed(state, partners, source, window)
            if order.empty:
                cells.append(_("none"))
                continue
            years, basis = years_words(order["years"].iloc[0]), order["basis"].iloc[0]
            cells.append(f"{years}, {series_name(basis)}" if basis in SERIES else years)
        rows[source_name(source)] = cells
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return display_table(frame, [window_words(window) for window in WINDOWS], corner=_("Source"))


def series_table(state: str, partners: tuple[str, ...], seed: int = 1) -> UntruncatedFrame:
    """The places of partners by each series of trade and window, beside each other and never joined.

    >>> partners.series_table("KAZ", ("CA4", "RUS", "CHN")).loc["Correlates of War, 2008–2013 (6 years)"]
    Series
    Central Asia             3
    Russia          1 (1 to 2)
    China           2 (1 to 2)
    Name: Correlates of War, 2008–2013 (6 years), dtype: str
    """
    rows = {}
    for name, window in itertools.product(SERIES, WINDOWS):
        order = measures.revealed(state, partners, name, window, seed)
        if len(order):
            heading = f"{series_name(name)}, {window_words(window)} ({years_words(order['years'].iloc[0])})"
            rows[heading] = [_place(row) for _index, row in order.iterrows()]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=short_names(partners))
    return display_table(frame, corner=_("Series"), empty=_("none found"))


def likeness_table(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> UntruncatedFrame:
    """How alike the revealed orders are to that of each document: one row a source and window, a column a document.

    A cell holds tau-b, the average overlap (both over the readings of the text that are as well founded), and how many
    of all orders of the same partners are at least as alike as the likest of them.

    >>> partners.likeness_table("KAZ", ["kaz-2014", "kaz-2020"], ["trade", "votes"], ["2008-2013"])
    Source                                      Kazakhstan 2014–2020  Kazakhstan 2020–2030
    Trade, 2008–2013            −0.4 to 0.0; 0.56 to 0.58; 71 of 120  0.2; 0.58; 49 of 120
    Votes at the UN, 2008–2013   0.2 to 0.6; 0.65 to 0.85; 14 of 120  0.0; 0.58; 71 of 120
    """
    alike = comparison.likeness_to_documents(state, documents, sources, windows, seed)
    cells: dict[str, dict[str, str]] = {}
    for (by, window, document), own in alike.groupby(["by", "window", "document_id"], sort=False):
        tau, overlap = (span(own[c].min(), own[c].max(), form) for c, form in (("tau_b", ".1f"), ("overlap", ".2f")))
        row = cells.setdefault(_heading(by, window), {})
        row[document_name(document)] = _(
            "{tau}; {overlap}; {alike} of {orders}",
            tau=tau, overlap=overlap, alike=own["as_alike"].min(), orders=own["orders"].iloc[0],
        )  # fmt: skip
    frame = pd.DataFrame.from_dict(
        cells, orient="index", columns=list(map(document_name, documents)) if cells else None
    )
    return display_table(frame.fillna(""), corner=_("Source"), empty=_("none found"))


def _heading(source: str, window: str) -> str:
    return f"{source_name(source)}, {window_words(window)}"


def changes_table(
    state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1
) -> UntruncatedFrame:
    """What happened to a partner from window to window: values by one and the same series, and the gain.

    >>> partners.changes_table("KAZ", "CA4", ("CA4", "RUS", "CHN"), ["votes"]).iloc[0]
    Source
    Before                        0.50 (6 years)
    After                         0.64 (6 years)
    Gain (95 % of draws)    +0.13 (0.03 to 0.23)
    Name: Votes at the UN, 2008–2013 to 2014–2019, dtype: str
    """
    rows = {}
    for row in comparison.changes(state, partner, partners, sources, seed).itertuples():
        heading = _(
            "{source}, {before} to {after}",
            source=source_name(row.by), before=window_words(row.before), after=window_words(row.after),
        )  # fmt: skip
        if pd.isna(row.gain):
            rows[heading] = ["", "", _("no value by one series in both")]
            continue
        values = [
            f"{value_words(row.by, value)} ({years_words(years)})"
            for value, years in ((row.value_before, row.years_before), (row.value_after, row.years_after))
        ]
        interval = _("too few years for an interval") if pd.isna(row.low) else span(row.low, row.high, ".2f")
        rows[heading] = [*values, f"{format_number(row.gain, '+.2f')} ({interval})"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=[_("Before"), _("After"), _("Gain (95 % of draws)")])
    return display_table(frame, corner=_("Source"))
