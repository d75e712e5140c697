"""The report, or a page of it, on paper: one PDF printed by a headless Chromium."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from datacontract.files import check_writable, move_into_place, naming
from notebookcollection.collection import Collection, CollectionError
from notebookcollection.interrupts import run_processes
from notebookcollection.publishing.rendered_pages import postprocess_page
from notebookcollection.publishing.site import RenderingError, run_sphinx

__all__ = ["NO_CHROMIUM", "chromium", "print_page", "print_report"]

NO_CHROMIUM = "Chromium is missing; on Debian and Ubuntu: apt install chromium, else name one: CHROMIUM=/path/to/it"
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-component-update",
    "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline",
]  # fmt: skip


def chromium() -> str | None:
    """The path of Chromium; None where there is none.

    >>> import os, sys
    >>> from unittest import mock
    >>> from notebookcollection.publishing.printing import chromium
    >>> with mock.patch.dict(os.environ, CHROMIUM=sys.executable):
    ...     chromium() == sys.executable
    True
    """
    names = os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"
    return next(filter(None, map(shutil.which, names)), None)


_CONTENTS = re.compile(r'<div class="bd-toc-item navbar-nav">(.*?)</div>', re.DOTALL)
_ENTRY = re.compile(r'(<li class="toctree-l1"><a class="reference internal" href="#([^"]+)">.*?)</a>')


def print_report(notebooks: Mapping[str, Path], collection: Collection, target: Path) -> None:
    """Writes the report of executed notebooks (files, by name of their run) as one PDF of A4 pages, with an outline.

    It is printed twice, since the contents say on which page a chapter begins only once all are laid out.

    Raises `CollectionError` where there is no Chromium, where the report cannot be rendered or printed.

    >>> import os, pathlib
    >>> from unittest import mock
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.publishing.printing import print_report
    >>> with mock.patch.dict(os.environ, CHROMIUM="", PATH=""):
    ...     print_report({}, Collection(pathlib.Path("notebooks"), {}), pathlib.Path("report.pdf"))
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: Chromium is missing; on Debian and Ubuntu: apt install chromium,
        else name one: CHROMIUM=/path/to/it
    """
    _required_chromium()
    for path in notebooks.values():
        if not path.is_file():
            raise CollectionError(f"{path} is not there: make the report first")
    check_writable(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        page, printed = (
            run_sphinx("singlehtml", Path(folder), notebooks, collection) / "index.html",
            Path(folder, "once"),
        )
        text = postprocess_page(with_contents(page.read_text(encoding="utf-8")), page.name)
        page.write_text(_with_empty_images(with_page_numbers(text, {}), page.parent), encoding="utf-8")
        print_page(page, printed)
        page.write_text(with_page_numbers(text, _pages(printed)), encoding="utf-8")
        print_page(page, target)


def with_contents(text: str) -> str:
    """A report as one page, with its contents, which stand at the side of a screen, before its first section."""
    if not (found := _CONTENTS.search(text)):
        return text
    contents = re.sub(r' (?:role="heading"|aria-level="\d")', "", found[1])  # which the outline would name, too
    head, heading, body = text.partition("</h1>")
    first, section, rest = body.partition("<section ")
    return f'{head}{heading}{first}<nav class="paper-contents">{contents}</nav>{section}{rest}'


def with_page_numbers(text: str, pages: Mapping[str, int]) -> str:
    """The page with the number of a printed page after each entry of its contents; `pages` are by address."""
    return _ENTRY.sub(lambda entry: f'{entry[1]}<span class="page">{pages.get(entry[2], "")}</span></a>', text)


def _with_empty_images(text: str, folder: Path) -> str:
    """The page with nothing in its drawings but their size, which is all that the layout asks for."""

    def empty(image: re.Match[str]) -> str:
        opening = re.search(r"<svg[^>]*>", (folder / image[1]).read_text(encoding="utf-8"))
        return f'src="data:image/svg+xml,{quote(opening[0] + "</svg>")}"' if opening else image[0]

    return re.sub(r'src="([^":]+\.svg)"', empty, text)


def _pages(printed: Path) -> dict[str, int]:
    """The number of the page on which each address of a printed page lies, from 1."""
    from pypdf import PdfReader  # which takes a while

    reader = PdfReader(printed)
    places = reader.named_destinations.items()
    return {name.lstrip("/"): (reader.get_destination_page_number(place) or 0) + 1 for name, place in places}


def print_page(page: Path, target: Path) -> None:
    """Prints a rendered page as a PDF. Raises `CollectionError` where that cannot be.

    >>> import os, pathlib, sys
    >>> from unittest import mock
    >>> from notebookcollection.publishing.printing import print_page
    >>> with mock.patch.dict(os.environ, CHROMIUM=sys.executable):
    ...     print_page(pathlib.Path("no folder/ties.html"), pathlib.Path("ties.pdf"))
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: no folder/ties.html is not there: make the report first
    """
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
