"""The findings of the collection in a sentence or two each, and how sure we are of them.

*Firm*: the data say so by every way of asking that the collection tries. *Likely*: they lean that way, and something
named could still turn it. *Open*: the answer changes with a choice that nobody can settle from these data.
"""

from collections.abc import Sequence

import pandas as pd

from centralasia import economies, meetings, speeches, ties, votes
from centralasia.names import level_name, region_name, short_name, short_names
from centralasia.regions import members
from centralasia.synthesis.measures import corrected, correlations, outside_chance
from centralasia.synthesis.words import FIRM, LIKELY, OPEN, Finding, quantity_names, said
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = [
    "agendas_finding", "economies_finding", "speeches_finding", "ties_finding",
    "together_finding", "votes_finding",
]  # fmt: skip


def together_finding(region: str, values: pd.DataFrame) -> Finding:
    """Whether the ways of being close put the pairs into one order; `values` as from `closeness`.

    >>> synthesis.together_finding("C5", synthesis.closeness("C5", 2019))
    Treaties, visits, votes, speeches and trade do not tell one story about Central Asia (five states): 8 of 15
    comparisons of two measures rank the pairs of states alike. ...
    """
    from scipy.stats import binom  # only here, since it costs more than all else

    found = correlations(values).dropna(subset="rho")
    if found.empty:
        return said(
            _("Too few pairs are known to set the ways of being close side by side."), OPEN, _("data are missing")
        )
    outside = int(outside_chance(found).sum())
    by_chance = float(binom.sf(outside - 1, len(found), 0.1))
    along, worst = int((found["rho"] > 0).sum()), found.loc[found["rho"].idxmin()]
    text = (
        ngettext(
            "Treaties, visits, votes, speeches and trade tell one story about {region}: {along} of {n} comparison of "
            "two measures ranks the pairs of states alike.",
            "Treaties, visits, votes, speeches and trade tell one story about {region}: {along} of {n} comparisons of "
            "two measures rank the pairs of states alike.",
            len(found),
            region=region_name(region),
            along=along,
        )
        if along == len(found)
        else ngettext(
            "Treaties, visits, votes, speeches and trade do not tell one story about {region}: {along} of {n} "
            "comparison of two measures ranks the pairs of states alike.",
            "Treaties, visits, votes, speeches and trade do not tell one story about {region}: {along} of {n} "
            "comparisons of two measures rank the pairs of states alike.",
            len(found),
            region=region_name(region),
            along=along,
        )
    )
    if worst["rho"] < 0:
        other, names = corrected(found, worst), quantity_names(worst)
        link = (
            _(
                "Pairs with a higher {one} even have a lower {other}; corrected for chance, they do not.",
                **names,
            )
            if other is not None and other["rho"] > 0
            else _("Pairs with a higher {one} even have a lower {other}.", **names)
        )
        text = MarkdownText(f"{text} {link}")
    reason = ngettext(
        "{n} comparison of {all} differs from chance, where about {expected} would anyway; with so few states no "
        "single one is firm",
        "{n} comparisons of {all} differ from chance, where about {expected} would anyway; with so few states no "
        "single one is firm",
        outside,
        all=len(found),
        expected=max(1, round(0.1 * len(found))),
    )
    return said(text, LIKELY if by_chance < 0.05 else OPEN, reason)


def speeches_finding(region: str) -> Finding:
    """Whether the speeches of the members before the United Nations have grown more alike, also beside other states.

    >>> synthesis.speeches_finding("C5")
    Set beside other states, the states of Central Asia spoke more alike before the United Nations in 2017–2024 than in
    1992–1999 and 2000–2009.
    <BLANKLINE>
    **Likely:** so against 2 of 3 earlier periods.
    """
    *earlier, last = speeches.WINDOWS
    own, beside = (
        [speeches.likeness_change(region, window, last, beside_sets=other) for window in earlier]
        for other in (False, True)
    )
    grown, apart = ([change is not None and change.low > 0 for change in changes] for changes in (own, beside))
    since = [f"{window[0]}–{window[1]}" for window, more in zip(earlier, apart, strict=True) if more]
    name = short_name(region)
    if not any(apart):
        return said(
            _("Whether the speeches of {region} have grown more alike is open.", region=name),
            OPEN,
            _("beside other states no growth is clear"),
        )
    text = _(
        "Set beside other states, the states of {region} spoke more alike before the United Nations in {when} than in "
        "{since}.",
        region=name,
        when=f"{last[0]}–{last[1]}",
        since=since,
    )
    if all(grown) and all(apart):
        return said(text, FIRM, _("likeness grew against every earlier period, also beside other states"), 1)
    reason = ngettext(
        "so against {since} of {n} earlier period",
        "so against {since} of {n} earlier periods",
        len(earlier),
        since=len(since),
    )
    return said(text, LIKELY, reason, 1)


def ties_finding(region: str, year: int) -> Finding:
    """How many pairs had reached the second-highest label or more, and how firm that number is.

    >>> synthesis.ties_finding("C5", 2019)
    By 2019, 1 of the 10 pairs had signed a relationship called “deepened strategic” or higher. Whether that is
    more than they sign with others is open.
    <BLANKLINE>
    **Firm:** each rests on acts known with high confidence.
    """
    counts, level = ties.level_counts(region, year), ties.levels()[-2]
    row = counts.loc[level]
    firm, found = int(row["firm"]), int(row["found"])
    text = ngettext(
        "By {year}, {found} of the {n} pair had signed a relationship called “{level}” or higher. Whether that is more "
        "than they sign with others is open.",
        "By {year}, {found} of the {n} pairs had signed a relationship called “{level}” or higher. Whether that is "
        "more than they sign with others is open.",
        int(counts["pairs"].iloc[0]),
        year=year,
        found=found,
        level=level_name(level),
    )
    if not found:
        return said(text, OPEN, _("none was found, which does not prove that there is none"))
    if firm == found:
        return said(text, FIRM, _("each rests on acts known with high confidence"))
    reason = ngettext(
        "{n} of the {found} rests on acts known with high confidence",
        "{n} of the {found} rest on acts known with high confidence",
        firm,
        found=found,
    )
    return said(text, LIKELY, reason)


def votes_finding(region: str, choice: votes.Choice) -> Finding:
    """Whether the members vote more alike than at first, also corrected for chance, and more than with others.

    >>> synthesis.votes_finding("C5", votes.Choice("agreement", "left_out", 1991, 2019))
    In the General Assembly the states of Central Asia voted more alike in 2015–2019 than in 1995–1999. But they
    vote with Azerbaijan as much as with each other.
    <BLANKLINE>
    **Firm:** the change is clear, also after correction for chance: zero is outside its interval.
    """
    frame, moved = votes.region_periods(region, choice), votes.period_changes(region, choice)
    name = short_name(region)
    if moved.empty:
        text = _("Whether {region} votes more alike cannot be said.", region=name)
        return said(text, OPEN, _("too few years can be compared"))
    before, after = frame["period"].iloc[[0, -1]]
    ends = moved.set_index(["before", "after"]).loc[(before, after)]
    raw, beyond = (_sign(ends[low], ends[high]) for low, high in (("low", "high"), ("alpha_low", "alpha_high")))
    fields = {"region": name, "after": after, "before": before}
    text = {
        1: _("In the General Assembly the states of {region} voted more alike in {after} than in {before}.", **fields),
        -1: _("In the General Assembly the states of {region} voted less alike in {after} than in {before}.", **fields),
        0: _(
            "In the General Assembly the states of {region} voted neither clearly more nor clearly less alike in "
            "{after} than in {before}.",
            **fields,
        ),
    }[raw]
    others = votes.other_states(region, choice).dropna(subset="value")
    if len(others) and others.iloc[0]["low"] <= 0 <= others.iloc[0]["high"]:
        state = short_name(others.iloc[0]["state"])
        but = _("But they vote with {state} as much as with each other.", state=state)
        text = MarkdownText(f"{text} {but}")
    if raw and raw == beyond:
        return said(
            text, FIRM, _("the change is clear, also after correction for chance: zero is outside its interval"), raw
        )
    if raw:
        return said(text, LIKELY, _("the change is clear, but the correction for chance does not bear it out"), raw)
    return said(text, OPEN, _("zero is within the interval of the change"))


def economies_finding(panels: Sequence[economies.Panel]) -> Finding:
    """Whether incomes drew together, and how many of all indicators did from every start.

    >>> synthesis.economies_finding(economies.panels("C5", 1991, 2020))
    Incomes per person: since 2012 they drew closer, since 2000 they show no clear trend and since 1991 they moved
    apart. For 6 of 19 indicators the direction depends on the first year.
    <BLANKLINE>
    **Open:** the answer turns with the first year that is taken.
    """
    frame = economies.windows(panels)
    lead = frame[frame["indicator"] == economies.INCOME].dropna(subset="change").drop_duplicates("first", keep="last")
    if lead.empty:
        text = _("Whether incomes draw together is open.")
        return said(text, OPEN, _("too few years are known of all states"))
    groups, total = economies.start_groups(frame), frame.dropna(subset="change")["indicator"].nunique()
    directions = [str(direction) for direction in lead["direction"]]
    moved = 1 if directions[-1] == "closer" else -1
    latest, turning = lead.iloc[-1], len(groups.get(economies.TURNING, []))
    moves = [_moved(direction, year) for direction, year in zip(directions, lead["first"], strict=True)]
    text = MarkdownText(
        " ".join(
            [
                _("Incomes per person: {moves}.", moves=moves[::-1]),
                ngettext(
                    "For {turning} of {n} indicator the direction depends on the first year.",
                    "For {turning} of {n} indicators the direction depends on the first year.",
                    total,
                    turning=turning,
                ),
            ]
        )
    )
    if len({*directions} - {"unclear"}) > 1:
        return said(text, OPEN, _("the answer turns with the first year that is taken"))
    if "unclear" in directions:
        return said(text, OPEN, _("the trend is not clear from every first year"))
    if len(latest["against"]):
        reason = _("without {names:or} it would not hold", names=short_names(latest["against"]))
        return said(text, LIKELY, reason, moved)
    return said(text, FIRM, _("it holds from every first year and without any one state"), moved)


def _moved(direction: str, year: int) -> str:
    """What incomes did since a year."""
    return {
        "closer": _("since {year} they drew closer", year=year),
        "apart": _("since {year} they moved apart", year=year),
    }.get(direction) or _("since {year} they show no clear trend", year=year)


def agendas_finding(choice: meetings.Choice) -> Finding:
    """Whether the agendas of the members of a format draw together, beyond what longer lists share by chance.

    >>> synthesis.agendas_finding(meetings.Choice("CM", 2018, 2023))
    The agendas that the 5 presidents bring to their Consultative Meetings are not shown to draw together.
    <BLANKLINE>
    **Open:** they share more themes, but no more than longer lists share by chance.
    """
    found = meetings.shift(meetings.speech_codes(choice))
    if found is None:
        return said(_("Whether the agendas draw together is open."), OPEN, _("too few speeches were read"))
    sign, states = _sign(found.low, found.high), len(members(choice.region, choice.last_year))
    text = {
        1: ngettext(
            "The agendas that the {n} president brings to their Consultative Meetings have drawn together.",
            "The agendas that the {n} presidents bring to their Consultative Meetings have drawn together.",
            states,
        ),
        -1: ngettext(
            "The agendas that the {n} president brings to their Consultative Meetings have moved apart.",
            "The agendas that the {n} presidents bring to their Consultative Meetings have moved apart.",
            states,
        ),
        0: ngettext(
            "The agendas that the {n} president brings to their Consultative Meetings are not shown to draw together.",
            "The agendas that the {n} presidents bring to their Consultative Meetings are not shown to draw together.",
            states,
        ),
    }[sign]
    if sign:
        return said(text, LIKELY, _("the change is clear, but only parts of the speeches were read"), sign)
    if found.after["shared"] > found.before["shared"]:
        return said(text, OPEN, _("they share more themes, but no more than longer lists share by chance"))
    return said(text, OPEN, _("what they share beyond chance has not clearly changed"))


def _sign(low: float, high: float) -> int:
    """The sign of a change that its interval is sure of; 0 where it is not."""
    return int(low > 0) - int(high < 0)
