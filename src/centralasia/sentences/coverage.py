"""A sentence on how much stands behind the collection."""

from centralasia.citations import SEPARATOR
from centralasia.words import Sentence, count, listing


def coverage(tables):
    """How many rows and sources some tables hold, and how many of the rows are of high, medium and low confidence.

    `tables` maps names to frames as from `centralasia.load`.
    """
    rows = [f"{len(frame):,} in {name.replace('_', ' ')}" for name, frame in tables.items()]
    keys = {key for frame in tables.values() for cell in frame["source"].dropna() for key in cell.split(SEPARATOR)}
    graded = [str(value) for frame in tables.values() for value in frame["confidence"].dropna()]
    tally = [f"{graded.count(level):,} of {level}" for level in ("high", "medium", "low")]
    total = sum(map(len, tables.values()))
    return Sentence(
        f"Behind these answers stand {total:,} coded rows ({listing(rows)}) from {count(len(keys), 'source')}; "
        f"{listing(tally)} confidence, the other {total - len(graded):,} unknown."
    )
