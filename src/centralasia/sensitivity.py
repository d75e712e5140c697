"""One finding over every defensible way to compute it: a specification curve.

Most findings depend on choices that could as well have been made otherwise. Here a finding is a function of its
choices, and the grid of all of them says under which it holds (Simonsohn, Simmons & Nelson 2020, Nature Human
Behaviour 4). The result is told block by block, never as one total: the total depends on how many options each choice
has, and ways that meet the same data count once.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from centralasia.figures import Drawing, figure
from centralasia.figures.style import FAINT, GREY, INK, RULE
from datacontract.errors import ChoiceError, check_choice
from datacontract.language import _, format_number, ngettext
from datacontract.words import MarkdownText, capitalised, plain

__all__ = [
    "by_option", "count_blocks", "distinct_ways", "specification_curve", "specification_summary", "specifications",
]  # fmt: skip

_RESULT = ("value", "holds", "basis")
_HOLDS, _FAILS = "#00696b", "#b3541e"


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
    """The combinations without those that meet the same data as an earlier one, in each block of the choices `by`."""
    return frame.drop_duplicates([*by, "basis"])


def count_blocks(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
    """In how many combinations the finding holds, for every combination of the options of one or more choices.

    Returns a frame indexed by the choices `by`: ``holds``, ``fails``, ``undetermined`` (counts, same data once) and
    ``share`` (that hold, of those that can be told; missing where none can). Raises `ChoiceError` where `frame` has
    no such choice.
    """
    for name in by:
        check_choice("by", name, frame.columns.drop([*_RESULT]))
    found = distinct_ways(frame, *by).groupby([*by], sort=False, observed=False)["holds"]
    counts = found.agg(holds="sum", known="count", undetermined="size").astype(int)
    counts["undetermined"] -= counts["known"]
    counts.insert(1, "fails", counts.pop("known") - counts["holds"])
    return counts.assign(share=counts["holds"] / (counts["holds"] + counts["fails"]))


def by_option(frame: pd.DataFrame) -> pd.DataFrame:
    """`count_blocks` of each choice alone: ``choice``, ``option``, and the counts."""
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
    diamond is the first, preferred combination. What meets the same data is drawn once. Choices and their options are
    looked up in the catalogues as they are written.
    """
    drawn, options = distinct_ways(frame), by_option(frame)
    order = drawn.iloc[np.lexsort((drawn["value"], drawn["holds"].isna()))]
    place, values = np.arange(len(order)), order["value"].to_numpy()
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
    below.set_yticks(list(ticks), map(_, options["option"]), fontsize=8.5)
    below.set(xlim=(-1, len(order)), ylim=(max(ticks) + 0.8, -1.2), xticks=[])
    above.spines["bottom"].set_visible(False)
    below.spines[["left", "bottom"]].set_visible(False)
    n, more = len(order), len(frame) - len(order)
    caption = _(
        "Each column is one combination of choices ({n}), sorted by value. Full circle: the finding holds; hollow "
        "square: it does not; cross on hatching: it cannot be told. Diamond: the first combination. Method: "
        "specification curve (Simonsohn, Simmons and Nelson 2020).",
        n=_("n = {n}, {more} more meet the same data", n=n, more=more) if more else f"n = {n}",
    )
    return Drawing(_title(options, order, capitalised(finding)), _words(order, options), caption, order)


def _title(options: pd.DataFrame, order: pd.DataFrame, finding: str) -> MarkdownText:
    """The finding under the two options of one choice between which it differs most."""
    known = order["holds"].dropna()
    if known.empty:
        return _("{finding}: no way to compute it tells whether", finding=finding)
    rows = _decisive(options)
    if rows["share"].nunique() == 1:
        return _("{finding} in {holds} of {ways}", finding=finding, holds=int(known.sum()), ways=_ways(len(known)))
    ends = rows.loc[rows["share"].idxmax()], rows.loc[rows["share"].idxmin()]
    most, least = (_("{option} (in {count})", option=_(row.option), count=_count(row)) for row in ends)
    choice = _choice(rows["choice"].iloc[0])
    return _(
        "{finding} most often with {choice} {most}, least with {least}",
        finding=finding,
        choice=choice,
        most=most,
        least=least,
    )


def _ways(number: int) -> MarkdownText:
    """A number of ways, as it stands after "of"."""
    return ngettext("{n} way to compute it", "{n} ways to compute it", number)


def _choice(name: object) -> MarkdownText:
    return _(plain(name))


def _decisive(options: pd.DataFrame) -> pd.DataFrame:
    """The rows of the choice whose options differ most, without options under which nothing can be told."""
    known = options.dropna(subset="share")
    spread = known.groupby("choice", sort=False)["share"].agg(lambda share: share.max() - share.min())
    return known[known["choice"] == spread.idxmax()]


def _count(row: Any) -> MarkdownText:
    """``3 of 24``, of the ways in which it can be told."""
    return _("{n} of {total}", n=int(row["holds"]), total=int(row["holds"] + row["fails"]))


def _draw_matrix(axes: Any, order: pd.DataFrame, verdicts: Any) -> list[float]:
    """One row an option, a tick in every column that takes it; returns where the rows are."""
    ticks, y = [], 0.0
    for choice in order.columns.drop([*_RESULT]):
        axes.text(0.0, y - 0.15, capitalised(_choice(choice)), transform=axes.get_yaxis_transform(), fontsize=8.5,
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


def _words(order: pd.DataFrame, options: pd.DataFrame) -> str:
    """The whole curve as text: the span of values, and the counts option by option."""
    low, high, middle = (format_number(value, ".3g") for value in order["value"].agg(["min", "max", "median"]))
    drawn = ngettext(
        "Specification curve over {n} combination of choices", "Specification curve over {n} combinations of choices",
        len(order),
    )  # fmt: skip
    if order["value"].notna().any():
        drawn = _(
            "{drawn}, values from {low} to {high}, median {middle}", drawn=drawn, low=low, high=high, middle=middle
        )
    parts = []
    for choice, rows in options.groupby("choice", sort=False):
        each = [
            _("{option} {n} of {total}", option=_(r.option), n=r.holds, total=r.holds + r.fails + r.undetermined)
            for r in rows.itertuples()
        ]
        parts.append(_("By {choice}: {options}.", choice=_choice(choice), options=", ".join(each)))
    return _("{drawn}. In how many the finding holds: {parts}", drawn=drawn, parts=" ".join(parts))


def specification_summary(frame: pd.DataFrame, finding: str) -> MarkdownText:
    """Under which options of the choice that matters most a finding holds.

    `frame` is from `specifications`; `finding` a clause, ``the mean rose``.
    """
    known = by_option(frame).dropna(subset="share")
    ways, untold = len(distinct_ways(frame)), int(distinct_ways(frame)["holds"].isna().sum())
    if known.empty:
        return _("None of {ways} can tell whether {finding}.", ways=_ways(ways), finding=finding)
    rows, tail = _decisive(known), [_("The ways share their data, so their number is no test.")]
    if untold:
        tail.insert(0, _("In {n} of {ways} that cannot be told.", n=untold, ways=_ways(ways)))
    if set(known["share"]) in ({0}, {1}):
        said = {"finding": capitalised(finding), "ways": _ways(ways - untold)}
        told = (
            _("{finding} in all of {ways}.", **said)
            if known["share"].iloc[0]
            else _("{finding} in none of {ways}.", **said)
        )
        return MarkdownText(" ".join([told, *tail]))
    counts = [(_(row.option), _count(row)) for _index, row in rows.iterrows()]
    option, count = counts[0]
    held = [_("in {count} ways with {option}", count=count, option=option)]
    held += [_("in {count} with {option}", count=count, option=option) for option, count in counts[1:]]
    told = _(
        "Whether {finding} depends most on the {choice}: it holds {counts}.",
        finding=finding,
        choice=_choice(rows["choice"].iloc[0]),
        counts=held,
    )
    return MarkdownText(" ".join([told, *tail]))
