"""Sentences on the order of partners."""

import itertools

import pandas as pd

from centralasia import hierarchy
from centralasia.citations import SEPARATOR
from centralasia.figure import short_name
from centralasia.labels import say, spoken
from centralasia.tables import load
from centralasia.words import Sentence, count, listing

_STEP = {1: "order.rose", -1: "order.fell", 0: "order.stayed"}


@spoken
def order_answer(documents, focus, reading=hierarchy.BASELINE, data=None):
    """Where the focus stood in each document, how it moved, and whether the highest place lasted."""
    name = short_name(focus, data)
    found = {d: hierarchy.place(hierarchy.ranking(d, reading, data=data), focus) for d in documents}
    first = say("order.first", data, name=name, ways=_ways(found, data))
    ranks = {d: p.rank for d, p in found.items() if p.rank}
    if len(ranks) < 2:
        return say("order.one", data, first=first, name=name)
    best = min(ranks, key=ranks.get)
    start, *_, final = ranks
    table = load("documents", data).set_index("document_id")
    step = say(_STEP[_sign(ranks[start] - ranks[final])], data)
    span = say("order.whole" if documents[0] in ranks and documents[-1] in ranks else "order.between", data)
    if best == final or ranks[best] == ranks[final]:
        return say("order.answer", data, first=first, span=span, step=step)
    fate = say("order.draft" if table.loc[best, "kind"] == "concept_draft" else "order.passed", data)
    peak = {"rank": ranks[best], "document": _title(best, data)}
    return say("order.peak", data, first=first, span=span, step=step, fate=fate, **peak)


def terms(documents, data=None):
    """Which documents have a fixed term, which are said to have none, and of which nothing is known."""
    rows = load("documents", data).set_index("document_id").loc[list(documents)]
    parts = []
    words = {
        "fixed": ("has a fixed term", "have a fixed term"),
        "open": ("is reported to have no fixed term", "are reported to have no fixed term"),
    }
    for value, (one, several) in words.items():
        if held := [_title(d, data) for d in rows.index[rows["term"] == value]]:
            parts.append(f"{listing(held)} {one if len(held) == 1 else several}")
    unknown = list(rows.index[rows["term"].isna()])
    if unknown:
        parts.append(f"of {listing(_title(d, data) for d in unknown)} no term is known")
    return Sentence(_capital("; ".join(parts)) + ".")


_MOVED = {  # of one partner, of several
    "up": ("moved up", "moved up"),
    "down": ("moved down", "moved down"),
    "same": ("kept its place", "kept their place"),
    "entered": ("is named only in the later text", "are named only in the later text"),
    "left": ("is named only in the earlier text", "are named only in the earlier text"),
    "unplaced": ("is named without a place in one of the two", "are named without a place in one of the two"),
    "never placed": ("is named without a place in both", "are named without a place in both"),
}


def moves(documents, reading=hierarchy.BASELINE, data=None):
    """What moved from each document to the next, one line a step."""
    lines = []
    for before, after in itertools.pairwise(documents):
        frame = hierarchy.shifts(*(hierarchy.ranking(d, reading, data=data) for d in (before, after)))
        nowhere = (frame["change"] == "unplaced") & frame["before"].isna() & frame["after"].isna()
        frame["change"] = frame["change"].where(~nowhere, "never placed")
        parts = []
        for change, (one, several) in _MOVED.items():
            if names := [_shifted(a, row, data) for a, row in frame[frame["change"] == change].iterrows()]:
                parts.append(f"{listing(names)} {one if len(names) == 1 else several}")
        lines.append(f"- From {_title(before, data)} to {_title(after, data)}: {'; '.join(parts)}.")
    return Sentence("\n".join(lines))


def alike(documents, reading=hierarchy.BASELINE, data=None):
    """Which two of the documents order the partners most alike."""
    orders = {d: hierarchy.ranking(d, reading, data=data) for d in documents}
    values = {(a, b): hierarchy.likeness(orders[a], orders[b]) for a, b in itertools.combinations(documents, 2)}
    known = {pair: v["rbo"] for pair, v in values.items() if pd.notna(v["rbo"])}
    if not known:
        return Sentence("Fewer than two of these documents place any partner, so their orders cannot be compared.")
    (a, b), best = max(known.items(), key=lambda item: item[1])
    tied = sum(round(value, 2) == round(best, 2) for value in known.values())
    if tied > 1:
        if tied == len(known):
            return Sentence(f"All pairs of these orders are equally alike (rank-biased overlap {best:.2f}).")
        which = f"{tied} of the {len(known)} pairs of these orders"
        return Sentence(f"{which} are equally alike, more than the others (rank-biased overlap {best:.2f}).")
    return Sentence(
        f"The two orders most alike are those of {_title(a, data)} and {_title(b, data)} "
        f"(rank-biased overlap {best:.2f}, {count(values[a, b]['shared'], 'partner')} placed in both)."
    )


@spoken
def survival(documents, focus, data=None):
    """In how many combinations of readings the focus moves as it does in the baseline, step by step."""
    name = short_name(focus, data)
    told = []
    for before, after in itertools.pairwise(documents):
        grid = hierarchy.over_readings([before, after], focus, data)
        steps = grid[f"place {before}"] - grid[f"place {after}"]
        known = steps.dropna()
        counts = {s: int((known.map(_sign) == s).sum()) for s in (1, 0, -1)}
        tally = [say("survival.times", data, step=say(_STEP[s], data), n=n) for s, n in counts.items() if n]
        if unknown := int(steps.isna().sum()):
            tally.append(say("survival.unknown", data, n=unknown))
        base = (
            say("survival.no_baseline", data)
            if pd.isna(steps.iloc[0])
            else say("survival.baseline", data, step=say(_STEP[_sign(steps.iloc[0])], data))
        )
        names = {"before": _title(before, data), "after": _title(after, data)}
        told.append(say("survival.step", data, **names, n=len(grid), tally=tally, base=base))
    return say("survival.answer", data, name=name, steps="; ".join(told))


def rise_words(before, after, focus, data=None):
    """The finding that `centralasia.hierarchy.rises` tests, as a clause, and what its value is."""
    return (
        f"{short_name(focus, data)} moves up from {_title(before, data)} to {_title(after, data)}",
        "Gain (places, or share)",
    )


def evidence(documents, reading=hierarchy.BASELINE, article="ART19", data=None):
    """On what the places rest: confidence and kind of sources by document, and where the article is a source."""
    kinds = load("sources", data).set_index("source_key")["kind"]
    parts, reported = [], []
    for document in documents:
        rows = hierarchy.ranking(document, reading, data=data)
        placed = rows[rows["rank"].notna()]
        keys = list(dict.fromkeys(k for cell in placed["source"] for k in cell.split(SEPARATOR)))
        levels = placed["confidence"].astype(str).value_counts()
        kept = [c for c in ("high", "medium", "low") if c in levels]
        weights = listing((count(levels[c], "place") if c == kept[0] else str(levels[c])) + f" of {c}" for c in kept)
        sources = listing(f"{k} ({str(kinds[k]).replace('_', ' ')})" for k in keys)
        parts.append(
            f"in {_title(document, data)}, {weights} confidence, from {sources}"
            if len(placed)
            else f"none in {_title(document, data)}"
        )
        if article in keys:
            reported.append(document)
    text = f"The places rest on: {'; '.join(parts)}."
    if reported:
        others = [d for d in documents if d not in reported]
        text += f" The article ({article}) speaks of {listing(_title(d, data) for d in reported)}"
        text += f" and is no evidence for {listing((_title(d, data) for d in others), 'or')}." if others else "."
    return Sentence(text)


def _ways(found, data):
    """``stands 3rd of 5 in …`` and ``is not named in the part read of …``, each way of standing said once."""
    titles = {d: _title(d, data) for d in found}
    places = [
        say("order.place", data, rank=p.rank, places=p.places, document=titles[d]) for d, p in found.items() if p.rank
    ]
    ways = [say("order.placed", data, places=places)] if places else []
    for how in ("unplaced", "not named"):
        documents = [titles[d] for d, p in found.items() if not p.rank and p.how == how]
        if documents:
            ways.append(say(f"order.{how.replace(' ', '_')}", data, documents=documents))
    return ways


def _title(document, data):
    row = load("documents", data).set_index("document_id").loc[document]
    if row["kind"] == "concept_draft":
        return say("document.draft", data, year=row["date"][:4])
    kind = {"concept": "concept", "leader_statement": "statement"}.get(row["kind"], "document")
    if pd.notna(row["term_start"]) and pd.notna(row["term_end"]):
        kind = "concept" if kind == "concept" else "document"
        return say(f"document.{kind}_term", data, when=f"{row['term_start']}–{row['term_end']}")
    if pd.isna(row["date"]):
        return say("document.undated", data, document=document)
    return say(f"document.{kind}", data, when=row["date"][:4])


def _shifted(actor, row, data):
    if pd.isna(row["shift"]) or row["shift"] == 0:
        return short_name(actor, data)
    return f"{short_name(actor, data)} ({row['before']} to {row['after']})"


def _sign(number):
    return int(number > 0) - int(number < 0)


def _capital(text):
    return text[:1].upper() + text[1:]
