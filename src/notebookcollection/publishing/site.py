"""Executed notebooks become the report: a folder of HTML pages, or one PDF printed by a headless Chromium."""

import errno
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from datacontract import context
from datacontract.codebook import codebook
from datacontract.context import ENGLISH
from datacontract.files import write_if_changed
from datacontract.language import _, language
from notebookcollection import freshness, prose
from notebookcollection.collection import Collection, CollectionError
from notebookcollection.interrupts import run_processes
from notebookcollection.publishing import interactive, metadata, social
from notebookcollection.publishing.bundles import BUNDLES
from notebookcollection.publishing.excerpts import embed_outputs
from notebookcollection.publishing.figures import FIGURES, NARROW
from notebookcollection.publishing.images import write_pngs
from notebookcollection.publishing.notebook_pages import code_addresses, notebook_page
from notebookcollection.publishing.overlay import lay_marks, named_marks
from notebookcollection.publishing.questions import with_questions
from notebookcollection.publishing.rendered_pages import postprocess_page
from notebookcollection.publishing.sharing import add_language, replace_copies
from notebookcollection.publishing.source_page import source_pages

__all__ = [
    "RenderingError",
    "check_place",
    "publish",
    "render",
    "run_sphinx",
]

_A_CELL = 10_000  # MyST-NB counts the lines of a notebook so: line 1 of the first cell is 10,002
SETTINGS_FOLDER = "site"  # in the folder of the notebooks: conf.py, index.md, style
MARK = ".made-by-notebookcollection"  # in every folder that may be removed again
_OPTIONS = ["-j", "auto", "-W", "--keep-going", "-q"]
_SPHINX = "import notebookcollection.lean as l; l.lighten_sphinx(); from sphinx.cmd.build import main; exit(main())"
_BUNDLES = (
    "import sys, pathlib; from notebookcollection.publishing.bundles import write_bundles; "
    "write_bundles(pathlib.Path(sys.argv[1]))"
)
_INTERACTIVE = (
    "import sys, pathlib; from notebookcollection.publishing.interactive import write_interactive; "
    "write_interactive(sys.argv[1], pathlib.Path(sys.argv[2]))"
)


class RenderingError(CollectionError):
    """The report cannot be rendered or printed: what the renderer or the browser says, in its own lines."""

    def __str__(self) -> str:
        return str(self.args[0])


def render(
    notebooks: Mapping[str, Path], collection: Collection, site: Path, others: Mapping[str, Path] | None = None
) -> None:
    """Renders executed notebooks (files, by name of their run) with Sphinx and puts the result in place of `site`.

    `others` are rendered reports in other languages, by code, which become folders of it. What stood at `site` stays
    until the new report is whole. Warnings are errors: they raise `CollectionError`. Beside `site` the working folder
    is kept, so that the next time only pages are rendered whose notebook or text has changed.
    """
    made_in = collection.settings["languages"] if others or language() != ENGLISH else []  # beside English
    work, frame = site.with_name(f".{site.name}.work"), _frame(notebooks, collection, made_in)
    whole = work / "whole"  # what the pages in the working folder have in common, once all are rendered
    if not whole.is_file() or whole.read_text(encoding="utf-8") != frame:
        shutil.rmtree(work, ignore_errors=True)
    whole.unlink(missing_ok=True)
    rendered = run_sphinx("html", work, notebooks, collection, made_in)
    whole.write_text(frame, encoding="utf-8")
    common = social.preview(notebooks, collection)
    made = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    (made / MARK).touch()
    try:
        ignored = shutil.ignore_patterns(".buildinfo", "*.map", "_sources")  # which no page asks for
        html = Path(shutil.copytree(rendered, made / "html", ignore=ignored))
        ignored = shutil.ignore_patterns("*.ipynb", "*.txt")
        shutil.copytree(work / "source" / "downloads", html / FIGURES, ignore=ignored)
        social.write_card(html / FIGURES, collection)
        if (work / interactive.FOLDER).is_dir():
            ignored = shutil.ignore_patterns("made-with")
            shutil.copytree(work / interactive.FOLDER, html / interactive.FOLDER, ignore=ignored)
        metadata.copy_data(html / "data")
        for bundle in BUNDLES:
            shutil.copyfile(work / "bundles" / bundle, html / "data" / bundle)
        pages = {page: page.read_text(encoding="utf-8") for page in html.rglob("*.html") if "_static" not in page.parts}
        texts = {name: path.read_text(encoding="utf-8") for name, path in notebooks.items()}
        narrow = {path.name for path in (html / FIGURES / NARROW).glob("*.svg")}
        for page, text in replace_copies(html, [FIGURES, "data"], pages).items():
            name = page.relative_to(html).with_suffix("").as_posix()
            addresses = code_addresses(texts[name]) if name in texts else ()
            marks = named_marks(texts[name], name) if name in texts else {}
            head = social.page_preview(text, name, common) + (metadata.dataset_element() if name == "index" else "")
            whole_page = postprocess_page(lay_marks(text, marks), name, addresses, head, narrow)
            page.write_text(with_questions(whole_page, texts) if name == "index" else whole_page, encoding="utf-8")
        for code, other in (others or {}).items():
            add_language(html, other, code)
        metadata.write_metadata(html, notebooks, collection)
        publish(html, site)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _frame(notebooks: Mapping[str, Path], collection: Collection, made_in: Sequence[str]) -> str:
    """A short name for what all pages share: settings, theme, code, and the names and titles in the navigation."""
    cells = (json.loads(path.read_text(encoding="utf-8"))["cells"] for path in notebooks.values())
    titles = [name + "".join(first["source"]) for name, (first, *_) in zip(notebooks, cells, strict=True)]
    shared = freshness.frame(collection)
    return freshness.digest(*made_in, *titles, *(part for item in shared.items() for part in item))


def run_sphinx(
    builder: str, work: Path, notebooks: Mapping[str, Path], collection: Collection, made_in: Sequence[str] = ()
) -> Path:
    """Lays out what Sphinx reads in the folder `work` and runs it; the folder of its result, named like the builder.

    `made_in` names the languages beside English that its pages lead to. Raises `CollectionError` where Sphinx warns.
    """
    (work / builder).mkdir(parents=True, exist_ok=True)
    _stage(notebooks, collection, work / "source", "data/sources.html" if builder == "html" else "")
    if builder == "html":  # on paper nothing can be downloaded
        write_pngs(work / "source" / "downloads")
    command: list[str | Path] = [sys.executable, "-c", _SPHINX, "-b", builder, *_OPTIONS, "-d", work / "doctrees"]
    command += [work / "source", work / builder]
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}  # Sphinx refuses a locale that is not installed
    env["REPORT_LANGUAGES"] = " ".join([ENGLISH, *made_in] if made_in else [])
    bundling: list[list[str | Path]] = [[sys.executable, "-c", _BUNDLES, work / "bundles"]] if builder == "html" else []
    if bundling and "explore" in collection.settings:
        bundling.append([sys.executable, "-c", _INTERACTIVE, collection.settings["explore"], work / interactive.FOLDER])
    (code, said), *others = run_processes([command, *bundling], env | context.environment())
    code, said = next(((code, said) for code, said in others if code), (code, said))
    if code and os.strerror(errno.ENOSPC) in said:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(work))
    if code:
        raise RenderingError(f"the report could not be rendered:\n{_placed(said, work / 'source', collection)}")
    return work / builder


def _placed(said: str, source: Path, collection: Collection) -> str:
    """What Sphinx says, with the places that its readers know: a cell of a notebook, a page of the settings."""

    def place(found: re.Match[str]) -> str:
        path, line = Path(found[1]), int(found[2] or 0)
        if path.suffix == ".ipynb" and line >= _A_CELL:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            number, line = divmod(line, _A_CELL)
            cell = cells[number - 1].get("id", "no id") if number <= len(cells) else "at the end"
            return f"{path.name}, cell {number} ({cell}), line {max(1, line - 1)}:"
        own = collection.folder / SETTINGS_FOLDER / path.relative_to(source)
        return f"{own if own.is_file() else path.relative_to(source)}{f':{line}' if line else ''}:"

    return re.sub(rf"({re.escape(str(source))}/[^\n:]+)(?::(\d+))?:", place, said.strip())


def publish(built: Path, site: Path) -> None:
    """Makes `site` a link to the folder `built`, which lies in a marked folder of its own beside it.

    The link is turned in one step, so that at every moment it leads to a whole report. Marked folders of earlier
    reports, and what a killed one left, are removed afterwards.

    >>> import pathlib, tempfile
    >>> from notebookcollection.publishing.site import publish
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     built, site = pathlib.Path(folder, ".site-1/html"), pathlib.Path(folder, "site")
    ...     built.mkdir(parents=True)
    ...     (built / "index.html").touch()
    ...     publish(built, site)
    ...     site.readlink().as_posix(), (site / "index.html").is_file()
    ('.site-1/html', True)
    """
    work = built.parent
    work.chmod(0o755)
    check_place(site)
    if site.is_dir() and not site.is_symlink():  # a copy of a report
        site.rename(work / "before")
    link = work / "link"
    link.symlink_to(os.path.relpath(built, site.parent), target_is_directory=True)
    os.replace(link, site)
    shutil.rmtree(work / "before", ignore_errors=True)
    for other in site.parent.glob(f".{site.name}-*"):
        if other.name != work.name and (other / MARK).is_file():
            shutil.rmtree(other, ignore_errors=True)


def check_place(site: Path) -> None:
    """Raises `CollectionError` where something else than a report stands at `site`: a folder or a link of the user.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.publishing.site import check_place
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     (site := pathlib.Path("site")).mkdir()
    ...     check_place(site)
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: site is a folder that holds no report; move it away, or build
        elsewhere
    """
    if site.is_symlink():
        if not os.readlink(site).startswith(f".{site.name}-"):
            raise CollectionError(f"{site} is a link that was not made by a report; move it away, or build elsewhere")
    elif site.exists() and not (site / metadata.CRATE).is_file():
        raise CollectionError(f"{site} is a folder that holds no report; move it away, or build elsewhere")


def _stage(notebooks: Mapping[str, Path], collection: Collection, folder: Path, sources_page: str) -> None:
    """Lays out what Sphinx reads: settings, texts with outputs in them, data pages, and notebooks as pages.

    Files that are as they were are not touched; what is no longer asked for goes. Without a page of sources they are
    for paper, and pages that are for the screen alone are left out.
    """

    def read(name: str) -> str | None:
        return notebooks[name].read_text(encoding="utf-8") if name in notebooks else None

    settings, downloads = collection.folder / SETTINGS_FOLDER, folder / "downloads"
    files = {path.relative_to(settings).as_posix(): path.read_bytes() for path in settings.rglob("*") if path.is_file()}
    left_out = [] if sources_page else collection.settings["on_screen"]
    texts = (
        {"data/codebook.md": _in_english(codebook(), _("Codebook"))}
        | source_pages(on_paper=not sources_page)
        | _project_pages(collection.folder.parent)
    )
    for name in (name for name in files if name.endswith(".md") and "/" not in name):
        page = prose.of_page(files[name].decode())
        if name.removesuffix(".md") in collection.settings["untranslated"]:
            page = _in_english(page)
        page, images = embed_outputs(page, read, name)
        texts |= {name: prose.unbroken_page(page)} | images
    for name, content in (files | texts).items():
        if name.removesuffix(".md") not in left_out:
            write_if_changed(folder / name, _without(content, left_out) if name.endswith(".md") else content)
    metadata.copy_data(folder / "data")
    runs = [run for run in collection.runs() if run.name in notebooks and run.name not in left_out]
    pages = {run.title: f"{run.name}.html" for run in runs if run.title} if sources_page else {}  # on paper is no other
    for run in runs:
        if sources_page:
            write_if_changed(downloads / f"{run.name}.ipynb", notebooks[run.name].read_bytes())
        page = notebook_page(read(run.name) or "", run, collection, downloads, sources_page, pages)
        write_if_changed(folder / f"{run.name}.ipynb", _without(page, left_out))


def _in_english(page: str, title: str = "") -> str:
    """A page in English alone, with a title in the language of the reader, which says so."""
    if language() == ENGLISH:
        return page
    heading, rest = page.split("\n", 1)
    said = _("{title} (in English)", title=title or heading.removeprefix("# "))
    return f"# {said}\n{rest}"


def _without(text: str | bytes, pages: Sequence[str]) -> str | bytes:
    """A page without links to other pages and without their lines in its contents."""
    if not pages or isinstance(text, bytes):
        return text
    names = "|".join(map(re.escape, pages))
    text = re.sub(rf"\[([^\]\[]*)\]\((?:\.\./)?(?:{names})\.(?:md|ipynb)(?:#[^)]*)?\)", r"\1", text)
    return re.sub(rf"(?m)^(?:{names})\n", "", text)


def _project_pages(project: Path) -> dict[str, str]:
    """Texts of the project that pages include: how to cite, made from the citation file, and how to contribute."""
    files = [project / name for name in (metadata.CITATION, "CONTRIBUTING.md") if (project / name).is_file()]
    pages = {f"project/{file.name}": file.read_text(encoding="utf-8") for file in files}
    pages = {n: text.replace("(data/README.md)", "(data/codebook.md)") for n, text in pages.items()}
    if said := metadata.citation(project):
        pages["project/cite.md"] = metadata.how_to_cite(said)
    return pages
