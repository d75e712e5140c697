"""Tables that set the measures of closeness side by side."""

import pandas as pd

from centralasia.regions import pair_name
from centralasia.synthesis.measures import MEASURES, correlations, format_value, mean_ranks
from centralasia.tables import UntruncatedFrame, display_table
from datacontract.words import capitalised

__all__ = ["correlation_table", "pair_table"]


def pair_table(values: pd.DataFrame) -> UntruncatedFrame:
    """Every pair by every measure, in the order of the mean rank; ``unknown`` where a value is missing."""
    order = mean_ranks(values).index
    columns = {
        capitalised(MEASURES[name]): [
            "unknown" if pd.isna(value) else format_value(name, value) for value in values.loc[order, name]
        ]
        for name in values
    }
    return display_table(columns, index=map(pair_name, order), corner="Pair")


def correlation_table(values: pd.DataFrame) -> UntruncatedFrame:
    """The rank correlation of every two measures, what chance gives, and how many pairs count."""
    rows = correlations(values).dropna(subset="rho").sort_values("rho", ascending=False, kind="stable")
    names = [f"{capitalised(MEASURES[row.one])} and {MEASURES[row.other]}" for row in rows.itertuples()]
    columns = {
        "Rank correlation": rows["rho"].map("{:+.2f}".format).str.replace("-", "−"),
        "By chance, nine in ten": [f"{r.low:+.2f} to {r.high:+.2f}".replace("-", "−") for r in rows.itertuples()],
        "As far from 0 by chance": rows["p"].map("{:.0%}".format).str.replace("%", "\u00a0%"),
        "Pairs": rows["pairs"].astype(int),
    }
    return display_table(pd.DataFrame(columns), index=names, corner="Measures")
