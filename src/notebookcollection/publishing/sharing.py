"""What would stand twice in a rendered report stands once: pages lead to the file that is kept.

Sphinx copies each image and each file that a page offers under a name of its own, beside the figures and the data; and
a report in another language is a whole report. Addresses of figures and data stay as they are in English.
"""

import posixpath
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

from notebookcollection import freshness
from notebookcollection.publishing.social import CARD

__all__ = ["add_language", "replace_copies"]

_COPY = re.compile(r'\b_(?:images|downloads)/[^"?#]+')
_ADDRESS = re.compile(r'\b(href|src|srcset)="([^":?#]+)')
_OF_THE_WHOLE = ("ro-crate-metadata.json", "datapackage.json", "sitemap.xml")


def replace_copies(site: Path, folders: Iterable[str], texts: dict[Path, str]) -> dict[Path, str]:
    """The texts of all pages of a site, which lead to files in `folders` of it instead of to copies of them.

    Removes these copies, and those of figures as they were before, to which no page leads.

    >>> import pathlib, tempfile
    >>> from notebookcollection.publishing.sharing import replace_copies
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     site = pathlib.Path(folder)
    ...     for name in ("figures/steps.svg", "_images/3f.svg"):
    ...         (site / name).parent.mkdir()
    ...         _ = (site / name).write_text("<svg/>")
    ...     texts = replace_copies(site, ["figures"], {site / "05.html": '<img src="_images/3f.svg">'})
    ...     texts[site / "05.html"], (site / "_images/3f.svg").exists()
    ('<img src="figures/steps.svg">', False)
    """
    paths = [path for folder in folders for path in sorted((site / folder).rglob("*.*"), reverse=True)]
    stands = {freshness.digest(path.read_bytes()): path.relative_to(site).as_posix() for path in paths}
    kept = set()

    def led(found: re.Match[str]) -> str:
        copy = site / unquote(found[0])
        if copy.is_file() and (original := stands.get(freshness.digest(copy.read_bytes()))):
            return quote(original)
        kept.add(copy)
        return found[0]

    texts = {page: _COPY.sub(led, text) for page, text in texts.items()}
    for copy in [*site.glob("_images/*"), *site.glob("_downloads/*/*")]:
        if copy not in kept:
            copy.unlink()
    for folder in site.glob("_downloads/*"):
        if not any(folder.iterdir()):
            folder.rmdir()
    return texts


def add_language(site: Path, other: Path, code: str) -> None:
    """Copies a rendered report in another language into the folder `code` of a site, without what is the same there.

    Its pages lead to the files of the site instead.

    >>> import pathlib, tempfile
    >>> from notebookcollection.publishing.sharing import add_language
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     site, other = pathlib.Path(folder, "site"), pathlib.Path(folder, "ru")
    ...     for report in (site, other):
    ...         report.mkdir()
    ...         _ = (report / "style.css").write_text("p {}")
    ...         _ = (report / "05.html").write_text('<link href="style.css">')
    ...     add_language(site, other, "ru")
    ...     [path.name for path in (site / "ru").iterdir()], (site / "ru/05.html").read_text()
    (['05.html'], '<link href="../style.css">')
    """
    same = set()

    def left_out(folder: str, names: list[str]) -> set[str]:
        here = Path(folder).relative_to(other)
        for name in names:
            own, one = Path(folder, name), site / here / name
            if (
                own.suffix != ".html"
                and name != CARD
                and own.is_file()
                and one.is_file()
                and own.read_bytes() == one.read_bytes()
            ):
                same.add((here / name).as_posix())
        return {name for name in names if (here / name).as_posix() in {*same, *_OF_THE_WHOLE}}

    shutil.copytree(other, site / code, ignore=left_out)
    for page in (site / code).rglob("*.html"):
        folder = page.relative_to(site / code).parent.as_posix()

        def led(found: re.Match[str], folder: str = folder) -> str:
            own = posixpath.normpath(posixpath.join(folder, unquote(found[2])))
            return f'{found[1]}="../{found[2]}' if own in same else found[0]

        page.write_text(_ADDRESS.sub(led, page.read_text(encoding="utf-8")), encoding="utf-8")
