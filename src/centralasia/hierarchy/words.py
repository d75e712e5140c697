"""Words for places, partners and kinds of sources, which figures, tables and sentences share."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from centralasia.hierarchy.alternatives import distinct_places
from centralasia.names import short_name
from centralasia.tables import load
from datacontract.sources import SEPARATOR
from datacontract.words import join_list, ordinal, plain

__all__ = ["kinds_of", "place_words", "places_in_words", "with_articles"]

_KINDS = {
    "primary": "the text itself", "official": "an official page", "official_media": "state media",
    "scholarly": "research", "scholar_blog": "a scholar's blog", "secondary": "an analyst's column",
    "tertiary": "a reference page", "encyclopedia_copy": "a copy of an encyclopedia", "news": "press reports",
    "news_weak": "partisan press", "not_given": "a page of unknown rating",
}  # fmt: skip
_WITH_ARTICLE = {"USA", "EU", "UN", "GCC", "MENA", "SC3", "ISLW", "ARAB", "NEI"}


def place_words(rank: Any, sharing: int = 1) -> str:
    """A place as it is said: ``2nd``, ``joint 2nd`` where others share it, ``no place``."""
    return "no place" if pd.isna(rank) else f"{'joint ' if sharing > 1 else ''}{ordinal(int(rank))}"


def places_in_words(document: str, actor: str, which: str = "equal") -> str:
    """The places that the readings of a document give an actor: ``1st, joint 2nd or 3rd``, ``not named``."""
    found = distinct_places(document, actor, which)
    said = [place_words(r.rank, r.sharing) if r.status == "placed" else r.status for r in found.itertuples()]
    return join_list((word.replace("unplaced", "without a place") for word in dict.fromkeys(said)), "or")


def kinds_of(source: str) -> str:
    """What kinds of pages the keys of a source cell are: ``a scholar's blog and press reports``."""
    kinds = load("sources").set_index("source_key")["kind"].reindex(source.split(SEPARATOR))
    return join_list(dict.fromkeys(_KINDS.get(kind, plain(kind)) for kind in kinds))


def with_articles(actors: Iterable[str]) -> list[str]:
    """The names of partners as they stand in a sentence: ``the United States``."""
    return [f"the {short_name(actor)}" if actor in _WITH_ARTICLE else short_name(actor) for actor in actors]
