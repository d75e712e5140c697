"""How alike a declared and a revealed order are, and what moved between windows of years."""

import functools
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from centralasia.partners.measures import RANGE, declared_orders, partners_compared, revealed
from centralasia.partners.series import SERIES
from centralasia.partners.sources import FEW_YEARS, WINDOWS, reveal

__all__ = [
    "Likeness", "change", "changes", "closest_documents", "declared_differ_by", "likeness", "likeness_to_documents",
]  # fmt: skip

_MOST = 10_000  # orders of the same partners that are gone through one by one; of more, so many are drawn


class Likeness(NamedTuple):
    """How alike two orders of the same partners are.

    ``tau_b`` is Kendall's, −1 to 1; ``overlap`` the average overlap from the top, 0 to 1; ``n`` the partners placed in
    both; ``as_alike`` how many of the ``orders`` that these partners can have are at least as alike by tau-b, and
    ``overlapping`` by overlap, the order itself among them. Missing (and 0 orders) where fewer than two partners are
    placed in both, or one order ties them all.
    """

    tau_b: float
    overlap: float
    n: int
    as_alike: int
    overlapping: int
    orders: int


def likeness(one: Mapping[Any, float], other: Mapping[Any, float], seed: int = 1) -> Likeness:
    """How alike two orders are, and how many orders of the same partners would be as alike.

    Kendall's tau-b (1945, Biometrika 33(3)) counts pairs of partners in the same and in opposite order; the average
    overlap (Fagin, Kumar and Sivakumar 2003, SIAM Journal on Discrete Mathematics 17(1)) is the share of partners that
    both have down to each place, mean over the places, so that the first places weigh most. The reference is a
    permutation test: all orders of `other` where there are at most `_MOST`, else so many drawn with `seed`.

    >>> found = partners.likeness({"CA4": 1, "RUS": 2, "CHN": 3}, {"CA4": 2, "RUS": 1, "CHN": 3})
    >>> round(found.tau_b, 2), found.as_alike, found.orders
    (0.33, 3, 6)
    """
    from scipy.stats import rankdata

    common = [code for code in one if code in other and not np.isnan([one[code], other[code]]).any()]
    first, second = (rankdata([order[code] for code in common], "min") for order in (one, other))
    return _likeness(first, second, seed)


def _likeness(one: np.ndarray, other: np.ndarray, seed: int) -> Likeness:
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return Likeness(np.nan, np.nan, len(one), 0, 0, 0)
    found = []
    for statistic in (tau_b, average_overlap):
        value = float(statistic(one, other))
        null = reference(statistic, tuple(sorted(one)), tuple(sorted(other)), seed)
        found.append((value, int((null >= value - 1e-9).sum())))
    (tau, as_alike), (overlap, overlapping) = found
    return Likeness(tau, overlap, len(one), as_alike, overlapping, len(null))


@functools.lru_cache(128)
def reference(statistic: Any, one: tuple[float, ...], other: tuple[float, ...], seed: int) -> np.ndarray:
    """The values of a statistic for all orders that have the ties of two orders."""
    from scipy.stats import permutation_test

    found = permutation_test(
        (np.array(other),), functools.partial(statistic, np.array(one)), permutation_type="pairings",
        vectorized=True, alternative="greater", n_resamples=_MOST, rng=np.random.default_rng(seed),
    )  # fmt: skip
    return np.asarray(found.null_distribution)


def tau_b(one: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """Kendall's tau-b of one order with many, whose places run along the last axis."""
    left, right = (np.array(pair) for pair in zip(*itertools.combinations(range(len(one)), 2), strict=True))
    signs, other_signs = np.sign(one[left] - one[right]), np.sign(others[..., left] - others[..., right])
    size = np.sqrt(np.abs(signs).sum() * np.abs(other_signs).sum(-1))
    return np.where(size > 0, (other_signs @ signs) / np.where(size > 0, size, 1), np.nan)


def average_overlap(one: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """The average overlap of one order with many, whose places run along the last axis; ties are met together."""
    depths = np.arange(1, len(one) + 1)
    met, other_met = (np.asarray(places)[..., None, :] <= depths[:, None] for places in (one, others))
    shared = 2 * (met & other_met).sum(-1)
    return (shared / (met.sum(-1) + other_met.sum(-1))).mean(-1)


def likeness_to_documents(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> pd.DataFrame:
    """How alike each revealed order is to the order of each document, in each of its `declared_orders`.

    Returns
    -------
    pandas.DataFrame
        One row a source, window, document and order: ``by``, ``window``, ``document_id``, ``order`` (a number), the
        fields of `Likeness`, ``low`` and ``high`` (the middle 95 % of tau-b over the draws of the revealed order),
        ``years`` and ``source``. Left out are revealed orders with an unknown place, and those that cannot be compared.

    Examples
    --------
    >>> alike = partners.likeness_to_documents("KAZ", ["kaz-2014", "kaz-2020"], ["votes"], ["2014-2019"])
    >>> alike[["document_id", "order", "tau_b", "low", "high"]].round(2)
      document_id  order  tau_b   low  high
    0    kaz-2014      1   0.20  0.20  0.20
    1    kaz-2014      2   0.60  0.60  0.60
    2    kaz-2014      3   0.32  0.32  0.32
    3    kaz-2020      1   0.00  0.00  0.00
    """
    partners, rows = partners_compared(state, documents), []
    texts = [(document, n, order) for document in documents for n, order in enumerate(declared_orders(document), 1)]
    for by, window in itertools.product(sources, windows):
        order = revealed(state, partners, by, window, seed)
        found = reveal(state, partners, by, window, seed)
        if found is None or order["rank"].isna().any():
            continue
        drawn, ranks = found.places, order["rank"].to_dict()
        for document, number, places in texts:
            alike = likeness(places, ranks, seed)
            if not alike.orders:
                continue
            low = high = alike.tau_b
            if drawn is not None:
                at = [i for i, code in enumerate(partners) if code in places]
                one = np.array([places[partners[i]] for i in at], dtype="float64")
                low, high = np.nanpercentile(tau_b(one, drawn[:, at]), RANGE)
            rows.append((by, window, document, number, *alike, low, high, found.years, found.source))
    columns = ["by", "window", "document_id", "order", *Likeness._fields, "low", "high", "years", "source"]
    return pd.DataFrame(rows, columns=columns)


def closest_documents(alike: pd.DataFrame) -> pd.DataFrame:
    """How often each document is the closest, over all ways to read the documents, by source and window.

    Takes rows of `likeness_to_documents`. Returns a frame with one row a source and window (``by``, ``window``), and a
    column a document with the number of ways in which its tau-b is the highest; ``no one`` counts the ways in which two
    or more are equally close, ``ways`` all of them.

    >>> texts = ["kaz-2014", "kaz-2020"]
    >>> alike = partners.likeness_to_documents("KAZ", texts, ["trade", "votes"], ["2008-2013"])
    >>> partners.closest_documents(alike)
          by     window  kaz-2014  kaz-2020  ways
    0  trade  2008-2013         0         3     3
    1  votes  2008-2013         3         0     3
    """
    rows = []
    for (by, window), part in alike.groupby(["by", "window"], sort=False):
        choices = {str(d): list(own["tau_b"].round(9)) for d, own in part.groupby("document_id", sort=False)}
        won = Counter[str]()
        for way in itertools.product(*choices.values()):
            best = [document for document, tau in zip(choices, way, strict=True) if tau == max(way)]
            won[best[0] if len(best) == 1 else "no one"] += 1
        rows.append({"by": by, "window": window} | dict.fromkeys(choices, 0) | won | {"ways": won.total()})
    return pd.DataFrame(rows).fillna(0)


def declared_differ_by(documents: Sequence[str]) -> str | None:
    """The one partner without which all documents have the same order, however read; None where there is none.

    >>> partners.declared_differ_by(["kaz-2014", "kaz-2020"])
    'CA4'
    """
    places = [order for document in documents for order in declared_orders(document)]
    common = [code for code in places[0] if all(code in order for order in places)]

    def arranged(left_out: str | None) -> set[tuple[int, ...]]:
        kept = [code for code in common if code != left_out]
        return {tuple(sum(order[c] < order[code] for c in kept) for code in kept) for order in places}

    found = (code for code in common if len(arranged(code)) == 1)
    return next(found, None) if len(arranged(None)) > 1 else None


def change(
    state: str, partner: str, partners: tuple[str, ...], source: str, before: str, after: str, seed: int = 1
) -> pd.Series:
    """What happened to a partner from one window to another by one source.

    Returns a series: ``place_before``, ``place_after``; ``value_before``, ``value_after``; ``gain`` in the value, with
    ``low`` and ``high``, the middle 95 % of the draws (missing where there are none, or a window has fewer than
    `FEW_YEARS` years, `votes` aside, which are drawn by roll call); ``years_before``, ``years_after``; ``basis``;
    ``source``. All is missing where no one series covers both windows: series are never joined.

    >>> found = partners.change("KAZ", "CA4", ("CA4", "RUS", "CHN"), "votes", "2008-2013", "2014-2019")
    >>> found[["value_before", "value_after", "gain", "low", "high"]].astype("float").round(2)
    value_before    0.50
    value_after     0.64
    gain            0.13
    low             0.03
    high            0.23
    dtype: float64
    """
    found = [reveal(state, partners, source, window, seed) for window in (before, after)]
    if source == "trade" and (None in found or found[0].basis != found[1].basis):  # type: ignore[union-attr]
        for name in SERIES:
            found = [reveal(state, partners, name, window, seed) for window in (before, after)]
            if None not in found:
                source = name
                break
    row: dict[str, Any] = dict.fromkeys(_CHANGE, np.nan)
    if found[0] is None or found[1] is None or found[0].basis != found[1].basis:
        return pd.Series(row)
    frames = [revealed(state, partners, source, window, seed) for window in (before, after)]
    for when, frame in zip(("before", "after"), frames, strict=True):
        own = frame.loc[partner]
        row |= {f"place_{when}": own["rank"], f"value_{when}": own["value"], f"years_{when}": own["years"]}
    row |= {"gain": row["value_after"] - row["value_before"], "basis": found[0].basis}
    row["source"] = frames[1]["source"].iloc[0]
    few = source != "votes" and min(row["years_before"], row["years_after"]) < FEW_YEARS
    if found[0].draws is not None and found[1].draws is not None and not few:
        at = partners.index(partner)
        row["low"], row["high"] = np.nanpercentile(found[1].draws[:, at] - found[0].draws[:, at], RANGE)
    return pd.Series(row)


_CHANGE = ["place_before", "place_after", "value_before", "value_after", "gain", "low", "high", "years_before",
           "years_after", "basis", "source"]  # fmt: skip


def changes(state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """The `change` of a partner between each two windows that follow one another, by source, one row each.

    >>> found = partners.changes("KAZ", "CA4", ("CA4", "RUS", "CHN"), ["votes", "speeches"])
    >>> found[["by", "before", "after", "gain", "low", "high"]].astype({"gain": float}).round(2).head(1)
          by     before      after  gain   low  high
    0  votes  2008-2013  2014-2019  0.13  0.03  0.23
    """
    rows = [
        {
            "by": source,
            "before": before,
            "after": after,
            **change(state, partner, partners, source, before, after, seed),
        }
        for source in sources
        for before, after in itertools.pairwise(WINDOWS)
    ]
    return pd.DataFrame(rows)
