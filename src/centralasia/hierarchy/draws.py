"""How often each place comes out if readings are drawn as equals and places err as often as facts looked up again.

A Monte Carlo over two doubts: which of the equally well founded readings is right, and whether the place
is wrong all the same. The second is drawn at the rate at which rows of the same confidence were contradicted when
they were looked up (``verification.csv``, random sample), with the uncertainty of so small a sample (a beta
distribution from Jeffreys' prior; Brown, Cai and DasGupta 2001, Statistical Science 16). The sample is of events,
not of doctrine: that places in doctrine err as often is an assumption.
"""

import zlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from centralasia.hierarchy.alternatives import distinct_places
from centralasia.hierarchy.words import place_words
from centralasia.tables import cached_frame, load

__all__ = ["draw_places", "error_rates", "moves_drawn", "places_drawn"]

DRAWS, SEED = 10_000, 2020


@cached_frame("verification")
def error_rates() -> pd.DataFrame:
    """How often rows drawn at random were wrong, by the confidence they had: ``looked_up``, ``wrong``, ``rate``.

    What no independent source settled is left out. ``rate`` is the mean of the beta distribution with Jeffreys' prior,
    (wrong + 1/2) / (looked_up + 1).

    >>> rates = hierarchy.error_rates()
    >>> rates.columns.to_list()
    ['looked_up', 'wrong', 'rate']
    >>> rates["rate"].idxmin()
    'high'
    """
    rows = load("verification").query("sample == 'random' and verdict != 'not_found'")
    wrong = rows["verdict"].eq("contradicted").groupby(rows["confidence"], observed=False)
    found = pd.DataFrame({"looked_up": wrong.size(), "wrong": wrong.sum().astype(int)})
    return found.assign(rate=(found["wrong"] + 0.5) / (found["looked_up"] + 1))


@cached_frame("priorities", "readings", "verification")
def draw_places(document: str, actor: str, draws: int = DRAWS, seed: int = SEED, which: str = "equal") -> pd.DataFrame:
    """The place of an actor in a document, drawn many times.

    Each draw takes one of the `distinct_places` of the actor, all as likely, and then errs as often as its confidence
    says (see `error_rates`): a wrong one puts the actor at any other place of the list that was read, all as likely.

    Returns
    -------
    pandas.DataFrame
        One row a draw: ``rank`` (``Int64``, missing where that reading gives no place), ``sharing`` (partners that have
        the place) and ``middle`` (of the places they share). The same seed gives the same draws of a document,
        whatever else is drawn.

    Examples
    --------
    >>> drawn = hierarchy.draw_places("kaz-2014", "CA4", draws=1000)
    >>> len(drawn), drawn.columns.to_list()
    (1000, ['rank', 'sharing', 'middle'])
    """
    found, rates = distinct_places(document, actor, which), error_rates()
    rng = np.random.default_rng([seed, zlib.crc32(document.encode())])
    taken = found.iloc[rng.integers(len(found), size=draws)]
    known = taken["confidence"].map(lambda level: level if level in rates.index else "low")
    wrong, looked_up = (rates[column].reindex(known).to_numpy() for column in ("wrong", "looked_up"))
    errs = rng.random(draws) < rng.beta(wrong + 0.5, looked_up - wrong + 0.5)
    length, rank = taken["list_length"].to_numpy(), taken["rank"].to_numpy(dtype=float, na_value=np.nan)
    other = np.floor(rng.random(draws) * (length - 1)) + 1
    other += other >= rank  # any place of the list but its own
    moved = errs & (length > 1) & ~np.isnan(rank)
    sharing = np.where(moved, 1, taken["sharing"])
    drawn = pd.DataFrame(
        {"rank": pd.array(np.where(moved, other, rank), "Float64").astype("Int64"), "sharing": sharing}
    )
    return drawn.assign(middle=drawn["rank"].astype("Float64") + (drawn["sharing"] - 1) / 2)


def places_drawn(
    documents: Sequence[str], actor: str, draws: int = DRAWS, seed: int = SEED, which: str = "equal"
) -> pd.DataFrame:
    """In which share of the draws each place comes out: ``document_id``, ``place`` in words, ``middle`` and ``share``.

    From the highest place of each document down; a draw without a place comes last.

    >>> drawn = hierarchy.places_drawn(["kaz-2020"], "CA4")
    >>> drawn.loc[drawn["share"].idxmax(), "place"]
    4th
    """
    parts = []
    for document in documents:
        drawn = draw_places(document, actor, draws, seed, which)
        shares = drawn.groupby(["middle", "rank", "sharing"], dropna=False).size().div(draws).reset_index(name="share")
        words = [place_words(row.rank, row.sharing) for row in shares.itertuples(index=False)]
        each = shares[["middle", "share"]].groupby(words, sort=False)  # a place that two share, or three, is joint
        own = each.agg({"middle": "first", "share": "sum"}).rename_axis("place").reset_index()
        parts.append(own.assign(document_id=document)[["middle", "share", "document_id", "place"]])
    return pd.concat(parts, ignore_index=True)


def moves_drawn(
    before: str, after: str, actor: str, draws: int = DRAWS, seed: int = SEED, which: str = "equal"
) -> pd.Series:
    """In which share of the draws an actor comes earlier (``up``), as early (``same``) or later (``down``) in `after`.

    A shared place is taken at its middle. ``unknown`` is the share of draws in which either has no place.

    >>> hierarchy.moves_drawn("kaz-2014", "kaz-2020", "CA4").idxmax()
    'down'
    """
    one, other = (draw_places(document, actor, draws, seed, which)["middle"] for document in (before, after))
    gain = (one - other).astype("float64")
    return pd.Series({"up": gain > 0, "same": gain == 0, "down": gain < 0, "unknown": gain.isna()}).map(np.mean)
