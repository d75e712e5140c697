"""What two states say that they share: themes both name at the meetings, and themes of their own events."""

import pandas as pd

from centralasia import commitments
from centralasia.regions import check_pair
from centralasia.tables import cached_frame, load

__all__ = ["common_denominator", "named_themes"]


@cached_frame("agenda", "meetings", "domains", "actors")
def named_themes(pair: str) -> pd.DataFrame:
    """Which themes the two states of a pair named at the consultative meetings.

    Returns a frame indexed by ``meeting_id`` and ``domain``, in the order of the meetings and of the coding frame,
    with a column for each state (``Int64``: 1 named, −1 named to refuse it, missing unknown) and ``both``
    (``boolean``: true where both name it, false where one refuses it, else missing). The frame is empty where one of
    the two has no voice at any meeting.

    Raises `DataError` where `pair` is not one. To name a theme is not to agree on it, and since only openings were
    read, a count is a lower bound.

    >>> pairs.named_themes("KAZ-TKM").query("both").head(2)
                       KAZ  TKM  both
    meeting_id domain
    cm-2019    REG       1    1  True
    cm-2022    SEC       1    1  True
    """
    states = list(check_pair(pair))
    rows = load("agenda")
    rows = rows[rows["voice"].isin(states)]
    if rows["voice"].nunique() < len(states):
        rows = rows[:0]
    rows["value"] = rows["value"].mask(rows["value"] == 0)
    table = rows.pivot(index=["meeting_id", "domain"], columns="voice", values="value").reindex(columns=states)
    dates = load("meetings").set_index("meeting_id")["date"]
    ranks = pd.Series({domain: rank for rank, domain in enumerate(load("domains")["domain"])})
    table = table.sort_index(key=lambda level: level.map(dates if level.name == "meeting_id" else ranks))
    table = table.astype("Int64").rename_axis(columns=None)
    named = table.eq(1).mask(table.isna())
    return table.assign(both=named[states[0]].astype("boolean") & named[states[1]].astype("boolean"))


@cached_frame("pair_agenda", "domains", "actors")
def common_denominator(pair: str) -> pd.DataFrame:
    """The themes that the article calls the common denominator, year by year, at the events of a pair.

    Returns a frame with one row a theme for which ``domains.common_denominator`` is true, one column a year with an
    event: 1 where it was named at least once, missing where no event read names it (0 only where it is known of every
    event of the year that it was not named, or refused). It has no rows where ``pair_agenda.csv`` holds none for the
    pair.

    >>> pairs.common_denominator("KAZ-TKM").iloc[:, :3]
    Year  2014  2017  2018
    TRN      1     1     1
    DIG   <NA>  <NA>  <NA>
    WAT   <NA>  <NA>  <NA>
    ENV   <NA>     1     1
    INN   <NA>  <NA>     1
    """
    check_pair(pair)
    rows = commitments.pair_themes(pair)
    rows = rows[rows["common"]]
    named = (rows["named"] > 0).astype("Int64").where((rows["named"] > 0) | (rows["known"] == rows["events"]))
    table = rows.assign(named=named).pivot(index="domain", columns="year", values="named")
    order = [domain for domain in load("domains")["domain"] if domain in table.index]
    return table.reindex(order).rename_axis(index=None, columns="Year")
