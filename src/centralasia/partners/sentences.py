"""Sentences on what a state declares and what it does."""

from collections.abc import Sequence

import pandas as pd

from centralasia.names import document_name, short_name, short_names
from centralasia.partners import comparison, directions, measures
from centralasia.partners.sources import FEW_YEARS, WINDOWS
from centralasia.partners.words import (
    in_source,
    place_range,
    places_by_source,
    places_in_documents,
    source_words,
    value_words,
    window_words,
)
from centralasia.regions import members, pair_code
from datacontract.language import _, join_list
from datacontract.words import MarkdownText, capitalised

__all__ = [
    "answer", "closest_text", "gains", "neighbours_compared", "size_and_share", "what_differs",
]  # fmt: skip


def answer(
    state: str, documents: Sequence[str], focus: str, sources: Sequence[str], window: str, seed: int = 1
) -> MarkdownText:
    """Where the focus comes in what the state does and in its texts, and whether that changed.

    >>> partners.answer("KAZ", ["kaz-2014", "kaz-2020"], "CA4", ["trade", "votes"], "2014-2019")
    In 2014–2019, **Central Asia** came **1st in votes at the UN; 4th in trade** among 5 partners of Kazakhstan. The
    texts place it 1st, 2nd or 3rd in the concept of 2014–2020 and 4th in the concept of 2020–2030. ...
    """
    partners, name = measures.partners_compared(state, documents, focus), short_name(focus)
    rows = measures.orders(state, partners, sources, [window], seed)
    does = places_by_source(rows[rows["partner"] == focus])
    said = [_(
        "{window}, **{partner}** came **{places}** among {n} partners of {state}.",
        window=capitalised(window_words(window, True)), partner=name, places=does, n=len(partners),
        state=short_name(state),
    )]  # fmt: skip
    if placed := [document for document in documents if any(focus in o for o in measures.declared_orders(document))]:
        said.append(_("The texts place it {places}.", places=_places_in(placed, focus, partners)))
    return MarkdownText(" ".join([*said, gains(state, focus, partners, sources, seed)]))


def _places_in(documents: Sequence[str], partner: str, partners: Sequence[str]) -> list[str]:
    """The places of a partner in each document, among these partners: ``1st or 2nd in the concept of 2014–2020``."""
    found = []
    for document in documents:
        places = {int(place) for place in measures.declared_places(document, partners).loc[partner].dropna()}
        found.append(places_in_documents(sorted(places), document))
    return found


def gains(state: str, partner: str, partners: tuple[str, ...], sources: Sequence[str], seed: int = 1) -> MarkdownText:
    """From which year on a partner rose or fell beyond doubt, by which source, and which sources cannot tell.

    >>> partners.gains("KAZ", "CA4", ("CA4", "RUS", "CHN"), ["trade", "votes"])
    From 2014 on, it rose in votes at the UN. ...
    """
    rows, parts = comparison.changes(state, partner, partners, sources, seed), []
    for after, step in rows.dropna(subset="low").groupby("after", sort=False):
        rose, fell = step.loc[step["low"] > 0, "by"], step.loc[step["high"] < 0, "by"]
        level = step.loc[~step["by"].isin([*rose, *fell]), "by"]
        said = [_moved(rose, fell)] if len(rose) or len(fell) else []
        if len(level):
            said.append(_("no change is certain in {sources}", sources=source_words(level)))
        parts.append(_("From {year} on, {changes}.", year=WINDOWS[str(after)].first, changes="; ".join(said)))
    known = rows.groupby("by", sort=False)["low"].count()
    if len(silent := known.index[known == 0]):
        parts.append(
            _(
                "For {sources}, no change can be measured: no one series knows this partner in {few} years or more of "
                "two windows.",
                sources=source_words(map(str, silent)), few=FEW_YEARS,
            )
        )  # fmt: skip
    return MarkdownText(" ".join(parts))


def _moved(rose: Sequence[str], fell: Sequence[str]) -> str:
    """By which sources a partner rose, and by which it fell."""
    if not len(fell):
        return _("it rose in {sources}", sources=source_words(rose))
    if not len(rose):
        return _("it fell in {sources}", sources=source_words(fell))
    return _("it rose in {rose} and fell in {fell}", rose=source_words(rose), fell=source_words(fell))


def what_differs(documents: Sequence[str]) -> MarkdownText:
    """By which partner alone the orders of the documents differ: then the closest text is a question of its place.

    >>> partners.what_differs(["kaz-2014", "kaz-2020"])
    Among the 5 partners that all of them place, the texts differ in Central Asia alone: it comes 1st, 2nd or 3rd in
    the concept of 2014–2020 and 4th in the concept of 2020–2030. So the closest text is a question of where Central
    Asia comes.
    """
    partner = comparison.declared_differ_by(documents) if len(documents) > 1 else None
    if partner is None:
        return _("There is no one partner by whose place alone these texts differ.")
    orders = [order for document in documents for order in measures.declared_orders(document)]
    common, name = [code for code in orders[0] if all(code in order for order in orders)], short_name(partner)
    return _(
        "Among the {n} partners that all of them place, the texts differ in {partner} alone: it comes {places}. So the "
        "closest text is a question of where {partner} comes.",
        n=len(common), partner=name, places=_places_in(documents, partner, common),
    )  # fmt: skip


def closest_text(
    state: str, documents: Sequence[str], sources: Sequence[str], windows: Sequence[str], seed: int = 1
) -> MarkdownText:
    """Which text is closest to what the state did, source by source, and whether chance would do as well.

    >>> partners.closest_text("KAZ", ["kaz-2014", "kaz-2020"], ["votes"], ["2014-2019"])
    The text closest to what Kazakhstan did is
    <BLANKLINE>
    - in votes at the UN: the concept of 2014–2020 in 2014–2019 ...
    """
    alike = comparison.likeness_to_documents(state, documents, sources, windows, seed)
    if alike.empty:
        return _(
            "No text of {state} orders two partners or more whose order is known, so none is closest.",
            state=short_name(state),
        )
    if alike["document_id"].nunique() == 1:
        only = document_name(alike["document_id"].iloc[0], True)
        return _("Only {document} can be compared, so none is closest.", document=only)
    won = comparison.closest_documents(alike)
    by_source = {
        by: tuple((_closest(row, documents), row["window"]) for _index, row in part.iterrows())
        for by, part in won.groupby("by", sort=False)
    }
    lines = [_("The text closest to what {state} did is", state=short_name(state)), ""]
    for said in dict.fromkeys(by_source.values()):
        own = source_words(str(by) for by, words in by_source.items() if words == said)
        when = {words: [window_words(w, True) for other, w in said if other == words] for words, _window in said}
        each = [_("{texts} {windows}", texts=words, windows=windows) for words, windows in when.items()]
        text = _("in {sources}: {texts}", sources=own, texts="; ".join(each))
        lines.append(f"- {text}")
    best = alike.loc[alike["tau_b"].idxmax()]
    most = _(
        "The two orders most alike are those of {document} and of {source} {window} (tau-b {tau:.1f}).",
        document=document_name(best["document_id"], True), source=source_words([best["by"]]),
        window=window_words(best["window"], True), tau=best["tau_b"],
    )  # fmt: skip
    chance = _(
        "Of the {orders} orders that {partners} partners can have, {alike} would be as alike.",
        orders=best["orders"], partners=best["n"], alike=best["as_alike"],
    )  # fmt: skip
    return MarkdownText("\n".join([*lines, "", f"{most} {chance}"]))


def _closest(row: pd.Series, documents: Sequence[str]) -> str:
    """The closest texts in words, from a row of `closest_documents`: ``the draft of 2019 (2 of 3 readings) or …``."""
    won = {document: int(row[document]) for document in [*documents, "no one"] if row.get(document, 0)}
    texts, ways = [], int(row["ways"])
    for document, n in sorted(won.items(), key=lambda item: -item[1]):
        text = _("no text alone") if document == "no one" else document_name(document, True)
        texts.append(_("{text} (by {n} of {ways} readings)", text=text, n=n, ways=ways) if n < ways else text)
    return join_list(texts, "or")


def size_and_share(state: str, focus: str, partners: tuple[str, ...], window: str, seed: int = 1) -> MarkdownText:
    """What share a partner has in trade, and what that is for its size.

    >>> partners.size_and_share("KAZ", "CA4", ("CA4", "RUS", "CHN"), "2014-2019")
    In 2014–2019, Central Asia had 5.1 % of the trade of Kazakhstan, 17.4 times its share in the economy of the rest
    of the world. ...
    """
    frames = [measures.revealed(state, partners, source, window, seed) for source in ("trade", "intensity")]
    name, when = short_name(focus), window_words(window, True)
    if any(frame.empty or pd.isna(frame.loc[focus, "value"]) for frame in frames):
        return _(
            "The share of {partner} in the trade of {state} {window} is not known as one number.",
            partner=name, state=short_name(state), window=when,
        )  # fmt: skip
    share, times = (frame.loc[focus, "value"] for frame in frames)
    return _(
        "{window}, {partner} had {share} of the trade of {state}, {times} its share in the economy of the rest of the "
        "world. Trade follows size and distance, so a small economy next door has a small share that is large for its "
        "size.",
        window=capitalised(when), partner=name, share=value_words("trade", share), state=short_name(state),
        times=value_words("intensity", times),
    )  # fmt: skip


def neighbours_compared(state: str, region: str, sources: Sequence[str], window: str, seed: int = 1) -> MarkdownText:
    """Whether the other members of a region look to a state as it looks to them, source by source.

    >>> partners.neighbours_compared("KAZ", "C5", ["trade"], "2008-2013")
    - In trade, Kazakhstan comes 2nd to 6th among the partners of its neighbours; they come 5th to 11th among its
    own.
    """
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
            said = {"in_source": capitalised(in_source(source)), "state": name}
            said |= {"inward": _range(inward.loc[both]), "outward": _range(outward.loc[both])}
            if len(both) == len(others):
                text = _(
                    "{in_source}, {state} comes {inward} among the partners of its neighbours; they come {outward} "
                    "among its own.",
                    **said,
                )
            elif len(both) == 1:
                text = _(
                    "{in_source}, {state} comes {inward} among the partners of {neighbour}, which comes {outward} "
                    "among its own.",
                    neighbour=short_name(both[0]), **said,
                )  # fmt: skip
            else:
                text = _(
                    "{in_source}, {state} comes {inward} among the partners of {neighbours}; they come {outward} among "
                    "its own.",
                    neighbours=short_names(both), **said,
                )  # fmt: skip
            lines.append(f"- {text}")
    if lines:
        return MarkdownText("\n".join(lines))
    return _(
        "No source shows {state} and its neighbours from both sides {window}.",
        state=name, window=window_words(window, True),
    )  # fmt: skip


def _range(rows: pd.DataFrame) -> str:
    return place_range(rows["rank"].min(), rows["rank"].max())
