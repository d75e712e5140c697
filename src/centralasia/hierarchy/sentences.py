"""Sentences on the order of partners."""

import functools
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from centralasia.hierarchy import alternatives, draws, measures
from centralasia.hierarchy.words import kinds_of, places_in_words, with_articles
from centralasia.names import document_name, document_row, in_document, short_name
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText, capitalised, sentence

__all__ = ["answer", "draws_summary", "label_order", "precedence_summary", "terms"]

_phrase = functools.partial(document_name, in_sentence=True)


def answer(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """The places that the readings give the focus, what they agree on of its movement, and what the last rests on.

    >>> hierarchy.answer(["kaz-2014", "kaz-2020"], "CA4")
    **Central Asia** comes 4th in the concept of 2020–2030. For the concept of 2014–2020 the sources disagree: 1st,
    joint 2nd or 3rd. ...
    """
    name, found = short_name(focus), {d: alternatives.distinct_places(d, focus, which) for d in documents}
    named = {d: places for d, places in found.items() if places["status"].ne("not named").any()}
    if not named:
        return _("None of these documents names **{name}** in what was read of them.", name=name)
    sure = [_comes(d, focus, which) for d, places in named.items() if len(places) == 1]
    said: list[str] = [_("**{name}** comes {places}.", name=name, places=sure)] if sure else []
    for document in (d for d, places in named.items() if len(places) > 1):
        differ = {"document": _phrase(document), "places": places_in_words(document, focus, which)}
        if sure:
            said.append(capitalised(_("for {document} the sources disagree: {places}.", **differ)))
        else:
            said.append(_("**{name}**: for {document} the sources disagree: {places}.", name=name, **differ))
    if silent := [_phrase(d) for d in documents if d not in named]:
        said.append(_("What was read of {documents} does not name it.", documents=silent))
    placed = [d for d, places in named.items() if places["rank"].notna().any()]
    if len(placed) > 1:
        moved = "; ".join(_movement(placed[0], later, focus, which) for later in placed[1:])
        said.append(sentence(capitalised(moved)))
    if placed:
        source = found[placed[-1]].dropna(subset="rank")["source"].iloc[0]
        where, kinds = in_document(placed[-1]), kinds_of(source)
        said.append(capitalised(_("The place {where} rests on {kinds}.", where=where, kinds=kinds)))
    if alternatives.all_unread(documents):
        said.append(_("None of these texts was read in full."))
    return MarkdownText(" ".join(said))


def _comes(document: str, focus: str, which: str) -> MarkdownText:
    return _("{places} {where}", places=places_in_words(document, focus, which), where=in_document(document))


def _movement(before: str, after: str, focus: str, which: str) -> str:
    """What the readings agree on of the way from one document to another."""
    moves = alternatives.distinct_moves(before, after, focus, which)["gain"]
    gains = moves.dropna()
    where, earlier = in_document(after), in_document(before)
    if gains.gt(0).any() and gains.lt(0).any():
        return _("whether {document} raised it is open", document=_phrase(after))
    if gains.eq(0).all():
        said = _("{where} it keeps the place of {document}", where=where, document=_phrase(before))
    elif gains.gt(0).any():
        said = (
            _("{where} it comes no later than {earlier}", where=where, earlier=earlier)
            if gains.eq(0).any()
            else _("{where} it comes earlier than {earlier}", where=where, earlier=earlier)
        )
    elif gains.eq(0).any():
        said = _("{where} it comes no earlier than {earlier}", where=where, earlier=earlier)
    else:
        said = _("{where} it comes later than {earlier}", where=where, earlier=earlier)
    if len(moves) == 1:
        return said
    if len(gains) < len(moves):
        return _("{said} by every reading that gives both places", said=said)
    return _("{said} by every reading", said=said)


def precedence_summary(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """Who came behind the focus in the first document and comes ahead of it in the last, by every reading.

    >>> hierarchy.precedence_summary(["kaz-2014", "kaz-2020"], "CA4")
    By every reading the United States passed Central Asia.
    """
    relations = []
    for _document, rows in alternatives.precedence(documents, focus, which).groupby("document_id", sort=False):
        counts = rows.set_index("other")[list(alternatives.RELATIONS)].gt(0)
        relations.append(counts.idxmax(axis=1).where(counts.sum(axis=1).eq(1)))
    if not relations:
        return _("No other partner has a place in all of these documents.")
    first, last = relations[0], relations[-1]
    if passed := with_articles(first.index[first.eq("ahead") & last.eq("behind")]):
        return _("By every reading {names} passed {name}.", names=passed, name=short_name(focus))
    return _("Nobody passed {name} by every reading.", name=short_name(focus))


def draws_summary(documents: Sequence[str], focus: str, number: int, seed: int, which: str = "equal") -> MarkdownText:
    """The most frequent place of each document in the draws, and how often the last document puts the focus later.

    >>> hierarchy.draws_summary(["kaz-2014", "kaz-2020"], "CA4", 1000, 2020)
    Central Asia comes 4th in the concept of 2020–2030 in about ... draws. ...
    """
    found = draws.places_drawn(documents, focus, number, seed, which)
    parts, open_ = [], []
    for document, rows in found.groupby("document_id", sort=False):
        best = rows.loc[rows["share"].idxmax()]
        if best["share"] > 0.5 and pd.notna(best["middle"]):
            place, where = best["place"], in_document(str(document))
            parts.append(_("{place} {where} {often}", place=place, where=where, often=_often(best["share"])))
        else:
            open_.append(_phrase(str(document)))
    said = [_("{name} comes {places}.", name=short_name(focus), places=parts)] if parts else []
    if open_:
        said.append(_("In {documents} no place comes out in more than half of the draws.", documents=open_))
    moved = draws.moves_drawn(documents[0], documents[-1], focus, number, seed, which)
    if moved["unknown"] < 0.5:
        ends = {"last": _phrase(documents[-1]), "first": _phrase(documents[0])}
        often = _often(moved["down"])
        said.append(capitalised(_("{last} puts it later than {first} {often}.", often=often, **ends)))
    return MarkdownText(" ".join(said))


def _often(share: float) -> MarkdownText:
    """A share of draws in words: ``in about 3 of 4 draws``."""
    if share > 0.9:
        return _("in nearly all draws")
    if share < 0.1:
        return _("in hardly any draw")
    fraction = Fraction(share).limit_denominator(5)
    return _("in about {n} of {total} draws", n=fraction.numerator, total=fraction.denominator)


def terms(documents: Sequence[str]) -> MarkdownText:
    """Which documents have a fixed term, which are said to have none, and of which nothing is known.

    >>> hierarchy.terms(["kaz-2014", "kaz-2020"])
    The concept of 2014–2020 and the concept of 2020–2030 have fixed terms.
    """
    names = {term: [_phrase(d) for d in documents if document_row(d)["term"] == term] for term in ("fixed", "open", "")}
    parts = []
    if fixed := names["fixed"]:
        parts.append(ngettext("{names} has a fixed term", "{names} have fixed terms", len(fixed), names=fixed))
    if none := names["open"]:
        parts.append(
            ngettext(
                "{names} is reported to have no fixed term",
                "{names} are reported to have no fixed term",
                len(none),
                names=none,
            )
        )
    if unknown := names[""]:
        parts.append(
            ngettext(
                "the term of {names} is not known", "the terms of {names} are not known", len(unknown), names=unknown
            )
        )
    return sentence(capitalised("; ".join(parts)))


def label_order(documents: Sequence[str]) -> MarkdownText:
    """In which documents the order of places is also the order of labels, so that it may be no order of priority.

    >>> hierarchy.label_order(["kaz-2014", "kaz-2020"])
    In the concept of 2014–2020 and the concept of 2020–2030 the places come in the order of the labels, from the
    closest relationship down: such a list may rank relationships, not priorities.
    """
    same = []
    for document in documents:
        order = measures.ranking(document).dropna(subset=["rank", "level"])
        codes = pd.Series(order["level"].cat.codes.to_numpy())
        if len(order) > 2 and codes.is_monotonic_decreasing:
            same.append(_phrase(document))
    if not same:
        return _("In none of these documents do three labels or more come in the order of the places.")
    return _(
        "In {documents} the places come in the order of the labels, from the closest relationship down: such a list "
        "may rank relationships, not priorities.",
        documents=same,
    )
