"""Executed notebooks become the HTML report."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from centralasia import contract, tables
from centralasia.citations import cite
from centralasia.codebook import codebook
from centralasia.publishing.excerpts import fill
from centralasia.running import headings
from centralasia.running.collection import CollectionError

SETTINGS_FOLDER = "site"  # in the folder of the notebooks: conf.py, index.md, style


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
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            "html",
            "-W",
            "--keep-going",
            "-q",
            "-E",
            "-d",
            work / "doctrees",
        ]
        done = subprocess.run([*command, work / "source", work / "html"], capture_output=True, text=True)
        if done.returncode:
            raise CollectionError(f"the report could not be rendered:\n{done.stderr.strip()}")
        (work / "html" / ".buildinfo").unlink(missing_ok=True)
        for done_with in ("source", "doctrees", "jupyter_execute"):
            shutil.rmtree(work / done_with, ignore_errors=True)
        publish(work / "html", site)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


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


def stage(notebooks, collection, folder, titles):
    """Lays out what Sphinx reads: the settings, the index with its excerpts, the notebooks made ready."""
    shutil.copytree(collection.folder / SETTINGS_FOLDER, folder)
    for text in folder.glob("*.md"):
        page = headings.of_page(text.read_text(encoding="utf-8"), text.stem, collection.data)
        filled, images = fill(page, notebooks, text.name)
        text.write_text(filled, encoding="utf-8")
        for name, image in images.items():
            (folder / name).write_text(image, encoding="utf-8")
    _stage_data(folder, collection.data)
    downloads = folder / "downloads"
    downloads.mkdir()
    for name, text in notebooks.items():
        (downloads / f"{name}.ipynb").write_text(text, encoding="utf-8")
        (folder / f"{name}.ipynb").write_text(prepared(text, name, downloads, titles.get(name)), encoding="utf-8")


def _stage_data(folder, data):
    """The codebook and the list of sources as pages, with the files that they offer."""
    origin, target = contract.data_folder(data), folder / "data"
    target.mkdir()
    for file in [contract.CONTRACT_FILE, *(r["path"] for r in contract.contract(data)["resources"])]:
        shutil.copy(origin / file, target / file)
    (target / "codebook.md").write_text(codebook(data), encoding="utf-8")
    citations = cite(tables.load("sources", data)["source_key"], data=data)
    (target / "sources.bib").write_text(citations.bibtex() + "\n", encoding="utf-8")
    (target / "sources.json").write_text(json.dumps(citations.csl(), indent=1, ensure_ascii=False), encoding="utf-8")
    offer = "All of them as [BibTeX](sources.bib), [CSL-JSON](sources.json) or [CSV](sources.csv)."
    page = f"# Sources\n\n{len(citations)} sources, by key. {offer}\n\n{citations._repr_markdown_()}\n"
    (target / "sources.md").write_text(page, encoding="utf-8")


def prepared(text, name, downloads, title=None):
    """A notebook as the report shows it.

    Figures get their caption, their alternative text and, in the folder `downloads`, their data and images;
    tables get header scopes; the page ends with the executed notebook itself.
    """
    notebook = json.loads(text)
    if title:
        first = notebook["cells"][0]
        first["source"] = re.sub(r"\A# .*", f"# {title}", "".join(first["source"]))
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["cell_type"] == "code":  # one click away: the page reads as text, the code stays at hand
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
        for output in cell.get("outputs", []):
            data, figure = output.get("data", {}), output.get("metadata", {}).get("figure")
            if figure:
                # Alternative text is read from the cell alone (MyST-NB), and it is the output that knows it.
                cell["metadata"]["mystnb"] = {
                    "image": {"alt": figure["alt"]},
                    "figure": {"caption": figure["caption"], "name": f"{name}-{cell['id']}"},
                }
                if "language" in figure:  # its words are in another language than the page
                    stem = f"{name}-{cell['id']}"
                    cells.insert(-1, _markdown(f"{stem}-language", f'<div lang="{figure["language"]}">'))
                    cells.append(_markdown(f"{stem}-end", "</div>"))
                cells.append(_downloads(data, f"{name}-{cell['id']}", downloads))
            if "text/html" in data:
                data["text/html"] = scoped("".join(data["text/html"]))
    cells.append(_markdown("download", f"{{download}}`This notebook, executed <downloads/{name}.ipynb>`"))
    return json.dumps({**notebook, "cells": cells})


def _downloads(data, stem, downloads):
    """Writes the data and the images of a figure and returns the cell that offers them."""
    (downloads / f"{stem}.csv").write_text("".join(data.pop("text/csv")), encoding="utf-8")
    (downloads / f"{stem}.svg").write_text("".join(data["image/svg+xml"]), encoding="utf-8")
    (downloads / f"{stem}.png").write_bytes(base64.b64decode("".join(data["image/png"])))
    offers = [("Data behind this figure (CSV)", "csv"), ("SVG", "svg"), ("PNG", "png")]
    return _markdown(
        f"{stem}-download", " · ".join(f"{{download}}`{words} <downloads/{stem}.{end}>`" for words, end in offers)
    )


def _markdown(identifier, source):
    return {"cell_type": "markdown", "id": re.sub(r"\W", "-", identifier)[-64:], "metadata": {}, "source": source}


def scoped(html):
    """An HTML table whose header cells say what they head, without style of its own."""
    html = re.sub(r"<style scoped>.*?</style>", "", html, flags=re.DOTALL)
    head, end, body = html.partition("</thead>")
    head = re.sub(r"<th\b", '<th scope="col"', head).replace(' border="1"', "")
    return head + end + re.sub(r"<th\b", '<th scope="row"', body)
