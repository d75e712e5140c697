"""Sentences on what the levels rest on: the pages, the doubts, and the labels of the same states with outsiders."""

from collections.abc import Iterable

import pandas as pd

from centralasia.names import level_name, short_name, short_names
from centralasia.regions import pair_name, pairs_at_end
from centralasia.ties import evidence, measures, register
from centralasia.ties.evidence import RECENT
from centralasia.ties.marks import end_of
from datacontract.language import _, join_list, ngettext
from datacontract.words import MarkdownText

__all__ = ["doubts", "level_doubts", "outside_summary", "recall_summary"]


def recall_summary(region: str, last_year: int) -> MarkdownText:
    """From when the pages are that the acts up to a year rest on, and how many of their labels are older.

    >>> ties.recall_summary("C5", 2019)
    24 of the 33 dated pages on these acts are of 2017 or later, but 12 of the 19 labels are older. Early acts are
    more likely to be missing than late ones.
    """
    acts = register.events(pairs_at_end(region, last_year))
    acts = acts[~(acts["first"].dt.year > last_year)]  # an undated one may be of then
    dated, labels = evidence.source_years(acts).dropna(), acts[acts["labelled"]]
    if dated.empty:
        return _("None of the pages that were read has a date.")
    return _(
        "{late} of the {pages} dated pages on these acts are of {year} or later, but {early} of the {labels} labels "
        "are older. Early acts are more likely to be missing than late ones.",
        late=int((dated >= RECENT).sum()),
        pages=len(dated),
        year=RECENT,
        early=int((labels["last"].dt.year < RECENT).sum()),
        labels=len(labels),
    )


def outside_summary(region: str, partners: Iterable[str], year: int) -> MarkdownText:
    """What is known of the labels of the same states with outside partners, and what that allows to say.

    >>> ties.outside_summary("C5", ["RUS", "CHN"], 2020)
    Signed acts with Russia and China were searched for in none of 10 relations; none was met on the way. Documents
    and statements of the states name a label in 6 relations. Kazakhstan (2008) and Uzbekistan (2016) call Russia an
    ally. So the label of ally is not reserved for the region; whether labels rise with everybody is open.
    """
    table = evidence.outside_labels(region, partners, year)
    if table.empty:
        return _("There is no outside partner to compare with.")
    signed, said = table.dropna(subset="signed"), table.dropna(subset="said")
    met = _("none was met on the way")
    if len(signed):
        acts = [
            f"{join_list(short_names([act.state, act.partner]))}, {level_name(act.signed)}, {act.signed_date[:4]}"
            for act in signed.itertuples()
        ]
        met = ngettext(
            "{n} was met on the way ({acts})", "{n} were met on the way ({acts})", len(signed), acts="; ".join(acts)
        )
    fields = {"partners": short_names(dict.fromkeys(table["partner"])), "n": len(table), "met": met}
    searched = _("Signed acts with {partners} were searched for in none of {n} relations; {met}.", **fields)
    if times := int(table["searched"].sum()):
        searched = _(
            "Signed acts with {partners} were searched for in {times} of {n} relations; {met}.", times=times, **fields
        )
    text = [
        searched,
        ngettext(
            "Documents and statements of the states name a label in {n} relation.",
            "Documents and statements of the states name a label in {n} relations.",
            len(said),
        ),
    ]
    allies = said[said["said"] == register.levels()[-1]]
    for partner, own in allies.groupby("partner", sort=False):
        names = [f"{short_name(r.state)} ({r.said_date[:4]})" for r in own.itertuples()]
        text.append(
            ngettext(
                "{names} calls {partner} an ally.",
                "{names} call {partner} an ally.",
                len(own),
                names=names,
                partner=short_name(partner),
            )
        )
    if len(allies) or len(signed):
        text.append(
            _("So the label of ally is not reserved for the region; whether labels rise with everybody is open.")
        )
    else:
        text.append(_("Whether labels rise with everybody is open."))
    return MarkdownText(" ".join(text))


def doubts(region: str, year: int) -> MarkdownText:
    """On which acts the levels depend: what firm evidence alone would give, weaker labels later on, undated acts.

    >>> ties.doubts("C5", 2012)
    - Kazakhstan–Uzbekistan: friendship is dated 1997-01-10 by an act of medium confidence; the first firm act is of
    1998-10-31.
    - Kyrgyzstan–Uzbekistan: friendship rests on acts of medium confidence; by firm evidence alone: none found.
    - Kyrgyzstan–Uzbekistan: a signature without a date (Eternal Friendship treaty) is left out of every year.
    - Tajikistan–Turkmenistan: friendship rests on acts of low confidence; by firm evidence alone: none found.
    """
    found = [words for pair in pairs_at_end(region, year) for words in level_doubts(pair, year)]
    if not found:
        return _("No level found by {then} depends on an act of less than the highest confidence.", then=end_of(year))
    return MarkdownText("\n".join(f"- {words}" for words in found))


def level_doubts(pair: str, year: int) -> list[str]:
    """The doubts about the level of one pair, as a list of sentences.

    A later act of friendship is no doubt, since friendship is declared beside any label.

    >>> ties.level_doubts("KAZ-TKM", 2024)
    ['Kazakhstan–Turkmenistan: deepened strategic rests on acts of medium confidence; by firm evidence alone:
    strategic.']
    """
    found = []
    held, firm = (measures.level_at(pair, year, least) for least in ("low", register.FIRM))
    acts = register.acts_by_pair("low").get(pair, [])
    for act in (act for act in acts if act.tie_id == held.act):
        if firm.level != held.level:
            rests = _(
                "{level} rests on acts of {confidence} confidence; by firm evidence alone: {firm}.",
                level=level_name(held.level),
                confidence=_(str(held.confidence)),
                firm=level_name(firm.level),
            )
            found.append(rests)
        elif firm.since != held.since:
            dated = _(
                "{level} is dated {date} by an act of {confidence} confidence; the first firm act is of {firm}.",
                level=level_name(held.level),
                date=held.since,
                confidence=_(act.confidence),
                firm=firm.since,
            )
            found.append(dated)
        found += [
            _(
                "an act of {date} carries the weaker label {level} ({act}).",
                date=later.date,
                level=level_name(later.level),
                act=_(later.act),
            )
            for later in acts
            if later.first > act.last and later.last.year <= year and 0 < later.rank < act.rank
        ]
    undated = [act for act in acts if act.labelled and pd.isna(act.date)]
    found += [_("a signature without a date ({act}) is left out of every year.", act=_(act.act)) for act in undated]
    return [f"{pair_name(pair)}: {words}" for words in found]
