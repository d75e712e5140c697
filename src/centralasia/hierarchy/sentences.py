"""Sentences on the order of partners."""

import functools
import itertools
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from centralasia.hierarchy import alternatives, draws, measures
from centralasia.hierarchy.words import kinds_of, place_words, places_in_words, with_articles
from centralasia.names import document_name, document_row, in_document, short_name
from datacontract.language import _, ngettext, pgettext
from datacontract.sources import SEPARATOR
from datacontract.words import MarkdownText, capitalised

__all__ = ["answer", "draws_summary", "label_order", "moves_by_reading", "precedence_summary", "terms"]

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
        said.append(f"{capitalised(moved)}.")
    if placed:
        source = found[placed[-1]].dropna(subset="rank")["source"].iloc[0]
        where, kinds = in_document(placed[-1]), kinds_of(source)
        said.append(capitalised(_("The place {where} rests on {kinds}.", where=where, kinds=kinds)))
    return MarkdownText(" ".join([*said, *_unread(documents)]))


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
            _("{where} it comes earlier or as early than {earlier}", where=where, earlier=earlier)
            if gains.eq(0).any()
            else _("{where} it comes earlier than {earlier}", where=where, earlier=earlier)
        )
    elif gains.eq(0).any():
        said = _("{where} it comes later or as early than {earlier}", where=where, earlier=earlier)
    else:
        said = _("{where} it comes later than {earlier}", where=where, earlier=earlier)
    if len(moves) == 1:
        return said
    if len(gains) < len(moves):
        return _("{said} by every reading that gives both places", said=said)
    return _("{said} by every reading", said=said)


def _unread(documents: Sequence[str]) -> list[str]:
    """That none of the texts was read in full, where the table of missing texts says so of each."""
    missing = {key for cell in alternatives.settling_texts(documents)["documents"] for key in cell.split(SEPARATOR)}
    return [_("None of these texts was read in full.")] if missing >= set(documents) else []


def precedence_summary(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """Ahead of whom and behind whom the focus comes, where the readings differ, and who passed it by all of them.

    >>> hierarchy.precedence_summary(["kaz-2014", "kaz-2020"], "CA4")
    In the concept of 2014–2020 Central Asia comes ahead of the United States and the EU; against Russia and China the
    readings differ. ...
    """
    parts: list[str] = []
    certain: list[pd.Series] = []  # of each document, the relation to each partner on which all readings agree
    for document, rows in alternatives.precedence(documents, focus, which).groupby("document_id", sort=False):
        counts = rows.set_index("other")[list(alternatives.RELATIONS)].gt(0)
        agreed = counts.idxmax(axis=1).where(counts.sum(axis=1).eq(1))
        parts.append(_beside(str(document), agreed, "" if parts else short_name(focus)))
        certain.append(agreed)
    if not parts:
        return _("No other partner has a place in all of these documents.")
    first, last = certain[0], certain[-1]
    said = f"{'. '.join(map(capitalised, parts))}."
    if passed := with_articles(first.index[first.eq("ahead") & last.eq("behind")]):
        said += " " + _("By every reading {names} passed it.", names=passed)
    return MarkdownText(said)


def _beside(document: str, agreed: pd.Series, name: str) -> str:
    """Beside whom an actor comes in a document; `agreed`: the relation to each, missing where readings differ."""
    where, differing = in_document(document), with_articles(agreed.index[agreed.isna()])
    ahead, level, behind = (with_articles(agreed.index[agreed.eq(word)]) for word in ("ahead", "level", "behind"))
    sides = [_("ahead of {names}", names=ahead)] if ahead else []
    sides += [_("level with {names}", names=level)] if level else []
    sides += [_("behind {names}", names=behind)] if behind else []
    if not sides:
        if differing:
            return _("{where} against {names} the readings differ", where=where, names=differing)
        return _("{where} no place can be compared", where=where)
    beside = _joined(sides)
    said = (
        _("{where} {name} comes {beside}", where=where, name=name, beside=beside)
        if name
        else _("{where} it comes {beside}", where=where, beside=beside)
    )
    return _("{said}; against {names} the readings differ", said=said, names=differing) if differing else said


def _joined(sides: Sequence[str]) -> str:
    """One to three clauses as one; a language may want a comma that `join_list` has not."""
    if len(sides) == 1:
        return sides[0]
    if len(sides) == 2:
        return pgettext("clauses", "{one} and {other}", one=sides[0], other=sides[1])
    return pgettext("clauses", "{one}, {other} and {third}", one=sides[0], other=sides[1], third=sides[2])


def moves_by_reading(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """How the focus moves from each document to the next, reading by reading.

    >>> hierarchy.moves_by_reading(["kaz-2014", "kaz-2020"], "CA4")
    From the concept of 2014–2020 to the concept of 2020–2030 Central Asia moves from 1st to 4th (the region
    named first, by two analysts), ...
    """
    name, lines, named = short_name(focus), [], False
    for before, after in itertools.pairwise(documents):
        ends = alternatives.distinct_places(before, focus, which), alternatives.distinct_places(after, focus, which)
        moves = []
        for move in alternatives.distinct_moves(before, after, focus, which).dropna(subset="gain").itertuples():
            pair = [frame.loc[at] for frame, at in zip(ends, (move.before, move.after), strict=True)]
            start, end = (place_words(row["rank"], row["sharing"]) for row in pair)
            readings = [row["name"] for row, frame in zip(pair, ends, strict=True) if len(frame) > 1]
            moves.append(
                _("from {start} to {end} ({readings})", start=start, end=end, readings=readings)
                if readings
                else _("from {start} to {end}", start=start, end=end)
            )
        step = {"before": _phrase(before), "after": _phrase(after)}
        if not moves:
            lines.append(_("from {before} to {after} no reading tells how it moves", **step))
        elif named:
            lines.append(_("from {before} to {after} it moves {moves:or}", moves=moves, **step))
        else:
            lines.append(_("from {before} to {after} {name} moves {moves:or}", name=name, moves=moves, **step))
            named = True
    return MarkdownText(f"{capitalised('; '.join(lines))}.")


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
    if share > 0.95:
        return _("in nearly all draws")
    if share < 0.05:
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
            ngettext("{names} is reported to have none", "{names} are reported to have none", len(none), names=none)
        )
    if unknown := names[""]:
        parts.append(
            ngettext(
                "the term of {names} is not known", "the terms of {names} are not known", len(unknown), names=unknown
            )
        )
    return MarkdownText(f"{capitalised('; '.join(parts))}.")


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
