"""Executed notebooks become the report: a folder of HTML pages, or one PDF printed by a headless Chromium."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from datacontract import sources
from datacontract.codebook import codebook
from notebookcollection import headings
from notebookcollection.collection import Collection, CollectionError
from notebookcollection.publishing import metadata
from notebookcollection.publishing.escape import escape_block
from notebookcollection.publishing.pages import code_addresses, embed_outputs, notebook_page, postprocess_page

__all__ = ["NO_CHROMIUM", "chromium", "print_report", "publish", "render", "run_sphinx"]

SETTINGS_FOLDER = "site"  # in the folder of the notebooks: conf.py, index.md, style
MARK = ".made-by-notebookcollection"  # in every folder that may be removed again
_OPTIONS = ["-j", "auto", "-W", "--keep-going", "-q", "-E"]
_SPHINX = "import notebookcollection.lean as l; l.skip_slow_imports(); from sphinx.cmd.build import main; exit(main())"
NO_CHROMIUM = "Chromium is missing; on Debian and Ubuntu: apt install chromium, else name one: CHROMIUM=/path/to/it"
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-component-update",
    "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline",
]  # fmt: skip


def render(notebooks: Mapping[str, Path], collection: Collection, site: Path) -> None:
    """Renders executed notebooks (files, by name of their run) with Sphinx and puts the result in place of `site`.

    What stood at `site` stays until the new report is whole. Warnings are errors: they raise `CollectionError`.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    (work / MARK).touch()
    try:
        html = run_sphinx("html", work, notebooks, collection)
        for page in html.rglob("*.html"):
            if "_static" not in page.parts:
                name = page.relative_to(html).with_suffix("").as_posix()
                addresses = code_addresses(notebooks[name].read_text(encoding="utf-8")) if name in notebooks else ()
                head = metadata.dataset_element() if name == "index" else ""
                text = page.read_text(encoding="utf-8")
                page.write_text(postprocess_page(text, name, addresses, head), encoding="utf-8")
        metadata.write_metadata(html, notebooks, collection)
        for done_with in ("source", "doctrees", "jupyter_execute"):
            shutil.rmtree(work / done_with, ignore_errors=True)
        publish(html, site)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


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


def run_sphinx(builder: str, work: Path, notebooks: Mapping[str, Path], collection: Collection) -> Path:
    """Lays out what Sphinx reads in the folder `work` and runs it; the folder of its result, named like the builder.

    Raises `CollectionError` where Sphinx warns.
    """
    _stage(notebooks, collection, work / "source", "data/sources.html" if builder == "html" else "")
    command: list[str | Path] = [sys.executable, "-c", _SPHINX, "-b", builder, *_OPTIONS, "-d", work / "doctrees"]
    command += [work / "source", work / builder]
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}  # Sphinx refuses a locale that is not installed
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        raise CollectionError(f"the report could not be rendered:\n{done.stderr.strip()}")
    (work / builder / ".buildinfo").unlink(missing_ok=True)
    return work / builder


def publish(built: Path, site: Path) -> None:
    """Makes `site` a link to the folder `built`, which lies in a marked folder of its own beside it.

    The link is turned in one step, so that at every moment it leads to a whole report. Marked folders of earlier
    reports, and what a killed one left, are removed afterwards.
    """
    work = built.parent
    work.chmod(0o755)
    if site.is_dir() and not site.is_symlink():  # a copy of a report
        if not (site / metadata.CRATE).is_file():
            raise CollectionError(f"{site} is a folder that holds no report; move it away, or build elsewhere")
        site.rename(work / "before")
    link = work / "link"
    link.symlink_to(os.path.relpath(built, site.parent), target_is_directory=True)
    os.replace(link, site)
    shutil.rmtree(work / "before", ignore_errors=True)
    for other in site.parent.glob(f".{site.name}-*"):
        if other != work and (other / MARK).is_file():
            shutil.rmtree(other, ignore_errors=True)


def _stage(notebooks: Mapping[str, Path], collection: Collection, folder: Path, sources_page: str) -> None:
    """Lays out what Sphinx reads: settings, texts with outputs in them, data pages, and notebooks as pages."""
    shutil.copytree(collection.folder / SETTINGS_FOLDER, folder)
    metadata.copy_data(folder / "data")
    downloads = folder / "downloads"
    downloads.mkdir()
    (folder / "project").mkdir()

    def read(name: str) -> str | None:
        return notebooks[name].read_text(encoding="utf-8") if name in notebooks else None

    texts = _data_pages() | _project_pages(collection.folder.parent)
    for path in folder.glob("*.md"):
        page = headings.of_page(path.read_text(encoding="utf-8"), path.stem)
        texts[path.name], images = embed_outputs(page, read, path.name)
        texts |= images
    for run in (run for run in collection.runs() if run.name in notebooks):
        shutil.copy(notebooks[run.name], downloads / f"{run.name}.ipynb")
        page = notebook_page(read(run.name) or "", run, collection, downloads, sources_page)
        (folder / f"{run.name}.ipynb").write_text(page, encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _data_pages() -> dict[str, str]:
    """The codebook and the list of sources, and the files of sources that it offers."""
    rows = sources.sources()
    offer = "All of them as [BibTeX](sources.bib), [CSL-JSON](sources.json) or [CSV](sources.csv)."
    listed = sources.LISTED.sub(r'- <span id="source-\1"></span>**\1** ', escape_block(sources.markdown(rows)))
    return {
        "data/codebook.md": codebook(),
        "data/sources.bib": sources.bibtex(rows) + "\n",
        "data/sources.json": json.dumps(sources.csl(rows), indent=1, ensure_ascii=False),
        "data/sources.md": f"# Sources\n\n{len(rows)} sources, by key. {offer}\n\n{listed}\n",
    }


def _project_pages(project: Path) -> dict[str, str]:
    """Texts of the project that pages include: how to cite, made from the citation file, and how to contribute."""
    files = [project / name for name in (metadata.CITATION, "CONTRIBUTING.md") if (project / name).is_file()]
    pages = {f"project/{file.name}": file.read_text(encoding="utf-8") for file in files}
    pages = {name: text.replace("(data/README.md)", "(data/codebook.md)") for name, text in pages.items()}
    if said := metadata.citation(project):
        pages["project/cite.md"] = metadata.how_to_cite(said)
    return pages
