"""Sentences on the order of partners."""

import itertools

import pandas as pd

from centralasia.hierarchy import measures as hierarchy
from centralasia.names import short_name
from centralasia.tables import load
from datacontract.labels import localized, translate
from datacontract.sources import SEPARATOR
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = ["alike", "evidence", "moves", "order_answer", "rise_words", "survival", "terms"]

_STEP = {1: "order.rose", -1: "order.fell", 0: "order.stayed"}


@localized
def order_answer(documents, focus, reading=hierarchy.BASELINE):
    """Where the focus stood in each document, how it moved, and whether the highest place lasted."""
    name = short_name(focus)
    found = {d: hierarchy.place(hierarchy.ranking(d, reading), focus) for d in documents}
    first = translate("order.first", name=name, ways=_ways(found))
    ranks = {d: p.rank for d, p in found.items() if p.rank}
    if len(ranks) < 2:
        return translate("order.one", first=first, name=name)
    best = min(ranks, key=ranks.get)
    start, *_, final = ranks
    table = load("documents").set_index("document_id")
    step = translate(_STEP[_sign(ranks[start] - ranks[final])])
    span = translate("order.whole" if documents[0] in ranks and documents[-1] in ranks else "order.between")
    if best == final or ranks[best] == ranks[final]:
        return translate("order.answer", first=first, span=span, step=step)
    fate = translate("order.draft" if table.loc[best, "kind"] == "concept_draft" else "order.passed")
    peak = {"rank": ranks[best], "document": _title(best)}
    return translate("order.peak", first=first, span=span, step=step, fate=fate, **peak)


def terms(documents):
    """Which documents have a fixed term, which are said to have none, and of which nothing is known."""
    rows = load("documents").set_index("document_id").loc[list(documents)]
    parts = []
    words = {
        "fixed": ("has a fixed term", "have a fixed term"),
        "open": ("is reported to have no fixed term", "are reported to have no fixed term"),
    }
    for value, (one, several) in words.items():
        if held := [_title(d) for d in rows.index[rows["term"] == value]]:
            parts.append(f"{join_list(held)} {one if len(held) == 1 else several}")
    unknown = list(rows.index[rows["term"].isna()])
    if unknown:
        parts.append(f"of {join_list(_title(d) for d in unknown)} no term is known")
    return MarkdownText(_capital("; ".join(parts)) + ".")


_MOVED = {  # of one partner, of several
    "up": ("moved up", "moved up"),
    "down": ("moved down", "moved down"),
    "same": ("kept its place", "kept their place"),
    "entered": ("is named only in the later text", "are named only in the later text"),
    "left": ("is named only in the earlier text", "are named only in the earlier text"),
    "unplaced": ("is named without a place in one of the two", "are named without a place in one of the two"),
    "never placed": ("is named without a place in both", "are named without a place in both"),
}


def moves(documents, reading=hierarchy.BASELINE):
    """What moved from each document to the next, one line a step."""
    lines = []
    for before, after in itertools.pairwise(documents):
        frame = hierarchy.shifts(*(hierarchy.ranking(d, reading) for d in (before, after)))
        nowhere = (frame["change"] == "unplaced") & frame["before"].isna() & frame["after"].isna()
        frame["change"] = frame["change"].where(~nowhere, "never placed")
        parts = []
        for change, (one, several) in _MOVED.items():
            if names := [_shifted(a, row) for a, row in frame[frame["change"] == change].iterrows()]:
                parts.append(f"{join_list(names)} {one if len(names) == 1 else several}")
        lines.append(f"- From {_title(before)} to {_title(after)}: {'; '.join(parts)}.")
    return MarkdownText("\n".join(lines))


def alike(documents, reading=hierarchy.BASELINE):
    """Which two of the documents order the partners most alike."""
    orders = {d: hierarchy.ranking(d, reading) for d in documents}
    values = {(a, b): hierarchy.likeness(orders[a], orders[b]) for a, b in itertools.combinations(documents, 2)}
    known = {pair: v["rbo"] for pair, v in values.items() if pd.notna(v["rbo"])}
    if not known:
        return MarkdownText("Fewer than two of these documents place any partner, so their orders cannot be compared.")
    (a, b), best = max(known.items(), key=lambda item: item[1])
    tied = sum(round(value, 2) == round(best, 2) for value in known.values())
    if tied > 1:
        if tied == len(known):
            return MarkdownText(f"All pairs of these orders are equally alike (rank-biased overlap {best:.2f}).")
        which = f"{tied} of the {len(known)} pairs of these orders"
        return MarkdownText(f"{which} are equally alike, more than the others (rank-biased overlap {best:.2f}).")
    return MarkdownText(
        f"The two orders most alike are those of {_title(a)} and {_title(b)} "
        f"(rank-biased overlap {best:.2f}, {pluralize(values[a, b]['shared'], 'partner')} placed in both)."
    )


@localized
def survival(documents, focus):
    """In how many combinations of readings the focus moves as it does in the baseline, step by step."""
    name = short_name(focus)
    told = []
    for before, after in itertools.pairwise(documents):
        grid = hierarchy.over_readings([before, after], focus)
        steps = grid[f"place {before}"] - grid[f"place {after}"]
        known = steps.dropna()
        counts = {s: int((known.map(_sign) == s).sum()) for s in (1, 0, -1)}
        tally = [translate("survival.times", step=translate(_STEP[s]), n=n) for s, n in counts.items() if n]
        if unknown := int(steps.isna().sum()):
            tally.append(translate("survival.unknown", n=unknown))
        base = (
            translate("survival.no_baseline")
            if pd.isna(steps.iloc[0])
            else translate("survival.baseline", step=translate(_STEP[_sign(steps.iloc[0])]))
        )
        names = {"before": _title(before), "after": _title(after)}
        told.append(translate("survival.step", **names, n=len(grid), tally=tally, base=base))
    return translate("survival.answer", name=name, steps="; ".join(told))


def rise_words(before, after, focus):
    """The finding that `centralasia.hierarchy.rises` tests, as a clause, and what its value is."""
    return (
        f"{short_name(focus)} moves up from {_title(before)} to {_title(after)}",
        "Gain (places, or share)",
    )


def evidence(documents, reading=hierarchy.BASELINE, article="ART19"):
    """On what the places rest: confidence and kind of sources by document, and where the article is a source."""
    kinds = load("sources").set_index("source_key")["kind"]
    parts, reported = [], []
    for document in documents:
        rows = hierarchy.ranking(document, reading)
        placed = rows[rows["rank"].notna()]
        keys = list(dict.fromkeys(k for cell in placed["source"] for k in cell.split(SEPARATOR)))
        levels = placed["confidence"].astype(str).value_counts()
        kept = [c for c in ("high", "medium", "low") if c in levels]
        weights = join_list(
            (pluralize(levels[c], "place") if c == kept[0] else str(levels[c])) + f" of {c}" for c in kept
        )
        sources = join_list(f"{k} ({str(kinds[k]).replace('_', ' ')})" for k in keys)
        parts.append(
            f"in {_title(document)}, {weights} confidence, from {sources}"
            if len(placed)
            else f"none in {_title(document)}"
        )
        if article in keys:
            reported.append(document)
    text = f"The places rest on: {'; '.join(parts)}."
    if reported:
        others = [d for d in documents if d not in reported]
        text += f" The article ({article}) speaks of {join_list(_title(d) for d in reported)}"
        text += f" and is no evidence for {join_list((_title(d) for d in others), 'or')}." if others else "."
    return MarkdownText(text)


def _ways(found):
    """``stands 3rd of 5 in …`` and ``is not named in the part read of …``, each way of standing said once."""
    titles = {d: _title(d) for d in found}
    places = [
        translate("order.place", rank=p.rank, places=p.places, document=titles[d]) for d, p in found.items() if p.rank
    ]
    ways = [translate("order.placed", places=places)] if places else []
    for how in ("unplaced", "not named"):
        documents = [titles[d] for d, p in found.items() if not p.rank and p.how == how]
        if documents:
            ways.append(translate(f"order.{how.replace(' ', '_')}", documents=documents))
    return ways


def _title(document):
    row = load("documents").set_index("document_id").loc[document]
    if row["kind"] == "concept_draft":
        return translate("document.draft", year=row["date"][:4])
    kind = {"concept": "concept", "leader_statement": "statement"}.get(row["kind"], "document")
    if pd.notna(row["term_start"]) and pd.notna(row["term_end"]):
        kind = "concept" if kind == "concept" else "document"
        return translate(f"document.{kind}_term", when=f"{row['term_start']}–{row['term_end']}")
    if pd.isna(row["date"]):
        return translate("document.undated", document=document)
    return translate(f"document.{kind}", when=row["date"][:4])


def _shifted(actor, row):
    if pd.isna(row["shift"]) or row["shift"] == 0:
        return short_name(actor)
    return f"{short_name(actor)} ({row['before']} to {row['after']})"


def _sign(number):
    return int(number > 0) - int(number < 0)


def _capital(text):
    return text[:1].upper() + text[1:]
