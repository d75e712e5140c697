"""What actors, regions and levels are called, in the language of the reader, and the colour of each actor."""

import pandas as pd

from datacontract import contract, labels
from datacontract.contract import Row, cached_by_tables

__all__ = ["NONE_FOUND", "colour", "level_name", "region_name", "short_name"]

OTHER = "#767676"  # actors without a colour of their own
NONE_FOUND = "none found"


def short_name(actor: object) -> str:
    """The name of an actor in figures and sentences; the code itself if it is not in the table."""
    return labels.translate_name("actor", actor, _actor(actor).get("short_name") or str(actor))


def region_name(region: str) -> str:
    """A region by its full name; the code where it has none."""
    return labels.translate_name("actor_name", region, _actor(region).get("name") or region)


def level_name(level: object) -> str:
    """A level of ties in words: ``deepened strategic``; ``none found`` where it is missing."""
    if pd.isna(level) or level == NONE_FOUND:
        return labels.translate_name("level", "none", NONE_FOUND)
    return labels.translate_name("level", level, str(level).replace("_", " "))


def colour(actor: object) -> str:
    """The one colour of an actor in every figure, as sRGB hexadecimal; neutral grey if it has none."""
    return _actor(actor).get("colour") or OTHER


def _actor(actor: object) -> Row:
    return _actors().get(str(actor), {})


@cached_by_tables("actors", maxsize=8)
def _actors() -> dict[str, Row]:
    return {row["actor"]: row for row in contract.rows("actors")}
