"""The committed notebooks, executed in place with their default parameters, and the texts that quote them."""

import contextlib
import sys

from notebookcollection.collection import Run
from notebookcollection.running.execute import differences, execute, write
from notebookcollection.running.report import keep


def regenerate(collection, progress, check=False, **how):
    """Executes every notebook and writes what has changed; an exit code.

    With `check` nothing is written: each cell that differs is named, and any makes the exit code 1. A notebook that
    fails is kept in the build folder, and nothing is written then either.
    """
    runs = [Run(name, name, collection.check(name, {})) for name in collection.notebooks]
    aside = collection.folder.parent / "build" / "notebooks"
    fresh, failed = {}, False
    with progress.over(runs) as watch, contextlib.closing(execute(runs, collection, watch=watch, **how)) as results:
        for result in results:
            if result.error:
                failed = bool(keep(result, aside / f"{result.name}.ipynb", progress))
            else:
                progress.tell(result.name, "executed", seconds=result.seconds)
            fresh[result.name] = result.text
    progress.times()
    if failed:
        return 1
    changed = 0
    for path, text in _owned(collection, fresh).items():
        stored = path.read_text(encoding="utf-8") if path.is_file() else ""
        if stored != text:
            changed += 1
            for line in differences(stored, text) if stored and path.suffix == ".ipynb" else ["differs"]:
                print(f"{path.name}: {line}")
            if not check:
                write(path, text)
    print(f"{changed} files {'differ' if check else 'changed'}", file=sys.stderr)
    return 1 if check and changed else 0


def _owned(collection, fresh):
    """Every file that regeneration owns, with its text: the notebooks, and the texts with excerpts of them."""
    from notebookcollection.publishing.excerpts import fill

    files = {collection.path(name): text for name, text in fresh.items()}
    for name in collection.settings.get("excerpts", []):
        path = (collection.folder / name).resolve()
        filled, images = fill(path.read_text(encoding="utf-8"), fresh, path.name)
        files[path] = filled
        files |= {(path.parent / image).resolve(): text for image, text in images.items()}
    return files
