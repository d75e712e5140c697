"""Votes as tables for reading: every cell is text, names stand instead of codes."""

from centralasia.names import short_name
from centralasia.regions import pair_name
from centralasia.tables import UntruncatedFrame, display_table
from centralasia.votes import alignment, measures, sets
from centralasia.votes.measures import Choice

__all__ = ["absence_bias_table", "pairs_table"]


def pairs_table(region: str, choice: Choice, seed: int) -> UntruncatedFrame:
    """The pairs of a region in the last year in which all can be compared, or else in the last of all.

    The value of each with its 95 % bootstrap interval, the roll calls it rests on, and what it is worth.
    """
    rows = sets.pair_intervals(region, choice, seed)
    year = max(sets.complete_years(region, *choice.period) or rows["year"])
    rows = rows[rows["year"] == year].sort_values("value", ascending=False, kind="stable")
    interval = rows["low"].map("{:.3f}".format) + rows["high"].map(" to {:.3f}".format)
    columns = {
        "Value": rows["value"].map("{:.3f}".format).where(rows["value"].notna(), "unknown"),
        "95 % interval": interval.where(rows["low"].notna(), ""),
        "Roll calls": rows["n"].map("{:,}".format),
        "Status": rows["status"].replace(measures.OK, "comparable"),
    }
    return display_table(columns, index=map(pair_name, rows["pair"]), corner=f"Pair, {year}")


def absence_bias_table(region: str, first_year: int, last_year: int) -> UntruncatedFrame:
    """How the other members voted while a member took part, and while it stayed away, over the comparable years."""
    rows = alignment.absence_bias(region, first_year, last_year)
    shares = (100 * rows).map("{:.0f} %".format).where(rows.notna(), "")
    columns = {
        "Others' votes while it voted": rows["voted"].map("{:,}".format),
        "of them yes": shares["yes_voted"],
        "Others' votes while it was absent": rows["absent"].map("{:,}".format),
        "of these yes": shares["yes_absent"],
    }
    return display_table(columns, index=map(short_name, rows.index), corner="Member")
