"""Sentences on what a state declares and what it does."""

from collections.abc import Sequence

import pandas as pd

from centralasia.names import document_name, short_name
from centralasia.partners import comparison, directions, measures
from centralasia.partners.sources import FEW_YEARS, SOURCES, WINDOWS
from centralasia.partners.words import IN_SOURCE, places_by_source, source_words, value_words, window_words
from centralasia.regions import check_pair, members, pair_code, pair_name
from datacontract.words import MarkdownText, capitalised, format_number, join_list, ordinal

__all__ = [
    "answer", "closest_text", "directions_found", "gains", "neighbours_compared", "size_and_share", "what_differs",
]  # fmt: skip


def answer(
    state: str, documents: Sequence[str], focus: str, sources: Sequence[str], window: str, seed: int = 1
) -> MarkdownText:
    """Where the focus comes in what the state does and in its texts, and whether that changed."""
    partners, name = measures.partners_compared(state, documents, focus), short_name(focus)
    rows = measures.orders(state, partners, sources, [window], seed)
    does = places_by_source(rows[rows["partner"] == focus])
    when = window_words(window, True)
    text = f"{capitalised(when)}, **{name}** came **{does}** among {len(partners)} partners of {short_name(state)}"
    if placed := [document for document in documents if any(focus in o for o in measures.declared_orders(document))]:
        text += f". The texts place it {_places_in(placed, focus, partners)}"
    return MarkdownText(f"{text}. {gains(state, focus, partners, sources, seed)}")


def _places_in(documents: Sequence[str], partner: str, partners: Sequence[str]) -> str:
    """The places of a partner in documents, among these partners: ``1st to 3rd in the concept of 2014–2020 and …``."""
    found = []
    for document in documents:
        places = sorted({int(place) for place in measures.declared_places(document, partners).loc[partner].dropna()})
        found.append(f"{join_list(map(ordinal, places), 'or')} in {document_name(document, True)}")
    return join_list(found)


def gains(state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1) -> MarkdownText:
    """From which year on a partner rose or fell beyond doubt, by which source, and which sources cannot tell."""
    rows, parts = comparison.changes(state, partner, partners, sources, seed), []
    for after, step in rows.dropna(subset="low").groupby("after", sort=False):
        rose, fell = step.loc[step["low"] > 0, "by"], step.loc[step["high"] < 0, "by"]
        said = [f"{verb} in {source_words(by)}" for verb, by in (("rose", rose), ("fell", fell)) if len(by)]
        level = step.loc[~step["by"].isin([*rose, *fell]), "by"]
        still = f"no change is certain in {source_words(level)}" if len(level) else ""
        moved = f"it {join_list(said)}" if said else ""
        parts.append(f"From {WINDOWS[str(after)].first} on, {'; '.join(filter(None, [moved, still]))}.")
    known = rows.groupby("by", sort=False)["low"].count()
    if len(silent := known.index[known == 0]):
        words = f"For {source_words(map(str, silent))}, no one series has {FEW_YEARS} years in two windows"
        parts.append(f"{words}, so no change can be measured there.")
    return MarkdownText(" ".join(parts))


def what_differs(documents: Sequence[str]) -> MarkdownText:
    """By which partner alone the orders of the documents differ: then the closest text is a question of its place."""
    partner = comparison.declared_differ_by(documents) if len(documents) > 1 else None
    if partner is None:
        return MarkdownText("These texts do not differ in the place of one partner alone.")
    orders = [order for document in documents for order in measures.declared_orders(document)]
    common, name = [code for code in orders[0] if all(code in order for order in orders)], short_name(partner)
    return MarkdownText(
        f"Among the {len(common)} partners that all of them place, the texts differ in {name} alone: it comes "
        f"{_places_in(documents, partner, common)}. So the closest text is a question of where {name} comes."
    )


def closest_text(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> MarkdownText:
    """Which text is closest to what the state did, source by source, and whether chance would do as well."""
    alike = comparison.likeness_to_documents(state, documents, sources, windows, seed)
    if alike.empty:
        none = f"No text of {short_name(state)} orders two partners or more whose order is known, so none is closest."
        return MarkdownText(none)
    if alike["document_id"].nunique() == 1:
        return MarkdownText(
            f"Only {document_name(alike['document_id'].iloc[0], True)} can be compared, so none is closest."
        )
    won = comparison.closest_documents(alike)
    by_source = {
        by: tuple((_closest(row, documents), row["window"]) for _, row in part.iterrows())
        for by, part in won.groupby("by", sort=False)
    }
    lines = [f"The text closest to what {short_name(state)} did is\n"]
    for said in dict.fromkeys(by_source.values()):
        own = source_words(str(by) for by, words in by_source.items() if words == said)
        when = {words: [window_words(w, True) for other, w in said if other == words] for words, _ in said}
        each = [f"{words} {join_list(windows)}" for words, windows in when.items()]
        lines.append(f"- in {own}: {'; '.join(each)}")
    best = alike.loc[alike["tau_b"].idxmax()]
    where = f"{source_words([best['by']])} {window_words(best['window'], True)}"
    lines.append(
        f"\nThe two orders most alike are those of {document_name(best['document_id'], True)} and of {where} (tau-b "
        f"{format_number(best['tau_b'], '.1f')}). Of the {best['orders']} orders that {best['n']} partners can have, "
        f"{best['as_alike']} would be as alike."
    )
    return MarkdownText("\n".join(lines))


def _closest(row: pd.Series, documents: Sequence[str]) -> str:
    """The closest texts in words, from a row of `closest_documents`: ``the draft of 2019 (2 of 3 readings) or …``."""
    won = {document: int(row[document]) for document in [*documents, "no one"] if row.get(document, 0)}
    return join_list(
        [
            ("no text alone" if document == "no one" else document_name(document, True))
            + (f" (by {n} of {int(row['ways'])} readings)" if n < row["ways"] else "")
            for document, n in sorted(won.items(), key=lambda item: -item[1])
        ],
        "or",
    )


def size_and_share(state: str, focus: str, partners: tuple[str, ...], window: str, seed: int = 1) -> MarkdownText:
    """What share a partner has in trade, and what that is for its size."""
    frames = [measures.revealed(state, partners, source, window, seed) for source in ("trade", "intensity")]
    name, when = short_name(focus), window_words(window, True)
    if any(frame.empty or pd.isna(frame.loc[focus, "value"]) for frame in frames):
        return MarkdownText(
            f"The share of {name} in the trade of {short_name(state)} {when} is not known as one number."
        )
    share, times = (frame.loc[focus, "value"] for frame in frames)
    return MarkdownText(
        f"{capitalised(when)}, {name} had {value_words('trade', share)} of the trade of {short_name(state)}, "
        f"{value_words('intensity', times)} its share in the economy of the rest of the world. Trade follows size and "
        "distance, so a small economy next door has a small share that is large for its size."
    )


def neighbours_compared(state: str, region: str, sources: Sequence[str], window: str, seed: int = 1) -> MarkdownText:
    """Whether the other members of a region look to a state as it looks to them, source by source."""
    others, lines, name = [code for code in members(region) if code != state], [], short_name(state)
    for source in sources:
        found = [directions.both_directions(pair_code(state, other), [source], [window], seed) for other in others]
        rows = pd.concat(found).dropna(subset="rank")
        rows = rows[(rows["value"] != 0) | ~rows["by"].isin(["speeches", "visits"])]
        inward, outward = (
            rows[rows[own] == state].set_index(of) for own, of in (("partner", "state"), ("state", "partner"))
        )
        both = [other for other in others if other in inward.index and other in outward.index]
        if both:
            neighbours = "its neighbours" if len(both) == len(others) else join_list(map(short_name, both))
            lines.append(
                f"- {capitalised(IN_SOURCE[source])}, {name} comes {_range(inward.loc[both])} among the partners of "
                f"{neighbours}; they come {_range(outward.loc[both])} among its own."
            )
    none = f"No source shows {name} and its neighbours from both sides {window_words(window, True)}."
    return MarkdownText("\n".join(lines) or none)


def _range(rows: pd.DataFrame) -> str:
    low, high = int(rows["rank"].min()), int(rows["rank"].max())
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def directions_found(pair: str, seed: int = 1) -> MarkdownText:
    """What each state of a pair is to the other, by each source in the latest window in which it knows both sides."""
    one, other = check_pair(pair)
    rows = directions.both_directions(pair, tuple(SOURCES), list(WINDOWS), seed)
    rows, parts = rows[rows["rank"].notna() & (rows["value"] != 0)], []
    for source, part in rows.groupby("by", sort=False):
        sides = part.groupby("window", sort=False)["state"].nunique()
        if source in ("votes", "memberships") or not (sides == 2).any():
            continue
        window = sides.index[sides == 2][-1]
        last = part[part["window"] == window].set_index("state")
        places = [f"{ordinal(int(last.loc[a, 'rank']))} of {last.loc[a, 'partners']}" for a in (one, other)]
        parts.append(
            f"{IN_SOURCE[str(source)]} {window_words(window, True)}, {short_name(other)} was {places[0]} to "
            f"{short_name(one)}, and {short_name(one)} {places[1]} to {short_name(other)}"
        )
    return MarkdownText(
        ". ".join(map(capitalised, parts)) + "." if parts else f"No source knows both sides of {pair_name(pair)}."
    )
