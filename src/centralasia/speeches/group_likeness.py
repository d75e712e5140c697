"""How alike the speeches of a region are: year by year, by window, pair by pair, and beside other groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.regions import members, regions
from centralasia.speeches.likeness import TEXTS
from centralasia.speeches.measures import SEED, WINDOWS, Change, Window, speech_years
from centralasia.tables import cached_frame, load
from datacontract import contract
from datacontract.errors import ChoiceError, check_choice

__all__ = [
    "group_windows", "groups_beside", "likeness_by_year", "likeness_change", "pairs_by_window", "region_likeness",
]  # fmt: skip

REPLICATES = 2000
PAIRED = "C6"  # whose pairs with all states are in speech_pairs.csv


def groups_beside(region: str) -> list[str]:
    """The named groups that a region is compared with: those of ``speech_likeness.csv`` without a member of it.

    >>> speeches.groups_beside("C5")[:4]
    ['ASEAN', 'BALT3', 'CARICOM', 'EU27']
    """
    own = set(members(region))
    reference = contract.distinct("reference_groups.region")
    found = contract.distinct("speech_likeness.region")
    return [group for group in found if not own & set(_members(group, reference))]


def _members(group: str, reference: Sequence[str]) -> list[str]:
    return contract.distinct("reference_groups.actor", {"region": group}) if group in reference else members(group)


@cached_frame("speech_likeness", "memberships", "reference_groups")
def likeness_by_year(region: str, text: str = "without_names") -> pd.DataFrame:
    """The mean likeness within a group by year, with a 95 % interval and its place among sets of other states.

    Returns
    -------
    pandas.DataFrame
        Rows of ``speech_likeness.csv`` by year, with ``low`` and ``high`` (value less and plus 1.96 standard errors,
        from samples of the sentences; missing for other words than ``without_names``) and ``percentile``, the share of
        the sets that are less alike.

    Raises
    ------
    ChoiceError
        A group or way to take the words that the table does not hold.

    Examples
    --------
    >>> speeches.likeness_by_year("C5").loc[2017:2019, ["value", "set_median", "percentile"]].round(2)
          value  set_median  percentile
    year
    2017   0.23        0.16       99.99
    2018   0.24        0.16       100.0
    2019   0.25        0.15       100.0
    """
    check_choice("region", region, contract.distinct("speech_likeness.region"))
    check_choice("text", text, TEXTS)
    rows = load("speech_likeness")
    rows = rows[(rows["region"] == region) & (rows["text"] == text)].set_index("year").sort_index()
    reach = 1.96 * rows["error"]
    return rows.assign(
        low=rows["value"] - reach, high=rows["value"] + reach, percentile=100 * (1 - rows["above"] / rows["sets"])
    )


def group_windows(region: str, text: str = "without_names") -> pd.DataFrame:
    """The mean likeness of a region and of every group beside it, one row a group, one column a window (first year).

    >>> speeches.group_windows("C5").loc[["C5", "GCC6", "EU27"]].round(3)
           1992   2000   2010   2017
    C5    0.212  0.204  0.213  0.227
    GCC6  0.272  0.226  0.214  0.238
    EU27  0.203  0.179  0.170  0.169
    """
    found = {}
    for group in [region, *groups_beside(region)]:
        rows = likeness_by_year(group, text)["value"]
        found[group] = {window[0]: rows.loc[window[0] : window[1]].mean() for window in WINDOWS}
    return pd.DataFrame.from_dict(found, orient="index")


@cached_frame("speech_pairs", "speeches", "memberships")
def region_likeness(region: str, text: str = "without_names", speakers: str = "all") -> pd.DataFrame:
    """The mean likeness within a region by window.

    Returns
    -------
    pandas.DataFrame
        One row a window (its first year): ``value`` (mean over years of the mean over pairs), ``low`` and ``high``
        (`likeness_change` says how), ``years``, ``pairs`` (pairs and years).

    Examples
    --------
    >>> speeches.region_likeness("C5")[["value", "years", "pairs"]].round(3)
            value  years  pairs
    window
    1992    0.212      8     68
    2000    0.204     10     92
    2010    0.213      7     59
    2017    0.227      8     76
    """
    found = {}
    for window in WINDOWS:
        yearly = within_by_year(region, text, speakers, window)
        if len(yearly):
            ends = np.quantile(_resampled_mean(yearly, window), [0.025, 0.975])
            found[window[0]] = (yearly["value"].mean(), *ends, len(yearly), int(yearly["pairs"].sum()))
    columns = ["value", "low", "high", "years", "pairs"]
    frame = pd.DataFrame.from_dict(found, orient="index", columns=columns).rename_axis("window")
    return frame.astype({"years": int, "pairs": int})


def likeness_change(
    region: str, before: Window, after: Window, text: str = "without_names", beside_sets: bool = False
) -> Change | None:
    """How much more alike the speeches of a region are in one window than in another; None where one has no pair.

    The interval is a bootstrap in two steps: the years of each window are drawn anew, and each year's mean from its
    standard error, which comes from samples of the sentences. With `beside_sets` the median of sets of as many other
    states is taken off each year's mean first, since all speeches of a year may be more or less alike.

    >>> found = speeches.likeness_change("C5", (1992, 1999), (2017, 2024))
    >>> round(found.value, 3), found.clear
    (0.015, False)
    """
    parts = [within_by_year(region, text, "all", window) for window in (before, after)]
    if any(part.empty for part in parts):
        return None
    if beside_sets:
        median = likeness_by_year(region, text)["set_median"]
        parts = [part.assign(value=part["value"] - median.reindex(part.index)) for part in parts]
    earlier, later = (_resampled_mean(part, window) for part, window in zip(parts, (before, after), strict=True))
    value = parts[1]["value"].mean() - parts[0]["value"].mean()
    return Change(float(value), *map(float, np.quantile(later - earlier, [0.025, 0.975])))


def _resampled_mean(yearly: pd.DataFrame, window: Window) -> np.ndarray:
    """Samples of the mean over years: years drawn anew, each value from its standard error."""
    values, errors = yearly["value"].to_numpy(float), yearly["error"].to_numpy(float)
    generator = np.random.default_rng([SEED, window[0]])
    drawn = generator.integers(0, len(values), size=(REPLICATES, len(values)))
    return (values[drawn] + errors[drawn] * generator.standard_normal(drawn.shape)).mean(axis=1)


@cached_frame("speech_pairs", "speeches", "memberships")
def pairs_by_window(region: str, text: str = "without_names", windows: tuple[Window, ...] = WINDOWS) -> pd.DataFrame:
    """The likeness of each pair of a region by window: ``pair``, ``window``, ``value`` (mean over years), ``years``.

    >>> speeches.pairs_by_window("C5").query("pair == 'KAZ-TKM'").round(3)
           pair  window  value  years
    2   KAZ-TKM    1992  0.208      6
    12  KAZ-TKM    2000  0.217      9
    22  KAZ-TKM    2010  0.237      6
    32  KAZ-TKM    2017  0.207      8
    """
    rows = pairs_with(region, text)
    rows = rows[rows["other"].isin(members(region)) & (rows["member"] < rows["other"])]
    found = []
    for window in windows:
        part = rows[rows["year"].between(*window)].groupby(["member", "other"])["value"].agg(["mean", "size"])
        found += [("-".join(pair), window[0], row["mean"], int(row["size"])) for pair, row in part.iterrows()]
    return pd.DataFrame(found, columns=["pair", "window", "value", "years"])


@cached_frame("speech_pairs", "speeches", "memberships")
def pairs_with(region: str, text: str = "without_names", speakers: str = "all") -> pd.DataFrame:
    """The likeness of the members of a region with all states: ``member``, ``other``, ``year``, ``value``, ``error``.

    A pair of two members stands twice. With `speakers` ``presidents`` only speeches of members' presidents count.
    Of a member outside of `PAIRED` only the pairs with states of that are counted. Raises `ChoiceError` for another way
    to take the words, or a region with two such members.
    """
    check_choice("text", text, TEXTS)
    rows, own = load("speech_pairs"), members(region)
    columns = ["year", text, "error"]
    sides = [
        rows[rows[a].isin(own)][[a, b, *columns]].set_axis(["member", "other", "year", "value", "error"], axis=1)
        for a, b in (("state_a", "state_b"), ("state_b", "state_a"))
    ]
    found = pd.concat(sides, ignore_index=True)
    if len(missing := _unpaired(region)) > 1:
        allowed = ", ".join(name for name in regions() if len(_unpaired(name)) < 2)
        raise ChoiceError(f"region is {region!r}: {'-'.join(missing[:2])} is not counted; allowed: {allowed}")
    if speakers != "all":
        spoke = [(state, year) for state in own for year in speech_years(state, speakers).index]
        for column in ("member", "other"):
            counts = pd.MultiIndex.from_frame(found[[column, "year"]]).isin(spoke)
            found = found[~found[column].isin(own) | counts]
    return found


def _unpaired(region: str) -> list[str]:
    """The members of a region whose pairs with most states are not counted."""
    return sorted(set(members(region)) - set(members(PAIRED)))


def within_by_year(region: str, text: str, speakers: str, window: Window) -> pd.DataFrame:
    """The years of a window in which a pair of a region can be compared, as `_inside`."""
    return _inside(region, text, speakers).loc[window[0] : window[1]]


@cached_frame("speech_pairs", "speech_likeness", "speeches", "memberships")
def _inside(region: str, text: str, speakers: str) -> pd.DataFrame:
    """The mean within a region by year, its standard error, and the number of pairs."""
    rows = pairs_with(region, text, speakers)
    rows = rows[rows["other"].isin(members(region)) & (rows["member"] < rows["other"])]
    means = rows.groupby("year").agg(value=("value", "mean"), error=("error", "mean"), pairs=("value", "size"))
    if text == "without_names" and speakers == "all":  # else that of a single pair: rather too much
        means["error"] = likeness_by_year(region, text)["error"].reindex(means.index)
    return means
