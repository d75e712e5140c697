"""The report as one PDF, printed by a headless Chromium of the system."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from notebookcollection.collection import Collection, CollectionError
from notebookcollection.publishing.pages import postprocess_page
from notebookcollection.publishing.site import run_sphinx

__all__ = ["NO_CHROMIUM", "chromium", "print_report"]

NO_CHROMIUM = (
    "Chromium is not on this machine; on Debian and Ubuntu: apt install chromium, "
    "elsewhere name one with CHROMIUM=/path/to/it"
)
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-component-update",
    "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline",
]  # fmt: skip


def chromium() -> str | None:
    """The path of Chromium; None where there is none."""
    names = os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"
    return next(filter(None, map(shutil.which, names)), None)


def print_report(notebooks: Mapping[str, Path], collection: Collection, target: Path) -> None:
    """Writes the report of executed notebooks (files, by name of their run) as one PDF of A4 pages, with an outline.

    Raises `CollectionError` where there is no Chromium, where the report cannot be rendered or printed.
    """
    if not (browser := chromium()):
        raise CollectionError(NO_CHROMIUM)
    for path in notebooks.values():
        if not path.is_file():
            raise CollectionError(f"{path} is not there: make the report first")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        work = Path(folder)
        page, printed = run_sphinx("singlehtml", work, notebooks, collection) / "index.html", work / "report.pdf"
        page.write_text(postprocess_page(page.read_text(encoding="utf-8"), page.name), encoding="utf-8")
        command = [browser, *_FLAGS, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or not printed.is_file():
            raise CollectionError(f"the report could not be printed:\n{done.stderr.strip()[-2000:]}")
        os.replace(printed, target)
