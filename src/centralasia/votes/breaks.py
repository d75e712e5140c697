"""When a region moved to another level: the best single break of its yearly agreement."""

from typing import NamedTuple

import numpy as np

from centralasia.votes import cohesion, measures
from centralasia.votes.measures import Choice, comparable
from centralasia.votes.periods import INTERVAL, PERIOD, Period, samples

__all__ = ["Break", "break_year"]

TRIM = 0.15  # the least share of the years on each side of a break


class Break(NamedTuple):
    """When a series moved from one level to another."""

    year: int  # the first of the new level
    low: float  # 95 % of the bootstrap samples lie between these years; missing where there are none
    high: float
    before: float  # the mean of the years before
    after: float  # and from then on
    with_doubtful: int  # the year that is found where years with few votes or missing pairs are taken in


def break_year(region: str, choice: Choice, seed: int = 1) -> Break | None:
    """The year in which the mean of a region moved to another level: the best single break by least squares.

    At least 15 % of the years lie on either side (Bai & Perron 1998, Econometrica 66(1)). The interval comes from
    samples of the roll calls of each year. None with fewer than ten comparable years. A best break exists in every
    series: it dates a change and does not show that there was one.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> found = votes.break_year("C5", choice)
    >>> found.year, found.low, found.high
    (2005, 2003, 2006)
    """
    frame = cohesion.region_mean(region, choice)
    firm, known = comparable(frame), frame[frame["status"].isin([measures.OK, measures.FEW_VOTES, cohesion.INCOMPLETE])]
    if len(firm) < 2 * PERIOD:
        return None
    years, values = firm["year"].to_numpy(), firm["value"].to_numpy()
    drawn = np.stack([samples(region, Period(y, y), choice.absence, seed)[0] for y in years], axis=1)
    ends = (float("nan"), float("nan"))
    if choice.measure == "agreement" and not np.isnan(drawn).any():
        ends = tuple(np.quantile(years[break_place(drawn)], INTERVAL, method="inverted_cdf").tolist())
    at, doubtful = int(break_place(values)), known["year"].iloc[int(break_place(known["value"].to_numpy()))]
    return Break(int(years[at]), *ends, float(values[:at].mean()), float(values[at:].mean()), int(doubtful))


def break_place(values: np.ndarray) -> np.ndarray:
    """The place in each series (last axis) from which a second mean leaves the least squared deviation."""
    size = values.shape[-1]
    left = np.arange(1, size)
    before = values.cumsum(-1)[..., :-1]
    after = values.sum(-1, keepdims=True) - before
    gain = before**2 / left + after**2 / (size - left)
    edge = max(int(np.ceil(TRIM * size)), 1)
    return np.argmax(gain[..., edge - 1 : size - edge], -1) + edge
