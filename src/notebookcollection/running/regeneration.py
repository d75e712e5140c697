"""Committed notebooks, and what is made of them, are brought up to date in place."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from datacontract.context import data_folder
from datacontract.files import write_atomically
from notebookcollection import freshness
from notebookcollection.collection import Collection, Result, Run
from notebookcollection.running.progress import Progress
from notebookcollection.running.results import Results, carry_out, store

__all__ = ["regenerate"]


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
    results, fresh = Results(collection, collection.folder, build / "regenerated"), {}

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
    from notebookcollection.publishing.excerpts import embed_outputs

    files = {collection.path(name): text for name, text in fresh.items()}
    if (path := data_folder() / CODEBOOK).is_file():
        files[path] = codebook()
    for name in collection.settings.get("excerpts", []):
        path = (collection.folder / name).resolve()
        files[path], images = embed_outputs(path.read_text(encoding="utf-8"), fresh.get, path.name)
        files |= {(path.parent / image).resolve(): text for image, text in images.items()}
    return files
