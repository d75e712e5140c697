"""Sentences on the order of partners."""

import functools
import itertools
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from centralasia.hierarchy import alternatives, draws, measures
from centralasia.hierarchy.words import kinds_of, place_words, places_in_words, with_articles
from centralasia.names import document_name, document_row, short_name
from datacontract.sources import SEPARATOR
from datacontract.words import MarkdownText, capitalised, join_list, verb

__all__ = ["answer", "draws_summary", "label_order", "moves_by_reading", "precedence_summary", "terms"]

_phrase = functools.partial(document_name, in_sentence=True)
_BESIDE = {"ahead": "ahead of", "level": "level with", "behind": "behind"}
_TERMS = {  # of one document, of several
    "fixed": ("{} has a fixed term", "{} have fixed terms"),
    "open": ("{} is reported to have none", "{} are reported to have none"),
    "": ("the term of {} is not known", "the terms of {} are not known"),
}


def answer(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """The places that the readings give the focus, what they agree on of its movement, and what the last rests on."""
    name, found = short_name(focus), {d: alternatives.distinct_places(d, focus, which) for d in documents}
    named = {d: places for d, places in found.items() if places["status"].ne("not named").any()}
    if not named:
        return MarkdownText(f"None of these documents names **{name}** in what was read of them.")
    sure = [f"{places_in_words(d, focus, which)} in {_phrase(d)}" for d, places in named.items() if len(places) == 1]
    said = [f"**{name}** comes {join_list(sure)}."] if sure else []
    for document in (d for d, places in named.items() if len(places) > 1):
        disagree = f"for {_phrase(document)} the sources disagree: {places_in_words(document, focus, which)}."
        said.append(capitalised(disagree) if sure else f"**{name}**: {disagree}")
    if silent := [_phrase(d) for d in documents if d not in named]:
        said.append(f"What was read of {join_list(silent)} does not name it.")
    placed = [d for d, places in named.items() if places["rank"].notna().any()]
    if len(placed) > 1:
        moved = "; ".join(_movement(placed[0], later, focus, which) for later in placed[1:])
        said.append(f"{capitalised(moved)}.")
    if placed:
        source = found[placed[-1]].dropna(subset="rank")["source"].iloc[0]
        said.append(f"The place in {_phrase(placed[-1])} rests on {kinds_of(source)}.")
    return MarkdownText(" ".join([*said, *_unread(documents)]))


def _movement(before: str, after: str, focus: str, which: str) -> str:
    """What the readings agree on of the way from one document to another."""
    moves = alternatives.distinct_moves(before, after, focus, which)["gain"]
    gains = moves.dropna()
    every = " by every reading" if len(moves) > 1 else ""
    every += " that gives both places" if every and len(gains) < len(moves) else ""
    if gains.gt(0).any() and gains.lt(0).any():
        return f"whether {_phrase(after)} raised it is open"
    if gains.eq(0).all():
        return f"in {_phrase(after)} it keeps the place of {_phrase(before)}{every}"
    order = "earlier" if gains.gt(0).any() else "later"
    order += " or as early" if gains.eq(0).any() else ""
    return f"in {_phrase(after)} it comes {order} than in {_phrase(before)}{every}"


def _unread(documents: Sequence[str]) -> list[str]:
    """That none of the texts was read in full, where the table of missing texts says so of each."""
    missing = {key for cell in alternatives.settling_texts(documents)["documents"] for key in cell.split(SEPARATOR)}
    return ["None of these texts was read in full."] if missing >= set(documents) else []


def precedence_summary(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """Ahead of whom and behind whom the focus comes, where the readings differ, and who passed it by all of them."""
    parts: list[str] = []
    certain: list[pd.Series] = []  # of each document, the relation to each partner on which all readings agree
    for document, rows in alternatives.precedence(documents, focus, which).groupby("document_id", sort=False):
        counts = rows.set_index("other")[list(alternatives.RELATIONS)].gt(0)
        agreed = counts.idxmax(axis=1).where(counts.sum(axis=1).eq(1))
        groups = {word: agreed.index[agreed.eq(word)] for word in _BESIDE}
        said = [f"{_BESIDE[word]} {join_list(with_articles(others))}" for word, others in groups.items() if len(others)]
        text = f"in {_phrase(str(document))} {'it' if parts else short_name(focus)} comes {join_list(said)}"
        if differing := with_articles(agreed.index[agreed.isna()]):
            against = f"against {join_list(differing)} the readings differ"
            text = f"{text}; {against}" if said else f"in {_phrase(str(document))} {against}"
        parts.append(text)
        certain.append(agreed)
    if not parts:
        return MarkdownText("No other partner has a place in all of these documents.")
    first, last = certain[0], certain[-1]
    passed = with_articles(first.index[first.eq("ahead") & last.eq("behind")])
    tail = f" By every reading {join_list(passed)} passed it." if passed else ""
    return MarkdownText(f"{'. '.join(map(capitalised, parts))}.{tail}")


def moves_by_reading(documents: Sequence[str], focus: str, which: str = "equal") -> MarkdownText:
    """How the focus moves from each document to the next, reading by reading."""
    name, lines = short_name(focus), []
    for before, after in itertools.pairwise(documents):
        ends = alternatives.distinct_places(before, focus, which), alternatives.distinct_places(after, focus, which)
        said = []
        for move in alternatives.distinct_moves(before, after, focus, which).dropna(subset="gain").itertuples():
            pair = [frame.loc[at] for frame, at in zip(ends, (move.before, move.after), strict=True)]
            start, end = (place_words(row["rank"], row["sharing"]) for row in pair)
            names = [row["name"] for row, frame in zip(pair, ends, strict=True) if len(frame) > 1]
            said.append(f"from {start} to {end}{f' ({join_list(names)})' if names else ''}")
        step = f"from {_phrase(before)} to {_phrase(after)}"
        lines.append(f"{step} it moves {join_list(said, 'or')}" if said else f"{step} no reading tells how it moves")
    return MarkdownText(f"{capitalised('; '.join(lines)).replace(' it moves ', f' {name} moves ', 1)}.")


def draws_summary(documents: Sequence[str], focus: str, number: int, seed: int, which: str = "equal") -> MarkdownText:
    """The most frequent place of each document in the draws, and how often the last document puts the focus later."""
    found = draws.places_drawn(documents, focus, number, seed, which)
    parts, open_ = [], []
    for document, rows in found.groupby("document_id", sort=False):
        best = rows.loc[rows["share"].idxmax()]
        if best["share"] > 0.5 and best["place"] != "no place":
            parts.append(f"{best['place']} in {_phrase(str(document))} in {_often(best['share'])}")
        else:
            open_.append(_phrase(str(document)))
    said = [f"{short_name(focus)} comes {join_list(parts)}."] if parts else []
    if open_:
        said.append(f"In {join_list(open_)} no place comes out in more than half of the draws.")
    moved = draws.moves_drawn(documents[0], documents[-1], focus, number, seed, which)
    if moved["unknown"] < 0.5:
        later = f"{_phrase(documents[-1])} puts it later than {_phrase(documents[0])}"
        said.append(f"{capitalised(later)} in {_often(moved['down'])}.")
    return MarkdownText(" ".join(said))


def _often(share: float) -> str:
    """A share of draws in words: ``3 of 4 draws``."""
    if share > 0.95 or share < 0.05:
        return "nearly all draws" if share > 0.5 else "hardly any draw"
    fraction = Fraction(share).limit_denominator(5)
    return f"about {fraction.numerator} of {fraction.denominator} draws"


def terms(documents: Sequence[str]) -> MarkdownText:
    """Which documents have a fixed term, which are said to have none, and of which nothing is known."""
    parts = []
    for term, forms in _TERMS.items():
        if names := [_phrase(d) for d in documents if document_row(d)["term"] == term]:
            parts.append(verb(len(names), *forms).format(join_list(names)))
    return MarkdownText(f"{capitalised('; '.join(parts))}.")


def label_order(documents: Sequence[str]) -> MarkdownText:
    """In which documents the order of places is also the order of labels, so that it may be no order of priority."""
    same = []
    for document in documents:
        order = measures.ranking(document).dropna(subset=["rank", "level"])
        codes = pd.Series(order["level"].cat.codes.to_numpy())
        if len(order) > 2 and codes.is_monotonic_decreasing:
            same.append(_phrase(document))
    if not same:
        return MarkdownText("In none of these documents do three labels or more come in the order of the places.")
    text = f"In {join_list(same)} the places come in the order of the labels, from the closest relationship down"
    return MarkdownText(f"{text}: such a list may rank relationships, not priorities.")
