"""Sentences on what the measures of closeness say together, and on the collection itself."""

import pandas as pd

from centralasia import meetings
from centralasia.names import region_name, short_name, short_names
from centralasia.regions import pair_name, states_of
from centralasia.synthesis.measures import corrected, correlations, mean_ranks, outside_chance, pairs_of
from centralasia.synthesis.words import measure_name, quantity_names
from centralasia.tables import load
from datacontract.language import _, join_list, ngettext
from datacontract.phrases import date_words
from datacontract.words import MarkdownText

__all__ = ["answer", "chance_summary", "closest_pairs", "state_answer", "treaty_of_state", "updated"]


def answer(region: str, values: pd.DataFrame) -> MarkdownText:
    """Whether the measures put the pairs of a region into the same order, and which two disagree most.

    >>> synthesis.answer("C5", synthesis.closeness("C5", 2019))
    Measures of how close the states of **Central Asia (five states)** are do not line up: 8 of 15 comparisons of
    two measures order the pairs alike, 6 the other way round. ...
    """
    found = correlations(values).dropna(subset="rho").sort_values("rho", kind="stable")
    if found.empty:
        return _("Too few pairs are known to compare the measures.")
    against, along = found[found["rho"] < 0], found[found["rho"] > 0]
    counts = {"region": region_name(region), "along": len(along), "against": len(against)}
    parts = [
        ngettext(
            "Measures of how close the states of **{region}** are do not line up: {along} of {n} comparison of two "
            "measures orders the pairs alike, {against} the other way round.",
            "Measures of how close the states of **{region}** are do not line up: {along} of {n} comparisons of two "
            "measures order the pairs alike, {against} the other way round.",
            len(found),
            **counts,
        )
        if len(against)
        else ngettext(
            "Measures of how close the states of **{region}** are point the same way: {along} of {n} comparison of two "
            "measures orders the pairs alike, {against} the other way round.",
            "Measures of how close the states of **{region}** are point the same way: {along} of {n} comparisons of "
            "two measures order the pairs alike, {against} the other way round.",
            len(found),
            **counts,
        )
    ]
    if len(against) and (worst := found.iloc[0])["rho"] < -0.3:
        parts.append(
            _(
                "Where the {one} is higher, the {other} is lower (rank correlation {rho:+.2f}; chance gives one as far "
                "from 0 in {p:.0%} of cases).",
                **quantity_names(worst),
                rho=worst["rho"],
                p=worst["p"],
            )
        )
        if (other := corrected(found, worst)) is not None:
            parts.append(
                _("Corrected for chance, agreement shows no such thing ({rho:+.2f}).", rho=other["rho"])
                if other["rho"] > 0
                else _("Corrected for chance, the correlation is {rho:+.2f}.", rho=other["rho"])
            )
    if len(along) and (best := found.iloc[-1])["rho"] > 0.3:
        parts.append(
            _(
                "The {one} and the {other} go together most ({rho:+.2f}; chance gives one as far from 0 in {p:.0%} of "
                "cases).",
                **quantity_names(best),
                rho=best["rho"],
                p=best["p"],
            )
        )
    return MarkdownText(" ".join(parts))


def state_answer(state: str, values: pd.DataFrame) -> MarkdownText:
    """To which neighbour a state is closest by each measure; `values` as from `closeness`.

    >>> synthesis.state_answer("KAZ", synthesis.closeness("C5", 2019))
    **Kazakhstan** is closest to Kyrgyzstan by label of ties and intensity of trade; to Uzbekistan by visits of
    heads of state and likeness of speeches; to Turkmenistan by agreement in votes and agreement beyond chance.
    """
    own = pairs_of(state, values)
    named: dict[tuple[str, ...], list[str]] = {}
    for name in own:
        known = own[name].dropna()
        if known.nunique() > 1:
            top = known[known == known.max()].index
            others = tuple(next(other for other in states_of(str(pair)) if other != state) for pair in top)
            named.setdefault(others, []).append(measure_name(name))
    if not named:
        return _("No measure tells the neighbours of **{state}** apart.", state=short_name(state))
    parts = [_("to {names} by {measures}", names=short_names(who), measures=by) for who, by in named.items()]
    return _("**{state}** is closest {parts}.", state=short_name(state), parts="; ".join(parts))


def treaty_of_state(state: str) -> MarkdownText:
    """Whether a state has signed the common treaties of the region.

    >>> synthesis.treaty_of_state("KAZ")
    Kazakhstan signed the 21st-century treaty of friendship, good-neighbourliness and cooperation on 21 July
    2022.
    """
    name = short_name(state)
    parts = [
        _(
            "{state} signed the {treaty} on {date}.",
            state=name,
            treaty=meetings.treaty_name(row.treaty_id, row.title),
            date=date_words(row.date),
        )
        if row.status == "signed"
        else _(
            "{state} is not known to have signed the {treaty}.",
            state=name,
            treaty=meetings.treaty_name(row.treaty_id, row.title),
        )
        for row in meetings.treaty_signatures((state,)).itertuples()
    ]
    return MarkdownText(" ".join(parts)) if parts else _("No common treaty is on record for {state}.", state=name)


def chance_summary(values: pd.DataFrame) -> MarkdownText:
    """How many comparisons lie outside what chance gives, and how many would by chance alone.

    >>> synthesis.chance_summary(synthesis.closeness("C5", 2019))
    3 comparisons of 15 lie outside the band; by chance alone about 2 would. With so few states no single comparison
    is firm.
    """
    found = correlations(values).dropna(subset="rho")
    return ngettext(
        "{n} comparison of {all} lies outside the band; by chance alone about {expected:.0f} would. With so few states "
        "no single comparison is firm.",
        "{n} comparisons of {all} lie outside the band; by chance alone about {expected:.0f} would. With so few states "
        "no single comparison is firm.",
        int(outside_chance(found).sum()),
        all=len(found),
        expected=0.1 * len(found),
    )


def closest_pairs(values: pd.DataFrame) -> MarkdownText:
    """Which pair is closest by each measure, and which is near the top by most.

    >>> synthesis.closest_pairs(synthesis.closeness("C5", 2019))
    Closest by label of ties: Kazakhstan–Kyrgyzstan; by visits of heads of state: Turkmenistan–Uzbekistan; ...
    """
    parts = []
    for name in values:
        known = values[name].dropna()
        if known.nunique() > 1:
            top = [pair_name(pair) for pair in known.index[known == known.max()]]
            shown = join_list(top) if len(top) < 4 else ngettext("{n} pair alike", "{n} pairs alike", len(top))
            parts.append(_("by {measure}: {pairs}", measure=measure_name(name), pairs=shown))
    text = _("Closest {parts}.", parts="; ".join(parts)) if parts else _("No measure ranks the pairs.")
    order = mean_ranks(values).index
    average = _(
        "On average over the measures {first} is the closest pair and {last} the least close.",
        first=pair_name(order[0]),
        last=pair_name(order[-1]),
    )
    return MarkdownText(f"{text} {average}")


def updated() -> MarkdownText:
    """By whom the collection is, of how many sources it is made, and of when the latest is.

    >>> synthesis.updated()
    By the centralasia contributors, from ...
    """
    known = load("sources")["date"].dropna().astype(str)
    latest = max(date for date in known if len(date) == len("2025-01-01"))
    return _(
        "By the centralasia contributors, from {n:,} sources, the latest of {date}.",
        n=len(load("sources")),
        date=date_words(latest),
    )
