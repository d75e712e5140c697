"""One finding over every defensible way to compute it: a specification curve.

Most findings depend on choices that could as well have been made otherwise. Here a finding is a function of its
choices, and the grid of all of them says in how many it holds (Simonsohn, Simmons & Nelson 2020, Nature Human
Behaviour 4).
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.style import FAINT, GREY, INK, RULE
from datacontract.errors import ChoiceError
from datacontract.words import MarkdownText, capitalised, format_number, join_list, plain, pluralize

__all__ = ["by_option", "specification_curve", "specification_summary", "specifications"]

_RESULT = ("value", "holds")
_HOLDS, _FAILS = "#00696b", "#b3541e"


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


def _value_span(frame: pd.DataFrame) -> list[str]:
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


@figure
def specification_curve(canvas: Any, frame: pd.DataFrame, finding: str, measure: str) -> Drawing:
    """Every combination of choices as a column, sorted by value; below, which option of each choice it takes.

    Parameters
    ----------
    frame : pandas.DataFrame
        As from `centralasia.sensitivity.specifications`.
    finding : str
        The finding as a clause, ``Agreement within the region rose``; it opens the title.
    measure : str
        What ``value`` is, with its unit: the label of the axis.

    Full circles: it holds; hollow squares: it does not; hatched columns at the right: it cannot be told. The large
    diamond is the first, preferred combination.
    """
    order = frame.iloc[np.lexsort((frame["value"], frame["holds"].isna()))]
    place, values, options = np.arange(len(order)), order["value"].to_numpy(), by_option(frame)
    holds, fails = (verdict.fillna(False).to_numpy(bool) for verdict in (order["holds"], ~order["holds"]))
    unknown = ~(holds | fails)
    rows, gaps = 0.2 * len(options), 0.1 * options["choice"].nunique()
    canvas.set_figheight(2.9 + rows + gaps)
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[2.2, rows + gaps])
    above.axhline(0, color=INK, lw=0.8)
    for chosen, look in (
        (holds, {"color": _HOLDS, "linewidth": 0}),
        (fails, {"marker": "s", "facecolor": "white", "edgecolor": _FAILS, "lw": 1}),
        (unknown, {"marker": "x", "color": FAINT, "lw": 1}),
    ):
        size = np.clip(2600 / max(len(order), 1), 8, 40)
        above.scatter(place[chosen], values[chosen], s=size, zorder=3, **look)
    first = order.index.get_loc(frame.index[0])
    above.scatter(first, values[first], s=75, marker="D", facecolor="none", edgecolor=INK, lw=1.4, zorder=4)
    above.set_ylabel(measure)
    above.grid(axis="y")
    ticks = _draw_matrix(below, order, ((holds, _HOLDS), (fails, _FAILS), (unknown, FAINT)))
    for axes in (above, below) if unknown.any() else ():
        ends = place[unknown].min() - 0.5, place[unknown].max() + 0.5
        axes.axvspan(*ends, facecolor="none", edgecolor=GREY, hatch="////", lw=0)
    below.set_yticks(list(ticks), options["option"], fontsize=8.5)
    below.set(xlim=(-1, len(order)), ylim=(max(ticks) + 0.8, -1.2), xticks=[])
    above.spines["bottom"].set_visible(False)
    below.spines[["left", "bottom"]].set_visible(False)
    counted = ": cannot be told in any" if unknown.all() else f" in {holds.sum()}"
    title = f"{capitalised(finding)}{counted} of {pluralize(len(frame), 'specification')}"
    caption = (
        f"Each column is one combination of choices (n = {len(frame)}), sorted by value. Full circle: the finding "
        "holds; hollow square: it does not; hatched: it cannot be told. Diamond: the first, preferred combination. The "
        "method is that of Simonsohn, Simmons and Nelson (2020)."
    )
    return Drawing(title, _words(frame, options), caption, order)


def _draw_matrix(axes: Any, order: pd.DataFrame, verdicts: Any) -> list[float]:
    """One row an option, a tick in every column that takes it; returns where the rows are."""
    ticks, y = [], 0.0
    for choice in order.columns.drop([*_RESULT]):
        axes.text(0.0, y - 0.15, capitalised(plain(choice)), transform=axes.get_yaxis_transform(), fontsize=8.5,
                  fontweight="bold", ha="right", va="center")  # fmt: skip
        y += 0.8
        for option in order[choice].cat.categories:
            taken = (order[choice] == option).to_numpy()
            for chosen, shade in verdicts:
                x = np.repeat(np.flatnonzero(taken & chosen), 3)
                ends = np.tile([y - 0.38, y + 0.38, np.nan], len(x) // 3)  # one path, with gaps between the ticks
                axes.plot(x, ends, color=shade, lw=1.4 if shade == _HOLDS else 0.8, solid_capstyle="butt")
            axes.axhline(y, color=RULE, lw=0.4, zorder=0)
            ticks.append(y)
            y += 1
        y += 0.4
    return ticks


def _words(frame: pd.DataFrame, options: pd.DataFrame) -> str:
    """The whole curve as text: the counts, the span of values, and the counts option by option."""
    held, known = int(frame["holds"].sum()), int(frame["holds"].count())
    low, high, middle = _value_span(frame)
    span = f", values from {low} to {high}, median {middle}" if frame["value"].notna().any() else ""
    tail = f", cannot be told in {len(frame) - known}" if known < len(frame) else ""
    parts = []
    for choice, rows in options.groupby("choice", sort=False):
        each = ", ".join(f"{r.option} {r.holds} of {r.holds + r.fails + r.undetermined}" for r in rows.itertuples())
        parts.append(f"By {plain(choice)}: {each}.")
    return (
        f"Specification curve over {pluralize(len(frame), 'combination')} of choices. The finding holds in {held}, "
        f"does not in {known - held}{tail}{span}. Where it holds: {' '.join(parts)}"
    )


def specification_summary(frame: pd.DataFrame, finding: str) -> MarkdownText:
    """In how many combinations of choices a finding holds, and on which option it depends most.

    `frame` is from `centralasia.sensitivity.specifications`; `finding` a clause, ``agreement within the region rose``.
    """
    held, known, total = int(frame["holds"].sum()), int(frame["holds"].count()), len(frame)
    combinations = f"{pluralize(total, 'combination')} of choices"
    if not known:
        return MarkdownText(f"In none of {combinations} can it be told whether {finding}.")
    text = f"Over {combinations}, {finding} in {'none' if not held else 'all' if held == total else held} of them"
    if 0 < held < known:
        text += f", not in {known - held}"
    if known < total:
        text += f"; in {total - known} it cannot be told"
    if frame["value"].notna().any():
        low, high, middle = _value_span(frame)
        text += f". The values lie between {low} and {high}, the median at {middle}"
    weakest = _weakest(by_option(frame)) if 0 < held < known else ""
    return MarkdownText(f"{text}. {weakest}Combinations share their data, so this counts no independent tests.")


def _weakest(options: pd.DataFrame) -> str:
    """Where the finding fails most, and the options under which it always holds."""
    least = options.loc[options["share"].idxmin()]
    counts = f"{least['holds']} of {least['holds'] + least['fails']}"
    text = f"It holds least often under {plain(least['choice'])}: {least['option']} ({counts})"
    firm = options[options["share"] == 1].groupby("choice", sort=False)["option"]
    if parts := [f"{plain(choice)}: {join_list(names, 'or')}" for choice, names in firm]:
        text += f", and without exception under {'; '.join(parts)}"
    return f"{text}. "
