"""Both directions of a pair: what each is to the other, and whether what grew is what the claims speak of."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from centralasia.names import short_name
from centralasia.partners.comparison import change
from centralasia.partners.measures import revealed
from centralasia.partners.sources import SOURCES, single_partners, states
from centralasia.partners.words import in_source, value_words, window_words
from centralasia.regions import check_pair, members
from datacontract.language import _

__all__ = ["RevealedCheck", "both_directions", "check_growing_priority", "check_neighbours_closer"]


class RevealedCheck(NamedTuple):
    """What the revealed side says on a claim of growing priority: words, whether it bears it out, and the ground.

    ``holds`` is true where the gain from one window to the next is above zero with all of its interval, false where it
    is below with all of it, None where that is not settled.
    """

    by: str
    words: str
    holds: bool | None
    source: str


def both_directions(pair: str, sources: Sequence[str], windows: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """What each of two states is to the other, among its `single_partners`.

    Returns
    -------
    pandas.DataFrame
        One row a source, window and direction: ``by``, ``window``, ``state`` (whose partner), ``partner``, and
        ``value``, ``lower``, ``upper``, ``rank``, ``best``, ``worst``, ``years``, ``basis``, ``source`` of `revealed`;
        ``partners``, among how many. A source that has nothing for a state and window has no row.

    Raises `DataError` where `pair` is not one.

    Examples
    --------
    >>> found = partners.both_directions("KAZ-KGZ", ["trade"], ["2014-2019"])
    >>> found[["state", "partner", "value", "rank", "partners"]].round(1)
      state partner  value  rank  partners
    0   KAZ     KGZ    0.9   6.0        11
    1   KGZ     KAZ   15.1   3.0        11
    """
    one, other = check_pair(pair)
    rows = []
    for by, window, (state, partner) in itertools.product(sources, windows, ((one, other), (other, one))):
        known = _compared(state, by)
        if state not in states() or partner not in known:
            continue
        order = revealed(state, known, by, window, seed)
        if len(order):
            own = {"by": by, "window": window, "state": state, "partner": partner, "partners": len(known)}
            rows.append(own | order.loc[partner].to_dict())
    columns = ["by", "window", "state", "partner", "value", "lower", "upper", "rank", "best", "worst", "partners",
               "years", "basis", "source"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _compared(state: str, source: str) -> tuple[str, ...]:
    """The partners that a source knows of a state; visits are known within the region alone."""
    return tuple(code for code in single_partners(state) if source != "visits" or code in members("C5"))


def check_growing_priority(
    state: str,
    partner: str,
    partners: tuple[str, ...],
    before: str,
    after: str,
    sources: Sequence[str] = SOURCES,
) -> Iterator[RevealedCheck]:
    """Whether a partner gained in what a state does from one window to another: one check a source.

    This is the revealed side of a claim that a partner moved up in the documents, and belongs beside the declared one.

    >>> compared = ("CA4", "RUS", "CHN")
    >>> for check in partners.check_growing_priority("KAZ", "CA4", compared, "2008-2013", "2014-2019", ["votes"]):
    ...     print(check.holds, check.words)
    True Central Asia in votes at the UN: 0.50 in 2008–2013, then 0.64 in 2014–2019
    """
    for source in sources:
        yield _check(state, partner, partners, source, before, after)


def check_neighbours_closer(
    state: str, region: str, before: str, after: str, sources: Sequence[str] = SOURCES
) -> Iterator[RevealedCheck]:
    """Whether each other member of a region gained in what a state does: one check a neighbour and source.

    This is the revealed side of a claim that a state wants each neighbour closer, and belongs beside what was signed.

    >>> checks = partners.check_neighbours_closer("KAZ", "C5", "2008-2013", "2014-2019", ["votes"])
    >>> next(checks)
    RevealedCheck(by='votes', words=Kyrgyzstan in votes at the UN: 0.57 in 2008–2013, then 0.71 in 2014–2019,
    holds=None, source='UNDGACM;UNGA')
    """
    for neighbour in (code for code in members(region) if code != state):
        for source in sources:
            if neighbour in (known := _compared(state, source)):
                yield _check(state, neighbour, known, source, before, after)


def _check(state: str, partner: str, partners: tuple[str, ...], source: str, before: str, after: str) -> RevealedCheck:
    found = change(state, partner, partners, source, before, after)
    name = f"{short_name(partner)} {in_source(source)}"
    if pd.isna(found["gain"]):
        return RevealedCheck(source, _("{name}: no value by one series in both windows", name=name), None, "")
    first, last = (
        f"{value_words(source, found[f'value_{when}'])} {window_words(window, True)}"
        for when, window in (("before", before), ("after", after))
    )
    words = _("{name}: {before}, then {after}", name=name, before=first, after=last)
    unsettled = pd.isna(found["low"]) or found["low"] <= 0 <= found["high"]
    return RevealedCheck(source, words, None if unsettled else bool(found["gain"] > 0), found["source"])
