"""Sentences on what the measures of closeness say together."""

import pandas as pd

from centralasia import meetings
from centralasia.names import region_name, short_name
from centralasia.regions import pair_name, states_of
from centralasia.synthesis.measures import MEASURES, corrected, correlations, mean_ranks, pairs_of
from datacontract.words import MarkdownText, capitalised, join_list, pluralize

__all__ = ["answer", "chance_summary", "closest_pairs", "state_answer", "treaty_of_state"]


def answer(region: str, values: pd.DataFrame) -> MarkdownText:
    """Whether the measures put the pairs of a region into the same order, and which two disagree most."""
    found = correlations(values).dropna(subset="rho").sort_values("rho", kind="stable")
    if found.empty:
        return MarkdownText("Too few pairs are known to compare the measures.")
    against, along = found[found["rho"] < 0], found[found["rho"] > 0]
    text = f"Measures of how close the states of **{region_name(region)}** are do not line up" if len(against) else (
        f"Measures of how close the states of **{region_name(region)}** are point the same way"
    )  # fmt: skip
    text += f": {len(along)} of {pluralize(len(found), 'comparison')} of two measures order the pairs alike, "
    text += f"{len(against)} the other way round."
    if len(against) and (worst := found.iloc[0])["rho"] < -0.3:
        text += (
            f" Where the {MEASURES[worst['one']]} is higher, the {MEASURES[worst['other']]} is lower "
            f"(rank correlation {_signed(worst['rho'])}; {_odds(worst)})."
        )
        if (other := corrected(found, worst)) is not None:
            text += f" Corrected for chance, agreement shows no such thing ({_signed(other['rho'])})." if (
                other["low"] <= other["rho"] <= other["high"]
            ) else f" Corrected for chance it is the same ({_signed(other['rho'])})."  # fmt: skip
    if len(along) and (best := found.iloc[-1])["rho"] > 0.3:
        text += (
            f" The {MEASURES[best['one']]} and the {MEASURES[best['other']]} go together most "
            f"({_signed(best['rho'])}; {_odds(best)})."
        )
    return MarkdownText(text)


def state_answer(state: str, values: pd.DataFrame) -> MarkdownText:
    """To which neighbour a state is closest by each measure; `values` as from `closeness`."""
    own = pairs_of(state, values)
    named: dict[str, list[str]] = {}
    for name in own:
        known = own[name].dropna()
        if known.nunique() > 1:
            top = [
                next(other for other in states_of(str(pair)) if other != state)
                for pair in known[known == known.max()].index
            ]
            named.setdefault(join_list(map(short_name, top)), []).append(MEASURES[name])
    if not named:
        return MarkdownText(f"No measure tells the neighbours of **{short_name(state)}** apart.")
    said = [f"{who} by {join_list(by)}" for who, by in named.items()]
    return MarkdownText(f"**{short_name(state)}** is closest to {'; to '.join(said)}.")


def treaty_of_state(state: str) -> MarkdownText:
    """Whether a state has signed the common treaties of the region."""
    parts = []
    for row in meetings.treaty_signatures((state,)).itertuples():
        signed = f"signed the {row.title} on {row.date}" if row.status == "signed" else (
            f"is not known to have signed the {row.title}"
        )  # fmt: skip
        parts.append(f"{short_name(state)} {signed}.")
    return MarkdownText(" ".join(parts) or f"No common treaty is on record for {short_name(state)}.")


def chance_summary(values: pd.DataFrame) -> MarkdownText:
    """How many comparisons lie outside what chance gives, and how many would by chance alone."""
    found = correlations(values).dropna(subset="rho")
    outside = int(((found["rho"] < found["low"]) | (found["rho"] > found["high"])).sum())
    return MarkdownText(
        f"{capitalised(pluralize(outside, 'comparison'))} of {len(found)} lie outside the band; by chance alone "
        f"about {0.1 * len(found):.0f} would. With so few states no single comparison is firm."
    )


def closest_pairs(values: pd.DataFrame) -> MarkdownText:
    """Which pair is closest by each measure, and which is near the top by most."""
    parts = []
    for name in values:
        known = values[name].dropna()
        if known.nunique() > 1:
            top = [pair_name(pair) for pair in known.index[known == known.max()]]
            shown = join_list(top) if len(top) < 4 else f"{len(top)} pairs alike"
            parts.append(f"by {MEASURES[name]}: {shown}")
    order = mean_ranks(values)
    text = f"Closest {'; '.join(parts)}." if parts else "No measure ranks the pairs."
    return MarkdownText(
        f"{text} On average over the measures {pair_name(order.index[0])} is the closest pair and "
        f"{pair_name(order.index[-1])} the least close."
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _odds(row: pd.Series) -> str:
    return f"chance gives one as far from 0 in {row['p']:.0%} of cases".replace("%", "\u00a0%")
