"""What speeches name: themes and actors as shares of their sentences, by window, with intervals."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from centralasia.regions import members
from centralasia.tables import cached_frame, load
from datacontract import contract
from datacontract.contract import cached_by_tables
from datacontract.errors import check_choice

__all__ = [
    "DENOMINATORS", "LAST_WINDOW", "SPEAKERS", "TURNS", "WINDOWS", "Change", "change", "counts_by_year", "mean_change",
    "measured_themes", "naming_by_turn", "speech_years", "theme_shares", "window_name", "window_of",
    "window_shares",
]  # fmt: skip

Window = tuple[int, int]
WINDOWS: tuple[Window, ...] = ((1992, 1999), (2000, 2009), (2010, 2016), (2017, 2024))
LAST_WINDOW = WINDOWS[-1]
TURNS: tuple[Window, ...] = ((2010, 2014), (2015, 2019), (2020, 2024))  # after 2014, after 2020: years of equal number
SPEAKERS = ("all", "presidents")
DENOMINATORS = ("TRN", "DIG", "ENV", "WAT")  # the article's five: innovation counts with digital matters
LEAST_F1, LEAST_CODED = 0.75, 5  # a theme that is recognised less well, or was coded less often, is used in no finding
REPLICATES = 1000
SEED = 2017
BY_NAME, WITH_MEMBERS = "C5", "CA4"  # Central Asia by name; by name or by any other of the five
KINDS = {"themes": ("speech_themes", "theme"), "actors": ("speech_partners", "actor")}


class Change(NamedTuple):
    """A difference with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def window_name(window: Window) -> str:
    """``2017–2024``.

    >>> speeches.window_name((2017, 2024))
    '2017–2024'
    """
    return f"{window[0]}–{window[1]}"


def window_of(first: int, windows: Sequence[Window] = WINDOWS) -> Window:
    """The window that begins in a year.

    >>> speeches.window_of(2000)
    (2000, 2009)
    """
    return next(window for window in windows if window[0] == first)


@cached_frame("speeches")
def speech_years(state: str, speakers: str = "all") -> pd.DataFrame:
    """The speeches of a state, rows of ``speeches.csv`` by year.

    `speakers` is ``all``, or ``presidents`` for those of heads of state alone. Raises `ChoiceError` for another word,
    or a state without any speech.

    >>> speeches.speech_years("KAZ", "presidents").index[:4].to_list()
    [1992, 2007, 2011, 2015]
    """
    check_choice("speakers", speakers, SPEAKERS)
    check_choice("state", state, contract.distinct("speeches.state"))
    rows = load("speeches")
    rows = rows[rows["state"] == state]
    rows = rows if speakers == "all" else rows[rows["post"] == "head_of_state"]
    return rows.set_index("year").sort_index()


@cached_by_tables("theme_accuracy", maxsize=4)
def measured_themes() -> tuple[str, ...]:
    """The themes that may stand in a finding: F1 of 0.75 or more, and coded in 5 sentences or more.

    >>> "WAT" in speeches.measured_themes(), "BOR" in speeches.measured_themes()
    (True, False)
    """
    rows = load("theme_accuracy")
    good = rows[(rows["f1"] >= LEAST_F1) & (rows["coded"] >= LEAST_CODED)]
    return tuple(theme for theme in contract.distinct("domains.domain") if theme in set(good["theme"]))


@cached_frame("speeches", "speech_themes", "speech_partners")
def counts_by_year(state: str, kind: str = "themes", speakers: str = "all") -> pd.DataFrame:
    """In how many sentences of each speech of a state each theme, or each actor, is named.

    Parameters
    ----------
    state : str
        A state with speeches; for actors one of those in ``speech_partners.csv``.
    kind : {"themes", "actors"}
    speakers : {"all", "presidents"}

    Returns
    -------
    pandas.DataFrame
        One row a year with a speech, one column a theme or actor, whole numbers; ``n`` is how many sentences the
        speech has. A year without a speech has no row: what was said is unknown.

    Examples
    --------
    >>> speeches.counts_by_year("KAZ").loc[1992:1994, ["WAT", "SEC", "n"]]
    theme  WAT  SEC    n
    year
    1992     2   35  116
    1993     0   18   85
    1994     1   20  103
    """
    check_choice("kind", kind, KINDS)
    table, column = KINDS[kind]
    years, rows = speech_years(state, speakers), load(table)
    rows = rows[rows["state"] == state]
    codes = contract.distinct("theme_terms.theme") if kind == "themes" else sorted(rows[column].unique())
    wide = rows.pivot_table(index="year", columns=column, values="sentences", aggfunc="sum")
    return wide.reindex(index=years.index, columns=codes).fillna(0).astype(int).assign(n=years["sentences"].astype(int))


@cached_frame("speeches", "speech_themes", "speech_partners")
def window_shares(
    state: str, kind: str = "themes", speakers: str = "all", windows: tuple[Window, ...] = WINDOWS
) -> pd.DataFrame:
    """What share of a state's sentences names each theme or actor, by window, with a 95 % interval.

    Share of a speech that a theme takes: sentences that name it over all sentences, all speeches of a window taken
    together (salience, as in Budge et al. 2001, Mapping Policy Preferences, with sentences for quasi-sentences). The
    interval is a bootstrap in two steps (Davison and Hinkley 1997, Bootstrap Methods, 3.8): the speeches of the window
    are drawn anew with replacement, and in each its sentences.

    Returns
    -------
    pandas.DataFrame
        One row a window and code: ``window`` (its first year), ``code``, ``sentences``, ``n`` (all sentences),
        ``speeches`` (in the window), ``naming`` (speeches that name it), ``share``, ``low``, ``high``. A window
        without a speech has no row.

    Examples
    --------
    >>> rows = speeches.window_shares("KAZ")
    >>> rows.loc[rows["code"] == "WAT", ["window", "sentences", "n", "naming", "speeches"]]
        window  sentences    n  naming  speeches
    5     1992          4  744       3         8
    19    2000         11  800       5        10
    33    2010          5  604       4         7
    47    2017         18  817       8         8
    """
    found, counts = [], counts_by_year(state, kind, speakers)
    codes = [code for code in counts if code != "n"]
    for window in windows:
        part = counts.loc[window[0] : window[1]]
        if len(part):
            low, high = np.quantile(draws(state, kind, speakers, window), [0.025, 0.975], axis=0)
            total = part["n"].sum()
            frame = pd.DataFrame({"sentences": part[codes].sum(), "naming": (part[codes] > 0).sum()})
            frame = frame.assign(window=window[0], n=total, speeches=len(part), low=low, high=high)
            found.append(frame.assign(share=frame["sentences"] / total).rename_axis("code").reset_index())
    columns = ["window", "code", "sentences", "n", "speeches", "naming", "share", "low", "high"]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def theme_shares(states: Iterable[str], window: Window) -> pd.DataFrame:
    """What share of the sentences of states in a window names each measured theme: a row a theme, a column a state.

    >>> speeches.theme_shares(["KAZ", "TKM"], (2017, 2024)).round(3).head(2)
            KAZ    TKM
    code
    TRN   0.034  0.064
    TRD   0.038  0.014
    """
    rows = {state: window_shares(state, windows=(window,)).set_index("code")["share"] for state in states}
    return pd.DataFrame(rows, dtype=float).reindex(measured_themes())


def change(state: str, code: str, before: Window, after: Window, kind: str = "themes") -> Change | None:
    """How much the share of sentences that name a theme or actor rose from one window to another.

    In the units of `window_shares`, with the bootstrap interval of the difference; None where a window has no speech.

    >>> found = speeches.change("KAZ", "WAT", (1992, 1999), (2017, 2024))
    >>> round(100 * found.value, 1), found.clear
    (1.7, True)
    """
    found = _moved(state, code, (before, after), kind)
    return None if found is None else _change(*found)


def mean_change(region: str, code: str, before: Window, after: Window) -> Change | None:
    """`change` of a theme in the mean over the members of a region that spoke in both windows; None without any.

    >>> found = speeches.mean_change("C5", "WAT", (1992, 1999), (2017, 2024))
    >>> round(100 * found.value, 1), found.clear
    (4.4, True)
    """
    every = (_moved(state, code, (before, after), "themes") for state in members(region))
    found = [moved for moved in every if moved is not None]
    return _change(*(np.mean(parts, axis=0) for parts in zip(*found, strict=True))) if found else None


def _moved(state: str, code: str, windows: tuple[Window, Window], kind: str) -> tuple[float, np.ndarray] | None:
    """The difference of shares between two windows, and its bootstrap samples; None where a window has no speech."""
    counts = counts_by_year(state, kind)
    parts = [counts.loc[first:last] for first, last in windows]
    if any(part.empty for part in parts):
        return None
    if code not in counts:
        return 0.0, np.zeros(REPLICATES)
    place = list(counts).index(code)
    earlier, later = (part[code].sum() / part["n"].sum() for part in parts)
    before, after = (draws(state, kind, "all", window)[:, place] for window in windows)
    return later - earlier, after - before


def _change(value: float, drawn: np.ndarray) -> Change:
    return Change(float(value), *map(float, np.quantile(drawn, [0.025, 0.975])))


def naming_by_turn(state: str, code: str) -> pd.DataFrame:
    """`window_shares` of one actor over `TURNS`: windows of five years that begin after 2014 and after 2019.

    >>> speeches.naming_by_turn("KAZ", "C5")[["window", "sentences", "n", "share"]].round(3)
       window  sentences    n  share
    0    2010         16  431  0.037
    1    2015         28  468  0.060
    2    2020         26  522  0.050
    """
    rows = window_shares(state, "actors", windows=TURNS)
    if code not in set(rows["code"]):  # which has rows for the actors that the state ever named
        rows = rows.drop_duplicates("window").assign(code=code, sentences=0, naming=0, share=0.0, low=0.0, high=0.0)
    return rows[rows["code"] == code].reset_index(drop=True)


@cached_by_tables("speeches", "speech_themes", "speech_partners", maxsize=256)
def draws(state: str, kind: str, speakers: str, window: Window) -> np.ndarray:
    """Bootstrap samples of the shares in a window: shape (samples, codes)."""
    part = counts_by_year(state, kind, speakers).loc[window[0] : window[1]]
    n = part.pop("n").to_numpy()
    generator = np.random.default_rng([SEED, window[0], *map(ord, state)])
    drawn = generator.integers(0, len(n), size=(REPLICATES, len(n)))
    rates = part.to_numpy() / n[:, None]
    found = generator.binomial(n[drawn][..., None], rates[drawn])
    return found.sum(axis=1) / n[drawn].sum(axis=1)[:, None]
