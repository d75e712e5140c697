"""The findings in three sentences, for somebody with twenty seconds."""

from collections.abc import Sequence

from centralasia import economies, meetings, votes
from centralasia.names import short_name
from centralasia.synthesis import convergence, order
from datacontract.language import _
from datacontract.words import MarkdownText

__all__ = ["in_short"]


def in_short(
    documents: Sequence[str],
    focus: str,
    region: str,
    choice: votes.Choice,
    agendas: meetings.Choice,
    panels: Sequence[economies.Panel],
) -> MarkdownText:
    """What the findings say of the order of partners, and in what the states of a region drew closer.

    >>> choices = votes.Choice("agreement", "left_out", 1991, 2019), meetings.Choice("CM", 2018, 2023)
    >>> synthesis.in_short(["kaz-2014", "kaz-2020"], "CA4", "C5", *choices, economies.panels("C5", 1991, 2020))
    **In short:** The concept of 2020–2030 places Central Asia lower than the concept of 2014–2020 did. The states of
    Central Asia drew closer in votes in the General Assembly and speeches before the United Nations. ...
    """
    found = {
        _("votes in the General Assembly"): convergence.votes_finding(region, choice),
        _("speeches before the United Nations"): convergence.speeches_finding(region),
        _("incomes"): convergence.economies_finding(panels),
        _("the agendas of their meetings"): convergence.agendas_finding(agendas),
    }
    closer, apart, unsure = ([name for name, one in found.items() if one.moved == moved] for moved in (1, -1, 0))
    name = short_name(region)
    parts = [order.order_finding(documents, focus).partition("\n\n")[0]]
    parts += [_("The states of {region} drew closer in {subjects}.", region=name, subjects=closer)] if closer else []
    parts += [_("The states of {region} moved apart in {subjects}.", region=name, subjects=apart)] if apart else []
    parts += [_("Whether they drew closer in {subjects} is open.", subjects=unsure)] if unsure else []
    return _("**In short:** {findings}", findings=" ".join(parts))
