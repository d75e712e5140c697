"""How alike a declared and a revealed order are, and what moved between windows of years."""

import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.partners.measures import (
    FEW_YEARS,
    RANGE,
    WINDOWS,
    declared,
    drawn_places,
    partners_compared,
    reveal,
    revealed,
)  # fmt: skip
from centralasia.partners.series import SERIES

__all__ = ["Likeness", "change", "changes", "declared_differ_by", "likeness", "likeness_to_documents"]

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
    return (other_signs @ signs) / np.sqrt(np.abs(signs).sum() * np.abs(other_signs).sum(-1))


def average_overlap(one: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """The average overlap of one order with many, whose places run along the last axis; ties are met together."""
    depths = np.arange(1, len(one) + 1)
    met, other_met = (np.asarray(places)[..., None, :] <= depths[:, None] for places in (one, others))
    shared = 2 * (met & other_met).sum(-1)
    return (shared / (met.sum(-1) + other_met.sum(-1))).mean(-1)


def likeness_to_documents(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> pd.DataFrame:
    """How alike each revealed order is to the order of each document, by all its readings.

    Returns
    -------
    pandas.DataFrame
        One row a source, window, document and reading: ``by``, ``window``, ``document_id``, ``reading``, the fields of
        `Likeness`, ``low`` and ``high`` (the middle 95 % of tau-b over the draws of the revealed order), ``years`` and
        ``source``. Revealed orders with an unknown place are left out. Readings stand as equals.
    """
    partners, rows = partners_compared(state, documents), []
    readings = [(d, r, declared(d, r).to_dict()) for d in documents for r in hierarchy.readings(d)]
    for by, window in itertools.product(sources, windows):
        order = revealed(state, partners, by, window, seed)
        if order.empty or order["rank"].isna().any():
            continue
        found = reveal(state, partners, by, window, seed)
        drawn, ranks = None if found is None else drawn_places(found), order["rank"].to_dict()
        for document, reading, places in readings:
            alike = likeness(places, ranks, seed)
            low = high = alike.tau_b
            at = [i for i, code in enumerate(partners) if code in places]
            if drawn is not None and alike.orders:
                one = np.array([places[partners[i]] for i in at], dtype="float64")
                low, high = np.nanpercentile(tau_b(one, drawn[:, at]), RANGE)
            rows.append(
                (by, window, document, reading, *alike, low, high, order["years"].iloc[0], order["source"].iloc[0])
            )
    columns = ["by", "window", "document_id", "reading", *Likeness._fields, "low", "high", "years", "source"]
    return pd.DataFrame(rows, columns=columns)


def declared_differ_by(documents: Sequence[str]) -> str | None:
    """The one partner without which all documents have the same order, in their baseline; None where there is none."""
    orders_ = [declared(document) for document in documents]
    common = [code for code in orders_[0].index if all(code in order.index for order in orders_)]
    alike = {tuple(sorted(common, key=order.get)) for order in orders_}
    if len(alike) < 2:
        return None
    for code in common:
        if len({tuple(c for c in order if c != code) for order in alike}) == 1:
            return str(code)
    return None


def change(
    state: str, partner: str, partners: tuple[str, ...], source: str, before: str, after: str, seed: int = 1
) -> pd.Series:
    """What happened to a partner from one window to another by one source.

    Returns a series: ``place_before``, ``place_after``; ``value_before``, ``value_after``; ``gain`` in the value, with
    ``low`` and ``high``, the middle 95 % of the draws (missing where there are none, or a window has fewer than
    `FEW_YEARS` years, `votes` aside, which are drawn by roll call); ``years_before``, ``years_after``; ``basis``;
    ``source``. All is missing where no one series covers both windows: series are never joined.
    """
    found = [reveal(state, partners, source, window, seed) for window in (before, after)]
    if source == "trade" and (None in found or found[0].basis != found[1].basis):  # type: ignore[union-attr]
        for name in SERIES:
            found = [reveal(state, partners, name, window, seed) for window in (before, after)]
            if None not in found:
                source = name
                break
    row: dict[str, Any] = dict.fromkeys(_CHANGE)
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
        row["low"], row["high"] = np.percentile(found[1].draws[:, at] - found[0].draws[:, at], RANGE)
    return pd.Series(row)


_CHANGE = ["place_before", "place_after", "value_before", "value_after", "gain", "low", "high", "years_before",
           "years_after", "basis", "source"]  # fmt: skip


def changes(state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """The `change` of a partner between each two windows that follow one another, by source, one row each."""
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
