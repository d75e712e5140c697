"""One finding over every defensible way to compute it: a specification curve.

Most findings depend on choices that could as well have been made otherwise. Here a finding is a function of its
choices, and the grid of all of them says in how many it holds (Simonsohn, Simmons & Nelson 2020, Nature Human
Behaviour 4).
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from datacontract.errors import ChoiceError
from datacontract.words import format_number

__all__ = ["by_option", "choices_of", "specifications"]

_RESULT = ("value", "holds")


def specifications(finding: Callable[..., Any], **choices: Sequence[Any] | Mapping[str, Any]) -> pd.DataFrame:
    """A finding under every combination of its choices.

    Parameters
    ----------
    finding : callable
        Called with one keyword a choice. Returns a number that is above zero where the finding holds, or a pair
        ``(number, holds)`` with True, False or None where that is not the rule; a missing number or None means that
        it cannot be told.
    **choices : list, or dict of words to values
        The options of each choice, the preferred one first; of a dictionary the words stand in the result and the
        values go to `finding`.

    Returns
    -------
    pandas.DataFrame
        One row a combination, the preferred one first: a categorical column of each choice, its options in the order
        given; ``value`` (float) and ``holds`` (``boolean``, missing where it cannot be told).

    Raises
    ------
    ChoiceError
        No choices, a choice without options or with one option twice, or one named ``value`` or ``holds``.

    Notes
    -----
    Combinations are not independent: they share their data. That a finding holds in most of them is no test, and the
    share depends on which choices are in the grid: put in those that somebody could defend, and all of them.
    """
    options = {name: _options(name, given) for name, given in choices.items()}
    if not options:
        raise ChoiceError("no choices are given; allowed: one or more, each with its options")
    rows = []
    for words in itertools.product(*options.values()):
        result = finding(**{name: options[name][word] for name, word in zip(options, words, strict=True)})
        value, holds = result if isinstance(result, tuple) else (result, None if pd.isna(result) else result > 0)
        rows.append((*words, value, None if pd.isna(value) or pd.isna(holds) else bool(holds)))
    kinds = {name: pd.CategoricalDtype(list(words)) for name, words in options.items()}
    return pd.DataFrame(rows, columns=[*options, *_RESULT]).astype({"value": "float64", "holds": "boolean"} | kinds)


def choices_of(frame: pd.DataFrame) -> list[str]:
    """The columns of `specifications` that are choices, in their order."""
    return [name for name in frame.columns if name not in _RESULT]


def by_option(frame: pd.DataFrame) -> pd.DataFrame:
    """In how many combinations the finding holds, option by option.

    Returns a frame with one row an option: ``choice``, ``option``, ``holds``, ``fails``, ``undetermined`` (counts) and
    ``share`` (that hold, of those that can be told; missing where none can).
    """
    options = frame.melt([*_RESULT], var_name="choice", value_name="option").groupby(["choice", "option"], sort=False)
    found = options["holds"].agg(holds="sum", known="count", undetermined="size").astype(int).reset_index()
    found["undetermined"] -= found["known"]
    found.insert(3, "fails", found.pop("known") - found["holds"])
    return found.assign(share=found["holds"] / (found["holds"] + found["fails"]))


def value_span(frame: pd.DataFrame) -> list[str]:
    """The lowest, the highest and the median value of `specifications`, as text."""
    return [format_number(value, ".3g") for value in frame["value"].agg(["min", "max", "median"])]


def _options(name: str, given: Sequence[Any] | Mapping[str, Any]) -> dict[str, Any]:
    if name in _RESULT:
        raise ChoiceError(f"a choice is named {name!r}; allowed: any other name, since the result has that column")
    pairs = given.items() if isinstance(given, Mapping) else zip(given, given, strict=True)
    words = {str(word): value for word, value in pairs}
    if not words or len(words) < len(given):
        raise ChoiceError(f"{name} is {given!r}; allowed: one or more options, each once")
    return words
