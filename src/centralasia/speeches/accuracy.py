"""How well the dictionary names themes: precision, recall and F1 in sentences that readers have coded."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from centralasia.published import published_rows
from centralasia.speeches.dictionary import theme_dictionary
from centralasia.speeches.texts import SIGNS
from datacontract import contract
from datacontract.errors import DataError

__all__ = ["scores", "theme_accuracy"]

SAMPLES = 2000
SEED = 2017
ALL = "ALL"
_READERS = ("domains_a", "domains_b")


def theme_accuracy(coded: Path) -> pd.DataFrame:
    """Precision, recall and F1 of the dictionary by theme, with 95 % intervals.

    Parameters
    ----------
    coded : path
        A CSV file with the columns ``sentence``, ``domains_a`` and ``domains_b``: the codes that two readers gave,
        separated by blanks. Each reader is taken for the truth in turn, and both counts are added up.

    Returns
    -------
    pandas.DataFrame
        A row for every theme of the dictionary, then ``ALL``: the columns of ``theme_accuracy`` but the source.

    Raises
    ------
    DataError
        A file without these columns, or without a sentence; a code that ``domains.csv`` does not hold.

    Examples
    --------
    >>> import pandas as pd, pathlib, tempfile
    >>> read = pd.DataFrame({"sentence": ["We build a railway."], "domains_a": ["TRN"], "domains_b": [""]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read.to_csv(coded := pathlib.Path(folder, "coded.csv"), index=False)
    ...     speeches.theme_accuracy(coded)[["theme", "coded", "precision", "recall"]].head(1)
      theme  coded  precision  recall
    0   TRN    0.5        0.5     1.0
    """
    rows = [row.cells for row in published_rows(coded, ["sentence", *_READERS])]
    if not rows:
        raise DataError(f"{coded.name}: no sentence; allowed: one or more")
    dictionary, themes = theme_dictionary(), contract.distinct("theme_terms.theme")
    known = set(contract.distinct("domains.domain"))
    for place, row in enumerate(rows, 2):
        if wrong := [code for reader in _READERS for code in row[reader].split() if code not in known]:
            raise DataError(f"{coded.name}: row {place}: no theme {wrong[0]!r} in domains.csv; allowed: its codes")
    found = _matrix((dictionary.labels(row["sentence"].translate(SIGNS)) for row in rows), themes)
    read = np.stack([_matrix((row[reader].split() for row in rows), themes) for reader in _READERS])
    counts = np.stack([(read & found).sum(0), (~read & found).sum(0), (read & ~found).sum(0)])  # by sentence and theme
    counts = np.concatenate([counts, counts.sum(2, keepdims=True)], axis=2)
    draws = np.random.default_rng(SEED).multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=SAMPLES)
    value, sampled = scores(*counts.sum(1)), scores(*(draws @ counts))
    frame = pd.DataFrame({"theme": [*themes, ALL], "coded": (counts[0] + counts[2]).sum(0) / 2, "sentences": len(rows)})
    for name, each, spread in zip(("precision", "recall", "f1"), value, sampled, strict=True):
        with np.errstate(all="ignore"):
            ends = np.where(np.isnan(each), np.nan, _quantiles(spread))
        frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = (np.round(part, 4) for part in (each, *ends))
    return frame


def scores(right: np.ndarray, wrong: np.ndarray, missed: np.ndarray) -> np.ndarray:
    """Precision, recall and F1 from counts; missing where there is nothing to divide by.

    van Rijsbergen (1979), Information Retrieval: right / (right + wrong), right / (right + missed), and their harmonic
    mean, 2 right / (2 right + wrong + missed).

    >>> speeches.scores(8, 2, 4).round(2).tolist()
    [0.8, 0.67, 0.73]
    """
    right, wrong, missed = (np.asarray(counts, dtype=float) for counts in (right, wrong, missed))
    with np.errstate(invalid="ignore"):
        return np.stack([right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)])


def _quantiles(spread: np.ndarray) -> np.ndarray:
    """The 2.5 and 97.5 percentiles over samples, those without a value left out."""
    filled = np.ma.masked_invalid(spread).filled(np.nan)
    empty = np.isnan(filled).all(axis=0)
    filled[:, empty] = 0
    return np.nanquantile(filled, [0.025, 0.975], axis=0)


def _matrix(codes: Iterable[Iterable[str]], themes: Sequence[str]) -> np.ndarray:
    """Which sentence has which theme: shape (sentences, themes)."""
    return np.array([[theme in named for theme in themes] for named in map(set, codes)])
