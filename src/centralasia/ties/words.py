"""The words for ties that tables, figures and sentences share."""

import pandas as pd

from centralasia.names import NONE_FOUND, level_name
from datacontract import labels
from datacontract.sources import source_keys
from datacontract.words import plain

__all__ = ["list_signatures", "list_sources", "theme_name"]

MOST_KEYS = 24  # a caption of this room names no more sources than these


def theme_name(theme: str) -> str:
    """A theme of milestones in words."""
    return labels.translate_name("theme", theme, "water and energy" if theme == "water_energy" else plain(theme))


def list_signatures(signed: pd.DataFrame) -> str:
    """``friendship 1998 (treaty), strategic 2013 (treaty)``: the labelled signatures of a pair in the order of time."""
    return ", ".join(f"{level_name(a.level)} {a.date} ({a.instrument})" for a in signed.itertuples()) or NONE_FOUND


def list_sources(rows: pd.DataFrame) -> str:
    """The source keys of rows, for a caption; where they are too many, their number."""
    keys = source_keys(rows["source"])
    return ", ".join(keys) if len(keys) <= MOST_KEYS else f"{len(keys)}, in the list of sources"
