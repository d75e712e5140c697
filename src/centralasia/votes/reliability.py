"""Krippendorff's alpha: agreement of any number of states at once, corrected for chance, from counts of votes.

The tables of this room hold how often states split in a way, not the single votes. From such counts follow the
coincidences that alpha is made of, so that a thousand samples cost as much as one.
"""

from typing import Any

import numpy as np

from centralasia.votes.measures import DISTANCES
from datacontract.errors import check_choice

__all__ = ["LEVELS", "coincidences", "krippendorff_alpha"]

LEVELS = ("half_way", "nominal", "ordinal")


def coincidences(splits: Any, weighted: bool = True) -> np.ndarray:
    """How often two votes met in one roll call, value by value.

    Parameters
    ----------
    splits : array of shape (..., values)
        How many states cast each vote in a roll call.
    weighted : bool
        Divide by the number of votes less one, as alpha does, so that each vote counts once. Otherwise each ordered
        pair of states counts once.

    Returns
    -------
    array of shape (..., values, values)
        Symmetric, and zero where fewer than two states voted. Sums over roll calls are coincidences of them all.

    Examples
    --------
    >>> votes.coincidences([4, 1, 0])
    array([[3., 1., 0.],
           [1., 0., 0.],
           [0., 0., 0.]])
    """
    splits = np.asarray(splits, dtype=float)
    met = splits[..., :, None] * splits[..., None, :] - splits[..., None] * np.eye(splits.shape[-1])
    others = np.maximum(splits.sum(-1), 2) - 1
    return met / others[..., None, None] if weighted else met


def krippendorff_alpha(met: Any, level: str = "half_way") -> np.ndarray:
    """Krippendorff's alpha from coincidences of yes, abstain and no (and of absent, where that counts).

    alpha = 1 - Do / De: the observed disagreement by that expected if the votes were dealt to the states at random
    (Krippendorff 2019, Content Analysis, 4th ed., ch. 12; Hayes & Krippendorff 2007, Communication Methods and Measures
    1(1)). Absent states are missing, not a value.

    Parameters
    ----------
    met : array of shape (..., values, values)
        As from `coincidences`, summed over roll calls.
    level : {"half_way", "nominal", "ordinal"}
        How far two votes are apart. ``half_way``: abstain half way from yes to no, the distances of agreement, so that
        alpha is agreement corrected for chance; ``nominal``: all that differ equally far; ``ordinal``: by the votes in
        between.

    Returns
    -------
    array of shape (...)
        At most 1; 0 as by chance; missing where chance leaves no room to disagree, or nothing met.

    Examples
    --------
    >>> met = votes.coincidences([[5, 0, 0], [4, 1, 0], [0, 5, 0]]).sum(0)
    >>> float(votes.krippendorff_alpha(met).round(2))
    0.74
    """
    check_choice("level", level, LEVELS)
    met = np.asarray(met, dtype=float)
    values, each = met.shape[-1], met.sum(-1)
    total = each.sum(-1)
    expected = each[..., :, None] * each[..., None, :] - each[..., None] * np.eye(values)
    expected = expected / np.maximum(total - 1, 1)[..., None, None]
    distances = DISTANCES[:values, :values]
    if level == "nominal":
        distances = 1 - np.eye(values)
    elif level == "ordinal":
        middle = np.cumsum(each, -1) - each / 2
        distances = (middle[..., :, None] - middle[..., None, :]) ** 2
    observed, by_chance = ((part * distances).sum((-2, -1)) for part in (met, expected))
    return np.where(by_chance > 1e-12, 1 - observed / np.where(by_chance > 1e-12, by_chance, 1), np.nan)
