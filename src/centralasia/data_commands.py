"""The verbs of the ``centralasia`` command that check, extend and document the data; each returns an exit code."""

import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

from datacontract.context import data_folder
from datacontract.errors import DataError
from datacontract.files import write_atomically
from datacontract.words import join_list, pluralize

__all__ = ["NEW", "READERS", "add", "check", "codebook", "coding_merge", "coding_sheet", "count_votes", "new", "update"]

# What `update` reads the files of: a room's function of their paths that gives `centralasia.updates.NewRows` by table.
READERS = {
    "ideal-points": "centralasia.votes.publishers:read_ideal_points",
    "indicators": "centralasia.economies.update:read_indicators",
    "speeches": "centralasia.speeches.update:read_speeches",
    "theme-accuracy": "centralasia.speeches.update:read_accuracy",
    "trade": "centralasia.partners.update:read_trade",
    "votes": "centralasia.votes.publishers:read_votes",
}

NEW = ("concept", "document", "event", "format", "meeting", "tie", "visit")  # of `centralasia.additions.KINDS`


def check(options: Namespace) -> int:
    """Prints a line for each fault, after what `--fix` could undo."""
    from datacontract.check import check
    from datacontract.faults import cells

    if options.fix:
        from datacontract.mend import mend

        for mended in mend(options.backup, options.tables or None):
            print(mended)
    faults = check(tables=options.tables or None)
    for fault in faults:
        print(fault)
    number, more = cells(faults), any(fault.more for fault in faults)
    where = f" in {number:,} rows{' or more' * more}" if number > len(faults) or more else ""
    print(f"{data_folder()}: {pluralize(len(faults), 'fault')}{where}", file=sys.stderr)
    return 1 if faults else 0


def codebook(options: Namespace) -> int:
    """Writes the codebook where it is stale, or only says so."""
    from datacontract.codebook import CODEBOOK, codebook

    path, text = data_folder() / CODEBOOK, codebook()
    stale = not path.is_file() or path.read_text(encoding="utf-8") != text
    if stale and options.check:
        print(f"{path} is stale: run centralasia codebook", file=sys.stderr)
    elif stale:
        write_atomically(path, text)
        print(path)
    return 1 if stale and options.check else 0


def count_votes(options: Namespace) -> int:
    """Writes tables of counts from roll-call files."""
    from centralasia import votes

    states, regions = votes.counted()
    if options.states:
        states = options.states
        if other := [region for region, members in regions.items() if not {*states}.issuperset(members)]:
            print(f"not all members of {join_list(other)} are asked for: left out of unga_groups.csv", file=sys.stderr)
        regions = {region: members for region, members in regions.items() if region not in other}
    counts = votes.count(options.files, states, regions, options.since, options.adopted_only)
    for path in votes.write(counts, options.out):
        print(path)
    return 0


def update(options: Namespace) -> int:
    """Brings tables up to date from files of a publisher."""
    from centralasia import updates

    module, _, function = READERS[options.what].partition(":")
    planned = updates.plan(getattr(import_module(module), function)(options.files))
    return _carry_out(planned, options.dry_run, None if options.all else updates.SHOWN)


def _carry_out(planned: Any, dry_run: bool, shown: int | None) -> int:
    """Says what a plan changes, and writes it where the check has nothing against it."""
    for line in planned.report(shown):
        print(line)
    faults = planned.faults() if planned else []
    for fault in faults:
        print(fault)
    if faults:
        print(f"{pluralize(len(faults), 'fault')}: nothing is written", file=sys.stderr)
    elif dry_run or not planned:
        print(f"{data_folder()}: nothing is written, {'as asked' if planned else 'all is as it was'}", file=sys.stderr)
    else:
        for path in planned.write():
            print(path)
        return codebook(Namespace(check=False))  # which counts rows
    return 1 if faults else 0


def new(options: Namespace) -> int:
    """Writes a sheet to fill in for something new."""
    from centralasia import additions

    text, path = additions.new_sheet(options.what, options.key), options.output or Path(f"{options.key}.csv")
    return _write_sheet(path, text)


def _write_sheet(path: Path, text: str) -> int:
    """Writes a sheet to fill in, unless there is one already."""
    if path.exists():
        raise DataError(f"{path}: is there already, maybe filled in; allowed: another name, by --output")
    write_atomically(path, f"\ufeff{text}")  # by the mark, spreadsheets know that it is UTF-8
    print(path)
    return 0


def add(options: Namespace) -> int:
    """Adds the rows of a sheet that was filled in."""
    from centralasia import additions, updates

    return _carry_out(updates.plan(additions.rows_of_sheet(options.sheet)), options.dry_run, updates.SHOWN)


def coding_sheet(options: Namespace) -> int:
    """Writes a sheet to code a text with."""
    from centralasia import coding

    return _write_sheet(options.output or Path(f"{options.unit}.csv"), coding.coding_sheet(options.unit))


def coding_merge(options: Namespace) -> int:
    """Adds what a coding sheet holds, or names its wrong cells."""
    from centralasia import coding, updates

    found = coding.merge_sheet(options.sheet, options.coder, options.whole_text)
    for fault in found.faults:
        print(fault)
    if found.faults:
        print(f"{pluralize(len(found.faults), 'fault')}: nothing is written", file=sys.stderr)
        return 1
    for remark in found.remarks:
        print(remark)
    return _carry_out(found.plan, options.dry_run, updates.SHOWN)
