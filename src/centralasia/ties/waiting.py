"""How long the pairs took to sign each level: bounds, since acts may have been missed."""

import pandas as pd

from centralasia.dates import first_moment, iso_date, last_moment
from centralasia.ties.measures import Date, upgrades
from centralasia.ties.register import levels
from datacontract.errors import ChoiceError

__all__ = ["median_survival", "times_to_level"]


def times_to_level(pairs: list[str], since: Date, until: Date) -> pd.DataFrame:
    """How long it took each pair to sign each level or a higher one.

    The clock runs from the first day of `since` to the last day of `until` (ISO 8601). Returns one row a level and
    pair: ``level``, ``pair``, ``date`` and ``label`` (of the first such act; the label may be a higher one),
    ``at_least`` and ``at_most``, in years of 365.25 days: the two differ where the date is known to the month or year
    only. Where no such act was found by `until`, the time is right-censored: ``at_least`` is the whole span,
    ``at_most`` missing. What was signed before `since` took 0 years. An earlier act may have been missed, so that all
    times are at most.

    >>> times = ties.times_to_level(["KAZ-KGZ", "KAZ-TJK"], 1992, 2009)
    >>> times[times["level"] == "alliance"].round(1)
          level     pair        date     label  at_least  at_most
    6  alliance  KAZ-KGZ  2003-12-25  alliance      12.0     12.0
    7  alliance  KAZ-TJK         NaN       NaN      18.0      NaN
    """
    start, end = first_moment(iso_date(since, "since")), last_moment(iso_date(until, "until")).normalize()
    if start > end:
        raise ChoiceError(f"since is {since!r}; allowed: not after until, which is {until!r}")
    steps = upgrades(pairs, until)
    reached = {
        level: steps[steps["level"] >= level].drop_duplicates("pair").set_index("pair").reindex(pairs)
        for level in levels()
    }
    acts = {level: rows.rename(columns={"level": "label"}) for level, rows in reached.items()}
    found = pd.concat(acts, names=["level", "pair"])[["date", "label", "first", "last"]].reset_index()
    found["at_least"] = ((found.pop("first").fillna(end) - start).dt.days / 365.25).clip(lower=0)
    found["at_most"] = ((found.pop("last") - start).dt.days / 365.25).clip(lower=0)
    return found


def median_survival(times: pd.DataFrame) -> pd.DataFrame:
    """The time by which half of the pairs had signed each level or a higher one.

    `times` is the frame of `times_to_level`. Returns a frame indexed by level: ``reached``, ``pairs`` and ``years``,
    the smallest time by which at least half had signed, missing where fewer did. All pairs are
    censored on the same day, so this is the median of Kaplan and Meier (1958, JASA 53(282)). It describes
    the pairs at hand; they share states, so they are no independent sample.

    >>> times = ties.times_to_level(regions.pairs_at_end("C5", 2019), 1992, 2019)
    >>> ties.median_survival(times).round(1)
                        reached  pairs  years
    level
    friendship                9     10    8.5
    strategic                 9     10   25.3
    deepened_strategic        1     10    NaN
    alliance                  1     10    NaN
    """
    by_level = times.groupby("level", sort=False)["at_most"]
    half = by_level.apply(lambda years: years.sort_values(na_position="last").iloc[(len(years) - 1) // 2])
    return pd.DataFrame({"reached": by_level.count(), "pairs": by_level.size(), "years": half})
