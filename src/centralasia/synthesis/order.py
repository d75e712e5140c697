"""The finding on the order of partners, how sure it is, and on which texts it rests."""

from collections.abc import Sequence

import pandas as pd

from centralasia import hierarchy
from centralasia.names import document_name, short_name
from centralasia.synthesis.words import FIRM, LIKELY, OPEN, Finding, said
from datacontract.language import _
from datacontract.words import MarkdownText, capitalised

__all__ = ["order_caveat", "order_finding"]

SURE = 0.95  # of the draws, for a place that errors of coding hardly move


def order_finding(documents: Sequence[str], focus: str) -> Finding:
    """Whether the later documents place the focus higher or lower than the first, by the readings and in draws.

    >>> synthesis.order_finding(["kaz-2014", "kaz-2020"], "CA4")
    The concept of 2020–2030 places Central Asia lower than the concept of 2014–2020 did.
    <BLANKLINE>
    **Likely:** all readings agree on the last text, and 79 % of draws that allow for errors of coding, but no text
    was read in full.
    """
    first, *later, last = documents
    gains = {after: hierarchy.distinct_moves(first, after, focus)["gain"].dropna() for after in (last, *later)}
    text = " ".join(_placed(first, after, focus, gain) for after, gain in gains.items())
    drawn = hierarchy.moves_drawn(first, last, focus)
    share, sure = max(drawn["up"], drawn["down"]), gains[last].lt(0).all() or gains[last].gt(0).all()
    if gains[last].empty:
        return said(text, OPEN, _("no reading gives it a place in both texts"))
    unread = hierarchy.all_unread(documents)
    if not sure:
        reason = (
            _("equally good readings of the texts disagree, and no text was read in full")
            if unread
            else _("equally good readings of the texts disagree")
        )
        return said(text, OPEN, reason)
    reason = (
        _(
            "all readings agree on the last text, and {share:.0%} of draws that allow for errors of coding, but no "
            "text was read in full",
            share=share,
        )
        if unread
        else _(
            "all readings agree on the last text, and {share:.0%} of draws that allow for errors of coding",
            share=share,
        )
    )
    return said(text, FIRM if share >= SURE and not unread else LIKELY, reason)


def _placed(first: str, after: str, focus: str, gain: pd.Series) -> str:
    """Whether a document places the focus higher or lower than the first; `gain` as the readings have it."""
    names = {
        "later": document_name(after, True),
        "focus": short_name(focus),
        "first": document_name(first, True),
    }
    if len(gain) and (gain > 0).all():
        return capitalised(_("{later} places {focus} higher than {first} did.", **names))
    if len(gain) and (gain < 0).all():
        return capitalised(_("{later} places {focus} lower than {first} did.", **names))
    return capitalised(_("whether {later} raised {focus} is open.", later=names["later"], focus=names["focus"]))


def order_caveat(documents: Sequence[str], focus: str) -> MarkdownText:
    """The strongest caveat of the collection: that the texts were not read, and on what the last place rests, if any.

    >>> synthesis.order_caveat(["kaz-2014", "kaz-2020"], "CA4")
    **No full text of these concepts was read**, only reports and excerpts. The place of Central Asia in the concept
    of 2020–2030 rests on a copy of an encyclopedia.
    """
    parts = []
    if hierarchy.all_unread(documents):
        parts.append(_("**No full text of these concepts was read**, only reports and excerpts."))
    placed = hierarchy.distinct_places(documents[-1], focus).dropna(subset="rank")
    if len(placed):
        parts.append(_(
            "The place of {focus} in {document} rests on {kinds}.",
            focus=short_name(focus), document=document_name(documents[-1], True),
            kinds=hierarchy.kinds_of(placed["source"].iloc[0]),
        ))  # fmt: skip
    return MarkdownText(" ".join(parts))
