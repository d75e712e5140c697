"""The report as one PDF, printed by a headless Chromium: ``python -m notebookcollection.publishing.pdf``."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from datacontract.errors import DataError
from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing.chromium import MISSING, executable
from notebookcollection.publishing.finish import finished
from notebookcollection.publishing.site import sphinx
from notebookcollection.publishing.staging import stage

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


def pdf(notebooks, collection, target, titles=None):
    """Writes the report of executed notebooks (text by name) as one PDF of A4 pages, with an outline, to `target`.

    Raises `CollectionError` where there is no Chromium, where the report cannot be rendered or printed.
    """
    if not (browser := executable()):
        raise CollectionError(MISSING)
    target = Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        work = Path(folder)
        stage(notebooks, collection, work / "source", titles or {}, sources="")
        sphinx("singlehtml", work)
        page, printed = work / "singlehtml" / "index.html", work / "report.pdf"
        page.write_text(finished(page.read_text(encoding="utf-8")), encoding="utf-8")
        command = [browser, *_FLAGS, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or not printed.is_file():
            raise CollectionError(f"the report could not be printed:\n{done.stderr.strip()[-2000:]}")
        os.replace(printed, target)


def main(arguments=None):
    """Prints the report that ``centralasia report`` made; returns an exit code."""
    parser = argparse.ArgumentParser(prog="centralasia-pdf", description="Prints the report as one PDF.")
    parser.add_argument("--notebooks", metavar="DIR", help="folder of the notebooks and collection.toml")
    parser.add_argument("--build", type=Path, metavar="DIR", help="where the report was made (default: build/)")
    options = parser.parse_args(arguments)
    try:
        collection = find(options.notebooks)
        build = (options.build or collection.folder.parent / "build").resolve()
        runs, texts = collection.runs(), {}
        for run in runs:
            path = build / "notebooks" / f"{run.name}.ipynb"
            if not path.is_file():
                raise CollectionError(f"{path} is not there: make the report first")
            texts[run.name] = path.read_text(encoding="utf-8")
        pdf(texts, collection, build / "report.pdf", {run.name: run.title for run in runs})
    except (CollectionError, DataError, OSError) as error:
        print(f"centralasia: {error}", file=sys.stderr)
        return 1
    print(build / "report.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
