"""One finding over every defensible way to compute it: a specification curve.

Most findings depend on choices that could as well have been made otherwise. Here a finding is a function of its
choices, and the grid of all of them says in how many it holds (Simonsohn, Simmons & Nelson 2020, Nature Human
Behaviour 4).
"""

import itertools

import pandas as pd

__all__ = ["by_option", "choices_of", "specifications"]


def specifications(finding, **choices):
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
    ValueError
        No choices, a choice without options or with one option twice, or one named ``value`` or ``holds``.

    Notes
    -----
    Combinations are not independent: they share their data. That a finding holds in most of them is no test, and the
    share depends on which choices are in the grid: put in those that somebody could defend, and all of them.
    """
    options = {name: _options(name, given) for name, given in choices.items()}
    if not options:
        raise ValueError("no choices are given; allowed: one or more, each with its options")
    rows = []
    for words in itertools.product(*options.values()):
        named = dict(zip(options, words, strict=True))
        value, holds = _told(finding(**{name: options[name][word] for name, word in named.items()}))
        rows.append(named | {"value": value, "holds": holds})
    frame = pd.DataFrame(rows).astype({"value": "float64", "holds": "boolean"})
    return frame.astype({name: pd.CategoricalDtype(list(words)) for name, words in options.items()})


def choices_of(frame):
    """The columns of `specifications` that are choices, in their order."""
    return [name for name in frame.columns if name not in ("value", "holds")]


def by_option(frame):
    """In how many combinations the finding holds, option by option.

    Returns a frame with one row an option: ``choice``, ``option``, ``holds``, ``fails``, ``untold`` (counts), and the
    ``low`` and ``high`` of the values.
    """
    rows = []
    for choice in choices_of(frame):
        for option, part in frame.groupby(choice, observed=True):
            held, told = int(part["holds"].sum()), int(part["holds"].count())
            span = part["value"].min(), part["value"].max()
            rows.append((choice, str(option), held, told - held, len(part) - told, *span))
    return pd.DataFrame(rows, columns=["choice", "option", "holds", "fails", "untold", "low", "high"])


def _options(name, given):
    if name in ("value", "holds"):
        raise ValueError(f"a choice is named {name!r}; allowed: any other name, since the result has that column")
    words = {
        str(word): value
        for word, value in (given.items() if isinstance(given, dict) else zip(given, given, strict=True))
    }
    if not words or len(words) < len(given):
        raise ValueError(f"{name} is {given!r}; allowed: one or more options, each once")
    return words


def _told(result):
    """Value and verdict of what a finding returned."""
    if isinstance(result, tuple):
        value, holds = result
    else:
        value, holds = result, (None if pd.isna(result) else result > 0)
    if pd.isna(value) or pd.isna(holds):
        return float("nan") if pd.isna(value) else float(value), pd.NA
    return float(value), bool(holds)
