"""Trade between two states, as each of them records it: amounts, intensity, and growth by partner.

The records of two states are two sources: they stand side by side and are never joined into one series.
"""

from typing import Any

import numpy as np
import pandas as pd

from centralasia.economies.measures import SIZE, panel_rows
from centralasia.economies.trade import WORLD, recorded
from centralasia.regions import check_pair, members_at_end, pair_code, pairs_at_end
from centralasia.tables import cached_frame
from datacontract.errors import check_choice
from datacontract.sources import joined_keys

__all__ = ["TURN", "bilateral_trade", "growth_by_pair", "growth_by_partner", "intensity_means", "values_by_pair"]

SERIES = ("national", "cow")
TURN = 2016  # the last year before Uzbekistan opened up
LAST_YEARS = 5  # whose mean stands for "now" where pairs are compared
_COLUMNS = ["pair", "reporter", "partner", "year", "exports", "imports", "total", "share", "size", "intensity"]
_COLUMNS += ["doubtful", "source"]


@cached_frame("trade", "partner_trade", "indicators", "actors")
def bilateral_trade(pairs: tuple[str, ...], first_year: int, last_year: int, series: str = "national") -> pd.DataFrame:
    """The trade between the states of pairs, by who records it and year.

    Parameters
    ----------
    pairs : tuple of str
        Pairs, as ``"KAZ-UZB"``.
    first_year, last_year : int
        Only years between them, both included.
    series : str
        ``national``: what each state publishes; ``cow``: that of the Correlates of War, 1992 to 2014, which covers all
        states, where one side or both publish nothing by estimates.

    Returns
    -------
    pandas.DataFrame
        One row a pair, reporter and year: ``partner``; ``exports`` to it and ``imports`` from it, by the reporter's
        record, and their ``total`` (thousand USD, current prices); ``share`` of the partner in the reporter's total
        trade; ``size``, the partner's share in the economy of the world without the reporter; ``intensity``, the first
        over the second; ``doubtful`` and ``source``. Missing where unknown; a side that records nothing has no rows.

    Raises
    ------
    DataError
        Not a pair.
    ChoiceError
        Another word for `series`.

    Notes
    -----
    The intensity is the homogeneous one of Iapadre (2006), in which the reporter is no part of the world, with the
    economies at purchasing power parity in place of the partners' trade, which not all of them record. It is 1 where
    the partner's part in trade is what its size would give; neighbours have far more.

    Examples
    --------
    >>> found = economies.bilateral_trade(("KAZ-UZB",), 2019, 2019)
    >>> found[["reporter", "partner", "exports", "imports", "share", "intensity"]].round(2)
      reporter partner    exports    imports  share  intensity
    0      KAZ     UZB  1996560.2  1418571.3   0.03      18.13
    1      UZB     KAZ  1392964.9  1942012.0   0.08      18.75
    """
    check_choice("series", series, SERIES)
    states = sorted({state for pair in pairs for state in check_pair(pair)})
    rows = recorded(states, first_year, last_year, series)
    key = ["reporter", "partner", "year"]
    flows = rows.pivot(index=key, columns="flow", values="thousand_usd").reindex(columns=["export", "import"])
    total = flows.sum(axis=1, skipna=False)
    world = total[total.index.get_level_values("partner") == WORLD].droplevel("partner")
    how = {"doubtful": ("weak", "any"), "source": ("source", joined_keys)}
    found = rows.assign(weak=rows["confidence"] == "low").groupby(key).agg(**how).reset_index()
    at = pd.MultiIndex.from_frame(found[key])
    found["exports"], found["imports"] = flows["export"].reindex(at).to_numpy(), flows["import"].reindex(at).to_numpy()
    found["total"] = total.reindex(at).to_numpy()
    found["share"] = found["total"] / world.reindex(at.droplevel("partner")).to_numpy()
    size = panel_rows(SIZE, last_year).pivot(index="year", columns="state", values="value").stack()
    own, other, all_ = (
        size.reindex(pd.MultiIndex.from_arrays([found["year"], states])).to_numpy()
        for states in (found["reporter"], found["partner"], [WORLD] * len(found))
    )
    found["size"] = other / (all_ - own)
    found["intensity"] = found["share"] / found["size"]
    found["pair"] = [pair_code(*side) for side in zip(found["reporter"], found["partner"], strict=True)]
    found = found[found["pair"].isin(pairs)].sort_values(["pair", "reporter", "year"], ignore_index=True)
    return found[_COLUMNS]


def both_series(pairs: tuple[str, ...], first_year: int, last_year: int) -> pd.DataFrame:
    """`bilateral_trade` by each ``series``; that of the Correlates of War gives both sides one figure, and has one."""
    national, cow = (bilateral_trade(pairs, first_year, last_year, series).assign(series=series) for series in SERIES)
    once = cow["reporter"].astype("str") == cow["pair"].astype("str").str[:3]
    return pd.concat([national, cow[once]], ignore_index=True)


def growth_by_partner(reporter: str, turn: int = TURN, last_year: int = 9999) -> pd.DataFrame:
    """How many times its trade of the years up to `turn` a state has had with each partner since.

    Compared are the means of all years after `turn` and of as many years up to it.

    Returns
    -------
    pandas.DataFrame
        Indexed by partner, ``WLD`` for all: ``before`` and ``after`` (mean exports plus imports a year, thousand USD),
        ``factor``, its interval of 95 % from ``low`` to ``high``, ``first``, ``last`` and ``years`` (in each window).
        Without rows where the state does not record its whole trade in all years of both windows.

    Notes
    -----
    The factor is what the regression of Poisson pseudo-maximum likelihood with effects of pairs and of the period
    gives (Santos Silva & Tenreyro 2006, Review of Economics and Statistics 88(4)), and the interval follows its robust
    standard error; both have a closed form here. Years follow on each other and are taken as independent, so that
    the interval is too narrow. Current prices.

    Examples
    --------
    >>> found = economies.growth_by_partner("UZB", last_year=2022)
    >>> found.loc[["KGZ", "KAZ", "WLD"], ["factor", "low", "high", "years"]].round(1)
             factor  low  high  years
    partner
    KGZ         4.5  2.7   7.2      6
    KAZ         1.2  0.9   1.6      6
    WLD         1.5  1.2   1.8      6
    """
    from scipy import stats  # only here, since it costs more than all else

    rows = recorded([reporter], 0, last_year)
    table = rows.pivot_table(index="year", columns="partner", values="thousand_usd", aggfunc="sum")
    flows = rows.dropna(subset="thousand_usd").groupby(["year", "partner"]).size().unstack()
    table = table.where(flows == 2)
    last = int(table.index.max()) if len(table) else turn
    years = last - turn
    spans = [table.reindex(range(end - years + 1, end + 1)) for end in (turn, last)]
    known = (
        [p for p in table if all(span[p].notna().all() and span[p].mean() > 0 for span in spans)] if years > 1 else []
    )
    known = known if WORLD in known else []
    before, after = (span[known].mean() for span in spans)
    error = np.sqrt(sum(span[known].var() / (years * span[known].mean() ** 2) for span in spans))
    margin = np.exp(stats.t.ppf(0.975, max(2 * years - 2, 1)) * error)
    factor = after / before
    columns = {"before": before, "after": after, "factor": factor, "low": factor / margin, "high": factor * margin}
    return pd.DataFrame(columns).assign(first=turn - years + 1, last=last, years=years).rename_axis("partner")


def growth_by_pair(region: str, last_year: int, turn: int = TURN) -> pd.DataFrame:
    """`growth_by_partner` of every member with every other: a row a pair and reporter.

    >>> found = economies.growth_by_pair("C5", 2022).reset_index()
    >>> found[["pair", "reporter", "factor", "low", "high"]].round(1).head(3)
          pair reporter  factor  low  high
    0  KAZ-KGZ      KGZ     1.0  0.8   1.4
    1  KAZ-UZB      UZB     1.2  0.9   1.6
    2  KGZ-TJK      KGZ     0.8  0.4   1.5
    """
    of = members_at_end(region, last_year)
    sides = [growth_by_partner(state, turn, last_year).reset_index().assign(reporter=state) for state in of]
    found = pd.concat(sides, ignore_index=True)
    found = found[found["partner"].isin(of)]
    codes = [pair_code(*side) for side in zip(found["reporter"], found["partner"], strict=True)]
    return found.assign(pair=codes).sort_values(["pair", "reporter"], ignore_index=True)


def intensity_means(region: str, last_year: int, turn: int = TURN) -> pd.DataFrame:
    """The mean intensity of each member's trade with each other, over four spans of years.

    Indexed by reporter and partner; two columns for decades of the series of the Correlates of War, two of national
    records for as many years up to `turn` as after it, each named by its years. Missing where unknown.

    >>> economies.intensity_means("C5", 2022).loc["KAZ"].round(0)
             1995–2004  2005–2014  2011–2016  2017–2022
    partner
    KGZ           52.0       34.0        NaN       37.0
    TJK           50.0       28.0        NaN       39.0
    TKM           35.0        7.0        NaN        3.0
    UZB           20.0       14.0        NaN       17.0
    """
    pairs = tuple(pairs_at_end(region, last_year))
    national, cow = (bilateral_trade(pairs, 0, last_year, series).dropna(subset="intensity") for series in SERIES)
    last = int(national["year"].max()) if len(national) else last_year
    spans = [(cow, 1995, 2004), (cow, 2005, 2014), (national, 2 * turn - last + 1, turn), (national, turn + 1, last)]
    means = {}
    for rows, first, end in spans:
        part = rows[rows["year"].between(first, end)]
        means[f"{first}–{end}"] = part.groupby(["reporter", "partner"])["intensity"].mean()
    return pd.DataFrame(means).sort_index()


def values_by_pair(region: str, last_year: int) -> pd.DataFrame:
    """What the economies say of each pair of a region, for comparing pairs: one row a pair.

    Returns
    -------
    pandas.DataFrame
        Indexed by pair: ``trade_intensity``, the mean intensity of the last five recorded years, ``trade_growth``, the
        factor by which trade grew after `TURN` (`growth_by_partner`), and ``trade_intensity_cow``, the intensity by
        the series of the Correlates of War in its last five years, which knows all pairs; each the geometric mean of
        the two sides where both are known; ``sides``, how many of them publish the trade. Missing where unknown.

    Examples
    --------
    >>> economies.values_by_pair("C5", 2022).round(1).head(3)
             trade_intensity  trade_growth  sides  trade_intensity_cow
    pair
    KAZ-KGZ             33.3           1.0      2                 28.9
    KAZ-TJK             38.6           NaN      1                 25.9
    KAZ-TKM              2.6           NaN      1                  4.2
    """
    pairs = pairs_at_end(region, last_year)
    sides, cow = (_latest_sides(tuple(pairs), last_year, series) for series in SERIES)
    growth = growth_by_pair(region, last_year)
    factor = np.exp(np.log(growth["factor"].astype("float64")).groupby(growth["pair"]).mean())
    columns = {"trade_intensity": np.exp(sides.mean()), "trade_growth": factor, "sides": sides.size()}
    columns["trade_intensity_cow"] = np.exp(cow.mean())
    table = pd.DataFrame(columns).reindex(pairs).rename_axis("pair")
    return table.assign(sides=table["sides"].fillna(0).astype("int64"))


def _latest_sides(pairs: tuple[str, ...], last_year: int, series: str) -> Any:
    """The logarithm of the mean intensity of the last five years, of each side of a pair, grouped by pair."""
    rows = bilateral_trade(pairs, 0, last_year, series).dropna(subset="intensity")
    rows = rows[rows["year"] > rows["year"].max() - LAST_YEARS]
    return np.log(rows.groupby(["pair", "reporter"])["intensity"].mean()).groupby("pair")
