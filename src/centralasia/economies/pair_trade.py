"""Trade between two states, as each of them records it: amounts, intensity, and growth by partner.

The records of two states are two sources: they stand side by side and are never joined into one series.
"""

import itertools

import numpy as np
import pandas as pd

from centralasia.economies.measures import panel_rows
from centralasia.economies.trade import WORLD, recorded
from centralasia.regions import check_pair, members_at_end, pair_code, pairs_at_end
from centralasia.tables import cached_frame
from datacontract.sources import SEPARATOR, source_keys

__all__ = ["TURN", "bilateral_trade", "growth_by_pair", "growth_by_partner", "values_by_pair"]

TURN = 2016  # the last year before Uzbekistan opened up
SIZE = "gdp_ppp"
LAST_YEARS = 5  # whose mean stands for "now" where pairs are compared
_FLOWS = ["exports", "imports"]
_COLUMNS = ["pair", "reporter", "partner", "year", *_FLOWS, "total", "share", "size", "intensity", "doubtful", "source"]


@cached_frame("trade", "indicators", "actors")
def bilateral_trade(pairs: tuple[str, ...], first_year: int, last_year: int) -> pd.DataFrame:
    """The trade between the states of pairs, by who records it and year.

    Parameters
    ----------
    pairs : tuple of str
        Pairs, as ``"KAZ-UZB"``.
    first_year, last_year : int
        Only years between them, both included.

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

    Notes
    -----
    The intensity is the homogeneous one of Iapadre (2006), in which the reporter is no part of the world, with the
    economies at purchasing power parity in place of the partners' trade, which not all of them record. It is 1 where
    the partner's part in trade is what its size would give; neighbours have far more. It does not fall because a
    third partner grows as fast as the world, but it does where trade with others outgrows their economies.
    """
    sides = [(pair, *way) for pair in pairs for way in itertools.permutations(check_pair(pair))]
    frames = [_side(*side, first_year, last_year) for side in sides]
    return pd.concat(frames, ignore_index=True)[_COLUMNS]


def _side(pair: str, reporter: str, partner: str, first_year: int, last_year: int) -> pd.DataFrame:
    rows = recorded([reporter], first_year, last_year)
    usd = rows.pivot_table(index="year", columns=["partner", "flow"], values="thousand_usd", observed=False)
    own = rows[rows["partner"] == partner]
    table = pd.DataFrame(index=pd.Index(sorted(set(own["year"])), name="year"))
    for column, flow in zip(_FLOWS, ("export", "import"), strict=True):
        table[column] = usd[partner, flow] if partner in usd else np.nan
        table[f"all_{column}"] = usd[WORLD, flow] if WORLD in usd else np.nan
    table["total"] = table["exports"] + table["imports"]
    table["share"] = table["total"] / (table["all_exports"] + table["all_imports"])
    table["size"] = _size(reporter, partner, last_year).reindex(table.index)
    table["intensity"] = table["share"] / table["size"]
    table["doubtful"] = (own["confidence"] == "low").groupby(own["year"]).any()
    table["source"] = own.groupby("year")["source"].agg(lambda cells: SEPARATOR.join(source_keys(cells)))
    return table.reset_index().assign(pair=pair, reporter=reporter, partner=partner)


def _size(reporter: str, partner: str, last_year: int) -> pd.Series:
    """The partner's share in the economy of the world without the reporter, by year; missing where unknown."""
    rows = panel_rows(SIZE, last_year)
    table = rows.pivot(index="year", columns="state", values="value").reindex(columns=[reporter, partner, WORLD])
    return table[partner] / (table[WORLD] - table[reporter])


def growth_by_partner(reporter: str, turn: int = TURN, last_year: int = 9999) -> pd.DataFrame:
    """How many times its trade of the years up to `turn` a state has had with each partner since.

    Compared are the means of all years after `turn` and of as many years up to it.

    Returns
    -------
    pandas.DataFrame
        Indexed by partner, ``WLD`` for all: ``before`` and ``after`` (mean exports plus imports a year, thousand USD),
        ``factor``, its interval of 95 % from ``low`` to ``high``, ``first``, ``last`` and ``years`` (in each window).
        Without rows where the state records no trade in all years of both windows.

    Notes
    -----
    The factor is what the regression of Poisson pseudo-maximum likelihood with effects of pairs and of the period
    gives (Santos Silva & Tenreyro 2006, Review of Economics and Statistics 88(4)), and the interval follows its robust
    standard error; both have a closed form here. Years follow on each other and are taken as independent, so that
    the interval is too narrow. Current prices.
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
    before, after = (span[known].mean() for span in spans)
    error = np.sqrt(sum(span[known].var() / (years * span[known].mean() ** 2) for span in spans))
    margin = np.exp(stats.t.ppf(0.975, max(2 * years - 2, 1)) * error)
    factor = after / before
    columns = {"before": before, "after": after, "factor": factor, "low": factor / margin, "high": factor * margin}
    return pd.DataFrame(columns).assign(first=turn - years + 1, last=last, years=years).rename_axis("partner")


def growth_by_pair(region: str, last_year: int, turn: int = TURN) -> pd.DataFrame:
    """`growth_by_partner` of every member with every other: a row a pair and reporter."""
    of = members_at_end(region, last_year)
    sides = [growth_by_partner(state, turn, last_year).reset_index().assign(reporter=state) for state in of]
    found = pd.concat(sides, ignore_index=True)
    found = found[found["partner"].isin(of)]
    codes = [pair_code(*side) for side in zip(found["reporter"], found["partner"], strict=True)]
    return found.assign(pair=codes).sort_values(["pair", "reporter"], ignore_index=True)


def values_by_pair(region: str, last_year: int, turn: int = TURN) -> pd.DataFrame:
    """What the economies say of each pair of a region, for comparing pairs: one row a pair.

    Returns
    -------
    pandas.DataFrame
        Indexed by pair: ``trade_intensity``, the mean intensity of the last five recorded years, and
        ``trade_growth``, the factor by which trade grew after `turn` (`growth_by_partner`), both the geometric mean of
        the two sides where both record it; ``sides``, how many of them record the trade. Missing where unknown.
    """
    pairs = pairs_at_end(region, last_year)
    rows = bilateral_trade(tuple(pairs), 0, last_year).dropna(subset="intensity")
    rows = rows[rows["year"] > rows["year"].max() - LAST_YEARS]
    sides = np.log(rows.groupby(["pair", "reporter"])["intensity"].mean()).groupby("pair")
    growth = growth_by_pair(region, last_year, turn)
    factor = np.exp(np.log(growth["factor"].astype("float64")).groupby(growth["pair"]).mean())
    columns = {"trade_intensity": np.exp(sides.mean()), "trade_growth": factor, "sides": sides.size()}
    table = pd.DataFrame(columns).reindex(pairs).rename_axis("pair")
    return table.assign(sides=table["sides"].fillna(0).astype("int64"))
