"""Roll-call files of the UN General Assembly → the counts that this collection keeps.

Two CSV layouts are read; the header tells which.

* ``UNDL``: *General Assembly Voting Data*, UN Dag Hammarskjöld Library (digitallibrary.un.org/record/4060887), layout
  of 2025 and later: a row per member and adopted resolution, ``ms_vote`` Y, N, A or X (a blank or X: not voting).
  Texts adopted without a recorded vote, paragraphs and rejected texts are not in it, so a year has fewer roll calls
  than in ``UNGA``. Use is non-commercial, with attribution.
* ``UNGA``: the roll calls of Voeten, Strezhnev & Bailey (doi 10.7910/DVN/LEJUQZ, ``UNVotes``) as CSV: ``vote`` 1 yes,
  2 abstain, 3 no, 8 absent, 9 not a member; ``ccode`` the Correlates of War number. Amendments are left out where the
  file marks them (``amend`` 1). Paragraphs and rejected texts count, since a vote is a choice whatever becomes of the
  text; rejected texts (``yes`` not above ``no``) can be left out.
  A blank ``ccode`` is an error; Türkiye's 640 is said to be blank from September 2023 on, and must be filled in.

A state that was absent, was not yet a member (9) or has no row counts as absent, as in ``unga_dyads``; most
post-Soviet states do in 1991. ``SUN`` and ``GER`` of the Digital Library are RUS and DEU; no other predecessor is.
"""

import re
from collections import Counter, defaultdict, namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from centralasia.votes import measures
from datacontract import contract
from datacontract.delimited import DelimitedError, read_delimited
from datacontract.errors import DataError, suggest
from datacontract.faults import SHOWN
from datacontract.files import write_atomically

__all__ = ["VoteFileError", "count", "write"]

_PAIRS: list[Any] = [tuple(cell.replace("neither", "xx").encode()) for cell in measures.CELLS]
_DATE = re.compile(r"\d{4}(-\d\d){0,2}([T ]\d\d:\d\d[\d:.]*Z?)?", re.ASCII)
_FIRST = 1946  # year of the first vote
_MOST = 100_000  # roll calls that a file may hold; there were 7,000 from 1946 to 2025
_CONTINUED = {"SUN": "RUS", "GER": "DEU"}
_NUMBERS = Path(__file__).with_name("correlates_of_war.csv").read_text(encoding="utf-8").splitlines()[1:]
_STATE_OF = dict(line.split(",") for line in _NUMBERS)  # the 193 members by Correlates of War number
_Layout = namedtuple("_Layout", "source call state vote votes states")  # votes: letters by value
_LIBRARY = {"Y": "y", "A": "a", "N": "n", "X": "x", "": "x"}
_DATAVERSE = {"1": "y", "2": "a", "3": "n", "8": "x", "9": "x"}
_LAYOUTS = [
    _Layout("UNDL", "undl_id", "ms_code", "ms_vote", _LIBRARY, "three capitals, as KAZ"),
    _Layout("UNGA", "rcid", "ccode", "vote", _DATAVERSE, "a number, as 705 for KAZ"),
]
Regions = Mapping[str, Iterable[str]]  # the states of each
Tables = dict[str, list[tuple[Any, ...]]]  # the rows of each


class VoteFileError(DataError):
    """A roll-call file is not what its layout allows: file, row, column, value and what is allowed."""


def count(
    paths: Iterable[Path],
    states: Iterable[str],
    regions: Regions | None = None,
    since: int = 1991,
    adopted_only: bool = False,
) -> Tables:
    """Count how pairs and groups of states voted in each calendar year.

    Each file is read once, row by row, and one byte is kept per roll call and counted state: the rows of a roll call
    may stand apart, even in several files, but no vote may come twice, and a year is in one layout only.

    Parameters
    ----------
    paths : iterable of path
        CSV files in UTF-8, each in one of the two layouts.
    states : iterable of str
        ISO 3166-1 alpha-3 codes whose pairs are counted.
    regions : mapping of str to iterable of str, optional
        Codes of regions and the states in them, the same in all years.
    since : int, optional
        Rows of earlier years are skipped, their votes unread.
    adopted_only : bool, optional
        Leave out rejected texts, where the file says how many voted yes and no. By default they count.

    Returns
    -------
    dict of str to list of tuple
        The rows of three tables, in the columns of the contract and sorted by key. ``unga_dyads``: per pair (codes in
        alphabetical order) and year the roll calls by what the two did: first letter state_a, second state_b; y yes, a
        abstain, n no, x absent. ``unga_years``: roll calls a year; ``comparable`` and ``note`` stay blank, nobody has
        judged. ``unga_groups``: roll calls in which that many states of a region voted yes, abstained, voted no, were
        absent. ``source`` is UNDL or UNGA. A year without roll calls has no row.

    Raises
    ------
    VoteFileError
        An unknown layout, vote, date or state number; a second vote of a state, or a second date, on one roll call; a
        year in both layouts; a state that no row names; whatever `read_delimited` refuses.

    Examples
    --------
    >>> import pandas as pd, pathlib, tempfile
    >>> rows = pd.DataFrame({"undl_id": 1, "date": "2001-11-01", "ms_code": ["KAZ", "KGZ"], "ms_vote": ["Y", "A"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(file := pathlib.Path(folder, "voting.csv"), index=False)
    ...     votes.count([file], ["KAZ", "KGZ"])["unga_dyads"]
    [('KAZ', 'KGZ', 2001, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'UNDL')]
    """
    regions = {code: sorted(set(members)) for code, members in sorted((regions or {}).items())}
    place = {code: i for i, code in enumerate(sorted({*states, *(s for r in regions.values() for s in r)}))}
    latest = contract.field("unga_years", "year")["constraints"]["maximum"]
    calls: dict[Any, tuple[str, bytearray]] = {}
    source: dict[int, str] = {}
    named: set[str] = set()
    for path in paths:
        for row, layout, call, day, state, vote in _votes(path, since, adopted_only):
            year = int(day[:4])
            if year > latest:
                raise _bad(path, row, "date", day, f"a year up to {latest}, as in unga_years")
            if source.setdefault(year, layout.source) != layout.source:
                raise _bad(path, row, "date", day, f"a year in one layout; {year} is {source[year]} above")
            known, votes = calls.setdefault(call, (day, bytearray(len(place))))
            if len(calls) > _MOST:
                raise _bad(path, row, layout.call, str(call[1]), f"at most {_MOST:,} roll calls")
            if known != day:
                raise _bad(path, row, "date", day, f"one date a roll call; {call[1]} has {known} above")
            named.add(state)
            if state in place:
                if votes[place[state]]:
                    raise _bad(path, row, layout.state, state, f"one vote a roll call; {call[1]} has one above")
                votes[place[state]] = ord(vote)
    for state in sorted(place.keys() - named):
        raise VoteFileError(f"no row from {since} on names the state {state!r}; {suggest(state, sorted(named))}")
    years = defaultdict(list)
    for day, votes in calls.values():
        years[int(day[:4])].append(bytes(votes).replace(b"\0", b"x"))
    dyads, groups = [], []
    for year, roll_calls in years.items():
        column = list(zip(*roll_calls, strict=True))
        for a, b in combinations(sorted(set(states)), 2):
            cells = Counter(zip(column[place[a]], column[place[b]], strict=True))
            dyads.append((a, b, year, *map(cells.__getitem__, _PAIRS), source[year]))
        for region, members in regions.items():
            rolls = zip(*(column[place[member]] for member in members), strict=True)
            splits = Counter(tuple(map(roll.count, b"yanx")) for roll in rolls)
            groups += [(region, year, *split, number, source[year]) for split, number in splits.items()]
    totals = [(year, len(roll_calls), "", "", source[year]) for year, roll_calls in sorted(years.items())]
    return {"unga_dyads": sorted(dyads), "unga_years": totals, "unga_groups": sorted(groups)}


def write(counts: Tables, folder: Path) -> list[Path]:
    """Write `counts` as three CSV files, named after their tables, into `folder`; returns their paths.

    >>> import pathlib, tempfile
    >>> counts = {"unga_years": [(2001, 74, "", "", "UNDL")]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(votes.write(counts, pathlib.Path(folder))[0].read_text())
    year,roll_calls,comparable,note,source
    2001,74,,,UNDL
    """
    paths = [folder / f"{table}.csv" for table in counts]
    for path, (table, rows) in zip(paths, counts.items(), strict=True):
        columns = [field["name"] for field in contract.table(table)["schema"]["fields"]]
        write_atomically(path, pd.DataFrame(rows, columns=columns).to_csv(index=False, lineterminator="\n"))
    return paths


def _votes(path: Path, since: int, adopted_only: bool) -> Iterator[tuple[Any, ...]]:
    """Row number, layout, roll call, date, state (blank: no member today) and letter of every row that counts."""
    header: list[str] = []
    layout: Any = None
    try:
        for number, row in read_delimited(path, _is_vote):
            if number == 1:
                header, layout = row, _layout(path, row)
            elif vote := _vote(path, number, layout, dict(zip(header, row, strict=True)), since, adopted_only):
                yield number, layout, *vote
    except DelimitedError as error:
        raise VoteFileError(str(error)) from None


def _layout(path: Path, header: Sequence[str]) -> Any:
    layout = next((lay for lay in _LAYOUTS if {"date", *lay[1:4]} <= {*header}), None)
    if layout is None:
        allowed = " or ".join(", ".join(["date", *lay[1:4]]) for lay in _LAYOUTS)
        raise _bad(path, 1, "header", ",".join(header), f"one with {allowed}")
    return layout


def _is_vote(cell: Mapping[str, str]) -> bool:
    """Whether cells hold a date and a vote, each in its column, so that they are a row."""
    return _is_date(cell.get("date", "")) and any(cell.get(lay.vote) in lay.votes for lay in _LAYOUTS)


def _vote(
    path: Path, number: int, layout: Any, cell: Mapping[str, str], since: int, adopted_only: bool
) -> tuple[Any, ...] | None:
    """Roll call, date, state and letter of a row; None where it does not count."""
    day, state, vote = cell["date"], cell[layout.state], cell[layout.vote]
    if not _is_date(day):
        raise _bad(path, number, "date", day, f"YYYY-MM-DD, YYYY-MM or YYYY, from {_FIRST} on")
    if int(day[:4]) < since:
        return None
    call, code = cell[layout.call], _CONTINUED.get(state, state)
    if call in ("", "NA"):
        raise _bad(path, number, layout.call, call, "the number of the roll call")
    known = len(state) == 3 and state.isascii() and state.isupper()
    if layout.source == "UNGA":  # R and pandas write whole numbers as 705 or 705.0
        whole = {name: text.removesuffix(".0") for name, text in cell.items()}
        yes, no, call, state, vote = (whole.get(name, "") for name in ("yes", "no", "rcid", "ccode", "vote"))
        rejected = yes.isdecimal() and no.isdecimal() and float(yes) <= float(no)
        if whole.get("amend") == "1" or (adopted_only and rejected):
            return None
        code, known = _STATE_OF.get(state, ""), state.isdigit()
    if not known:
        raise _bad(path, number, layout.state, state, layout.states)
    if vote not in layout.votes:
        raise _bad(path, number, layout.vote, vote, ", ".join(v or "blank" for v in layout.votes))
    # One rcid has been given to two resolutions.
    return (layout.source, call, cell.get("unres")), day[:10], code, layout.votes[vote]


@lru_cache
def _is_date(text: str) -> bool:
    try:
        year = date.fromisoformat((text[:10] + "-01-01")[:10]).year if _DATE.fullmatch(text) else 0
        return year >= _FIRST
    except ValueError:
        return False


def _bad(path: Path, row: int, column: str, value: str, allowed: str) -> VoteFileError:
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return VoteFileError(f"{path.name}: row {row}, column {column}: {shown!r} is not allowed; allowed: {allowed}")
