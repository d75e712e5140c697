"""Sentences on whether a finding depends on the choices behind it."""

import pandas as pd

from centralasia.sensitivity.measures import by_option, value_span
from datacontract.words import MarkdownText, join_list, plain, pluralize

__all__ = ["specification_summary"]


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
        low, high, middle = value_span(frame)
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
