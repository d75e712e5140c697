"""Sentences on what lies around the agreement of a region: other states and groups, absence, ideal points."""

from centralasia.names import short_name, short_names
from centralasia.votes import absence, alignment, groups, ideals, measures, periods, sets
from centralasia.votes.measures import Choice
from centralasia.votes.words import certain_sign, interval_words, signed, two
from datacontract.words import MarkdownText, capitalised, join_list, pluralize, span

__all__ = [
    "absence_summary", "groups_summary", "ideal_points_summary", "others_summary", "sets_summary", "state_summary",
]  # fmt: skip

CLOSEST = 3  # other states that a sentence names


def others_summary(region: str, choice: Choice) -> MarkdownText:
    """Which other states the members agree with most, beside each other and beside all others together."""
    rows = alignment.other_states(region, choice)
    known, gaps = rows.dropna(subset="value"), alignment.within_and_between(region, choice).dropna(subset="low")
    if known.empty:
        return MarkdownText(f"No other state can be compared with {short_name(region)}.")
    named = join_list(f"{short_name(row.state)} ({two(row.value)})" for row in known[:CLOSEST].itertuples())
    closest, period = known.iloc[0], periods.region_spans(region, choice)[-1]
    text = (
        f"In {period} the members agreed most with {named} among {pluralize(len(rows), 'other state')}; their "
        f"agreement with each other was {two(closest['within'])}. For {short_name(closest['state'])} the difference is "
        f"{signed(closest['gap'], '.3f')}{interval_words(closest['low'], closest['high'], '.3f')}; in "
        f"{closest['years_closer']} of {pluralize(closest['years'], 'comparable year')} they agreed with it more than "
        "with each other."
    )
    if len(gaps):
        first, last = gaps.iloc[0], gaps.iloc[-1]
        before = f", and {two(first['gap'])} less in {first['period']}" if first["period"] != last["period"] else ""
        text += (
            f" With all others together they agreed {two(last['gap'])}{interval_words(last['low'], last['high'])} less "
            f"than with each other{before}; that depends on who these others are."
        )
    return MarkdownText(text)


def state_summary(state: str, region: str, choice: Choice) -> MarkdownText:
    """Every other state that a state agreed with more than with its region in any year, and in how many."""
    others, name = alignment.outsiders(region, choice), short_name(state)
    means = alignment.partner_vs_region(state, region, [code for code in others if code != state], choice)
    if means.empty:
        return MarkdownText(f"There is no year in which {name} can be compared with another state and with the region.")
    closer = means[means["years_closer"] > 0].sort_values("years_closer", ascending=False, kind="stable")
    if closer.empty:
        return MarkdownText(
            f"In no year did **{name}** agree more with another state than with the rest of the region."
        )
    named = [f"{short_name(row.Index)} in {row.years_closer} of {row.years}" for row in closer.itertuples()]
    never = f"; with the other {len(means) - len(closer)} it never did" if len(closer) < len(means) else ""
    return MarkdownText(
        f"**{name}** agreed more with another state than with the rest of the region in some comparable years: with "
        f"{join_list(named)}{never}."
    )


def sets_summary(region: str, choice: Choice) -> MarkdownText:
    """How many sets of as many states agree more than the region, who is in them, and the closest disjoint one."""
    rank = sets.set_rank(region, choice)
    if rank is None:
        return MarkdownText("In no period can the region be compared with other sets of states.")
    least = f"all but {rank.above:,} of" if rank.above else "all"
    held = f" Each of those {rank.above:,} holds {span(*rank.members_above)} of its members." if rank.above else ""
    text = (
        f"In {rank.period} {least} the {rank.sets:,} sets of {rank.size} of the {len(measures.voting_states())} states "
        f"here agreed less than the region.{held} {capitalised(str(rank.disjoint_above or 'none'))} of the "
        f"{rank.disjoint:,} sets without any member agreed more; the closest, {join_list(short_names(rank.closest))}, "
        f"reached {two(rank.closest_value)}."
    )
    other = sets.set_rank(region, Choice("pi", choice.absence, *choice.period)) if choice.measure != "pi" else None
    if other is not None:
        text += (
            f" Corrected for chance (Scott's pi, the mean over pairs), {_count(other.above)} sets agreed more, "
            f"{_count(other.disjoint_above)} of them without any member."
        )
    return MarkdownText(text)


def _count(number: int) -> str:
    return f"{number:,}" if number else "none"


def groups_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """How often a region split in the last period, and its alpha beside that of the counted groups disjoint from it."""
    name, counted = short_name(region), groups.counted_groups()
    if region not in counted:
        listed = join_list(short_names(counted))
        return MarkdownText(f"{name} is none of the groups whose splits were counted ({listed}), so it has no index.")
    frame = groups.group_periods(region, choice, seed)
    if frame.empty:
        return MarkdownText(f"{name}: no period with enough votes for an agreement index.")
    last = frame.iloc[-1]
    text = (
        f"In {last['period']} the members split in {100 * (1 - last['united']):.0f} % of the {last['n']} roll calls in "
        f"which {groups.least_voters(region)} or more of them voted."
    )
    for group in groups.disjoint_groups(region):
        other = groups.group_periods(group, choice, seed).set_index("period")["alpha"].get(last["period"])
        if other is not None:
            low, high = groups.alpha_gap(region, group, choice, seed)
            united = {1: "more", -1: "less"}.get(certain_sign(low, high), "about as")
            text += (
                f" Corrected for chance, {short_name(group)} was {united} united: its alpha was {two(other)}, a "
                f"difference of {signed(other - last['alpha'])}{interval_words(low, high)}."
            )
    return MarkdownText(text)


def absence_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Who stays away how often, from which kind of votes, and what counting absence does to the agreement."""
    shares = absence.absence_shares(region, *choice.period)
    if shares.empty:
        return MarkdownText("No member has a comparable year with votes.")
    each = join_list(f"{short_name(state)} {share:.0f} %" for state, share in shares.items())
    text = f"Over the comparable years the members missed these shares of the roll calls: {each}."
    bias = absence.absence_bias(region, *choice.period, seed).dropna(subset="gap")
    sure = bias[[certain_sign(row.low, row.high) > 0 for row in bias.itertuples()]]
    if len(sure):
        points = span(100 * sure["gap"].min(), 100 * sure["gap"].max(), ".0f")
        rest = join_list(short_name(state) for state in bias.index if state not in sure.index)
        doubt = f"; for {rest} that is not certain" if len(sure) < len(bias) else ""
        text += (
            f" They choose which: where {join_list(short_names(sure.index), 'or')} is away, the share of yes among the "
            f"others is {points} points lower{doubt}. A state that stays away from contested votes seems to agree more "
            "with everybody."
        )
    return MarkdownText(f"{text}{_counted(region, choice, seed)}{_bounds(region, choice)}")


def _counted(region: str, choice: Choice, seed: int) -> str:
    """How agreement changed with absence as a behaviour of its own, from its highest period to the last."""
    away = Choice("agreement", "counted", *choice.period)
    frame, changes = (of(region, away, seed) for of in (periods.region_periods, periods.period_changes))
    if frame.empty:
        return ""
    top, last = frame.loc[frame["value"].idxmax()], frame.iloc[-1]
    if top["period"] == last["period"]:
        return f" With absence counted as a behaviour, agreement is {two(last['value'])} in {last['period']}."
    row = changes.set_index(["before", "after"]).loc[(top["period"], last["period"])]
    return (
        f" With absence counted as a behaviour, agreement was highest in {top['period']} ({two(top['value'])}) and is "
        f"{two(last['value'])} in {last['period']}: {signed(row['value'])}{interval_words(row['low'], row['high'])}."
    )


def _bounds(region: str, choice: Choice) -> str:
    """Between which bounds agreement over all roll calls lies, in the first period and the last."""
    bounds = periods.absence_bounds(region, choice)
    if len(bounds) < 2:
        return ""
    (first, before), (last, after) = ((row["period"], row) for row in (bounds.iloc[0], bounds.iloc[-1]))
    overlap = after["low"] <= before["high"] and before["low"] <= after["high"]
    end = "so over all roll calls no change is established" if overlap else "so it changed over all roll calls"
    return (
        f" Had the absent voted, agreement could be {span(before['low'], before['high'], '.2f')} in {first} and "
        f"{span(after['low'], after['high'], '.2f')} in {last}, {end}."
    )


def ideal_points_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """How far the ideal points of a region's members lie apart by period, beside what error alone would make of it."""
    frame = ideals.ideal_point_periods(region, choice, seed)
    frame = frame[frame["years"] > 0]
    if frame.empty:
        return MarkdownText("There is no period in which every member has an ideal point from enough votes.")
    last, wide = frame.iloc[-1], frame[frame["wider"] > 0]
    each = join_list(f"{row.wider} of {row.years} in {row.period}" for row in wide.itertuples())
    return MarkdownText(
        f"In {last['period']} the ideal points of the members lay {two(last['spread'])} apart on average; the errors "
        f"of the estimates alone would put them {two(last['error'])} apart. Years in which they lay farther apart than "
        f"error alone explains: {each}."
    )
