"""Sentences on pairs: which of a region came closer, and how alike the two states of a pair vote."""

from functools import reduce

import pandas as pd

from centralasia.names import short_names
from centralasia.regions import pair_name, states_of
from centralasia.votes import measures, pairs, periods, words
from centralasia.votes.measures import Choice
from centralasia.votes.words import certain_sign, during, estimate, paragraph, signed, two
from datacontract.language import _, ngettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = ["pair_summary", "pairs_summary"]


def pairs_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Which pairs surely came closer and which moved apart, and why they are not ranked.

    >>> choice = votes.Choice("agreement", "left_out", 1991, 2019)
    >>> votes.pairs_summary("C5", choice)
    From 2005–2009 to 2015–2019 agreement rose in Kyrgyzstan–Turkmenistan (+0.04), Kazakhstan–Turkmenistan (+0.05)
    and Tajikistan–Turkmenistan (+0.02) and fell in Tajikistan–Uzbekistan (−0.03), Kyrgyzstan–Uzbekistan (−0.04) and
    Kazakhstan–Uzbekistan (−0.02); in the other 4 pairs it may not have moved. ...
    """
    rows, base = pairs.pair_changes(region, choice, seed), pairs.base_period(region, choice, seed)
    spans = periods.region_spans(region, choice)
    if base is None or base == spans[-1]:
        return _("There is no earlier period to compare the pairs with.")
    rows["sign"] = [certain_sign(row.change_low, row.change_high) for row in rows.itertuples()]
    said = {"before": str(base), "after": str(spans[-1]), "measure": words.measure_name(choice.measure)}
    rose, fell = _moved(rows[rows["sign"] > 0]), _moved(rows[rows["sign"] < 0])
    rest = int((rows["sign"] == 0).sum())
    if rose and fell:
        text = _("From {before} to {after} {measure} rose in {rose} and fell in {fell}", rose=rose, fell=fell, **said)
    elif rose:
        text = _("From {before} to {after} {measure} rose in {rose}", rose=rose, **said)
    elif fell:
        text = _("From {before} to {after} {measure} fell in {fell}", fell=fell, **said)
    else:
        text, rest = _("From {before} to {after} {measure} moved for certain in no pair", **said), 0
    if rest:
        more = ngettext(
            "in the other {n} pair it may not have moved", "in the other {n} pairs it may not have moved", rest
        )
        text = MarkdownText(f"{text}; {more}")
    return paragraph(sentence(text), _shared(rows), _order(rows), ngettext(
        "The pairs rest on different votes ({number}) and are not to be ranked; of {n} such interval, one may "
        "mislead by chance.",
        "The pairs rest on different votes ({number}) and are not to be ranked; of {n} such intervals, one may "
        "mislead by chance.", len(rows), number=span(rows["n"].min(), rows["n"].max()),
    ))  # fmt: skip


def _moved(rows: pd.DataFrame) -> list[str]:
    return [f"{pair_name(row.pair)} ({signed(row.change)})" for row in rows.itertuples()]


def _shared(rows: pd.DataFrame) -> str:
    """The state that is in all pairs that rose; nothing where there is none, or only one pair."""
    risen = [set(states_of(pair)) for pair in rows.loc[rows["sign"] > 0, "pair"]]
    shared = reduce(set.intersection, risen) if len(risen) > 1 else set()
    return _("All that rose are pairs of {names}.", names=short_names(shared)) if shared else ""


def _order(rows: pd.DataFrame) -> str:
    """Whether alpha puts the pairs in the same order; nothing where fewer than three have one."""
    from scipy import stats  # only here, since it costs more than all else

    if rows["alpha"].count() < 3:
        return ""
    order = stats.spearmanr(rows["after"], rows["alpha"], nan_policy="omit").statistic
    if order < 0.5:
        return _("By alpha the pairs come in another order (rank correlation {order}).", order=two(order))
    return _("By alpha the pairs come in much the same order (rank correlation {order}).", order=two(order))


def pair_summary(pair: str, first_year: int, last_year: int, seed: int = 1) -> MarkdownText:
    """How alike a pair votes in the last period, also beyond chance, and in the first.

    >>> votes.pair_summary("KAZ-TKM", 2005, 2014)
    In the General Assembly **Kazakhstan and Turkmenistan** had an agreement of 0.97 (0.96 to 0.98) in 2010–2014,
    over 343 roll calls in which both voted; corrected for chance (Krippendorff's alpha), 0.58 (0.31 to 0.74). In
    2005–2009 it was 0.94; corrected for chance, 0.49.
    """
    rows = pairs.pair_periods((pair,), Choice("agreement", "left_out", first_year, last_year), seed)
    rows, names = rows[rows["n"] >= measures.FEW], short_names(states_of(pair))
    if rows.empty:
        return _(
            "In no period did {names} both cast {few} votes or more in the General Assembly.",
            names=names, few=measures.FEW,
        )  # fmt: skip
    first, last = rows.iloc[0], rows.iloc[-1]
    text = ngettext(
        "In the General Assembly **{names}** had an agreement of {value} {years}, over {n} roll call in which both "
        "voted; corrected for chance (Krippendorff's alpha), {alpha}.",
        "In the General Assembly **{names}** had an agreement of {value} {years}, over {n} roll calls in which both "
        "voted; corrected for chance (Krippendorff's alpha), {alpha}.",
        int(last["n"]), names=names, years=during(last["period"]), value=estimate(*last[["value", "low", "high"]]),
        alpha=estimate(*last[["alpha", "alpha_low", "alpha_high"]]),
    )  # fmt: skip
    if len(rows) < 2:
        return text
    return paragraph(text, _(
        "{years} it was {value}; corrected for chance, {alpha}.",
        years=capitalised(during(first["period"])), value=two(first["value"]), alpha=two(first["alpha"]),
    ))  # fmt: skip
