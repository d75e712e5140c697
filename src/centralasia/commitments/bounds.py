"""What two sets share when it is known only in part what is in them. Nothing here knows a subject or reads a table.

A cell is 1 (in the set), 0 or −1 (not in it; −1 refused) or missing (unknown).
"""

from dataclasses import dataclass

import pandas as pd

__all__ = ["Overlap", "known_union", "overlap"]


@dataclass(frozen=True)
class Overlap:
    """What two agendas share, as `overlap` returns it.

    ``domains`` is the number of themes compared, ``named`` how many of them each is known to name, ``both`` those that
    both name, ``against`` those that one names and the other refuses. Between ``least`` and ``most`` themes are
    shared, whatever the unknown cells are.
    """

    domains: int
    named: tuple[int, int]
    both: tuple[str, ...]
    against: tuple[str, ...]
    least: int
    most: int


def known_union(matrix: pd.DataFrame) -> pd.Series:
    """Columns taken together: 1 where any is 1; else, where none is missing, −1 where any is and 0 where all are 0.

    Missing otherwise (Kleene 1952, strong *or*).

    >>> import pandas as pd
    >>> texts = pd.DataFrame({"concept": [1, 0, 0], "plan": [pd.NA, 0, pd.NA]}, ["TRN", "WAT", "ENV"], dtype="Int64")
    >>> commitments.known_union(texts).to_dict()
    {'TRN': 1, 'WAT': 0, 'ENV': None}
    """
    highest, lowest = matrix.max(axis=1), matrix.min(axis=1)
    value = highest.where(highest.eq(1).fillna(False), lowest)
    return value.where(highest.eq(1).fillna(False) | matrix.notna().all(axis=1)).astype("Int64")


def overlap(first: pd.Series, second: pd.Series) -> Overlap:
    """What two agendas share, between exact bounds.

    Parameters
    ----------
    first, second : pandas.Series
        Two agendas as `agenda` gives them: 1, 0, −1 or missing, over the same themes.

    Raises
    ------
    ValueError
        The two do not cover the same themes.

    Notes
    -----
    The bounds are the least and the most over every way to fill the unknown cells (Manski 2003, Partial Identification
    of Probability Distributions). Where no 0 or −1 is known, the most is all themes, whatever the texts say: such a
    bound says nothing, and is not to be reported as a finding.

    Examples
    --------
    >>> import pandas as pd
    >>> first = pd.Series([1, 1, 0, pd.NA], ["TRN", "WAT", "ENV", "DIG"], "Int64")
    >>> second = pd.Series([1, pd.NA, 1, 1], first.index, "Int64")
    >>> commitments.overlap(first, second)
    Overlap(domains=4, named=(2, 3), both=('TRN',), against=(), least=1, most=3)
    """
    if list(first.index) != list(second.index):
        raise ValueError(f"second covers {list(second.index)}; allowed: the themes of first, {list(first.index)}")
    sides = pd.DataFrame({"first": first, "second": second}).astype("Float64").astype(float)
    both, settled = (sides == 1).all(axis=1), (sides <= 0).any(axis=1)
    against = (sides == 1).any(axis=1) & (sides == -1).any(axis=1)
    named = tuple(int(n) for n in (sides == 1).sum())
    most = len(sides) - int(settled.sum())
    return Overlap(
        len(sides), (named[0], named[1]), tuple(both[both].index), tuple(against[against].index), int(both.sum()), most
    )
