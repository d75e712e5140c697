"""Which themes the events of two states named."""

import pandas as pd

from centralasia.commitments.measures import coded_values, domain_codes
from centralasia.tables import cached_frame, load
from datacontract.sources import joined_keys

__all__ = ["pair_themes", "theme_counts"]


@cached_frame("pair_agenda", "domains")
def pair_themes(pair: str, explicitness: str = "any") -> pd.DataFrame:
    """How often each theme was named at the coded events between two states, year by year.

    Parameters
    ----------
    pair : str
        Two codes in alphabetical order, as ``KAZ-TKM``.
    explicitness : str
        ``any``, or ``direct``, as in `coded_values`.

    Returns
    -------
    pandas.DataFrame
        One row a theme of ``pair_agenda.csv`` and year: ``domain``, ``year``, ``events`` (coded), ``known`` (of these,
        with a known value), ``named`` (of these, where it was named and not refused), ``source`` and ``common`` (one
        of the article's common denominators). Empty where no event of the pair is coded. The list of events is
        partial, and innovation (INN) stands apart from digital matters (DIG) here alone.

    Examples
    --------
    >>> commitments.pair_themes("KAZ-TKM").query("year == 2018")[["domain", "year", "events", "named", "common"]]
       domain  year  events  named  common
    12    TRN  2018       1      1    True
    13    INN  2018       1      1    True
    14    DIG  2018       1      0    True
    15    ENV  2018       1      1    True
    16    WAT  2018       1      0    True
    17    ENE  2018       1      1   False
    """
    rows = load("pair_agenda")
    rows = rows.assign(value=coded_values(rows, explicitness).replace(-1, 0), year=rows["date"].str[:4].astype(int))
    events = rows[rows["pair"] == pair].groupby(["domain", "year"], sort=False, as_index=False)
    counts = {name: ("value", count) for name, count in (("events", "size"), ("known", "count"), ("named", "sum"))}
    found = events.agg(**counts, source=("source", joined_keys))
    return found.assign(common=found["domain"].isin(domain_codes("common", "pair_agenda")))


def theme_counts(pair: str, explicitness: str = "any") -> pd.DataFrame:
    """The `pair_themes` over all years: ``domain``, ``common``, ``events``, ``known``, ``named`` (at least).

    The theme named most often comes first.

    >>> commitments.theme_counts("KAZ-TKM")["domain"].head(2).to_list()
    ['TRN', 'ENE']
    """
    found = pair_themes(pair, explicitness).groupby(["domain", "common"], sort=False, as_index=False)
    counts = found[["events", "known", "named"]].sum()
    return counts.sort_values("named", ascending=False, kind="stable")
