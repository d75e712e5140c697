"""Whether the states of a region draw together, in votes, speeches, incomes and agendas: a finding of each."""

from collections.abc import Sequence

from centralasia import economies, meetings, speeches, votes
from centralasia.names import short_name, short_names
from centralasia.regions import members
from centralasia.synthesis.words import FIRM, LIKELY, OPEN, Finding, said
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = ["agendas_finding", "economies_finding", "speeches_finding", "votes_finding"]


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
