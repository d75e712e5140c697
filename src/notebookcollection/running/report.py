"""Results and the report are brought up to date: each step only where it is due, and nothing is left half made."""

import contextlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from datacontract.context import ENGLISH, data_folder, using
from datacontract.files import check_writable, write_atomically
from datacontract.language import language
from datacontract.words import pluralize
from notebookcollection import freshness, reach
from notebookcollection.collection import Collection, CollectionError, Result, Run
from notebookcollection.running.execute import begin, execute
from notebookcollection.running.progress import Progress

__all__ = ["carry_out", "dry_run", "folder_of", "regenerate", "report", "run_batch", "run_one", "store"]

SITE = "site"  # in the build folder: a link to the report
KEPT_EVERY = 2  # seconds: what a killed report knew of later runs is found out again
Take = Callable[[Run, Result], int]  # what is done with a result; 1 if it failed


def report(collection: Collection, build: Path, progress: Progress, **how: Any) -> int:
    """Checks the data, executes what has changed and renders the report in `build`; returns an exit code.

    In English it has the reports in the other languages of the collection in it; in another language it is made in a
    folder of that name. `how` goes to `execute`. A failed run keeps its notebook aside and leaves the last report as it
    was. Raises `CollectionError` where another report is being made.
    """
    if language() != ENGLISH:
        return _report(collection, folder_of(build), progress, {}, how)
    others = {}
    _check_files([build / "notebooks" / f"{run.name}.ipynb" for run in collection.runs()], collection)
    for code in collection.settings["languages"]:
        with using(language=code):
            others[code] = folder_of(build)
            if failed := _report(collection, others[code], progress, {}, how):
                return failed
    return _report(collection, build, progress, others, how)


def folder_of(build: Path) -> Path:
    """The folder in the build folder for the language of the reader."""
    return build if language() == ENGLISH else build / language()


def _report(
    collection: Collection, build: Path, progress: Progress, others: Mapping[str, Path], how: Mapping[str, Any]
) -> int:
    """The report in one language; `others` are the build folders of those that become part of it."""
    runs = collection.runs()
    _check_files([build / "notebooks" / f"{run.name}.ipynb" for run in runs], collection)
    with _locked(build):
        results = _Results(collection, build / "notebooks", build)
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
    """Executes one run to a file, and returns an exit code; otherwise as `report`."""
    _check_files([path], collection)
    return carry_out([run], collection, progress, lambda run, result: store(result, path, progress), how)


def run_batch(runs: Sequence[Run], collection: Collection, folder: Path, progress: Progress, **how: Any) -> int:
    """Brings a folder of executed notebooks up to date and returns an exit code; otherwise as `report`."""
    _check_files([folder / f"{run.name}.ipynb" for run in runs], collection)
    with _locked(folder):
        failed = _Results(collection, folder, folder).bring_up_to_date(runs, progress, how)
    progress.times()
    return failed


def regenerate(
    collection: Collection, progress: Progress, check: bool = False, names: Sequence[str] = (), **how: Any
) -> int:
    """Executes notebooks in place with their default parameters and writes what has changed; an exit code.

    All of them, or those of these names; the codebook of the data and the texts with outputs are kept up to date, too.

    With `check` nothing is written: each cell that differs is named, and any makes the exit code 1. A notebook that
    fails is kept in the build folder, and nothing is written then either. What was made from the same things before, as
    the build folder remembers, is not executed again.
    """
    build = collection.folder.parent / "build"
    results, fresh = _Results(collection, collection.folder, build / "regenerated"), {}

    def take(run: Run, result: Result) -> int:
        if result.error:
            return store(result, build / "notebooks" / f"{run.name}.ipynb", progress)
        fresh[run.name] = result
        progress.tell(run.name, "executed", reasons[run.name], result.seconds)
        return 0

    chosen = [name for name in collection.notebooks if name in {collection.path(n).stem for n in names}]
    runs = [Run(name, name, collection.check(name, {})) for name in chosen or collection.notebooks]
    reasons = results.reasons(runs)
    for name in (name for name, why in reasons.items() if not why):
        progress.tell(name, "unchanged")
    due = results.due(runs, reasons, how.get("scheduler"))
    failed = carry_out(due, collection, progress, take, how, "no notebook was changed")
    progress.times()
    if failed:
        return 1
    from notebookcollection.running.notebook import differences

    changed = 0
    texts = {name: results.file(name).read_text(encoding="utf-8") for name in collection.notebooks}
    texts |= {name: result.text for name, result in fresh.items()}
    for path, text in _owned(collection, texts).items():
        stored = path.read_text(encoding="utf-8") if path.is_file() else ""
        if stored != text:
            changed += 1
            for line in differences(stored, text) if stored and path.suffix == ".ipynb" else ["differs"]:
                print(f"{path.name}: {line}")
            if not check:
                write_atomically(path, text)
    for run in (run for run in runs if run.name in fresh):
        # The notebook is both what was executed and what came of it.
        results.now["notebooks"][f"{run.name}.ipynb"] = freshness.digest(fresh[run.name].text)
        results.remember(run, fresh[run.name])
    results.keep()
    print(f"{changed} files {'differ' if check else 'changed'}", file=sys.stderr)
    return 1 if check and changed else 0


def _owned(collection: Collection, fresh: Mapping[str, str]) -> dict[Path, str]:
    """Every file that regeneration owns, with its text: notebooks, texts with outputs of them, the codebook."""
    from datacontract.codebook import CODEBOOK, codebook
    from notebookcollection.publishing.pages import embed_outputs

    files = {collection.path(name): text for name, text in fresh.items()}
    if (path := data_folder() / CODEBOOK).is_file():
        files[path] = codebook()
    for name in collection.settings.get("excerpts", []):
        path = (collection.folder / name).resolve()
        files[path], images = embed_outputs(path.read_text(encoding="utf-8"), fresh.get, path.name)
        files |= {(path.parent / image).resolve(): text for image, text in images.items()}
    return files


def dry_run(runs: Sequence[Run], collection: Collection, folder: Path | None = None, build: Path | None = None) -> int:
    """Says of each run whether it would be executed, why, and with which parameters; executes nothing.

    `folder` has the results and `build` the record of earlier runs; without them every run would be the first.
    """
    results = _Results(collection, folder, build)
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
        expected = sum(known.get(run.name) or statistics.median(known.values()) for run in due)
        seconds = f"about {expected:.0f} s of work"
    sent = sum(len(json.dumps(run.parameters)) for run in due)
    print(f"{len(due)} of {len(runs)} would run, {seconds}; parameters of {sent:,} bytes")
    return 0


def carry_out(
    runs: Sequence[Run],
    collection: Collection,
    progress: Progress,
    take: Take,
    how: Mapping[str, Any],
    kept: str = "{} of {} finished and kept",
) -> int:
    """Executes runs and hands each with its result to `take`; 1 if that has returned 1 for any of them, else 0.

    An interrupt gets a note that says what is `kept`, with the number of notebooks that were finished, and of all.
    """
    codes: list[int] = []
    try:
        with progress.over(runs) as watch, contextlib.closing(execute(runs, collection, watch=watch, **how)) as results:
            codes.extend(take(run, result) for run, result in zip(runs, results, strict=True))
    except KeyboardInterrupt as interrupt:
        interrupt.add_note(kept.format(codes.count(0), pluralize(len(runs), "notebook")))
        raise
    return max(codes, default=0)


def _check_files(paths: Sequence[Path], collection: Collection) -> None:
    """Raises what would be raised in the end where a result cannot be written, or would stand over a source."""
    collection.refuse_sources([*paths, *map(_failed, paths)])
    one_of_each = {path.parent: path for path in paths}.values()
    for path in [*one_of_each, *(path for path in paths if path.exists() and not _is_writable_file(path))]:
        check_writable(path)


def _is_writable_file(path: Path) -> bool:
    return path.is_file() and os.access(path, os.W_OK)


def store(result: Result, path: Path, progress: Progress, why: str | None = None) -> int:
    """Writes a result, or keeps a failed notebook aside and says which cell failed and where to look; an exit code."""
    failed = _failed(path)
    write_atomically(failed if result.error else path, result.text)
    if not result.error:
        failed.unlink(missing_ok=True)
    state, file = ("failed", failed) if result.error else ("executed", path)
    progress.tell(result.name, state, why, result.seconds, file, result.error)
    return 1 if result.error else 0


def _failed(path: Path) -> Path:
    """Where a failed notebook is kept beside its last good result."""
    return path.with_name(f"{path.stem}.failed.ipynb")


class _Results:
    """Executed notebooks in a folder, and the record in another, or the same, of what each was made from."""

    def __init__(self, collection: Collection, folder: Path | None, build: Path | None) -> None:
        self.collection, self.folder, self.build = collection, folder or Path(), build or Path()
        self.record = freshness.read_record(build) if build else {}
        self.known: dict[str, Any] = self.record.setdefault("runs", {})
        self.now = freshness.state(collection)
        self.files: dict[str, list[str]] = {}  # of code, by notebook

    def file(self, run: str) -> Path:
        return self.folder / f"{run}.ipynb"

    def reasons(self, runs: Sequence[Run]) -> dict[str, str | None]:
        """Why each run is due, by its name; None where its result stands."""
        return {run.name: self._reason(run, self.known.get(run.name)) for run in runs}

    def _reason(self, run: Run, known: dict[str, Any] | None) -> str | None:
        if known is None:
            return freshness.stale_reason(None, {})
        path, inputs = self.file(run.name), freshness.inputs(run, known["reads"], known.get("code", ()), self.now)
        why = freshness.stale_reason(known["inputs"], inputs)
        if not why and not (path.is_file() and freshness.digest(path.read_bytes()) == known["result"]):
            why = "its result is missing or was changed"
        return why

    def bring_up_to_date(self, runs: Sequence[Run], progress: Progress, how: Mapping[str, Any]) -> int:
        """Executes the runs that are due; 1 if any failed, else 0."""
        reasons, kept = self.reasons(runs), time.monotonic()
        # What is known of an earlier result stays until there is a new one: the inputs may become again what they were.
        for name in set(self.known) - set(reasons):
            del self.known[name]
        for name in (name for name, why in reasons.items() if not why):
            _failed(self.file(name)).unlink(missing_ok=True)
            progress.tell(name, "unchanged")

        def take(run: Run, result: Result) -> int:
            nonlocal kept
            if store(result, self.file(run.name), progress, reasons[run.name]):
                return 1
            self.remember(run, result)
            if time.monotonic() > kept + KEPT_EVERY:
                self.keep()
                kept = time.monotonic()
            return 0

        try:
            return carry_out(self.due(runs, reasons, how.get("scheduler")), self.collection, progress, take, how)
        finally:
            self.keep()

    def due(self, runs: Sequence[Run], reasons: Mapping[str, str | None], scheduler: str | None) -> list[Run]:
        """The runs that there is a reason for; what code they reach is found out now, as it is before they run."""
        due, packages = [run for run in runs if reasons[run.name]], freshness.packages(self.collection)
        if due and not scheduler:
            begin(self.collection.preload)
        for name in {run.notebook for run in due}:
            notebook = self.collection.path(name).read_text(encoding="utf-8")
            self.files[name] = reach.reached_files(notebook, packages, self.now["code"])
        return due

    def remember(self, run: Run, result: Result) -> None:
        """Notes what a result was made from."""
        files = self.files[run.notebook]
        self.known[run.name] = {
            "reads": result.reads,
            "code": files,
            "inputs": freshness.inputs(run, result.reads, files, self.now),
            "result": freshness.digest(result.text),
            "seconds": result.seconds,
        }

    def keep(self) -> None:
        write_atomically(self.build / freshness.RECORD, json.dumps(self.record, indent=1))


def _is_sound(results: _Results, progress: Progress) -> bool:
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


def _render(results: _Results, runs: Sequence[Run], progress: Progress, others: Mapping[str, Path]) -> None:
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
def _locked(folder: Path) -> Iterator[None]:
    """Holds a folder for one report; the system lets go of it also when the process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(folder / ".lock").acquire(timeout=0)
    except Timeout:
        raise CollectionError(f"{folder}: another report is being made there") from None
    with held:
        yield
