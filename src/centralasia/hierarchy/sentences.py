"""Sentences on the order of partners."""

import functools
import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from centralasia.hierarchy import measures
from centralasia.hierarchy.measures import ARTICLE, BASELINE
from centralasia.names import document_name, document_row, short_name
from centralasia.tables import load
from datacontract.labels import localized, translate
from datacontract.sources import SEPARATOR
from datacontract.words import MarkdownText, capitalised, join_list, plain, pluralize, verb

__all__ = ["answer", "evidence", "most_alike", "moves", "moves_by_reading", "rise_clause", "terms"]

_STEP = {1: "order.rose", 0: "order.stayed", -1: "order.fell"}
_phrase = functools.partial(document_name, in_sentence=True)


@localized
def answer(documents: Sequence[str], focus: str, reading: str = BASELINE) -> MarkdownText:
    """Where the focus stood in each document, how it moved, and whether the highest place lasted."""
    found = {d: measures.place(order, focus) for d, order in measures.rankings(documents, reading).items()}
    ranks = {d: place.rank for d, place in found.items() if place.rank}
    places = [
        translate("order.place", rank=rank, places=found[d].list_length, document=_phrase(d))
        for d, rank in ranks.items()
    ]
    ways = [translate("order.placed", places=places)] if places else []
    for status in ("unplaced", "not named"):
        if without := [_phrase(d) for d, place in found.items() if place.status == status]:
            ways.append(translate(f"order.{status.replace(' ', '_')}", documents=without))
    words = {"first": translate("order.first", name=short_name(focus), ways=ways)}
    if len(ranks) < 2:
        return translate("order.one", **words, name=short_name(focus))
    best, (start, *_, final) = min(ranks, key=ranks.__getitem__), ranks
    words["step"] = translate(_STEP[int(np.sign(ranks[start] - ranks[final]))])
    words["span"] = translate("order.whole" if {documents[0], documents[-1]} <= ranks.keys() else "order.between")
    if ranks[best] == ranks[final]:
        return translate("order.answer", **words)
    fate = translate("order.draft" if document_row(best)["kind"] == "concept_draft" else "order.passed")
    return translate("order.peak", **words, fate=fate, rank=ranks[best], document=_phrase(best))


_TERMS = {  # of one document, of several
    "fixed": ("{} has a fixed term", "{} have a fixed term"),
    "open": ("{} is reported to have no fixed term", "{} are reported to have no fixed term"),
    "": ("of {} no term is known",) * 2,
}
_MOVED = {  # of one partner, of several
    "up": ("{} moved up",) * 2,
    "down": ("{} moved down",) * 2,
    "same": ("{} kept its place", "{} kept their place"),
    "entered": ("{} is named only in the later text", "{} are named only in the later text"),
    "left": ("{} is named only in the earlier text", "{} are named only in the earlier text"),
    "unplaced": ("{} is named without a place in one of the two", "{} are named without a place in one of the two"),
    "never placed": ("{} is named without a place in both", "{} are named without a place in both"),
}


def terms(documents: Sequence[str]) -> MarkdownText:
    """Which documents have a fixed term, which are said to have none, and of which nothing is known."""
    return MarkdownText(
        capitalised(_by_group(_TERMS, [(document_row(d)["term"], _phrase(d)) for d in documents])) + "."
    )


def moves(documents: Sequence[str], reading: str = BASELINE) -> MarkdownText:
    """What moved from each document to the next, one line a step."""
    lines = []
    for before, after, changes in measures.steps(documents, reading):
        found = []
        for row in changes.itertuples():
            ranks = f" ({row.before} to {row.after})" if row.change in ("up", "down") else ""
            nowhere = row.change == "unplaced" and pd.isna(row.before) and pd.isna(row.after)
            found.append(("never placed" if nowhere else row.change, short_name(row.Index) + ranks))
        lines.append(f"- From {_phrase(before)} to {_phrase(after)}: {_by_group(_MOVED, found)}.")
    return MarkdownText("\n".join(lines))


def _by_group(words: Mapping[str, tuple[str, str]], members: list[tuple[str, str]]) -> str:
    """What is said of each group of members (group and name); `words` are of one member, and of several."""
    parts = []
    for group, forms in words.items():
        if names := [name for own, name in members if own == group]:
            parts.append(verb(len(names), *forms).format(join_list(names)))
    return "; ".join(parts)


def most_alike(documents: Sequence[str], reading: str = BASELINE) -> MarkdownText:
    """Which two of the documents order the partners most alike."""
    known = measures.similarities(documents, reading).dropna(subset="rbo")
    if known.empty:
        return MarkdownText("Fewer than two of these documents place any partner, so their orders cannot be compared.")
    best = known.loc[known["rbo"].idxmax()]
    overlap, tied = f"rank-biased overlap {best['rbo']:.2f}", int(known["rbo"].round(2).eq(round(best["rbo"], 2)).sum())
    if tied == len(known) > 1:
        return MarkdownText(f"All pairs of these orders are equally alike ({overlap}).")
    if tied > 1:
        pairs = f"{tied} of the {len(known)} pairs of these orders"
        return MarkdownText(f"{pairs} are equally alike, more than the others ({overlap}).")
    return MarkdownText(
        f"The two orders most alike are those of {_phrase(best['one'])} and {_phrase(best['other'])} "
        f"({overlap}, {pluralize(best['shared'], 'partner')} placed in both)."
    )


@localized
def moves_by_reading(documents: Sequence[str], focus: str) -> MarkdownText:
    """In how many combinations of readings the focus moves as it does in the baseline, step by step."""
    parts = []
    for before, after in itertools.pairwise(documents):
        grid = measures.rise_specifications(before, after, focus)
        signs = np.sign(grid.loc[grid["measure"] == "places", "value"])
        counts, unknown, base = signs.value_counts(), int(signs.isna().sum()), translate("survival.no_baseline")
        tally = [translate("survival.times", step=translate(_STEP[s]), n=int(counts[s])) for s in _STEP if s in counts]
        tally += [translate("survival.unknown", n=unknown)] if unknown else []
        if pd.notna(signs.iloc[0]):
            base = translate("survival.baseline", step=translate(_STEP[int(signs.iloc[0])]))
        names = {"before": _phrase(before), "after": _phrase(after)}
        parts.append(translate("survival.step", **names, n=len(signs), tally=tally, base=base))
    return translate("survival.answer", name=short_name(focus), steps="; ".join(parts))


def rise_clause(before: str, after: str, focus: str) -> str:
    """The finding that `centralasia.hierarchy.rise_specifications` tests, as a clause."""
    return f"{short_name(focus)} moves up from {_phrase(before)} to {_phrase(after)}"


def evidence(documents: Sequence[str], reading: str = BASELINE) -> MarkdownText:
    """On what the places rest: confidence and kind of sources by document, and where the article is a source."""
    kinds = load("sources").set_index("source_key")["kind"]
    parts = []
    groups: dict[bool, list[str]] = {True: [], False: []}  # the documents by whether the article is a source
    for document, order in measures.rankings(documents, reading).items():
        placed, name = order.dropna(subset="rank"), _phrase(document)
        keys = list(dict.fromkeys(key for cell in placed["source"] for key in cell.split(SEPARATOR)))  # as cited
        counts = placed["confidence"].value_counts().loc[lambda n: n > 0].sort_index(ascending=False)
        each = [f"{n if i else pluralize(n, 'place')} of {level}" for i, (level, n) in enumerate(counts.items())]
        ground = join_list(f"{key} ({plain(kinds[key])})" for key in keys)
        parts.append(f"in {name}, {join_list(each)} confidence, from {ground}" if keys else f"none in {name}")
        groups[ARTICLE in keys].append(name)
    text = f"The places rest on: {'; '.join(parts)}."
    if groups[True]:
        text += f" The article ({ARTICLE}) speaks of {join_list(groups[True])}"
        text += f" and is no evidence for {join_list(groups[False], 'or')}." if groups[False] else "."
    return MarkdownText(text)
