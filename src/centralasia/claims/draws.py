"""How often each verdict comes out when readings and codings are uncertain."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from centralasia import hierarchy
from centralasia.claims.check import Check
from centralasia.claims.judgements import verdict
from centralasia.claims.words import VERDICTS

__all__ = ["draw_verdicts"]


def draw_verdicts(found: pd.DataFrame, draws: int = 1000, seed: int = 1) -> pd.DataFrame:
    """How often each verdict comes out when readings and codings are uncertain.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `verdicts`.
    draws : int
        How many draws.
    seed : int
        Of the random numbers: the same seed gives the same draws.

    Returns
    -------
    pandas.DataFrame
        One row a claim (``claim_id``), one column a verdict, the share of the draws (0 to 1).

    Notes
    -----
    In every draw one reading is taken for each test that has several, each as likely as the others. Cells are wrong as
    often as facts of their confidence were found wrong when they were looked up again
    (`centralasia.hierarchy.error_rates`), and an answer turns around where enough of its cells are; a place errs as
    `centralasia.hierarchy.draw_places` says. What is unknown stays unknown.

    Examples
    --------
    >>> drawn = claims.draw_verdicts(claims.verdicts("adopted"), draws=200)
    >>> drawn.loc["c06"].loc[lambda share: share > 0.1].round(1)
    supported       0.5
    contradicted    0.5
    Name: c06, dtype: float64
    """
    rows = [_draw(own, draws, seed) for own in found["checks"]]
    return pd.DataFrame(rows, index=found["claim_id"].array, columns=list(VERDICTS)).rename_axis("claim_id")


def _draw(found: Sequence[Check], draws: int, seed: int) -> dict[str, float]:
    """The share of draws in which each verdict comes out of the checks of one claim."""
    from scipy.stats import binom

    rates, generator = error_rates(), np.random.default_rng(seed)
    ways = {
        m: list(dict.fromkeys(c.way for c in found if c.measure == m and c.way)) for m in {c.measure for c in found}
    }
    taken = {measure: generator.integers(max(1, len(own)), size=draws) for measure, own in sorted(ways.items())}
    answers, modelled = [], set()
    for check in found:
        if check.measure in modelled:
            continue
        if check.drawn:
            modelled.add(check.measure)
            answers.append((np.ones(draws, bool), check.drawn(draws, seed)))
            continue
        counts = taken[check.measure] == ways[check.measure].index(check.way) if check.way else np.ones(draws, bool)
        rate = binom.sf(check.slack, check.cells, rates.get(check.confidence or "", 0.0))
        wrong = generator.random(draws) < rate
        answers.append(
            (counts, np.full(draws, np.nan) if check.holds is None else np.where(wrong, not check.holds, check.holds))
        )
    drawn = [[counts & (answer == value) for counts, answer in answers] for value in (1, 0)]
    yes, no = (np.any(own, axis=0) if own else np.zeros(draws, bool) for own in drawn)
    unknown = np.any([counts & np.isnan(answer) for counts, answer in answers], axis=0) if answers else ~yes
    shares = dict.fromkeys(VERDICTS, 0.0)
    for pattern, n in Counter(zip(yes.tolist(), no.tolist(), unknown.tolist(), strict=True)).items():
        shares[verdict([answer for answer, said in zip((True, False, None), pattern, strict=True) if said])] += (
            n / draws
        )
    return shares


def error_rates() -> Mapping[str, float]:
    """The share of facts found wrong when they were looked up again, by the confidence they had."""
    return dict(hierarchy.error_rates()["rate"])
