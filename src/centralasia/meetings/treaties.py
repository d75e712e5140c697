"""The common treaties that the Consultative Meetings adopted, and who has signed them."""

from collections.abc import Collection

import pandas as pd

from centralasia.meetings.measures import Choice, list_meetings
from centralasia.regions import members
from centralasia.tables import load

__all__ = ["member_signatures", "treaty_signatures"]


def member_signatures(choice: Choice) -> pd.DataFrame:
    """The `treaty_signatures` by the end of the last year of the members at the last meeting held in these years.

    >>> meetings.member_signatures(meetings.Choice("C5", 2018, 2022))[["state", "status", "date"]]
      state              status        date
    0   KAZ              signed  2022-07-21
    1   KGZ              signed  2022-07-21
    2   TJK               later  2025-08-28
    3   TKM  no_signature_found         NaN
    4   UZB              signed  2022-07-21
    """
    last = list_meetings(choice, "held")["date"].iloc[-1]
    return treaty_signatures(members(choice.region, last), until=choice.last_year)


def treaty_signatures(states: Collection[str], until: int | None = None) -> pd.DataFrame:
    """Which of these states have signed the treaties of the format.

    Parameters
    ----------
    states : list of str
        Codes of states.
    until : int, optional
        A year: the status of what was signed after its end is then ``later``.

    Returns
    -------
    pandas.DataFrame
        One row a treaty and state: the columns of ``treaty_signatures.csv``, with ``status`` (``signed``, ``later``,
        ``no_signature_found``; missing where there is no record), and ``title``, what the paper calls the treaty, as
        ``meeting_documents.csv`` has it (missing where no paper has a title). ``no_signature_found`` does not prove
        that there is none, and a signature is not yet the entry into force.

    Examples
    --------
    >>> meetings.treaty_signatures(["KAZ", "TKM"], until=2024)[["state", "status", "date"]]
      state              status        date
    0   KAZ              signed  2022-07-21
    1   TKM  no_signature_found         NaN
    """
    rows = load("treaty_signatures").astype({"status": "str"})
    every = pd.MultiIndex.from_product([rows["treaty_id"].unique(), states], names=["treaty_id", "state"])
    frame = rows.set_index(every.names).reindex(every).reset_index()
    if until is not None:
        frame.loc[frame["date"].str[:4].astype(float) > until, "status"] = "later"
    return frame.assign(title=frame["treaty_id"].map(_treaty_titles()))


def _treaty_titles() -> pd.Series:
    """The title of the one treaty that was adopted at the meeting of the signatures, by ``treaty_id``."""
    papers = load("meeting_documents").query("kind == 'treaty'").drop_duplicates("meeting_id", keep=False)
    signed = load("treaty_signatures")
    titles = signed["meeting_id"].map(papers.set_index("meeting_id")["title"])
    titles = titles.groupby(signed["treaty_id"], sort=False).first()
    return titles.mask(titles.duplicated(keep=False))  # the papers of one meeting do not say which of two it is
