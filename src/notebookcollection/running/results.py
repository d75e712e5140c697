"""Results of runs: which are due and why, what each was made from, and where it is stored."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from datacontract.files import check_writable, write_atomically
from datacontract.words import pluralize
from notebookcollection import freshness, reach
from notebookcollection.collection import Collection, Result, Run
from notebookcollection.running.execute import begin, execute
from notebookcollection.running.progress import Progress
from notebookcollection.settings import FAILED

__all__ = ["Results", "carry_out", "check_files", "store"]

KEPT_EVERY = 2  # seconds: what a killed report knew of later runs is found out again
Take = Callable[[Run, Result], int]  # what is done with a result; 1 if it failed


class Results:
    """Executed notebooks in a folder, and the record in another, or the same, of what each was made from."""

    def __init__(self, collection: Collection, folder: Path | None, build: Path | None) -> None:
        self.collection, self.folder, self.build = collection, folder or Path(), build or Path()
        self.record = freshness.read_record(build) if build else {}
        self.known: dict[str, Any] = self.record.setdefault("runs", {})
        self.now = freshness.state(collection)
        self.files: dict[str, list[str]] = {}  # of code, by notebook
        self._written = json.dumps(self.record)

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
            failed_file(self.file(name)).unlink(missing_ok=True)
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
        if (text := json.dumps(self.record)) != self._written:
            write_atomically(self.build / freshness.RECORD, text)
            self._written = text


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


def check_files(paths: Sequence[Path], collection: Collection) -> None:
    """Raises what would be raised in the end where a result cannot be written, or would stand over a source.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.collection import find
    >>> from notebookcollection.running.results import check_files
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     for name in ("collection.toml", "ties.ipynb"):
    ...         pathlib.Path(name).touch()
    ...     check_files([pathlib.Path("ties.ipynb")], find("."))
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: ties.ipynb: results are made from this file; allowed: another name
        or folder
    """
    collection.refuse_sources([*paths, *map(failed_file, paths)])
    one_of_each = {path.parent: path for path in paths}.values()
    for path in [*one_of_each, *(path for path in paths if path.exists() and not _is_writable_file(path))]:
        check_writable(path)


def _is_writable_file(path: Path) -> bool:
    return path.is_file() and os.access(path, os.W_OK)


def store(result: Result, path: Path, progress: Progress, why: str | None = None) -> int:
    """Writes a result, or keeps a failed notebook aside and says which cell failed and where to look; an exit code.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.collection import Result
    >>> from notebookcollection.running.progress import Progress
    >>> from notebookcollection.running.results import store
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     for error in (None, "cell 3 (order): KeyError: 'pair'"):
    ...         print(store(Result("ties", "{}", error), pathlib.Path("ties.ipynb"), Progress("quiet")))
    ...     sorted(path.name for path in pathlib.Path().iterdir())
    0
    1
    ['ties.failed.ipynb', 'ties.ipynb']
    """
    failed = failed_file(path)
    write_atomically(failed if result.error else path, result.text)
    if not result.error:
        failed.unlink(missing_ok=True)
    state, file = ("failed", failed) if result.error else ("executed", path)
    progress.tell(result.name, state, why, result.seconds, file, result.error)
    return 1 if result.error else 0


def failed_file(path: Path) -> Path:
    """Where a failed notebook is kept beside its last good result."""
    return path.with_name(f"{path.stem}{FAILED}.ipynb")
