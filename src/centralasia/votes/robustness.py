"""Whether a region votes more alike than it did, under every defensible way to compute it."""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import states_of
from centralasia.sensitivity import specifications
from centralasia.votes import cohesion, measures, periods
from centralasia.votes.measures import Choice
from centralasia.votes.reliability import krippendorff_alpha

__all__ = ["change_specifications"]

ALPHA = "alpha"
NOBODY, NO_PERIOD = "nobody", "none"


def change_specifications(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """How much more alike a region voted in the last period than in an earlier one, computed in every way.

    Returns the frame of `sensitivity.specifications` with the choices ``measure`` (the three of `scores`, the mean over
    pairs; and ``alpha`` over all members), ``absence``, ``earlier_period`` and ``without`` (a state that is left
    out, or ``nobody``). ``value`` is the last period minus the earlier one. A state that belonged to the region in
    neither period changes nothing when it is left out, and such ways are marked as the same data. Where the years hold
    fewer than two periods, nothing can be concluded, and the one earlier period is ``none``.

    >>> curve = votes.change_specifications("C5", 1995, 2019)
    >>> len(curve), int((curve["value"] > 0).sum())
    (192, 135)
    """
    spans = periods.region_spans(region, Choice("agreement", "left_out", first_year, last_year))
    tables = {span: cohesion.region_tables(region, span.years) for span in spans}

    def level(span: periods.Period, measure: str, absence: str, without: str) -> tuple[float, tuple[str, ...]]:
        pairs, counts = tables[span]
        kept = [without not in states_of(pair) for pair in pairs]
        counts, size = counts[kept], 4 if absence == "counted" else 3
        names = tuple(pair for pair, inside in zip(pairs, kept, strict=True) if inside)
        if measure == ALPHA:
            met = counts[:, :size, :size].sum(0)
            return float(krippendorff_alpha(met + met.T)), names
        each = measures.scores(counts, measure, absence)
        return float("nan") if np.isnan(each).all() else float(np.nanmean(each)), names

    def gain(measure: str, absence: str, earlier_period: periods.Period | None, without: str) -> Any:
        if earlier_period is None:
            return None
        (before, old), (after, new) = (level(span, measure, absence, without) for span in (earlier_period, spans[-1]))
        return after - before, after > before, (measure, absence, earlier_period, old, new)

    states = cohesion.members_in_period(region, first_year, last_year)
    return specifications(
        gain,
        measure=["agreement", ALPHA, "pi", "kappa"],
        absence=measures.ABSENCE,
        earlier_period={str(span): span for span in spans[:-1]} or {NO_PERIOD: None},
        without=[NOBODY, *states],
    )
