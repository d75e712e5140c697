"""The share of each partner in the trade of a state, as each series of trade gives it: year by year, never joined."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.regions import members, regions
from centralasia.tables import cached_frame, load
from datacontract.contract import cached_by_tables, distinct
from datacontract.errors import check_choice
from datacontract.sources import joined_keys

__all__ = ["SERIES", "members_of_partner", "series_of_state", "trade_shares_by_year"]

WORLD = "WLD"
# In the order in which they are preferred where several cover as many years.
SERIES = ("national", "comtrade", "cow", "wits", "factbook")
_LARGEST_ONLY = ("wits", "factbook")  # what these do not list is smaller than the smallest that they list
_FULL = ("comtrade",)  # what this does not list did not happen, as the reporter records it
_AS_ONE = {"EU": "EU27"}  # partners under the code of the group whose members they stand for


def members_of_partner(partner: str, state: str) -> list[str]:
    """The states that a partner of a state stands for: itself, or the members of a region other than the state.

    >>> partners.members_of_partner("CA4", "KAZ"), partners.members_of_partner("RUS", "KAZ")
    (['KGZ', 'TJK', 'TKM', 'UZB'], ['RUS'])
    """
    code = _AS_ONE.get(partner, partner)
    return [member for member in members(code) if member != state] if code in regions() else [partner]


@cached_by_tables("trade", "partner_trade", maxsize=4)
def _rows() -> dict[tuple[str, str], pd.DataFrame]:
    """Both tables of trade by reporter and series, one row a partner, year and flow."""
    national = load("trade").rename(columns={"thousand_usd": "value"}).assign(series="national", share=np.nan)
    other = load("partner_trade").rename(columns={"million_usd": "value", "share_pct": "share"})
    columns = ["series", "reporter", "year", "flow", "partner", "value", "share", "source"]
    rows = pd.concat([national[columns], other[columns].astype({"series": "str"})])
    rows = rows.astype({"year": "int64", "flow": "str"})
    return dict(list(rows.groupby(["reporter", "series"])))


def series_of_state(state: str, first_year: int, last_year: int) -> list[str]:
    """The series that have trade of a state in these years, in the order of `SERIES`.

    >>> partners.series_of_state("KAZ", 2008, 2013), partners.series_of_state("KAZ", 2020, 2023)
    (['cow', 'wits', 'factbook'], ['national', 'factbook'])
    """
    found = {name: _rows().get((state, name)) for name in SERIES}
    return [n for n, rows in found.items() if rows is not None and rows["year"].between(first_year, last_year).any()]


@cached_frame("trade", "partner_trade", "memberships", "actors", maxsize=512)
def trade_shares_by_year(state: str, partners: tuple[str, ...], series: str) -> pd.DataFrame:
    """The share of each partner in the trade in goods of a state, year by year.

    Parameters
    ----------
    state : str
        The reporter.
    partners : tuple of str
        States, or regions (the sum over their members other than the state; EU is the 27 members since 2020).
    series : str
        One of `SERIES`.

    Returns
    -------
    pandas.DataFrame
        One row a partner and year in which the series has exports and imports: ``value``, the mean of the shares in
        exports and in imports in per cent; ``lower`` and ``upper``, what it is at least and at most where the series
        does not list the partner or all members of it (``value`` is missing then); ``source``.

    Raises
    ------
    ChoiceError
        Another series.

    Notes
    -----
    The mean of two shares, since one of the series gives shares only. A share moves when trade with others does; gold
    and oil move it from year to year.

    Examples
    --------
    >>> shares = partners.trade_shares_by_year("KAZ", ("RUS", "CA4"), "cow")
    >>> shares.query("2010 <= year <= 2011").pivot(index="year", columns="partner", values="value").round(1)
    partner  CA4   RUS
    year
    2010     3.6  13.5
    2011     3.8  14.1
    """
    check_choice("series", series, SERIES)
    rows = _rows().get((state, series))
    own = {partner: members_of_partner(partner, state) for partner in partners}
    by_flow: list[tuple[Any, ...]] = []
    for (year, flow), part in rows.groupby(["year", "flow"]) if rows is not None else ():
        listed = _listed(part)
        source = joined_keys(part["source"])
        by_flow.extend(
            (partner, year, flow, *_bounds(partner, own[partner], listed, series), source)
            for partner in (partners if listed else ())
        )
    found = pd.DataFrame(by_flow, columns=["partner", "year", "flow", "lower", "upper", "source"])
    both = found.pivot(index=["partner", "year"], columns="flow", values=["lower", "upper"])
    if both.columns.size < 4:
        return found.assign(value=np.nan).drop(columns="flow")[:0]
    means = pd.DataFrame({bound: both[bound].mean(axis=1, skipna=False) for bound in ("lower", "upper")})
    means["value"] = means["lower"].where(np.isclose(means["lower"], means["upper"]))
    means["source"] = found.groupby(["partner", "year"])["source"].first()
    return means.dropna(subset="lower").reset_index()


def _listed(part: pd.DataFrame) -> dict[str, float]:
    """The shares of the partners that are listed in a year and flow, in per cent; empty where there is no total."""
    values = dict(zip(part["partner"], part["value"], strict=True))
    shares = {p: s for p, s in zip(part["partner"], part["share"], strict=True) if not np.isnan(s)}
    total = values.pop(WORLD, np.nan)
    return shares or ({p: 100 * v / total for p, v in values.items() if not np.isnan(v)} if total > 0 else {})


def _bounds(partner: str, own: Sequence[str], listed: Mapping[str, float], series: str) -> tuple[float, float]:
    """The least and the most that the share of a partner can be; the most is missing where nothing bounds it."""
    whole = next((code for code in (partner, _AS_ONE.get(partner)) if code in listed), None)
    own = [whole] if whole else own
    unlisted = [code for code in own if code not in listed]
    lower = sum(listed[code] for code in own if code in listed)
    if not unlisted or series in _FULL:
        return lower, lower
    if series not in _LARGEST_ONLY:
        return lower, np.nan
    rest = max(0.0, 100 - sum(listed.values()))
    return lower, lower + min(rest, len(unlisted) * min(listed.values()))


def states_with_trade() -> Sequence[str]:
    """The states whose trade by partner is known, in alphabetical order."""
    return sorted({*distinct("trade.reporter"), *distinct("partner_trade.reporter")})
