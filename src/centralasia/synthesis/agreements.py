"""What a pair of states has agreed besides: treaties on its land border, and the common treaties that both signed."""

import pandas as pd

from centralasia import meetings, ties
from centralasia.names import short_names
from centralasia.regions import pairs_at_end, states_of
from datacontract.language import _

__all__ = ["border_treaties"]

BORDER = "land border"  # the subject of a milestone
TREATIES = ("treaty", "agreement")  # how the fact of a milestone begins that is one, not its ratification


def border_treaties(region: str, year: int) -> pd.DataFrame:
    """The treaties and agreements on the land borders within a region up to a year, in the order of time.

    Rows of ``milestones.csv`` with a column ``pair``; a treaty says that a line or a part of it was agreed, not that it
    is in force. A pair without a row may have none, have no common border, or have one that was not found.

    >>> found = synthesis.border_treaties("C5", 2005)
    >>> found.set_index("date")[["pair", "fact"]]
                   pair                        fact
    date
    2001-07-05  KAZ-TKM      treaty on delimitation
    2001-12-15  KAZ-KGZ      treaty on delimitation
    2002-10-05  TJK-UZB  treaty on the state border
    """
    found = [ties.milestones(states_of(pair)).assign(pair=pair) for pair in pairs_at_end(region, year)]
    rows = pd.concat(found, ignore_index=True) if found else ties.milestones([]).assign(pair="")
    treaty = rows["fact"].astype("str").str.startswith(TREATIES) & rows["subject"].astype("str").eq(BORDER)
    return rows[treaty & rows["year"].le(year).fillna(False)].sort_values("date", kind="stable", ignore_index=True)


def border_year(pair: str, treaties: pd.DataFrame) -> str:
    """The year of the last treaty on the border of a pair, of those of `border_treaties`; "" where none is known."""
    years = treaties.loc[treaties["pair"] == pair, "year"]
    return "" if years.empty else str(years.max())


def treaty_words(pair: str, year: int) -> str:
    """Whether both states have signed the common treaties of the region by the end of a year; "" where unknown."""
    signatures = meetings.treaty_signatures(states_of(pair), year)
    said = {
        meetings.treaty_name(treaty, rows["title"].iloc[0]): _signed(rows)
        for treaty, rows in signatures.groupby("treaty_id", sort=False)
    }
    known = {treaty: words for treaty, words in said.items() if words}
    if len(said) == 1:
        return "".join(known.values())
    return "; ".join(_("{treaty}: {signed}", treaty=treaty, signed=words) for treaty, words in known.items())


def _signed(rows: pd.DataFrame) -> str:
    status = rows["status"]
    if status.isna().any():
        return ""
    if status.eq("signed").all():
        return _("both, {year}", year=rows["date"].max()[:4])
    if missing := short_names(rows.loc[status.eq("no_signature_found"), "state"]):
        return _("no signature found: {states}", states=missing)
    return _("later")
