"""What the ties say of each pair, on what they rest, and the labels of the same states with outside partners.

Labels with outsiders are the control group: where they rise as well, a higher label is no drawing together.
"""

from collections.abc import Iterable

import pandas as pd

from centralasia.regions import members_at_end, pair_code, pairs_at_end
from centralasia.tables import load
from centralasia.ties import contacts, measures, register
from datacontract.sources import SEPARATOR, source_keys

__all__ = ["OUTSIDE", "outside_labels", "source_years", "values_by_pair"]

OUTSIDE = ("RUS", "CHN", "TUR", "AZE", "EU", "USA")
RECENT = 2017  # the year from which on most pages were read
_DRAFT = "concept_draft"


def values_by_pair(region: str, year: int) -> pd.DataFrame:
    """What the ties say of each pair of a region, for comparing pairs: one row a pair.

    Returns
    -------
    pandas.DataFrame
        Indexed by pair: ``firm`` and ``found``, the highest level by the end of the year by firm evidence and by all
        acts (ordered categories, missing where none was found or nobody searched); ``visits`` of heads of state that
        were held and found, and ``state_visits``, state and official ones among them (``Int64``, missing where nobody
        searched). Visits are lower bounds.

    Examples
    --------
    >>> ties.values_by_pair("C5", 2019).head(3)
                  firm      found  visits  state_visits
    pair
    KAZ-KGZ   alliance   alliance       7             3
    KAZ-TJK  strategic  strategic       3             1
    KAZ-TKM  strategic  strategic       6             1
    """
    pairs = pairs_at_end(region, year)
    table = pd.DataFrame(index=pd.Index(pairs, name="pair"))
    for name, confidence in (("firm", register.FIRM), ("found", "low")):
        table[name] = measures.levels_on(pairs, year, confidence).set_index("pair")["level"]
    held = contacts.visits(pairs).query("leader and year <= @year")
    proper = held[held["type"].isin(["state", "official"])]
    looked_for = table.index.isin(register.searched("visits"))
    for name, own in (("visits", held), ("state_visits", proper)):
        counts = own.groupby("pair").size().reindex(pairs, fill_value=0)
        table[name] = counts.astype("Int64").where(looked_for)
    return table


def source_years(acts: pd.DataFrame) -> pd.Series:
    """The year of each page that acts rest on, by its key; missing where it has no date.

    >>> early = ties.events(["KAZ-KGZ"]).query("date < '2004'")
    >>> int(ties.source_years(early).min())
    1997
    """
    dates = load("sources").set_index("source_key")["date"]
    return pd.to_numeric(dates.reindex(source_keys(acts["source"])).str[:4]).astype("Int64")


def outside_labels(region: str, partners: Iterable[str], year: int) -> pd.DataFrame:
    """The highest label that is known between each member of a region and each outside partner, by the end of a year.

    Returns
    -------
    pandas.DataFrame
        One row a ``state`` and ``partner``: ``signed`` and ``signed_date``, the highest label of a signed act;
        ``said`` and ``said_date``, that of a document or statement of the state (drafts and low confidence left
        out), with the first date on which it is known; ``searched``, whether signed acts were looked for; ``source``.
        Labels are missing where nothing is known, which is not that there is none.

    Examples
    --------
    >>> labels = ties.outside_labels("C5", ["RUS"], 2020)
    >>> labels[["state", "signed", "said", "said_date", "searched"]]
      state signed       said   said_date  searched
    0   KAZ    NaN   alliance  2008-11-19     False
    1   KGZ    NaN  strategic  2007-01-10     False
    2   TJK    NaN        NaN         NaN     False
    3   TKM    NaN  strategic  2017-02-18     False
    4   UZB    NaN   alliance  2016-09-08     False
    """
    states = members_at_end(region, year)
    scale = load("ties")["level"].dtype
    signed, said = _signed(year), _said(year)
    table = pd.DataFrame([(s, p) for s in states for p in partners if p not in states], columns=["state", "partner"])
    for name, found in (("signed", signed), ("said", said)):
        best = found.sort_values(["rank", "date"], ascending=[False, True]).drop_duplicates(["state", "partner"])
        best = best.rename(columns={"level": name, "date": f"{name}_date", "source": f"{name}_source"})
        table = table.merge(best.drop(columns="rank"), how="left", on=["state", "partner"])
        table[name] = table[name].astype(scale)
    cells = table[["signed_source", "said_source"]].fillna("")
    table["source"] = (cells["signed_source"] + SEPARATOR + cells["said_source"]).str.strip(SEPARATOR)
    codes = [pair_code(*side) for side in zip(table["state"], table["partner"], strict=True)]
    return table.drop(columns=["signed_source", "said_source"]).assign(
        searched=[code in register.searched() for code in codes]
    )


def _signed(year: int) -> pd.DataFrame:
    """Labels of signed acts, once for each side of a pair."""
    acts = register.signatures(sorted(set(load("ties")["pair"]))).query("last.dt.year <= @year")
    return _both_sides(acts)


def _said(year: int) -> pd.DataFrame:
    """Labels of documents (``priorities.csv``) and of statements (``ties.csv``), as far as they are on the scale."""
    places, documents = load("priorities"), load("documents").set_index("document_id")
    places = places.assign(state=places["document_id"].map(documents["state"]), partner=places["actor"])
    places["date"] = places["document_id"].map(documents["date"])
    draft = places["document_id"].map(documents["kind"]).eq(_DRAFT)
    firm = places["confidence"].ne("low") & ~draft & places["level"].isin(register.levels())
    words = places[firm & _known_by(places["date"], year)]
    acts = load("ties")
    other = acts[acts["level"].notna() & acts["event"].eq("reaffirmation") & acts["confidence"].ne("low")]
    other = other[_known_by(other["date"], year)]
    found = pd.concat([words.assign(rank=_ranks(words["level"])), _both_sides(other)])
    return found[["state", "partner", "level", "rank", "date", "source"]].astype({"level": "str"})


def _known_by(dates: pd.Series, year: int) -> pd.Series:
    """Whether dates may be of a year or earlier: all but those that are surely later."""
    return ~(dates.str[:4].astype("Float64") > year).fillna(False)


def _both_sides(acts: pd.DataFrame) -> pd.DataFrame:
    sides = [acts["pair"].str.split("-").str[i] for i in (0, 1)]
    both = [acts.assign(state=one, partner=other) for one, other in (sides, sides[::-1])]
    found = pd.concat(both).assign(rank=lambda rows: _ranks(rows["level"]))
    return found[["state", "partner", "level", "rank", "date", "source"]].astype({"level": "str"})


def _ranks(levels: pd.Series) -> pd.Series:
    order = {level: rank for rank, level in enumerate(register.levels())}
    return levels.astype("str").map(order)
