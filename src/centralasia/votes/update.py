"""Roll-call files of the UN General Assembly → the counts that this collection keeps.

Two CSV layouts are read; the header tells which.

* ``UNDL``: *General Assembly Voting Data*, UN Dag Hammarskjöld Library (digitallibrary.un.org/record/4060887), layout
  of 2025 and later: a row per member and adopted resolution, ``ms_vote`` Y, N, A or X (a blank or X: not voting).
  Texts adopted without a recorded vote, paragraphs and rejected texts are not in it, so a year has fewer roll calls
  than in ``UNGA``. Use is non-commercial, with attribution.
* ``UNGA``: the roll calls of Voeten, Strezhnev & Bailey (doi 10.7910/DVN/LEJUQZ, ``UNVotes``) as CSV: ``vote`` 1 yes,
  2 abstain, 3 no, 8 absent, 9 not a member; ``ccode`` the Correlates of War number. Left out where the file says so:
  amendments (``amend`` 1) and rejected texts (``yes`` not above ``no``). Paragraphs count.
  A blank ``ccode`` is an error; Türkiye's 640 is said to be blank from September 2023 on, and must be filled in.

A state that was absent, was not yet a member (9) or has no row counts as absent, as in ``unga_dyads``; most
post-Soviet states do in 1991. ``SUN`` and ``GER`` of the Digital Library are RUS and DEU; no other predecessor is.
"""

import csv
import difflib
import re
from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache
from itertools import combinations
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from datacontract.errors import DataError

__all__ = ["Counts", "VoteFileError", "count", "write"]

CELLS = ["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn", "yx", "ax", "nx", "xy", "xa", "xn", "neither"]
COLUMNS = {
    "unga_dyads": ["state_a", "state_b", "year", *CELLS, "source"],
    "unga_years": ["year", "roll_calls", "comparable", "note", "source"],
    "unga_groups": ["region", "year", "yes", "abstain", "no", "absent", "roll_calls", "source"],
}
_PAIRS = [tuple(cell.replace("neither", "xx").encode()) for cell in CELLS]
_DATE = re.compile(r"\d{4}(-\d\d){0,2}([T ]\d\d:\d\d[\d:.]*Z?)?")
_CONTINUED = {"SUN": "RUS", "GER": "DEU"}
_NUMBERS = """
AFG700 AGO540 ALB339 AND232 ARE696 ARG160 ARM371 ATG58 AUS900 AUT305 AZE373 BDI516 BEL211 BEN434 BFA439 BGD771 BGR355
BHR692 BHS31 BIH346 BLR370 BLZ80 BOL145 BRA140 BRB53 BRN835 BTN760 BWA571 CAF482 CAN20 CHE225 CHL155 CHN710 CIV437
CMR471 COD490 COG484 COL100 COM581 CPV402 CRI94 CUB40 CYP352 CZE316 DEU255 DJI522 DMA54 DNK390 DOM42 DZA615 ECU130
EGY651 ERI531 ESP230 EST366 ETH530 FIN375 FJI950 FRA220 FSM987 GAB481 GBR200 GEO372 GHA452 GIN438 GMB420 GNB404 GNQ411
GRC350 GRD55 GTM90 GUY110 HND91 HRV344 HTI41 HUN310 IDN850 IND750 IRL205 IRN630 IRQ645 ISL395 ISR666 ITA325 JAM51
JOR663 JPN740 KAZ705 KEN501 KGZ703 KHM811 KIR946 KNA60 KOR732 KWT690 LAO812 LBN660 LBR450 LBY620 LCA56 LIE223 LKA780
LSO570 LTU368 LUX212 LVA367 MAR600 MCO221 MDA359 MDG580 MDV781 MEX70 MHL983 MKD343 MLI432 MLT338 MMR775 MNE341 MNG712
MOZ541 MRT435 MUS590 MWI553 MYS820 NAM565 NER436 NGA475 NIC93 NLD210 NOR385 NPL790 NRU970 NZL920 OMN698 PAK770 PAN95
PER135 PHL840 PLW986 PNG910 POL290 PRK731 PRT235 PRY150 QAT694 ROU360 RUS365 RWA517 SAU670 SDN625 SEN433 SGP830 SLB940
SLE451 SLV92 SMR331 SOM520 SRB345 SSD626 STP403 SUR115 SVK317 SVN349 SWE380 SWZ572 SYC591 SYR652 TCD483 TGO461 THA800
TJK702 TKM701 TLS860 TON955 TTO52 TUN616 TUR640 TUV947 TZA510 UGA500 UKR369 URY165 USA2 UZB704 VCT57 VEN101 VNM816
VUT935 WSM990 YEM679 ZAF560 ZMB551 ZWE552
"""
_STATE_OF = {entry[3:]: entry[:3] for entry in _NUMBERS.split()}  # the 193 members by Correlates of War number


class VoteFileError(DataError):
    """A roll-call file is not what its layout allows: file, row, column, value and what is allowed."""


class Counts(NamedTuple):
    """The rows of each table as tuples, in the columns of `COLUMNS` and sorted by key."""

    unga_dyads: list
    unga_years: list
    unga_groups: list


class _Layout(NamedTuple):
    source: str
    call: str
    state: str
    vote: str
    votes: dict
    states: str


_LIBRARY = {"Y": "y", "A": "a", "N": "n", "X": "x", "": "x"}
_DATAVERSE = {"1": "y", "2": "a", "3": "n", "8": "x", "9": "x"}
_LAYOUTS = [
    _Layout("UNDL", "undl_id", "ms_code", "ms_vote", _LIBRARY, "three capitals, as KAZ"),
    _Layout("UNGA", "rcid", "ccode", "vote", _DATAVERSE, "a number, as 705 for KAZ"),
]


def count(paths, states, regions=None, since=1991):
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

    Returns
    -------
    Counts
        ``unga_dyads``: per pair (codes in alphabetical order) and year the roll calls in each of `CELLS`: first letter
        state_a, second state_b; y yes, a abstain, n no, x absent. ``unga_years``: roll calls a year; ``comparable`` and
        ``note`` stay blank, nobody has judged. ``unga_groups``: roll calls in which that many states of a region voted
        yes, abstained, voted no, were absent. ``source`` is UNDL or UNGA. A year without roll calls has no row.

    Raises
    ------
    VoteFileError
        An unknown layout, vote, date or state number; a second vote of a state, or a second date, on one roll call; a
        year in both layouts; a row of the wrong length; a state that no row names; a file that cannot be read.
    """
    regions = {code: sorted(set(members)) for code, members in sorted((regions or {}).items())}
    place = {code: i for i, code in enumerate(sorted({*states, *(s for r in regions.values() for s in r)}))}
    calls, source, named = {}, {}, set()
    for path in map(Path, paths):
        for row, layout, call, day, state, vote in _votes(path, since):
            year = int(day[:4])
            if source.setdefault(year, layout.source) != layout.source:
                raise _bad(path, row, "date", day, f"a year in one layout; {year} is {source[year]} above")
            known, votes = calls.setdefault(call, (day, bytearray(len(place))))
            if known != day:
                raise _bad(path, row, "date", day, f"one date a roll call; {call[1]} has {known} above")
            named.add(state)
            if state in place:
                if votes[place[state]]:
                    raise _bad(path, row, layout.state, state, f"one vote a roll call; {call[1]} has one above")
                votes[place[state]] = ord(vote)
    for state in sorted(place.keys() - named):
        close = difflib.get_close_matches(state, named - {None}, cutoff=0.5)
        raise VoteFileError(f"no row from {since} on names the state {state!r}; nearest: {', '.join(close) or 'none'}")
    years = defaultdict(list)
    for day, votes in calls.values():
        years[int(day[:4])].append(bytes(votes).replace(b"\0", b"x"))
    columns = {year: list(zip(*years[year], strict=True)) for year in sorted(years)}
    dyads, groups = [], []
    for a, b in combinations(sorted(set(states)), 2):
        for year, column in columns.items():
            cells = Counter(zip(column[place[a]], column[place[b]], strict=True))
            dyads.append((a, b, year, *(cells[pair] for pair in _PAIRS), source[year]))
    for region, members in regions.items():
        for year, column in columns.items():
            rolls = zip(*(column[place[m]] for m in members), strict=True)
            splits = Counter(tuple(map(roll.count, b"yanx")) for roll in rolls)
            groups += [(region, year, *split, splits[split], source[year]) for split in sorted(splits)]
    return Counts(dyads, [(year, len(years[year]), "", "", source[year]) for year in columns], groups)


def write(counts, folder):
    """Write `counts` as three CSV files, named after their tables, into `folder`; returns their paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in counts._asdict().items():
        aside = folder / f"{table}.csv.part"
        with aside.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS[table], *rows])
        aside.replace(folder / f"{table}.csv")
    return [folder / f"{table}.csv" for table in COLUMNS]


def _votes(path, since):
    """Row number, layout, roll call, date, state (None: no member today) and letter of every row that counts."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            layout = next((lay for lay in _LAYOUTS if {"date", *lay[1:4]} <= set(header)), None)
            if layout is None:
                allowed = " or ".join(", ".join(["date", *lay[1:4]]) for lay in _LAYOUTS)
                raise _bad(path, 1, "header", ",".join(header), f"one with {allowed}")
            names = [name for name in ("date", *layout[1:4], "yes", "no", "amend", "unres") if name in header]
            pick = itemgetter(*map(header.index, names))
            for number, row in enumerate(reader, start=2):
                if row and len(row) != len(header):
                    raise _bad(path, number, "all", f"{len(row)} cells", f"{len(header)}, as in the header")
                cells = dict(zip(names, pick(row), strict=True)) if row else {}
                if cells and (vote := _vote(path, number, layout, cells, since)):
                    yield number, layout, *vote
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VoteFileError(f"{path.name}: cannot be read as CSV in UTF-8 ({error})") from None


def _vote(path, number, layout, cell, since):
    day, state, vote = cell["date"], cell[layout.state], cell[layout.vote]
    if not _is_date(day):
        raise _bad(path, number, "date", day, "YYYY-MM-DD, YYYY-MM or YYYY")
    if int(day[:4]) < since:
        return None
    if layout.source == "UNDL":
        call, code = ("UNDL", cell["undl_id"]), _CONTINUED.get(state, state)
        known = len(state) == 3 and state.isascii() and state.isupper()
    else:  # R and pandas write whole numbers as 705 or 705.0; one rcid has been given to two resolutions
        whole = {name: text.removesuffix(".0") for name, text in cell.items()}
        yes, no, state, vote = whole.get("yes", ""), whole.get("no", ""), whole["ccode"], whole["vote"]
        if whole.get("amend") == "1" or (yes.isdigit() and no.isdigit() and int(yes) <= int(no)):
            return None
        call, code, known = ("UNGA", whole["rcid"], cell.get("unres")), _STATE_OF.get(state), state.isdigit()
    if not known:
        raise _bad(path, number, layout.state, state, layout.states)
    if vote not in layout.votes:
        raise _bad(path, number, layout.vote, vote, ", ".join(v or "blank" for v in layout.votes))
    return call, day[:10], code, layout.votes[vote]


@lru_cache
def _is_date(text):
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat((text[:10] + "-01-01")[:10]))
    except ValueError:
        return False


def _bad(path, row, column, value, allowed):
    return VoteFileError(f"{path.name}: row {row}, column {column}: {value!r} is not allowed; allowed: {allowed}")
