"""Tables that set the measures of closeness side by side."""

import pandas as pd

from centralasia.regions import pair_name
from centralasia.synthesis.agreements import border_year, treaty_words
from centralasia.synthesis.measures import correlations, mean_ranks
from centralasia.synthesis.words import format_value, measure_name, measure_names
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.language import _, format_number
from datacontract.phrases import percent, span
from datacontract.words import capitalised

__all__ = ["correlation_table", "pair_table"]


def pair_table(values: pd.DataFrame, treaties: pd.DataFrame | None = None, year: int = 0) -> UntruncatedFrame:
    """Every pair by every measure, in the order of the mean rank; ``unknown`` where a value is missing.

    With `treaties` as from `border_treaties`, and the `year` up to which they count, the year of the last one on the
    border and whether both have signed the common treaty stand beside them; blank is unknown.

    >>> synthesis.pair_table(synthesis.closeness("C5", 2019)).iloc[:3, :2]
    Pair                    Label of ties Visits of heads of state
    Kyrgyzstan–Tajikistan         unknown                        6
    Tajikistan–Turkmenistan     strategic                        6
    Kazakhstan–Kyrgyzstan        alliance                        7
    """
    order = mean_ranks(values).index
    columns = {
        capitalised(measure_name(name)): [
            _("unknown") if pd.isna(value) else format_value(name, value) for value in values.loc[order, name]
        ]
        for name in values
    }
    if treaties is not None:
        columns[_("Last border treaty")] = [border_year(pair, treaties) for pair in order]
        columns[_("Common treaty signed")] = [treaty_words(pair, year) for pair in order]
    return display_table(columns, index=map(pair_name, order), corner=_("Pair"))


def correlation_table(values: pd.DataFrame) -> UntruncatedFrame:
    """The rank correlation of every two measures, what chance gives, and how many pairs count.

    >>> synthesis.correlation_table(synthesis.closeness("C5", 2019)).iloc[:2, :2]
    Measures                                       Rank correlation By chance, nine in ten
    Agreement in votes and agreement beyond chance            +0.82         −0.59 to +0.82
    Label of ties and visits of heads of state                +0.29         −0.57 to +0.57
    """
    rows = correlations(values).dropna(subset="rho").sort_values("rho", ascending=False, kind="stable")
    names = [capitalised(_("{one} and {other}", **measure_names(row))) for _place, row in rows.iterrows()]
    columns = {
        _("Rank correlation"): [format_number(rho, "+.2f") for rho in rows["rho"]],
        _("By chance, nine in ten"): [span(row.low, row.high, "+.2f") for row in rows.itertuples()],
        _("As far from 0 by chance"): [percent(p) for p in rows["p"]],
        _("Pairs"): rows["pairs"].astype(int).tolist(),
    }
    return display_table(columns, index=names, corner=_("Measures"))
