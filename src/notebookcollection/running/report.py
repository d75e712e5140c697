"""The report: check the data, execute what has changed, render, each step only where it is due."""

import contextlib
import json
import os
import statistics
import sys
import time
from collections.abc import Mapping

from notebookcollection.collection import CollectionError
from notebookcollection.running import freshness
from notebookcollection.running.execute import execute, write

KEPT_EVERY = 2  # seconds: what a killed report knew of later runs is found out again


def report(collection, build, progress, check=None, **how):
    """Brings the report in `build` up to date and returns an exit code.

    `check` gives the faults of the data; `how` goes to `execute`. Unchanged runs are
    skipped; a failed one keeps its notebook aside and leaves the last report as it was. Raises `CollectionError` where
    another report is being made.
    """
    with _alone(build):
        record, now = freshness.read_record(build), freshness.state(collection)
        if not _sound(record, now, check, progress):
            return 1
        runs = collection.runs()
        made = _bring_up_to_date(runs, collection, build / "notebooks", build, record, now, progress, how)
        if made:
            _rendered(collection, build, record, now, runs, progress)
            _keep_record(build, record)
        else:
            print("the report was left as it was", file=sys.stderr)
    progress.times()
    return 0 if made else 1


def one(run, collection, path, progress, **how):
    """Executes one run to a file, and returns an exit code; otherwise as `report`."""
    with progress.over([run]) as watch, contextlib.closing(execute([run], collection, watch=watch, **how)) as results:
        return keep(next(results), path, progress)


def series(runs, collection, folder, progress, **how):
    """Brings a folder of executed notebooks up to date and returns an exit code; otherwise as `report`."""
    with _alone(folder):
        record, now = freshness.read_record(folder), freshness.state(collection)
        made = _bring_up_to_date(runs, collection, folder, folder, record, now, progress, how)
    progress.times()
    return 0 if made else 1


def plan(runs, collection, folder=None, build=None, say=print):
    """Says of each run whether it would be executed, why, and with which parameters; executes nothing.

    `folder` has the results and `build` the record of earlier runs; without them every run would be the first.
    """
    record, now = freshness.read_record(build) if build else {}, freshness.state(collection)
    known = [entry["seconds"] for entry in record.get("runs", {}).values() if "seconds" in entry]
    expected, due, sent = 0.0, 0, 0
    for run, why in _due(runs, folder, record, now):
        given = "".join(f" {name}={value!r}" for name, value in run.parameters.items())
        say(f"{run.name}: {f'would run ({why})' if why else 'unchanged'}: {run.notebook}{given}")
        if why:
            due += 1
            sent += len(json.dumps(run.parameters))
            usual = statistics.median(known) if known else float("nan")
            expected += record.get("runs", {}).get(run.name, {}).get("seconds", usual)
    seconds = f"about {expected:.0f} s of work" if expected == expected else "of unknown work, since none ran before"
    say(f"{due} of {len(runs)} would run, {seconds}; parameters of {sent:,} bytes")
    return 0


def _sound(record, now, check, progress):
    """Whether the data keep their contract; asked again only when data or rules have changed."""
    now = {**now["around"], **now["data"]}
    if freshness.changed(record.get("data"), now):
        record.pop("data", None)
        if faults := check() if check else []:
            for fault in faults:
                progress.tell("data", "faulty", error=fault)
            return False
        record["data"] = now
    return True


def _due(runs, folder, record, now):
    """Each run with the reason why it is due; None where its result stands."""
    for run in runs:
        known = record.get("runs", {}).get(run.name)
        if not known:
            yield run, freshness.changed(None, {})
            continue
        path = folder / f"{run.name}.ipynb"
        why = freshness.changed(known["inputs"], freshness.inputs(run, known["reads"], now))
        if not why and not (path.is_file() and freshness.digest(path.read_bytes()) == known["result"]):
            why = "its result is missing or was changed"
        yield run, why


def _bring_up_to_date(runs, collection, folder, build, record, now, progress, how):
    """Executes the runs that are due; whether all results stand."""
    reasons = dict(zip((run.name for run in runs), (why for _, why in _due(runs, folder, record, now)), strict=True))
    # What is known of an earlier result stays until there is a new one: the inputs may become again what they were.
    record["runs"] = {name: known for name, known in record.get("runs", {}).items() if name in reasons}
    for name in (name for name, why in reasons.items() if not why):
        _failed(folder / f"{name}.ipynb").unlink(missing_ok=True)
        progress.tell(name, "unchanged")
    due, kept, failures = [run for run in runs if reasons[run.name]], time.monotonic(), 0
    try:
        with progress.over(due) as watch, contextlib.closing(execute(due, collection, watch=watch, **how)) as results:
            for run, result in zip(due, results, strict=True):
                if keep(result, folder / f"{run.name}.ipynb", progress, reasons[run.name]):
                    failures += 1
                    continue
                record["runs"][run.name] = {
                    "reads": result.reads,
                    "inputs": freshness.inputs(run, result.reads, now),
                    "result": freshness.digest(result.text),
                    "seconds": result.seconds,
                }
                if time.monotonic() > kept + KEPT_EVERY:
                    _keep_record(build, record)
                    kept = time.monotonic()
    finally:
        _keep_record(build, record)
    return not failures


def keep(result, path, progress, why=None):
    """Writes a result, or keeps a failed notebook aside and says which cell failed and where to look; an exit code."""
    if result.error:
        write(_failed(path), result.text)
        progress.tell(result.name, "failed", why, result.seconds, _failed(path), result.error)
        return 1
    write(path, result.text)
    _failed(path).unlink(missing_ok=True)
    progress.tell(result.name, "executed", why, result.seconds, path)
    return 0


def _failed(path):
    """Where a failed notebook is kept beside its last good result."""
    return path.with_name(f"{path.stem}.failed.ipynb")


class _Texts(Mapping):
    """The results in a folder, by name, each read when it is asked for: together they may be more than the memory."""

    def __init__(self, folder, names):
        self.folder, self.names = folder, names

    def __getitem__(self, name):
        if name not in self.names:
            raise KeyError(name)
        return (self.folder / f"{name}.ipynb").read_text(encoding="utf-8")

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)


def _rendered(collection, build, record, now, runs, progress):
    results = {run.name: record["runs"][run.name]["result"] for run in runs}
    inputs = freshness.report_inputs(collection, now, results)
    why = freshness.changed(record.get("site"), inputs)
    index = build / "site" / "index.html"
    if why or not index.is_file():
        why = why or "it is missing"
        record.pop("site", None)
        from notebookcollection.publishing import site

        texts = _Texts(build / "notebooks", list(results))
        with progress.busy("rendering the report"):
            site.render(texts, collection, build / "site", {run.name: run.title for run in runs})
        record["site"] = inputs
    progress.tell("report", "rendered" if why else "unchanged", why, file=index)


def _keep_record(build, record):
    write(build / freshness.RECORD, json.dumps(record, indent=1))


@contextlib.contextmanager
def _alone(build):
    """Holds a folder for one report; the system lets go of it also when the process is killed."""
    build.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield
        return
    with open(build / ".lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise CollectionError(
                f"{build}: another report is being made there (process {lock.read() or '?'})"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
