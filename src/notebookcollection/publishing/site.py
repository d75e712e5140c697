"""Executed notebooks become the HTML report."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from notebookcollection.collection import CollectionError
from notebookcollection.publishing.finish import finished
from notebookcollection.publishing.machine import describe, metadata
from notebookcollection.publishing.pages import code_addresses
from notebookcollection.publishing.staging import stage

_SPHINX = "import sys; from notebookcollection.lean import skip_slow_imports; skip_slow_imports(); from sphinx.cmd.build import main; sys.exit(main())"


def render(notebooks, collection, site, titles=None):
    """Renders executed notebooks (text by name) with Sphinx and puts the result in place of `site`.

    `titles` gives pages another title than that of their notebook, by name.

    What stood at `site` stays until the new report is whole. Warnings are errors: they raise `CollectionError`.
    """
    site = Path(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        stage(notebooks, collection, work / "source", titles or {})
        sphinx("html", work)
        html = work / "html"
        for page in html.rglob("*.html"):
            if "_static" not in page.parts:
                name = page.relative_to(html).with_suffix("").as_posix()
                addresses = code_addresses(notebooks[name]) if name in notebooks else ()
                head = metadata(collection) if name == "index" else ""
                page.write_text(finished(page.read_text(encoding="utf-8"), addresses, head), encoding="utf-8")
        describe(html, notebooks, collection)
        for done_with in ("source", "doctrees", "jupyter_execute"):
            shutil.rmtree(work / done_with, ignore_errors=True)
        publish(html, site)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def sphinx(builder, work):
    """Runs Sphinx over ``source`` in the folder `work`; the result is a folder there named like the builder."""
    options = ["-b", builder, "-j", "auto", "-W", "--keep-going", "-q", "-E", "-d", work / "doctrees"]
    command = [sys.executable, "-c", _SPHINX, *options, work / "source", work / builder]
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}  # Sphinx refuses a locale that is not installed
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        raise CollectionError(f"the report could not be rendered:\n{done.stderr.strip()}")
    (work / builder / ".buildinfo").unlink(missing_ok=True)


def publish(built, site):
    """Makes `site` a link to the folder `built`, which lies in a folder of its own beside it.

    The link is turned in one step, so that at every moment it leads to a whole report. Folders of earlier reports, and
    what a killed one left, are removed afterwards.
    """
    built.parent.chmod(0o755)
    if site.is_dir() and not site.is_symlink():
        site.rename(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    link = built.with_name("link")
    link.symlink_to(os.path.relpath(built, site.parent), target_is_directory=True)
    os.replace(link, site)
    for other in site.parent.glob(f".{site.name}-*"):
        if other != built.parent:
            shutil.rmtree(other, ignore_errors=True)
