"""Sentences on what lies around the agreement of a region: other states, sets and groups of states, ideal points."""

from centralasia.names import short_name, short_names
from centralasia.votes import alignment, groups, ideals, periods, sets
from centralasia.votes.measures import Choice
from centralasia.votes.words import certain_sign, difference, during, estimate, paragraph, two, value_in
from datacontract.language import _, ngettext, pgettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = [
    "groups_summary", "ideal_points_summary", "others_summary", "sets_summary", "state_summary",
]  # fmt: skip

CLOSEST = 3  # other states that a sentence names


def others_summary(region: str, choice: Choice) -> MarkdownText:
    """Which other states the members agree with most, beside each other and beside all others together.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.others_summary("C5", choice)
    In 2015–2019 the members agreed most with Azerbaijan (0.97), Afghanistan (0.96) and Mongolia (0.95) among 21
    other states; their agreement with each other was 0.97. ...
    """
    known = alignment.other_states(region, choice).dropna(subset="value")
    if known.empty:
        return _("No other state can be compared with {name}.", name=short_name(region))
    closest, period = known.iloc[0], str(periods.region_spans(region, choice)[-1])
    most = ngettext(
        "{years} the members agreed most with {names} among {n} other state; their agreement with each other was "
        "{within}.",
        "{years} the members agreed most with {names} among {n} other states; their agreement with each other was "
        "{within}.",
        len(known), years=capitalised(during(period)), within=two(closest["within"]),
        names=[f"{short_name(row.state)} ({two(row.value)})" for row in known[:CLOSEST].itertuples()],
    )  # fmt: skip
    nearest = ngettext(
        "The agreement with each other minus that with {name} was {gap}; in {closer} of {n} comparable year they "
        "agreed with it more than with each other.",
        "The agreement with each other minus that with {name} was {gap}; in {closer} of {n} comparable years they "
        "agreed with it more than with each other.",
        int(closest["years"]), name=short_name(closest["state"]), closer=int(closest["years_closer"]),
        gap=difference(closest["gap"], closest["low"], closest["high"], ".3f"),
    )  # fmt: skip
    return paragraph(most, nearest, _all_others(region, choice))


def _all_others(region: str, choice: Choice) -> str:
    """How much less or more the members agreed with all other states together; nothing where that has no interval."""
    gaps = alignment.within_and_between(region, choice).dropna(subset="low")
    if gaps.empty:
        return ""
    first, last = gaps.iloc[0], gaps.iloc[-1]
    now = _less_or_more(*last[["gap", "low", "high"]])
    if first["period"] == last["period"]:
        return _(
            "With all others together they agreed {now} than with each other; that depends on who these others are.",
            now=now,
        )
    return _(
        "With all others together they agreed {now} than with each other, and {before} {years}; that depends on who "
        "these others are.", now=now, before=_less_or_more(first["gap"]), years=during(first["period"]),
    )  # fmt: skip


def _less_or_more(gap: float, low: float = float("nan"), high: float = float("nan")) -> MarkdownText:
    """``0.24 (0.21 to 0.27) less``."""
    if gap < 0:
        return pgettext("a difference", "{by} more", by=estimate(-gap, -high, -low))
    return pgettext("a difference", "{by} less", by=estimate(gap, low, high))


def state_summary(state: str, region: str, choice: Choice) -> MarkdownText:
    """Every other state that a state agreed with more than with its region in any year, and in how many.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.state_summary("KAZ", "C5", choice)
    **Kazakhstan** agreed more with another state than with the rest of the region in some comparable years: with
    Azerbaijan in 14 of 22, ...
    """
    others, name = alignment.outsiders(region, choice), short_name(state)
    means = alignment.partner_vs_region(state, region, [code for code in others if code != state], choice)
    if means.empty:
        return _("There is no year in which {name} can be compared with another state and with the region.", name=name)
    closer = means[means["years_closer"] > 0].sort_values("years_closer", ascending=False, kind="stable")
    if closer.empty:
        return _("In no year did **{name}** agree more with another state than with the rest of the region.", name=name)
    each = [
        pgettext(
            "a state, and in how many years", "{name} in {years} of {all}",
            name=short_name(row.Index), years=row.years_closer, all=row.years,
        )
        for row in closer.itertuples()
    ]  # fmt: skip
    text = _(
        "**{name}** agreed more with another state than with the rest of the region in some comparable years: with "
        "{each}", name=name, each=each,
    )  # fmt: skip
    if never := len(means) - len(closer):
        more = ngettext("with the one other it never did", "with the other {n} it never did", never)
        text = MarkdownText(f"{text}; {more}")
    return sentence(text)


def sets_summary(region: str, choice: Choice) -> MarkdownText:
    """How many sets of as many states agree more than the region, who is in them, and the closest disjoint one.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.sets_summary("C5", choice)
    In 2015–2019 all but 17 of the 65,779 other sets of 5 of the 26 states here agreed less than the region. Each of
    those 17 holds 2 to 4 of its members. ...
    """
    rank = sets.set_rank(region, choice)
    if rank is None:
        return _("In no period can the region be compared with other sets of states.")
    said = {"years": capitalised(during(rank.period)), "others": rank.sets - 1, "size": rank.size}
    said |= {"states": rank.states, "above": rank.above, "disjoint": rank.disjoint}
    said |= {"names": short_names(rank.closest), "value": two(rank.closest_value), "n": rank.disjoint_above}
    if rank.above:
        text = [_(
            "{years} all but {above:,} of the {others:,} other sets of {size} of the {states} states here agreed less "
            "than the region.", **said,
        )]  # fmt: skip
        if not rank.disjoint_above:
            text.append(ngettext(
                "That set holds {members} of the region's members.",
                "Each of those {n:,} holds {members} of its members.",
                rank.above, members=span(*rank.members_above),
            ))  # fmt: skip
    else:
        text = [_(
            "{years} all the {others:,} other sets of {size} of the {states} states here agreed less than the region.",
            **said,
        )]  # fmt: skip
    if rank.disjoint_above:
        text.append(_(
            "{n:,} of the {disjoint:,} sets without any member agreed more; the closest, {names}, reached {value}.",
            **said,
        ))  # fmt: skip
    else:
        text.append(_(
            "None of the {disjoint:,} sets without any member agreed more; the closest, {names}, reached {value}.",
            **said,
        ))  # fmt: skip
    return paragraph(*text, _sets_beyond_chance(region, choice))


def _sets_beyond_chance(region: str, choice: Choice) -> str:
    """How many sets agree more than the region where chance is corrected for; nothing where the measure does that."""
    rank = sets.set_rank(region, Choice("pi", choice.absence, *choice.period)) if choice.measure != "pi" else None
    if rank is None:
        return ""
    if not rank.above:
        return _("Corrected for chance (Scott's pi, the mean over pairs), no set agreed more.")
    if not rank.disjoint_above:
        return ngettext(
            "Corrected for chance (Scott's pi, the mean over pairs), {n:,} set agreed more, and it holds a member.",
            "Corrected for chance (Scott's pi, the mean over pairs), {n:,} sets agreed more, and each holds a member.",
            rank.above,
        )  # fmt: skip
    if rank.disjoint_above == rank.above:
        return ngettext(
            "Corrected for chance (Scott's pi, the mean over pairs), {n:,} set agreed more, and it holds no member.",
            "Corrected for chance (Scott's pi, the mean over pairs), {n:,} sets agreed more, and none holds a member.",
            rank.above,
        )  # fmt: skip
    return ngettext(
        "Corrected for chance (Scott's pi, the mean over pairs), {n:,} set agreed more, {disjoint:,} of them without "
        "any member.",
        "Corrected for chance (Scott's pi, the mean over pairs), {n:,} sets agreed more, {disjoint:,} of them without "
        "any member.", rank.above, disjoint=rank.disjoint_above,
    )  # fmt: skip


def groups_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """How often a region split in the last period, and its alpha beside that of the counted groups disjoint from it.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.groups_summary("C5", choice)
    In 2015–2019 the members split in 15 % of the 418 roll calls in which 4 or more of them voted. Corrected for
    chance, Europe (4) was more united: its alpha was 0.86, a difference of +0.21 (0.13 to 0.31). ...
    """
    name, counted = short_name(region), groups.counted_groups()
    if region not in counted:
        return _(
            "{name} is none of the groups whose splits were counted ({names}), so it has no index.",
            name=name, names=short_names(counted),
        )  # fmt: skip
    frame = groups.group_periods(region, choice, seed)
    if frame.empty:
        return _("{name}: no period with enough votes for an agreement index.", name=name)
    last = frame.iloc[-1]
    text = [_(
        "{years} the members split in {share:.0f} % of the {n} roll calls in which {least} or more of them voted.",
        years=capitalised(during(last["period"])), share=100 * (1 - last["united"]), n=last["n"],
        least=groups.least_voters(region),
    )]  # fmt: skip
    for group in groups.disjoint_groups(region):
        other = groups.group_periods(group, choice, seed).set_index("period")["alpha"].get(last["period"])
        if other is not None:
            low, high = groups.alpha_gap(region, group, last["period"], choice, seed)
            said = {"name": short_name(group), "alpha": two(other), "gap": difference(other - last["alpha"], low, high)}
            text.append(_united(certain_sign(low, high), said))
    return paragraph(*text)


def _united(sign: int, said: dict[str, str]) -> MarkdownText:
    return {
        1: _("Corrected for chance, {name} was more united: its alpha was {alpha}, a difference of {gap}.", **said),
        0: _("Corrected for chance, {name} was about as united: its alpha was {alpha}, a difference of {gap}.", **said),
        -1: _("Corrected for chance, {name} was less united: its alpha was {alpha}, a difference of {gap}.", **said),
    }[sign]


def ideal_points_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """How far the ideal points of a region's members lie apart by period, beside what error alone would make of it.

    >>> choice = votes.Choice("agreement", "left_out", 2000, 2009)
    >>> votes.ideal_points_summary("C5", choice)
    In 2005–2009 the ideal points of the members lay 0.72 apart on average; the errors of the estimates alone would
    put them 0.32 apart. Years in which they lay farther apart than error alone explains: 3 of 4 in 2000–2004 and 5
    of 5 in 2005–2009.
    """
    frame = ideals.ideal_point_periods(region, choice, seed)
    frame = frame[frame["years"] > 0]
    if frame.empty:
        return _("There is no period in which every member has an ideal point from enough votes.")
    last, wide = frame.iloc[-1], frame[frame["wider"] > 0]
    each = [
        value_in(pgettext("years", "{part} of {whole}", part=row.wider, whole=row.years), row.period)
        for row in wide.itertuples()
    ]
    return _(
        "{years} the ideal points of the members lay {spread} apart on average; the errors of the estimates alone "
        "would put them {error} apart. Years in which they lay farther apart than error alone explains: {each}.",
        years=capitalised(during(last["period"])), spread=two(last["spread"]), error=two(last["error"]), each=each,
    )  # fmt: skip
