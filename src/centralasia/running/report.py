"""The report: check the data, execute what has changed, render, each step only where it is due."""

import contextlib
import json
import os
import sys

from centralasia.running import freshness
from centralasia.running.collection import CollectionError
from centralasia.running.execute import Result, execute, write


def report(collection, build, jobs=None, check=None, say=print):
    """Brings the report in `build` up to date and returns an exit code.

    `check` tells whether the data are sound, and speaks for itself. Unchanged runs are skipped; a failed one keeps its
    notebook aside and leaves the last report as it was. Raises `CollectionError` where another report is being made.
    """
    build.mkdir(parents=True, exist_ok=True)
    with _alone(build):
        record = freshness.read_record(build)
        around = freshness.surroundings(collection)
        if not _sound(collection, record, around, check):
            return 1
        results, failed = _results(collection, build, record, around, jobs, say)
        _keep_record(build, record)
        if failed:
            print("the report was left as it was", file=sys.stderr)
            return 1
        _rendered(collection, build, record, around, results, say)
        _keep_record(build, record)
    return 0


def _sound(collection, record, around, check):
    """Whether the data keep their contract; asked again only when data or rules have changed."""
    now = {**around, **freshness.data(collection)}
    if freshness.changed(record.get("data"), now):
        record.pop("data", None)
        if check and not check():
            return False
        record["data"] = now
    return True


def _results(collection, build, record, around, jobs, say):
    """The executed notebooks by name, made anew where needed, and whether any run failed."""
    runs = collection.runs()
    before = record.get("runs", {})
    record["runs"], due, results = {}, [], {}
    for run in runs:
        path, known = build / "notebooks" / f"{run.name}.ipynb", before.get(run.name)
        now = freshness.inputs(run, collection, known["reads"], around) if known else {}
        why = freshness.changed(known and known["inputs"], now)
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not why and freshness.digest(text) != known["result"]:
            why = "its result is missing or was changed"
        if why:
            due.append((run, why))
        else:
            record["runs"][run.name], results[run.name] = known, text
            say(f"{run.name}: unchanged")
    failed = False
    for (run, why), result in zip(due, execute([r for r, _ in due], collection, jobs) if due else [], strict=True):
        if keep(result, build / "notebooks" / f"{run.name}.ipynb", lambda text, why=why: say(f"{text} ({why})")):
            failed = True
            continue
        results[run.name] = result.text
        record["runs"][run.name] = {
            "reads": result.reads,
            "inputs": freshness.inputs(run, collection, result.reads, around),
            "result": freshness.digest(result.text),
        }
        _keep_record(build, record)
    return {run.name: results[run.name] for run in runs if run.name in results}, failed


def keep(result: Result, path, say=print):
    """Writes a result, or keeps a failed notebook aside and says which cell failed and where to look; an exit code."""
    failed = path.with_name(f"{path.stem}.failed.ipynb")
    if result.error:
        write(failed, result.text)
        print(f"{result.name}: failed in {result.error}; see {failed}", file=sys.stderr)
        return 1
    write(path, result.text)
    failed.unlink(missing_ok=True)
    say(f"{result.name}: {path}")
    return 0


def _rendered(collection, build, record, around, results, say):
    now = freshness.report_inputs(collection, around, results)
    why = freshness.changed(record.get("site"), now)
    index = build / "site" / "index.html"
    if why or not index.is_file():
        record.pop("site", None)
        from centralasia.publishing import site

        site.render(results, collection, build / "site", {run.name: run.title for run in collection.runs()})
        record["site"] = now
    say(f"report: {index} ({why or 'unchanged'})")


def _keep_record(build, record):
    write(build / freshness.RECORD, json.dumps(record, indent=1))


@contextlib.contextmanager
def _alone(build):
    """Holds the build folder for one report; the system lets go of it also when the process is killed."""
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
