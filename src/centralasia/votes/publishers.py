"""What `centralasia update` reads about votes: the roll calls that `count` counts, and the file of ideal points."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from centralasia.published import PublishedRow, published_number, published_rows, refused
from centralasia.updates import NewRows, agreeing, source_read, text_rows
from centralasia.votes.groups import counted_groups
from centralasia.votes.update import count
from datacontract.contract import distinct
from datacontract.errors import DataError

__all__ = ["counted", "read_ideal_points", "read_votes"]

_LIBRARY = {
    "kind": "primary", "title": "UN Digital Library: General Assembly voting data",
    "publisher": "United Nations, Dag Hammarskjöld Library", "url": "https://digitallibrary.un.org/record/4060887",
    "licence": "non-commercial use with attribution",
}  # fmt: skip
_UNJUDGED = "counted from the publisher's file; not yet judged whether its level compares with other years"
_SERIES = {"fp": "final-passage votes", "all": "all votes"}
_LAYOUTS = [
    ("iso3c", when, f"idealpoint{series}", low, high, f"nvotes{series}")
    for series in _SERIES
    for when in ("year", "session")
    for low, high in ((f"q5%{series}", f"q95%{series}"), (f"q5{series}", f"q95{series}"))
]
FIRST_YEAR = 1991


def counted() -> tuple[list[str], dict[str, list[str]]]:
    """The states and the fixed groups with their members whose votes the tables count, as `count` takes them.

    >>> states, groups = votes.counted()
    >>> states[:2], groups["SC3"]
    (['AFG', 'ARM'], ['ARM', 'AZE', 'GEO'])
    """
    always = {"start": "", "end": ""}
    groups = {group: distinct("memberships.actor", {"region": group} | always) for group in counted_groups()}
    return sorted({*distinct("unga_dyads.state_a"), *distinct("unga_dyads.state_b")}), groups


def read_votes(files: Sequence[Path]) -> dict[str, NewRows]:
    """The counts of roll-call files, in place of those of the same years; a new year is comparable once it is judged.

    See `count` for the layouts and for what is refused.

    >>> import pandas as pd, pathlib, tempfile
    >>> rows = pd.DataFrame({"undl_id": 1, "date": "2001-11-01", "ms_code": votes.voting_states(), "ms_vote": "Y"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(file := pathlib.Path(folder, "voting.csv"), index=False)
    ...     votes.read_votes([file])["unga_years"].rows[["year", "roll_calls", "comparable"]]
       year  roll_calls comparable
    0  2001           1      False
    """
    found = {}
    for table, rows in count(files, *counted(), FIRST_YEAR).items():
        columns = text_rows(table).columns
        found[table] = pd.DataFrame(rows, columns=columns)
    judged = text_rows("unga_years").set_index(["year", "source"])
    years = found["unga_years"]
    for row in years.itertuples():
        known = (str(row.year), row.source) in judged.index
        words = judged.loc[(str(row.year), row.source), ["comparable", "note"]] if known else ("False", _UNJUDGED)
        years.loc[row.Index, ["comparable", "note"]] = list(words)
    orders = {"unga_dyads": ("state_a", "state_b", "year"), "unga_groups": ("region", "year"), "unga_years": ("year",)}
    updates = {t: NewRows(rows, agreeing(rows, ["year"]), orders[t]) for t, rows in found.items()}
    if "UNDL" in set(years["source"]):
        last = years.loc[years["source"] == "UNDL", "year"].max()
        updates["sources"] = source_read("UNDL", files[-1], f"used to {last}", **_LIBRARY)
    return updates


def read_ideal_points(files: Sequence[Path]) -> dict[str, NewRows]:
    """The ideal points of one file of Bailey, Strezhnev and Voeten, in place of all there are, since versions differ.

    The layout of 2025 and later, a row a state and calendar year, is read in its estimates from votes of final passage
    (``IdealPointFP``); the one before, a row a session, in those from all votes (``IdealPointAll``), a session being
    that of the year it began in. ``Q5`` and ``Q95`` bound the middle 90 %. Cells are separated by commas or tabs.

    Raises `DataError` where there are several files, another layout, a cell that is no number, or no row of a state of
    ``unga_ideal_points``.

    >>> import pandas as pd, pathlib, tempfile
    >>> point = {"iso3c": "KAZ", "year": 2010, "IdealPointFP": -0.243, "Q5%FP": -0.45, "Q95%FP": -0.047, "NVotesFP": 68}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pd.DataFrame([point]).to_csv(file := pathlib.Path(folder, "points.csv"), index=False)
    ...     votes.read_ideal_points([file])["unga_ideal_points"].rows.iloc[:, :4]
      state  year  ideal_point  low90
    0   KAZ  2010       -0.243  -0.45
    """
    if len(files) != 1:
        raise DataError(f"{len(files)} files of ideal points; allowed: one, since versions must not be mixed")
    (path,) = files
    states, rows, layout = set(distinct("unga_ideal_points.state")), [], None
    for row in published_rows(path, *_LAYOUTS):
        layout = layout or next(columns for columns in _LAYOUTS if set(columns) <= row.cells.keys())
        if row.cells.get("iso3c") in states:
            numbers = [_number(path, row, column) for column in layout[1:]]
            year = int(numbers[0] or 0) + (1945 if layout[1] == "session" else 0)
            if year >= FIRST_YEAR and all(number is not None for number in numbers):
                point, low, high, votes = numbers[1:]
                estimates = [round(number, 4) for number in (point, low, high) if number is not None]
                rows.append([row.cells["iso3c"], year, *estimates, votes, "UNGAIP;BSV17"])
    if layout is None or not rows:
        raise DataError(f"{path.name}: no estimate from {FIRST_YEAR} on for a state of unga_ideal_points.csv")
    found = pd.DataFrame(rows, columns=text_rows("unga_ideal_points").columns)
    words = _SERIES["fp" if layout[2] == "idealpointfp" else "all"]
    return {
        "unga_ideal_points": NewRows(found, order=["state", "year"]),
        "sources": source_read("UNGAIP", path, f"{found['year'].min()}-{found['year'].max()} used, {words}"),
    }


def _number(path: Path, row: PublishedRow, column: str) -> float | None:
    try:
        return published_number(row.cells[column])
    except ValueError:
        raise refused(path, row.line, column, row.cells[column], "a number, or blank for unknown") from None
