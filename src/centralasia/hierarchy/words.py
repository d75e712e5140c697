"""Words for places, partners and kinds of sources, which figures, tables and sentences share."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.hierarchy.alternatives import distinct_places
from centralasia.names import short_name
from centralasia.tables import load
from datacontract.language import _, join_list, pgettext
from datacontract.phrases import ordinal
from datacontract.sources import SEPARATOR, kind_name

__all__ = ["kinds_of", "place_words", "places_in_words", "relation_words", "with_articles"]

_WITH_ARTICLE = {"USA", "EU", "UN", "GCC", "MENA", "SC3", "ISLW", "ARAB", "NEI"}


def place_words(rank: Any, sharing: int = 1) -> str:
    """A place as it is said: ``2nd``, ``joint 2nd`` where others share it, ``no place``."""
    if pd.isna(rank):
        return _("no place")
    if sharing > 1:
        return pgettext("a place in a list", "joint {place}", place=ordinal(int(rank)))
    return pgettext("a place in a list", "{place}", place=ordinal(int(rank)))


def places_in_words(document: str, actor: str, which: str = "equal") -> str:
    """The places that the readings of a document give an actor: ``1st, joint 2nd or 3rd``, ``not named``."""
    found = distinct_places(document, actor, which)
    without = {"not named": _("not named"), "unplaced": _("without a place")}
    return join_list(
        dict.fromkeys(without.get(r.status) or place_words(r.rank, r.sharing) for r in found.itertuples()), "or"
    )


def kinds_of(source: str) -> str:
    """What kinds of pages the keys of a source cell are: ``a scholar's blog and press reports``.

    >>> hierarchy.kinds_of("CAN08;RIA08")
    press reports
    """
    kinds = load("sources").set_index("source_key")["kind"].reindex(source.split(SEPARATOR))
    return join_list(dict.fromkeys(map(kind_name, kinds)))


def with_articles(actors: Iterable[str]) -> list[str]:
    """The names of partners as they stand in a sentence: ``the United States``."""
    names = {actor: short_name(actor) for actor in actors}
    return [_("the {name}", name=name) if actor in _WITH_ARTICLE else name for actor, name in names.items()]


def relation_words() -> dict[str, str]:
    """Where one partner comes beside another, by the codes of `alternatives.RELATIONS`."""
    return {
        "ahead": pgettext("beside another partner", "ahead"),
        "level": pgettext("beside another partner", "level"),
        "behind": pgettext("beside another partner", "behind"),
        "unknown": pgettext("beside another partner", "unknown"),
    }
