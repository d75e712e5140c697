"""The declared and the revealed order of partners: places, with the doubt about them, by source and window of years."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.partners.sources import SOURCES, WINDOWS, reveal, single_partners
from datacontract.contract import cached_by_tables

__all__ = [
    "CORE", "coverage", "declared", "declared_orders", "declared_places", "document_ids", "orders", "partners_compared",
    "revealed",
]  # fmt: skip

CORE = ("RUS", "CHN", "CA4", "USA", "EU")  # compared for every state
RANGE = (2.5, 97.5)  # of the draws, in per cent
_COLUMNS = ["value", "lower", "upper", "rank", "best", "worst", "years", "basis", "source"]


@cached_by_tables("priorities", maxsize=256)
def declared(document: str, reading: str = hierarchy.BASELINE) -> Mapping[str, int]:
    """The places of the partners in a document, by partner, 1 for the first; those without a place are left out.

    >>> partners.declared("kaz-2020")
    {'RUS': 1, 'CHN': 2, 'USA': 3, 'CA4': 4, 'EU': 5}
    """
    return {str(code): int(rank) for code, rank in hierarchy.ranking(document, reading)["rank"].dropna().items()}


def declared_orders(document: str) -> list[Mapping[str, int]]:
    """The orders of a document in the readings that are as well founded as each other, each distinct one once.

    >>> partners.declared_orders("kaz-2014")
    [{'RUS': 1, 'CHN': 2, 'CA4': 3, 'USA': 4, 'EU': 5}, {'CA4': 1, 'RUS': 2, 'CHN': 3, 'USA': 4, 'EU': 5}, {'RUS':
    1, 'CHN': 2, 'CA4': 2, 'USA': 4, 'EU': 5}]
    """
    readings = sorted(hierarchy.admitted(document), key=lambda reading: reading != hierarchy.BASELINE)
    every = (declared(document, reading) for reading in readings)
    return list({tuple(order.items()): order for order in every}.values())


def declared_places(document: str, partners: Sequence[str]) -> pd.DataFrame:
    """The places of partners among themselves, one row a partner, one column each of the `declared_orders`.

    >>> partners.declared_places("kaz-2014", ("CA4", "RUS", "CHN"))
           0    1    2
    CA4  3.0  1.0  2.0
    RUS  1.0  2.0  1.0
    CHN  2.0  3.0  2.0
    """
    found = [pd.Series(order, dtype="float64").reindex(list(partners)) for order in declared_orders(document)]
    return pd.concat([order.rank(method="min") for order in found], axis=1, keys=range(len(found)))


def document_ids(documents: str) -> list[str]:
    """The ``document_id`` that a parameter names, as `hierarchy.editions` reads it; none for ``none``.

    >>> partners.document_ids("kaz-2014 kaz-2020"), partners.document_ids("none")
    (['kaz-2014', 'kaz-2020'], [])
    """
    return hierarchy.editions(documents.replace("none", ""))


def partners_compared(state: str, documents: Sequence[str], focus: str = "CA4") -> tuple[str, ...]:
    """The partners that any of the documents places and the sources can measure, then those of `CORE`, and the focus.

    Parts of the world, as Latin America, organisations other than the European Union, and states without data in every
    source cannot be measured.

    >>> partners.partners_compared("KAZ", ["kaz-2014", "kaz-2020"])
    ('RUS', 'CHN', 'CA4', 'USA', 'EU')
    """
    placed = dict.fromkeys(code for document in documents for order in declared_orders(document) for code in order)
    known = {*single_partners(state), "CA4", "EU"}
    found = dict.fromkeys([*(code for code in placed if code in known), *CORE, focus])
    return tuple(code for code in found if code != state)


def revealed(state: str, partners: tuple[str, ...], source: str, window: str, seed: int = 1) -> pd.DataFrame:
    """The order of partners that one source reveals in a window of years.

    Parameters
    ----------
    state : str
        Whose partners they are.
    partners : tuple of str
        States; or regions: the sum of their members in trade and visits, the mean over those known in votes and
        memberships, any of them in speeches.
    source : str
        ``trade``: the mean share of a partner in exports and in imports, mean over the years, in per cent, from the
        series that knows most partners, then most years; or one of `SERIES`. ``intensity``: trade over
        the partner's share in the economy of the rest of the world (at purchasing power). ``votes``: agreement in the
        General Assembly beyond chance (Scott's pi, absence left out), over all roll calls of the comparable years.
        ``speeches``: the share of the sentences of the state's speeches in the General Debate that name the partner, in
        per cent.
        ``memberships``: organisations of which both are members, mean over the years. ``visits``: held visits of the
        state's president that were found, between the five alone.
    window : str
        A key of `WINDOWS`.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        Indexed by partner: ``value``; ``lower`` and ``upper``, its bounds where the source leaves it open; ``rank``
        (1 for the largest, equal values share a place, missing where not known); ``best`` and ``worst``, the places
        that the bounds allow or that the middle 95 % of a bootstrap gives (over years; for votes over roll calls);
        ``years`` with data; ``basis``; ``source``. It has no rows where the source has nothing for these years.

    Raises
    ------
    ChoiceError
        Another source or window, or a state that has no such data at all.

    Notes
    -----
    Roll calls are drawn for each pair on its own, since only the counts of pairs are known: differences between pairs
    are surer than these intervals say. With few years a bootstrap over years says too little of its own doubt.

    Examples
    --------
    >>> order = partners.revealed("KAZ", ("CA4", "RUS", "CHN", "USA"), "votes", "2014-2019")
    >>> order[["value", "rank", "best", "worst", "years"]].round(2)
             value  rank  best  worst  years
    partner
    CA4       0.64   1.0   1.0    1.0      6
    RUS       0.11   3.0   3.0    3.0      6
    CHN       0.31   2.0   2.0    2.0      6
    USA      -0.52   4.0   4.0    4.0      6
    """
    found = reveal(state, partners, source, window, seed)
    if found is None:
        return pd.DataFrame(columns=_COLUMNS).rename_axis("partner")
    frame, places = found.values.reindex(partners), found.places
    rank = frame["value"].rank(ascending=False, method="min")
    if frame["value"].isna().any():  # then only bounds say what places there can be
        best, worst = _places_by_bounds(frame)
        rank = best.where(best == worst)
    elif places is None:
        best = worst = rank
    else:
        low, high = np.percentile(places, RANGE, axis=0)
        best, worst = pd.Series(np.floor(low), frame.index), pd.Series(np.ceil(high), frame.index)
    frame = frame.assign(rank=rank, best=best, worst=worst, years=found.years, basis=found.basis, source=found.source)
    return frame[_COLUMNS].rename_axis("partner")


def _places_by_bounds(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The best and the worst place of each partner that bounds of the values allow."""
    lower = frame["lower"].fillna(-np.inf).to_numpy()
    upper = frame["upper"].fillna(np.inf).to_numpy()
    best = 1 + (lower[None, :] > upper[:, None]).sum(1)
    worst = len(frame) - (upper[None, :] < lower[:, None]).sum(1)
    return pd.Series(best, frame.index, dtype="float64"), pd.Series(worst, frame.index, dtype="float64")


def orders(
    state: str, partners: tuple[str, ...], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> pd.DataFrame:
    """The frames of `revealed` of several sources and windows, one below the other, ``by`` and ``window`` before them.

    ``by`` is the source (``source`` holds the keys of ``sources.csv``).

    >>> found = partners.orders("KAZ", ("CA4", "RUS", "CHN"), ["trade", "votes"], ["2008-2013"])
    >>> found[["by", "partner", "value", "rank", "best", "worst"]].round(2)
          by partner  value  rank  best  worst
    0  trade     CA4   3.60   3.0   3.0    3.0
    1  trade     RUS  19.92   1.0   1.0    2.0
    2  trade     CHN  18.77   2.0   1.0    2.0
    3  votes     CA4   0.50   1.0   1.0    1.0
    4  votes     RUS   0.29   3.0   2.0    3.0
    5  votes     CHN   0.35   2.0   2.0    3.0
    """
    found = [
        revealed(state, partners, source, window, seed).reset_index().assign(by=source, window=window)
        for source in sources
        for window in windows
    ]
    rows = pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)
    return rows[["by", "window", "partner", *_COLUMNS]]


def coverage(state: str, partners: tuple[str, ...], sources: Sequence[str] = SOURCES) -> pd.DataFrame:
    """On how many years each source rests in each window, as ``Int64``; missing where it has nothing.

    Returns a frame with one row a source, one column a window.

    >>> partners.coverage("KAZ", ("CA4", "RUS", "CHN"), ["trade", "votes"])[["2008-2013", "2014-2019"]]
           2008-2013  2014-2019
    trade          6          2
    votes          6          6
    """
    found = {source: [reveal(state, partners, source, window, 1) for window in WINDOWS] for source in sources}
    years = {source: [one.years if one else None for one in row] for source, row in found.items()}
    return pd.DataFrame.from_dict(years, orient="index", columns=list(WINDOWS)).astype("Int64")
