"""The report is brought up to date: each step only where it is due, and nothing is left half made."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from datacontract.context import ENGLISH, using
from datacontract.language import language
from notebookcollection import freshness
from notebookcollection.collection import Collection, CollectionError, Run
from notebookcollection.running.progress import Progress
from notebookcollection.running.results import Results, carry_out, check_files, store

__all__ = ["dry_run", "folder_of", "report", "run_batch", "run_one"]

SITE = "site"  # in the build folder: a link to the report


def report(collection: Collection, build: Path, progress: Progress, **how: Any) -> int:
    """Checks the data, executes what has changed and renders the report in `build`; returns an exit code.

    In English it has the reports in the other languages of the collection in it; in another language it is made in a
    folder of that name. `how` goes to `execute`. A failed run keeps its notebook aside and leaves the last report as it
    was. Raises `CollectionError` where another report is being made.
    """
    if language() != ENGLISH:
        return _report(collection, folder_of(build), progress, {}, how)
    others = {}
    check_files([build / "notebooks" / f"{run.name}.ipynb" for run in collection.runs()], collection)
    for code in collection.settings["languages"]:
        with using(language=code):
            others[code] = folder_of(build)
            if failed := _report(collection, others[code], progress, {}, how):
                return failed
    return _report(collection, build, progress, others, how)


def folder_of(build: Path) -> Path:
    """The folder in the build folder for the language of the reader.

    >>> from pathlib import Path
    >>> from datacontract.context import using
    >>> from notebookcollection.running.report import folder_of
    >>> with using(language="ru"):
    ...     folder_of(Path("build")).as_posix()
    'build/ru'
    """
    return build if language() == ENGLISH else build / language()


def _report(
    collection: Collection, build: Path, progress: Progress, others: Mapping[str, Path], how: Mapping[str, Any]
) -> int:
    """The report in one language; `others` are the build folders of those that become part of it."""
    runs = collection.runs()
    check_files([build / "notebooks" / f"{run.name}.ipynb" for run in runs], collection)
    with locked(build):
        results = Results(collection, build / "notebooks", build)
        if os.path.lexists(build / SITE) and not os.path.islink(build / SITE):
            from notebookcollection.publishing import site

            site.check_place(build / SITE)
        if not _is_sound(results, progress):
            return 1
        try:
            failed = results.bring_up_to_date(runs, progress, how)
            if failed:
                print("the report was left as it was", file=sys.stderr)
            else:
                _render(results, runs, progress, others)
        except KeyboardInterrupt as interrupt:
            interrupt.add_note("the last report is as it was")
            raise
    progress.times()
    return failed


def run_one(run: Run, collection: Collection, path: Path, progress: Progress, **how: Any) -> int:
    """Executes one run to a file, and returns an exit code; otherwise as `report`.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.collection import Run, find
    >>> from notebookcollection.running.progress import Progress
    >>> from notebookcollection.running.report import run_one
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     pathlib.Path("collection.toml").touch()
    ...     (notebook := pathlib.Path("ties.ipynb")).touch()
    ...     run_one(Run("ties", "ties"), find("."), notebook, Progress())
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: ties.ipynb: results are made from this file; allowed: another name
        or folder
    """
    check_files([path], collection)
    return carry_out([run], collection, progress, lambda run, result: store(result, path, progress), how)


def run_batch(runs: Sequence[Run], collection: Collection, folder: Path, progress: Progress, **how: Any) -> int:
    """Brings a folder of executed notebooks up to date and returns an exit code; otherwise as `report`.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.collection import Run, find
    >>> from notebookcollection.running.progress import Progress
    >>> from notebookcollection.running.report import run_batch
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     for name in ("collection.toml", "ties.ipynb"):
    ...         pathlib.Path(name).touch()
    ...     run_batch([Run("ties", "ties")], find("."), pathlib.Path(), Progress())
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: ties.ipynb: results are made from this file; allowed: another name
        or folder
    """
    check_files([folder / f"{run.name}.ipynb" for run in runs], collection)
    with locked(folder):
        failed = Results(collection, folder, folder).bring_up_to_date(runs, progress, how)
    progress.times()
    return failed


def dry_run(runs: Sequence[Run], collection: Collection, folder: Path | None = None, build: Path | None = None) -> int:
    """Says of each run whether it would be executed, why, and with which parameters; executes nothing.

    `folder` has the results and `build` the record of earlier runs; without them every run would be the first.

    >>> import pathlib, tempfile
    >>> from notebookcollection.collection import Run, find
    >>> from notebookcollection.running.report import dry_run
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "collection.toml").write_text("[notebooks.ties]")
    ...     code = dry_run([Run("ties", "ties_2020", {"year": 2020})], find(folder))
    ties_2020: would run (not made before): ties year=2020
    1 of 1 would run, of unknown work, since none ran before; parameters of 14 bytes
    """
    results = Results(collection, folder, build)
    if folder:
        collection.refuse_sources([results.file(run.name) for run in runs])
    reasons = results.reasons(runs)
    for run in runs:
        given, why = "".join(f" {name}={value!r}" for name, value in run.parameters.items()), reasons[run.name]
        print(f"{run.name}: {f'would run ({why})' if why else 'unchanged'}: {run.notebook}{given}")
    due = [run for run in runs if reasons[run.name]]
    known = {name: entry["seconds"] for name, entry in results.known.items()}
    seconds = "of unknown work, since none ran before"
    if known or not due:
        import statistics  # which takes a while

        expected = sum(known.get(run.name) or statistics.median(known.values()) for run in due)
        seconds = f"about {expected:.0f} s of work"
    sent = sum(len(json.dumps(run.parameters)) for run in due)
    print(f"{len(due)} of {len(runs)} would run, {seconds}; parameters of {sent:,} bytes")
    return 0


def _is_sound(results: Results, progress: Progress) -> bool:
    """Whether the data keep their contract; asked again only when data or rules have changed."""
    rests_on = freshness.check_inputs(results.now)
    if freshness.stale_reason(results.record.pop("data", None), rests_on):
        from datacontract.check import check

        if faults := check():
            for fault in faults:
                progress.tell("data", "faulty", error=str(fault))
            return False
    results.record["data"] = rests_on
    return True


def _render(results: Results, runs: Sequence[Run], progress: Progress, others: Mapping[str, Path]) -> None:
    made = {run.name: results.known[run.name]["result"] for run in runs}
    for code, folder in others.items():
        made[f"the report in {code}"] = freshness.digest(json.dumps(freshness.read_record(folder).get("site")))
    inputs = freshness.report_inputs(results.collection, results.now, made)
    target = results.build / SITE
    why = freshness.stale_reason(results.record.pop("site", None), inputs)
    if not why and not (target / "index.html").is_file():
        why = "it is missing"
    if why:
        from notebookcollection.publishing import site

        with progress.busy("rendering the report"):
            sites = {code: folder / SITE for code, folder in others.items()}
            site.render({run.name: results.file(run.name) for run in runs}, results.collection, target, sites)
    progress.tell("report", "rendered" if why else "unchanged", why, file=target / "index.html")
    results.record["site"] = inputs
    results.keep()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a folder for one report; the system lets go of it also when the process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(folder / ".lock").acquire(timeout=0)
    except Timeout:
        raise CollectionError(f"{folder}: another report is being made there") from None
    with held:
        yield
