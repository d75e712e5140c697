"""Sentences on absence: who stays away, from which votes, and what that does to agreement."""

from typing import Any

from centralasia.names import short_name, short_names
from centralasia.votes import absence, periods
from centralasia.votes.measures import Choice
from centralasia.votes.words import certain_sign, difference, during, paragraph, two, value_in
from datacontract.language import _, pgettext
from datacontract.phrases import span
from datacontract.words import MarkdownText

__all__ = ["absence_summary"]


def absence_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Who stays away how often, from which kind of votes, and what counting absence does to the agreement.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.absence_summary("C5", choice)
    Over the comparable years the members missed these shares of the roll calls: Turkmenistan 41 %, Uzbekistan 24 %,
    Tajikistan 22 %, Kyrgyzstan 16 % and Kazakhstan 4 %. They choose which: where Kyrgyzstan, Tajikistan or
    Turkmenistan is away, the share of yes among the others is 8 to 12 points lower; for Kazakhstan and Uzbekistan
    that is not certain. ...
    """
    shares = absence.absence_shares(region, *choice.period)
    if shares.empty:
        return _("No member has a comparable year with votes.")
    each = [
        pgettext("a state and a share", "{name} {share:.0f} %", name=short_name(state), share=share)
        for state, share in shares.items()
    ]
    text = _("Over the comparable years the members missed these shares of the roll calls: {each}.", each=each)
    bias = absence.absence_bias(region, *choice.period, seed).dropna(subset="gap")
    sure = bias[[certain_sign(row.low, row.high) > 0 for row in bias.itertuples()]]
    choosing = ""
    if len(sure):
        rest = [short_name(state) for state in bias.index if state not in sure.index]
        said: dict[str, Any] = {"names": short_names(sure.index), "rest": rest}
        said |= {"points": span(100 * sure["gap"].min(), 100 * sure["gap"].max(), ".0f")}
        if rest:
            choosing = _(
                "They choose which: where {names:or} is away, the share of yes among the others is {points} points "
                "lower; for {rest} that is not certain.", **said,
            )  # fmt: skip
        else:
            choosing = _(
                "They choose which: where {names:or} is away, the share of yes among the others is {points} points "
                "lower.", **said,
            )  # fmt: skip
        more = _("A state that stays away from contested votes seems to agree more with everybody.")
        choosing = f"{choosing} {more}"
    return paragraph(text, choosing, _counted(region, choice, seed), _bounds(region, choice))


def _counted(region: str, choice: Choice, seed: int) -> str:
    """How agreement changed with absence as a behaviour of its own, from its highest period to the last."""
    away = Choice("agreement", "counted", *choice.period)
    frame, changes = (of(region, away, seed) for of in (periods.region_periods, periods.period_changes))
    if frame.empty:
        return ""
    top, last = frame.loc[frame["value"].idxmax()], frame.iloc[-1]
    now = value_in(two(last["value"]), last["period"])
    if top["period"] == last["period"]:
        return _("With absence counted as a behaviour, agreement is {now}.", now=now)
    row = changes.set_index(["before", "after"]).loc[(top["period"], last["period"])]
    return _(
        "With absence counted as a behaviour, agreement was highest {years} ({value}) and is {now}: {change}.",
        years=during(top["period"]), value=two(top["value"]), now=now,
        change=difference(*row[["value", "low", "high"]]),
    )  # fmt: skip


def _bounds(region: str, choice: Choice) -> str:
    """Between which bounds agreement over all roll calls lies, in the first period and the last."""
    bounds = absence.absence_bounds(region, choice)
    if len(bounds) < 2:
        return ""
    before, after = bounds.iloc[0], bounds.iloc[-1]
    first, last = (value_in(span(row["low"], row["high"], ".2f"), row["period"]) for row in (before, after))
    if after["low"] <= before["high"] and before["low"] <= after["high"]:
        return _(
            "Had the absent voted, agreement could be {first} and {last}, so over all roll calls no change is "
            "established.", first=first, last=last,
        )  # fmt: skip
    return _(
        "Had the absent voted, agreement could be {first} and {last}, so it changed over all roll calls.",
        first=first, last=last,
    )  # fmt: skip
