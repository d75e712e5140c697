"""How much of its trade a state has with its region, as the state records it, and what the other side records."""

from typing import Any

import pandas as pd

from centralasia.regions import members_at_end
from centralasia.tables import cached_frame, load
from datacontract.contract import distinct
from datacontract.errors import check_choice
from datacontract.sources import joined_keys

__all__ = ["gold_partners", "mirror_statistics", "trade_shares", "without_trade_table"]

WORLD, OTHER_PARTNERS = "WLD", "OTH"
GOLD = ("kept", "left_out")
_SHARES = ["reporter", "year", "regional", "partners", "share", "lower", "upper", "of_total", "doubtful", "source"]


def gold_partners() -> list[str]:
    """The partners of whom a note in ``trade.csv`` says that gold moves their figures, the total aside, by code.

    >>> economies.gold_partners()
    ['CHE', 'GBR', 'OTH']
    """
    rows = load("trade")
    return sorted(set(rows.loc[rows["note"].str.contains("gold", na=False), "partner"]) - {WORLD})


def without_trade_table(region: str, last_year: int) -> list[str]:
    """The members of a region that do not record trade by partner.

    >>> economies.without_trade_table("C5", 2020)
    ['TJK', 'TKM']
    """
    return [s for s in members_at_end(region, last_year) if s not in distinct("trade.reporter")]


@cached_frame("trade", "memberships", "actors")
def trade_shares(region: str, first_year: int, last_year: int, gold: str = "kept") -> pd.DataFrame:
    """The share of a region in the recorded trade of each of its members.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``, with its members at the end of `last_year` in every year.
    first_year, last_year : int
        Only years between them, both included.
    gold : str
        ``kept``, or ``left_out``: without the `gold_partners` outside the region, in all years.

    Returns
    -------
    pandas.DataFrame
        One row a reporter and year: ``regional`` and ``partners`` (exports plus imports with the other members, and
        with all listed partners, thousand USD), ``share`` (the first over the second, 0 to 1), ``lower`` and
        ``upper``, ``of_total`` (the regional trade over the reporter's own total, gold included), ``doubtful``
        (whether a figure of low confidence went in) and ``source``.

    Raises
    ------
    ChoiceError
        Another word for `gold`.

    Notes
    -----
    The denominator is the sum of the listed partners and not the total, since a tenth or more of the total can be
    without a listed partner, in one year mostly gold; ``of_total`` is smaller for that reason. Where the figure
    for another member is missing, the share is unknown: it lies between ``lower`` (nothing there) and ``upper`` (all
    that the total leaves over). Goods only, current prices; a share also moves when trade with others does.

    Examples
    --------
    >>> shares = economies.trade_shares("C5", 2017, 2019).set_index("year")
    >>> shares.query("reporter == 'KGZ'")[["share", "lower", "upper", "of_total"]].round(3)
          share  lower  upper  of_total
    year
    2017  0.196  0.196  0.196     0.183
    2018  0.188  0.188  0.188     0.179
    2019  0.215  0.215  0.215     0.202
    """
    check_choice("gold", gold, GOLD)
    of = members_at_end(region, last_year)
    rows = recorded(of, first_year, last_year)
    if gold == "left_out":
        rows = rows[~rows["partner"].isin(gold_partners()) | rows["partner"].isin(of)]
    usd, total, regional = rows["thousand_usd"], rows["partner"] == WORLD, rows["partner"].isin(of)
    # A total that gold distorts says nothing against a share without gold.
    doubtful = (rows["confidence"] == "low") & ((gold == "kept") | ~total)
    sums = {"regional": usd.where(regional), "partners": usd.mask(total), "whole": usd.where(total)}
    how: dict[str, Any] = dict.fromkeys(sums, lambda amounts: amounts.dropna().sum())
    how |= {"flows": "sum", "totals": "sum", "doubtful": "any", "source": joined_keys}
    rows = rows.assign(flows=regional, totals=total, doubtful=doubtful, **sums)
    found = rows.groupby(["reporter", "year"], as_index=False).agg(how)
    own, partners, whole = found["regional"], found["partners"], found["whole"].where(found["totals"] == 2)
    share, rest = own / partners, (whole - partners).clip(lower=0)
    known = found["flows"] >= 2 * (len(of) - 1)
    return found.assign(
        share=share.where(known),
        lower=share.where(known, own / (partners + rest)),
        upper=share.where(known, (own + rest) / (partners + rest)),
        of_total=(own / whole).where(known),
    )[_SHARES]


@cached_frame("trade", "memberships", "actors")
def mirror_statistics(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """The same trade from both sides, where both record it: what the exporter and what the importer says.

    Returns a frame with one row an exporter, importer and year: ``exporter_says`` and ``importer_says`` in thousand USD
    (missing where that side publishes nothing), ``ratio``, the larger over the smaller, and ``source``. Imports carry
    freight and insurance, exports do not, so that a ratio of up to about 1.1 says nothing.

    >>> flows = economies.mirror_statistics("C5", 2018, 2020).set_index(["exporter", "importer", "year"])
    >>> flows.nlargest(2, "ratio")[["exporter_says", "importer_says", "ratio"]].round(1)
                            exporter_says  importer_says  ratio
    exporter importer year
    UZB      KGZ      2020       760459.1       188988.2    4.0
                      2019       669643.1       200887.6    3.3
    """
    of = members_at_end(region, last_year)
    rows = recorded(of, first_year, last_year)
    rows = rows[rows["partner"].isin(of)]
    export, usd = rows["flow"] == "export", rows["thousand_usd"]
    both = rows.assign(
        exporter=rows["reporter"].where(export, rows["partner"]),
        importer=rows["partner"].where(export, rows["reporter"]),
        exporter_says=usd.where(export),
        importer_says=usd.mask(export),
    )
    how = {"exporter_says": "first", "importer_says": "first", "source": joined_keys}
    both = both.groupby(["exporter", "importer", "year"], as_index=False).agg(how)
    sides = both[["exporter_says", "importer_says"]]
    smaller = sides.min(axis=1, skipna=False)
    return both.assign(ratio=(sides.max(axis=1, skipna=False) / smaller).where(smaller > 0))


def gold_effect(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """The known shares of `trade_shares` with gold and without, side by side: ``share``, ``share_without``, ``gap``."""
    kept, without = (trade_shares(region, first_year, last_year, gold).dropna(subset="share") for gold in GOLD)
    both = kept.merge(without, on=["reporter", "year"], suffixes=("", "_without"))
    return both.assign(gap=(both["share_without"] - both["share"]).abs())


def recorded(reporters: list[str], first_year: int, last_year: int, series: str = "national") -> pd.DataFrame:
    """The rows of ``trade.csv`` that these states record, or of another series on them, in the years asked for."""
    if series == "national":
        rows = load("trade")
    else:
        rows = load("partner_trade").query("series == @series")
        rows["thousand_usd"] = 1000 * rows["million_usd"]
    rows = rows.astype({"year": "int64"})
    return rows[rows["reporter"].isin(reporters) & rows["year"].between(first_year, last_year)]
