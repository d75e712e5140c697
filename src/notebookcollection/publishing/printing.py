"""The report, or a page of it, on paper: one PDF printed by a headless Chromium."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from datacontract.files import check_writable, move_into_place, naming
from notebookcollection.collection import Collection, CollectionError
from notebookcollection.interrupts import run_processes
from notebookcollection.publishing.pages import postprocess_page
from notebookcollection.publishing.site import RenderingError, run_sphinx

__all__ = ["NO_CHROMIUM", "chromium", "print_page", "print_report"]

NO_CHROMIUM = "Chromium is missing; on Debian and Ubuntu: apt install chromium, else name one: CHROMIUM=/path/to/it"
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
    _required_chromium()
    for path in notebooks.values():
        if not path.is_file():
            raise CollectionError(f"{path} is not there: make the report first")
    check_writable(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        page = run_sphinx("singlehtml", Path(folder), notebooks, collection) / "index.html"
        page.write_text(postprocess_page(page.read_text(encoding="utf-8"), page.name), encoding="utf-8")
        print_page(page, target)


def print_page(page: Path, target: Path) -> None:
    """Prints a rendered page as a PDF. Raises `CollectionError` where that cannot be."""
    browser = _required_chromium()
    if not page.is_file():
        raise CollectionError(f"{page} is not there: make the report first")
    check_writable(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        profile, printed = Path(folder, "profile"), Path(folder, "printed.pdf")
        command = [browser, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={printed}", page.as_uri()]
        (code, said), *_others = run_processes([command])
        if code or not printed.is_file():
            raise RenderingError(f"the report could not be printed:\n{said.strip()[-2000:]}")
        with naming(target):
            move_into_place(printed, target)


def _required_chromium() -> str:
    """The path of Chromium. Raises `CollectionError` where there is none."""
    if not (browser := chromium()):
        raise CollectionError(NO_CHROMIUM)
    return browser
