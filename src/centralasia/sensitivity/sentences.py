"""Sentences on whether a finding depends on the choices behind it."""

from centralasia.sensitivity.measures import by_option
from datacontract.words import MarkdownText, format_number, join_list, pluralize

__all__ = ["specification_summary"]


def specification_summary(frame, finding):
    """In how many combinations of choices a finding holds, and on which option it depends most.

    `frame` is from `centralasia.sensitivity.specifications`; `finding` a clause, ``agreement within the region rose``.
    """
    held, told, all_of = int(frame["holds"].sum()), int(frame["holds"].count()), len(frame)
    if not told:
        return MarkdownText(
            f"In none of {pluralize(all_of, 'combination')} of choices can it be told whether {finding}."
        )
    text = f"Over {pluralize(all_of, 'combination')} of choices, {finding} in {_of(held, all_of)}"
    if held < told:
        text += f", not in {told - held}" if held else ""
    if told < all_of:
        text += f"; in {all_of - told} it cannot be told"
    known = frame["value"].dropna()
    if len(known):
        low, high, middle = (format_number(x, ".3g") for x in (known.min(), known.max(), known.median()))
        text += f". The values lie between {low} and {high}, the median at {middle}"
    return MarkdownText(
        f"{text}. {_weakest(frame, held, told)}Combinations share their data, so this counts no independent tests."
    )


def _of(held, all_of):
    if held in (0, all_of):
        return ("none" if not held else "all") + " of them"
    return f"{held} of them"


def _weakest(frame, held, told):
    """Where the finding fails, and the options under which it always holds although it fails under others."""
    if not 0 < held < told:
        return ""
    options = by_option(frame)
    options["total"] = options["holds"] + options["fails"]
    options = options[options["total"] > 0]
    share = options["holds"] / options["total"]
    weakest = options.loc[share.idxmin()]
    firm = options[share == 1]
    text = (
        f"It holds least often under {_name(weakest['choice'])}: {weakest['option']} "
        f"({weakest['holds']} of {weakest['total']})"
    )
    if len(firm):
        parts = [f"{_name(c)}: {join_list(rows['option'], 'or')}" for c, rows in firm.groupby("choice", sort=False)]
        text += f", and without exception under {'; '.join(parts)}"
    return f"{text}. "


def _name(choice):
    return choice.replace("_", " ")
