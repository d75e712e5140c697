"""Whether the agreement is the region's own: its members beside every other state, and where a state is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.regions import members, pair_code, regions
from centralasia.tables import cached_frame
from centralasia.votes import cohesion, measures, periods
from centralasia.votes.measures import Choice, comparable, voting_years
from datacontract.errors import ChoiceError, check_choice

__all__ = [
    "FEWEST_YEARS", "mean_difference", "other_states", "partner_vs_region", "partner_years", "states_behind",
    "within_and_between",
]  # fmt: skip

FEWEST_YEARS = 3  # a mean over fewer years has no interval
_TABLES = ("unga_dyads", "unga_years", "memberships", "actors")


def states_behind(partner: str, state: str, year: int) -> list[str]:
    """The states that a partner of a state stands for in a year: itself, or the other members of a region.

    >>> votes.states_behind("C5", "KAZ", 2019), votes.states_behind("RUS", "KAZ", 2019)
    (['KGZ', 'TJK', 'TKM', 'UZB'], ['RUS'])
    """
    codes = [partner] if partner in measures.voting_states() else members(partner, year)
    return [code for code in codes if code != state]


def partner_years(state: str, partners: Sequence[str], choice: Choice) -> pd.DataFrame:
    """How alike a state votes with each partner, year by year.

    Parameters
    ----------
    state : str
        A state with votes.
    partners : list of str
        States with votes or regions; with a region it is the mean over its members (of that year) other than the
        state. The state itself is passed over.
    choice : Choice
        Measure, use of absence, and years.

    Returns
    -------
    pandas.DataFrame
        ``partner`` and the columns of `yearly_mean`; years in which a region had no member are not in it.

    Raises
    ------
    ChoiceError
        A state without votes, a partner that has none and is no region, or no partner but the state itself.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 2010, 2011)
    >>> votes.partner_years("KAZ", ["RUS", "C5"], choice)[["partner", "year", "value", "pairs"]].round(2)
      partner  year  value  pairs
    0     RUS  2010   0.88      1
    1     RUS  2011   0.88      1
    2      C5  2010   0.95      4
    3      C5  2011   0.95      4
    """
    voters = measures.voting_states()
    check_choice("state", state, voters)
    for code in partners:
        check_choice("partners", code, [*voters, *regions()])
    others = [code for code in dict.fromkeys(partners) if code != state]
    if not others:
        raise ChoiceError(f"partners is {' '.join(partners)!r}; allowed: one or more codes other than {state}")
    wanted = [(pair_code(state, code), year, partner)
              for partner in others for year in voting_years(*choice.period).index
              for code in states_behind(partner, state, year)]  # fmt: skip
    return _means_by_partner(wanted, others, choice)


def _means_by_partner(wanted: Sequence[tuple[str, int, str]], partners: Sequence[str], choice: Choice) -> pd.DataFrame:
    """`yearly_mean` for each partner, in their order, of pairs with their year and partner."""
    rows = cohesion.pairs_by_year(wanted, choice, "partner")
    return cohesion.yearly_mean(rows.assign(partner=pd.Categorical(rows["partner"], partners)), "partner")


def partner_vs_region(state: str, region: str, partners: Sequence[str], choice: Choice) -> pd.DataFrame:
    """A state's agreement with its partners against that with the region, over the years in which both are ``ok``.

    Returns a frame indexed by partner: ``years`` (how many), ``partner`` and ``region`` (means over them) and
    ``years_closer`` (in how many the state agreed more with the partner than with the region).

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.partner_vs_region("KAZ", "C5", ["AZE", "RUS", "TUR"], choice).round(2)
         years  partner  region  years_closer
    AZE     10     0.96    0.96             6
    RUS     10     0.79    0.96             0
    TUR     10     0.76    0.96             0
    """
    home = comparable(partner_years(state, [region], choice))[["year", "value"]]
    both = comparable(partner_years(state, partners, choice)).merge(home, on="year", suffixes=("", "_region"))
    both["closer"] = both["value"] > both["value_region"]
    columns = {"year": "size", "value": "mean", "value_region": "mean", "closer": "sum"}
    means = both.groupby("partner", sort=False, observed=True).agg(columns).rename_axis(None)
    return means.set_axis(["years", "partner", "region", "years_closer"], axis=1)


def outsiders(region: str, choice: Choice) -> list[str]:
    """The states that have votes here and belonged to a region in none of the comparable years of the choice."""
    years = voting_years(*choice.period)["comparable"]
    inside = {state for year in years.index[years] for state in members(region, year)}
    return [state for state in measures.voting_states() if state not in inside]


@cached_frame(*_TABLES)
def other_states(region: str, choice: Choice) -> pd.DataFrame:
    """Every other state by how much the members of a region agree with it, beside how much they agree with each other.

    Returns
    -------
    pandas.DataFrame
        One row a state, the closest first. Over the last period: ``value`` (mean over its years of the mean over
        members), ``within`` (the members with each other, same years), ``gap`` (within minus value) with its 95 %
        interval ``low`` and ``high`` (see `mean_difference`), ``period_years`` (how many). Over all comparable years:
        ``years``, and ``years_closer`` (in how many the members agreed more with it than with each other). States
        without a comparable year in the last period are at the end.

    Examples
    --------
    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.other_states("C5", choice)[["state", "value", "within", "years", "years_closer"]].round(3).head(3)
      state  value  within  years  years_closer
    0   AZE  0.969   0.966     22            16
    1   AFG  0.959   0.966     21             5
    2   MNG  0.951   0.966     22             3
    """
    found = _beside_region(region, choice)
    last = periods.region_spans(region, choice)[-1:]
    years = [year for period in last for year in period.years]
    rows = []
    for state, part in found.groupby("partner", observed=False):
        now = part[part["year"].isin(years)]
        gap = now["within"] - now["value"]
        rows.append((state, now["value"].mean(), now["within"].mean(), gap.mean(), *mean_difference(gap), len(now),
                     len(part), int((part["value"] > part["within"]).sum())))  # fmt: skip
    columns = ["state", "value", "within", "gap", "low", "high", "period_years", "years", "years_closer"]
    frame = pd.DataFrame(rows, columns=columns).astype({"state": "str"})
    return frame.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def _beside_region(region: str, choice: Choice) -> pd.DataFrame:
    """The agreement of the members with each other state, and with each other, in the years that have both."""
    home = comparable(cohesion.region_mean(region, choice))[["year", "value"]].rename(columns={"value": "within"})
    others = outsiders(region, choice)
    wanted = [(pair_code(one, other), year, other)
              for year in home["year"] for one in members(region, year) for other in others]  # fmt: skip
    return comparable(_means_by_partner(wanted, others, choice)).merge(home, on="year")


@cached_frame(*_TABLES)
def within_and_between(region: str, choice: Choice) -> pd.DataFrame:
    """How much more the members agree with each other than with all other states that have votes here.

    Returns a frame with one row a period: ``period``, ``years`` (comparable ones), ``within`` and ``between`` (means
    over them; between is the mean over the other states), ``gap`` (within minus between) with its interval ``low``
    and ``high``, and ``closest``, ``closest_gap``, ``closest_low``, ``closest_high``: the other state with which the
    members agreed most, and within minus that. The other states were chosen as partners of the region: the gap
    depends on who they are.

    >>> choice = votes.Choice("agreement", "left_out", 2010, 2019)
    >>> votes.within_and_between("C5", choice)[["period", "within", "between", "gap", "closest"]].round(2)
          period  within  between   gap closest
    0  2010–2014    0.96     0.79  0.16     AZE
    1  2015–2019    0.97     0.76  0.21     AZE
    """
    found, rows = _beside_region(region, choice), []
    for period in periods.region_spans(region, choice):
        part = found[found["year"].isin(period.years)]
        yearly = part.groupby("year")[["within", "value"]].mean()
        gap = yearly["within"] - yearly["value"]
        means = part.groupby("partner", observed=True)["value"].agg(["mean", "size"])
        means = means[means["size"] == means["size"].max()]["mean"]
        closest = means.idxmax() if len(means) else ""
        own = part[part["partner"] == closest]
        apart = own["within"] - own["value"]
        rows.append((str(period), len(yearly), *yearly.mean(), gap.mean(), *mean_difference(gap), closest,
                     apart.mean(), *mean_difference(apart)))  # fmt: skip
    columns = ["period", "years", "within", "between", "gap", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "closest", "closest_gap", "closest_low", "closest_high"])


def mean_difference(differences: Sequence[float]) -> tuple[float, float]:
    """A 95 % interval of the mean of yearly differences (Student's t), missing for fewer than `FEWEST_YEARS`.

    Years are taken as the draws: all pairs meet the same roll calls, and many texts come back every year.

    >>> low, high = votes.mean_difference([0.02, 0.01, 0.03, 0.02, 0.02])
    >>> round(low, 3), round(high, 3)
    (0.011, 0.029)
    """
    from scipy import stats  # only here, since it costs more than all else

    values = np.asarray(differences, dtype=float)
    if len(values) < FEWEST_YEARS:
        return float("nan"), float("nan")
    low, high = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    return float(low), float(high)
