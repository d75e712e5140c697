"""One finding over every defensible way to compute it: a specification curve.

Most findings depend on choices that could as well have been made otherwise. Here a finding is a function of its
choices, and the grid of all of them says under which it holds (Simonsohn, Simmons & Nelson 2020, Nature Human
Behaviour 4). The result is reported block by block, never as one total: the total depends on how many options each
choice has, and ways that meet the same data count once.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from datacontract.errors import ChoiceError, check_choice

__all__ = ["by_option", "count_blocks", "distinct_ways", "specifications"]

_RESULT = ("value", "holds", "basis")


def specifications(finding: Callable[..., Any], **choices: Sequence[Any] | Mapping[str, Any]) -> pd.DataFrame:
    """A finding under every combination of its choices.

    Parameters
    ----------
    finding : callable
        Called with one keyword a choice. Returns a number that is above zero where the finding holds, or
        ``(number, holds)`` with True, False or None where that is not the rule, or ``(number, holds, basis)``: the
        basis is anything hashable that is the same where two combinations meet the same data in the same way. A
        missing number or None means that it cannot be told.
    **choices : list, or dict of words to values
        The options of each choice, the preferred one first; of a dictionary the words stand in the result and the
        values go to `finding`.

    Returns
    -------
    pandas.DataFrame
        One row a combination, the preferred one first: a categorical column of each choice, its options in the order
        given; ``value`` (float), ``holds`` (``boolean``, missing where it cannot be told) and ``basis`` (a number; the
        same number is the same data, which counts once, see `distinct_ways`).

    Raises
    ------
    ChoiceError
        No choices, a choice without options or with one option twice, or one named ``value``, ``holds`` or ``basis``.

    Notes
    -----
    Combinations are not independent: they share their data. That a finding holds in most of them is no test, and the
    share depends on which choices are in the grid: put in those that somebody could defend for one and the same
    question, and all of them.

    Examples
    --------
    >>> sensitivity.specifications(lambda a, b: a - b, a=[1, 2], b={"low": 0, "high": 2})
       a     b  value  holds  basis
    0  1   low    1.0   True      0
    1  1  high   -1.0  False      1
    2  2   low    2.0   True      2
    3  2  high    0.0  False      3
    """
    options = {name: _options(name, given) for name, given in choices.items()}
    if not options:
        raise ChoiceError("no choices are given; allowed: one or more, each with its options")
    rows: list[Any] = []
    bases: dict[Any, int] = {}
    for words in itertools.product(*options.values()):
        result = finding(**{name: options[name][word] for name, word in zip(options, words, strict=True)})
        if not isinstance(result, tuple):
            result = result, None if pd.isna(result) else result > 0
        value, holds, basis = (*result, words)[:3]
        told = None if pd.isna(value) or pd.isna(holds) else bool(holds)
        rows.append((*words, value, told, bases.setdefault(basis, len(bases))))
    kinds = {name: pd.CategoricalDtype(list(words)) for name, words in options.items()}
    return pd.DataFrame(rows, columns=[*options, *_RESULT]).astype({"value": "float64", "holds": "boolean"} | kinds)


def distinct_ways(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
    """The combinations without those that meet the same data as an earlier one, in each block of the choices `by`.

    >>> grid = sensitivity.specifications(lambda a, b: (a, a > 1, a), a=[1, 2], b=["one way", "same data"])
    >>> sensitivity.distinct_ways(grid)[["a", "b", "value", "holds"]]
       a        b  value  holds
    0  1  one way    1.0  False
    2  2  one way    2.0   True
    """
    return frame.drop_duplicates([*by, "basis"])


def count_blocks(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
    """In how many combinations the finding holds, for every combination of the options of one or more choices.

    Returns a frame indexed by the choices `by`: ``holds``, ``fails``, ``undetermined`` (counts, same data once) and
    ``share`` (that hold, of those that can be decided; missing where none can). Raises `ChoiceError` where `frame` has
    no such choice.

    >>> grid = sensitivity.specifications(lambda a, b: a - b, a=[1, 2], b={"low": 0, "high": 2})
    >>> sensitivity.count_blocks(grid, "b")
          holds  fails  undetermined  share
    b
    low       2      0             0    1.0
    high      0      2             0    0.0
    """
    for name in by:
        check_choice("by", name, frame.columns.drop([*_RESULT]))
    found = distinct_ways(frame, *by).groupby([*by], sort=False, observed=False)["holds"]
    counts = found.agg(holds="sum", known="count", undetermined="size").astype(int)
    counts["undetermined"] -= counts["known"]
    counts.insert(1, "fails", counts.pop("known") - counts["holds"])
    return counts.assign(share=counts["holds"] / (counts["holds"] + counts["fails"]))


def by_option(frame: pd.DataFrame) -> pd.DataFrame:
    """`count_blocks` of each choice alone: ``choice``, ``option``, and the counts.

    >>> grid = sensitivity.specifications(lambda a, b: a - b, a=[1, 2], b={"low": 0, "high": 2})
    >>> sensitivity.by_option(grid)
      choice option  holds  fails  undetermined  share
    0      a      1      1      1             0    0.5
    1      a      2      1      1             0    0.5
    2      b    low      2      0             0    1.0
    3      b   high      0      2             0    0.0
    """
    choices = frame.columns.drop([*_RESULT])
    parts = {name: count_blocks(frame, name).rename_axis("option") for name in choices}
    return pd.concat(parts, names=["choice"]).reset_index()


def _options(name: str, given: Sequence[Any] | Mapping[str, Any]) -> dict[str, Any]:
    if name in _RESULT:
        raise ChoiceError(f"a choice is named {name!r}; allowed: any other name, since the result has that column")
    pairs = given.items() if isinstance(given, Mapping) else zip(given, given, strict=True)
    words = {str(word): value for word, value in pairs}
    if not words or len(words) < len(given):
        raise ChoiceError(f"{name} is {given!r}; allowed: one or more options, each once")
    return words
